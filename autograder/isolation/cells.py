"""Running the text of one cell, and keeping what it prints. Both processes use this."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import io
import linecache
import sys
import traceback
from collections.abc import Iterator
from types import CodeType, ModuleType
from typing import Any

_HERE = __file__.rpartition("/")[0] + "/"
CUT = "\n[The rest of the output was cut.]\n"


def scrub(value: Any) -> Any:
    """Text without lone surrogates, also inside lists and dicts: these can't be written to a file."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [scrub(item) for item in value]
    if isinstance(value, dict):
        return {scrub(key): scrub(item) for key, item in value.items()}
    return value


class Outputs:
    """What a cell prints and shows, as a notebook keeps it, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.items: list[dict[str, Any]] = []
        self._left = limit

    def add(self, output: dict[str, Any], size: int) -> None:
        """Keep an output of about this many bytes, or say once that something was cut."""
        if self._left < 0:
            return
        self._left -= size
        self.items.append(
            output if self._left >= 0 else {"output_type": "stream", "name": "stdout", "text": CUT}
        )

    def stream(self, name: str, text: str) -> None:
        """Keep printed text. The part that fits is kept, and text joins onto the text before it."""
        if self._left < 0 or not text:
            return
        cut = len(text) > self._left
        self._left -= len(text)
        text = text[: len(text) + self._left] + CUT if cut else text
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.items.append({"output_type": "stream", "name": name, "text": text})


class _Printed(io.TextIOBase):
    def __init__(self, outputs: Outputs, name: str) -> None:
        self._outputs = outputs
        self._name = name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.stream(self._name, text)
        return len(text)


@contextlib.contextmanager
def printing_to(outputs: Outputs) -> Iterator[None]:
    """Within this context, printed text goes to ``outputs``."""
    saved = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Printed(outputs, "stdout"), _Printed(outputs, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = saved


def new_notebook() -> ModuleType:
    """A fresh ``__main__`` module, whose namespace is a notebook's."""
    module = ModuleType("__main__")
    sys.modules["__main__"] = module
    return module


def parse(source: str, filename: str) -> ast.Module:
    """Parse a cell; one that is no plain Python is taken as IPython's dialect.

    Raises
    ------
    SyntaxError
        Where it is neither.
    """
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    try:
        return ast.parse(source, filename)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        return ast.parse(TransformerManager().transform_cell(source), filename)


def execute(tree: ast.Module, module: ModuleType, filename: str) -> Any:
    """Run a parsed cell in a notebook's namespace and return the value of its last expression, if any."""
    if any(isinstance(node, ast.Name) and node.id == "get_ipython" for node in ast.walk(tree)):
        _offer_ipython(module)
    body, last = tree.body, tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        body = body[:-1]
    _run(compile(ast.Module(body, []), filename, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), module)
    if not isinstance(last, ast.Expr):
        return None
    expression = ast.Expression(last.value)
    return _run(compile(expression, filename, "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), module)


def _run(code: CodeType, module: ModuleType) -> Any:
    value = eval(code, module.__dict__)
    return asyncio.run(value) if code.co_flags & inspect.CO_COROUTINE else value


def _offer_ipython(module: ModuleType) -> None:
    """Give the cell a bare IPython for its magics: no history, no terminal, no shell."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    if not InteractiveShell.initialized():
        config = Config()
        config.HistoryManager.enabled = False
        shell = InteractiveShell.instance(config=config, user_module=module, user_ns=module.__dict__)
        vars(shell)["system"] = lambda command: print(f"[Shell commands are not run here: {command}]")


def loaded_names(tree: ast.Module) -> set[str]:
    """The names that a cell reads, at any depth."""
    return {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def bound_names(tree: ast.Module) -> set[str]:
    """The names that a cell assigns, imports or defines, at any depth."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    return names


def traceback_lines(error: BaseException, filename: str) -> list[str]:
    """The traceback from the first line of the cell on, without the lines of this package."""
    told = traceback.TracebackException.from_exception(error)
    frames = [frame for frame in told.stack if not frame.filename.startswith(_HERE)]
    first = next((at for at, frame in enumerate(frames) if frame.filename == filename), 0)
    told.stack = traceback.StackSummary.from_list(frames[first:])
    return list(told.format(chain=False))
