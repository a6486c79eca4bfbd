"""The report on a class: marks, mistakes that many hold, and what a person should look into."""

from __future__ import annotations

import ast
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
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
from autograder.grader.marking import LOOK
from autograder.grader.results import Graded, Results
from autograder.verdict import Verdict

INK = "#010203"  # stands for the page's own colour of text, whatever it is

# What an attempt at the judge leaves behind in the grader's reasons. An accident can leave the same.
SUSPECT = re.compile("student process (sent|told|called back)|PermissionError")
# The same in its notes; the text of a cell may be edited freely, unless the cell gives points.
FORGED = re.compile("kept as an ordinary cell|^The points of")
EDITED = re.compile("^The cell (?P<cell>\\S+) was edited")


@dataclass
class Held:
    """How many hold a misconception of an exercise, or none that is known, and the codes that they wrote."""

    students: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def example(self) -> str:
        """The code that most of them wrote, the shortest if there are several."""
        return min(self.codes, key=lambda code: (-self.codes[code], len(code), code), default="")


@dataclass
class Tally:
    """What is kept of a unit's submissions; they are looked at one by one."""

    unit: Unit
    totals: dict[str, float] = field(default_factory=dict)
    most: float = 0.0
    verdicts: dict[str, Counter[Verdict]] = field(default_factory=lambda: defaultdict(Counter))
    held: dict[tuple[str, str], Held] = field(default_factory=lambda: defaultdict(Held))
    look: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    attempts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    repairs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    written: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    wording: dict[str, str] = field(default_factory=dict)
    unmarked: int = 0
    weak: int = 0

    def add(
        self, graded: Graded, answers: dict[str, str], total: float | None, names: Iterable[str] = ()
    ) -> None:
        """Count one submission.

        Parameters
        ----------
        graded : Graded
            Its marks.
        answers : dict
            The text of its cells by grade id.
        total : float or None
            Its points in the gradebook, if it is there.
        names : iterable of str
            What its student is called: none of it is left in an example.
        """
        student = graded.submitted.student
        self.totals[student] = total if total is not None else sum(mark.score or 0.0 for mark in graded.marks)
        self.most = sum(mark.max_score for mark in graded.marks)
        self.weak += WEAK in graded.notes
        graded_cells = {mark.cell for mark in graded.marks}
        for sentence in graded.notes:
            if sentence != WEAK:
                kind = self.attempts if _is_attempt(sentence, graded_cells) else self.repairs
                kind[sentence].append(student)
        for mark in graded.marks:
            self.verdicts[mark.exercise][mark.verdict] += 1
            if mark.verdict is Verdict.INCORRECT:
                held = self.held[mark.exercise, mark.misconception]
                held.students += 1
                code = anonymous(answers.get(mark.exercise, ""), mark.exercise, (student, *names))
                held.codes.update([code] if code else [])
            if mark.verdict is Verdict.WRITTEN:
                text = answers.get(mark.cell, "")
                self.written[mark.exercise, normal(text)].append(student)
                self.wording.setdefault(normal(text), text)
            if SUSPECT.search(mark.reason):
                what = (
                    "reached for what is withheld" if "PermissionError" in mark.reason else "forged a reply"
                )
                self.attempts[f"{mark.exercise} {what} while it was graded."].append(student)
        for mark in graded.needs_a_look:
            self.look[student, mark.reason].append(mark.exercise)


def _is_attempt(note: str, graded_cells: Collection[str]) -> bool:
    """Whether a note of the grader may tell of an attempt at the judge, and not of a mere repair."""
    edited = EDITED.search(note)
    return bool(FORGED.search(note)) or (edited is not None and edited["cell"] in graded_cells)


def report_page(
    results: Results, gradebook: Gradebook, course: Course, unit: str | None = None, site: str | None = None
) -> str:
    """The report of all units that were graded, or of one, as one HTML file.

    Parameters
    ----------
    results : Results
        What a batch left behind.
    gradebook : Gradebook
        nbgrader's, with the marks that a person gave and the students' names.
    course : Course
        The course that was graded.
    unit : str, optional
        Only this unit.
    site : str, optional
        Address of the course's site: what is to be read again is then a link to its paragraph there.
    """
    tallies: dict[str, Tally] = {}
    in_book: dict[tuple[str, str], dict[str, Any]] = {}
    names = {one.id: [name for name in (one.first_name, one.last_name) if name] for one in gradebook.students}
    for graded in results.graded(unit):
        one = graded.submitted
        if one.unit not in tallies:
            tallies[one.unit] = Tally(course.unit(one.unit))
            in_book |= {(one.unit, row["student"]): row for row in gradebook.submission_dicts(one.unit)}
        answers = _answers(results, one.student, one.unit)
        row = in_book.get((one.unit, one.student), {})
        tallies[one.unit].add(graded, answers, row.get("score"), names.get(one.student, ()))
        tallies[one.unit].unmarked += bool(row.get("needs_manual_grade", True))
    return pages.page(
        "report.html.j2", units=[_section(tally, site) for tally in tallies.values()], weak=WEAK,
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


def anonymous(source: str, name: str, people: Iterable[str]) -> str:
    r"""The function `name` of a cell without comments, docstring and the names of its student.

    >>> print(anonymous("# by ada\ndef f(x):\n    'ada'\n    ada_x = x  # mine\n    return ada_x", "f", ["Ada"]))
    def f(x):
        student_x = x
        return student_x
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
    code = ast.unparse(function)
    for person in people:
        code = re.sub(rf"(?<![^\W_]){re.escape(person)}(?![^\W_])", "student", code, flags=re.IGNORECASE)
    return code


def _section(tally: Tally, site: str | None) -> dict[str, Any]:
    n = len(tally.totals)
    enough = max(2, 0.05 * n)  # of the class, to be worth a word in the lecture
    declared = {exercise.name: exercise for exercise in tally.unit.exercises}
    sentences = {(e.name, m.name): m.says for e in declared.values() for m in e.misconceptions}
    exercises: list[dict[str, Any]] = [
        {
            "name": name,
            "right": counts[Verdict.CORRECT],
            "known": counts[Verdict.INCORRECT] - tally.held[name, ""].students,
            "unknown": tally.held[name, ""].students,
            "example": tally.held[name, ""].example,
            "not_tried": counts[Verdict.NOT_ATTEMPTED],
            "look": sum(counts[verdict] for verdict in LOOK),
            "written": counts[Verdict.WRITTEN],
            "explained": _explained(tally.unit, declared[name].explained, site) if name in declared else None,
        }
        for name, counts in tally.verdicts.items()
    ]
    coded = sorted((row for row in exercises if row["name"] in declared), key=lambda row: row["right"])
    explained = {row["name"]: row["explained"] for row in coded}
    held: list[dict[str, Any]] = [
        {
            "exercise": exercise,
            "name": name,
            "students": one.students,
            "example": one.example,
            "says": sentences.get((exercise, name), ""),
            "explained": explained.get(exercise),
        }
        for (exercise, name), one in sorted(tally.held.items(), key=lambda item: (-item[1].students, item[0]))
        if name
    ]
    scores = sorted(tally.totals.values())
    return {
        "title": tally.unit.title,
        "key": tally.unit.key,
        "students": n,
        "most": tally.most,
        "median": (scores[(n - 1) // 2] + scores[n // 2]) / 2,
        "unmarked": tally.unmarked,
        "histogram": _histogram(scores, tally.most),
        "exercises": coded,
        "written": [row for row in exercises if row["name"] in tally.unit.written],
        "held": held,
        "unknown": sorted(
            (row for row in coded if row["unknown"]), key=lambda row: row["unknown"], reverse=True
        ),
        "lecture": [one for one in held if one["students"] >= enough][:3],
        "unexplained": [row for row in coded if row["unknown"] >= 2 * enough],
        "unreached": [row for row in coded if row["not_tried"] >= max(2, 0.25 * n)],
        "look": sorted(tally.look.items()),
        "attempts": sorted(tally.attempts.items()),
        "repairs": sorted(tally.repairs.items()),
        "same": [
            (name, tally.wording[text], students)
            for (name, text), students in sorted(tally.written.items())
            if len(students) > 1 and text
        ],
    }


def _explained(unit: Unit, heading: str, site: str | None) -> dict[str, str]:
    """The paragraph that explains an exercise: what it is called, and its address if there is a site."""
    # As the site makes an anchor of a heading.
    anchor = re.sub("[^a-z0-9]+", "-", heading.lower()).strip("-")
    return {
        "heading": heading or unit.title,
        "address": ""
        if site is None
        else f"{site.rstrip('/')}/course/{unit.key}.html{'#' * bool(anchor)}{anchor}",
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
        figure = Figure(figsize=(4.8, 2.2), layout="constrained")
        axes = figure.subplots()
        axes.bar(places, [counts[place] for place in places], color="#3b76af")
        axes.set(xlabel="points, rounded down", ylabel="students", xlim=(-0.6, int(most) + 0.6))
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
