"""Unit 02: what the activation function decides."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib._types import Activation, Array
from nnlib.neuron import weighted_sum, weighted_sums


def step(z: ArrayLike) -> Any:
    """Step function: 1 where z > 0, else 0. At exactly 0 it is 0, as in the perceptron.

    Parameters
    ----------
    z : float or array
        Weighted sums.

    Returns
    -------
    float or array
        Shaped like `z`.

    Examples
    --------
    >>> step(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 1.])
    """
    return np.heaviside(np.asarray(z, dtype=float), 0.0)


def linear(z: ArrayLike) -> Any:
    """Linear activation (identity): the weighted sum itself, as a new array.

    Parameters
    ----------
    z : float or array
        Weighted sums.

    Returns
    -------
    float or array
        Shaped like `z`.

    Examples
    --------
    >>> linear(np.array([-2.0, 3.0]))
    array([-2.,  3.])
    """
    return np.positive(np.asarray(z, dtype=float))


def sigmoid(z: ArrayLike) -> Any:
    """Logistic sigmoid ``1 / (1 + exp(-z))``, between 0 and 1.

    The exponent is cut off at 700, where the sigmoid is 0 to 304 digits: the exponential cannot overflow.

    Parameters
    ----------
    z : float or array
        Weighted sums.

    Returns
    -------
    float or array
        Shaped like `z`.

    Examples
    --------
    >>> sigmoid(np.array([-1e4, 0.0, 1e4])).round(3)
    array([0. , 0.5, 1. ])

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.59.
    """
    return 1.0 / (1.0 + np.exp(np.minimum(-np.asarray(z, dtype=float), 700.0)))


def relu(z: ArrayLike) -> Any:
    """Rectified linear unit ``max(0, z)``.

    Parameters
    ----------
    z : float or array
        Weighted sums.

    Returns
    -------
    float or array
        Shaped like `z`.

    Examples
    --------
    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 6.3.1.
    """
    return np.maximum(np.asarray(z, dtype=float), 0.0)


def tanh(z: ArrayLike) -> Any:
    """Hyperbolic tangent, between -1 and 1: a sigmoid stretched, ``2 sigmoid(2z) - 1``.

    Parameters
    ----------
    z : float or array
        Weighted sums.

    Returns
    -------
    float or array
        Shaped like `z`.

    Examples
    --------
    >>> tanh(np.array([-1.0, 0.0])).round(2)
    array([-0.76,  0.  ])
    """
    return np.tanh(np.asarray(z, dtype=float))


def sigmoid_derivative(z: ArrayLike) -> Any:
    """Slope of the sigmoid at z: ``s(z) (1 - s(z))``, where ``1 - s(z)`` is ``s(-z)``.

    Parameters
    ----------
    z : float or array
        Weighted sums, not activations.

    Returns
    -------
    float or array
        Shaped like `z`; 0.25 at most.

    Examples
    --------
    >>> float(sigmoid_derivative(0.0))
    0.25

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equations 4.60 and 4.88.
    """
    z = np.asarray(z, dtype=float)
    return sigmoid(z) * sigmoid(-z)


def relu_derivative(z: ArrayLike) -> Any:
    """Slope of ReLU at z: 1 where z > 0, else 0. The slope at exactly 0 is 0 by convention.

    Parameters
    ----------
    z : float or array
        Weighted sums.

    Returns
    -------
    float or array
        Shaped like `z`.

    Examples
    --------
    >>> relu_derivative(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 1.])
    """
    return np.heaviside(np.asarray(z, dtype=float), 0.0)


def neuron(x: ArrayLike, w: ArrayLike, b: float, g: Activation) -> float:
    """One neuron on one sample: ``a = g(w·x + b)``.

    Parameters
    ----------
    x, w : (d,) arrays
        The inputs and their weights.
    b : float
        The bias.
    g : callable
        The activation function.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If `x` and `w` are not 1-D arrays of the same length.

    Examples
    --------
    >>> neuron([2, -1], [0.5, 1], 1, relu)
    1.0
    """
    return float(g(weighted_sum(x, w, b)))


def linear_regression(X: ArrayLike, w: ArrayLike, b: float) -> Array:
    """Linear regression: one neuron with the linear activation on every row of a batch.

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
        Predicted values.

    Raises
    ------
    ValueError
        If a row of `X` and `w` differ in length.

    Examples
    --------
    >>> linear_regression([[1, 2], [3, 4]], [1, -1], 0.5)
    array([-0.5, -0.5])

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 3.1.
    """
    return linear(weighted_sums(X, w, b))


def logistic_regression(X: ArrayLike, w: ArrayLike, b: float) -> Array:
    """Logistic regression: one neuron with the sigmoid on every row of a batch.

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
        Predicted probabilities of class 1.

    Raises
    ------
    ValueError
        If a row of `X` and `w` differ in length.

    Examples
    --------
    >>> logistic_regression([[0, 0], [1, 1]], [1, -1], 0)
    array([0.5, 0.5])

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), equation 4.87.
    """
    return sigmoid(weighted_sums(X, w, b))


def collapse_linear(W1: ArrayLike, b1: ArrayLike, W2: ArrayLike, b2: ArrayLike) -> tuple[Array, Array]:
    """The one linear layer that equals two stacked linear layers.

    ``W2 (W1 x + b1) + b2 = (W2 W1) x + (W2 b1 + b2)``

    Parameters
    ----------
    W1 : (n_1, n_0) array
    b1 : (n_1,) array
    W2 : (n_2, n_1) array
    b2 : (n_2,) array

    Returns
    -------
    W : (n_2, n_0) array
    b : (n_2,) array

    Examples
    --------
    >>> W, b = collapse_linear([[1, 0], [0, 2]], [1, 1], [[1, 1]], [3])
    >>> W, b
    (array([[1., 2.]]), array([5.]))
    """
    W1, b1, W2, b2 = (np.asarray(array, dtype=float) for array in (W1, b1, W2, b2))
    return W2 @ W1, W2 @ b1 + b2


BACK: dict[Activation, Callable[[Any, Any], Any]] = {
    step: lambda a, upstream: np.zeros_like(upstream),
    linear: lambda a, upstream: upstream,
    sigmoid: lambda a, upstream: upstream * (a * (1.0 - a)),
    tanh: lambda a, upstream: upstream * (1.0 - a * a),
    relu: lambda a, upstream: upstream * (a > 0),
}
"""How a gradient passes back through each activation: times the slope, which can be read off `a` itself.

``BACK[g](a, upstream)`` is the gradient with respect to z, where ``a = g(z)`` and `upstream` is the
gradient with respect to a.
"""
