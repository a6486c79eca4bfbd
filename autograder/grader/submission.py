"""A submission: reading it, and putting back the cells that are not the student's to change."""

from __future__ import annotations

import copy
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader import utils

from autograder.grader.sheet import Sheet, grade_id

LARGEST = 20_000_000  # bytes; a notebook of this course has less than a twentieth


class BrokenSubmission(Exception):
    """A file that can't be read as a notebook. The message says why, for the person who has to look."""


def read(path: Path) -> NotebookNode:
    """Read a submitted notebook.

    Raises
    ------
    BrokenSubmission
        If the file is no notebook that can be graded.
    """
    try:
        if path.is_symlink():
            raise BrokenSubmission("The file is a link, not a notebook.")
        if path.stat().st_size > LARGEST:
            raise BrokenSubmission(f"The file has {path.stat().st_size:,} bytes, more than {LARGEST:,}.")
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        for cell in notebook.cells:
            if cell.cell_type not in ("code", "markdown", "raw") or not isinstance(cell.source, str):
                raise BrokenSubmission("A cell has no type or no text.")
            cell.metadata = nbformat.from_dict(dict(cell.metadata))
    except BrokenSubmission:
        raise
    except Exception as error:  # whatever is wrong with the file, one student's file stops nobody else's mark
        raise BrokenSubmission(
            f"The file is not a notebook: {type(error).__name__}: {error}"[:300]
        ) from error
    return notebook


def restore(notebook: NotebookNode, sheet: Sheet) -> list[str]:
    """Put the course's own cells back into a submission, in place.

    Locked cells get the sheet's text, all known cells its metadata; cells that are missing are added, and a second
    cell of the same id becomes a plain one.

    Returns
    -------
    list of str
        What was changed, a sentence each.
    """
    done: list[str] = []
    seen: set[str] = set()
    for cell in notebook.cells:
        name = grade_id(cell)
        if not name:
            cell.metadata.pop("nbgrader", None)
            continue
        own = sheet.cells.get(name)
        if own is None or name in seen:
            why = "appears a second time" if name in seen else "is not one of this unit"
            done.append(f"A cell named {name} {why}: it was kept as an ordinary cell.")
            del cell.metadata["nbgrader"]
            continue
        seen.add(name)
        done += _mend(cell, own, name)
    for name, own in sheet.cells.items():
        if name not in seen:
            notebook.cells.insert(_place(notebook, sheet, name), copy.deepcopy(own))
            done.append(f"The cell {name} was missing: it was put back as released.")
    return done + _reorder(notebook, sheet)


def _reorder(notebook: NotebookNode, sheet: Sheet) -> list[str]:
    """Put the cells that nbgrader knows into the sheet's order, in the places that they hold together.

    A test that is moved behind a later one could find out what the later one hands to the student's code.
    """
    rank = {name: i for i, name in enumerate(sheet.cells)}
    places = [i for i, cell in enumerate(notebook.cells) if grade_id(cell)]
    found = [notebook.cells[i] for i in places]
    ordered = sorted(found, key=lambda cell: rank[grade_id(cell)])
    for i, cell in zip(places, ordered, strict=True):
        notebook.cells[i] = cell
    return [] if found == ordered else ["Cells were in another order: they are in the course's order again."]


def _mend(cell: NotebookNode, own: NotebookNode, name: str) -> list[str]:
    """Give one cell what the sheet says of it."""
    done = []
    if cell.cell_type != own.cell_type:
        done.append(
            f"The cell {name} was turned into a {cell.cell_type} cell: it is a {own.cell_type} cell again."
        )
        cell.cell_type = own.cell_type
        for key in ("outputs", "execution_count", "attachments"):
            cell.pop(key, None)
        if own.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if utils.is_locked(own) and cell.source != own.source:
        # A release holds no hidden tests, so graded cells always differ from the sheet: no word about those.
        cell.source = own.source
    cell.metadata["nbgrader"] = copy.deepcopy(own.metadata["nbgrader"])
    return done


def _place(notebook: NotebookNode, sheet: Sheet, name: str) -> int:
    """Where a missing cell belongs: behind the nearest cell before it that is there."""
    order = list(sheet.cells)
    before = set(order[: order.index(name)])
    places = [i for i, cell in enumerate(notebook.cells) if grade_id(cell) in before]
    return places[-1] + 1 if places else 0
