"""What nbgrader calls: the same marking inside ``nbgrader autograde`` and the formgrader's button.

Named in ``nbgrader_config.py``::

    c.Autograde.autograde_preprocessors = [IsolatedExecute, ..., SaveVerdicts, ...]
"""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool, Unicode

from autograder import seed
from autograder.course import COURSE
from autograder.grader.marking import LOOK, Mark, Marker
from autograder.grader.sheet import Sheet, grade_id
from autograder.grader.submission import REPAIRS
from autograder.isolation import Unisolated

_open = ExitStack()
atexit.register(_open.close)
_markers: dict[tuple[Any, ...], Marker] = {}


class IsolatedExecute(NbGraderPreprocessor):
    """Runs a submission in two processes, in place of nbgrader's ``Execute``."""

    seed = Unicode("", help="Secret seed of the hidden inputs; else the environment's AUTOGRADER_SEED.").tag(
        config=True
    )
    weak_isolation = Bool(
        False,
        help="Run student code without a sandbox where bubblewrap does not work. Feedback pages then say so.",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Mark a notebook; its marks go on in ``resources["marks"]``."""
        secret = self.seed or seed.secret()
        if secret is None:
            self.log.warning("No secret seed is set: anyone can compute the hidden inputs (AUTOGRADER_SEED).")
        nb.metadata.pop(REPAIRS, None)  # only our own reading may say what it repaired
        marks = self._marker(resources["nbgrader"]["assignment"], secret).mark(nb).marks
        resources["marks"] = {mark.cell: mark for mark in marks}
        for mark in marks:
            if mark.verdict in LOOK:
                self.log.warning("%s needs a look: %s", mark.cell, mark.reason)
        return nb, resources

    def _marker(self, key: str, secret: str | None) -> Marker:
        """The marker of a unit; one is kept for all submissions of a run."""
        course = CourseDirectory(config=self.config)
        source = Path(course.format_path(course.source_directory, ".", key)) / f"{key}.ipynb"
        which = (source, secret, self.weak_isolation)
        if which not in _markers:
            sheet = Sheet.read(source, COURSE.unit(key), self.config)
            sandbox = Unisolated() if self.weak_isolation else None
            _markers[which] = _open.enter_context(Marker(COURSE, sheet, secret, sandbox))
        return _markers[which]


class SaveVerdicts(SaveAutoGrades):
    """Saves the marks as nbgrader does, and puts what needs a look on the formgrader's list."""

    def _add_score(self, cell: NotebookNode, resources: dict[str, Any]) -> None:
        super()._add_score(cell, resources)
        mark: Mark | None = resources.get("marks", {}).get(grade_id(cell))
        if mark is None or utils.determine_grade(cell)[0] != mark.score:
            raise RuntimeError(f"The mark of {grade_id(cell)} is not the one that was given.")
        if mark.verdict in LOOK:
            grade = self.gradebook.find_grade(
                mark.cell, self.notebook_id, self.assignment_id, self.student_id
            )
            grade.needs_manual_grade = True
            self.gradebook.db.commit()
