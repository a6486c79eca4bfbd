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


# Each kind of change with its weight. The first four keep the outer form of an answer, and its number.
WELL_FORMED = {"inside": 50, "error": 5, "of another call": 8, "call-backs first": 7}
OTHERS = {"anywhere": 12, "number": 3, "bytes": 6, "frame": 3, "again": 2, "twice": 2, "nothing": 2}
KINDS = {**WELL_FORMED, **OTHERS}


def message(
    honest: bytes, earlier: list[bytes], lent: list[int], limits: Limits, r: random.Random
) -> tuple[str, bytes]:
    """What is sent in place of an honest message, and in a word what was done: whole frames, or bytes that are none.

    Parameters
    ----------
    honest : bytes
        The message.
    earlier : list of bytes
        Messages before it.
    lent : list of int
        Numbers of what the trusted process lent so far.
    limits : Limits
    r : random.Random
    """
    what = r.choices(list(KINDS), list(KINDS.values()))[0]
    if what in ("bytes", "frame", "again", "twice", "nothing"):
        return what, _raw(what, honest, earlier, r)
    value = decode(honest, Reference, limits)
    if what == "number":
        changed_value = (r.choice([0, -1, value[0] + 1, float(value[0]), True, "1"]), *value[1:])
    elif what == "anywhere":
        changed_value = (value[0], *changed(value[1:], r)) if r.random() < 0.85 else changed(value, r)
    elif what == "error":
        changed_value = (value[0], "threw", r.choice(ERRORS), [], [], "")
    elif what == "of another call":
        old = decode(r.choice(earlier or [honest]), Reference, limits)
        changed_value = (value[0], *old[1:])
    elif what == "call-backs first":
        index = r.choice(lent or [0])
        arguments = r.choice([(), (1.0,), (np.zeros(2),), (r.choice(JUNK)(r),), (np.ones((2, 2)), 1.0)])
        first = (value[0], "call-back", index, arguments, r.choice([{}, {}, {"x": 1}]))
        return what, _framed(first, honest, limits) + frame(honest)
    else:
        changed_value = _inside(value, lent, r)
    return what, _framed(changed_value, honest, limits)


ERRORS = [
    (["ValueError", "Exception"], "ValueError", "no"),
    (["AssertionError", "Exception"], "AssertionError", ""),
    (["StopIteration", "Exception"], "StopIteration", ""),
    (["KeyboardInterrupt"], "KeyboardInterrupt", ""),
    (["Exception"], "CheckFailed", "x" * 20_000),
    (["NameError", "Exception"], "NameError", "name 'check' is not defined"),
    ([], "", "\ud800"),
]


def _inside(value: tuple, lent: list[int], r: random.Random) -> tuple:
    """An answer or call-back of the right outer form, with something wrong in it."""
    if value[1] == "call-back":
        number, ended, index, args, kwargs = value
        index = r.choice([index, index, *lent])
        return number, ended, index, tuple(_other(item, lent, r) for item in args), kwargs
    number, ended, result, changes, complaints, printed = value
    part = r.random()
    if part < 0.75 and ended == "returned":
        result = _named_other(result, lent, r) if type(result) is dict else _other(result, lent, r)
    elif part < 0.88:
        content = r.choice([[], [1.0], np.zeros(2), np.full((3, 2), np.nan), {1}, [("a", 1)], "text"])
        changes = [*changes, (r.randrange(4), content)]
    elif part < 0.94:
        complaints = [*complaints, (["RuntimeWarning"], "RuntimeWarning", "w" * r.choice([0, 20_000]))] * 150
    else:
        printed = r.choice(["1.0\n", "\ud800", "\x1b[2J", "p" * 500_000])
    return number, ended, result, changes, complaints, printed


def _named_other(values: dict, lent: list[int], r: random.Random) -> dict:
    """Values by name, as they are fetched: one of them is another thing."""
    if not values:
        return values
    name = r.choice(list(values))
    return {**values, name: _other(values[name], lent, r)}


def _other(value: Any, lent: list[int], r: random.Random) -> Any:
    """A value such as an answer may return, but another one: its type, shape, numbers or nesting."""
    if type(value) in (tuple, list) and value and r.random() < 0.7:
        items = list(value)
        at = r.randrange(len(items))
        items[at] = _other(items[at], lent, r)
        return type(value)(r.choice([items, items, items[:-1], [*items, items[0]], items[::-1]]))
    if type(value) is np.ndarray and value.dtype.kind in "fiu" and r.random() < 0.8:
        damaged = value.astype(float)
        if damaged.size:
            damaged.flat[r.randrange(damaged.size)] = r.choice([np.nan, np.inf, -1e300, 0.5])
        forms = [
            damaged,
            value.T,
            value[None],
            value.ravel(),
            value.astype(bool),
            value.astype("f4") * 3,
            value[:0],
        ]
        return r.choice([*forms, value.tolist(), value.astype(complex), np.zeros((0, *value.shape))])
    if type(value) in (int, float, np.float64, np.int64) and r.random() < 0.6:
        x = float(value) if abs(value) < 1e300 else 1.0
        return r.choice(
            [x + 0.25, -x - 1.0, [x], np.array(x + 1), np.float32(x * 2 + 1), 10**600, x != 0, str(x)]
        )
    number = r.choice([*lent, 0, 1, 7, 10**6])
    return r.choice(
        [
            *(make(r) for make in JUNK[:9]),
            Reference(("object", number, "MLPClassifier", r.random() < 0.5, None)),
            Reference(("object", number, "float", False, "")),
            Reference(("generator", number)),
            Reference(("call-back", number)),
            Reference(("part", number)),
            Reference(("ufunc", r.choice(["add", "exp", "frompyfunc"]))),
        ]
    )


def _framed(value: Any, honest: bytes, limits: Limits) -> bytes:
    """The message for a value; half of the honest one where it can't be sent."""
    try:
        return frame(encode(value, lambda thing: thing.fields, limits))
    except (Unsendable, AttributeError, OverflowError):
        return frame(honest[: len(honest) // 2])


def _raw(what: str, honest: bytes, earlier: list[bytes], r: random.Random) -> bytes:
    """Bytes changed without regard to what they mean."""
    if what == "bytes":
        body = bytearray(honest)
        for _ in range(r.choice([1, 1, 3, 10])):
            at = r.randrange(len(body))
            body[at : at + r.choice([0, 1, 1, 4])] = r.randbytes(r.choice([0, 1, 1, 4]))
            body = body or bytearray(b"N")
        return frame(bytes(body))
    if what == "frame":
        size = r.choice([0, len(honest) - 1, len(honest) + 1, 2**31, 2**32 - 1])
        return struct.pack("<I", size) + honest
    if what == "again":
        return frame(r.choice(earlier or [honest]))
    if what == "twice":
        return frame(honest) + frame(r.choice([honest, *earlier]))
    return frame(honest)[: r.randrange(5)]


def frame(body: bytes) -> bytes:
    """A message as it travels."""
    return struct.pack("<I", len(body)) + body
