"""Feedback pages and the class report in Chromium: nothing is asked for, nothing runs, nothing sticks out on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course import COURSE
from autograder.grader import feedback, report
from autograder.grader.gradebook import sqlite_url
from tests.browser.test_site import faults
from tests.grader.conftest import UNIT, config, marker, released, sheet, submit  # noqa: F401 - fixtures
from tests.grader.reported import grade_class

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory, marker, config, submit) -> dict[str, Path]:  # noqa: F811
    results = grade_class(tmp_path_factory.mktemp("results"), marker, config, submit)
    with Gradebook(sqlite_url(results.folder)) as book:
        found = {path.parent.name: path for path in feedback.write(results, book, COURSE, config)}
        found["report"] = results.folder / "report.html"
        found["report"].write_text(report.report_page(results, book, COURSE))
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["fay", "gus", "report"])
def test_a_page_keeps_to_itself_and_to_the_width_of_a_phone(browser, pages, name, scheme):
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(pages[name].as_uri())
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [pages[name].as_uri()]
    assert said == []
    assert page.title() != "taken"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 25, 29)"}[scheme]
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["fay", "gus", "report"])
def test_axe_finds_no_grave_fault(browser, pages, name, scheme):
    pytest.importorskip("axe_playwright_python")
    page = browser.new_page(viewport={"width": 1000, "height": 800}, color_scheme=scheme)
    page.goto(pages[name].as_uri())
    found = faults(page)
    page.close()
    assert not found, "\n".join(found)


def test_nothing_of_a_printed_report_is_cut_off(browser, pages):
    page = browser.new_page(viewport={"width": 680, "height": 900})  # A4 without its margins
    page.emulate_media(media="print")
    page.goto(pages["report"].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 680
    bar = page.locator("td.bars span.right").first
    assert bar.bounding_box()["width"] > 10
    assert bar.evaluate("node => getComputedStyle(node).printColorAdjust") == "exact"
    page.close()
