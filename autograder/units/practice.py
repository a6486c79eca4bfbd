"""Unit 07: scikit-learn in practice.

Models are no plain values: one that is trained in the learner's process stays there, and the checks see it through
a handle, whose methods and attributes can be used. So nothing here asks for a model's class, only for what it does, and
where a check needs a model to hand to a learner's function, it has one made in that function's own process.
"""

from __future__ import annotations

import copy
import sys
import warnings
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from operator import itemgetter
from typing import Any

import numpy as np

import nnlib
from autograder.compare import describe, difference, number
from autograder.exercise import Case, Exercise, Misconception, Unit
from nnlib import practice

# scikit-learn is imported within functions: every notebook's checks load this module.


def moons(n: int, noise: float | None, seed: int | None) -> tuple[Any, Any]:
    """Points of the two moons, not scaled."""
    from sklearn.datasets import make_moons

    return make_moons(n_samples=n, noise=noise, random_state=seed)


def split(X: Any, y: Any, **settings: Any) -> list[Any]:
    """Split as the exercise wants it, but for what the settings say."""
    from sklearn.model_selection import train_test_split

    return train_test_split(X, y, **{"test_size": 0.3, **settings})


def prepare_data_cases(rng: np.random.Generator) -> list[Case]:
    """Numbers of points of which 70 and 30 % are whole, whichever of them is asked for."""
    cases = [
        Case(20, 0.1, 11),
        Case(300, 0.1, 42),
        Case(10, 0.0, 3, note="no noise"),
        Case(100, 0.3, 7),
    ]
    sizes = [n for n in range(30, 200, 10) if int(0.7 * n) + int(np.ceil(0.3 * n)) == n]
    cases += [
        Case(int(rng.choice(sizes)), float(rng.choice([0.05, 0.15, 0.2])), int(rng.integers(1, 1000)))
        for _ in range(2)
    ]
    return cases


def what_was_drawn(result: Any, case: Case) -> Any:
    """The result, or, where points or split are others than asked for, the word for that: chance can't be compared."""
    X_train, X_test, _, _ = result
    expected = practice.prepare_data(*case.args)
    if [part.shape for part in result] != [part.shape for part in expected]:
        return result
    if np.allclose(X_train, expected[0], atol=1e-6) or not _standardised(X_train):
        return result
    n, noise, seed = case.args
    # Scaling moves no point past another: in order of size, scaled to 0 to 1, a feature shows which points these are.
    points = _in_order(np.concatenate([X_train[:, 0], X_test[:, 0]]))
    if noise and np.allclose(points, _in_order(moons(n, None, seed)[0][:, 0]), atol=1e-6):
        return result
    right = np.allclose(points, _in_order(moons(n, noise, seed)[0][:, 0]), atol=1e-6)
    return "another split" if right else "other points"


def _standardised(X: Any) -> bool:
    return bool(np.abs(X.mean(axis=0)).max() < 1e-6 and np.abs(X.std(axis=0) - 1).max() < 1e-6)


def _in_order(feature: Any) -> Any:
    feature = np.sort(feature)
    return (feature - feature[0]) / (feature[-1] - feature[0])


def _scaled(
    n: int, noise: float | None, seed: int | None, scale: Callable[[Any, Any], tuple], **settings: Any
) -> tuple:
    """Prepared data with another way to scale: from two parts to two parts."""
    X_train, X_test, y_train, y_test = split(*moons(n, noise, seed), **{"random_state": seed, **settings})
    return *scale(X_train, X_test), y_train, y_test


def _by_training_part(X_train: Any, X_test: Any) -> tuple:
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mean) / spread, (X_test - mean) / spread


def _each_by_itself(X_train: Any, X_test: Any) -> tuple:
    return _by_training_part(X_train, X_train)[0], _by_training_part(X_test, X_test)[0]


def _by_range(X_train: Any, X_test: Any) -> tuple:
    low, high = X_train.min(axis=0), X_train.max(axis=0)
    return (X_train - low) / (high - low), (X_test - low) / (high - low)


def _by_one_number(X_train: Any, X_test: Any) -> tuple:
    return (X_train - X_train.mean()) / X_train.std(), (X_test - X_train.mean()) / X_train.std()


def _scaled_before_splitting(n_samples: int, noise: float, random_state: int) -> tuple:
    X, y = moons(n_samples, noise, random_state)
    return tuple(split((X - X.mean(axis=0)) / X.std(axis=0), y, random_state=random_state))


def _by_pairs(n_samples: int, noise: float, random_state: int) -> tuple:
    X_train, X_test, y_train, y_test = practice.prepare_data(n_samples, noise, random_state)
    return X_train, y_train, X_test, y_test


PREPARE_DATA = Exercise(
    name="prepare_data",
    points=3,
    explained="By hand first",
    reference=practice.prepare_data,
    cases=prepare_data_cases,
    fingerprint=what_was_drawn,
    hints=(
        "Three steps, in this order: draw the points, split them, scale both parts. Which of the steps involve chance?",
        "`train_test_split(X, y, test_size=0.3, random_state=...)` gives four arrays, in the order that the exercise wants. Look "
        "at your scaling next: how often is the mean computed, and of which points?",
        "`StandardScaler` has one method that looks at data and remembers mean and spread, `fit`, and one that uses what it "
        "remembers, `transform`. Which of the two may ever see the test part?",
    ),
    misconceptions=(
        Misconception(
            "scales-before-splitting",
            _scaled_before_splitting,
            "The points are scaled before they are split, so mean and spread know the test part. The network is then tested on "
            "points that helped to prepare it: a leak. It hardly shows here, and it does where a step learns more from the data. "
            "Look at the order of your steps.",
        ),
        Misconception(
            "scales-each-part-by-itself",
            lambda n, noise, seed: _scaled(n, noise, seed, _each_by_itself),
            "The test part is scaled by a mean and spread of its own. The same point of the plane then has other coordinates in "
            "the test than in training, and a single new point could not be scaled at all. Look at which call sees the test part.",
        ),
        Misconception(
            "forgets-scaling",
            lambda n, noise, seed: _scaled(n, noise, seed, lambda X_train, X_test: (X_train, X_test)),
            "Nothing is scaled. An input with a wider spread then has more say at the start, and no learning rate suits all weights.",
        ),
        Misconception(
            "test-part-not-scaled",
            lambda n, noise, seed: _scaled(
                n, noise, seed, lambda X_train, X_test: (_by_training_part(X_train, X_test)[0], X_test)
            ),
            "The training part is scaled and the test part is not. The network then meets numbers in the test that mean something else "
            "than in training. Every point that it is ever to judge has to go through the same scaling.",
        ),
        Misconception(
            "quarter-for-the-test",
            lambda n, noise, seed: _scaled(n, noise, seed, _by_training_part, test_size=None),
            "A quarter of the points went to the test part: that is what `train_test_split` does if nobody tells it how much. "
            "The exercise says 30 %.",
        ),
        Misconception(
            "parts-in-another-order",
            _by_pairs,
            "The four parts are right but come in another order. Both `X` parts come first, then both `y` parts, as scikit-learn "
            "gives them. Unpacked the usual way, your `y_train` would be taken for test points.",
        ),
        Misconception(
            "another-split",
            lambda n, noise, seed: _scaled(n, noise, seed, _by_training_part, random_state=None),
            "The points are right, but they are split otherwise than `train_test_split` does it with this `random_state`. Without one, "
            "every call splits anew, and no number can be reproduced. Look at what you hand to it, and whether you ask for more than "
            "the exercise does (`stratify`, say).",
        ),
        Misconception(
            "other-points",
            lambda n, noise, seed: _scaled(n, noise, None, _by_training_part, random_state=seed),
            "These are other points than `make_moons` gives for this noise and this `random_state`. Without a `random_state` it "
            "draws anew in every call, and two people who compare networks compare data. Look at what you hand to it.",
        ),
        Misconception(
            "no-noise",
            lambda n, noise, seed: _scaled(n, None, seed, _by_training_part),
            "Your moons have no noise, whatever `noise` says. Every point lies exactly on its half circle, and a network that separates those "
            "has shown nothing about data that are measured. Look at what you hand to `make_moons`.",
        ),
        Misconception(
            "scales-to-zero-and-one",
            lambda n, noise, seed: _scaled(n, noise, seed, _by_range),
            "The training part runs from 0 to 1. That is another scale than the exercise's: mean 0 and standard deviation 1. Then both "
            "signs occur in every input.",
        ),
        Misconception(
            "one-mean-for-both-features",
            lambda n, noise, seed: _scaled(n, noise, seed, _by_one_number),
            "Both features are scaled by one mean and one spread. They keep their different spreads, so they are still not on one "
            "scale. Each column has its own mean and spread: look at `axis`.",
        ),
    ),
)


def hidden_layer_sizes_cases(rng: np.random.Generator) -> list[Case]:
    """Depths and widths that differ, equal ones, and no hidden layer at all."""
    cases = [
        Case(2, 3),
        Case(1, 16, note="one hidden layer"),
        Case(4, 1, note="one unit in each"),
        Case(3, 3),
    ]
    cases += [Case(int(rng.integers(2, 6)), int(rng.integers(6, 100))) for _ in range(3)]
    cases.append(Case(0, 5, note="no hidden layer"))
    return cases


HIDDEN_LAYER_SIZES = Exercise(
    name="hidden_layer_sizes",
    points=1,
    explained="Exercise 4: sizes",
    reference=practice.hidden_layer_sizes,
    cases=hidden_layer_sizes_cases,
    hints=(
        "One entry for each hidden layer, and all entries are equal. How long is the tuple, and what stands in it?",
        "A loop can collect the entries in a list, and `tuple(...)` makes a tuple of a list. What does it give where the loop never runs?",
        "`(7,)` is a tuple with one entry; without the comma it is a number in brackets. What does Python make of a tuple times a "
        "number?",
    ),
    misconceptions=(
        Misconception(
            "swapped",
            lambda depth, width: (depth,) * width,
            "Depth and width have changed places. A deep, narrow network became a shallow, wide one: those have other numbers of "
            "parameters and fail in other ways. How many entries should the tuple have?",
        ),
        Misconception(
            "counts-the-output",
            lambda depth, width: (width,) * (depth - 1),
            "There is one layer too few. That is the depth as unit 03 counts it, where the output is a layer too. scikit-learn's "
            "parameter lists hidden layers alone, and so does `depth` here.",
        ),
        Misconception(
            "adds-the-output",
            lambda depth, width: (*(width,) * depth, 1),
            "The output stands in the list. scikit-learn adds the output by itself, from the labels, so your network would get a "
            "hidden layer with a single unit before it: a bottleneck.",
        ),
        Misconception(
            "adds-the-input",
            lambda depth, width: (2, *(width,) * depth),
            "The two inputs stand in the list. scikit-learn sees them in the data; here they would become one more hidden layer, "
            "with two units.",
        ),
        Misconception(
            "list",
            lambda depth, width: [width] * depth,
            "The entries are right, but they come as a list, and the exercise asks for a tuple. A tuple can't be changed by "
            "accident, and it can be a key of a dictionary, which the study of designs makes use of.",
        ),
        Misconception(
            "pair",
            lambda depth, width: (depth, width),
            "This is the pair of depth and width. scikit-learn would build two hidden layers of these sizes. It wants the width of "
            "every layer, one after the other.",
        ),
        Misconception(
            "one-layer-only",
            lambda depth, width: (width,),
            "There is one hidden layer, whatever the depth. A study of depth would compare a network with itself.",
        ),
        Misconception(
            "product",
            lambda depth, width: (depth * width,),
            "All units stand in a single layer. They are as many as asked for, but depth is what was asked about: layers "
            "that work on what the layer before has found.",
        ),
        Misconception(
            "multiplied",
            lambda depth, width: width * depth,
            "This is one number, width times depth. A number in brackets is still a number, and Python multiplies it. scikit-learn would build a single, "
            "wide hidden layer. What makes a tuple of a single entry?",
        ),
        Misconception(
            "number",
            lambda depth, width: width,
            "This is the width alone, a number, and the exercise asks for a tuple. scikit-learn takes a number for a single hidden layer, "
            "so every depth would give the same network.",
        ),
    ),
)


def _classifier() -> Any:
    """MLPClassifier in the process in which the learner's code runs.

    While a submission is graded that is another process: there the class is fetched through one of the learner's
    functions, and what is made with it stays over there.
    """
    for exercise in UNIT.exercises:
        namespace = getattr(vars(sys.modules["__main__"]).get(exercise.name), "__globals__", None)
        if namespace is not None and not isinstance(namespace, dict):
            return namespace["MLPClassifier"]
    from sklearn.neural_network import MLPClassifier

    return MLPClassifier


def _kind(value: Any) -> str:
    """The kind of a value in plain words, also of one in another process."""
    name = getattr(value, "__type_name__", "")
    return f"a {name}" if name else describe(value)


# What a model says is compared through numbers. Equal settings on equal data give equal numbers; room for rounding alone.
CLOSE = 1e-6


def train_classifier_cases(rng: np.random.Generator) -> list[Case]:
    """Small data, so that training takes milliseconds; unscaled, so that nobody scales a second time."""
    draw = int(rng.integers(1 << 32))
    return [_training_case(draw, 30, 2, 1, 4), _training_case(draw, 24, 3, 3, 5, note="three inputs")]


@cache
def _training_case(draw: int, n: int, d: int, depth: int, width: int, note: str = "") -> Case:
    """Data on which the reference neither stops at once nor comes near its limit of epochs, with its model."""
    rng = np.random.default_rng([draw, n])
    while True:
        X = rng.normal(size=(n, d)) * rng.uniform(0.5, 2, size=d) + rng.uniform(-1, 1, size=d)
        product = X[:, 0] * X[:, 1] + rng.normal(scale=0.2, size=n)
        y = (product > np.median(product)).astype(int)
        start = int(rng.integers(1000))
        model = practice.train_classifier(X, y, depth, width, start)
        if 60 <= model.n_iter_ <= 300 and np.ptp(model.predict_proba(X)[:, 1]) > 0.5:
            return Case(X, y, depth, width, start, note=note, expected=model)


def accepts_classifier(model: Any, expected: Any, case: Case) -> str | None:
    """Right are the settings asked for, and the numbers that they give on this data."""
    if not hasattr(model, "get_params") or not hasattr(model, "predict_proba"):
        return f"It is {_kind(model)}, it should be a fitted MLPClassifier."
    settings = model.get_params()
    for name, wanted in practice.SETTINGS.items():
        if settings.get(name) != wanted:
            return f"The model's `{name}` is {settings.get(name)!r}, it should be {wanted!r}."
    if not hasattr(model, "coefs_"):
        return "The model has its settings, but it is not fitted."
    sizes, wanted_sizes = ([len(b) for b in m.intercepts_[:-1]] for m in (model, expected))
    if sizes != wanted_sizes:
        return f"Its hidden layers have {sizes} units, they should have {wanted_sizes}."
    wrong = difference(model.predict_proba(case.args[0]), expected.predict_proba(case.args[0]), CLOSE)
    if wrong and settings.get("random_state") != case.args[-1]:
        return f"Its `random_state` is {settings.get('random_state')!r}, it should be {case.args[-1]}."
    return f"Settings and sizes are right, but not what it predicts for `X_train`. {wrong}" if wrong else None


def what_was_trained(model: Any, case: Case) -> Any:
    """Settings, sizes and, where they don't depend on chance, predictions."""
    if not hasattr(model, "get_params"):
        return _kind(model)
    settings = model.get_params()
    told = {name: settings.get(name) for name in (*practice.SETTINGS, "early_stopping")}
    if not hasattr(model, "coefs_"):
        return {**told, "fitted": False}
    told["sizes"] = [len(b) for b in model.intercepts_]
    if settings.get("random_state") is not None:
        told["predictions"] = model.predict_proba(case.args[0])
    return told


def _train_where_the_learner_does(
    X_train: Any, y_train: Any, depth: int, width: int, random_state: int
) -> Any:
    """The reference, but for where the model is made: a model of this process could not be lent to the learner's."""
    sizes = practice.hidden_layer_sizes(depth, width)
    model = _classifier()(hidden_layer_sizes=sizes, random_state=random_state, **practice.SETTINGS)
    return model.fit(X_train, y_train)


def _once(train: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but trained once for each data set: a check of a wrong answer tries every known mistake, and learners check often."""
    kept: dict[tuple, tuple] = {}

    def remembered(X: Any, y: Any, *rest: int) -> Any:
        key = (X.tobytes(), y.tobytes(), *rest)
        if key not in kept:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                kept[key] = train(X, y, *rest), [warning.message for warning in caught]
        model, said = kept[key]
        for message in said:
            warnings.warn(message, stacklevel=2)
        return model

    return remembered


def _with(settings: Mapping[str, Any], sizes: Callable[[int, int], Any] = lambda d, w: (w,) * d) -> Any:
    """A wrong `train_classifier`: some settings are others, or left out where they are None."""

    def train(X: Any, y: Any, depth: int, width: int, random_state: int) -> Any:
        from sklearn.neural_network import MLPClassifier

        given = {"hidden_layer_sizes": sizes(depth, width), "random_state": random_state, **practice.SETTINGS}
        given = {name: value for name, value in {**given, **settings}.items() if value is not None}
        return MLPClassifier(**given).fit(X, y)

    return _once(train)


@_once
def _not_fitted(X: Any, y: Any, depth: int, width: int, random_state: int) -> Any:
    from sklearn.base import clone

    return clone(practice.train_classifier(X, y, depth, width, random_state))


@_once
def _scales_again(X: Any, y: Any, depth: int, width: int, random_state: int) -> Any:
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    return practice.train_classifier(X, y, depth, width, random_state)


TRAIN_CLASSIFIER = Exercise(
    name="train_classifier",
    points=2,
    explained="Too simple?",
    reference=_train_where_the_learner_does,
    cases=train_classifier_cases,
    builds_on=("hidden_layer_sizes",),
    accepts=accepts_classifier,
    fingerprint=what_was_trained,
    hints=(
        "Start from the recipe's call of `MLPClassifier(...)`. What in it is fixed by the exercise, and what comes from the "
        "arguments?",
        "Every setting has a name: `hidden_layer_sizes`, `activation`, `solver`, `learning_rate_init`, `max_iter`, "
        "`random_state`. Compare yours with the list in the docstring, one by one.",
        "A new `MLPClassifier` has seen no data. `fit` trains it, and gives the model itself back.",
    ),
    misconceptions=(
        Misconception(
            "default-rate",
            _with({"learning_rate_init": None}),
            "The learning rate is scikit-learn's own, 0.001. That is the mistake of the articles: training creeps, is taken for finished, and a "
            "larger network looks no better. Which argument sets it?",
        ),
        Misconception(
            "default-solver",
            _with({"solver": None}),
            "The solver is not set, so scikit-learn takes Adam, which adapts a step for each weight. A rate that suits SGD is large for Adam, and the results "
            "could not be compared with the rest of this unit.",
        ),
        Misconception(
            "default-epochs",
            _with({"max_iter": None}),
            "`max_iter` is not set, so training ends after 200 epochs, done or not. Slow starts are then counted as failures.",
        ),
        Misconception(
            "tanh",
            _with({"activation": "tanh"}),
            "The hidden units use tanh. The exercise asks for ReLU, so that depth and width are all that differs between the networks "
            "of the study.",
        ),
        Misconception(
            "no-random-state",
            _with({"random_state": None}),
            "`random_state` is not handed on. Every call then starts from other weights, and neither you nor anyone else can repeat a run: with such small "
            "networks the start decides between 0.42 and 0.94.",
        ),
        Misconception(
            "swapped",
            _with({}, lambda depth, width: (depth,) * width),
            "Depth and width have changed places on their way to `hidden_layer_sizes`. The study would show a map that is "
            "mirrored, with the wrong advice in every corner.",
        ),
        Misconception(
            "one-layer-only",
            _with({}, lambda depth, width: (width,)),
            "The network has one hidden layer, whatever the depth. All rows of the study would be the same.",
        ),
        Misconception(
            "counts-the-output",
            _with({}, lambda depth, width: (width,) * (depth - 1)),
            "There is one hidden layer too few: depth was taken as unit 03 counts it, the output included. Here, as in scikit-learn's parameter, "
            "only hidden layers count.",
        ),
        Misconception(
            "not-fitted",
            _not_fitted,
            "The model is built but has seen no data. It can't predict before it is fitted: look for the call that hands over `X_train` and `y_train`.",
        ),
        Misconception(
            "scales-again",
            _scales_again,
            "The data are scaled once more inside. Whoever uses the model hands it data as `prepare_data` made them, so it would be asked about other "
            "numbers than it was trained with. Scaling has its place already.",
        ),
        Misconception(
            "early-stopping",
            _with({"early_stopping": True}),
            "`early_stopping` sets a tenth of the data aside and watches the score on it. With so few points that score is coarse, and training stops "
            "early. All other settings are to stay as scikit-learn has them.",
        ),
        Misconception(
            "returns-the-score",
            _once(lambda X, y, *rest: float(practice.train_classifier(X, y, *rest).score(X, y))),
            "You return a number. Whoever calls this function wants the model itself: to test it, to draw its boundary, to look at its weights.",
        ),
    ),
)


class Network:
    """A small fitted network as an argument: for every call a new one, made where the learner's code runs."""

    def __init__(self, X: Any, y: Any, seed: int) -> None:
        self.X, self.y, self.seed = X, y, seed

    def made_by(self, classifier: Any) -> Any:
        """The network, fitted for some epochs: with a tolerance that large, training ends by itself and says nothing."""
        model = classifier(hidden_layer_sizes=(4,), random_state=self.seed, tol=1e9, n_iter_no_change=5)
        model = model.set_params(solver="sgd", learning_rate_init=0.3)
        return model.fit(self.X, self.y)

    @cached_property
    def here(self) -> Any:
        """The same network in this process, where nobody can have changed what it predicts."""
        from sklearn.neural_network import MLPClassifier

        return self.made_by(MLPClassifier)

    def __deepcopy__(self, memo: dict) -> Any:
        return self.made_by(_classifier())

    def __repr__(self) -> str:
        return "a fitted MLPClassifier"


def _network(rng: np.random.Generator, classes: int = 2) -> Network:
    y = np.arange(30) % classes
    X = rng.normal(size=(30, 2)) + 1.5 * np.array([[0, 0], [1, 1], [-1, 1]])[y]
    return Network(X, y, int(rng.integers(1000)))


def accuracy_cases(rng: np.random.Generator) -> list[Case]:
    """Some of the answers are wrong, one of them alone or all of them; two classes and three."""
    return [
        _accuracy_case(rng, 10, 3),
        _accuracy_case(rng, 90, 11),
        _accuracy_case(rng, 1, 0, note="one sample"),
        _accuracy_case(rng, 7, 7, note="all wrong"),
        _accuracy_case(rng, 40, 9, classes=3, note="three classes"),
        _accuracy_case(rng, int(rng.integers(50, 80)), int(rng.integers(5, 20))),
    ]


def _accuracy_case(rng: np.random.Generator, n: int, wrong: int, classes: int = 2, note: str = "") -> Case:
    """A network, n samples, and labels of which it gets so many wrong."""
    network = _network(rng, classes)
    while True:
        X = rng.normal(scale=2, size=(n, 2))
        y = network.here.predict(X)
        miss = rng.choice(n, wrong, replace=False)
        y[miss] = (y[miss] + 1) % classes
        # Several mistakes give the same number by chance; not in these.
        if n < 10 or len({wrong, n - wrong, np.sum(y), np.sum(network.here.predict(X))}) == 4:
            return Case(network, X, y, note=note, expected=(n - wrong) / n)


def _fits_first(model: Any, X: Any, y: Any) -> Any:
    return float(np.mean(model.fit(X, y).predict(X) == y))


ACCURACY = Exercise(
    name="accuracy",
    points=1,
    explained="The article's network",
    reference=practice.accuracy,
    cases=accuracy_cases,
    hints=(
        "`model.predict(X)` gives a class for each row of `X`. Which of them are right?",
        "Comparing two arrays of one shape gives True and False, sample by sample.",
        "True counts as 1 and False as 0. What does the mean of such an array say?",
    ),
    misconceptions=(
        Misconception(
            "error-rate",
            lambda model, X, y: float(np.mean(model.predict(X) != y)),
            "This is the share of wrong answers. The accuracy is the share of right ones: with yours, the worst network would look "
            "best.",
        ),
        Misconception(
            "percent",
            lambda model, X, y: 100 * float(np.mean(model.predict(X) == y)),
            "This is in percent. The exercise asks for a share, from 0 to 1; the formula for its error, which comes soon, needs it so.",
        ),
        Misconception(
            "count",
            lambda model, X, y: int(np.sum(model.predict(X) == y)),
            "This counts the right answers. A count says nothing without the number of samples: 80 right is good out of 90 and bad out "
            "of 1,000.",
        ),
        Misconception(
            "array",
            lambda model, X, y: model.predict(X) == y,
            "There is one True or False for each sample. To compare networks you need one number: the share of Trues.",
        ),
        Misconception(
            "mean-prediction",
            lambda model, X, y: float(np.mean(model.predict(X))),
            "This is the mean of the predicted classes; the labels play no part. A network that says 1 everywhere would be perfect.",
        ),
        Misconception(
            "difference-of-means",
            lambda model, X, y: float(1 - abs(np.mean(model.predict(X)) - np.mean(y))),
            "Only the means of predictions and labels are compared. A network that mistakes as many zeros for ones as ones for zeros would "
            "look perfect. Compare sample by sample.",
        ),
        Misconception(
            "column-of-labels",
            lambda model, X, y: float(np.mean(model.predict(X)[:, None] == y)),
            "Every prediction is compared with every label: a column against a row gives an n × n table. Predictions and labels both have shape "
            "(n,): keep them so.",
        ),
        Misconception(
            "rounded-probabilities",
            lambda model, X, y: float(np.mean(np.round(model.predict_proba(X)[:, -1]) == y)),
            "You round a probability to get a class. That works for two classes at best: with more of them, no column "
            "holds the class. `model.predict` knows which class is the most probable.",
        ),
        Misconception(
            "class-0-probability",
            lambda model, X, y: float(np.mean((model.predict_proba(X)[:, 0] > 0.5) == y)),
            "Column 0 of `predict_proba` is the probability of class 0. Where it is large, the model says 0, not 1; all answers are "
            "turned round.",
        ),
        Misconception(
            "trains-on-the-test",
            _fits_first,
            "You fit the model to the samples that it is to be tested on. The number says how well it learns them by heart, and the "
            "model that was handed in is gone. Testing must change nothing.",
        ),
    ),
)


def decision_grid_cases(rng: np.random.Generator) -> list[Case]:
    """Ranges that differ between the axes, with n and margin given and left out."""
    return [
        _grid_case(rng, 3, 0.5),
        _grid_case(rng, 5, 0.0, note="no margin"),
        _grid_case(rng, 4, 1.25),
        _grid_case(rng, 6, float(rng.uniform(0.1, 2))),
        _grid_case(rng, note="n and margin left out"),
    ]


def _grid_case(rng: np.random.Generator, *settings: Any, note: str = "") -> Case:
    network = _network(rng)
    X = rng.uniform([-3, 0], [1, 2], size=(12, 2)) + rng.normal(size=2)
    expected = practice.decision_grid(network.here, X, *settings)
    return Case(network, X, *settings, note=note, expected=expected)


def _grid(
    model: Any,
    X: Any,
    n: int,
    margin: float,
    indexing: Any = "xy",
    below: float = 1.0,
    predict: Callable[[Any, Any], Any] = lambda model, points: model.predict_proba(points)[:, 1],
    order: Any = "C",
) -> tuple:
    """The grid, with one thing changed."""
    low, high = X.min(axis=0) - below * margin, X.max(axis=0) + margin
    xx, yy = np.meshgrid(np.linspace(low[0], high[0], n), np.linspace(low[1], high[1], n), indexing=indexing)
    return xx, yy, predict(model, np.column_stack([xx.ravel(), yy.ravel()])).reshape(xx.shape, order=order)


def _wrong_grid(**change: Any) -> Callable[..., tuple]:
    return lambda model, X, n=300, margin=0.5: _grid(model, X, n, margin, **change)


def _common_range(model: Any, X: Any, n: int = 300, margin: float = 0.5) -> tuple:
    return _grid(model, np.array([[X.min()] * 2, [X.max()] * 2]), n, margin)


def _flat(model: Any, X: Any, n: int = 300, margin: float = 0.5) -> tuple:
    xx, yy, probs = _grid(model, X, n, margin)
    return xx, yy, probs.ravel()


def _both_columns(model: Any, X: Any, n: int = 300, margin: float = 0.5) -> tuple:
    xx, yy, _ = _grid(model, X, n, margin)
    return xx, yy, model.predict_proba(np.column_stack([xx.ravel(), yy.ravel()]))


DECISION_GRID = Exercise(
    name="decision_grid",
    points=3,
    explained="Exercise 3: a grid for the boundary",
    reference=practice.decision_grid,
    cases=decision_grid_cases,
    hints=(
        "One axis at a time: where does the range of `X[:, 0]` begin and end, and how far does the margin move the two ends? "
        "`np.linspace` puts n points between them.",
        "`np.meshgrid` makes two tables of shape (n, n) out of two axes. The model wants one point a row, shape (n·n, 2): "
        "`xx.ravel()` and `yy.ravel()` are the two columns, and `np.column_stack` puts them side by side.",
        "`predict_proba` gives two columns, one for each class. Take the one that you want, and give it the shape of `xx`.",
    ),
    misconceptions=(
        Misconception(
            "class-0",
            _wrong_grid(predict=lambda model, points: model.predict_proba(points)[:, 0]),
            "These are the probabilities of class 0, the first column. The boundary would be in its place, but the two regions would change "
            "their colours.",
        ),
        Misconception(
            "classes",
            _wrong_grid(predict=lambda model, points: model.predict(points)),
            "These are classes, 0 or 1. The picture loses what a probability shows: how sure the network is, and how wide the band of "
            "doubt along the boundary.",
        ),
        Misconception(
            "no-margin",
            lambda model, X, n=300, margin=0.5: _grid(model, X, n, 0.0),
            "The grid ends at the outermost points, whatever `margin` says. They would lie on the frame of the picture, half cut off.",
        ),
        Misconception(
            "margin-above-only",
            _wrong_grid(below=-1.0),
            "The margin is added at both ends. At the lower end that leads into the samples: the outermost points fall out of the picture.",
        ),
        Misconception(
            "flat",
            _flat,
            "The probabilities come as one long row, as the model gives them. For a picture each has to stand at the place of its point: look "
            "at their shape.",
        ),
        Misconception(
            "ij",
            _wrong_grid(indexing="ij"),
            'The tables run the other way: `indexing="ij"` puts x₁ down the rows. A picture drawn from it without care is mirrored at its '
            "diagonal. The default indexing is asked for.",
        ),
        Misconception(
            "axes-swapped",
            _wrong_grid(predict=lambda model, points: model.predict_proba(points[:, ::-1])[:, 1]),
            "The model is asked about (x₂, x₁) in the place of (x₁, x₂). The boundary appears mirrored at the diagonal, and no point lies where it should. "
            "Look at the order of the two columns.",
        ),
        Misconception(
            "one-range-for-both",
            _common_range,
            "Both axes have the same range, from the smallest to the largest number anywhere in `X`. Each feature has a range of its own: look at "
            "`axis`.",
        ),
        Misconception(
            "columns-first",
            _wrong_grid(order="F"),
            "The probabilities are put back column by column, but they were asked for row by row. Each stands at the place of another point.",
        ),
        Misconception(
            "fixed-n",
            lambda model, X, n=300, margin=0.5: _grid(model, X, 300, margin),
            "The grid has 300 points an axis, whatever `n` says. A finer one costs with the square of `n`, so whoever calls should choose.",
        ),
        Misconception(
            "fixed-margin",
            lambda model, X, n=300, margin=0.5: _grid(model, X, n, 0.5),
            "The margin is 0.5, whatever `margin` says. For features with a range of hundreds that is nothing at all, so whoever calls should choose.",
        ),
        Misconception(
            "both-classes",
            _both_columns,
            "The probabilities of both classes are in it. They add up to 1, so one says all, and a picture needs one number at each point.",
        ),
    ),
)


@cache
def _scores(depth: int, width: int, seed: int, data_seed: int = 42) -> tuple[float, float]:
    """Training and test accuracy of one run of the study. Checks and mistakes share the runs."""
    X_train, X_test, y_train, y_test = practice.prepare_data(300, 0.1, data_seed)
    model = practice.train_classifier(X_train, y_train, depth, width, seed)
    return practice.accuracy(model, X_train, y_train), practice.accuracy(model, X_test, y_test)


def _study(
    depths: Any,
    widths: Any,
    seeds: Any,
    of: Callable[[Any], Any] = np.median,
    run: Callable[[int, int, int], float] = lambda depth, width, seed: _scores(depth, width, seed)[1],
) -> Any:
    """The study, from the shared runs, with one thing changed."""
    return np.array([[float(of([run(d, w, s) for s in seeds])) for w in widths] for d in depths])


def design_study_cases(rng: np.random.Generator) -> list[Case]:
    """Narrow networks: they are quick, and their runs differ, so that it matters what is made of them."""
    depths, widths = [1, 2], [2, 1]
    summaries: list[Callable[[Any], Any]] = [np.median, np.mean, min, max, itemgetter(0), itemgetter(-1)]
    while True:
        seeds = rng.choice(12, 3, replace=False).tolist()
        tables = {_study(depths, widths, seeds, of).tobytes() for of in summaries}
        if len(tables) == len(summaries):  # by chance the first seed may be the best everywhere
            break
    few = rng.choice(12, 2, replace=False).tolist()
    return [
        Case(depths, widths, seeds, expected=_study(depths, widths, seeds)),
        Case([2], [3, 1], few, note="one depth, two seeds", expected=_study([2], [3, 1], few)),
    ]


DESIGN_STUDY = Exercise(
    name="design_study",
    points=3,
    explained="Depth and width",
    reference=practice.design_study,
    cases=design_study_cases,
    builds_on=("prepare_data", "train_classifier", "accuracy"),
    hints=(
        "Three loops: over depths, over widths, over seeds. What has to be computed only once, before all of them?",
        "In the innermost loop collect one test accuracy for each seed. `np.median` makes one number of the list. Where in the "
        "table does it go?",
        "Begin with `np.zeros((len(depths), len(widths)))`. `for i, depth in enumerate(depths)` gives you the place and the depth "
        "at once.",
    ),
    misconceptions=(
        Misconception(
            "mean",
            lambda depths, widths, seeds: _study(depths, widths, seeds, np.mean),
            "This is the mean over the seeds. A single run that got stuck at 0.42 drags it down, and it describes no network that you would "
            "meet. The exercise asks for the median: the run in the middle.",
        ),
        Misconception(
            "best-seed",
            lambda depths, widths, seeds: _study(depths, widths, seeds, max),
            "This is the best seed of each design. The more seeds you try, the better it gets, for every design: it measures patience and luck.",
        ),
        Misconception(
            "worst-seed",
            lambda depths, widths, seeds: _study(depths, widths, seeds, min),
            "This is the worst seed of each design. One unlucky start decides about a design. The exercise asks for the run in the middle.",
        ),
        Misconception(
            "first-seed",
            lambda depths, widths, seeds: _study(depths, widths, seeds[:1]),
            "Only the first seed counts. That is one run of each design, and one run proves little: see the spread above.",
        ),
        Misconception(
            "last-seed",
            lambda depths, widths, seeds: _study(depths, widths, seeds[-1:]),
            "Only the last seed counts: each run seems to overwrite the one before. Collect the accuracies of all seeds before you take the median.",
        ),
        Misconception(
            "transposed",
            lambda depths, widths, seeds: _study(depths, widths, seeds).T.copy(),
            "The table has a row for each width. A row should be a depth and a column a width: read the shape in the docstring.",
        ),
        Misconception(
            "swapped",
            lambda depths, widths, seeds: _study(
                depths, widths, seeds, run=lambda d, w, s: _scores(w, d, s)[1]
            ),
            "Depth and width have changed places in the call of `train_classifier`. The table has the right shape and the wrong networks in it.",
        ),
        Misconception(
            "training-accuracy",
            lambda depths, widths, seeds: _study(
                depths, widths, seeds, run=lambda d, w, s: _scores(d, w, s)[0]
            ),
            "This is the accuracy on the training part. A network can learn those points by heart; whether it has understood the moons shows on points "
            "that it has not seen.",
        ),
        Misconception(
            "seeds-set-the-data",
            lambda depths, widths, seeds: _study(
                depths, widths, seeds, run=lambda d, w, s: _scores(d, w, s, s)[1]
            ),
            "The seeds set the data too. Then a design may look good because its points were easy. Here the data stay those of "
            "`prepare_data(300, 0.1, 42)`, and the seed is the network's alone.",
        ),
        Misconception(
            "lists",
            lambda depths, widths, seeds: _study(depths, widths, seeds).tolist(),
            "The numbers are right, but they come as a list of lists. The exercise asks for an array, which can be drawn and indexed with a "
            "pair.",
        ),
    ),
)

GOAL = 0.97
SEEDS = range(10)


@cache
def _fixed_data() -> tuple:
    return practice.prepare_data(300, 0.1, 42)


_medians: dict[str, float] = {}


def median_accuracy(design: Mapping[str, Any]) -> float:
    """Median test accuracy over seeds 0 to 9. A design is trained once, however often it is asked about.

    Raises
    ------
    ValueError
        If scikit-learn refuses the design, or its weights run away.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    key = repr(sorted(design.items()))
    if key not in _medians:
        X_train, X_test, y_train, y_test = _fixed_data()
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            # Training that ends at max_iter may still be good enough: the accuracy decides.
            warnings.simplefilter("ignore", ConvergenceWarning)
            models = [
                MLPClassifier(**copy.deepcopy(design), random_state=s).fit(X_train, y_train) for s in SEEDS
            ]
        _medians[key] = float(np.median([practice.accuracy(model, X_test, y_test) for model in models]))
    return _medians[key]


def _unknown(design: dict) -> list[str]:
    """Names that are no arguments of MLPClassifier, or none that a design may set."""
    from sklearn.neural_network import MLPClassifier

    known = set(MLPClassifier().get_params()) - {"verbose", "warm_start"}
    return sorted(str(name) for name in design if name not in known)


def accepts_design(result: Any, expected: Any, case: Case) -> str | None:
    """Any design that scikit-learn takes and that is good from most starts."""
    if not isinstance(result, dict):
        return f"It is {_kind(result)}, it should be a dict of keyword arguments."
    if "random_state" in result:
        return "`random_state` is in it. The check sets it: ten starts, not one that suits."
    unknown = _unknown(result)
    if unknown:
        return f"`MLPClassifier` has no argument, or none for this exercise, called {', '.join(unknown)}."
    sizes = np.atleast_1d(result.get("hidden_layer_sizes", 100))
    epochs = result.get("max_iter", 200)
    if sizes.size and (sizes.dtype.kind not in "iu" or sizes.ndim > 1 or np.any(sizes < 1)):
        return "`hidden_layer_sizes` should be a tuple with the units of each hidden layer."
    weights = nnlib.multiply_adds([2, *(int(size) for size in sizes), 1], 1)
    if weights > 20_000 or not isinstance(epochs, (int, np.integer)) or epochs > 5_000:
        return f"That is {weights:,} weights and {epochs} epochs; 20,000 weights and 5,000 epochs are more than enough for 210 points."
    try:
        median = median_accuracy(result)
    except (TypeError, ValueError) as error:
        return f"Training failed with these arguments: {str(error).splitlines()[0][:200]}"
    if median < GOAL:
        return (
            f"Its median test accuracy over seeds 0 to 9 is {number(median)}, it should be at least {GOAL}."
        )
    return None


def sort_of_design(result: Any, case: Case) -> Any:
    """What a design does about each of the things that matter, in words."""
    if not isinstance(result, dict):
        return _kind(result)
    if "random_state" in result:
        return "random_state"
    if not isinstance(result.get("learning_rate", ""), str):
        return "learning_rate"
    if {"depth", "width"} & set(result):
        return "depth, width"
    if _unknown(result):
        return _unknown(result)
    sizes = np.atleast_1d(result.get("hidden_layer_sizes", 100))
    narrow = len(sizes) > 0 and min(sizes) <= 2
    rate, epochs = result.get("learning_rate_init", 0.001), result.get("max_iter", 200)
    return {
        "solver": result.get("solver", "adam"),
        "bends": result.get("activation", "relu") != "identity",
        "layers": ("one narrow" if len(sizes) == 1 else "narrow among others") if narrow else "wide",
        "rate": "slow" if rate < 0.003 else "wild" if rate > 2 else "usual",
        "short": epochs < 40,
        "default epochs": epochs == 200,
    }


def _as_model() -> Any:
    from sklearn.neural_network import MLPClassifier

    return MLPClassifier(**practice.best_design())


BEST_DESIGN = Exercise(
    name="best_design",
    points=2,
    explained="Choosing honestly",
    reference=practice.best_design,
    cases=lambda rng: [Case()],
    accepts=accepts_design,
    fingerprint=sort_of_design,
    hints=(
        "Try candidates with `validation_median` in the cell above, two or three numbers at a time. What did the study say about width, and the first part about the "
        "learning rate?",
        'The result is a dictionary such as `{"hidden_layer_sizes": ..., "solver": ...}`. Whatever you leave out is '
        "scikit-learn's default: which defaults made the article's networks stop too early?",
        "A candidate that reaches 0.97 on the validation part from most starts by a narrow margin may miss it on the test part. Take one with some room.",
    ),
    misconceptions=(
        Misconception(
            "the-articles",
            lambda: {"hidden_layer_sizes": (2,), "solver": "sgd", "max_iter": 2000},
            "This is the article's recipe: two hidden units and the default learning rate. Two folds are too few for two moons, and at this rate training is taken for "
            "finished long before it is.",
        ),
        Misconception(
            "larger-at-the-default-rate",
            lambda: {"hidden_layer_sizes": (16, 16), "solver": "sgd", "max_iter": 2000},
            "Your network is large enough, but the learning rate is scikit-learn's default or near it. Training stops half-way, because progress that slow is taken for none. Look at "
            "`n_iter_`.",
        ),
        Misconception(
            "a-number-for-the-schedule",
            lambda: {"hidden_layer_sizes": (16, 16), "solver": "sgd", "learning_rate": 0.1, "max_iter": 2000},
            "`learning_rate` is not the rate. In scikit-learn it names a plan for changing the rate in the course of training, and takes a word. The rate itself has another name: see the docstring of "
            "`train_classifier`.",
        ),
        Misconception(
            "narrow",
            lambda: {"hidden_layer_sizes": (2,), **practice.SETTINGS},
            "The learning rate is fine, but the only hidden layer has at most two units. Each ReLU unit gives one fold; look at the column for this width in the study.",
        ),
        Misconception(
            "deep-and-narrow",
            lambda: {"hidden_layer_sizes": (2, 2, 2), **practice.SETTINGS},
            "Your network is deep, but one of its layers has at most two units. What is lost in a narrow layer no later layer can bring back, and if both units die, so does the network.",
        ),
        Misconception(
            "all-defaults",
            lambda: {"hidden_layer_sizes": (16, 16)},
            "Solver, learning rate and number of epochs are scikit-learn's defaults: Adam at 0.001 for 200 epochs, which are over before the boundary has bent enough. The study was made "
            "with other settings.",
        ),
        Misconception(
            "rate-too-large",
            lambda: {
                "hidden_layer_sizes": (16,),
                "solver": "sgd",
                "learning_rate_init": 10.0,
                "max_iter": 2000,
            },
            "The learning rate is so large that the first steps throw the weights far away, and most hidden units never fire again. Unit 05 showed the walk "
            "that runs away.",
        ),
        Misconception(
            "too-few-epochs",
            lambda: {
                "hidden_layer_sizes": (16, 16),
                "solver": "sgd",
                "learning_rate_init": 0.1,
                "max_iter": 20,
            },
            "Design and learning rate are sensible, but training ends after a few epochs. Look at a loss curve: where does it level off?",
        ),
        Misconception(
            "linear",
            lambda: {"hidden_layer_sizes": (16, 16), **practice.SETTINGS, "activation": "identity"},
            "The hidden units are linear. Stacked linear layers collapse to one (unit 02), so the boundary stays straight, however many units there are.",
        ),
        Misconception(
            "picks-the-start",
            lambda: {**practice.best_design(), "random_state": 42},
            "You fix the start as well. A design has to be good from most starts; a single one that suits says nothing about it. Leave `random_state` to the check.",
        ),
        Misconception(
            "depth-and-width",
            lambda: {"depth": 2, "width": 16},
            "`depth` and `width` are arguments of your own functions. `MLPClassifier` doesn't know them; it has one argument for both.",
        ),
        Misconception(
            "a-model",
            _as_model,
            "You return a model. The check wants to train your design from ten starts, so it needs the arguments: a dictionary with a name and a value for each.",
        ),
    ),
)

UNIT = Unit(
    key="07-scikit-learn",
    title="In practice: scikit-learn",
    exercises=(
        PREPARE_DATA,
        ACCURACY,
        DECISION_GRID,
        HIDDEN_LAYER_SIZES,
        TRAIN_CLASSIFIER,
        DESIGN_STUDY,
        BEST_DESIGN,
    ),
    written=("next_try",),
    provides=(
        "plots",
        "live",
        "activations",
        "neuron",
        "mlp",
        "matrix",
        "training",
        "softmax",
        "optimisers",
        "network",
    ),
    seconds=60.0,
    libraries=(
        "sklearn.datasets",
        "sklearn.model_selection",
        "sklearn.neural_network",
        "sklearn.preprocessing",
    ),
)
