"""Unit 01. Each answer is one that a learner could hand in; none was written to fit the checks."""

from __future__ import annotations

import numpy as np

import nnlib


def weighted_sum_loop(x, w, b):
    if len(x) != len(w):
        raise ValueError("one weight for each input, please")
    total = b
    for i in range(len(x)):
        total = total + x[i] * w[i]
    return float(total)


def weighted_sum_dot(x, w, b):
    return np.dot(w, x) + b


def weighted_sum_strict_zip(x, w, b):
    return float(sum(wi * xi for wi, xi in zip(w, x, strict=True)) + b)


def weighted_sum_einsum(x, w, b):
    if x.shape != w.shape:
        raise ValueError(f"{x.shape} and {w.shape}")
    return np.einsum("i,i->", x, w) + b


def weighted_sum_float32(x, w, b):
    if np.shape(x) != np.shape(w):
        raise ValueError
    return np.float32(np.asarray(w, dtype=np.float32) @ np.asarray(x, dtype=np.float32) + np.float32(b))


def weighted_sum_bias_as_weight(x, w, b):
    return np.append(w, b) @ np.append(x, 1.0)


def weighted_sum_own_error(x, w, b):
    class LengthError(ValueError):
        pass

    if len(x) != len(w):
        raise LengthError(len(x), len(w))
    return (w * x).sum() + b


def perceptron_if(x, w, b):
    if np.dot(w, x) + b > 0:
        return 1
    else:
        return 0


def perceptron_numpy_int(x, w, b):
    return np.int64(w @ x + b > 0)


def perceptron_where(x, w, b):
    return int(np.where(w @ x + b > 0, 1, 0))


def perceptron_heaviside(x, w, b):
    return int(np.heaviside(w @ x + b, 0.0))


def perceptron_uses_weighted_sum(x, w, b):
    return int(nnlib.weighted_sum(x, w, b) > 0)


def perceptron_float32(x, w, b):
    return int(np.float32(np.float32(w) @ np.float32(x)) + np.float32(b) > 0)


def predict_all_loop(X, w, b):
    decisions = []
    for x in X:
        decisions.append(nnlib.perceptron(x, w, b))
    return np.array(decisions)


def predict_all_filled(X, w, b):
    y = np.zeros(len(X), dtype=int)
    for i in range(X.shape[0]):
        y[i] = w @ X[i] + b > 0
    return y


def predict_all_product(X, w, b):
    return np.where(X @ w + b > 0, 1, 0)


def predict_all_transposed(X, w, b):
    return (w @ X.T + b > 0).astype(np.int32)


def predict_all_einsum(X, w, b):
    return np.array(np.einsum("nd,d->n", X, w) + b > 0, dtype=np.uint8)


def predict_all_apply(X, w, b):
    return np.apply_along_axis(lambda x: int(x @ w + b > 0), 1, X)


def gates_lists():
    return {"AND": [[1, 1], -1.5], "OR": [[1, 1], -0.5], "NAND": [[-1, -1], 1.5]}


def gates_arrays():
    return {
        "AND": (np.array([2.0, 2.0]), -3.0),
        "OR": (np.array([2.0, 2.0]), -1.0),
        "NAND": (np.array([-2.0, -2.0]), 3.0),
    }


def gates_uneven():
    return {"AND": ((3, 2), -4), "OR": ((5, 1), np.float32(-0.9)), "NAND": ((-0.4, -0.6), 0.7)}


def gates_by_negation():
    w, b = np.ones(2), -1.2
    return {"AND": (w, b), "OR": (w, b + 1), "NAND": (-w, -b)}


def gates_with_more():
    return {**gates_lists(), "NOR": ([-1, -1], 0.5)}


def gates_on_the_line():
    return {"AND": ([1, 1], -1), "OR": ([1, 1], 0), "NAND": ([-1, -1], 2)}


RIGHT = {
    "weighted_sum": [
        weighted_sum_loop,
        weighted_sum_dot,
        weighted_sum_strict_zip,
        weighted_sum_einsum,
        weighted_sum_float32,
        weighted_sum_bias_as_weight,
        weighted_sum_own_error,
    ],
    "perceptron": [
        perceptron_if,
        perceptron_numpy_int,
        perceptron_where,
        perceptron_heaviside,
        perceptron_uses_weighted_sum,
        perceptron_float32,
    ],
    "predict_all": [
        predict_all_loop,
        predict_all_filled,
        predict_all_product,
        predict_all_transposed,
        predict_all_einsum,
        predict_all_apply,
    ],
    "gate_parameters": [
        gates_lists,
        gates_arrays,
        gates_uneven,
        gates_by_negation,
        gates_with_more,
        gates_on_the_line,
    ],
}


def weighted_sum_changes_x(x, w, b):
    if len(x) != len(w):
        raise ValueError
    x *= w
    return float(x.sum() + b)


def weighted_sum_only_the_example(x, w, b):
    return 1.0


def weighted_sum_one_shape(x, w, b):
    return float(w[0] * x[0] + w[1] * x[1] + b)


def weighted_sum_zero_dim(x, w, b):
    return np.array(w @ x + b)


def weighted_sum_text(x, w, b):
    return str(w @ x + b)


def weighted_sum_absolute(x, w, b):
    if len(x) != len(w):
        raise ValueError
    return float(abs(w) @ x + b)


def weighted_sum_wrong_error(x, w, b):
    assert len(x) == len(w)
    return float(w @ x + b)


def perceptron_always(x, w, b):
    return 1


def perceptron_only_weights(x, w, b):
    return int(sum(w) > 0)


def perceptron_first_input(x, w, b):
    return int(w[0] * x[0] + b > 0)


def predict_all_square_only(X, w, b):
    return np.array([int(X[i] @ w + b > 0) for i in range(X.shape[1])])


def predict_all_reversed(X, w, b):
    return (X[::-1] @ w + b > 0).astype(int)


def predict_all_majority(X, w, b):
    y = (X @ w + b > 0).astype(int)
    return np.full(len(y), int(y.mean() > 0.5))


def predict_all_changes(X, w, b):
    X *= w
    return (X.sum(axis=1) + b > 0).astype(int)


def gates_no_numbers():
    return {"AND": "1 1 -1.5", "OR": "1 1 -0.5", "NAND": "-1 -1 1.5"}


def gates_lower_case():
    return {"and": ([1, 1], -1.5), "or": ([1, 1], -0.5), "nand": ([-1, -1], 1.5)}


def gates_bias_first():
    return {"AND": (-1.5, [1, 1]), "OR": (-0.5, [1, 1]), "NAND": (1.5, [-1, -1])}


def gates_three_numbers():
    return {"AND": (1, 1, -1.5), "OR": (1, 1, -0.5), "NAND": (-1, -1, 1.5)}


def gates_not_finite():
    return {"AND": ([1, 1], float("nan")), "OR": ([1, 1], float("inf")), "NAND": ([-1, -1], 1.5)}


# Wrong answers that match no declared misconception.
WRONG = {
    "weighted_sum": [
        weighted_sum_changes_x,
        weighted_sum_only_the_example,
        weighted_sum_one_shape,
        weighted_sum_zero_dim,
        weighted_sum_text,
        weighted_sum_absolute,
        weighted_sum_wrong_error,
    ],
    "perceptron": [perceptron_always, perceptron_only_weights, perceptron_first_input],
    "predict_all": [
        predict_all_square_only,
        predict_all_reversed,
        predict_all_majority,
        predict_all_changes,
    ],
    "gate_parameters": [
        gates_no_numbers,
        gates_lower_case,
        gates_bias_first,
        gates_three_numbers,
        gates_not_finite,
    ],
}
