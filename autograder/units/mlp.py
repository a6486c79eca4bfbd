"""Unit 03: neurons in layers."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import numpy as np

import nnlib
from autograder.exercise import Case, Drawn, Exercise, Misconception, Unit, fresh

Function = Callable[..., Any]


def _layer(rng: np.random.Generator, a: Any, n_out: int) -> tuple[Any, Any]:
    """Weights and biases of a layer: on input `a` some sums are clearly positive, some clearly negative."""
    while True:
        W, b = rng.normal(size=(n_out, len(a))), rng.normal(size=n_out)
        z = W @ a + b
        if np.all(np.abs(z) > 0.1) and (n_out == 1 or z.min() < 0 < z.max()):
            return W, b


def hidden_activations_cases(rng: np.random.Generator) -> list[Case]:
    """Layers of several shapes, square ones too, with every activation function; no sum is near 0."""

    def case(n_in: int, n_out: int, g: Function, note: str = "") -> Case:
        x = rng.normal(size=n_in)
        return Case(x, *_layer(rng, x, n_out), g, note=note)

    x = np.array([1.0, 3.0])
    cases = [
        Case(x, np.array([[2.0, 0.5], [-1.0, -1.0], [0.0, 1.0]]), np.array([1.0, 0.5, -2.0]), nnlib.relu),
        case(4, 2, nnlib.relu, "more inputs than neurons"),
        case(2, 5, nnlib.sigmoid, "more neurons than inputs"),
        case(3, 3, nnlib.relu, "as many neurons as inputs"),
        case(3, 1, nnlib.sigmoid, "one neuron"),
        case(1, 4, nnlib.relu, "one input"),
        case(3, 4, nnlib.linear),
        case(2, 3, nnlib.step),
        case(4, 4, nnlib.tanh),
        case(30, 20, nnlib.sigmoid),
    ]
    W, b = rng.normal(size=(3, 2)), np.array([0.5, -1.5, 2.0])
    cases.append(Case(np.zeros(2), W, b, nnlib.relu, note="all inputs zero"))
    cases.append(Case(x, np.array([[1, -1], [2, 1]]), np.array([1, -2]), nnlib.relu, note="whole numbers"))
    x, W, b, g = cases[1].args
    cases.append(Case(*(array.astype(np.float32) for array in (x, W, b)), g, note="float32"))
    x, W, b, g = cases[2].args
    cases.append(Case(-1e3 * x, W, b, nnlib.relu, note="large inputs"))
    return cases


HIDDEN_ACTIVATIONS = Exercise(
    name="hidden_activations",
    points=2,
    explained="By hand first",
    reference=nnlib.hidden_activations,
    cases=hidden_activations_cases,
    hints=(
        "How many neurons are there? As many as `W` has rows. Each of them does what one neuron always does, with its own row "
        "of `W` and its own entry of `b`.",
        "Write it for neuron number `j` alone first: which row, which bias? Then let `j` run over all of them and collect "
        "what comes out.",
        "`zip(W, b)` gives row after row with its bias, and `neuron(x, w, b, g)` is there from the first cell. "
        "`np.array(...)` makes an array of a list.",
    ),
    misconceptions=(
        Misconception(
            "forgets-biases",
            lambda x, W, b, g: g(W @ x),
            "`b` is never used. Every neuron of the layer then draws its line through the origin. Look at the formula: each "
            "neuron has a term of its own after the products.",
        ),
        Misconception(
            "no-activation",
            lambda x, W, b, g: W @ x + b + 0.0,
            "These are the weighted sums. Nothing has gone through `g` yet, and layers without a `g` between them "
            "collapse into one, as unit 02 showed.",
        ),
        Misconception(
            "columns-for-rows",
            lambda x, W, b, g: g(W.T @ x + b),
            "The columns of `W` are taken for the neurons. A row holds the weights of one neuron, one for each input; a "
            "column holds what all neurons make of one input.",
        ),
        Misconception(
            "one-bias-for-all",
            lambda x, W, b, g: g(W @ x + b[0]),
            "All neurons get the first bias. Then their lines can't be shifted one by one. There is an entry of `b` for each "
            "neuron.",
        ),
        Misconception(
            "bias-after-activation",
            lambda x, W, b, g: g(W @ x) + b,
            "The bias is added after `g`. It should shift the point where the neuron wakes up, so it belongs inside: the sum "
            "comes first, whole, and `g` last.",
        ),
        Misconception(
            "activates-inputs",
            lambda x, W, b, g: W @ g(x) + b,
            "`g` is applied to the inputs, before the sum. The neuron's own sum then stays a straight-line function of what "
            "comes in. Look at the order: weigh, add up, then `g`.",
        ),
        Misconception(
            "bias-per-input",
            lambda x, W, b, g: g(np.sum(W * x + b[:, None], axis=1)),
            "The bias is added once for each input, inside the sum. It then counts more in a layer with more inputs; a neuron "
            "adds its bias once.",
        ),
        Misconception(
            "one-number",
            lambda x, W, b, g: float(np.sum(g(W @ x + b))),
            "The activations are added up to a single number. The next layer needs each of them on its own, "
            "because it weighs them.",
        ),
        Misconception(
            "first-neuron-only",
            lambda x, W, b, g: float(g(W[0] @ x + b[0])),
            "Only the first neuron answers. Is there a `return` inside the loop? It ends the function in the first round.",
        ),
        Misconception(
            "misses-last-neuron",
            lambda x, W, b, g: np.array([float(g(W[j] @ x + b[j])) for j in range(len(b) - 1)]),
            "The last neuron of the layer is missing. Look at where your loop, or your slice, ends.",
        ),
        Misconception(
            "neuron-per-input",
            lambda x, W, b, g: np.array([float(g(W[j] @ x + b[j])) for j in range(len(x))]),
            "It goes through as many neurons as there are inputs. The two numbers have nothing to do with each other: "
            "what tells you how many neurons there are?",
        ),
        Misconception(
            "always-relu",
            lambda x, W, b, g: np.maximum(W @ x + b, 0.0),
            "It uses ReLU whatever `g` is. The same function has to serve an output layer with a sigmoid; call the `g` "
            "that it is given.",
        ),
        Misconception(
            "list",
            lambda x, W, b, g: [float(g(w @ x + b_j)) for w, b_j in zip(W, b, strict=True)],
            "The activations are right, but they come as a list. The next layer multiplies them by weights, and for that they "
            "must be an array.",
        ),
        Misconception(
            "column",
            lambda x, W, b, g: g(W @ x + b)[:, None],
            "The activations are right, but they come as a column, shape (n_1, 1). The next layer wants one flat array of "
            "inputs, as `x` is one.",
        ),
    ),
)


def two_layer_forward_cases(rng: np.random.Generator) -> list[Case]:
    """Networks of several shapes; the two activation functions differ in most, no sum is near 0."""

    def case(
        sizes: tuple[int, int, int],
        g_hidden: Function,
        g_output: Function,
        note: str = "",
        scale: float = 1.0,
    ) -> Case:
        x = scale * rng.normal(size=sizes[0])
        W1, b1 = _layer(rng, x, sizes[1])
        W2, b2 = _layer(rng, g_hidden(W1 @ x + b1), sizes[2])
        return Case(x, W1, b1, W2, b2, g_hidden, g_output, note=note)

    relu, sigmoid, linear, step = nnlib.relu, nnlib.sigmoid, nnlib.linear, nnlib.step
    W1, b1 = np.array([[1.0, 1.0], [2.0, -1.0]]), np.array([-1.0, 3.0])
    W2, b2 = np.array([[0.5, 1.0]]), np.array([-1.5])
    cases = [
        Case(np.array([1.0, 2.0]), W1, b1, W2, b2, relu, linear),
        case((2, 3, 1), relu, sigmoid),
        case((3, 4, 2), sigmoid, linear),
        case((4, 2, 3), relu, sigmoid, note="more outputs than hidden units"),
        case((3, 3, 3), relu, sigmoid, note="as many units in every layer"),
        case((2, 5, 5), nnlib.tanh, relu),
        case((1, 4, 1), relu, linear, note="one input"),
        case((2, 1, 1), sigmoid, linear, note="one hidden unit"),
        case((2, 4, 2), step, sigmoid),
        case((2, 3, 2), linear, step),
        case((2, 3, 1), relu, relu),
        case((20, 30, 10), relu, sigmoid),
        case((2, 3, 1), relu, linear, note="large inputs", scale=1e3),
    ]
    *arrays, g_hidden, g_output = cases[1].args
    cases.append(Case(*(array.astype(np.float32) for array in arrays), g_hidden, g_output, note="float32"))
    return cases


TWO_LAYER_FORWARD = Exercise(
    name="two_layer_forward",
    points=2,
    explained="By hand first",
    reference=nnlib.two_layer_forward,
    cases=two_layer_forward_cases,
    builds_on=("hidden_activations",),
    hints=(
        "Follow the numbers in the picture from left to right. What do the output neurons get as their inputs?",
        "Keep the hidden activations in a variable of their own. How many are there, and which of the two weight matrices has "
        "as many columns?",
        "An output layer is a layer too: `hidden_activations` doesn't mind what stands to its right. You need it twice, with "
        "different arguments.",
    ),
    misconceptions=(
        Misconception(
            "same-activation-twice",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_hidden(W2 @ g_hidden(W1 @ x + b1) + b2),
            "The output layer uses `g_hidden`. With ReLU there the network can't give a negative number, and nothing that is "
            "a probability. Look at which function the last line calls.",
        ),
        Misconception(
            "output-activation-twice",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_output(W2 @ g_output(W1 @ x + b1) + b2),
            "The hidden layer uses `g_output`. With a linear output the hidden layer would be linear as well, and the network "
            "no more than one layer.",
        ),
        Misconception(
            "activations-swapped",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_hidden(W2 @ g_output(W1 @ x + b1) + b2),
            "The two activation functions have changed places. The one for the hidden layer comes first in the argument list, "
            "as the hidden layer does in the network.",
        ),
        Misconception(
            "linear-hidden-layer",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_output(W2 @ (W1 @ x + b1) + b2),
            "The hidden layer has no activation function, so both layers collapse into one and the boundary stays straight. "
            "What happens to the hidden sums before they travel on?",
        ),
        Misconception(
            "no-output-activation",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: W2 @ g_hidden(W1 @ x + b1) + b2,
            "These are the weighted sums of the output layer. They have not gone through `g_output`, so nothing makes them "
            "a probability or a decision.",
        ),
        Misconception(
            "forgets-output-bias",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_output(W2 @ g_hidden(W1 @ x + b1)),
            "`b2` plays no part. When all hidden units are silent, the output can't be moved any more. Look at the second "
            "layer's sum.",
        ),
        Misconception(
            "forgets-hidden-bias",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_output(W2 @ g_hidden(W1 @ x) + b2),
            "`b1` plays no part, so every hidden unit draws its line through the origin. Look at the first layer's sum.",
        ),
        Misconception(
            "first-bias-twice",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_output(W2 @ g_hidden(W1 @ x + b1) + b1),
            "`b1` is used in both layers. The output units have biases of their own. Look at the second layer's arguments.",
        ),
        Misconception(
            "output-sees-inputs",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_output(W2 @ x + b2),
            "The output layer gets `x` itself, and the hidden layer's work is thrown away. In a feedforward network each "
            "layer gets what the layer before it gives.",
        ),
        Misconception(
            "stops-at-hidden",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_hidden(W1 @ x + b1),
            "These are the hidden activations. They are the inputs of one more layer.",
        ),
        Misconception(
            "first-layer-twice",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_output(W1 @ g_hidden(W1 @ x + b1) + b1),
            "The first layer's weights and biases are used for both layers. That can only fit where the layers happen to be "
            "of the same size. Look at the second call.",
        ),
        Misconception(
            "columns-for-rows",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: g_output(W2.T @ g_hidden(W1 @ x + b1) + b2),
            "`W2` is used on its side: its columns are taken for the output neurons. In every layer a row holds the "
            "weights of one neuron.",
        ),
        Misconception(
            "first-output-only",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: float(g_output(W2 @ g_hidden(W1 @ x + b1) + b2)[0]),
            "You return the first output alone, as a number. A network can have several outputs; the result is an array "
            "with one entry for each, even where there is one.",
        ),
        Misconception(
            "both-layers",
            lambda x, W1, b1, W2, b2, g_hidden, g_output: (
                g_hidden(W1 @ x + b1),
                g_output(W2 @ g_hidden(W1 @ x + b1) + b2),
            ),
            "You return the hidden activations as well. They are hidden from whoever uses the network; what it gives is its "
            "last layer.",
        ),
    ),
)


def layer_sizes_cases(rng: np.random.Generator) -> list[Case]:
    """Networks from one layer to eight, with equal and unequal widths."""
    cases = [
        Case([4, 3, 2]),
        Case([2, 3, 3, 1]),
        Case([5, 1], note="no hidden layer"),
        Case([1, 1]),
        Case([1, 6, 1]),
    ]
    cases += [Case([784, 512, 256, 10]), Case([4, 4, 4, 4, 4, 4])]
    cases += [Case([int(n) for n in rng.integers(2, 12, size=layers)]) for layers in (3, 4, 5, 6, 9)]
    return cases


NETWORK_DEPTH = Exercise(
    name="network_depth",
    points=1,
    explained="Counting layers and parameters",
    reference=nnlib.network_depth,
    cases=layer_sizes_cases,
    hints=(
        "Draw `[2, 3, 1]`. Which of its columns hold neurons that compute something?",
        "The inputs are numbers that somebody hands in. They have no weights and no bias.",
        "`len(layer_sizes)` counts the columns of circles. How many of them are no layers with parameters?",
    ),
    misconceptions=(
        Misconception(
            "counts-input",
            lambda layer_sizes: len(layer_sizes),
            "The input is counted as a layer. It has no weights and computes nothing; depth counts the layers with parameters.",
        ),
        Misconception(
            "hidden-only",
            lambda layer_sizes: len(layer_sizes) - 2,
            "Only the hidden layers are counted. The output layer has weights and biases as well. (scikit-learn lists hidden "
            "layers alone, so this number comes back in unit 07, under another name.)",
        ),
        Misconception(
            "counts-neurons",
            lambda layer_sizes: sum(layer_sizes[1:]),
            "This counts neurons. Depth counts layers, however many neurons stand in each.",
        ),
        Misconception(
            "counts-circles",
            lambda layer_sizes: sum(layer_sizes),
            "This counts all the circles in the picture, the inputs too. Depth counts layers, not what stands in them.",
        ),
        Misconception(
            "hidden-neurons",
            lambda layer_sizes: sum(layer_sizes[1:-1]),
            "This is the number of hidden neurons. How many layers do the numbers pass through on their way?",
        ),
        Misconception(
            "width",
            lambda layer_sizes: max(layer_sizes),
            "This is the size of the largest layer, its width. Depth is the other direction: how many layers stand one behind "
            "the other.",
        ),
        Misconception(
            "different-sizes",
            lambda layer_sizes: len(set(layer_sizes)),
            "Layers of the same size are counted once. Two layers are two layers, even if they look alike: each has weights of "
            "its own.",
        ),
        Misconception(
            "float",
            lambda layer_sizes: float(len(layer_sizes) - 1),
            "The number is right, but it comes as a float. A count is a whole number, and `range` would refuse this one.",
        ),
        Misconception(
            "sizes-of-layers",
            lambda layer_sizes: layer_sizes[1:],
            "These are the layers that count, with their sizes. The question is how many they are.",
        ),
    ),
)


COUNT_PARAMETERS = Exercise(
    name="count_parameters",
    points=2,
    explained="Counting layers and parameters",
    reference=nnlib.count_parameters,
    cases=layer_sizes_cases,
    hints=(
        "Take one layer of 3 neurons with 2 inputs. How many weights has it, how many biases? Draw the lines if it helps.",
        "A layer's `W` has shape (n_i, n_{i-1}) and its `b` has shape (n_i,). How many numbers are that? Add up over all "
        "layers.",
        "Neighbours come in pairs: `zip(layer_sizes[:-1], layer_sizes[1:])` gives (2, 3), (3, 3), (3, 1) for `[2, 3, 3, 1]`. "
        "What does each pair contribute?",
    ),
    misconceptions=(
        Misconception(
            "forgets-biases",
            lambda layer_sizes: sum(n * m for n, m in pairwise(layer_sizes)),
            "The biases are missing: these are the weights alone, the lines of the picture. What belongs to each neuron "
            "besides its weights?",
        ),
        Misconception(
            "only-biases",
            lambda layer_sizes: sum(layer_sizes[1:]),
            "This is one number for each neuron: the biases. The lines between the neurons are missing.",
        ),
        Misconception(
            "biased-inputs",
            lambda layer_sizes: sum(n * m for n, m in pairwise(layer_sizes)) + sum(layer_sizes),
            "The inputs are given biases too. An input is a number that is handed in; nothing is added to it.",
        ),
        Misconception(
            "one-bias-a-layer",
            lambda layer_sizes: sum(n * m + 1 for n, m in pairwise(layer_sizes)),
            "There is one bias for each layer here. If all neurons of a layer shared it, their lines could only be shifted "
            "together. Look at the shape of `b`.",
        ),
        Misconception(
            "bias-on-the-wrong-side",
            lambda layer_sizes: sum(n * (m + 1) for n, m in pairwise(layer_sizes)),
            "Each layer gets as many biases as it has inputs. A bias belongs to a neuron: count them on the side to which the "
            "lines lead.",
        ),
        Misconception(
            "unbiased-output",
            lambda layer_sizes: sum(m * (n + 1) for n, m in pairwise(layer_sizes)) - layer_sizes[-1],
            "The output neurons have no bias here. They are neurons like all others; nothing is special about the last layer.",
        ),
        Misconception(
            "product-of-all",
            lambda layer_sizes: math.prod(layer_sizes),
            "All sizes are multiplied together. That counts the paths from the inputs to the outputs; a weight belongs to one "
            "line between two neighbouring layers.",
        ),
        Misconception(
            "everything-connected",
            lambda layer_sizes: sum(n * m for n, m in combinations(layer_sizes, 2)) + sum(layer_sizes[1:]),
            "Every layer is joined to all later ones. In a feedforward network of this kind, lines run from a layer to the next "
            "one only.",
        ),
        Misconception(
            "adds-instead",
            lambda layer_sizes: sum(n + m for n, m in pairwise(layer_sizes)),
            "The sizes of neighbouring layers are added. Fully connected means that *each* neuron has a line to *each* neuron "
            "of the layer before: draw 2 and 3, and count the lines.",
        ),
        Misconception(
            "misses-output-layer",
            lambda layer_sizes: sum(m * (n + 1) for n, m in pairwise(layer_sizes[:-1])),
            "The last layer is left out. Look at where your loop ends: there is one layer fewer than there are numbers in "
            "the list, and no fewer.",
        ),
        Misconception(
            "misses-first-layer",
            lambda layer_sizes: sum(m * (n + 1) for n, m in pairwise(layer_sizes[1:])),
            "The first layer is left out. The inputs have no parameters, but the lines that lead away from them do.",
        ),
        Misconception(
            "float",
            lambda layer_sizes: float(sum(m * (n + 1) for n, m in pairwise(layer_sizes))),
            "The number is right, but it comes as a float. A count is a whole number; `/` and `np.zeros` make floats.",
        ),
    ),
)


CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = (0, 1, 1, 0)
XOR_SHAPES = {"W1": (2, 2), "b1": (2,), "W2": (1, 2), "b2": (1,)}

Table = tuple[int, ...]


def xor_tables(result: Any, case: Case) -> tuple[list[Table], Table]:
    """What the hidden units say at the four corners, in no order of the units, and what the output says."""
    W1, b1, W2, b2 = (np.asarray(array, dtype=float) for array in result)
    hidden = nnlib.step(CORNERS @ W1.T + b1)
    output = nnlib.step(hidden @ W2.T + b2)
    return sorted(tuple(map(int, unit)) for unit in hidden.T), tuple(map(int, output[:, 0]))


def accepts_xor(result: Any, expected: Any, case: Case) -> str | None:
    """Any weights and biases will do that give the table of XOR."""
    if not isinstance(result, (tuple, list)) or len(result) != 4:
        return "It should be four things in this order: (W1, b1, W2, b2)."
    for (name, shape), value in zip(XOR_SHAPES.items(), result, strict=True):
        array = np.asarray(value, dtype=float)
        if array.shape != shape:
            return f"{name} has shape {array.shape}, it should be {shape}."
        if not np.all(np.isfinite(array)):
            return f"{name} should hold finite numbers."
    W1, b1, W2, b2 = (np.asarray(array, dtype=float) for array in result)
    for x, wanted in zip(CORNERS, XOR, strict=True):
        a1 = nnlib.hidden_activations(x, W1, b1, nnlib.step)
        z2 = nnlib.weighted_sum(a1, W2[0], b2[0])
        got = int(z2 > 0)
        if got != wanted:
            return (
                f"For the inputs ({x[0]:g}, {x[1]:g}) the hidden units say {a1[0]:g} and {a1[1]:g}, so the output has "
                f"z = {z2:g} and says {got}; it should say {wanted}."
            )
    return None


XOR_PARAMETERS = Exercise(
    name="xor_parameters",
    points=3,
    explained="The lamp, with two hidden neurons",
    reference=nnlib.xor_parameters,
    cases=lambda rng: [Case()],
    accepts=accepts_xor,
    fingerprint=xor_tables,
    hints=(
        "Two straight lines cut the square into three parts. Draw two of them so that the corners where XOR is 1 lie in "
        "one part, and no other corner does.",
        "Each line is a hidden unit: a gate that you met in unit 01. Write a table with a row for each corner and what both "
        "hidden units say there. What must the output neuron make of the three different rows?",
        "XOR is 1 where at least one input is 1 *and* not both are. The two halves of that sentence are the hidden units, the "
        "word in the middle is the output neuron. The weights are those of the gates, a row for each neuron.",
    ),
    misconceptions=(
        Misconception(
            "both-must-fire",
            lambda: ([[1, 1], [1, 1]], [-0.5, -1.5], [[1, 1]], [-1.5]),
            "Your hidden units are OR and AND, and the output fires where both do: that is at (1, 1) alone, the corner that "
            "XOR rules out. One of the two should count against firing.",
        ),
        Misconception(
            "either-may-fire",
            lambda: ([[1, 1], [1, 1]], [-0.5, -1.5], [[1, 1]], [-0.5]),
            "Your hidden units are OR and AND, and the output fires where either does, so the network is only OR. Nothing "
            "in it speaks against (1, 1).",
        ),
        Misconception(
            "output-or",
            lambda: ([[1, 1], [-1, -1]], [-0.5, 1.5], [[1, 1]], [-0.5]),
            "Your hidden units are well chosen, but one of the two is always awake and the output is content with one. So "
            "the network fires everywhere. Look at the output's bias.",
        ),
        Misconception(
            "opposite",
            lambda: ([[1, 1], [-1, -1]], [-0.5, 1.5], [[-1, -1]], [1.5]),
            "The network says the opposite of XOR at every corner. The hidden units are well chosen; the output's weights and "
            "bias pull the wrong way.",
        ),
        Misconception(
            "subtracts-nand",
            lambda: ([[1, 1], [-1, -1]], [-0.5, 1.5], [[1, -1]], [-0.5]),
            "Your hidden units are OR and NAND, and NAND counts against firing. So the network is AND. NAND is awake exactly "
            "where XOR may still be 1: what sign should its weight have?",
        ),
        Misconception(
            "twins",
            lambda: ([[1, 1], [1, 1]], [-0.5, -0.5], [[1, 1]], [-1.5]),
            "Both hidden units say the same at every corner, so the second adds nothing: the network can do what one neuron can. "
            "They have to draw different lines.",
        ),
        Misconception(
            "zero-counts-as-firing",
            lambda: ([[1, 1], [-1, -1]], [-1, 1], [[1, 1]], [-2]),
            "Your biases put `z` at exactly 0 where a unit should fire. The step gives 0 there. Put the lines between the "
            "corners, not through them.",
        ),
        Misconception(
            "thresholds-not-biases",
            lambda: ([[1, 1], [-1, -1]], [0.5, -1.5], [[1, 1]], [1.5]),
            "Your biases look like thresholds: one hidden unit always fires, the other never does. A neuron fires where w·x is "
            "*above* its threshold, which is the bias with the opposite sign.",
        ),
        Misconception(
            "no-biases",
            lambda: ([[1, 1], [-1, -1]], [0, 0], [[1, 1]], [0]),
            "All biases are 0, so at (0, 0) every hidden unit is silent whatever its weights are. Your second unit is "
            "silent everywhere. Without biases no line can pass between the corners.",
        ),
        Misconception(
            "copies-inputs",
            lambda: ([[1, 0], [0, 1]], [-0.5, -0.5], [[1, 1]], [-0.5]),
            "Your hidden units repeat the two inputs. The output neuron then stands where the single neuron of unit 01 stood. A "
            "hidden unit should say something about both inputs at once.",
        ),
        Misconception(
            "never-second",
            lambda: ([[1, 1], [-1, -1]], [-0.5, -1.5], [[1, 1]], [-1.5]),
            "Your second hidden unit never fires: its weights and its bias are all negative. What has to wake it when both "
            "inputs are 0?",
        ),
        Misconception(
            "nor-for-nand",
            lambda: ([[1, 1], [-1, -1]], [-0.5, 0.5], [[1, 1]], [-1.5]),
            "Your hidden units are OR and its opposite, NOR, which are never awake together, so the output never fires. The "
            "second unit should fall silent only when *both* inputs are 1.",
        ),
    ),
)


FALSE_REFUSAL = 1e-7
"""Chance that one statistical test below refuses a right answer."""


def _room(n: int) -> float:
    """How far a share among `n` independent draws may lie from its expected value.

    Hoeffding's inequality: P(|share - p| >= t) <= 2 exp(-2 n t²), whatever p is. Set to FALSE_REFUSAL and solved for t.
    """
    return math.sqrt(math.log(2 / FALSE_REFUSAL) / (2 * n))


class OneOf(Drawn):
    """The last of several calls with a single entry, of which some must be dropped and some kept.

    Parameters
    ----------
    *args
        The arguments of dropout.
    others : list of Drawn
        The earlier calls.
    note : str
        What is special about this call.
    """

    def __init__(self, *args: Any, others: list[Drawn], note: str = "") -> None:
        super().__init__(*args, note=note)
        self.others = others


def dropout_cases(rng: np.random.Generator) -> list[Case]:
    """Small arrays for the values, large ones for the chances, pairs of calls for the generator, and bad rates.

    A right answer is refused with a probability below 1.6e-6: five large arrays with two tests each and a pair of calls that
    repeats another two (14 tests at 1e-7), and 2 * 2**-24 for the single entries.
    """

    def entries(*shape: int) -> Any:
        """Numbers of both signs, none near 0."""
        return rng.uniform(0.5, 3, size=shape) * rng.choice([-1.0, 1.0], size=shape)

    cases: list[Case] = [
        Drawn(np.arange(1.0, 9.0), 0.5, fresh(rng)),
        Drawn(np.arange(1.0, 9.0), 0.75, fresh(rng)),
        Drawn(entries(3, 4), 0.0, fresh(rng), note="rate 0: nothing is dropped"),
        Drawn(nnlib.relu(entries(5, 4)), 0.4, fresh(rng), note="with zeros among the entries"),
        Drawn(np.zeros(5), 0.3, fresh(rng), note="zeros alone"),
    ]
    seed = int(rng.integers(2**32))
    first = Drawn(entries(50, 60), 0.3, np.random.default_rng(seed), note="3,000 entries")
    cases += [
        first,
        Drawn(
            first.args[0],
            0.3,
            np.random.default_rng(seed),
            like=first,
            note="the same call with an equal generator",
        ),
        Drawn(first.args[0], 0.3, fresh(rng), like=first, note="the same call with another generator"),
        Drawn(entries(3000), 0.8, fresh(rng), note="3,000 entries"),
        Drawn(entries(56, 56), 0.1, fresh(rng), note="a square array"),
        Drawn(entries(3, 20, 50), 0.6, fresh(rng), note="three axes"),
        Drawn(entries(60, 50).astype(np.float32), 0.25, fresh(rng), note="float32"),
    ]
    alone = [Drawn(np.array([2.0]), 0.5, fresh(rng), note="a single entry") for _ in range(23)]
    cases += [*alone, OneOf(np.array([2.0]), 0.5, fresh(rng), others=alone, note="a single entry")]
    cases += [
        Case(np.ones(4), rate, fresh(rng), note=f"a rate of {rate:g}", raises=ValueError)
        for rate in (-0.25, 1.5, 1.0)
    ]
    return cases


def _dropped(a: Any, result: Any) -> Any:
    """For each entry of `a` that is not 0, whether it came out as 0."""
    return result[a != 0] == 0


def accepts_dropout(result: Any, expected: Any, case: Case) -> str | None:
    """Each entry is 0 or scaled up, as often as the rate says, by the chances of the given generator alone."""
    a, rate, _ = case.args
    if not isinstance(result, np.ndarray):
        return f"It is a {type(result).__name__}, it should be an array of shape {a.shape}."
    if result.shape != a.shape:
        return f"The shape is {result.shape}, it should be {a.shape}."
    if result.dtype.kind != "f":
        return f"The array holds {result.dtype}, it should hold floats."
    wrong = (result != 0) & ~np.isclose(result, a / (1 - rate), rtol=1e-5, atol=0)
    if np.any(wrong):
        i = tuple(int(k) for k in np.argwhere(wrong)[0])
        return (
            f"The entry at {list(i)} was {a[i]:.4g} and came out as {result[i]:.4g}. "
            f"With a rate of {rate:g} it should come out as 0 or as {a[i] / (1 - rate):.4g}."
        )
    dropped = _dropped(a, result)
    if dropped.size >= 1000:
        share, pairs = dropped.mean(), dropped[: dropped.size // 2 * 2].reshape(-1, 2)
        if abs(share - rate) > _room(dropped.size):
            return f"{share:.0%} of {dropped.size} entries were dropped; with a rate of {rate:g} it should be about {rate:.0%}."
        if abs(pairs.all(axis=1).mean() - rate**2) > _room(len(pairs)) or _alike_along(result):
            return "Entries are dropped together with their neighbours. Each should be dropped or kept by a chance of its own."
    elif rate == 0 and np.any(dropped):
        return "With a rate of 0 something was dropped."
    return _compare_with_earlier(result, case) if isinstance(case, Drawn) else None


def _compare_with_earlier(result: Any, case: Drawn) -> str | None:
    wrong = case.compare(result)
    if wrong is None and isinstance(case, OneOf):
        kept = [bool(np.any(one)) for earlier in (*case.others, case) for one in earlier.results]
        if len(set(kept)) == 1:
            return (
                f"In {len(kept)} calls with one entry and a rate of 0.5 it was {'never' if kept[0] else 'always'} dropped. "
                "Each entry should be dropped or kept by a chance of its own."
            )
    return wrong


def _alike_along(result: Any) -> list[int]:
    """The axes along which an array has its zeros always in the same places: rows or columns that fall as one."""
    zero = result == 0
    return [axis for axis in range(zero.ndim) if np.all(zero == zero.take([0], axis))]


def dropout_traits(result: Any, case: Case) -> Any:
    """What is typical of a result whatever was drawn: two answers with the same traits make the same mistake."""
    if case.raises is not None:
        return "a result"
    a, rate, _ = case.args
    result = np.asarray(result)
    if result.shape != a.shape:
        return str(result.shape)
    dropped = _dropped(a, result)
    if dropped.size < 1000:
        return "too small to tell"
    share, room = float(dropped.mean()), _room(dropped.size)
    meanings = {"none": share == 0, "all": share == 1, "rate": abs(share - rate) <= room}
    meanings["the others"] = abs(share - (1 - rate)) <= room
    scale = (result / a)[result != 0]
    traits: tuple[Any, ...] = (
        next((name for name, holds in meanings.items() if holds), "neither"),
        _alike_along(result),
        float(scale.min(initial=np.inf)),
        float(scale.max(initial=-np.inf)),
    )
    if isinstance(case, Drawn):
        traits += (case.repeats(result),)
        case.results.append(result)
    return traits


def _checked(code: Function, allows: Callable[[float], bool] = lambda rate: 0 <= rate < 1) -> Function:
    """A version of dropout that refuses rates as the exercise asks, so that it shows its own mistake alone."""

    def dropout(a: Any, rate: float, rng: np.random.Generator) -> Any:
        if not allows(rate):
            raise ValueError("rate must be at least 0 and below 1")
        return code(a, rate, rng)

    return dropout


def _right(a: Any, rate: float, rng: np.random.Generator) -> Any:
    return a * (rng.random(a.shape) >= rate) / (1 - rate)


def _one_draw_a_column(a: Any, rate: float, rng: np.random.Generator) -> Any:
    return a * (rng.random(a.shape[-1]) >= rate) / (1 - rate)


def _in_place(a: Any, rate: float, rng: np.random.Generator) -> Any:
    a[rng.random(a.shape) < rate] = 0
    a /= 1 - rate
    return a


DROPOUT = Exercise(
    name="dropout",
    points=3,
    explained="Dropout: learning not to rely on anyone",
    reference=nnlib.dropout,
    cases=dropout_cases,
    accepts=accepts_dropout,
    fingerprint=dropout_traits,
    hints=(
        "`rng.random(a.shape)` gives a number between 0 and 1 for each entry of `a`, any value as likely as any other. How "
        "often is such a number below 0.3?",
        "Make an array that holds True where an entry survives. Multiplied by numbers, True counts as 1 and False as 0.",
        "Survivors stand in for those that are gone, so that the next layer gets the same on average: at a rate of 0.5 each "
        "counts double. And before all that: for which rates would the division make no sense?",
    ),
    misconceptions=(
        Misconception(
            "no-rescaling",
            _checked(lambda a, rate, rng: a * (rng.random(a.shape) >= rate)),
            "Entries are dropped, but the survivors keep their size. The next layer then gets less on average in training than "
            "it gets later, when nothing is dropped. Who makes up for those that are gone?",
        ),
        Misconception(
            "scales-down",
            _checked(lambda a, rate, rng: a * (rng.random(a.shape) >= rate) * (1 - rate)),
            "The survivors are multiplied by `1 - rate`, so they shrink. They should make up for those that are gone. "
            "(Multiplying belongs to the older way, where it is done after training.)",
        ),
        Misconception(
            "divides-by-rate",
            _checked(lambda a, rate, rng: a * (rng.random(a.shape) >= rate) / (rate or 1.0)),
            "The survivors are divided by `rate`. At a rate of 0.1 they would grow tenfold, though hardly any is missing. "
            "Which share of the entries is left, and has to do the work of all?",
        ),
        Misconception(
            "drops-the-others",
            _checked(lambda a, rate, rng: a * (rng.random(a.shape) < rate) / (1 - rate)),
            "At a rate of 0.3 about 70 % of the entries are dropped: the comparison points the wrong way. `rate` is the "
            "chance to be dropped.",
        ),
        Misconception(
            "rate-is-keep-rate",
            _checked(lambda a, rate, rng: a * (rng.random(a.shape) < rate) / (rate or 1.0)),
            "`rate` is read as the chance to stay, in the comparison and in the scaling. Some papers do; in this course, "
            "as in today's libraries, it is the chance to go.",
        ),
        Misconception(
            "shrinks-all",
            _checked(lambda a, rate, rng: a * (1 - rate)),
            "Nothing is dropped, everything is made smaller. The mean is that of dropping, but no unit is ever missing, so none "
            "has to learn to do without another.",
        ),
        Misconception(
            "grows-all",
            _checked(lambda a, rate, rng: a / (1 - rate)),
            "Everything is scaled up and nothing is dropped. The scaling makes up for entries that are gone; where does "
            "chance decide which ones go?",
        ),
        Misconception(
            "all-or-nothing",
            _checked(lambda a, rate, rng: a * (rng.random() >= rate) / (1 - rate)),
            "One number is drawn for the whole array, so all entries go or all stay. A silent layer teaches nothing. How many "
            "numbers should be drawn?",
        ),
        Misconception(
            "one-draw-a-column",
            _checked(_one_draw_a_column),
            "One number is drawn for each column and used in every row, so all samples of a batch lose the same units. Look at "
            "the shape that you ask the generator for.",
        ),
        Misconception(
            "own-chance",
            _checked(lambda a, rate, rng: _right(a, rate, np.random.default_rng())),
            "Two calls with equal generators give different results: chance comes from somewhere else than `rng`. No run of a "
            "network could then be repeated. Which object do you ask for random numbers?",
        ),
        Misconception(
            "own-seed",
            _checked(lambda a, rate, rng: _right(a, rate, np.random.default_rng(0))),
            "The same entries are dropped whatever generator comes in: a seed is set inside. A network would lose the same "
            "units in every step and never use them. Draw from `rng`.",
        ),
        Misconception(
            "in-place",
            _checked(_in_place),
            "The numbers are right, but they are written into `a` itself. Whoever handed it in, the hidden layer, "
            "loses its activations. Make a new array.",
        ),
        Misconception(
            "any-rate",
            _right,
            "Rates outside [0, 1) go through: at 1 it divides by zero, beyond it the survivors change their sign. "
            "The docstring says which error should stop them.",
        ),
        Misconception(
            "one-allowed",
            _checked(_right, lambda rate: 0 <= rate <= 1),
            "A rate of exactly 1 goes through. It leaves no survivors, and their scale would be a division by zero. The round "
            "bracket in [0, 1) means that 1 is outside.",
        ),
        Misconception(
            "zero-refused",
            _checked(_right, lambda rate: 0 < rate < 1),
            "A rate of 0 is refused. It means that nothing is dropped, which is how dropout is switched off. The square "
            "bracket in [0, 1) means that 0 belongs.",
        ),
    ),
)

UNIT = Unit(
    key="03-mlp",
    title="Neurons in layers",
    exercises=(
        HIDDEN_ACTIVATIONS,
        TWO_LAYER_FORWARD,
        NETWORK_DEPTH,
        COUNT_PARAMETERS,
        XOR_PARAMETERS,
        DROPOUT,
    ),
    written=("under_over_fitting",),
    provides=(
        "plots",
        "live",
        "neuron.weighted_sum",
        "neuron.perceptron",
        "neuron.gate_parameters",
        "activations.step",
        "activations.linear",
        "activations.sigmoid",
        "activations.relu",
        "activations.tanh",
        "activations.neuron",
    ),
)
