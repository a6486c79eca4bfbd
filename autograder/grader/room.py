"""What a student process finds in place of the course's own packages."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

# What notebooks import of the grader. In a student process there is nothing to check: the trusted process does that.
CHECKS = '''"""Stands in for the course's checks while a notebook is graded: they run elsewhere."""


def check(function, *, given=None, gives=None, hidden=False):
    """Do nothing."""


def hint(function):
    """Do nothing."""


def progress():
    """Do nothing."""


def yours(function):
    """The learner's own function."""
    return function
'''


def furnish(folder: Path, library: Path, provides: Iterable[str]) -> None:
    """Write the packages that a student process may import into a folder.

    Parameters
    ----------
    folder : Path
        Where to write.
    library : Path
        The package that holds the references.
    provides : iterable of str
        What of it keeps its code: a module (``"plots"``), or a function (``"activations.sigmoid"``).
    """
    kept = set(provides)
    copy = folder / library.name
    copy.mkdir(parents=True)
    for source in sorted(library.glob("*.py")):
        text = source.read_text(encoding="utf-8")
        if source.stem not in kept:
            text = withhold(text, library.name, source.stem, kept)
        (copy / source.name).write_text(text, encoding="utf-8")
    checks = folder / "autograder"
    checks.mkdir()
    (checks / "__init__.py").write_text(CHECKS, encoding="utf-8")


def withhold(source: str, package: str, module: str, kept: set[str]) -> str:
    r"""Take the body out of every function of a module that is not kept.

    >>> print(withhold("def f(x):\n    return x", "lib", "m", set()))
    def f(x):
        raise PermissionError("lib.m.f is not available while this unit's answers are graded")
    """
    tree = ast.parse(source)
    _strip(tree.body, package, module, kept)
    return ast.unparse(tree)


def _strip(body: list[ast.stmt], package: str, module: str, kept: set[str]) -> None:
    for node in body:
        if isinstance(node, ast.ClassDef):
            if f"{module}.{node.name}" not in kept:
                _strip(node.body, package, f"{module}.{node.name}", kept)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            name = f"{module}.{node.name}"
            if name not in kept and not node.name.startswith("__"):
                said = f"{package}.{name} is not available while this unit's answers are graded"
                node.body = ast.parse(f"raise PermissionError({said!r})").body
