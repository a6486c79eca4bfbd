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
# # 03 · Neurons in layers
#
# Two moons of points reach into each other. A neuron can only draw a straight line, and every straight line leaves a part of
# some moon on the wrong side. **What has to be added before the line bends? And if adding helps, why not add a thousand neurons?**
#
# - **You will be able to** compute what a network says, count its layers and parameters, build one by hand for the lamp of unit 01, and
#   tell from two numbers whether a network is too small or too large for its data.
# - **You need** one neuron, $a = g(w \cdot x + b)$, and the activation functions of `02-activations`.
# - **Time**: 60 minutes, half of it for the six exercises and a written answer.

# %% [markdown] name="setup_text"
# First run this cell. `neuron(x, w, b, g)` is the function that you wrote in unit 02.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
try:
    from autograder import check, hint, progress, yours
except ModuleNotFoundError as missing:
    raise SystemExit(f"""{missing}.
This notebook is one unit of a course, and the rest of the course is not here.
Get the course's folder, open a terminal in it, and run:  make lab
Without make:  pip install '.[lab]'  and then  jupyter lab""") from None

import matplotlib.pyplot as plt
import numpy as np

from nnlib import neuron, plots, relu, sigmoid, step
from nnlib.live import Slider, live

plots.style()

# %% [markdown] name="moons_text"
# And this one makes the moons: points on two half circles, shifted a little at random. The first 200 are there to train with. The
# 1,000 fresh ones are there to test with: no training ever sees them.

# %% name="moons"
def moons(n, noise, rng):
    """n points on two half circles, every other one on each, with random noise. X is (n, 2), y is (n,)."""
    angle = np.pi * rng.random(n)
    y = np.arange(n) % 2
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    X = np.where(y[:, None] == 0, upper, lower) + rng.normal(scale=noise, size=(n, 2))
    return X, y


X_moons, y_moons = moons(200, 0.1, np.random.default_rng(3))   # to train with
X_fresh, y_fresh = moons(1000, 0.1, np.random.default_rng(4))  # new points, to test with

# %% name="figure_moons" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(6.6, 3.4))
plots.points(X_moons, y_moons, names=["0, upper moon", "1, lower moon"], ax=ax)
ax.set(aspect="equal", title="No straight line separates the two moons")
plots.show(
    fig,
    "Two hundred points on two half circles. The upper moon, class 0, opens downward; the lower moon, class 1, opens upward. "
    "The tip of each lies inside the bow of the other.",
)

# %% [markdown] name="by_hand"
# ## By hand first
#
# Put three neurons side by side and give all of them the same two inputs. That is a **layer**. Then give their three activations, as
# inputs, to one more neuron: a second layer. The first neuron is the one that you worked out in unit 01.
#
# $$
# x = \begin{bmatrix} 2 \\ -1 \end{bmatrix} \qquad
# W_1 = \begin{bmatrix} 0.5 & 1 \\ 1 & -1 \\ -1 & 2 \end{bmatrix} \quad
# b_1 = \begin{bmatrix} 1 \\ 0 \\ 0.5 \end{bmatrix} \qquad
# W_2 = \begin{bmatrix} -1 & 1 & 2 \end{bmatrix} \quad
# b_2 = \begin{bmatrix} -1 \end{bmatrix}
# $$
#
# **Each row of $W_1$ holds the weights of one neuron.** Three neurons with two inputs each: shape $(3, 2)$. Each neuron has its own
# entry of $b_1$. The three neurons use ReLU, the last one a sigmoid. On paper: what does each of the four say? Which of
# them stays silent?

# %% [markdown] name="by_hand_sums"
# $$
# \begin{aligned}
# z_1 &= 0.5 \cdot 2 + 1 \cdot (-1) + 1 = 1 & a_1 &= \max(0, 1) = 1 \\
# z_2 &= 1 \cdot 2 + (-1) \cdot (-1) + 0 = 3 & a_2 &= \max(0, 3) = 3 \\
# z_3 &= (-1) \cdot 2 + 2 \cdot (-1) + 0.5 = -3.5 \qquad & a_3 &= \max(0, -3.5) = 0
# \end{aligned}
# $$
#
# The last neuron never sees $x$. It sees the three activations: $z = (-1) \cdot 1 + 1 \cdot 3 + 2 \cdot 0 - 1 = 1$, and
# $\sigma(1) \approx 0.73$.

# %% name="figure_by_hand" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(5.6, 4.8))
plots.network_diagram([2, 3, 1], values=[["2", "−1"], ["1", "3", "0"], ["0.73"]], ax=ax)
ax.set_title("Every neuron hears the whole layer before it")
plots.show(
    fig,
    "A network in three columns of circles. Input: 2 and −1. Hidden: the activations 1, 3 and 0. Output: 0.73. "
    "Each circle of a column is joined by a line to each circle of the column before.",
)

# %% [markdown] name="names"
# The names of the trade:
#
# - The **input layer** is $x$ itself: nothing is computed there. The last layer is the **output layer**. What lies between is **hidden**: its
#   activations are neither given nor asked for. A neuron in a network is also called a **unit**.
# - **Fully connected**: each neuron hears all activations of the layer before. Each line in the picture is one weight.
# - **Feedforward**: numbers flow from the inputs to the output and never back. Such a network is also called a **multilayer
#   perceptron**, MLP. (The name stuck; its neurons are seldom perceptrons, since few use the step.)
#
# The same numbers in Python, one neuron after the other:

# %% name="by_hand_code"
x = np.array([2.0, -1.0])                               # (2,):   two inputs
W1 = np.array([[0.5, 1.0], [1.0, -1.0], [-1.0, 2.0]])   # (3, 2): three neurons, two weights each
b1 = np.array([1.0, 0.0, 0.5])                          # (3,):   three biases
W2 = np.array([[-1.0, 1.0, 2.0]])                       # (1, 3): one neuron, three weights
b2 = np.array([-1.0])                                   # (1,):   one bias

print("first hidden neuron:   ", neuron(x, W1[0], b1[0], relu))
print("second hidden neuron:  ", neuron(x, W1[1], b1[1], relu))
print("third hidden neuron:   ", neuron(x, W1[2], b1[2], relu))

# %% [markdown] name="hidden_exercise"
# ### Exercise 1: a layer
# A hidden layer is what a single neuron lacks. Write the three lines above for any number of neurons, as a loop. (Unit 04 does
# it without one.)

# %% nbgrader={"grade": false, "grade_id": "hidden_activations", "locked": false, "schema_version": 3, "solution": true, "task": false}
def hidden_activations(x, W, b, g):
    """Activations of one layer for one sample, neuron by neuron.

    x: inputs, array of shape (n_0,)
    W: weights, array of shape (n_1, n_0), a row for each neuron
    b: biases, array of shape (n_1,)
    g: the activation function of these neurons, such as relu
    Returns an array of shape (n_1,).

    Example: x = [2, -1], W = [[0.5, 1], [1, -1], [-1, 2]], b = [1, 0, 0.5] and g = relu
    give array([1., 3., 0.])
    """
    ### BEGIN SOLUTION
    return np.array([neuron(x, w_j, b_j, g) for w_j, b_j in zip(W, b)])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_hidden_activations", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    hidden_activations,
    given=(
        np.array([2.0, -1.0]),
        np.array([[0.5, 1.0], [1.0, -1.0], [-1.0, 2.0]]),
        np.array([1.0, 0.0, 0.5]),
        relu,
    ),
    gives=np.array([1.0, 3.0, 0.0]),
)
### BEGIN HIDDEN TESTS
check(hidden_activations, hidden=True)
### END HIDDEN TESTS

# %% [markdown] name="stuck"
# Stuck? Take away the first # in the next cell and run it, again for a second hint. `hint(two_layer_forward)` and so
# on work for the other exercises.

# %% name="hint_hidden_activations"
# hint(hidden_activations)

# %% [markdown] name="forward_exercise"
# ### Exercise 2: the whole network
# This is what runs whenever a trained network is asked something: hidden activations first, then the output. The two layers may have
# different activation functions. The output layer can have several neurons, so the result is an array.

# %% nbgrader={"grade": false, "grade_id": "two_layer_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def two_layer_forward(x, W1, b1, W2, b2, g_hidden, g_output):
    """Output of a network with one hidden layer, for one sample.

    x: inputs, array of shape (n_0,)
    W1, b1: weights (n_1, n_0) and biases (n_1,) of the hidden layer, which uses g_hidden
    W2, b2: weights (n_2, n_1) and biases (n_2,) of the output layer, which uses g_output
    Returns an array of shape (n_2,).

    Example: the network worked by hand above, with g_hidden = relu and g_output = sigmoid,
    gives array([0.731])
    """
    ### BEGIN SOLUTION
    a1 = hidden_activations(x, W1, b1, g_hidden)
    return hidden_activations(a1, W2, b2, g_output)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_two_layer_forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    two_layer_forward,
    given=(
        np.array([2.0, -1.0]),
        np.array([[0.5, 1.0], [1.0, -1.0], [-1.0, 2.0]]),
        np.array([1.0, 0.0, 0.5]),
        np.array([[-1.0, 1.0, 2.0]]),
        np.array([-1.0]),
        relu,
        sigmoid,
    ),
    gives=np.array([0.7310586]),
)
### BEGIN HIDDEN TESTS
check(two_layer_forward, hidden=True)
### END HIDDEN TESTS

# %% [markdown] name="counting"
# ## Counting layers and parameters
#
# A network is written down by the sizes of its layers, the input first: `[2, 3, 1]` is the one above. How many layers is that? **Here,
# layers with parameters are counted**: the hidden ones and the output. The input has no weights, so the picture with three columns shows a
# two-layer network, of **depth** 2. (Others count otherwise: scikit-learn lists the hidden layers alone.) A network with more than one
# hidden layer is called **deep**.

# %% name="figure_depth" jupyter={"source_hidden": true}
fig, axes = plt.subplots(1, 2, figsize=(8.6, 3.4), width_ratios=[4.7, 6.7])
plots.network_diagram([2, 3, 1], ax=axes[0])
plots.network_diagram([2, 3, 3, 1], ax=axes[1])
axes[0].set_title("[2, 3, 1]: one hidden layer")
axes[1].set_title("[2, 3, 3, 1]: two hidden layers, deep")
plots.show(
    fig,
    "Two diagrams. Left, [2, 3, 1]: two inputs, three hidden units, one output. Right, [2, 3, 3, 1]: the same with a second "
    "hidden layer of three units between the first and the output.",
)

# %% [markdown] name="depth_exercise"
# ### Exercise 3: depth
# Depth is one of the two numbers that everyone uses to describe a network (the other is width, the size of its layers), and those who count
# it differently build different networks.

# %% nbgrader={"grade": false, "grade_id": "network_depth", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_depth(layer_sizes):
    """Depth of a network: its number of layers with parameters.

    layer_sizes: list of the units in each layer, the input first
    Returns an integer.

    Example: [2, 3, 1] gives 2
    """
    ### BEGIN SOLUTION
    return len(layer_sizes) - 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_network_depth", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(network_depth, given=([2, 3, 1],), gives=2)
### BEGIN HIDDEN TESTS
check(network_depth, hidden=True)
### END HIDDEN TESTS

# %% [markdown] name="parameters_exercise"
# ### Exercise 4: parameters
# The **parameters** are all the weights and biases: the numbers that training has to find, and the reason why a
# large network wants many samples. Count them on paper for the left network first: a weight for each line, a bias for each neuron that
# computes. (It should be 13.) Then for layers of any sizes.

# %% nbgrader={"grade": false, "grade_id": "count_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_parameters(layer_sizes):
    """Number of weights and biases of a fully connected network.

    layer_sizes: list of the units in each layer, the input first
    Returns an integer.

    Example: [2, 3, 1] gives 13 (weights 3·2 and 1·3, biases 3 and 1)
    """
    ### BEGIN SOLUTION
    total = 0
    for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]):
        total += n_out * n_in + n_out
    return total
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_count_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(count_parameters, given=([2, 3, 3, 1],), gives=25)
### BEGIN HIDDEN TESTS
check(count_parameters, hidden=True)
### END HIDDEN TESTS

# %% [markdown] name="parameters_predict"
# **Predict.** Two hidden layers of 32 units, for the moons: how many parameters? And how many has a network that reads pictures of
# 28×28 pixels, with 512 and 256 hidden units, and tells ten digits apart? Guess the power of ten.

# %% name="parameters_work"
depth_of, parameters_of = yours(network_depth), yours(count_parameters)
for sizes in [2, 1, 1], [2, 3, 3, 1], [2, 32, 32, 1], [784, 512, 256, 10]:
    print(f"{sizes!s:<20} depth {depth_of(sizes)}, {parameters_of(sizes):>7,} parameters")

# %% [markdown] name="xor"
# ## The lamp, with two hidden neurons
#
# Back to the lamp above the stairs: it is lit when exactly one of two switches is up. The rule is XOR, and you have shown that no single
# neuron computes it. Now take a 2-2-1 network of step units, perceptrons all. Each hidden unit draws one line through the square. The output
# neuron does not see the square: it sees what the two hidden units say, a pair of zeros and ones.
#
# So fill in this table from right to left. What two questions about $x$, each answered by a straight line, tell you all you need?
#
# | $x$ | hidden 1 | hidden 2 | output |
# |:--|:-:|:-:|:-:|
# | (0, 0) | ? | ? | 0 |
# | (0, 1) | ? | ? | 1 |
# | (1, 0) | ? | ? | 1 |
# | (1, 1) | ? | ? | 0 |
#
# The gates of unit 01 are at hand: AND, OR and NAND (not both), each with two weights and a bias.
#
# ### Exercise 5: XOR
# Setting nine numbers by hand shows what a hidden layer is for, and what training will have to find. Remember that the step gives 0 at
# exactly $z = 0$. Many answers are right.

# %% nbgrader={"grade": false, "grade_id": "xor_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def xor_parameters():
    """Weights and biases of a 2-2-1 network of step units that computes XOR.

    Returns (W1, b1, W2, b2), arrays or lists of these shapes:
    W1: (2, 2), a row for each hidden unit      b1: (2,)
    W2: (1, 2), one row, for the output         b2: (1,)

    Example: with these, two_layer_forward([0, 1], W1, b1, W2, b2, step, step) is [1];
    for [1, 1] it is [0]
    """
    ### BEGIN SOLUTION
    W1 = np.array([[1.0, 1.0], [-1.0, -1.0]])   # at least one input is 1 (OR); not both are (NAND)
    b1 = np.array([-0.5, 1.5])
    W2 = np.array([[1.0, 1.0]])                 # both hidden units agree (AND)
    b2 = np.array([-1.5])
    return W1, b1, W2, b2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_xor_parameters", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(xor_parameters)
### BEGIN HIDDEN TESTS
check(xor_parameters, hidden=True)
### END HIDDEN TESTS

# %% [markdown] name="xor_work_text"
# Now the lamp, lit by your network, right or wrong:

# %% name="xor_work"
layer, network = yours(hidden_activations), yours(two_layer_forward)
corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

try:
    W1, b1, W2, b2 = (np.array(part, dtype=float) for part in xor_parameters())
    hidden = np.array([layer(x, W1, b1, step) for x in corners])   # (4, 2)
    lamp = np.array([network(x, W1, b1, W2, b2, step, step)[0] for x in corners])
    for x, a, says in zip(corners.astype(int), hidden.astype(int), lamp):
        print(f"switches {x}   hidden units {a}   lamp {'on' if says else 'off'}")
except Exception:   # not written yet, or not four arrays that fit together
    lamp = None
    print("There is no network yet. Write exercise 5, then run this cell again.")

# %% name="figure_xor" jupyter={"source_hidden": true}
def draw_xor():
    fig, axes = plt.subplots(1, 2, figsize=(8.6, 4.2))
    xx, yy = np.meshgrid(np.linspace(-0.6, 1.6, 111), np.linspace(-0.6, 1.9, 126))
    grid = np.column_stack([xx.ravel(), yy.ravel()])
    lines = [(0, W1[0], b1[0], "unit 1"), (0, W1[1], b1[1], "unit 2"), (1, W2[0], b2[0], "output")]
    for side, w, b, name in lines:
        z = (grid @ w + b).reshape(xx.shape)
        if z.min() < 0 < z.max():
            line = axes[side].contour(xx, yy, z, [0], colors=plots.INK, linestyles="solid")
            axes[side].clabel(line, fmt=name, fontsize=11)
    wanted = np.array([0, 1, 1, 0])
    for ax, places in zip(axes, (corners, hidden)):
        for k in (0, 1):
            ax.scatter(*places[wanted == k].T, s=90, marker=plots.MARKERS[k], color=plots.COLORS[k], zorder=3)
        for place in np.unique(places, axis=0):
            here = [f"({x[0]:g}, {x[1]:g})" for x, at in zip(corners, places) if np.array_equal(at, place)]
            ax.annotate("\n".join(here), place, (0, 9), textcoords="offset points", ha="center")
        ax.set(xlim=(-0.6, 1.6), ylim=(-0.6, 1.9), xticks=[0, 1], yticks=[0, 1], aspect="equal")
    axes[0].set(xlabel="$x_1$", ylabel="$x_2$", title="What goes in")
    axes[1].set(xlabel="hidden unit 1", ylabel="hidden unit 2", title="What the output neuron sees")
    right = np.array_equal(lamp, wanted)
    title = "The hidden layer moves the corners to where one line is enough" if right else "The output's line should cut off the triangles"
    fig.suptitle(title, fontweight="bold", fontsize=12)
    plots.show(
        fig,
        "Left, the four corners of the square with the lines of your two hidden units; the corners (0, 1) and (1, 0), where the lamp should be "
        "on, are triangles. Right, the same corners at the places that the two hidden units give them, with the line of the output neuron, which "
        + ("cuts off the triangles from the circles." if right else "does not yet cut off the triangles from the circles."),
    )


if lamp is not None:
    draw_xor()

# %% [markdown] name="xor_answer"
# Corners that should get the same answer have come together, and one line does the rest. **A hidden layer gives the samples new
# coordinates**, in which the last neuron's straight line is enough.
#
# ## A network that finds its own weights
#
# Nine numbers can be set by hand, 25 hardly. Unit 05 shows how training finds them: it starts from random weights and moves them, step by
# step, to where the network makes fewer and smaller mistakes. Here `nnlib` does it, and you look at what comes out. The share of samples that
# get the right class is the **accuracy**.

# %% name="train"
from itertools import islice

from nnlib.network import Network
from nnlib.optimisers import SGD


def trained(sizes, X, y, start, epochs=500, dropout=0.0):
    """A network with ReLU in the hidden layers and a sigmoid at the output, trained on X and y."""
    rng = np.random.default_rng(start)   # each start draws other random weights
    network = Network(sizes, rng=rng)
    steps = network.descend(X, y, SGD(1.0), rng=rng, dropout=dropout)   # SGD: unit 05
    for _ in islice(steps, epochs):
        pass                             # one round is one step of training
    return network


def accuracy(network, X, y):
    """Share of samples that get the right class: the output says 1 where it is above 0.5."""
    return np.mean((network.predict(X).ravel() > 0.5) == y)

# %% [markdown] name="moons_predict"
# **Predict.** Two networks for the moons: one with a single hidden unit, `[2, 1, 1]`, and one with two hidden layers of three, `[2, 3, 3, 1]`.
# Draw the boundary that you expect from each. Can the first one bend?

# %% name="moons_two_networks"
START = 3
designs = [2, 1, 1], [2, 3, 3, 1]
networks = {str(sizes): trained(sizes, X_moons, y_moons, START) for sizes in designs}
for name, network in networks.items():
    print(f"{name:<13} accuracy on 1,000 fresh points {accuracy(network, X_fresh, y_fresh):.2f}")

# %% name="figure_two_networks" jupyter={"source_hidden": true}
fig, axes = plt.subplots(1, 2, figsize=(8.6, 3.3))
for ax, (name, network) in zip(axes, networks.items()):
    plots.decision_boundary(lambda X, network=network: network.predict(X).ravel(), X_moons, y_moons, ax=ax)
    ax.get_legend().remove()
    ax.set(aspect="equal", title=name)
fig.suptitle("One hidden unit draws a straight line, two layers of three can bend it", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "The moons with the boundaries of two networks. With one hidden unit it is a straight line that cuts through both moons. With "
    "two hidden layers of three units it is made of straight pieces and runs between the moons.",
)

# %% [markdown] name="moons_answer"
# A single hidden unit hands on one number, $a = g(w \cdot x + b)$. Along a straight line on which $w \cdot x$ is the same everywhere, the output can't
# change, so the boundary has to be such a line. A ReLU unit has a fold along the line where its $z = 0$. **With three units there are three lines to
# fold along**, and the second layer folds what the first has folded.
#
# ## A classic mistake: one run
#
# That was one start out of many. **Predict.** Train `[2, 3, 3, 1]` from 40 different starts, on the same points. How many of the 40
# get at least 95 % of the fresh points right?

# %% name="many_starts"
starts = range(40)
many, scores = {}, {}   # the networks from all starts, and their accuracies
for sizes in [2, 3, 3, 1], [2, 16, 16, 1]:
    runs = [trained(sizes, X_moons, y_moons, start) for start in starts]
    values = np.array([accuracy(network, X_fresh, y_fresh) for network in runs])
    many[str(sizes)], scores[str(sizes)] = runs, values
    print(f"{sizes!s:<15} {np.sum(values >= 0.95):>2} of {len(values)} reach 0.95;", end=" ")
    print(f"worst {values.min():.2f}, median {np.median(values):.2f}, best {values.max():.2f}")

# %% name="figure_starts" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(7.6, 2.8))
jitter = np.random.default_rng(0).uniform(-0.25, 0.25, len(starts))
for row, values in enumerate(scores.values()):
    ax.scatter(values, row + jitter, s=28, marker=plots.MARKERS[row], color=plots.COLORS[row], alpha=0.8, linewidth=0)
ax.axvline(0.95, color=plots.INK, linestyle="dotted")
ax.text(0.945, -0.62, "0.95", ha="right", va="center")
ax.set(yticks=range(len(scores)), yticklabels=scores, ylim=(-0.8, 1.5), xlabel="accuracy on 1,000 fresh points, one dot for each start")
ax.set_title("Whether the small network gets there depends on where it starts")
plots.show(
    fig,
    "Two rows of 40 dots, the accuracies from 40 starts. The small network, [2, 3, 3, 1], falls into two heaps: 24 dots between "
    "0.87 and 0.91, and 16 between 0.97 and 1.00. All dots of the wide network, [2, 16, 16, 1], lie at 0.99 or above.",
)

# %% [markdown] name="dead_text"
# One lucky run would have told you that `[2, 3, 3, 1]` solves the moons, an unlucky one that it is hopeless. Both are wrong. The sign to know
# this mistake by: **train again from another start, and the conclusion changes.** So report several starts, never one.
#
# Why does the small network get stuck? One cause can be counted. A ReLU unit whose $z$ is negative for *every* sample gives 0 everywhere, and its
# slope is 0 too, so training no longer moves it. It is **dead**, and the network is smaller than it looks.

# %% name="dead_units"
def dead_units(network, X):
    """How many hidden units are silent for every sample."""
    A, dead = X, 0
    for W, b in zip(network.weights[:-1], network.biases[:-1]):
        A = relu(A @ W.T + b)                        # the whole batch at once: unit 04
        dead += np.sum(A.max(axis=0) == 0)
    return dead


for name, runs in many.items():
    dead = np.array([dead_units(network, X_moons) for network in runs])
    good = scores[name] >= 0.95
    print(name)
    groups = {"no dead unit": dead == 0, "one dead unit": dead == 1, "two or more": dead >= 2}
    for words, group in groups.items():
        reach = np.sum(good & group)
        print(f"    {words:<14} {np.sum(group):>2} runs, of which {reach:>2} reach 0.95")

# %% [markdown] name="dead_answer"
# Small networks with dead units get there less often (the groups are small, so take the shares with care). But some without a dead unit fail as
# well: they have settled on a crude boundary, and 500 steps were not enough to leave it. The wide network has dead units too, and does not miss them.
#
# ## Your turn: width and depth
#
# Two of the decisions in designing a network are its depth and its width (a third is the activation function). Here
# are 120 trained networks: one to eight units in a hidden layer, one to three hidden layers, five starts. **Which network with the fewest
# parameters runs between the moons from all five starts?** Guess, then search with the sliders. (Click one; the arrow keys move it.)

# %% name="drawing" jupyter={"source_hidden": true}
side = np.linspace(-2, 3, 72), np.linspace(-1.7, 2.2, 56)
plane = np.stack(np.meshgrid(*side), axis=-1).reshape(-1, 2)   # a lattice of points, a row each


def draw_regions(ax, outputs, X, y, size):
    """What a network says on the plane, its boundary where it says 0.5, and samples with their true classes."""
    outputs = outputs.reshape(56, 72)
    ax.contourf(*side, outputs, [-1, 0.5, 2], colors=plots.COLORS[:2], alpha=0.2)
    if outputs.min() < 0.5 < outputs.max():
        ax.contour(*side, outputs, [0.5], colors=plots.INK, linestyles="solid", linewidths=1.5)
    for k in (0, 1):
        ax.plot(*X[y == k].T, plots.MARKERS[k], color=plots.COLORS[k], markersize=size, linestyle="none")
    ax.set(aspect="equal", xlim=side[0][[0, -1]], ylim=side[1][[0, -1]])


# %% name="live_networks" jupyter={"source_hidden": true}
designed = {}   # (width, depth, start): what the trained network says on the plane, and its accuracy
for width in range(1, 9):
    for depth in (1, 2, 3):
        for start in range(1, 6):
            network = trained([2] + depth * [width] + [1], X_moons, y_moons, start)
            designed[width, depth, start] = network.predict(plane), accuracy(network, X_fresh, y_fresh)


def draw_design(ax, width, depth, start):
    sizes = [2] + int(depth) * [int(width)] + [1]
    outputs, score = designed[int(width), int(depth), int(start)]
    draw_regions(ax, outputs, X_moons, y_moons, size=3.5)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 2], yticks=[0, 1])   # few: quick to draw
    ax.set_title(f"{sizes}: accuracy {score:.2f} on fresh points")


# %% name="live_design"
live(
    draw_design,
    alt="The two moons and the boundary of a network trained from start {start}: hidden layers "
    "{depth}, units in each {width}.",
    width=Slider(1, 8, 2, "units in a hidden layer", step=1),
    depth=Slider(1, 3, 1, "hidden layers", step=1),
    start=Slider(1, 5, 1, "start", step=1),
)

# %% name="design_table"
print("starts of 5 that reach 0.95 on fresh points")
print("units in a hidden layer", *(f"{width:>4}" for width in range(1, 9)))
for depth in (1, 2, 3):
    print(f"hidden layers: {depth}       ", end="")
    for width in range(1, 9):
        reach = sum(designed[width, depth, start][1] >= 0.95 for start in range(1, 6))
        print(f"{reach:>5}", end="\n" if width == 8 else "")
for sizes in [2, 7, 7, 1], [2, 6, 6, 6, 1]:
    print(f"{sizes} has {parameters_of(sizes)} parameters")

# %% [markdown] name="design_answer"
# Two hidden layers of seven: no start of the five fails. With one hidden layer, even eight units seldom make it. **Here a second
# layer helps more than a wider first one**, since it folds what the first has folded, and width is what makes it reliable: more units, and
# some of them start well. Five starts are few, though, and other data, or another way of training, would give another table. That
# is why such decisions are tried out, not looked up.
#
# ## Too small, too large
#
# So far there were 200 points with little noise. Now take 20 with a lot. Real data is rather like this: classes overlap, and samples are few.
#
# **Predict.** `[2, 1, 1]` has 5 parameters, `[2, 32, 32, 1]` has 1,185. Which one gets more of its 20 training points right? Which
# one gets more of 1,000 fresh points right?

# %% name="noisy_twenty"
def noisy(n, draw):
    """n points with much noise; each draw gives others."""
    return moons(n, 0.3, np.random.default_rng([n, draw]))


SMALL, LARGE = [2, 1, 1], [2, 32, 32, 1]
X_test, y_test = moons(1000, 0.3, np.random.default_rng(6))
X_20, y_20 = noisy(20, draw=2)
pair = [trained(sizes, X_20, y_20, START, epochs=600) for sizes in (SMALL, LARGE)]
for network in pair:
    training, test = accuracy(network, X_20, y_20), accuracy(network, X_test, y_test)
    error = 2 * np.sqrt(test * (1 - test) / len(y_test))   # two standard errors of a share
    print(f"{network.layer_sizes!s:<15} training {training:.2f}   test {test:.2f} ± {error:.2f}")

# %% name="figure_noisy" jupyter={"source_hidden": true}
fig, axes = plt.subplots(2, 2, figsize=(8.2, 6.8), sharex=True, sharey=True)
for row, network in zip(axes, pair):
    for ax, X, y, size, what in (row[0], X_20, y_20, 7, "training"), (row[1], X_test, y_test, 2.5, "test"):
        draw_regions(ax, network.predict(plane), X, y, size)
        ax.set(title=f"{network.layer_sizes}, {what}: {accuracy(network, X, y):.2f}")
fig.supxlabel("$x_1$", fontsize=11)
fig.supylabel("$x_2$", fontsize=11)
fig.suptitle("The large network has learnt its twenty points by heart", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Four panels. Above, the network with one hidden unit: its straight boundary leaves some of the 20 training points (left) and "
    "some of the 1,000 test points (right) on the wrong side. Below, the large network: its boundary bends out of its way to "
    "leave each of the 20 training points on the right side, single strays too, and many test points on the wrong one.",
)

# %% [markdown] name="overfitting"
# The straight line can't follow the moons at all, neither for the points it trained on nor for others. That is **underfitting**: the network is
# too small for its task, and training accuracy itself is low. The large network has bent its boundary round every single
# point, those that noise has carried into the wrong moon too. Noise does not repeat itself, so on fresh points the bends do harm. That
# is **overfitting**. The sign to know it by: **training accuracy high, test accuracy clearly lower.** Training accuracy alone would have
# told you that the large network is perfect.
#
# What does more data do to this gap? **Predict** for both networks: 80 points in place of 20, then 320. Each dot in the next figure is another draw of
# points.

# %% name="more_data"
sizes_of_data = [20, 80, 320]
found = {}   # (network, n): a row for each of six draws, training and test accuracy
for sizes in SMALL, LARGE:
    for n in sizes_of_data:
        rows = []
        for draw in range(6):
            X, y = noisy(n, draw)
            network = trained(sizes, X, y, START, epochs=600)
            rows.append([accuracy(network, X, y), accuracy(network, X_test, y_test)])
        found[str(sizes), n] = np.array(rows)
        training, test = found[str(sizes), n].mean(axis=0)
        print(f"{sizes!s:<15} {n:>3} points   training {training:.2f}   test {test:.2f}", end="")
        print(f"   gap {training - test:.2f}")

# %% name="figure_more_data" jupyter={"source_hidden": true}
fig, axes = plt.subplots(1, 2, figsize=(8.6, 3.8), sharey=True)
for ax, sizes in zip(axes, (SMALL, LARGE)):
    for k, what in enumerate(["training", "test"]):
        look = {"color": plots.COLORS[k], "marker": plots.MARKERS[k]}
        for n in sizes_of_data:
            ax.plot([n] * 6, found[str(sizes), n][:, k], linestyle="none", alpha=0.35, markersize=5, **look)
        means = [found[str(sizes), n][:, k].mean() for n in sizes_of_data]
        ax.plot(sizes_of_data, means, linestyle=plots.DASHES[k], markersize=0, **look)
        ax.text(360, means[-1] + (0.012, -0.012)[k], what, va="center", color=plots.COLORS[k], weight="bold")
    ax.set(xscale="log", xticks=sizes_of_data, xticklabels=sizes_of_data, xlim=(16, 900), xlabel="training points", title=str(sizes))
    ax.minorticks_off()
axes[0].set_ylabel("accuracy")
fig.suptitle("More data closes the gap of the large network, but no data bends a straight line", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Training and test accuracy over 20, 80 and 320 training points, six draws each with their means. Left, one hidden unit: both "
    "curves lie between 0.8 and 0.9 throughout. Right, the large network: training falls from 1.00 to 0.93, test "
    "rises from 0.79 to 0.90, and the gap closes.",
)

# %% [markdown] name="more_data_answer"
# The more points, the harder to learn by heart: the large network's gap shrinks, and its test accuracy rises. With 20 points it is
# worse than the straight line, with 320 it is better. The straight line gains next to nothing, since a
# lack of data was not its trouble. **More units mean more parameters, and more parameters want more data.**
#
# ## Dropout: learning not to rely on anyone
#
# What if there is no more data? There are ways to make it harder to learn by heart. One is **dropout**: in each step of training, every hidden unit is
# switched off with a certain probability, the **rate**, and a new choice is made for the next step. A unit can't count on any other being there, so the
# network must not hang on one particular combination. Once it is trained, all units are on.
#
# But then the next layer hears more than it did in training: at a rate of 0.5, twice as much on average. So the survivors
# make up for the missing ones while training: each is divided by $1 - \text{rate}$, the share that is left. This is called **inverted dropout**.
#
# ### Exercise 6: dropout
# With a rate of 0.5, `[1, 3, 0, 2]` may become `[2, 0, 0, 4]`, or `[0, 6, 0, 4]`, or one of the other combinations. The chance comes
# from a generator: `rng.random(shape)` draws an array of numbers between 0 and 1, each of which is below 0.3, say, with a probability of 0.3.

# %% nbgrader={"grade": false, "grade_id": "dropout", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dropout(a, rate, rng):
    """Inverted dropout: an entry becomes 0 with probability rate, or is divided by 1 - rate.

    a: activations, array of any shape; it is not changed
    rate: probability to be dropped. Raises a ValueError unless 0 <= rate < 1.
    rng: a numpy.random.Generator, the only source of chance
    Returns a new array shaped like a. Each entry has a chance of its own.

    Example: a = [1, 3, 0, 2] and rate = 0.5 may give array([2., 0., 0., 4.]);
    rate = 0 always gives array([1., 3., 0., 2.])
    """
    ### BEGIN SOLUTION
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be at least 0 and below 1, but is {rate}")
    survives = rng.random(a.shape) >= rate
    return a * survives / (1 - rate)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_dropout", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(dropout)
### BEGIN HIDDEN TESTS
check(dropout, hidden=True)
### END HIDDEN TESTS

# %% [markdown] name="dropout_picture"
# Your `dropout` on a picture of the network, at a rate of 0.5. Each hidden layer has six units:

# %% name="figure_dropout" jupyter={"source_hidden": true}
drop, rng = yours(dropout), np.random.default_rng(2)
fig, axes = plt.subplots(1, 3, figsize=(9.0, 3.3))
for number, ax in enumerate(axes, start=1):
    survivors = [drop(np.ones(6), 0.5, rng) for layer in (1, 2)]
    dropped = [(layer, unit) for layer in (1, 2) for unit in range(6) if survivors[layer - 1][unit] == 0]
    plots.network_diagram([2, 6, 6, 1], dropped=dropped, ax=ax)
    ax.set_title(f"training step {number}", fontweight="normal")
fig.suptitle("Each step of training works with another, thinner network", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Three times the network [2, 6, 6, 1]. In each, some of the twelve hidden units are crossed out and their lines are gone, "
    "others in every picture. Inputs and output are always there.",
)

# %% [markdown] name="scale_text"
# **Predict.** What happens if you forget to divide by $1 - \text{rate}$? The output neuron worked by hand hears $a = [1, 3, 0]$ with the weights
# $w = [-1, 1, 2]$, so $w \cdot a = 2$, and with its bias of $-1$ it has $z = 1$. What is $w \cdot a$ on average, in training at a rate of 0.5?

# %% name="scale"
a, w = np.array([1.0, 3.0, 0.0]), np.array([-1.0, 1.0, 2.0])
drop, rng = yours(dropout), np.random.default_rng(0)

thinned = np.array([drop(a, 0.5, rng) for training_step in range(10_000)])   # (10000, 3)
print(f"in use, nothing dropped:         w·a = {w @ a:.1f}")
print(f"training, scaled up:        mean w·a = {np.mean(thinned @ w):.1f}")
print(f"training, scale forgotten:  mean w·a = {np.mean(thinned * (1 - 0.5) @ w):.1f}")

# %% [markdown] name="scale_answer"
# Scaled, the mean is the same in training and in use. Forgotten, it is half: the neuron is trained around $z = 1 - 1 = 0$, where its sigmoid says 0.5, and
# then used at $z = 2 - 1 = 1$, where it says 0.73. The sign to know this mistake by: **the network is good in training and off as soon as dropout is
# switched off.**
#
# Does dropout help the large network with its 20 points? Ten draws, with and without:

# %% name="dropout_work"
test = {rate: [] for rate in (0.0, 0.5)}
for rate in test:
    for draw in range(10):
        network = trained(LARGE, *noisy(20, draw), START, epochs=600, dropout=rate)
        test[rate].append(accuracy(network, X_test, y_test))
print(f"mean test accuracy without dropout      {np.mean(test[0.0]):.2f}")
print(f"                   with a rate of 0.5   {np.mean(test[0.5]):.2f}")
print(f"better with dropout in {np.sum(np.greater(test[0.5], test[0.0]))} of 10 draws")

# %% [markdown] name="dropout_answer"
# A little, and not in every draw. Dropout was made for networks with thousands of units; on twenty points it can't
# put in what the points don't hold.
#
# ### Exercise 7: too small or too large? (in writing, 4 points)
# Look again at the figure with the four panels and at the one with 20, 80 and 320 points.
#
# 1. **Which of the two networks underfits, which overfits, and by which numbers do you tell?**
# 2. **What did more data do for each of them, and why so differently?**
# 3. A colleague shows you a network of her own: "Training accuracy 1.00, it is perfect." **What do you ask her for, and what is one thing to try if the answer
#    is bad?**
#
# Six sentences are enough.

# %% [markdown] nbgrader={"grade": true, "grade_id": "under_over_fitting", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# `[2, 1, 1]` underfits: with 20 points it gets only 0.80 of its own training points right, and 0.84 of the test points; a straight line can't follow the moons, whichever
# points are asked. `[2, 32, 32, 1]` overfits: 1.00 on the 20 training points and 0.77 on the test points; the gap is the sign.
#
# With 320 points the large network's gap shrinks from about 0.21 to 0.03, and its test accuracy rises from 0.79 to 0.90: so many noisy points can't all be learnt
# by heart, and what they have in common is the moons. The small network stays near 0.85 on both: it is short of bends, not of data.
#
# I would ask for the accuracy on points that the network was not trained on (and from several starts). If it is much lower, I would try more data, a smaller network, or dropout.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_under_over_fitting", "locked": true, "schema_version": 3, "solution": false, "task": false}
# *This answer is marked by a person, 4 points.*
#
# ### BEGIN MARK SCHEME
# - **1 point**, underfitting: names `[2, 1, 1]` and says that its *training* accuracy is already low (a number near 0.8 or 0.9), or low on both.
# - **1 point**, overfitting: names `[2, 32, 32, 1]` and says that training accuracy is high and test accuracy clearly lower, with both numbers. "It has too many
#   parameters" alone earns half.
# - **1 point**, more data: the gap of the large network closes (test up, training down), the small one hardly changes, and a reason for the
#   difference: noise can't be learnt by heart any more; a straight line can't bend, however many points there are.
# - **1 point**, the colleague: asks for accuracy on data not used for training, and names a fitting remedy: more data, fewer units or layers, dropout. (Stopping earlier, or a
#   penalty on large weights, count as well.) A larger network or longer training earns nothing.
#
# Numbers read from the figure may be off by 0.03. Words count, not terms: "learnt by heart" is as good as "overfits" if it is clear which network is meant.
# ### END MARK SCHEME

# %% name="progress" tags=["remove-cell"]
progress()   # a written answer counts once you have saved (Ctrl+S)

# %% [markdown] name="close"
# ## What to keep
#
# - A layer is neurons side by side on the same inputs; a network hands the activations of each layer to the next. Depth counts the layers with parameters.
# - Hidden units give the samples new coordinates in which the output's straight line is enough: so XOR, so the moons. Whether training finds them depends on the start.
# - Low training accuracy, from many starts: too small. High training and lower test accuracy: too large for its data. More data or dropout help against the second.
#
# **What has to be added before the line bends?** A hidden layer of several units, each with a line of its own to fold along, and better two such layers. A thousand
# neurons could bend round anything, noise included, so without the data to match they learn the training points by heart.
#
# **Read on**
# - Ian Goodfellow, Yoshua Bengio and Aaron Courville, *Deep Learning* (2016, free online), section 6.1: XOR once more, with two ReLU units in place of steps.
# - Michael Nielsen, *Neural Networks and Deep Learning* (2015, free online), chapter 4: shows in pictures how one hidden layer can come close to any function.
# - Nitish Srivastava and others, "Dropout: a simple way to prevent neural networks from overfitting", *Journal of Machine Learning Research* 15 (2014): with
#   and without dropout, on pictures, speech and documents, in networks large enough to need it.
#
# **Next**, in [04 · All neurons at once](../04-matrix-form/04-matrix-form.ipynb): all neurons of a layer, and all samples of a batch, in one line of code.
