"""The report on a class: its figures are counted here a second time."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from docutils.nodes import make_id
from nbgrader.api import Gradebook

from autograder import units
from autograder.course import COURSE
from autograder.grader import report
from autograder.grader.gradebook import sqlite_url
from autograder.grader.marking import Mark
from autograder.grader.results import Graded, Submitted
from autograder.grader.sheet import grade_id
from autograder.verdict import Verdict
from tests.course import ROOT
from tests.grader.conftest import UNIT
from tests.grader.reported import ANSWERS, CANARY, grade_class
from tests.grader.test_marking import RIGHT


@pytest.fixture(scope="module")
def results(tmp_path_factory, marker, config, submit):
    return grade_class(tmp_path_factory.mktemp("results"), marker, config, submit)


@pytest.fixture(scope="module")
def text(results) -> str:
    with Gradebook(sqlite_url(results.folder)) as book:
        return report.report_page(results, book, COURSE)


@pytest.fixture(scope="module")
def page(text) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def section(page: BeautifulSoup, heading: str) -> str:
    found = page.find("h3", string=heading)
    parts = []
    for tag in found.find_next_siblings():
        if tag.name in ("h2", "h3"):
            break
        parts.append(tag.get_text(" "))
    return " ".join(" ".join(parts).split())


def test_the_table_of_exercises_agrees_with_the_marks(results, page):
    counted: dict[str, list[int]] = {}
    for graded in results.graded():
        for mark in graded.marks:
            if mark.exercise == "xor_limit":
                continue
            places = {Verdict.CORRECT: 0, Verdict.INCORRECT: 1 if mark.misconception else 2}
            place = {**places, Verdict.NOT_ATTEMPTED: 3}.get(mark.verdict, 4)
            counted.setdefault(mark.exercise, [0] * 5)[place] += 1
    rows = page.find("table").find("tbody").find_all("tr")
    shown = {r.th.get_text(): [int(td.get_text().split()[0]) for td in r.find_all("td")[1:]] for r in rows}
    assert shown == counted
    assert shown["weighted_sum"] == [1, 2, 1, 1, 0]
    assert shown["gate_parameters"][4] == 1
    assert next(iter(shown)) == "weighted_sum"


def test_misconceptions_are_counted_with_an_example_without_names(page):
    said = section(page, "Misconceptions")
    assert "weighted_sum , forgets-bias: 2 of 5 (40 %)" in said
    example = page.find("pre", class_="example").get_text()
    assert example == "def weighted_sum(x, w, b):\n    return float(w @ x)"
    assert "nailed to the origin" in section(page, "What to say in the next lecture")


def test_points_of_a_person_count(page):
    drawing = page.find("svg")["aria-label"]
    points = {int(k): int(v) for k, v in re.findall(r"(\d+): (\d+)", drawing)}
    assert points[12] == 1  # ada: 9 and 3.5
    assert sum(points.values()) == len(ANSWERS)


def test_what_a_person_should_look_into(page):
    assert "gus gate_parameters" in section(page, "Needs a look")
    attempts = section(page, "Possible attempts at the judge")
    assert "perceptron appears a second time: it was kept as an ordinary cell. 1 student: bob" in attempts
    assert "weighted_sum reached for what is withheld while it was graded. 1 student: gus" in attempts


def notes_of(change, marker, submit) -> tuple[str, ...]:
    notebook = submit(RIGHT)
    cells = {grade_id(cell): cell for cell in notebook.cells}
    change(notebook, cells)
    return marker.mark(notebook).notes


ATTEMPTS = {
    "points": lambda notebook, cells: cells["test_perceptron"].metadata.nbgrader.update(points=99),
    "a check": lambda notebook, cells: cells["test_perceptron"].update(source="check = print"),
    "a cell of its own": lambda notebook, cells: notebook.cells.append(
        nbformat.v4.new_code_cell(
            "", metadata={"nbgrader": {**cells["perceptron"].metadata.nbgrader, "grade_id": "x"}}
        )
    ),
}
REPAIRS = {
    "order": lambda notebook, cells: notebook.cells.reverse(),
    "marks": lambda notebook, cells: [cell.metadata.pop("nbgrader", None) for cell in notebook.cells],
    "set-up": lambda notebook, cells: cells["setup"].update(source=cells["setup"].source + "\nimport math"),
    "a lost cell": lambda notebook, cells: notebook.cells.remove(cells["test_perceptron"]),
}


@pytest.mark.parametrize("change", [*ATTEMPTS, *REPAIRS])
def test_repairs_stand_apart_from_attempts(change, marker, submit):
    notes = notes_of({**ATTEMPTS, **REPAIRS}[change], marker, submit)
    tally = report.Tally(COURSE.unit(UNIT))
    marks = [Mark(name, f"test_{name}", 2.0, 2.0, Verdict.CORRECT) for name in ("weighted_sum", "perceptron")]
    tally.add(Graded(Submitted("eve", UNIT, Path("none")), tuple(marks), notes), {}, None)
    assert notes
    assert (list(tally.attempts), list(tally.repairs)) == (
        (list(notes), []) if change in ATTEMPTS else ([], list(notes))
    )


REFUSALS = re.findall(r'Refused\(\s*f?"([^"{]+)', (ROOT / "autograder/isolation/trusted.py").read_text())


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_reply_that_no_honest_process_sends_is_a_possible_attempt(reason):
    tally = report.Tally(COURSE.unit(UNIT))
    honest = Mark("perceptron", "test_perceptron", 0.0, 2.0, Verdict.TIMED_OUT, "", "The cell was stopped.")
    forged = Mark("weighted_sum", "test_weighted_sum", 0.0, 2.0, Verdict.NEEDS_A_LOOK, "", reason)
    tally.add(Graded(Submitted("eve", UNIT, Path("none")), (forged, honest)), {}, None)
    assert dict(tally.attempts) == {"weighted_sum forged a reply while it was graded.": ["eve"]}


def test_there_are_refusals_to_try():
    assert len(REFUSALS) >= 6


def test_an_answer_that_is_no_known_mistake_is_counted_and_shown(page):
    said = section(page, "Wrong answers that are no known mistake")
    assert "weighted_sum : 1 of 5 (20 %)" in said
    assert "nnlib.weighted_sum(x, w, b)" in said


def test_the_lecture_leads_to_the_paragraph_on_the_site(results):
    with Gradebook(sqlite_url(results.folder)) as book:
        text = report.report_page(results, book, COURSE, site="https://example.org/nn/")
    links = {a.get_text(): a["href"] for a in BeautifulSoup(text, "html.parser").find_all("a")}
    assert links["By hand first"] == "https://example.org/nn/course/01-neuron.html#by-hand-first"
    assert all(BeautifulSoup(text, "html.parser").find(id=a[1:]) for a in links.values() if a.startswith("#"))


@pytest.mark.parametrize("unit", units.MODULES)
def test_the_site_has_every_anchor_that_a_report_leads_to(unit):
    headings = re.findall(
        r"^# #+ (.+)$", (ROOT / "solutions" / unit / f"{unit}.py").read_text(), re.MULTILINE
    )
    for exercise in units.unit(unit).exercises:
        if exercise.explained:
            assert exercise.explained in headings
            anchor = report._explained(units.unit(unit), exercise.explained, "")["address"].partition("#")[2]
            assert anchor == make_id(exercise.explained)


def test_the_example_is_what_most_of_them_wrote_and_names_nobody():
    tally = report.Tally(COURSE.unit(UNIT))
    for student, body in (("al", "x"), ("bo", "w @ x"), ("cy", "w @ x")):
        mark = Mark("weighted_sum", "test_weighted_sum", 0.0, 2.0, Verdict.INCORRECT, "forgets-bias")
        code = f"def weighted_sum(x, w, b):\n    total_{student} = {body}  # {student}\n    return total_{student}"
        answers = {"weighted_sum": code}
        tally.add(Graded(Submitted(student, UNIT, Path("none")), (mark,)), answers, None)
    held = tally.held["weighted_sum", "forgets-bias"]
    assert held.students == 3
    assert held.example == ("def weighted_sum(x, w, b):\n    total_student = w @ x\n    return total_student")


def test_the_same_words_are_found_whatever_their_case_and_blanks(page):
    said = section(page, "Written answers that are word for word the same")
    assert "xor_limit : ada, eve, gus." in said
    assert "fay" not in said  # her words are nobody else's


def of_class(*tried: tuple[str, float]) -> dict:
    """What a unit's section holds of a class: for each student, the verdict of one exercise and all points."""
    tally = report.Tally(COURSE.unit(UNIT))
    for number, (verdict, points) in enumerate(tried):
        mark = Mark("weighted_sum", "test_weighted_sum", 0.0, 2.0, Verdict(verdict))
        tally.add(Graded(Submitted(f"s{number}", UNIT, Path("none")), (mark,)), {}, points)
    return report._section(tally, None)


def test_what_is_said_of_those_who_did_not_try():
    few = of_class(*[("not-attempted", 1.0)] * 2, *[("correct", 2.0)] * 8)
    many = of_class(*[("not-attempted", 1.0)] * 3, *[("correct", 2.0)] * 8)
    assert few["unreached"] == []
    assert [(row["name"], row["not_tried"]) for row in many["unreached"]] == [("weighted_sum", 3)]


def test_the_median_is_the_middle_or_between_two():
    assert of_class(("correct", 9.0), ("correct", 1.0), ("correct", 2.0))["median"] == 2.0
    assert of_class(("correct", 9.0), ("correct", 1.0), ("correct", 2.0), ("correct", 4.0))["median"] == 3.0


def test_it_says_whose_work_still_waits_for_a_person(page):
    # ada is marked and bob has written nothing; gus waits for his code, too.
    assert "so far: work of 3 of them still waits for a person" in " ".join(page.get_text().split())


def test_no_secret_and_no_script_is_in_it_and_it_is_the_same_each_time(results, text, page):
    assert CANARY not in text
    assert "hidden=True" not in text
    assert page.find("script") is None
    with Gradebook(sqlite_url(results.folder)) as book:
        assert report.report_page(results, book, COURSE) == text
