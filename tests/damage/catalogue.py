"""Damages: to a notebook before it is saved, to the bytes of its file, and to its folder."""

from __future__ import annotations

import ast
import base64
import copy
import json
import warnings
from collections.abc import Callable
from pathlib import Path
from random import Random

import nbformat
from nbformat import NotebookNode

from autograder.grader.sheet import grade_id


def _known(notebook: NotebookNode, locked: bool | None = None) -> list[NotebookNode]:
    cells = [cell for cell in notebook.cells if grade_id(cell)]
    return [cell for cell in cells if locked is None or cell.metadata.nbgrader.locked is locked]


def _answers(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in _known(notebook, locked=False) if cell.cell_type == "code"]


def _check(notebook: NotebookNode, answer: NotebookNode) -> NotebookNode | None:
    name = f"test_{grade_id(answer)}"
    return next((cell for cell in _known(notebook, locked=True) if grade_id(cell) == name), None)


def _at(notebook: NotebookNode, cell: NotebookNode) -> int:
    return next(i for i, one in enumerate(notebook.cells) if one is cell)


def _stub(name: str) -> str:
    return f"def {name}(*a):\n    raise NotImplementedError"


def strip_nbgrader(notebook: NotebookNode, rng: Random) -> None:
    """All of nbgrader's metadata is gone."""
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({})


def strip_one(notebook: NotebookNode, rng: Random) -> None:
    """One cell lost its metadata."""
    if cells := _known(notebook):
        del rng.choice(cells).metadata["nbgrader"]


def new_ids(notebook: NotebookNode, rng: Random) -> None:
    """Every cell has the same id."""
    for cell in notebook.cells:
        cell.id = "same"


def delete_locked(notebook: NotebookNode, rng: Random) -> None:
    """A locked cell was deleted."""
    if cells := [cell for cell in _known(notebook, locked=True) if "def " not in cell.source]:
        del notebook.cells[_at(notebook, rng.choice(cells))]


def edit_test(notebook: NotebookNode, rng: Random) -> None:
    """A check was emptied."""
    checks = [cell for cell in _known(notebook, locked=True) if grade_id(cell).startswith("test_")]
    if checks := [
        cell for cell in checks if "def " not in cell.source
    ]:  # one that an answer was merged into stays
        rng.choice(checks).source = "pass"


def edit_setup(notebook: NotebookNode, rng: Random) -> None:
    """The first cell got an import more."""
    for cell in _known(notebook, locked=True)[:1]:
        cell.source += "\nimport math"


def copy_cell(notebook: NotebookNode, rng: Random) -> None:
    """A cell was copied below itself."""
    if cells := _known(notebook):
        cell = rng.choice(cells)
        notebook.cells.insert(_at(notebook, cell) + 1, copy.deepcopy(cell))


def retype(notebook: NotebookNode, rng: Random) -> None:
    """A code cell was turned into text."""
    if cells := [cell for cell in _known(notebook) if cell.cell_type == "code"]:
        cell = rng.choice(cells)
        cell.cell_type = rng.choice(["markdown", "raw"])
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)


def answer_below(notebook: NotebookNode, rng: Random) -> None:
    """An answer was written into a new cell, below the empty one."""
    if cells := _answers(notebook):
        cell = rng.choice(cells)
        notebook.cells.insert(_at(notebook, cell) + 1, nbformat.v4.new_code_cell(cell.source))
        cell.source = _stub(grade_id(cell))


def copy_of_stub(notebook: NotebookNode, rng: Random) -> None:
    """The empty cell stands there a second time, above or below its answer."""
    if cells := _answers(notebook):
        cell = rng.choice(cells)
        empty = copy.deepcopy(cell)
        empty.source = _stub(grade_id(cell))
        notebook.cells.insert(_at(notebook, cell) + rng.randrange(2), empty)


def merge_answers(notebook: NotebookNode, rng: Random) -> None:
    """Two answers stand in the cell of one of them; the other cell is empty or gone."""
    cells = _answers(notebook)
    if len(cells) > 1:
        two = sorted(rng.sample(range(len(cells)), 2))
        first, second = (cells[i] for i in two)
        keep, leave = rng.sample([first, second], 2)
        keep.source = f"{first.source}\n\n{second.source}"
        if rng.random() < 0.5:
            leave.source = _stub(grade_id(leave))
        else:
            del notebook.cells[_at(notebook, leave)]


def merge_all_answers(notebook: NotebookNode, rng: Random) -> None:
    """All answers stand in one new cell, behind the first cell or at the end."""
    cells = _answers(notebook)
    if cells:
        whole = nbformat.v4.new_code_cell("\n\n".join(cell.source for cell in cells))
        for cell in cells:
            cell.source = _stub(grade_id(cell))
        setup = _known(notebook, locked=True)[:1]
        top = bool(setup) and rng.random() < 0.5
        notebook.cells.insert(_at(notebook, setup[0]) + 1 if top else len(notebook.cells), whole)


def merge_check(notebook: NotebookNode, rng: Random) -> None:
    """An answer and its check were merged, in the cell of one of them."""
    if cells := [cell for cell in _answers(notebook) if _check(notebook, cell)]:
        answer = rng.choice(cells)
        check = _check(notebook, answer)
        assert check is not None
        keep, leave = rng.sample([answer, check], 2)
        keep.source = f"{answer.source}\n\n{check.source}"
        del notebook.cells[_at(notebook, leave)]


def split_between(notebook: NotebookNode, rng: Random) -> None:
    """A cell with imports or helpers was split above its function."""
    cells = [cell for cell in _answers(notebook) if len(_statements(cell.source)) > 1]
    if cells:
        cell = rng.choice(cells)
        _split(notebook, cell, cell.source.splitlines(), _statements(cell.source)[-1].lineno - 1, rng)


def split_within(notebook: NotebookNode, rng: Random) -> None:
    """A cell was split in the middle of its function, mostly between two lines."""
    written = [cell for cell in _answers(notebook) if "NotImplementedError" not in cell.source]
    cells = [cell for cell in written if _statements(cell.source)]
    if cells:
        cell = rng.choice(cells)
        function = _statements(cell.source)[-1]
        lines = cell.source.splitlines()
        inside = range(function.lineno, function.end_lineno or function.lineno)
        if not inside:
            return
        at = rng.choice(inside)
        words = lines[at].rstrip().split(" ")
        places = [i for i in range(1, len(words)) if words[i - 1].strip()]
        if places and rng.random() < 0.2:
            cut = rng.choice(places)
            lines[at : at + 1] = [" ".join(words[:cut]), " " + " ".join(words[cut:])]
            at += 1
        _split(notebook, cell, lines, at, rng)


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []


def _split(notebook: NotebookNode, cell: NotebookNode, lines: list[str], at: int, rng: Random) -> None:
    """Cut a cell's lines in two, as JupyterLab does; its metadata stays in both halves or in one."""
    lower = copy.deepcopy(cell)
    cell.source, lower.source = "\n".join(lines[:at]).rstrip("\n"), "\n".join(lines[at:]).lstrip("\n")
    notebook.cells.insert(_at(notebook, cell) + 1, lower)
    if rng.random() < 0.6:
        rng.choice([cell, lower]).metadata.pop("nbgrader")


def reorder_exercises(notebook: NotebookNode, rng: Random) -> None:
    """Two exercises have changed places, each with its check or without it."""
    cells = _answers(notebook)
    if len(cells) > 1:
        one, two = rng.sample(cells, 2)
        pairs: list[tuple[NotebookNode | None, ...]] = [
            (one, two),
            (_check(notebook, one), _check(notebook, two)),
        ]
        for a, b in pairs[: rng.choice([1, 2])]:
            if a is not None and b is not None:
                i, j = _at(notebook, a), _at(notebook, b)
                notebook.cells[i], notebook.cells[j] = b, a


def answer_to_end(notebook: NotebookNode, rng: Random) -> None:
    """An answer was moved to the end."""
    if cells := _answers(notebook):
        cell = rng.choice(cells)
        del notebook.cells[_at(notebook, cell)]
        notebook.cells.append(cell)


def move_test(notebook: NotebookNode, rng: Random) -> None:
    """A check was moved to the end."""
    checks = [cell for cell in _known(notebook, locked=True) if grade_id(cell).startswith("test_")]
    if checks:
        cell = rng.choice(checks)
        del notebook.cells[_at(notebook, cell)]
        notebook.cells.append(cell)


def wrong_kernel(notebook: NotebookNode, rng: Random) -> None:
    """The kernel has another name."""
    notebook.metadata["kernelspec"] = {
        "name": "conda-env-my-py",
        "display_name": "mine",
        "language": "python",
    }


def large_outputs(notebook: NotebookNode, rng: Random) -> None:
    """Outputs of some megabytes."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    rng.choice(code).outputs = [nbformat.v4.new_output("stream", text="x" * 3_000_000)]


def huge_outputs(notebook: NotebookNode, rng: Random) -> None:
    """Outputs of 50 MB: text and a picture."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    picture = base64.b64encode(bytes(15_000_000)).decode()
    rng.choice(code).outputs = [
        nbformat.v4.new_output("stream", text="y" * 30_000_000),
        nbformat.v4.new_output("display_data", {"image/png": picture}),
    ]


def lone_surrogate(notebook: NotebookNode, rng: Random) -> None:
    """Half a character stands in a text."""
    notebook.cells.append(nbformat.v4.new_markdown_cell("half \ud83d"))


TO_NOTEBOOKS: list[Callable[[NotebookNode, Random], None]] = [
    *(
        strip_nbgrader,
        strip_one,
        new_ids,
        delete_locked,
        edit_test,
        edit_setup,
        copy_cell,
        copy_of_stub,
        retype,
    ),
    *(merge_answers, merge_all_answers, merge_check, split_between, split_within),
    *(answer_below, answer_to_end, reorder_exercises, move_test, wrong_kernel, large_outputs, lone_surrogate),
]


def bom(data: bytes, rng: Random) -> bytes:
    """Saved with a byte order mark."""
    return b"\xef\xbb\xbf" + data


def utf_16(data: bytes, rng: Random) -> bytes:
    """Saved as UTF-16."""
    return data.decode().encode("utf-16")


def windows(data: bytes, rng: Random) -> bytes:
    """Saved in Windows' encoding."""
    return json.dumps(json.loads(data), ensure_ascii=False).encode("cp1252", "replace")


def other_version(data: bytes, rng: Random) -> bytes:
    """A version of the format that says nothing true."""
    major, minor = rng.choice([(4, 99), (5, 0), ("4", None)])
    return json.dumps({**json.loads(data), "nbformat": major, "nbformat_minor": minor}).encode()


def format_4_without_ids(data: bytes, rng: Random) -> bytes:
    """Saved in a format from 4.0 to 4.4, which know no ids."""
    notebook = json.loads(data)
    for cell in notebook["cells"]:
        cell.pop("id", None)
    return json.dumps({**notebook, "nbformat_minor": rng.randrange(5)}).encode()


def format_3(data: bytes, rng: Random) -> bytes:
    """Saved in format 3."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return json.dumps(nbformat.convert(nbformat.from_dict(json.loads(data)), 3)).encode()


def trailing(data: bytes, rng: Random) -> bytes:
    """Something stands behind the end."""
    return data + b"\n}\n"


TO_FILES: list[Callable[[bytes, Random], bytes]] = [
    *(bom, utf_16, windows, format_4_without_ids, format_3, other_version, trailing),
]


def wrong_name(path: Path, rng: Random) -> None:
    """The file has another name."""
    path.rename(
        path.with_name(rng.choice(["Untitled.ipynb", f"{path.stem} (1).ipynb", f"{path.name}.txt", "a.json"]))
    )


def second_notebook(path: Path, rng: Random) -> None:
    """An older notebook stands beside the right one."""
    path.with_name(f"{path.stem}-Copy1.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4}')


TO_FOLDERS: list[Callable[[Path, Random], None]] = [wrong_name, second_notebook]


def truncated(path: Path, rng: Random) -> None:
    """The end is missing."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * rng.randrange(1, 10) // 10])


def conflict(path: Path, rng: Random) -> None:
    """Git left two versions."""
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes(data[:half] + b"\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n" + data[half:])


def two_of_other_names(path: Path, rng: Random) -> None:
    """Two notebooks, and none has the right name."""
    path.with_name("copy.ipynb").write_bytes(path.read_bytes())
    path.rename(path.with_name("final.ipynb"))


def empty(path: Path, rng: Random) -> None:
    """The file is empty."""
    path.write_bytes(b"")


def script(path: Path, rng: Random) -> None:
    """The code alone was saved, under the notebook's name."""
    cells = json.loads(path.read_bytes())["cells"]
    path.write_text("\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"))


BEYOND_REPAIR: list[Callable[[Path, Random], None]] = [truncated, conflict, two_of_other_names, empty, script]
