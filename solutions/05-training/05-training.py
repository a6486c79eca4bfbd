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
# # 05 · Training
#
# A network with 16 hidden units for the two moons has 65 weights and biases. Drawn at random, they are worth no more than a coin.
# A thousand small corrections later the network gets nearly every point right. Each correction has to tell 65 numbers which way to go, and
# all it has to go by is one number: how wrong the network was. **How can one number give 65 directions?**
#
# - **You will be able to** measure how wrong a network is, compute which way each weight should move, check that computation, and
#   train a network from random weights.
# - **You need** the matrix form of `04-matrix-form`, the slopes of `02-activations` and the derivative of $x^2$.
# - **Time**: 90 minutes. This is the longest unit; half-way there is a good place to stop for the day.

# %% [markdown] name="run_first"
# First run this cell. `forward`, `relu` and `sigmoid` are what you wrote in the units before.

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

from nnlib import dropout, forward, plots, relu, sigmoid
from nnlib.live import Slider, live

plots.style()

# %% [markdown] name="by_hand"
# ## By hand first
#
# The neuron of unit 01, with a linear activation, so that its prediction is $z$ itself: inputs $x = [2, -1]$, weights $w = [0.5, 1]$,
# bias $b = 1$, so $z = 1$. The true value is $y = 3$. The **error** is $z - y = -2$, and the neuron pays its square, $J = 4$.
#
# Which way should $w_1$ move? If $w_1$ grows by a little, $z$ grows by $x_1 = 2$ times as much. If $z$ grows by a little, $J = (z - y)^2$ changes by
# $2(z - y) = -4$ times as much. One after the other:
#
# $$
# \frac{\partial J}{\partial w_1} = \underbrace{2(z - y)}_{J \text{ with } z} \cdot \underbrace{x_1}_{z \text{ with } w_1} = -4 \cdot 2 = -8
# $$
#
# This is the **chain rule**: rates of change along a chain are multiplied. Do the same for $w_2$ and $b$ on paper. All three
# numbers together are the **gradient**. It points to where $J$ grows fastest, so take a small step *against* it, a tenth of it: what are the
# new weights, the new $z$, the new $J$?

# %% name="by_hand_code"
x, y = np.array([2.0, -1.0]), 3.0
w, b = np.array([0.5, 1.0]), 1.0

error = w @ x + b - y
dw, db = 2 * error * x, 2 * error           # of J with respect to w, shape (2,), and to b
print("gradient: ", dw, db, "   J =", error**2)

w, b = w - 0.1 * dw, b - 0.1 * db           # a step against it
print("new w, b: ", w, round(b, 2), "  J =", round((w @ x + b - y) ** 2, 2))

# %% [markdown] name="cost"
# One step took $J$ from 4 to 0.16. Nothing was guessed: each of the three numbers learned its own direction from one error.
#
# ## The cost
#
# One sample is no use; a network should do well on all. The **cost** $J(W, b)$ is the mean error over the training set. For predicted
# numbers the usual one is the **mean squared error**,
#
# $$
# J = \frac{1}{n} \sum_{s=1}^{n} (\hat y_s - y_s)^2
# $$
#
# where $\hat y$ are the predictions. (Some books put ½ in front. It changes no minimum, only the length of the steps.)
#
# ### Exercise 1: the mean squared error
# Training makes one number smaller. This is that number.

# %% nbgrader={"grade": false, "grade_id": "mse", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mse(y_pred, y):
    """Mean squared error, without a factor ½.

    y_pred: predictions, array of shape (n,)
    y: true values, array of shape (n,)
    Returns a float.

    Example: y_pred = [1, 2] and y = [3, 5] give (4 + 9) / 2 = 6.5.
    """
    ### BEGIN SOLUTION
    return float(np.mean((y_pred - y) ** 2))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_mse", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(mse, given=(np.array([1.0, 2.0]), np.array([3.0, 5.0])), gives=6.5)
### BEGIN HIDDEN TESTS
check(mse, hidden=True)
### END HIDDEN TESTS

# %% name="hint_mse"
# hint(mse)   # stuck? Take away the first # and run this cell, again for the next hint

# %% [markdown] name="springs"
# ## One neuron learns
#
# A spring with a mass on it gets longer. Here are 20 measurements, mass in kg and length in dm. **A linear neuron with one weight and
# a bias is to predict the length**: $\hat y = w x + b$. What do $w$ and $b$ mean here?

# %% name="springs_data"
rng = np.random.default_rng(3)
mass = np.linspace(0.1, 2.0, 20)
length = 1.2 + 0.7 * mass + rng.normal(0, 0.05, 20)   # what the spring does, and a ruler that shakes

X_spring = mass.reshape(20, 1)                        # (20, 1): 20 samples, 1 input

# %% [markdown] name="springs_gradient"
# $b$ is the length of the spring alone, $w$ is how much a kilogram adds. Training should find both.
#
# For a batch the gradient is that of the hand example, averaged: in $J$ each sample has an $n$-th of the say.
#
# $$
# \frac{\partial J}{\partial w_k} = \frac{2}{n} \sum_{s} (\hat y_s - y_s)\, X_{sk}
# \qquad
# \frac{\partial J}{\partial b} = \frac{2}{n} \sum_{s} (\hat y_s - y_s)
# $$
#
# ### Exercise 2: the gradient of the mean squared error
# Without it a neuron would have to try out in which direction things get better.

# %% nbgrader={"grade": false, "grade_id": "mse_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mse_gradient(X, y, w, b):
    """Gradient of the mean squared error of one linear neuron, whose predictions are X @ w + b.

    X: inputs, array of shape (n, d)
    y: true values, array of shape (n,)
    w: weights, array of shape (d,)
    b: bias, a number
    Returns (dw, db): an array of shape (d,) and a float.

    Example: X = [[2, -1]], y = [3], w = [0.5, 1] and b = 1 give dw = [-8, 4] and db = -4.
    """
    ### BEGIN SOLUTION
    errors = X @ w + b - y                       # (n,)
    return 2 * errors @ X / len(y), float(2 * errors.mean())
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_mse_gradient", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    mse_gradient,
    given=(np.array([[2.0, -1.0]]), np.array([3.0]), np.array([0.5, 1.0]), 1.0),
    gives=(np.array([-8.0, 4.0]), -4.0),
)
### BEGIN HIDDEN TESTS
check(mse_gradient, hidden=True)
### END HIDDEN TESTS

# %% name="hint_mse_gradient"
# hint(mse_gradient)   # stuck?

# %% [markdown] name="descent"
# Now the step. **Gradient descent** repeats one line for every parameter, weights and biases alike:
#
# $$
# \text{parameter} \leftarrow \text{parameter} - \alpha \cdot \text{its gradient}
# $$
#
# $\alpha$ is the **learning rate**, 0.1 in the hand example. The minus is the whole idea: the gradient points uphill.
#
# ### Exercise 3: one step downhill
# A network has its parameters in several arrays. This function moves all of them, so that no later code has to care how many there are.

# %% nbgrader={"grade": false, "grade_id": "gradient_descent_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_descent_step(params, grads, learning_rate):
    """One step of gradient descent for a list of parameters.

    params: list of arrays
    grads: list of arrays, the gradient of each, in the same order and shapes
    learning_rate: a number
    Returns a list of new arrays. The old ones are left as they were.

    Example: params = [[1, 2]], grads = [[10, -5]] and a learning rate of 0.1 give [[0, 2.5]].
    """
    ### BEGIN SOLUTION
    return [p - learning_rate * g for p, g in zip(params, grads)]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_gradient_descent_step", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(
    gradient_descent_step,
    given=([np.array([1.0, 2.0])], [np.array([10.0, -5.0])], 0.1),
    gives=[np.array([0.0, 2.5])],
)
### BEGIN HIDDEN TESTS
check(gradient_descent_step, hidden=True)
### END HIDDEN TESTS

# %% name="hint_gradient_descent_step"
# hint(gradient_descent_step)   # stuck?

# %% [markdown] name="surface_text"
# With two parameters the cost is a landscape: $w$ to the east, $b$ to the north, the cost as height. Both start at 0, far from the
# bottom. Your two functions walk.
#
# **Predict.** Three learning rates: 0.005, 0.3 and 0.45. After 40 steps, which of them is nearest to the bottom, and which is farthest away?

# %% name="walks"
cost, gradient, step = yours(mse), yours(mse_gradient), yours(gradient_descent_step)


def walk(rate, steps):
    """Gradient descent for the spring, from w = 0 and b = 0. Returns all points (w, b) on the way."""
    w, b = np.zeros(1), np.zeros(1)
    path = [(w[0], b[0])]
    for _ in range(steps):
        dw, db = gradient(X_spring, length, w, b[0])
        w, b = step([w, b], [dw, np.array([db])], rate)
        path.append((w[0], b[0]))
    return np.array(path)                # (steps + 1, 2)


for rate in (0.005, 0.3, 0.45):
    w, b = walk(rate, 40)[-1]
    print(f"rate {rate:<6} after 40 steps: w = {w:6.2f}, b = {b:6.2f}, J = {cost(w * mass + b, length):9.4f}")

# %% name="figure_walks" jupyter={"source_hidden": true}
w_axis, b_axis = np.linspace(-0.6, 2.4, 61), np.linspace(-0.6, 2.8, 61)
ww, bb = np.meshgrid(w_axis, b_axis)
J = np.mean((ww[..., None] * mass + bb[..., None] - length) ** 2, axis=-1)   # (61, 61): the cost at every point of the map
best = np.polyfit(mass, length, 1)
heights = [0.02, 0.1, 0.3, 0.7, 1.5, 3, 5, 8, 12]


def draw_walk(ax, path):
    ax.contour(w_axis, b_axis, J, heights, colors=plots.INK, linewidths=0.8, linestyles="solid", alpha=0.7)
    ax.plot(*best, marker="x", color=plots.COLORS[2], markersize=9, markeredgewidth=2.5)
    ax.plot(*path.T, marker="o", color=plots.COLORS[1], linestyle="solid", markersize=3.5, linewidth=1.2)
    ax.set(xlabel="$w$", ylabel="$b$", xlim=w_axis[[0, -1]], ylim=b_axis[[0, -1]])


fig, axes = plt.subplots(1, 3, figsize=(9.2, 3.7), sharey=True)
for ax, rate, words in zip(axes, (0.005, 0.3, 0.45), ("too small: creeps", "right: arrives", "too large: runs away")):
    draw_walk(ax, walk(rate, 40 if rate < 0.4 else 8))   # later steps of the last one would only cover the map
    ax.set_title(f"{rate}, {words}", fontsize=11)
    ax.label_outer()
axes[0].annotate("start", (0, 0), (0.15, -0.42))
axes[0].annotate("bottom", best, (best[0] + 0.12, best[1] + 0.1), color=plots.COLORS[2])
fig.suptitle("The learning rate decides whether the walk arrives", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Three maps of the same long, narrow valley of the cost over w and b, with the walk of 40 steps from (0, 0). "
    "At rate 0.005 the walk creeps towards the valley and ends half-way. At 0.3 it crosses the valley once or twice and then follows it to the bottom at "
    "w = 0.71, b = 1.18. At 0.45 the first eight steps leap from one side to the other, farther each time, towards the edges of the map.",
)

# %% [markdown] name="walks_answer"
# The valley is narrow in one direction and long in the other. A step must not be too long for the steep walls, and then it is short for the gentle
# floor. Somewhere between 0.3 and 0.45 is a limit: beyond it every leap across lands higher than it started. The sign to know this mistake by: **the cost
# rises from step to step, faster and faster, until it is not a number any more.** The sign of a rate that is too small looks harmless: the cost falls, and
# falls, and is never done.
#
# Now turn the knob yourself. The valley stays, the rate moves. **At which rate is the cost lowest after 25 steps, and from which
# rate on does the walk lead away?** (Click the slider; the arrow keys move it.)

# %% name="live_rate_drawing" jupyter={"source_hidden": true}
rates = [round(rate, 3) for rate in np.arange(0.01, 0.481, 0.01)]
walks = {rate: walk(rate, 25) for rate in rates}       # computed once, so that the slider moves at once


def draw_rate(ax, rate):
    path = walks[round(rate, 3)]
    draw_walk(ax, path)
    w, b = path[-1]
    ax.set_title(f"Rate {rate:.2f}: after 25 steps $J$ is {np.mean((w * mass + b - length) ** 2):.4f}")

# %% name="live_rate"
live(
    draw_rate,
    alt="The valley of the cost over w and b with a walk of 25 steps from (0, 0) at a learning rate of {rate:.2f}. "
    "The larger the rate, the wider the zigzag across the valley; from 0.44 on it leads away from the bottom.",
    rate=Slider(0.01, 0.48, 0.41, "learning rate", 0.01),
)

# %% name="live_rate_numbers"
at_start = cost(0 * mass, length)
costs_after = {rate: cost(path[-1, 0] * mass + path[-1, 1], length) for rate, path in walks.items()}
print("lowest cost at rate", min(costs_after, key=costs_after.get))
print("cost higher than at the start from rate", min(rate for rate in rates if costs_after[rate] > at_start), "on")

# %% [markdown] name="live_rate_answer"
# The best rate is a little below the one that fails, and nobody knows beforehand where that is. In practice you try 1, 0.1, 0.01, and look
# at the curve of the cost.
#
# ## Probabilities need another cost
#
# For classes the output is a sigmoid, $p = \sigma(z)$, the probability of class 1. Could it be trained with the squared error as well? By hand: the
# label is $y = 1$, but the neuron is sure of the opposite, $z = -6$, so $p = 0.0025$: a **confident mistake**. The chain has one link more, as $p$ moves with $z$ by the
# slope of the sigmoid, $p(1 - p)$ (unit 02):
#
# $$
# \frac{\partial (p - y)^2}{\partial z} = 2 (p - y) \cdot p (1 - p) = 2 \cdot (-0.9975) \cdot 0.0025 = -0.005
# $$
#
# The neuron could hardly be more wrong, and it is told to move by next to nothing. The other cost of this course charges the negative logarithm of the
# probability that the *true* class was given, the **cross-entropy**:
#
# $$
# J = -\frac{1}{n} \sum_s \big( y_s \log p_s + (1 - y_s) \log (1 - p_s) \big)
# $$
#
# For each sample only one of the two terms counts: $-\log p$ where $y = 1$, $-\log(1 - p)$ where $y = 0$. Certain and right costs 0; certain and wrong costs
# more than any bound. Its slope, for $y = 1$ and for $y = 0$:
#
# $$
# \frac{\partial (-\log p)}{\partial z} = -\frac{1}{p} \cdot p(1 - p) = p - 1
# \qquad\qquad
# \frac{\partial (-\log (1 - p))}{\partial z} = \frac{1}{1 - p} \cdot p(1 - p) = p
# $$
#
# The slope of the sigmoid cancels, and in both cases **$p - y$** is left. At the confident mistake that is −0.9975.

# %% name="confident_numbers"
print("   z        p   slope of (p-1)²   slope of -log p    (the label is 1)")
for z in (-6.0, -3.0, 0.0, 3.0):
    p = sigmoid(z)
    print(f"{z:4.0f}   {p:.4f}   {2 * (p - 1) * p * (1 - p):15.4f}   {p - 1:15.4f}")

z_square = z_cross = -6.0
for _ in range(100):                                   # 100 steps of z itself, learning rate 1
    p = sigmoid(z_square)
    z_square -= 2 * (p - 1) * p * (1 - p)
    z_cross -= sigmoid(z_cross) - 1
print(f"after 100 steps: p = {sigmoid(z_square):.4f} by the squared error, {sigmoid(z_cross):.4f} by the cross-entropy")

# %% name="figure_confident" jupyter={"source_hidden": true}
z = np.linspace(-8, 4, 241)
p = sigmoid(z)
fig, ax = plt.subplots(figsize=(6.6, 3.4))
ax.plot(z, p - 1, color=plots.COLORS[1], linestyle="solid")
ax.plot(z, 2 * (p - 1) * p * (1 - p), color=plots.COLORS[0], linestyle="dashed")
ax.axvline(-6, color=plots.INK, linewidth=0.8, linestyle="dotted")
ax.text(-5.8, -0.6, "the confident mistake,\n$z = -6$")
ax.text(-1.0, -0.85, "cross-entropy: $p - 1$", color=plots.COLORS[1], weight="bold")
ax.text(-5.2, -0.24, "squared error", color=plots.COLORS[0], weight="bold")
ax.set(xlabel="$z$ (label 1)", ylabel="slope of the cost", title="Only one of the two costs pulls a confident mistake back")
plots.show(
    fig,
    "Slopes of both costs over z from −8 to 4 for a sample of class 1. The cross-entropy's is nearly −1 for negative z and rises to 0. The squared "
    "error's dips to −0.3 near z = −0.7 and is almost 0 at z = −6, where the sample is a confident mistake.",
)

# %% [markdown] name="bce_text"
# ### Exercise 4: the cross-entropy
# There is one trap. The sigmoid of 40 is, for a computer, exactly 1, and the logarithm of 0 is no number. So probabilities are **clipped** before the
# logarithm: kept a tiny distance away from 0 and from 1. Choose the distance yourself, between 1e-16 and 1e-7.

# %% nbgrader={"grade": false, "grade_id": "binary_cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def binary_cross_entropy(p, y):
    """Mean binary cross-entropy, with the natural logarithm.

    p: probabilities of class 1, array of shape (n,)
    y: labels 0 or 1, array of shape (n,)
    Returns a float. It is finite, without a warning, for probabilities of exactly 0 or 1 too.

    Example: p = [0.5, 0.5] and y = [0, 1] give log 2 = 0.6931.
    """
    ### BEGIN SOLUTION
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_binary_cross_entropy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(binary_cross_entropy, given=(np.array([0.5, 0.5]), np.array([0, 1])), gives=float(np.log(2)))
### BEGIN HIDDEN TESTS
check(binary_cross_entropy, hidden=True)
### END HIDDEN TESTS

# %% name="hint_binary_cross_entropy"
# hint(binary_cross_entropy)   # stuck?

# %% [markdown] name="output_delta_text"
# ### Exercise 5: where the way back starts
# The gradient of the cost with respect to the weighted sums of a layer has a name of its own, **delta**, $\delta$. A network's corrections all start from
# the delta of its output. For one sample it is $p - y$, as above, and in the mean over $n$ samples each has an $n$-th of the say:
#
# $$
# \delta_L = \frac{P - Y}{n} \qquad (n, 1)
# $$
#
# $P$ is the output of the network, shape $(n, 1)$, and $Y$ are the labels as a column. (Valid for a sigmoid *with* the
# cross-entropy; other pairs leave a factor over.) Mind the column: `y` comes as $(n,)$.

# %% nbgrader={"grade": false, "grade_id": "output_delta", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_delta(P, y):
    """Gradient of the mean binary cross-entropy with respect to the output's weighted sums.

    P: outputs of the sigmoid, array of shape (n, 1)
    y: labels 0 or 1, array of shape (n,)
    Returns an array of shape (n, 1). It is right for outputs of exactly 0 or 1 too.

    Example: P = [[0.5], [0.75]] and y = [1, 0] give [[-0.25], [0.375]].
    """
    ### BEGIN SOLUTION
    return (P - y.reshape(-1, 1)) / len(y)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_output_delta", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(output_delta, given=(np.array([[0.5], [0.75]]), np.array([1, 0])), gives=np.array([[-0.25], [0.375]]))
### BEGIN HIDDEN TESTS
check(output_delta, hidden=True)
### END HIDDEN TESTS

# %% name="hint_output_delta"
# hint(output_delta)   # stuck?

# %% [markdown] name="stop_here"
# *Half-way. If you want to stop for the day, this is the place: a neuron can learn now. What is left is to teach the neurons behind it.*
#
# ## Backwards through the layers
#
# A neuron in a hidden layer has no label. Nobody says what its output should have been. But it feeds neurons that do get told, so ask: if its weighted sum
# moved a little, what would that do to *them*? That is the chain rule again, one link a layer, and computed from the output backwards it is called
# **backpropagation**.
#
# By hand, with the network of unit 03. Only its last bias is −2 now, so that the output comes out as $\sigma(0) = 0.5$. One sample, label $y = 1$:

# %% name="figure_backprop" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(9.2, 3.9))
ax.set(xlim=(0, 10), ylim=(-0.1, 4.5), title="Values go forward, deltas come back along the same weights")
ax.axis("off")
places = {0.8: ("$A_0$", "2\n−1"), 3.2: ("$Z_1$", "1\n3\n−3.5"), 5.0: ("$A_1$", "1\n3\n0"), 7.2: ("$Z_2$", "0"), 9.0: ("$A_2 = P$", "0.5")}
box = {"boxstyle": "round,pad=0.35", "facecolor": "none"}
for at, (name, text) in places.items():
    ax.text(at, 4.2, name, ha="center", va="center")
    ax.text(at, 3.15, text, ha="center", va="center", bbox={**box, "edgecolor": plots.COLORS[0]}, color=plots.COLORS[0], weight="bold")
forward_steps = [(1.2, 2.8, "$W_1, b_1$"), (3.65, 4.65, "relu"), (5.4, 6.85, "$W_2, b_2$"), (7.55, 8.55, "sigmoid")]
for start, end, text in forward_steps:
    ax.annotate("", (end, 3.15), (start, 3.15), arrowprops={"arrowstyle": "-|>", "color": plots.COLORS[0]})
    ax.text((start + end) / 2, 3.38, text, ha="center", fontsize=10)
for at, name, text in ((7.2, "$\\delta_2$", "−0.5"), (5.0, "$\\delta_2 W_2$", "0.5\n−0.5\n−1"), (3.2, "$\\delta_1$", "0.5\n−0.5\n0")):
    ax.text(at, 0.12, name, ha="center", va="center")
    ax.text(at, 1.15, text, ha="center", va="center", bbox={**box, "edgecolor": plots.COLORS[1]}, color=plots.COLORS[1], weight="bold")
for start, end, text in ((8.9, 7.65, "$P - y$"), (6.75, 5.5, "times $W_2$"), (4.55, 3.65, "slope\n1, 1, 0")):
    ax.annotate("", (end, 1.15), (start, 1.15), arrowprops={"arrowstyle": "-|>", "color": plots.COLORS[1]})
    ax.text((start + end) / 2, 1.3, text, ha="center", va="bottom", fontsize=10)
ax.text(9.0, 1.15, "label\n1", ha="center", va="center")
ax.text(0.15, 2.15, "$W_1$ = [0.5, 1], [1, −1], [−1, 2]", fontsize=10)
ax.text(0.15, 1.75, "$b_1$ = [1, 0, 0.5]", fontsize=10)
ax.text(5.75, 2.1, "$W_2$ = [−1, 1, 2],  $b_2$ = [−2]", fontsize=10)
plots.show(
    fig,
    "Above, from left to right: A0 = (2, −1), Z1 = (1, 3, −3.5), A1 = (1, 3, 0), Z2 = 0, P = 0.5. Below, from right to left: the label 1 gives "
    "delta 2 = −0.5; times W2 = (−1, 1, 2) it becomes (0.5, −0.5, −1); times the slopes of ReLU, (1, 1, 0), it becomes delta 1 = (0.5, −0.5, 0).",
)

# %% [markdown] name="backprop_hand"
# Read the lower row from the right. $\delta_2 = 0.5 - 1 = -0.5$: the output should rise. Hidden unit 2 reaches the output through the weight 1, so its delta is
# $-0.5 \cdot 1$: it should rise too. Unit 1 has the weight −1, so it should fall. Unit 3 would have to rise most of all, as its weight is 2. But it is silent:
# its $z$ is −3.5, where ReLU is flat, and a little more or less changes nothing. Its slope is 0, and so is its delta.
#
# And the weights? $W_2$ first: unit 2 sends 3, so the weight behind it moves $Z_2$ by 3 for each 1. Its gradient is $-0.5 \cdot 3 = -1.5$. The rule is the one of the
# very first example: **error times input**, where delta takes the place of the error. Work out all of $W_1$'s gradient, a $(3, 2)$ table, on paper.
#
# ## The same, line by line
#
# Now for a batch and for any layer $i$. Start from the forward pass of unit 04, entry by entry ($s$ counts samples, $j$ neurons of layer $i$, $k$ its inputs):
#
# $$
# Z_i[s, j] = \sum_k A_{i-1}[s, k]\, W_i[j, k] + b_i[j] \qquad\qquad A_i = g_i(Z_i)
# $$
#
# Write $\delta_i$ for $\partial J / \partial Z_i$, shape $(n, n_i)$: the number in row $s$ and column $j$ says what a little more of that weighted sum would do to $J$.
#
# **The weights.** $W_i[j, k]$ appears in column $j$ of $Z_i$, in every row $s$, each time multiplied by $A_{i-1}[s, k]$. Add up what it does by all these ways:
#
# $$
# \frac{\partial J}{\partial W_i[j, k]} = \sum_s \delta_i[s, j]\, A_{i-1}[s, k]
# \qquad\text{so}\qquad
# \frac{\partial J}{\partial W_i} = \delta_i^T A_{i-1} \qquad (n_i, n_{i-1})
# $$
#
# **The biases.** $b_i[j]$ appears in column $j$ in every row, multiplied by 1:
#
# $$
# \frac{\partial J}{\partial b_i} = \text{sum of the rows of } \delta_i \qquad (n_i,)
# $$
#
# **The activations before.** $A_{i-1}[s, k]$ appears in row $s$ of $Z_i$, in every column $j$, multiplied by $W_i[j, k]$:
#
# $$
# \frac{\partial J}{\partial A_{i-1}[s, k]} = \sum_j \delta_i[s, j]\, W_i[j, k]
# \qquad\text{so}\qquad
# \frac{\partial J}{\partial A_{i-1}} = \delta_i W_i \qquad (n, n_{i-1})
# $$
#
# **The weighted sums before.** $A_{i-1}[s, k]$ depends on $Z_{i-1}[s, k]$ alone, with the slope of the activation ($\odot$ multiplies entry by entry):
#
# $$
# \delta_{i-1} = (\delta_i W_i) \odot g_{i-1}'(Z_{i-1}) \qquad (n, n_{i-1})
# $$
#
# That is all of backpropagation: begin with $\delta_L$, then these lines for each layer, from the last to the first. No $W$ is transposed on the way
# back; it was on the way forward.
#
# ### Exercise 6: one layer back
# The last two lines, for a layer of ReLU units. The slope of ReLU at exactly 0 is 0, by convention, as in unit 02.

# %% nbgrader={"grade": false, "grade_id": "hidden_delta", "locked": false, "schema_version": 3, "solution": true, "task": false}
def hidden_delta(delta_next, W_next, Z):
    """Gradient of the cost with respect to the weighted sums of a ReLU layer, from that of the layer after it.

    delta_next: gradient at the weighted sums of the next layer, array of shape (n, n_{i+1})
    W_next: weights of the next layer, array of shape (n_{i+1}, n_i)
    Z: weighted sums of this layer, array of shape (n, n_i)
    Returns an array of shape (n, n_i).

    Example: delta_next = [[-0.5]], W_next = [[-1, 1, 2]] and Z = [[1, 3, -3.5]] give [[0.5, -0.5, 0]].
    """
    ### BEGIN SOLUTION
    return (delta_next @ W_next) * (Z > 0)
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_hidden_delta", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    hidden_delta,
    given=(np.array([[-0.5]]), np.array([[-1.0, 1.0, 2.0]]), np.array([[1.0, 3.0, -3.5]])),
    gives=np.array([[0.5, -0.5, 0.0]]),
)
### BEGIN HIDDEN TESTS
check(hidden_delta, hidden=True)
### END HIDDEN TESTS

# %% name="hint_hidden_delta"
# hint(hidden_delta)   # stuck?

# %% [markdown] name="backward_text"
# ### Exercise 7: backpropagation
# This is the engine of the course: every network that learns runs some form of it. The hidden layers are ReLU, the output is one sigmoid, the cost is
# the cross-entropy. There may be any number of hidden layers, and none at all.
#
# - Forward: `forward(X, weights, biases, activations)` gives the list $[A_0, \dots, A_L]$ of unit 04. `activations` is a list of functions, one for each layer.
# - Mind the counting: `weights[0]` is $W_1$, and the inputs of that layer are $A_0$.
# - `hidden_delta` asks for $Z$, which `forward` does not return. You may compute it again. Or think about what it is used for: for ReLU, $A$ is above 0
#   exactly where $Z$ is.
#
# The example in the check is the network worked by hand above.

# %% nbgrader={"grade": false, "grade_id": "backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward(X, y, weights, biases):
    """Gradient of the mean binary cross-entropy with respect to all weights and biases of a network.

    X: inputs, array of shape (n, n_0)
    y: labels 0 or 1, array of shape (n,)
    weights: list of arrays of shape (n_i, n_{i-1}), first layer first
    biases: list of arrays of shape (n_i,)
    Returns (weight_grads, bias_grads): two lists of arrays, shaped like weights and biases, first layer first.

    Example: X = [[1, 2]], y = [1], weights = [[[0, 0]]] and biases = [[0]] (no hidden layer, so the output is 0.5)
    give ([[[-0.5, -1]]], [[-0.5]]).
    """
    ### BEGIN SOLUTION
    A = forward(X, weights, biases, [relu] * (len(weights) - 1) + [sigmoid])
    delta = output_delta(A[-1], y)
    weight_grads, bias_grads = [], []
    for i in reversed(range(len(weights))):
        weight_grads.insert(0, delta.T @ A[i])
        bias_grads.insert(0, delta.sum(axis=0))
        if i > 0:
            delta = hidden_delta(delta, weights[i], A[i])   # A is above 0 exactly where Z is
    return weight_grads, bias_grads
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_backward", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(
    backward,
    given=(
        np.array([[2.0, -1.0]]),
        np.array([1]),
        [np.array([[0.5, 1.0], [1.0, -1.0], [-1.0, 2.0]]), np.array([[-1.0, 1.0, 2.0]])],
        [np.array([1.0, 0.0, 0.5]), np.array([-2.0])],
    ),
    gives=(
        [np.array([[1.0, -0.5], [-1.0, 0.5], [0.0, 0.0]]), np.array([[-0.5, -1.5, 0.0]])],
        [np.array([0.5, -0.5, 0.0]), np.array([-0.5])],
    ),
)
### BEGIN HIDDEN TESTS
check(backward, hidden=True)
### END HIDDEN TESTS

# %% name="hint_backward"
# hint(backward)   # stuck?

# %% [markdown] name="numerical_text"
# ## Can you trust it?
#
# Backpropagation is easy to get almost right. The code runs, the cost falls, and one layer learns the wrong thing. There is a slow way to the
# same numbers that is hard to get wrong: move one weight a little up, a little down, and see what the cost does.
#
# $$
# \frac{\partial J}{\partial w} \approx \frac{J(w + \varepsilon) - J(w - \varepsilon)}{2 \varepsilon}
# $$
#
# These are **central differences**. (With a step to one side only, the error is about $\varepsilon$ times the bend of the curve; with both sides that part cancels.) For 65
# parameters the cost has to be computed 130 times. That is why nobody trains this way, and why everybody tests this way. It is called a **gradient check**.
#
# ### Exercise 8: the gradient without any thinking
# The only tool that tells you whether a gradient is right when nobody knows the answer.

# %% nbgrader={"grade": false, "grade_id": "numerical_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(f, w, eps=1e-6):
    """Gradient of f at w by central differences, (f(w + eps) - f(w - eps)) / (2 eps) for each entry by itself.

    f: function that takes an array shaped like w and gives a number
    w: array of any shape; it is not changed
    eps: how far each entry is moved, up and down
    Returns an array shaped like w.

    Example: for f(w) = w[0]**2 + w[1]**2 and w = [1, -3] it gives [2, -6].
    """
    ### BEGIN SOLUTION
    gradient = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        above, below = w.copy(), w.copy()
        above[index] += eps
        below[index] -= eps
        gradient[index] = (f(above) - f(below)) / (2 * eps)
    return gradient
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_numerical_gradient", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    numerical_gradient,
    given=(lambda w: w[0] ** 2 + w[1] ** 2, np.array([1.0, -3.0])),
    gives=np.array([2.0, -6.0]),
)
### BEGIN HIDDEN TESTS
check(numerical_gradient, hidden=True)
### END HIDDEN TESTS

# %% name="hint_numerical_gradient"
# hint(numerical_gradient)   # stuck?

# %% [markdown] name="check_text"
# Now your `backward` against your `numerical_gradient`, on a network with two hidden layers of four units. Both are wrong or right for different reasons, so
# if they agree, both are right.

# %% name="gradient_check"
rng = np.random.default_rng(8)
X_small, y_small = rng.normal(size=(20, 2)), rng.integers(0, 2, 20)
sizes = [2, 4, 4, 1]
weights = [rng.normal(0, 0.7, (n_out, n_in)) for n_in, n_out in zip(sizes[:-1], sizes[1:])]
biases = [rng.normal(0, 0.3, n) for n in sizes[1:]]


def cost_with(W, i):
    """The cost when the weights of layer i + 1 are W, and all others as they are."""
    changed = [W if j == i else weights[j] for j in range(3)]
    P = forward(X_small, changed, biases, [relu, relu, sigmoid])[-1]
    return entropy(P[:, 0], y_small)


def slow_gradient(i):
    """Of the weights of layer i + 1, by moving each of them."""
    return by_moving(lambda W: cost_with(W, i), weights[i])


entropy, by_moving = yours(binary_cross_entropy), yours(numerical_gradient)
slow = [slow_gradient(i) for i in range(3)]
fast, _ = yours(backward)(X_small, y_small, weights, biases)
for i in range(3):
    apart = np.abs(slow[i] - fast[i]).max()
    print(f"W{i + 1}: largest gradient {np.abs(slow[i]).max():.3f}, largest difference below 1e-7: {apart < 1e-7}")

# %% [markdown] name="classic_text"
# ### A classic mistake, twice
# What does a mistake look like in this check? Two that nearly everybody makes once: the slope of ReLU is left out in one layer, here layer 2; and the $1/n$ of the
# mean is left out. **Predict.** In which layers will the gradients be wrong, in the first case and in the second?

# %% name="figure_check" jupyter={"source_hidden": true}
from matplotlib.colors import to_rgba

from nnlib import linear
from nnlib.training import Parameters, backpropagate, mean_difference


def faulty(X, y, weights, biases, slopes, factor):
    """Gradients by nnlib. A layer's slope is left out where it is taken for linear; the factor stretches all."""
    A = forward(X, weights, biases, [relu] * (len(weights) - 1) + [sigmoid])
    delta = factor * mean_difference(A[-1], y[:, None].astype(float))
    return backpropagate(A, delta, Parameters(weights, biases), slopes)


rows = {
    "your backward": fast,
    "slope of layer 2\nleft out": faulty(X_small, y_small, weights, biases, [relu, linear, sigmoid], 1).weights,
    "1/n left out": faulty(X_small, y_small, weights, biases, [relu, relu, sigmoid], 20).weights,
}
fig, axes = plt.subplots(3, 3, figsize=(7.4, 6.0), width_ratios=[2, 4, 4], height_ratios=[4, 4, 4])
for row, (name, gradients) in enumerate(rows.items()):
    axes[row, 0].set_ylabel(name, fontsize=11)
    for i, ax in enumerate(axes[row]):
        apart = np.abs(gradients[i] - slow[i]) / (np.abs(gradients[i]) + np.abs(slow[i]) + 1e-12)
        power = np.log10(np.maximum(apart, 1e-10))
        cells = np.zeros((*power.shape, 4)) + to_rgba(plots.COLORS[1])
        cells[..., 3] = np.where(power > -5, 1 + power / 10, 0)   # see-through where they agree, the stronger the more they differ
        ax.imshow(cells)
        for (j, k), value in np.ndenumerate(power):
            ax.text(k, j, f"{value + 0:.0f}".replace("-0", "0").replace("-", "−"), ha="center", va="center", fontsize=10, color="white" if value > -5 else plots.INK, weight="bold")
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set_visible(True)
        if row == 0:
            ax.set_title(f"$W_{i + 1}$", fontsize=12)
fig.suptitle("The last layer that differs is the one with the mistake", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Nine tables, a row for each version of backward and a column for each layer; each cell holds the relative difference from the numerical gradient as a "
    "power of ten. For your backward all are −7 or less. Without the slope of layer 2, most weights of W1 and W2 differ by a tenth to the whole and W3 agrees. "
    "Without 1/n all weights of all layers differ by nearly the whole.",
)

# %% [markdown] name="classic_answer"
# Each number is a power of ten: −8 means that the two gradients differ by a hundred-millionth of their size, 0 that they have nothing in common. The way back starts at the output, so a mistake
# spoils its own layer and all *before* it. Look for **the last layer that differs**: here $W_2$ for the missing slope. And if everything differs by
# one factor, look at the start, the output's delta.
#
# What would these mistakes do to a network? Here each version trains a network for the moons, 16 hidden units, learning rate 1.

# %% name="moons"
def moons(n, noise, rng):
    """n points on two half circles, every other one on each, with random noise. X is (n, 2), y is (n,)."""
    angle = np.pi * rng.random(n)
    y = np.arange(n) % 2
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    X = np.where(y[:, None] == 0, upper, lower) + rng.normal(scale=noise, size=(n, 2))
    return X, y


X_moons, y_moons = moons(200, 0.1, np.random.default_rng(3))
X_moons = (X_moons - X_moons.mean(axis=0)) / X_moons.std(axis=0)   # both inputs on one scale, as in unit 01

# %% name="figure_classic" jupyter={"source_hidden": true}
from nnlib.network import Network
from nnlib.optimisers import SGD

network = Network([2, 1], initialiser="normal", rng=np.random.default_rng(0))
print(f"for comparison, a single neuron, which is linear: cost {network.fit(X_moons, y_moons, SGD(1.0), epochs=500)[-1]:.3f}")

curves = {}
for name, slopes, factor in (("right", [relu, sigmoid], 1), ("no slope", [linear, sigmoid], 1), ("no 1/n", [relu, sigmoid], 200)):
    network = Network([2, 16, 1], initialiser="normal", rng=np.random.default_rng(0))
    curves[name] = []
    for _ in range(500):
        curves[name].append(network.loss(X_moons, y_moons))
        network.parameters.vector -= faulty(X_moons, y_moons, network.weights, network.biases, slopes, factor).vector
    last = curves[name][-100:]
    print(f"{name:<9} cost in the last 100 of 500 steps: {min(last):.2f} to {max(last):.2f}")

fig, ax = plt.subplots(figsize=(6.8, 3.5))
for k, (name, losses) in enumerate(curves.items()):
    ax.plot(losses, color=plots.COLORS[(2, 0, 1)[k]], linestyle=plots.DASHES[k], linewidth=(2, 2, 1)[k])
    ax.text(508, np.median(losses[-100:]), name, color=plots.COLORS[(2, 0, 1)[k]], weight="bold", va="center")
ax.set(yscale="log", xlabel="step", ylabel="$J$", xlim=(0, 500), title="A missing slope gets stuck, a missing 1/n leaps about")
plots.show(
    fig,
    "The cost over 500 steps on a logarithmic axis. With right gradients it falls to about 0.01. With the slope of ReLU left out it falls as fast at first and then stays at 0.16. "
    "With 1/n left out it rises above 10 at once and leaps up and down to the end.",
)

# %% [markdown] name="classic_signs"
# Without the slope the network is trained as if it were linear, and it stops where a straight line would. The sign: **the cost falls nicely and then stays where a linear model ends.**
# Without $1/n$ the steps are 200 times too long. The sign: **the cost jumps, and grows with the size of the data.** The first is the more dangerous of the two, as it looks like success.
#
# ## Where to start
#
# Training needs a first set of weights. **Predict.** All 16 hidden units start with the same weights, 0.1 each, and 1000 steps follow. How many
# *different* hidden units are there at the end? And when all weights start at 0?

# %% name="equal_start"
starts = {}
for name in ("all weights 0.1", "all weights 0", "small random weights"):
    network = Network([2, 16, 1], initialiser="normal", rng=np.random.default_rng(5))
    for W in network.weights:
        if name.startswith("all"):
            W[:] = float(name.split()[-1])
    before = network.weights[0].copy()
    losses = network.fit(X_moons, y_moons, SGD(1.0), epochs=1000)
    starts[name] = before, network.weights[0].copy()
    different = len(np.unique(network.weights[0].round(9), axis=0))
    right = np.mean((network.predict(X_moons)[:, 0] > 0.5) == y_moons)
    print(f"{name:<21} {different:>2} different hidden units, cost {losses[-1]:.3f}, training accuracy {right:.2f}")

# %% name="figure_equal" jupyter={"source_hidden": true}
fig, axes = plt.subplots(1, 2, figsize=(8.2, 3.0), sharex=True, sharey=True)
for ax, name in zip(axes, ("all weights 0.1", "small random weights")):
    before, after = starts[name]
    for j in range(16):
        ax.annotate("", after[j], before[j], arrowprops={"arrowstyle": "-", "color": plots.INK, "linewidth": 0.8})
    ax.plot(*before.T, marker="o", color=plots.COLORS[0], linestyle="none", markersize=5)
    ax.plot(*after.T, marker="^", color=plots.COLORS[1], linestyle="none", markersize=7)
    ax.set(title=name, xlabel="weight of input 1", aspect="equal")
axes[0].set_ylabel("weight of input 2")
axes[0].annotate("start: 16 units in one place", starts["all weights 0.1"][0][0], (-3.4, 0.75), color=plots.COLORS[0], arrowprops={"arrowstyle": "-", "color": plots.COLORS[0]})
axes[0].annotate("end: 16 units in one place", starts["all weights 0.1"][1][0], (-3.4, -0.85), color=plots.COLORS[1], arrowprops={"arrowstyle": "-", "color": plots.COLORS[1]})
fig.suptitle("Units that start equal never part", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Two maps of the two weights of each hidden unit, at the start as dots and after 1000 steps as triangles. Left, equal weights: all 16 units "
    "start on one dot and end on one triangle. Right, small random weights: 16 dots near the middle spread out in all directions.",
)

# %% [markdown] name="init_text"
# Equal units send equal activations, get equal deltas, and take equal steps: sixteen of them do the work of one. With zeros it is worse still: nothing comes
# through a hidden layer of zeros, in either direction, and only the output's bias could ever move. So weights start **small and random**, from a uniform or, here, a normal distribution. That is
# called breaking the symmetry. Biases may all start at 0, since the weights have broken it already.
#
# ### Exercise 9: small random weights
# Every training run begins with this function. `rng.normal(mean, deviation, shape)` draws an array of normal numbers.

# %% nbgrader={"grade": false, "grade_id": "init_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def init_parameters(layer_sizes, rng, scale=0.1):
    """Small random weights and zero biases for a network.

    layer_sizes: list of whole numbers, the units in each layer, the input first
    rng: a numpy.random.Generator, the only source of chance
    scale: standard deviation of the weights
    Returns (weights, biases): lists of float64 arrays, first layer first. Weights have shape (n_i, n_{i-1}) and are normal with mean 0;
    biases have shape (n_i,) and are 0.

    Example: layer_sizes = [2, 3, 1] gives weights of shapes (3, 2) and (1, 3), and biases [0, 0, 0] and [0].
    """
    ### BEGIN SOLUTION
    weights, biases = [], []
    for n_in, n_out in zip(layer_sizes[:-1], layer_sizes[1:]):
        weights.append(rng.normal(0, scale, (n_out, n_in)))
        biases.append(np.zeros(n_out))
    return weights, biases
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_init_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(init_parameters)
### BEGIN HIDDEN TESTS
check(init_parameters, hidden=True)
### END HIDDEN TESTS

# %% name="hint_init_parameters"
# hint(init_parameters)   # stuck?

# %% [markdown] name="scale_text"
# ### How small is small?
# For one hidden layer it hardly matters. For deep networks it does. Here is one with three hidden layers of 16 units, whose weights start with a standard deviation of 0.3, with a tenth of that,
# and with ten times that. **Predict.** What becomes of the activations from layer to layer, and what of the training?

# %% name="scales"
deep = [2, 16, 16, 16, 1]
draw = yours(init_parameters)
spread, curves, dead = {}, {}, {}
for scale in (0.03, 0.3, 3.0):
    spread[scale], curves[scale], dead[scale] = [], [], []
    for start in range(6):
        network = Network(deep)
        weights, biases = draw(deep, np.random.default_rng(start), scale)
        for own, W in zip(network.weights, weights):
            own[:] = W
        A = forward(X_moons, weights, biases, [relu, relu, relu, sigmoid])
        spread[scale].append([np.std(a) for a in A[:4]])
        curves[scale].append(network.fit(X_moons, y_moons, SGD(0.3), epochs=300))
        A = forward(X_moons, network.weights, network.biases, [relu, relu, relu, sigmoid])
        dead[scale].append(sum(np.sum(a.max(axis=0) == 0) for a in A[1:4]))      # silent for every sample
    ends = [losses[-1] for losses in curves[scale]]
    sizes = " → ".join(f"{size:.3g}" for size in np.mean(spread[scale], axis=0))
    print(f"scale {scale:<4} activations from layer to layer at the start: {sizes}")
    print(f"           after 300 epochs, six starts: cost {min(ends):.3f} to {max(ends):.3f}, dead units {min(dead[scale])} to {max(dead[scale])} of 48")

# %% name="figure_scales" jupyter={"source_hidden": true}
fig, (left, right) = plt.subplots(1, 2, figsize=(9.0, 3.7))
for k, (scale, word) in enumerate(((0.03, "ten times smaller"), (0.3, "0.3"), (3.0, "ten times larger"))):
    size = np.mean(spread[scale], axis=0)
    look = {"color": plots.COLORS[(0, 2, 1)[k]], "linestyle": plots.DASHES[(1, 0, 2)[k]]}
    left.plot(range(4), size, marker="o", **look)
    left.text(3.1, size[-1], word, va="center", color=look["color"], weight="bold")
    for losses in curves[scale]:
        right.plot(np.maximum(losses, 1e-3), linewidth=1.2, **look)
left.set(yscale="log", xticks=range(4), xticklabels=["$A_0$", "$A_1$", "$A_2$", "$A_3$"], xlim=(-0.2, 5.4), ylabel="spread of the activations")
right.set(yscale="log", xlabel="epoch", ylabel="$J$", xlim=(0, 300))
right.text(150, 2.6, "ten times larger:\nleaps, then dead", color=plots.COLORS[1], weight="bold", ha="center")
right.text(80, 0.92, "ten times smaller: stands still", color=plots.COLORS[0], weight="bold")
right.text(45, 0.006, "0.3: learns", color=plots.COLORS[2], weight="bold")
fig.suptitle("Too small and the signal dies out, too large and it blows up", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Left, the spread of the activations from A0 to A3 on a logarithmic axis: with a scale of 0.3 it stays between 0.1 and 1, with 0.03 it falls to 0.0002, with 3 it rises above 100. "
    "Right, the cost over 300 epochs for six starts each: with 0.3 it falls to about 0.01, with 0.03 it stays at 0.69, with 3 it leaps at first and then stays at 0.69.",
)

# %% [markdown] name="scale_answer"
# From $A_1$ on each layer multiplies the size of the signal by about the same factor, on the way forward and on the way back. Ten times smaller, and hardly anything arrives: the network says 0.5 to everything, and
# its gradients are as small as its activations. Ten times larger, and the first steps are so wild that they push most of the ReLU units to where they are silent for all samples: dead (unit 03), and they
# stay so. $0.693 = \log 2$ is the cost of a network that says 0.5 always: a number worth recognising.
#
# What is right depends on how many inputs a neuron has. A standard deviation of $\sqrt{2 / n_{i-1}}$ keeps the factor near 1 for ReLU, 0.35 for 16 inputs (He and others, 2015).
#
# ## Training
#
# You have all the pieces. One round, forward, backward and a step, with all samples is called an **epoch** of **full-batch** gradient descent.
#
# ### Exercise 10: train a network
# The climax: from here on your networks find their own weights. Each loss in the list is the cost *before* that epoch's update, so the first one is that of the random
# start. With a learning rate of 0 nothing may move. Mind the shapes: `forward` ends in $(n, 1)$, the cost wants $(n,)$.

# %% nbgrader={"grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(X, y, layer_sizes, learning_rate, epochs, rng):
    """Full-batch gradient descent for a network with ReLU hidden layers and one sigmoid output.

    X: inputs, array of shape (n, n_0)
    y: labels 0 or 1, array of shape (n,)
    layer_sizes: list of whole numbers, n_0 first, 1 last
    learning_rate: a number
    epochs: number of updates
    rng: a numpy.random.Generator; training starts from init_parameters(layer_sizes, rng)
    Returns (weights, biases, losses): two lists of arrays as after the last update, and a list of floats, the mean
    binary cross-entropy before each update.

    Example: 50 epochs give 50 losses; with small random weights the first is near log 2 = 0.693.
    """
    ### BEGIN SOLUTION
    weights, biases = init_parameters(layer_sizes, rng)
    activations = [relu] * (len(weights) - 1) + [sigmoid]
    losses = []
    for _ in range(epochs):
        P = forward(X, weights, biases, activations)[-1]
        losses.append(binary_cross_entropy(P[:, 0], y))
        weight_grads, bias_grads = backward(X, y, weights, biases)
        params = gradient_descent_step(weights + biases, weight_grads + bias_grads, learning_rate)
        weights, biases = params[: len(weights)], params[len(weights) :]
    return weights, biases, losses
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_train", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(train)
### BEGIN HIDDEN TESTS
check(train, hidden=True)
### END HIDDEN TESTS

# %% name="hint_train"
# hint(train)   # stuck?

# %% [markdown] name="train_work"
# The 65 numbers from the beginning. The same start, stopped after 10, 100 and 1000 epochs; then nine more starts, as one run proves little:

# %% name="moons_trained"
def accuracy(weights, biases):
    """Share of the moons' points that are on the right side."""
    P = forward(X_moons, weights, biases, [relu, sigmoid])[-1]
    return np.mean((P[:, 0] > 0.5) == y_moons)


run = yours(train)
stages = {}
for epochs in (10, 100, 1000):
    weights, biases, losses = run(X_moons, y_moons, [2, 16, 1], 1.0, epochs, np.random.default_rng(0))
    stages[epochs] = weights, biases
    right = accuracy(weights, biases)
    print(f"{epochs:>4} epochs: cost {losses[0]:.3f} → {losses[-1]:.3f}, training accuracy {right:.3f}")

ends = []
for start in range(1, 10):
    weights, biases, losses = run(X_moons, y_moons, [2, 16, 1], 1.0, 1000, np.random.default_rng(start))
    ends.append(accuracy(weights, biases))
print("nine more starts:", ", ".join(f"{end:.3f}" for end in ends))

# %% name="figure_moons_trained" jupyter={"source_hidden": true}
fig, axes = plt.subplots(1, 3, figsize=(9.2, 3.4), sharey=True)
for ax, (epochs, trained) in zip(axes, stages.items()):
    plots.decision_boundary(lambda X, trained=trained: forward(X, *trained, [relu, sigmoid])[-1].ravel(), X_moons, y_moons, ax=ax)
    ax.get_legend().remove()
    ax.set(title=f"{epochs} epochs")
    ax.label_outer()
fig.suptitle("Your network finds the straight line first and the bend later", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "The moons with the network's boundary after 10, 100 and 1000 epochs. At first it is nearly a straight line that cuts through both moons; "
    "at the end it bends and runs between them.",
)

# %% [markdown] name="minibatch_text"
# ## Mini-batches
#
# Full batch means that the whole training set is gone through for one single step. With a million samples that is a long way for a step. A **mini-batch** of some samples gives a rough idea of the gradient at a small part of
# the price. Go through all samples once, batch by batch, with a step after each: that is an epoch again, and now it has many steps.
#
# ### Exercise 11: mini-batches
# The order is shuffled anew in every epoch. Otherwise data that are sorted by class would give batches that pull to one side, the same in every epoch.

# %% nbgrader={"grade": false, "grade_id": "minibatches", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minibatches(n, batch_size, rng):
    """Sample numbers for the mini-batches of one epoch.

    n: number of samples
    batch_size: samples in each batch; the last batch may have fewer, if they don't come out even
    rng: a numpy.random.Generator, the only source of chance
    Returns a list of 1-D arrays of whole numbers. Together they hold each of 0, …, n - 1 once, in random order.

    Example: n = 10 and batch_size = 4 could give [[3, 8, 0, 6], [1, 9, 5, 2], [7, 4]].
    """
    ### BEGIN SOLUTION
    order = rng.permutation(n)
    return [order[start : start + batch_size] for start in range(0, n, batch_size)]
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_minibatches", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(minibatches)
### BEGIN HIDDEN TESTS
check(minibatches, hidden=True)
### END HIDDEN TESTS

# %% name="hint_minibatches"
# hint(minibatches)   # stuck?

# %% [markdown] name="minibatch_predict"
# `X[batch]` picks the rows of a batch. Now 1,000 points of noisier moons, in batches of 1,000 (full batch), of 50, and of a single sample, all at a learning rate
# of 0.5. **Predict.** Which cost is the lowest after 30 epochs?

# %% name="minibatch_work"
from itertools import islice

X_many, y_many = moons(1000, 0.2, np.random.default_rng(6))
X_many = (X_many - X_many.mean(axis=0)) / X_many.std(axis=0)

batches_of = yours(minibatches)


def costs_of(batch_size):
    """The cost on all points before training and after each of 30 epochs."""
    rng = np.random.default_rng(0)
    network = Network([2, 16, 1], initialiser="normal", rng=rng)
    epochs = network.descend(X_many, y_many, SGD(0.5), lambda: batches_of(1000, batch_size, rng))
    costs = [network.loss(X_many, y_many)]
    for _ in islice(epochs, 30):
        costs.append(network.loss(X_many, y_many))
    return costs


curves = {batch_size: costs_of(batch_size) for batch_size in (1000, 50, 1)}
for batch_size, costs in curves.items():
    last = costs[-10:]
    steps = 1000 // batch_size
    print(f"batches of {batch_size:>4}: {steps:>4} steps an epoch, cost in the last ten {min(last):.3f} to {max(last):.3f}")

# %% name="figure_minibatch" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(6.8, 3.6))
for k, costs in enumerate(curves.values()):
    ax.plot(costs, color=plots.COLORS[k], linestyle=plots.DASHES[k])
ax.text(16.5, 0.56, "full batch: one step an epoch", color=plots.COLORS[0], weight="bold")
ax.text(30.4, curves[50][-1], "batches of 50", color=plots.COLORS[1], weight="bold", va="center")
ax.text(30.4, curves[1][-1], "single samples", color=plots.COLORS[2], weight="bold", va="center")
ax.set(xlabel="epoch", ylabel="$J$ on all 1,000 points", ylim=(0, 0.72), xlim=(0, 30), title="Small batches get far, single samples never settle")
plots.show(
    fig,
    "The cost on all points over 30 epochs. Full batch falls slowly to about 0.3. Batches of 50 fall steeply at first and then steadily to about 0.1. "
    "Single samples fall at once and then jump up and down between 0.1 and 0.5, once beyond the top of the picture.",
)

# %% [markdown] name="minibatch_answer"
# All three looked at the same number of samples. More steps, rougher ones: that pays, up to a point. A single sample at this rate throws the weights about, and the curve never settles; it would need a smaller
# learning rate. Batches of 16 to a few hundred are common.
#
# ## Dropout, in training only
#
# Unit 03 had the idea of dropout: in training each hidden unit is silenced with a certain probability, so that none can rely on another. Now you can see what it does. Two
# things belong to it that are easily missed. On the way back the *same* units are silent as on the way forward. And in **prediction nothing is dropped**: the survivors were scaled up in training, so
# that the full network fits what the next layer is used to. What if it is left on?

# %% name="dropout_left_on"
def predict(X, network, rate=0.0, rng=None):
    """Probabilities of class 1; with a rate, dropout is left on."""
    A = forward(X, network.weights[:1], network.biases[:1], [relu])[-1]
    if rate:
        A = dropout(A, rate, rng)
    return forward(A, network.weights[1:], network.biases[1:], [sigmoid])[-1][:, 0]


def noisy_moons(start):
    """40 points to train with, 1,000 fresh ones, scaled by the spread of the 40."""
    X, y = moons(1040, 0.3, np.random.default_rng(start))
    X = (X - X[:40].mean(axis=0)) / X[:40].std(axis=0)
    return X[:40], y[:40], X[40:], y[40:]


X_train, y_train, X_test, y_test = noisy_moons(100)
network = Network([2, 50, 1], initialiser="normal", rng=np.random.default_rng(0))
network.fit(X_train, y_train, SGD(1.0), epochs=1000, dropout=0.5, rng=np.random.default_rng(0))

rng = np.random.default_rng(1)
unsure = np.argsort(np.abs(predict(X_test, network) - 0.5))
near = X_test[unsure[:4]]   # the four fresh points nearest to the boundary
print("off:    ", predict(near, network).round(2))
for _ in range(3):
    print("left on:", predict(near, network, 0.5, rng).round(2))

# %% [markdown] name="dropout_predict"
# The sign to know this mistake by: **the same input gets another answer every time.**
#
# Does dropout help? It is meant against **overfitting** (unit 03): 40 noisy points and 50 hidden units are made for that. **Predict.** Without dropout, and with a rate of 0.2 and of 0.5: what
# happens to the accuracy on the training points, on fresh points, and to the gap between them? One run proves little, so there are twelve, each with points and weights of its own.

# %% name="dropout_gap"
gaps, scores = {}, {}
for rate in (0.0, 0.2, 0.5):
    scores[rate] = []
    for start in range(12):
        X_train, y_train, X_test, y_test = noisy_moons(100 + start)
        rng = np.random.default_rng(start)
        network = Network([2, 50, 1], initialiser="normal", rng=rng)
        for _ in islice(network.descend(X_train, y_train, SGD(1.0), dropout=rate, rng=rng), 1000):
            pass
        right_train = np.mean((predict(X_train, network) > 0.5) == y_train)
        right_test = np.mean((predict(X_test, network) > 0.5) == y_test)
        scores[rate].append([right_train, right_test, network.loss(X_test, y_test)])
    scores[rate] = np.array(scores[rate])                       # (12, 3)
    gaps[rate] = scores[rate][:, 0] - scores[rate][:, 1]
    train_mean, test_mean, cost_mean = scores[rate].mean(axis=0)
    print(f"rate {rate}: accuracy {train_mean:.3f} in training, {test_mean:.3f} on fresh points; cost there {cost_mean:.2f}")
    print(f"          gap {gaps[rate].mean():.3f}, from {gaps[rate].min():.3f} to {gaps[rate].max():.3f}")

gain = scores[0.5][:, 1] - scores[0.0][:, 1]       # run by run
error = gain.std(ddof=1) / np.sqrt(12)             # standard error of the mean
print(f"fresh accuracy, 0.5 minus none: {gain.mean():.3f} ± {error:.3f}; better in {np.sum(gain > 0)} of 12 runs")

# %% name="figure_gap" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(6.8, 3.4))
for k, rate in enumerate(gaps):
    shake = np.random.default_rng(0).uniform(-0.12, 0.12, 12)
    ax.plot(k + shake, gaps[rate], marker=plots.MARKERS[k], color=plots.COLORS[k], linestyle="none", markersize=6)
    ax.plot([k - 0.28, k + 0.28], 2 * [gaps[rate].mean()], color=plots.INK, linestyle="solid")
    ax.text(k + 0.31, gaps[rate].mean(), f"mean {gaps[rate].mean():.3f}", va="center")
ax.axhline(0, color=plots.INK, linewidth=0.8, linestyle="dotted")
ax.set(xticks=range(3), xticklabels=["no dropout", "rate 0.2", "rate 0.5"], xlim=(-0.5, 2.75), ylabel="training minus fresh accuracy", title="Dropout narrows the gap, and runs differ more than rates")
plots.show(
    fig,
    "Three columns of twelve dots: the gap between training and fresh accuracy in twelve runs, without dropout, with a rate of 0.2 and of 0.5. "
    "The mean gap shrinks from column to column, but the dots of all three overlap.",
)

# %% [markdown] name="dropout_answer"
# The gap shrinks, from 0.126 to 0.090 on average. More than half of that comes from below: with dropout the training points are fitted less well. On fresh points the gain is one to two
# hundredths, about as large as its own error (the ± is the standard error over twelve runs), and half of the runs gained nothing. The cost on fresh points, which also asks how sure
# the network was of its mistakes, became no better. So here dropout does what it is meant to do, a little. It was made for far larger networks than this one; whether
# it helps *yours* is a question for fresh data and several starts.

# %% [markdown] name="written_prompt"
# ### Exercise 12: twins (in writing, 4 points)
# A colleague starts the network `[2, 16, 1]` with every weight at 0.1 and every bias at 0, and trains it with your `train`.
#
# 1. Follow one epoch: what do the 16 hidden units give, which deltas do they get, and how do their weights move? Use the lines of backpropagation. Why do more epochs not help?
# 2. Which smaller network does it amount to?
# 3. The colleague mends it by drawing *only the output's weights* $W_2$ at random; the rows of $W_1$ stay equal. Do the hidden units part now? Say why.

# %% [markdown] nbgrader={"grade": true, "grade_id": "equal_weights", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# 1. All rows of $W_1$ are equal and so are the biases, so all 16 columns of $Z_1$ are equal, and with them those of $A_1$ and the slopes of ReLU. All entries
#    of $W_2$ are equal too, so $\delta_2 W_2$ has 16 equal columns, and so has $\delta_1 = (\delta_2 W_2) \odot g'(Z_1)$. The gradient of $W_1$ is
#    $\delta_1^T A_0$: its rows are equal, because the columns of $\delta_1$ are. So the rows of $W_1$ take the same step and are equal again; likewise $b_1$, and
#    $W_2$, whose gradient $\delta_2^T A_1$ has equal entries. The next epoch starts as this one did: equal units, hence equal after any number of epochs.
# 2. A network with one hidden unit, `[2, 1, 1]`: 16 equal units times 16 equal output weights act as one unit whose output weight is 16 times as large. It can draw only a straight
#    boundary.
# 3. Yes, in general. Now the columns of $\delta_2 W_2$ differ, as each is $\delta_2$ times another output weight. So the rows of $W_1$ get different gradients, and after
#    the first step they are no longer equal. (In the first step they all move along one direction, by different amounts; two units part if their output weights differ.)
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_equal_weights", "locked": true, "schema_version": 3, "solution": false, "task": false}
# *This answer is marked by a person, 4 points.*
#
# ### BEGIN MARK SCHEME
# - **2 points** for question 1. One for the epoch: equal activations, equal deltas and therefore equal gradients (the deltas need the equal entries of $W_2$; half a point if only the
#   activations are named). One for the conclusion: equal before the step means equal after it, so the argument repeats for every epoch. "They all do the same" without a reason earns
#   half a point of the two.
# - **1 point** for question 2: one hidden unit, or "a straight boundary, as from a single hidden unit".
# - **1 point** for question 3: yes, because each unit's delta contains its own output weight, so the gradients of the rows differ. "Yes" alone earns nothing. "No" with the
#   argument that the activations are equal in the first epoch earns nothing: the way back differs.
# ### END MARK SCHEME

# %% name="progress" tags=["remove-cell"]
progress()   # a written answer counts once you have saved (Ctrl+S)

# %% [markdown] name="close"
# ## What to keep
#
# - The cost is one number for all mistakes; gradient descent moves every parameter against its slope, by the learning rate times that slope.
# - Backpropagation: $\delta_L = (P - Y)/n$; then for each layer $\delta_i^T A_{i-1}$ for the weights, the column sums of $\delta_i$ for the biases, and $(\delta_i W_i) \odot g'(Z_{i-1})$ for the layer before. Check it against central differences.
# - Start from small random weights, shuffle mini-batches, and drop units in training only.
#
# **How can one number give 65 directions?** The cost depends on every weight through a chain of known steps, and the chain rule multiplies their slopes. One pass back through the network shares the
# work among all weights, so that all 65 slopes cost about as much as two more passes forward.
#
# **Read on**
# - Michael Nielsen, *Neural Networks and Deep Learning* (2015, free online), chapters 2 and 3: the same four equations with another route to them, and more on costs and starting weights.
# - David Rumelhart, Geoffrey Hinton and Ronald Williams, "Learning representations by back-propagating errors", *Nature* 323 (1986): four pages that made the method known, with small random weights "to break symmetry".
# - Kaiming He and others, "Delving Deep into Rectifiers", *ICCV* (2015): where $\sqrt{2/n}$ comes from.
#
# **Next**, in [06 · Softmax](../06-softmax/06-softmax.ipynb): two classes become ten, and the output gets a probability for each.
