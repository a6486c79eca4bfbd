"""Judging many functions one after the other, in a process that may hang or die of one."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection

MEMORY = 4 << 30


def each(judge: Callable[[int], str], count: int, seconds: float) -> list[str]:
    """``[judge(0), …, judge(count - 1)]``, computed in child processes.

    Where a call takes longer than `seconds` its result is ``"timed out"``, where it ends the process ``"died"``; the rest
    goes on in a new process.

    >>> each(lambda i: "abc"[i], 3, seconds=5)
    ['a', 'b', 'c']
    """
    fork = multiprocessing.get_context("fork")
    results: list[str] = []
    while len(results) < count:
        ours, theirs = fork.Pipe(duplex=False)
        process = fork.Process(target=_work, args=(theirs, judge, range(len(results), count)))
        process.start()
        theirs.close()
        try:
            while len(results) < count:
                results.append(ours.recv() if ours.poll(seconds) else "timed out")
                if results[-1] == "timed out":
                    break
        except EOFError:
            results.append("died")
        finally:
            process.kill()
            process.join()
            ours.close()
    return results


def _work(theirs: Connection, judge: Callable[[int], str], numbers: range) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for i in numbers:
        theirs.send(judge(i))
