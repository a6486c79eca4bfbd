"""What ``python -m autograder.build --check`` looks for: drift, leaks, and units that break the course's rules.

Nothing is executed and nothing is written. Recorded outputs are nbval's business.
"""

from __future__ import annotations

import ast
import builtins
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.build import (
    BuildError,
    notebook_from_source,
    release,
    release_folder,
    solution_path,
    source_path,
    start_notebook,
    start_page,
    start_source,
    unit_keys,
)
from autograder.exercise import Unit
from autograder.progress import FILE

# nbgrader's own words; what stands between them is not for learners.
REGION = re.compile(
    r"^[^\n]*BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)[^\n]*\n(.*?)^[^\n]*END \1[^\n]*$",
    re.DOTALL | re.MULTILINE,
)
MARKER = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")

# What JupyterLab adds to a cell by opening, running and saving a notebook.
TRANSIENT = {"execution", "collapsed", "scrolled", "trusted", "lines_to_next_cell"}


def problems(root: Path, keys: Sequence[str], declaration: Callable[[str], Unit]) -> list[BuildError]:
    """All that is wrong with these units' files; empty where all is well.

    Parameters
    ----------
    root : Path
        The course's folder.
    keys : sequence of str
        The units to look at.
    declaration : callable
        Gives a unit's declaration by its key.
    """
    found = [*strays(root), *start_drift(root)]
    for key in keys:
        try:
            source = notebook_from_source(source_path(root, key))
        except BuildError as error:
            found.append(error)
            continue
        for check in (
            leaks(root, key, source),
            source_drift(root, key, source),
            release_drift(root, key),
            broken_rules(root, key, source, declaration),
        ):
            try:
                found.extend(check)
            except BuildError as error:
                found.append(error)
    return found


def strays(root: Path) -> Iterator[BuildError]:
    """Whatever in ``notebooks/`` belongs to no unit."""
    known = {
        start_page(root),
        start_page(root).with_name(FILE),
        *(release_folder(root, k) for k in unit_keys(root)),
    }
    for path in sorted(root.glob("notebooks/*")):
        if path not in known and not path.name.startswith("."):
            yield BuildError(
                path, "no unit has this name. Remove it, or add the unit's source to solutions/."
            )


def start_drift(root: Path) -> Iterator[BuildError]:
    """Where the start page is not what its source says."""
    if not start_source(root).exists():
        return
    path = start_page(root)
    if not path.exists():
        yield BuildError(path, "is missing. Run `make course`.")
        return
    remedy = f"It is made from {start_source(root).name}: change that file, then run `make course`."
    try:
        yield from _differences(path, _read(path), start_notebook(root), remedy)
    except BuildError as error:
        yield error


def leaks(root: Path, key: str, source: NotebookNode) -> Iterator[BuildError]:
    """Solutions, hidden tests, rubrics, outputs and widget state in the folder that learners get."""
    secrets = secret_lines(source)
    for path in _files(release_folder(root, key)):
        if path.suffix != ".ipynb":
            yield from _leaks_in(path, path.read_bytes().decode(errors="replace"), secrets, None)
            continue
        notebook = _read(path)
        for cell in notebook.cells:
            yield from _leaks_in(path, _all_text(cell), secrets, cell.get("id"))
            if cell.get("outputs") or cell.get("execution_count"):
                yield BuildError(path, "holds an output. Run `make course`.", cell.get("id"))
        if "widgets" in notebook.metadata:
            yield BuildError(
                path, "holds the state of widgets, and with it recorded pictures. Run `make course`."
            )
        yield from _leaks_in(path, _all_text(notebook.metadata), secrets, None)


def secret_lines(source: NotebookNode) -> set[str]:
    """The lines of a unit that learners must not get.

    A line that also stands in the open, in any cell, is no secret; nor is one too short to tell anything.
    """
    secret: list[str] = []
    open_text: list[str] = []
    for cell in source.cells:
        regions = [match.group(2) for match in REGION.finditer(cell.source)]
        if cell.metadata.get("nbgrader", {}).get("solution") and not regions:
            secret.append(cell.source)  # nbgrader replaces such a cell as a whole
        else:
            secret.extend(regions)
            open_text.append(REGION.sub("", cell.source))
    in_the_open = "\n".join(open_text)
    lines = {line.strip() for text in secret for line in text.splitlines()}
    return {line for line in lines if len(line) >= 4 and line not in in_the_open}


def _leaks_in(path: Path, text: str, secrets: set[str], cell: str | None) -> Iterator[BuildError]:
    for line in sorted(secrets):
        if line in text:
            yield BuildError(path, f"gives away a line of the solution or of a hidden test: {line!r}.", cell)
    if marker := MARKER.search(text):
        yield BuildError(path, f"holds the marker {marker.group()!r}. Run `make course`.", cell)


def source_drift(root: Path, key: str, source: NotebookNode) -> Iterator[BuildError]:
    """Where the executed notebook is not what its source says."""
    path = solution_path(root, key)
    if not path.exists():
        yield BuildError(path, "is missing. Run `make course`.")
        return
    remedy = f"It is made from {key}.py: change that file, then run `make course`."
    notebook = _read(path)
    yield from _differences(path, notebook, source, remedy)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None:
            yield BuildError(path, "was not run. Run `make course`.", cell.get("id"))


def release_drift(root: Path, key: str) -> Iterator[BuildError]:
    """Where the released folder is not what the executed notebook gives."""
    actual = release_folder(root, key)
    if not solution_path(root, key).exists():
        return  # said already
    with tempfile.TemporaryDirectory() as scratch:
        expected = Path(scratch) / key
        release(root, key, expected)
        wanted = {path.relative_to(expected): path for path in _files(expected)}
        present = {path.relative_to(actual): path for path in _files(actual)}
        for name in sorted(wanted.keys() - present.keys()):
            yield BuildError(actual / name, "is missing. Run `make course`.")
        for name in sorted(present.keys() - wanted.keys()):
            yield BuildError(present[name], "is no part of the release. Remove it, or run `make course`.")
        for name in sorted(wanted.keys() & present.keys()):
            if name.suffix == ".ipynb":
                remedy = "It is made from the solution: run `make course`."
                yield from _differences(present[name], _read(present[name]), _read(wanted[name]), remedy)
            elif present[name].read_bytes() != wanted[name].read_bytes():
                yield BuildError(present[name], "differs from the file in solutions/. Run `make course`.")


def _differences(
    path: Path, actual: NotebookNode, expected: NotebookNode, remedy: str
) -> Iterator[BuildError]:
    """Compare what lasts of two notebooks: the first cell that differs, and the notebook's metadata."""
    for got, wanted in zip(actual.cells, expected.cells, strict=False):
        for what in ("cell_type", "source", "id"):
            if got.get(what) != wanted.get(what):
                yield BuildError(path, f"its {what} differs from what is expected. {remedy}", wanted.id)
                return
        if _lasting(got.metadata) != _lasting(wanted.metadata):
            yield BuildError(path, f"its metadata differ from what is expected. {remedy}", wanted.id)
            return
    if len(actual.cells) != len(expected.cells):
        yield BuildError(path, f"has {len(actual.cells)} cells instead of {len(expected.cells)}. {remedy}")
    if _identity(actual) != _identity(expected):
        yield BuildError(
            path, f"its metadata differ: {_identity(actual)}, not {_identity(expected)}. {remedy}"
        )


def _lasting(cell_metadata: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in cell_metadata.items() if name not in TRANSIENT and value != []}


def _identity(notebook: NotebookNode) -> tuple[Any, ...]:
    """Of a notebook's metadata, what JupyterLab does not change by the way: its kernel and its pairing."""
    kernel = notebook.metadata.get("kernelspec", {}).get("name")
    return notebook.nbformat, kernel, notebook.metadata.get("jupytext", {}).get("formats")


def broken_rules(
    root: Path, key: str, source: NotebookNode, declaration: Callable[[str], Unit]
) -> Iterator[BuildError]:
    """Where a unit's cells and its declaration in ``autograder/units/`` do not fit together."""
    path = source_path(root, key)
    try:
        unit = declaration(key)
    except LookupError as error:
        yield BuildError(path, f"has no declaration in autograder/units/. {error}")
        return
    answers = {cell.id: cell for cell in source.cells if _flag(cell, "solution") and not _flag(cell, "grade")}
    written = {cell.id: cell for cell in source.cells if _flag(cell, "solution") and _flag(cell, "grade")}
    tests = {cell.id: cell for cell in source.cells if _flag(cell, "grade") and not _flag(cell, "solution")}
    names = [exercise.name for exercise in unit.exercises]
    for cell in source.cells:
        if cell.cell_type == "code" and "nbgrader" in cell.metadata:
            try:
                ast.parse(cell.source)
            except SyntaxError as error:
                yield BuildError(path, f"is not plain Python, which the grader needs: {error.msg}.", cell.id)
                return

    for cell in answers.values():
        if cell.id not in names:
            yield BuildError(path, "is a solution cell, and no exercise of this name is declared.", cell.id)
        elif cell.id not in _defined(cell):
            yield BuildError(path, f"does not define the function {cell.id}.", cell.id)

    points = dict.fromkeys(names, 0)
    given = _defined(*(cell for cell in source.cells if _flag(cell, "locked") and cell.id not in tests))
    tested = set()
    for cell in tests.values():
        name = _tested_exercise(cell.id, names)
        if name is None:
            yield BuildError(path, "tests no declared exercise: its name is to be test_<function>.", cell.id)
            continue
        tested.add(name)
        points[name] += cell.metadata.nbgrader["points"]
        if foreign := _used(cell) - _defined(cell) - given - {name} - set(dir(builtins)):
            yield BuildError(
                path,
                f"uses {', '.join(sorted(foreign))}, which a learner can change. "
                "A graded cell makes its inputs itself and takes nothing but the function under test.",
                cell.id,
            )
    for exercise in unit.exercises:
        if exercise.name not in answers:
            yield BuildError(path, f"has no solution cell for the exercise {exercise.name}.")
        if exercise.name not in tested:
            yield BuildError(path, f"has no graded cell test_{exercise.name}.")
        elif points[exercise.name] != exercise.points:
            yield BuildError(
                path,
                f"gives {points[exercise.name]} points where {exercise.points} are declared.",
                f"test_{exercise.name}",
            )

    for grade_id in sorted(set(unit.written) ^ written.keys()):
        yield BuildError(
            path, "is a written answer either here or in the declaration, not in both.", grade_id
        )
    for below, cell in zip(source.cells[1:], source.cells, strict=False):
        is_rubric = below.id == f"rubric_{cell.id}" and _flag(below, "locked")
        if cell.id in written and not (is_rubric and "BEGIN MARK SCHEME" in below.source):
            yield BuildError(
                path,
                f"is a written answer without a rubric: a read-only Markdown cell rubric_{cell.id} below it, "
                "with BEGIN MARK SCHEME and END MARK SCHEME.",
                cell.id,
            )


def _flag(cell: NotebookNode, name: str) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get(name, False))


def _tested_exercise(cell_id: str, names: Sequence[str]) -> str | None:
    """The exercise that ``test_<function>`` or ``test_<function>_<suffix>`` means: the longest that fits."""
    fitting = [name for name in names if f"{cell_id}_".startswith(f"test_{name}_")]
    return max(fitting, key=len, default=None)


def _defined(*cells: NotebookNode) -> set[str]:
    """Names that these code cells bind: by assignment, import, def, class, as a loop variable or a parameter."""
    bound: set[str] = set()
    for node in _nodes(cells):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).partition(".")[0])
    return bound


def _used(cell: NotebookNode) -> set[str]:
    """Names that a code cell reads."""
    return {
        node.id for node in _nodes([cell]) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def _nodes(cells: Sequence[NotebookNode]) -> Iterator[ast.AST]:
    for cell in cells:
        if cell.cell_type == "code":
            yield from ast.walk(ast.parse(cell.source))


def _files(folder: Path) -> list[Path]:
    """Files below a folder, without what opening a notebook leaves behind."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and ".ipynb_checkpoints" not in p.parts)


def _read(path: Path) -> NotebookNode:
    try:
        return nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise BuildError(path, "is not a notebook. Run `make course`.") from error


def _all_text(node: Any) -> str:
    """Every string in a piece of a notebook, keys too, a line each."""
    if isinstance(node, str):
        return node
    if isinstance(node, dict):
        return "\n".join(_all_text(part) for pair in node.items() for part in pair)
    if isinstance(node, list):
        return "\n".join(_all_text(part) for part in node)
    return json.dumps(node)
