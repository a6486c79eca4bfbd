"""Collecting: from what a learning management system gives, or from a folder, into ``submitted``.

``nbgrader zip_collect`` does not serve here: it unpacks archives, those inside archives too, without a limit; it
can't look an id up in a class list; it stops at a second file of one student; and it keeps a wrong file name. Here
nothing is unpacked to disk: only the chosen notebook is written, under a name that this module makes.

Names of files, as the systems make them:

- Canvas: ``lovelaceada_LATE_4711_98765_01-neuron-2.ipynb``: name, perhaps LATE, the student's number, the file's
  number, the file's name, with -1, -2, ... from the second upload on.
- Moodle: ``Ada Lovelace_12345_assignsubmission_file_/01-neuron.ipynb``, or without the folder. The number is one of
  this assignment alone, so students are found by name.
- a folder: a folder or a file for each student, named by id, address or full name.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.grader.roster import Roster, Student, UnknownStudent
from autograder.grader.submission import LARGEST

RATIO = 200  # a notebook packs to a tenth; no text of a person's packs to a two-hundredth
TOTAL = 2_000_000_000  # bytes in one source, unpacked
TIMESTAMP = "timestamp.txt"
CANVAS = re.compile(r"^.*?_(?P<late>LATE_)?(?P<number>\d+)_(?P<file>\d+)_(?P<rest>.+)$", re.DOTALL)
MOODLE = re.compile(r"^(?P<name>.+?)_\d+_assignsubmission_file_?(?P<rest>.*)$", re.DOTALL)
RESUBMITTED = re.compile(r"-(?P<time>\d+)$")


class CollectError(ValueError):
    """A source that can't be collected from at all. The message says why."""


@dataclass(frozen=True)
class Row:
    """What became of one file of the source.

    Attributes
    ----------
    file, student : str
        The file's name in the source; the student's id, if known.
    outcome : str
        ``collected``, ``for a person`` (kept for the *needs a look* list), or ``left``.
    reason : str
        Why, where that is not plain.
    """

    file: str
    student: str
    outcome: str
    reason: str = ""


@dataclass
class _File:
    """A file of a student's that was read."""

    source: str
    name: str
    data: bytes
    number: int = 0
    note: str = ""


@dataclass
class _Inbox:
    """Everything that one student handed in."""

    notebooks: list[_File] = field(default_factory=list)
    timestamp: bytes | None = None


class _Unreadable(Exception):
    """A member that is not read. The message is the reason."""


def collect(source: Path, unit: str, exercises: Collection[str], roster: Roster, into: Path) -> list[Row]:
    """Put each student's notebook at ``into/<student>/<unit>/<unit>.ipynb``.

    A notebook of another name is taken where it is the only one that has exercises of the unit. Where there is not one
    right choice, all are kept under their own names: the grader puts a folder without ``<unit>.ipynb`` on its *needs a
    look* list.

    Parameters
    ----------
    source : Path
        A zip file or a folder.
    unit : str
        The unit, as ``01-neuron``.
    exercises : collection of str
        Functions that the unit asks for.
    roster : Roster
    into : Path
        The folder ``submitted``.

    Returns
    -------
    list of Row
        A row for each file of the source; the same stands in ``<into>-<unit>.csv`` beside the folder.

    Raises
    ------
    CollectError
        If the source is no zip file or folder.
    """
    rows: list[Row] = []
    inboxes: dict[str, _Inbox] = {}
    for name, content in _contents(source):
        try:
            student, (number, file), late = _owner(name, roster)
            path = PurePosixPath(file)
            data = _data(content)
            if path.name == TIMESTAMP:
                inboxes.setdefault(student.id, _Inbox()).timestamp = data
            elif path.suffix.lower() != ".ipynb":
                rows.append(Row(name, student.id, "left", "It is not a notebook."))
            else:
                found = _File(name, path.name, data, number, late)
                inboxes.setdefault(student.id, _Inbox()).notebooks.append(found)
        except (UnknownStudent, _Unreadable) as error:
            rows.append(Row(name, "", "left", str(error)))
    for student_id, inbox in sorted(inboxes.items()):
        rows += _deliver(student_id, inbox, unit, exercises, into)
    _write_table(rows, into.with_name(f"{into.name}-{unit}.csv"))
    return rows


def _contents(source: Path) -> Iterator[tuple[str, Any]]:
    """The files of a source by name, each with what reads it: bytes, or the reason why it isn't read."""
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            name = path.relative_to(source).as_posix()
            if path.is_symlink():
                yield name, "It is a link, not a file."
            elif path.is_file():
                yield (
                    name,
                    path.read_bytes() if path.stat().st_size <= LARGEST else _too_large(path.stat().st_size),
                )
        return
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(member.file_size for member in archive.infolist()) > TOTAL:
                raise CollectError(f"{source} holds more than {TOTAL:,} bytes: nothing was unpacked.")
            for member in archive.infolist():
                if not member.is_dir():
                    yield member.filename, _member(archive, member)
    except (zipfile.BadZipFile, OSError) as error:
        raise CollectError(f"{source} is no folder and no zip file that can be read: {error}") from error


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | str:
    """A member's bytes, or the reason why it isn't read."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "Its name leads out of the archive."
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return "It is a link, not a file."
    if path.suffix.lower() == ".zip":
        return "It is an archive inside the archive, which is not opened: unpack it by hand."
    if member.file_size > LARGEST:
        return _too_large(member.file_size)
    if member.file_size > RATIO * max(member.compress_size, 1000):
        return f"It unpacks to more than {RATIO} times its size."
    try:
        # The size in the directory is a claim: read no further than it, whatever the stream holds.
        with archive.open(member) as stream:
            return stream.read(member.file_size)
    except Exception as error:  # encrypted, damaged, unknown method: one member stops no other
        return f"It can't be unpacked: {type(error).__name__}: {error}"[:200]


def _too_large(size: int) -> str:
    return f"It has {size:,} bytes, more than {LARGEST:,}."


def _data(content: bytes | str) -> bytes:
    if isinstance(content, str):
        raise _Unreadable(content)
    return content


def _owner(name: str, roster: Roster) -> tuple[Student, tuple[int, str], str]:
    """Whose file it is, its number and name as handed in, and a note on lateness."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if parts[0] == "__MACOSX" or parts[-1].startswith(".") or ".ipynb_checkpoints" in parts:
        raise _Unreadable("A program made it, not a student.")
    *folders, file = parts
    # From the left: what a student chose to call a file must not name another student.
    for folder in folders:
        moodle = MOODLE.match(folder)
        try:
            return roster.find(moodle["name"] if moodle else folder), (0, file), ""
        except UnknownStudent:
            if moodle:
                raise
    moodle, canvas = MOODLE.match(file), CANVAS.match(file)
    if moodle and not CANVAS.match(f"{moodle['name']}_"):
        return roster.find(moodle["name"]), (0, moodle["rest"]), ""
    if canvas:
        note = "Canvas says that it was late, not when it came." if canvas["late"] else ""
        return roster.with_lms_id(canvas["number"]), (int(canvas["file"]), canvas["rest"]), note
    return roster.find(PurePosixPath(file).stem), (0, file), ""


def _deliver(student: str, inbox: _Inbox, unit: str, exercises: Collection[str], into: Path) -> Iterator[Row]:
    """Write what one student handed in, and say what became of each file."""
    folder = into / student / unit
    latest = _latest(inbox.notebooks)
    fitting = [one for one in latest if _fits(one.data, exercises)]
    named = [one for one in fitting if _stem(one) == unit]
    chosen = fitting[0] if len(fitting) == 1 else named[0] if len(named) == 1 else None
    if chosen is None and fitting and len({one.data for one in fitting}) == 1:
        chosen = fitting[0]
    for one in inbox.notebooks:
        if one is chosen:
            notes = [one.note]
            if _stem(one) != unit:
                notes.append(f"It was called {one.name}.")
            notes.append(_write(folder, f"{unit}.ipynb", one.data))
            yield Row(one.source, student, "collected", " ".join(filter(None, notes)))
        elif one not in latest:
            yield Row(one.source, student, "left", "Another upload of the same file was taken.")
        elif chosen is not None:
            yield Row(one.source, student, "left", f"{chosen.source} was taken as this student's {unit}.")
        else:
            reason = "Several notebooks could be the unit's." if fitting else f"It has no exercise of {unit}."
            _write(folder, _spare_name(one, inbox.notebooks), one.data)
            yield Row(one.source, student, "for a person", reason)
    if inbox.timestamp is not None and inbox.notebooks:
        _write(folder, TIMESTAMP, inbox.timestamp)


def _latest(notebooks: list[_File]) -> list[_File]:
    """Of Canvas' uploads of one file, the one with the highest number; every other file as it is."""
    newest: dict[object, _File] = {}
    for one in notebooks:
        key = _stem(one) if one.number else one.source
        if key not in newest or one.number > newest[key].number:
            newest[key] = one
    return list(newest.values())


def _stem(one: _File) -> str:
    """A file's name without its ending, and without what Canvas adds to a second upload."""
    stem = PurePosixPath(one.name).stem
    return RESUBMITTED.sub("", stem) if one.number else stem


def _spare_name(one: _File, others: list[_File]) -> str:
    """A name for a file that waits for a person: its own, made harmless, and never the unit's."""
    place = next(i for i, other in enumerate(others) if other is one)
    harmless = re.sub(r"[^\w. ()-]", "_", one.name)[-60:]
    return f"{place + 1}-{harmless}"


def _fits(data: bytes, exercises: Collection[str]) -> bool:
    """Whether a notebook has an exercise of the unit. One that can't be read may: the grader says what is wrong."""
    try:
        cells = json.loads(data)["cells"]
        ids = {cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") for cell in cells}
        text = "\n".join("".join(cell["source"]) for cell in cells)
    except Exception:  # whatever is wrong with the file
        return True
    defined = set(re.findall(r"^def (\w+)", text, re.MULTILINE))
    return not (ids | defined).isdisjoint(exercises)


def _write(folder: Path, name: str, data: bytes) -> str:
    """Write a file whole or not at all; a word where another one stood there."""
    target = folder / name
    if folder.is_symlink() or folder.parent.is_symlink():
        raise CollectError(f"{folder} is a link: nothing is written through it.")
    folder.mkdir(parents=True, exist_ok=True)
    before = target.read_bytes() if target.is_file() else None
    if before == data:
        return ""
    scratch = folder / f"{name}.part"
    scratch.write_bytes(data)
    os.replace(scratch, target)
    return "" if before is None else "It replaced one that was collected earlier."


def _write_table(rows: list[Row], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(["file", "student", "outcome", "reason"])
    # Names of files are strangers' text: one that begins like a formula must not become one.
    safe = [
        [
            f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell
            for cell in (row.file, row.student, row.outcome, row.reason)
        ]
        for row in rows
    ]
    table.writerows(safe)
    path.write_text(text.getvalue(), encoding="utf-8", errors="backslashreplace", newline="")
