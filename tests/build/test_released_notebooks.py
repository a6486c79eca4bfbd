"""The notebooks that learners open, run as they are: nothing breaks but the graded cells, and those say why."""

import re
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.build import release_folder, unit_keys

from .conftest import PROJECT

SCREEN = 40  # lines


@pytest.fixture(scope="module", params=unit_keys(PROJECT))
def untouched(request, tmp_path_factory):
    """A released notebook after all its cells were run, errors or not: in a copy, away from anybody's progress."""
    folder = tmp_path_factory.mktemp("notebooks") / request.param
    shutil.copytree(release_folder(PROJECT, request.param), folder)
    notebook = nbformat.read(folder / f"{request.param}.ipynb", as_version=4)
    NotebookClient(
        notebook,
        timeout=120,
        startup_timeout=60,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    return notebook


def errors(cell):
    return [output for output in cell.get("outputs", []) if output.output_type == "error"]


def graded(cell):
    return cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade", False)


def plain_text(cell):
    """All that a cell shows, as text without colours."""
    parts = []
    for output in cell.outputs:
        parts += [
            output.get("text", ""),
            *output.get("traceback", []),
            *map(str, output.get("data", {}).values()),
        ]
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(parts))


def test_every_cell_but_the_graded_ones_runs(untouched):
    failed = {
        cell.id: errors(cell)[0].evalue
        for cell in untouched.cells
        if errors(cell) and not graded(cell) and "raises-exception" not in cell.metadata.get("tags", [])
    }
    assert failed == {}


def test_every_graded_cell_says_that_nothing_was_attempted(untouched):
    cells = [cell for cell in untouched.cells if graded(cell)]
    assert cells
    for cell in cells:
        assert [error.ename for error in errors(cell)] == ["CheckFailed"], cell.id
        assert "not attempted" in plain_text(cell).lower(), cell.id


def test_no_traceback_is_longer_than_a_screen(untouched):
    for cell in untouched.cells:
        for error in errors(cell):
            assert len("\n".join(error.traceback).splitlines()) <= SCREEN, cell.id
