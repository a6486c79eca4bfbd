"""One gradebook for a batch, through nbgrader's own tables."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from sqlalchemy import select, text
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograder.grader.marking import LOOK, Mark
from autograder.grader.sheet import Sheet
from autograder.verdict import Verdict


class Ledger:
    """Writes marks into nbgrader's gradebook; the only one who does so in a batch.

    Parameters
    ----------
    db_url : str
        Where the gradebook is, as nbgrader's ``db_url`` has it.
    """

    def __init__(self, db_url: str) -> None:
        self.db_url = db_url
        # A new gradebook asks alembic for its version, by name.
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        self._book = Gradebook(db_url)
        if self._book.engine.dialect.name == "sqlite":
            # A write-ahead log needs no disk flush for each submission and survives a killed process.
            self._book.db.execute(text("PRAGMA journal_mode=WAL"))
            self._book.db.execute(text("PRAGMA synchronous=NORMAL"))

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *error: object) -> None:
        self._book.close()

    def open_unit(self, sheet: Sheet, config: Config) -> None:
        """Make sure that the gradebook knows a unit's notebook and cells."""
        key = sheet.unit.key
        self._book.update_or_create_assignment(key)
        about = {"nbgrader": {"notebook": key, "assignment": key, "db_url": self.db_url}}
        SaveCells(config=config).preprocess(sheet.notebook, about)
        self._book.db.expire_all()
        self._late = AssignLatePenalties(config=config)
        self._late.init_plugin()

    def students(self, unit: str) -> set[str]:
        """Those of whom the gradebook has a submission of a unit."""
        query = select(SubmittedAssignment.student_id).join(Assignment).where(Assignment.name == unit)
        return set(self._book.db.scalars(query))

    def record(self, unit: str, student: str, marks: Iterable[Mark], timestamp: str | None = None) -> None:
        """Save the marks of one submission; what a person gave or wrote stays.

        Parameters
        ----------
        unit, student : str
            The assignment and the student.
        marks : iterable of Mark
        timestamp : str, optional
            When it was handed in.
        """
        self._book.update_or_create_student(student)
        when = {} if timestamp is None else {"timestamp": timestamp}
        with warnings.catch_warnings():
            # nbgrader lets SQLAlchemy look at a submission that is not in its session yet.
            warnings.simplefilter("ignore", SAWarning)
            submission = self._book.update_or_create_submission(unit, student, **when)
        notebook = submission.notebooks[0]
        by_cell = {mark.cell: mark for mark in marks}
        for grade in notebook.grades:
            mark = by_cell[grade.cell.name]
            grade.auto_score = mark.score
            by_hand = grade.manual_score is not None or mark.score is None
            grade.needs_manual_grade = by_hand or mark.verdict in LOOK
        for comment in notebook.comments:
            untouched = by_cell.get(comment.cell.name)
            silent = untouched is not None and untouched.verdict is Verdict.NOT_ATTEMPTED
            comment.auto_comment = "No response." if silent else None
        # As nbgrader's step does it, but in the same transaction as the marks.
        notebook.late_submission_penalty = None
        self._book.db.flush()
        self._book.db.refresh(notebook)
        if (late := submission.total_seconds_late) > 0:
            penalty = self._late.plugin_inst.late_submission_penalty(student, notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = min(max(0, penalty), notebook.score)
        self._book.db.commit()


def gradebook_url(config: Config, folder: Path) -> str:
    """Where the gradebook of a batch is: nbgrader's ``CourseDirectory.db_url`` if it is set, else in the folder."""
    return config.CourseDirectory.get("db_url") or sqlite_url(folder)


def sqlite_url(folder: Path) -> str:
    """The ``db_url`` of the gradebook in a folder."""
    return f"sqlite:///{folder.resolve() / 'gradebook.db'}"
