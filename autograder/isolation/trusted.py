"""The trusted process: runs the graded cells of one submission, and nothing of the student's.

It is a fresh fork for each submission. It believes nothing that comes from the student process: a message that
is not exactly what was asked for ends the cell.
"""

from __future__ import annotations

import ast
import builtins
import itertools
import json
import math
import resource
import secrets
import signal
import socket
import time
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any

import numpy as np

from .cells import (
    Outputs,
    bound_names,
    execute,
    loaded_names,
    new_notebook,
    parse,
    printing_to,
    scrub,
    traceback_lines,
)
from .changes import apply, parts
from .limits import Limits
from .proxies import Handle, Proxy, StudentError
from .values import Malformed, Unsendable, decode, encode, no_reference
from .wire import Died, IsolationFailure, Refused, TimedOut, Wire

Emit = Callable[[dict[str, Any]], None]
Prepare = Callable[[Emit, dict[str, Any]], dict[str, Any]]

FROM_STUDENT = "[printed by the student's code]\n"
_LONG_TEXT = 10_000
_MANY_WARNINGS = 100

# Errors that cross as what they are. Those that Python itself acts on (StopIteration would end a test's loop with
# nothing asserted) and those that aren't made from one text stay out.
_ERRORS: dict[str, type[Exception]] = {
    kind.__name__: kind
    for kind in (
        ArithmeticError,
        AssertionError,
        AttributeError,
        BufferError,
        EOFError,
        Exception,
        FileExistsError,
        FileNotFoundError,
        FloatingPointError,
        ImportError,
        IndentationError,
        IndexError,
        KeyError,
        LookupError,
        MemoryError,
        ModuleNotFoundError,
        NameError,
        NotImplementedError,
        OSError,
        OverflowError,
        PermissionError,
        RecursionError,
        ReferenceError,
        RuntimeError,
        SyntaxError,
        SystemError,
        TimeoutError,
        TypeError,
        UnboundLocalError,
        ValueError,
        ZeroDivisionError,
    )
}
_WARNINGS: dict[str, type[Warning]] = {
    kind.__name__: kind
    for kind in (
        BytesWarning,
        DeprecationWarning,
        FutureWarning,
        ImportWarning,
        PendingDeprecationWarning,
        ResourceWarning,
        RuntimeWarning,
        SyntaxWarning,
        UnicodeWarning,
        UserWarning,
        Warning,
    )
}


class Student:
    """The trusted end of the wire to the student process.

    After the first failure every further request fails the same way: ``failure`` holds it, whatever a test's
    code made of the exception.
    """

    def __init__(self, connection: socket.socket, limits: Limits) -> None:
        self.wire = Wire(connection, limits.message_bytes)
        self.limits = limits
        self.failure: IsolationFailure | None = None
        self.printed: Callable[[str], None] = lambda text: None
        self._open: list[int] = []  # requests without an answer yet
        self._parts: list[list[Any]] = []  # changeable parts of the arguments of each
        # What this cell lent, by numbers that are never used again, and the generators' states as the student has them.
        self._numbers = itertools.count()
        self._functions: dict[int, Callable] = {}
        self._generators: dict[int, np.random.Generator] = {}
        self._states: dict[int, bytes] = {}

    def hello(self) -> None:
        """Wait until the process is ready."""
        answer = self._receive()
        if answer != ("ready",):
            raise Died(f"The student process did not start: {answer!r:.500}.")

    # Requests

    def fetch(self, names: list[str]) -> dict[str, Any]:
        """Values, proxies and handles for those of the names that exist. What was lent to earlier cells ends."""
        self._functions.clear()
        self._generators.clear()
        self._states.clear()
        fetched = self.ask("the notebook", "fetch", names)
        if type(fetched) is not dict or not set(fetched) <= set(names):
            raise self._fail(Refused("The student process sent names that nobody asked for."))
        return {
            name: self._named(name, value) if isinstance(value, Handle) else value
            for name, value in fetched.items()
        }

    def ask(self, name: str, operation: str, *operands: Any) -> Any:
        """See `proxies.Asks`."""
        value = self._request(operation, operands, [])
        return self._named(name, value) if isinstance(value, Handle) else value

    def call(self, name: str, function: Handle, args: tuple, kwargs: dict) -> Any:
        """See `proxies.Asks`."""
        errors = np.geterr()
        value = self._request(
            "call",
            (function, args, kwargs, errors if errors != _USUAL_ERRORS else None),
            parts((args, kwargs)),
        )
        return self._named(f"result of {name}", value) if isinstance(value, Handle) else value

    def _named(self, name: str, handle: Handle) -> Handle:
        vars(handle).update(_name=name)
        if isinstance(handle, Proxy):
            vars(handle).update(__name__=name, __qualname__=name)
        return handle

    def _request(self, operation: str, operands: tuple, changeable: list[Any]) -> Any:
        if self.failure:
            raise self.failure
        if len(self._open) >= self.limits.nesting:
            raise RecursionError("the two processes called each other too deeply")
        number = secrets.randbits(62) + 1
        try:
            message = encode((number, operation, *operands), self._refer, self.limits)
        except Unsendable as error:
            raise TypeError(str(error)) from None
        self._open.append(number)
        self._parts.append(changeable)
        try:
            self.wire.send(message)
            while True:
                answer = self._receive()
                if [type(part) for part in answer[:2]] != [int, str] or answer[0] != number:
                    raise Refused("The student process sent an answer that nobody waited for.")
                if answer[1] != "call-back":
                    return self._finish(answer, changeable)
                self._call_back(number, answer)
        except IsolationFailure as failure:
            raise self._fail(failure) from None
        finally:
            self._open.pop()
            self._parts.pop()

    def _fail(self, failure: IsolationFailure) -> IsolationFailure:
        self.failure = self.failure or failure
        return self.failure

    def _receive(self) -> tuple:
        try:
            message = decode(self.wire.receive(), self._resolve, self.limits)
            if type(message) is not tuple:
                raise Malformed("not a tuple")
        except Malformed as error:
            raise Refused(f"The student process sent what is no message ({error}).") from None
        return message

    def _finish(self, answer: tuple, changeable: list[Any]) -> Any:
        """Print, warn, change arguments as the student's function did; then return or raise as it did."""
        try:
            _, ended, value, changes, complaints, printed = answer
            if type(printed) is not str or type(changes) is not list or type(complaints) is not list:
                raise TypeError("wrong types")
            complaints = [_warning(*complaint) for complaint in complaints[:_MANY_WARNINGS]]
            error = _error(*value) if ended == "threw" else None
            news = [(changeable[number], content) for number, content in changes if number >= 0]
        except (TypeError, ValueError, IndexError) as problem:
            raise Refused(
                f"The student process sent an answer of the wrong form ({problem!r:.200})."
            ) from None
        if ended not in ("returned", "threw"):
            raise Refused("The student process sent an answer of the wrong form.")
        if printed:
            self.printed(printed)
        for part, content in news:
            apply(part, content, StudentError)
        for text, category in complaints:
            warnings.warn(text, category, stacklevel=5)
        if error is not None:
            raise error
        return value

    def _call_back(self, number: int, request: tuple) -> None:
        """Run a function that was lent to the student process, with arguments that it sends."""
        try:
            _, _, index, args, kwargs = request
            if type(args) is not tuple or type(kwargs) is not dict or type(index) is not int:
                raise TypeError("the wrong form")
            function = self._functions[index]
        except (TypeError, ValueError, KeyError):
            raise Refused("The student process called back something that it was not lent.") from None
        try:
            answer = encode((number, "returned", function(*args, **kwargs)), self._refer, self.limits)
        except Exception as error:
            name = next(
                (kind.__name__ for kind in type(error).__mro__ if kind in _ERRORS.values()), "RuntimeError"
            )
            answer = encode((number, "threw", name, str(error)[:_LONG_TEXT]), self._refer, self.limits)
        self.wire.send(answer)

    # References

    def _refer(self, value: Any) -> tuple:
        if isinstance(value, Handle):
            if vars(value)["_asks"] is not self:
                raise Unsendable(f"{value!r} belongs to a process that is gone")
            return ("object", vars(value)["_number"])
        if type(value) is np.random.Generator:
            return self._generator(value)
        if callable(value):
            name = getattr(value, "__name__", type(value).__name__)
            if getattr(np, name, None) is value:
                return ("numpy", name)
            number = next(self._numbers)
            self._functions[number] = value
            return ("call-back", number, name)
        return no_reference(value)

    def _generator(self, generator: np.random.Generator) -> tuple:
        """Send a generator over with its state, and again only if this side drew from it.

        In between the student's copy goes on by itself: two calls with one generator draw different numbers, and what
        the student draws moves nothing here.
        """
        state = generator.bit_generator.state
        packed = encode(state, no_reference, self.limits)
        number = next((number for number, known in self._generators.items() if known is generator), None)
        if number is None:
            number = next(self._numbers)
            self._generators[number] = generator
        sent = self._states.get(number) == packed
        self._states[number] = packed
        return ("generator", number, type(generator.bit_generator).__name__, None if sent else state)

    def _resolve(self, reference: tuple) -> Any:
        kind, *fields = reference
        if kind == "object":
            number, type_name, function, doc = fields
            if type(number) is not int:
                raise Malformed("bad reference")
            type_name = _string(type_name)[:100]
            doc = None if doc is None else _string(doc)
            return (
                Proxy(self, "", number, type_name, doc) if function else Handle(self, "", number, type_name)
            )
        (index,) = fields
        if kind == "ufunc":
            found = getattr(np, _string(index), None)
            if type(found) is not np.ufunc:
                raise Malformed("no ufunc")
            return found
        if type(index) is not int or index < 0:
            raise Malformed("bad reference")
        if kind == "part":
            return self._parts[-1][index]
        lent: dict[str, dict[int, Any]] = {"call-back": self._functions, "generator": self._generators}
        return lent[kind][index]


_USUAL_ERRORS = np.geterr()


def _string(text: Any) -> str:
    if type(text) is not str:
        raise TypeError("not a text")
    return str(scrub(text[:_LONG_TEXT]))


def _error(classes: list[str], type_name: str, text: str) -> Exception:
    """The error that a student's function raised, or the nearest thing that is safe to raise here."""
    type_name, text = _string(type_name)[:100], _string(text)
    if type(classes) is not list or not all(type(name) is str for name in classes):
        raise TypeError("not a list of classes")
    if classes and classes[0] == type_name and type_name in _ERRORS:
        return _ERRORS[type_name](text)
    nearest = next((_ERRORS[name] for name in classes if name in _ERRORS), Exception)
    bases = (StudentError,) if issubclass(StudentError, nearest) else (StudentError, nearest)
    kind: type[StudentError] = type("StudentError", bases, {"type_name": type_name})
    return kind(f"{type_name}: {text}")


def _warning(classes: list[str], type_name: str, text: str) -> tuple[str, type[Warning]]:
    nearest = next(
        (_WARNINGS[name] for name in classes if type(name) is str and name in _WARNINGS), UserWarning
    )
    return _string(text), nearest


class Trusted:
    """Runs the cells of one submission on the host's word."""

    def __init__(self, prepare: Prepare, settings: dict[str, Any], limits: Limits) -> None:
        self.limits = limits
        self.outputs = Outputs(limits.output_bytes)
        self.student: Student | None = None
        self.late = False
        self.bound: set[str] = set()
        signal.signal(signal.SIGALRM, self._on_alarm)
        self.notebook = new_notebook()
        self.notebook.__dict__.update(prepare(self._emit, settings))

    def _emit(self, output: dict[str, Any]) -> None:
        self.outputs.add(output, len(json.dumps(output)))

    def _on_alarm(self, signum: int, frame: FrameType | None) -> None:
        self.late = True
        raise TimedOut("The time was up.")

    def attach(self, connection: socket.socket, seconds: float) -> str:
        """Take a new student process. Returns why that went wrong, or an empty text."""
        if self.student is not None:
            self.student.wire.close()  # left to the garbage collector, it would complain in the middle of a test
        self.student = Student(connection, self.limits)
        self.student.wire.deadline = time.monotonic() + seconds
        try:
            self.student.hello()
        except IsolationFailure as failure:
            return str(failure)
        return ""

    def run(self, cell: str, source: str, where: str, seconds: float) -> dict[str, Any]:
        """Run a cell in the student process, or here as a "setup" or a "graded" cell; say what became of it."""
        assert self.student is not None
        self.outputs = outputs = Outputs(self.limits.output_bytes)
        self.student.printed = self._print_own if where == "student" else self._print_foreign
        self.student.wire.deadline = time.monotonic() + seconds
        self.late = False
        answer: dict[str, Any] = {"status": "ok", "reason": "", "record": None}
        try:
            if where == "student":
                self._run_student(cell, source, answer)
            else:
                self._run_here(cell, source, seconds, answer, fetch=where == "graded")
        except IsolationFailure as failure:
            answer.update(status=failure.status, reason=str(failure))
        swallowed = self.student.failure or (TimedOut("The time was up.") if self.late else None)
        if swallowed:  # whatever a test's code made of it
            answer.update(status=swallowed.status, reason=str(swallowed), record=None)
        found: dict[str, Any] = scrub({**answer, "outputs": outputs.items})
        return {**found, "lost": self.student.failure is not None}

    def _print_own(self, text: str) -> None:
        self.outputs.stream("stdout", text)

    def _print_foreign(self, text: str) -> None:
        last = self.outputs.items[-1] if self.outputs.items else {}
        marked = last.get("output_type") == "stream" and FROM_STUDENT in last["text"]
        self.outputs.stream("stdout", text if marked else FROM_STUDENT + text)

    def _run_student(self, cell: str, source: str, answer: dict[str, Any]) -> None:
        assert self.student is not None
        told = self.student.ask("the cell", "run", source, f"<cell {cell}>")
        if told is None:
            return
        try:
            name, text, trace = told
            if type(trace) is not list:
                raise TypeError("no traceback")
            trace = [_string(line) for line in trace[:_MANY_WARNINGS]]
            name, text = _string(name), _string(text)
        except (TypeError, ValueError):
            raise self.student._fail(
                Refused("The student process told an error of the wrong form.")
            ) from None
        answer.update(status="raised", reason=f"{name}: {text}")
        self.outputs.add(_error_output(name, text, trace), sum(map(len, trace)))

    def _run_here(self, cell: str, source: str, seconds: float, answer: dict[str, Any], fetch: bool) -> None:
        filename = f"<cell {cell}>"
        space = self.notebook.__dict__
        fetched: dict[str, Any] = {}
        with printing_to(self.outputs):
            try:
                tree = parse(source, filename)
                self.bound |= bound_names(tree)
                if fetch:
                    fetched = self._fetch(tree)
                    space.update(fetched)
                _alarm(seconds)
                execute(tree, self.notebook, filename)
            except IsolationFailure:
                raise
            except BaseException as error:
                answer.update(status="raised", reason=_reason(error), record=_record(error))
                lines = _rendered(error, filename)
                self.outputs.add(_error_output(type(error).__name__, str(error), lines), sum(map(len, lines)))
            finally:
                _alarm(0)
                for name, value in fetched.items():
                    if space.get(name) is value:
                        del space[name]

    def _fetch(self, tree: ast.Module) -> dict[str, Any]:
        """What the student's notebook has under the names that are nobody's here.

        A name that a setup or graded cell binds is never the student's, not even where that cell failed.
        """
        assert self.student is not None
        ours = self.bound | set(self.notebook.__dict__) | set(dir(builtins)) | {"get_ipython", "display"}
        return self.student.fetch(sorted(loaded_names(tree) - ours))


def _alarm(seconds: float) -> None:
    """Raise `TimedOut` after this time, and again soon after where a test swallowed it. 0 stops that."""
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.1 if seconds else 0)


def _reason(error: BaseException) -> str:
    if isinstance(error, NameError) and error.name:
        return f"NameError: the notebook does not define {error.name!r}"
    text = str(scrub(str(error)))[:_LONG_TEXT]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _record(error: BaseException) -> dict[str, Any] | None:
    """What the error's ``record()`` gives, if it has one; ``None`` where that is no dict of JSON."""
    try:
        record = json.loads(json.dumps(error.record(), allow_nan=False))  # type: ignore[attr-defined]
    except (AttributeError, TypeError, ValueError):
        return None
    return scrub(record) if isinstance(record, dict) else None


def _rendered(error: BaseException, filename: str) -> list[str]:
    render = getattr(error, "_render_traceback_", None)
    return list(map(str, render())) if callable(render) else traceback_lines(error, filename)


def _error_output(name: str, text: str, trace: list[str]) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": text[:_LONG_TEXT], "traceback": trace}


def serve(connection: socket.socket, prepare: Prepare, limits: Limits, mapped: int) -> None:
    """Follow the host's orders until it closes the connection. ``mapped`` is what is mapped now, in bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (mapped + limits.trusted_memory,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limits.total_seconds) + 1,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    host = Wire(connection, 1 << 32)

    def receive() -> tuple:
        return decode(host.receive(), no_reference, limits)

    def send(value: Any) -> None:
        host.send(encode(value, no_reference, limits))

    (settings,) = receive()
    try:
        trusted = Trusted(prepare, json.loads(settings), limits)
    except Exception as error:
        send(f"{type(error).__name__}: {error}")
        return
    send("")
    while True:
        try:
            order, *rest = receive()
        except Died:
            return
        if order == "attach":
            _, fds, _, _ = socket.recv_fds(connection, 1, 1)
            send(trusted.attach(socket.socket(fileno=fds[0]), *rest))
        else:
            send(json.dumps(trusted.run(*rest)))
