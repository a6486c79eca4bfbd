"""Honest messages of a student process, changed into what a hostile one might send."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.isolation.limits import Limits
from autograder.isolation.values import Unsendable, decode, encode


class Reference:
    """A reference inside a message, by its bare fields."""

    def __init__(self, fields: Any) -> None:
        self.fields = fields


def _deep(levels: int) -> Any:
    value: Any = 0
    for _ in range(levels):
        value = [value]
    return value


JUNK: list[Callable[[random.Random], Any]] = [
    lambda r: r.choice([None, True, False, (), [], {}, set(), "", b"", 0, -1]),
    lambda r: r.choice([2**63, -(2**64), 10**300, 10**2000, float("nan"), float("inf"), -0.0, 1e308]),
    lambda r: r.choice(["nan", "returned", "threw", "call-back", "\ud800", "\0", "<b>", "x" * 5000]),
    lambda r: r.choice(
        [np.nan, complex("nan"), np.float32("inf"), np.int8(-1), np.bool_(True), np.str_("1")]
    ),
    lambda r: np.full(r.choice([(), (0,), (1,), (3, 2), (1,) * 20]), r.choice([0, 1, np.nan, 1e300])),
    lambda r: np.array(r.choice([[True], ["a", "b"], [1 + 2j], [b"x"]])),
    lambda r: _deep(r.choice([2, 20, 26, 31])),
    lambda r: {(1, "a"): [b"", {2.5: None}], None: frozenset([1])},
    lambda r: [r.random()] * r.choice([1, 100, 5000]),
    lambda r: Reference(("object", r.randrange(5), "float", r.random() < 0.5, r.choice([None, "", 3]))),
    lambda r: Reference(("object", r.choice([-1, 2**70, "0", None]), None, 1, None)),
    lambda r: Reference((r.choice(["part", "call-back", "generator"]), r.choice([0, 1, -1, 10**9, "0"]))),
    lambda r: Reference(("ufunc", r.choice(["add", "equal", "load", "__class__", "", 3]))),
    lambda r: Reference(r.choice([(), ("none",), "text", ([],), ("object",), (["part"], 0)])),
    lambda r: (
        r.choice([["AssertionError"], ["StopIteration"], ["KeyError", "Exception"], "x"]),
        "E",
        "text",
    ),
    lambda r: [(r.choice([0, 1, -1, 99]), r.choice([[], [1.0], np.zeros(2), {}, [("a", 1)]]))],
]


def changed(value: Any, r: random.Random) -> Any:
    """The value with one place in it changed."""
    kind = type(value)
    if kind is Reference:
        return Reference(changed(value.fields, r))
    if kind in (list, tuple) and value and r.random() < 0.9:
        items = list(value)
        at = r.randrange(len(items))
        what = r.random()
        if what < 0.75:
            items[at] = changed(items[at], r)
        elif what < 0.85:
            del items[at]
        elif what < 0.95:
            items.insert(at, items[r.randrange(len(items))])
        else:
            r.shuffle(items)
        return kind(items)
    if kind is dict and value and r.random() < 0.9:
        key = r.choice(list(value))
        if r.random() < 0.2:
            return {(f"{key}s" if k == key else k): v for k, v in value.items()}
        return {**value, key: changed(value[key], r)}
    if kind is np.ndarray and value.dtype.kind in "fi" and r.random() < 0.5:
        return r.choice([value.T, value * -1, value.astype(">f4"), value.ravel()[:-1], value.reshape(1, -1)])
    if kind in (int, float) and r.random() < 0.5:
        return r.choice([-value, value + 1, value * 2, float(value), 0, [value], np.float64(value)])
    return r.choice(JUNK)(r)


def message(honest: bytes, earlier: list[bytes], limits: Limits, r: random.Random) -> tuple[str, bytes]:
    """What is sent in place of an honest message, and in a word what was done: whole frames, or bytes that are none."""
    what = r.choices(
        ["value", "number", "bytes", "frame", "another", "twice", "nothing"], [60, 4, 15, 8, 5, 5, 3]
    )[0]
    if what in ("value", "number"):
        value = decode(honest, Reference, limits)
        for _ in range(r.choice([1, 1, 1, 2, 4])):
            if what == "number":
                value = (r.choice([0, -1, value[0] + 1, float(value[0]), True, "1"]), *value[1:])
            elif r.random() < 0.85 and type(value) is tuple and len(value) > 1:
                value = (
                    value[0],
                    *changed(value[1:], r),
                )  # the number stays right: a hostile process knows it
            else:
                value = changed(value, r)
        try:
            body = encode(value, lambda thing: thing.fields, limits)
        except (Unsendable, AttributeError, OverflowError):
            body = honest[: len(honest) // 2]
        return what, frame(body)
    if what == "bytes":
        body = bytearray(honest)
        for _ in range(r.choice([1, 1, 3, 10])):
            at = r.randrange(len(body))
            body[at : at + r.choice([0, 1, 1, 4])] = r.randbytes(r.choice([0, 1, 1, 4]))
            body = body or bytearray(b"N")
        return what, frame(bytes(body))
    if what == "frame":
        size = r.choice([0, len(honest) - 1, len(honest) + 1, 2**31, 2**32 - 1])
        return what, struct.pack("<I", size) + honest
    if what == "another":
        return what, frame(r.choice(earlier or [honest]))
    if what == "twice":
        return what, frame(honest) + frame(r.choice([honest, *earlier]))
    return what, frame(honest)[: r.randrange(5)]


def frame(body: bytes) -> bytes:
    """A message as it travels."""
    return struct.pack("<I", len(body)) + body
