"""Fuzzed replies on the wire: a trusted process of the grader's, and a student process whose replies are changed."""

from __future__ import annotations

import collections
import contextlib
import copy
import importlib
import json
import os
import random
import signal
import socket
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils

from autograder.course import prepare
from autograder.grader.sheet import Sheet, grade_id, is_setup
from autograder.isolation import Cell, Limits, student, trusted
from autograder.isolation.values import decode
from autograder.isolation.wire import Died, Wire
from tests.course import one_wrong, sheet, solutions
from tests.fuzz.mutate import Reference, message

STATUSES = {"ok", "raised", "timed-out", "died", "refused"}
LIMITS = Limits(cell_seconds=5.0)
LONG = 1.0  # seconds; graded cells that take longer without a change are left out

# How deep a changed reply came, told by what the trusted process says of it.
FRAME = (
    "too long a message",
    "process is gone",
    "time was up",
    "ends too early",
    "unknown tag",
    "left over",
    "not a tuple",
)
MESSAGE = ("of the wrong form", "nobody waited for", "was not lent", "nobody asked for")
DEPTHS = {
    "frame": "refused at the frame: its length, its end, or bytes that are no value",
    "message": "refused as a message: not an answer, or not to this question",
    "value": "refused at a value in it: a reference to nothing, a number or an array that can't be",
    "judged": "taken for an answer, and judged by the check as any other",
}


class FuzzedWire(Wire):
    """The trusted end of a wire on which one reply, or every reply from one on, arrives changed."""

    def __init__(self, wire: Wire, seed: int) -> None:
        super().__init__(wire.connection, wire.message_bytes)
        self.random = random.Random(seed)
        self.first = self.random.choice([0, 1, 1, 2, 2, 3, 5])
        self.all = self.random.random() < 0.3
        self.seen: list[bytes] = []
        self.lent: list[int] = []
        self.done: list[str] = []
        self._unasked = 0  # call-backs that the honest process does not know of
        self._changed: Wire | None = None

    def send(self, message: bytes) -> None:
        """Send a request, and note what it lends; keep the answer to a call-back that was made up."""
        if self._unasked:
            self._unasked -= 1
            return

        def note(fields: tuple) -> Reference:
            if fields[0] in ("call-back", "generator"):
                self.lent.append(fields[1])
            return Reference(fields)

        decode(message, note, LIMITS)
        super().send(message)

    def receive(self) -> bytes:
        """Wait for the honest message, and give another."""
        if self._changed is not None:
            with contextlib.suppress(Died):  # its bytes are all read, and the honest process goes on
                return self._changed.receive()
        honest = super().receive()
        number = len(self.seen)
        self.seen.append(honest)
        if number != self.first and not (self.all and number > self.first):
            return honest
        kind, data = message(honest, self.seen[:-1], self.lent, LIMITS, self.random)
        self.done.append(kind)
        self._unasked = int(kind == "call-backs first")
        ours, theirs = socket.socketpair()
        with theirs:
            theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
            theirs.settimeout(1)
            theirs.sendall(data)
        self._close_changed()
        self._changed = Wire(ours, self.message_bytes)
        self._changed.deadline = time.monotonic() + 1
        return self._changed.receive()

    def _close_changed(self) -> None:
        if self._changed is not None:
            self._changed.close()

    def close(self) -> None:
        """Close both ends."""
        self._close_changed()
        super().close()


def cells(notebook: NotebookNode) -> list[Cell]:
    """The code cells that are run for a mark."""
    found = []
    for at, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and grade_id(cell):
            kind = "graded" if utils.is_grade(cell) else "setup" if is_setup(cell) else "student"
            found.append(Cell(f"{at} {grade_id(cell)}", cell.source, kind))
    return found


class Stage:
    """The two sides of one submission, in this process and in a fork of it.

    The honest student process runs the submission's cells once; each case is a fork of it, since a changed reply
    may leave it waiting for ever.
    """

    def __init__(self, sheet: Sheet, notebook: NotebookNode) -> None:
        for module in sheet.unit.libraries:
            importlib.import_module(module)
        self.graded = [cell for cell in cells(notebook) if cell.kind == "graded"]
        self._before = [cell for cell in cells(notebook) if cell.kind != "graded"]
        self._trusted = trusted.Trusted(prepare, {"seed": "fuzz"}, LIMITS)
        self._student = student._Student(Wire(socket.socket(), 1 << 40), LIMITS)
        student_main = self._student.notebook
        for cell in self._before:
            tree = student.parse(cell.source, f"<cell {cell.id}>")
            student.execute(tree, student_main, f"<cell {cell.id}>")
        with self.student() as connection:
            assert self._trusted.attach(connection, 5) == ""
            for cell in self._before:
                if cell.kind == "setup":
                    assert self._trusted.run(cell.id, cell.source, "setup", 20)["status"] == "ok"

    @contextlib.contextmanager
    def student(self) -> Iterator[socket.socket]:
        """The trusted end of a connection to a fresh fork of the student process."""
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            try:
                ours.close()
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(30)
                self._student.wire = Wire(theirs, 1 << 40)
                self._student.send(("ready",))
                while True:
                    self._student.answer(*self._student.receive())
            finally:
                os._exit(0)
        theirs.close()
        try:
            yield ours
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            ours.close()

    def honest(self, cell: Cell) -> dict[str, Any]:
        """What becomes of a graded cell where nothing is changed."""
        with self.student() as connection:
            assert self._trusted.attach(connection, 5) == ""
            return self._trusted.run(cell.id, cell.source, "graded", LIMITS.cell_seconds)

    def fuzzed(self, cell: Cell, seed: int) -> tuple[dict[str, Any], list[str]]:
        """What becomes of it with changed replies, and the kinds of change."""
        with self.student() as connection:
            assert self._trusted.attach(connection, 5) == ""
            assert self._trusted.student is not None
            wire = FuzzedWire(self._trusted.student.wire, seed)
            self._trusted.student.wire = wire
            outcome = self._trusted.run(cell.id, cell.source, "graded", LIMITS.cell_seconds)
            wire._close_changed()
        return outcome, wire.done


@dataclass
class Tally:
    """What came of changed replies: how many there were of each kind, how deep they came, and what went wrong."""

    kinds: collections.Counter = field(default_factory=collections.Counter)
    depths: collections.Counter = field(default_factory=collections.Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add what another process found."""
        self.kinds += other.kinds
        self.depths += other.depths
        self.wrong += other.wrong


def fuzz(key: str, kind: str, count: int) -> Tally:
    """Change replies to the graded cells of a unit, for a process of its own: it takes the place of ``__main__``.

    Parameters
    ----------
    key : str
        The unit.
    kind : str
        Which answers the student process has: ``"RIGHT"`` ones, where replies go on to the last case, or ``"WRONG"``
        ones, where nothing is earned.
    count : int
        How many replies at least.
    """
    notebook = copy.deepcopy(sheet(key).notebook)
    for cell in notebook.cells:
        given = solutions(key) if kind == "RIGHT" else one_wrong(key)
        cell.source = given.get(grade_id(cell), cell.source)
    stage = Stage(sheet(key), notebook)
    earned = {}
    for cell in [cell for cell in stage.graded if "test_" in cell.id]:
        begin = time.monotonic()
        points = stage.honest(cell)["status"] == "ok"
        # A model that the check itself has made can't be handed over here: such a cell is left out.
        if time.monotonic() - begin < LONG and points == (kind == "RIGHT"):
            earned[cell] = points
    assert len(earned) > 1, f"{key} has too few graded cells that can be judged"
    tally = Tally()
    for seed in range(10 * count):
        if tally.kinds.total() >= count:
            break
        cell = list(earned)[seed % len(earned)]
        try:
            outcome, kinds = stage.fuzzed(cell, seed)
            problem = complaint(outcome, earned[cell])
            tally.kinds.update(kinds)
            tally.depths.update(["judged"] * (len(kinds) - 1) + [depth(outcome)] * bool(kinds))
        except KeyboardInterrupt:
            raise
        except BaseException:  # the isolation's own failures are no Exception
            problem = traceback.format_exc(limit=-3)
        if problem:
            tally.wrong.append(f"{key} {kind} case {seed}, {cell.id}: {problem}")
    return tally


def depth(outcome: dict[str, Any]) -> str:
    """How deep the last changed reply of a cell came; those before it were taken, or it would not have been asked for."""
    if outcome["status"] in ("ok", "raised"):
        return "judged"
    said = [
        level
        for level, texts in (("frame", FRAME), ("message", MESSAGE))
        if any(t in outcome["reason"] for t in texts)
    ]
    return said[0] if said else "value"


def complaint(outcome: dict[str, Any], earned: bool) -> str:
    """Why an outcome is one that must not be, or an empty text."""
    json.loads(json.dumps(outcome))  # this is how the host gets it
    if outcome["status"] not in STATUSES:
        return f"an unknown status {outcome['status']!r}"
    if outcome["status"] == "ok" and not earned:
        return "points that nobody earned"
    if outcome["status"] != "ok" and not outcome["reason"]:
        return "no points and no reason"
    return ""
