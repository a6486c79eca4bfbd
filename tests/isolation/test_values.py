from __future__ import annotations

import contextlib
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.isolation.limits import Limits
from autograder.isolation.values import Malformed, Unsendable, decode, encode, no_reference

LIMITS = Limits()


def there_and_back(value, limits=LIMITS):
    return decode(encode(value, no_reference, limits), no_reference, limits)


def same(one, other):
    """Equal in value, exact type, order, flags and bits."""
    assert type(one) is type(other)
    if isinstance(one, np.ndarray):
        assert one.dtype == other.dtype
        assert one.shape == other.shape
        assert one.flags.writeable == other.flags.writeable
        assert one.tobytes() == other.tobytes()
        if one.flags.f_contiguous or one.flags.c_contiguous:
            assert one.flags.f_contiguous == other.flags.f_contiguous
    elif isinstance(one, np.generic):
        assert one.dtype == other.dtype
        assert one.tobytes() == other.tobytes()
    elif isinstance(one, float):
        assert struct.pack("d", one) == struct.pack("d", other)
    elif isinstance(one, complex):
        assert struct.pack("dd", one.real, one.imag) == struct.pack("dd", other.real, other.imag)
    elif isinstance(one, (list, tuple)):
        assert len(one) == len(other)
        for pair in zip(one, other, strict=True):
            same(*pair)
    elif isinstance(one, dict):
        assert list(one) == list(other)
        for key in one:
            same(one[key], other[key])
    else:
        assert one == other


texts = st.text(st.characters(exclude_categories=[]), max_size=8)  # lone surrogates too
dtypes = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(sizes=(16, 32, 64), endianness="?"),
    hnp.complex_number_dtypes(sizes=(64, 128)),
    hnp.unicode_string_dtypes(min_len=1, max_len=4),
    hnp.byte_string_dtypes(min_len=1, max_len=4),
)
arrays = hnp.arrays(dtypes, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3))
keys = st.one_of(st.none(), st.booleans(), st.integers(), texts, st.tuples(st.integers(), texts))
plain = st.recursive(
    st.one_of(
        keys,
        st.floats(allow_nan=True),
        st.complex_numbers(),
        st.binary(max_size=8),
        st.sets(st.integers(), max_size=3),
        st.frozensets(texts, max_size=3),
        arrays,
        arrays.filter(lambda array: array.size > 0).map(lambda array: array.flat[0]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(keys, inner, max_size=3),
    ),
    max_leaves=10,
)


@given(plain)
@settings(max_examples=300, deadline=None)
def test_plain_values_come_back_as_they_were(value):
    same(value, there_and_back(value))


@pytest.mark.parametrize(
    "value",
    [
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.arange(6)[::-2],
        np.array(3.0),
        np.float32(0.1),
        np.int64(5),
        np.bool_(True),
        np.str_("né"),
        2**1000,
        -(2**63),
        float("nan"),
        -0.0,
        {(1, "a"): [True, 1, 1.0]},
        np.array(["a", "bcd"]),
        np.zeros((0, 4)),
    ],
    ids=repr,
)
def test_types_that_are_easily_confused_stay_apart(value):
    back = there_and_back(value)
    same(np.ascontiguousarray(value) if type(value) is np.ndarray and value.ndim == 1 else value, back)


def test_read_only_stays_read_only():
    array = np.arange(3)
    array.flags.writeable = False
    assert not there_and_back(array).flags.writeable
    assert there_and_back(np.arange(3)).flags.writeable


class Liar(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


class LyingArray(np.ndarray):
    pass


@pytest.mark.parametrize(
    "value",
    [
        Liar(3),
        np.arange(3).view(LyingArray),
        np.ma.array([1, 2]),
        type("List", (list,), {})([1]),
        np.array([None]),
        np.longdouble(1),
        np.array([1], dtype=np.longdouble),
        np.array([(1, 2)], dtype="i4,i4"),
        object(),
        print,
        2 ** (8 * LIMITS.integer_bytes),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_not_plain_is_refused(value):
    with pytest.raises(Unsendable):
        encode([value], no_reference, LIMITS)


def test_limits_hold_when_sending():
    small = Limits(message_bytes=1000, message_items=10, depth=3)
    for value in (np.zeros(1000), b"x" * 2000, list(range(20)), [[[[[1]]]]]):
        with pytest.raises(Unsendable):
            encode(value, no_reference, small)


def test_limits_hold_when_receiving():
    small = Limits(message_items=10, depth=3, integer_bytes=4)
    for value in (list(range(20)), [[[[[1]]]]], 2**64):
        message = encode(value, no_reference, LIMITS)
        with pytest.raises(Malformed):
            decode(message, no_reference, small)


@given(st.binary(max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_bytes_give_a_value_or_malformed(data):
    with contextlib.suppress(Malformed, Unsendable):
        decode(data, no_reference, LIMITS)


@given(plain, st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_messages_give_a_value_or_malformed(value, data):
    message = bytearray(encode(value, no_reference, LIMITS))
    for _ in range(data.draw(st.integers(1, 3))):
        message[data.draw(st.integers(0, len(message) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Malformed, Unsendable):
        decode(bytes(message), no_reference, LIMITS)


def _array(dtype, shape, content, flags=b"Cw"):
    def counted(data):
        return struct.pack("<I", len(data)) + data

    return (
        b"A"
        + counted(dtype)
        + flags
        + bytes([len(shape)])
        + struct.pack(f"<{len(shape)}Q", *shape)
        + counted(content)
    )


@pytest.mark.parametrize(
    "message",
    [
        _array(b"|O8", (1,), b"\0" * 8),
        _array(b"|V8", (1,), b"\0" * 8),
        _array(b"<f8", (2,), b"\0" * 8),
        _array(b"<f8", (2**62, 4), b""),
        _array(b"<f16", (1,), b"\xff" * 16),
        _array(b"|b1", (1,), b"\x02"),
        _array(b"<U1", (1,), b"\xff\xff\xff\xff"),
        _array(b"<f8", (1,) * 100, b"\0" * 8),
        _array(b"<f8", (1,), b"\0" * 8, b"Qw"),
        b"l" + struct.pack("<I", 2**31),
        b"s" + struct.pack("<I", 1) + b"\xff",
        b"d" + struct.pack("<I", 1) + b"l\0\0\0\0" + b"N",
        b"S" + struct.pack("<I", 1) + b"l\0\0\0\0",
        b"NN",
        b"",
        b"?",
    ],
)
def test_crafted_messages_are_malformed(message):
    with pytest.raises(Malformed):
        decode(message, no_reference, LIMITS)


def test_a_crafted_message_like_the_others_but_right_is_read():
    assert decode(_array(b"<f8", (1,), struct.pack("<d", 2.5)), no_reference, LIMITS).tolist() == [2.5]
