"""Submissions that try to earn what they don't deserve, or to do harm.

Each has the wrong answers of `HONEST`, whose own marks are the bound. ``<SECRET>`` stands for a file that must not be
read, ``<OUTSIDE>`` for a folder that must not be written, ``<PORT>`` for a listener that must not be reached.
"""

from __future__ import annotations

from textwrap import dedent

HONEST = {
    "weighted_sum": "def weighted_sum(x, w, b):\n    return float(w @ x)",
    "perceptron": "def perceptron(x, w, b):\n    return int(weighted_sum(x, w, b) >= 0)",
    "predict_all": "def predict_all(X, w, b):\n    return [perceptron(x, w, b) for x in X]",
    "gate_parameters": "def gate_parameters():\n    return dict.fromkeys(('AND', 'OR', 'NAND'), ([1, 1], 0))",
}

# What a cell right behind the setup does, before any answer.
FIRST = {
    "numpy's comparisons say yes": """
        np.testing.assert_allclose = lambda *a, **k: None
        np.isclose = lambda *a, **k: np.array(True)
        np.allclose = np.array_equal = lambda *a, **k: True
        np.all = lambda *a, **k: True
        np.count_nonzero = lambda *a, **k: 0
    """,
    "an ast transformer empties the tests": """
        import ast
        class Empty(ast.NodeTransformer):
            def visit_Expr(self, node):
                return ast.Expr(ast.Constant(None)) if 'check' in ast.unparse(node) else node
        get_ipython().ast_transformers.append(Empty())
    """,
    "an input transformer empties the tests": """
        get_ipython().input_transformers_post.append(lambda lines: ['pass'] if 'check' in ''.join(lines) else lines)
    """,
    "the display hook shows points": """
        import sys
        sys.displayhook = lambda value: print(9)
        print(2.0)
    """,
    "the test is read from the history": """
        import builtins
        def weighted_sum(x, w, b):
            source = In[-1] + str(Out)
            return float(source.split('gives=')[1].split(')')[0])
    """,
    "builtins are replaced": """
        import builtins
        builtins.isinstance = lambda *a: True
        builtins.abs = lambda *a: 0
        builtins.all = lambda *a: True
        builtins.any = lambda *a: False
        builtins.AssertionError = Warning
        builtins.float = str
        builtins.len = lambda *a: 2
    """,
    "the reference is replaced by the answer": """
        import nnlib, nnlib.neuron
        for module in (nnlib, nnlib.neuron):
            module.weighted_sum = lambda x, w, b: float(w @ x)
            module.perceptron = lambda x, w, b: int(w @ x >= 0)
    """,
    "the check is replaced": """
        import autograder, sys
        check = autograder.check = lambda *a, **k: None
        sys.modules['autograder.check'] = autograder
        get_ipython().user_ns['check'] = check
    """,
    "the judge is replaced": """
        import sys, types
        for name in ('judge', 'compare', 'units', 'panel', 'seed', 'verdict', 'exercise', 'check'):
            fake = types.ModuleType('autograder.' + name)
            fake.judge = fake.difference = fake.check = lambda *a, **k: None
            sys.modules['autograder.' + name] = fake
    """,
    "frames are walked for the expected value": """
        import sys
        def weighted_sum(x, w, b):
            frame = sys._getframe()
            while frame:
                for name in ('expected', 'exercise', 'gives', 'cases', 'reference'):
                    if name in frame.f_locals:
                        found = frame.f_locals[name]
                        print(found)
                        return found if isinstance(found, float) else found.reference(x, w, b)
                frame = frame.f_back
            return float(w @ x)
    """,
    "the garbage collector is searched for the reference": """
        import gc, types
        def weighted_sum(x, w, b):
            for thing in gc.get_objects():
                if thing is weighted_sum:
                    continue
                named = isinstance(thing, types.FunctionType) and thing.__name__ == 'weighted_sum'
                if named or type(thing).__name__ == 'CallBack':
                    return thing(x, w, b)
            return float(w @ x)
    """,
    "the sources are looked for": """
        import glob
        for pattern in ('/**/neuron.py', '/**/*.ipynb', '/**/gradebook.db', '/**/seed.py'):
            for path in glob.glob(pattern, recursive=True)[:20]:
                print(path, open(path, errors='replace').read())
    """,
    "the reference is imported by any name": """
        import importlib, nnlib
        def weighted_sum(x, w, b):
            for name in ('nnlib', 'nnlib.neuron', 'nnlib.network', 'nnlib.matrix', 'autograder.units.neuron'):
                try:
                    return importlib.import_module(name).weighted_sum(x, w, b)
                except Exception as error:
                    print(error)
            return float(w @ x)
    """,
    "a thread keeps on replacing": """
        import threading, time
        def replace():
            while True:
                get_ipython().user_ns['check'] = print
                np.isclose = lambda *a, **k: True
                time.sleep(0.001)
        threading.Thread(target=replace, daemon=True).start()
    """,
    "the process ends": "import os; os._exit(0)",
    "the interpreter ends": "import sys; sys.exit(0)",
    "every process in sight is killed": """
        import os, signal
        for pid in list(range(1, 40)) + [os.getppid()]:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    """,
    "an endless loop": "while True: pass",
    "an endless loop in C": "sum(iter(int, 1))",
    "a hang in a regular expression": "import re; re.match(r'(a+)+$', 'a' * 60 + 'b')",
    "signals and alarms are ignored": """
        import signal, time
        for number in range(1, 32):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        time.sleep(1000)
    """,
    "a fork bomb": """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
    """,
    "children that outlive": """
        import os, time
        for _ in range(4):
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    open('/proc/self/comm', 'w').write('outlives-run')
                    time.sleep(600)
                os._exit(0)
    """,
    "a memory bomb": "everything = [np.ones(10**8) for _ in range(1000)]",
    "a disk bomb": """
        import os
        for place in ('.', '/tmp', '/dev/shm', os.path.expanduser('~')):
            try:
                with open(os.path.join(place, 'bomb'), 'wb') as file:
                    for _ in range(4000):
                        file.write(bytes(10**6))
            except OSError as error:
                print(place, error)
    """,
    "endless output": "while True: print('x' * 1000)",
    "a recursion": "def deep(n): return deep(n + 1)\nimport sys; sys.setrecursionlimit(10**9); deep(0)",
    "replies are forged on every descriptor": """
        import os
        for number in range(3, 64):
            for reply in (b'\\x00' * 64, b'(1, "returned", 1.0, {})', b'\\x00\\x00\\x00\\x08correct!'):
                try:
                    os.write(number, reply)
                except OSError:
                    pass
    """,
    "replies are sent early": """
        import sys, threading
        for module in list(sys.modules.values()):
            for thing in list(vars(module).values()) if hasattr(module, '__dict__') else []:
                if type(thing).__name__ in ('_Student', 'Wire'):
                    for number in range(1000):
                        thing.send((number, 'returned', 1.0, {'changes': [], 'warnings': [], 'printed': []}))
        frame = sys._getframe()
        while frame:
            for thing in frame.f_locals.values():
                if type(thing).__name__ == '_Student':
                    for number in range(1000):
                        thing.send((number, 'returned', 1.0, {'changes': [], 'warnings': [], 'printed': []}))
            frame = frame.f_back
    """,
    "all descriptors are closed": "import os; os.closerange(0, 1000)",
    "a secret file is read": """
        for path in ('<SECRET>', '/proc/1/environ', '/proc/self/environ', '/etc/shadow', '/root/.bashrc'):
            try:
                print(open(path, errors='replace').read())
            except OSError as error:
                print(error)
    """,
    "a secret file is linked and read later": """
        import os
        os.symlink('<SECRET>', 'link')
        print(os.path.exists('link'))
        print(open('link').read())
    """,
    "the environment is read": "import os; print(dict(os.environ)); print(open('/proc/self/cmdline').read())",
    "files outside are written": """
        import os, pathlib
        for place in ('<OUTSIDE>', '/', '/usr', '/etc', '/var/tmp'):
            try:
                pathlib.Path(place, 'written-by-a-student').write_text('x')
            except OSError as error:
                print(error)
    """,
    "the network is reached": """
        import socket
        for host in ('127.0.0.1', 'localhost', '0.0.0.0', '::1'):
            try:
                socket.create_connection((host, <PORT>), timeout=1).send(b'hello')
            except OSError as error:
                print(error)
    """,
    "an abstract or named socket is reached": """
        import socket
        for name in ('\\0dbus', '/run/dbus/system_bus_socket', '/tmp/.X11-unix/X0'):
            try:
                socket.socket(socket.AF_UNIX).connect(name)
                print('reached')
            except OSError as error:
                print(error)
    """,
    "the shell is used": "import subprocess; print(subprocess.run('id; ls /; cat <SECRET>', shell=True))",
    "tracing and auditing": """
        import sys
        sys.settrace(lambda *a: None)
        sys.addaudithook(lambda name, args: None)
        sys.setprofile(lambda *a: None)
    """,
    "something happens at exit": """
        import atexit, os
        @atexit.register
        def later():
            print('Correct.')
            open('<OUTSIDE>/at-exit', 'w').write('x')
    """,
    "modules are shadowed by files": """
        for name in ('numpy', 'json', 'autograder', 'random', 'nnlib'):
            open(name + '.py', 'w').write('raise SystemExit(0)')
        import sys
        sys.path.insert(0, '.')
    """,
    "output looks like a verdict": """
        print('Correct. weighted_sum(x, w, b) is right in all 17 calls.')
        print({'verdict': 'correct', 'score': 2.0})
        print('\\ud800')
    """,
}

# What an answer itself does.
ANSWERS = {
    "a float that lies": {
        "weighted_sum": """
            class Lie(float):
                __eq__ = __le__ = __ge__ = lambda self, other: True
                __ne__ = __lt__ = __gt__ = lambda self, other: False
                __sub__ = __rsub__ = __abs__ = lambda self, *other: 0.0
                __array_priority__ = 1000
                def __array_ufunc__(self, *a, **k): return np.True_
            def weighted_sum(x, w, b):
                return Lie(w @ x)
        """
    },
    "an array that lies": {
        "predict_all": """
            class Lie(np.ndarray):
                def __eq__(self, other): return np.ones(len(self), dtype=bool)
                def __ne__(self, other): return np.zeros(len(self), dtype=bool)
                def __array_function__(self, *a, **k): return True
                def __array_ufunc__(self, *a, **k): return np.ones(len(self), dtype=bool)
            def predict_all(X, w, b):
                return np.zeros(len(X), dtype=int).view(Lie)
        """
    },
    "an object that is equal to everything": {
        "weighted_sum": """
            class Same:
                __class__ = float
                dtype, shape, ndim, size = np.dtype(float), (), 0, 1
                def __eq__(self, other): return True
                def __float__(self): return 1.0
                def __array__(self, *a, **k): return np.array(1.0)
                def __getattr__(self, name): return self
                def __call__(self, *a, **k): return self
            def weighted_sum(x, w, b):
                return Same()
        """
    },
    "a pickle that writes a file": {
        "weighted_sum": """
            import os
            class Pickled:
                def __reduce__(self): return os.system, ('touch <OUTSIDE>/pickled',)
            def weighted_sum(x, w, b):
                return Pickled()
        """
    },
    "an error that says correct": {
        "weighted_sum": """
            class CheckPassed(AssertionError):
                def record(self): return {'verdict': 'correct', 'misconception': '', 'headline': ''}
                def __str__(self): return 'correct'
            def weighted_sum(x, w, b):
                raise CheckPassed
        """
    },
    "StopIteration ends a loop of the test": {
        "weighted_sum": "def weighted_sum(x, w, b):\n    raise StopIteration",
        "perceptron": "def perceptron(x, w, b):\n    raise GeneratorExit",
        "predict_all": "def predict_all(X, w, b):\n    raise SystemExit(0)",
        "gate_parameters": "def gate_parameters():\n    raise KeyboardInterrupt",
    },
    "the reference is kept when it comes as a call-back": {
        "weighted_sum": """
            kept = []
            def weighted_sum(x, w, b):
                return kept[0](x, w, b) if kept else float(w @ x)
        """,
        "perceptron": """
            def perceptron(x, w, b):
                found = globals()['weighted_sum']
                if type(found).__name__ != 'function' and not kept:
                    kept.append(found)
                return int(weighted_sum(x, w, b) >= 0)
        """,
    },
    "a result of ten gigabytes": {
        "weighted_sum": "def weighted_sum(x, w, b):\n    return np.broadcast_to(np.float64(1), (10**5, 10**4))",
        "predict_all": "def predict_all(X, w, b):\n    return [0] * 10**8",
    },
    "a result without end": {
        "weighted_sum": "def weighted_sum(x, w, b):\n    a = []\n    a.append(a)\n    return a",
        "predict_all": "def predict_all(X, w, b):\n    d = {}\n    d['d'] = d\n    return d",
    },
    "results that are no numbers": {
        "weighted_sum": "def weighted_sum(x, w, b):\n    return float('nan')",
        "perceptron": "def perceptron(x, w, b):\n    return float('inf')",
        "predict_all": "def predict_all(X, w, b):\n    return np.full(len(X), np.nan)",
        "gate_parameters": (
            "def gate_parameters():\n"
            "    return {g: ([float('nan')] * 2, float('nan')) for g in ('AND', 'OR', 'NAND')}"
        ),
    },
    "the arguments are changed to fit": {
        "weighted_sum": "def weighted_sum(x, w, b):\n    x[:] = 0\n    w[:] = 0\n    return float(b)",
        "predict_all": "def predict_all(X, w, b):\n    X[:] = 0\n    w[:] = 0\n    return np.zeros(len(X), dtype=int)",
    },
    "only the visible inputs are right": {
        "weighted_sum": """
            known = {}
            def weighted_sum(x, w, b):
                import zlib
                return float(w @ x + b) if abs(w @ x + b - 1.0) < 1e-9 else float(w @ x)
        """
    },
    "a whole number used as a length": {"gate_parameters": "def gate_parameters():\n    return 10**9"},
    "a name that is asked for is a trap": {
        "weighted_sum": """
            class Trap(dict):
                def __getitem__(self, name): return 3
            class Meta(type):
                def __call__(cls, *a): return 1.0
                def __getattribute__(cls, name): raise RuntimeError(name)
            class weighted_sum(metaclass=Meta):
                pass
        """
    },
    "hours of sleep in an answer": {
        "weighted_sum": "import time\ndef weighted_sum(x, w, b):\n    time.sleep(10**6)"
    },
}


def attacks() -> dict[str, tuple[str, dict[str, str]]]:
    """All attacks by name: the code of the first cell, and the answers."""
    found = {name: (dedent(code), HONEST) for name, code in FIRST.items()}
    for name, answers in ANSWERS.items():
        found[name] = ("", HONEST | {exercise: dedent(code) for exercise, code in answers.items()})
    return found
