"""What is remembered of a learner's checks, where, and the map that is drawn from it."""

from __future__ import annotations

import builtins
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import nnlib
from autograder import check, panel, progress, units
from autograder.progress import (
    ALL_DONE,
    FILE,
    PLACEHOLDER,
    keep,
    learners_folder,
    next_step,
    recorded,
    survey,
)
from autograder.verdict import CheckFailed, Verdict
from tests.course import ROOT, settings

UNIT = "01-neuron"


@pytest.fixture
def folder(tmp_path) -> Path:
    """A learner's folder with one unit, as released."""
    place = tmp_path / "notebooks"
    (place / UNIT).mkdir(parents=True)
    (place / "start.ipynb").write_text("{}")
    released = ROOT / "notebooks" / UNIT / f"{UNIT}.ipynb"
    (place / UNIT / f"{UNIT}.ipynb").write_bytes(released.read_bytes())
    return place


@pytest.fixture
def kernel(folder, monkeypatch) -> Path:
    """As in the kernel of a notebook that is open in the learner's folder."""
    monkeypatch.setattr(builtins, "get_ipython", lambda: None, raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.chdir(folder / UNIT)
    return folder


def on_disk(folder: Path) -> dict[str, str]:
    return json.loads((folder / FILE).read_text())


def check_one_wrong() -> None:
    def perceptron(x, w, b):
        return 0

    with pytest.raises(CheckFailed):
        check(perceptron)


CELLS = [
    "from autograder import check, progress\nimport nnlib",
    "def perceptron(x, w, b):\n    return 0",
    "def predict_all(X, w, b):\n    raise NotImplementedError",
    "check(nnlib.weighted_sum)",
    "check(perceptron)",
    "check(predict_all)",
    "check(nnlib.sigmoid, hidden=True)",
    "progress()",
]


def run_in_kernel(place: Path) -> str:
    """Run the cells above in a real kernel that was started in a folder; the text of the map."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    client = NotebookClient(
        notebook,
        timeout=60,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(place)}},
    )
    client.execute()
    return notebook.cells[-1].outputs[0].data["text/plain"]


def test_checks_in_a_learners_notebook_are_remembered(folder):
    text = run_in_kernel(folder / UNIT)
    wanted = {"weighted_sum": "correct", "perceptron": "incorrect", "predict_all": "not-attempted"}
    assert on_disk(folder) == wanted
    assert "  correct: weighted_sum\n  incorrect: perceptron\n  not attempted: predict_all," in text
    assert sorted(path.name for path in folder.iterdir()) == [UNIT, FILE, "start.ipynb"]

    (folder / FILE).unlink()
    assert run_in_kernel(folder / UNIT) == text
    assert on_disk(folder) == wanted


def test_the_solutions_keep_no_progress(tmp_path):
    unit = tmp_path / "solutions" / UNIT
    unit.mkdir(parents=True)
    assert "kept for notebooks in the folder of start.ipynb" in run_in_kernel(unit)
    assert list(tmp_path.rglob("*json*")) == []


def test_nbgraders_own_execution_keeps_no_progress(kernel, shown, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    check(nnlib.weighted_sum)
    assert not (kernel / FILE).exists()
    monkeypatch.delenv("NBGRADER_EXECUTION")
    check(nnlib.weighted_sum)
    assert on_disk(kernel) == {"weighted_sum": "correct"}


def test_a_process_that_runs_no_notebook_keeps_no_progress(kernel, shown, monkeypatch):
    monkeypatch.delattr(builtins, "get_ipython")
    check(nnlib.weighted_sum)
    assert not (kernel / FILE).exists()


def test_the_course_itself_is_a_learners_folder_and_its_solutions_are_none():
    assert learners_folder(ROOT / "notebooks" / UNIT) == ROOT / "notebooks"
    assert learners_folder(ROOT / "notebooks") == ROOT / "notebooks"
    assert learners_folder(ROOT / "solutions" / UNIT) is None
    assert learners_folder(ROOT) is None


def test_a_later_check_replaces_an_earlier_one_of_its_own_exercise_alone(kernel, shown):
    keep(kernel, {"perceptron": Verdict.CORRECT, "relu": Verdict.CORRECT})
    check_one_wrong()
    assert on_disk(kernel) == {"perceptron": "incorrect", "relu": "correct"}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\xff\xfe{",
        b'{"perceptron": "corr',
        b"[]",
        b"3",
        b'"perceptron"',
        b'["perceptron"]',
        b"[" * 100_000,
        b'{"perceptron": "splendid"}',
        b'{"perceptron": ["correct"]}',
    ],
)
def test_a_damaged_file_breaks_no_check_and_is_replaced(kernel, shown, damage):
    (kernel / FILE).write_bytes(damage)
    assert recorded(kernel) == {}
    progress()
    assert "0 correct, 0 incorrect" in shown[0]["text/plain"]
    check(nnlib.weighted_sum)
    assert on_disk(kernel) == {"weighted_sum": "correct"}


def test_names_that_the_course_does_not_know_are_left_out(kernel):
    (kernel / FILE).write_text('{"softplus": "correct", "relu": "correct"}')
    assert recorded(kernel) == {"relu": Verdict.CORRECT}


def test_a_file_that_can_not_be_written_breaks_no_check(kernel, shown, capfd):
    (kernel / FILE).mkdir()
    check(nnlib.weighted_sum)
    check_one_wrong()
    assert [bundle["text/plain"].split(".")[0] for bundle in shown] == ["Correct", "Incorrect"]
    assert sorted(path.name for path in kernel.iterdir()) == [UNIT, FILE, "start.ipynb"]
    assert capfd.readouterr() == ("", "")


def test_a_folder_that_is_gone_breaks_no_check(kernel, shown, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    check(nnlib.weighted_sum)
    assert len(shown) == 1


def test_the_file_is_whole_at_every_moment(kernel, shown, monkeypatch):
    keep(kernel, {"relu": Verdict.CORRECT})
    before = (kernel / FILE).read_bytes()
    seen = []

    def fails(source, target):
        seen.append((json.loads(Path(source).read_text()), Path(target).read_bytes()))
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fails)
        check(nnlib.weighted_sum)
    assert seen == [({"relu": "correct", "weighted_sum": "correct"}, before)]
    assert (kernel / FILE).read_bytes() == before


def write_answer(folder: Path, text: str) -> None:
    path = folder / UNIT / f"{UNIT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "xor_limit")
    cell.source = text
    nbformat.write(notebook, path)


def test_the_survey_has_every_exercise_and_answer_in_one_of_four_states(folder):
    keep(
        folder,
        {
            "weighted_sum": Verdict.CORRECT,
            "perceptron": Verdict.INCORRECT,
            "predict_all": Verdict.TIMED_OUT,
        },
    )
    write_answer(folder, "No line has both.")
    found = survey(folder)
    assert list(found) == list(units.MODULES)
    assert found[UNIT] == {
        "weighted_sum": Verdict.CORRECT,
        "perceptron": Verdict.INCORRECT,
        "predict_all": Verdict.INCORRECT,
        "gate_parameters": Verdict.NOT_ATTEMPTED,
        "xor_limit": Verdict.WRITTEN,
    }
    for key in list(units.MODULES)[1:]:
        assert set(found[key].values()) == {Verdict.NOT_ATTEMPTED}
        names = [e.name for e in units.unit(key).exercises]
        assert list(found[key]) == [*names, *units.unit(key).written]


@pytest.mark.parametrize("text", [PLACEHOLDER, f"\n{PLACEHOLDER} ", "", " \n"])
def test_an_answer_as_released_or_empty_is_not_attempted(folder, text):
    write_answer(folder, text)
    assert survey(folder)[UNIT]["xor_limit"] is Verdict.NOT_ATTEMPTED


@pytest.mark.parametrize("damage", [b"", b"\xff", b"[]", b'{"cells": [{"metadata": {"nbgrader": 3}}]}'])
def test_a_damaged_notebook_has_no_answers(folder, damage):
    write_answer(folder, "No line has both.")
    (folder / UNIT / f"{UNIT}.ipynb").write_bytes(damage)
    assert survey(folder)[UNIT]["xor_limit"] is Verdict.NOT_ATTEMPTED


def test_the_placeholder_is_what_nbgrader_puts_into_a_release():
    assert settings().ClearSolutions.text_stub == PLACEHOLDER
    for key in units.MODULES:
        states = survey(ROOT / "notebooks")[key]
        assert {states[name] for name in units.unit(key).written} == {Verdict.NOT_ATTEMPTED}


def test_the_next_step_is_the_first_that_is_not_done(folder):
    steps = []
    for name, verdict in [
        ("perceptron", Verdict.CORRECT),
        ("weighted_sum", Verdict.CORRECT),
        ("predict_all", Verdict.ERROR),
        ("predict_all", Verdict.CORRECT),
        ("gate_parameters", Verdict.CORRECT),
    ]:
        keep(folder, {name: verdict})
        steps.append(next_step(survey(folder)))
    write_answer(folder, "No line has both.")
    steps.append(next_step(survey(folder)))
    assert steps == [
        ("write `weighted_sum`", UNIT),
        ("write `predict_all`", UNIT),
        ("look at `predict_all` again; its check does not pass yet", UNIT),
        ("write `gate_parameters`", UNIT),
        ("answer the question `xor_limit`", UNIT),
        ("write `step`", "02-activations"),
    ]


def test_all_done(kernel, shown, monkeypatch):
    monkeypatch.setattr(units, "MODULES", {UNIT: "neuron"})
    keep(kernel, {exercise.name: Verdict.CORRECT for exercise in units.unit(UNIT).exercises})
    write_answer(kernel, "No line has both.")
    progress()
    assert shown[0]["text/plain"] == (
        "Your progress: 4 correct, 0 incorrect, 0 not attempted, 1 written\n"
        "1 · One neuron\n"
        "  correct: weighted_sum, perceptron, predict_all, gate_parameters\n"
        f"  written: xor_limit\n{ALL_DONE}"
    )
    assert ALL_DONE in shown[0]["text/html"]


def test_the_map_says_each_state_in_words_and_draws_it(kernel, shown):
    keep(kernel, {"weighted_sum": Verdict.CORRECT, "perceptron": Verdict.INCORRECT})
    progress()
    page = shown[0]["text/html"]
    found = survey(kernel)
    exercises = [name for unit in found.values() for name in unit]
    text = re.sub(r"<[^>]+>", "", page)
    assert "weighted_sum (correct)" in text
    assert "perceptron (incorrect)" in text
    assert text.count("(not attempted)") == len(exercises) - 2
    tick, cross = panel.SIGNS[Verdict.CORRECT][2], panel.SIGNS[Verdict.INCORRECT][2]
    # Once in the line of counts, once beside the exercise.
    assert (page.count(tick), page.count(cross)) == (2, 2)
    assert re.findall(r"[^\x00-\x7f]", page.replace("·", "")) == []


@pytest.mark.parametrize(
    ("here", "link"),
    [
        (".", "01-neuron/01-neuron.ipynb"),
        ("01-neuron", "01-neuron.ipynb"),
        ("03-mlp", "../01-neuron/01-neuron.ipynb"),
    ],
)
def test_links_lead_from_the_open_notebook_to_those_that_are_there(kernel, shown, monkeypatch, here, link):
    (kernel / here).mkdir(exist_ok=True)
    monkeypatch.chdir(kernel / here)
    progress()
    page = shown[0]["text/html"]
    assert re.findall("href='([^']*)'", page) == [link, link]  # in the map and in the sentence
    assert f"Next, in <a href='{link}'>1 · One neuron</a>: write <code>weighted_sum</code>." in page


def test_the_terminal_shows_the_same(folder):
    keep(folder, {"weighted_sum": Verdict.CORRECT, "perceptron": Verdict.INCORRECT})
    done = subprocess.run(
        [str(Path(sys.executable).with_name("autograder")), "progress"],
        cwd=folder / UNIT,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "100"},
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert lines[:4] == [
        "1 · One neuron",
        "  correct        weighted_sum",
        "  incorrect      perceptron",
        "  not attempted  predict_all, gate_parameters, xor_limit",
    ]
    assert lines[-1] == (
        "Next, in 01-neuron/01-neuron.ipynb: look at perceptron again; its check does not pass yet."
    )


def test_the_terminal_says_where_nothing_is(tmp_path):
    done = subprocess.run(
        [str(Path(sys.executable).with_name("autograder")), "progress"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "--folder" in done.stdout) == (1, True)
