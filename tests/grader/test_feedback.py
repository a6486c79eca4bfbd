"""Feedback pages: what they say, and what they never hold."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI

from autograder.course import COURSE
from autograder.grader import feedback, pages
from autograder.grader.gradebook import Ledger, sqlite_url
from autograder.grader.marking import Mark
from autograder.grader.results import Graded, Submitted
from autograder.grader.sheet import grade_id
from autograder.verdict import Verdict
from tests.course import ROOT
from tests.grader.conftest import UNIT
from tests.grader.reported import ANSWERS, CANARY, grade_class
from tests.grader.test_marking import RIGHT

SECRETS = (CANARY, "hidden=True", "HIDDEN TESTS", "MARK SCHEME", "opposite corners on one side")


@pytest.fixture(scope="module")
def results(tmp_path_factory, marker, config, submit):
    return grade_class(tmp_path_factory.mktemp("results"), marker, config, submit)


@pytest.fixture(scope="module")
def written(results, config) -> dict[str, str]:
    with Gradebook(sqlite_url(results.folder)) as book:
        paths = list(feedback.write(results, book, COURSE, config))
    assert [path.relative_to(results.folder / "feedback").as_posix() for path in paths] == [
        f"{student}/{UNIT}.html" for student in ANSWERS
    ]
    return {path.parent.name: path.read_text() for path in paths}


def row(text: str, exercise: str) -> str:
    table = BeautifulSoup(text, "html.parser").find("table")
    return next(r.get_text(" ") for r in table.find_all("tr") if r.find("code", string=exercise))


def test_a_mistake_is_named_and_an_earlier_one_is_not_counted_twice(written):
    said = row(written["eve"], "weighted_sum")
    assert "Not right yet" in said
    assert "0 of 2" in said
    assert "nailed to the origin" in said
    assert "in place of yours" in row(written["eve"], "perceptron")
    assert "in place of yours" not in row(written["ada"], "perceptron")


def test_what_a_person_gave_is_shown(written):
    said = row(written["ada"], "xor_limit")
    assert "3.5 of 4" in said
    assert "well put" in said
    assert "<em>well put</em>" in written["ada"]
    assert "waits (of 4)" in row(written["eve"], "xor_limit")


def test_every_row_leads_to_its_cell(written):
    page = BeautifulSoup(written["eve"], "html.parser")
    links = [a["href"].removeprefix("#") for a in page.find("table").find_all("a")]
    assert len(links) == 5
    assert all(page.find(id=name) for name in links)


def test_repairs_are_named_at_the_top(written):
    assert "appears a second time" in written["bob"]
    assert "put right" not in written["ada"]


def test_nothing_of_hidden_tests_or_rubrics_is_in_a_page(results, written):
    for student, text in written.items():
        assert CANARY in results.notebook(student, UNIT).read_text()  # or this could not fail
        for secret in SECRETS:
            assert secret not in text


SPY = "SEEN = []\ndef weighted_sum(x, w, b):\n    SEEN.append(x)\n    return float(w @ x + b)"
WAYS_OUT = {
    "printed and raised by a cell": f"print('{CANARY}', SEEN)\nraise RuntimeError('{CANARY}' + repr(SEEN))",
    "returned": f"def perceptron(x, w, b):\n    return '{CANARY}' + repr(SEEN)",
    "the text of an error": f"def perceptron(x, w, b):\n    raise ValueError('{CANARY}')",
    "the name of an error": f"def perceptron(x, w, b):\n    raise type('{CANARY}', (Exception,), {{}})()",
    "the name of a cell's error": f"raise type('{CANARY}', (Exception,), {{}})()",
    "an error like a sentence of the course": (
        "def perceptron(x, w, b):\n"
        "    raise ValueError(\"\\nJudged with the course's own weighted_sum in place of yours, which is not right yet: "
        f'{CANARY}")'
    ),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_hidden_inputs_that_a_function_kept_are_not_in_its_page(marker, config, submit, tmp_path, way):
    answers = {"weighted_sum": SPY, "perceptron": WAYS_OUT[way]}
    notebook = submit(RIGHT | answers)
    marked = marker.mark(notebook)
    seen = "".join(str(cell.outputs) for cell in notebook.cells if cell.cell_type == "code")
    assert CANARY in seen  # or this could not fail
    for cell in notebook.cells:  # the code itself is the student's own
        if grade_id(cell) in answers:
            cell.source = "# mine"
    one = Submitted("eve", UNIT, tmp_path / "none.ipynb")
    with Ledger(sqlite_url(tmp_path)) as ledger:
        ledger.open_unit(marker.sheet, config)
        ledger.record(UNIT, "eve", marked.marks)
    with Gradebook(sqlite_url(tmp_path)) as book:
        page = feedback.feedback_page(Graded(one, marked.marks), notebook, book, COURSE.unit(UNIT), config)
    assert "By hand first" in page
    assert CANARY not in page


def test_a_syntax_error_says_where_it_is():
    mark = Mark(
        "f", "test_f", 0.0, 1.0, Verdict.ERROR, "", "The answer's own cell failed. SyntaxError: 7, 7, 7"
    )
    said = feedback._reason(mark, "def f(x):\n    return (x y)")
    assert said.startswith("The answer's own cell failed. SyntaxError: invalid syntax")
    assert said.endswith("(line 2 of the cell).")
    assert (
        feedback._reason(mark, "x = 1")
        == "The answer's own cell failed. SyntaxError. Run the cell to see more."
    )
    forged = replace(mark, verdict=Verdict.NEEDS_A_LOOK, reason="The student process sent no message (7, 7).")
    assert feedback._reason(forged, "") == "The student process sent no message."


def test_nbgraders_own_feedback_holds_nothing_of_them_either(results, config, tmp_path):
    shutil.copytree(results.folder / "autograded", tmp_path / "autograded")
    shutil.copytree(ROOT / "solutions" / UNIT, tmp_path / "solutions" / UNIT)
    here = config.copy()
    here.CourseDirectory.root = str(tmp_path)
    here.CourseDirectory.db_url = sqlite_url(results.folder)
    done = NbGraderAPI(config=here).generate_feedback(UNIT)  # as the formgrader's button does
    assert done["success"], done["log"]
    for student in ANSWERS:
        text = (tmp_path / "feedback" / student / UNIT / f"{UNIT}.html").read_text()
        assert "weighted_sum" in text
        for secret in SECRETS:
            assert secret not in text


def test_nothing_of_a_student_runs_and_nothing_is_loaded(written):
    for text in written.values():
        page = BeautifulSoup(text, "html.parser")
        assert page.find("script") is None
        assert not [tag for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
        assert all(img["src"].startswith("data:") for img in page.find_all("img"))
        assert "default-src 'none'" in page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]


def test_formulas_are_mathml(written):
    page = BeautifulSoup(written["eve"], "html.parser")
    assert len(page.find_all("math")) > 20
    assert not re.search(r"\$[^$<]*\\(frac|cdot|le)[^$<]*\$", page.get_text())


@pytest.mark.parametrize(
    "harm",
    [
        "<meta http-equiv=refresh content='0;url=//x'>",
        "<svg onload=a()>",
        "<style>*{}</style>",
        "<a href=x>y</a>",
    ],
)
def test_only_what_displays_is_left_of_html(harm):
    kept = pages.clean(harm)
    assert not re.search("<meta|onload|<style|href", kept)
    assert "<meta" not in pages.markdown(harm)
    assert "<svg" not in pages.markdown(harm)
