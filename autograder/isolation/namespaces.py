"""The last steps of a fresh student process: its own namespaces, no rights, hard limits.

Runs in the child of a zygote, before anything of the student's. Linux only. Every failure raises.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import socket

from .limits import Limits

_CLONE_NEWNS, _CLONE_NEWCGROUP, _CLONE_NEWUTS, _CLONE_NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
_CLONE_NEWUSER, _CLONE_NEWPID, _CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 1, 2, 4, 8
_MNT_DETACH = 2
_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 4, 24, 38
_KEYCTL = {"x86_64": 250, "aarch64": 219}
_KEYCTL_JOIN_SESSION_KEYRING = 1
_CAPABILITIES_3 = 0x20080522
NOBODY = 65534

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *args: object) -> None:
    if getattr(_libc, name)(*args) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")


def uncover_proc() -> None:
    """Take away what bubblewrap lays read-only over ``/proc/sys``: a student process sets a limit there."""
    with contextlib.suppress(OSError):  # nothing lies over it
        _call("umount2", b"/proc/sys", _MNT_DETACH)


def own_processes_for_children() -> None:
    """Let the next child be the first process of a process namespace, which dies with it."""
    here = os.open("/proc/self/ns/pid", os.O_RDONLY)
    try:
        _call("setns", here, _CLONE_NEWPID)
    finally:
        os.close(here)
    _call("unshare", _CLONE_NEWPID)


def enter(limits: Limits) -> None:
    """Leave everything shared behind, and all rights."""
    if os.getuid() == 0 and not _in_user_namespace():
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)  # or /proc/self belongs to root
    user, group = os.getuid(), os.getgid()
    _call(
        "unshare",
        _CLONE_NEWUSER | _CLONE_NEWNS | _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWUTS | _CLONE_NEWCGROUP,
    )
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"1000 {user} 1")
    _write("/proc/self/gid_map", f"1000 {group} 1")
    _write("/proc/sys/user/max_user_namespaces", "0")  # or a student could be root in one of its own
    flags = _MS_NOSUID | _MS_NODEV
    size = f"size={limits.temporary_bytes},nr_inodes=4096,mode=1777".encode()
    _call("mount", b"tmpfs", b"/tmp", b"tmpfs", flags, size)
    _call("mount", b"tmpfs", b"/dev/shm", b"tmpfs", flags | _MS_NOEXEC, size)
    _call("mount", b"tmpfs", b"/proc", b"tmpfs", flags | _MS_NOEXEC | _MS_RDONLY, b"size=4096")
    socket.sethostname("room")
    _leave_keyring()
    _drop_rights()


def _in_user_namespace() -> bool:
    with open("/proc/self/uid_map") as file:
        return file.read().split() != ["0", "0", "4294967295"]


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def _leave_keyring() -> None:
    number = _KEYCTL.get(os.uname().machine)
    if number is not None:
        _libc.syscall(number, _KEYCTL_JOIN_SESSION_KEYRING, None)


def _drop_rights() -> None:
    capability = 0
    while _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) == 0:
        capability += 1
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _call("capset", header, nothing)
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def limit(limits: Limits, mapped: int) -> None:
    """Set the resource limits. ``mapped`` is what the preloaded interpreter maps, in bytes."""
    for what, most in (
        (resource.RLIMIT_AS, mapped + limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, limits.temporary_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(what, (most, most))
