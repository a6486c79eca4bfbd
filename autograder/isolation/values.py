"""Plain values as bytes and back.

A value is one tag byte and its content. There is a tag for each plain type and no way to name a class, so
whatever arrives is of exactly one of these types, or the bytes are refused. Everything else (functions,
models, generators) is a *reference*: a tuple of plain values whose meaning the two ends agree on through
``refer`` and ``resolve``.

>>> import numpy as np
>>> from autograder.isolation.limits import Limits
>>> decode(encode({"a": (1, np.float32(2))}, no_reference, Limits()), no_reference, Limits())
{'a': (1, np.float32(2.0))}
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any, Literal

import numpy as np

from .limits import Limits


class Unsendable(TypeError):
    """A value that can't travel to the other process. The message says why."""


class Malformed(Exception):
    """Bytes that are no value."""


def no_reference(value: Any) -> Any:
    """Refuse references: for wires on which only plain values travel."""
    raise Unsendable(f"a value of type {type(value).__name__} can't be sent to the other process")


# Booleans, integers and floats of fixed size. No objects; no long doubles, whose bit patterns can lie; no records.
_ORDERS: tuple[Literal["<", ">"], ...] = ("<", ">")
_NUMBERS = frozenset(np.dtype(code).newbyteorder(order) for code in "?bBhHiIlLqQefdFD" for order in _ORDERS)
_SCALARS = frozenset(dtype.type for dtype in _NUMBERS) | {np.longlong, np.ulonglong}

_Order = Literal["C", "F"]
_COUNT = struct.Struct("<I")
_FLOAT = struct.Struct("<d")
_COMPLEX = struct.Struct("<dd")
_SEQUENCES: dict[type, bytes] = {list: b"l", tuple: b"t", set: b"S", frozenset: b"Z"}
_MAKERS = {tag: kind for kind, tag in _SEQUENCES.items()}
_MAX_COUNT = 2**32 - 1


def _travels(dtype: np.dtype[Any]) -> bool:
    return dtype in _NUMBERS if dtype.kind not in "US" else dtype.itemsize > 0


class _Encoder:
    def __init__(self, refer: Callable[[Any], tuple], limits: Limits) -> None:
        self.refer = refer
        self.limits = limits
        self.parts: list[bytes] = []
        self.items = 0
        self.size = 0

    def add(self, *parts: bytes) -> None:
        self.size += sum(map(len, parts))
        if self.size > self.limits.message_bytes:
            raise Unsendable(f"it is larger than {self.limits.message_bytes} bytes")
        self.parts.extend(parts)

    def content(self, tag: bytes, content: bytes) -> None:
        if len(content) > _MAX_COUNT:
            raise Unsendable("it is too large")
        self.add(tag, _COUNT.pack(len(content)), content)

    def value(self, value: Any, depth: int = 0) -> None:
        self.items += 1
        if self.items > self.limits.message_items:
            raise Unsendable(f"it holds more than {self.limits.message_items} items")
        if depth > self.limits.depth:
            raise Unsendable(f"it is nested more than {self.limits.depth} levels deep")
        kind = type(value)
        if value is None:
            self.add(b"N")
        elif kind is bool:
            self.add(b"T" if value else b"F")
        elif kind is int:
            size = value.bit_length() // 8 + 1
            if size > self.limits.integer_bytes:
                raise Unsendable("an integer in it is too long")
            self.content(b"i", value.to_bytes(size, "little", signed=True))
        elif kind is float:
            self.add(b"f", _FLOAT.pack(value))
        elif kind is complex:
            self.add(b"c", _COMPLEX.pack(value.real, value.imag))
        elif kind is str or kind is np.str_:
            self.content(b"s" if kind is str else b"u", value.encode("utf-8", "surrogatepass"))
        elif kind is bytes or kind is np.bytes_:
            self.content(b"b" if kind is bytes else b"y", bytes(value))
        elif kind in _SEQUENCES:
            self.add(_SEQUENCES[kind], _COUNT.pack(len(value)))
            for item in value:
                self.value(item, depth + 1)
        elif kind is dict:
            self.add(b"d", _COUNT.pack(len(value)))
            for key, item in value.items():
                self.value(key, depth + 1)
                self.value(item, depth + 1)
        elif kind is np.ndarray and _travels(value.dtype):
            self.array(value)
        elif kind in _SCALARS:
            self.content(b"g", value.dtype.str.encode("ascii"))
            self.content(b"", value.tobytes())
        else:
            reference = self.refer(value)
            self.add(b"X")
            self.value(reference, depth + 1)

    def array(self, array: np.ndarray) -> None:
        if array.nbytes + self.size > self.limits.message_bytes:
            raise Unsendable(f"it is larger than {self.limits.message_bytes} bytes")
        fortran = array.flags.f_contiguous and not array.flags.c_contiguous
        self.content(b"A", array.dtype.str.encode("ascii"))
        self.add(b"F" if fortran else b"C", b"w" if array.flags.writeable else b"r", bytes([array.ndim]))
        self.add(*(struct.pack("<Q", length) for length in array.shape))
        self.content(b"", array.tobytes("F" if fortran else "C"))


class _Decoder:
    def __init__(self, data: bytes, resolve: Callable[[tuple], Any], limits: Limits) -> None:
        self.data = memoryview(data)
        self.at = 0
        self.resolve = resolve
        self.limits = limits
        self.items = 0

    def take(self, size: int) -> memoryview:
        piece = self.data[self.at : self.at + size]
        if len(piece) != size:
            raise Malformed("the message ends too early")
        self.at += size
        return piece

    def count(self) -> int:
        number: int = _COUNT.unpack(self.take(4))[0]
        if number > len(self.data) - self.at:  # every item and every character has at least one byte
            raise Malformed("the message ends too early")
        return number

    def content(self) -> memoryview:
        return self.take(self.count())

    def value(self, depth: int = 0) -> Any:
        self.items += 1
        if self.items > self.limits.message_items or depth > self.limits.depth:
            raise Malformed("too many items, or too deep")
        tag = bytes(self.take(1))
        if tag == b"N":
            return None
        if tag in b"TF":
            return tag == b"T"
        if tag == b"i":
            content = self.content()
            if len(content) > self.limits.integer_bytes:
                raise Malformed("an integer is too long")
            return int.from_bytes(content, "little", signed=True)
        if tag == b"f":
            return _FLOAT.unpack(self.take(8))[0]
        if tag == b"c":
            return complex(*_COMPLEX.unpack(self.take(16)))
        if tag in b"su":
            text = str(self.content(), "utf-8", "surrogatepass")
            return text if tag == b"s" else np.str_(text)
        if tag in b"by":
            data = bytes(self.content())
            return data if tag == b"b" else np.bytes_(data)
        if tag in _MAKERS:
            return _MAKERS[tag]([self.value(depth + 1) for _ in range(self.count())])
        if tag == b"d":
            return {self.value(depth + 1): self.value(depth + 1) for _ in range(self.count())}
        if tag == b"A":
            return self.array()
        if tag == b"g":
            dtype = self.dtype()
            if dtype not in _NUMBERS:
                raise Malformed("no scalar")
            return self.elements(dtype, (), "C").copy()[()]
        if tag == b"X":
            reference = self.value(depth + 1)
            if type(reference) is not tuple:
                raise Malformed("a reference is no tuple")
            return self.resolve(reference)
        raise Malformed("unknown tag")

    def dtype(self) -> np.dtype[Any]:
        name = str(self.content(), "ascii")
        if not (len(name) <= 12 and name[0] in "<>|" and name[1] in "biufcUS" and name[2:].isdigit()):
            raise Malformed("unknown array type")
        dtype = np.dtype(name)
        if not _travels(dtype):
            raise Malformed("unknown array type")
        return dtype

    def array(self) -> np.ndarray:
        dtype = self.dtype()
        flags, ndim = bytes(self.take(2)), self.take(1)[0]
        if flags not in (b"Cw", b"Cr", b"Fw", b"Fr"):
            raise Malformed("bad array flags")
        order: _Order = "F" if flags[:1] == b"F" else "C"
        shape = struct.unpack(f"<{ndim}Q", self.take(8 * ndim))
        array = self.elements(dtype, shape, order).copy(order)
        array.flags.writeable = flags[1:] == b"w"
        return array

    def elements(self, dtype: np.dtype[Any], shape: tuple[int, ...], order: _Order) -> np.ndarray:
        content = self.content()
        if math.prod(shape) * dtype.itemsize != len(content):
            raise Malformed("an array's shape and content differ")
        # A byte other than 0 and 1 in a boolean, or an impossible character, could look different to different readers.
        if dtype.kind == "b" and bytes(content).strip(b"\0\1"):
            raise Malformed("a boolean is neither true nor false")
        if dtype.kind == "U" and np.frombuffer(content, dtype.str[0] + "u4").max(initial=0) > 0x10FFFF:
            raise Malformed("an impossible character")
        return np.ndarray(shape, dtype, content, order=order)


def encode(value: Any, refer: Callable[[Any], tuple], limits: Limits) -> bytes:
    """Turn a value into bytes.

    Parameters
    ----------
    value : object
        ``None``, bool, int, float, complex, str, bytes, list, tuple, set, frozenset, dict, array of numbers, booleans
        or text, NumPy scalar; or anything that ``refer`` knows. Subclasses of these are *not* these.
    refer : callable
        Gets what is none of these, and returns a tuple that stands for it, or raises `Unsendable`.
    limits : Limits
        Bounds on size, number of items and depth.

    Raises
    ------
    Unsendable
        Where the value can't travel.
    """
    encoder = _Encoder(refer, limits)
    encoder.value(value)
    return b"".join(encoder.parts)


def decode(data: bytes, resolve: Callable[[tuple], Any], limits: Limits) -> Any:
    """Turn bytes back into the value: the inverse of `encode`.

    Parameters
    ----------
    data : bytes
        What `encode` gave, or anything at all.
    resolve : callable
        Gets the tuple of a reference and returns what it stands for.
    limits : Limits
        Bounds on number of items and depth.

    Raises
    ------
    Malformed
        Where the bytes are no value, for whatever reason.
    """
    decoder = _Decoder(data, resolve, limits)
    try:
        value = decoder.value()
    except Malformed:
        raise
    except (
        Exception
    ) as error:  # hostile bytes can go wrong anywhere: unhashable keys, impossible shapes, bad UTF-8
        raise Malformed(f"{type(error).__name__}: {error}"[:200]) from None
    if decoder.at != len(data):
        raise Malformed("bytes left over")
    return value
