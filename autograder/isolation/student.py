"""The student process: runs the student's cells and answers the trusted process.

Nothing here protects anything. A student's code can replace every line of it, and so the trusted
process believes none of it: what comes from here is plain values, or is refused.
"""

from __future__ import annotations

import builtins
import inspect
import socket
import warnings
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from .cells import Outputs, execute, new_notebook, parse, printing_to, traceback_lines
from .changes import Part, contents, parts
from .limits import Limits
from .values import Unsendable, decode, encode, no_reference
from .wire import Wire

_MANY_WARNINGS = 100
_LONG_TEXT = 10_000


def serve(connection: socket.socket, limits: Limits) -> None:
    """Answer requests until the connection ends."""
    student = _Student(Wire(connection, 1 << 40), limits)
    student.send(("ready",))
    while True:
        student.answer(*student.receive())


def give_up(connection: socket.socket, reason: str, limits: Limits) -> None:
    """Tell the trusted process why this process can't serve."""
    Wire(connection, 0).send(encode(("failed", reason), no_reference, limits))


class CallBack:
    """A function that lives in the trusted process."""

    def __init__(self, student: _Student, number: int, name: str) -> None:
        self._student = student
        self._number = number
        self.__name__ = self.__qualname__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it, over the wire."""
        return self._student.call_back(self._number, args, kwargs)

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def __deepcopy__(self, memo: dict) -> CallBack:
        return self


class _Kept:
    """A value that stays here, since it is too large or too deep to travel."""

    def __init__(self, value: Any) -> None:
        self.value = value


@dataclass
class _Extras:
    """What goes back with a result: changed arguments and warnings."""

    changes: list[tuple[int, Any]] = field(default_factory=list)
    warnings: list[tuple] = field(default_factory=list)


class _Student:
    def __init__(self, wire: Wire, limits: Limits) -> None:
        self.wire = wire
        self.limits = limits
        self.notebook = new_notebook()
        self.objects: list[Any] = []  # what the trusted process may name by its number
        self.numbers: dict[int, int] = {}  # id of such an object: its number
        self.generators: dict[int, np.random.Generator] = {}
        self.request = 0  # the one that is being answered
        self.outputs = Outputs(limits.output_bytes)
        builtins.display = self.display  # type: ignore[attr-defined]

    # Messages and references

    def send(self, message: tuple) -> None:
        self.wire.send(encode(message, self.refer, self.limits))

    def receive(self) -> tuple:
        return decode(self.wire.receive(), self.resolve, self.limits)

    def refer(self, value: Any) -> tuple:
        if type(value) is CallBack:
            return ("call-back", value._number)
        if type(value) is np.ufunc:
            name = str(getattr(value, "__name__", ""))
            if getattr(np, name, None) is value:
                return ("ufunc", name)
        for number, generator in self.generators.items():
            if generator is value:
                return ("generator", number)
        if type(value) is Part:
            return ("part", value.number)
        if type(value) is _Kept:
            value = value.value
        number = self.numbers.setdefault(id(value), len(self.objects))
        if number == len(self.objects):
            self.objects.append(value)
        doc = getattr(value, "__doc__", None) if callable(value) else None
        return (
            "object",
            number,
            _name(type(value)),
            callable(value),
            _text(doc) if doc is not None else None,
        )

    def resolve(self, reference: tuple) -> Any:
        kind, *fields = reference
        if kind == "object":
            return self.objects[fields[0]]
        if kind == "numpy":
            return getattr(np, fields[0])
        if kind == "generator":
            number, name, state = fields
            if state is not None:
                bits = getattr(np.random, name)()
                bits.state = state
                self.generators[number] = np.random.Generator(bits)
            return self.generators[number]
        return CallBack(self, *fields)

    # Requests

    def answer(self, request: int, operation: str, *operands: Any) -> None:
        """Do what is asked and send the answer, whatever happens in between."""
        outer = self.request, self.outputs
        self.request, self.outputs = request, Outputs(self.limits.output_bytes)
        extras = _Extras()
        with printing_to(self.outputs):
            try:
                answer = ("returned", getattr(self, "do_" + operation)(extras, *operands))
            except BaseException as error:
                answer = ("threw", _describe(error))
        told = (extras.changes, extras.warnings, "".join(item["text"] for item in self.outputs.items))
        self.request, self.outputs = outer
        try:
            self.send((request, *answer, *told))
        except Unsendable:
            self.send((request, answer[0], _Kept(answer[1]), *told))

    def do_run(self, extras: _Extras, source: str, filename: str) -> tuple | None:
        """Run a cell: ``None`` where all went well, else the error's name, text and traceback."""
        try:
            value = execute(parse(source, filename), self.notebook, filename)
            if value is not None:
                self.outputs.stream("stdout", repr(value) + "\n")
        except BaseException as error:
            trace = [_text(line) for line in traceback_lines(error, filename)][-50:]
            return _name(type(error)), _text(error), trace
        return None

    def do_fetch(self, extras: _Extras, names: list[str]) -> dict[str, Any]:
        """The values of those of the names that exist, but for modules. A graded cell begins here."""
        self.generators.clear()
        space = self.notebook.__dict__
        found = {name: space[name] for name in names if name in space}
        return {name: self.sendable(value) for name, value in found.items() if type(value) is not ModuleType}

    def do_call(self, extras: _Extras, function: Any, args: tuple, kwargs: dict, errors: dict | None) -> Any:
        found = parts((args, kwargs))
        before = [self.snapshot(content) for content in contents(found)]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                with np.errstate(**(errors or {})):
                    return function(*args, **kwargs)
            finally:
                extras.warnings = [_describe(warning.message) for warning in caught[:_MANY_WARNINGS]]
                extras.changes = [
                    (number, self.sendable(content))
                    for number, content in enumerate(contents(found))
                    if self.snapshot(content) != before[number]
                ]

    def do_attribute(self, extras: _Extras, owner: Any, name: str) -> Any:
        return getattr(owner, name)

    def do_signature(self, extras: _Extras, function: Any) -> list[tuple[str, int, bool]]:
        parameters = inspect.signature(function).parameters.values()
        return [(p.name, int(p.kind), p.default is not inspect.Parameter.empty) for p in parameters]

    def do_global(self, extras: _Extras, name: str) -> Any:
        return self.sendable(self.notebook.__dict__[name])

    def do_set_global(self, extras: _Extras, name: str, value: Any) -> None:
        self.notebook.__dict__[name] = value

    def do_delete_global(self, extras: _Extras, name: str) -> None:
        del self.notebook.__dict__[name]

    def do_global_names(self, extras: _Extras) -> list[str]:
        return [name for name in self.notebook.__dict__ if type(name) is str]

    def call_back(self, number: int, args: tuple, kwargs: dict) -> Any:
        """Call a function of the trusted process, from within the call that is being answered."""
        request = self.request
        self.send((request, "call-back", number, args, kwargs))
        while True:
            message = self.receive()
            if message[0] != request:  # the function calls back into this process
                self.answer(*message)
            elif message[1] == "returned":
                return message[2]
            else:
                name, text = message[2:]
                raise getattr(builtins, name)(text)

    def snapshot(self, value: Any) -> bytes:
        try:
            return encode(value, self.refer, self.limits)
        except Unsendable as error:
            return str(error).encode()

    def sendable(self, value: Any) -> Any:
        try:
            encode(value, self.refer, self.limits)
        except Unsendable:
            return _Kept(value)
        return value

    def display(self, *values: Any, **_: Any) -> None:
        """Stand in for IPython's ``display``: show values as text."""
        for value in values:
            self.outputs.stream("stdout", repr(value) + "\n")


def _describe(error: Any) -> tuple[list[str], str, str]:
    """Names of an error's built-in classes, nearest first; the name of its own class; its text."""
    mro = type(error).__mro__
    classes = [kind.__name__ for kind in mro if getattr(builtins, kind.__name__, None) is kind]
    text = (
        error.args[0] if isinstance(error, KeyError) and error.args else error
    )  # a KeyError's text is a repr
    return classes, _name(type(error)), _text(text)


def _name(kind: type) -> str:
    return str(kind.__name__)[:100]


def _text(value: Any) -> str:
    try:
        return str(value)[:_LONG_TEXT]
    except Exception:
        return "(its text can't be shown)"
