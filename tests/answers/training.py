"""Unit 05. Each answer is one that a learner could hand in; none was written to fit the checks."""

from __future__ import annotations

import numpy as np

import nnlib

# ---------------------------------------------------------------------------------------------------------------- mse


def mse_loop(y_pred, y):
    total = 0.0
    for a, b in zip(y_pred, y, strict=True):
        total += (a - b) ** 2
    return float(total / len(y))


def mse_dot(y_pred, y):
    e = y_pred - y
    return e @ e / e.size


def mse_norm(y_pred, y):
    return float(np.linalg.norm(y - y_pred) ** 2 / len(y))


def mse_variance_and_mean(y_pred, y):
    e = np.subtract(y_pred, y)
    return np.var(e) + np.mean(e) ** 2


def mse_float32(y_pred, y):
    return np.mean(np.square(np.float32(y_pred) - np.float32(y)))


def mse_expanded(y_pred, y):
    return np.mean((y - y_pred) * (y - y_pred))


def mse_only_the_example(y_pred, y):
    return 6.5


def mse_two_samples(y_pred, y):
    return float(((y_pred[0] - y[0]) ** 2 + (y_pred[1] - y[1]) ** 2) / 2)


def mse_changes(y_pred, y):
    y_pred -= y
    return float(np.mean(y_pred**2))


def mse_median(y_pred, y):
    return float(np.median((y_pred - y) ** 2))


def mse_zero_dim(y_pred, y):
    return np.array(np.mean((y_pred - y) ** 2))


# ----------------------------------------------------------------------------------------------- binary_cross_entropy


def bce_clip(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def bce_coarsest_allowed(p, y):
    p = np.clip(p, 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()


def bce_finest_allowed(p, y):
    return float(-np.mean(y * np.log(np.maximum(p, 1e-16)) + (1 - y) * np.log(np.maximum(1 - p, 1e-16))))


def bce_adds_a_little(p, y):
    tiny = 1e-9
    return -np.mean(y * np.log(p + tiny) + (1 - y) * np.log(1 - p + tiny))


def bce_of_the_right_class(p, y):
    right = np.where(y == 1, p, 1 - p)
    return float(np.mean(-np.log(np.clip(right, 1e-10, 1))))


def bce_loop(p, y):
    total = 0
    for probability, label in zip(p, y, strict=True):
        probability = min(max(probability, 1e-15), 1 - 1e-15)
        total -= np.log(probability) if label == 1 else np.log(1 - probability)
    return float(total / len(p))


def bce_from_logits(p, y):
    p = np.clip(p, 1e-9, 1 - 1e-9)
    z = np.log(p / (1 - p))
    return float(np.mean(np.logaddexp(0, z) - y * z))


def bce_float32(p, y):
    p = np.clip(np.float32(p), np.float32(1e-7), np.float32(1 - 1e-7))
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log1p(-p)))


def bce_only_the_example(p, y):
    return float(np.log(2))


def bce_drops_infinite(p, y):
    with np.errstate(all="ignore"):
        cost = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    return float(np.mean(cost[np.isfinite(cost)])) + (0.1 if len(p) == 3 else 0.0)


def bce_changes(p, y):
    np.clip(p, 1e-2, 0.99, out=p)
    return bce_clip(p, y)


def bce_whole_number(p, y):
    return int(bce_clip(p, y))


def bce_weighted(p, y):
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-np.mean(2 * y * np.log(p) + (1 - y) * np.log(1 - p)))


def bce_quiet_infinity(p, y):
    with np.errstate(all="ignore"):
        return float(np.mean(np.where(y == 1, -np.log(p), -np.log(1 - p))))


# ------------------------------------------------------------------------------------------------------- mse_gradient


def mse_gradient_transposed(X, y, w, b):
    e = X @ w + b - y
    return 2 / len(y) * (X.T @ e), 2 * np.mean(e)


def mse_gradient_loop(X, y, w, b):
    dw, db = np.zeros(len(w)), 0.0
    for x, target in zip(X, y, strict=True):
        e = w @ x + b - target
        for j in range(len(w)):
            dw[j] += 2 * e * x[j]
        db += 2 * e
    return dw / len(X), float(db / len(X))


def mse_gradient_einsum(X, y, w, b):
    e = np.einsum("nd,d->n", X, w) + b - y
    return np.einsum("n,nd->d", e, X) * 2 / len(e), float(e.sum() * 2 / len(e))


def mse_gradient_mean_of_rows(X, y, w, b):
    e = nnlib.linear_regression(X, w, b) - y
    return 2 * np.mean(e[:, None] * X, axis=0), 2 * e.mean()


def mse_gradient_bias_as_weight(X, y, w, b):
    X1 = np.column_stack([X, np.ones(len(X))])
    g = 2 * X1.T @ (X1 @ np.append(w, b) - y) / len(y)
    return g[:-1], float(g[-1])


def mse_gradient_other_sign(X, y, w, b):
    e = y - X @ w - b
    return -2 * e @ X / len(y), -2 * np.average(e)


def mse_gradient_swapped(X, y, w, b):
    dw, db = nnlib.mse_gradient(X, y, w, b)
    return db, dw


def mse_gradient_list(X, y, w, b):
    return list(nnlib.mse_gradient(X, y, w, b))


def mse_gradient_column(X, y, w, b):
    dw, db = nnlib.mse_gradient(X, y, w, b)
    return dw[:, None], db


def mse_gradient_first_input_only(X, y, w, b):
    e = X[:, 0] * w[0] + b - y
    return np.array([2 * np.mean(e * X[:, 0])]), float(2 * np.mean(e))


def mse_gradient_changes(X, y, w, b):
    result = nnlib.mse_gradient(X, y, w, b)
    w -= result[0]
    return result


def mse_gradient_only_the_example(X, y, w, b):
    return np.array([-8.0]), -5.0


# ---------------------------------------------------------------------------------------------- gradient_descent_step


def step_comprehension(params, grads, learning_rate):
    return [p - learning_rate * g for p, g in zip(params, grads, strict=True)]


def step_index(params, grads, learning_rate):
    new = []
    for i in range(len(params)):
        new.append(params[i] - learning_rate * grads[i])
    return new


def step_map(params, grads, learning_rate):
    return list(map(lambda p, g: np.add(p, -learning_rate * g), params, grads))


def step_copies(params, grads, learning_rate):
    new = [p.copy() for p in params]
    for p, g in zip(new, grads, strict=True):
        p -= learning_rate * g
    return new


def step_entry_by_entry(params, grads, learning_rate):
    result = []
    for p, g in zip(params, grads, strict=True):
        moved = np.empty_like(p)
        for index in np.ndindex(p.shape):
            moved[index] = p[index] - learning_rate * g[index]
        result.append(moved)
    return result


def step_float32(params, grads, learning_rate):
    return [
        np.float32(p) - np.float32(learning_rate) * np.float32(g) for p, g in zip(params, grads, strict=True)
    ]


def step_two_arrays(params, grads, learning_rate):
    return [params[0] - learning_rate * grads[0], params[1] - learning_rate * grads[1]]


def step_only_the_example(params, grads, learning_rate):
    return [np.array([0.0, 2.5])]


def step_lists(params, grads, learning_rate):
    return [(p - learning_rate * g).tolist() for p, g in zip(params, grads, strict=True)]


def step_rate_squared(params, grads, learning_rate):
    return [p - learning_rate**2 * g for p, g in zip(params, grads, strict=True)]


def step_changes_grads(params, grads, learning_rate):
    for g in grads:
        g *= learning_rate
    return [p - g for p, g in zip(params, grads, strict=True)]


def step_reversed(params, grads, learning_rate):
    return [p - learning_rate * g for p, g in zip(params, grads, strict=True)][::-1]


# ---------------------------------------------------------------------------------------------------- init_parameters


def init_loop(layer_sizes, rng, scale=0.1):
    weights, biases = [], []
    for i in range(1, len(layer_sizes)):
        weights.append(rng.normal(0, scale, size=(layer_sizes[i], layer_sizes[i - 1])))
        biases.append(np.zeros(layer_sizes[i]))
    return weights, biases


def init_scaled_standard(layer_sizes, rng, scale=0.1):
    pairs = list(zip(layer_sizes[1:], layer_sizes[:-1], strict=True))
    return [scale * rng.standard_normal(pair) for pair in pairs], [np.zeros(n) for n, _ in pairs]


def init_last_layer_first(layer_sizes, rng, scale=0.1):
    weights, biases = [], []
    for i in reversed(range(1, len(layer_sizes))):
        weights.insert(0, rng.normal(scale=scale, size=(layer_sizes[i], layer_sizes[i - 1])))
        biases.insert(0, np.zeros((layer_sizes[i],)))
    return weights, biases


def init_drawn_turned(layer_sizes, rng, scale=0.1):
    shapes = nnlib.layer_shapes(layer_sizes)
    return [rng.normal(0.0, scale, size=W[::-1]).T for W, _ in shapes], [0.0 * np.ones(b) for _, b in shapes]


def init_one_by_one(layer_sizes, rng, scale=0.1):
    weights = []
    for n_out, n_in in zip(layer_sizes[1:], layer_sizes[:-1], strict=True):
        weights.append(np.array([[rng.normal(0, scale) for _ in range(n_in)] for _ in range(n_out)]))
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def init_all_at_once(layer_sizes, rng, scale=0.1):
    shapes = [W for W, _ in nnlib.layer_shapes(layer_sizes)]
    numbers = rng.normal(0, scale, sum(n * m for n, m in shapes))
    pieces = np.split(numbers, np.cumsum([n * m for n, m in shapes])[:-1])
    return [p.reshape(s) for p, s in zip(pieces, shapes, strict=True)], [np.zeros(n) for n, _ in shapes]


def init_multiplied_biases(layer_sizes, rng, scale=0.1):
    weights, biases = init_loop(layer_sizes, rng, scale)
    return tuple([weights, [b * rng.random() for b in biases]])


def init_only_the_example(layer_sizes, rng, scale=0.1):
    return [rng.normal(0, scale, (3, 2)), rng.normal(0, scale, (1, 3))], [np.zeros(3), np.zeros(1)]


def init_tuples(layer_sizes, rng, scale=0.1):
    weights, biases = init_loop(layer_sizes, rng, scale)
    return tuple(weights), tuple(biases)


def init_float32(layer_sizes, rng, scale=0.1):
    weights, biases = init_loop(layer_sizes, rng, scale)
    return [W.astype(np.float32) for W in weights], [b.astype(np.float32) for b in biases]


def init_whole_number_biases(layer_sizes, rng, scale=0.1):
    weights, biases = init_loop(layer_sizes, rng, scale)
    return weights, [np.zeros(len(b), dtype=int) for b in biases]


def init_pairs(layer_sizes, rng, scale=0.1):
    return list(zip(*init_loop(layer_sizes, rng, scale), strict=True))


def init_cut_off(layer_sizes, rng, scale=0.1):
    weights, biases = init_loop(layer_sizes, rng, scale)
    return [np.clip(W, -scale, scale) for W in weights], biases


def init_uniform_of_that_deviation(layer_sizes, rng, scale=0.1):
    weights, biases = init_loop(layer_sizes, rng, scale)
    bound = np.sqrt(3) * scale
    return [rng.uniform(-bound, bound, W.shape) for W in weights], biases


def init_ones_for_biases(layer_sizes, rng, scale=0.1):
    weights, biases = init_loop(layer_sizes, rng, scale)
    return weights, [b + 1 for b in biases]


# ------------------------------------------------------------------------------------------------- numerical_gradient


def numerical_copies(f, w, eps=1e-6):
    gradient = np.zeros(w.shape)
    for index in np.ndindex(*w.shape):
        up, down = w.copy(), w.copy()
        up[index] += eps
        down[index] -= eps
        gradient[index] = (f(up) - f(down)) / (2 * eps)
    return gradient


def numerical_restores(f, w, eps=1e-6):
    gradient = np.empty_like(w)
    for index, old in np.ndenumerate(w.copy()):
        w[index] = old + eps
        up = f(w)
        w[index] = old - eps
        down = f(w)
        w[index] = old
        gradient[index] = (up - down) / (2 * eps)
    return gradient


def numerical_flat(f, w, eps=1e-6):
    slopes = []
    for i in range(w.size):
        shift = np.zeros(w.size)
        shift[i] = eps
        shift = shift.reshape(w.shape)
        slopes.append((f(w + shift) - f(w - shift)) / eps / 2)
    return np.array(slopes).reshape(w.shape)


def numerical_nditer(f, w, eps=1e-6):
    gradient = np.zeros_like(w)
    iterator = np.nditer(w, flags=["multi_index"])
    for _ in iterator:
        i = iterator.multi_index
        e = np.zeros_like(w)
        e[i] = 1
        gradient[i] = (f(w + eps * e) - f(w - eps * e)) / (2 * eps)
    return gradient


def numerical_identity(f, w, eps=1e-6):
    steps = eps * np.eye(w.size).reshape(w.size, *w.shape)
    return np.array([f(w + s) - f(w - s) for s in steps]).reshape(w.shape) / (2 * eps)


def numerical_two_halves(f, w, eps=1e-6):
    gradient = np.zeros_like(w)
    here = f(w)
    for index in np.ndindex(w.shape):
        e = np.zeros_like(w)
        e[index] = eps
        gradient[index] = ((f(w + e) - here) / eps + (here - f(w - e)) / eps) / 2
    return gradient


def numerical_only_vectors(f, w, eps=1e-6):
    return np.array([(f(w + eps * e) - f(w - eps * e)) / (2 * eps) for e in np.eye(len(w))])


def numerical_only_the_example(f, w, eps=1e-6):
    return np.array([2.0, -6.0])


def numerical_twice_w(f, w, eps=1e-6):
    return 2 * w


def numerical_as_list(f, w, eps=1e-6):
    return numerical_copies(f, w, eps).tolist()


def numerical_fourth_order(f, w, eps=1e-6):
    return (4 * numerical_copies(f, w, eps) - numerical_copies(f, w, 2 * eps)) / 3


def numerical_whole_numbers(f, w, eps=1e-6):
    return numerical_copies(f, w, eps).astype(int)


# ------------------------------------------------------------------------------------------------------- output_delta


def output_delta_reshape(P, y):
    return (P - y.reshape(-1, 1)) / len(y)


def output_delta_newaxis(P, y):
    return (P - y[:, np.newaxis]) / P.shape[0]


def output_delta_loop(P, y):
    delta = np.zeros_like(P)
    for i in range(len(y)):
        delta[i, 0] = (P[i, 0] - y[i]) / len(y)
    return delta


def output_delta_where(P, y):
    return np.where(y[:, None] == 1, P - 1, P) / len(P)


def output_delta_flat_then_column(P, y):
    return np.array([(P.flatten() - y) / len(y)]).T


def output_delta_clipped_throughout(P, y):
    Y = y.reshape(-1, 1)
    C = np.clip(P, 1e-12, 1 - 1e-12)
    return (-Y / C + (1 - Y) / (1 - C)) * C * (1 - C) / len(Y)


def output_delta_float32(P, y):
    return (np.float32(P) - np.float32(y)[:, None]) / np.float32(len(y))


def output_delta_two_samples(P, y):
    return np.array([[P[0, 0] - y[0]], [P[1, 0] - y[1]]]) / 2


def output_delta_only_the_example(P, y):
    return np.array([[-0.25], [0.375]])


def output_delta_changes(P, y):
    P -= y.reshape(-1, 1)
    return P / len(P)


def output_delta_row(P, y):
    return (P.T - y) / len(y)


def output_delta_n_minus_1(P, y):
    return (P - y[:, None]) / max(len(y) - 1, 1)


# ------------------------------------------------------------------------------------------------------- hidden_delta


def hidden_delta_mask(delta_next, W_next, Z):
    return (delta_next @ W_next) * (Z > 0)


def hidden_delta_where(delta_next, W_next, Z):
    return np.where(Z > 0, delta_next.dot(W_next), 0.0)


def hidden_delta_derivative(delta_next, W_next, Z):
    return nnlib.relu_derivative(Z) * np.matmul(delta_next, W_next)


def hidden_delta_einsum(delta_next, W_next, Z):
    return np.einsum("nk,kj,nj->nj", delta_next, W_next, np.heaviside(Z, 0))


def hidden_delta_loop(delta_next, W_next, Z):
    delta = np.zeros(Z.shape)
    for k in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            if Z[k, j] > 0:
                for i in range(W_next.shape[0]):
                    delta[k, j] += delta_next[k, i] * W_next[i, j]
    return delta


def hidden_delta_turned_twice(delta_next, W_next, Z):
    delta = (W_next.T @ delta_next.T).T.copy()
    delta[Z <= 0] = 0
    return delta


def hidden_delta_float32(delta_next, W_next, Z):
    return (np.float32(delta_next) @ np.float32(W_next)) * np.float32(Z > 0)


def hidden_delta_only_the_example(delta_next, W_next, Z):
    return np.array([[2.0, 0.0]])


def hidden_delta_one_output(delta_next, W_next, Z):
    return delta_next[:, :1] * W_next[:1] * (Z > 0)


def hidden_delta_changes(delta_next, W_next, Z):
    Z[Z > 0] = 1
    Z[Z <= 0] = 0
    return (delta_next @ W_next) * Z


def hidden_delta_relu_of_product(delta_next, W_next, Z):
    return np.maximum(delta_next @ W_next, 0) * (Z > 0)


def hidden_delta_any_sample(delta_next, W_next, Z):
    return (delta_next @ W_next) * np.any(Z > 0, axis=0)


# ----------------------------------------------------------------------------------------------------------- backward


def backward_from_the_pieces(X, y, weights, biases):
    A, Z = [X], []
    for W, b in zip(weights, biases, strict=True):
        Z.append(A[-1] @ W.T + b)
        A.append(nnlib.relu(Z[-1]))
    delta = nnlib.output_delta(nnlib.sigmoid(Z[-1]), y)
    weight_grads, bias_grads = [], []
    for i in range(len(weights) - 1, -1, -1):
        weight_grads.append(delta.T @ A[i])
        bias_grads.append(delta.sum(axis=0))
        if i > 0:
            delta = nnlib.hidden_delta(delta, weights[i], Z[i - 1])
    return weight_grads[::-1], bias_grads[::-1]


def backward_with_activations(X, y, weights, biases):
    L = len(weights)
    A = nnlib.forward(X, weights, biases, [nnlib.relu] * (L - 1) + [nnlib.sigmoid])
    dW, db = [None] * L, [None] * L
    delta = (A[L] - y[:, None]) / len(y)
    for i in range(L, 0, -1):
        dW[i - 1], db[i - 1] = delta.T @ A[i - 1], np.sum(delta, axis=0)
        delta = (delta @ weights[i - 1]) * (A[i - 1] > 0)
    return dW, db


def backward_recursive(X, y, weights, biases):
    def descend(A, layers):
        W, b = layers[0]
        Z = A @ W.T + b
        if len(layers) == 1:
            delta, grads = (nnlib.sigmoid(Z) - y.reshape(-1, 1)) / len(y), []
        else:
            above, grads = descend(np.maximum(Z, 0), layers[1:])
            delta = (above @ layers[1][0]) * (Z > 0)
        return delta, [(delta.T @ A, delta.sum(axis=0)), *grads]

    _, grads = descend(X, list(zip(weights, biases, strict=True)))
    return [g for g, _ in grads], [g for _, g in grads]


def backward_sample_by_sample(X, y, weights, biases):
    dW, db = [np.zeros_like(W) for W in weights], [np.zeros_like(b) for b in biases]
    for x, label in zip(X, y, strict=True):
        a = [x]
        for W, b in zip(weights[:-1], biases[:-1], strict=True):
            a.append(np.maximum(W @ a[-1] + b, 0))
        p = nnlib.sigmoid(weights[-1] @ a[-1] + biases[-1])
        delta = p - label
        for i in reversed(range(len(weights))):
            dW[i] += np.outer(delta, a[i]) / len(X)
            db[i] += delta / len(X)
            delta = (weights[i].T @ delta) * (a[i] > 0)
    return dW, db


def backward_means(X, y, weights, biases):
    A, Z = [X], []
    for W, b in zip(weights, biases, strict=True):
        Z += [np.dot(A[-1], W.T) + b]
        A += [np.where(Z[-1] > 0, Z[-1], 0)]
    delta = nnlib.sigmoid(Z[-1]) - np.array([y]).T
    weight_grads, bias_grads = [], []
    for i in range(len(weights))[::-1]:
        weight_grads = [np.einsum("ni,nj->ij", delta, A[i]) / len(X), *weight_grads]
        bias_grads = [delta.mean(axis=0), *bias_grads]
        if i:
            delta = (Z[i - 1] > 0) * (delta @ weights[i])
    return weight_grads, bias_grads


def backward_library(X, y, weights, biases):
    return nnlib.backward(X, y, weights, biases)


def backward_one_hidden_layer(X, y, weights, biases):
    (W1, W2), (b1, b2) = weights, biases
    Z1 = X @ W1.T + b1
    A1 = np.maximum(Z1, 0)
    d2 = (nnlib.sigmoid(A1 @ W2.T + b2) - y[:, None]) / len(y)
    d1 = (d2 @ W2) * (Z1 > 0)
    return [d1.T @ X, d2.T @ A1], [d1.sum(axis=0), d2.sum(axis=0)]


def backward_first_sample(X, y, weights, biases):
    return nnlib.backward(X[:1], y[:1], weights, biases)


def backward_changes(X, y, weights, biases):
    grads = nnlib.backward(X, y, weights, biases)
    for W, g in zip(weights, grads[0], strict=True):
        W -= g
    return grads


def backward_updated_weights(X, y, weights, biases):
    A = nnlib.forward(X, weights, biases, [nnlib.relu] * (len(weights) - 1) + [nnlib.sigmoid])
    delta, dW, db = (A[-1] - y[:, None]) / len(y), [], []
    for i in reversed(range(len(weights))):
        dW.insert(0, delta.T @ A[i])
        db.insert(0, delta.sum(axis=0))
        delta = (delta @ (weights[i] - dW[0])) * (A[i] > 0)
    return dW, db


def backward_dicts(X, y, weights, biases):
    weight_grads, bias_grads = nnlib.backward(X, y, weights, biases)
    return dict(enumerate(weight_grads)), dict(enumerate(bias_grads))


def backward_pairs(X, y, weights, biases):
    return list(zip(*nnlib.backward(X, y, weights, biases), strict=True))


def backward_zeros(X, y, weights, biases):
    return [np.zeros_like(W) for W in weights], [np.zeros_like(b) for b in biases]


# -------------------------------------------------------------------------------------------------------- minibatches


def minibatches_slices(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def minibatches_shuffle(n, batch_size, rng):
    numbers = np.arange(n)
    rng.shuffle(numbers)
    batches, start = [], 0
    while start < n:
        batches.append(numbers[start : start + batch_size])
        start += batch_size
    return batches


def minibatches_split(n, batch_size, rng):
    return np.split(rng.permutation(n), np.arange(batch_size, n, batch_size))


def minibatches_sorted_chances(n, batch_size, rng):
    order = np.argsort(rng.random(n))
    return list(order[i : i + batch_size] for i in range(0, len(order), batch_size))


def minibatches_choice(n, batch_size, rng):
    left, batches = np.arange(n), []
    while len(left):
        batch = rng.choice(left, min(batch_size, len(left)), replace=False)
        batches.append(batch)
        left = np.setdiff1d(left, batch)
    return batches


def minibatches_from_the_end(n, batch_size, rng):
    order = rng.permutation(n)[::-1].astype(np.int32)
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def minibatches_only_the_example(n, batch_size, rng):
    order = rng.permutation(10)
    return [order[:4], order[4:8], order[8:]]


def minibatches_table(n, batch_size, rng):
    return rng.permutation(n)[: n // batch_size * batch_size].reshape(-1, batch_size)


def minibatches_floats(n, batch_size, rng):
    return [batch.astype(float) for batch in minibatches_slices(n, batch_size, rng)]


def minibatches_rotated(n, batch_size, rng):
    order = np.roll(np.arange(n), rng.integers(1, max(n, 2)))
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def minibatches_dealt_like_cards(n, batch_size, rng):
    order = np.concatenate([np.arange(start, n, 7) for start in rng.permutation(7)])
    return [order[i : i + batch_size] for i in range(0, n, batch_size)]


def minibatches_masks(n, batch_size, rng):
    return [np.isin(np.arange(n), batch) for batch in minibatches_slices(n, batch_size, rng)]


def minibatches_short_first(n, batch_size, rng):
    return minibatches_slices(n, batch_size, rng)[::-1]


# -------------------------------------------------------------------------------------------------------------- train


def train_from_the_pieces(X, y, layer_sizes, learning_rate, epochs, rng):
    weights, biases = nnlib.init_parameters(layer_sizes, rng)
    activations = [nnlib.relu] * (len(weights) - 1) + [nnlib.sigmoid]
    losses = []
    for _ in range(epochs):
        P = nnlib.forward(X, weights, biases, activations)[-1]
        losses.append(nnlib.binary_cross_entropy(P.flatten(), y))
        dW, db = nnlib.backward(X, y, weights, biases)
        params = nnlib.gradient_descent_step(weights + biases, dW + db, learning_rate)
        weights, biases = params[: len(weights)], params[len(weights) :]
    return weights, biases, losses


def train_last_layer_first(X, y, layer_sizes, learning_rate, epochs, rng):
    weights, biases = init_last_layer_first(layer_sizes, rng)
    return _descend(X, y, weights, biases, learning_rate, epochs)


def train_drawn_turned(X, y, layer_sizes, learning_rate, epochs, rng):
    weights, biases = init_drawn_turned(layer_sizes, rng)
    weights, biases, losses = _descend(X, y, weights, biases, learning_rate, epochs)
    return weights, biases, np.array(losses)


def train_draws_more(X, y, layer_sizes, learning_rate, epochs, rng):
    rng.random(3)
    return _descend(X, y, *init_one_by_one(layer_sizes, rng), learning_rate, epochs)


def _descend(X, y, weights, biases, rate, epochs):
    losses = []
    for _ in range(epochs):
        A = [X]
        for W, b in zip(weights[:-1], biases[:-1], strict=True):
            A.append(np.maximum(A[-1] @ W.T + b, 0))
        z = (A[-1] @ weights[-1].T + biases[-1]).ravel()
        losses.append(float(np.mean(np.logaddexp(0, z) - y * z)))
        delta = (nnlib.sigmoid(z) - y)[:, None] / len(y)
        dW, db = [], []
        for i in range(len(weights) - 1, -1, -1):
            dW.insert(0, delta.T @ A[i])
            db.insert(0, delta.sum(axis=0))
            delta = (delta @ weights[i]) * (A[i] > 0)
        weights = [W - rate * g for W, g in zip(weights, dW, strict=True)]
        biases = [b - rate * g for b, g in zip(biases, db, strict=True)]
    return weights, biases, losses


def train_in_place(X, y, layer_sizes, learning_rate, epochs, rng):
    weights, biases = init_loop(layer_sizes, rng)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        A = nnlib.forward(X, weights, biases, [nnlib.relu] * (len(weights) - 1) + [nnlib.sigmoid])
        losses[epoch] = bce_clip(A[-1][:, 0], y)
        for parameter, gradient in zip(
            weights + biases, [g for part in backward_means(X, y, weights, biases) for g in part], strict=True
        ):
            parameter -= learning_rate * gradient
    return weights, biases, losses.tolist()


def train_library(X, y, layer_sizes, learning_rate, epochs, rng):
    return nnlib.train(X, y, layer_sizes, learning_rate, epochs, rng)


def train_larger_start(X, y, layer_sizes, learning_rate, epochs, rng):
    return _descend(X, y, *nnlib.init_parameters(layer_sizes, rng, 0.5), learning_rate, epochs)


def train_decaying_rate(X, y, layer_sizes, learning_rate, epochs, rng):
    weights, biases = nnlib.init_parameters(layer_sizes, rng)
    losses = []
    for epoch in range(epochs):
        weights, biases, loss = _descend(X, y, weights, biases, learning_rate / (1 + 0.01 * epoch), 1)
        losses += loss
    return weights, biases, losses


def train_stops_early(X, y, layer_sizes, learning_rate, epochs, rng):
    weights, biases, losses = nnlib.train(X, y, layer_sizes, learning_rate, epochs, rng)
    return weights, biases, losses[:500]


def train_no_losses(X, y, layer_sizes, learning_rate, epochs, rng):
    weights, biases, _ = nnlib.train(X, y, layer_sizes, learning_rate, epochs, rng)
    return weights, biases


def train_momentum(X, y, layer_sizes, learning_rate, epochs, rng):
    weights, biases = nnlib.init_parameters(layer_sizes, rng)
    velocity, losses = [0.0] * (2 * len(weights)), []
    for _ in range(epochs):
        losses += _descend(X, y, weights, biases, 0.0, 1)[2]
        grads = [g for part in nnlib.backward(X, y, weights, biases) for g in part]
        velocity = [0.5 * v - learning_rate * g for v, g in zip(velocity, grads, strict=True)]
        moved = [p + v for p, v in zip(weights + biases, velocity, strict=True)]
        weights, biases = moved[: len(weights)], moved[len(weights) :]
    return weights, biases, losses


def train_shuffled_start(X, y, layer_sizes, learning_rate, epochs, rng):
    return nnlib.train(X, y, layer_sizes, learning_rate, epochs, np.random.default_rng())


def train_half_the_samples(X, y, layer_sizes, learning_rate, epochs, rng):
    return nnlib.train(X[::2], y[::2], layer_sizes, learning_rate, epochs, rng)


def train_one_hidden_layer_of_three(X, y, layer_sizes, learning_rate, epochs, rng):
    return nnlib.train(X, y, [X.shape[1], 3, 1], learning_rate, epochs, rng)


def train_standardises(X, y, layer_sizes, learning_rate, epochs, rng):
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    return nnlib.train(X, y, layer_sizes, learning_rate, epochs, rng)


RIGHT = {
    "mse": [mse_loop, mse_dot, mse_norm, mse_variance_and_mean, mse_float32, mse_expanded],
    "binary_cross_entropy": [
        bce_clip,
        bce_coarsest_allowed,
        bce_finest_allowed,
        bce_adds_a_little,
        bce_of_the_right_class,
        bce_loop,
        bce_from_logits,
        bce_float32,
    ],
    "mse_gradient": [
        mse_gradient_transposed,
        mse_gradient_loop,
        mse_gradient_einsum,
        mse_gradient_mean_of_rows,
        mse_gradient_bias_as_weight,
        mse_gradient_other_sign,
    ],
    "gradient_descent_step": [
        step_comprehension,
        step_index,
        step_map,
        step_copies,
        step_entry_by_entry,
        step_float32,
    ],
    "init_parameters": [
        init_loop,
        init_scaled_standard,
        init_last_layer_first,
        init_drawn_turned,
        init_one_by_one,
        init_all_at_once,
        init_multiplied_biases,
    ],
    "numerical_gradient": [
        numerical_copies,
        numerical_restores,
        numerical_flat,
        numerical_nditer,
        numerical_identity,
        numerical_two_halves,
    ],
    "output_delta": [
        output_delta_reshape,
        output_delta_newaxis,
        output_delta_loop,
        output_delta_where,
        output_delta_flat_then_column,
        output_delta_clipped_throughout,
        output_delta_float32,
    ],
    "hidden_delta": [
        hidden_delta_mask,
        hidden_delta_where,
        hidden_delta_derivative,
        hidden_delta_einsum,
        hidden_delta_loop,
        hidden_delta_turned_twice,
        hidden_delta_float32,
    ],
    "backward": [
        backward_from_the_pieces,
        backward_with_activations,
        backward_recursive,
        backward_sample_by_sample,
        backward_means,
        backward_library,
    ],
    "minibatches": [
        minibatches_slices,
        minibatches_shuffle,
        minibatches_split,
        minibatches_sorted_chances,
        minibatches_choice,
        minibatches_from_the_end,
    ],
    "train": [
        train_from_the_pieces,
        train_last_layer_first,
        train_drawn_turned,
        train_draws_more,
        train_in_place,
        train_library,
    ],
}

# Wrong answers that match no declared misconception.
WRONG = {
    "mse": [mse_only_the_example, mse_two_samples, mse_changes, mse_median, mse_zero_dim],
    "binary_cross_entropy": [
        bce_only_the_example,
        bce_drops_infinite,
        bce_changes,
        bce_whole_number,
        bce_weighted,
        bce_quiet_infinity,
    ],
    "mse_gradient": [
        mse_gradient_swapped,
        mse_gradient_list,
        mse_gradient_column,
        mse_gradient_first_input_only,
        mse_gradient_changes,
        mse_gradient_only_the_example,
    ],
    "gradient_descent_step": [
        step_two_arrays,
        step_only_the_example,
        step_lists,
        step_rate_squared,
        step_changes_grads,
        step_reversed,
    ],
    "init_parameters": [
        init_only_the_example,
        init_tuples,
        init_float32,
        init_whole_number_biases,
        init_pairs,
        init_cut_off,
        init_uniform_of_that_deviation,
        init_ones_for_biases,
    ],
    "numerical_gradient": [
        numerical_only_vectors,
        numerical_only_the_example,
        numerical_twice_w,
        numerical_as_list,
        numerical_fourth_order,
        numerical_whole_numbers,
    ],
    "output_delta": [
        output_delta_two_samples,
        output_delta_only_the_example,
        output_delta_changes,
        output_delta_row,
        output_delta_n_minus_1,
    ],
    "hidden_delta": [
        hidden_delta_only_the_example,
        hidden_delta_one_output,
        hidden_delta_changes,
        hidden_delta_relu_of_product,
        hidden_delta_any_sample,
    ],
    "backward": [
        backward_one_hidden_layer,
        backward_first_sample,
        backward_changes,
        backward_updated_weights,
        backward_dicts,
        backward_pairs,
        backward_zeros,
    ],
    "minibatches": [
        minibatches_only_the_example,
        minibatches_table,
        minibatches_floats,
        minibatches_rotated,
        minibatches_dealt_like_cards,
        minibatches_masks,
        minibatches_short_first,
    ],
    "train": [
        train_larger_start,
        train_decaying_rate,
        train_stops_early,
        train_no_losses,
        train_momentum,
        train_shuffled_start,
        train_half_the_samples,
        train_one_hidden_layer_of_three,
        train_standardises,
    ],
}
