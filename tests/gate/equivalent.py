"""Mutants that no check can refuse, because they are right: by exercise and reason, the lines that they change.

The gate goes red for a mutant that is taken and not listed, and for one that is listed and not taken.
"""

from __future__ import annotations

CONVERSION = "It leaves out a conversion: the contract asks for float arrays, and integers are converted by the arithmetic that follows."
NUMPY = "A NumPy number for a Python one: the contract takes both."
ERROR = "It leaves out or moves an error that the contract does not ask for, or that NumPy raises by itself."
SIDES = "It swaps two things of which the order does not matter."
LENGTH = "The two always have the same length, or are the same array."
ORDER = "The terms are worked out in another order, and nothing hangs on it."
CLIP = "The constant of a clipping is the learner's choice, and what is never reached may be anything."
ZIP = "`zip` stops at the shorter list: the longer one's last entry is never used."
FREE = "Any parameters with the right truth table are right, in lists too."
DIVIDES = "It divides by 1 in place of multiplying."
DEFAULT = "It leaves out an argument that is the default, or writes one another way that means the same."
FILLED = "All entries are overwritten."
ZERO = (
    "It moves what happens in a single point, where both branches give the same or which a draw never hits."
)
IDENTITY = "The linear activation gives back what it gets."
UNUSED = "It computes something that is never used."
ONE = "There is only one: the first is the last."
START = "Any start will do: with one layer the cost has one valley. (Biases may start as one number: the first step makes them an array.)"
DESIGN = "Any design that reaches the median accuracy is right, and this one does."
FITTED = "It fits the scaler to the same training part once more."

EQUIVALENT: dict[str, dict[str, tuple[str, ...]]] = {
    "weighted_sum": {
        CONVERSION: (
            "x, w = (np.asarray(x, dtype=float), np.asarray(w, dtype=float)) => pass",
            "x, w = (np.asarray(x, dtype=float), np.asarray(w, dtype=float)) => x, w = (np.asarray(x), np.asarray(w, dtype=float))",
            "x, w = (np.asarray(x, dtype=float), np.asarray(w, dtype=float)) => x, w = (np.asarray(x, dtype=float), w)",
            "x, w = (np.asarray(x, dtype=float), np.asarray(w, dtype=float)) => x, w = (x, np.asarray(w, dtype=float))",
            "…sarray(x, dtype=float), np.asarray(w, dtype=float)) => …sarray(x, dtype=float), np.asarray(w))",
        ),
        NUMPY: ("return float(w @ x + b) => return w @ x + b",),
        ERROR: (
            "if x.ndim != 1 or x.shape != w.shape: => if w.ndim != 1 or x.shape != w.shape:",
            "if x.ndim != 1 or x.shape != w.shape: => if x.ndim != 1 and x.shape != w.shape:",
            "if x.ndim != 1 or x.shape != w.shape: => if x.ndim != 1 or w.shape != w.shape:",
            "if x.ndim != 1 or x.shape != w.shape: => if x.ndim != 1 or x.shape != x.shape:",
            "if x.ndim != 1 or x.shape != w.shape: => if x.ndim != 1 or x.shape < w.shape:",
            "if x.ndim != 1 or x.shape != w.shape: => if x.ndim != 1 or x.shape > w.shape:",
            "if x.ndim != 1 or x.shape != w.shape: => if x.ndim != 1:",
            "if x.ndim != 1 or x.shape != w.shape: => if x.ndim < 1 or x.shape != w.shape:",
            "if x.ndim != 1 or x.shape != w.shape: => if x.ndim > 1 or x.shape != w.shape:",
            "if x.ndim != 1 or x.shape != w.shape: => if x.shape != w.shape:",
            "if x.ndim != 1 or x.shape != w.shape:; raise ValueError(f'x and w must be 1-D and of the same length, but have shapes {x.shape} and {w.shape}') => pass",
            "raise ValueError(f'x and w must be 1-D and of the same length, but have shapes {x.shape} and {w.shape}') => pass",
        ),
        SIDES: (
            "return float(w @ x + b) => return float(x @ w + b)",
            "x, w = (np.asarray(x, dtype=float), np.asarray(w, dtype=float)) => x, w = (np.asarray(w, dtype=float), np.asarray(x, dtype=float))",
        ),
    },
    "perceptron": {
        SIDES: (
            "return 1 if weighted_sum(x, w, b) > 0 else 0 => return 1 if weighted_sum(w, x, b) > 0 else 0",
            "return int(weighted_sum(x, w, b) > 0) => return int(weighted_sum(w, x, b) > 0)",
        ),
    },
    "gate_parameters": {
        FREE: (
            "return {'AND': (np.array([1, 1]), -1.5), 'OR': (np.array([1, 1]), -0… => return {'AND': ([1, 1], -1.5), 'OR': (np.array([1, 1]), -0…",
            "return {'AND': (np.array([1.0, 1.0]), -1.5), 'OR': (np.array([1.0, 1.0])… => return {'AND': ([1.0, 1.0], -1.5), 'OR': (np.array([1.0, 1.0])…",
            "… (np.array([1, 1]), -0.5), 'NAND': (np.array([-1, -1]), 1.5)} => … (np.array([1, 1]), -0.5), 'NAND': ([-1, -1], 1.5)}",
            "… -1.5), 'OR': (np.array([1, 1]), -0.5), 'NAND': (np.array([-1, -1]), 1.5)… => … -1.5), 'OR': (np.array([1, 1]), -0.0), 'NAND': (np.array([-1, -1]), 1.5)…",
            "… -1.5), 'OR': (np.array([1, 1]), -0.5), 'NAND': (np.array([-1, -1]), 1.5… => … -1.5), 'OR': (np.array([1, 1]), -0.25), 'NAND': (np.array([-1, -1]), 1.5…",
            "…': (np.array([1, 1]), -1.5), 'OR': (np.array([1, 1]), -0.5), 'NAND': (np.array([-1, -1])… => …': (np.array([1, 1]), -1.5), 'OR': ([1, 1], -0.5), 'NAND': (np.array([-1, -1])…",
            "…), -0.5), 'NAND': (np.array([-1.0, -1.0]), 1.5)} => …), -0.5), 'NAND': (np.array([-1.0, -0.5]), 1.5)}",
            "…, 1.0]), -0.5), 'NAND': (np.array([-1.0, -1.0]), 1.5)} => …, 1.0]), -0.5), 'NAND': (np.array([-0.5, -1.0]), 1.5)}",
            "….array([1.0, 1.0]), -0.5), 'NAND': (np.array([-1.0, -1.0]), 1.5)} => ….array([1.0, 1.0]), -0.5), 'NAND': ([-1.0, -1.0], 1.5)}",
            "…1.0, 1.0]), -1.5), 'OR': (np.array([1.0, 1.0]), -0.5), 'NAND': (np.array(… => …1.0, 1.0]), -1.5), 'OR': (np.array([2.0, 1.0]), -0.5), 'NAND': (np.array(…",
            "…1.0]), -1.5), 'OR': (np.array([1.0, 1.0]), -0.5), 'NAND': (np.array([-1.0… => …1.0]), -1.5), 'OR': (np.array([1.0, 2.0]), -0.5), 'NAND': (np.array([-1.0…",
            "…5), 'OR': (np.array([1.0, 1.0]), -0.5), 'NAND': (np.array([-1.0, -1.0]), … => …5), 'OR': (np.array([1.0, 1.0]), -0.0), 'NAND': (np.array([-1.0, -1.0]), …",
            "…5), 'OR': (np.array([1.0, 1.0]), -0.5), 'NAND': (np.array([-1.0, -1.0]),… => …5), 'OR': (np.array([1.0, 1.0]), -0.25), 'NAND': (np.array([-1.0, -1.0]),…",
            "…[1, 1]), -1.5), 'OR': (np.array([1, 1]), -0.5), 'NAND': (np.array([-1, -1… => …[1, 1]), -1.5), 'OR': (np.array([1, 2]), -0.5), 'NAND': (np.array([-1, -1…",
            "…ay([1, 1]), -1.5), 'OR': (np.array([1, 1]), -0.5), 'NAND': (np.array([-1,… => …ay([1, 1]), -1.5), 'OR': (np.array([2, 1]), -0.5), 'NAND': (np.array([-1,…",
            "…np.array([1.0, 1.0]), -1.5), 'OR': (np.array([1.0, 1.0]), -0.5), 'NAND': (np.array([-1.0, -1… => …np.array([1.0, 1.0]), -1.5), 'OR': ([1.0, 1.0], -0.5), 'NAND': (np.array([-1.0, -1…",
        ),
    },
    "step": {
        CONVERSION: (
            "return np.heaviside(np.asarray(z, dtype=float), 0.0) => return np.heaviside(np.asarray(z), 0.0)",
            "return np.heaviside(np.asarray(z, dtype=float), 0.0) => return np.heaviside(z, 0.0)",
        ),
        DIVIDES: ("return (z > 0) * 1.0 => return (z > 0) / 1.0",),
    },
    "linear": {
        CONVERSION: (
            "return np.positive(np.asarray(z, dtype=float)) => return np.positive(np.asarray(z))",
            "return np.positive(np.asarray(z, dtype=float)) => return np.positive(z)",
            "return np.positive(np.asarray(z, dtype=float)) => return z",
        ),
    },
    "sigmoid": {
        CONVERSION: (
            "….0 + np.exp(np.minimum(-np.asarray(z, dtype=float), 700.0))) => ….0 + np.exp(np.minimum(-np.asarray(z), 700.0)))",
            "…urn 1.0 / (1.0 + np.exp(np.minimum(-np.asarray(z, dtype=float), 700.0))) => …urn 1.0 / (1.0 + np.exp(np.minimum(-z, 700.0)))",
        ),
        SIDES: (
            "…turn 1.0 / (1.0 + np.exp(np.minimum(-np.asarray(z, dtype=float), 700.0))) => …turn 1.0 / (1.0 + np.exp(np.minimum(700.0, -np.asarray(z, dtype=float))))",
        ),
        CLIP: (
            "…imum(-np.asarray(z, dtype=float), 700.0))) => …imum(-np.asarray(z, dtype=float), 701.0)))",
            "…inimum(-np.asarray(z, dtype=float), 700.0))) => …inimum(-np.asarray(z, dtype=float), 350.0)))",
        ),
        ZERO: (
            "return np.where(z >= 0, 1 / (1 + e), e / (1 + e))[()] => return np.where(z > 0, 1 / (1 + e), e / (1 + e))[()]",
        ),
    },
    "relu": {
        CONVERSION: (
            "return np.maximum(np.asarray(z, dtype=float), 0.0) => return np.maximum(np.asarray(z), 0.0)",
            "return np.maximum(np.asarray(z, dtype=float), 0.0) => return np.maximum(z, 0.0)",
        ),
        SIDES: (
            "return np.maximum(np.asarray(z, dtype=float), 0.0) => return np.maximum(0.0, np.asarray(z, dtype=float))",
            "return np.maximum(z, 0.0) => return np.maximum(0.0, z)",
        ),
    },
    "neuron": {
        NUMPY: ("return float(g(weighted_sum(x, w, b))) => return g(weighted_sum(x, w, b))",),
        SIDES: (
            "return float(g(weighted_sum(x, w, b))) => return float(g(weighted_sum(w, x, b)))",
            "return g(weighted_sum(x, w, b)) => return g(weighted_sum(w, x, b))",
        ),
    },
    "linear_regression": {
        IDENTITY: (
            "return linear(X @ w + b) => return X @ w + b",
            "return linear(weighted_sums(X, w, b)) => return weighted_sums(X, w, b)",
        ),
    },
    "collapse_linear": {
        CONVERSION: (
            "W1, b1, W2, b2 = (np.asarray(array, dtype=float) for array in (W1, b1, W2, b2)) => W1, b1, W2, b2 = (array for array in (W1, b1, W2, b2))",
            "W1, b1, W2, b2 = (np.asarray(array, dtype=float) for array in (W1, b1, W2, b2)) => W1, b1, W2, b2 = (np.asarray(array) for array in (W1, b1, W2, b2))",
            "W1, b1, W2, b2 = (np.asarray(array, dtype=float) for array in (W1, b1, W2, b2)) => pass",
        ),
    },
    "sigmoid_derivative": {
        CONVERSION: (
            "z = np.asarray(z, dtype=float) => pass",
            "z = np.asarray(z, dtype=float) => z = np.asarray(z)",
            "z = np.asarray(z, dtype=float) => z = z",
        ),
    },
    "relu_derivative": {
        CONVERSION: (
            "return np.heaviside(np.asarray(z, dtype=float), 0.0) => return np.heaviside(np.asarray(z), 0.0)",
            "return np.heaviside(np.asarray(z, dtype=float), 0.0) => return np.heaviside(z, 0.0)",
        ),
        DIVIDES: ("return (z > 0) * 1.0 => return (z > 0) / 1.0",),
    },
    "hidden_activations": {
        CONVERSION: (
            "W, b = (np.asarray(W, dtype=float), np.asarray(b, dtype=float)) => W, b = (W, np.asarray(b, dtype=float))",
            "W, b = (np.asarray(W, dtype=float), np.asarray(b, dtype=float)) => W, b = (np.asarray(W), np.asarray(b, dtype=float))",
            "W, b = (np.asarray(W, dtype=float), np.asarray(b, dtype=float)) => W, b = (np.asarray(W, dtype=float), b)",
            "W, b = (np.asarray(W, dtype=float), np.asarray(b, dtype=float)) => pass",
            "…sarray(W, dtype=float), np.asarray(b, dtype=float)) => …sarray(W, dtype=float), np.asarray(b))",
        ),
        ERROR: (
            "…_j, b_j, g) for w_j, b_j in zip(W, b, strict=True)]) => …_j, b_j, g) for w_j, b_j in zip(W, b)])",
            "…g) for w_j, b_j in zip(W, b, strict=True)]) => …g) for w_j, b_j in zip(W, b, strict=False)])",
        ),
        SIDES: (
            "return np.array([neuron(x, w_j, b_j, g) for w_j, b_j in zip(W, b)]… => return np.array([neuron(w_j, x, b_j, g) for w_j, b_j in zip(W, b)]…",
            "return np.array([neuron(x, w_j, b_j, g) for w_j, b_j in zip(W, b, … => return np.array([neuron(w_j, x, b_j, g) for w_j, b_j in zip(W, b, …",
        ),
    },
    "count_parameters": {
        NUMPY: (
            "return sum((int(n_out) * (int(n_in) + 1) for n_in, n_out in pairwise(la… => return sum((int(n_out) * (n_in + 1) for n_in, n_out in pairwise(la…",
            "return sum((int(n_out) * (int(n_in) + 1) for n_in, n_out i… => return sum((n_out * (int(n_in) + 1) for n_in, n_out i…",
        ),
        ORDER: (
            "for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]): => for n_in, n_out in list(zip(layer_sizes[:-1], layer_sizes[1:]))[::-1]:",
            "… (int(n_in) + 1) for n_in, n_out in pairwise(layer_sizes))) => … (int(n_in) + 1) for n_in, n_out in list(pairwise(layer_sizes))[::-1]))",
        ),
        ZIP: (
            "for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]): => for n_in, n_out in zip(layer_sizes, layer_sizes[1:]):",
            "for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]): => for n_in, n_out in zip(layer_sizes[:], layer_sizes[1:]):",
        ),
    },
    "xor_parameters": {
        FREE: (
            "W1 = np.array([[1.0, 1.0], [-1.0, -1.0]]) => W1 = [[1.0, 1.0], [-1.0, -1.0]]",
            "W1 = np.array([[1.0, 1.0], [-1.0, -1.0]]) => W1 = np.array([[1.0, 1.0], [-0.5, -1.0]])",
            "W1 = np.array([[1.0, 1.0], [-1.0, -1.0]]) => W1 = np.array([[1.0, 1.0], [-1.0, -0.5]])",
            "W1 = np.array([[1.0, 1.0], [-1.0, -1.0]]) => W1 = np.array([[1.0, 2.0], [-1.0, -1.0]])",
            "W1 = np.array([[1.0, 1.0], [-1.0, -1.0]]) => W1 = np.array([[2.0, 1.0], [-1.0, -1.0]])",
            "W2 = np.array([[1.0, 1.0]]) => W2 = [[1.0, 1.0]]",
            "b1 = np.array([-0.5, 1.5]) => b1 = [-0.5, 1.5]",
            "b1 = np.array([-0.5, 1.5]) => b1 = np.array([-0.0, 1.5])",
            "b1 = np.array([-0.5, 1.5]) => b1 = np.array([-0.25, 1.5])",
            "b2 = np.array([-1.5]) => b2 = [-1.5]",
            "return (np.array([w_or, w_nand]), np.array([b_or, b_nand]), np.array([w_and]), np.array([b_and… => return (np.array([w_or, w_nand]), [b_or, b_nand], np.array([w_and]), np.array([b_and…",
            "return (np.array([w_or, w_nand]), np.array([b_or, b_nand]), np.array… => return ([w_or, w_nand], np.array([b_or, b_nand]), np.array…",
            "return (np.array([w_or, w_nand]), np.array([b_or, b_nand])… => return (np.array([w_and, w_nand]), np.array([b_or, b_nand])…",
            "…, b_nand), (w_and, b_and) = (gates['OR'], gates['NAND'], gates['AND']) => …, b_nand), (w_and, b_and) = (gates['NAND'], gates['OR'], gates['AND'])",
            "….array([b_or, b_nand]), np.array([w_and]), np.array([b_and])) => ….array([b_or, b_nand]), np.array([w_or]), np.array([b_and]))",
            "…[b_or, b_nand]), np.array([w_and]), np.array([b_and])) => …[b_or, b_nand]), np.array([w_and]), [b_and])",
            "…w_nand]), np.array([b_or, b_nand]), np.array([w_and]), np.array([b_and])) => …w_nand]), np.array([b_or, b_nand]), [w_and], np.array([b_and]))",
        ),
    },
    "dropout": {
        CONVERSION: (
            "a = np.asarray(a, dtype=float) => a = a",
            "a = np.asarray(a, dtype=float) => a = np.asarray(a)",
            "a = np.asarray(a, dtype=float) => pass",
        ),
        ZERO: ("survives = rng.random(a.shape) >= rate => survives = rng.random(a.shape) > rate",),
    },
    "layer_shapes": {
        NUMPY: (
            "…out,)) for n_in, n_out in pairwise((int(n) for n in layer_sizes))] => …out,)) for n_in, n_out in pairwise((n for n in layer_sizes))]",
        ),
    },
    "layer_forward": {
        CONVERSION: (
            "Z = np.asarray(A_prev, dtype=float) @ np.asarray(W, dtype=float).T => Z = A_prev @ np.asarray(W, dtype=float).T",
            "Z = np.asarray(A_prev, dtype=float) @ np.asarray(W, dtype=float).T => Z = np.asarray(A_prev) @ np.asarray(W, dtype=float).T",
            "…(A_prev, dtype=float) @ np.asarray(W, dtype=float).T => …(A_prev, dtype=float) @ np.asarray(W).T",
            "…= np.asarray(A_prev, dtype=float) @ np.asarray(W, dtype=float).T => …= np.asarray(A_prev, dtype=float) @ W.T",
        ),
    },
    "forward": {
        CONVERSION: (
            "A = [np.asarray(X, dtype=float)] => A = [X]",
            "A = [np.asarray(X, dtype=float)] => A = [np.asarray(X)]",
        ),
        ERROR: (
            "… in zip(weights, biases, activations, strict=True): => … in zip(weights, biases, activations):",
            "…eights, biases, activations, strict=True): => …eights, biases, activations, strict=False):",
        ),
    },
    "multiply_adds": {
        NUMPY: ("… _ in layer_shapes(layer_sizes))) * int(n) => … _ in layer_shapes(layer_sizes))) * n",),
        ORDER: (
            "… columns for (rows, columns), _ in layer_shapes(layer_sizes))) => … columns for (rows, columns), _ in list(layer_shapes(layer_sizes))[::-1]))",
            "…out * n_in for (n_out, n_in), _ in layer_shapes(layer_sizes))) * int(n) => …out * n_in for (n_out, n_in), _ in list(layer_shapes(layer_sizes))[::-1])) * int(n)",
        ),
    },
    "mse": {
        NUMPY: ("return float(np.mean((y_pred - y) ** 2)) => return np.mean((y_pred - y) ** 2)",),
        ERROR: ("y_pred, y = _alike(y_pred, y) => pass",),
        SIDES: (
            "return float(np.mean((y_pred - y) ** 2)) => return float(np.mean((y - y_pred) ** 2))",
            "y_pred, y = _alike(y_pred, y) => y_pred, y = _alike(y, y_pred)",
        ),
    },
    "mse_gradient": {
        CONVERSION: (
            "return (slope @ np.asarray(X, dtype=float), float(slope.sum())) => return (slope @ X, float(slope.sum()))",
            "return (slope @ np.asarray(X, dtype=float), float(slope.sum())) => return (slope @ np.asarray(X), float(slope.sum()))",
        ),
        NUMPY: (
            "return (2 * errors @ X / len(y), float(2 * errors.mean())) => return (2 * errors @ X / len(y), 2 * errors.mean())",
            "…slope @ np.asarray(X, dtype=float), float(slope.sum())) => …slope @ np.asarray(X, dtype=float), slope.sum())",
        ),
        LENGTH: (
            "return (2 * errors @ X / len(y), float(2 * errors.mean())) => return (2 * errors @ X / len(X), float(2 * errors.mean()))",
            "return (2 * errors @ X / len(y), float(2 * errors.mean())) => return (2 * errors @ X / len(errors), float(2 * errors.mean()))",
            "…lope = 2.0 * (prediction - y) / len(y) => …lope = 2.0 * (prediction - y) / len(X)",
            "…lope = 2.0 * (prediction - y) / len(y) => …lope = 2.0 * (prediction - y) / len(prediction)",
        ),
    },
    "gradient_descent_step": {
        CONVERSION: (
            "return [np.asarray(p, dtype=float) - learning_rate * np.asarray(grad, … => return [p - learning_rate * np.asarray(grad, …",
            "return [np.asarray(p, dtype=float) - learning_rate * np.asarray(grad,… => return [np.asarray(p) - learning_rate * np.asarray(grad,…",
            "…t) - learning_rate * np.asarray(grad, dtype=float) for p, grad in zip(params, grads, … => …t) - learning_rate * np.asarray(grad) for p, grad in zip(params, grads, …",
            "…y(p, dtype=float) - learning_rate * np.asarray(grad, dtype=float) for p, grad in zip(params, grads, s… => …y(p, dtype=float) - learning_rate * grad for p, grad in zip(params, grads, s…",
        ),
        ERROR: (
            "…, grad in zip(params, grads, strict=True)] => …, grad in zip(params, grads, strict=False)]",
            "…at) for p, grad in zip(params, grads, strict=True)] => …at) for p, grad in zip(params, grads)]",
        ),
    },
    "binary_cross_entropy": {
        NUMPY: (
            "return float(-(np.vdot(y, np.log(p)) + np.vdot(1.0 - y, np.log(1.0 - p))) / p.size) => return -(np.vdot(y, np.log(p)) + np.vdot(1.0 - y, np.log(1.0 - p))) / p.size",
            "return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))) => return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
        ),
        ERROR: ("p, y = _alike(p, y) => pass",),
        SIDES: (
            "p = np.clip(p, 1e-12, 1 - 1e-12) => p = np.clip(1e-12, p, 1 - 1e-12)",
            "p = np.minimum(np.maximum(p, TINY), 1.0 - TINY) => p = np.minimum(1.0 - TINY, np.maximum(p, TINY))",
            "p = np.minimum(np.maximum(p, TINY), 1.0 - TINY) => p = np.minimum(np.maximum(TINY, p), 1.0 - TINY)",
            "return float(-(np.vdot(y, np.log(p)) + np.vdot(1.0 - y, np.log(1.0 - p)… => return float(-(np.vdot(np.log(p), y) + np.vdot(1.0 - y, np.log(1.0 - p)…",
            "…t(-(np.vdot(y, np.log(p)) + np.vdot(1.0 - y, np.log(1.0 - p))) / p.size) => …t(-(np.vdot(y, np.log(p)) + np.vdot(np.log(1.0 - p), 1.0 - y)) / p.size)",
        ),
        LENGTH: (
            "…p.vdot(1.0 - y, np.log(1.0 - p))) / p.size) => …p.vdot(1.0 - y, np.log(1.0 - p))) / y.size)",
        ),
        CLIP: (
            "p = np.clip(p, 1e-12, 1 - 1e-12) => p = np.clip(p, 1e-12, 1 - 2e-12)",
            "p = np.clip(p, 1e-12, 1 - 1e-12) => p = np.clip(p, 1e-12, 1 - 5e-13)",
            "p = np.clip(p, 1e-12, 1 - 1e-12) => p = np.clip(p, 2e-12, 1 - 1e-12)",
            "p = np.clip(p, 1e-12, 1 - 1e-12) => p = np.clip(p, 5e-13, 1 - 1e-12)",
        ),
    },
    "output_delta": {
        CONVERSION: (
            "P = np.asarray(P, dtype=float) => P = P",
            "P = np.asarray(P, dtype=float) => P = np.asarray(P)",
            "P = np.asarray(P, dtype=float) => pass",
        ),
        LENGTH: ("return (P - y.reshape(-1, 1)) / len(y) => return (P - y.reshape(-1, 1)) / len(P)",),
        DEFAULT: ("return (P - y.reshape(-1, 1)) / len(y) => return (P - y.reshape(-2, 1)) / len(y)",),
    },
    "hidden_delta": {
        CONVERSION: (
            "delta = np.asarray(delta_next, dtype=float) @ np.asarray(W_next, dtype=float) => delta = delta_next @ np.asarray(W_next, dtype=float)",
            "delta = np.asarray(delta_next, dtype=float) @ np.asarray(W_next, dtype=float) => delta = np.asarray(delta_next) @ np.asarray(W_next, dtype=float)",
            "….asarray(delta_next, dtype=float) @ np.asarray(W_next, dtype=float) => ….asarray(delta_next, dtype=float) @ W_next",
            "…xt, dtype=float) @ np.asarray(W_next, dtype=float) => …xt, dtype=float) @ np.asarray(W_next)",
        ),
    },
    "backward": {
        LENGTH: (
            "activations = _relu_network(weights) => activations = _relu_network(biases)",
            "for i in reversed(range(len(weights))): => for i in reversed(range(len(biases))):",
            "…d(X, weights, biases, [relu] * (len(weights) - 1) + [sigmoid]) => …d(X, weights, biases, [relu] * (len(biases) - 1) + [sigmoid])",
        ),
        UNUSED: (
            "if i > 0: => if True:",
            "if i > 0: => if i > -1:",
            "if i > 0: => if i >= 0:",
        ),
    },
    "numerical_gradient": {
        CONVERSION: (
            "w = np.asarray(w, dtype=float) => pass",
            "w = np.asarray(w, dtype=float) => w = np.asarray(w)",
            "w = np.asarray(w, dtype=float) => w = w",
        ),
        LENGTH: ("for index in np.ndindex(w.shape): => for index in np.ndindex(gradient.shape):",),
        ORDER: ("for index in np.ndindex(w.shape): => for index in list(np.ndindex(w.shape))[::-1]:",),
        FILLED: ("gradient = np.zeros_like(w) => gradient = np.ones_like(w)",),
    },
    "init_parameters": {
        ZIP: (
            "for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]): => for n_in, n_out in zip(layer_sizes, layer_sizes[1:]):",
            "for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]): => for n_in, n_out in zip(layer_sizes[:], layer_sizes[1:]):",
        ),
    },
    "train": {
        CONVERSION: (
            "…ary_cross_entropy, mean_difference, np.asarray(X, dtype=float), _column(y), SGD(learning_rate)) => …ary_cross_entropy, mean_difference, X, _column(y), SGD(learning_rate))",
            "…tropy, mean_difference, np.asarray(X, dtype=float), _column(y), SGD(learning_rate)) => …tropy, mean_difference, np.asarray(X), _column(y), SGD(learning_rate))",
        ),
        LENGTH: (
            "activations = [relu] * (len(weights) - 1) + [sigmoid] => activations = [relu] * (len(biases) - 1) + [sigmoid]",
            "weights, biases = (params[:len(weights)], params[len(weights):]) => weights, biases = (params[:len(activations)], params[len(weights):])",
            "weights, biases = (params[:len(weights)], params[len(weights):]) => weights, biases = (params[:len(bias_grads)], params[len(weights):])",
            "weights, biases = (params[:len(weights)], params[len(weights):]) => weights, biases = (params[:len(biases)], params[len(weights):])",
            "… (params[:len(weights)], params[len(weights):]) => … (params[:len(weights)], params[len(activations):])",
            "… (params[:len(weights)], params[len(weights):]) => … (params[:len(weights)], params[len(bias_grads):])",
            "… (params[:len(weights)], params[len(weights):]) => … (params[:len(weights)], params[len(biases):])",
            "…eights, biases = (params[:len(weights)], params[len(weights):]) => …eights, biases = (params[:len(weight_grads)], params[len(weights):])",
            "…ms[:len(weights)], params[len(weights):]) => …ms[:len(weights)], params[len(weight_grads):])",
        ),
        ORDER: ("for _ in range(epochs): => for _ in list(range(epochs))[::-1]:",),
        ONE: (
            "…es.append(binary_cross_entropy(P[:, 0], y)) => …es.append(binary_cross_entropy(P[:, -1], y))",
        ),
    },
    "minibatches": {
        ERROR: (
            "if batch_size < 1: => if batch_size < 0:",
            "if batch_size < 1: => if n < 1:",
            "if batch_size < 1:; raise ValueError(f'batch_size must be at least 1, but is {batch_size}') => pass",
            "raise ValueError(f'batch_size must be at least 1, but is {batch_size}') => pass",
        ),
    },
    "softmax": {
        CONVERSION: ("Z = np.asarray(Z, dtype=float) => Z = np.asarray(Z)",),
    },
    "one_hot": {
        CONVERSION: (
            "return np.eye(n_classes)[y.astype(int)] => return np.eye(n_classes)[y]",
            "y = np.asarray(y) => pass",
            "y = np.asarray(y) => y = y",
        ),
    },
    "cross_entropy": {
        CONVERSION: (
            "P, Y = (np.asarray(P, dtype=float), np.asarray(Y, dtype=float)) => P, Y = (P, np.asarray(Y, dtype=float))",
            "P, Y = (np.asarray(P, dtype=float), np.asarray(Y, dtype=float)) => P, Y = (np.asarray(P), np.asarray(Y, dtype=float))",
            "P, Y = (np.asarray(P, dtype=float), np.asarray(Y, dtype=float)) => P, Y = (np.asarray(P, dtype=float), Y)",
            "P, Y = (np.asarray(P, dtype=float), np.asarray(Y, dtype=float)) => pass",
            "…sarray(P, dtype=float), np.asarray(Y, dtype=float)) => …sarray(P, dtype=float), np.asarray(Y))",
        ),
        NUMPY: (
            "return float(-np.sum(Y * np.log(P)) / len(P)) => return -np.sum(Y * np.log(P)) / len(P)",
            "return float(-np.vdot(Y, np.log(np.maximum(P, TINY))) / len(P)) => return -np.vdot(Y, np.log(np.maximum(P, TINY))) / len(P)",
        ),
        ERROR: (
            "if P.shape != Y.shape: => if P.shape != P.shape:",
            "if P.shape != Y.shape: => if P.shape < Y.shape:",
            "if P.shape != Y.shape: => if P.shape > Y.shape:",
            "if P.shape != Y.shape: => if Y.shape != Y.shape:",
            "if P.shape != Y.shape:; raise ValueError(f'probabilities and labels differ in shape: {P.shape} and {Y.shape}') => pass",
            "raise ValueError(f'probabilities and labels differ in shape: {P.shape} and {Y.shape}') => pass",
        ),
        SIDES: (
            "P = np.clip(P, 1e-12, 1.0) => P = np.clip(1e-12, P, 1.0)",
            "return float(-np.vdot(Y, np.log(np.maximum(P, TINY))) / len(P)) => return float(-np.vdot(np.log(np.maximum(P, TINY)), Y) / len(P))",
            "…float(-np.vdot(Y, np.log(np.maximum(P, TINY))) / len(P)) => …float(-np.vdot(Y, np.log(np.maximum(TINY, P))) / len(P))",
        ),
        LENGTH: (
            "… float(-np.sum(Y * np.log(P)) / len(P)) => … float(-np.sum(Y * np.log(P)) / len(Y))",
            "… np.log(np.maximum(P, TINY))) / len(P)) => … np.log(np.maximum(P, TINY))) / len(Y))",
        ),
        CLIP: (
            "P = np.clip(P, 1e-12, 1.0) => P = np.clip(P, 1e-12, 2.0)",
            "P = np.clip(P, 1e-12, 1.0) => P = np.clip(P, 2e-12, 1.0)",
            "P = np.clip(P, 1e-12, 1.0) => P = np.clip(P, 5e-13, 1.0)",
        ),
    },
    "softmax_gradient": {
        CONVERSION: (
            "return mean_difference(softmax(Z), np.asarray(Y, dtype=float)) => return mean_difference(softmax(Z), Y)",
            "…_difference(softmax(Z), np.asarray(Y, dtype=float)) => …_difference(softmax(Z), np.asarray(Y))",
        ),
        LENGTH: ("return (softmax(Z) - Y) / len(Z) => return (softmax(Z) - Y) / len(Y)",),
    },
    "predict_classes": {
        CONVERSION: ("return np.argmax(np.asarray(P), axis=1) => return np.argmax(P, axis=1)",),
    },
    "top_k_accuracy": {
        CONVERSION: (
            "best = np.argsort(np.asarray(P), axis=1)[:, ::-1][:, :k] => best = np.argsort(P, axis=1)[:, ::-1][:, :k]",
            "return float(np.mean((best == np.asarray(y)[:, np.newaxis]).any(axis=1))) => return float(np.mean((best == y[:, np.newaxis]).any(axis=1)))",
        ),
        NUMPY: (
            "return float(np.mean((best == np.asarray(y)[:, np.newaxis]).any(axis=1))) => return np.mean((best == np.asarray(y)[:, np.newaxis]).any(axis=1))",
            "return float(np.mean(np.any(best == y.reshape(-1, 1), axis=1))) => return np.mean(np.any(best == y.reshape(-1, 1), axis=1))",
        ),
        DEFAULT: (
            "best = np.argsort(P, axis=1)[:, -k:] => best = np.argsort(P)[:, -k:]",
            "best = np.argsort(np.asarray(P), axis=1)[:, ::-1][:, :k] => best = np.argsort(np.asarray(P))[:, ::-1][:, :k]",
            "…t(np.mean(np.any(best == y.reshape(-1, 1), axis=1))) => …t(np.mean(np.any(best == y.reshape(-2, 1), axis=1)))",
        ),
    },
    "train_softmax": {
        CONVERSION: (
            "X = np.asarray(X, dtype=float) => X = X",
            "X = np.asarray(X, dtype=float) => X = np.asarray(X)",
            "X = np.asarray(X, dtype=float) => pass",
        ),
        ORDER: ("for _ in range(epochs): => for _ in list(range(epochs))[::-1]:",),
        ONE: (
            "return (parameters.weights[0], parameters.biases[0], losses) => return (parameters.weights[-1], parameters.biases[0], losses)",
            "…eters.weights[0], parameters.biases[0], losses) => …eters.weights[0], parameters.biases[-1], losses)",
        ),
        START: (
            "W = rng.normal(0, 0.01, (n_classes, X.shape[1])) => W = rng.normal(-1, 0.01, (n_classes, X.shape[1]))",
            "W = rng.normal(0, 0.01, (n_classes, X.shape[1])) => W = rng.normal(0, 0.0, (n_classes, X.shape[1]))",
            "W = rng.normal(0, 0.01, (n_classes, X.shape[1])) => W = rng.normal(0, 0.005, (n_classes, X.shape[1]))",
            "W = rng.normal(0, 0.01, (n_classes, X.shape[1])) => W = rng.normal(0, 0.02, (n_classes, X.shape[1]))",
            "W = rng.normal(0, 0.01, (n_classes, X.shape[1])) => W = rng.normal(0, 1.01, (n_classes, X.shape[1]))",
            "W = rng.normal(0, 0.01, (n_classes, X.shape[1])) => W = rng.normal(0.01, 0, (n_classes, X.shape[1]))",
            "W = rng.normal(0, 0.01, (n_classes, X.shape[1])) => W = rng.normal(1, 0.01, (n_classes, X.shape[1]))",
            "W = rng.normal(0, 0.01, (n_classes, X.shape[1])) => W = rng.uniform(0, 0.01, (n_classes, X.shape[1]))",
            "b = np.zeros(n_classes) => b = n_classes",
            "b = np.zeros(n_classes) => b = np.ones(n_classes)",
        ),
    },
    "prepare_data": {
        FITTED: (
            "return (scaler.transform(X_train), scaler.transform… => return (scaler.fit_transform(X_train), scaler.transform…",
        ),
    },
    "accuracy": {
        CONVERSION: (
            "…n float(np.mean(model.predict(X) == np.asarray(y))) => …n float(np.mean(model.predict(X) == y))",
        ),
        NUMPY: (
            "return float(np.mean(model.predict(X) == np.asarray(y))) => return np.mean(model.predict(X) == np.asarray(y))",
            "return float(np.mean(model.predict(X) == y)) => return np.mean(model.predict(X) == y)",
        ),
    },
    "decision_grid": {
        CONVERSION: (
            "X = np.asarray(X, dtype=float) => X = X",
            "X = np.asarray(X, dtype=float) => X = np.asarray(X)",
            "X = np.asarray(X, dtype=float) => pass",
        ),
        LENGTH: ("return (xx, yy, probs.reshape(xx.shape)) => return (xx, yy, probs.reshape(yy.shape))",),
    },
    "train_classifier": {
        DEFAULT: (
            "…s=hidden_layer_sizes(depth, width), activation='relu', solver='sgd', learning_rate_init=0… => …s=hidden_layer_sizes(depth, width), solver='sgd', learning_rate_init=0…",
        ),
    },
    "best_design": {
        DESIGN: (
            "return {'hidden_layer_sizes': (16, 16), 'solver': 'sgd', 'learning_rate_init… => return {'solver': 'sgd', 'learning_rate_init…",
            "return {'hidden_layer_sizes': (16, 16), 'solver': 'sgd', 'learning_rate_i… => return {'hidden_layer_sizes': (16, 15), 'solver': 'sgd', 'learning_rate_i…",
            "return {'hidden_layer_sizes': (16, 16), 'solver': 'sgd', 'learning_rate_i… => return {'hidden_layer_sizes': (16, 17), 'solver': 'sgd', 'learning_rate_i…",
            "return {'hidden_layer_sizes': (16, 16), 'solver': 'sgd', 'learning_rate_i… => return {'hidden_layer_sizes': (16,), 'solver': 'sgd', 'learning_rate_i…",
            "return {'hidden_layer_sizes': (16, 16), 'solver': 'sgd', 'learning_ra… => return {'hidden_layer_sizes': (15, 16), 'solver': 'sgd', 'learning_ra…",
            "return {'hidden_layer_sizes': (16, 16), 'solver': 'sgd', 'learning_ra… => return {'hidden_layer_sizes': (17, 16), 'solver': 'sgd', 'learning_ra…",
            "return {'hidden_layer_sizes': hidden_layer_sizes(2, 16), **SETTINGS} => return {**SETTINGS}",
            "…arning_rate_init': 0.1, 'max_iter': 2000} => …arning_rate_init': 0.1, 'max_iter': 1999}",
            "…ayer_sizes': hidden_layer_sizes(2, 16), **SETTINGS} => …ayer_sizes': hidden_layer_sizes(2, 15), **SETTINGS}",
            "…ayer_sizes': hidden_layer_sizes(2, 16), **SETTINGS} => …ayer_sizes': hidden_layer_sizes(2, 17), **SETTINGS}",
            "…en_layer_sizes': hidden_layer_sizes(2, 16), **SETTINGS} => …en_layer_sizes': hidden_layer_sizes(1, 16), **SETTINGS}",
            "…en_layer_sizes': hidden_layer_sizes(2, 16), **SETTINGS} => …en_layer_sizes': hidden_layer_sizes(3, 16), **SETTINGS}",
            "…er': 'sgd', 'learning_rate_init': 0.1, 'max_iter': 2000} => …er': 'sgd', 'learning_rate_init': 0.05, 'max_iter': 2000}",
            "…er': 'sgd', 'learning_rate_init': 0.1, 'max_iter': 2000} => …er': 'sgd', 'learning_rate_init': 0.2, 'max_iter': 2000}",
            "…ing_rate_init': 0.1, 'max_iter': 2000} => …ing_rate_init': 0.1, 'max_iter': 2001}",
            "…n {'hidden_layer_sizes': (16, 16), 'solver': 'sgd', 'learning_rate_init': 0.1, 'max_it… => …n {'hidden_layer_sizes': (16, 16), 'learning_rate_init': 0.1, 'max_it…",
            "…r': 'sgd', 'learning_rate_init': 0.1, 'max_iter': 2000} => …r': 'sgd', 'learning_rate_init': 0.1}",
        ),
    },
    "design_study": {
        ORDER: (
            "for i, depth in enumerate(depths): => for i, depth in list(enumerate(depths))[::-1]:",
            "for j, width in enumerate(widths): => for j, width in list(enumerate(widths))[::-1]:",
            "…in, depth, width, seed) for seed in seeds) => …in, depth, width, seed) for seed in list(seeds)[::-1])",
            "…in, depth, width, seed) for seed in seeds] => …in, depth, width, seed) for seed in list(seeds)[::-1]]",
            "…model, X_test, y_test) for model in models]) => …model, X_test, y_test) for model in list(models)[::-1]])",
        ),
        FILLED: (
            "medians = np.zeros((len(depths), len(widths))) => medians = np.ones((len(depths), len(widths)))",
        ),
    },
}
