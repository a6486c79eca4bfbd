"""Which cell of a submission answers which exercise, told by the function that it defines."""

from __future__ import annotations

import ast
import re
import symtable
import textwrap
import warnings
from collections.abc import Set
from functools import lru_cache

from nbformat import NotebookNode

# The cells of a class are mostly the course's own, and each is looked at many times.
_remembered = lru_cache(maxsize=2000)


def defines(cell: NotebookNode, name: str) -> bool:
    """Whether a cell gives a top-level name its value. Text in a cell that is not for code counts if it is code."""
    return name in bound_names(cell.source, parsed_only=cell.cell_type != "code")


@_remembered
def bound_names(source: str, parsed_only: bool = False) -> frozenset[str]:
    r"""Names that a cell's text defines, assigns or imports at its top level.

    >>> sorted(bound_names("import math\ndef f(x):\n    y = x\n    return y\ng = h = f"))
    ['f', 'g', 'h', 'math']
    >>> bound_names("%time\ndef f(x) return x")
    frozenset({'f'})
    """
    tree = _tree(source)
    if tree is not None:
        return frozenset(name for node in tree.body for name in _bound(node))
    # With an error or a magic in it, a line that begins a definition still shows what it was to define.
    begun = r"^(?:async\s+)?(?:def|class)\s+(\w+)"
    return frozenset() if parsed_only else frozenset(re.findall(begun, source, re.MULTILINE))


def _bound(node: ast.stmt) -> set[str]:
    """Names that a top-level statement gives a value."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    stored = (n for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    nested = (n for n in ast.walk(node) if isinstance(n, ast.FunctionDef))
    return {n.id for n in stored} | {n.name for n in nested}


@_remembered
def used_names(source: str) -> frozenset[str]:
    r"""Names that a cell's text looks up in the notebook: those of no function's own, whoever gives them a value.

    >>> sorted(used_names("def f(x):\n    y = g(x)\n    return y.z"))
    ['g']
    """
    try:
        tables = [symtable.symtable(source, "<cell>", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset(re.findall(r"[^\W\d]\w*", source))
    names: set[str] = set()
    for table in tables:  # it grows by the functions in each
        tables += table.get_children()
        looked_up = (symbol for symbol in table.get_symbols() if symbol.is_referenced())
        names |= {s.get_name() for s in looked_up if table is tables[0] or s.is_global()}
    return frozenset(names)


def names_needed(source: str, name: str) -> Set[str]:
    r"""Names that a cell looks up so that it can run, and one of its functions be called: not those of other functions.

    >>> sorted(names_needed("x = a\ndef f():\n    return g()\ndef g():\n    return b\ndef h():\n    return c", "f"))
    ['a', 'b', 'g']
    """
    tree = _tree(source)
    if tree is None:
        return used_names(source)
    at_once = [node for node in tree.body if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    needed = set(used_names("\n".join(_text(source, node) for node in at_once)))
    todo = {name, *needed}
    done: set[str] = set()
    while todo:
        one = todo.pop()
        done.add(one)
        more = used_names(own_part(source, one))
        needed |= more
        todo |= more - done
    return needed


def own_part(source: str, name: str) -> str:
    r"""The statements of a text that give a top-level name its value; nothing of a text with an error in it.

    >>> own_part("import math\ndef f(x):\n    return (x)\ng = f", "f")
    'def f(x):\n    return (x)'
    """
    tree = _tree(source)
    return "\n".join(_text(source, node) for node in (tree.body if tree else ()) if name in _bound(node))


def _text(source: str, node: ast.stmt) -> str:
    """A statement's text, with the decorators that Python counts as outside of it."""
    parts = [f"@{ast.get_source_segment(source, d)}" for d in getattr(node, "decorator_list", ())]
    return "\n".join([*parts, ast.get_source_segment(source, node) or ""])


def stands_alone(source: str) -> bool:
    r"""Whether a text can be run as a cell. Jupyter takes away an indentation that all of it has.

    >>> stands_alone("    print(1)"), stands_alone("    return 1")
    (True, False)
    """
    return _compiles(textwrap.dedent(source))


def whole(upper: str, lower: str) -> str:
    r"""The text that a cell was before it was cut in two, at the end of a line or else within one; empty if none was.

    >>> whole("def f(x):\n    y = x", "    return y")
    'def f(x):\n    y = x\n    return y'
    >>> whole("y = x +", " 1"), whole("y = x  # that is", " all")
    ('y = x + 1', '')
    """
    if _compiles(f"{upper}\n{lower}"):
        return f"{upper}\n{lower}"
    # Behind a comment anything could stand.
    beside = lower[:1].isspace() and "#" not in upper.rpartition("\n")[2]
    return upper + lower if beside and _compiles(upper + lower) else ""


@_remembered
def _compiles(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the student's text, to nobody
            compile(source, "<cell>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


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


@_remembered
def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
