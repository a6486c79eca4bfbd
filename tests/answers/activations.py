"""Unit 02. Each answer is one that a learner could hand in; none was written to fit the checks."""

from __future__ import annotations

import math

import numpy as np

import nnlib


def step_times_one(z):
    return 1.0 * (z > 0)


def step_heaviside(z):
    return np.heaviside(z, 0.0)


def step_where_taken_out(z):
    return np.where(z > 0, 1.0, 0.0)[()]


def step_loop(z):
    if isinstance(z, np.ndarray):
        return np.array([step_loop(entry) for entry in z])
    return 1.0 if z > 0 else 0.0


def step_vectorize(z):
    if np.ndim(z) == 0:
        return float(z > 0)
    return np.vectorize(lambda entry: 1.0 if entry > 0 else 0.0)(z)


def step_filled(z):
    a = np.zeros_like(z)
    a[np.asarray(z) > 0] = 1.0
    return a[()]


def step_float32(z):
    return np.float32(1) * (np.asarray(z) > 0)


def step_sign(z):
    return np.maximum(np.sign(z), 0.0)


def linear_same(z):
    return z


def linear_times_one(z):
    return 1.0 * z


def linear_copy(z):
    return z.copy() if isinstance(z, np.ndarray) else z


def linear_plus(z):
    return +z


def linear_difference(z):
    return np.maximum(z, 0.0) + np.minimum(z, 0.0)


def linear_float32(z):
    return np.float32(1) * np.asarray(z, dtype=np.float32)[()]


def linear_tolist(z):
    return np.array(z.tolist()) if isinstance(z, np.ndarray) else float(z)


def sigmoid_two_forms(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))[()]


def sigmoid_clipped(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def sigmoid_clipped_closer(z):
    return 1.0 / (1.0 + np.exp(np.minimum(-z, 60)))


def sigmoid_tanh(z):
    return 0.5 * (1 + np.tanh(z / 2))


def sigmoid_logaddexp(z):
    return np.exp(-np.logaddexp(0.0, -z))


def sigmoid_masks(z):
    z = np.asarray(z, dtype=float)
    a = np.empty_like(z)
    right = z >= 0
    a[right] = 1 / (1 + np.exp(-z[right]))
    e = np.exp(z[~right])
    a[~right] = e / (1 + e)
    return a[()]


def sigmoid_loop(z):
    if isinstance(z, np.ndarray):
        return np.array([sigmoid_loop(entry) for entry in z])
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


def sigmoid_errstate(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z)))


def sigmoid_float32(z):
    z = np.clip(np.asarray(z, dtype=np.float32), -80, 80)
    return (1 / (1 + np.exp(-z)))[()]


def relu_maximum(z):
    return np.maximum(0.0, z)


def relu_mask(z):
    return z * (z > 0)


def relu_clip(z):
    return np.clip(z, 0.0, None)


def relu_mean_of_two(z):
    return (z + np.abs(z)) / 2


def relu_where_taken_out(z):
    return np.where(z > 0, z, 0.0)[()]


def relu_copy(z):
    a = np.array(z)
    a[a < 0] = 0.0
    return a[()]


def relu_loop(z):
    if isinstance(z, np.ndarray):
        return np.array([relu_loop(entry) for entry in z])
    return z if z > 0 else 0.0


def relu_float32(z):
    return np.maximum(np.float32(0), np.asarray(z, dtype=np.float32))


def neuron_product(x, w, b, g):
    return g(w @ x + b)


def neuron_loop(x, w, b, g):
    z = b
    for xi, wi in zip(x, w, strict=True):
        z += xi * wi
    return float(g(z))


def neuron_weighted_sum(x, w, b, g):
    return g(nnlib.weighted_sum(x, w, b))


def neuron_einsum(x, w, b, g):
    return float(g(np.einsum("i,i", x, w) + b))


def neuron_array_and_item(x, w, b, g):
    return g(np.array([np.dot(x, w) + b]))[0]


def neuron_float32(x, w, b, g):
    return np.float32(g(np.float32(np.float32(w) @ np.float32(x) + np.float32(b))))


def linear_regression_product(X, w, b):
    return X @ w + b


def linear_regression_loop(X, w, b):
    return np.array([nnlib.neuron(x, w, b, nnlib.linear) for x in X])


def linear_regression_filled(X, w, b):
    y = np.empty(X.shape[0])
    for i in range(len(X)):
        y[i] = np.sum(X[i] * w) + b
    return y


def linear_regression_einsum(X, w, b):
    return np.einsum("nd,d->n", X, w) + b


def linear_regression_sum(X, w, b):
    return (X * w).sum(axis=1) + b


def linear_regression_transposed(X, w, b):
    return nnlib.linear(w @ X.T + b)


def linear_regression_float32(X, w, b):
    return X.astype(np.float32) @ w.astype(np.float32) + np.float32(b)


def logistic_regression_product(X, w, b):
    return nnlib.sigmoid(X @ w + b)


def logistic_regression_own_formula(X, w, b):
    return 1 / (1 + np.exp(-(X @ w + b)))


def logistic_regression_loop(X, w, b):
    return np.array([nnlib.neuron(x, w, b, nnlib.sigmoid) for x in X])


def logistic_regression_of_linear(X, w, b):
    return nnlib.sigmoid(nnlib.linear_regression(X, w, b))


def logistic_regression_bias_column(X, w, b):
    ones = np.ones((len(X), 1))
    return nnlib.sigmoid(np.hstack([X, ones]) @ np.append(w, b))


def logistic_regression_tanh(X, w, b):
    return (np.tanh((X @ w + b) / 2) + 1) / 2


def logistic_regression_float32(X, w, b):
    z = X.astype(np.float32) @ w.astype(np.float32) + np.float32(b)
    return 1 / (1 + np.exp(-z))


def collapse_product(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 + b2


def collapse_loops(W1, b1, W2, b2):
    n_2, n_1, n_0 = W2.shape[0], W1.shape[0], W1.shape[1]
    W, b = np.zeros((n_2, n_0)), np.zeros(n_2)
    for i in range(n_2):
        for j in range(n_1):
            for k in range(n_0):
                W[i, k] += W2[i, j] * W1[j, k]
            b[i] += W2[i, j] * b1[j]
        b[i] += b2[i]
    return W, b


def collapse_einsum(W1, b1, W2, b2):
    return np.einsum("ij,jk->ik", W2, W1), np.einsum("ij,j->i", W2, b1) + b2


def collapse_by_probing(W1, b1, W2, b2):
    def two_layers(x):
        return W2 @ (W1 @ x + b1) + b2

    b = two_layers(np.zeros(W1.shape[1]))
    return np.column_stack([two_layers(x) - b for x in np.eye(W1.shape[1])]), b


def collapse_bias_as_column(W1, b1, W2, b2):
    both = W2 @ np.column_stack([W1, b1])
    return both[:, :-1], both[:, -1] + b2


def collapse_transposed(W1, b1, W2, b2):
    return (W1.T @ W2.T).T, b1 @ W2.T + b2


def collapse_float32(W1, b1, W2, b2):
    W1, b1, W2, b2 = (np.asarray(array, dtype=np.float32) for array in (W1, b1, W2, b2))
    return np.dot(W2, W1), np.dot(W2, b1) + b2


def sigmoid_derivative_product(z):
    a = nnlib.sigmoid(z)
    return a * (1 - a)


def sigmoid_derivative_minus_square(z):
    a = 1 / (1 + np.exp(-z))
    return a - a**2


def sigmoid_derivative_both_sides(z):
    return nnlib.sigmoid(z) * nnlib.sigmoid(-z)


def sigmoid_derivative_quotient(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


def sigmoid_derivative_cosh(z):
    return 1 / (2 * np.cosh(z / 2)) ** 2


def sigmoid_derivative_difference(z):
    return (nnlib.sigmoid(z + 1e-5) - nnlib.sigmoid(z - 1e-5)) / 2e-5


def sigmoid_derivative_float32(z):
    a = np.asarray(nnlib.sigmoid(z), dtype=np.float32)[()]
    return a * (1 - a)


def relu_derivative_step(z):
    return nnlib.step(z)


def relu_derivative_of_a(z):
    return (nnlib.relu(z) > 0) * 1.0


def relu_derivative_filled(z):
    slope = np.ones_like(z, dtype=float)
    slope[np.asarray(z) <= 0] = 0.0
    return slope[()]


RIGHT = {
    "step": [
        step_times_one,
        step_heaviside,
        step_where_taken_out,
        step_loop,
        step_vectorize,
        step_filled,
        step_float32,
        step_sign,
    ],
    "linear": [
        linear_same,
        linear_times_one,
        linear_copy,
        linear_plus,
        linear_difference,
        linear_float32,
        linear_tolist,
    ],
    "sigmoid": [
        sigmoid_two_forms,
        sigmoid_clipped,
        sigmoid_clipped_closer,
        sigmoid_tanh,
        sigmoid_logaddexp,
        sigmoid_masks,
        sigmoid_loop,
        sigmoid_errstate,
        sigmoid_float32,
    ],
    "relu": [
        relu_maximum,
        relu_mask,
        relu_clip,
        relu_mean_of_two,
        relu_where_taken_out,
        relu_copy,
        relu_loop,
        relu_float32,
    ],
    "neuron": [
        neuron_product,
        neuron_loop,
        neuron_weighted_sum,
        neuron_einsum,
        neuron_array_and_item,
        neuron_float32,
    ],
    "linear_regression": [
        linear_regression_product,
        linear_regression_loop,
        linear_regression_filled,
        linear_regression_einsum,
        linear_regression_sum,
        linear_regression_transposed,
        linear_regression_float32,
    ],
    "logistic_regression": [
        logistic_regression_product,
        logistic_regression_own_formula,
        logistic_regression_loop,
        logistic_regression_of_linear,
        logistic_regression_bias_column,
        logistic_regression_tanh,
        logistic_regression_float32,
    ],
    "collapse_linear": [
        collapse_product,
        collapse_loops,
        collapse_einsum,
        collapse_by_probing,
        collapse_bias_as_column,
        collapse_transposed,
        collapse_float32,
    ],
    "sigmoid_derivative": [
        sigmoid_derivative_product,
        sigmoid_derivative_minus_square,
        sigmoid_derivative_both_sides,
        sigmoid_derivative_quotient,
        sigmoid_derivative_cosh,
        sigmoid_derivative_difference,
        sigmoid_derivative_float32,
    ],
    "relu_derivative": [
        relu_derivative_step,
        relu_derivative_of_a,
        relu_derivative_filled,
        step_times_one,
        step_heaviside,
        step_where_taken_out,
        step_loop,
        step_float32,
    ],
}


def step_always_one(z):
    return z * 0.0 + 1.0


def step_only_the_example(z):
    return np.array([0.0, 1.0, 1.0])


def step_only_one_axis(z):
    return np.array([1.0 if entry > 0 else 0.0 for entry in np.atleast_1d(z)])


def step_cuts_at_half(z):
    return 1.0 * (z > 0.5)


def step_changes(z):
    if isinstance(z, np.ndarray):
        z[:] = z > 0
        return z
    return float(z > 0)


def step_text(z):
    return str(nnlib.step(z))


def linear_doubles(z):
    return 2.0 * z


def linear_slope_and_offset(z):
    return 0.5 * z + 1.0


def linear_list(z):
    return np.asarray(z).tolist()


def linear_transposed(z):
    return np.transpose(z)[()]


def linear_reversed(z):
    return z[::-1] if np.ndim(z) else z


def linear_nothing(z):
    z * 1.0


def sigmoid_clipped_too_close(z):
    return 1 / (1 + np.exp(-np.clip(z, -5, 5)))


def sigmoid_base_two(z):
    return 1 / (1 + np.exp2(-np.clip(z, -500, 500)))


def sigmoid_steeper(z):
    return nnlib.sigmoid(2 * np.asarray(z))


def sigmoid_arctan(z):
    return 0.5 + np.arctan(z) / np.pi


def sigmoid_softsign(z):
    return 0.5 + 0.5 * z / (1 + np.abs(z))


def sigmoid_normal(z):
    return 1 / (1 + np.exp(-np.clip(1.702 * z, -500, 500)))


def sigmoid_one_axis(z):
    return np.array([nnlib.sigmoid(entry) for entry in np.ravel(z)])


def sigmoid_nan_to_num(z):
    return np.nan_to_num(np.exp(z) / (1 + np.exp(z)), nan=1.0)


def sigmoid_changes(z):
    if isinstance(z, np.ndarray):
        np.clip(z, -500, 500, out=z)
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def relu_six(z):
    return np.clip(z, 0.0, 6.0)


def relu_square(z):
    return np.maximum(z, 0.0) ** 2


def relu_shifted(z):
    return np.maximum(z - 0.5, 0.0)


def relu_drops(z):
    return z[z > 0] if isinstance(z, np.ndarray) else max(z, 0.0)


def relu_whole_numbers(z):
    return np.maximum(0, np.asarray(z).astype(int))[()]


def relu_changes_only_arrays(z):
    if isinstance(z, np.ndarray):
        z[z < 0] = 0.0
        return z
    return max(z, 0.0)


def neuron_first_input(x, w, b, g):
    return float(g(w[0] * x[0] + b))


def neuron_two_inputs(x, w, b, g):
    return float(g(w[0] * x[0] + w[1] * x[1] + b))


def neuron_only_the_example(x, w, b, g):
    return 1.5


def neuron_zero_dim(x, w, b, g):
    return np.array(g(w @ x + b))


def neuron_one_entry(x, w, b, g):
    return np.array([g(w @ x + b)])


def neuron_mean(x, w, b, g):
    return float(g(np.mean(w * x) + b))


def neuron_activates_each(x, w, b, g):
    return float(np.sum(g(w * x + b)))


def neuron_whole_number(x, w, b, g):
    return int(g(w @ x + b))


def neuron_changes(x, w, b, g):
    x *= w
    return float(g(x.sum() + b))


def linear_regression_square_only(X, w, b):
    return np.array([float(X[i] @ w + b) for i in range(X.shape[1])])


def linear_regression_fits(X, w, b):
    return X @ np.linalg.pinv(X) @ (X @ w) + 2 * b


def linear_regression_changes(X, w, b):
    X *= w
    return X.sum(axis=1) + b


def linear_regression_reversed(X, w, b):
    return (X[::-1] @ w) + b


def linear_regression_rounds(X, w, b):
    return np.round(X @ w + b)


def linear_regression_misses_the_last(X, w, b):
    return np.array([x @ w + b for x in X[:-1]])


def linear_regression_first_input(X, w, b):
    return X[:, 0] * w[0] + b


def logistic_regression_square_only(X, w, b):
    return np.array([nnlib.sigmoid(X[i] @ w + b) for i in range(X.shape[1])])


def logistic_regression_softmax(X, w, b):
    e = np.exp(X @ w + b)
    return e / e.sum()


def logistic_regression_per_input(X, w, b):
    return nnlib.sigmoid(X * w + b).mean(axis=1)


def logistic_regression_list(X, w, b):
    return [nnlib.neuron(x, w, b, nnlib.sigmoid) for x in X]


def logistic_regression_sigmoid_twice(X, w, b):
    return nnlib.sigmoid(nnlib.sigmoid(X @ w + b))


def logistic_regression_changes(X, w, b):
    X *= w
    return nnlib.sigmoid(X.sum(axis=1) + b)


def logistic_regression_clips(X, w, b):
    return np.clip(X @ w + b, 0.0, 1.0)


def collapse_square_only(W1, b1, W2, b2):
    return np.array([[W2[i] @ W1[:, j] for j in range(len(W2))] for i in range(len(W2))]), W2 @ b1 + b2


def collapse_one_output(W1, b1, W2, b2):
    return W2[:1] @ W1, W2[:1] @ b1 + b2[:1]


def collapse_bias_transposed(W1, b1, W2, b2):
    return W2 @ W1, W2.T @ b1 + b2


def collapse_with_relu(W1, b1, W2, b2):
    return W2 @ np.maximum(W1, 0), W2 @ np.maximum(b1, 0) + b2


def collapse_swapped_pair(W1, b1, W2, b2):
    return W2 @ b1 + b2, W2 @ W1


def collapse_list(W1, b1, W2, b2):
    return (W2 @ W1).tolist(), (W2 @ b1 + b2).tolist()


def collapse_changes(W1, b1, W2, b2):
    b2 += W2 @ b1
    return W2 @ W1, b2


def collapse_only_the_example(W1, b1, W2, b2):
    return np.array([[3.0, 2.0]]), np.array([2.5])


def sigmoid_derivative_coarse(z):
    return nnlib.sigmoid(z + 0.5) - nnlib.sigmoid(z - 0.5)


def sigmoid_derivative_largest_is_one(z):
    return 4 * nnlib.sigmoid_derivative(z)


def sigmoid_derivative_bell(z):
    return 0.25 * np.exp(-(z**2) / 4)


def sigmoid_derivative_quarter(z):
    return np.full(np.shape(z), 0.25)[()]


def sigmoid_derivative_sum(z):
    return float(np.sum(nnlib.sigmoid_derivative(z)))


def sigmoid_derivative_one_sided(z):
    return (nnlib.sigmoid(z + 0.01) - nnlib.sigmoid(z)) / 0.01


def sigmoid_derivative_changes(z):
    if isinstance(z, np.ndarray):
        z[...] = nnlib.sigmoid(z)
        return z * (1 - z)
    return nnlib.sigmoid_derivative(z)


def relu_derivative_leaks(z):
    return np.where(z > 0, 1.0, 0.01)[()]


def relu_derivative_of_leak_at_left(z):
    return 1.0 * (z > -0.5)


# Wrong answers that match no declared misconception.
WRONG = {
    "step": [
        step_always_one,
        step_only_the_example,
        step_only_one_axis,
        step_cuts_at_half,
        step_changes,
        step_text,
    ],
    "linear": [
        linear_doubles,
        linear_slope_and_offset,
        linear_list,
        linear_transposed,
        linear_reversed,
        linear_nothing,
    ],
    "sigmoid": [
        sigmoid_clipped_too_close,
        sigmoid_base_two,
        sigmoid_steeper,
        sigmoid_arctan,
        sigmoid_softsign,
        sigmoid_normal,
        sigmoid_one_axis,
        sigmoid_nan_to_num,
        sigmoid_changes,
    ],
    "relu": [
        relu_six,
        relu_square,
        relu_shifted,
        relu_drops,
        relu_whole_numbers,
        relu_changes_only_arrays,
    ],
    "neuron": [
        neuron_first_input,
        neuron_two_inputs,
        neuron_only_the_example,
        neuron_zero_dim,
        neuron_one_entry,
        neuron_mean,
        neuron_activates_each,
        neuron_whole_number,
        neuron_changes,
    ],
    "linear_regression": [
        linear_regression_square_only,
        linear_regression_fits,
        linear_regression_changes,
        linear_regression_reversed,
        linear_regression_rounds,
        linear_regression_misses_the_last,
        linear_regression_first_input,
    ],
    "logistic_regression": [
        logistic_regression_square_only,
        logistic_regression_softmax,
        logistic_regression_per_input,
        logistic_regression_list,
        logistic_regression_sigmoid_twice,
        logistic_regression_changes,
        logistic_regression_clips,
    ],
    "collapse_linear": [
        collapse_square_only,
        collapse_one_output,
        collapse_bias_transposed,
        collapse_with_relu,
        collapse_swapped_pair,
        collapse_list,
        collapse_changes,
        collapse_only_the_example,
    ],
    "sigmoid_derivative": [
        sigmoid_derivative_coarse,
        sigmoid_derivative_largest_is_one,
        sigmoid_derivative_bell,
        sigmoid_derivative_quarter,
        sigmoid_derivative_sum,
        sigmoid_derivative_one_sided,
        sigmoid_derivative_changes,
    ],
    "relu_derivative": [
        relu_derivative_leaks,
        relu_derivative_of_leak_at_left,
        step_only_one_axis,
        step_changes,
        step_cuts_at_half,
    ],
}
