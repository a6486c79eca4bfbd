"""A submitted file: which file of a folder it is, and the notebook that it holds, however it was saved."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.isolation import scrub

LARGEST = 200_000_000  # bytes of a file; most of a large one are outputs, which are not graded
LARGEST_WITHOUT_OUTPUTS = 20_000_000  # characters; a notebook of this course has less than a hundredth

REPAIRS = "repairs"
"""Where a notebook's metadata holds what was repaired while it was read, a sentence each."""

OTHERS = "The folder holds other notebooks too, which were not looked at"
"""How the sentence on other notebooks in the folder begins."""

KEPT = ("id", "cell_type", "source", "metadata", "attachments")  # of a cell; outputs are not graded

KINDS = {
    "code": nbformat.v4.new_code_cell,
    "markdown": nbformat.v4.new_markdown_cell,
    "raw": nbformat.v4.new_raw_cell,
}

# How files begin that people hand in for a notebook.
OTHER_FILES = {
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a rar archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


class BrokenSubmission(Exception):
    """A file that can't be read as a notebook. The message says why, for the person who has to look."""


def read(path: Path) -> NotebookNode:
    """Read a submitted notebook, without its outputs.

    Where no file has the name, the only notebook of the folder is taken. What was repaired stands in the notebook's
    metadata under `REPAIRS`.

    Raises
    ------
    BrokenSubmission
        If there is no notebook that can be graded, or more than one.
    """
    repairs: list[str] = []
    try:
        file = _choose(path, repairs)
        raw = _parse(_decode(_bytes(file), repairs), repairs)
        notebook = _notebook(raw, repairs)
    except BrokenSubmission:
        raise
    except Exception as error:  # whatever is wrong with the file, one student's file stops nobody else's mark
        reason = f"{type(error).__name__}: {error}".encode("utf-8", "replace").decode()
        raise BrokenSubmission(f"The file is not a notebook: {reason}"[:300]) from error
    notebook.metadata[REPAIRS] = repairs
    return notebook


def _choose(path: Path, repairs: list[str]) -> Path:
    """The file that has the name, or else the only notebook beside it."""
    beside = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    notebooks = [file for file in beside if file.suffix.lower() == ".ipynb" and file != path]
    renamed = [file for file in beside if ".ipynb." in file.name.lower() or file.suffix.lower() == ".json"]
    names = ", ".join(file.name for file in notebooks or renamed)
    if path.exists() or path.is_symlink():
        if notebooks:
            repairs.append(f"{OTHERS}: {names}.")
        return path
    if len(notebooks or renamed) > 1:
        raise BrokenSubmission(
            f"The folder holds several notebooks, and none is called {path.name}: {names}. Which one counts?"
        )
    if not (notebooks or renamed):
        others = ", ".join(file.name for file in beside if file.name != "timestamp.txt")
        raise BrokenSubmission(
            f"There is no notebook in the folder{f', only {others}' if others else ''}."[:300]
        )
    repairs.append(f"The file was called {names} instead of {path.name}.")
    return (notebooks or renamed)[0]


def _bytes(file: Path) -> bytes:
    """The bytes of a regular file."""
    if file.is_symlink():
        raise BrokenSubmission("The file is a link, not a notebook.")
    if not file.is_file():
        raise BrokenSubmission(f"{file.name} is no file that can be read, so it is not a notebook.")
    size = file.stat().st_size
    if size > LARGEST:
        raise BrokenSubmission(f"The file has {size:,} bytes, more than {LARGEST:,}.")
    return file.read_bytes()


def _decode(data: bytes, repairs: list[str]) -> str:
    """The text of a file, in whatever encoding it was saved."""
    if not data.strip(b"\x00 \t\r\n"):
        raise BrokenSubmission("The file is empty, so it is not a notebook.")
    for start, what in OTHER_FILES.items():
        if data.startswith(start):
            raise BrokenSubmission(f"The file is {what}, not a notebook.")
    encoding: str = json.detect_encoding(data)
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise
        encoding = "cp1252"
        text = data.decode(encoding, "replace")
    if not encoding.startswith("utf-8"):
        repairs.append(f"The file was saved as {encoding} instead of UTF-8.")
    return text.lstrip("\ufeff \t\r\n")


def _parse(text: str, repairs: list[str]) -> Any:
    """The JSON value of a text; what follows a whole one is dropped, unless it holds cells too."""
    if re.search(r"^<{7} .*^={7}$.*^>{7} ", text, re.MULTILINE | re.DOTALL):
        raise BrokenSubmission(
            "The file is not a notebook: git has left two versions in it, between lines of <<<<<<< and >>>>>>>."
        )
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(text)
    except json.JSONDecodeError as error:
        raise BrokenSubmission(f"The file is not a notebook: {_what_else(text, error)}") from error
    rest = text[end:].strip("\x00\ufeff \t\r\n")
    if "cell_type" in rest:
        raise BrokenSubmission(
            "Behind the notebook's end the file goes on with other cells. Which ones count?"
        )
    if rest:
        repairs.append(f"Behind the notebook's end stood {len(rest):,} characters: they were dropped.")
    return value


def _what_else(text: str, error: json.JSONDecodeError) -> str:
    """What a text that is no JSON is."""
    if text.startswith("<"):
        return "it is a web page or other markup."
    if not text.startswith("{"):
        script = re.search(r"^(# %%|# In\[|#!.*python|import |from |def )", text, re.MULTILINE)
        return "it is a Python script." if script else "it is no JSON."
    if error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated string"):
        return "its end is missing."
    return f"its JSON is damaged in line {error.lineno}: {error.msg}."


def _notebook(raw: Any, repairs: list[str]) -> NotebookNode:
    """The notebook that a JSON value describes, in the version of its format that the grader works with."""
    raw = raw if isinstance(raw, dict) else {}
    declared = raw.get("nbformat")
    if isinstance(raw.get("worksheets"), list) and "cells" not in raw:
        cells = [cell for sheet in raw["worksheets"] for cell in sheet["cells"]]
        for cell in cells:
            cell["outputs"] = []
        raw = nbformat.convert(nbformat.from_dict({**raw, "nbformat": 2 if declared == 2 else 3}), 4)
    if not isinstance(raw.get("cells"), list):
        raise BrokenSubmission("The file is not a notebook: it holds no cells.")
    if declared != 4:
        repairs.append(
            f"The file's format is {str(declared)[:20]} instead of 4: it was read as well as it can be."
        )
    metadata = raw["metadata"] if isinstance(raw.get("metadata"), dict) else {}
    metadata = {key: value for key, value in metadata.items() if key != "widgets"}
    cells = [
        {key: cell[key] for key in KEPT if key in cell} for cell in raw["cells"] if isinstance(cell, dict)
    ]
    clean = scrub(cells)
    lost = clean != cells
    ids: set[str] = set()
    for i, cell in enumerate(clean):
        # Formats before 4.5 know no ids, and copied cells bring theirs along.
        known = cell.get("id", "")
        if type(known) is not str or not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", known) or known in ids:
            cell["id"] = f"cell-{i}"
        ids.add(cell["id"])
    notebook = nbformat.v4.new_notebook(metadata=scrub(metadata), cells=[_cell(cell) for cell in clean])
    if len(cells) < len(raw["cells"]):
        repairs.append("Entries that are no cells were dropped.")
    if lost:
        repairs.append("Characters that do not exist were replaced.")
    if len(str(notebook)) > LARGEST_WITHOUT_OUTPUTS:
        raise BrokenSubmission("Even without outputs the notebook is far larger than one of this course.")
    return notebook


def _cell(raw: dict[str, Any]) -> NotebookNode:
    """A cell without outputs. One of no known kind becomes a raw one, which is still searched for answers."""
    source = raw.get("source")
    lines = source if isinstance(source, list) else [source or ""]
    if not all(isinstance(line, str) for line in lines):
        raise BrokenSubmission("The file is not a notebook: a cell's text is no text.")
    metadata = raw["metadata"] if isinstance(raw.get("metadata"), dict) else {}
    metadata = {k: v for k, v in metadata.items() if k != "nbgrader" or isinstance(v, dict)}
    kind = raw.get("cell_type")
    make = KINDS.get(kind if isinstance(kind, str) else "", nbformat.v4.new_raw_cell)
    cell = make(source="".join(lines).replace("\r\n", "\n"), metadata=metadata)
    if cell.cell_type != "code" and isinstance(raw.get("attachments"), dict):
        cell.attachments = nbformat.from_dict(raw["attachments"])
    cell.id = raw["id"]
    return cell
