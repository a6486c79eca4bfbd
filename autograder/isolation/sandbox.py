"""Where the student process lives: the one seam between this package and a kind of sandbox."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

_HERE = Path(__file__).parent
_AGENT = ("limits", "values", "wire", "changes", "cells", "student", "namespaces", "zygote")
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from agent.zygote import serve_students; serve_students(int(sys.argv[2]))"
)

# One thread, so that a fork is safe and processes don't crowd each other; and sets in the same order every time.
STEADY = {
    "PYTHONHASHSEED": "0",
    **{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")},
}


class IsolationUnavailable(Exception):
    """A sandbox can't be had on this machine. The message names the remedy."""


@dataclass(frozen=True)
class Room:
    """What the student process finds, besides Python and the installed packages.

    Attributes
    ----------
    modules : tuple of Path
        Folders whose content is copied into the room and put first on ``sys.path``. Byte code is left out.
    hidden : tuple of str
        Installed packages that are not there: the ones that hold the answers. The package that this one belongs
        to is always hidden.
    preload : tuple of str
        Modules that are imported once, before the first fork.
    env : mapping
        Environment variables, besides those that every room has.
    """

    modules: tuple[Path, ...] = ()
    hidden: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)

    def environment(self, home: str) -> dict[str, str]:
        """The whole environment of the student process."""
        return {
            "HOME": home,
            "TMPDIR": home,
            "PATH": "",
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "MPLBACKEND": "Agg",
            "MPLCONFIGDIR": f"{home}/matplotlib",
            "IPYTHONDIR": f"{home}/ipython",
            **STEADY,
            **self.env,
        }


class Sandbox(ABC):
    """Starts a Python that serves as zygote of student processes.

    Another kind (a container runtime, say) is another subclass: it starts `zygote.serve_students` with a packet
    socket, on a file system where the student finds what the `Room` says and nothing else.
    """

    @abstractmethod
    def describe(self) -> str:
        """Say in a sentence, for a report, how strong this is."""

    @abstractmethod
    @contextlib.contextmanager
    def start(
        self, room: Room, control: socket.socket
    ) -> Iterator[tuple[subprocess.Popen, dict[str, Any], IO[bytes]]]:
        """Start the zygote on ``control``.

        Yields
        ------
        process : subprocess.Popen
        order : dict
            Its first order: ``path`` (its ``sys.path``), ``namespaces`` (whether its children enter their own) and
            ``home``.
        errors : file
            What it writes to its standard error.

        Raises
        ------
        IsolationUnavailable
        """


class Unisolated(Sandbox):
    """A plain process with resource limits. The student's code can read and write what you can."""

    def describe(self) -> str:
        """See `Sandbox.describe`."""
        return (
            "Weak isolation: students' code ran as a plain process of the grading user, with resource limits alone. "
            "It could read and write that user's files and use the network."
        )

    @contextlib.contextmanager
    def start(
        self, room: Room, control: socket.socket
    ) -> Iterator[tuple[subprocess.Popen, dict[str, Any], IO[bytes]]]:
        """See `Sandbox.start`."""
        with tempfile.TemporaryDirectory() as home, temporary_file() as errors:
            agent = Path(home, "room", "agent")
            agent.mkdir(parents=True)
            for target, source in _agent_files():
                (agent.parent / target).write_bytes(source)
            copies = [Path(home, "room", str(number)) for number in range(len(room.modules))]
            for folder, copy in zip(room.modules, copies, strict=True):
                shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
            process = subprocess.Popen(
                [_python(), "-s", "-P", "-S", "-c", _START, str(agent.parent), str(control.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                pass_fds=[control.fileno()],
                env=room.environment(home),
                cwd=home,
                start_new_session=True,
            )
            path = [*map(str, copies), *_standard_path(), *map(str, _packages())]
            yield process, {"path": path, "namespaces": False, "home": home}, errors


class Bubblewrap(Sandbox):
    """bubblewrap, Linux namespaces and resource limits.

    No network, no user of the host's, no processes but its own, a file system that is read-only but for a small
    temporary folder and that holds Python, the installed packages and the room's modules, nothing else.
    """

    def describe(self) -> str:
        """See `Sandbox.describe`."""
        return "Students' code ran isolated: bubblewrap and Linux namespaces, no network, read-only files."

    @contextlib.contextmanager
    def start(
        self, room: Room, control: socket.socket
    ) -> Iterator[tuple[subprocess.Popen, dict[str, Any], IO[bytes]]]:
        """See `Sandbox.start`."""
        program = shutil.which("bwrap")
        if not sys.platform.startswith("linux") or program is None:
            raise IsolationUnavailable(
                "Isolation needs Linux and the program bwrap. Install the package bubblewrap "
                "(`apt install bubblewrap`, `dnf install bubblewrap`), or ask explicitly for weaker isolation."
            )
        with contextlib.ExitStack() as stack:
            errors = stack.enter_context(temporary_file())
            files = [(f"/room/{target}", source) for target, source in _agent_files()]
            for number, folder in enumerate(room.modules):
                files += [
                    (f"/room/modules/{number}/{target}", source) for target, source in _folder_files(folder)
                ]
            arguments, pipes = _file_arguments(files, stack)
            python, base, libraries = _python_arguments()
            packages, more_pipes, path = _package_arguments(room.hidden, stack)
            rights = _rights_arguments()
            whole = [*rights, *base, *packages, *arguments, *_END]
            options = _memory_file("\0".join(whole).encode() + b"\0", stack)
            process = subprocess.Popen(
                [
                    program,
                    "--args",
                    str(options),
                    python,
                    "-s",
                    "-P",
                    "-S",
                    "-c",
                    _START,
                    "/room",
                    str(control.fileno()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                pass_fds=[control.fileno(), options, *pipes, *more_pipes],
                env={**room.environment("/tmp"), **({"LD_LIBRARY_PATH": libraries} if libraries else {})},
                cwd="/",
                start_new_session=True,
            )
            modules = [f"/room/modules/{number}" for number in range(len(room.modules))]
            standard = _standard_path()
            if libraries:
                standard = [place.replace(sys.base_prefix, _PYTHON, 1) for place in standard]
            yield process, {"path": [*modules, *standard, *path], "namespaces": True, "home": "/tmp"}, errors


_PYTHON = "/room/python"
_BEGIN = [
    "--unshare-ipc",
    "--unshare-pid",
    "--unshare-net",
    "--unshare-uts",
    "--unshare-cgroup-try",
    "--die-with-parent",
    "--cap-drop",
    "ALL",
    "--cap-add",
    "CAP_SYS_ADMIN",
]
_DEVICES = ("null", "zero", "full", "random", "urandom")
_END = [
    *("--proc", "/proc"),
    *(part for name in _DEVICES for part in ("--dev-bind", f"/dev/{name}", f"/dev/{name}")),
    *("--perms", "1777", "--tmpfs", "/dev/shm"),
    *("--perms", "1777", "--tmpfs", "/tmp"),
    *("--remount-ro", "/"),
]


def temporary_file() -> IO[bytes]:
    """A file without a name, for what a process complains about."""
    return tempfile.TemporaryFile()


def _rights_arguments() -> list[str]:
    """Root needs no user namespace to start with, and must be able to become nobody; others need one."""
    if os.geteuid() == 0:
        rights = [*_BEGIN, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        rights = ["--unshare-user", *_BEGIN]
    return [*rights, *_folders("/room/modules"), *_folders("/dev")]


def _folders(*paths: str) -> list[str]:
    """Folders that everybody may enter; bubblewrap makes them private where it makes them by itself."""
    chain = dict.fromkeys(
        str(place) for path in paths for place in [*reversed(Path(path).parents), Path(path)]
    )
    return [part for place in chain if place != "/" for part in ("--perms", "0755", "--dir", place)]


def _agent_files() -> list[tuple[str, bytes]]:
    return [
        ("agent/__init__.py", b""),
        *((f"agent/{name}.py", (_HERE / f"{name}.py").read_bytes()) for name in _AGENT),
    ]


def _folder_files(folder: Path) -> list[tuple[str, bytes]]:
    """A folder's files, without byte code: it could hold what was taken out of the source."""
    return [
        (str(path.relative_to(folder)), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    ]


def _memory_file(content: bytes, stack: contextlib.ExitStack) -> int:
    handle = os.memfd_create("room")
    stack.callback(os.close, handle)
    with os.fdopen(os.dup(handle), "wb") as file:
        file.write(content)
    os.lseek(handle, 0, os.SEEK_SET)
    return handle


def _file_arguments(
    files: list[tuple[str, bytes]], stack: contextlib.ExitStack
) -> tuple[list[str], list[int]]:
    arguments: list[str] = _folders(*{str(Path(target).parent) for target, _ in files})
    handles = []
    for target, content in files:
        handles.append(_memory_file(content, stack))
        arguments += ["--perms", "0444", "--file", str(handles[-1]), target]
    return arguments, handles


def _python() -> str:
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def _standard_path() -> list[str]:
    library = sysconfig.get_path("stdlib", vars={"base": sys.base_prefix, "installed_base": sys.base_prefix})
    return [library, f"{library}/lib-dynload"]


def _packages() -> list[Path]:
    """The folders of installed packages, as this interpreter uses them."""
    return [Path(place) for place in sys.path if Path(place).name in ("site-packages", "dist-packages")]


def _python_arguments() -> tuple[str, list[str], str]:
    """The interpreter's path inside, the binds that put it there, and its library folder if it was moved."""
    binds: list[str] = []
    python = _python()
    libraries = ""
    for place in ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache"):
        if os.path.islink(place):
            binds += ["--symlink", os.readlink(place), place]
        elif os.path.exists(place):
            binds += [*_folders(os.path.dirname(place)), "--ro-bind", place, place]
    prefix = sys.base_prefix
    if prefix in ("/usr", "/usr/local"):
        target = prefix
    else:  # somewhere else, in somebody's home perhaps: its place tells names, and may be closed to others
        target, libraries = _PYTHON, f"{_PYTHON}/lib"
    inside = target + python.removeprefix(prefix)
    if not python.startswith(prefix + "/"):
        raise IsolationUnavailable(f"The interpreter {python} does not lie in {prefix}: use another Python.")
    if target != "/usr":
        binds += [*_folders(f"{target}/lib"), "--ro-bind", f"{prefix}/lib", f"{target}/lib"]
    binds += [*_folders(os.path.dirname(inside)), "--ro-bind", python, inside]
    for folder in Path(prefix, "lib").glob("python3*/*-packages"):
        over = f"{target}/lib/{folder.relative_to(Path(prefix, 'lib'))}"
        binds += ["--tmpfs", over, "--remount-ro", over]
    return inside, binds, libraries


def _package_arguments(
    hidden: tuple[str, ...], stack: contextlib.ExitStack
) -> tuple[list[str], list[int], list[str]]:
    """Binds for the installed packages without the hidden ones, the files they use, the folders' names inside."""
    binds: list[str] = []
    handles: list[int] = []
    path = []
    for number, folder in enumerate(_packages()):
        target = f"/room/packages/{number}"
        path.append(target)
        binds += [*_folders(target), "--ro-bind", str(folder), target]
        for name in (*hidden, __name__.partition(".")[0]):
            absent = f"raise ModuleNotFoundError({f'No module named {name!r}'!r}, name={name!r})\n".encode()
            for place in folder.glob(f"{name}*"):
                if place.name.partition(".")[0] != name:
                    continue
                over = f"{target}/{place.name}"
                handles.append(_memory_file(absent, stack))
                if place.is_dir():
                    binds += [
                        "--tmpfs",
                        over,
                        "--perms",
                        "0444",
                        "--file",
                        str(handles[-1]),
                        f"{over}/__init__.py",
                    ]
                    binds += ["--remount-ro", over]
                else:
                    binds += ["--perms", "0444", "--ro-bind-data", str(handles[-1]), over]
    return binds, handles, path
