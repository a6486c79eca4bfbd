"""Ways to walk downhill: what is done with a gradient.

An optimiser has a `learning_rate`, which may be changed between steps, and a method
``step(parameters, gradient)`` that changes the vector of parameters in place.
"""

from typing import Any, Protocol

import numpy as np

from nnlib._types import Array


class Optimiser(Protocol):
    """What every optimiser has."""

    learning_rate: float

    def step(self, parameters: Array, gradient: Array) -> None:
        """Change `parameters` in place; both arrays have the same shape."""


class SGD:
    """Stochastic gradient descent, with momentum if wanted.

    Parameters
    ----------
    learning_rate : float
        Length of a step for a gradient of 1.
    momentum : float
        How much of the last step is kept; 0 is plain gradient descent.
    nesterov : bool
        Take the gradient's step twice ahead, as Nesterov's momentum does.

    Examples
    --------
    >>> w = np.array([1.0, 2.0])
    >>> SGD(0.5).step(w, np.array([1.0, -1.0]))
    >>> w
    array([0.5, 2.5])

    References
    ----------
    Sutskever et al., "On the importance of initialization and momentum in deep learning", *ICML* (2013).
    """

    def __init__(self, learning_rate: float, momentum: float = 0.0, nesterov: bool = False):
        self.learning_rate, self.momentum, self.nesterov = learning_rate, momentum, nesterov
        self.velocity: Any = 0.0

    def step(self, parameters: Array, gradient: Array) -> None:
        """Change `parameters` in place; both arrays have the same shape."""
        downhill = gradient * -self.learning_rate
        if self.momentum:
            self.velocity = self.momentum * self.velocity
            self.velocity += downhill
            if self.nesterov:
                downhill += self.momentum * self.velocity
            else:
                downhill = self.velocity
        parameters += downhill


class Adam:
    """Adam: each parameter's step is scaled by the usual size of its gradient.

    Parameters
    ----------
    learning_rate : float
        About the length of a step of each parameter.
    beta_1, beta_2 : float
        How slowly the running means of the gradient and of its square forget.
    epsilon : float
        Keeps the division finite.

    Examples
    --------
    >>> w = np.array([1.0, 2.0])
    >>> Adam(0.1).step(w, np.array([5.0, -0.01]))
    >>> w.round(3)
    array([0.9, 2.1])

    References
    ----------
    Kingma and Ba, "Adam: a method for stochastic optimization", *ICLR* (2015), end of section 2.
    """

    def __init__(
        self, learning_rate: float = 0.001, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-8
    ):
        self.learning_rate, self.beta_1, self.beta_2, self.epsilon = learning_rate, beta_1, beta_2, epsilon
        self.mean: Any = 0.0
        self.mean_square: Any = 0.0
        self.steps = 0

    def step(self, parameters: Array, gradient: Array) -> None:
        """Change `parameters` in place; both arrays have the same shape."""
        self.steps += 1
        self.mean = self.beta_1 * self.mean + (1 - self.beta_1) * gradient
        self.mean_square = self.beta_2 * self.mean_square + (1 - self.beta_2) * gradient**2
        # The means start at 0, so early ones are too small: this makes up for it.
        correction = np.sqrt(1 - self.beta_2**self.steps) / (1 - self.beta_1**self.steps)
        parameters -= self.learning_rate * correction * self.mean / (np.sqrt(self.mean_square) + self.epsilon)
