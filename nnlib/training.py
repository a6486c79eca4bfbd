"""Unit 05: the cost, its gradient, and walking downhill.

From the middle on, this is the one path that everything else in the library trains by:
`forward` (unit 04), `backpropagate`, and the loop `descend`.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._types import RNG, Activation, Array, Arrays, Sizes
from nnlib.activations import BACK, linear_regression, relu, relu_derivative, sigmoid
from nnlib.matrix import forward, layer_shapes
from nnlib.mlp import dropout
from nnlib.optimisers import SGD, Optimiser

TINY = float(np.finfo(float).eps)
"""Probabilities are kept this far away from 0 and 1 before a logarithm is taken."""


def mse(y_pred: ArrayLike, y: ArrayLike) -> float:
    """Mean squared error, without the factor ½ that some books use.

    Parameters
    ----------
    y_pred : (n,) array
        Predictions.
    y : (n,) array
        True values.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ: (n, 1) against (n,) would otherwise compare everything with everything.

    Examples
    --------
    >>> mse([1.0, 2.0], [1.0, 4.0])
    2.0

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 5.1.4.
    """
    y_pred, y = _alike(y_pred, y)
    return float(np.mean((y_pred - y) ** 2))


def binary_cross_entropy(p: ArrayLike, y: ArrayLike) -> float:
    """Mean binary cross-entropy, finite for probabilities of exactly 0 or 1.

    ``-mean(y log p + (1 - y) log(1 - p))``

    Parameters
    ----------
    p : (n,) array
        Predicted probabilities of class 1.
    y : (n,) array
        Labels, 0 or 1.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> round(binary_cross_entropy([0.5, 0.5], [0, 1]), 4)
    0.6931

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.90.
    """
    p, y = _alike(p, y)
    p = np.minimum(np.maximum(p, TINY), 1.0 - TINY)
    return float(-(np.vdot(y, np.log(p)) + np.vdot(1.0 - y, np.log(1.0 - p))) / p.size)


def mse_gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike, b: float) -> tuple[Array, float]:
    """Gradient of the mean squared error of one linear neuron.

    Parameters
    ----------
    X : (n, d) array
        One sample per row.
    y : (n,) array
        True values.
    w : (d,) array
        Weights.
    b : float
        Bias.

    Returns
    -------
    dw : (d,) array
    db : float

    Raises
    ------
    ValueError
        If shapes do not fit together.

    Examples
    --------
    >>> dw, db = mse_gradient([[1.0], [2.0]], [0.0, 0.0], [1.0], 0.0)
    >>> dw, db
    (array([5.]), 3.0)

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 3.13 (there summed, here 2 × mean).
    """
    prediction, y = _alike(linear_regression(X, w, b), y)
    slope = 2.0 * (prediction - y) / len(y)
    return slope @ np.asarray(X, dtype=float), float(slope.sum())


def gradient_descent_step(params: Arrays, grads: Arrays, learning_rate: float) -> list[Array]:
    """One step downhill: ``parameter - learning_rate * gradient`` for each parameter.

    Parameters
    ----------
    params, grads : lists of arrays
        Parameters and their gradients, in the same order.
    learning_rate : float

    Returns
    -------
    list of arrays
        New arrays; the old ones stay as they are.

    Raises
    ------
    ValueError
        If the lists differ in length.

    Examples
    --------
    >>> gradient_descent_step([np.array([1.0, 2.0])], [np.array([10.0, 0.0])], 0.1)
    [array([0., 2.])]

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), equation 4.5.
    """
    return [
        np.asarray(p, dtype=float) - learning_rate * np.asarray(grad, dtype=float)
        for p, grad in zip(params, grads, strict=True)
    ]


def init_parameters(layer_sizes: Sizes, rng: RNG, scale: float = 0.1) -> tuple[list[Array], list[Array]]:
    """Small random weights and zero biases.

    Parameters
    ----------
    layer_sizes : sequence of int
        Units in each layer, the input first.
    rng : numpy.random.Generator
        Where the chance comes from.
    scale : float
        Standard deviation of the normal weights.

    Returns
    -------
    weights : list of (n_i, n_{i-1}) arrays
    biases : list of (n_i,) arrays

    Examples
    --------
    >>> weights, biases = init_parameters([2, 3, 1], np.random.default_rng(0))
    >>> [W.shape for W in weights], biases
    ([(3, 2), (1, 3)], [array([0., 0., 0.]), array([0.])])
    """
    shapes = layer_shapes(layer_sizes)
    return [rng.normal(0.0, scale, W) for W, _ in shapes], [np.zeros(b) for _, b in shapes]


def numerical_gradient(f: Callable[[Any], float], w: ArrayLike, eps: float = 1e-6) -> Array:
    """Gradient by central differences: ``(f(w + eps) - f(w - eps)) / (2 eps)`` for each entry.

    Parameters
    ----------
    f : callable
        Takes an array shaped like `w`, gives a number.
    w : array of any shape
        Where the gradient is taken.
    eps : float
        How far each entry is moved.

    Returns
    -------
    array shaped like `w`

    Examples
    --------
    >>> numerical_gradient(lambda w: (w**2).sum(), [1.0, -3.0]).round(6)
    array([ 2., -6.])

    References
    ----------
    Nocedal and Wright, *Numerical Optimization* (2006), equation 8.7.
    """
    w = np.asarray(w, dtype=float)
    gradient = np.empty_like(w)
    for index in np.ndindex(w.shape):
        above, below = w.copy(), w.copy()
        above[index] += eps
        below[index] -= eps
        gradient[index] = (f(above) - f(below)) / (2.0 * eps)
    return gradient


def mean_difference(P: Array, Y: Array) -> Array:
    """``(P - Y) / n``: the gradient at the output's weighted sums, for three pairs only.

    It holds for a sigmoid output with binary cross-entropy, softmax with cross-entropy, and a linear
    output with half the squared error. In these pairs the slope of the output cancels against the cost.

    Parameters
    ----------
    P, Y : (n, k) arrays
        Outputs and targets.

    Returns
    -------
    (n, k) array

    Examples
    --------
    >>> mean_difference(np.array([[0.5], [0.75]]), np.array([[1.0], [0.0]]))
    array([[-0.25 ],
           [ 0.375]])

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 5.3.1 (equation 5.54, summed).
    """
    return (P - Y) / len(P)


def output_delta(P: ArrayLike, y: ArrayLike) -> Array:
    """Gradient of the mean binary cross-entropy at the weighted sums of a sigmoid output.

    Parameters
    ----------
    P : (n, 1) array
        Outputs of the sigmoid.
    y : (n,) array
        Labels, 0 or 1.

    Returns
    -------
    (n, 1) array

    Raises
    ------
    ValueError
        If there is not one label for each output.

    Examples
    --------
    >>> output_delta([[0.5], [0.75]], [1, 0])
    array([[-0.25 ],
           [ 0.375]])

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 5.54.
    """
    P = np.asarray(P, dtype=float)
    return mean_difference(*_alike(P, _column(y)))


def hidden_delta(delta_next: ArrayLike, W_next: ArrayLike, Z: ArrayLike) -> Array:
    """Gradient at the weighted sums of a ReLU layer, from that of the layer after it.

    Parameters
    ----------
    delta_next : (n, n_{i+1}) array
        Gradient at the weighted sums of the next layer.
    W_next : (n_{i+1}, n_i) array
        Weights of the next layer.
    Z : (n, n_i) array
        Weighted sums of this layer.

    Returns
    -------
    (n, n_i) array

    Raises
    ------
    ValueError
        If shapes do not fit together.

    Examples
    --------
    >>> hidden_delta([[1.0]], [[2.0, 3.0]], [[0.5, -0.5]])
    array([[2., 0.]])

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 5.56.
    """
    delta = np.asarray(delta_next, dtype=float) @ np.asarray(W_next, dtype=float)
    return delta * relu_derivative(Z)


def backward(X: ArrayLike, y: ArrayLike, weights: Arrays, biases: Arrays) -> tuple[list[Array], list[Array]]:
    """Gradient of the mean binary cross-entropy of a network with ReLU layers and one sigmoid output.

    Parameters
    ----------
    X : (n, n_0) array
        One sample per row.
    y : (n,) array
        Labels, 0 or 1.
    weights : list of (n_i, n_{i-1}) arrays
    biases : list of (n_i,) arrays

    Returns
    -------
    weight_grads, bias_grads : lists of arrays
        Shaped like `weights` and `biases`.

    Raises
    ------
    ValueError
        If shapes do not fit together.

    Examples
    --------
    >>> weight_grads, bias_grads = backward([[1.0, 2.0]], [1], [[[0.0, 0.0]]], [[0.0]])
    >>> weight_grads, bias_grads
    ([array([[-0.5, -1. ]])], [array([-0.5])])

    References
    ----------
    Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", *Nature* 323
    (1986).
    """
    parameters = Parameters(weights, biases)
    activations = _relu_network(weights)
    A = forward(X, parameters.weights, parameters.biases, activations)
    gradient = backpropagate(A, output_delta(A[-1], y), parameters, activations)
    return gradient.weights, gradient.biases


def minibatches(n: int, batch_size: int, rng: RNG) -> list[NDArray[np.intp]]:
    """Numbers of the samples in each mini-batch of one epoch, freshly shuffled.

    Parameters
    ----------
    n : int
        Number of samples.
    batch_size : int
        Samples in each batch; the last may have fewer.
    rng : numpy.random.Generator
        Where the chance comes from.

    Returns
    -------
    list of index arrays
        Every sample once.

    Raises
    ------
    ValueError
        If `batch_size` is below 1.

    Examples
    --------
    >>> [len(batch) for batch in minibatches(10, 4, np.random.default_rng(0))]
    [4, 4, 2]
    """
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, but is {batch_size}")
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]


def one_batch() -> list[slice]:
    """Rows of the only batch of a full-batch epoch: all of them, in their order.

    Returns
    -------
    list of one slice

    Examples
    --------
    >>> one_batch()
    [slice(None, None, None)]
    """
    return [slice(None)]


def train(
    X: ArrayLike, y: ArrayLike, layer_sizes: Sizes, learning_rate: float, epochs: int, rng: RNG
) -> tuple[list[Array], list[Array], list[float]]:
    """Train a network with ReLU layers and one sigmoid output by full-batch gradient descent.

    Parameters
    ----------
    X : (n, n_0) array
        One sample per row.
    y : (n,) array
        Labels, 0 or 1.
    layer_sizes : sequence of int
        Units in each layer: the input first, 1 last.
    learning_rate : float
    epochs : int
        Number of steps.
    rng : numpy.random.Generator
        Draws the initial weights.

    Returns
    -------
    weights, biases : lists of arrays
    losses : list of float
        The mean binary cross-entropy before each step.

    Raises
    ------
    ValueError
        If shapes do not fit together.

    Examples
    --------
    >>> X, y = [[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1]
    >>> weights, biases, losses = train(X, y, [1, 1], 1.0, 50, np.random.default_rng(0))
    >>> len(losses), losses[-1] < losses[0]
    (50, True)

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), algorithm 6.4 and section 8.3.
    """
    parameters = Parameters(*init_parameters(layer_sizes, rng))
    run = descend(
        parameters,
        _relu_network(parameters.weights),
        binary_cross_entropy,
        mean_difference,
        np.asarray(X, dtype=float),
        _column(y),
        SGD(learning_rate),
    )
    losses = list(islice(run, epochs))
    return parameters.weights, parameters.biases, losses


class Parameters:
    """Weights and biases of all layers, as windows on one vector.

    A change of the vector is a change of every layer, so an optimiser needs one step for all of them.

    Parameters
    ----------
    weights : list of (n_i, n_{i-1}) arrays
    biases : list of (n_i,) arrays
        Both are copied.

    Attributes
    ----------
    vector : 1-D array
        All weights, then all biases.
    weights, biases : lists of arrays
        Windows on `vector`.
    all_weights : 1-D array
        Window on the part of `vector` that holds the weights.

    Examples
    --------
    >>> parameters = Parameters([np.ones((1, 2))], [np.zeros(1)])
    >>> parameters.vector *= 5
    >>> parameters
    Parameters([2, 1])
    >>> parameters.weights
    [array([[5., 5.]])]
    """

    def __init__(self, weights: Arrays, biases: Arrays):
        arrays = [np.asarray(array, dtype=float) for array in (*weights, *biases)]
        self.vector: Array = np.concatenate([array.ravel() for array in arrays])
        ends = np.cumsum([array.size for array in arrays])
        pieces = np.split(self.vector, ends[:-1])
        windows = [piece.reshape(array.shape) for piece, array in zip(pieces, arrays, strict=True)]
        self.weights: list[Array] = windows[: len(weights)]
        self.biases: list[Array] = windows[len(weights) :]
        self.all_weights: Array = self.vector[: ends[len(weights) - 1]]

    def __reduce__(self) -> tuple[Any, ...]:
        # Copies and pickles must make their own windows.
        return Parameters, (self.weights, self.biases)

    def __repr__(self) -> str:
        return f"Parameters({[self.weights[0].shape[1], *map(len, self.biases)]})"


class Dropped:
    """An activation followed by dropout, for the hidden layers of a network that trains.

    Parameters
    ----------
    g : callable
        The activation function.
    rate : float
        Probability that a unit is dropped.
    rng : numpy.random.Generator
        Where the chance comes from.

    Examples
    --------
    >>> Dropped(relu, 0.5, np.random.default_rng(0))(np.array([[1.0, 2.0, 3.0, 4.0]]))
    array([[2., 0., 0., 0.]])
    """

    def __init__(self, g: Activation, rate: float, rng: RNG):
        self.g, self.rate, self.rng = g, rate, rng

    def __call__(self, Z: Array) -> Array:
        """Activations of the units that survive, shaped like `Z`; different ones at every call."""
        self.a = self.g(Z)
        self.mask = dropout(np.ones_like(self.a), self.rate, self.rng)
        return self.a * self.mask

    def back(self, a: Array, upstream: Array) -> Array:
        """Pass a gradient back, through the units that survived the last call only."""
        return BACK[self.g](self.a, upstream * self.mask)


def backpropagate(
    A: Sequence[Array],
    delta: Array,
    parameters: Parameters,
    activations: Sequence[Activation],
    gradient: Parameters | None = None,
) -> Parameters:
    """Backward pass of a batch through all layers.

    Parameters
    ----------
    A : list of (n, n_i) arrays
        What `forward` gave for the same parameters and activations.
    delta : (n, n_L) array
        Gradient at the weighted sums of the output layer.
    parameters : instance of Parameters
    activations : list of callables
        One activation function for each layer.
    gradient : instance of Parameters, optional
        Where to write the result, so that a loop need not make new arrays at every step.

    Returns
    -------
    gradient : instance of Parameters
        Of all weights and biases.

    Examples
    --------
    >>> parameters = Parameters([np.array([[3.0]]), np.array([[2.0]])], [np.zeros(1), np.zeros(1)])
    >>> A = forward([[1.0]], parameters.weights, parameters.biases, [relu, relu])
    >>> backpropagate(A, np.array([[1.0]]), parameters, [relu, relu]).weights
    [array([[2.]]), array([[3.]])]

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), algorithm 6.4.
    """
    if gradient is None:
        gradient = Parameters(parameters.weights, parameters.biases)
    for i in reversed(range(len(activations))):
        np.matmul(delta.T, A[i], out=gradient.weights[i])
        # The sum over the samples: as a product it is several times quicker than as a sum of columns.
        np.matmul(np.ones(len(delta)), delta, out=gradient.biases[i])
        if i > 0:
            g = activations[i - 1]
            back = g.back if isinstance(g, Dropped) else BACK[g]
            delta = back(A[i], delta @ parameters.weights[i])
    return gradient


def descend(
    parameters: Parameters,
    activations: Sequence[Activation],
    cost: Callable[[Array, Array], float],
    delta: Callable[[Array, Array], Array],
    X: Array,
    Y: Array,
    optimiser: Optimiser,
    batches: Callable[[], Sequence[Any]] = one_batch,
    alpha: float = 0.0,
) -> Iterator[float]:
    """Walk downhill, epoch after epoch, for as long as losses are asked for.

    Parameters
    ----------
    parameters : Parameters
        Changed in place.
    activations : list of callables
        One activation function for each layer.
    cost : callable
        ``cost(P, Y)`` is the mean cost of outputs `P` against targets `Y`.
    delta : callable
        ``delta(P, Y)`` is its gradient at the output's weighted sums, shaped like `P`.
    X : (n, n_0) array
        One sample per row.
    Y : (n, n_L) array
        Targets.
    optimiser : Optimiser
        What to do with a gradient.
    batches : callable
        Gives the rows of each batch of an epoch; the default is one batch of all rows.
    alpha : float
        Weight of the penalty ``alpha / 2 * (sum of squared weights)``, shared among the samples of a batch.

    Yields
    ------
    float
        Mean loss of the epoch; each batch's is taken before its step.

    Examples
    --------
    >>> parameters = Parameters([np.zeros((1, 1))], [np.zeros(1)])
    >>> X, Y = np.array([[0.0], [1.0]]), np.array([[0.0], [1.0]])
    >>> losses = descend(parameters, [sigmoid], binary_cross_entropy, mean_difference, X, Y, SGD(1.0))
    >>> round(next(losses), 3), round(next(losses), 3)
    (0.693, 0.635)
    """
    gradient = Parameters(parameters.weights, parameters.biases)
    while True:
        total = 0.0
        for rows in batches():
            Y_batch = Y[rows]
            n = len(Y_batch)
            A = forward(X[rows], parameters.weights, parameters.biases, activations)
            backpropagate(A, delta(A[-1], Y_batch), parameters, activations, gradient)
            total += n * cost(A[-1], Y_batch)
            if alpha:
                total += alpha / 2.0 * float(parameters.all_weights @ parameters.all_weights)
                gradient.all_weights += alpha / n * parameters.all_weights
            optimiser.step(parameters.vector, gradient.vector)
        yield total / len(Y)


def _alike(P: ArrayLike, Y: ArrayLike) -> tuple[Array, Array]:
    P, Y = np.asarray(P, dtype=float), np.asarray(Y, dtype=float)
    if P.shape != Y.shape:
        raise ValueError(f"predictions and true values differ in shape: {P.shape} and {Y.shape}")
    return P, Y


def _column(y: ArrayLike) -> Array:
    return np.asarray(y, dtype=float).reshape(-1, 1)


def _relu_network(weights: Sequence[Any]) -> list[Activation]:
    return [relu] * (len(weights) - 1) + [sigmoid]
