"""Backpropagation against numerical gradients, with random upstream gradients.

A random upstream gradient weighs every output of every sample differently, so that no mistake can hide in a sum.
"""

import itertools

import numpy as np
import pytest

import nnlib
from nnlib.activations import BACK
from nnlib.network import ACTIVATIONS, COSTS, INITIALISERS, NEEDED_OUTPUT, Network
from nnlib.training import Dropped, Parameters, backpropagate, descend

SMOOTH_OUTPUTS = ["linear", "sigmoid", "tanh", "softmax", "relu"]


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def random_parameters(sizes, rng):
    weights, biases = nnlib.init_parameters(sizes, rng, scale=1.0)
    return Parameters(weights, [b + rng.normal(size=b.shape) for b in biases])


def numerical(parameters, f):
    """Numerical gradient of `f()` with respect to the vector of all parameters."""
    kept = parameters.vector.copy()

    def moved(v):
        parameters.vector[:] = v
        return f()

    gradient = nnlib.numerical_gradient(moved, kept)
    parameters.vector[:] = kept
    return gradient


@pytest.mark.parametrize("g", list(BACK), ids=lambda g: g.__name__)
def test_each_activation_passes_a_gradient_back(g, rng):
    Z, upstream = rng.normal(size=(5, 4)), rng.normal(size=(5, 4))
    expected = nnlib.numerical_gradient(lambda z: float(np.sum(upstream * g(z))), Z)
    before = upstream.copy()
    np.testing.assert_allclose(BACK[g](g(Z), upstream), expected, atol=1e-8)
    np.testing.assert_array_equal(upstream, before)


def test_the_slope_of_relu_at_0_is_0():
    assert BACK[nnlib.relu](np.zeros((1, 1)), np.ones((1, 1))).tolist() == [[0.0]]


@pytest.mark.parametrize("hidden", ["linear", "sigmoid", "tanh", "relu", "softmax"])
@pytest.mark.parametrize("output", SMOOTH_OUTPUTS)
@pytest.mark.parametrize("sizes", [[3, 2], [3, 4, 2], [3, 5, 4, 2]], ids=str)
def test_backpropagate_with_a_random_upstream_gradient(hidden, output, sizes, rng):
    X, upstream = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    parameters = random_parameters(sizes, rng)
    g = [ACTIVATIONS[hidden]] * (len(sizes) - 2) + [ACTIVATIONS[output]]

    def outputs():
        return nnlib.forward(X, parameters.weights, parameters.biases, g)

    A = outputs()
    gradient = backpropagate(A, BACK[g[-1]](A[-1], upstream), parameters, g)
    expected = numerical(parameters, lambda: float(np.sum(upstream * outputs()[-1])))
    np.testing.assert_allclose(gradient.vector, expected, atol=1e-7)


COMBINATIONS = [
    (hidden, output, cost)
    for hidden, output, cost in itertools.product(
        ["linear", "sigmoid", "tanh", "relu"], SMOOTH_OUTPUTS, COSTS
    )
    if NEEDED_OUTPUT.get(cost, output) == output
]


@pytest.mark.parametrize(("hidden", "output", "cost"), COMBINATIONS)
def test_gradient_of_every_cost(hidden, output, cost, rng):
    n_outputs = 1 if cost == "binary_cross_entropy" else 3
    network = Network([4, 5, 3, n_outputs], hidden, output, cost, "he_normal", rng)
    network.parameters.vector += 0.3 * rng.normal(size=network.parameters.vector.size)
    X, Y = rng.normal(size=(8, 4)), rng.random((8, n_outputs))
    if cost == "cross_entropy":
        Y /= Y.sum(axis=1, keepdims=True)
    expected = numerical(network.parameters, lambda: network.loss(X, Y))
    np.testing.assert_allclose(network.gradient(X, Y).vector, expected, atol=1e-8)


@pytest.mark.parametrize("g", [nnlib.relu, nnlib.tanh, nnlib.sigmoid], ids=lambda g: g.__name__)
def test_gradient_through_dropout(g, rng):
    X, upstream = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    parameters = random_parameters([3, 8, 8, 2], rng)

    def outputs():
        # The same seed drops the same units.
        dropped = [Dropped(g, 0.4, np.random.default_rng(seed)) for seed in (1, 2)]
        activations = [*dropped, nnlib.linear]
        return nnlib.forward(X, parameters.weights, parameters.biases, activations), activations

    A, activations = outputs()
    assert (A[1] == 0).any()
    gradient = backpropagate(A, upstream, parameters, activations)
    expected = numerical(parameters, lambda: float(np.sum(upstream * outputs()[0][-1])))
    np.testing.assert_allclose(gradient.vector, expected, atol=1e-7)


def test_gradient_of_the_penalty(rng):
    """One step of rate 1 is the negative gradient: of the cost, and of the penalty shared among the samples."""
    network = Network([3, 4, 1], "tanh", rng=rng)
    network.parameters.vector += rng.normal(size=network.parameters.vector.size)
    X, y, alpha = rng.normal(size=(5, 3)), np.array([0.0, 1.0, 1.0, 0.0, 1.0]), 0.7

    def penalised():
        return network.loss(X, y) + alpha / 2 * sum((W**2).sum() for W in network.weights) / len(X)

    expected, loss, old = (
        numerical(network.parameters, penalised),
        penalised(),
        network.parameters.vector.copy(),
    )
    assert next(network.descend(X, y, nnlib.SGD(1.0), alpha=alpha)) == pytest.approx(loss, abs=1e-12)
    np.testing.assert_allclose(old - network.parameters.vector, expected, atol=1e-8)


def test_loss_of_an_epoch_is_the_mean_over_samples(rng):
    """With a rate of 0 nothing moves, so unequal batches must give the loss of all samples."""
    network = Network([3, 4, 1], rng=rng)
    X, y = rng.normal(size=(10, 3)), rng.integers(0, 2, 10)
    run = network.descend(X, y, nnlib.SGD(0.0), lambda: nnlib.minibatches(10, 4, rng))
    assert next(run) == pytest.approx(network.loss(X, y), abs=1e-12)


def test_descend_stops_for_nobody(rng):
    parameters = Parameters([np.ones((1, 1))], [np.zeros(1)])
    run = descend(
        parameters,
        [nnlib.linear],
        COSTS["squared_error"],
        lambda P, Y: (P - Y) / len(P),
        np.ones((2, 1)),
        np.zeros((2, 1)),
        nnlib.SGD(0.1),
    )
    losses = list(itertools.islice(run, 50))
    assert losses == sorted(losses, reverse=True)
    assert losses[0] == 0.5


@pytest.mark.parametrize(
    ("name", "deviation"),
    [
        ("normal", 0.1),
        ("uniform", 0.1 / 3**0.5),
        ("glorot_normal", (2 / 700) ** 0.5),
        ("glorot_uniform", (2 / 700) ** 0.5),
        ("he_normal", (2 / 300) ** 0.5),
        ("he_uniform", (2 / 300) ** 0.5),
    ],
)
def test_initialisers(name, deviation):
    W = INITIALISERS[name](np.random.default_rng(0), 400, 300)
    assert W.shape == (400, 300)
    assert W.std() == pytest.approx(deviation, rel=0.01)
    assert W.mean() == pytest.approx(0.0, abs=deviation / 50)
    kurtosis = np.mean(W**4) / W.var() ** 2
    assert kurtosis == pytest.approx(3.0 if "normal" in name else 1.8, abs=0.1)
