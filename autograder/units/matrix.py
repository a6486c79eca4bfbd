"""Unit 04: all neurons of a layer, and all samples of a batch, at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np

import nnlib
from autograder.exercise import Case, Exercise, Misconception, Unit

Array = np.ndarray


def layer_shapes_cases(rng: np.random.Generator) -> list[Case]:
    """Networks of one layer and of many, with equal neighbours and without."""
    cases = [
        Case([2, 4, 1]),
        Case([3, 2], note="one layer"),
        Case([5, 1], note="a single neuron"),
        Case([1, 6, 3], note="one input"),
        Case([4, 4, 4], note="all layers equally wide"),
        Case([1, 1, 1], note="one unit everywhere"),
        Case([784, 512, 256, 10], note="a network for pictures of 28×28 pixels"),
    ]
    return cases + [Case(_sizes(rng, layers)) for layers in (2, 3, 4, 6)]


def _sizes(rng: np.random.Generator, layers: int) -> list[int]:
    """Layer sizes of which no two are equal: only these tell rows from columns and one layer from another."""
    return [int(size) for size in rng.choice(np.arange(2, 20), size=layers + 1, replace=False)]


LAYER_SHAPES = Exercise(
    name="layer_shapes",
    points=2,
    explained="By hand first",
    reference=nnlib.layer_shapes,
    cases=layer_shapes_cases,
    hints=(
        "Draw the network `[2, 3, 1]`. How many layers with weights does it have? That is how many pairs the list holds.",
        "A layer sits between two neighbours of the list: the size before it and its own. `zip(layer_sizes, layer_sizes[1:])` "
        "goes through these pairs; a loop over `range(1, len(layer_sizes))` does as well.",
        "`W` has a row for each neuron of its layer, and in that row a weight for each input. `b` has one number for each "
        "neuron. A shape with one number in it is written with a comma: `(3,)`.",
    ),
    misconceptions=(
        Misconception(
            "rows-and-columns-swapped",
            lambda layer_sizes: [((a, b), (b,)) for a, b in pairwise(layer_sizes)],
            "Rows and columns of `W` have changed places. Some books store weights that way; in this course a neuron is "
            "a row of `W`. Count the rows of the `W` at the top of the notebook.",
        ),
        Misconception(
            "bias-for-each-input",
            lambda layer_sizes: [((b, a), (a,)) for a, b in pairwise(layer_sizes)],
            "`b` has a number for each input of the layer. A bias belongs to the neuron that adds it, so a layer would get "
            "too many of them, or too few. Which of the two sizes counts the neurons?",
        ),
        Misconception(
            "bias-as-column",
            lambda layer_sizes: [((b, a), (b, 1)) for a, b in pairwise(layer_sizes)],
            "`b` is a column here, with two numbers in its shape. Added to a batch it would be spread along the wrong "
            "axis: one bias for each sample. In this course `b` has one axis.",
        ),
        Misconception(
            "bias-without-comma",
            lambda layer_sizes: [((b, a), b) for a, b in pairwise(layer_sizes)],
            "The shape of `b` is a plain number. `(3)` is the number 3, the brackets do nothing; `np.zeros(3).shape` is a "
            "tuple, and you can look at it.",
        ),
        Misconception(
            "one-bias-a-layer",
            lambda layer_sizes: [((b, a), (1,)) for a, b in pairwise(layer_sizes)],
            "A whole layer shares one bias here. Then all its neurons would shift together, and none could draw its line "
            "where it is needed. Every neuron has a bias of its own.",
        ),
        Misconception(
            "input-layer-too",
            lambda layer_sizes: [
                ((layer_sizes[i], layer_sizes[i - 1]), (layer_sizes[i],)) for i in range(len(layer_sizes))
            ],
            "There is one pair too many, at the front. The input layer computes nothing, so it has no weights; and "
            "`layer_sizes[i - 1]` with `i = 0` is the last entry, without any error.",
        ),
        Misconception(
            "misses-the-output",
            lambda layer_sizes: [((b, a), (b,)) for a, b in pairwise(layer_sizes[:-1])],
            "The last layer is missing. The output layer has weights like every other; without them the network ends at its "
            "hidden units. Look at where your loop stops.",
        ),
        Misconception(
            "always-from-the-input",
            lambda layer_sizes: [((b, layer_sizes[0]), (b,)) for b in layer_sizes[1:]],
            "Every layer gets as many columns as the network has inputs. Only the first layer sees the inputs; a later one "
            "sees what the layer before it gives.",
        ),
        Misconception(
            "no-biases",
            lambda layer_sizes: [(b, a) for a, b in pairwise(layer_sizes)],
            "The shapes of the weights are there, those of the biases are not. Each entry of the list is a pair: the shape "
            "of `W` and the shape of `b`.",
        ),
        Misconception(
            "flat-list",
            lambda layer_sizes: [shape for a, b in pairwise(layer_sizes) for shape in ((b, a), (b,))],
            "All shapes stand in one flat list. One entry for each layer is asked for, so that entry 0 has all there is to "
            "know about layer 1. Wrap the two shapes of a layer in a tuple.",
        ),
        Misconception(
            "weights-first-then-biases",
            lambda layer_sizes: (
                [(b, a) for a, b in pairwise(layer_sizes)],
                [(b,) for b in layer_sizes[1:]],
            ),
            "You return two lists, one of weights and one of biases. Here one list is asked for, with a pair for each layer.",
        ),
        Misconception(
            "lists-for-shapes",
            lambda layer_sizes: [[[b, a], [b]] for a, b in pairwise(layer_sizes)],
            "The numbers are right, but the shapes are lists. NumPy's shapes are tuples, and `W.shape == [3, 2]` is False for "
            "every array. Use round brackets.",
        ),
    ),
)


def double_and_shift(z: Any) -> Any:
    """An activation that no library has: 2z + 1."""
    return 2 * z + 1


def layer_forward_cases(rng: np.random.Generator) -> list[Case]:
    """Batches and layers of all proportions; square ones alone would hide a forgotten transpose."""
    cases = [
        Case(
            np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]]),
            np.array([[1.0, -1.0], [0.5, 2.0]]),
            np.array([0.5, -1.0]),
            nnlib.relu,
            note="as many neurons as inputs",
        ),
        Case(
            np.array([[2.0, -1.0], [0.0, 1.0]]),
            np.array([[1.0, 1.0], [-1.0, 2.0], [0.5, 3.0]]),
            np.array([1.0, 0.0, -2.0]),
            nnlib.linear,
        ),
        Case(
            np.array([[1.0, -1.0], [2.0, 0.0]]),
            np.array([[1.0, 1.0], [2.0, -1.0]]),
            np.array([0.0, 1.0]),
            nnlib.step,
            note="where z is exactly 0",
        ),
        _layer(rng, 1, 3, 4, nnlib.relu, note="one sample"),
        _layer(rng, 5, 1, 3, nnlib.sigmoid, note="one input"),
        _layer(rng, 5, 4, 1, nnlib.sigmoid, note="one neuron"),
        _layer(rng, 6, 3, 3, np.tanh, note="as many neurons as inputs"),
        _layer(rng, 3, 4, 3, nnlib.sigmoid, note="as many samples as neurons"),
        _layer(rng, 4, 4, 2, nnlib.relu, note="as many samples as inputs"),
        _layer(rng, 4, 4, 4, double_and_shift, note="4 samples, 4 inputs, 4 neurons"),
        _layer(rng, 7, 3, 5, double_and_shift),
        _layer(rng, 40, 12, 9, nnlib.relu),
    ]
    A_prev, W, b, _ = cases[-2].args
    return [
        *cases,
        Case(np.zeros_like(A_prev), W, b, nnlib.sigmoid, note="all inputs zero"),
        Case(1e6 * A_prev, W, 1e6 * b, nnlib.relu, note="large numbers"),
    ]


def _layer(
    rng: np.random.Generator, n: int, n_in: int, n_out: int, g: Callable[..., Any], note: str = ""
) -> Case:
    b = rng.uniform(0.5, 1.5, size=n_out) * rng.choice([-1.0, 1.0], size=n_out)
    return Case(rng.normal(size=(n, n_in)), rng.normal(size=(n_out, n_in)), b, g, note=note)


def _with_activation(
    weighted_sums: Callable[[Array, Array, Array], Array],
) -> Callable[[Array, Array, Array, Callable[..., Any]], tuple[Any, Any]]:
    """A layer that computes its weighted sums in its own way."""

    def layer(A_prev: Array, W: Array, b: Array, g: Callable[..., Any]) -> tuple[Any, Any]:
        Z = weighted_sums(A_prev, W, b)
        return Z, g(Z)

    return layer


def _transpose_on_complaint(A_prev: Array, W: Array, b: Array) -> Array:
    try:
        return A_prev @ W + b
    except ValueError:
        return A_prev @ W.T + b


def _bias_after_activation(A_prev: Array, W: Array, b: Array, g: Callable[..., Any]) -> tuple[Any, Any]:
    Z = A_prev @ W.T
    return Z, g(Z) + b


def _right(A_prev: Array, W: Array, b: Array, g: Callable[..., Any]) -> tuple[Any, Any]:
    Z = A_prev @ W.T + b
    return Z, g(Z)


LAYER_FORWARD = Exercise(
    name="layer_forward",
    points=3,
    explained="By hand first",
    reference=nnlib.layer_forward,
    cases=layer_forward_cases,
    hints=(
        "Write the shapes of `A_prev` and `W` side by side. Samples are rows, neurons are rows. What must happen to one of "
        "the two before `@` fits?",
        "First `Z`, the weighted sums of all samples and all neurons. It has a row for each sample and a column for each neuron. "
        "Then `g` is called once, with the whole of `Z`.",
        "Three steps: the product of `A_prev` with the transpose of `W`; add `b`, which NumPy spreads over the rows; call `g`. "
        "Return both arrays, in the order that the docstring gives.",
    ),
    misconceptions=(
        Misconception(
            "no-transpose",
            _with_activation(lambda A_prev, W, b: A_prev @ W + b),
            "You multiply with `W` as it is. `@` takes columns from its right side, and the columns of `W` are no neurons. If "
            "`W` is square no error says so, and every weight then sits at the wrong connection. Look at the live figure.",
        ),
        Misconception(
            "transposes-only-on-complaint",
            _with_activation(_transpose_on_complaint),
            "Where both forms of `W` fit, you take the wrong one. When a layer has as many neurons as inputs, no shape tells "
            "them apart: the network runs and computes something else. Which form is right follows from what a row of `W` is.",
        ),
        Misconception(
            "samples-as-columns",
            _with_activation(lambda A_prev, W, b: W @ A_prev.T + b[:, None]),
            "The numbers are right, but they lie on their side: a column for each sample. The next layer expects samples as "
            "rows, as they came in.",
        ),
        Misconception(
            "weights-first",
            _with_activation(lambda A_prev, W, b: W @ A_prev.T + b),
            "You multiply with `W` from the left, so each sample becomes a column; and `b`, compared from the right, then meets "
            "the samples in place of the neurons. That fits by accident only. On which side of `@` must a batch stand for its rows to "
            "stay rows?",
        ),
        Misconception(
            "bias-for-each-sample",
            _with_activation(lambda A_prev, W, b: A_prev @ W.T + b[:, None]),
            "`b` is spread over the columns: each sample gets a bias, when each neuron should. With as many samples as neurons "
            "it goes through without an error. Look at the rule of broadcasting: shapes are compared from the right.",
        ),
        Misconception(
            "forgets-bias",
            _with_activation(lambda A_prev, W, b: A_prev @ W.T),
            "`b` is never used. Then every neuron's line goes through the origin. Look at the last term of the formula.",
        ),
        Misconception(
            "subtracts-bias",
            _with_activation(lambda A_prev, W, b: A_prev @ W.T - b),
            "The bias is subtracted. Every neuron then shifts the wrong way; the formula adds it.",
        ),
        Misconception(
            "bias-after-activation",
            _bias_after_activation,
            "The bias is added after `g`. A ReLU then cuts at the same place whatever `b` is, and a sigmoid can leave the "
            "range from 0 to 1. The bias belongs to the weighted sum.",
        ),
        Misconception(
            "no-activation",
            lambda A_prev, W, b, g: (A_prev @ W.T + b, A_prev @ W.T + b),
            "Both arrays are the weighted sums; `g` is not called. Stacked layers would then collapse into one, as in unit 02.",
        ),
        Misconception(
            "activated-twice",
            lambda A_prev, W, b, g: (g(A_prev @ W.T + b), g(A_prev @ W.T + b)),
            "Both arrays hold the activations. `Z` should be what stood there before `g`: training needs it, since the slope "
            "of `g` is taken at `Z`. Was `Z` overwritten?",
        ),
        Misconception(
            "only-activations",
            lambda A_prev, W, b, g: g(A_prev @ W.T + b),
            "The activations are right, but they come alone. The function returns two arrays, the weighted sums as well.",
        ),
        Misconception(
            "wrong-order",
            lambda A_prev, W, b, g: _right(A_prev, W, b, g)[::-1],
            "Both arrays are right, but they have changed places: first `Z`, then `A`. Whoever calls the function takes them "
            "apart in that order.",
        ),
        Misconception(
            "first-sample-only",
            _with_activation(lambda A_prev, W, b: W @ A_prev[0] + b),
            "Only the first sample is computed. The layer should handle every row of the batch.",
        ),
    ),
)


def forward_cases(rng: np.random.Generator) -> list[Case]:
    """Networks of one layer and of many, with another activation in each layer."""
    relu, sigmoid, linear = nnlib.relu, nnlib.sigmoid, nnlib.linear
    return [
        Case(
            np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]]),
            [np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([[1.0, -2.0]])],
            [np.array([0.5, -1.0]), np.array([3.0])],
            [relu, linear],
            note="as many hidden units as inputs",
        ),
        _network(rng, 5, [3, 2], [sigmoid], note="one layer"),
        _network(rng, 1, [2, 4, 3], [relu, sigmoid], note="one sample"),
        _network(rng, 6, [1, 4, 1], [np.tanh, linear], note="one input, one output"),
        _network(rng, 5, [3, 3, 3, 3], [sigmoid, double_and_shift, np.tanh], note="all layers equally wide"),
        _network(rng, 3, [3, 3, 3], [double_and_shift, sigmoid], note="3 samples, all layers of 3 units"),
        _network(rng, 4, [2, 1, 5], [np.tanh, relu], note="a hidden layer of one unit"),
        _network(rng, 8, [2, 3, 4, 1], [relu, np.tanh, sigmoid]),
        _network(rng, 5, [4, 6, 2, 3, 5], [np.tanh, relu, double_and_shift, sigmoid]),
        _network(rng, 40, [20, 15, 10], [relu, linear]),
    ]


def _network(
    rng: np.random.Generator, n: int, sizes: Sequence[int], activations: list[Any], note: str = ""
) -> Case:
    layers = [
        _layer(rng, n, n_in, n_out, g).args
        for (n_in, n_out), g in zip(pairwise(sizes), activations, strict=True)
    ]
    return Case(
        layers[0][0], [W for _, W, _, _ in layers], [b for _, _, b, _ in layers], activations, note=note
    )


def _chain(layer: Callable[..., tuple[Any, Any]]) -> Callable[..., list[Any]]:
    """A forward pass built on a layer that computes its sums and activations in its own way."""

    def forward(X: Array, weights: Any, biases: Any, activations: Any) -> list[Any]:
        A = [X]
        for W, b, g in zip(weights, biases, activations, strict=True):
            A.append(layer(A[-1], W, b, g)[1])
        return A

    return forward


_forward = _chain(_right)


def _always_from_the_input(X: Array, weights: Any, biases: Any, activations: Any) -> list[Any]:
    return [X] + [_right(X, W, b, g)[1] for W, b, g in zip(weights, biases, activations, strict=True)]


def _passes_sums_on(X: Array, weights: Any, biases: Any, activations: Any) -> list[Any]:
    A, Z = [X], X
    for W, b, g in zip(weights, biases, activations, strict=True):
        Z, activated = _right(Z, W, b, g)
        A.append(activated)
    return A


def _sums(X: Array, weights: Any, biases: Any, activations: Any) -> list[Any]:
    A, sums = X, [X]
    for W, b, g in zip(weights, biases, activations, strict=True):
        Z, A = _right(A, W, b, g)
        sums.append(Z)
    return sums


def _passes_pairs_on(X: Array, weights: Any, biases: Any, activations: Any) -> list[Any]:
    A: list[Any] = [X]
    for W, b, g in zip(weights, biases, activations, strict=True):
        A.append(_right(A[-1], W, b, g))
    return A


def _counts_from_one(X: Array, weights: Any, biases: Any, activations: Any) -> list[Any]:
    return _forward(X, weights[1:], biases[1:], activations[1:])


FORWARD = Exercise(
    name="forward",
    points=3,
    explained="Layers in a line",
    reference=nnlib.forward,
    cases=forward_cases,
    builds_on=("layer_forward",),
    hints=(
        "What goes into layer 1? What goes into layer 2? The list that you build already holds it: `A[-1]` is its last entry.",
        "Start with `A = [X]`. For each layer, take its weights, its biases and its activation (`zip` goes through three lists "
        "in step), compute the layer's activations from the last entry, and append them.",
        "`layer_forward` gives two arrays, `Z` and `A`. Only one of them goes into the list, and the next layer starts from it. "
        "The `return` stands after the loop.",
    ),
    misconceptions=(
        Misconception(
            "input-left-out",
            lambda X, weights, biases, activations: _forward(X, weights, biases, activations)[1:],
            "The list starts with the first hidden layer. Entry 0 should be the input, so that entry i belongs to layer i; "
            "training looks there for what went into layer 1.",
        ),
        Misconception(
            "output-only",
            lambda X, weights, biases, activations: _forward(X, weights, biases, activations)[-1],
            "You return the output alone. Training will need what every layer gave; the function returns the whole list.",
        ),
        Misconception(
            "always-from-the-input",
            _always_from_the_input,
            "Every layer gets `X`. Then the layers stand side by side and none builds on another. Where all layers are equally "
            "wide, no error says so. What should go into layer 2?",
        ),
        Misconception(
            "passes-sums-on",
            _passes_sums_on,
            "The next layer gets the weighted sums and not the activations. So `g` plays no part between the layers, and they "
            "collapse into one linear layer, as in unit 02.",
        ),
        Misconception(
            "returns-sums",
            _sums,
            "The list holds the weighted sums `Z`. The layers are computed rightly, but what is asked for is what each of them "
            "passes on: its activations.",
        ),
        Misconception(
            "pairs",
            _passes_pairs_on,
            "The entries are pairs (Z, A): `layer_forward` gives two arrays, and both went into the list, and from there into the "
            "next layer. Take the pair apart and append one of them.",
        ),
        Misconception(
            "counts-from-one",
            _counts_from_one,
            "Entry 0 of `weights`, `biases` and `activations` is never used. It belongs to layer 1, so the first layer is skipped here "
            "and every later one reads the wrong activations. Look at where your loop starts.",
        ),
        Misconception(
            "first-activation-everywhere",
            lambda X, weights, biases, activations: _forward(
                X, weights, biases, [activations[0]] * len(weights)
            ),
            "Every layer uses the first activation function. The output layer then answers in the wrong range, such as 3.7 for a "
            "probability. Each layer has its own entry in `activations`.",
        ),
        Misconception(
            "activations-reversed",
            lambda X, weights, biases, activations: _forward(X, weights, biases, activations[::-1]),
            "The activation functions are taken from the back. Entry 0 of all three lists belongs to layer 1.",
        ),
        Misconception(
            "bare-output",
            lambda X, weights, biases, activations: _forward(
                X, weights, biases, [*activations[:-1], nnlib.linear]
            ),
            "The output layer is left without its activation. A sigmoid there would turn its sum into a probability; as it "
            "is, the network answers with any number.",
        ),
        Misconception(
            "misses-the-output",
            lambda X, weights, biases, activations: _forward(X, weights[:-1], biases[:-1], activations[:-1]),
            "The last layer is not computed. Look at where your loop stops: there is one round for every entry of `weights`.",
        ),
        Misconception(
            "stops-after-one-layer",
            lambda X, weights, biases, activations: _forward(X, weights[:1], biases[:1], activations[:1]),
            "Only the first layer is computed. Is there a `return` inside the loop? It ends the function in the first round.",
        ),
        Misconception(
            "activates-the-input",
            lambda X, weights, biases, activations: _forward(activations[0](X), weights, biases, activations),
            "The input itself goes through an activation function. The input layer computes nothing: A0 is `X` as it is.",
        ),
        Misconception(
            "no-transpose",
            _chain(_with_activation(lambda A_prev, W, b: A_prev @ W + b)),
            "The weights are not transposed, so columns of `W` are used as neurons. It runs only where a layer is square, and "
            "there it computes another network. Your `layer_forward` takes care of this if you call it.",
        ),
        Misconception(
            "forgets-biases",
            _chain(_with_activation(lambda A_prev, W, b: A_prev @ W.T)),
            "`biases` is never used, in any layer. Then no neuron can shift its line away from the origin.",
        ),
    ),
)


def multiply_adds_cases(rng: np.random.Generator) -> list[Case]:
    """Small counts that can be checked on paper, and large ones below 2³¹."""
    cases = [
        Case([3, 2], 1, note="one layer, one sample"),
        Case([3, 2], 5, note="one layer"),
        Case([2, 4, 1], 3),
        Case([1, 1], 1, note="a single weight"),
        Case([4, 4, 4], 10, note="all layers equally wide"),
        Case([2, 3, 3, 1], 300, note="the network of unit 03 on 300 samples"),
        Case([784, 512, 256, 10], 1000, note="a thousand pictures of 28×28 pixels"),
    ]
    return cases + [Case(_sizes(rng, layers), int(rng.integers(2, 50))) for layers in (1, 2, 3, 5)]


def _weights(sizes: Sequence[int]) -> int:
    return sum(a * b for a, b in pairwise(sizes))


MULTIPLY_ADDS = Exercise(
    name="multiply_adds",
    points=2,
    explained="How much work is it?",
    reference=nnlib.multiply_adds,
    cases=multiply_adds_cases,
    builds_on=("layer_shapes",),
    hints=(
        "Take `[3, 2]` and one sample. Each of the two neurons multiplies each of its three inputs with a weight. How many "
        "multiplications is that?",
        "In one forward pass of one sample every weight is used once. So how many weights does a layer have? "
        "`layer_shapes` knows.",
        "Add up the layers, then think of the samples: each of them meets every weight once.",
    ),
    misconceptions=(
        Misconception(
            "forgets-the-samples",
            lambda layer_sizes, n: _weights(layer_sizes),
            "`n` plays no part. This is the count for one sample; every sample of the batch is multiplied with all weights again.",
        ),
        Misconception(
            "counts-biases",
            lambda layer_sizes, n: n * (_weights(layer_sizes) + sum(layer_sizes[1:])),
            "The biases are counted too. They are added, never multiplied with anything. This is the count of parameters "
            "from unit 03, times the samples.",
        ),
        Misconception(
            "counts-additions",
            lambda layer_sizes, n: 2 * n * _weights(layer_sizes),
            "This is twice as much: you count the additions as well. A multiplication and the addition after it count as one "
            "here (a multiply-add); on many machines they are one instruction.",
        ),
        Misconception(
            "one-long-product",
            lambda layer_sizes, n: n * prod(layer_sizes),
            "All sizes are multiplied together. Then one more layer would multiply the work, when it only adds its own: "
            "a layer's weights join it to its neighbour, not to all the others.",
        ),
        Misconception(
            "adds-sizes",
            lambda layer_sizes, n: n * sum(layer_sizes),
            "The sizes are added up, which counts units. Work is done at the connections, and between two layers every unit "
            "is connected to every unit.",
        ),
        Misconception(
            "counts-neurons",
            lambda layer_sizes, n: n * sum(layer_sizes[1:]),
            "This counts one for each neuron. A neuron multiplies once for every input that it has.",
        ),
        Misconception(
            "squares",
            lambda layer_sizes, n: n * sum(a * a for a in layer_sizes),
            "Each size is multiplied with itself. That is right for square layers only; weights lie between a layer and the one "
            "before it.",
        ),
        Misconception(
            "first-layer-only",
            lambda layer_sizes, n: n * layer_sizes[0] * layer_sizes[1],
            "Only the first layer is counted. The later ones multiply too. Is there a `return` inside the loop?",
        ),
        Misconception(
            "misses-the-output",
            lambda layer_sizes, n: n * _weights(layer_sizes[:-1]),
            "The output layer is not counted. It has weights like every other. Look at where your loop stops.",
        ),
        Misconception(
            "misses-the-first-layer",
            lambda layer_sizes, n: n * _weights(layer_sizes[1:]),
            "The first layer is not counted. The input layer computes nothing, but the weights between it and the "
            "first hidden layer are used as all others are.",
        ),
        Misconception(
            "closes-the-ring",
            lambda layer_sizes, n: (
                n * sum(layer_sizes[i] * layer_sizes[i - 1] for i in range(len(layer_sizes)))
            ),
            "There is one product too many: with `i = 0`, `layer_sizes[i - 1]` is the last entry, and so the output is joined to the "
            "input. Look at where your loop starts.",
        ),
        Misconception(
            "float",
            lambda layer_sizes, n: float(n * _weights(layer_sizes)),
            "The count is right, but it comes as a float. What is counted is whole: the exercise asks for an int.",
        ),
    ),
)

UNIT = Unit(
    key="04-matrix-form",
    title="All neurons at once",
    exercises=(LAYER_SHAPES, LAYER_FORWARD, FORWARD, MULTIPLY_ADDS),
    written=("shape_error",),
    provides=(
        "plots",
        "live",
        "activations.linear",
        "activations.relu",
        "activations.sigmoid",
        "activations.step",
        "mlp.xor_parameters",
    ),
)
