"""Totals from nbgrader's gradebook, as the tables that Canvas and Moodle import.

Canvas (its source, ``lib/gradebook_importer.rb``): the columns Student, ID, SIS User ID, SIS Login ID, Section, then
one for each assignment; a row *Points Possible*. Students are found by ID, assignments by their title; an unknown
title makes a new assignment.

Moodle (https://docs.moodle.org/en/Grade_import): any columns; the instructor says that *Email address* is to be mapped
to the user's address, and which column to which grade item. Its offline grading worksheet is another format: it
needs numbers and times that Moodle makes for each assignment.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry

from autograder.grader.roster import Roster, Student


@dataclass(frozen=True)
class Total:
    """What one student has in one unit.

    Attributes
    ----------
    student, unit : str
    points : float or None
        Marks by the grader and by people, less the penalty for lateness. None where there is no final total.
    why : str
        Why there is none.
    """

    student: str
    unit: str
    points: float | None
    why: str = ""


class Totals:
    """The totals of a class.

    Parameters
    ----------
    possible : dict of str to float
        The most that each unit gives, in order.
    totals : iterable of Total
        One for each student of the roster and each unit.
    strangers : iterable of str
        Students of the gradebook who are not on the roster.
    """

    def __init__(
        self, possible: dict[str, float], totals: Iterable[Total], strangers: Iterable[str] = ()
    ) -> None:
        self.possible = possible
        self.strangers = sorted(strangers)
        self._totals = {(total.student, total.unit): total for total in totals}

    @classmethod
    def read(cls, db_url: str, roster: Roster) -> Totals:
        """Read the totals of every unit in a gradebook, for every student of a roster."""
        with Gradebook(db_url) as book:
            units = sorted(book.assignments, key=lambda unit: unit.name)
            totals = [_total(book, unit, student) for unit in units for student in roster]
            possible = {unit.name: unit.max_score for unit in units}
            known = {student.id for student in roster}
            strangers = {student.id for student in book.students} - known
        return cls(possible, totals, strangers)

    @property
    def empty(self) -> list[Total]:
        """Those without a final total."""
        return [total for total in self._totals.values() if total.points is None]

    def row(self, student: Student) -> list[str]:
        """A student's cells, a unit each."""
        totals = (self._totals[student.id, unit] for unit in self.possible)
        return ["" if total.points is None else f"{round(total.points, 2):g}" for total in totals]


def _total(book: Gradebook, unit: Assignment, student: Student) -> Total:
    try:
        handed_in = book.find_submission(unit.name, student.id)
    except MissingEntry:
        return Total(student.id, unit.name, None, "nothing was handed in")
    waiting = [
        grade.cell.name
        for notebook in handed_in.notebooks
        for grade in notebook.grades
        if grade.needs_manual_grade or (grade.auto_score is None and grade.manual_score is None)
    ]
    if waiting:
        return Total(student.id, unit.name, None, f"not marked by a person yet: {', '.join(waiting)}")
    return Total(student.id, unit.name, max(0.0, handed_in.score - handed_in.late_submission_penalty))


def write_canvas(totals: Totals, roster: Roster, out: Path) -> None:
    """Write the table that Canvas imports (Grades → Import).

    Raises
    ------
    RosterError
        If a student has no number of Canvas'.
    """
    roster.require("lms_user_id", "Canvas")
    blank = ["", "", ""]
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *totals.possible]]
    rows.append(["Points Possible", "", *blank, *(f"{points:g}" for points in totals.possible.values())])
    for student in roster:
        name = f"{student.last_name}, {student.first_name}".strip(", ")
        rows.append([name, student.lms_user_id, *blank, *totals.row(student)])
    _write(rows, out)


def write_moodle(totals: Totals, roster: Roster, out: Path) -> None:
    """Write the table that Moodle imports (Grades → Import → CSV file).

    Raises
    ------
    RosterError
        If a student has no address.
    """
    roster.require("email", "Moodle")
    rows = [["First name", "Last name", "Email address", *totals.possible]]
    for student in roster:
        rows.append([student.first_name, student.last_name, student.email, *totals.row(student)])
    _write(rows, out)


def _write(rows: list[list[str]], out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
