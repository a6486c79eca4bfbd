# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown] name="title"
# # 04 · All neurons at once
#
# Run a batch through the layers of the last unit and you have loops inside loops: every sample, every neuron, every input.
# One line without a loop gives the same numbers, by the same multiplications, in a small part of the time.
# **Where did the time go?**
#
# - **You will be able to** write a layer for a whole batch as one matrix product, say the shape of every array before you run
#   anything, and read a shape error.
# - **You need** NumPy arrays, the dot product `w @ x` and the layers of `03-mlp`.
# - **Time**: 50 minutes, about half of it for the five exercises.

# %% [markdown] name="run_first"
# First run this cell:

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
try:
    from autograder import check, hint, progress, yours
except ModuleNotFoundError as missing:
    raise SystemExit(f"""{missing}.
This notebook is one unit of a course, and the rest of the course is not here.
Get the course's folder, open a terminal in it, and run:  make lab
Without make:  pip install '.[lab]'  and then  jupyter lab""") from None

import timeit

import matplotlib.pyplot as plt
import numpy as np

from nnlib import linear, plots, relu, sigmoid, step, xor_parameters
from nnlib.live import Slider, live

plots.style()

# %% [markdown] name="by_hand"
# ## By hand first
#
# A layer of three neurons, a sample with two inputs. The first neuron is the one that you worked out in unit 01.
#
# $$
# x = \begin{bmatrix} 2 \\ -1 \end{bmatrix} \qquad
# W = \begin{bmatrix} 0.5 & 1 \\ 1 & -1 \\ -1 & 2 \end{bmatrix} \qquad
# b = \begin{bmatrix} 1 \\ 0 \\ 0.5 \end{bmatrix}
# $$
#
# Each neuron has a row of $W$ and an entry of $b$. So the **shape** of $W$ is $(3, 2)$, rows before columns: 3 neurons with 2
# inputs each. Work out the three weighted sums on paper, and then their ReLU.

# %% [markdown] name="by_hand_sums"
# $$
# \begin{aligned}
# z_1 &= 0.5 \cdot 2 + 1 \cdot (-1) + 1 = 1 \\
# z_2 &= 1 \cdot 2 + (-1) \cdot (-1) + 0 = 3 \\
# z_3 &= (-1) \cdot 2 + 2 \cdot (-1) + 0.5 = -3.5
# \end{aligned}
# $$
#
# and $a = [1, 3, 0]$. Now a batch of four samples, one a row, the first of them the $x$ from above. These are the loops of unit 03,
# written once more and with nothing hidden. The activation can wait: it takes one number at a time, so it comes at the end.

# %% name="loops"
X = np.array([[2.0, -1.0], [0.0, 1.0], [1.0, 2.0], [-1.0, 0.0]])   # (4, 2): 4 samples, 2 inputs
W = np.array([[0.5, 1.0], [1.0, -1.0], [-1.0, 2.0]])               # (3, 2): 3 neurons, 2 inputs
b = np.array([1.0, 0.0, 0.5])                                      # (3,):   3 neurons


def three_loops(X, W, b):
    Z = np.zeros((len(X), len(W)))        # a row for each sample, a column for each neuron
    for s in range(len(X)):               # every sample
        for j in range(len(W)):           # every neuron
            z = b[j]
            for k in range(X.shape[1]):   # every input
                z += W[j, k] * X[s, k]
            Z[s, j] = z
    return Z


Z_loops = three_loops(X, W, b)
print(Z_loops)

# %% [markdown] name="first_loop"
# The first row is your result from paper. Now take the loops away, from the inside out.
#
# **The inputs.** The innermost loop multiplies pair by pair and adds up. That is a dot product: row `j` of `W` with row `s` of `X`.

# %% name="two_loops_code"
def two_loops(X, W, b):
    Z = np.zeros((len(X), len(W)))
    for s in range(len(X)):
        for j in range(len(W)):
            Z[s, j] = W[j] @ X[s] + b[j]
    return Z


print("same as before:", np.array_equal(two_loops(X, W, b), Z_loops))

# %% [markdown] name="second_loop"
# **The neurons.** `W @ x` is the dot product of *every row* of `W` with `x`, and `+ b` adds to each its own bias. This
# is the layer formula as books write it: $z = W x + b$.

# %% name="one_loop_code"
def one_loop(X, W, b):
    Z = np.zeros((len(X), len(W)))
    for s in range(len(X)):
        Z[s] = W @ X[s] + b
    return Z


print("same as before:", np.array_equal(one_loop(X, W, b), Z_loops))

# %% [markdown] name="third_loop"
# **The samples.** What is left should do all rows of `X` at once. `@` between two matrices makes its entry in row $s$ and column $j$
# from **row $s$ of the left side and column $j$ of the right side**, by a dot product. So both must be equally long: as
# many columns on the left as rows on the right.
#
# **Predict.** Four candidates for the last line. Write the shapes side by side: `X` is $(4, 2)$, `W` is $(3, 2)$. `.T` is the
# **transpose**: rows become columns. Which candidates run? Which gives the numbers from above, a row for each sample?

# %% name="four_candidates"
candidates = {
    "X @ W": lambda: X @ W,
    "W @ X": lambda: W @ X,
    "W @ X.T": lambda: W @ X.T,
    "X @ W.T": lambda: X @ W.T,
}
for text, product in candidates.items():
    try:
        Z = product()
    except ValueError:
        print(f"{text:<8} raised a ValueError")
        continue
    same = Z.shape == Z_loops.shape and np.array_equal(Z + b, Z_loops)
    print(f"{text:<8} gives shape {Z.shape}; with + b the numbers from above: {same}")

# %% [markdown] name="why_transpose"
# Samples are rows of `X`, and the left side gives its rows: good. Neurons are rows of `W` too, but the right side gives its
# columns. The transpose turns each neuron's row into a column. So, for the whole batch:
#
# $$Z = X W^T + b$$
#
# `W @ X.T` has the right numbers lying on their side, a *column* for each sample. Some books work that way. In this course
# a sample is a row, from the data file to the last layer.

# %% name="drawing_tools" jupyter={"source_hidden": true}
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgba


def number(value):
    return f"{value:g}".replace("-", "−")


def draw_table(ax, left, top, values, rows=(), columns=(), colour=plots.INK, ghost=False, size=11):
    """A matrix as numbers in cells. Cells in the given rows and columns are filled; a ghost is drawn in dashes."""
    squares, fills = [], []
    for (r, c), value in np.ndenumerate(np.atleast_2d(values)):
        x, y = left + c, -top - r
        filled = r in rows or c in columns
        squares.append([(x, y), (x + 1, y), (x + 1, y - 1), (x, y - 1)])
        fills.append(colour if filled else "none")
        ax.text(
            x + 0.5, y - 0.5, value if isinstance(value, str) else number(value), ha="center", va="center", fontsize=size,
            color="white" if filled else plots.INK, weight="bold" if filled else "normal",
        )
    dashes = "dashed" if ghost else "solid"
    ax.add_collection(PolyCollection(squares, facecolors=fills, edgecolors=plots.INK, linewidths=0.8, linestyles=dashes), autolim=False)


def draw_block(ax, left, middle, shape, name, meets=(False, False), flat=False, cell=0.42):
    """A matrix by its shape: the number of rows to the left, of columns above; orange where it meets a neighbour's.

    A flat block stands for an array with one axis, and has one number.
    """
    height, width = shape[0] * cell, shape[1] * cell
    top = middle + height / 2
    squares = [
        [(left + (c + i) * cell, top - (r + j) * cell) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))]
        for r, c in np.ndindex(shape)
    ]
    fill = to_rgba(plots.INK, 0.18)
    ax.add_collection(PolyCollection(squares, facecolors=[fill], edgecolors=plots.INK, linewidths=0.8), autolim=False)
    spots = [((left - 0.1, middle), "right", "center"), ((left + width / 2, top + 0.08), "center", "bottom")]
    for size, meeting, (spot, ha, va) in zip(shape, meets, spots, strict=True):
        if not (flat and size == 1):
            ax.text(*spot, size, ha=ha, va=va, color=plots.COLORS[1 if meeting else 0], weight="bold")
    ax.text(left + width / 2, middle - height / 2 - 0.1, name, ha="center", va="top")


def blank(ax, width, low, high):
    ax.set(xlim=(0, width), ylim=(low, high), aspect="equal")
    ax.axis("off")


# %% name="figure_three_products" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(8.0, 5.4))
blank(ax, 11.4, -0.5, 7.2)
for middle, title, left_side, right_side, bias, result, flat in [
    (6.3, "one neuron,\none sample", ((1, 2), "$w$  (2,)"), ((2, 1), "$x$  (2,)"), ((1, 1), "$b$"), ((1, 1), "$z$"), (True, True)),
    (4.0, "all neurons,\none sample", ((3, 2), "$W$  (3, 2)"), ((2, 1), "$x$  (2,)"), ((3, 1), "$b$  (3,)"), ((3, 1), "$z$  (3,)"), (False, True)),
    (1.2, "all neurons,\nall samples", ((4, 2), "$X$  (4, 2)"), ((2, 3), "$W^T$  (2, 3)"), ((1, 3), "$b$  (3,)"), ((4, 3), "$Z$  (4, 3)"), (False, False)),
]:
    ax.text(0, middle, title, va="center")
    draw_block(ax, 3.2, middle, *left_side, meets=(False, True), flat=flat[0])
    ax.text(4.6, middle, "@", ha="center", va="center")
    draw_block(ax, 5.3, middle, *right_side, meets=(True, False), flat=flat[1])
    ax.text(7.0, middle, "+", ha="center", va="center")
    draw_block(ax, 7.7, middle, *bias, flat=True)
    ax.text(9.3, middle, "=", ha="center", va="center")
    draw_block(ax, 10.0, middle, *result, flat=flat[1])
ax.set_title("Each loop taken away gives the result one more axis")
plots.show(
    fig,
    "Three products as blocks. One neuron, one sample: w with 2 entries and x with 2 entries give one number. All neurons, one "
    "sample: W of shape (3, 2) and x with 2 entries give 3 numbers. All neurons, all samples: X of shape (4, 2) and the transpose of W, "
    "of shape (2, 3), give Z of shape (4, 3). The inner sizes, 2 and 2, are marked in another colour: they must be equal and are gone from the result.",
)

# %% [markdown] name="inner_sizes"
# The sizes in orange meet inside the product. They must be equal, and they are gone from the result; the outer ones stay:
# $(4, 2) \cdot (2, 3)$ gives $(4, 3)$. (An array with one axis, such as `x` or `b`, is neither row nor column. It is
# drawn the way it is used.)
#
# ### Which row, which column?
# Here are the same numbers once more, with `X` to the left and $W^T$ above. Every entry of $Z$ lies where a row and a column cross.
#
# **Predict.** You change one number of the third sample. Which entries of $Z$ change? And which, if you change one weight of the
# second neuron? Then move the sliders. (Counted from 0, as in code. Click a slider; the arrow keys move it.)

# %% name="live_entry_drawing" jupyter={"source_hidden": true}
def draw_entry(ax, row, column, X=X, W=W, b=b):   # this example, whatever X, W and b are later
    s, j = int(row), int(column)
    Z = X @ W.T + b
    draw_table(ax, 0, 4.3, X, rows=[s], colour=plots.COLORS[0])
    draw_table(ax, 3.2, 0, W.T, columns=[j], colour=plots.COLORS[1])
    draw_table(ax, 3.2, 2.65, b, columns=[j], colour=plots.COLORS[1])
    draw_table(ax, 3.2, 4.3, Z)
    draw_table(ax, 3.2 + j, 4.3 + s, Z[s, j], rows=[0], colour=plots.COLORS[2])
    ax.text(3.05, -1, "$W^T$", ha="right", va="center", fontsize=13)
    ax.text(3.05, -3.15, "$b$", ha="right", va="center", fontsize=13)
    ax.text(1, -4.15, "$X$", ha="center", va="bottom", fontsize=13)
    ax.text(6.35, -6.3, "$Z$", ha="left", va="center", fontsize=13)
    x_1, x_2, w_1, w_2 = (number(v) if v >= 0 else f"({number(v)})" for v in (*X[s], *W[j]))
    sum_of_terms = f"{x_1}·{w_1} + {x_2}·{w_2} + {number(b[j])}"
    ax.text(3.1, -8.75, f"Z[{s}, {j}] = {sum_of_terms} = {number(Z[s, j])}", ha="center", va="top", fontsize=12)
    ax.set(xlim=(-0.6, 6.8), ylim=(-9.4, 0.1), xticks=[], yticks=[], aspect="equal")
    ax.set_title(f"Row {s} of X and column {j} of $W^T$ make one entry")
    ax.axis("off")


# %% name="live_entry"
live(
    draw_entry,
    alt="X at the left, the transpose of W above it to the right, Z where they cross. "
    "Row {row:.0f} of X and column {column:.0f} of the transpose are marked, with the bias of that "
    "column, and so is the entry of Z that they make.",
    row=Slider(0, 3, 0, "row s: sample", 1),
    column=Slider(0, 2, 0, "column j: neuron", 1),
)

# %% [markdown] name="live_answer"
# A sample decides one row of $Z$ and touches no other. A neuron decides one column. No entry needs another entry: keep that
# in mind for the end of the unit.
#
# ### Exercise 1: the shapes of a network
# A network is described by the sizes of its layers, the input first: `[2, 3, 1]`. Whoever sets up its weights, in `05-training`
# and in every library, first needs to know how large each array is. A layer with $n_i$ neurons gets its inputs from a layer with
# $n_{i-1}$: so $W$ is $(n_i, n_{i-1})$ and $b$ is $(n_i,)$.

# %% nbgrader={"grade": false, "grade_id": "layer_shapes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_shapes(layer_sizes):
    """Shapes of the weights and the biases of every layer.

    layer_sizes: list of integers, the number of units in each layer, the input first
    Returns a list with a pair (W.shape, b.shape) for each layer that has weights, in order.
    Shapes are tuples of integers.

    Example: [2, 3, 1] gives [((3, 2), (3,)), ((1, 3), (1,))]
    """
    ### BEGIN SOLUTION
    shapes = []
    for i in range(1, len(layer_sizes)):
        shapes.append(((layer_sizes[i], layer_sizes[i - 1]), (layer_sizes[i],)))
    return shapes
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_layer_shapes", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(layer_shapes, given=([2, 3, 1],), gives=[((3, 2), (3,)), ((1, 3), (1,))])
### BEGIN HIDDEN TESTS
check(layer_shapes, hidden=True)
### END HIDDEN TESTS

# %% [markdown] name="stuck"
# Stuck? Run the next cell, again for a second hint. `hint(layer_forward)` and so on work for the other exercises.

# %% name="hint_layer_shapes"
# hint(layer_shapes)   # take away the first # and run the cell

# %% [markdown] name="broadcasting"
# ## What `+ b` does
#
# `X @ W.T` is $(4, 3)$ and `b` is $(3,)$. Fitting arrays of different shapes to each other is called **broadcasting**. NumPy
# writes the shapes one under the other, **flush right**, and compares them axis by axis:
#
# - equal sizes fit;
# - a size of 1, or an axis that is not there, is stretched to the other one's size;
# - anything else is an error.
#
# So `b` is stretched downwards. Every sample gets the same three biases, and each neuron its own:

# %% name="figure_broadcast" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(8.0, 3.2))
blank(ax, 12.1, -4.8, 0.8)
draw_table(ax, 0, 0, X @ W.T)
ax.text(1.5, 0.15, "$X W^T$", ha="center", va="bottom")
ax.text(1.5, -4.15, "(4, 3)", ha="center", va="top")
ax.text(3.75, -2, "+", ha="center", va="center", fontsize=14)
draw_table(ax, 4.5, 0, b, rows=[0], colour=plots.COLORS[1])
draw_table(ax, 4.5, 1, np.tile(b, (3, 1)), ghost=True)
ax.text(6, 0.15, "$b$", ha="center", va="bottom")
ax.text(6, -4.15, "(3,), stretched to (4, 3)", ha="center", va="top")
ax.text(8.25, -2, "=", ha="center", va="center", fontsize=14)
draw_table(ax, 9, 0, X @ W.T + b)
ax.text(10.5, 0.15, "$Z$", ha="center", va="bottom")
ax.text(10.5, -4.15, "(4, 3)", ha="center", va="top")
ax.set_title("b is used again for every row")
plots.show(
    fig,
    "The table X times W transposed, of shape (4, 3), plus b, one row of three numbers that is repeated in dashes three times below "
    "itself, gives the table Z of shape (4, 3).",
)

# %% [markdown] name="broadcast_predict"
# **Predict.** Which of these five sums work, and which shape comes out? The last one is worth a second look.

# %% name="broadcast_table"
pairs = [((4, 3), (3,)), ((4, 3), (4,)), ((4, 3), (4, 1)), ((3, 3), (3,)), ((4, 1), (4,))]
for left, right in pairs:
    try:
        outcome = np.add(np.zeros(left), np.zeros(right)).shape
    except ValueError:
        outcome = "ValueError"
    print(f"{left!s:<7} + {right!s:<7} {outcome}")

# %% [markdown] name="broadcast_answer"
# $(4, 3)$ and $(4,)$ do not fit although both have a 4: compared from the right, 3 meets 4. With $(4, 1)$ it runs, but a column adds one
# number to each *sample*. The last line made 16 numbers out of two arrays with four. It will come back.
#
# ### Exercise 2: one layer, all samples
# This is the step that every network repeats. `A_prev` is what the layer before gives: `X` for the first layer, and
# activations for later ones. Training will need the sums $Z$ as well as the activations $A = g(Z)$, so return both.

# %% nbgrader={"grade": false, "grade_id": "layer_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_forward(A_prev, W, b, g):
    """One layer on a batch.

    A_prev: array of shape (n, n_prev), one sample per row, as the layer before gives them
    W: weights, array of shape (n_out, n_prev), one neuron per row
    b: biases, array of shape (n_out,)
    g: the activation function; it takes an array and gives one of the same shape
    Returns two arrays (Z, A) of shape (n, n_out): the weighted sums and their activations.

    Example: A_prev = [[2, -1], [0, 1]], W = [[0.5, 1], [1, -1], [-1, 2]], b = [1, 0, 0.5], g = relu
    give Z = [[1, 3, -3.5], [2, -1, 2.5]] and A = [[1, 3, 0], [2, 0, 2.5]]
    """
    ### BEGIN SOLUTION
    Z = A_prev @ W.T + b
    return Z, g(Z)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_layer_forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(
    layer_forward,
    given=(
        np.array([[2.0, -1.0], [0.0, 1.0]]),
        np.array([[0.5, 1.0], [1.0, -1.0], [-1.0, 2.0]]),
        np.array([1.0, 0.0, 0.5]),
        relu,
    ),
    gives=(
        np.array([[1.0, 3.0, -3.5], [2.0, -1.0, 2.5]]),
        np.array([[1.0, 3.0, 0.0], [2.0, 0.0, 2.5]]),
    ),
)
### BEGIN HIDDEN TESTS
check(layer_forward, hidden=True)
### END HIDDEN TESTS

# %% [markdown] name="layers_in_line"
# ## Layers in a line
#
# One more index, for the layer. In the last unit one sample went through the network, and with $a^{[0]} = x$ for the input each
# layer $i = 1, 2, \dots, L$ did
#
# $$z^{[i]} = W^{[i]} a^{[i-1]} + b^{[i]}, \qquad a^{[i]} = g^{[i]}(z^{[i]}).$$
#
# For a batch the same line stands in capitals, and turned as you know, with $A^{[0]} = X$:
#
# $$Z^{[i]} = A^{[i-1]} \left(W^{[i]}\right)^T + b^{[i]}, \qquad A^{[i]} = g^{[i]}(Z^{[i]}).$$

# %% name="figure_chain" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(8.4, 2.6))
blank(ax, 14.6, -0.2, 3.6)
chain = [
    (0.5, (5, 2), "$A^{[0]}$", (False, True)),
    (2.5, (2, 3), "$(W^{[1]})^T$", (True, False)),
    (5.1, (5, 3), "$A^{[1]}$", (False, True)),
    (7.4, (3, 3), "$(W^{[2]})^T$", (True, False)),
    (10.0, (5, 3), "$A^{[2]}$", (False, True)),
    (12.3, (3, 1), "$(W^{[3]})^T$", (True, False)),
    (13.9, (5, 1), "$A^{[3]}$", (False, False)),
]
for left, shape, name, meets in chain:
    draw_block(ax, left, 1.8, shape, name, meets)
for left, sign in [(1.85, "@"), (4.25, "→"), (6.75, "@"), (9.15, "→"), (11.65, "@"), (13.2, "→")]:
    ax.text(left, 1.8, sign, ha="center", va="center")
ax.set_title("Where two layers meet, their sizes must be the same")
plots.show(
    fig,
    "The forward pass of 5 samples through a network with layers of 2, 3, 3 and 1 units. A0 (5, 2) times W1 transposed (2, 3) leads to "
    "A1 (5, 3); times W2 transposed (3, 3) to A2 (5, 3); times W3 transposed (3, 1) to A3 (5, 1). The sizes that meet in each "
    "product, 2 and 2, 3 and 3, 3 and 3, are marked. The 5 goes all the way through.",
)

# %% [markdown] name="forward_exercise"
# Arrows stand for "add $b$, apply $g$". The number of samples goes through unchanged; no weight depends on it.
#
# ### Exercise 3: the whole network
# A network's prediction is the last entry of this list, and training works its way back through all the others. Use your
# `layer_forward`. Mind the counting: Python's lists begin at 0, so `weights[0]`, `biases[0]` and `activations[0]` belong to layer 1.

# %% nbgrader={"grade": false, "grade_id": "forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def forward(X, weights, biases, activations):
    """Forward pass of a batch through all layers.

    X: inputs, array of shape (n, n_0), one sample per row
    weights: list of arrays, W of layer i has shape (n_i, n_{i-1})
    biases: list of arrays, b of layer i has shape (n_i,)
    activations: list of functions, g of layer i is called on arrays
    These three lists have one entry for each layer, layer 1 first.
    Returns the list [A0, A1, ..., AL] of arrays of shape (n, n_i): A0 equals X, AL is the output.

    Example: X = [[1, 2]], weights = [[[1, 1], [1, -1]], [[2, 5]]], biases = [[0, 0], [1]],
    activations = [relu, linear] give [[[1, 2]], [[3, 0]], [[7]]]
    """
    ### BEGIN SOLUTION
    A = [X]
    for W, b, g in zip(weights, biases, activations):
        A.append(layer_forward(A[-1], W, b, g)[1])
    return A
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(
    forward,
    given=(
        np.array([[1.0, 2.0]]),
        [np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([[2.0, 5.0]])],
        [np.array([0.0, 0.0]), np.array([1.0])],
        [relu, linear],
    ),
    gives=[np.array([[1.0, 2.0]]), np.array([[3.0, 0.0]]), np.array([[7.0]])],
)
### BEGIN HIDDEN TESTS
check(forward, hidden=True)
### END HIDDEN TESTS

# %% [markdown] name="at_work"
# ## Your forward pass at work
#
# Here are two moons and a trained network for them, with layers of 2, 3, 3 and 1 units. How such numbers are found is the matter of
# `05-training`; these are rounded to one digit. One call sends all 300 points through.

# %% name="moons"
rng = np.random.default_rng(4)
angle = rng.uniform(0, np.pi, 300)
y = np.arange(300) % 2                                        # labels, (300,)
moon_0 = np.column_stack([np.cos(angle), np.sin(angle)])
moon_1 = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
points = np.where(y[:, None] == 0, moon_0, moon_1)            # (300, 2)
points = points + rng.normal(scale=0.1, size=(300, 2))

weights = [
    np.array([[-2.3, 2.1], [3.6, 0.8], [1.8, 3.2]]),                       # W1, (3, 2)
    np.array([[2.9, -0.4, -0.4], [0.5, 0.4, -0.3], [-2.2, -3.6, 2.8]]),    # W2, (3, 3)
    np.array([[-4.4, -0.4, -5.5]]),                                        # W3, (1, 3)
]
biases = [np.array([0.4, -3.9, 0.6]), np.array([-2.0, -0.5, -2.9]), np.array([13.6])]
activations = [relu, relu, sigmoid]

run = yours(forward)
A = run(points, weights, biases, activations)
for i, A_i in enumerate(A):
    print(f"A{i}: shape {A_i.shape}")
right = np.sum((A[3][:, 0] > 0.5) == (y == 1))
print(f"{right} of 300 points on the right side")

# %% [markdown] name="grid"
# And because a batch can be of any size, nothing keeps you from sending in every place of the plane: 201 × 201 points, 40,401 samples. The
# list then holds what *each unit* says everywhere.

# %% name="grid_forward"
across, up = np.meshgrid(np.linspace(-1.6, 2.6, 201), np.linspace(-1.3, 1.9, 201))
plane = np.column_stack([across.ravel(), up.ravel()])        # (40401, 2)
A = run(plane, weights, biases, activations)
print([A_i.shape for A_i in A])

# %% name="figure_units" jupyter={"source_hidden": true}
glow = LinearSegmentedColormap.from_list("glow", [to_rgba(plots.COLORS[2], 0.0), to_rgba(plots.COLORS[2], 0.9)])
fig, panels = plt.subplot_mosaic("ad.;beg;cf.", figsize=(8.2, 6.2))
units = [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
for name, (i, j) in zip("abcdef", units, strict=True):
    says = A[i][:, j].reshape(across.shape)
    panels[name].imshow(says, cmap=glow, vmin=0, origin="lower", extent=(-1.6, 2.6, -1.3, 1.9))
    panels[name].contour(across, up, says, [1e-9], colors=plots.INK, linewidths=1.2)
    panels[name].set_title(f"layer {i}, unit {j + 1}", fontsize=10, weight="normal")
plots.decision_boundary(lambda P: run(P, weights, biases, activations)[3][:, 0], points, y, margin=1.0, ax=panels["g"])
panels["g"].get_legend().remove()
panels["g"].set_title("layer 3, the output", fontsize=10, weight="normal")
for ax in panels.values():
    ax.set(xlim=(-1.6, 2.6), ylim=(-1.3, 1.9), xticks=[], yticks=[], xlabel="", ylabel="", aspect="equal")
fig.suptitle("Layer by layer, straight edges become a boundary with corners", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Seven small maps of the plane, a column for each layer. The three units of layer 1 are active on one side of a straight line each. "
    "The regions of the units of layer 2 have corners. The output's boundary is a bent line that runs between the two moons.",
)

# %% [markdown] name="units_answer"
# Green is where a unit is active, and the grey line is where its ReLU opens. A unit of the first layer draws a straight line, as any neuron does. A unit of
# the second layer weighs three such ramps against each other, so its edge can have corners.
#
# ## Two mistakes without an error
#
# A shape error is a friend: it stops you at the place. These two mistakes pass every shape.
#
# ### First: a square matrix fits either way
# Many people transpose when NumPy complains, and only then. **Predict.** In which of the three layers of the moons network does nothing
# complain? And how many of the 300 points will come out right?

# %% name="transpose_on_complaint"
def layer_that_fits_somehow(A_prev, W, b, g):
    try:
        return g(A_prev @ W + b)
    except ValueError:            # the shapes complain, so transpose
        return g(A_prev @ W.T + b)


def wrong_output(points):
    A = points
    for W, b, g in zip(weights, biases, activations):
        A = layer_that_fits_somehow(A, W, b, g)
    return A[:, 0]


print("right:            ", right, "of 300")
print("fits somehow:     ", np.sum((wrong_output(points) > 0.5) == (y == 1)), "of 300")
print("shape of output:  ", wrong_output(points).shape)

# %% name="figure_square" jupyter={"source_hidden": true}
fig, (one, two) = plt.subplots(1, 2, figsize=(8.4, 3.4))
plots.decision_boundary(lambda P: run(P, weights, biases, activations)[3][:, 0], points, y, ax=one)
plots.decision_boundary(wrong_output, points, y, ax=two)
one.get_legend().remove()
one.set_title("$A\\, W^T$ in layer 2", weight="normal")
two.set_title("$A\\, W$ in layer 2", weight="normal")
for ax in (one, two):
    ax.set_aspect("equal")
fig.suptitle("Same weights, same shapes, another network", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "The two moons twice. With the transposed weights the boundary runs between the moons. With the untransposed weights in layer 2 it "
    "cuts off an arm of the lower moon: those points of class 1 lie on the side of class 0.",
)

# %% [markdown] name="square_answer"
# Layer 2 is $(3, 3)$, so `A @ W` raises nothing and takes columns for neurons. The result looks like a network that needs more training,
# which is what makes this mistake expensive. The sign to know it by: **no error, right shapes, and one row that differs from what you
# work out by hand**. To be safe, try a layer with sizes that all differ. The checks above did.
#
# ### Second: (n, 1) against (n,)
# The network with step units from `03-mlp` computes XOR without a fault. Its output is a column, shape $(4, 1)$. Labels are kept
# as $(4,)$. **Predict.** What share of its answers does the next cell call right?

# %% name="column_against_labels"
corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
labels = np.array([0.0, 1.0, 1.0, 0.0])                                # (4,)
W1, b1, W2, b2 = xor_parameters()
P = run(corners, [W1, W2], [b1, b2], [step, step])[-1]                 # (4, 1)

print("answers", P[:, 0], "  labels", labels)
print("accuracy as scored:", np.mean(P == labels))
print("shapes:", P.shape, "==", labels.shape, "gives", (P == labels).shape)

# %% name="figure_column" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(5.6, 3.9))
blank(ax, 7.8, -5.3, 0.1)
same = P == labels
draw_table(ax, 3.6, 1.2, np.where(same, "same", "differ"), size=9)
for i in range(4):
    draw_table(ax, 3.6 + i, 1.2 + i, [["same"]], rows=[0], colour=plots.COLORS[2], size=9)
draw_table(ax, 2.2, 1.2, P)
draw_table(ax, 3.6, 0, labels)
ax.text(2.05, -3.2, "answers\n(4, 1)", ha="right", va="center")
ax.text(3.45, -0.5, "labels (4,)", ha="right", va="center")
ax.set_title("Every answer is compared with every label")
plots.show(
    fig,
    "Four answers in a column, four labels in a row above, and between them a table of 16 comparisons. Only the four on the "
    "diagonal are meant, and all of them say same. Of all 16, half say same.",
)

# %% [markdown] name="column_answer"
# A faultless network scores one half: the mean is taken over 16 comparisons, of which four are meant. In a measure of error the same mistake
# does worse. Compare with a network that knows nothing and answers 0.5 to everything:

# %% name="column_cost"
def mean_squared_difference(P, labels):
    return np.mean((P - labels) ** 2)


ignorant = np.full((4, 1), 0.5)
print("                 (4, 1) − (4,)   (4,) − (4,)")
for name, answers in {"faultless": P, "always 0.5": ignorant}.items():
    wrong = mean_squared_difference(answers, labels)
    correct = mean_squared_difference(answers[:, 0], labels)
    print(f"{name:<16} {wrong:>13.2f} {correct:>13.2f}")

# %% [markdown] name="column_cure"
# By the wrong measure the network that knows nothing is the better one. A training program would believe it: each answer is pulled towards all
# labels at once, and the best compromise is their mean. The sign to know it by: **an accuracy or error that stays near that of guessing, whatever the network does**;
# print the shape of the difference. The cure is to take the column out, `P[:, 0]`, before labels come near it.
#
# ## How much work is it?
#
# Before the clock, count. A neuron with $n_{i-1}$ inputs multiplies $n_{i-1}$ times and adds as often; a product with the addition after it is
# called a **multiply-add** and is the usual unit of work for a network.
#
# **Predict.** A network for pictures of 28 × 28 pixels has layers of 784, 512, 256 and 10 units. How many multiplications for one picture:
# thousands, or hundreds of thousands?
#
# ### Exercise 4: count the multiplications
# This number says beforehand what a network will cost, on any machine.

# %% nbgrader={"grade": false, "grade_id": "multiply_adds", "locked": false, "schema_version": 3, "solution": true, "task": false}
def multiply_adds(layer_sizes, n):
    """Multiplications of weights and activations in one forward pass of a batch.

    layer_sizes: list of integers, the number of units in each layer, the input first
    n: number of samples
    Returns the count, an integer. Biases are not counted.

    Example: layer_sizes = [2, 3, 1] and n = 10 give 90
    """
    ### BEGIN SOLUTION
    return n * sum(rows * columns for (rows, columns), _ in layer_shapes(layer_sizes))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_multiply_adds", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(multiply_adds, given=([2, 3, 1], 10), gives=90)
### BEGIN HIDDEN TESTS
check(multiply_adds, hidden=True)
### END HIDDEN TESTS

# %% name="count_pictures"
count = yours(multiply_adds)
print(f"moons network, one point:  {count([2, 3, 3, 1], 1):>14,}")
print(f"pictures, one:             {count([784, 512, 256, 10], 1):>14,}")
print(f"pictures, 60,000 of them:  {count([784, 512, 256, 10], 60_000):>14,}")

# %% [markdown] name="clock"
# ## Now the clock
#
# Three programs from the top of this unit and the one line, on a batch of 20 samples and a layer with as many neurons as inputs, for
# growing widths. All four do the same multiplications; `multiply_adds` says how many.
#
# **Predict.** At a width of 256, how many times longer do three loops take than the one line: twice, twenty times, more?

# %% name="timing" tags=["nbval-ignore-output"]
# Not compared when the notebook is tested: times depend on the machine and on its other work.
def one_call(X, W, b):
    return X @ W.T + b


def seconds(program, tries):
    # The best of several: other work on the machine can only make it slower.
    return min(timeit.repeat(lambda: program(*layer), number=1, repeat=tries))


rng = np.random.default_rng(0)
widths = [4, 8, 16, 32, 64, 128, 256]
times = {"three loops": [], "two loops": [], "one loop": [], "one call": []}   # seconds

print("width  multiplications  three loops     two loops      one loop      one call    ratio")
for width in widths:
    layer = rng.normal(size=(20, width)), rng.normal(size=(width, width)), rng.normal(size=width)
    times["three loops"].append(seconds(three_loops, tries=3))
    times["two loops"].append(seconds(two_loops, tries=3))
    times["one loop"].append(seconds(one_loop, tries=100))
    times["one call"].append(seconds(one_call, tries=500))
    row = [column[-1] for column in times.values()]
    milliseconds = "".join(f"{1000 * t:>11.3f} ms" for t in row)
    print(f"{width:>5} {count([width, width], 20):>16,}{milliseconds} {row[0] / row[-1]:>8,.0f}")

# The same numbers, up to rounding:
assert np.allclose(three_loops(*layer), one_call(*layer))

slow, quick = (times[name][-1] / count([256, 256], 20) for name in ("three loops", "one call"))
pictures = count([784, 512, 256, 10], 60_000)
print(f"\nper multiplication: three loops {1e9 * slow:.0f} ns, one call {1e9 * quick:.2f} ns")
print(f"60,000 pictures at that pace: {pictures * slow / 60:,.0f} minutes, or {pictures * quick:.1f} seconds")

# %% name="figure_timing" jupyter={"source_hidden": true} tags=["nbval-ignore-output"]
# Not compared when the notebook is tested: the picture shows measured times.
fig, ax = plt.subplots(figsize=(7.6, 4.2))
for i, (name, column) in enumerate(times.items()):
    milliseconds = 1000 * np.array(column)
    ax.plot(widths, milliseconds, color=plots.COLORS[i], linestyle=plots.DASHES[i], marker=plots.MARKERS[i], markersize=5)
    ax.annotate(
        name, (widths[-1], milliseconds[-1]), (8, 0), textcoords="offset points", va="center",
        color=plots.COLORS[i], weight="bold", annotation_clip=False,
    )
ax.set(xscale="log", yscale="log", xlabel="width of the layer", ylabel="milliseconds", title="The same multiplications: fewer loops, less time")
ax.set_xticks(widths, widths)
ax.minorticks_off()
ax.grid(True)
plots.show(
    fig,
    "Time against width, both axes logarithmic, a curve for each program. The curve of three loops lies on top and rises most; "
    "that of one call lies at the bottom. The gap between the two widens with the width.",
)

# %% [markdown] name="clock_answer"
# The ratio is in the last column, measured on the machine that ran this cell. **The mathematics did not get faster.** Each program
# multiplies as often as the others. What differs is the work around each multiplication.
#
# - In a loop, Python goes through its whole routine every time: look up `W`, check the index, take the number out, wrap it as an
#   object, look at the types, multiply, wrap the result. One `@` does this once.
# - NumPy then hands both arrays to a library that knows the machine (**BLAS**, basic linear algebra subprograms). Its compiled code multiplies
#   several numbers with one instruction, uses a number many times once it has been fetched from memory, and can spread a large product
#   over all cores.
#
# Look at *one loop*: at width 256 Python runs 20 rounds for more than a million multiplications, and the curve comes down towards the lowest.
#
# The library adds in another order than your loops. So the last digits may differ; the cell compares up to rounding.
#
# ### Why graphics cards like it
# You saw in the live figure that no entry of $Z$ needs another. Then their order does not matter:

# %% name="any_order"
rng = np.random.default_rng(7)
Z = np.zeros((4, 3))
for entry in rng.permutation(12):                # the 12 entries in a shuffled order
    s, j = divmod(entry, 3)
    Z[s, j] = X[s] @ W[j] + b[j]

print("same as the loops:", np.array_equal(Z, Z_loops))

# %% [markdown] name="gpu"
# What needs no order can be done at the same time. A graphics card (**GPU**) has thousands of small arithmetic units, made to colour
# many pixels by one formula. A matrix product is that kind of work: the same multiply-adds for every entry. There are
# two limits. Numbers have to travel to the card first, so for a small network the trip can cost more than it saves. And layers still wait for each other:
# $A^{[2]}$ needs all of $A^{[1]}$.

# %% [markdown] name="shape_error_prompt"
# ### Exercise 5: read a shape error (in writing, 4 points)
# A network with 3 inputs, 4 hidden units and 1 output, five samples with their labels, and the mean squared error: the mean of the squared
# differences between outputs and labels. Run the cell:

# %% name="shape_error_cell"
rng = np.random.default_rng(0)
five_samples = rng.normal(size=(5, 3))
five_labels = np.array([0.0, 1.0, 1.0, 0.0, 1.0])
W1, b1 = rng.normal(size=(4, 3)), np.zeros(4)
W2, b2 = rng.normal(size=(4, 1)), np.zeros(1)


def error_of_the_network():
    A1 = relu(five_samples @ W1.T + b1)
    P = sigmoid(A1 @ W2.T + b2)
    return np.mean((P - five_labels) ** 2)


try:
    print(error_of_the_network())
except ValueError as error:
    print("ValueError:", error)

# %% [markdown] name="shape_error_questions"
# Answer in a few sentences each. You may try things out in cells of your own.
#
# 1. Which product fails? Write down the shapes of its two sides, and say which two numbers the message compares.
# 2. Where is the mistake, and how do you mend it there? A colleague deletes the second `.T` instead, and the error is gone. What speaks against
#    that?
# 3. After your mending a number is printed. It is still not the mean squared error. Which shape does `P - five_labels` have, why, and
#    what do you change?

# %% [markdown] nbgrader={"grade": true, "grade_id": "shape_error", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# 1. `A1 @ W2.T`. `A1` has a row for each sample and a column for each hidden unit, $(5, 4)$. `W2` was made as $(4, 1)$, so `W2.T` is
#    $(1, 4)$. The columns on the left, 4, should equal the rows on the right, 1: "size 1 is different from 4".
# 2. The mistake is in the line that makes `W2`. A layer of 1 unit with 4 inputs has weights of shape $(1, 4)$, a row for its one neuron.
#    So: `rng.normal(size=(1, 4))`. Deleting `.T` gives $(5, 4) \cdot (4, 1)$, which runs, and even with sensible numbers. But then one layer
#    stores its neurons as columns and all others as rows. Every function that relies on rows (`forward`, `layer_shapes`) goes
#    wrong with this `W2`, and if the layer is square one day nothing complains any more.
# 3. `P` is $(5, 1)$ and the labels are $(5,)$. Compared from the right, 1 meets 5 and the missing axis meets 5, so both are stretched and the
#    difference is $(5, 5)$: every answer minus every label. Take the column out first: `P[:, 0] - five_labels` has shape $(5,)$.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_shape_error", "locked": true, "schema_version": 3, "solution": false, "task": false}
# *This answer is marked by a person, 4 points.*
#
# ### BEGIN MARK SCHEME
# - **1 point**: names the product `A1 @ W2.T` with the shapes $(5, 4)$ and $(1, 4)$, and says that 4 (columns on the left) meets 1 (rows
#   on the right).
# - **1 point**: mends `W2` itself to shape $(1, 4)$: made so, or transposed or reshaped right after it was made.
# - **1 point**: says what is wrong with deleting `.T`: it breaks the rule that a neuron is a row, so other code fails, or a square layer
#   would go wrong in silence. "It gives wrong numbers" alone earns nothing: here it does not.
# - **1 point**: shape $(5, 5)$ by broadcasting, and a change that makes both sides $(5,)$ (`P[:, 0]`, `P.ravel()`) or both $(5, 1)$
#   (`five_labels[:, None]`). Half a point for the shape without the change, or the change without
#   the reason.
# ### END MARK SCHEME

# %% name="progress" tags=["remove-cell"]
progress()   # a written answer counts once you have saved (Ctrl+S)

# %% [markdown] name="close"
# ## What to keep
#
# - For a batch with a sample per row and a matrix with a neuron per row, a layer is $Z = A W^T + b$ and then $A = g(Z)$.
# - In a product the inner sizes must be equal and the outer ones stay; broadcasting compares from the right and stretches what is 1 or missing.
# - A square matrix and a column against a flat array raise no error: test with sizes that all differ, and print shapes.
#
# **Where did the time go?** Into what Python does around each multiplication, once for every one of them. The single line does
# that once, and leaves the multiplications, all of them, to a library that knows the machine.
#
# **Read on**
# - The chapter "Broadcasting" of the NumPy user guide: the rule once more, with more pictures.
# - Ian Goodfellow, Yoshua Bengio and Aaron Courville, *Deep Learning* (2016, free online), chapter 2: the linear algebra that networks use, and
#   little more.
# - Kazushige Goto and Robert van de Geijn, "Anatomy of High-Performance Matrix Multiplication", *ACM Transactions on Mathematical
#   Software* 34 (2008): what goes on inside that one call.
#
# **Next**, in [05 · Training](../05-training/05-training.ipynb): the weights were given so far. Now a network finds its own.
