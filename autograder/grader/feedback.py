"""Feedback: one page for each student and unit, with nothing of hidden tests or model answers in it."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from markupsafe import Markup
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme
from nbgrader.utils import is_grade
from traitlets.config import Config

from autograder.course import Course
from autograder.exercise import Unit
from autograder.grader import pages
from autograder.grader.marking import Mark
from autograder.grader.results import Graded, Results
from autograder.grader.sheet import grade_id
from autograder.isolation import Unisolated
from autograder.verdict import Verdict

SAID = {
    Verdict.CORRECT: "Correct",
    Verdict.INCORRECT: "Not right yet",
    Verdict.NOT_ATTEMPTED: "Not attempted",
    Verdict.ERROR: "Error",
    Verdict.TIMED_OUT: "Took too long",
    Verdict.NEEDS_A_LOOK: "Waits for a person",
    Verdict.WRITTEN: "Written answer",
}
WEAK = Unisolated().describe()


@dataclass(frozen=True)
class ByHand:
    """What the gradebook says of one cell: points, whether they still wait for a person, and a comment."""

    score: float
    waits: bool
    manual: bool
    comment: str


def write(
    results: Results, gradebook: Gradebook, course: Course, config: Config, unit: str | None = None
) -> Iterator[Path]:
    """Write ``feedback/<student>/<unit>.html`` for all that was graded; give each path as it is there.

    Parameters
    ----------
    results : Results
        What a batch left behind.
    gradebook : Gradebook
        nbgrader's, with the marks and comments that a person gave.
    course : Course
        The course that was graded.
    config : Config
        nbgrader's settings: how hidden tests are marked off.
    unit : str, optional
        Only this unit.
    """
    for graded in results.graded(unit):
        one = graded.submitted
        path = results.notebook(one.student, one.unit)
        notebook = nbformat.read(path, as_version=4) if path.is_file() else None
        target = results.folder / "feedback" / one.student / f"{one.unit}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        page = feedback_page(graded, notebook, gradebook, course.unit(one.unit), config)
        target.write_text(page, encoding="utf-8")
        yield target


def released_view(notebook: NotebookNode, config: Config) -> NotebookNode:
    """A graded notebook as its student may see it: without hidden tests, rubrics, folded drawing code and outputs.

    A student's functions have met the hidden inputs, so what the notebook printed, raised or returned into a panel
    while it was graded could hold them.
    """
    for step in (ClearHiddenTests, ClearMarkScheme):
        notebook, _ = step(config=config).preprocess(notebook, {})
    notebook.cells = [
        cell for cell in notebook.cells if not cell.metadata.get("jupyter", {}).get("source_hidden")
    ]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    return notebook


def feedback_page(
    graded: Graded, notebook: NotebookNode | None, gradebook: Gradebook, unit: Unit, config: Config
) -> str:
    """The page of one submission.

    Parameters
    ----------
    graded : Graded
        Its marks.
    notebook : NotebookNode or None
        Its graded notebook; None where the file could not be read.
    gradebook : Gradebook
        With what a person gave.
    unit : Unit
        The unit's declaration.
    config : Config
        nbgrader's settings: how hidden tests are marked off.
    """
    one = graded.submitted
    by_hand, penalty = _by_hand(gradebook, one.unit, one.student)
    sentences = {(e.name, m.name): m.says for e in unit.exercises for m in e.misconceptions}
    carried = _carried(notebook, unit) if notebook is not None else {}
    sources = {grade_id(cell): cell.source for cell in notebook.cells} if notebook is not None else {}
    rows, points, waiting, commented = [], 0.0, 0.0, set()
    for mark in graded.marks:
        hand = by_hand.get(mark.cell)
        score = hand.score if hand is not None else mark.score or 0.0
        waits = hand.waits if hand is not None else mark.score is None
        points += score
        waiting += mark.max_score if waits else 0.0
        comment = "" if mark.exercise in commented else _comment(by_hand, mark)
        commented.add(mark.exercise)
        rows.append(
            {
                "exercise": mark.exercise,
                "cell": mark.cell,
                "verdict": mark.verdict.value,
                "said": "Marked by a person" if hand is not None and hand.manual else SAID[mark.verdict],
                "points": f"waits (of {mark.max_score:g})" if waits else f"{score:g} of {mark.max_score:g}",
                "reason": _reason(mark, sources.get(mark.exercise, "")),
                "misconception": sentences.get((mark.exercise, mark.misconception), ""),
                "carried": carried.get(mark.cell, ""),
                "comment": Markup(pages.markdown(comment)) if comment else "",
            }
        )
    shown = notebook
    if shown is not None and graded.notes:  # the notes stand at the top of the page already
        shown = nbformat.from_dict({**shown, "cells": shown.cells[1:]})
    return pages.page(
        "feedback.html.j2",
        title=unit.title,
        student=one.student,
        points=points - penalty,
        penalty=penalty,
        most=sum(mark.max_score for mark in graded.marks),
        waiting=waiting,
        weak=WEAK if WEAK in graded.notes else "",
        repairs=[sentence for sentence in graded.notes if sentence != WEAK],
        rows=rows,
        notebook=pages.cells_html(released_view(shown, config)) if shown is not None else "",
    )


def _reason(mark: Mark, source: str) -> str:
    """Why there are no points, without words that the student's code chose: it has met the hidden inputs."""
    if mark.verdict is Verdict.NEEDS_A_LOOK:
        return mark.reason.partition(" (")[0].removesuffix(".") + "." if mark.reason else ""
    if mark.verdict is Verdict.INCORRECT:
        call, raised, name = mark.reason.partition(" raised ")
        return f"{call}{raised}{_error(name.removesuffix('.'))}." if raised else mark.reason
    if mark.verdict is not Verdict.ERROR or _OWN_WORDS.fullmatch(mark.reason):
        return mark.reason
    own_cell, rest = "The answer's own cell failed. ", mark.reason
    before = own_cell if rest.startswith(own_cell) else ""
    name = rest.removeprefix(own_cell).partition(":")[0]
    said = _error(name)
    if name.endswith("SyntaxError"):
        try:
            ast.parse(source)
        except SyntaxError as error:
            return f"{before}{said}: {error.msg} (line {error.lineno} of the cell)."
    return f"{before}{said[0].upper()}{said[1:]}. Run the cell to see more."


# Reasons that are the grader's from the first word to the last.
_OWN_WORDS = re.compile(
    r"(The answer's own cell failed\. )?"
    r"(The cell was stopped after [\d.]{1,6} seconds\."
    r"|The student process ended (by signal|with exit status) \d{1,3} while the cell ran\.)"
)


def _error(name: str) -> str:
    """The name of one of Python's own errors; that of any other could be a message."""
    return name if isinstance(getattr(builtins, name, None), type) else "an error of its own"


def _by_hand(gradebook: Gradebook, unit: str, student: str) -> tuple[dict[str, ByHand], float]:
    """What the gradebook says of a submission, by cell, and the points that are taken off for lateness."""
    try:
        submission = gradebook.find_submission(unit, student)
    except MissingEntry:
        return {}, 0.0
    notebook = submission.notebooks[0]
    comments = {comment.cell.name: comment.manual_comment or "" for comment in notebook.comments}
    found = {
        grade.cell.name: ByHand(
            grade.score,
            bool(grade.needs_manual_grade and grade.manual_score is None),
            grade.manual_score is not None,
            comments.pop(grade.cell.name, ""),
        )
        for grade in notebook.grades
    }
    # A comment on code stands at the cell of the answer, which has no points of its own.
    found |= {name: ByHand(0.0, False, False, comment) for name, comment in comments.items()}
    return found, float(submission.late_submission_penalty or 0.0)


def _comment(by_hand: dict[str, ByHand], mark: Mark) -> str:
    names = dict.fromkeys((mark.cell, mark.exercise))
    return "\n\n".join(by_hand[name].comment for name in names if name in by_hand and by_hand[name].comment)


def _carried(notebook: NotebookNode, unit: Unit) -> dict[str, str]:
    """The sentence that an earlier mistake was not counted twice, by the cell whose panel has it."""
    names = "|".join(exercise.name for exercise in unit.exercises)
    # Word for word: another line of a panel may hold what a student's error says.
    sentence = re.compile(
        rf"^Judged with the course's own ({names})( and ({names}))* in place of yours, which (is|are) not right yet: "
        r"an earlier mistake is not counted twice\.$",
        re.MULTILINE,
    )
    found = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and is_grade(cell):
            panels = "\n".join(str(output.get("data", {}).get("text/plain", "")) for output in cell.outputs)
            if said := sentence.search(panels):
                found[grade_id(cell)] = said[0]
    return found
