"""The host: starts the two kinds of process, hands out the cells and replaces what died."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import IO, Any, Literal

from .limits import Limits
from .sandbox import STEADY, Bubblewrap, IsolationUnavailable, Room, Sandbox, temporary_file
from .trusted import Prepare
from .values import Malformed, decode, encode, no_reference
from .wire import Died, IsolationFailure, TimedOut, Wire
from .zygote import PACKET

_START_SECONDS = 60.0
_GRACE_SECONDS = 2.0  # what the trusted process may be late before it is ended
_TRUSTED = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from {package}.zygote import serve_trusted as s; s(int(sys.argv[2]))"
)

_REMEDY = (
    "Isolation needs bubblewrap and user namespaces for ordinary users. Where a distribution forbids them, allow them "
    "(`sysctl kernel.unprivileged_userns_clone=1`, `sysctl kernel.apparmor_restrict_unprivileged_userns=0`, "
    "`sysctl user.max_user_namespaces=10000`; in a container, run it with the right to make namespaces), or ask "
    "explicitly for weaker isolation."
)

_TRIAL = """
import os, sys
for place in filter(os.path.exists, sys.path):
    if not os.access(place, os.R_OK | os.X_OK):
        raise PermissionError("the student's user may not read Python's packages. Open their folder to all "
                              "(chmod a+rX), or grade as the ordinary user that owns it.")
"""

Status = Literal["ok", "raised", "timed-out", "died", "refused", "not-run"]


@dataclass(frozen=True)
class Cell:
    """One code cell. ``kind`` says who wrote it, and so where it runs: "setup" cells run in both processes."""

    id: str
    source: str
    kind: Literal["student", "graded", "setup"]


@dataclass(frozen=True)
class Outcome:
    """What became of a cell.

    Attributes
    ----------
    id : str
        The cell's.
    status : str
        "ok"; "raised": its code raised an error; "timed-out"; "died": a process ended; "refused": the
        student process sent something that isn't allowed; "not-run".
    reason : str
        A sentence for a person; empty where ok.
    record : dict or None
        What the ``record()`` method of the raised error gave, for a graded cell.
    outputs : list of dict
        As in a notebook file. No verdict may hang on them.
    seconds : float
        Wall time.
    """

    id: str
    status: Status
    reason: str = ""
    record: dict[str, Any] | None = None
    outputs: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0


class _Process:
    """A child of a zygote."""

    def __init__(self, zygote: _Zygote, number: int, handle: int) -> None:
        self._zygote = zygote
        self._number = number
        self._handle = handle

    def kill(self) -> None:
        """Kill it, and wait for nothing."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def end(self, *, wait: bool = False) -> str:
        """Kill it, wait until it and what it started are gone, and say how it had ended.

        With ``wait`` it gets a moment to end by itself, so that it is told how.
        """
        if wait:
            select.select([self._handle], [], [], 0.2)
        self.kill()
        gone, _, _ = select.select([self._handle], [], [], _GRACE_SECONDS * 5)
        os.close(self._handle)
        if not gone:
            raise IsolationUnavailable(
                "A student process could not be ended. Look at the machine before you go on."
            )
        status = self._zygote.ask({"reap": self._number})[0]["status"]
        return f"by signal {-status}" if status < 0 else f"with exit status {status}"


class _Zygote:
    def __init__(self, process: subprocess.Popen, control: socket.socket, errors: Callable[[], str]) -> None:
        self.process = process
        self._control = control
        self._errors = errors

    def ask(
        self, request: dict[str, Any], *, lend: int | None = None, seconds: float = 30.0
    ) -> tuple[dict, list[int]]:
        self._control.settimeout(seconds)
        try:
            socket.send_fds(self._control, [json.dumps(request).encode()], [] if lend is None else [lend])
            message, handles, _, _ = socket.recv_fds(self._control, PACKET, 1)
        except OSError as error:
            raise IsolationUnavailable(
                f"The process that starts others failed ({error}). {self._errors()} {_REMEDY}"
            ) from None
        answer = json.loads(message or b'{"error": "it ended"}')
        if "error" in answer:
            raise IsolationUnavailable(
                f"A process did not start: {answer['error']}. {self._errors()} {_REMEDY}"
            )
        return answer, handles

    def fork(self, connection: socket.socket) -> _Process:
        answer, handles = self.ask({"fork": True}, lend=connection.fileno())
        return _Process(self, answer["process"], handles[0])


class Isolation:
    """Runs notebooks of strangers: their cells in a sandbox, the graded cells beside it.

    A context manager. Entering it starts two processes, in which everything is loaded; each run forks two
    fresh ones of them. Use one object for each worker process, in the thread that made it.

    Parameters
    ----------
    room : Room
        What the students' process finds.
    limits : Limits
        What a submission may use.
    sandbox : Sandbox, optional
        Default: `Bubblewrap`.
    prepare : callable or str
        Called as ``prepare(emit, settings)`` in the fresh trusted process of each submission; returns the
        namespace with which setup and graded cells start. ``emit(output)`` adds an output to the cell that runs.
        A function that can be imported, or its name, ``"package.module:function"``.
    trusted_preload : sequence of str
        Modules that the trusted processes import before the first fork.

    Raises
    ------
    IsolationUnavailable
        On entering and from `run`: where the sandbox doesn't work. The message names the remedy.
    """

    def __init__(
        self,
        room: Room,
        limits: Limits | None = None,
        *,
        sandbox: Sandbox | None = None,
        prepare: Prepare | str,
        trusted_preload: Sequence[str] = (),
    ) -> None:
        self.room = room
        self.limits = limits or Limits()
        self.sandbox = sandbox or Bubblewrap()
        self._prepare = (
            prepare if isinstance(prepare, str) else f"{prepare.__module__}:{prepare.__qualname__}"
        )
        if "<" in self._prepare:
            raise ValueError(f"prepare must be a function that can be imported by name, not {self._prepare}")
        self._trusted_preload = tuple(trusted_preload)
        self._open: contextlib.ExitStack | None = None

    def __enter__(self) -> Isolation:
        with contextlib.ExitStack() as stack:
            self._students = self._start_students(stack)
            self._trusted = self._start_trusted(stack)
            self._open = stack.pop_all()
        try:
            self._try()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes."""
        stack, self._open = self._open, None
        if stack:
            stack.close()

    def run(self, cells: Sequence[Cell], settings: dict[str, Any] | None = None) -> list[Outcome]:
        """Run one submission's cells in their order and say what became of each.

        Parameters
        ----------
        cells : sequence of Cell
        settings : dict, optional
            JSON. Goes to ``prepare`` in the trusted process, never to the student's.

        Returns
        -------
        list of Outcome
            One for each cell, in the same order.
        """
        if self._open is None:
            raise RuntimeError(
                "an Isolation must be entered (`with Isolation(...) as isolation:`) before it runs cells"
            )
        with contextlib.closing(_Run(self._students, self._trusted, settings or {}, self.limits)) as run:
            return [run.cell(cell) for cell in cells]

    def _try(self) -> None:
        """Run a submission of our own, so that what doesn't work is known before the first real one."""
        for outcome in self.run([Cell("trial", _TRIAL, "student"), Cell("graded trial", "1 + 1", "graded")]):
            if outcome.status != "ok":
                raise IsolationUnavailable(f"A trial run failed: {outcome.reason}")

    def _start_students(self, stack: contextlib.ExitStack) -> _Zygote:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process, order, errors = stack.enter_context(self.sandbox.start(self.room, theirs))
        return self._begin(stack, process, ours, errors, {**order, "preload": self.room.preload})

    def _start_trusted(self, stack: contextlib.ExitStack) -> _Zygote:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        errors = stack.enter_context(temporary_file())
        program = _TRUSTED.format(package=__package__)
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-c", program, json.dumps(sys.path), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **STEADY},
                start_new_session=True,
            )
        order = {"prepare": self._prepare, "preload": self._trusted_preload, "path": sys.path}
        return self._begin(stack, process, ours, errors, order)

    def _begin(
        self,
        stack: contextlib.ExitStack,
        process: subprocess.Popen,
        control: socket.socket,
        errors: IO[bytes],
        order: dict[str, Any],
    ) -> _Zygote:
        stack.callback(_stop, process, control)

        def complaint() -> str:
            errors.seek(0)
            return errors.read()[-2000:].decode(errors="replace").strip()

        zygote = _Zygote(process, control, complaint)
        zygote.ask({**order, "limits": asdict(self.limits)}, seconds=_START_SECONDS)
        return zygote


def _stop(process: subprocess.Popen, control: socket.socket) -> None:
    control.close()  # the zygote ends its children and itself
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class _Run:
    """One submission: its two processes, what was run, and the time that is left."""

    def __init__(self, students: _Zygote, trusted: _Zygote, settings: dict[str, Any], limits: Limits) -> None:
        self._students = students
        self._trusted = trusted
        self._settings = settings
        self._limits = limits
        self._end = time.monotonic() + limits.total_seconds
        self._past: list[Cell] = []  # what a new student process has to run first
        self._replays = -1
        self._student: _Process | None = None
        self._grader: _Process | None = None
        self._wire: Wire | None = None

    def cell(self, cell: Cell) -> Outcome:
        """Run one cell."""
        begin = time.monotonic()
        try:
            answer = self._refuse(cell) or self._begin() or self._run(cell)
        except IsolationFailure as failure:  # the trusted process itself
            self.close()
            answer = {
                "status": failure.status,
                "reason": "The trusted process was stopped: the cell took too long."
                if isinstance(failure, TimedOut)
                else "The trusted process ended while the cell ran.",
            }
        if cell.kind != "graded" and answer["status"] in ("ok", "raised"):
            self._past.append(cell)
        return Outcome(cell.id, seconds=time.monotonic() - begin, **answer)

    def _refuse(self, cell: Cell) -> dict[str, Any] | None:
        if len(cell.source) > self._limits.message_bytes // 8:
            return {"status": "refused", "reason": "The cell is too long."}
        return None

    def _begin(self) -> dict[str, Any] | None:
        """Make sure that both processes stand; otherwise say why the cell can't run."""
        while not (self._student and self._wire):
            if self._seconds() <= 0:
                break
            if self._replays >= self._limits.replays:
                return {
                    "status": "not-run",
                    "reason": "The student process had to be replaced too often before.",
                }
            self._replays += 1
            self._replay()
        if self._seconds() <= 0:
            return {"status": "not-run", "reason": "The time for the whole submission was used up before."}
        return None

    def _seconds(self) -> float:
        return min(self._limits.cell_seconds, self._end - time.monotonic())

    def _run(self, cell: Cell) -> dict[str, Any]:
        answer: dict[str, Any] = {"status": "ok"}
        if cell.kind != "student":
            answer = self._order(cell, cell.kind)
        if cell.kind != "graded" and answer["status"] == "ok":
            answer = self._order(cell, "student")
        return answer

    def _order(self, cell: Cell, where: str) -> dict[str, Any]:
        """Have the trusted process run the cell, or have it run by the student process."""
        seconds = self._seconds()
        answer = json.loads(self._ask(seconds, "run", cell.id, cell.source, where, seconds))
        lost = answer.pop("lost")
        if answer["status"] == "timed-out":
            answer["reason"] = f"The cell was stopped after {seconds:.3g} seconds."
        if lost:
            ended = self._end_student(wait=answer["status"] == "died")
            if answer["status"] == "died":
                answer["reason"] = f"The student process ended {ended} while the cell ran."
        return answer

    def _replay(self) -> None:
        """Start what is missing and run the past cells in it; leave out one that ends the process this time."""
        new_grader = self._wire is None
        if new_grader:
            self._start_grader()
        self._start_student()
        for cell in list(self._past):
            for where in ("setup", "student") if cell.kind == "setup" and new_grader else ("student",):
                if self._seconds() > 0 and self._order(cell, where)["status"] not in ("ok", "raised"):
                    self._past.remove(cell)
                    self._end_student()
                    return

    def _start_grader(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._grader = self._trusted.fork(theirs)
        self._wire = Wire(ours, 1 << 32)
        problem = self._ask(_START_SECONDS, json.dumps(self._settings))
        if problem:
            raise RuntimeError(f"the trusted process could not be prepared: {problem}")

    def _start_student(self) -> None:
        assert self._wire is not None
        one, other = socket.socketpair()
        with one, other:
            self._student = self._students.fork(one)
            self._send("attach", _START_SECONDS)
            socket.send_fds(self._wire.connection, [b"\0"], [other.fileno()])
        problem = self._receive(_START_SECONDS)
        if problem:
            raise IsolationUnavailable(f"{problem} {_REMEDY}")

    def _ask(self, seconds: float, *order: Any) -> Any:
        self._send(*order)
        return self._receive(seconds)

    def _send(self, *order: Any) -> None:
        assert self._wire is not None
        self._wire.deadline = time.monotonic() + _GRACE_SECONDS
        self._wire.send(encode(order, no_reference, self._limits))

    def _receive(self, seconds: float) -> Any:
        """Wait for the trusted process, a little longer than it may take."""
        assert self._wire is not None
        self._wire.deadline = time.monotonic() + seconds + _GRACE_SECONDS
        try:
            return decode(self._wire.receive(), no_reference, self._limits)
        except Malformed:
            raise Died("The trusted process sent what is no message.") from None

    def _end_student(self, *, wait: bool = False) -> str:
        process, self._student = self._student, None
        return process.end(wait=wait) if process else ""

    def close(self) -> None:
        """End both processes."""
        process, self._grader = self._grader, None
        if process:
            process.kill()
        self._end_student()
        if process:
            process.end()
        if self._wire:
            self._wire.close()
            self._wire = None
