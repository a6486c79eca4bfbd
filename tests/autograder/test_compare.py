"""Shape before type before values, each with a sentence of its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from autograder.compare import difference

FLOATS = arrays(
    np.float64, array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e6, 1e6, allow_subnormal=False)
)


@pytest.mark.parametrize(
    ("got", "expected", "sentence"),
    [
        (np.zeros((3, 1), dtype=int), np.zeros(3), "The shape is (3, 1), it should be (3,)."),
        (np.ones(3, dtype=int), np.zeros(3), "The array holds integers (int64), it should hold floats."),
        (
            np.ones(3, dtype=bool),
            np.ones(3, dtype=int),
            "The array holds booleans (bool), it should hold integers.",
        ),
        ([1.0], np.ones(1), "It is a list, it should be an array of shape (1,)."),
        (
            np.array([1.0, 2.0]),
            np.array([1.0, 3.0]),
            "1 of 2 entries differ; the first at [1] is 2.0, it should be 3.0.",
        ),
        (np.array(1.0), 1.0, "It is an array of shape (), it should be a single number."),
        (1, 1.0, "It is an int, it should be a float."),
        (True, 1, "It is a bool, it should be a whole number (int)."),
        (1.0, 1, "It is a float, it should be a whole number (int)."),
        (1, True, "It is an int, it should be True or False."),
        (2.0, 1.0, "It is 2.0, it should be 1.0."),
        (float("nan"), 1.0, "It is nan, it should be 1.0."),
        ([1.0], (1.0, 2.0), "It has 1 parts, it should have 2."),
        ([1.0, 2.0], (1.0, 2.0), "It is a list, it should be a tuple."),
        ((1.0, 2.0), (1.0, 3.0), "Part [1]: It is 2.0, it should be 3.0."),
        ({"a": 1}, {"b": 1}, "Its keys are ['a'], they should be ['b']."),
        ({"a": 2}, {"a": 1}, "Key 'a': It is 2, it should be 1."),
        ("relu", "tanh", "It should be 'tanh'."),
    ],
)
def test_differences(got, expected, sentence):
    assert difference(got, expected) == sentence


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (np.float32(0.1), 0.1),
        (np.int32(3), 3),
        (np.float64(1.0), 1.0),
        (np.array([0.1], dtype=np.float32), np.array([0.1])),
        (np.array([1], dtype=np.uint8), np.array([1])),
        (float("inf"), float("inf")),
    ],
)
def test_same_number_in_another_precision_is_right(got, expected):
    assert difference(got, expected) is None


@given(FLOATS)
def test_an_array_equals_itself_and_nothing_shifted(a):
    assert difference(a.copy(), a) is None
    shifted = a + 1e-3 * max(1.0, np.abs(a).max())
    assert difference(shifted, a) is not None


@given(st.floats(1e-2, 1e6), st.sampled_from([1.0, -1.0]))
def test_a_number_off_by_a_ten_thousandth_is_wrong(size, sign):
    assert difference(sign * size * 1.0001, sign * size) is not None
