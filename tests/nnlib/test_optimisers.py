"""Optimisers against their formulas, written out for one parameter."""

import math

import numpy as np
import pytest

from nnlib import SGD, Adam

GRADIENTS = [1.0, -0.5, 0.25, 2.0]


def walk(optimiser):
    w, path = np.array([1.0, 7.0]), []
    for gradient in GRADIENTS:
        given = np.array([gradient, 0.0])
        assert optimiser.step(w, given) is None
        assert given.tolist() == [gradient, 0.0]
        path.append(w[0])
    assert w[1] == 7.0
    return path


def test_plain_descent():
    path, w = [], 1.0
    for gradient in GRADIENTS:
        w -= 0.1 * gradient
        path.append(w)
    assert walk(SGD(0.1)) == pytest.approx(path, abs=1e-15)


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum(nesterov):
    path, w, v = [], 1.0, 0.0
    for gradient in GRADIENTS:
        v = 0.9 * v - 0.1 * gradient
        w += 0.9 * v - 0.1 * gradient if nesterov else v
        path.append(w)
    assert walk(SGD(0.1, momentum=0.9, nesterov=nesterov)) == pytest.approx(path, abs=1e-15)


def test_adam():
    path, w, m, v = [], 1.0, 0.0, 0.0
    for t, gradient in enumerate(GRADIENTS, start=1):
        m = 0.9 * m + 0.1 * gradient
        v = 0.99 * v + 0.01 * gradient**2
        w -= 0.1 * (m / (1 - 0.9**t)) / math.sqrt(v / (1 - 0.99**t))
        path.append(w)
    assert walk(Adam(0.1, beta_2=0.99, epsilon=1e-16)) == pytest.approx(path, abs=1e-12)


def test_the_rate_may_change_between_steps():
    w, optimiser = np.array([1.0]), SGD(0.1)
    optimiser.learning_rate = 1.0
    optimiser.step(w, np.array([1.0]))
    assert w.tolist() == [0.0]
