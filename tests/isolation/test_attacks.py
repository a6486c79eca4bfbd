"""What a stranger's cell may try. Each attack is really made; none gains, reads, writes, reaches or outlives."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

import autograder.isolation
from autograder.isolation import Cell, Limits

from .conftest import open_isolation

CANARY = "canary-5f1d0c"
WRONG = "def f(x): return x + 1\n"
TEST = "assert f(2) == 4 and f(3) == 6"
HONEST = (("student", "def g(x): return 2 * x"), ("graded", "assert g(2) == 4 and g(3) == 6"))

WIRE = """
import os, socket, struct, sys
agent = sys.modules["agent.student"]
import gc
student = next(o for o in gc.get_objects() if type(o) is agent._Student)
wire = student.wire.connection
def send(value):
    message = agent.encode(value, agent.no_reference, student.limits)
    wire.sendall(struct.pack("<I", len(message)) + message)
print("made")
"""

# In one submission: the attack, a wrong function (unless the attack brings its own) and its test.
GAIN = {
    "patched numpy": (
        "import numpy as np\nnp.testing.assert_allclose = np.allclose = np.array_equal = lambda *a, **k: True"
    ),
    "patched builtins": "import builtins\nbuiltins.all = builtins.isinstance = builtins.abs = lambda *a: True",
    "display hook": "import sys\nsys.displayhook = lambda value: print(1.0)",
    "exception hook": "import sys\nsys.excepthook = lambda *a: None",
    "input transformer": "%time 1\nget_ipython().input_transformers_post.append(lambda lines: ['pass'])",
    "syntax tree transformer": "%time 1\nget_ipython().ast_transformers.append(lambda tree: None)",
    "equal to everything": (
        "class Yes:\n    def __eq__(self, other): return True\n    __ne__ = lambda s, o: False\ndef f(x): return Yes()"
    ),
    "a float that lies": (
        "class Yes(float):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0.0\n"
        "    __float__ = lambda self: 4.0\ndef f(x): return Yes(1)"
    ),
    "an int that lies": (
        "class Yes(int):\n    __eq__ = lambda s, o: True\n    __hash__ = int.__hash__\ndef f(x): return Yes(1)"
    ),
    "an array that lies": (
        "import numpy as np\nclass Yes(np.ndarray):\n    def __array_ufunc__(self, *a, **k): return np.True_\n"
        "    __eq__ = lambda s, o: True\ndef f(x): return np.zeros(1).view(Yes)"
    ),
    "a class that lies": (
        "class Yes:\n    __class__ = property(lambda self: int)\n    __eq__ = lambda s, o: True\ndef f(x): return Yes()"
    ),
    "reduced to a command": (
        "import os\nclass Yes:\n    def __reduce__(self): return (os._exit, (0,))\n    __eq__ = lambda s, o: True\n"
        "def f(x): return Yes()"
    ),
    "the end of an iteration": "def f(x): raise StopIteration",
    "the end of the program": "def f(x): raise SystemExit(0)",
    "an interrupt": "def f(x): raise KeyboardInterrupt",
    "an error without text": (
        "class Odd(Exception):\n    def __str__(self): raise Odd\n    __repr__ = __str__\ndef f(x): raise Odd"
    ),
    "exit in a call": "def f(x):\n    import os\n    os._exit(0)",
    "a crash in a call": "def f(x):\n    import ctypes\n    ctypes.string_at(0)",
    "an endless call": "def f(x):\n    while True: pass",
    "an endless call in C": "def f(x): return sum(range(10**15))",
    "a call that waits": "def f(x):\n    import time\n    time.sleep(1000)",
    "memory in a call": "def f(x): return [bytearray(10**7) for _ in range(10**4)]",
    "deep recursion in C": "def f(x):\n    import sys\n    sys.setrecursionlimit(10**9)\n    return f(x)",
    "an early answer": WIRE + "send((1, 'returned', 4, [], [], ''))\n" + WRONG,
    "an early answer in a call": WIRE
    + "def f(x):\n    send((student.request + 1, 'returned', 4, [], [], ''))\n    return 5",
    "many answers": WIRE
    + "def f(x):\n    for _ in range(50): send((student.request, 'returned', 2 * x, [], [], ''))\n    return 7",
    "answers in advance": WIRE
    + """
sent, plain = 0, student.send
def ahead(message):
    global sent
    sent += 1
    if sent <= 2: plain(message)
    if sent == 2:                  # to the request for names; the calls f(2) and f(3) come next
        send((message[0] + 1, "returned", 4, [], [], ""))
        send((message[0] + 2, "returned", 6, [], [], ""))
student.send = ahead
"""
    + WRONG,
    "an answer of another form": WIRE + "def f(x):\n    send((student.request, 'returned', 4))\n",
    "an answer with a wrong word": WIRE
    + "def f(x):\n    send((student.request, 'correct', 4, [], [], ''))\n",
    "an answer with wrong fields": WIRE + "def f(x):\n    send((student.request, 'returned', 4, 5, 6, 7))\n",
    "an error of a wrong form": WIRE
    + "def f(x):\n    send((student.request, 'threw', ([3], 4, None), [], [], ''))\n",
    "changes to nothing": WIRE
    + "def f(x):\n    send((student.request, 'returned', 4, [(99, [1])], [], ''))\n",
    "a call-back that was not lent": WIRE + "def f(x): return student.call_back(0, (), {})",
    "a message of four gigabytes": WIRE
    + "def f(x):\n    wire.sendall(struct.pack('<I', 2**32 - 1) + b'x' * 1000)",
    "noise": WIRE + "def f(x):\n    wire.sendall(struct.pack('<I', 100) + os.urandom(100))",
    "half a message": WIRE
    + "def f(x):\n    wire.sendall(struct.pack('<I', 100))\n    import time\n    time.sleep(1000)",
    "drop by drop": (
        WIRE + "import time\ndef f(x):\n    wire.sendall(struct.pack('<I', 10**6))\n"
        "    while True:\n        wire.sendall(b'x')\n        time.sleep(0.05)"
    ),
    "a closed wire": WIRE + "def f(x):\n    os.closerange(0, 100)\n    return 4",
    "a closed wire in the cell": WRONG + "import os\nos.closerange(0, 100)",
    "a thread that answers": (
        WIRE
        + WRONG
        + "import threading, time\ndef spam():\n    while True:\n        send((1, 'returned', 4, [], [], ''))\n"
        "        time.sleep(0.01)\nthreading.Thread(target=spam, daemon=True).start()\ntime.sleep(0.1)"
    ),
}


@pytest.mark.parametrize("name", GAIN)
def test_an_attack_gains_no_more_than_its_honest_twin_and_costs_only_itself(grade, name):
    attack = GAIN[name]
    source = attack if "def f" in attack else attack + "\n" + WRONG
    twin = grade(("student", WRONG), ("graded", TEST), *HONEST)
    assert [o.status for o in twin] == ["ok", "raised", "ok", "ok"]
    outcomes = grade(("student", source), ("graded", TEST), *HONEST)
    if WIRE in attack:
        assert "made" in str(outcomes[0].outputs) or outcomes[0].status != "ok"
    assert outcomes[1].status != "ok", outcomes
    assert outcomes[1].reason
    if name not in (
        "a thread that answers",
        "answers in advance",
    ):  # these go on disturbing their own submission
        assert [o.status for o in outcomes[2:]] == ["ok", "ok"], outcomes
    assert [o.status for o in grade(*HONEST)] == ["ok", "ok"]  # nor another one


def test_a_right_answer_through_the_same_wire_passes(passes):
    """The forgeries above fail for what they are, not because sending by hand can't work."""
    passes(
        WIRE + "def f(x):\n    return 2 * x\nplain = student.send\nstudent.send = lambda m: plain(m)", TEST
    )


def test_an_exception_class_with_a_stolen_name_is_not_the_real_one(passes):
    passes(
        "def f():\n    raise type('ValueError', (Exception,), {})('x')",
        "try: f()\nexcept Exception as e: assert not isinstance(e, ValueError) and e.type_name == 'ValueError'",
    )


def test_a_value_that_would_be_python_elsewhere_is_not_run(grade, tmp_path):
    outcomes = grade(
        ("student", "def f(x): return '__import__(\"os\")._exit(0)'"),
        ("graded", "assert f(1) == '__import__(\"os\")._exit(0)'"),
    )
    assert outcomes[1].status == "ok"


def test_the_students_memory_holds_neither_tests_nor_settings(grade):
    look = """
import gc, sys
found, stack = [], []
frame = sys._getframe()
while frame:
    stack.append(frame)
    frame = frame.f_back
def text(o):
    try: return repr(o)
    except Exception: return ""
def f(x):
    needle = "-".join(["canary", "5f1d0c"])
    things = gc.get_objects() + [s.f_locals for s in stack] + [s.f_globals for s in stack]
    return [type(o).__name__ for o in things if type(o) in (dict, list, tuple) and needle in text(o)]
"""
    looked = f"secret = '{CANARY}'\nfound = f(1)\nassert found == [], found"
    outcomes = grade(("student", look), ("graded", looked), settings={"seed": CANARY})
    assert outcomes[1].status == "ok", outcomes[1].reason
    # The search works: it finds what is there.
    outcomes = grade(("student", look + f"kept = ['{CANARY}']"), ("graded", looked))
    assert outcomes[1].status == "raised"
    assert "list" in outcomes[1].reason


SHALLOW = """
import os
def walk():
    for folder, folders, files in os.walk("/"):
        if folder.count("/") >= 4: folders.clear()
        yield folder, folders, files
"""


def read(path):
    return f"print(open({str(path)!r}).read()[:2000])"


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "gradebook.db"
    path.write_text(CANARY)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o755)
    return path


def test_files_of_the_host_are_not_there(grade, unisolated, secret):
    repository = Path(autograder.isolation.__file__).parents[2] / "pyproject.toml"
    for path in (secret, repository, Path("/etc/passwd"), Path("/etc/hostname"), Path("/proc/self/environ")):
        attack = ("student", read(path))
        assert grade(attack, on=unisolated)[0].status == "ok", path
        outcome = grade(attack)[0]
        assert outcome.status == "raised", path
        assert CANARY not in str(outcome)


def test_no_file_of_the_room_tells_of_host_or_course(grade):
    repository = Path(autograder.isolation.__file__).parents[2]
    outcome = grade(
        (
            "student",
            SHALLOW
            + f"""
import os, sys
names = ["nnlib", "solutions", "gradebook", "autograder", "units", "work", "home", "root"]
bad = [os.path.join(d, n) for d, ds, fs in walk() for n in ds + fs if n in names]
print("bad", [b for b in bad if not os.path.isdir(b) or os.listdir(b) not in ([], ["__init__.py"])])
print("repo", os.path.exists({str(repository / "docs")!r}), {str(repository)!r} in sys.path)
for name in ("autograder", "nnlib"):
    try: __import__(name)
    except ImportError: print("no", name)
""",
        )
    )[0]
    text = outcome.outputs[0]["text"]
    assert "bad []" in text, text
    assert "repo False False" in text
    assert "no autograder" in text


def test_the_environment_is_not_there(monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", CANARY)
    with open_isolation() as isolation:
        outcome = isolation.run([Cell("a", "import os\nprint('env', dict(os.environ))", "student")])[0]
        assert "env" in str(outcome)
        assert CANARY not in str(outcome)


WALK = (
    SHALLOW
    + """
import os
places = []
for folder, _, files in walk():
    for path in [os.path.join(folder, "new"), *(os.path.join(folder, f) for f in files[:3])]:
        try:
            with open(path, "ab"): places.append(path)
        except OSError: pass
print("count", len(list(walk())) > 100)
print("outside", sorted(p for p in places if not p.startswith(("/tmp/", "/dev/"))))
print("inside", "/tmp/new" in places)
"""
)


def test_nothing_can_be_written_but_the_temporary_folder(grade):
    text = grade(("student", WALK))[0].outputs[0]["text"]
    assert "count True" in text
    assert "outside []" in text, text
    assert "inside True" in text


def test_a_file_of_the_host_can_not_be_written(grade, unisolated, tmp_path):
    target = tmp_path / "target"
    attack = ("student", f"open({str(target)!r}, 'w').write('x')")
    grade(attack)
    assert not target.exists()
    grade(attack, on=unisolated)
    assert target.exists()


def test_the_temporary_folder_is_bounded_and_gone_afterwards(grade):
    fill = """
written = 0
try:
    for n in range(20):
        with open(f"/tmp/{n}", "wb") as file:
            for _ in range(20): written += file.write(bytes(1 << 20))
except OSError as error: print(error)
print("MB", written >> 20)
"""
    text = grade(("student", fill))[0].outputs[0]["text"]
    assert "No space left" in text
    assert 50 <= int(text.split("MB ")[1]) <= 64
    assert "[]" in str(
        grade(("student", "import os\nprint(os.listdir('/tmp'), os.listdir('/dev/shm'))"))[0].outputs
    )


def test_no_network(grade, unisolated):
    server = socket.create_server(("127.0.0.1", 0))
    name = b"\0autograder-isolation-test"
    local = socket.socket(socket.AF_UNIX)
    local.bind(name)
    local.listen()
    port = server.getsockname()[1]
    for attack in (
        f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 1)",
        f"import socket\nsocket.socket(socket.AF_UNIX).connect({name!r})",
    ):
        assert grade(("student", attack), on=unisolated)[0].status == "ok"
        assert grade(("student", attack))[0].status == "raised"
    outside = (
        "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))"
    )
    assert "unreachable" in grade(("student", outside))[0].reason
    server.close()
    local.close()


def named_processes(name):
    found = []
    for place in Path("/proc").glob("[0-9]*/comm"):
        try:
            if place.read_text().strip() == name:
                found.append(place)
        except OSError:
            pass
    return found


DAEMON = """
import ctypes, os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(15, b"NAME", 0, 0, 0)
        os.closerange(0, 100)
        time.sleep(600)
    os._exit(0)
time.sleep(0.2)
"""


def test_what_it_started_is_gone_afterwards(isolation):
    name = "outlives-me"
    seen = []

    def look():
        for _ in range(200):
            seen.extend(named_processes(name))
            time.sleep(0.005)

    import threading

    watcher = threading.Thread(target=look)
    watcher.start()
    isolation.run([Cell("a", DAEMON.replace("NAME", name), "student")])
    left = named_processes(name)
    watcher.join()
    assert seen  # it did run
    assert not left


def test_a_fork_bomb_is_bounded_and_gone(grade):
    bomb = """
import os, time
made = 0
try:
    while made < 500:
        if os.fork() == 0: time.sleep(600)
        made += 1
except OSError as error: print(error)
print("made", made)
"""
    outcomes = grade(("student", bomb), *HONEST)
    assert int(str(outcomes[0].outputs).split("made ")[1].split("\\")[0]) < 12, outcomes
    assert [o.status for o in outcomes[1:]] == ["ok", "ok"]
    outcomes = grade(
        ("student", "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"), *HONEST
    )
    assert [o.status for o in outcomes] == ["timed-out", "ok", "ok"], outcomes


def test_threads_are_bounded(grade):
    bomb = """
import threading, time
made = 0
try:
    while made < 500:
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
        made += 1
except RuntimeError as error: print(error)
print("made", made)
"""
    outcomes = grade(("student", bomb), *HONEST)
    assert int(str(outcomes[0].outputs).split("made ")[1].split("\\")[0]) < 12, outcomes
    assert [o.status for o in outcomes[1:]] == ["ok", "ok"]


def test_a_memory_bomb_is_an_error(grade):
    outcomes = grade(
        ("student", "import numpy as np\nx = []\nwhile True: x.append(np.empty(10**6))"),
        ("student", "x = None"),
        *HONEST,
    )
    assert outcomes[0].reason.startswith("MemoryError")
    assert [o.status for o in outcomes[2:]] == ["ok", "ok"]


def test_a_result_that_eats_the_tests_memory_costs_that_test(grade):
    outcomes = grade(
        ("student", "def n(): return 2 * 10**8"), ("graded", "import numpy as np\nnp.zeros(n())"), *HONEST
    )
    assert outcomes[1].status == "raised"
    assert [o.status for o in outcomes[2:]] == ["ok", "ok"]


@pytest.mark.parametrize(
    "attack",
    [
        "import os, signal\nfor p in (os.getppid(), 0, -1, 1, *range(2, 300)):\n    try: os.kill(p, signal.SIGKILL)\n"
        "    except OSError: pass",
        "import os\nos.killpg(0, 9)",
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    ],
    ids=["everyone", "its group", "stop"],
)
def test_killing_others_harms_nobody(grade, attack):
    grade(("student", attack), *HONEST)
    assert [o.status for o in grade(*HONEST)] == ["ok", "ok"]


RIGHTS = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
got = []
for flags in (0x10000000, 0x20000, 0x40000000, 0x20000000):
    if libc.unshare(flags) == 0: got.append(("unshare", flags))
if libc.mount(b"x", b"/tmp", b"tmpfs", 0, b"") == 0: got.append("mount")
for place in (b"/proc", b"/tmp", b"/room/packages/0", b"/"):
    if libc.umount2(place, 2) == 0: got.append(place)
if libc.mount(None, b"/", None, 32 | 4096, None) == 0: got.append("remount")
try: os.setuid(0); got.append("root")
except OSError: pass
try: os.sethostname("x"); got.append("name")
except (OSError, AttributeError): pass
try: os.mknod("/tmp/disk", 0o60600, os.makedev(8, 0)); got.append("device")
except OSError: pass
try: os.chroot("/tmp"); got.append("chroot")
except OSError: pass
try: os.setpriority(os.PRIO_PROCESS, 0, -5); got.append("priority")
except OSError: pass
print(got, os.getuid(), os.getpid(), os.listdir("/proc"))
"""


def test_it_has_no_rights(grade):
    assert grade(("student", RIGHTS))[0].outputs[0]["text"] == "[] 1000 1 []\n"


def test_open_files_are_bounded_and_only_the_wire_is_inherited(grade):
    count = """
import os
inherited = []
for n in range(1000):
    try:
        os.fstat(n)
        inherited.append(n)
    except OSError: pass
opened = 0
try:
    kept = [open("/dev/null") for _ in range(1000)]
except OSError as error: print(error)
print("inherited", len(inherited))
"""
    text = grade(("student", count))[0].outputs[0]["text"]
    assert "Too many open files" in text
    assert "inherited 4" in text


def test_a_flood_of_output_is_cut(grade):
    outcomes = grade(("student", "while True: print('x' * 1000)"), *HONEST)
    assert [o.status for o in outcomes] == ["timed-out", "ok", "ok"]
    outcomes = grade(("student", "def f():\n    for _ in range(10**5): print('x' * 100)"), ("graded", "f()"))
    assert outcomes[1].status == "ok"
    assert len(str(outcomes[1].outputs)) < 300_000


def test_processor_time_is_bounded():
    with open_isolation(limits=Limits(cpu_seconds=1)) as isolation:
        outcome = isolation.run([Cell("a", "while True: pass", "student")])[0]
    assert outcome.status == "died"
    assert "by signal 9" in outcome.reason
    assert outcome.seconds < 5


def test_byte_code_and_hidden_packages_do_not_come_along(tmp_path):
    package = tmp_path / "pruned"
    (package / "__pycache__").mkdir(parents=True)
    (package / "__init__.py").write_text("value = 3")
    (package / "__pycache__" / "answers.cpython-311.pyc").write_text(CANARY)
    (package / "answers.pyc").write_text(CANARY)
    look = (
        "import os, pruned\nprint(pruned.value, sorted(os.listdir(os.path.dirname(pruned.__file__))))\n"
        "import hypothesis"
    )
    with open_isolation(modules=(tmp_path,), hidden=("hypothesis",)) as isolation:
        outcome = isolation.run([Cell("a", look, "student")])[0]
    assert outcome.outputs[0]["text"] == "3 ['__init__.py']\n"
    assert outcome.reason == "ModuleNotFoundError: No module named 'hypothesis'"
