"""What a batch leaves behind: marks, graded notebooks and tables, so that a later run goes on where one stopped."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from autograder.grader.marking import LOOK, Mark
from autograder.verdict import Verdict

COLUMNS = ("student", "unit", "exercise", "cell", "score", "max_score", "verdict", "misconception", "reason")


@dataclass(frozen=True)
class Submitted:
    """One submitted notebook: ``SUBMISSIONS/<student>/<unit>/<unit>.ipynb``."""

    student: str
    unit: str
    path: Path

    def handed_in(self) -> tuple[str | None, str]:
        """When it was handed in, where nbgrader's ``timestamp.txt`` says so; and what is to be said of that file."""
        file = self.path.parent / "timestamp.txt"
        if not file.is_file():
            return None, ""
        try:
            if file.is_symlink():
                raise ValueError("a link")
            text = file.read_text(encoding="utf-8").strip()
            parse_utc(text)
        except Exception:  # whatever stands there: nobody's mark hangs on it
            return None, "timestamp.txt holds no time that can be read: when it was handed in is not known."
        return text, ""

    def fingerprint(self) -> str:
        """A digest of all files that were handed in, with their names."""
        digest = hashlib.sha256()
        for file in sorted(self.path.parent.iterdir()):
            if file.is_symlink():
                content = os.readlink(file).encode(errors="surrogateescape")
            elif file.is_file():
                with file.open("rb") as stream:
                    content = hashlib.file_digest(stream, "sha256").digest()
            else:
                continue
            name = file.name.encode(errors="surrogateescape")
            digest.update(hashlib.sha256(name).digest() + hashlib.sha256(content).digest())
        return digest.hexdigest()


@dataclass(frozen=True)
class Graded:
    """The marks of one submission.

    Attributes
    ----------
    submitted : Submitted
        What was handed in.
    marks : tuple of Mark
        One for each graded cell, in the notebook's order.
    notes : tuple of str
        What was repaired, and what stood open, a sentence each.
    taken_over : bool
        Whether an earlier run gave these marks.
    """

    submitted: Submitted
    marks: tuple[Mark, ...]
    notes: tuple[str, ...] = ()
    taken_over: bool = False

    @property
    def needs_a_look(self) -> list[Mark]:
        """What a person should see."""
        return [mark for mark in self.marks if mark.verdict in LOOK]


class Results:
    """The folder that a batch writes to; laid out as nbgrader's course folder.

    ===================================================  =========================================================
    ``marks/<unit>/<student>.json``                      marks and notes, and a fingerprint of what they depend on
    ``autograded/<student>/<unit>/<unit>.ipynb``         the graded notebook
    ``grades.csv``, ``needs-a-look.csv``                 all marks, and those for a person
    ===================================================  =========================================================

    Nothing is removed here because it isn't handed in any more: a folder can be filled in portions.

    Parameters
    ----------
    folder : Path
        Need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def graded(self, unit: str | None = None) -> Iterator[Graded]:
        """All that was graded so far, of one unit or of all, in order of unit and student."""
        for key in [unit] if unit else sorted(path.name for path in self.folder.glob("marks/*")):
            for path in sorted(self.folder.glob(f"marks/{key}/*.json"), key=lambda path: path.stem):
                yield _graded(json.loads(path.read_text(encoding="utf-8")))

    def notebook(self, student: str, unit: str) -> Path:
        """Where the graded notebook is; there is none of a file that could not be read."""
        return self.folder / "autograded" / student / unit / f"{unit}.ipynb"

    def find(self, one: Submitted, fingerprint: str) -> Graded | None:
        """The marks of a submission, if they are whole and nothing that they depend on has changed."""
        try:
            found = json.loads(self._marks(one).read_text(encoding="utf-8"))
            whole = found["fingerprint"] == fingerprint and self.notebook(one.student, one.unit).is_file()
            return _graded(found) if whole else None
        except (OSError, ValueError, KeyError, TypeError):  # not there, or not ours: it is graded anew
            return None

    def save_notebook(self, one: Submitted, notebook: NotebookNode | None) -> None:
        """Save a graded notebook; None takes away that of an earlier submission."""
        target = self.notebook(one.student, one.unit)
        if notebook is None:
            target.unlink(missing_ok=True)
        else:
            _write(target, nbformat.writes(notebook))

    def save_marks(self, graded: Graded, fingerprint: str) -> None:
        """Save marks. With this a submission is done, so it comes after everything else that is kept of it."""
        one = graded.submitted
        record = {
            "student": one.student,
            "unit": one.unit,
            "path": str(one.path),
            "fingerprint": fingerprint,
            "marks": [asdict(mark) for mark in graded.marks],
            "notes": graded.notes,
        }
        _write(self._marks(one), json.dumps(record, ensure_ascii=True, indent=1))

    def write_tables(self) -> None:
        """Write ``grades.csv``, a row for each graded cell, and ``needs-a-look.csv``, the rows for a person."""
        for name, wanted in (("grades.csv", set(Verdict)), ("needs-a-look.csv", LOOK)):
            with (
                _replacing(self.folder / name) as scratch,
                scratch.open("w", newline="", encoding="utf-8") as file,
            ):
                table = csv.writer(file)
                table.writerow(COLUMNS)
                for graded in self.graded():
                    one = graded.submitted
                    table.writerows(
                        [one.student, one.unit, *(_cell(mark, column) for column in COLUMNS[2:])]
                        for mark in graded.marks
                        if mark.verdict in wanted
                    )

    def tidy(self) -> None:
        """Take away what a run that was killed left half-written."""
        for pattern in ("*.part", "marks/*/*.part", "autograded/*/*/*.part"):
            for scratch in self.folder.glob(pattern):
                scratch.unlink()

    def _marks(self, one: Submitted) -> Path:
        return self.folder / "marks" / one.unit / f"{one.student}.json"


def _graded(record: dict[str, Any]) -> Graded:
    marks = tuple(Mark(**{**mark, "verdict": Verdict(mark["verdict"])}) for mark in record["marks"])
    one = Submitted(record["student"], record["unit"], Path(record["path"]))
    return Graded(one, marks, tuple(record["notes"]), taken_over=True)


def _write(target: Path, text: str) -> None:
    with _replacing(target) as scratch:
        scratch.write_text(text, encoding="utf-8")


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place at the end, so that nobody ever sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f"{target.name}.part")
    yield scratch
    os.replace(scratch, target)


def _cell(mark: Mark, column: str) -> str:
    value = getattr(mark, column)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    # A reason can hold text of the student's; one that begins like a formula must not become one.
    text = " ".join(str(value).split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


assert [field.name for field in fields(Mark)] == [*COLUMNS[2:]], "the table's columns are a mark's fields"
