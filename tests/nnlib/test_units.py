"""The reference functions keep to the syllabus. Expected values come from paper, `math`, SciPy or plain loops."""

import itertools
import math
import warnings

import numpy as np
import pytest
from scipy import special

import nnlib

INPUTS = [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.fixture
def rng():
    return np.random.default_rng(0)


class TestNeuron:
    def test_worked_example(self):
        z = nnlib.weighted_sum([2, -1], [0.5, 1], 1)
        assert z == 1.0
        assert type(z) is float

    @pytest.mark.parametrize(
        ("x", "w"), [([1, 2], [1]), ([1], [1, 2]), ([1, 2, 3], [1, 2]), ([[1, 2]], [1, 2])]
    )
    def test_lengths_that_differ_are_refused(self, x, w):
        with pytest.raises(ValueError, match="shapes"):
            nnlib.weighted_sum(x, w, 0.0)

    def test_against_a_loop_and_float32(self, rng):
        x, w, b = rng.normal(size=7), rng.normal(size=7), 0.3
        expected = math.fsum([b, *(x_i * w_i for x_i, w_i in zip(x, w, strict=True))])
        assert nnlib.weighted_sum(x, w, b) == pytest.approx(expected, abs=1e-14)
        single = nnlib.weighted_sum(x.astype(np.float32), w.astype(np.float32), b)
        assert single == pytest.approx(expected, abs=1e-5)

    def test_perceptron_is_0_at_0_and_an_int(self):
        assert [nnlib.perceptron([z], [1], 0) for z in (-1, 0, 1e-9)] == [0, 0, 1]
        assert type(nnlib.perceptron([1], [1], 0)) is int

    def test_predict_all_is_the_perceptron_on_every_row(self, rng):
        X, w, b = rng.normal(size=(20, 3)), rng.normal(size=3), -0.2
        result = nnlib.predict_all(X, w, b)
        assert result.dtype.kind == "i"
        assert result.tolist() == [nnlib.perceptron(x, w, b) for x in X]
        with pytest.raises(ValueError, match="shapes"):
            nnlib.predict_all(X, w[:2], b)

    def test_gates(self):
        truth = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0]}
        gates = nnlib.gate_parameters()
        assert set(gates) == set(truth)
        for name, (w, b) in gates.items():
            assert [nnlib.perceptron(x, w, b) for x in INPUTS] == truth[name]


class TestActivations:
    Z = np.array([[-40.0, -0.5, 0.0], [0.5, 2.0, 40.0]])

    @pytest.mark.parametrize(
        ("g", "expected"),
        [
            (nnlib.step, lambda z: float(z > 0)),
            (nnlib.linear, lambda z: z),
            (nnlib.sigmoid, special.expit),
            (nnlib.relu, lambda z: z if z > 0 else 0.0),
            (nnlib.tanh, math.tanh),
            (nnlib.sigmoid_derivative, lambda z: special.expit(z) * special.expit(-z)),
            (nnlib.relu_derivative, lambda z: float(z > 0)),
        ],
    )
    def test_values_shapes_and_types(self, g, expected):
        before = self.Z.copy()
        result = g(self.Z)
        np.testing.assert_allclose(result, np.vectorize(expected)(self.Z), rtol=1e-14, atol=0)
        assert result is not self.Z
        assert not np.shares_memory(result, self.Z)
        np.testing.assert_array_equal(self.Z, before)
        for shape in ((6,), (3, 2, 1), (0,)):
            assert g(np.zeros(shape)).shape == shape
        scalar = g(2)
        assert isinstance(scalar, float)
        assert scalar == pytest.approx(expected(2.0))
        assert g([1, 2]).dtype == np.float64

    def test_sigmoid_is_silent_far_out(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            np.testing.assert_allclose(nnlib.sigmoid(np.array([-1e4, 1e4])), [0.0, 1.0], atol=1e-300)
            np.testing.assert_allclose(nnlib.sigmoid_derivative(np.array([-1e4, 1e4])), 0.0, atol=1e-300)

    def test_one_neuron_in_three_roles(self, rng):
        X, w, b = rng.normal(size=(9, 4)), rng.normal(size=4), 0.5
        assert nnlib.neuron([2, -1], [0.5, 1], 1, nnlib.relu) == 1.0
        assert type(nnlib.neuron(X[0], w, b, nnlib.sigmoid)) is float
        np.testing.assert_allclose(nnlib.linear_regression(X, w, b), [x @ w + b for x in X], atol=1e-14)
        expected = [1 / (1 + math.exp(-(x @ w + b))) for x in X]
        np.testing.assert_allclose(nnlib.logistic_regression(X, w, b), expected, atol=1e-14)

    def test_two_linear_layers_are_one(self, rng):
        W1, b1, W2, b2 = (rng.normal(size=shape) for shape in ((3, 2), (3,), (4, 3), (4,)))
        W, b = nnlib.collapse_linear(W1, b1, W2, b2)
        x = rng.normal(size=2)
        np.testing.assert_allclose(W @ x + b, W2 @ (W1 @ x + b1) + b2, atol=1e-14)


class TestMLP:
    def test_neuron_by_neuron_equals_the_matrix_form(self, rng):
        (W1, W2), (b1, b2) = nnlib.init_parameters([3, 4, 2], rng, scale=1.0)
        b1 += 0.1
        X = rng.normal(size=(5, 3))
        A = nnlib.forward(X, [W1, W2], [b1, b2], [nnlib.relu, nnlib.sigmoid])
        for x, hidden, output in zip(X, A[1], A[2], strict=True):
            np.testing.assert_allclose(nnlib.hidden_activations(x, W1, b1, nnlib.relu), hidden, atol=1e-14)
            result = nnlib.two_layer_forward(x, W1, b1, W2, b2, nnlib.relu, nnlib.sigmoid)
            np.testing.assert_allclose(result, output, atol=1e-14)
        with pytest.raises(ValueError, match="zip"):
            nnlib.hidden_activations(X[0], W1, b1[:-1], nnlib.relu)

    def test_an_activation_for_plain_numbers_will_do(self):
        assert nnlib.hidden_activations([0.0], [[1.0]], [0.0], math.tanh).tolist() == [0.0]

    def test_depth_and_parameters(self):
        assert nnlib.network_depth([2, 3, 3, 1]) == 3
        assert nnlib.count_parameters([2, 3, 3, 1]) == 25
        counted = nnlib.count_parameters(np.array([64, 10]))
        assert (counted, type(counted)) == (650, int)

    def test_xor(self):
        W1, b1, W2, b2 = nnlib.xor_parameters()
        assert W2.shape == (1, 2)
        outputs = [nnlib.two_layer_forward(x, W1, b1, W2, b2, nnlib.step, nnlib.step) for x in INPUTS]
        assert np.ravel(outputs).tolist() == [0.0, 1.0, 1.0, 0.0]

    def test_dropout(self, rng):
        a = np.full((200, 100), 3.0)
        dropped = nnlib.dropout(a, 0.3, rng)
        assert set(np.unique(dropped)) == {0.0, 3.0 / 0.7}
        assert np.mean(dropped == 0) == pytest.approx(0.3, abs=0.01)
        assert (a == 3.0).all()
        again = [nnlib.dropout(a, 0.3, np.random.default_rng(5)) for _ in range(2)]
        np.testing.assert_array_equal(*again)
        np.testing.assert_array_equal(nnlib.dropout(a, 0, rng), a)

    @pytest.mark.parametrize("rate", [1, 1.5, -0.1, math.nan])
    def test_dropout_refuses_rates_that_are_none(self, rng, rate):
        with pytest.raises(ValueError, match="rate"):
            nnlib.dropout([1.0], rate, rng)


class TestMatrix:
    def test_shapes(self):
        shapes = nnlib.layer_shapes(np.array([2, 3, 1]))
        assert shapes == [((3, 2), (3,)), ((1, 3), (1,))]
        assert all(type(n) is int for W, b in shapes for n in (*W, *b))

    def test_layer_against_loops(self, rng):
        A, W, b = rng.normal(size=(4, 3)), rng.normal(size=(2, 3)), rng.normal(size=2)
        before = [array.copy() for array in (A, W, b)]
        Z, out = nnlib.layer_forward(A, W, b, nnlib.relu)
        expected = [[sum(a[k] * W[j, k] for k in range(3)) + b[j] for j in range(2)] for a in A]
        np.testing.assert_allclose(Z, expected, atol=1e-14)
        np.testing.assert_allclose(out, np.maximum(expected, 0), atol=1e-14)
        for array, old in zip((A, W, b), before, strict=True):
            np.testing.assert_array_equal(array, old)
        with pytest.raises(ValueError, match="mat"):
            nnlib.layer_forward(A, W.T, b, nnlib.relu)

    def test_forward_gives_every_layer_and_takes_lists(self):
        A = nnlib.forward([[1, 2]], [[[1, 1], [1, -1]], [[2, 5]]], [[0, 0], [1]], [nnlib.relu, nnlib.linear])
        assert [a.tolist() for a in A] == [[[1, 2]], [[3, 0]], [[7]]]
        with pytest.raises(ValueError, match="zip"):
            nnlib.forward([[1, 2]], [[[1, 1]]], [[0]], [nnlib.relu, nnlib.linear])

    def test_multiply_adds(self):
        count = nnlib.multiply_adds([784, 128, 10], 32)
        assert count == 32 * (784 * 128 + 128 * 10)
        assert type(count) is int


class TestTraining:
    def test_costs(self):
        assert nnlib.mse([1, 2], [1, 4]) == 2.0
        p, y = [0.2, 0.9], [0, 1]
        expected = -(math.log(0.8) + math.log(0.9)) / 2
        assert nnlib.binary_cross_entropy(p, y) == pytest.approx(expected, abs=1e-14)
        assert type(nnlib.mse([1], [1])) is type(nnlib.binary_cross_entropy(p, y)) is float
        with pytest.raises(ValueError, match=r"\(2, 1\) and \(2,\)"):
            nnlib.mse([[1], [2]], [1, 2])

    def test_cross_entropy_of_certain_predictions_is_finite(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert 0 <= nnlib.binary_cross_entropy([0.0, 1.0], [0, 1]) < 1e-6
            assert 10 < nnlib.binary_cross_entropy([1.0, 0.0], [0, 1]) < 100

    def test_mse_gradient_is_that_of_the_general_path(self, rng):
        X, y, w, b = rng.normal(size=(8, 3)), rng.normal(size=8), rng.normal(size=3), 0.7
        dw, db = nnlib.mse_gradient(X, y, w, b)
        network = nnlib.Network([3, 1], output="linear", cost="squared_error")
        network.weights[0][:], network.biases[0][:] = w, b
        gradient = network.gradient(X, y)
        np.testing.assert_allclose(dw, 2 * gradient.weights[0][0], atol=1e-14)
        assert db == pytest.approx(2 * gradient.biases[0][0], abs=1e-14)
        assert type(db) is float
        numerical = nnlib.numerical_gradient(lambda w: nnlib.mse(X @ w + b, y), w)
        np.testing.assert_allclose(dw, numerical, atol=1e-8)

    def test_step_makes_new_arrays(self):
        old = [np.array([1.0, 2.0]), np.array([[3.0]])]
        new = nnlib.gradient_descent_step(old, [np.array([10.0, 0.0]), np.array([[-10.0]])], 0.1)
        assert [array.tolist() for array in new] == [[0.0, 2.0], [[4.0]]]
        assert [array.tolist() for array in old] == [[1.0, 2.0], [[3.0]]]
        with pytest.raises(ValueError, match="zip"):
            nnlib.gradient_descent_step(old, [np.zeros(2)], 0.1)

    def test_initial_parameters(self):
        weights, biases = nnlib.init_parameters([200, 300, 1], np.random.default_rng(1), scale=0.5)
        assert [W.shape for W in weights] == [(300, 200), (1, 300)]
        assert weights[0].std() == pytest.approx(0.5, rel=0.02)
        assert weights[0].mean() == pytest.approx(0.0, abs=0.01)
        # A normal distribution has a kurtosis of 3, a uniform one of 1.8.
        assert np.mean((weights[0] / 0.5) ** 4) == pytest.approx(3.0, abs=0.2)
        assert all(not b.any() for b in biases)
        assert nnlib.init_parameters([2, 2], np.random.default_rng(1))[0][0].std() < 0.5

    @pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 2)])
    def test_numerical_gradient(self, rng, shape):
        w, c = rng.normal(size=shape), rng.normal(size=shape)
        before = np.copy(w)
        seen = []

        def f(v):
            seen.append(np.shape(v))
            return float(np.sum(c * v**3))

        np.testing.assert_allclose(nnlib.numerical_gradient(f, w), 3 * c * w**2, atol=1e-8)
        np.testing.assert_array_equal(w, before)
        assert set(seen) == {shape}

    def test_output_delta(self, rng):
        z, y = rng.normal(size=(6, 1)), np.array([0, 1, 1, 0, 1, 0])
        numerical = nnlib.numerical_gradient(
            lambda v: nnlib.binary_cross_entropy(special.expit(v[:, 0]), y), z
        )
        np.testing.assert_allclose(nnlib.output_delta(special.expit(z), y), numerical, atol=1e-8)
        assert nnlib.output_delta([[1.0], [1.0]], [0, 1]).tolist() == [[0.5], [0.0]]
        with pytest.raises(ValueError, match="shape"):
            nnlib.output_delta([[0.5]], [0, 1])

    def test_hidden_delta_is_0_where_z_is_0(self):
        delta = nnlib.hidden_delta([[1.0], [2.0]], [[2.0, 3.0]], [[0.0, 1.0], [-1.0, 2.0]])
        assert delta.tolist() == [[0.0, 3.0], [0.0, 6.0]]

    def test_backward_is_hidden_delta_layer_by_layer(self, rng):
        X, y = rng.normal(size=(7, 3)), rng.integers(0, 2, 7)
        weights, biases = nnlib.init_parameters([3, 4, 5, 1], rng, scale=1.0)
        Z1, A1 = nnlib.layer_forward(X, weights[0], biases[0], nnlib.relu)
        Z2, A2 = nnlib.layer_forward(A1, weights[1], biases[1], nnlib.relu)
        P = special.expit(A2 @ weights[2].T + biases[2])
        d3 = nnlib.output_delta(P, y)
        d2 = nnlib.hidden_delta(d3, weights[2], Z2)
        d1 = nnlib.hidden_delta(d2, weights[1], Z1)
        weight_grads, bias_grads = nnlib.backward(X, y, weights, biases)
        for got, expected in zip(weight_grads, (d1.T @ X, d2.T @ A1, d3.T @ A2), strict=True):
            np.testing.assert_allclose(got, expected, atol=1e-14)
        for got, expected in zip(bias_grads, (d1, d2, d3), strict=True):
            np.testing.assert_allclose(got, expected.sum(axis=0), atol=1e-14)

    @pytest.mark.parametrize("sizes", [[3, 1], [3, 4, 1], [3, 5, 4, 1]])
    def test_backward_against_numbers(self, rng, sizes):
        X, y = rng.normal(size=(7, 3)), rng.integers(0, 2, 7)
        weights, biases = nnlib.init_parameters(sizes, rng, scale=1.0)
        biases = [b + rng.normal(size=b.shape) for b in biases]
        g = [nnlib.relu] * (len(sizes) - 2) + [nnlib.sigmoid]
        weight_grads, bias_grads = nnlib.backward(X, y, weights, biases)
        for arrays, grads in ((weights, weight_grads), (biases, bias_grads)):
            for i, array in enumerate(arrays):

                def loss(v, i=i, arrays=arrays):
                    moved = [v if j == i else a for j, a in enumerate(arrays)]
                    pair = (moved, biases) if arrays is weights else (weights, moved)
                    return nnlib.binary_cross_entropy(nnlib.forward(X, *pair, g)[-1][:, 0], y)

                np.testing.assert_allclose(grads[i], nnlib.numerical_gradient(loss, array), atol=1e-8)

    def test_minibatches(self):
        batches = nnlib.minibatches(10, 4, np.random.default_rng(0))
        assert [len(batch) for batch in batches] == [4, 4, 2]
        assert sorted(np.concatenate(batches).tolist()) == list(range(10))
        rng = np.random.default_rng(0)
        first, second = (np.concatenate(nnlib.minibatches(50, 50, rng)).tolist() for _ in range(2))
        assert first != second
        assert first != list(range(50))
        with pytest.raises(ValueError, match="batch_size"):
            nnlib.minibatches(10, 0, rng)

    def test_train_is_backward_and_step(self, rng):
        X, y = rng.normal(size=(20, 2)), rng.integers(0, 2, 20)
        weights, biases, losses = nnlib.train(X, y, [2, 3, 1], 0.5, 5, np.random.default_rng(3))
        W, b = nnlib.init_parameters([2, 3, 1], np.random.default_rng(3))
        for loss in losses:
            P = nnlib.forward(X, W, b, [nnlib.relu, nnlib.sigmoid])[-1]
            assert loss == pytest.approx(nnlib.binary_cross_entropy(P[:, 0], y), abs=1e-12)
            dW, db = nnlib.backward(X, y, W, b)
            W, b = nnlib.gradient_descent_step(W, dW, 0.5), nnlib.gradient_descent_step(b, db, 0.5)
        assert len(losses) == 5
        for got, expected in zip(weights + biases, W + b, strict=True):
            np.testing.assert_allclose(got, expected, atol=1e-12)

    def test_train_learns_the_moons(self):
        from sklearn.datasets import make_moons
        from sklearn.preprocessing import StandardScaler

        X, y = make_moons(n_samples=300, noise=0.1, random_state=42)
        X = StandardScaler().fit_transform(X)
        for seed in range(3):
            weights, biases, losses = nnlib.train(X, y, [2, 16, 1], 1.0, 1000, np.random.default_rng(seed))
            P = nnlib.forward(X, weights, biases, [nnlib.relu, nnlib.sigmoid])[-1][:, 0]
            assert np.mean((P > 0.5) == y) >= 0.95
            assert len(losses) == 1000


class TestSoftmax:
    def test_values(self, rng):
        assert nnlib.softmax([1, 2]).round(2).tolist() == [0.27, 0.73]
        Z = rng.normal(size=(5, 4)) * 5
        np.testing.assert_allclose(nnlib.softmax(Z), special.softmax(Z, axis=1), rtol=1e-13)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert nnlib.softmax([1e4, 0.0, -1e4]).tolist() == [1.0, 0.0, 0.0]

    def test_one_hot(self):
        assert nnlib.one_hot([2, 0], 3).tolist() == [[0, 0, 1], [1, 0, 0]]
        assert nnlib.one_hot([1], 2).dtype == np.float64
        for wrong in ([3], [-1], [0.5]):
            with pytest.raises(ValueError, match="whole numbers from 0 to 2"):
                nnlib.one_hot(wrong, 3)

    def test_cross_entropy(self, rng):
        P, y = special.softmax(rng.normal(size=(6, 3)), axis=1), np.array([0, 1, 2, 0, 1, 2])
        expected = -sum(math.log(p[k]) for p, k in zip(P, y, strict=True)) / 6
        assert nnlib.cross_entropy(P, nnlib.one_hot(y, 3)) == pytest.approx(expected, abs=1e-14)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert nnlib.cross_entropy([[0.5, 0.5, 0.0]], [[1, 0, 0]]) == pytest.approx(math.log(2))
            assert 10 < nnlib.cross_entropy([[0.0, 1.0]], [[1, 0]]) < 100
        with pytest.raises(ValueError, match="shape"):
            nnlib.cross_entropy([[0.5, 0.5]], [1, 0])

    def test_gradient(self, rng):
        Z, Y = rng.normal(size=(4, 3)), nnlib.one_hot([0, 2, 1, 1], 3)
        numerical = nnlib.numerical_gradient(lambda v: nnlib.cross_entropy(special.softmax(v, axis=1), Y), Z)
        np.testing.assert_allclose(nnlib.softmax_gradient(Z, Y), numerical, atol=1e-8)

    def test_predictions(self):
        P = np.array([[0.1, 0.3, 0.6], [0.7, 0.2, 0.1], [0.2, 0.5, 0.3]])
        classes = nnlib.predict_classes(P)
        assert (classes.tolist(), classes.dtype.kind) == ([2, 0, 1], "i")
        accuracies = [nnlib.top_k_accuracy(P, [2, 1, 1], k) for k in (1, 2, 3)]
        assert accuracies == pytest.approx([2 / 3, 1.0, 1.0])
        assert all(type(a) is float for a in accuracies)

    def test_train_learns_the_digits(self):
        from sklearn.datasets import load_digits
        from sklearn.model_selection import train_test_split

        digits = load_digits()
        X_train, X_test, y_train, y_test = train_test_split(
            digits.data / 16, digits.target, test_size=0.3, random_state=0
        )
        W, b, losses = nnlib.train_softmax(X_train, y_train, 10, 1.0, 1000, np.random.default_rng(0))
        assert (W.shape, b.shape, len(losses)) == ((10, 64), (10,), 1000)
        assert np.mean(nnlib.predict_classes(X_test @ W.T + b) == y_test) >= 0.93
        # One step of plain gradient descent, written out.
        W0 = nnlib.init_parameters([64, 10], np.random.default_rng(0))[0][0]
        Y = np.eye(10)[y_train]
        P = special.softmax(X_train @ W0.T, axis=1)
        assert losses[0] == pytest.approx(-np.mean(np.log(P[Y == 1])), abs=1e-12)
        W1, _, _ = nnlib.train_softmax(X_train, y_train, 10, 1.0, 1, np.random.default_rng(0))
        np.testing.assert_allclose(W1, W0 - (P - Y).T @ X_train / len(Y), atol=1e-12)


def test_no_function_changes_its_inputs(rng):
    X, y = rng.normal(size=(6, 3)), np.array([0, 1, 0, 1, 1, 0])
    weights, biases = nnlib.init_parameters([3, 4, 1], rng)
    P = special.softmax(X, axis=1)
    calls = [
        (nnlib.weighted_sum, X[0], X[1], 0.5),
        (nnlib.predict_all, X, X[0], 0.5),
        (nnlib.linear_regression, X, X[0], 0.5),
        (nnlib.logistic_regression, X, X[0], 0.5),
        (nnlib.collapse_linear, weights[0], biases[0], weights[1], biases[1]),
        (nnlib.hidden_activations, X[0], weights[0], biases[0], nnlib.relu),
        (nnlib.dropout, X, 0.5, rng),
        (nnlib.forward, X, weights, biases, [nnlib.relu, nnlib.sigmoid]),
        (nnlib.mse, X[:, 0], y),
        (nnlib.binary_cross_entropy, P[:, 0], y),
        (nnlib.mse_gradient, X, y, X[0], 0.5),
        (nnlib.output_delta, P[:, :1], y),
        (nnlib.hidden_delta, P, X[:3], X),
        (nnlib.backward, X, y, weights, biases),
        (nnlib.train, X, y, [3, 2, 1], 0.1, 3, rng),
        (nnlib.softmax, X),
        (nnlib.one_hot, y, 2),
        (nnlib.cross_entropy, P, P),
        (nnlib.softmax_gradient, X, P),
        (nnlib.predict_classes, P),
        (nnlib.top_k_accuracy, P, y, 2),
        (nnlib.train_softmax, X, y, 2, 0.1, 3, rng),
    ]

    def arrays(arguments):
        flat = itertools.chain.from_iterable(a if isinstance(a, list) else [a] for a in arguments)
        return [a for a in flat if isinstance(a, np.ndarray)]

    for function, *arguments in calls:
        before = [a.copy() for a in arrays(arguments)]
        for array in arrays(arguments):
            array.flags.writeable = False
        function(*arguments)
        for array, old in zip(arrays(arguments), before, strict=True):
            np.testing.assert_array_equal(array, old)
