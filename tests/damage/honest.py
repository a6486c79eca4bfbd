"""Honest submissions of all units: right, wrong and missing answers as learners write them, with known marks."""

from __future__ import annotations

import ast
import copy
from random import Random

import nbformat
from nbformat import NotebookNode

from autograder import units
from autograder.grader.sheet import grade_id
from tests.course import answers, solutions
from tests.course import notebook as notebook_of

# Answers that train: those of other styles take longer than a cell's time on some machines, now and then.
SLOW = {"train", "train_softmax", "design_study"}


def honest(key: str, which: int) -> NotebookNode:
    """A submission of a unit. Number 0 has every answer right; the others mix right, wrong and none.

    In every second one some answers stand in two cells: helpers above, the function below.
    """
    rng = Random(f"{key} {which}")
    notebook = copy.deepcopy(notebook_of("notebooks", key))
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
