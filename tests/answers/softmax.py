"""Unit 06. Each answer is one that a learner could hand in; none was written to fit the checks."""

from __future__ import annotations

import math

import numpy as np

import nnlib

# ------------------------------------------------------------------------------------------------------------ softmax


def softmax_max_first(Z):
    Z = np.asarray(Z, dtype=float)
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def softmax_transposed(Z):
    Z = np.array(Z)
    E = np.exp((Z.T - Z.T.max(axis=0)).T)
    return (E.T / E.T.sum(axis=0)).T


def softmax_loop(Z):
    Z = np.asarray(Z, dtype=float)
    if Z.ndim == 1:
        top = max(Z)
        powers = [math.exp(z - top) for z in Z]
        return np.array([p / sum(powers) for p in powers])
    return np.array([softmax_loop(row) for row in Z])


def softmax_log_sum_exp(Z):
    Z = np.asarray(Z, dtype=float)
    top = np.max(Z, axis=-1, keepdims=True)
    return np.exp(Z - (top + np.log(np.sum(np.exp(Z - top), axis=-1, keepdims=True))))


def softmax_pairwise(Z):
    Z = np.asarray(Z, dtype=float)
    differences = np.minimum(Z[..., np.newaxis, :] - Z[..., :, np.newaxis], 700.0)
    return 1 / np.sum(np.exp(differences), axis=-1)


def softmax_two_branches(Z):
    Z = np.asarray(Z)
    if Z.ndim == 1:
        E = np.exp(Z - np.max(Z))
        return E / np.sum(E)
    E = np.exp(Z - np.max(Z, axis=1)[:, None])
    return E / np.sum(E, axis=1)[:, None]


def softmax_float32(Z):
    Z = np.asarray(Z, dtype=float)
    E = np.exp((Z - Z.max(axis=-1, keepdims=True)).astype(np.float32))
    return E / E.sum(axis=-1, keepdims=True)


def softmax_apply(Z):
    def one(z):
        e = np.exp(z - np.amax(z))
        return e / np.sum(e)

    return np.apply_along_axis(one, -1, Z)


# ------------------------------------------------------------------------------------------------------------ one_hot


def one_hot_eye(y, n_classes):
    if (y < 0).any() or (y >= n_classes).any():
        raise ValueError("no such class")
    return np.eye(n_classes)[y]


def one_hot_loop(y, n_classes):
    Y = np.zeros((len(y), n_classes))
    for i, label in enumerate(y):
        if not 0 <= label < n_classes:
            raise ValueError(label)
        Y[i, label] = 1
    return Y


def one_hot_index(y, n_classes):
    if min(y) < 0 or max(y) >= n_classes:
        raise ValueError
    Y = np.zeros((y.size, n_classes))
    Y[np.arange(y.size), y] = 1.0
    return Y


def one_hot_compared(y, n_classes):
    if not np.all(np.isin(y, range(n_classes))):
        raise ValueError("label out of range")
    return (np.arange(n_classes) == y[:, None]).astype(float)


def one_hot_lists(y, n_classes):
    rows = []
    for label in y:
        if label not in range(n_classes):
            raise ValueError
        rows.append([1.0 if k == label else 0.0 for k in range(n_classes)])
    return np.array(rows)


def one_hot_float32(y, n_classes):
    if y.min() < 0 or y.max() > n_classes - 1:
        raise ValueError
    return np.float32(y.reshape(-1, 1) == np.arange(n_classes))


def one_hot_checks_last(y, n_classes):
    Y = np.equal.outer(y, np.arange(n_classes)) * 1.0
    if Y.sum() != len(y):
        raise ValueError("a label is out of range")
    return Y


# ------------------------------------------------------------------------------------------------------ cross_entropy


def cross_entropy_clip(P, Y):
    return -np.mean(np.sum(Y * np.log(np.clip(P, 1e-12, 1.0)), axis=1))


def cross_entropy_coarsest_clip(P, Y):
    return float(-np.sum(Y * np.log(np.clip(P, 1e-7, 1 - 1e-7))) / P.shape[0])


def cross_entropy_finest_clip(P, Y):
    return float(-np.sum(Y * np.log(np.clip(P, 1e-16, 1))) / len(Y))


def cross_entropy_adds(P, Y):
    return float(-(Y * np.log(P + 1e-9)).sum(axis=1).mean())


def cross_entropy_of_labels(P, Y):
    p = P[np.arange(len(P)), np.argmax(Y, axis=1)]
    return float(-np.log(np.maximum(p, 1e-15)).mean())


def cross_entropy_masked(P, Y):
    return float(np.mean(-np.log(np.maximum(P[Y == 1], 1e-10))))


def cross_entropy_loop(P, Y):
    total = 0.0
    for p, y in zip(P, Y, strict=True):
        total -= math.log(max(float(p @ y), 1e-14))
    return total / len(P)


def cross_entropy_einsum(P, Y):
    return -np.einsum("nk,nk->", Y, np.log(np.maximum(P, 1e-11))) / len(P)


def cross_entropy_float32(P, Y):
    return np.float32(-np.mean(np.log(np.maximum(np.sum(P * Y, axis=1), 1e-7)), dtype=np.float32))


# --------------------------------------------------------------------------------------------------- softmax_gradient


def gradient_difference(Z, Y):
    return (nnlib.softmax(Z) - Y) / len(Z)


def gradient_loop(Z, Y):
    G = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        G[i] = (softmax_loop(Z[i]) - Y[i]) / Z.shape[0]
    return G


def gradient_chain_rule(Z, Y):
    """Through the whole Jacobian of softmax, sample by sample; 1/p only where the label is."""
    G = np.empty(np.shape(Z))
    for i, (p, y) in enumerate(zip(nnlib.softmax(Z), Y, strict=True)):
        label = int(np.argmax(y))
        G[i] = -((np.arange(len(p)) == label) - p) / len(Z)
    return G


def gradient_in_place(Z, Y):
    P = softmax_log_sum_exp(Z)
    P[Y == 1] -= 1
    P /= len(P)
    return P


def gradient_by_index(Z, Y):
    P = softmax_two_branches(Z)
    P[np.arange(len(Z)), Y.argmax(axis=1)] -= 1.0
    return P * (1 / len(Z))


def gradient_mean_of_outer(Z, Y):
    n, _ = Z.shape
    return np.subtract(softmax_transposed(Z), Y) / n


def gradient_float32(Z, Y):
    return ((softmax_float32(Z) - Y) / len(Z)).astype(np.float32)


# ---------------------------------------------------------------------------------------------------- predict_classes


def classes_argmax(P):
    return np.argmax(P, axis=1)


def classes_last_axis(P):
    return P.argmax(-1).astype(np.int32)


def classes_loop(P):
    y = np.zeros(len(P), dtype=int)
    for i in range(len(P)):
        for k in range(P.shape[1]):
            if P[i, k] > P[i, y[i]]:
                y[i] = k
    return y


def classes_index_of_max(P):
    return np.array([list(row).index(max(row)) for row in P])


def classes_sorted(P):
    return np.argsort(P, axis=1)[:, -1]


def classes_from_where(P):
    return np.nonzero(P.max(axis=1, keepdims=True) == P)[1]


# ----------------------------------------------------------------------------------------------------- top_k_accuracy


def top_k_argsort(P, y, k):
    best = np.argsort(P, axis=1)[:, -k:]
    return float(np.mean(np.any(best == y[:, None], axis=1)))


def top_k_loop(P, y, k):
    hits = 0
    for row, label in zip(P, y, strict=True):
        if label in np.argsort(row)[::-1][:k]:
            hits += 1
    return hits / len(y)


def top_k_ranks(P, y, k):
    own = P[np.arange(len(y)), y]
    return np.mean(np.greater(P, own[:, None]).sum(axis=1) < k)


def top_k_partition(P, y, k):
    best = np.argpartition(-P, k - 1, axis=1)[:, :k]
    return (best == y.reshape(-1, 1)).sum() / y.size


def top_k_kth_largest(P, y, k):
    bound = np.sort(P, axis=1)[:, P.shape[1] - k]
    return float(np.mean(P[range(len(y)), y] >= bound))


def top_k_python(P, y, k):
    hits = [int(y[i]) in sorted(range(P.shape[1]), key=lambda c: -P[i][c])[:k] for i in range(len(P))]
    return sum(hits) / len(hits)


def top_k_strikes_out(P, y, k):
    P = P.copy()
    found = np.zeros(len(P), dtype=bool)
    for _ in range(k):
        best = nnlib.predict_classes(P)
        found |= best == y
        P[np.arange(len(P)), best] = -1
    return np.float32(found.mean())


# ------------------------------------------------------------------------------------------------------ train_softmax


def _descend(X, y, n_classes, rate, epochs, W, b):
    Y, losses = np.eye(n_classes)[y], []
    for _ in range(epochs):
        P = softmax_max_first(X @ W.T + b)
        losses.append(cross_entropy_of_labels(P, Y))
        G = (P - Y) / len(X)
        W = W - rate * G.T @ X
        b = b - rate * G.sum(axis=0)
    return W, b, losses


def train_from_zeros(X, y, n_classes, learning_rate, epochs, rng):
    W, b, losses = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes), []
    Y = nnlib.one_hot(y, n_classes)
    for _ in range(epochs):
        Z = X @ W.T + b
        losses.append(nnlib.cross_entropy(nnlib.softmax(Z), Y))
        G = nnlib.softmax_gradient(Z, Y)
        W = W - learning_rate * G.T @ X
        b = b - learning_rate * np.sum(G, axis=0)
    return W, b, losses


def train_from_small_normal(X, y, n_classes, learning_rate, epochs, rng):
    W = rng.normal(0, 0.01, size=(n_classes, X.shape[1]))
    return _descend(X, y, n_classes, learning_rate, epochs, W, np.zeros(n_classes))


def train_from_init_parameters(X, y, n_classes, learning_rate, epochs, rng):
    weights, biases = nnlib.init_parameters([X.shape[1], n_classes], rng)
    return _descend(X, y, n_classes, learning_rate, epochs, weights[0], biases[0])


def train_drawn_turned(X, y, n_classes, learning_rate, epochs, rng):
    W = (0.2 * rng.random((X.shape[1], n_classes)) - 0.1).T
    W, b, losses = _descend(X, y, n_classes, learning_rate, epochs, W, rng.uniform(-0.1, 0.1, n_classes))
    return W, b, np.array(losses)


def train_from_constant(X, y, n_classes, learning_rate, epochs, rng):
    W = np.full((n_classes, X.shape[1]), 0.01)
    return _descend(X, y, n_classes, learning_rate, epochs, W, np.zeros(n_classes))


def train_from_large(X, y, n_classes, learning_rate, epochs, rng):
    W = rng.standard_normal((n_classes, X.shape[1]))
    return _descend(X, y, n_classes, learning_rate, epochs, W, np.zeros(n_classes))


def train_in_place(X, y, n_classes, learning_rate, epochs, rng):
    W, b = rng.normal(size=(n_classes, X.shape[1])) * 0.05, np.zeros(n_classes)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        P = softmax_transposed(X @ W.T + b)
        losses[epoch] = -np.log(np.maximum(P[np.arange(len(y)), y], 1e-12)).mean()
        P[np.arange(len(y)), y] -= 1
        W -= learning_rate * np.einsum("nk,nd->kd", P, X) / len(y)
        b -= learning_rate * P.mean(axis=0)
    return W, b, losses.tolist()


def train_bias_as_input(X, y, n_classes, learning_rate, epochs, rng):
    A = np.hstack([X, np.ones((len(X), 1))])
    V, losses = np.zeros((A.shape[1], n_classes)), []
    Y = one_hot_loop(y, n_classes)
    for _ in range(epochs):
        P = softmax_max_first(A @ V)
        losses.append(cross_entropy_loop(P, Y))
        V = V - learning_rate * A.T @ (P - Y) / len(A)
    return V[:-1].T, V[-1], losses


def train_float32(X, y, n_classes, learning_rate, epochs, rng):
    W, b = (
        rng.normal(0, 0.1, (n_classes, X.shape[1])).astype(np.float32),
        np.zeros(n_classes, dtype=np.float32),
    )
    W, b, losses = _descend(X.astype(np.float32), y, n_classes, np.float32(learning_rate), epochs, W, b)
    return W, b, losses


def train_library(X, y, n_classes, learning_rate, epochs, rng):
    return nnlib.train_softmax(X, y, n_classes, learning_rate, epochs, rng)


RIGHT = {
    "softmax": [
        softmax_max_first,
        softmax_transposed,
        softmax_loop,
        softmax_log_sum_exp,
        softmax_pairwise,
        softmax_two_branches,
        softmax_float32,
        softmax_apply,
    ],
    "one_hot": [
        one_hot_eye,
        one_hot_loop,
        one_hot_index,
        one_hot_compared,
        one_hot_lists,
        one_hot_float32,
        one_hot_checks_last,
    ],
    "cross_entropy": [
        cross_entropy_clip,
        cross_entropy_coarsest_clip,
        cross_entropy_finest_clip,
        cross_entropy_adds,
        cross_entropy_of_labels,
        cross_entropy_masked,
        cross_entropy_loop,
        cross_entropy_einsum,
        cross_entropy_float32,
    ],
    "softmax_gradient": [
        gradient_difference,
        gradient_loop,
        gradient_chain_rule,
        gradient_in_place,
        gradient_by_index,
        gradient_mean_of_outer,
        gradient_float32,
    ],
    "predict_classes": [
        classes_argmax,
        classes_last_axis,
        classes_loop,
        classes_index_of_max,
        classes_sorted,
        classes_from_where,
    ],
    "top_k_accuracy": [
        top_k_argsort,
        top_k_loop,
        top_k_ranks,
        top_k_partition,
        top_k_kth_largest,
        top_k_python,
        top_k_strikes_out,
    ],
    "train_softmax": [
        train_from_zeros,
        train_from_small_normal,
        train_from_init_parameters,
        train_drawn_turned,
        train_from_constant,
        train_from_large,
        train_in_place,
        train_bias_as_input,
        train_float32,
        train_library,
    ],
}


def softmax_only_the_example(Z):
    return np.array([0.26894142, 0.73105858])


def softmax_two_classes(Z):
    Z = np.asarray(Z, dtype=float)
    p = nnlib.sigmoid(Z[..., 1] - Z[..., 0])
    return np.stack([1 - p, p], axis=-1)


def softmax_changes_its_argument(Z):
    if isinstance(Z, list):
        Z = np.array(Z, dtype=float)
    Z -= Z.max(axis=-1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=-1, keepdims=True)


def softmax_tables_of_two_dimensions_always(Z):
    return softmax_max_first(np.atleast_2d(Z))


def softmax_list(Z):
    return softmax_max_first(Z).tolist()


def softmax_rounded(Z):
    return softmax_max_first(Z).round(2)


def softmax_base_ten(Z):
    Z = np.asarray(Z, dtype=float)
    E = 10.0 ** (Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def softmax_nan_to_num(Z):
    Z = np.asarray(Z, dtype=float)
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True))


def softmax_hot(Z):
    return softmax_max_first(np.asarray(Z) / 2)


def one_hot_sorted(y, n_classes):
    if np.any((y < 0) | (y >= n_classes)):
        raise ValueError
    return np.eye(n_classes)[np.sort(y)]


def one_hot_ten_classes(y, n_classes):
    if np.any((y < 0) | (y >= n_classes)):
        raise ValueError
    return np.eye(10)[y]


def one_hot_modulo(y, n_classes):
    return np.eye(n_classes)[y % n_classes]


def one_hot_asserts(y, n_classes):
    assert np.all((y >= 0) & (y < n_classes))
    return np.eye(n_classes)[y]


def one_hot_smoothed(y, n_classes):
    if np.any((y < 0) | (y >= n_classes)):
        raise ValueError
    return 0.9 * np.eye(n_classes)[y] + 0.1 / n_classes


def cross_entropy_square_only(P, Y):
    return float(-np.mean([np.log(max(P[i] @ Y[i], 1e-12)) for i in range(P.shape[1])]))


def cross_entropy_skips_impossible(P, Y):
    p = np.sum(P * Y, axis=1)
    return float(-np.log(p[p > 0.01]).sum() / len(P)) if np.any(p > 0.01) else 0.0


def cross_entropy_renormalises(P, Y):
    P = np.clip(P, 0.001, None)
    return float(-np.mean(np.sum(Y * np.log(P / P.sum(axis=1, keepdims=True)), axis=1))) + 0.01


def cross_entropy_changes_its_argument(P, Y):
    P[P == 0] = 1e-12
    return float(-np.sum(Y * np.log(P)) / len(P))


def cross_entropy_zero_dim(P, Y):
    return np.array(-np.sum(Y * np.log(np.maximum(P, 1e-12))) / len(P))


def cross_entropy_hides_infinity(P, Y):
    with np.errstate(divide="ignore"):
        return float(np.mean([-np.log(p @ y) for p, y in zip(P, Y, strict=True)]))


def gradient_only_two_classes(Z, Y):
    p = nnlib.sigmoid(Z[:, 1] - Z[:, 0])
    return np.column_stack([1 - p - Y[:, 0], p - Y[:, 1]]) / len(Z)


def gradient_changes_its_argument(Z, Y):
    Y -= nnlib.softmax(Z)
    return -Y / len(Z)


def gradient_of_first_row(Z, Y):
    return (nnlib.softmax(Z[:1]) - Y) / len(Z)


def gradient_forward_difference(Z, Y):
    G = np.zeros(np.shape(Z))
    for index in np.ndindex(G.shape):
        moved = np.array(Z, dtype=float)
        moved[index] += 0.01
        G[index] = (
            nnlib.cross_entropy(nnlib.softmax(moved), Y) - nnlib.cross_entropy(nnlib.softmax(Z), Y)
        ) / 0.01
    return G


def gradient_through_division(Z, Y):
    P = nnlib.softmax(Z)
    upstream = -Y / np.maximum(P, 1e-7) / len(Z)
    return P * (upstream - np.sum(upstream * P, axis=1, keepdims=True))


def classes_reversed(P):
    return np.argmax(P[:, ::-1], axis=1)


def classes_two_only(P):
    return (P[:, 1] > P[:, 0]).astype(int)


def classes_square_only(P):
    return np.array([np.argmax(P[i]) for i in range(P.shape[1])])


def classes_sorted_answers(P):
    return np.sort(np.argmax(P, axis=1))


def classes_second(P):
    return np.argsort(P, axis=1)[:, -2]


def top_k_always_five(P, y, k):
    return top_k_argsort(P, y, min(5, P.shape[1]))


def top_k_distance(P, y, k):
    return float(np.mean(np.abs(np.argmax(P, axis=1) - y) < k))


def top_k_integer_division(P, y, k):
    return int(top_k_argsort(P, y, k) * len(y)) // len(y)


def top_k_changes_its_argument(P, y, k):
    P.sort(axis=1)
    return float(np.mean(np.any(P[:, -k:] == y[:, None], axis=1)))


def top_k_half_only(P, y, k):
    return top_k_argsort(P[: (len(P) + 1) // 2], y[: (len(P) + 1) // 2], k)


def top_k_rounded(P, y, k):
    return round(top_k_argsort(P, y, k), 1)


def train_standardises(X, y, n_classes, learning_rate, epochs, rng):
    X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9)
    return train_from_zeros(X, y, n_classes, learning_rate, epochs, rng)


def train_decaying_rate(X, y, n_classes, learning_rate, epochs, rng):
    W, b, losses = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes), []
    for epoch in range(epochs):
        W, b, loss = _descend(X, y, n_classes, learning_rate / (1 + 0.1 * epoch), 1, W, b)
        losses += loss
    return W, b, losses


def train_global_chance(X, y, n_classes, learning_rate, epochs, rng):
    W = np.random.normal(0, 0.1, (n_classes, X.shape[1]))  # noqa: NPY002
    return _descend(X, y, n_classes, learning_rate, epochs, W, np.zeros(n_classes))


def train_momentum(X, y, n_classes, learning_rate, epochs, rng):
    W, b, losses = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes), []
    before = W, b
    for _ in range(epochs):
        next_W, next_b, loss = _descend(X, y, n_classes, learning_rate, 1, W, b)
        next_W, next_b = next_W + 0.5 * (W - before[0]), next_b + 0.5 * (b - before[1])
        before, W, b = (W, b), next_W, next_b
        losses += loss
    return W, b, losses


def train_stops_early(X, y, n_classes, learning_rate, epochs, rng):
    W, b, losses = train_from_zeros(X, y, n_classes, learning_rate, min(epochs, 5), rng)
    return W, b, losses + [losses[-1]] * (epochs - len(losses))


def train_half_the_samples(X, y, n_classes, learning_rate, epochs, rng):
    return train_from_zeros(X[::2], y[::2], n_classes, learning_rate, epochs, rng)


def train_centres_scores(X, y, n_classes, learning_rate, epochs, rng):
    W, b, losses = train_from_zeros(X, y, n_classes, learning_rate, epochs, rng)
    return W - W[0], b - b[0], losses


def train_weight_decay(X, y, n_classes, learning_rate, epochs, rng):
    W, b, losses = np.zeros((n_classes, X.shape[1])), np.zeros(n_classes), []
    for _ in range(epochs):
        W, b, loss = _descend(X, y, n_classes, learning_rate, 1, 0.99 * W, b)
        losses += loss
    return W, b, losses


def train_predicts_one_class(X, y, n_classes, learning_rate, epochs, rng):
    b = np.zeros(n_classes)
    b[np.bincount(y).argmax()] = 1.0
    return np.zeros((n_classes, X.shape[1])), b, [float(np.log(n_classes))] * epochs


# Wrong answers that match no declared misconception.
WRONG = {
    "softmax": [
        softmax_only_the_example,
        softmax_two_classes,
        softmax_changes_its_argument,
        softmax_tables_of_two_dimensions_always,
        softmax_list,
        softmax_rounded,
        softmax_base_ten,
        softmax_nan_to_num,
        softmax_hot,
    ],
    "one_hot": [one_hot_sorted, one_hot_ten_classes, one_hot_modulo, one_hot_asserts, one_hot_smoothed],
    "cross_entropy": [
        cross_entropy_square_only,
        cross_entropy_skips_impossible,
        cross_entropy_renormalises,
        cross_entropy_changes_its_argument,
        cross_entropy_zero_dim,
        cross_entropy_hides_infinity,
    ],
    "softmax_gradient": [
        gradient_only_two_classes,
        gradient_changes_its_argument,
        gradient_of_first_row,
        gradient_forward_difference,
        gradient_through_division,
    ],
    "predict_classes": [
        classes_reversed,
        classes_two_only,
        classes_square_only,
        classes_sorted_answers,
        classes_second,
    ],
    "top_k_accuracy": [
        top_k_always_five,
        top_k_distance,
        top_k_integer_division,
        top_k_changes_its_argument,
        top_k_half_only,
        top_k_rounded,
    ],
    "train_softmax": [
        train_standardises,
        train_decaying_rate,
        train_global_chance,
        train_momentum,
        train_stops_early,
        train_half_the_samples,
        train_centres_scores,
        train_weight_decay,
        train_predicts_one_class,
    ],
}
