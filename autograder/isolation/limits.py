"""How much a submission may use."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """How much a submission may use. Sizes are in bytes, times in seconds.

    ``memory`` is what one process may map beyond what the preloaded interpreter maps already. All
    processes of a submission together may so use ``processes * memory``: keep the product within the
    machine. ``cpu_seconds`` is the student process's processor time over the whole submission,
    ``total_seconds`` the wall time of a whole run, replays included.

    The ``message_*`` limits and ``depth`` bound one message between the two processes, ``replays`` the number
    of times that a dead student process is replaced.
    """

    cell_seconds: float = 30.0
    total_seconds: float = 180.0
    cpu_seconds: int = 120
    memory: int = 1024 * _MB
    trusted_memory: int = 4096 * _MB
    processes: int = 16
    open_files: int = 64
    temporary_bytes: int = 64 * _MB
    output_bytes: int = _MB // 4
    message_bytes: int = 64 * _MB
    message_items: int = 1_000_000
    depth: int = 32
    integer_bytes: int = 1024
    nesting: int = 16
    replays: int = 20
