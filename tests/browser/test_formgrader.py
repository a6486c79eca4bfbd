"""A written question marked across a class through the pages of nbgrader's formgrader, on a real JupyterLab."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.grader.sheet import grade_id
from benchmarks import formgrader
from benchmarks.formgrader import KEY, WRITTEN

pytestmark = pytest.mark.browser

STUDENTS = 10
SCRIPT = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A class that is graded; everyone's written answer holds a script, and so does the output of an answer."""
    place = tmp_path_factory.mktemp("formgrader")
    formgrader.hand_in(place, STUDENTS)
    for path in place.glob(f"submitted/*/{KEY}/{KEY}.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if grade_id(cell) == WRITTEN:
                cell.source += f"\n\n{SCRIPT}"
            elif grade_id(cell) == "weighted_sum":
                cell.source += f"\nfrom IPython.display import HTML, display\ndisplay(HTML({SCRIPT!r}))"
        nbformat.write(notebook, path)
    formgrader.grade(place)
    return place


@pytest.fixture(scope="module")
def page(browser, folder):
    with formgrader.serve(folder) as address:
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.address = address
        yield tab
        tab.close()


@pytest.fixture(scope="module")
def seen(page) -> formgrader.Seen:
    return formgrader.mark(page, page.address, 3)


def test_what_is_typed_into_the_page_is_in_the_gradebook(folder, seen):
    assert seen.listed == STUDENTS
    assert sorted(seen.given.values()) == [(float(i), f"Comment {i}: see the *rubric*.") for i in range(3)]
    held = formgrader.in_gradebook(folder)
    assert {notebook: held[notebook] for notebook in seen.given} == seen.given
    assert sum(value == (None, None) for value in held.values()) == STUDENTS - 3


def test_the_rubric_stands_right_below_each_answer(seen):
    assert len(seen.rubric_below) == 3
    assert all(0 < pixels < 200 for pixels in seen.rubric_below)


def test_a_comment_that_was_typed_is_there_when_the_page_is_opened_again(page, seen):
    page.goto(f"{page.address}/formgrader/submissions/{next(iter(seen.given))}/")
    page.wait_for_function("formgrader?.grades?.loaded && formgrader?.comments?.loaded")
    assert page.locator(f"#{WRITTEN}-comment").input_value() == "Comment 0: see the *rubric*."
    assert page.locator(f"input#{WRITTEN}").input_value() == "0"


def test_no_script_of_a_student_runs_in_the_page(page, seen):
    page.goto(f"{page.address}/formgrader/submissions/{next(iter(seen.given))}/")
    page.wait_for_load_state("networkidle")
    assert "two ones ask for" in page.content()
    assert page.title() == KEY
