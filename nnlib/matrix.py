"""Unit 04: all neurons of a layer, and all samples of a batch, at once."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from nnlib._types import Activation, Array, Arrays, Sizes


def layer_shapes(layer_sizes: Sizes) -> list[tuple[tuple[int, int], tuple[int]]]:
    """Shapes of the weights and biases of every layer.

    Parameters
    ----------
    layer_sizes : sequence of int
        Units in each layer, the input first.

    Returns
    -------
    list
        ``(W.shape, b.shape)`` for each layer with parameters: ``((n_i, n_{i-1}), (n_i,))``.

    Examples
    --------
    >>> layer_shapes([2, 3, 1])
    [((3, 2), (3,)), ((1, 3), (1,))]
    """
    return [((n_out, n_in), (n_out,)) for n_in, n_out in pairwise(int(n) for n in layer_sizes)]


def layer_forward(A_prev: ArrayLike, W: ArrayLike, b: ArrayLike, g: Activation) -> tuple[Array, Array]:
    """One layer on a batch: ``Z = A_prev W^T + b`` and ``A = g(Z)``.

    Parameters
    ----------
    A_prev : (n, n_{i-1}) array
        What the layer before gives, one sample per row.
    W : (n_i, n_{i-1}) array
        One row of weights for each neuron.
    b : (n_i,) array
        One bias for each neuron.
    g : callable
        The activation function.

    Returns
    -------
    Z : (n, n_i) array
        Weighted sums.
    A : (n, n_i) array
        Activations.

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Examples
    --------
    >>> from nnlib.activations import relu
    >>> Z, A = layer_forward([[1, 2], [3, 4]], [[1, -1]], [0.5], relu)
    >>> Z.tolist(), A.tolist()
    ([[-0.5], [-0.5]], [[0.0], [0.0]])

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), algorithm 6.3.
    """
    Z = np.asarray(A_prev, dtype=float) @ np.asarray(W, dtype=float).T
    Z += b
    return Z, g(Z)


def forward(X: ArrayLike, weights: Arrays, biases: Arrays, activations: Sequence[Activation]) -> list[Array]:
    """Forward pass of a batch through all layers.

    Parameters
    ----------
    X : (n, n_0) array
        One sample per row.
    weights : list of (n_i, n_{i-1}) arrays
    biases : list of (n_i,) arrays
    activations : list of callables
        One activation function for each layer.

    Returns
    -------
    list of (n, n_i) arrays
        ``[A0, A1, ..., AL]``, where `A0` equals `X` and `AL` is the output.

    Raises
    ------
    ValueError
        If the lists differ in length, or shapes do not fit together.

    Examples
    --------
    >>> from nnlib.activations import linear, relu
    >>> A = forward([[1, 2]], [[[1, 1], [1, -1]], [[2, 5]]], [[0, 0], [1]], [relu, linear])
    >>> [a.tolist() for a in A]
    [[[1.0, 2.0]], [[3.0, 0.0]], [[7.0]]]
    """
    A = [np.asarray(X, dtype=float)]
    for W, b, g in zip(weights, biases, activations, strict=True):
        A.append(layer_forward(A[-1], W, b, g)[1])
    return A


def multiply_adds(layer_sizes: Sizes, n: int) -> int:
    """Multiplications of weights and activations in one forward pass. Biases are not counted.

    Parameters
    ----------
    layer_sizes : sequence of int
        Units in each layer, the input first.
    n : int
        Number of samples.

    Returns
    -------
    int

    Examples
    --------
    >>> multiply_adds([2, 3, 1], n=10)
    90
    """
    return sum(n_out * n_in for (n_out, n_in), _ in layer_shapes(layer_sizes)) * int(n)
