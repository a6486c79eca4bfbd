"""Damages: to a notebook before it is saved, and to the bytes of its file. Each takes a random generator."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random

import nbformat
from nbformat import NotebookNode

from autograder.grader.sheet import grade_id


def _known(notebook: NotebookNode, locked: bool | None = None) -> list[NotebookNode]:
    cells = [cell for cell in notebook.cells if grade_id(cell)]
    return [cell for cell in cells if locked is None or cell.metadata.nbgrader.locked is locked]


def strip_nbgrader(notebook: NotebookNode, rng: Random) -> None:
    """All of nbgrader's metadata is gone."""
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})


def strip_one(notebook: NotebookNode, rng: Random) -> None:
    """One cell lost its metadata."""
    if cells := _known(notebook):
        del rng.choice(cells).metadata["nbgrader"]


def new_ids(notebook: NotebookNode, rng: Random) -> None:
    """Every cell has the same id."""
    for cell in notebook.cells:
        cell.id = "same"


def delete_locked(notebook: NotebookNode, rng: Random) -> None:
    """A locked cell was deleted."""
    if cells := _known(notebook, locked=True):
        notebook.cells.remove(rng.choice(cells))


def edit_test(notebook: NotebookNode, rng: Random) -> None:
    """A check was emptied."""
    checks = [cell for cell in _known(notebook, locked=True) if grade_id(cell).startswith("test_")]
    if checks:
        rng.choice(checks).source = "pass"


def edit_setup(notebook: NotebookNode, rng: Random) -> None:
    """The first cell got an import more."""
    for cell in _known(notebook, locked=True)[:1]:
        cell.source += "\nimport math"


def copy_cell(notebook: NotebookNode, rng: Random) -> None:
    """A cell was copied below itself."""
    if cells := _known(notebook):
        cell = rng.choice(cells)
        notebook.cells.insert(notebook.cells.index(cell) + 1, copy.deepcopy(cell))


def retype(notebook: NotebookNode, rng: Random) -> None:
    """A code cell was turned into text."""
    if cells := [cell for cell in _known(notebook) if cell.cell_type == "code"]:
        cell = rng.choice(cells)
        cell.cell_type = rng.choice(["markdown", "raw"])
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)


def answer_below(notebook: NotebookNode, rng: Random) -> None:
    """An answer was written into a new cell, below the empty one."""
    cells = [cell for cell in _known(notebook, locked=False) if cell.cell_type == "code"]
    if cells:
        cell = rng.choice(cells)
        notebook.cells.insert(notebook.cells.index(cell) + 1, nbformat.v4.new_code_cell(cell.source))
        cell.source = f"def {grade_id(cell)}(*a):\n    raise NotImplementedError"


def move_test(notebook: NotebookNode, rng: Random) -> None:
    """A check was moved to the end."""
    checks = [cell for cell in _known(notebook, locked=True) if grade_id(cell).startswith("test_")]
    if checks:
        cell = rng.choice(checks)
        notebook.cells.remove(cell)
        notebook.cells.append(cell)


def wrong_kernel(notebook: NotebookNode, rng: Random) -> None:
    """The kernel has another name."""
    notebook.metadata["kernelspec"] = {
        "name": "conda-env-my-py",
        "display_name": "mine",
        "language": "python",
    }


def large_outputs(notebook: NotebookNode, rng: Random) -> None:
    """Outputs of some megabytes."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    rng.choice(code).outputs = [nbformat.v4.new_output("stream", text="x" * 3_000_000)]


def lone_surrogate(notebook: NotebookNode, rng: Random) -> None:
    """Half a character stands in a text."""
    notebook.cells.append(nbformat.v4.new_markdown_cell("half \ud83d"))


TO_NOTEBOOKS: list[Callable[[NotebookNode, Random], None]] = [
    *(strip_nbgrader, strip_one, new_ids, delete_locked, edit_test, edit_setup, copy_cell, retype),
    *(answer_below, move_test, wrong_kernel, large_outputs, lone_surrogate),
]


def bom(data: bytes, rng: Random) -> bytes:
    """Saved with a byte order mark."""
    return b"\xef\xbb\xbf" + data


def utf_16(data: bytes, rng: Random) -> bytes:
    """Saved as UTF-16."""
    return data.decode().encode("utf-16")


def windows(data: bytes, rng: Random) -> bytes:
    """Saved in Windows' encoding."""
    return json.dumps(json.loads(data), ensure_ascii=False).encode("cp1252", "replace")


def minor_version(data: bytes, rng: Random) -> bytes:
    """Another version of the format."""
    major, minor = rng.choice([(4, 0), (4, 2), (4, 4), (4, 99), (5, 0)])
    return json.dumps({**json.loads(data), "nbformat": major, "nbformat_minor": minor}).encode()


def trailing(data: bytes, rng: Random) -> bytes:
    """Something stands behind the end."""
    return data + b"\n}\n"


def truncated(data: bytes, rng: Random) -> bytes:
    """The end is missing."""
    return data[: len(data) * rng.randrange(1, 10) // 10]


def conflict(data: bytes, rng: Random) -> bytes:
    """Git left two versions."""
    half = len(data) // 2
    return data[:half] + b"\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n" + data[half:]


TO_FILES: list[Callable[[bytes, Random], bytes]] = [bom, utf_16, windows, minor_version, trailing]
BEYOND_REPAIR: list[Callable[[bytes, Random], bytes]] = [truncated, conflict]
