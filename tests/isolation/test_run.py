"""What becomes of cells: order, outputs, errors, time, and a student process that ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import autograder.isolation
from autograder.isolation import Bubblewrap, Cell, Isolation, IsolationUnavailable, Limits, Room, Unisolated

from .conftest import open_isolation
from .course import prepare


def statuses(outcomes):
    return [outcome.status for outcome in outcomes]


def text_of(outcome):
    return "".join(output.get("text", "") for output in outcome.outputs)


def test_it_imports_nothing_else_of_this_project():
    folder = Path(autograder.isolation.__file__).parent
    program = (
        f"import sys; sys.path.insert(0, {str(folder.parent)!r}); import isolation.zygote, isolation.student;"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    own = set(found) - set(sys.stdlib_module_names) - {"__main__", "numpy", "isolation", "_virtualenv"}
    assert not {name for name in own if not name.startswith(("_", "sitecustomize", "a1_"))}


def test_a_record_and_the_outputs_of_a_graded_cell(grade):
    outcome = grade(("graded", "show('a panel')\nraise Wrong('too small')"), settings={})[0]
    assert outcome.status == "raised"
    assert outcome.reason == "Wrong: too small"
    assert outcome.record == {"verdict": "incorrect", "said": "too small"}
    assert outcome.outputs[0]["data"] == {"text/plain": "a panel"}
    assert outcome.outputs[1]["output_type"] == "error"


def test_a_record_that_is_no_json_is_none(grade):
    bad = "class Odd(Exception):\n    def record(self): return {'x': float('nan')}\nraise Odd"
    outcome = grade(("graded", bad))[0]
    assert (outcome.status, outcome.record) == ("raised", None)


def test_outputs_of_a_student_cell(grade):
    outcome = grade(
        ("student", "print('one')\nimport sys\nprint('two', file=sys.stderr)\ndisplay(3)\n1 + 3")
    )[0]
    assert [(o["name"], o["text"]) for o in outcome.outputs] == [("stdout", "one\ntwo\n3\n4\n")] or text_of(
        outcome
    ) == "one\ntwo\n3\n4\n"


def test_an_error_in_a_student_cell(grade):
    outcomes = grade(("student", "x = 1\nraise ValueError('mine')"), ("graded", "assert x == 1"))
    assert statuses(outcomes) == ["raised", "ok"]
    assert outcomes[0].reason == "ValueError: mine"
    assert "line 2" in "".join(outcomes[0].outputs[-1]["traceback"])


def test_text_is_scrubbed_and_bounded(grade):
    outcomes = grade(
        ("student", r"print('\ud800')"),
        ("student", "print('x' * 10**6)"),
        ("student", r"raise ValueError('\udfff' * 10**5)"),
        ("graded", r"raise Wrong('\ud800')"),
    )
    for outcome in outcomes:
        content = json.dumps([outcome.outputs, outcome.reason, outcome.record], ensure_ascii=False)
        content.encode("utf-8")
        assert len(content) < 400_000
    assert "was cut" in text_of(outcomes[1])


def test_notebook_dialect(grade):
    outcomes = grade(
        ("student", "%time x = 3"),
        ("student", "import asyncio\nasync def two(): return 2\ny = await two()"),
        ("student", "!ls\nz = 1"),
        ("student", "this is no Python"),
        ("student", "import matplotlib\nassert matplotlib.get_backend().lower() == 'agg'"),
        ("graded", "assert (x, y, z) == (3, 2, 1)"),
    )
    assert statuses(outcomes) == ["ok", "ok", "ok", "raised", "ok", "ok"], outcomes
    assert outcomes[3].reason.startswith("SyntaxError")


def test_setup_runs_in_both_processes(grade):
    outcomes = grade(
        ("setup", "import math\nk = 3"), ("student", "assert k == 3"), ("graded", "assert math and k == 3")
    )
    assert statuses(outcomes) == ["ok"] * 3


def test_nothing_is_left_for_the_next_run(grade):
    first = "x = 1\nopen('/tmp/left', 'w').write('x')\nimport numpy\nnumpy.array = None"
    grade(
        ("student", first + "\nimport builtins\nbuiltins.len = None"),
        ("graded", "import numpy\nnumpy.ones = None\nk = 1"),
    )
    outcomes = grade(
        (
            "student",
            "import os, numpy\nassert 'x' not in globals() and os.listdir('/tmp') == [] and len(numpy.array([1]))",
        ),
        ("graded", "import numpy\nassert numpy.ones(1) and 'k' not in globals()"),
    )
    assert statuses(outcomes) == ["ok", "ok"], outcomes


def test_the_same_run_twice_gives_the_same(grade):
    draw = "import random, numpy as np\nprint(random.random(), np.random.rand(), list({'a', 'b', 'c'}), id)"
    assert grade(("student", draw))[0].outputs == grade(("student", draw))[0].outputs


def test_a_student_process_that_ends_is_replaced(grade):
    outcomes = grade(
        ("setup", "base = 10"),
        ("student", "def f(x): return x + base"),
        ("student", "import os\nos._exit(3)"),
        ("graded", "k = 1\nassert f(1) == 11"),
        ("student", "def g():\n    import os\n    os._exit(4)"),
        ("graded", "g()"),
        ("graded", "assert f(2) == 12 and k == 1"),
    )
    assert statuses(outcomes) == ["ok", "ok", "died", "ok", "ok", "died", "ok"], outcomes
    assert outcomes[2].reason == "The student process ended with exit status 3 while the cell ran."


def test_no_test_can_swallow_a_failure_of_the_isolation(grade):
    outcomes = grade(
        ("student", "def f():\n    import os\n    os._exit(4)"),
        ("graded", "try: f()\nexcept Exception: pass"),
        ("graded", "try: f()\nexcept: pass"),
        ("graded", "for _ in range(3):\n    try: f()\n    except BaseException: pass"),
    )
    assert statuses(outcomes) == ["ok", "died", "died", "died"], outcomes


def test_an_endless_test_costs_itself(grade):
    outcomes = grade(
        ("student", "def n(): return 10**12\ndef f(): return 1"),
        ("graded", "kept = 1"),
        ("graded", "for _ in range(n()): pass"),
        ("graded", "assert f() == kept == 1"),
        ("graded", "import time\nfor _ in range(n()):\n    try: time.sleep(9)\n    except: break"),
        ("graded", "assert f() == 1"),
    )
    assert statuses(outcomes) == ["ok", "ok", "timed-out", "ok", "timed-out", "ok"], outcomes
    assert outcomes[2].reason == "The cell was stopped after 1.5 seconds."


def test_an_endless_test_in_c_costs_itself(grade):
    outcomes = grade(
        ("setup", "import itertools"),
        ("student", "def n(): return 10**12\ndef f(): return 1"),
        ("graded", "sum(range(n()))"),
        ("graded", "assert f() == 1 and itertools"),
    )
    assert statuses(outcomes) == ["ok", "ok", "timed-out", "ok"], outcomes


def test_time_and_replacements_are_bounded_for_a_whole_run():
    limits = Limits(cell_seconds=0.3, total_seconds=0.7, replays=20)
    with open_isolation(Unisolated(), limits) as isolation:
        outcomes = isolation.run([Cell(str(n), "while True: pass", "student") for n in range(6)])
    assert statuses(outcomes)[:2] == ["timed-out", "timed-out"]
    assert statuses(outcomes)[-1] == "not-run"
    assert "whole submission" in outcomes[-1].reason
    with open_isolation(Unisolated(), Limits(replays=2)) as isolation:
        outcomes = isolation.run([Cell(str(n), "import os; os._exit(1)", "student") for n in range(5)])
    assert statuses(outcomes) == ["died", "died", "died", "not-run", "not-run"]


def test_a_cell_that_ends_the_process_only_when_replayed_is_left_out(grade, tmp_path):
    outcomes = grade(
        ("student", "import time\nif time.time() > BASE: import os; os._exit(1)".replace("BASE", "1e18")),
        ("student", "def f(): return 1"),
        ("student", "import os\nos._exit(1)"),
        ("graded", "assert f() == 1"),
    )
    assert statuses(outcomes) == ["ok", "ok", "died", "ok"]


def test_without_bubblewrap_it_refuses_and_names_the_remedy(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(IsolationUnavailable, match="apt install bubblewrap"), open_isolation(Bubblewrap()):
        pass


def test_where_namespaces_are_forbidden_it_refuses_and_names_the_remedy(monkeypatch, tmp_path):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with (
        pytest.raises(IsolationUnavailable, match=r"No permissions.*user namespaces.*sysctl"),
        open_isolation(Bubblewrap()),
    ):
        pass


def test_a_preload_that_fails_is_told():
    room = Room(preload=("no_such_module",))
    with (
        pytest.raises(IsolationUnavailable, match="no_such_module"),
        Isolation(room, sandbox=Unisolated(), prepare=prepare),
    ):
        pass


def test_prepare_must_be_importable():
    with pytest.raises(ValueError, match="imported by name"):
        Isolation(Room(), prepare=lambda emit, settings: {})


def test_it_must_be_entered():
    with pytest.raises(RuntimeError, match="entered"):
        Isolation(Room(), prepare=prepare).run([])


def test_the_weaker_choice_says_so():
    assert "Weak isolation" in Unisolated().describe()
    assert "isolated" in Bubblewrap().describe()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's files are the student process's user's own")
def test_packages_that_the_students_user_may_not_read_are_told(monkeypatch, tmp_path):
    closed = tmp_path / "site-packages"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr("sys.path", [*sys.path, str(closed)])
    with pytest.raises(IsolationUnavailable, match="chmod"), open_isolation(Bubblewrap()):
        pass
