"""The text of a solution cell that defines a given function, with everything of ours that it uses."""

from __future__ import annotations

import ast
import dis
import importlib
import inspect
import sys
import textwrap
from collections.abc import Callable, Collection, Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any

import numpy as np

# Packages that a student process does not have. What comes from them is written out; the rest is imported.
OURS = ("autograder", "tests")


def cell_text(name: str, function: Callable[..., Any]) -> str:
    """A cell that defines `function` under `name`, as a learner's own cell would.

    Helpers and constants are written out inside one function, so that they meet no other cell's.

    >>> print(cell_text("relu", np.abs))
    def _answer():
        from numpy import absolute
        return absolute
    <BLANKLINE>
    relu = _answer()
    """
    writer = _Writer()
    answer = writer.value(function)
    body = [*writer.lines, f"return {answer}"]
    return f"def _answer():\n{textwrap.indent(chr(10).join(body), '    ')}\n\n{name} = _answer()\n"


class _Writer:
    """Writes out what a value needs, each thing after what it needs itself."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}  # what stands for each name, in the order to be written
        self._begun: set[tuple[str, str]] = set()

    @property
    def lines(self) -> list[str]:
        """All that was written, in an order that runs."""
        return list(self._texts.values())

    def value(self, value: Any) -> str:
        """An expression for a value."""
        if value is None or isinstance(value, (bool, int, float, str)):
            return repr(value)
        if isinstance(value, dict):
            # Settings have names for keys. Any other dict is what a function remembers of its calls: that starts anew.
            settings = {key: held for key, held in value.items() if isinstance(key, str)}
            return "{" + ", ".join(f"{key!r}: {self.value(held)}" for key, held in settings.items()) + "}"
        if isinstance(value, FunctionType) and _ours(value.__module__):
            return self._function(value)
        module = getattr(value, "__module__", None) or ("numpy" if isinstance(value, np.ufunc) else "")
        name = getattr(value, "__name__", "")
        if module and getattr(sys.modules[module], name, None) is value:
            self._write(name, f"from {module} import {name}")
            return name
        raise TypeError(f"no text can be written for {value!r}")

    def _function(self, function: FunctionType) -> str:
        """A function by its text; one that was made by another function gets what it closes over as parameters."""
        node = _node(function.__code__, function.__module__)
        cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
        held = {name: cell.cell_contents for name, cell in cells}
        closed = {name: self.value(what) for name, what in held.items() if what is not function}
        self._needs(node, function.__module__, without=held.keys())
        if isinstance(node, ast.Lambda):
            text, result = "", f"({_text(node)})"
        else:
            text, result = _text(node), node.name
        if held:
            maker = f"_made_{len(self._texts)}"
            body = textwrap.indent(f"{text}\nreturn {result}".strip(), "    ")
            self._write(maker, f"def {maker}({', '.join(closed)}):\n{body}")
            return f"{maker}({', '.join(closed.values())})"
        if text:
            self._write(result, text)
        return result

    def _needs(self, node: ast.AST, module: str, without: Collection[str] = ()) -> None:
        """Write out what of its module's names a node reads."""
        for name in sorted(_reads(node).difference(without)):
            if name in _bindings(module):
                self._statement(name, module)

    def _statement(self, name: str, module: str) -> None:
        """Write out the statement that binds a name in a module."""
        if (name, module) in self._begun:
            return
        self._begun.add((name, module))  # before its needs: functions may call each other
        statement = _bindings(module)[name]
        if isinstance(statement, ast.ImportFrom) and _ours(statement.module or ""):
            importlib.import_module(statement.module)
            self._statement(name, statement.module)
        else:
            self._needs(statement, module)
            self._write(name, _text(statement))

    def _write(self, name: str, text: str) -> None:
        if self._texts.setdefault(name, text) != text:
            raise TypeError(f"{name} means two things:\n{self._texts[name]}\n{text}")


def _ours(module: str) -> bool:
    return module.partition(".")[0] in OURS


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(sys.modules[module]))


@cache
def _bindings(module: str) -> dict[str, ast.stmt]:
    """The statement that binds each name at the top of a module."""
    found: dict[str, ast.stmt] = {}
    for statement in _tree(module).body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names = [statement.name]
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            names = [(alias.asname or alias.name).partition(".")[0] for alias in statement.names]
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            stored = (
                n for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            )
            names = [n.id for n in stored]
        else:
            continue
        found |= dict.fromkeys(names, statement)
    return found


def _node(code: CodeType, module: str) -> ast.FunctionDef | ast.Lambda:
    """The node of a module that a code object was compiled from."""
    if code.co_name != "<lambda>":
        for node in ast.walk(_tree(module)):
            if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
                first = node.decorator_list[0] if node.decorator_list else node
                if first.lineno == code.co_firstlineno:
                    return node
        raise LookupError(f"{module} has no function {code.co_name}")
    # Several lambdas may stand in one line: the smallest one that holds all of the code's own places is it.
    places = [p for p in code.co_positions() if None not in p and p[3] > 0]
    begin, end = min((p[0], p[2]) for p in places), max((p[1], p[3]) for p in places)
    holding = [
        node
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.Lambda)
        and (node.lineno, node.col_offset) <= begin
        and end <= (node.end_lineno, node.end_col_offset)
    ]
    return max(holding, key=lambda node: (node.lineno, node.col_offset))


class _Bare(ast.NodeTransformer):
    """Takes out annotations: they name things that a student process does not have."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        node.returns = None
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        self.generic_visit(node)
        if node.value is None:
            return ast.Pass()
        return ast.Assign([node.target], node.value, lineno=node.lineno)


def bare(node: ast.AST) -> ast.AST:
    """A copy of a node without annotations."""
    copy = ast.parse(ast.unparse(node)).body[0]
    return ast.fix_missing_locations(_Bare().visit(copy))


def _text(node: ast.AST) -> str:
    return ast.unparse(bare(node))


def _reads(node: ast.AST) -> set[str]:
    """The names of its module that a node reads."""
    return set(_globals(compile(ast.Module([bare(node)], []), "<node>", "exec")))


def _globals(code: CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _globals(part)
