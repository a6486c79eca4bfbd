"""Unit 01: one neuron, a weighted sum followed by a decision."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._types import Array


def weighted_sum(x: ArrayLike, w: ArrayLike, b: float) -> float:
    """Weighted sum of one sample: ``z = w·x + b``.

    Parameters
    ----------
    x : (d,) array
        The inputs.
    w : (d,) array
        One weight for each input.
    b : float
        The bias.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If `x` and `w` are not 1-D arrays of the same length.

    Examples
    --------
    >>> weighted_sum([2, -1], [0.5, 1], 1)
    1.0

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.1.
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    if x.ndim != 1 or x.shape != w.shape:
        raise ValueError(
            f"x and w must be 1-D and of the same length, but have shapes {x.shape} and {w.shape}"
        )
    return float(w @ x + b)


def perceptron(x: ArrayLike, w: ArrayLike, b: float) -> int:
    """Decision of a perceptron: 1 where the weighted sum is positive, else 0.

    At a weighted sum of exactly 0 it says 0. That is a convention.

    Parameters
    ----------
    x, w : (d,) arrays
        The inputs and their weights.
    b : float
        The bias.

    Returns
    -------
    int
        0 or 1.

    Raises
    ------
    ValueError
        If `x` and `w` are not 1-D arrays of the same length.

    Examples
    --------
    >>> perceptron([2, -1], [0.5, 1], 1)
    1
    >>> perceptron([2, -1], [0.5, 1], 0)
    0

    References
    ----------
    Rosenblatt, "The perceptron", *Psychological Review* 65 (1958).
    """
    return int(weighted_sum(x, w, b) > 0)


def weighted_sums(X: ArrayLike, w: ArrayLike, b: float) -> Array:
    """Weighted sum of every row of a batch: ``z = X w + b``.

    Parameters
    ----------
    X : (n, d) array
        One sample per row.
    w : (d,) array
        One weight for each input.
    b : float
        The bias.

    Returns
    -------
    (n,) array

    Raises
    ------
    ValueError
        If a row of `X` and `w` differ in length.

    Examples
    --------
    >>> weighted_sums([[2, -1], [0, 0]], [0.5, 1], 1)
    array([1., 1.])
    """
    X, w = np.asarray(X, dtype=float), np.asarray(w, dtype=float)
    if X.ndim != 2 or X.shape[1:] != w.shape:
        raise ValueError(f"X must be (n, d) and w (d,), but they have shapes {X.shape} and {w.shape}")
    return X @ w + b


def predict_all(X: ArrayLike, w: ArrayLike, b: float) -> NDArray[np.int_]:
    """Decisions of one perceptron for every row of a batch.

    Parameters
    ----------
    X : (n, d) array
        One sample per row.
    w : (d,) array
        One weight for each input.
    b : float
        The bias.

    Returns
    -------
    (n,) int array
        0 or 1 for each row.

    Raises
    ------
    ValueError
        If a row of `X` and `w` differ in length.

    Examples
    --------
    >>> predict_all([[0, 0], [0, 1], [1, 1]], [1, 1], -1.5)
    array([0, 0, 1])
    """
    return (weighted_sums(X, w, b) > 0).astype(int)


def gate_parameters() -> dict[str, tuple[Array, float]]:
    """Weights and bias that make the perceptron compute AND, OR and NAND.

    Returns
    -------
    dict
        ``{"AND": (w, b), "OR": (w, b), "NAND": (w, b)}`` with `w` of shape (2,) and `b` a float.

    Examples
    --------
    >>> w, b = gate_parameters()["OR"]
    >>> [perceptron(x, w, b) for x in ([0, 0], [0, 1], [1, 0], [1, 1])]
    [0, 1, 1, 1]

    References
    ----------
    Nielsen, *Neural Networks and Deep Learning* (2015), chapter 1, for NAND.
    """
    return {
        "AND": (np.array([1.0, 1.0]), -1.5),
        "OR": (np.array([1.0, 1.0]), -0.5),
        "NAND": (np.array([-1.0, -1.0]), 1.5),
    }
