"""The general network: training, early stopping, dropout, files, and what it refuses."""

import copy
import pickle
import sys

import numpy as np
import pytest
from sklearn.datasets import make_moons

from nnlib import SGD, Adam, Network
from nnlib.network import Patience


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def moons():
    X, y = make_moons(200, noise=0.2, random_state=0)
    return (X - X.mean(axis=0)) / X.std(axis=0), y


@pytest.mark.parametrize("optimiser", [SGD(0.5), SGD(0.1, 0.9), SGD(0.1, 0.9, nesterov=True), Adam(0.01)])
def test_each_optimiser_learns_the_moons(moons, rng, optimiser):
    X, y = moons
    network = Network([2, 16, 16, 1], rng=rng)
    losses = network.fit(X, y, optimiser, epochs=150, batch_size=32, rng=rng)
    assert len(losses) == 150
    assert np.mean((network.predict(X).ravel() > 0.5) == y) >= 0.96


def test_regression(rng):
    X = np.linspace(-2, 2, 100)[:, np.newaxis]
    Y = np.hstack([np.sin(2 * X), np.abs(X)])
    network = Network([1, 32, 2], "tanh", "linear", "squared_error", "glorot_normal", rng)
    network.fit(X, Y, Adam(0.02), epochs=600, batch_size=25, rng=rng)
    assert np.abs(network.predict(X) - Y).mean() < 0.05


def test_same_seed_same_bits(moons):
    def run():
        rng = np.random.default_rng(4)
        network = Network([2, 8, 1], rng=rng)
        network.fit(*moons, Adam(), epochs=5, batch_size=16, rng=rng, dropout=0.2)
        return network.parameters.vector

    np.testing.assert_array_equal(run(), run())


def test_early_stopping_puts_the_best_parameters_back(moons, rng):
    X, y = moons
    network = Network([2, 32, 32, 1], rng=rng)
    X_val, y_val = X[150:], y[150:]
    seen, true_loss = [], network.loss
    network.loss = lambda *data: seen.append(true_loss(*data)) or seen[-1]
    losses = network.fit(X[:40], y[:40], Adam(0.02), 1000, 8, rng, validation=(X_val, y_val), patience=5)
    assert len(losses) == len(seen) < 1000
    assert true_loss(X_val, y_val) == min(seen)
    assert len(seen) - 1 - int(np.argmin(seen)) == 6


def test_patience_counts_epochs_in_a_row():
    waiting = Patience(2, tolerance=0.1)
    losses = [1.0, 0.95, 0.85, 0.8, 0.8, 0.5, 0.6, 0.6, 0.6]
    assert [waiting.worn_out(loss) for loss in losses] == [False] * 8 + [True]
    assert waiting.best == 0.5
    # Each loss is a little better than the last, but never by the tolerance.
    waiting = Patience(2, tolerance=0.1)
    assert [waiting.worn_out(loss) for loss in (1.0, 0.95, 0.9, 0.85)] == [False, False, False, True]


def test_dropout_is_for_training_only(moons, rng):
    X, y = moons
    network = Network([2, 64, 1], rng=rng)
    before = network.predict(X)
    run = network.descend(X, y, SGD(0.0), dropout=0.5, rng=rng)
    noisy = [next(run) for _ in range(50)]
    assert len(set(noisy)) == 50
    np.testing.assert_array_equal(network.predict(X), before)
    with pytest.raises(ValueError, match="rate"):
        network.fit(X, y, dropout=1.0)


def test_penalty_shrinks_weights_and_not_biases(moons):
    X, y = moons
    sizes = []
    for alpha in (0.0, 10.0):
        network = Network([2, 8, 1], rng=np.random.default_rng(0))
        network.fit(X, y, SGD(0.5), epochs=200, alpha=alpha)
        sizes.append(sum((W**2).sum() for W in network.weights))
    assert sizes[1] < 0.5 * sizes[0]
    network = Network([2, 1], rng=np.random.default_rng(0))
    network.biases[0][:] = 5.0
    old = network.gradient(X, y).biases[0]
    next(network.descend(X, y, SGD(1.0), alpha=100.0))
    assert network.biases[0] == pytest.approx(5.0 - old)


@pytest.mark.parametrize(
    "copier", [copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))], ids=["copy", "pickle"]
)
def test_copies_train_on_their_own(moons, rng, copier):
    X, y = moons
    network = Network([2, 4, 1], rng=rng)
    twin = copier(network)
    twin.fit(X, y, SGD(0.5), epochs=20)
    assert np.shares_memory(twin.weights[0], twin.parameters.vector)
    assert twin.loss(X, y) < network.loss(X, y) - 0.01


def test_save_and_load(tmp_path, rng):
    network = Network([3, 4, 2], "tanh", "softmax", "cross_entropy", "glorot_normal", rng)
    network.save(tmp_path / "network.npz")
    loaded = Network.load(tmp_path / "network.npz")
    X = rng.normal(size=(5, 3))
    np.testing.assert_array_equal(loaded.predict(X), network.predict(X))
    assert (
        repr(loaded)
        == repr(network)
        == "Network([3, 4, 2], hidden='tanh', output='softmax', cost='cross_entropy')"
    )
    with np.load(tmp_path / "network.npz", allow_pickle=False) as file:
        assert all(file[name].dtype != object for name in file.files)


def test_load_refuses_other_files(tmp_path, rng):
    np.savez(tmp_path / "other.npz", a=1)
    np.save(tmp_path / "array.npy", np.ones(3))
    np.savez(tmp_path / "pickle.npz", layer_sizes=np.array([object()]), vector=0, hidden=0, output=0, cost=0)
    network = Network([2, 1], rng=rng)
    network.save(tmp_path / "damaged.npz")
    with np.load(tmp_path / "damaged.npz") as file:
        np.savez(tmp_path / "damaged.npz", **{**file, "vector": np.ones(99)})
    for name, words in (("other", "no network"), ("pickle", "allow_pickle"), ("damaged", "damaged")):
        with pytest.raises(ValueError, match=words):
            Network.load(tmp_path / f"{name}.npz")
    with pytest.raises(ValueError, match="no network"):
        Network.load(tmp_path / "array.npy")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"hidden": "rulu"}, "'rulu' is unknown; there are linear, sigmoid, tanh, relu, softmax"),
        ({"output": "logistic"}, "'logistic' is unknown"),
        ({"cost": "mse"}, "'mse' is unknown; there are squared_error"),
        ({"initialiser": "xavier"}, "'xavier' is unknown"),
        ({"cost": "cross_entropy"}, "'cross_entropy' needs the output 'softmax', not 'sigmoid'"),
        ({"layer_sizes": [2]}, "at least two whole numbers"),
        ({"layer_sizes": [2, 0, 1]}, "above 0"),
        ({"layer_sizes": [2, 2.5, 1]}, "whole numbers"),
    ],
)
def test_refuses_networks_that_cannot_be(arguments, words):
    with pytest.raises(ValueError, match=words):
        Network(**{"layer_sizes": [2, 3, 1], **arguments})


def test_refuses_data_that_do_not_fit(rng):
    network = Network([2, 3, 1], rng=rng)
    X, y = np.ones((4, 2)), np.array([0, 1, 0, 1])
    for wrong_X, wrong_y, words in (
        (np.ones((4, 3)), y, r"X must be \(n, 2\), but has the shape \(4, 3\)"),
        (np.ones(2), y, r"X must be \(n, 2\)"),
        (X * np.nan, y, "must not contain infs or NaNs"),
        (X, y[:3], r"targets must be \(4, 1\), but have the shape \(3, 1\)"),
        (X, y - np.inf, "must not contain infs or NaNs"),
        (X, y * 2, "targets from 0 to 1, but they go from 0.0 to 2.0"),
    ):
        with pytest.raises(ValueError, match=words), np.errstate(invalid="ignore"):
            network.fit(wrong_X, wrong_y)


@pytest.mark.parametrize("batch_size", [0, -1])
def test_refuses_batches_of_nothing(rng, batch_size):
    with pytest.raises(ValueError, match=f"batch_size must be at least 1, but is {batch_size}"):
        Network([2, 1], rng=rng).fit(np.ones((4, 2)), [0, 1, 0, 1], batch_size=batch_size)


def test_divergence_has_a_name(rng):
    network = Network([1, 4, 1], output="linear", cost="squared_error", rng=rng)
    with pytest.raises(FloatingPointError, match="smaller rate"), np.errstate(all="ignore"):
        network.fit([[100.0], [-100.0]], [1e6, -1e6], SGD(10.0), epochs=500)


@pytest.mark.parametrize("has_tqdm", [True, False])
def test_a_bar_shows_progress_and_changes_nothing(moons, capsys, monkeypatch, has_tqdm):
    if has_tqdm:
        pytest.importorskip("tqdm")
    else:
        monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    runs = [
        Network([2, 3, 1], rng=np.random.default_rng(0)).fit(*moons, epochs=20, bar=bar)
        for bar in (False, True)
    ]
    assert runs[0] == runs[1]
    shown = capsys.readouterr()
    assert "20/20" in shown.err if has_tqdm else shown.out.count("epoch ") == 10


def test_quiet_without_a_bar(moons, capsys):
    Network([2, 3, 1]).fit(*moons, epochs=3)
    assert capsys.readouterr() == ("", "")
