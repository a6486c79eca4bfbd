"""The reduced form of ``python -m tests.crash``, and how a batch is stopped by hand."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from tests.crash import crash


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("crash")
    crash.make_course(folder, 8)
    crash.finish(folder, "whole")
    return folder


def wait_for_marks(folder: Path, count: int) -> None:
    end = time.monotonic() + 60
    while len(list(folder.glob("marks/*/*.json"))) < count:
        assert time.monotonic() < end, "no marks were saved"
        time.sleep(0.01)


@pytest.mark.parametrize("saved", [2, 4, 6])
def test_killed_while_marking(course, saved):
    name = f"saved{saved}"
    process = crash.start(course, "-c", crash.RUN, *crash.command(name))
    wait_for_marks(course / name, saved)
    children = crash.psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    assert children, "it had no processes that could be left over"
    assert not crash.left_over(children)
    trial = crash.run_again(course, name, "", [])
    assert trial.saved >= saved
    assert not trial.faults


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_the_gradebook_is_written(course, when):
    assert not crash.trial_at_commit(course, 12, when, f"{when}12").faults


def test_interrupted_by_hand(course):
    process = crash.start(course, "-c", crash.RUN, *crash.command("stopped"))
    wait_for_marks(course / "stopped", 2)
    children = crash.psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 130, said
    assert "goes on from there" in " ".join(said.split())
    assert "Traceback" not in said
    assert not crash.left_over(children)
    assert not crash.run_again(course, "stopped", "", []).faults


def test_a_changed_submission_is_marked_anew_and_the_rest_taken_over(course):
    crash.finish(course, "changed")
    before = (course / "changed" / "grades.csv").read_text()
    path = course / "submitted" / "s004" / crash.UNIT / f"{crash.UNIT}.ipynb"
    original = path.read_text()
    released = crash.ROOT / "notebooks" / crash.UNIT / f"{crash.UNIT}.ipynb"
    try:
        path.write_text(released.read_text())
        said = " ".join(crash.finish(course, "changed").split())
        assert "6 had been marked before and were taken over, 2 marked now" in said  # s000 is no notebook
        rows = (course / "changed" / "grades.csv").read_text().splitlines()
        assert sum(row.startswith("s004") and "not-attempted" in row for row in rows) == 5
    finally:
        path.write_text(original)
    crash.finish(course, "changed")
    assert (course / "changed" / "grades.csv").read_text() == before


def test_marks_that_are_not_whole_are_not_taken_over(course):
    crash.finish(course, "torn")
    marks = course / "torn" / "marks" / crash.UNIT
    (marks / "s001.json").write_text((marks / "s001.json").read_text()[:100])
    found = json.loads((marks / "s002.json").read_text())
    (marks / "s002.json").write_text(json.dumps({**found, "fingerprint": "another", "marks": []}))
    (course / "torn" / "autograded" / "s003" / crash.UNIT / f"{crash.UNIT}.ipynb").unlink()
    said = " ".join(crash.finish(course, "torn").split())
    assert "4 had been marked before" in said
    assert not crash.faults(course / "whole", course / "torn")
