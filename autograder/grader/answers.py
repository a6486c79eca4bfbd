"""Which cell of a submission answers which exercise, told by the function that it defines."""

from __future__ import annotations

import ast
import re

from nbformat import NotebookNode


def defines(cell: NotebookNode, name: str) -> bool:
    """Whether a cell gives a top-level name its value. Text in a cell that is not for code counts if it is code."""
    return name in bound_names(cell.source, parsed_only=cell.cell_type != "code")


def bound_names(source: str, parsed_only: bool = False) -> set[str]:
    r"""Names that a cell's text defines, assigns or imports at its top level.

    >>> sorted(bound_names("import math\ndef f(x):\n    y = x\n    return y\ng = h = f"))
    ['f', 'g', 'h', 'math']
    >>> bound_names("%time\ndef f(x) return x")
    {'f'}
    """
    tree = _tree(source)
    if tree is None:
        # With an error or a magic in it, a line that begins a definition still shows what it was to define.
        return (
            set()
            if parsed_only
            else set(re.findall(r"^(?:async\s+)?(?:def|class)\s+(\w+)", source, re.MULTILINE))
        )
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            stored = (n for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
            nested = (n for n in ast.walk(node) if isinstance(n, ast.FunctionDef))
            names |= {n.id for n in stored} | {n.name for n in nested}
    return names


def is_stub(source: str, name: str, released: str) -> bool:
    r"""Whether a cell holds nothing of an answer: the released text, or a function that only says so.

    >>> is_stub("def f(x):\n    raise NotImplementedError", "f", "")
    True
    >>> is_stub("def f(x):\n    return x\n    raise NotImplementedError", "f", "")
    False
    """
    if same_text(source, released) or not source.strip():
        return True
    tree = _tree(source)
    if tree is None:
        return False
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name]
    return bool(found) and _says_nothing(found[-1].body)


def _says_nothing(body: list[ast.stmt]) -> bool:
    """Whether a function's body is a docstring, ``pass`` and ``raise NotImplementedError`` at the most."""
    for statement in body:
        text = ast.unparse(statement)
        constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if not (constant or text == "pass" or text.startswith("raise NotImplementedError")):
            return False
    return True


def same_text(one: str, two: str) -> bool:
    """Whether two texts differ in blanks at the ends of lines at the most."""
    return _trimmed(one) == _trimmed(two)


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
