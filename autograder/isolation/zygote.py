"""A process that has everything loaded and is forked for every submission.

It runs no code but this. Over a packet socket the host tells it what to load, then asks for one child after
the other. There are two: one for student processes (in a sandbox, each child in namespaces of its own) and one for
trusted ones.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from .limits import Limits

PACKET = 1 << 16

BeforeFork = Callable[[], None]
Child = Callable[[socket.socket, int], None]  # with its connection, and what is mapped before it begins


def serve_students(control: int) -> None:
    """Be the zygote of student processes; ``control`` is the packet socket's number."""
    _serve(control, _student_children)


def serve_trusted(control: int) -> None:
    """Be the zygote of trusted processes."""
    _serve(control, _trusted_children)


def _student_children(order: dict[str, Any], limits: Limits) -> tuple[BeforeFork, Child]:
    import random

    import numpy as np

    from . import namespaces, student

    np.random.seed(0)  # noqa: NPY002 - the same start for every child, so that a mark doesn't hang on luck
    apart = order["namespaces"]
    with open("/proc/self/oom_score_adj", "w") as file:  # rather these than anything else of the machine
        file.write("1000")
    if apart:
        namespaces.uncover_proc()

    def child(connection: socket.socket, mapped: int) -> None:
        try:
            os.setsid()
            if apart:
                namespaces.enter(limits)
            namespaces.limit(limits, mapped)
            os.chdir(order["home"])
            random.seed(0)  # Python itself seeds it anew after a fork
        except Exception as error:
            student.give_up(connection, f"{type(error).__name__}: {error}", limits)
            return
        student.serve(connection, limits)

    return (namespaces.own_processes_for_children if apart else _nothing), child


def _trusted_children(order: dict[str, Any], limits: Limits) -> tuple[BeforeFork, Child]:
    from . import trusted

    prepare = _by_name(order["prepare"])
    return _nothing, lambda connection, mapped: trusted.serve(connection, prepare, limits, mapped)


def _nothing() -> None:
    pass


def _by_name(name: str) -> Any:
    module, _, path = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found


def _serve(control: int, kind: Callable[[dict[str, Any], Limits], tuple[BeforeFork, Child]]) -> None:
    host = socket.socket(fileno=control)
    try:
        order = json.loads(host.recv(PACKET))
        sys.path[:] = order["path"]
        for module in order["preload"]:
            importlib.import_module(module)
        before_fork, child = kind(order, Limits(**order["limits"]))
    except BaseException as error:
        host.send(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
        os._exit(1)
    with open("/proc/self/statm") as statm:
        mapped = int(statm.read().split()[0]) * resource.getpagesize()
    gc.collect()
    gc.freeze()  # keeps the pages of what is loaded shared
    os.dup2(0, 2)  # nobody listens any more
    host.send(b"{}")
    children: dict[int, int] = {}
    while True:
        request, fds, _, _ = socket.recv_fds(host, PACKET, 1)
        if not request:
            _end_all(children)
            os._exit(0)
        asked = json.loads(request)
        if "reap" in asked:
            with contextlib.suppress(
                ProcessLookupError, PermissionError
            ):  # needed without a process namespace only
                os.killpg(asked["reap"], signal.SIGKILL)
            _, status = os.waitpid(asked["reap"], 0)
            os.close(children.pop(asked["reap"]))
            host.send(json.dumps({"status": os.waitstatus_to_exitcode(status)}).encode())
            continue
        try:
            before_fork()
            process = os.fork()
        except OSError as error:
            os.close(fds[0])
            host.send(json.dumps({"error": str(error)}).encode())
            continue
        if process == 0:
            host.close()
            _run_child(fds[0], lambda connection: child(connection, mapped))
        os.close(fds[0])
        children[process] = os.pidfd_open(process)
        socket.send_fds(host, [json.dumps({"process": process}).encode()], [children[process]])


def _run_child(connection: int, run: Callable[[socket.socket], None]) -> None:
    code = 1
    try:
        run(socket.socket(fileno=connection))
        code = 0
    finally:
        os._exit(code)


def _end_all(children: dict[int, int]) -> None:
    for handle in children.values():
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        select.select([handle], [], [], 5)
