"""Restoring a submission: recognising its cells, and putting back those that are not the student's to change."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbgrader import utils

from autograder.grader.answers import bound_names, defines, is_stub, same_text
from autograder.grader.sheet import Sheet, grade_id
from autograder.grader.submission import REPAIRS


@dataclass
class Restored:
    """What was done to a submission.

    Attributes
    ----------
    repairs : list of str
        What was changed, a sentence each.
    doubts : dict of str to str
        Exercises whose answer can't be told, each with the reason: a person has to look.
    """

    repairs: list[str] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)


def restore(notebook: NotebookNode, sheet: Sheet) -> Restored:
    """Put the course's own cells back into a submission, in place.

    Cells whose nbgrader metadata is gone are recognised by their text or the function that they define. Locked cells
    get the sheet's text, all known cells its metadata; cells that are missing are added, and a second cell of the
    same id becomes a plain one.
    """
    repairs: list[str] = list(notebook.metadata.pop(REPAIRS, ()))
    doubts: dict[str, str] = {}
    repairs += _recognise(notebook, sheet)
    repairs += _answers_elsewhere(notebook, sheet, doubts)
    seen: set[str] = set()
    kept: list[NotebookNode] = []
    for cell in notebook.cells:
        name = grade_id(cell)
        own = sheet.cells.get(name)
        if own is not None and name not in seen:
            seen.add(name)
            kept += _learners_part(cell, own)
            repairs += _mend(cell, own, name)
        elif name:
            why = "appears a second time" if name in seen else "is not one of this unit"
            repairs.append(f"A cell named {name} {why}: it was kept as an ordinary cell.")
            del cell.metadata["nbgrader"]
        else:
            cell.metadata.pop("nbgrader", None)
        kept.append(cell)
    notebook.cells = kept
    for name, own in sheet.cells.items():
        if name not in seen:
            notebook.cells.insert(_place(notebook, sheet, name), copy.deepcopy(own))
            repairs.append(f"The cell {name} was missing: it was put back as released.")
            if utils.is_grade(own) and utils.is_solution(own):
                doubts[name] = f"No cell could be told to be the written answer {name}."
    return Restored(repairs + _reorder(notebook, sheet), doubts)


def _recognise(notebook: NotebookNode, sheet: Sheet) -> list[str]:
    """Give cells without an id theirs, where the text is the released one or the function is the exercise's."""
    found = []
    there = {grade_id(cell) for cell in notebook.cells}
    for name, own in sheet.cells.items():
        plain = [cell for cell in notebook.cells if not grade_id(cell)]
        if name in there:
            continue
        if utils.is_locked(own):
            same = [cell for cell in plain if same_text(cell.source, _released(own))]
        elif own.cell_type == "code":
            same = [cell for cell in plain if _answers(cell, name, sheet)]
            same = same or [
                cell for cell in plain if defines(cell, name) and is_stub(cell.source, name, own.source)
            ]
        else:
            same = _written(notebook, sheet, name)
        # Two different answers are told apart later, or not at all.
        if same and all(same_text(cell.source, same[0].source) for cell in same):
            same[0].metadata["nbgrader"] = copy.deepcopy(own.metadata["nbgrader"])
            found.append(name)
    if not found:
        return []
    return [
        f"nbgrader's marks were missing; these cells were recognised by what they hold: {', '.join(found)}."
    ]


def _answers_elsewhere(notebook: NotebookNode, sheet: Sheet, doubts: dict[str, str]) -> list[str]:
    """Find answers that are not where they belong; what can't be told is put among the doubts."""
    done = []
    for name, own in sheet.cells.items():
        if own.cell_type != "code" or utils.is_locked(own):
            continue
        holders = [cell for cell in notebook.cells if grade_id(cell) == name]
        writers = [cell for cell in notebook.cells if _answers(cell, name, sheet)]
        held = [cell for cell in writers if grade_id(cell) == name]
        if len(held) == 1 or not writers:
            keep = held[0] if held else None
        else:
            choice = held or writers
            if any(not same_text(cell.source, choice[0].source) for cell in choice):
                doubts[name] = f"Several cells answer {name}, and they differ: which one counts?"
                continue
            keep = choice[0]
            owner = grade_id(keep)
            if owner and owner != name:
                doubts[name] = f"The answer to {name} stands in the cell of {owner}."
                continue
        if keep is None:
            continue
        if grade_id(keep) != name and _leans_on(notebook, keep, holders, sheet):
            doubts[name] = f"The answer to {name} stands below cells of the student's that it uses."
            continue
        for cell in holders:
            if cell is not keep:
                del cell.metadata["nbgrader"]
                if is_stub(cell.source, name, own.source):
                    cell.source = ""  # it would take the place of the answer
        if grade_id(keep) != name:
            keep.metadata["nbgrader"] = copy.deepcopy(own.metadata["nbgrader"])
            done.append(
                f"The answer to {name} stood in a cell of its own: it was taken as the exercise's cell."
            )
        elif len(holders) > 1:
            done.append(f"A cell named {name} appears a second time: the one with the answer was taken.")
    return done


def _leans_on(
    notebook: NotebookNode, answer: NotebookNode, holders: list[NotebookNode], sheet: Sheet
) -> bool:
    """Whether an answer would, at its exercise's place, come before a cell of the student's that it uses."""
    places = [i for i, cell in enumerate(notebook.cells) if any(cell is one for one in holders)]
    at = next(i for i, cell in enumerate(notebook.cells) if cell is answer)
    between = notebook.cells[places[0] if places else 0 : at]
    own = [
        c for c in between if c.cell_type == "code" and not grade_id(c) and c.source not in sheet.own_texts
    ]
    return any(
        re.search(rf"\b{re.escape(word)}\b", answer.source) for c in own for word in bound_names(c.source)
    )


def _answers(cell: NotebookNode, name: str, sheet: Sheet) -> bool:
    """Whether a cell is the student's and defines an exercise's function, more than its stub."""
    if cell.source in sheet.own_texts or not defines(cell, name):
        return False
    return not is_stub(cell.source, name, sheet.cells[name].source)


def _written(notebook: NotebookNode, sheet: Sheet, name: str) -> list[NotebookNode]:
    """The cell between a written answer's prompt and what follows it in the course; several, if there are."""
    course = sheet.notebook.cells
    at = next(i for i, cell in enumerate(course) if grade_id(cell) == name)
    texts = [cell.source for i, cell in enumerate(course) if i != at]
    texts += [_released(cell) for cell in course if utils.is_locked(cell)]
    prompt = course[at - 1].source if at else ""
    start = next((i for i, cell in enumerate(notebook.cells) if same_text(cell.source, prompt)), None)
    found: list[NotebookNode] = []
    for cell in notebook.cells[start + 1 :] if start is not None else []:
        if grade_id(cell) or any(same_text(cell.source, text) for text in texts):
            break
        found.append(cell)
    return found


def _learners_part(cell: NotebookNode, own: NotebookNode) -> list[NotebookNode]:
    """What a student has defined inside a cell that is put back: it goes on running, as a cell of its own."""
    changed = utils.is_locked(own) and own.cell_type == "code" and cell.cell_type == "code"
    if not changed or any(same_text(cell.source, text) for text in (own.source, _released(own))):
        return []
    if not bound_names(cell.source):
        return []
    part = copy.deepcopy(cell)
    part.metadata.pop("nbgrader", None)
    part.id = f"{cell.id}-part"[-64:]
    return [part]


def _released(own: NotebookNode) -> str:
    """A locked cell's text as it was released: without hidden tests and rubric."""
    hidden = r"^[^\n]*BEGIN (HIDDEN TESTS|MARK SCHEME).*?END \1[^\n]*\n?"
    return re.sub(hidden, "", own.source, flags=re.MULTILINE | re.DOTALL)


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
    if utils.is_locked(own):
        # A release holds no hidden tests and no rubrics: that difference is nobody's edit.
        if not any(same_text(cell.source, text) for text in (own.source, _released(own))):
            done.append(f"The cell {name} was edited: the course's own text was put back.")
        cell.source = own.source
    points = own.metadata.nbgrader.get("points")
    if cell.metadata.get("nbgrader", {}).get("points", points) != points:
        done.append(f"The points of {name} were changed: the course's own count.")
    cell.metadata["nbgrader"] = copy.deepcopy(own.metadata["nbgrader"])
    return done


def _place(notebook: NotebookNode, sheet: Sheet, name: str) -> int:
    """Where a missing cell belongs: behind the nearest cell before it that is there."""
    order = list(sheet.cells)
    before = set(order[: order.index(name)])
    places = [i for i, cell in enumerate(notebook.cells) if grade_id(cell) in before]
    return places[-1] + 1 if places else 0
