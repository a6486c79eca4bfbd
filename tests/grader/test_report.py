"""The report on a class: its figures are counted here a second time."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook

from autograder.course import COURSE
from autograder.grader import report
from autograder.grader.gradebook import sqlite_url
from autograder.verdict import Verdict
from tests.grader.reported import ANSWERS, CANARY, grade_class


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
            place = {Verdict.CORRECT: 0, Verdict.NOT_ATTEMPTED: 2}.get(mark.verdict, 1)
            counted.setdefault(mark.exercise, [0, 0, 0])[place] += 1
    rows = page.find("table").find("tbody").find_all("tr")
    shown = {r.th.get_text(): [int(td.get_text().split()[0]) for td in r.find_all("td")] for r in rows}
    assert shown == counted
    assert shown["weighted_sum"] == [1, 3, 1]
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
    assert "perceptron appears a second time: it was kept as an ordinary cell. 1: bob" in attempts
    assert "weighted_sum reached for what is withheld while it is graded. 1: gus" in attempts


def test_the_same_words_are_found_whatever_their_case_and_blanks(page):
    assert "xor_limit : ada, eve, gus." in section(page, "Written answers that are word for word the same")


def test_no_secret_and_no_script_is_in_it_and_it_is_the_same_each_time(results, text, page):
    assert CANARY not in text
    assert "hidden=True" not in text
    assert page.find("script") is None
    with Gradebook(sqlite_url(results.folder)) as book:
        assert report.report_page(results, book, COURSE) == text
