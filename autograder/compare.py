"""Comparing a result with the expected one: shape first, then type, then values."""

from __future__ import annotations

from typing import Any

import numpy as np

KINDS = {
    "f": "floats",
    "i": "integers",
    "u": "integers",
    "b": "booleans",
    "c": "complex numbers",
    "U": "text",
}


def difference(got: Any, expected: Any, tolerance: float = 1e-5) -> str | None:
    """Say what is different about a result, or None where it is right.

    Parameters
    ----------
    got : object
        The learner's result.
    expected : object
        The right result: a number, a string, an array, or a list, tuple or dict of these.
    tolerance : float
        Largest difference between equal floats, relative to the largest expected magnitude.

    Returns
    -------
    str or None
        A sentence about the first difference; None where there is none.

    Examples
    --------
    >>> difference(np.zeros((3, 1)), np.zeros(3))
    'The shape is (3, 1), it should be (3,).'
    >>> difference(0.1 + 0.2, 0.3) is None
    True
    """
    if isinstance(expected, np.ndarray):
        return _array_difference(got, expected, tolerance)
    if isinstance(expected, (list, tuple)):
        return _sequence_difference(got, expected, tolerance)
    if isinstance(expected, dict):
        return _dict_difference(got, expected, tolerance)
    if _is_number(expected):
        return _number_difference(got, expected, tolerance)
    return None if type(got) is type(expected) and got == expected else f"It should be {expected!r}."


def describe(value: Any) -> str:
    """Name the kind of a value in plain words: ``"a list"``, ``"an array of shape (3,)"``.

    >>> describe(np.zeros(3)), describe(True), describe(None)
    ('an array of shape (3,)', 'a bool', 'None')
    """
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _is_number(value: Any) -> bool:
    return isinstance(value, (bool, int, float, np.bool_, np.integer, np.floating))


def _close(got: Any, expected: Any, tolerance: float) -> Any:
    finite = np.abs(np.asarray(expected, dtype=float))
    finite = finite[np.isfinite(finite)]
    scale = max(1e-3, float(finite.max(initial=0.0)))
    return np.isclose(got, expected, rtol=tolerance, atol=tolerance * scale)


def _number_difference(got: Any, expected: Any, tolerance: float) -> str | None:
    if isinstance(got, np.ndarray):
        return f"It is {describe(got)}, it should be a single number."
    if isinstance(expected, (bool, np.bool_)):
        wanted: tuple[type, ...] = (bool, np.bool_)
        word = "True or False"
    elif isinstance(expected, (int, np.integer)):
        wanted, word = (int, np.integer), "a whole number (int)"
    else:
        wanted, word = (float, np.floating), "a float"
    is_bool = isinstance(got, (bool, np.bool_))
    if not isinstance(got, wanted) or (is_bool and bool not in wanted):
        return f"It is {describe(got)}, it should be {word}."
    same = _close(got, expected, tolerance) if word == "a float" else got == expected
    return None if same else f"It is {number(got)}, it should be {number(expected)}."


def _array_difference(got: Any, expected: np.ndarray, tolerance: float) -> str | None:
    if not isinstance(got, np.ndarray):
        return f"It is {describe(got)}, it should be an array of shape {expected.shape}."
    if got.shape != expected.shape:
        return f"The shape is {got.shape}, it should be {expected.shape}."
    kind, wanted = (KINDS.get(a.dtype.kind, str(a.dtype)) for a in (got, expected))
    if kind != wanted:
        return f"The array holds {kind} ({got.dtype}), it should hold {wanted}."
    same = _close(got, expected, tolerance) if wanted == "floats" else got == expected
    if np.all(same):
        return None
    wrong = int(np.size(same) - np.count_nonzero(same))
    first = tuple(int(i) for i in np.argwhere(~np.asarray(same))[0])
    where = f" at {list(first)}" if first else ""
    return (
        f"{wrong} of {np.size(same)} entries differ; the first{where} is {number(got[first])}, "
        f"it should be {number(expected[first])}."
    )


def no_finite_float(result: Any) -> str | None:
    """What is wrong with a result where any finite float will do, or None.

    >>> no_finite_float(0.5)
    >>> no_finite_float(float("inf"))
    'It is inf, it should be a finite number.'
    """
    if not isinstance(result, (float, np.floating)):
        return f"It is {describe(result)}, it should be a float."
    return None if np.isfinite(result) else f"It is {number(result)}, it should be a finite number."


def number(value: Any) -> str:
    """A number as a person writes it; a float always shows that it is one.

    >>> number(np.float64(0.30000000000000004)), number(np.int64(3)), number(3.0)
    ('0.3', '3', '3.0')
    """
    if not isinstance(value, (float, np.floating)):
        return str(value)
    text = f"{value:.6g}"
    return text if any(c in text for c in ".enf") else text + ".0"


def _sequence_difference(got: Any, expected: list | tuple, tolerance: float) -> str | None:
    if not isinstance(got, (list, tuple)):
        return f"It is {describe(got)}, it should be {describe(expected)} of {len(expected)}."
    if len(got) != len(expected):
        return f"It has {len(got)} parts, it should have {len(expected)}."
    if not isinstance(got, type(expected)):
        return f"It is {describe(got)}, it should be {describe(expected)}."
    for i, (one, other) in enumerate(zip(got, expected, strict=True)):
        found = difference(one, other, tolerance)
        if found:
            return f"Part [{i}]: {found}"
    return None


def _dict_difference(got: Any, expected: dict, tolerance: float) -> str | None:
    if not isinstance(got, dict):
        return f"It is {describe(got)}, it should be a dict."
    if set(got) != set(expected):
        return f"Its keys are {sorted(map(str, got))}, they should be {sorted(map(str, expected))}."
    for key, value in expected.items():
        found = difference(got[key], value, tolerance)
        if found:
            return f"Key {key!r}: {found}"
    return None
