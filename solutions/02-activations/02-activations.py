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
# # 02 · What the activation decides
#
# Ten layers of neurons stand in a row. With one activation function they can do no more than a single layer. With another, a
# nudge at the first layer comes out of the tenth more than a million times weaker. A third has neither trouble, and most
# networks today are built with it or a close relative. **What is it about these functions?**
#
# - **You will be able to** write the four activation functions and their slopes, turn one neuron into a classifier, a regression or a
#   source of probabilities, and say which function belongs where.
# - **You need** unit 01 ($z = w \cdot x + b$, batches) and the slope of a curve.
# - **Time**: 60 minutes, two thirds of it for ten short exercises and a written answer.

# %% [markdown] name="setup_text"
# First run this cell:

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

from nnlib import plots, weighted_sum
from nnlib.live import Slider, live

plots.style()

# %% [markdown] name="by_hand"
# ## By hand first
#
# In unit 01 the neuron had one activation function, the step. There are others. These four are the ones to know:
#
# | $g$ | $g(z)$ | in words |
# |:--|:--|:--|
# | **step** | 1 where $z > 0$, else 0 | decides |
# | **linear** | $z$ | passes everything on |
# | **ReLU** | $z$ where $z > 0$, else 0 | passes on what is positive |
# | **sigmoid** $\sigma$ | $\dfrac{1}{1 + e^{-z}}$ | says how much speaks for a yes, between 0 and 1 |
#
# ReLU is short for *rectified linear unit*. The number $e$ is about 2.718.
#
# Take the neuron of unit 01, $w = [0.5, 1]$ and $b = 1$, and three samples: $[2, 0]$, $[0, -1]$ and $[-2, -1]$. On paper, compute
# $z$ for each, and from every $z$ the four activations. (For the sigmoid, take $e^{-2} \approx 0.135$.) Then compare.

# %% name="by_hand_code"
X = np.array([[2, 0], [0, -1], [-2, -1]])   # shape (3, 2): three samples
w = np.array([0.5, 1])                      # shape (2,)
b = 1

z = X @ w + b                               # shape (3,): one weighted sum a sample
print("z            ", z)
print("e to the −z  ", np.round(np.exp(-z), 3))
print("sigmoid of z ", np.round(1 / (1 + np.exp(-z)), 3))

# %% name="figure_four" jupyter={"source_hidden": true}
fig, axes = plt.subplots(2, 2, figsize=(8.4, 5.4), sharex=True)
curve = np.linspace(-4, 4, 201)
panels = {
    "The step decides": ([([-4, 0], [0, 0]), ([0, 4], [1, 1])], [1, 0, 0]),
    "Linear passes everything on": ([([-4, 4], [-4, 4])], z),
    "ReLU passes on what is positive": ([([-4, 0, 4], [0, 0, 4])], [2, 0, 0]),
    "The sigmoid grades from 0 to 1": ([(curve, 1 / (1 + np.exp(-curve)))], 1 / (1 + np.exp(-z))),
}
for k, (ax, (title, (lines, heights))) in enumerate(zip(axes.flat, panels.items())):
    wide = k in (1, 2)
    for line in lines:
        ax.plot(*line, color=plots.COLORS[k], linestyle="solid")
    for z_i, a_i in zip(z, heights):
        ax.plot(z_i, a_i, "o", color=plots.INK, markersize=8, zorder=3)
        ax.annotate(f"{a_i:.3g}".replace("-", "−"), (z_i, a_i), (-5, 8), textcoords="offset points", ha="right")
    ax.set(title=title, ylabel="$a = g(z)$", ylim=(-4.2, 4.8) if wide else (-0.15, 1.35))
    ax.set(xticks=[-4, -2, 0, 2, 4], yticks=[-4, 0, 4] if wide else [0, 0.5, 1])
    ax.grid(True)
axes[0, 0].plot(0, 1, "o", color=plots.COLORS[0], fillstyle="none", markersize=8)
for ax in axes[1]:
    ax.set_xlabel("$z$")
plots.show(
    fig,
    "Four curves with points at z = −1, 0 and 2. The step gives 0, 0 and 1; the linear activation −1, 0 and 2; ReLU 0, 0 and 2; "
    "the sigmoid, an S between 0 and 1, gives 0.269, 0.5 and 0.881.",
)

# %% [markdown] name="four_properties"
# What sets them apart:
#
# - The step has two values. How far $z$ is from 0 is lost.
# - Linear has no bounds and no bend.
# - ReLU has a bend at 0 and no upper bound.
# - The sigmoid rises everywhere and never reaches 0 or 1. Far out it is nearly flat: it **saturates**.
#
# ### Number or array
# Three samples gave three $z$ in one array, and a whole layer will give a table of them. So $g$ works on every entry by itself, and
# gives back the shape that it got: an array for an array, a number for a number. **Predict.** Here is a function that
# cuts everything off at 2, written in four ways. Which of them fails for an array, and which one for a number?

# %% name="number_or_array"
def cut_if(z):
    return z if z < 2 else 2.0

def cut_where(z):
    return np.where(z < 2, z, 2.0)

def cut_where_out(z):
    return np.where(z < 2, z, 2.0)[()]

def cut_minimum(z):
    return np.minimum(z, 2.0)

for cut in (cut_if, cut_where, cut_where_out, cut_minimum):
    print(f"{cut.__name__:<14}", end="")
    for z in (np.array([0.5, 3.0]), 3.0):
        try:
            print(f" {cut(z)!r:<20}", end="")
        except ValueError:
            print(f" {'ValueError':<20}", end="")
    print()

# %% [markdown] name="number_or_array_answer"
# - `if` needs a single yes or no, and an array holds many.
# - `np.where` goes entry by entry, but makes an array of everything: `array(2.)` has no axes, yet is not a number. A `[()]` behind it
#   takes the number out.
# - `np.minimum` compares entry by entry, and a number remains a number. So it is with `+`, `*`, `>`, `np.exp`, `np.abs` and the rest of
#   NumPy's arithmetic.
#
# One more thing that you can use: `True` counts as 1 and `False` as 0, so `(z < 2) * 5.0` is 5.0 or 0.0.
#
# ### Exercise 1: step
# The perceptron's half that decides, now for arrays. Give floats, as all four functions do: then one can take the place of another.

# %% nbgrader={"grade": false, "grade_id": "step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def step(z):
    """Step function: 1 where z > 0, else 0. At exactly z = 0 it is 0, as in the perceptron.

    z: weighted sums, a float or a float array of any shape
    Returns floats in the shape of z: a number for a number, an array for an array.

    Example: z = [2, 0, -1] gives [1.0, 0.0, 0.0], and z = 2.0 gives 1.0
    """
    ### BEGIN SOLUTION
    return (z > 0) * 1.0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_step", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(step, given=(np.array([2.0, 0.0, -1.0]),), gives=np.array([1.0, 0.0, 0.0]))
### BEGIN HIDDEN TESTS
check(step, hidden=True)
### END HIDDEN TESTS

# %% name="hint_step"
# hint(step)   # stuck? Take away the first # and run this cell, again for the next hint

# %% [markdown] name="linear_exercise"
# ### Exercise 2: linear
# The shortest of all. A network that predicts a price ends in it.

# %% nbgrader={"grade": false, "grade_id": "linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear(z):
    """Linear activation: every weighted sum as it is.

    z: weighted sums, a float or a float array of any shape
    Returns floats in the shape of z.

    Example: z = [2, 0, -1] gives [2.0, 0.0, -1.0]
    """
    ### BEGIN SOLUTION
    return z
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_linear", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(linear, given=(np.array([2.0, 0.0, -1.0]),), gives=np.array([2.0, 0.0, -1.0]))
### BEGIN HIDDEN TESTS
check(linear, hidden=True)
### END HIDDEN TESTS

# %% name="hint_linear"
# hint(linear)   # stuck?

# %% [markdown] name="relu_exercise"
# ### Exercise 3: ReLU
# Most neurons in today's networks use this function or a close relative. Leave the array that you are given as it is: unit 05 needs
# its $z$ once more.

# %% nbgrader={"grade": false, "grade_id": "relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu(z):
    """Rectified linear unit: z where z > 0, else 0.

    z: weighted sums, a float or a float array of any shape
    Returns floats in the shape of z.

    Example: z = [2, 0, -1] gives [2.0, 0.0, 0.0], and z = -1.0 gives 0.0
    """
    ### BEGIN SOLUTION
    return np.maximum(z, 0.0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_relu", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(relu, given=(np.array([2.0, 0.0, -1.0]),), gives=np.array([2.0, 0.0, 0.0]))
### BEGIN HIDDEN TESTS
check(relu, hidden=True)
### END HIDDEN TESTS

# %% name="hint_relu"
# hint(relu)   # stuck?

# %% [markdown] name="overflow"
# ### A classic mistake: the sigmoid as it stands in the book
# The formula can be written in two ways. Multiply above and below the line by $e^z$:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^z}{e^z + 1}$$
#
# **Predict.** On paper both are the same function. What do they give at $z = -1000$ and at $z = 1000$? ($e^{1000}$ is
# larger than the largest float.)

# %% name="overflow_run"
import warnings

def book(z):
    return 1 / (1 + np.exp(-z))

def other_form(z):
    return np.exp(z) / (np.exp(z) + 1)

for form in (book, other_form):
    for z in (-1000.0, 0.0, 1000.0):
        with warnings.catch_warnings(record=True) as caught:   # keeps the warnings, to print them in the table
            warnings.simplefilter("always")
            a = form(z)
        print(f"{form.__name__:<12} z = {z:>7}   a = {a:.1f}  ", "; ".join(str(warning.message) for warning in caught))

# %% [markdown] name="overflow_nan"
# Each is fine on one side. On the other side `np.exp` overflows to infinity, with a warning. The first form survives that, as 1 divided
# by infinity is 0. The second becomes infinity divided by infinity, which is `nan`, not a number.
#
# What does one `nan` do to a network? Here are three activations and two neurons that read them. Both give the second input the weight
# 0: they don't listen to it. **Predict** their weighted sums.

# %% name="nan_spreads"
a = np.array([0.2, np.nan, 0.7])
for w in (np.array([1.0, 0.0, 2.0]), np.array([0.5, 0.0, -1.0])):
    print("w =", w, " w·a =", np.sum(w * a))

# %% [markdown] name="sigmoid_exercise"
# Even 0 times `nan` is `nan`. From one neuron it spreads to every neuron of the next layer, and to all that follow. The signs to know this
# mistake by: **a warning that speaks of overflow in `exp`**, and **outputs that are all `nan`**.
#
# ### Exercise 4: sigmoid
# Every network that answers a yes-or-no question with a probability ends in it. Write one that is quiet on both sides.

# %% nbgrader={"grade": false, "grade_id": "sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(z):
    """Sigmoid 1 / (1 + exp(-z)), between 0 and 1.

    z: weighted sums, a float or a float array of any shape
    Returns floats in the shape of z. Finite and without a warning for every z from -10000 to 10000.

    Example: z = [2, 0, -1] gives about [0.881, 0.5, 0.269]; z = 10000.0 gives 1.0 and z = -10000.0 gives 0.0
    """
    ### BEGIN SOLUTION
    e = np.exp(-np.abs(z))                            # at most 1, so nothing overflows
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))[()]   # the book's form on the right, the other on the left
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_sigmoid", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(sigmoid, given=(np.array([0.0, 10000.0, -10000.0]),), gives=np.array([0.5, 1.0, 0.0]))
### BEGIN HIDDEN TESTS
check(sigmoid, hidden=True)
### END HIDDEN TESTS

# %% name="hint_sigmoid"
# hint(sigmoid)   # stuck?

# %% [markdown] name="neuron_exercise"
# ## One neuron, any activation
#
# In Python a function can be handed over like a number: `neuron(x, w, b, relu)` gives your `relu`, without brackets, to `neuron`, and inside
# it answers to the name `g`.
#
# ### Exercise 5: the neuron
# One function for every neuron of the course. `weighted_sum` of unit 01 is there for you to use.

# %% nbgrader={"grade": false, "grade_id": "neuron", "locked": false, "schema_version": 3, "solution": true, "task": false}
def neuron(x, w, b, g):
    """Activation of one neuron: a = g(w·x + b).

    x: inputs, array of shape (d,)      w: weights, array of shape (d,)      b: bias, a number
    g: the activation function, takes z and gives a
    Returns a, a float.

    Example: x = [-2, -1], w = [0.5, 1], b = 1 (so z = -1) gives 0.0 with relu and -1.0 with linear
    """
    ### BEGIN SOLUTION
    return g(weighted_sum(x, w, b))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_neuron", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(neuron, given=(np.array([-2.0, -1.0]), np.array([0.5, 1.0]), 1.0, np.abs), gives=1.0)
### BEGIN HIDDEN TESTS
check(neuron, hidden=True)
### END HIDDEN TESTS

# %% name="hint_neuron"
# hint(neuron)   # stuck?

# %% [markdown] name="neuron_at_work"
# (The check used `np.abs` as $g$. Any function will do.) Now the table from your paper, by your functions:

# %% name="neuron_table"
g_of = {"step": yours(step), "linear": yours(linear), "ReLU": yours(relu), "sigmoid": yours(sigmoid)}
one_neuron = yours(neuron)

w, b = np.array([0.5, 1]), 1
print(f"{'x':<10}" + "".join(f"{name:>9}" for name in g_of))
for x in np.array([[2, 0], [0, -1], [-2, -1]]):
    print(f"{x!s:<10}" + "".join(f"{one_neuron(x, w, b, g):>9.3f}" for g in g_of.values()))

# %% [markdown] name="three_jobs"
# ## One neuron, three jobs
#
# A kiosk sells ice cream. Its owner has written down 1,000 days: the temperature in °C, and the day's profit in hundreds of euros, which
# can be a loss. (The next cell makes the days up: a straight line, and luck.)

# %% name="kiosk"
rng = np.random.default_rng(2)
temperature = rng.uniform(5, 35, 1000)                           # shape (1000,)
profit = 0.5 * temperature - 10 + rng.logistic(0, 1, 1000)       # shape (1000,), in 100 €
X = temperature.reshape(1000, 1)                                 # the batch: 1000 samples, one input each

slope, offset = np.polyfit(temperature, profit, 1)
print(f"the line that fits these days best: profit = {slope:.2f} · temperature − {-offset:.2f}")

# %% [markdown] name="three_questions"
# So let $w = [0.5]$ and $b = -10$. How a neuron finds such numbers by itself is for unit 05. The owner has three questions about a day:
#
# | question | answer | $g$ | the neuron is called |
# |:--|:--|:--|:--|
# | Will I make a profit? | yes or no | step | **perceptron** |
# | How much will I make? | a number | linear | **linear regression** |
# | How likely is a profit? | a probability | sigmoid | **logistic regression** |
#
# The inputs, the weight and the bias are the same all three times. The first question is unit 01's `predict_all`, your `step` of
# `X @ w + b`. Write the other two. Whether you go row by row with `neuron` or use `X @ w` is up to you.
#
# ### Exercise 6: linear regression
# The oldest tool of statistics is a neuron; and it is the last layer of every network that predicts a quantity.

# %% nbgrader={"grade": false, "grade_id": "linear_regression", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear_regression(X, w, b):
    """Predictions of one neuron with the linear activation for a batch.

    X: inputs, array of shape (n, d), one sample per row      w: weights, array of shape (d,)      b: bias, a number
    Returns a float array of shape (n,).

    Example: X = [[2, 0], [0, -1], [-2, -1]], w = [0.5, 1], b = 1 gives array([2.0, 0.0, -1.0])
    """
    ### BEGIN SOLUTION
    return linear(X @ w + b)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_linear_regression", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(
    linear_regression,
    given=(np.array([[2.0, 0.0], [0.0, -1.0], [-2.0, -1.0]]), np.array([0.5, 1.0]), 1.0),
    gives=np.array([2.0, 0.0, -1.0]),
)
### BEGIN HIDDEN TESTS
check(linear_regression, hidden=True)
### END HIDDEN TESTS

# %% name="hint_linear_regression"
# hint(linear_regression)   # stuck?

# %% [markdown] name="logistic_regression_exercise"
# ### Exercise 7: logistic regression
# It is called a regression and used for classes: its answer is the probability of class 1. A network for a yes-or-no question ends in it.

# %% nbgrader={"grade": false, "grade_id": "logistic_regression", "locked": false, "schema_version": 3, "solution": true, "task": false}
def logistic_regression(X, w, b):
    """Probabilities of class 1 that one neuron with the sigmoid gives for a batch.

    X: inputs, array of shape (n, d), one sample per row      w: weights, array of shape (d,)      b: bias, a number
    Returns a float array of shape (n,).

    Example: X = [[2, 0], [0, -1], [-2, -1]], w = [0.5, 1], b = 1 gives about array([0.881, 0.5, 0.269])
    """
    ### BEGIN SOLUTION
    return sigmoid(X @ w + b)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_logistic_regression", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    logistic_regression,
    given=(np.array([[2.0, 0.0], [0.0, -1.0]]), np.array([0.5, 1.0]), 1.0),
    gives=np.array([0.88079708, 0.5]),
)
### BEGIN HIDDEN TESTS
check(logistic_regression, hidden=True)
### END HIDDEN TESTS

# %% name="hint_logistic_regression"
# hint(logistic_regression)   # stuck?

# %% [markdown] name="probability_predict"
# A probability is a promise that can be checked. Take all days for which the logistic neuron says something between 0.6 and 0.8.
# **Predict.** On how many out of a hundred of them did the kiosk make a profit?

# %% name="three_answers"
w, b = np.array([0.5]), -10.0
made_profit = profit > 0                            # the truth, shape (1000,)

decision = g_of["step"](X @ w + b)                  # shape (1000,)
estimate = yours(linear_regression)(X, w, b)        # shape (1000,)
probability = yours(logistic_regression)(X, w, b)   # shape (1000,)

print(f"perceptron:          {np.mean(decision == made_profit):.0%} of its answers are right")
print(f"linear regression:   {np.mean(np.abs(estimate - profit)) * 100:.0f} € off on average")
print("logistic regression: it says     days   days with a profit")
for low in (0.0, 0.2, 0.4, 0.6, 0.8):
    days = (probability >= low) & (probability < low + 0.2)
    print(f"{'':<20} {low:.1f} to {low + 0.2:.1f} {np.sum(days):>6} {np.mean(made_profit[days]):>10.0%}")

print("probability above 0.5 exactly where the perceptron says 1:", np.array_equal(probability > 0.5, decision == 1))

# %% name="figure_three_jobs" jupyter={"source_hidden": true}
fig, axes = plt.subplots(1, 3, figsize=(11, 3.7), sharex=True)
some = slice(0, 1000, 4)  # every fourth day: a thousand points hide each other
lift = np.random.default_rng(0).uniform(-0.04, 0.04, 1000)  # so that equal labels don't hide each other
for ax in axes:
    ax.set(xlabel="temperature $x$ in °C", xticks=[10, 20, 30])
for ax in (axes[0], axes[2]):
    for k in (0, 1):
        days = made_profit[some] == k
        where = (temperature[some][days], (made_profit + lift)[some][days])
        ax.scatter(*where, s=12, marker=plots.MARKERS[k], color=plots.COLORS[k], alpha=0.5)
    ax.set(ylim=(-0.15, 1.25), yticks=[0, 0.5, 1])
t = np.linspace(5, 35, 301)
axes[0].plot(t[t <= 20], 0 * t[t <= 20], color=plots.INK, linestyle="solid", linewidth=3)
axes[0].plot(t[t > 20], 0 * t[t > 20] + 1, color=plots.INK, linestyle="solid", linewidth=3)
axes[0].set(title="Step: yes or no", ylabel="profit made, 1 or 0")
axes[1].scatter(temperature[some], profit[some], s=12, color=plots.COLORS[2], marker="s", alpha=0.5)
axes[1].plot(t, 0.5 * t - 10, color=plots.INK, linestyle="solid", linewidth=3)
axes[1].set(title="Linear: how much", ylabel="profit in 100 €")
axes[2].plot(t, 1 / (1 + np.exp(-(0.5 * t - 10))), color=plots.INK, linestyle="solid", linewidth=3)
for low in range(5, 35, 3):
    days = (temperature >= low) & (temperature < low + 3)
    share = np.mean(made_profit[days])
    axes[2].plot(low + 1.5, share, "D", color=plots.COLORS[3], markersize=7, zorder=3)
    if low == 17:
        line = {"arrowstyle": "-", "color": plots.COLORS[3]}
        axes[2].annotate("share of days\nwith a profit", (18.5, share), (6, 0.55), color=plots.COLORS[3], arrowprops=line)
axes[2].set(title="Sigmoid: how likely", ylabel="probability of a profit")
fig.suptitle("One weight, one bias: the activation decides what the neuron answers", color=plots.INK, weight="bold")
plots.show(
    fig,
    "Three panels over the temperature. The step jumps from 0 to 1 at 20 °C, and most days lie on its level. The linear activation "
    "is a straight line through a cloud of profits. The sigmoid rises from 0 to 1 around 20 °C, and the share of days with a profit, "
    "counted for every three degrees, lies along it.",
)

# %% [markdown] name="three_jobs_answer"
# The probabilities keep their word. (They do it so well because the luck was drawn from the distribution that the sigmoid belongs
# to, the logistic one. With other luck the match is less exact.) And where $\sigma(z) > 0.5$, $z > 0$: a logistic neuron cut at one half *is* a perceptron. It decides the same, and
# says how sure it is.
#
# ## Two linear layers are one
#
# Neurons that read the same inputs form a **layer**. Their weights stand in a matrix $W$, a row for each neuron, and their biases in an
# array. `W @ x + b` gives the weighted sums of all of them. Now let a second layer read what the first one says:
#
# $$h = W_1 x + b_1, \qquad a = W_2 h + b_2$$
#
# Both layers are linear: there is no $g$ between them. By hand, with two hidden neurons and $x = [2, -1]$:
#
# $$h_1 = 1 x_1 + 2 x_2 + 1 = 1, \qquad h_2 = 3 x_1 - 1 x_2 + 0 = 7, \qquad a = 2 h_1 + 1 h_2 - 5 = 4$$
#
# Put the two formulas for $h_1$ and $h_2$ into the last one, and multiply out:
#
# $$a = 2\,(x_1 + 2 x_2 + 1) + (3 x_1 - x_2) - 5 = 5 x_1 + 3 x_2 - 3$$
#
# That is **one neuron**, with the weights $[5, 3]$ and the bias $-3$. For every $x$ it gives what the two layers give.

# %% name="collapse_by_hand"
W1, b1 = np.array([[1, 2], [3, -1]]), np.array([1, 0])   # shapes (2, 2) and (2,): two hidden neurons
W2, b2 = np.array([[2, 1]]), np.array([-5])              # shapes (1, 2) and (1,): one output neuron

for x in np.array([[2, -1], [0, 0], [1, 1], [-3, 10]]):
    h = W1 @ x + b1
    print(f"x = {x!s:<8}  two layers: {(W2 @ h + b2)[0]:>4}   one neuron: {5 * x[0] + 3 * x[1] - 3:>4}")

# %% name="figure_collapse_network" jupyter={"source_hidden": true}
fig, axes = plt.subplots(1, 2, figsize=(8.4, 3.2))
plots.network_diagram([2, 2, 1], values=[[2, -1], [1, 7], [4]], ax=axes[0])
plots.network_diagram([2, 1], values=[[2, -1], [4]], ax=axes[1])
weights = [
    {(1, 0.66): "1", (0.78, 0.27): "3", (0.78, -0.27): "2", (1, -0.68): "−1", (3, 0.42): "2", (3, -0.44): "1"},
    {(1, 0.42): "5", (1, -0.44): "3"},
]
biases = [{(2, 1.0): "+ 1", (2.55, -0.5): "+ 0", (4, 0.52): "− 5"}, {(2, 0.52): "− 3"}]
for ax, w_at, b_at in zip(axes, weights, biases):
    for texts, color in ((w_at, plots.COLORS[0]), (b_at, plots.COLORS[1])):
        for spot, text in texts.items():
            ax.text(*spot, text, ha="center", va="center", weight="bold", color=color)
axes[0].set(xlim=(-0.5, 4.5), ylim=(-1.7, 1.3))
axes[1].set(xlim=(-1.2, 3.8), ylim=(-1.7, 1.3))
fig.suptitle("Linear layers multiply out: both networks compute 5 x₁ + 3 x₂ − 3", color=plots.INK, weight="bold")
plots.show(
    fig,
    "Left, a network with inputs 2 and −1, two hidden neurons with values 1 and 7, and the output 4; weights and biases as in the text. "
    "Right, one neuron with the weights 5 and 3 and the bias −3 on the same inputs: its output is 4 as well.",
)

# %% [markdown] name="collapse_exercise"
# In general, with matrices: put $h = W_1 x + b_1$ into $a = W_2 h + b_2$ and multiply out. Two rules are enough:
# $W_2\,(u + v) = W_2 u + W_2 v$, and $W_2\,(W_1 x) = (W_2 W_1)\,x$. The product $W_2 W_1$ is `W2 @ W1`, and the order counts.
#
# ### Exercise 8: collapse
# Whoever has written this has the proof that depth without a bend is worth nothing.

# %% nbgrader={"grade": false, "grade_id": "collapse_linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
def collapse_linear(W1, b1, W2, b2):
    """The one linear layer that equals two stacked linear layers: W x + b = W2 (W1 x + b1) + b2 for every x.

    W1: weights of the first layer, array of shape (n_1, n_0)      b1: its biases, array of shape (n_1,)
    W2: weights of the second layer, array of shape (n_2, n_1)     b2: its biases, array of shape (n_2,)
    Returns the pair (W, b): arrays of shapes (n_2, n_0) and (n_2,).

    Example: W1 = [[1, 2], [3, -1]], b1 = [1, 0], W2 = [[2, 1]], b2 = [-5] gives ([[5, 3]], [-3])
    """
    ### BEGIN SOLUTION
    return W2 @ W1, W2 @ b1 + b2
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_collapse_linear", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(
    collapse_linear,
    given=(np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([1.0, 0.0]), np.array([[2.0, 1.0]]), np.array([-5.0])),
    gives=(np.array([[5.0, 3.0]]), np.array([-3.0])),
)
### BEGIN HIDDEN TESTS
check(collapse_linear, hidden=True)
### END HIDDEN TESTS

# %% name="hint_collapse_linear"
# hint(collapse_linear)   # stuck?

# %% [markdown] name="ten_layers"
# Now ten linear layers: two inputs, nine times fifty neurons, one output. Your function takes two layers and gives one, so used again
# and again it takes all ten. **Predict.** How many weights and biases have the ten layers, how many the one that equals them?

# %% name="ten_layers_run"
rng = np.random.default_rng(0)
sizes = [2] + 9 * [50] + [1]
layers = []
for n_in, n_out in zip(sizes, sizes[1:]):
    layers.append((rng.normal(0, 0.1, (n_out, n_in)), rng.normal(0, 1, n_out)))   # shapes (n_out, n_in), (n_out,)

collapse = yours(collapse_linear)
W, b = layers[0]
for W_next, b_next in layers[1:]:
    W, b = collapse(W, b, W_next, b_next)

largest = 0.0
for x in rng.normal(0, 1, (100, 2)):          # a hundred samples
    a = x
    for W_i, b_i in layers:                   # through ten layers, one after the other
        a = W_i @ a + b_i
    largest = max(largest, abs(a - (W @ x + b)).item())

numbers = sum(W_i.size + b_i.size for W_i, b_i in layers)
print(f"ten layers: {numbers:,} weights and biases.   One layer: {W.size + b.size}.")
print(f"largest difference of their outputs over 100 samples is below 1e-9: {largest < 1e-9}")

# %% [markdown] name="bend_intro"
# Nothing is lost, and nothing was gained by the nine layers in front. It takes a bend between the layers to stop the collapse. Here are
# three hidden neurons that read one input, with the same weights twice: once linear, once with ReLU.

# %% name="figure_bend" jupyter={"source_hidden": true}
fig, axes = plt.subplots(1, 2, figsize=(8.6, 3.8), sharey=True)
t = np.linspace(-2, 2, 401)
W1, b1, W2 = np.array([[1.0], [1.0], [1.0]]), np.array([1.0, 0.0, -1.0]), np.array([[1.0, -2.0, 1.5]])
bends = {
    "Lines add up to a line": g_of["linear"],
    "Bent lines add up to a bent line": g_of["ReLU"],
}
for ax, (title, g) in zip(axes, bends.items()):
    H = g(np.array([W1 @ [x] + b1 for x in t]))           # shape (401, 3): the three hidden neurons
    for j in range(3):
        ax.plot(t, W2[0, j] * H[:, j], color=plots.COLORS[0], linestyle=plots.DASHES[j + 1], linewidth=1.3)
    ax.plot(t, H @ W2[0], color=plots.COLORS[1], linestyle="solid", linewidth=3.5)
    ax.set(title=title, xlabel="input $x$", xticks=[-2, -1, 0, 1, 2], ylim=(-4.2, 4.2))
    ax.grid(True)
axes[0].set_ylabel("output $a$")
axes[0].text(-1.95, -2.2, "their sum", color=plots.COLORS[1], weight="bold")
axes[0].text(-0.95, 3.4, "what each\nhidden neuron adds", color=plots.COLORS[0], va="center")
axes[1].text(-1.0, 1.15, "their sum", color=plots.COLORS[1], weight="bold", ha="center")
plots.show(
    fig,
    "Two panels with the contributions of three hidden neurons over the input x, dashed, and their sum, a thick line. With linear neurons "
    "all three are straight and so is the sum. With ReLU each has a bend, and the sum rises, falls and rises again.",
)

# %% [markdown] name="slopes_intro"
# Every ReLU adds a bend of its own. With enough of them any continuous curve can be approached. That is why a network has
# an activation with a bend between its layers; unit 03 makes use of it.
#
# ## Slopes, for later
#
# A network learns by asking: if I nudge this number a little, how much does the answer move? (That is unit 05.) The nudge has to pass through
# the activations on its way, and each multiplies it by its **slope** at that point, the **derivative** $g'(z)$. For the step it is 0, wherever
# there is one; for linear it is 1. For the sigmoid, measure it: a little to the right minus a little to the left, divided by the distance.

# %% name="measured_slopes"
s, h = g_of["sigmoid"], 0.001
print("    z        a    1 − a    slope")
for z in (-4.0, -2.0, 0.0, 2.0, 4.0):
    print(f"{z:>5} {s(z):>8.4f} {1 - s(z):>8.4f} {(s(z + h) - s(z - h)) / (2 * h):>8.4f}")

# %% [markdown] name="slope_rule"
# **Predict.** The slope can be had from the two columns before it, in one operation. Which?
#
# The rule that you see there holds for every $z$; differentiating $1/(1 + e^{-z})$ with the chain rule gives the same.
#
# ### Exercise 9: the slope of the sigmoid
# Training multiplies by it in every sigmoid neuron. It takes $z$, not $a$: so it is the same kind of function as $g$.

# %% nbgrader={"grade": false, "grade_id": "sigmoid_derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid_derivative(z):
    """Slope of the sigmoid at z.

    z: weighted sums (not activations), a float or a float array of any shape
    Returns floats in the shape of z.

    Example: z = [-2, 0, 2] gives about [0.105, 0.25, 0.105]
    """
    ### BEGIN SOLUTION
    a = sigmoid(z)
    return a * (1 - a)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_sigmoid_derivative", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(sigmoid_derivative, given=(np.array([-2.0, 0.0, 2.0]),), gives=np.array([0.10499359, 0.25, 0.10499359]))
### BEGIN HIDDEN TESTS
check(sigmoid_derivative, hidden=True)
### END HIDDEN TESTS

# %% name="hint_sigmoid_derivative"
# hint(sigmoid_derivative)   # stuck?

# %% [markdown] name="relu_derivative_exercise"
# ### Exercise 10: the slope of ReLU
# The one that most training runs on. At $z = 0$ ReLU has a corner and no slope. Programs need a number all the same; here it is 0, which is a
# convention.

# %% nbgrader={"grade": false, "grade_id": "relu_derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_derivative(z):
    """Slope of ReLU at z; at exactly z = 0, where there is none, 0 by convention.

    z: weighted sums, a float or a float array of any shape
    Returns floats in the shape of z.

    Example: z = [2, 0, -1] gives [1.0, 0.0, 0.0]
    """
    ### BEGIN SOLUTION
    return (z > 0) * 1.0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_relu_derivative", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(relu_derivative, given=(np.array([2.0, 0.0, -1.0]),), gives=np.array([1.0, 0.0, 0.0]))
### BEGIN HIDDEN TESTS
check(relu_derivative, hidden=True)
### END HIDDEN TESTS

# %% name="hint_relu_derivative"
# hint(relu_derivative)   # stuck?

# %% [markdown] name="live_intro"
# How do slope and saturation go together? Move $z$ along all four curves; each short bar is the tangent there. **Predict** first: at which $z$
# is the sigmoid steepest, and how steep? (Click the slider; the arrow keys move it. Compare the numbers, not the angles: the
# panels from 0 to 1 are stretched upward.)

# %% name="live_slopes_drawing" jupyter={"source_hidden": true}
slope_at = {
    "step": lambda z: np.nan if z == 0 else 0.0,
    "linear": lambda z: 1.0,
    "ReLU": yours(relu_derivative),
    "sigmoid": yours(sigmoid_derivative),
}
# Four panels on one pair of axes, each 12 wide and 7 high: four pairs would take too long for every move of the slider.
# For each: x and y on paper, then the lowest and the highest a.
panels = {"step": (0, 11, 0, 1), "linear": (16, 11, -6, 6), "ReLU": (0, 0, -6, 6), "sigmoid": (16, 0, 0, 1)}


def place(name, z, a):
    x, y, lowest, highest = panels[name]
    return np.array([x + z, y + 7 * (a - lowest) / (highest - lowest)])


grid = np.sort(np.append(np.linspace(-6, 6, 121), 1e-9))
curves = {name: place(name, grid, g_of[name](grid)) for name in panels}
curves["step"][1, grid == 0] = np.nan  # a jump, not a steep line
corners = [([x - 6.6, x - 6.6, x + 6.6, np.nan], [y + 7.4, y - 0.5, y - 0.5, np.nan]) for x, y, _, _ in panels.values()]
frames = np.concatenate(corners, axis=1)  # one line with gaps


def draw_slopes(ax, z):
    ax.set_axis_off()
    ax.plot(*frames, color=plots.INK, linestyle="solid", linewidth=0.8)
    dots, bars = [], []
    for k, (name, (x, y, lowest, highest)) in enumerate(panels.items()):
        ax.plot(*curves[name], color=plots.COLORS[k], linestyle="solid")
        slope = float(slope_at[name](z))
        dot = place(name, z, float(g_of[name](z)))
        bar = 2 * np.array([1, 7 * slope / (highest - lowest)]) / np.hypot(1, 7 * slope / (highest - lowest))
        dots, bars = [*dots, dot], [*bars, dot - bar, dot + bar, [np.nan, np.nan]]
        says = "no slope" if np.isnan(slope) else f"slope {slope:.4f}" if name == "sigmoid" else f"slope {slope:g}"
        ax.text(x, y + 8.2, f"{name}: {says}", ha="center", color=plots.COLORS[k], weight="bold")
        for a, height in ((lowest, y), (highest, y + 7)):
            ax.text(x - 7, height, f"{a}".replace("-", "−"), ha="right", va="center")
    for x in (-6, 0, 6):
        ax.text(x, -0.8, f"z = {x}".replace("-", "−"), ha="center", va="top")
        ax.text(x + 16, -0.8, f"z = {x}".replace("-", "−"), ha="center", va="top")
    ax.plot(*np.transpose(bars), color=plots.INK, linestyle="solid", linewidth=6, alpha=0.6)
    ax.plot(*np.transpose(dots), "o", color=plots.INK, markersize=8)
    moved = float(g_of["sigmoid"](z + 0.05) - g_of["sigmoid"](z - 0.05))
    ax.set(xlim=(-8.5, 23), ylim=(-2.2, 20), xticks=[], yticks=[])
    # A title without a height makes matplotlib look for ticks to keep clear of, at every move.
    ax.set_title(f"At z = {z:g}, a step of 0.1 moves the sigmoid by {moved:.4f}".replace("-", "−"), fontsize=11, y=1.0)


in_words = (
    "The step, linear, ReLU and sigmoid curves in four small panels, each with a dot at z = {z} and a bar along the "
    "tangent there. Far from 0 the sigmoid is flat and its bar level; ReLU's bar rises equally for every positive z and is "
    "level below 0."
)

# %% name="live_slopes"
live(draw_slopes, in_words, z=Slider(-6, 6, 4.0, "z", 0.1))

# %% [markdown] name="live_answer"
# The sigmoid is steepest at $z = 0$, and there its slope is 0.25. Where it saturates the slope is all but 0, on either side. ReLU's slope is 1
# however large $z$ gets; below 0 it is 0.
#
# ### A classic mistake: saturated from the start
# The kiosk's owner gets a thermometer in Fahrenheit and goes on with the same neuron. **Predict.** What does it say of a cold day, 5 °C or 41 °F?

# %% name="fahrenheit"
w, b = np.array([0.5]), -10.0
celsius = np.array([5.0, 15.0, 20.0, 25.0, 35.0]).reshape(5, 1)    # shape (5, 1)
fahrenheit = celsius * 9 / 5 + 32                                  # shape (5, 1)

for name, days in (("°C", celsius), ("°F", fahrenheit)):
    print(f"{name}  x            ", days[:, 0])
    print("    probability  ", np.round(yours(logistic_regression)(days, w, b), 3))
    print("    slope at z   ", np.round(yours(sigmoid_derivative)(days @ w + b), 4))

# %% [markdown] name="fahrenheit_answer"
# "Certainly a profit", on every day. Worse: the slope is 0 to four digits. Nudge the weight or the bias, and the answer stays where it is, so
# training, which lives on nudges, can't find its way out. The sign to know this mistake by: **activations that are all
# 0 or 1 to three digits, whatever comes in**. The causes: inputs of a large scale, or large weights.
#
# ### Through ten layers
# Now a row of neurons, each fed by the one before, all with the weight 1 and the bias 0. Nudge the input from 0.5 to 0.6. **Predict.** How much of
# the 0.1 arrives behind ten sigmoids?

# %% name="nudge"
def row(x, g, length):
    """Activation of the last of `length` neurons in a row."""
    for _ in range(length):
        x = one_neuron(np.array([x]), np.array([1.0]), 0.0, g)
    return x

print("layers     linear       ReLU    sigmoid    0.1 · 0.25 to the power of the layers")
for length in (1, 2, 5, 10):
    print(f"{length:>6}", end="")
    for name, shown in (("linear", ".3g"), ("ReLU", ".3g"), ("sigmoid", ".1e")):
        print(f"{row(0.6, g_of[name], length) - row(0.5, g_of[name], length):>11{shown}}", end="")
    print(f"    {0.1 * 0.25**length:.1e}")

# %% name="figure_row" jupyter={"source_hidden": true}
slope_of, z, passed = yours(sigmoid_derivative), 0.5, [1.0]
for _ in range(10):
    passed.append(passed[-1] * slope_of(z))  # each neuron multiplies by its slope
    z = g_of["sigmoid"](z)  # with the weight 1 its activation is the next z

fig, ax = plt.subplots(figsize=(7.4, 4.0))
n = np.arange(11)
ax.plot(n, np.ones(11), "s-", color=plots.COLORS[2])
ax.plot(n, 0.25**n, linestyle="dotted", color=plots.INK)
ax.plot(n, passed, "o-", color=plots.COLORS[3])
ax.text(10.3, 1.0, "ReLU, $z > 0$", va="center", color=plots.COLORS[2], weight="bold")
ax.text(10.3, 0.25**10 * 2.2, "slopes of 0.25:\n$0.25^{n}$", va="center")
ax.text(10.3, passed[-1] * 0.3, "sigmoid", va="center", color=plots.COLORS[3], weight="bold")
ax.set(yscale="log", ylim=(2e-8, 8), xlim=(0, 13.2), xticks=n, xlabel="layers passed, $n$", ylabel="part of a nudge that arrives")
ax.set_title("Every sigmoid weakens a nudge at least fourfold, a ReLU passes it on")
plots.show(
    fig,
    "Part of a nudge that arrives, on a logarithmic axis, against the layers passed, from 0 to 10. ReLU stays at 1. The sigmoid falls in a "
    "nearly straight line to less than a millionth after ten layers, just below the dotted line of 0.25 to the power of the layers.",
)

# %% [markdown] name="row_answer"
# A slope of at most 0.25 a layer, ten times over: less than a millionth arrives. This is the **vanishing gradient**, one of the things that kept
# deep networks from learning for years. A weight multiplies the nudge too, so a weight of 4 could make up for a slope of 0.25. But with larger weights come larger $z$,
# and there the sigmoid is flatter. ReLU has a price as well: where $z < 0$ its slope is 0, and nothing passes. You will meet such dead neurons in
# unit 03.
#
# ## Which one is used where today
#
# | $g$ | where | because |
# |:--|:--|:--|
# | step | the perceptron; networks worked out by hand | a decision; but its slope is 0, so that nudges can't train it |
# | linear | output, for a quantity: price, temperature | no bounds; useless in hidden layers, which collapse |
# | sigmoid | output, for one probability; gates inside some networks (LSTM) | between 0 and 1; in deep stacks nudges vanish |
# | ReLU | **hidden layers, by far the most** | a bend, the slope 1, cheap to compute |
#
# Two more names to know. **tanh** is a sigmoid stretched to run from −1 to 1. **GELU** is a smooth relative of ReLU, common in language
# models. For more than two classes the output is **softmax**, in unit 06.

# %% [markdown] name="which_prompt"
# ### Exercise 11: which activation? (in writing, 4 points)
# A bank builds three things: a neuron that says with what **probability** a loan will be paid back, a network that estimates the **price** of a
# flat, and that network's **hidden layer** of 50 neurons. **Which activation function would you take for each of the three, and why? And for one of
# them: what would go wrong with one of the other three functions?**
#
# Two sentences for each are enough. A reason names a property of the function (its bounds, its bend, its slope), not only what is usual.

# %% [markdown] nbgrader={"grade": true, "grade_id": "which_activation", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# **Probability: sigmoid.** A probability lies between 0 and 1, and so do the sigmoid's values, whatever $z$ is. It rises all the way, so that
# more evidence always gives a higher probability; a step would say only yes or no and hide how close the call was.
#
# **Price: linear.** A price has no upper bound, and the linear activation has none; the neuron's weighted sum is the estimate. With a
# sigmoid no flat could ever cost more than 1, in whatever unit prices are counted.
#
# **Hidden layer: ReLU.** Between layers there has to be a bend, or they multiply out into one linear layer. ReLU has one, and where it is active its
# slope is 1, so that nudges pass through many layers; a sigmoid's slope is at most 0.25 and next to 0 where it saturates.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_which_activation", "locked": true, "schema_version": 3, "solution": false, "task": false}
# *This answer is marked by a person, 4 points.*
#
# ### BEGIN MARK SCHEME
# - **1 point**, probability: sigmoid, with a reason from its values: between 0 and 1, or it says how sure.
# - **1 point**, price: linear, with a reason from its values: no bounds, or the weighted sum itself is the quantity. ReLU earns the point if the
#   reason is that prices are never negative.
# - **1 point**, hidden layer: ReLU (or a relative: leaky ReLU, GELU), with a reason: a bend that stops the collapse, or a slope that does not vanish.
#   tanh or the sigmoid earn it only if the answer says that the bend is what counts and that their slopes get small.
# - **1 point**, for one of the three: what goes wrong with another function, as a consequence and not only as "it doesn't fit": prices above 1
#   can't come out, layers collapse, the slope is 0 and nothing is learnt, a probability of 3.
#
# "Because it is usual" earns nothing. A right choice without a reason earns half its point.
# ### END MARK SCHEME

# %% name="progress" tags=["remove-cell"]
progress()   # a written answer counts once you have saved (Ctrl+S)

# %% [markdown] name="close"
# ## What to keep
#
# - The same $z$ becomes a decision (step), a quantity (linear) or a probability (sigmoid): the activation makes the neuron's job.
# - Stacked linear layers multiply out into one; a bend between the layers stops that.
# - A saturated sigmoid has a slope near 0 and never more than 0.25, so nudges die in deep stacks; ReLU's slope is 1 wherever it is active.
#
# **What is it about these functions?** A linear one has no bend, so ten layers multiply out into one; a sigmoid bends, but its slope weakens a nudge
# at least fourfold in every layer with weights of 1. ReLU bends, and lets a nudge through whole wherever $z > 0$.
#
# **Read on**
# - Xavier Glorot, Antoine Bordes and Yoshua Bengio, "Deep Sparse Rectifier Neural Networks", *AISTATS* (2011): the experiments that
#   helped ReLU to replace sigmoid and tanh, with the reasons given in plain words.
# - Ian Goodfellow, Yoshua Bengio and Aaron Courville, *Deep Learning* (2016, free online), sections 6.2.2 and 6.3: which function for the output, and
#   which for hidden layers.
# - Michael Nielsen, *Neural Networks and Deep Learning* (2015, free online), chapter 5: watches nudges vanish in a network that is being trained.
#
# **Next**, in [03 · Neurons in layers](../03-mlp/03-mlp.ipynb): neurons in layers, with a bend between them. The lamp of unit 01 gets its network.
