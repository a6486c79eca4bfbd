"""The report on a class: marks, mistakes that many hold, and what a person should look into."""

from __future__ import annotations

import ast
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import matplotlib
from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.exercise import Unit
from autograder.grader import pages
from autograder.grader.feedback import WEAK
from autograder.grader.marking import Mark
from autograder.grader.results import Graded, Results
from autograder.verdict import Verdict

INK = "#010203"  # stands for the page's own colour of text, whatever it is


@dataclass
class Held:
    """Who holds a misconception of an exercise, and the shortest code that shows it."""

    students: int = 0
    example: str = ""


@dataclass
class Tally:
    """What is kept of a unit's submissions; they are looked at one by one."""

    unit: Unit
    totals: dict[str, float] = field(default_factory=dict)
    most: float = 0.0
    verdicts: dict[str, Counter[Verdict]] = field(default_factory=lambda: defaultdict(Counter))
    held: dict[tuple[str, str], Held] = field(default_factory=lambda: defaultdict(Held))
    look: list[tuple[str, Mark]] = field(default_factory=list)
    attempts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    written: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    weak: int = 0

    def add(self, graded: Graded, answers: dict[str, str], total: float | None) -> None:
        """Count one submission.

        Parameters
        ----------
        graded : Graded
            Its marks.
        answers : dict
            The text of its cells by grade id.
        total : float or None
            Its points in the gradebook, if it is there.
        """
        student = graded.submitted.student
        self.totals[student] = total if total is not None else sum(mark.score or 0.0 for mark in graded.marks)
        self.most = sum(mark.max_score for mark in graded.marks)
        self.weak += WEAK in graded.notes
        for sentence in graded.notes:
            if sentence != WEAK:
                self.attempts[sentence].append(student)
        for mark in graded.marks:
            self.verdicts[mark.exercise][mark.verdict] += 1
            if mark.misconception:
                held = self.held[mark.exercise, mark.misconception]
                held.students += 1
                code = anonymous(answers.get(mark.exercise, ""), mark.exercise, student)
                if code and (not held.example or (len(code), code) < (len(held.example), held.example)):
                    held.example = code
            if mark.verdict is Verdict.WRITTEN:
                self.written[mark.exercise, normal(answers.get(mark.cell, ""))].append(student)
            if "PermissionError" in mark.reason:
                what = f"{mark.exercise} reached for what is withheld while it is graded."
                self.attempts[what].append(student)
        for mark in graded.needs_a_look:
            self.look.append((student, mark))


def report_page(results: Results, gradebook: Gradebook, course: Course, unit: str | None = None) -> str:
    """The report of all units that were graded, or of one, as one HTML file."""
    tallies: dict[str, Tally] = {}
    totals: dict[tuple[str, str], float] = {}
    for graded in results.graded(unit):
        one = graded.submitted
        if one.unit not in tallies:
            tallies[one.unit] = Tally(course.unit(one.unit))
            totals |= {
                (one.unit, row["student"]): row["score"] for row in gradebook.submission_dicts(one.unit)
            }
        answers = _answers(results, one.student, one.unit)
        tallies[one.unit].add(graded, answers, totals.get((one.unit, one.student)))
    return pages.page(
        "report.html.j2", units=[_section(tally) for tally in tallies.values()], weak=WEAK,
        weak_count=sum(tally.weak for tally in tallies.values()),
    )  # fmt: skip


def _answers(results: Results, student: str, unit: str) -> dict[str, str]:
    path = results.notebook(student, unit)
    if not path.is_file():
        return {}
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in cells
        if cell["metadata"].get("nbgrader", {}).get("grade_id")
    }


def normal(text: str) -> str:
    r"""A written answer without what does not make it another one: case, blanks, forms of a letter.

    >>> normal("No  LINE does.") == normal("no line\ndoes.")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def anonymous(source: str, name: str, student: str) -> str:
    r"""The function `name` of a cell without comments, docstring and the student's id.

    >>> print(anonymous("# by ada\ndef f(x):\n    'ada'\n    return x  # mine", "f", "ada"))
    def f(x):
        return x
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    function = next((n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == name), None)
    if function is None:
        return ""
    for node in ast.walk(function):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return re.sub(re.escape(student), "student", ast.unparse(function), flags=re.IGNORECASE)


def _section(tally: Tally) -> dict[str, Any]:
    n = len(tally.totals)
    sentences = {(e.name, m.name): m.says for e in tally.unit.exercises for m in e.misconceptions}
    exercises: list[dict[str, Any]] = [
        {
            "name": name,
            "right": counts[Verdict.CORRECT],
            "not_tried": counts[Verdict.NOT_ATTEMPTED],
            "written": counts[Verdict.WRITTEN],
            "wrong": n - counts[Verdict.CORRECT] - counts[Verdict.NOT_ATTEMPTED] - counts[Verdict.WRITTEN],
        }
        for name, counts in tally.verdicts.items()
    ]
    coded = sorted(
        (row for row in exercises if row["name"] not in tally.unit.written), key=lambda row: row["right"]
    )
    held: list[dict[str, Any]] = [
        {
            "exercise": exercise,
            "name": name,
            "students": one.students,
            "example": one.example,
            "says": sentences.get((exercise, name), ""),
        }
        for (exercise, name), one in sorted(tally.held.items(), key=lambda item: (-item[1].students, item[0]))
    ]
    scores = sorted(tally.totals.values())
    return {
        "title": tally.unit.title,
        "key": tally.unit.key,
        "students": n,
        "most": tally.most,
        "median": (scores[(n - 1) // 2] + scores[n // 2]) / 2,
        "histogram": _histogram(scores, tally.most),
        "exercises": coded,
        "written": [row for row in exercises if row["name"] in tally.unit.written],
        "held": held,
        "lecture": [one for one in held if one["students"] >= max(2, 0.05 * n)][:3],
        "unreached": [row for row in coded if row["not_tried"] >= max(2, 0.25 * n)],
        "look": tally.look,
        "attempts": sorted(tally.attempts.items()),
        "same": [
            (name, text, students)
            for (name, text), students in sorted(tally.written.items())
            if len(students) > 1 and text
        ],
    }


def _histogram(scores: Iterable[float], most: float) -> Markup:
    """How many students have how many points, as a drawing in the page's own colours."""
    counts = Counter(int(score) for score in scores)
    places = list(range(int(most) + 1))
    settings: dict[Any, Any] = {
        "svg.hashsalt": "report",
        "svg.fonttype": "none",
        "text.color": INK,
        "axes.labelcolor": INK,
    }
    settings |= {"xtick.color": INK, "ytick.color": INK, "axes.edgecolor": INK}
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(6.4, 2.4), layout="constrained")
        axes = figure.subplots()
        axes.bar(places, [counts[place] for place in places], color="#3b76af")
        axes.set(xlabel="points, rounded down", ylabel="students")
        axes.spines[["top", "right"]].set_visible(False)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None})
    svg = drawn.getvalue()
    said = ", ".join(f"{place}: {counts[place]}" for place in places if counts[place])
    svg = svg[svg.index("<svg") :].replace(INK, "currentColor")
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return Markup(svg.replace("<svg ", f'<svg role="img" aria-label="Students by points. {said}." ', 1))
