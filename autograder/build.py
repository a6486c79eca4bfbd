"""From a unit's ``.py`` source to its executed notebook, and from there to the release.

``python -m autograder.build [UNIT ...]`` writes ``solutions/<unit>/<unit>.ipynb`` and ``notebooks/<unit>/``, and the
start page ``notebooks/start.ipynb`` from ``solutions/start.py``;
with ``--check`` it writes nothing and says what has drifted. ``make course`` and ``make test`` call it.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

import nnlib
from autograder.progress import START

CELL_TIMEOUT = 180  # seconds
STARTUP_TIMEOUT = 60  # seconds

# What any kernel of the course is called, whatever the machine that built it.
NOTEBOOK_METADATA = {
    "jupytext": {"formats": "ipynb,py:percent"},
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}


class BuildError(Exception):
    """A unit that cannot be built or has drifted: the file, the cell where there is one, and what to do.

    Parameters
    ----------
    path : Path
        The file that is wrong.
    problem : str
        What is wrong and what to do about it.
    cell : str, optional
        Id of the cell.
    """

    def __init__(self, path: Path, problem: str, cell: str | None = None) -> None:
        self.path, self.problem, self.cell = path, problem, cell
        where = str(path) if cell is None else f"{path}, cell {cell}"
        super().__init__(f"{where}: {problem}")


def unit_keys(root: Path) -> list[str]:
    """Keys of the units that have a source: names of the folders in ``solutions/``."""
    return sorted(
        source.stem for source in root.glob("solutions/*/*.py") if source.stem == source.parent.name
    )


def source_path(root: Path, key: str) -> Path:
    """The file that people edit."""
    return root / "solutions" / key / f"{key}.py"


def solution_path(root: Path, key: str) -> Path:
    """The executed notebook."""
    return root / "solutions" / key / f"{key}.ipynb"


def start_source(root: Path) -> Path:
    """The start page's source, where the course has one."""
    return root / "solutions" / Path(START).with_suffix(".py")


def start_page(root: Path) -> Path:
    """The page that a learner opens first."""
    return root / "notebooks" / START


def release_folder(root: Path, key: str) -> Path:
    """The folder that a learner gets."""
    return root / "notebooks" / key


def notebook_from_source(source: Path) -> NotebookNode:
    """Read a ``.py`` source as a notebook without outputs, the same bytes every time.

    A cell's id is its ``grade_id``, else the ``name`` in its header, else a hash of its text.

    Raises
    ------
    BuildError
        Where a name is used twice or cannot be a cell id.
    """
    notebook = jupytext.read(source, fmt="py:percent")
    pairing = notebook.metadata.get("jupytext", {}).get("formats")
    if pairing != NOTEBOOK_METADATA["jupytext"]["formats"]:
        raise BuildError(
            source,
            "its header must pair it with the notebook (`formats: ipynb,py:percent` under `jupytext:`), "
            f"and says {pairing!r}. Copy the header of another unit.",
        )
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    used: set[str] = set()
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id") or cell.metadata.get("name")
        if name is None:
            name = digest = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
            copies = 1
            while name in used:
                copies += 1
                name = f"{digest}-{copies}"
        elif name in used:
            raise BuildError(source, "two cells have this name. Give one of them another.", name)
        elif not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", name):
            raise BuildError(source, "a name holds letters, digits, - and _, and at most 64 of them.", name)
        used.add(name)
        cell.id = name
    return notebook


def execute(notebook: NotebookNode, source: Path, folder: Path | None = None) -> NotebookNode:
    """Run a notebook in a fresh kernel, in a folder or else its source's, and give it back with outputs.

    Raises
    ------
    BuildError
        Where a cell fails, or the kernel dies or hangs twice.
    """
    for attempt in (1, 2):
        executed: NotebookNode = nbformat.from_dict(notebook)
        client = NotebookClient(
            executed,
            timeout=CELL_TIMEOUT,
            startup_timeout=STARTUP_TIMEOUT,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(folder or source.parent)}},
        )
        try:
            client.execute(env={**os.environ, "PYTHONHASHSEED": "0"})
            return normalised(executed)
        except CellExecutionError as error:
            failed = next(cell for cell in executed.cells if _error(cell))
            raise BuildError(source, f"{error.ename}: {_first_line(error.evalue)}", failed.id) from error
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            # A start or a cell hangs once in a while for no reason of its own, so once more.
            if attempt == 2:
                raise BuildError(source, f"did not finish, twice: {_first_line(str(error))}") from error
    raise AssertionError("unreachable")


def _error(cell: NotebookNode) -> bool:
    """Whether a cell failed that was not meant to."""
    meant = "raises-exception" in cell.metadata.get("tags", [])
    return not meant and any(output.output_type == "error" for output in cell.get("outputs", []))


def normalised(notebook: NotebookNode) -> NotebookNode:
    """Take out of the outputs what differs from run to run, and widgets that nobody can move.

    Memory addresses and temporary files become constants. A widget needs the kernel that made it: what stays of a live
    figure is its still.
    """
    stable: NotebookNode = nbformat.reads(nbformat.writes(notebook), as_version=4)
    stable.metadata.pop("widgets", None)
    for cell in stable.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                output.text = _stable_text(output.text)
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
            for mime, data in output.get("data", {}).items():
                if mime.startswith("text/") and isinstance(data, str):
                    output.data[mime] = _stable_text(data)
            if output.output_type == "error":
                output.traceback = [_stable_text(line) for line in output.traceback]
    stable.metadata.language_info = nbformat.from_dict(NOTEBOOK_METADATA["language_info"])
    return stable


def _stable_text(text: str) -> str:
    text = re.sub(r"\b0x[0-9a-f]{6,}\b", "0x0", text)
    return re.sub(r"\bipykernel_\d+/\d+\.py\b", "ipykernel/cell.py", text)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no message")


def release(root: Path, key: str, destination: Path) -> None:
    """Write what nbgrader releases of a unit's executed notebook into a folder, in place of what was there.

    nbgrader works on a copy, without a gradebook, so that a release that fails leaves all as it was.

    Raises
    ------
    BuildError
        Where nbgrader refuses.
    """
    # Imported here: it takes two seconds, and a kernel that reads a source does not need it.
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.SaveCells.enabled = False
    log = logging.getLogger("autograder.build.release")
    log.propagate = False
    log.handlers = [complaints := _Complaints()]
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch).resolve()
        shutil.copytree(root / "solutions" / key, copy / "solutions" / key)
        course = CourseDirectory(config=config, root=str(copy), assignment_id=key, log=log)
        try:
            GenerateAssignment(coursedir=course, config=config, no_database=True, log=log).start()
        except NbGraderException as error:
            raise BuildError(
                solution_path(root, key), f"nbgrader does not release it: {complaints.last}"
            ) from error
        if destination.exists():
            shutil.rmtree(destination)
        shutil.copytree(copy / "notebooks" / key, destination)


class _Complaints(logging.Handler):
    """Keeps the last line of the last traceback that nbgrader logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.last = "no reason given"

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().strip()
        if message.startswith("Traceback"):
            self.last = message.splitlines()[-1]


def build_unit(root: Path, key: str) -> bool:
    """Bring a unit's two notebooks up to date; True where its cells had to be run."""
    source, solution = source_path(root, key), solution_path(root, key)
    stamp = root / ".make" / f"{key}.built"
    must_run = not solution.exists() or not stamp.exists() or stamp.read_text() != _state(source, solution)
    if must_run:
        executed = execute(notebook_from_source(source), source)
        nbformat.write(executed, solution)
        stamp.parent.mkdir(exist_ok=True)
        stamp.write_text(_state(source, solution))
    release(root, key, release_folder(root, key))
    return must_run


def build_start(root: Path) -> None:
    """Bring the start page up to date: with the map of a course that nobody has begun, whatever was done here."""
    notebook = start_notebook(root)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for key in filter(lambda key: release_folder(root, key).exists(), unit_keys(root)):
            shutil.copytree(release_folder(root, key), folder / key)
        nbformat.write(notebook, folder / START)
        nbformat.write(execute(notebook, start_source(root), folder), start_page(root))


def start_notebook(root: Path) -> NotebookNode:
    """The start page as its source says, without outputs and without the pairing, which is no use to a learner."""
    notebook = notebook_from_source(start_source(root))
    notebook.metadata.pop("jupytext")
    return notebook


def _state(source: Path, solution: Path) -> str:
    """Digest of all that a recorded output depends on, and of the notebook that holds it."""
    course, grader = Path(nnlib.__file__).parent, Path(__file__).parent
    files: Iterator[Path] = (
        path
        for folder, pattern in (
            (source.parent, "*"),
            (course, "*.py"),
            (grader, "*.py"),
            (grader / "units", "*.py"),
        )
        for path in sorted(folder.glob(pattern))
        if path.is_file() and (path.suffix != ".ipynb" or path == solution)
    )
    digest = hashlib.sha256(platform.python_version().encode())
    for line in sorted(f"{package.name}=={package.version}" for package in metadata.distributions()):
        digest.update(line.encode())
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 where all is well."""
    parser = argparse.ArgumentParser(prog="python -m autograder.build", description="Generate the notebooks.")
    parser.add_argument("units", nargs="*", metavar="UNIT", help="as 01-neuron; all of them if none is named")
    parser.add_argument("--check", action="store_true", help="write nothing, say what has drifted")
    parser.add_argument("--root", type=Path, default=Path(), help="the course's folder")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    unknown = set(options.units) - set(unit_keys(root))
    if unknown:
        parser.error(f"no source for {', '.join(sorted(unknown))} in {root / 'solutions'}")
    keys = options.units or unit_keys(root)

    if options.check:
        from autograder import units
        from autograder.build_check import problems

        found = problems(root, keys, units.unit)
        for problem in found:
            print(problem, file=sys.stderr)
        print(f"{len(keys)} unit(s) checked, {len(found)} problem(s).")
        return 1 if found else 0
    for key in keys:
        try:
            ran = build_unit(root, key)
        except BuildError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"{key}: {'run and released' if ran else 'unchanged, released again'}")
    if start_source(root).exists():
        try:
            build_start(root)
        except BuildError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
