"""Unit 03: neurons in layers, one sample at a time."""

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from nnlib._types import RNG, Activation, Array, Sizes
from nnlib.activations import neuron
from nnlib.neuron import gate_parameters


def hidden_activations(x: ArrayLike, W: ArrayLike, b: ArrayLike, g: Activation) -> Array:
    """Activations of one layer for one sample, neuron by neuron.

    Parameters
    ----------
    x : (n_0,) array
        The inputs.
    W : (n_1, n_0) array
        One row of weights for each neuron.
    b : (n_1,) array
        One bias for each neuron.
    g : callable
        The activation function.

    Returns
    -------
    (n_1,) array

    Raises
    ------
    ValueError
        If the shapes of `x`, `W` and `b` do not fit together.

    Examples
    --------
    >>> from nnlib.activations import relu
    >>> hidden_activations([1, 2], [[1, 1], [1, -1]], [0, 0], relu)
    array([3., 0.])
    """
    W, b = np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    return np.array([neuron(x, w_j, b_j, g) for w_j, b_j in zip(W, b, strict=True)])


def two_layer_forward(
    x: ArrayLike,
    W1: ArrayLike,
    b1: ArrayLike,
    W2: ArrayLike,
    b2: ArrayLike,
    g_hidden: Activation,
    g_output: Activation,
) -> Array:
    """Output of a network with one hidden layer, for one sample.

    Parameters
    ----------
    x : (n_0,) array
        The inputs.
    W1, b1 : (n_1, n_0) and (n_1,) arrays
        Hidden layer.
    W2, b2 : (n_2, n_1) and (n_2,) arrays
        Output layer.
    g_hidden, g_output : callables
        Their activation functions.

    Returns
    -------
    (n_2,) array

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Examples
    --------
    >>> from nnlib.activations import step
    >>> two_layer_forward([0, 1], *xor_parameters(), step, step)
    array([1.])
    """
    return hidden_activations(hidden_activations(x, W1, b1, g_hidden), W2, b2, g_output)


def network_depth(layer_sizes: Sizes) -> int:
    """Depth of a network: the number of layers with parameters, so all but the input.

    Parameters
    ----------
    layer_sizes : sequence of int
        Units in each layer, the input first.

    Returns
    -------
    int

    Examples
    --------
    >>> network_depth([2, 3, 3, 1])
    3
    """
    return len(layer_sizes) - 1


def count_parameters(layer_sizes: Sizes) -> int:
    """Number of weights and biases of a fully connected network.

    Parameters
    ----------
    layer_sizes : sequence of int
        Units in each layer, the input first.

    Returns
    -------
    int

    Examples
    --------
    >>> count_parameters([2, 3, 3, 1])
    25
    """
    return sum(int(n_out) * (int(n_in) + 1) for n_in, n_out in pairwise(layer_sizes))


def xor_parameters() -> tuple[Array, Array, Array, Array]:
    """Parameters of a 2-2-1 network of step units that computes XOR.

    The hidden units compute OR and NAND, the output their AND.

    Returns
    -------
    W1 : (2, 2) array
    b1 : (2,) array
    W2 : (1, 2) array
    b2 : (1,) array

    Examples
    --------
    >>> from nnlib.activations import step
    >>> inputs = [0, 0], [0, 1], [1, 0], [1, 1]
    >>> [float(two_layer_forward(x, *xor_parameters(), step, step)[0]) for x in inputs]
    [0.0, 1.0, 1.0, 0.0]

    References
    ----------
    Minsky and Papert, *Perceptrons* (1969), for what one unit cannot do.
    """
    gates = gate_parameters()
    (w_or, b_or), (w_nand, b_nand), (w_and, b_and) = gates["OR"], gates["NAND"], gates["AND"]
    return np.array([w_or, w_nand]), np.array([b_or, b_nand]), np.array([w_and]), np.array([b_and])


def dropout(a: ArrayLike, rate: float, rng: RNG) -> Array:
    """Inverted dropout: zero entries at random and scale up the survivors.

    Each entry is zeroed with probability `rate`, the others are divided by ``1 - rate``, so that
    the expected value stays the same. For training only.

    Parameters
    ----------
    a : array of any shape
        Activations.
    rate : float
        Probability of being dropped, at least 0 and below 1.
    rng : numpy.random.Generator
        Where the chance comes from.

    Returns
    -------
    array shaped like `a`

    Raises
    ------
    ValueError
        If `rate` is outside [0, 1).

    Examples
    --------
    >>> dropout([1.0, 2.0, 3.0, 4.0], 0.5, np.random.default_rng(0))
    array([2., 0., 0., 0.])

    References
    ----------
    Srivastava et al., "Dropout", *Journal of Machine Learning Research* 15 (2014), section 10.
    """
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be at least 0 and below 1, but is {rate}")
    a = np.asarray(a, dtype=float)
    survives = rng.random(a.shape) >= rate
    return np.where(survives, a / (1 - rate), 0.0)
