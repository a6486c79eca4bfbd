"""Submissions that try to earn what they don't deserve, or to do harm.

Those of unit 01 have the wrong answers of `HONEST`, whose own marks are the bound. Those of other units answer
nothing right either: their bound is the release's, no point. ``<SECRET>`` stands for a file that must not be
read, ``<OUTSIDE>`` for a folder that must not be written, ``<PORT>`` for a listener that must not be reached.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    "code objects are swapped": """
        import gc, types
        def nothing(*args, **kwargs): return None
        for thing in gc.get_objects():
            if isinstance(thing, types.FunctionType) and thing.__name__ in ('check', 'judge', 'difference', 'encode'):
                try:
                    thing.__code__ = nothing.__code__
                except ValueError as error:
                    print(error)
    """,
    "global seeds are fixed": """
        import random
        fixed = np.random.default_rng(0)
        np.random.seed(0)
        random.seed(0)
        np.random.default_rng = lambda *a: fixed
        np.random.seed = random.seed = lambda *a: None
    """,
    "timing tells calls apart": """
        import time
        last = [time.perf_counter_ns()]
        def weighted_sum(x, w, b):
            now = time.perf_counter_ns()
            gap, last[0] = now - last[0], now
            return float(w @ x) if gap % 2 else float(round(w @ x))
    """,
    "files outside are written through links": """
        import os
        for place in ('<OUTSIDE>', '/proc/1/root', '/proc/self/cwd/../..', '/dev'):
            try:
                os.symlink(place, 'way-out')
                open('way-out/written-by-a-student', 'w').write('x')
            except OSError as error:
                print(error)
            finally:
                if os.path.islink('way-out'):
                    os.unlink('way-out')
    """,
    "the output's file is filled below Python": """
        import os
        for _ in range(10**4):
            for number in (1, 2):
                try:
                    os.write(number, b'Correct. ' * 1000)
                except OSError:
                    pass
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


# Attacks on other units: unit, code of the first cell, answers.
ELSEWHERE: dict[str, tuple[str, str, dict[str, str]]] = {
    "a call-back is made to raise": (
        "04-matrix-form",
        "",
        {
            "layer_forward": """
                def layer_forward(A_prev, W, b, g):
                    for wrong in ('x', None, [[]], {}, np.array(['a']), object()):
                        try:
                            g(wrong)
                        except Exception as error:
                            print(type(error), error)
                    g('the test should end here')
            """
        },
    ),
    "a call-back is called without end": (
        "04-matrix-form",
        "",
        {"layer_forward": "def layer_forward(A_prev, W, b, g):\n    while True:\n        g(A_prev)"},
    ),
    "a call-back calls back": (
        "04-matrix-form",
        "",
        {
            "layer_forward": """
                def layer_forward(A_prev, W, b, g):
                    return layer_forward(A_prev, W, b, lambda Z: g(lambda Z: layer_forward(Z, W, b, g)))
            """
        },
    ),
    "a call-back is opened": (
        "04-matrix-form",
        "",
        {
            "layer_forward": """
                def layer_forward(A_prev, W, b, g):
                    for name in ('__globals__', '__code__', '__closure__', '__self__', '__wrapped__', '_student'):
                        try:
                            print(name, vars(getattr(g, name)))
                        except Exception as error:
                            print(error)
                    student = getattr(g, '_student', None)
                    for number in range(50):
                        print(student.call_back(number, (A_prev, W, b, g), {}))
            """
        },
    ),
    "a result nested without end": (
        "04-matrix-form",
        "",
        {
            "forward": """
                def forward(X, weights, biases, activations):
                    deep = X
                    for _ in range(10**5):
                        deep = [deep]
                    return deep
            """,
            "layer_shapes": "def layer_shapes(sizes):\n    return layer_shapes(sizes)",
        },
    ),
    "a view of ten gigabytes": (
        "04-matrix-form",
        "",
        {
            "layer_forward": (
                "def layer_forward(A_prev, W, b, g):\n    return (np.broadcast_to(0.0, (10**5, 10**5)),) * 2"
            ),
            "multiply_adds": "def multiply_adds(sizes, n):\n    return 1 << 10**7",
        },
    ),
    "a list that lies": (
        "04-matrix-form",
        "",
        {
            "layer_shapes": """
                class Lie(list):
                    __eq__ = __contains__ = lambda self, other: True
                    __ne__ = lambda self, other: False
                    def __iter__(self): return iter(())
                    def __len__(self): return 2
                def layer_shapes(sizes):
                    return Lie()
            """
        },
    ),
    "generator state is played back": (
        "05-training",
        "",
        {
            "init_parameters": """
                def init_parameters(layer_sizes, rng, scale=0.1):
                    state = np.random.PCG64(0).state
                    rng.bit_generator.state = state
                    weights = [scale * rng.normal(size=(m, n)) for n, m in zip(layer_sizes, layer_sizes[1:])]
                    rng.bit_generator.state = state
                    return weights, [np.zeros(m) for m in layer_sizes[1:]]
            """,
            "minibatches": """
                def minibatches(n, batch_size, rng):
                    rng.bit_generator.state = np.random.PCG64(0).state
                    return [np.arange(n)]
            """,
        },
    ),
    "generators are forged": (
        "05-training",
        "",
        {
            "minibatches": """
                class Forged(np.random.Generator):
                    def permutation(self, n): return np.arange(n)
                    shuffle = lambda self, x: None
                def minibatches(n, batch_size, rng):
                    try:
                        rng.permutation = lambda n: np.arange(n)
                    except AttributeError:
                        pass
                    order = Forged(np.random.PCG64(0)).permutation(n)
                    return [order[i:i + batch_size] for i in range(0, n, batch_size)]
            """
        },
    ),
    "targets are changed to fit the prediction": (
        "05-training",
        "",
        {
            "mse": "def mse(y_pred, y):\n    y[:] = y_pred\n    return 0.0",
            "mse_gradient": """
                def mse_gradient(X, y, w, b):
                    X[:] = 0
                    y[:] = b
                    return np.zeros_like(w), 0.0
            """,
            "gradient_descent_step": """
                def gradient_descent_step(params, grads, learning_rate):
                    for p, g in zip(params, grads):
                        g[:] = 0
                    params.clear()
                    grads.clear()
                    return params
            """,
        },
    ),
    "a function under study is searched": (
        "05-training",
        "",
        {
            "numerical_gradient": """
                import gc
                def numerical_gradient(f, w, eps=1e-6):
                    for thing in gc.get_referrers(f) + gc.get_referents(f):
                        print(str(thing)[:200])
                        if isinstance(thing, dict) and 'expected' in thing:
                            return thing['expected']
                    return np.zeros_like(w)
            """
        },
    ),
    "a function under study gets a trap": (
        "05-training",
        "",
        {
            "numerical_gradient": """
                class Trap(np.ndarray):
                    def __array_ufunc__(self, *a, **k): raise SystemExit(0)
                    def __getitem__(self, key): raise KeyboardInterrupt
                def numerical_gradient(f, w, eps=1e-6):
                    return f(w.view(Trap))
            """
        },
    ),
    "training without end": (
        "05-training",
        "",
        {"train": "def train(X, y, sizes, rate, epochs, rng):\n    while True:\n        X @ X.T"},
    ),
    "losses that promise": (
        "05-training",
        "",
        {
            "train": """
                def train(X, y, sizes, rate, epochs, rng):
                    class Good(float):
                        __lt__ = __le__ = __gt__ = __ge__ = __eq__ = lambda self, other: True
                    weights = [np.full((m, n), np.nan) for n, m in zip(sizes, sizes[1:])]
                    return weights, [np.zeros(m) for m in sizes[1:]], [Good(1 / (k + 1)) for k in range(epochs)]
            """
        },
    ),
    "the withheld library is unwrapped": (
        "06-softmax",
        "",
        {
            "softmax": """
                import dis, importlib.util, nnlib, sys
                def softmax(Z):
                    for module in [m for name, m in sys.modules.items() if name.startswith('nnlib')]:
                        found = getattr(module, 'softmax', None)
                        for thing in (found, getattr(found, 'softmax', None), getattr(found, '__wrapped__', None)):
                            try:
                                return thing(Z)
                            except Exception as error:
                                print(error)
                    return 2.0 ** np.asarray(Z) / np.sum(2.0 ** np.asarray(Z), axis=-1, keepdims=True)
            """
        },
    ),
    "a flood of warnings": (
        "06-softmax",
        "",
        {
            "one_hot": """
                import warnings
                def one_hot(y, n_classes):
                    for number in range(10**4):
                        warnings.warn(str(number) * 100)
                    return np.ones((len(y), n_classes))
            """
        },
    ),
    "masked results": (
        "06-softmax",
        "",
        {
            "softmax": "def softmax(Z):\n    return np.ma.masked_all(np.shape(Z))",
            "one_hot": "def one_hot(y, n_classes):\n    return np.ma.masked_all((len(y), n_classes))",
            "cross_entropy": "def cross_entropy(P, Y):\n    return np.ma.masked",
        },
    ),
    "results of strange types": (
        "06-softmax",
        "",
        {
            "softmax": "def softmax(Z):\n    return np.array([Z, None], dtype=object)",
            "cross_entropy": "def cross_entropy(P, Y):\n    return complex('nan')",
            "top_k_accuracy": "def top_k_accuracy(P, y, k):\n    return np.float64('nan')",
            "predict_classes": "def predict_classes(P):\n    return np.zeros(len(P), dtype='M8[s]')",
        },
    ),
    "NumPy is shadowed in an answer": (
        "06-softmax",
        """
        class np:
            def __getattr__(self, name): return lambda *a, **k: True
        np = np()
        """,
        {"cross_entropy": "def cross_entropy(P, Y):\n    return np.mean(P)"},
    ),
    "a model that claims everything": (
        "07-scikit-learn",
        "",
        {
            "train_classifier": """
                class Model:
                    def __getattr__(self, name): return lambda *a, **k: self
                    __eq__ = lambda self, other: True
                    __len__ = lambda self: 10**9
                    def __float__(self): return 1.0
                def train_classifier(X_train, y_train, depth, width, random_state):
                    return Model()
            """
        },
    ),
    "a model with the right settings that was never trained": (
        "07-scikit-learn",
        "",
        {
            "train_classifier": """
                class Said(MLPClassifier):
                    def predict_proba(self, X): return np.full((len(X), 2), 0.5)
                    def predict(self, X): return np.zeros(len(X), dtype=int)
                    n_iter_, loss_, loss_curve_, out_activation_, classes_ = 9, 0.0, [0.0], 'logistic', [0, 1]
                def train_classifier(X_train, y_train, depth, width, random_state):
                    return Said((width,) * depth, solver='sgd', learning_rate_init=0.1, max_iter=2000,
                                random_state=random_state)
            """
        },
    ),
    "the class of all models is replaced": (
        "07-scikit-learn",
        """
        import sklearn.neural_network
        class MLPClassifier:
            classes_ = [0, 1]
            def __init__(self, *a, **k): pass
            def fit(self, X, y): return self
            def get_params(self, deep=True): return {}
            def predict(self, X): return np.zeros(len(X), dtype=int)
            def predict_proba(self, X): return np.full((len(X), 2), 0.5)
            def score(self, X, y): return 1.0
        sklearn.neural_network.MLPClassifier = MLPClassifier
        """,
        {"accuracy": "def accuracy(model, X, y):\n    return model.score(X, y)"},
    ),
    "a model that ends its process": (
        "07-scikit-learn",
        "",
        {
            "train_classifier": """
                import os
                class Model(MLPClassifier):
                    def get_params(self, deep=True): os._exit(0)
                    def predict_proba(self, X): os._exit(0)
                def train_classifier(X_train, y_train, depth, width, random_state):
                    return Model().fit(X_train, y_train)
            """
        },
    ),
    "a model that is rebuilt by a command": (
        "07-scikit-learn",
        "",
        {
            "train_classifier": """
                import os
                class Model(MLPClassifier):
                    def __reduce__(self): return os.system, ('touch <OUTSIDE>/rebuilt',)
                    __deepcopy__ = lambda self, memo: os.system('touch <OUTSIDE>/copied')
                def train_classifier(X_train, y_train, depth, width, random_state):
                    return Model().fit(X_train, 1 - y_train)
            """
        },
    ),
    "a design that eats the machine": (
        "07-scikit-learn",
        "",
        {
            "best_design": """
                def best_design():
                    return {'hidden_layer_sizes': (10**5, 10**5), 'max_iter': 10**9, 'tol': 0.0}
            """
        },
    ),
    "a design of objects": (
        "07-scikit-learn",
        "",
        {
            "best_design": """
                import os
                class Name(str):
                    def __eq__(self, other): os.system('touch <OUTSIDE>/compared'); return True
                    __hash__ = str.__hash__
                def best_design():
                    return {Name('activation'): lambda X: X, 'random_state': MLPClassifier(), 'solver': print}
            """
        },
    ),
    "a study that says what is hoped for": (
        "07-scikit-learn",
        "",
        {
            "design_study": "def design_study(depths, widths, seeds):\n    return np.ones((len(depths), len(widths)))"
        },
    ),
}


@dataclass(frozen=True)
class Attack:
    """One submission: its unit, the code of its first cell, its answers."""

    unit: str
    first: str
    answers: dict[str, str]


def attacks() -> dict[str, Attack]:
    """All attacks by name."""
    found = {name: Attack("01-neuron", dedent(code), HONEST) for name, code in FIRST.items()}
    for name, answers in ANSWERS.items():
        found[name] = Attack("01-neuron", "", HONEST | _dedented(answers))
    for name, (unit, first, answers) in ELSEWHERE.items():
        found[name] = Attack(unit, dedent(first), _dedented(answers))
    return found


def _dedented(answers: dict[str, str]) -> dict[str, str]:
    return {exercise: dedent(code) for exercise, code in answers.items()}
