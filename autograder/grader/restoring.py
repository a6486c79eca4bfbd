"""Restoring a submission: recognising its cells, and putting back those that are not the student's to change."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from nbformat import NotebookNode
from nbgrader import utils

from autograder.grader.answers import (
    bound_names,
    defines,
    is_stub,
    names_needed,
    own_part,
    same_text,
    stands_alone,
    used_names,
    whole,
)
from autograder.grader.sheet import Sheet, grade_id, is_setup
from autograder.grader.submission import OTHERS, REPAIRS


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

    Cells whose nbgrader metadata is gone are recognised by their text or the function that they define; halves of a
    cell are joined, and an answer in the cell of another exercise is cut out. Locked cells get the sheet's text, all
    known cells its metadata; cells that are missing are added, and a second cell of the same id becomes a plain one.
    """
    repairs: list[str] = list(notebook.metadata.pop(REPAIRS, ()))
    doubts: dict[str, str] = {}
    repairs += _join(notebook, sheet, doubts)
    repairs += _recognise(notebook, sheet)
    before = list(notebook.cells)
    repairs += _answers_elsewhere(notebook, sheet, before, doubts)
    seen: set[str] = set()
    kept: list[NotebookNode] = []
    for cell in notebook.cells:
        name = grade_id(cell)
        own = sheet.cells.get(name)
        if own is not None and name not in seen:
            seen.add(name)
            if (part := _learners_part(cell, own)) is not None:
                kept.append(part)
                before.insert(_index(before, cell), part)
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
    repairs += _reorder(notebook, sheet)
    doubts = _parted(before, notebook.cells, sheet) | doubts
    for said in repairs:
        if said.startswith(OTHERS) and all(_untouched(cell, sheet) for cell in notebook.cells):
            graded = (name for name, own in sheet.cells.items() if utils.is_grade(own))
            doubts = {sheet.exercise(name): f"The notebook holds no answer. {said}" for name in graded}
    return Restored(repairs, doubts)


def _join(notebook: NotebookNode, sheet: Sheet, doubts: dict[str, str]) -> list[str]:
    """Put together the two halves of a cell, where they can be nothing else."""
    done = []
    course = {cell.source for cell in sheet.notebook.cells} | set(map(_released, sheet.cells.values()))
    for lower in list(notebook.cells):
        half, inside = not stands_alone(lower.source), lower.source[:1].isspace()
        if not (half or inside) or lower.source in course:
            continue
        place = _index(notebook.cells, lower)
        others = [cell for cell in notebook.cells if cell is not lower and cell.source not in course]
        near = [cell for cell in others if place and cell is notebook.cells[place - 1]]
        # A half that was moved fits what ends in the middle, and what has its name.
        far = [
            c for c in others if half and (not stands_alone(c.source) or grade_id(c) == grade_id(lower) != "")
        ]
        found = [cell for cell in near if whole(cell.source, lower.source)]
        found = found or [cell for cell in far if whole(cell.source, lower.source)]
        upper = found[0] if len(found) == 1 else lower
        text = whole(upper.source, lower.source)
        # Within a line two texts make one only side by side; that happens to no two cells by chance.
        within = text == upper.source + lower.source
        if len(found) == 1 and (half or within or not stands_alone(upper.source)):
            upper.source = text
            if not grade_id(upper) and grade_id(lower):
                upper.metadata["nbgrader"] = lower.metadata["nbgrader"]
            del notebook.cells[place]
            exercises = [name for name in _solutions(sheet) if defines(upper, name)]
            done.append(
                f"A cell was cut in two: its halves were joined ({', '.join(exercises) or 'no exercise'})."
            )
        elif found or (half and inside):
            for name in _solutions(sheet):
                if name == grade_id(lower) or any(name == grade_id(c) or defines(c, name) for c in near):
                    doubts[name] = f"A cell that may be the rest of {name}'s answer stands by itself."
    return done


def _solutions(sheet: Sheet) -> dict[str, NotebookNode]:
    """The sheet's cells for code of the student's, by their exercise."""
    return {
        name: own for name, own in sheet.cells.items() if own.cell_type == "code" and not utils.is_locked(own)
    }


def _untouched(cell: NotebookNode, sheet: Sheet) -> bool:
    """Whether a cell holds nothing of the student's."""
    own = sheet.cells.get(grade_id(cell))
    if own is None:
        return cell.cell_type != "code" or cell.source in sheet.own_texts or not cell.source.strip()
    return utils.is_locked(own) or same_text(cell.source, own.source)


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


def _answers_elsewhere(
    notebook: NotebookNode, sheet: Sheet, before: list[NotebookNode], doubts: dict[str, str]
) -> list[str]:
    """Find answers that are not where they belong; what can't be told is put among the doubts.

    What is cut out of a cell joins the cells that were there before.
    """
    done = []
    for name, own in _solutions(sheet).items():
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
        if keep is None:
            if any(_is_text_with(cell, name, sheet) for cell in notebook.cells):
                doubts[name] = f"A cell of text holds code for {name}."
            continue
        owner = grade_id(keep)
        if owner and owner != name:
            cut = _cut_out(notebook, keep, name, sheet)
            if cut is None:
                doubts[name] = f"The answer to {name} stands in the cell of {owner}."
                continue
            before.insert(_index(before, keep), cut)
            keep = cut
            done.append(f"The answer to {name} stood in the cell of {owner}: it was cut out.")
        elif not owner:
            keep.metadata["nbgrader"] = copy.deepcopy(own.metadata["nbgrader"])
            done.append(
                f"The answer to {name} stood in a cell of its own: it was taken as the exercise's cell."
            )
        elif len(holders) > 1:
            done.append(f"A cell named {name} appears a second time: the one with the answer was taken.")
        for cell in list(notebook.cells):
            holder = _among(cell, holders)
            if cell is keep or not (holder or not grade_id(cell)):
                continue
            if holder:
                del cell.metadata["nbgrader"]
            # A stub would take the place of the answer.
            alone = holder or bound_names(cell.source) == {name}
            if alone and is_stub(cell.source, name, own.source):
                if holder:
                    _move(notebook, keep, above=cell)
                cell.source = ""
                done.append(f"An empty cell for {name} was left out: the answer stands in another.")
    return done


def _move(notebook: NotebookNode, cell: NotebookNode, above: NotebookNode) -> None:
    """Put a cell directly above another one."""
    notebook.cells = [one for one in notebook.cells if one is not cell]
    notebook.cells.insert(_index(notebook.cells, above), cell)


def _index(cells: Sequence[NotebookNode], cell: NotebookNode) -> int:
    return next(i for i, one in enumerate(cells) if one is cell)


def _cut_out(notebook: NotebookNode, cell: NotebookNode, name: str, sheet: Sheet) -> NotebookNode | None:
    """A cell of its own for an answer that stands in another's cell, above its check; None where it can't be cut out.

    The text goes on running whole, as the student ran it, in the place of the first of its exercises. The others
    get what defines them.
    """
    owner, order, solutions = grade_id(cell), list(sheet.cells), _solutions(sheet)
    part = own_part(cell.source, name)
    if not part or not (owner in solutions or utils.is_locked(sheet.cells.get(owner, cell))):
        return None
    new = copy.deepcopy(sheet.cells[name])
    first = owner in order and order.index(name) < order.index(owner)
    new.source = cell.source if first else part
    if first and owner in solutions:
        cell.source = own_part(cell.source, owner) or sheet.cells[owner].source
    checks = [c for c in notebook.cells if grade_id(c) != name == sheet.exercise(grade_id(c))]
    at = _index(notebook.cells, cell if first or not checks else checks[0])
    notebook.cells.insert(at if first or checks else at + 1, new)
    return new


def _is_text_with(cell: NotebookNode, name: str, sheet: Sheet) -> bool:
    """Whether a cell of text that is not the course's has a line that begins the definition of a name."""
    if cell.cell_type == "code" or any(cell.source == own.source for own in sheet.notebook.cells):
        return False
    return name in bound_names(cell.source)


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


def _learners_part(cell: NotebookNode, own: NotebookNode) -> NotebookNode | None:
    """What a student has defined inside a cell that is put back: it goes on running, as a cell of its own."""
    changed = utils.is_locked(own) and own.cell_type == "code" and cell.cell_type == "code"
    if not changed or any(same_text(cell.source, text) for text in (own.source, _released(own))):
        return None
    if not bound_names(cell.source):
        return None
    part = copy.deepcopy(cell)
    part.metadata.pop("nbgrader", None)
    part.id = f"{cell.id}-part"[-64:]
    return part


def _released(own: NotebookNode) -> str:
    """A locked cell's text as it was released: without hidden tests and rubric."""
    hidden = r"^[^\n]*BEGIN (HIDDEN TESTS|MARK SCHEME).*?END \1[^\n]*\n?"
    return re.sub(hidden, "", own.source, flags=re.MULTILINE | re.DOTALL)


def _reorder(notebook: NotebookNode, sheet: Sheet) -> list[str]:
    """Put the cells that nbgrader knows into the sheet's order; as few as can be are moved.

    A test that is moved behind a later one could find out what the later one hands to the student's code.
    """
    rank = {name: i for i, name in enumerate(sheet.cells)}
    known = [cell for cell in notebook.cells if grade_id(cell)]
    stay = _longest_rising([rank[grade_id(cell)] for cell in known])
    for cell in sorted(known, key=lambda cell: rank[grade_id(cell)]):
        place = rank[grade_id(cell)]
        if place in stay:
            continue
        notebook.cells = [one for one in notebook.cells if one is not cell]
        there = {rank[grade_id(one)]: one for one in notebook.cells if grade_id(one)}
        above = [there[i] for i in stay if i < place]
        below = [there[i] for i in stay if i > place]
        # An answer right above its test, and so below the student's helpers; a test right below its answer.
        if below and (not above or not utils.is_locked(cell)):
            at = _index(notebook.cells, below[0])
        else:
            at = _index(notebook.cells, above[-1]) + 1 if above else len(notebook.cells)
        notebook.cells.insert(at, cell)
        stay = sorted([*stay, place])
    moved = len(stay) and [rank[grade_id(cell)] for cell in known] != stay
    return ["Cells were in another order: they are in the course's order again."] if moved else []


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest rising part of a row of different numbers; of several, one with many numbers at their own places.

    >>> _longest_rising([0, 4, 1, 2, 3])
    [0, 1, 2, 3]
    >>> _longest_rising([2, 1, 0])
    [1]
    """

    def worth(row: list[int]) -> tuple[int, int]:
        return len(row), sum(numbers.index(number) == number for number in row)

    best: list[list[int]] = []
    for number in numbers:
        best.append([*max((row for row in best if row[-1] < number), key=worth, default=[]), number])
    return max(best, key=worth, default=[])


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


def _among(cell: NotebookNode, cells: Sequence[NotebookNode]) -> bool:
    return any(cell is one for one in cells)


def _parted(before: Sequence[NotebookNode], after: Sequence[NotebookNode], sheet: Sheet) -> dict[str, str]:
    """Exercises that need a cell of the student's that is below them, or has changed places with them, with a reason.

    A cell that was put back may have stood anywhere, so it counts as moved from the end.
    """
    was = {id(cell): i for i, cell in enumerate(before)}
    now = {id(cell): i for i, cell in enumerate(after)}
    own = [c for c in after if c.cell_type == "code" and not grade_id(c) and c.source not in sheet.own_texts]
    given = {name for cell in sheet.cells.values() if is_setup(cell) for name in bound_names(cell.source)}
    end = len(before)
    doubts = {}
    for name in _solutions(sheet):
        mine = [cell for cell in after if name in (grade_id(cell), sheet.exercise(grade_id(cell)))]
        answer = next(cell.source for cell in mine if grade_id(cell) == name)
        needed = {name} | (names_needed(answer, name) - given)
        helpers: list[NotebookNode] = []
        while more := [c for c in own if not _among(c, helpers) and needed & bound_names(c.source)]:
            helpers += more
            needed = needed.union(*(used_names(cell.source) - given for cell in more))
        last = max(now[id(cell)] for cell in mine)
        below = set().union(*(bound_names(h.source) for h in helpers if now[id(h)] > last))
        if needed & below - set().union(*(bound_names(cell.source) for cell in after[: last + 1])):
            doubts[name] = f"The answer to {name} uses a cell of the student's that stands below it."
        for h, c in product(helpers, mine):
            above, still = was.get(id(h), end) < was.get(id(c), end), now[id(h)] < now[id(c)]
            # A helper that comes earlier than before does no harm, unless it gives the function itself another value.
            other = name in bound_names(h.source) and own_part(h.source, name) != own_part(answer, name)
            if above != still and (above or other):
                doubts[name] = (
                    f"The answer to {name} uses a cell of the student's that can't be put in its order."
                )
    return doubts


def _place(notebook: NotebookNode, sheet: Sheet, name: str) -> int:
    """Where a missing cell belongs: behind the nearest cell before it that is there."""
    order = list(sheet.cells)
    before = set(order[: order.index(name)])
    places = [i for i, cell in enumerate(notebook.cells) if grade_id(cell) in before]
    return places[-1] + 1 if places else 0
