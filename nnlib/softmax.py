"""Unit 06: one score for each of many classes."""

from itertools import islice

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._types import RNG, Array
from nnlib.activations import BACK
from nnlib.optimisers import SGD
from nnlib.training import TINY, Parameters, descend, init_parameters, mean_difference


def softmax(Z: ArrayLike) -> Array:
    """Turn scores into probabilities: ``exp(z_k) / sum of all exp(z)``.

    The largest score is subtracted first. That changes nothing in the result, and no exponential overflows.

    Parameters
    ----------
    Z : (k,) or (n, k) array
        Logits of one sample, or of one sample per row.

    Returns
    -------
    array shaped like `Z`
        Each row sums to 1.

    Examples
    --------
    >>> softmax([1, 2]).round(2)
    array([0.27, 0.73])

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), equations 6.29 and 6.32.
    """
    Z = np.asarray(Z, dtype=float)
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    E /= E.sum(axis=-1, keepdims=True)
    return E


def softmax_back(a: Array, upstream: Array) -> Array:
    """Pass a gradient back through softmax. Every probability depends on every logit of its row.

    Parameters
    ----------
    a : (n, k) array
        What softmax gave.
    upstream : (n, k) array
        Gradient with respect to `a`.

    Returns
    -------
    (n, k) array
        Gradient with respect to the logits.

    Examples
    --------
    >>> softmax_back(np.array([[0.5, 0.5]]), np.array([[1.0, 0.0]]))
    array([[ 0.25, -0.25]])

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.106.
    """
    return a * (upstream - (upstream * a).sum(axis=-1, keepdims=True))


def one_hot(y: ArrayLike, n_classes: int) -> Array:
    """Labels as rows with a single 1.

    Parameters
    ----------
    y : (n,) int array
        Labels from 0 to ``n_classes - 1``.
    n_classes : int

    Returns
    -------
    (n, n_classes) array

    Raises
    ------
    ValueError
        If a label is out of range, or not a whole number.

    Examples
    --------
    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    y = np.asarray(y)
    wrong = ~np.isin(y, np.arange(n_classes))
    if wrong.any():
        raise ValueError(
            f"labels must be whole numbers from 0 to {n_classes - 1}, but there is {y[wrong][0]}"
        )
    return np.eye(n_classes)[y.astype(int)]


def cross_entropy(P: ArrayLike, Y: ArrayLike) -> float:
    """Mean cross-entropy ``-sum of y_k log p_k`` over samples, finite where `P` holds a 0.

    Parameters
    ----------
    P : (n, k) array
        Predicted probabilities.
    Y : (n, k) array
        One-hot labels.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> round(cross_entropy([[0.5, 0.5], [1.0, 0.0]], [[1, 0], [1, 0]]), 4)
    0.3466

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.108.
    """
    P, Y = np.asarray(P, dtype=float), np.asarray(Y, dtype=float)
    if P.shape != Y.shape:
        raise ValueError(f"probabilities and labels differ in shape: {P.shape} and {Y.shape}")
    return float(-np.vdot(Y, np.log(np.maximum(P, TINY))) / len(P))


def softmax_gradient(Z: ArrayLike, Y: ArrayLike) -> Array:
    """Gradient of the mean cross-entropy with respect to the logits: ``(P - Y) / n``.

    Parameters
    ----------
    Z : (n, k) array
        Logits.
    Y : (n, k) array
        One-hot labels.

    Returns
    -------
    (n, k) array

    Examples
    --------
    >>> softmax_gradient([[0.0, 0.0]], [[1, 0]])
    array([[-0.5,  0.5]])

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.109.
    """
    return mean_difference(softmax(Z), np.asarray(Y, dtype=float))


def predict_classes(P: ArrayLike) -> NDArray[np.int_]:
    """Class with the largest probability, for each sample.

    Parameters
    ----------
    P : (n, k) array
        Probabilities or logits.

    Returns
    -------
    (n,) int array

    Examples
    --------
    >>> predict_classes([[0.1, 0.9], [0.8, 0.2]])
    array([1, 0])
    """
    return np.argmax(np.asarray(P), axis=1)


def top_k_accuracy(P: ArrayLike, y: ArrayLike, k: int) -> float:
    """Share of samples whose label is among the `k` most probable classes.

    Parameters
    ----------
    P : (n, n_classes) array
        Probabilities or logits.
    y : (n,) int array
        Labels.
    k : int

    Returns
    -------
    float
        Between 0 and 1.

    Examples
    --------
    >>> top_k_accuracy([[0.1, 0.3, 0.6], [0.7, 0.2, 0.1]], [1, 2], k=2)
    0.5

    References
    ----------
    Russakovsky et al., "ImageNet large scale visual recognition challenge", *IJCV* 115 (2015), section 4.1.
    """
    best = np.argsort(np.asarray(P), axis=1)[:, ::-1][:, :k]
    return float(np.mean((best == np.asarray(y)[:, np.newaxis]).any(axis=1)))


def train_softmax(
    X: ArrayLike, y: ArrayLike, n_classes: int, learning_rate: float, epochs: int, rng: RNG
) -> tuple[Array, Array, list[float]]:
    """Train a one-layer softmax classifier by full-batch gradient descent.

    Parameters
    ----------
    X : (n, d) array
        One sample per row.
    y : (n,) int array
        Labels from 0 to ``n_classes - 1``.
    n_classes : int
    learning_rate : float
    epochs : int
        Number of steps.
    rng : numpy.random.Generator
        Draws the initial weights.

    Returns
    -------
    W : (n_classes, d) array
    b : (n_classes,) array
    losses : list of float
        The mean cross-entropy before each step.

    Raises
    ------
    ValueError
        If a label is out of range.

    Examples
    --------
    >>> X, y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0]], [0, 1, 2]
    >>> W, b, losses = train_softmax(X, y, 3, 1.0, 100, np.random.default_rng(0))
    >>> predict_classes(X @ W.T + b)
    array([0, 1, 2])

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.3.4.
    """
    X = np.asarray(X, dtype=float)
    parameters = Parameters(*init_parameters([X.shape[1], n_classes], rng))
    run = descend(
        parameters, [softmax], cross_entropy, mean_difference, X, one_hot(y, n_classes), SGD(learning_rate)
    )
    losses = list(islice(run, epochs))
    return parameters.weights[0], parameters.biases[0], losses


BACK[softmax] = softmax_back
