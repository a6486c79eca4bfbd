"""Honest submissions of all units: right, wrong and missing answers as learners write them, with known marks."""

from __future__ import annotations

import ast
import copy
import inspect
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random

import nbformat
from nbformat import NotebookNode
from traitlets.config import PyFileConfigLoader

from autograder import units
from autograder.grader.sheet import Sheet, grade_id

# Answers that train: those of other styles take longer than a cell's time on some machines, now and then.
SLOW = {"train", "train_softmax", "design_study"}
ROOT = Path(__file__).parents[2]


@cache
def sheet(key: str) -> Sheet:
    """A unit's own notebook."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    return Sheet.read(ROOT / "solutions" / key / f"{key}.ipynb", units.unit(key), config)


@cache
def _notebook(folder: str, key: str) -> NotebookNode:
    return nbformat.read(ROOT / folder / key / f"{key}.ipynb", as_version=4)


def honest(key: str, which: int) -> NotebookNode:
    """A submission of a unit. Number 0 has every answer right; the others mix right, wrong and none.

    In every second one some answers stand in two cells: helpers above, the function below.
    """
    rng = Random(f"{key} {which}")
    notebook = copy.deepcopy(_notebook("notebooks", key))
    solved = solutions(key)
    for exercise in units.unit(key).exercises:
        drawn = rng.random() if which else 1.0
        right, wrong = [solved[exercise.name]], []
        if exercise.name not in SLOW:
            right += answers(key, "RIGHT").get(exercise.name, [])
            wrong += answers(key, "WRONG").get(exercise.name, [])
        cell = next(cell for cell in notebook.cells if grade_id(cell) == exercise.name)
        if drawn > 0.4 or (drawn > 0.15 and not wrong):
            cell.source = rng.choice(right)
        elif drawn > 0.15:
            cell.source = rng.choice(wrong)
        else:
            continue
        if which % 2 and rng.random() < 0.5:
            _lean(notebook, cell, exercise.name)
    for cell in notebook.cells:
        if grade_id(cell) in units.unit(key).written:
            cell.source = "Because a line has two sides."
    return notebook


def solutions(key: str) -> dict[str, str]:
    """The texts of the cells that nbgrader knows, with the course's solutions."""
    return {grade_id(cell): cell.source for cell in _notebook("solutions", key).cells if grade_id(cell)}


@cache
def answers(key: str, kind: str) -> dict[str, list[str]]:
    """The ``RIGHT`` or ``WRONG`` answers of ``tests/answers`` that are whole in themselves, as texts of cells."""
    module = import_module(f"tests.answers.{units.MODULES[key]}")
    tree = ast.parse(inspect.getsource(module))
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    known = {alias.asname or alias.name: ast.unparse(node) for node in imports for alias in node.names}
    found: dict[str, list[str]] = {}
    for name, codes in getattr(module, kind).items():
        for code in codes:
            if not inspect.isfunction(code) or code.__name__ == "<lambda>":
                continue
            source = inspect.getsource(code).replace(f"def {code.__name__}(", f"def {name}(", 1)
            used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
            globals_ = {word for word in used if word in vars(module)}
            if globals_ <= known.keys() - {"nnlib"} and code.__name__ not in used:
                needed = sorted({known[word] for word in globals_})
                found.setdefault(name, []).append("\n".join([*needed, "", "", source]).strip())
    return found


def _lean(notebook: NotebookNode, cell: NotebookNode, name: str) -> None:
    """Put the work of an answer into a helper, in a cell of its own above."""
    if cell.source.count(f"{name}(") != 1 or f"\ndef {name}(" not in f"\n{cell.source}":
        return
    functions = [node for node in ast.parse(cell.source).body if isinstance(node, ast.FunctionDef)]
    arguments = next(node.args for node in functions if node.name == name)
    handed_on = ", ".join(argument.arg for argument in arguments.args)
    above = nbformat.v4.new_code_cell(cell.source.replace(f"def {name}(", f"def my_{name}("))
    cell.source = (
        f"def {name}({ast.unparse(arguments)}):\n    found = my_{name}({handed_on})\n    return found"
    )
    notebook.cells.insert(notebook.cells.index(cell), above)
