"""Same weights, same data: the numbers of scikit-learn, to ten digits."""

import warnings

import numpy as np
import pytest
from sklearn import neural_network as theirs
from sklearn.datasets import make_blobs, make_regression

from nnlib import estimators as ours

ACTIVATIONS = ["identity", "logistic", "tanh", "relu"]
CLOSE = {"rtol": 0, "atol": 1e-10}


def data(kind):
    if kind == "regression":
        X, y = make_regression(50, 4, n_informative=3, noise=1.0, random_state=0)
        return X, y / y.std()
    if kind == "two outputs":
        X, y = make_regression(50, 4, n_informative=3, n_targets=2, noise=1.0, random_state=0)
        return X, y / y.std()
    X, y = make_blobs(50, 4, centers=2 if kind == "binary" else 3, cluster_std=4.0, random_state=0)
    return X / X.std(), y


def pair(kind, **parameters):
    name = "MLPClassifier" if kind in ("binary", "multiclass") else "MLPRegressor"
    parameters = {"hidden_layer_sizes": (6, 5), "random_state": 0, "shuffle": False, **parameters}
    return getattr(ours, name)(**parameters), getattr(theirs, name)(**parameters)


def fit_from_the_same_weights(kind, **parameters):
    """Both models, trained from the weights and biases that scikit-learn draws."""
    X, y = data(kind)
    our, their = pair(
        kind, warm_start=True, max_iter=1, **{k: v for k, v in parameters.items() if k != "max_iter"}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        our.fit(X, y)
        their.fit(X, y)
        for a, b in zip(our.coefs_ + our.intercepts_, their.coefs_ + their.intercepts_, strict=True):
            a[:] = b
        start = [a.copy() for a in their.coefs_]
        # Everything that a run remembers starts anew, but for the weights.
        our._patience.best, our._patience.waited, our.t_, our.loss_curve_ = np.inf, 0, 0, []
        our.validation_scores_ = []
        their.best_loss_, their._no_improvement_count, their.t_, their.loss_curve_ = np.inf, 0, 0, []
        for model in (our, their):
            model.set_params(**parameters).fit(X, y)
    assert not np.allclose(start[0], their.coefs_[0]), "training must change something"
    return our, their, X, y


def assert_same(our, their, X):
    assert our.n_iter_ == their.n_iter_
    scale = our.n_outputs_ if isinstance(our, ours.MLPRegressor) else 1
    np.testing.assert_allclose(np.array(our.loss_curve_) / scale, their.loss_curve_, **CLOSE)
    for a, b in zip(our.coefs_ + our.intercepts_, their.coefs_ + their.intercepts_, strict=True):
        np.testing.assert_allclose(a, b, **CLOSE)
    np.testing.assert_allclose(our.predict(X), their.predict(X), **CLOSE)
    if hasattr(their, "predict_proba"):
        np.testing.assert_allclose(our.predict_proba(X), their.predict_proba(X), **CLOSE)
        np.testing.assert_allclose(our.predict_log_proba(X), their.predict_log_proba(X), rtol=1e-8)
        np.testing.assert_array_equal(our.classes_, their.classes_)
    assert our.out_activation_ == their.out_activation_
    assert (our.n_layers_, our.n_outputs_, our.t_) == (their.n_layers_, their.n_outputs_, their.t_)


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression", "two outputs"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_forward_loss_and_gradient(kind, activation):
    """One plain step of rate 1 over all samples: the change of the weights is the gradient."""
    our, their, X, _ = fit_from_the_same_weights(
        kind, activation=activation, solver="sgd", momentum=0.0, learning_rate_init=1.0, batch_size=50, max_iter=1,
        alpha=0.0 if kind == "two outputs" else 0.5,
    )  # fmt: skip
    assert_same(our, their, X)


@pytest.mark.parametrize(
    "parameters",
    [
        {"solver": "sgd", "momentum": 0.0},
        {"solver": "sgd", "nesterovs_momentum": False},
        {"solver": "sgd"},
        {"solver": "sgd", "learning_rate": "invscaling", "power_t": 0.3},
        {"solver": "sgd", "learning_rate": "adaptive", "n_iter_no_change": 2, "tol": 0.02},
        {"solver": "sgd", "n_iter_no_change": 2, "tol": 0.02},
        {"solver": "adam"},
        {"solver": "adam", "beta_1": 0.8, "beta_2": 0.9, "epsilon": 1e-3, "alpha": 0.1},
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression"])
def test_whole_runs(kind, parameters):
    parameters = {"learning_rate_init": 0.01, "batch_size": 16, "max_iter": 40, **parameters}
    our, their, X, _ = fit_from_the_same_weights(kind, **parameters)
    assert_same(our, their, X)


def test_the_stopping_rule_stops_some_of_these_runs():
    our, _, _, _ = fit_from_the_same_weights(
        "binary",
        solver="sgd",
        learning_rate_init=0.01,
        batch_size=16,
        max_iter=40,
        n_iter_no_change=2,
        tol=0.02,
    )
    assert our.n_iter_ < 40


def test_same_names_and_defaults():
    for name in ("MLPClassifier", "MLPRegressor"):
        our, their = getattr(ours, name)().get_params(), getattr(theirs, name)().get_params()
        assert set(their) - set(our) <= {"max_fun", "loss"}
        assert our == {key: their[key] for key in our}
