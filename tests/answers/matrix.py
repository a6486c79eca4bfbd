"""Unit 04. Each answer is one that a learner could hand in; none was written to fit the checks."""

from __future__ import annotations

from functools import reduce
from itertools import accumulate, pairwise

import numpy as np

import nnlib


def layer_shapes_loop(layer_sizes):
    shapes = []
    for i in range(1, len(layer_sizes)):
        shapes.append(((layer_sizes[i], layer_sizes[i - 1]), (layer_sizes[i],)))
    return shapes


def layer_shapes_enumerate(layer_sizes):
    return [((n_out, layer_sizes[i]), (n_out,)) for i, n_out in enumerate(layer_sizes[1:])]


def layer_shapes_of_arrays(layer_sizes):
    made = [(np.zeros((b, a)), np.zeros(b)) for a, b in pairwise(layer_sizes)]
    return [(W.shape, b.shape) for W, b in made]


def layer_shapes_numpy_ints(layer_sizes):
    sizes = np.array(layer_sizes)
    return [((sizes[i + 1], sizes[i]), (sizes[i + 1],)) for i in range(len(sizes) - 1)]


def layer_shapes_map(layer_sizes):
    return list(map(lambda a, b: ((b, a), (b,)), layer_sizes[:-1], layer_sizes[1:]))


def layer_shapes_recursive(layer_sizes):
    if len(layer_sizes) < 2:
        return []
    first, second = layer_sizes[:2]
    return [((second, first), (second,)), *layer_shapes_recursive(layer_sizes[1:])]


def layer_forward_product(A_prev, W, b, g):
    Z = A_prev @ W.T + b
    return Z, g(Z)


def layer_forward_loops(A_prev, W, b, g):
    n, n_out = len(A_prev), len(W)
    Z, A = np.zeros((n, n_out)), np.zeros((n, n_out))
    for s in range(n):
        for j in range(n_out):
            z = b[j]
            for k in range(A_prev.shape[1]):
                z += W[j, k] * A_prev[s, k]
            Z[s, j] = z
            A[s, j] = g(z)
    return Z, A


def layer_forward_rows(A_prev, W, b, g):
    Z = np.array([W @ a + b for a in A_prev])
    return Z, np.array([g(z) for z in Z])


def layer_forward_columns(A_prev, W, b, g):
    Z = np.column_stack([A_prev @ w + b_j for w, b_j in zip(W, b, strict=True)])
    return (Z, g(Z))


def layer_forward_einsum(A_prev, W, b, g):
    Z = np.einsum("nk,jk->nj", A_prev, W) + b
    return Z, g(Z)


def layer_forward_transposed(A_prev, W, b, g):
    Z = (W @ A_prev.T + b.reshape(-1, 1)).T
    return Z, g(Z)


def layer_forward_float32(A_prev, W, b, g):
    Z = A_prev.astype(np.float32) @ W.T.astype(np.float32) + b.astype(np.float32)
    return Z, g(Z)


def layer_forward_bias_in_the_matrix(A_prev, W, b, g):
    Z = np.hstack([A_prev, np.ones((len(A_prev), 1))]) @ np.column_stack([W, b]).T
    return Z, g(Z)


def layer_forward_stretched(A_prev, W, b, g):
    Z = np.sum(A_prev[:, None, :] * W[None, :, :], axis=2)
    Z += b
    return Z, g(Z.copy())


def layer_forward_inner(A_prev, W, b, g):
    Z = np.add(np.inner(A_prev, W), np.tile(b, (len(A_prev), 1)))
    return Z, np.asarray(g(Z))


def forward_append(X, weights, biases, activations):
    A = [X]
    for W, b, g in zip(weights, biases, activations, strict=True):
        A.append(g(A[-1] @ W.T + b))
    return A


def forward_uses_layer_forward(X, weights, biases, activations):
    A = X
    result = [A]
    for i in range(len(weights)):
        _, A = nnlib.layer_forward(A, weights[i], biases[i], activations[i])
        result.append(A)
    return result


def forward_recursive(X, weights, biases, activations):
    if not weights:
        return [X]
    A = activations[0](X @ weights[0].T + biases[0])
    return [X, *forward_recursive(A, weights[1:], biases[1:], activations[1:])]


def forward_accumulate(X, weights, biases, activations):
    layers = zip(weights, biases, activations, strict=True)
    return list(accumulate(layers, lambda A, layer: layer[2](A @ layer[0].T + layer[1]), initial=X))


def forward_loops(X, weights, biases, activations):
    A = [X.copy()]
    for i in range(len(weights)):
        rows = [
            [activations[i](weights[i][j] @ a + biases[i][j]) for j in range(len(biases[i]))] for a in A[i]
        ]
        A.append(np.array(rows))
    return A


def forward_float32(X, weights, biases, activations):
    A = [X.astype(np.float32)]
    for W, b, g in zip(weights, biases, activations, strict=True):
        A.append(g(A[-1] @ W.astype(np.float32).T + b.astype(np.float32)).astype(np.float32))
    return A


def forward_filled(X, weights, biases, activations):
    A = [None] * (len(weights) + 1)
    A[0] = np.array(X)
    for i, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
        A[i] = activations[i - 1](np.einsum("nk,jk->nj", A[i - 1], W) + b)
    return A


def multiply_adds_loop(layer_sizes, n):
    total = 0
    for i in range(len(layer_sizes) - 1):
        total += layer_sizes[i] * layer_sizes[i + 1] * n
    return total


def multiply_adds_pairwise(layer_sizes, n):
    return n * sum(a * b for a, b in pairwise(layer_sizes))


def multiply_adds_dot(layer_sizes, n):
    sizes = np.array(layer_sizes)
    return sizes[:-1] @ sizes[1:] * n


def multiply_adds_uses_shapes(layer_sizes, n):
    return sum(rows * columns for (rows, columns), _ in nnlib.layer_shapes(layer_sizes)) * n


def multiply_adds_from_parameters(layer_sizes, n):
    return (nnlib.count_parameters(layer_sizes) - sum(layer_sizes[1:])) * n


def multiply_adds_counted_sample_by_sample(layer_sizes, n):
    total = 0
    for _ in range(n):
        for n_in, n_out in pairwise(layer_sizes):
            total += n_in * n_out
    return int(total)


def multiply_adds_reduce(layer_sizes, n):
    return n * reduce(lambda total, pair: total + pair[0] * pair[1], pairwise(layer_sizes), 0)


RIGHT = {
    "layer_shapes": [
        layer_shapes_loop,
        layer_shapes_enumerate,
        layer_shapes_of_arrays,
        layer_shapes_numpy_ints,
        layer_shapes_map,
        layer_shapes_recursive,
    ],
    "layer_forward": [
        layer_forward_product,
        layer_forward_loops,
        layer_forward_rows,
        layer_forward_columns,
        layer_forward_einsum,
        layer_forward_transposed,
        layer_forward_float32,
        layer_forward_bias_in_the_matrix,
        layer_forward_stretched,
        layer_forward_inner,
    ],
    "forward": [
        forward_append,
        forward_uses_layer_forward,
        forward_recursive,
        forward_accumulate,
        forward_loops,
        forward_float32,
        forward_filled,
    ],
    "multiply_adds": [
        multiply_adds_loop,
        multiply_adds_pairwise,
        multiply_adds_dot,
        multiply_adds_uses_shapes,
        multiply_adds_from_parameters,
        multiply_adds_counted_sample_by_sample,
        multiply_adds_reduce,
    ],
}


def layer_shapes_square_only(layer_sizes):
    return [((size, size), (size,)) for size in layer_sizes[1:]]


def layer_shapes_only_the_example(layer_sizes):
    return [((3, 2), (3,)), ((1, 3), (1,))]


def layer_shapes_backwards(layer_sizes):
    return nnlib.layer_shapes(layer_sizes)[::-1]


def layer_shapes_tuple(layer_sizes):
    return tuple(nnlib.layer_shapes(layer_sizes))


def layer_shapes_text(layer_sizes):
    return str(nnlib.layer_shapes(layer_sizes))


def layer_shapes_uses_up_its_argument(layer_sizes):
    shapes = []
    while len(layer_sizes) > 1:
        n_in = layer_sizes.pop(0)
        shapes.append(((layer_sizes[0], n_in), (layer_sizes[0],)))
    return shapes


def layer_forward_as_many_neurons_as_inputs(A_prev, W, b, g):
    Z = np.zeros(A_prev.shape)
    for j in range(A_prev.shape[1]):
        Z[:, j] = A_prev @ W[j] + b[j]
    return Z, g(Z)


def layer_forward_as_many_rows_as_inputs(A_prev, W, b, g):
    Z = np.zeros((A_prev.shape[1], len(W)))
    for s in range(A_prev.shape[1]):
        Z[s] = W @ A_prev[s] + b
    return Z, g(Z)


def layer_forward_only_relu(A_prev, W, b, g):
    Z = A_prev @ W.T + b
    return Z, np.maximum(Z, 0.0)


def layer_forward_only_two_inputs(A_prev, W, b, g):
    Z = A_prev[:, :1] * W[:, 0] + A_prev[:, 1:2] * W[:, 1] + b if W.shape[1] > 1 else A_prev * W[:, 0] + b
    return Z, g(Z)


def layer_forward_first_bias(A_prev, W, b, g):
    Z = A_prev @ W.T + b[0]
    return Z, g(Z)


def layer_forward_changes_the_bias(A_prev, W, b, g):
    Z = A_prev @ W.T + b
    b += 1
    return Z, g(Z)


def layer_forward_changes_the_batch(A_prev, W, b, g):
    Z = A_prev @ W.T + b
    A_prev[:] = 0.0
    return Z, g(Z)


def layer_forward_lists(A_prev, W, b, g):
    Z = A_prev @ W.T + b
    return Z.tolist(), g(Z).tolist()


def layer_forward_reshapes(A_prev, W, b, g):
    Z = A_prev @ W.reshape(W.shape[::-1]) + b
    return Z, g(Z)


def layer_forward_squeezes(A_prev, W, b, g):
    Z = np.squeeze(A_prev @ W.T + b)
    return Z, g(Z)


def layer_forward_activation_of_each_row_sorted(A_prev, W, b, g):
    Z = np.sort(A_prev @ W.T + b, axis=1)
    return Z, g(Z)


def forward_two_layers_only(X, weights, biases, activations):
    A1 = activations[0](X @ weights[0].T + biases[0])
    A2 = activations[-1](A1 @ weights[-1].T + biases[-1])
    return [X, A1, A2]


def forward_only_square(X, weights, biases, activations):
    A = [X]
    for W, b, g in zip(weights, biases, activations, strict=True):
        A.append(
            g(np.array([[a @ W[j, : len(W)] + b[j] for j in range(len(W))] for a in A[-1][:, : len(W)]]))
        )
    return A


def forward_transposes_on_complaint(X, weights, biases, activations):
    A = [X]
    for W, b, g in zip(weights, biases, activations, strict=True):
        W = W if A[-1].shape[1] == W.shape[0] else W.T
        A.append(g(A[-1] @ W + b))
    return A


def forward_ones_for_input(X, weights, biases, activations):
    return [np.ones_like(X), *nnlib.forward(X, weights, biases, activations)[1:]]


def forward_backwards(X, weights, biases, activations):
    return nnlib.forward(X, weights, biases, activations)[::-1]


def forward_transposes_in_place(X, weights, biases, activations):
    A = [X]
    for i in range(len(weights)):
        weights[i] = weights[i].T
        A.append(activations[i](A[-1] @ weights[i] + biases[i]))
    return A


def forward_changes_biases(X, weights, biases, activations):
    A = nnlib.forward(X, weights, biases, activations)
    for b in biases:
        b *= 0.9
    return A


def forward_one_array(X, weights, biases, activations):
    return np.hstack(nnlib.forward(X, weights, biases, activations))


def multiply_adds_only_the_example(layer_sizes, n):
    return 90


def multiply_adds_three_sizes(layer_sizes, n):
    n_0, n_1, n_2 = layer_sizes
    return n * (n_0 * n_1 + n_1 * n_2)


def multiply_adds_square_only(layer_sizes, n):
    return n * (len(layer_sizes) - 1) * layer_sizes[0] ** 2


def multiply_adds_text(layer_sizes, n):
    return str(nnlib.multiply_adds(layer_sizes, n))


def multiply_adds_array(layer_sizes, n):
    return np.array(nnlib.multiply_adds(layer_sizes, n))


def multiply_adds_each_layer(layer_sizes, n):
    return [n * a * b for a, b in pairwise(layer_sizes)]


def multiply_adds_for_square_batches(layer_sizes, n):
    return sum(a * b for a, b in pairwise([n, *layer_sizes]))


# Wrong answers that match no declared misconception.
WRONG = {
    "layer_shapes": [
        layer_shapes_square_only,
        layer_shapes_only_the_example,
        layer_shapes_backwards,
        layer_shapes_tuple,
        layer_shapes_text,
        layer_shapes_uses_up_its_argument,
    ],
    "layer_forward": [
        layer_forward_as_many_neurons_as_inputs,
        layer_forward_as_many_rows_as_inputs,
        layer_forward_only_relu,
        layer_forward_only_two_inputs,
        layer_forward_first_bias,
        layer_forward_changes_the_bias,
        layer_forward_changes_the_batch,
        layer_forward_lists,
        layer_forward_reshapes,
        layer_forward_squeezes,
        layer_forward_activation_of_each_row_sorted,
    ],
    "forward": [
        forward_two_layers_only,
        forward_only_square,
        forward_transposes_on_complaint,
        forward_ones_for_input,
        forward_backwards,
        forward_transposes_in_place,
        forward_changes_biases,
        forward_one_array,
    ],
    "multiply_adds": [
        multiply_adds_only_the_example,
        multiply_adds_three_sizes,
        multiply_adds_square_only,
        multiply_adds_text,
        multiply_adds_array,
        multiply_adds_each_layer,
        multiply_adds_for_square_batches,
    ],
}
