"""The course's units as tests and benchmarks need them: their notebooks, their solutions, and answers as texts of cells."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from importlib import import_module
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config, PyFileConfigLoader

from autograder import units
from autograder.grader.sheet import Sheet, grade_id

ROOT = Path(__file__).parents[1]


@cache
def settings() -> Config:
    """The course's settings for nbgrader."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()


def stock_settings() -> str:
    """The text of settings with which nbgrader takes its own steps, one kernel for all, in the place of ours."""
    text = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    return f"{text}\ndel c.Autograde.autograde_preprocessors\n"


@cache
def sheet(key: str) -> Sheet:
    """A unit's own notebook."""
    return Sheet.read(ROOT / "solutions" / key / f"{key}.ipynb", units.unit(key), settings())


@cache
def notebook(folder: str, key: str) -> NotebookNode:
    """A unit's notebook in ``notebooks`` or ``solutions``, to be copied before it is changed."""
    return nbformat.read(ROOT / folder / key / f"{key}.ipynb", as_version=4)


def solutions(key: str) -> dict[str, str]:
    """The texts of the cells that nbgrader knows, with the course's solutions, by grade id."""
    return {grade_id(cell): cell.source for cell in notebook("solutions", key).cells if grade_id(cell)}


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


def one_wrong(key: str) -> dict[str, str]:
    """A wrong answer to each exercise that has one in ``tests/answers``, as the text of a cell."""
    return {name: texts[0] for name, texts in answers(key, "WRONG").items()}
