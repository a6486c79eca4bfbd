"""Where submissions are marked: in threads of this process, or by the workers of a Dask cluster."""

from __future__ import annotations

import atexit
import hashlib
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import autograder
from autograder.course import Course
from autograder.grader.marking import Marked, Marker
from autograder.grader.sheet import Sheet
from autograder.isolation import Sandbox


class NoCluster(Exception):
    """There is no Dask cluster to work for the batch."""


class OtherVersion(Exception):
    """A worker has other code than the batch that it works for; its marks could differ."""


@dataclass(frozen=True)
class Desk:
    """What marking the submissions of a unit takes, as values that can be sent to another machine.

    Attributes
    ----------
    course : Course
        What is graded.
    unit : str
        The unit's key.
    sheet : str
        The unit's own notebook, as the text of a file.
    seed : str or None
        The course's secret seed.
    sandbox : Sandbox or None
        How student processes are confined, if not by bubblewrap.
    code : str
        The `version_of` the code that marks.
    """

    course: Course
    unit: str
    sheet: str
    seed: str | None
    sandbox: Sandbox | None
    code: str

    def open(self) -> Marker:
        """A marker, not entered yet.

        Raises
        ------
        OtherVersion
            If this machine's code is not that of the batch.
        """
        sheet = Sheet(self.course.unit(self.unit), nbformat.reads(self.sheet, as_version=4))
        if version_of(self.course, sheet.unit.libraries) != self.code:
            raise OtherVersion(
                "A worker has another version of the course, of Python or of a library than this batch. "
                "Install the same on all of them."
            )
        return Marker(self.course, sheet, self.seed, self.sandbox)

    def fingerprint(self) -> str:
        """A digest of all this."""
        weak = "" if self.sandbox is None else self.sandbox.describe()
        parts = (self.unit, self.sheet, str(self.seed), weak, self.code)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


@cache
def version_of(course: Course, libraries: tuple[str, ...]) -> str:
    """A digest of what marks hang on: the sources of the grader and the reference library, Python, and libraries."""
    digest = hashlib.sha256(sys.version.encode())
    for package in (Path(autograder.__file__).parent, course.library):
        for source in sorted(package.rglob("*.py")):
            digest.update(str(source.relative_to(package)).encode())
            digest.update(hashlib.sha256(source.read_bytes()).digest())
    owners = packages_distributions()
    for module in sorted({name.partition(".")[0] for name in (*course.trusted, *libraries)}):
        digest.update("".join(f"{owner} {version(owner)};" for owner in owners.get(module, [])).encode())
    return digest.hexdigest()


class Markers:
    """Each thread's marker: it is kept until a submission of another unit comes, for submissions come in units."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._open: set[Marker] = set()

    def mark(self, desk: Desk, notebook: NotebookNode) -> tuple[Marked, NotebookNode]:
        """Mark a notebook; give its marks, and the notebook with its outputs."""
        key = desk.fingerprint()
        if self._own.__dict__.get("key") != key:
            self._own.key = None
            if (old := self._own.__dict__.get("marker")) in self._open:
                self._open.discard(old)
                old.__exit__(None, None, None)
            self._own.marker = desk.open().__enter__()
            self._own.key = key
            self._open.add(self._own.marker)
        return self._own.marker.mark(notebook), notebook

    def close(self) -> None:
        """End all their processes."""
        while self._open:
            self._open.pop().__exit__(None, None, None)


@dataclass(frozen=True)
class Workers:
    """Those who mark.

    Attributes
    ----------
    submit : callable
        ``submit(desk, notebook)`` promises the marks, and the notebook with its outputs.
    window : int
        How many submissions may be under way, so that memory doesn't grow with the class.
    lost : tuple of type
        Errors that say: it was tried several times, and each time the worker died.
    """

    submit: Callable[[Desk, NotebookNode], Future[tuple[Marked, NotebookNode]]]
    window: int
    lost: tuple[type[Exception], ...] = ()


@contextmanager
def threads(jobs: int) -> Iterator[Workers]:
    """Threads of this process. Each waits for the two processes of its marker, which do the work."""
    markers = Markers()
    pool = ThreadPoolExecutor(jobs)
    try:
        yield Workers(lambda desk, notebook: pool.submit(markers.mark, desk, notebook), 2 * jobs)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        markers.close()  # what still runs is given up
        pool.shutdown(wait=True)


_of_this_worker = Markers()
atexit.register(_of_this_worker.close)


def _mark_here(desk: Desk, notebook: NotebookNode) -> tuple[Marked, NotebookNode]:
    """What a worker of a cluster does: like a thread, it keeps its marker for the next submission."""
    return _of_this_worker.mark(desk, notebook)


@contextmanager
def dask(scheduler: str) -> Iterator[Workers]:
    """The workers of a Dask cluster. Work of one that dies is given to another.

    Notebooks are sent by value, so no disk needs to be shared; so are hidden tests and the secret seed.

    Parameters
    ----------
    scheduler : str
        The scheduler's address, as ``tcp://host:8786``.

    Raises
    ------
    NoCluster
        If there is no scheduler, or it has no worker.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise NoCluster("Dask is not installed here: pip install distributed") from error

    with ExitStack() as stack:
        try:
            client = stack.enter_context(Client(scheduler, set_as_default=False, timeout=10))
            client.wait_for_workers(1, timeout=30)
        except (OSError, TimeoutError) as error:
            raise NoCluster(f"No Dask scheduler with a worker answers at {scheduler}: {error}") from error
        pool = stack.enter_context(client.get_executor(pure=False))
        window = max(16, 2 * sum(client.nthreads().values()))
        yield Workers(lambda desk, notebook: pool.submit(_mark_here, desk, notebook), window, (KilledWorker,))
