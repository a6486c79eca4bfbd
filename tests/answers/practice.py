"""Unit 07. Each answer is one that a learner could hand in; none was written to fit the checks."""

from __future__ import annotations

from functools import partial

import numpy as np
from sklearn.base import clone
from sklearn.datasets import make_moons
from sklearn.metrics import accuracy_score
from sklearn.model_selection import ShuffleSplit, train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from nnlib import practice
from nnlib.practice import hidden_layer_sizes, prepare_data

# Prepare the data


def prepare_data_pipeline_steps(n_samples, noise, random_state):
    X, y = make_moons(n_samples, noise=noise, random_state=random_state)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=random_state)
    scaler = StandardScaler()
    X_train = scaler.fit_transform(X_train)
    return X_train, scaler.transform(X_test), y_train, y_test


def prepare_data_by_hand(n_samples, noise, random_state):
    X, y = make_moons(n_samples=n_samples, noise=noise, random_state=random_state)
    X_train, X_test, y_train, y_test = train_test_split(X, y, train_size=0.7, random_state=random_state)
    mu, sigma = np.mean(X_train, axis=0), np.sqrt(np.var(X_train, axis=0))
    return (X_train - mu) / sigma, (X_test - mu) / sigma, y_train, y_test


def prepare_data_column_by_column(n_samples, noise, random_state):
    X, y = make_moons(n_samples=n_samples, noise=noise, random_state=random_state)
    parts = train_test_split(X, y, test_size=0.3, random_state=random_state)
    for k in range(2):
        mean = sum(parts[0][:, k]) / len(parts[0])
        spread = (sum((parts[0][:, k] - mean) ** 2) / len(parts[0])) ** 0.5
        for part in parts[:2]:
            part[:, k] = (part[:, k] - mean) / spread
    return tuple(parts)


def prepare_data_whole_number(n_samples, noise, random_state):
    X, y = make_moons(n_samples=n_samples, noise=noise, random_state=random_state)
    n_test = round(0.3 * n_samples)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=n_test, random_state=random_state)
    transform = StandardScaler().fit(X_train).transform
    return transform(X_train), transform(X_test), y_train, y_test


def prepare_data_row_numbers(n_samples, noise, random_state):
    X, y = make_moons(n_samples=n_samples, noise=noise, random_state=random_state)
    ((train, test),) = ShuffleSplit(n_splits=1, test_size=0.3, random_state=random_state).split(X)
    scaler = make_pipeline(StandardScaler()).fit(X[train])
    return scaler.transform(X[train]), scaler.transform(X[test]), y[train], y[test]


def prepare_data_sample_spread(n_samples, noise, random_state):
    """Divides by n - 1."""
    X, y = make_moons(n_samples=n_samples, noise=noise, random_state=random_state)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=random_state)
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0, ddof=1)
    return (X_train - mean) / spread, (X_test - mean) / spread, y_train, y_test


def prepare_data_fixed_seed(n_samples, noise, random_state):
    return prepare_data(n_samples, noise, 42)


def prepare_data_fixed_size(n_samples, noise, random_state):
    return prepare_data(300, noise, random_state)


def prepare_data_mean_only(n_samples, noise, random_state):
    X, y = make_moons(n_samples=n_samples, noise=noise, random_state=random_state)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=random_state)
    return X_train - X_train.mean(axis=0), X_test - X_train.mean(axis=0), y_train, y_test


def prepare_data_parts_swapped(n_samples, noise, random_state):
    X_train, X_test, y_train, y_test = prepare_data(n_samples, noise, random_state)
    return X_test, X_train, y_test, y_train


def prepare_data_as_model(n_samples, noise, random_state):
    return StandardScaler()


# Accuracy


def accuracy_loop(model, X, y):
    right = 0
    for predicted, true in zip(model.predict(X), y, strict=True):
        if predicted == true:
            right += 1
    return right / len(y)


def accuracy_metric(model, X, y):
    return accuracy_score(y, model.predict(X))


def accuracy_score_method(model, X, y):
    return model.score(X, y)


def accuracy_numpy(model, X, y):
    return (model.predict(X) == y).mean()


def accuracy_float32(model, X, y):
    return np.float32(np.sum(model.predict(X) == y) / len(y))


def accuracy_argmax(model, X, y):
    return 1.0 - float(np.mean(model.classes_[model.predict_proba(X).argmax(axis=1)] != y))


def accuracy_sample_by_sample(model, X, y):
    return sum(int(model.predict(x[None, :])[0] == label) for x, label in zip(X, y, strict=True)) / len(y)


def accuracy_class_1_only(model, X, y):
    predicted = model.predict(X)
    return float(np.mean(predicted[y == 1] == 1)) if np.any(y == 1) else 1.0


def accuracy_of_90(model, X, y):
    return float(np.sum(model.predict(X) == y) / 90)


def accuracy_rounded(model, X, y):
    return round(float(np.mean(model.predict(X) == y)), 1)


def accuracy_of_a_copy(model, X, y):
    return float(np.mean(clone(model).set_params(random_state=1).fit(X[:, ::-1], y).predict(X) == y))


def accuracy_text(model, X, y):
    return f"{np.mean(model.predict(X) == y):.2f}"


# Decision grid


def decision_grid_stack(model, X, n=300, margin=0.5):
    x1 = np.linspace(X[:, 0].min() - margin, X[:, 0].max() + margin, n)
    x2 = np.linspace(X[:, 1].min() - margin, X[:, 1].max() + margin, n)
    xx, yy = np.meshgrid(x1, x2)
    grid = np.c_[xx.ravel(), yy.ravel()]
    return xx, yy, model.predict_proba(grid)[:, 1].reshape(n, n)


def decision_grid_row_by_row(model, X, n=300, margin=0.5):
    x1, x2 = (np.linspace(f.min() - margin, f.max() + margin, n) for f in X.T)
    probs = np.zeros((n, n))
    for i in range(n):
        probs[i] = model.predict_proba(np.column_stack([x1, np.full(n, x2[i])]))[:, 1]
    return np.tile(x1, (n, 1)), np.repeat(x2[:, None], n, axis=1), probs


def decision_grid_transposed(model, X, n=300, margin=0.5):
    x1 = np.linspace(min(X[:, 0]) - margin, max(X[:, 0]) + margin, n)
    x2 = np.linspace(min(X[:, 1]) - margin, max(X[:, 1]) + margin, n)
    first, second = np.meshgrid(x1, x2, indexing="ij")
    probs = model.predict_proba(np.stack([first, second], axis=-1).reshape(-1, 2))[:, 1].reshape(n, n)
    return first.T, second.T, probs.T


def decision_grid_counter(model, X, n=300, margin=0.5):
    low, high = X.min(axis=0) - margin, X.max(axis=0) + margin
    steps = np.arange(n) / (n - 1)
    xx, yy = np.meshgrid(low[0] + steps * (high[0] - low[0]), low[1] + steps * (high[1] - low[1]))
    return xx, yy, 1 - model.predict_proba(np.array([xx.flatten(), yy.flatten()]).T)[:, 0].reshape(xx.shape)


def decision_grid_mgrid(model, X, n=300, margin=0.5):
    (a, c), (b, d) = X.min(axis=0) - margin, X.max(axis=0) + margin
    yy, xx = np.mgrid[c : d : n * 1j, a : b : n * 1j]
    return xx, yy, model.predict_proba(np.dstack([xx, yy]).reshape(-1, 2)).T[1].reshape(xx.shape)


def decision_grid_steps_of_a_tenth(model, X, n=300, margin=0.5):
    (a, c), (b, d) = X.min(axis=0) - margin, X.max(axis=0) + margin
    xx, yy = np.meshgrid(np.arange(a, b, 0.1), np.arange(c, d, 0.1))
    return xx, yy, model.predict_proba(np.c_[xx.ravel(), yy.ravel()])[:, 1].reshape(xx.shape)


def decision_grid_axes_only(model, X, n=300, margin=0.5):
    xx, yy, probs = practice.decision_grid(model, X, n, margin)
    return xx[0], yy[:, 0], probs


def decision_grid_probs_only(model, X, n=300, margin=0.5):
    return practice.decision_grid(model, X, n, margin)[2]


def decision_grid_standard_square(model, X, n=300, margin=0.5):
    return practice.decision_grid(model, np.array([[-2.0, -2.0], [2.0, 2.0]]), n, margin)


def decision_grid_other_order(model, X, n=300, margin=0.5):
    xx, yy, probs = practice.decision_grid(model, X, n, margin)
    return probs, xx, yy


def decision_grid_upside_down(model, X, n=300, margin=0.5):
    xx, yy, probs = practice.decision_grid(model, X, n, margin)
    return xx, yy, probs[::-1]


# Sizes


def sizes_loop(depth, width):
    layers = []
    for _ in range(depth):
        layers.append(width)
    return tuple(layers)


def sizes_comprehension(depth, width):
    return tuple(width for _ in range(depth))


def sizes_numpy(depth, width):
    return tuple(np.full(depth, width).tolist())


def sizes_sum(depth, width):
    return sum(((width,) for _ in range(depth)), ())


def sizes_numpy_ints(depth, width):
    return tuple(np.repeat(width, depth))


def sizes_recursive(depth, width):
    return () if depth == 0 else (width, *sizes_recursive(depth - 1, width))


def sizes_two_layers(depth, width):
    return (width, width)


def sizes_floats(depth, width):
    return (float(width),) * depth


def sizes_shrinking(depth, width):
    return tuple(width - i for i in range(depth))


def sizes_array(depth, width):
    return np.full(depth, width)


def sizes_at_least_one_layer(depth, width):
    return (width,) * max(1, depth)


# Training


def train_one_call(X_train, y_train, depth, width, random_state):
    model = MLPClassifier(
        hidden_layer_sizes=hidden_layer_sizes(depth, width),
        activation="relu",
        solver="sgd",
        learning_rate_init=0.1,
        max_iter=2000,
        random_state=random_state,
    )
    model.fit(X_train, y_train)
    return model


def train_list_of_sizes(X_train, y_train, depth, width, random_state):
    return MLPClassifier(
        [width] * depth, solver="sgd", learning_rate_init=1e-1, max_iter=2_000, random_state=random_state
    ).fit(X_train, y_train)


def train_set_params(X_train, y_train, depth, width, random_state):
    model = MLPClassifier()
    model.set_params(hidden_layer_sizes=(width,) * depth, solver="sgd", max_iter=2000)
    model.learning_rate_init = 0.1
    model.random_state = random_state
    return model.fit(X_train.copy(), np.array(y_train))


def train_partial(X_train, y_train, depth, width, random_state):
    new = partial(MLPClassifier, activation="relu", solver="sgd", learning_rate_init=0.1, max_iter=2000)
    return new(hidden_layer_sizes=(width,) * depth, random_state=random_state).fit(X_train, y_train)


def train_subclass(X_train, y_train, depth, width, random_state):
    class Classifier(MLPClassifier):
        pass

    model = Classifier((width,) * depth, solver="sgd", learning_rate_init=0.1, max_iter=2000)
    return model.set_params(random_state=np.random.RandomState(random_state)).fit(X_train, y_train)


def train_number_for_one_layer(X_train, y_train, depth, width, random_state):
    sizes = width if depth == 1 else tuple(width for _ in range(depth))
    settings = {"solver": "sgd", "learning_rate_init": 0.1, "max_iter": 2000, "random_state": random_state}
    return clone(MLPClassifier(hidden_layer_sizes=sizes, **settings)).fit(X_train, y_train)


def train_fixed_seed(X_train, y_train, depth, width, random_state):
    return practice.train_classifier(X_train, y_train, depth, width, 42)


def train_fixed_network(X_train, y_train, depth, width, random_state):
    return practice.train_classifier(X_train, y_train, 1, 4, random_state)


def train_rate_of_one(X_train, y_train, depth, width, random_state):
    model = train_one_call(X_train, y_train, depth, width, random_state)
    return model.set_params(learning_rate_init=1.0).fit(X_train, y_train)


def train_no_momentum(X_train, y_train, depth, width, random_state):
    model = train_one_call(X_train, y_train, depth, width, random_state)
    return model.set_params(momentum=0.0, tol=0.01).fit(X_train, y_train)


def train_half_the_data(X_train, y_train, depth, width, random_state):
    return train_one_call(X_train[::2], y_train[::2], depth, width, random_state)


def train_inside_a_pipeline(X_train, y_train, depth, width, random_state):
    model = MLPClassifier((width,) * depth, solver="sgd", learning_rate_init=0.1, max_iter=2000)
    return make_pipeline(StandardScaler(), model.set_params(random_state=random_state)).fit(X_train, y_train)


def train_more_epochs(X_train, y_train, depth, width, random_state):
    return train_one_call(X_train, y_train, depth, width, random_state).set_params(max_iter=3000)


def train_the_class(X_train, y_train, depth, width, random_state):
    return MLPClassifier


# Design study. Runs are kept: all answers train the same networks.

_runs: dict = {}


def train_classifier(X_train, y_train, depth, width, random_state):
    key = (X_train.tobytes(), y_train.tobytes(), depth, width, random_state)
    if key not in _runs:
        _runs[key] = practice.train_classifier(X_train, y_train, depth, width, random_state)
    return _runs[key]


def accuracy(model, X, y):
    return model.score(X, y)


def study_loops(depths, widths, seeds):
    X_train, X_test, y_train, y_test = prepare_data(300, 0.1, 42)
    table = np.zeros((len(depths), len(widths)))
    for i, depth in enumerate(depths):
        for j, width in enumerate(widths):
            scores = []
            for seed in seeds:
                model = train_classifier(X_train, y_train, depth, width, seed)
                scores.append(accuracy(model, X_test, y_test))
            table[i, j] = np.median(scores)
    return table


def study_all_then_median(depths, widths, seeds):
    X_train, X_test, y_train, y_test = prepare_data(300, 0.1, 42)
    scores = [
        [
            [accuracy(train_classifier(X_train, y_train, d, w, s), X_test, y_test) for s in seeds]
            for w in widths
        ]
        for d in depths
    ]
    return np.median(scores, axis=-1)


def study_flat(depths, widths, seeds):
    X_train, X_test, y_train, y_test = prepare_data(300, 0.1, 42)
    medians = []
    for depth in depths:
        for width in widths:
            models = [train_classifier(X_train, y_train, depth, width, seed) for seed in seeds]
            medians.append(np.median([np.mean(model.predict(X_test) == y_test) for model in models]))
    return np.array(medians).reshape(len(depths), len(widths))


def study_sorted(depths, widths, seeds):
    X_train, X_test, y_train, y_test = prepare_data(300, 0.1, 42)

    def middle(depth, width):
        scores = sorted(
            accuracy(train_classifier(X_train, y_train, depth, width, s), X_test, y_test) for s in seeds
        )
        half = len(scores) // 2
        return scores[half] if len(scores) % 2 else (scores[half - 1] + scores[half]) / 2

    return np.array([[middle(depth, width) for width in widths] for depth in depths])


def study_columns(depths, widths, seeds):
    X_train, X_test, y_train, y_test = prepare_data(300, 0.1, 42)
    columns = {}
    for width in widths:
        runs = {
            (d, s): accuracy(train_classifier(X_train, y_train, d, width, s), X_test, y_test)
            for s in seeds
            for d in depths
        }
        columns[width] = [np.percentile([runs[d, s] for s in seeds], 50) for d in depths]
    return np.column_stack([columns[width] for width in widths])


def study_square_only(depths, widths, seeds):
    table = study_loops(depths, widths, seeds)
    return np.array([[table[i, j] for j in range(len(depths))] for i in range(len(depths))])


def study_always_the_first_cell(depths, widths, seeds):
    return np.full((len(depths), len(widths)), study_loops(depths[:1], widths[:1], seeds)[0, 0])


def study_spread(depths, widths, seeds):
    high, low = (np.array([[0.0] * len(widths)] * len(depths)) for _ in range(2))
    for i, depth in enumerate(depths):
        for j, width in enumerate(widths):
            scores = [study_loops([depth], [width], [seed])[0, 0] for seed in seeds]
            high[i, j], low[i, j] = max(scores), min(scores)
    return high - low


def study_other_data(depths, widths, seeds):
    X_train, X_test, y_train, y_test = prepare_data(200, 0.3, 42)
    return np.array(
        [
            [
                np.median(
                    [accuracy(train_classifier(X_train, y_train, d, w, s), X_test, y_test) for s in seeds]
                )
                for w in widths
            ]
            for d in depths
        ]
    )


def study_only_the_example(depths, widths, seeds):
    return np.array([[0.91, 0.93], [0.92, 0.95]])


def study_dictionary(depths, widths, seeds):
    return {(d, w): study_loops([d], [w], seeds)[0, 0] for d in depths for w in widths}


# Best design


def best_one_wide_layer():
    return {"hidden_layer_sizes": (16,), "solver": "sgd", "learning_rate_init": 0.1, "max_iter": 2000}


def best_slow_and_steady():
    return dict(
        hidden_layer_sizes=[16, 16], activation="relu", solver="sgd", learning_rate_init=0.03, max_iter=2000
    )


def best_second_order():
    return {"hidden_layer_sizes": np.int64(12), "solver": "lbfgs", "max_iter": 500}


def best_adam():
    return {"hidden_layer_sizes": (32,), "learning_rate_init": 0.02, "max_iter": 400}


def best_tanh():
    return {
        "hidden_layer_sizes": (20, 20),
        "activation": "tanh",
        "solver": "sgd",
        "learning_rate_init": 0.3,
        "max_iter": 2000,
        "alpha": 1e-3,
    }


def best_eight():
    return {"hidden_layer_sizes": (8, 8), "solver": "sgd", "learning_rate_init": 0.1, "max_iter": 2000}


def best_no_layer():
    return {"hidden_layer_sizes": (), "solver": "sgd", "learning_rate_init": 0.1, "max_iter": 2000}


def best_misspelt():
    return {"hidden_layers": (16, 16), "rate": 0.1}


def best_text_for_a_rate():
    return {"hidden_layer_sizes": (16, 16), "solver": "sgd", "learning_rate_init": 0.1, "tol": "small"}


def best_three_units():
    return {"hidden_layer_sizes": (3,), "solver": "sgd", "learning_rate_init": 0.02, "max_iter": 1000}


def best_monster():
    return {"hidden_layer_sizes": (4000, 4000), "solver": "sgd", "learning_rate_init": 0.1, "max_iter": 2000}


def best_pairs():
    return [("hidden_layer_sizes", (16, 16)), ("solver", "sgd")]


RIGHT = {
    "prepare_data": [
        prepare_data_pipeline_steps,
        prepare_data_by_hand,
        prepare_data_column_by_column,
        prepare_data_whole_number,
        prepare_data_row_numbers,
    ],
    "accuracy": [
        accuracy_loop,
        accuracy_metric,
        accuracy_score_method,
        accuracy_numpy,
        accuracy_float32,
        accuracy_argmax,
        accuracy_sample_by_sample,
    ],
    "decision_grid": [
        decision_grid_stack,
        decision_grid_row_by_row,
        decision_grid_transposed,
        decision_grid_counter,
        decision_grid_mgrid,
    ],
    "hidden_layer_sizes": [
        sizes_loop,
        sizes_comprehension,
        sizes_numpy,
        sizes_sum,
        sizes_numpy_ints,
        sizes_recursive,
    ],
    "train_classifier": [
        train_one_call,
        train_list_of_sizes,
        train_set_params,
        train_partial,
        train_subclass,
        train_number_for_one_layer,
    ],
    "design_study": [study_loops, study_all_then_median, study_flat, study_sorted, study_columns],
    "best_design": [
        best_one_wide_layer,
        best_slow_and_steady,
        best_second_order,
        best_adam,
        best_tanh,
        best_eight,
    ],
}

# Wrong answers that match no declared misconception.
WRONG = {
    "prepare_data": [
        prepare_data_sample_spread,
        prepare_data_fixed_seed,
        prepare_data_fixed_size,
        prepare_data_mean_only,
        prepare_data_parts_swapped,
        prepare_data_as_model,
    ],
    "accuracy": [
        accuracy_class_1_only,
        accuracy_of_90,
        accuracy_rounded,
        accuracy_of_a_copy,
        accuracy_text,
    ],
    "decision_grid": [
        decision_grid_steps_of_a_tenth,
        decision_grid_axes_only,
        decision_grid_probs_only,
        decision_grid_standard_square,
        decision_grid_other_order,
        decision_grid_upside_down,
    ],
    "hidden_layer_sizes": [
        sizes_two_layers,
        sizes_floats,
        sizes_shrinking,
        sizes_array,
        sizes_at_least_one_layer,
    ],
    "train_classifier": [
        train_fixed_seed,
        train_fixed_network,
        train_rate_of_one,
        train_no_momentum,
        train_half_the_data,
        train_inside_a_pipeline,
        train_more_epochs,
        train_the_class,
    ],
    "design_study": [
        study_square_only,
        study_always_the_first_cell,
        study_spread,
        study_other_data,
        study_only_the_example,
        study_dictionary,
    ],
    "best_design": [
        best_no_layer,
        best_misspelt,
        best_text_for_a_rate,
        best_three_units,
        best_monster,
        best_pairs,
    ],
}
