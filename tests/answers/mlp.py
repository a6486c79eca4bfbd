"""Unit 03. Each answer is one that a learner could hand in; none was written to fit the checks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

import nnlib


def hidden_neuron_by_neuron(x, W, b, g):
    a = []
    for w_j, b_j in zip(W, b, strict=True):
        a.append(nnlib.neuron(x, w_j, b_j, g))
    return np.array(a)


def hidden_filled(x, W, b, g):
    a = np.zeros(W.shape[0])
    for j in range(W.shape[0]):
        z = b[j]
        for k in range(W.shape[1]):
            z += W[j, k] * x[k]
        a[j] = g(z)
    return a


def hidden_product(x, W, b, g):
    return g(W @ x + b)


def hidden_einsum(x, W, b, g):
    return np.array(g(np.einsum("jk,k->j", W, x) + b))


def hidden_rows_summed(x, W, b, g):
    return g((W * x).sum(axis=1) + b)


def hidden_float32(x, W, b, g):
    z = np.float32(W) @ np.float32(x) + np.float32(b)
    return np.asarray(g(z), dtype=np.float32)


def hidden_other_side(x, W, b, g):
    return g(x @ W.T + b)


def hidden_bias_as_weight(x, W, b, g):
    return g(np.column_stack([W, b]) @ np.append(x, 1.0))


def forward_calls(x, W1, b1, W2, b2, g_hidden, g_output):
    a1 = nnlib.hidden_activations(x, W1, b1, g_hidden)
    return nnlib.hidden_activations(a1, W2, b2, g_output)


def forward_products(x, W1, b1, W2, b2, g_hidden, g_output):
    return g_output(W2 @ g_hidden(W1 @ x + b1) + b2)


def forward_loop_over_layers(x, W1, b1, W2, b2, g_hidden, g_output):
    a = x
    for W, b, g in [(W1, b1, g_hidden), (W2, b2, g_output)]:
        a = g(np.dot(W, a) + b)
    return a


def forward_neurons(x, W1, b1, W2, b2, g_hidden, g_output):
    a1 = np.array([g_hidden(np.sum(W1[j] * x) + b1[j]) for j in range(len(b1))])
    return np.array([g_output(np.sum(W2[j] * a1) + b2[j]) for j in range(len(b2))])


def forward_einsum(x, W1, b1, W2, b2, g_hidden, g_output):
    a1 = g_hidden(np.einsum("jk,k->j", W1, x) + b1)
    return g_output(np.einsum("ij,j->i", W2, a1) + b2)


def forward_batch_of_one(x, W1, b1, W2, b2, g_hidden, g_output):
    A1 = g_hidden(x[None, :] @ W1.T + b1)
    return g_output(A1 @ W2.T + b2)[0]


def forward_float32(x, W1, b1, W2, b2, g_hidden, g_output):
    x, W1, b1, W2, b2 = (np.asarray(v, dtype=np.float32) for v in (x, W1, b1, W2, b2))
    return np.asarray(g_output(W2 @ np.float32(g_hidden(W1 @ x + b1)) + b2), dtype=np.float32)


def depth_length(layer_sizes):
    return len(layer_sizes) - 1


def depth_without_input(layer_sizes):
    return len(layer_sizes[1:])


def depth_counted(layer_sizes):
    depth = 0
    for _ in layer_sizes[1:]:
        depth += 1
    return depth


def depth_pairs(layer_sizes):
    return sum(1 for _ in pairwise(layer_sizes))


def depth_numpy_int(layer_sizes):
    return np.int64(np.asarray(layer_sizes).size - 1)


def depth_hidden_and_output(layer_sizes):
    _, *hidden, _output = layer_sizes
    return len(hidden) + 1


def parameters_pairs(layer_sizes):
    return sum(m * n + n for m, n in pairwise(layer_sizes))


def parameters_index(layer_sizes):
    total = 0
    for i in range(1, len(layer_sizes)):
        weights = layer_sizes[i] * layer_sizes[i - 1]
        biases = layer_sizes[i]
        total += weights + biases
    return total


def parameters_numpy(layer_sizes):
    n = np.array(layer_sizes)
    return np.sum((n[:-1] + 1) * n[1:])


def parameters_dot(layer_sizes):
    return int(np.dot(layer_sizes[1:], layer_sizes[:-1])) + sum(layer_sizes[1:])


def parameters_of_arrays(layer_sizes):
    count, previous = 0, layer_sizes[0]
    for n in layer_sizes[1:]:
        count += np.zeros((n, previous)).size + np.zeros(n).size
        previous = n
    return count


def parameters_recursive(layer_sizes):
    if len(layer_sizes) == 1:
        return 0
    return layer_sizes[1] * (layer_sizes[0] + 1) + parameters_recursive(layer_sizes[1:])


def parameters_shapes(layer_sizes):
    return sum(int(np.prod(W)) + b[0] for W, b in nnlib.layer_shapes(layer_sizes))


def xor_lists():
    return [[1, 1], [-1, -1]], [-0.5, 1.5], [[1, 1]], [-1.5]


def xor_arrays_other_order():
    return (
        np.array([[-2.0, -2.0], [2.0, 2.0]]),
        np.array([3.0, -1.0]),
        np.array([[1.0, 1.0]]),
        np.array([-1.2]),
    )


def xor_or_but_not_and():
    return np.array([[1, 1], [1, 1]]), np.array([-0.5, -1.5]), np.array([[1, -1]]), np.array([-0.5])


def xor_one_alone_each():
    return [
        np.array([[1.0, -1.0], [-1.0, 1.0]]),
        np.array([-0.5, -0.5]),
        np.array([[1.0, 1.0]]),
        np.array([-0.5]),
    ]


def xor_or_but_not_and_at_zero():
    return ([[1, 1], [1, 1]], [0, -1], [[1, -1]], [0])


def xor_neither_nor_both():
    W1 = np.array([[1, 1], [-1, -1]], dtype=np.float32)
    return W1, np.array([-1.5, 0.5], dtype=np.float32), np.array([[-1, -1]]), np.array([0.5])


def xor_uneven():
    return [[0.3, 0.4], [5.0, 7.0]], [-0.2, -9.5], [(2.0, -3.5)], [np.float64(-1.0)]


def dropout_mask(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("rate must be in [0, 1)")
    return a * (rng.random(a.shape) >= rate) / (1 - rate)


def dropout_where(a, rate, rng):
    if rate < 0 or rate >= 1:
        raise ValueError
    return np.where(rng.random(a.shape) < rate, 0.0, a / (1 - rate))


def dropout_copy(a, rate, rng):
    if rate < 0 or rate >= 1:
        raise ValueError(rate)
    out = np.array(a, dtype=float)
    out[rng.uniform(size=a.shape) < rate] = 0
    return out / (1 - rate)


def dropout_binomial(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("no such rate")
    return rng.binomial(1, 1 - rate, size=a.shape) / (1 - rate) * a


def dropout_choice(a, rate, rng):
    if not (rate >= 0 and rate < 1):
        raise ValueError("no such rate")
    keep = rng.choice([0, 1], size=a.shape, p=[rate, 1 - rate])
    return a * keep / (1 - rate)


def dropout_loop(a, rate, rng):
    if rate < 0 or rate >= 1:
        raise ValueError("no such rate")
    flat = a.flatten()
    for i in range(len(flat)):
        flat[i] = flat[i] / (1 - rate) if rng.random() >= rate else 0
    return flat.reshape(a.shape)


def dropout_last_entry_first(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("no such rate")
    keep = (rng.random(a.size) > rate)[::-1].reshape(a.shape)
    return np.multiply(a, keep) / (1.0 - rate)


def dropout_upper_end(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("no such rate")
    return np.where(rng.random(a.shape) < 1 - rate, a, 0) / (1 - rate)


def dropout_float32(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("no such rate")
    draws = rng.random(a.shape, dtype=np.float32)
    return (a.astype(np.float32) * (draws >= rate) / np.float32(1 - rate)).astype(np.float32)


def dropout_nothing_to_do(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("no such rate")
    if rate == 0:
        return a
    return dropout_mask(a, rate, rng)


def dropout_exponential_clock(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError("no such rate")
    survives = rng.standard_exponential(a.shape) >= -np.log1p(-rate)
    return a * survives / (1 - rate)


RIGHT = {
    "hidden_activations": [
        hidden_neuron_by_neuron,
        hidden_filled,
        hidden_product,
        hidden_einsum,
        hidden_rows_summed,
        hidden_float32,
        hidden_other_side,
        hidden_bias_as_weight,
    ],
    "two_layer_forward": [
        forward_calls,
        forward_products,
        forward_loop_over_layers,
        forward_neurons,
        forward_einsum,
        forward_batch_of_one,
        forward_float32,
    ],
    "network_depth": [
        depth_length,
        depth_without_input,
        depth_counted,
        depth_pairs,
        depth_numpy_int,
        depth_hidden_and_output,
    ],
    "count_parameters": [
        parameters_pairs,
        parameters_index,
        parameters_numpy,
        parameters_dot,
        parameters_of_arrays,
        parameters_recursive,
        parameters_shapes,
    ],
    "xor_parameters": [
        xor_lists,
        xor_arrays_other_order,
        xor_or_but_not_and,
        xor_one_alone_each,
        xor_or_but_not_and_at_zero,
        xor_neither_nor_both,
        xor_uneven,
    ],
    "dropout": [
        dropout_mask,
        dropout_where,
        dropout_copy,
        dropout_binomial,
        dropout_choice,
        dropout_loop,
        dropout_last_entry_first,
        dropout_upper_end,
        dropout_float32,
        dropout_nothing_to_do,
        dropout_exponential_clock,
    ],
}


def hidden_only_the_example(x, W, b, g):
    return np.array([1.0, 3.0, 0.0])


def hidden_two_inputs(x, W, b, g):
    return np.array([float(g(W[j, 0] * x[0] + W[j, 1] * x[1] + b[j])) for j in range(len(b))])


def hidden_sideways_if_square(x, W, b, g):
    if W.shape[0] == W.shape[1]:
        W = W.T
    return g(W @ x + b)


def hidden_changes_b(x, W, b, g):
    for j in range(len(b)):
        b[j] += W[j] @ x
    return g(b) + 0.0


def hidden_passes_on(x, W, b, g):
    a, last = [], 0.0
    for w_j, b_j in zip(W, b, strict=True):
        last = float(g(w_j @ x + b_j + last))
        a.append(last)
    return np.array(a)


def hidden_whole_numbers(x, W, b, g):
    a = np.zeros(len(b), dtype=int)
    a[:] = g(W @ x + b)
    return a


def hidden_not_negative(x, W, b, g):
    return np.abs(g(W @ x + b))


def forward_only_the_example(x, W1, b1, W2, b2, g_hidden, g_output):
    return np.array([2.5])


def forward_one_output(x, W1, b1, W2, b2, g_hidden, g_output):
    a1 = g_hidden(W1 @ x + b1)
    return np.array([float(g_output(W2[0] @ a1 + b2[0]))])


def forward_two_hidden_units(x, W1, b1, W2, b2, g_hidden, g_output):
    a1 = g_hidden(W1[:2] @ x + b1[:2])
    return g_output(W2[:, :2] @ a1 + b2)


def forward_always_sigmoid(x, W1, b1, W2, b2, g_hidden, g_output):
    return nnlib.sigmoid(W2 @ g_hidden(W1 @ x + b1) + b2)


def forward_adds_the_input(x, W1, b1, W2, b2, g_hidden, g_output):
    return g_output(W2 @ (g_hidden(W1 @ x + b1) + x.mean()) + b2)


def forward_in_place(x, W1, b1, W2, b2, g_hidden, g_output):
    b1 += W1 @ x
    b2 += W2 @ g_hidden(b1)
    return g_output(b2)


def depth_three(layer_sizes):
    return 3


def depth_wide_layers(layer_sizes):
    return sum(n > 1 for n in layer_sizes)


def depth_pops(layer_sizes):
    layer_sizes.pop(0)
    return len(layer_sizes)


def depth_text(layer_sizes):
    return str(len(layer_sizes) - 1)


def depth_bool(layer_sizes):
    return len(layer_sizes) > 2


def depth_last(layer_sizes):
    return layer_sizes[1]


def parameters_of_the_example(layer_sizes):
    return 25


def parameters_of_three_layers(layer_sizes):
    a, b, c, *_ = (*layer_sizes, 0, 0)
    return a * b + b + b * c + c


def parameters_all_alike(layer_sizes):
    n = layer_sizes[1]
    return (len(layer_sizes) - 1) * n * (n + 1)


def parameters_pops(layer_sizes):
    total = 0
    while len(layer_sizes) > 1:
        n = layer_sizes.pop()
        total += n * (layer_sizes[-1] + 1)
    return total


def parameters_by_layer(layer_sizes):
    return [n * (m + 1) for m, n in pairwise(layer_sizes)]


def parameters_both_ways(layer_sizes):
    return sum(2 * m * n + n for m, n in pairwise(layer_sizes))


def xor_flat_output():
    return [[1, 1], [-1, -1]], [-0.5, 1.5], [1, 1], -1.5


def xor_wrong_order():
    return [[1, 1], [-1, -1]], [[1, 1]], [-0.5, 1.5], [-1.5]


def xor_dictionary():
    return {"W1": [[1, 1], [-1, -1]], "b1": [-0.5, 1.5], "W2": [[1, 1]], "b2": [-1.5]}


def xor_not_finite():
    return [[1, 1], [-1, -1]], [-0.5, 1.5], [[1, 1]], [float("nan")]


def xor_one_neuron():
    return [1, 1], -0.5


def xor_table():
    return [0, 1, 1, 0]


def xor_near_miss():
    return [[1, 1], [-1, -1]], [-0.5, 2.5], [[1, 1]], [-1.5]


def dropout_fixed_number(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    out = a / (1 - rate)
    gone = rng.choice(a.size, size=int(rate * a.size), replace=False)
    out.flat[gone] = 0
    return out


def dropout_rounded_number(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    mask = np.arange(a.size) >= round(rate * a.size)
    rng.shuffle(mask)
    return a * mask.reshape(a.shape) / (1 - rate)


def dropout_pairs(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    keep = np.repeat(rng.random((a.size + 1) // 2) >= rate, 2)[: a.size]
    return a * keep.reshape(a.shape) / (1 - rate)


def dropout_normal_draws(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    return a * (rng.normal(size=a.shape) >= rate) / (1 - rate)


def dropout_rows(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    keep = rng.random(len(a)) >= rate
    return a * keep.reshape(-1, *[1] * (a.ndim - 1)) / (1 - rate)


def dropout_first_entries(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    keep = np.arange(a.size) >= rate * a.size
    return a * keep.reshape(a.shape) / (1 - rate)


def dropout_half(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    return a * (rng.random(a.shape) >= 0.5) * 2


def dropout_keeps_the_sum(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    keep = rng.random(a.shape) >= rate
    return a * keep * (a.size / max(1, keep.sum()))


def dropout_assertion(a, rate, rng):
    assert 0 <= rate < 1
    return a * (rng.random(a.shape) >= rate) / (1 - rate)


def dropout_mask_alone(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    return (rng.random(a.shape) >= rate) / (1 - rate)


def dropout_flat(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    return a.ravel() * (rng.random(a.size) >= rate) / (1 - rate)


def dropout_positive_only(a, rate, rng):
    if not 0 <= rate < 1:
        raise ValueError
    return np.maximum(a, 0) * (rng.random(a.shape) >= rate) / (1 - rate)


# Wrong answers that match no declared misconception.
WRONG = {
    "hidden_activations": [
        hidden_only_the_example,
        hidden_two_inputs,
        hidden_sideways_if_square,
        hidden_changes_b,
        hidden_passes_on,
        hidden_whole_numbers,
        hidden_not_negative,
    ],
    "two_layer_forward": [
        forward_only_the_example,
        forward_one_output,
        forward_two_hidden_units,
        forward_always_sigmoid,
        forward_adds_the_input,
        forward_in_place,
    ],
    "network_depth": [depth_three, depth_wide_layers, depth_pops, depth_text, depth_bool, depth_last],
    "count_parameters": [
        parameters_of_the_example,
        parameters_of_three_layers,
        parameters_all_alike,
        parameters_pops,
        parameters_by_layer,
        parameters_both_ways,
    ],
    "xor_parameters": [
        xor_flat_output,
        xor_wrong_order,
        xor_dictionary,
        xor_not_finite,
        xor_one_neuron,
        xor_table,
        xor_near_miss,
    ],
    "dropout": [
        dropout_fixed_number,
        dropout_rounded_number,
        dropout_pairs,
        dropout_normal_draws,
        dropout_rows,
        dropout_first_entries,
        dropout_half,
        dropout_keeps_the_sum,
        dropout_assertion,
        dropout_mask_alone,
        dropout_flat,
        dropout_positive_only,
    ],
}
