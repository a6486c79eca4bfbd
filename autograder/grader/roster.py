"""The class list: who there is, and by which names a learning management system knows them."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path


class RosterError(ValueError):
    """A class list that can't be used as it is. The message names the lines."""


class UnknownStudent(LookupError):
    """A name that belongs to nobody on the list, or to several. The message says which."""


@dataclass(frozen=True)
class Student:
    """One line of the list: nbgrader's columns, as ``nbgrader db student import`` takes them.

    Attributes
    ----------
    id : str
        Name of the student's folder in ``submitted``.
    first_name, last_name, email : str
        As the learning management system writes them. Moodle's import finds students by the address.
    lms_user_id : str
        Canvas' number for the student: column ``ID`` of the table that its gradebook exports.
    """

    id: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str


COLUMNS = tuple(field.name for field in fields(Student))


class Roster:
    """A class list.

    Parameters
    ----------
    lines : dict of int to Student
        The students, by their line in the file.

    Raises
    ------
    RosterError
        If an id is no name for a folder, or if two students share an id, an address or a number.

    Examples
    --------
    >>> roster = Roster({2: Student("ada", "Ada", "Lovelace", "ada@example.org", "4711")})
    >>> roster.find("lovelace  ada").id
    'ada'
    """

    def __init__(self, lines: dict[int, Student]) -> None:
        self._lines = lines
        for line, student in lines.items():
            if not _is_folder_name(student.id):
                raise RosterError(f"Line {line}: the id {student.id!r} can't be the name of a folder.")
        for column in ("id", "email", "lms_user_id"):
            seen: dict[str, int] = {}
            for line, student in lines.items():
                value = getattr(student, column).casefold()
                if value and value in seen:
                    raise RosterError(f"Lines {seen[value]} and {line} have the same {column}: {value}.")
                seen[value] = line

    @classmethod
    def read(cls, path: Path) -> Roster:
        """Read a list from a CSV file with the columns of ``Student``; others are passed over.

        Raises
        ------
        RosterError
            If the file is not such a table.
        """
        try:
            with path.open(newline="", encoding="utf-8-sig") as file:
                table = csv.DictReader(file)
                missing = [column for column in COLUMNS if column not in (table.fieldnames or ())]
                if missing:
                    raise RosterError(
                        f"{path} has no column {', '.join(missing)}. Its first line should name "
                        f"{','.join(COLUMNS)}, with commas between."
                    )
                lines = {}
                for row in table:
                    values = {column: (row[column] or "").strip() for column in COLUMNS}
                    lines[table.line_num] = Student(**values)
        except (UnicodeDecodeError, csv.Error) as error:
            raise RosterError(f"{path} is not a CSV file in UTF-8: {error}") from error
        if not lines:
            raise RosterError(f"{path} lists nobody.")
        return cls(lines)

    def __iter__(self) -> Iterator[Student]:
        return iter(self._lines.values())

    def require(self, column: str, use: str) -> None:
        """Make sure that every student has a value in a column.

        Raises
        ------
        RosterError
            If one has none; the message names the lines and says what needs the column.
        """
        empty = [line for line, student in self._lines.items() if not getattr(student, column)]
        if empty:
            where = ", ".join(map(str, empty))
            raise RosterError(f"{use} needs {column} of every student; it is empty in line {where}.")

    def with_lms_id(self, number: str) -> Student:
        """The student whom the learning management system knows by this number.

        Raises
        ------
        UnknownStudent
            If there is none.
        """
        return self._only([one for one in self if number and one.lms_user_id == number], number)

    def find(self, name: str) -> Student:
        """The student with this id, else with this address, else with this full name, in either order.

        Raises
        ------
        UnknownStudent
            If there is none, or more than one.
        """
        wanted = _plain(name)
        by_id = [one for one in self if one.id == name]
        by_address = [one for one in self if one.email and _plain(one.email) == wanted]
        by_name = [one for one in self if wanted in _full_names(one)]
        return self._only(by_id or by_address or by_name, name)

    @staticmethod
    def _only(found: list[Student], name: str) -> Student:
        if not found:
            raise UnknownStudent(f"Nobody on the roster is {name}.")
        if len(found) > 1:
            raise UnknownStudent(f"{name} may be any of {', '.join(one.id for one in found)}.")
        return found[0]


def _is_folder_name(text: str) -> bool:
    """Whether a folder of this name lies where it is made, and is visible there."""
    return (
        bool(text) and not text.startswith(".") and text.isprintable() and not set(text) & set('/\\:*?"<>|')
    )


def _plain(text: str) -> str:
    """A name as it is compared: one way to write each letter, small, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("_", " ").split())


def _full_names(student: Student) -> set[str]:
    first, last = _plain(student.first_name), _plain(student.last_name)
    return (
        {f"{first} {last}", f"{last} {first}", f"{last}, {first}"}
        if first and last
        else {first or last} - {""}
    )
