"""The estimators are ordinary citizens of scikit-learn."""

import warnings

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_digits, make_moons
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from nnlib import Network
from nnlib.estimators import MLPClassifier, MLPRegressor


@parametrize_with_checks([MLPClassifier(max_iter=100), MLPRegressor(max_iter=100)])
def test_estimator_checks(estimator, check):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check(estimator)


@pytest.fixture
def moons():
    return make_moons(120, noise=0.1, random_state=0)


def test_strings_as_labels_in_a_pipeline_grid_and_cross_validation(moons):
    X, y = moons[0], np.array(["left", "right"])[moons[1]]
    pipeline = make_pipeline(StandardScaler(), MLPClassifier(solver="sgd", max_iter=200, random_state=0))
    search = GridSearchCV(
        pipeline,
        {"mlpclassifier__hidden_layer_sizes": [(), (16,)], "mlpclassifier__learning_rate_init": [0.1]},
        cv=3,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        search.fit(X, y)
        scores = cross_val_score(clone(search.best_estimator_), X, y, cv=3)
    assert search.best_params_["mlpclassifier__hidden_layer_sizes"] == (16,)
    assert scores.mean() > 0.9
    assert set(search.predict(X)) == {"left", "right"}


def test_same_random_state_same_bits(moons):
    def run(random_state):
        return MLPClassifier(8, max_iter=10, tol=0, random_state=random_state).fit(*moons).coefs_[0]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        np.testing.assert_array_equal(run(3), run(3))
        np.testing.assert_array_equal(run(np.random.RandomState(3)), run(np.random.RandomState(3)))
        assert not np.array_equal(run(3), run(4))
        assert not np.array_equal(run(None), run(None))


def test_partial_fit_goes_on_and_fit_starts_anew():
    X, y = load_digits(return_X_y=True)
    model = MLPClassifier(16, learning_rate_init=0.01, random_state=0)
    # Some batches hold some of the classes only.
    model.partial_fit(X[y >= 7][:200] / 16, y[y >= 7][:200], classes=range(10))
    assert model.predict_proba(X[:5]).shape == (5, 10)
    only_high = clone(model)
    for _ in range(20):
        only_high.partial_fit(X[y >= 7] / 16, y[y >= 7], classes=range(10))
    assert only_high.score(X[y >= 7] / 16, y[y >= 7]) > 0.9
    for _ in range(5):
        model.partial_fit(X[:200] / 16, y[:200])
    assert len(model.loss_curve_) == 6
    assert model.loss_curve_[-1] < model.loss_curve_[1]
    assert model._optimiser.steps == 6
    with pytest.warns(ConvergenceWarning):
        assert len(model.set_params(max_iter=3).fit(X, y).loss_curve_) == 3


def test_warm_start_goes_on(moons):
    model = MLPRegressor(8, max_iter=5, warm_start=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(*moons)
        first = model.loss_
        model.fit(*moons)
        assert model.loss_ < first
        assert len(model.loss_curve_) == 10
        with pytest.raises(ValueError, match=r"\[2, 8, 1\] cannot go on"):
            model.set_params(hidden_layer_sizes=9).fit(*moons)


@pytest.mark.parametrize("Estimator", [MLPClassifier, MLPRegressor])
def test_early_stopping_keeps_the_best(moons, Estimator):
    model = Estimator(
        (32, 32),
        learning_rate_init=0.02,
        early_stopping=True,
        max_iter=500,
        n_iter_no_change=5,
        random_state=0,
    ).fit(*moons)
    assert model.n_iter_ == len(model.validation_scores_) < 500
    assert model.score(*moons) > 0.6
    # What was put back scores as the best epoch did, on the part that was kept for it.
    kept = {}
    original = model._score
    model._score = lambda Y, P: kept.setdefault(len(kept), original(Y, P))
    X_val = []
    predict = Network.predict

    def spy(network, X):
        X_val.append(X)
        return predict(network, X)

    Network.predict = spy
    try:
        model.fit(*moons)
    finally:
        Network.predict = predict
    best = max(kept.values())
    assert best == max(model.validation_scores_)
    lookup = {tuple(x): y for x, y in zip(*moons, strict=True)}
    y_val = [lookup[tuple(x)] for x in X_val[0]]
    assert model.score(X_val[0], y_val) == pytest.approx(best)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"solver": "lbfgs"}, "'solver' parameter of MLPClassifier must be a str among"),
        ({"activation": "rulu"}, "'activation' parameter"),
        ({"alpha": -1}, "'alpha' parameter"),
        ({"hidden_layer_sizes": (3, 0)}, "whole numbers above 0"),
        ({"momentum": 2}, "'momentum' parameter"),
    ],
)
def test_refuses_parameters_that_cannot_be(moons, parameters, words):
    with pytest.raises(ValueError, match=words):
        MLPClassifier(**parameters).fit(*moons)


def test_refuses_data_that_cannot_be(moons):
    X, y = moons
    for wrong_X, wrong_y, words in (
        (X, y * 0, "1 class"),
        (X, y + 0.5, "Unknown label type"),
        (X * np.nan, y, "NaN"),
        (X, y[:-1], "inconsistent numbers of samples"),
        (X, np.column_stack([y, y]), "1d array"),
    ):
        with pytest.raises(ValueError, match=words):
            MLPClassifier().fit(wrong_X, wrong_y)
    model = MLPClassifier(4)
    with pytest.raises(ValueError, match="classes must be given"):
        model.partial_fit(X, y)
    model.partial_fit(X, y, classes=[0, 1])
    with pytest.raises(ValueError, match=r"y holds \[7\], but the classes are \[0 1\]"):
        model.partial_fit(X, np.where(y == 1, 7, 0))
    with pytest.raises(ValueError, match="expecting 2 features"):
        model.predict(np.ones((3, 5)))
    with pytest.raises(ValueError, match="early_stopping"):
        MLPClassifier(early_stopping=True).partial_fit(X, y, classes=[0, 1])


def test_divergence_is_named():
    with pytest.raises(ValueError, match="no longer finite"), np.errstate(all="ignore"):
        MLPRegressor(4, solver="sgd", learning_rate_init=1e3, max_iter=500, n_iter_no_change=500).fit(
            [[1e3], [-1e3]], [1e6, -1e6]
        )


def test_a_large_batch_is_clipped_and_said(moons):
    with pytest.warns(UserWarning, match="batch_size=500 is more than the 120 samples"):
        MLPClassifier(4, batch_size=500, max_iter=1, random_state=0).partial_fit(*moons, classes=[0, 1])
