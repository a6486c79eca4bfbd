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
# # 01 · One neuron
#
# The lamp above a staircase has two switches. It is lit when exactly one of them is up, so that either switch
# changes the light. Give a neuron the two switches as its inputs and set its two weights and its bias as you like:
# it will never run that lamp. **Why not?**
#
# - **You will be able to** compute by hand and in code what a neuron says, read its weights, and choose them so that it decides
#   what you want.
# - **You need** Python, NumPy arrays, and the equation of a straight line.
# - **Time**: 40 minutes, more than half of it for the five exercises.

# %% [markdown] name="about_checks"
# A `check` calls your function with several inputs and says where its results differ from the course's own.
# It costs nothing, so run it as often as you like. First run this cell:

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

from nnlib import plots
from nnlib.live import Slider, live

plots.style()

# %% [markdown] name="by_hand"
# ## By hand first
#
# A **neuron** takes several numbers and gives one. What goes in are the **inputs** $x_1, x_2, \dots$
# Each input has a **weight** $w_1, w_2, \dots$, and there is one more number, the **bias** $b$. The neuron works in
# two steps:
#
# 1. It multiplies each input by its weight, adds up, and adds the bias. This is the **weighted sum** $z$.
# 2. A function $g$, the **activation function**, turns $z$ into the output $a = g(z)$, the **activation**.
#
# A neuron that works alone gives its activation as the answer: the activation is the **prediction**.
#
# Take the inputs $x = [2, -1]$, the weights $w = [0.5, 1]$ and the bias $b = 1$. Work out $z$ on paper, then read on.

# %% [markdown] name="by_hand_sum"
# $$z = w_1 x_1 + w_2 x_2 + b = 0.5 \cdot 2 + 1 \cdot (-1) + 1 = 1$$

# %% name="figure_neuron" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(7.6, 3.0))
ax.set(xlim=(0, 10), ylim=(-0.2, 4.2), title="Weighted inputs and a bias become one number, then one answer")
ax.axis("off")
framed = {"boxstyle": "round,pad=0.5", "facecolor": "none", "edgecolor": plots.INK}
for spot, text in {
    (0.6, 2.7): "$x_1 = 2$",
    (0.6, 0.5): "$x_2 = -1$",
    (4.9, 3.7): "$b = 1$",
    (4.9, 1.6): "$z = 0.5 \\cdot 2 + 1 \\cdot (-1) + 1 = 1$",
    (8.9, 1.6): "$a = g(z)$",
}.items():
    ax.text(*spot, text, ha="center", va="center", bbox=framed)
ax.text(8.9, 0.75, "the prediction", ha="center")
for start, end in [((1.3, 2.7), (3.4, 2.05)), ((1.45, 0.5), (3.4, 1.15)), ((4.9, 3.25), (4.9, 2.05)), ((7.1, 1.6), (8.1, 1.6))]:
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": plots.INK})
ax.text(2.3, 2.65, "$w_1 = 0.5$")
ax.text(2.3, 0.35, "$w_2 = 1$")
plots.show(
    fig,
    "Arrows lead from the inputs x1 = 2, with weight w1 = 0.5, and x2 = −1, with weight w2 = 1, and from the bias b = 1 "
    "to the weighted sum z = 0.5·2 + 1·(−1) + 1 = 1. From there an arrow leads on to the activation a = g(z), the prediction.",
)

# %% [markdown] name="in_code"
# The name comes from nerve cells, which gave the idea. What follows is arithmetic and rests on no claim about the brain.
#
# The same numbers in Python:

# %% name="sum_in_code"
x = np.array([2, -1])    # inputs,  shape (2,)
w = np.array([0.5, 1])   # weights, shape (2,), one for each input
b = 1                    # bias,    one number

print("products    w * x            =", w * x)
print("their sum   np.sum(w * x)    =", np.sum(w * x))
print("at once     w @ x            =", w @ x)
print("z           w @ x + b        =", w @ x + b)

# %% [markdown] name="lengths"
# `w @ x` is the **dot product** $w \cdot x$: multiply pair by pair, add up. So $z = w \cdot x + b$, for two inputs or
# for two hundred.
#
# **Predict.** Someone lost a weight: `w` holds one number, `x` holds two. What do `np.sum(w * x)` and `w @ x` do?

# %% name="lost_weight"
w_short = np.array([0.5])

print("np.sum(w_short * x) =", np.sum(w_short * x))
try:
    print("w_short @ x         =", w_short @ x)
except ValueError:
    print("w_short @ x           raised a ValueError")

# %% [markdown] name="lengths_answer"
# The first one used the only weight for both inputs and told nobody. NumPy calls this broadcasting. It is handy
# elsewhere; here it hides a mistake. `@` refuses, and so should your function.
#
# ### Exercise 1: the weighted sum
# Every neuron of every network in this course begins with this line.

# %% nbgrader={"grade": false, "grade_id": "weighted_sum", "locked": false, "schema_version": 3, "solution": true, "task": false}
def weighted_sum(x, w, b):
    """Weighted sum of one sample, z = w·x + b.

    x: inputs, array of shape (d,)
    w: weights, array of shape (d,)
    b: bias, a number
    Returns z, a float. Raises a ValueError where x and w differ in length.

    Example: x = [2, -1], w = [0.5, 1] and b = 1 give 1.0.
    """
    ### BEGIN SOLUTION
    return float(w @ x + b)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_weighted_sum", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(weighted_sum, given=(np.array([2, -1]), np.array([0.5, 1]), 1), gives=1.0)
### BEGIN HIDDEN TESTS
check(weighted_sum, hidden=True)
### END HIDDEN TESTS

# %% name="hint_weighted_sum"
# hint(weighted_sum)   # stuck? Take away the first # and run this cell, again for the next hint

# %% [markdown] name="weights"
# ## What a weight says
#
# A weight says how far $z$ moves when its input grows by 1. A negative weight pulls $z$ down: its input speaks against.
#
# Here is a neuron that knows what floats. A thing floats in water if it weighs less than the same volume of water, and
# 1 cm³ of water weighs 1 g. So with the volume in cm³ as $x_1$ and the mass in g as $x_2$, the weights
# $w = [1, -1]$ and the bias $b = 0$ will do: $z > 0$ means "floats".
#
# **Predict.** Another balance shows kilograms. Its numbers go into the same neuron. What does the neuron say then?

# %% name="kilograms"
things = ["block of pine", "apple", "glass marble"]
grams = np.array([[400, 200], [200, 170], [6, 15]])   # a row a thing: cm³, g
kilograms = grams / [1, 1000]                         # the same things: cm³, kg

w = np.array([1, -1])
print("                 z from grams   z from kilograms")
for i, name in enumerate(things):
    print(f"{name:<14} {w @ grams[i]:>14.3f} {w @ kilograms[i]:>18.3f}")

# %% [markdown] name="kilograms_answer"
# In kilograms glass floats as well: every $z$ is positive. The mass has become a number so small that its weight of −1
# no longer counts. The sign to know this mistake by: **one input hardly moves $z$**, whatever its value.
#
# The cure is $w = [1, -1000]$ for kilograms. Does mass now matter a thousand times more than volume? No, it is the same
# neuron. So weights can be compared only **once the inputs are on one scale**. The usual way is to measure each input in
# units of its own spread (its standard deviation over the samples). A weight then says how far $z$ moves when its input grows
# by one spread:

# %% name="one_scale"
for unit, w, X in [("grams", [1, -1], grams), ("kilograms", [1, -1000], kilograms)]:
    spread = X.std(axis=0)   # shape (2,): of the volumes, of the masses
    print(f"{unit:<9}   w = {w!s:<10}   w * spread = {(w * spread).round(1)}")

# %% [markdown] name="one_scale_answer"
# On one scale, in the last column, both neurons have the same weights. Now they can be read: among these three things the
# volume matters about twice as much as the mass.
#
# ## From a number to a decision
#
# A **perceptron** is a neuron that decides. Its activation function is the **step**: 1 where $z > 0$, and 0 elsewhere. At
# exactly $z = 0$ somebody had to choose; here it gives 0, which is a convention.

# %% name="figure_step" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(5.6, 2.8))
ax.plot([-3, 0], [0, 0], color=plots.COLORS[0], linestyle="solid")
ax.plot([0, 3], [1, 1], color=plots.COLORS[1], linestyle="solid")
ax.plot(0, 0, "o", color=plots.COLORS[0])
ax.plot(0, 1, "o", color=plots.COLORS[1], fillstyle="none")
pointer = {"arrowstyle": "-|>", "color": plots.INK}
ax.annotate("by hand: $z = 1$, so $a = 1$", (1, 1), (1, 0.5), ha="center", arrowprops=pointer)
ax.set(xlabel="$z$", ylabel="$a = g(z)$", yticks=[0, 1], ylim=(-0.12, 1.15), title="The step jumps from 0 to 1 as z passes 0")
plots.show(
    fig,
    "The step function over z from −3 to 3: a is 0 up to and including z = 0, and 1 to the right of it. "
    "The example worked by hand, z = 1, lies on the upper part.",
)

# %% [markdown] name="perceptron_exercise"
# ### Exercise 2: the perceptron
# The second half of the neuron: without it there is a number, but no answer. Use your `weighted_sum`.

# %% nbgrader={"grade": false, "grade_id": "perceptron", "locked": false, "schema_version": 3, "solution": true, "task": false}
def perceptron(x, w, b):
    """Decision of a perceptron: 1 where z = w·x + b is above 0, else 0.

    x: inputs, array of shape (d,)
    w: weights, array of shape (d,)
    b: bias, a number
    Returns the integer 0 or 1.

    Example: x = [2, -1] and w = [0.5, 1] give 1 for b = 1, and 0 for b = 0 (there z is exactly 0).
    """
    ### BEGIN SOLUTION
    return 1 if weighted_sum(x, w, b) > 0 else 0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_perceptron", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(perceptron, given=(np.array([2, -1]), np.array([0.5, 1]), 1), gives=1)
### BEGIN HIDDEN TESTS
check(perceptron, hidden=True)
### END HIDDEN TESTS

# %% name="hint_perceptron"
# hint(perceptron)   # stuck?

# %% [markdown] name="line"
# ## A neuron draws a line
#
# With two inputs, a sample is a point in the plane. Where does the answer change from 0 to 1? Where $z = 0$, which is
# where $w_1 x_1 + w_2 x_2 + b = 0$: the equation of a straight line. It is the **decision boundary**. For our numbers
# it reads $0.5\,x_1 + x_2 + 1 = 0$.

# %% name="figure_line" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(5.6, 4.8))
x1 = np.array([-3.0, 3.0])
x2 = -(0.5 * x1 + 1)
ax.fill_between(x1, x2, 3, color=plots.COLORS[1], alpha=0.15, linewidth=0)
ax.fill_between(x1, -3, x2, color=plots.COLORS[0], alpha=0.15, linewidth=0)
ax.plot(x1, x2, color=plots.INK, linestyle="solid")
arrow = {"arrowstyle": "-|>", "color": plots.INK, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
ax.annotate("", (0.1, 0.2), (-0.4, -0.8), arrowprops=arrow)
ax.text(0.2, 0.2, "$w = [0.5, 1]$")
ax.plot(2, -1, plots.MARKERS[1], color=plots.COLORS[1], markersize=8)
ax.text(2, -0.8, "$x = [2, -1]$\n$z = 1$", ha="center", va="bottom", color=plots.COLORS[1])
ax.text(-1.7, 2, "$z > 0$: the neuron says 1", color=plots.COLORS[1], weight="bold")
ax.text(-2.7, -2.2, "$z < 0$: the neuron says 0", color=plots.COLORS[0], weight="bold")
ax.text(-2.9, 0.6, "$z = 0$")
ax.set(xlim=(-3, 3), ylim=(-3, 3), xlabel="$x_1$", ylabel="$x_2$", aspect="equal", title="The line z = 0 splits the plane in two")
plots.show(
    fig,
    "The line 0.5·x1 + x2 + 1 = 0 falls from left to right. Above it z > 0 and the neuron says 1, below it z < 0 and the "
    "neuron says 0. The arrow w = [0.5, 1] starts on the line, at a right angle, and points up. "
    "The point x = [2, −1] lies above the line; there z = 1.",
)

# %% [markdown] name="live_intro"
# The weights, drawn as an arrow, stand at a right angle to the line and point to the side of the ones: in their direction
# $z$ grows fastest.
#
# **Predict.** Which of the three sliders turn the line, and which one shifts it without turning it? What happens to the
# line if you double all three numbers? Then try, with the mouse or with the arrow keys. Each dot is a sample that was given
# to your perceptron.

# %% name="live_line_drawing" jupyter={"source_hidden": true}
says = yours(perceptron)


def draw_line(ax, w1, w2, b):
    w = np.array([w1, w2])
    side = np.arange(-3, 3.5, 0.5)
    dots = np.array([[x1, x2] for x1 in side for x2 in side])
    answers = np.array([says(x, w, b) for x in dots])
    for k in (0, 1):
        ax.scatter(*dots[answers == k].T, s=16, marker=plots.MARKERS[k], color=plots.COLORS[k])
    if w.any():
        near = -b * w / (w @ w)  # the point of the line that is nearest to the origin
        along = 9 * np.array([-w2, w1]) / np.hypot(w1, w2)
        ax.plot(*np.array([near - along, near + along]).T, color=plots.INK, linestyle="solid")
        arrow = {"arrowstyle": "-|>", "color": plots.INK, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", near + w, near, arrowprops=arrow)
    condition = f"{w1:g}·$x_1$ + {w2:g}·$x_2$ + {b:g} > 0".replace("-", "−").replace("+ −", "− ")
    ax.set(xlim=(-3.3, 3.3), ylim=(-3.3, 3.3), xticks=[-2, 0, 2], yticks=[-2, 0, 2], xlabel="$x_1$", ylabel="$x_2$")
    ax.set(aspect="equal", title=f"The neuron says 1 where {condition}")


in_words = (
    "A lattice of dots. On one side of the line {w1}·x1 + {w2}·x2 + {b} = 0 the neuron says 1 (triangles), on the other side and "
    "on the line 0 (circles). The arrow of the weights starts on the line and points to the triangles."
)

# %% name="live_line"
live(
    draw_line,
    in_words,
    w1=Slider(-2, 2, 0.5, "weight w1"),
    w2=Slider(-2, 2, 1.0, "weight w2"),
    b=Slider(-3, 3, 1.0, "bias b"),
)

# %% [markdown] name="live_answer"
# A weight turns the line. A larger bias shifts it against the arrow, and more dots become triangles. Doubling all three numbers
# changes no answer: every $z$ doubles and keeps its sign. With both weights at 0 there is no line, and the bias alone decides.
#
# ## Many samples at once
#
# Samples come in a table, the **batch** $X$ of shape `(n, d)`: $n$ samples, one a row, each with $d$ inputs. `X @ w` is the
# dot product of every row with $w$, so its shape is `(n,)`.
#
# ### Exercise 3: the perceptron on every row
# A network is judged on whole data sets, never on one sample. Call your `perceptron` on every row and make an array of the
# answers, or find a way without a loop: both are right.

# %% nbgrader={"grade": false, "grade_id": "predict_all", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict_all(X, w, b):
    """Decisions of one perceptron for a batch.

    X: inputs, array of shape (n, d), one sample per row
    w: weights, array of shape (d,)
    b: bias, a number
    Returns an array of integers of shape (n,): 0 or 1 for each row.

    Example: X = [[2, -1], [-2, -1]], w = [0.5, 1] and b = 1 give [1, 0].
    """
    ### BEGIN SOLUTION
    return (X @ w + b > 0).astype(int)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_predict_all", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    predict_all,
    given=(np.array([[2, -1], [-2, -1]]), np.array([0.5, 1]), 1),
    gives=np.array([1, 0]),
)
### BEGIN HIDDEN TESTS
check(predict_all, hidden=True)
### END HIDDEN TESTS

# %% name="hint_predict_all"
# hint(predict_all)   # stuck?

# %% [markdown] name="letters"
# ## Your neuron reads
#
# Nothing in your function says that there are two inputs. Give it 25: the pixels of a 5×5 picture, 1 for ink and 0 for
# paper. The neuron is to say 1 for a cross and 0 for a ring. Ink at a place where only the cross has ink speaks for a cross:
# weight +1. Ink where only the ring has some speaks against it: weight −1.

# %% name="letters_neuron"
cross = np.array([[1, 0, 0, 0, 1],
                  [0, 1, 0, 1, 0],
                  [0, 0, 1, 0, 0],
                  [0, 1, 0, 1, 0],
                  [1, 0, 0, 0, 1]])
ring = np.array([[0, 1, 1, 1, 0],
                 [1, 0, 0, 0, 1],
                 [1, 0, 0, 0, 1],
                 [1, 0, 0, 0, 1],
                 [0, 1, 1, 1, 0]])

w = (cross - ring).reshape(25)   # shape (25,)
z_cross, z_ring = w @ cross.reshape(25), w @ ring.reshape(25)
b = -(z_cross + z_ring) / 2      # puts z = 0 halfway between the two
print(f"w·x      cross {z_cross:>5}   ring {z_ring:>5}")
print(f"w·x + b  cross {z_cross + b:>5}   ring {z_ring + b:>5}   with b = {b}")

# %% [markdown] name="letters_predict"
# Now spoil the pictures: each pixel is switched with a probability of 0.3.
#
# **Predict.** How many out of 1,000 such pictures will the neuron get right?

# %% name="letters_work"
rng = np.random.default_rng(1)
is_cross = rng.integers(0, 2, 1000)         # the truth, shape (1000,)
clean = np.where(is_cross[:, None], cross.reshape(25), ring.reshape(25))
switched = rng.random((1000, 25)) < 0.3
X = np.where(switched, 1 - clean, clean)    # shape (1000, 25)

answers = yours(predict_all)(X, w, b)
print(f"{np.sum(answers == is_cross)} of 1000 right")

# %% name="figure_letters" jupyter={"source_hidden": true}
fig, panels = plt.subplot_mosaic("WWabcd;WWefgh", figsize=(8.2, 3.2))
spots = np.array([[column, -row] for row in range(5) for column in range(5)])  # where each pixel is drawn
for k, sign in enumerate("−+"):
    chosen = w == (-1, 1)[k]
    panels["W"].scatter(*spots[chosen].T, marker=f"${sign}$", s=150, color=plots.COLORS[k])
panels["W"].set_xlabel("25 weights: +1, −1, blank for 0")
shown = [*range(7), np.argmax(answers != is_cross)]  # the first seven, and the first that is wrong
for name, i in zip("abcdefgh", shown, strict=True):
    panels[name].scatter(*spots[X[i] == 1].T, marker="s", s=55, color=plots.INK, linewidth=0)
    verdict = "right" if answers[i] == is_cross[i] else "wrong"
    panels[name].set_xlabel(f"says {answers[i]}, {verdict}", color=plots.COLORS[answers[i]], fontsize=10)
for ax in panels.values():
    ax.set(xlim=(-0.7, 4.7), ylim=(-4.7, 0.7), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(True)
fig.suptitle("The weights are a picture of what the neuron looks for", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Left, the 25 weights as a 5×5 picture: plus signs form a cross, minus signs a ring. Right, eight spoilt pictures with the "
    "neuron's answers, 1 for a cross and 0 for a ring. Seven answers are right. The last picture, the first that "
    "it gets wrong, is hard to read for a person too.",
)

# %% [markdown] name="gates"
# ## Choosing the weights yourself
#
# Two switches, up is 1 and down is 0. That makes four samples, the corners of a square. A rule that gives an answer for each
# corner is called a **gate**.

# %% name="gates_table"
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])   # shape (4, 2)

# The answer that each gate gives at each corner, in the same order:
gates = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0]}

# %% name="figure_gates" jupyter={"source_hidden": true}
def draw_gate(ax, name, wanted):
    for k in (0, 1):
        ax.scatter(*corners[np.equal(wanted, k)].T, s=90, marker=plots.MARKERS[k], color=plots.COLORS[k], zorder=3)
    for corner, k in zip(corners, wanted, strict=True):
        ax.annotate(str(k), corner, (0, 9), textcoords="offset points", ha="center", color=plots.COLORS[k], weight="bold")
    ax.set(xlim=(-0.6, 1.6), ylim=(-0.6, 1.6), xticks=[0, 1], yticks=[0, 1], xlabel="$x_1$", ylabel="$x_2$")
    ax.set(aspect="equal", title=name)


fig, axes = plt.subplots(1, 3, figsize=(7.6, 3.1))
for ax, name in zip(axes, ["AND", "OR", "NAND"], strict=True):
    draw_gate(ax, name, gates[name])
fig.suptitle("A gate gives each corner of the square its answer", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Three squares with corners (0, 0), (0, 1), (1, 0), (1, 1). AND is 1 at (1, 1) alone. OR is 0 at (0, 0) alone. "
    "NAND is 0 at (1, 1) alone.",
)

# %% [markdown] name="no_bias"
# A neuron computes a gate if its line leaves the ones on the side of the arrow and the zeros on the other.
#
# ### A classic mistake: no bias
# A bias is easily forgotten. Does it matter, when the weights can be chosen freely?
#
# **Predict.** The next cell tries 289 pairs of weights with $b = 0$. For which of the three gates does it find a pair that works?

# %% name="no_bias_search"
decide = yours(predict_all)

values = np.linspace(-2, 2, 17)   # -2.0, -1.75, …, 2.0
pairs = [np.array([w1, w2]) for w1 in values for w2 in values]
for name, wanted in gates.items():
    right = [np.sum(decide(corners, w, 0) == wanted) for w in pairs]
    print(f"{name:<5} {right.count(4):>3} of {len(pairs)} pairs work; the best gets {max(right)} of 4 corners right")

# %% name="figure_no_bias" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(4.6, 4.2))
draw_gate(ax, "AND: with b = 0 no line can work", gates["AND"])
for angle in np.deg2rad([15, 30, 45, 60, 120, 135, 150, 165]):
    ends = 3 * np.array([np.cos(angle), np.sin(angle)])
    ax.plot(*np.array([-ends, ends]).T, color=plots.INK, linestyle="solid", linewidth=1, zorder=1)
plots.show(
    fig,
    "The four corners of AND and a fan of lines that all run through the corner (0, 0). "
    "None of them has (1, 1) on one side and the other three corners on the other.",
)

# %% [markdown] name="no_bias_answer"
# Without a bias $z = 0$ at the origin, whatever the weights: the line is chained to that corner. The neuron says 0 there, which
# rules out NAND. AND would need $w_1 + w_2 > 0$ while neither weight is above 0. No training could mend
# that: there is no better pair to find. The sign to know this mistake by: **an input of nothing but zeros gets the same answer,
# whatever the weights.**
#
# ### Exercise 4: three gates
# Now with a bias. So far the numbers were given; choosing them is what training will do later, and to have done it by hand
# shows what there is to choose. Draw each line on paper first, then its arrow. Many answers are right, and
# the sliders above can try a guess: the corners of the square are among the dots.

# %% nbgrader={"grade": false, "grade_id": "gate_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gate_parameters():
    """Weights and biases that make the perceptron compute three gates.

    Returns a dictionary of pairs (w, b), where w has shape (2,) and b is a number:
    {"AND": ([w1, w2], b), "OR": ([w1, w2], b), "NAND": ([w1, w2], b)}

    Example: with the pair under "OR" the perceptron gives 0 for [0, 0]
    and 1 for [0, 1], [1, 0] and [1, 1].
    """
    ### BEGIN SOLUTION
    return {
        "AND": (np.array([1, 1]), -1.5),     # 1 + 1 is above 1.5, a single 1 is not
        "OR": (np.array([1, 1]), -0.5),      # a single 1 is enough
        "NAND": (np.array([-1, -1]), 1.5),   # AND with all signs turned round
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_gate_parameters", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(gate_parameters)
### BEGIN HIDDEN TESTS
check(gate_parameters, hidden=True)
### END HIDDEN TESTS

# %% name="hint_gate_parameters"
# hint(gate_parameters)   # stuck?

# %% [markdown] name="your_lines"
# The lines of your own gates, right or wrong:

# %% name="figure_gate_lines" jupyter={"source_hidden": true}
def draw_boundary(ax, w, b):
    length = np.hypot(*w)
    across, along = np.array(w) / length, np.array([-w[1], w[0]]) / length
    middle = 0.5 - (np.sum(w) / 2 + b) / length * across  # the point of the line nearest to the square's centre
    foot = middle + 0.3 * along * (1 if w[0] > 0 else -1)  # where the arrow is in nobody's way
    ax.plot(*np.array([middle - 3 * along, middle + 3 * along]).T, color=plots.INK, linestyle="solid")
    arrow = {"arrowstyle": "-|>", "color": plots.INK, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", foot + 0.35 * across, foot, arrowprops=arrow)


try:
    lines = {name: (np.array([float(w[0]), float(w[1])]), float(b)) for name, (w, b) in gate_parameters().items()}
except Exception:  # not written yet, or no dictionary of pairs (w, b): then there is no line to draw
    lines = {}
described = [f"{name} has the line {w[0]:g}·x1 + {w[1]:g}·x2 + {b:g} = 0." for name, (w, b) in lines.items()]

fig, axes = plt.subplots(1, 3, figsize=(7.6, 3.1))
for ax, name in zip(axes, ["AND", "OR", "NAND"], strict=True):
    draw_gate(ax, name, gates[name])
    if name in lines and np.any(lines[name][0]):
        draw_boundary(ax, *lines[name])
fig.suptitle("Your arrows should point to the ones, and the lines keep off the corners", fontweight="bold", fontsize=12)
plots.show(fig, "The three squares again, with the lines of your gates. " + (" ".join(described) or "There are none yet."))

# %% [markdown] name="xor"
# ## The lamp
#
# The rule of the lamp is a gate too: 1 when exactly one switch is up. It is called **XOR**, exclusive or.

# %% name="figure_xor" jupyter={"source_hidden": true}
gates["XOR"] = [0, 1, 1, 0]
fig, ax = plt.subplots(figsize=(4.2, 3.1))
draw_gate(ax, "XOR: where would you draw the line?", gates["XOR"])
plots.show(fig, "The square of XOR: 1 at the corners (0, 1) and (1, 0), 0 at the corners (0, 0) and (1, 1).")

# %% [markdown] name="xor_predict"
# **Predict.** Now all three numbers vary: 17 · 17 · 17 = 4,913 settings. How often do you expect AND among them, and how often XOR?

# %% name="xor_search"
settings = [(w, b) for w in pairs for b in values]
found = [decide(corners, w, b).tolist() for w, b in settings]   # four answers for each setting

for name, wanted in gates.items():
    print(f"{name:<5} {found.count(wanted):>4} of {len(settings)} settings")
best = max(np.sum(np.equal(four, gates["XOR"])) for four in found)
print(f"The best setting for XOR gets {best} of 4 corners right.")

# %% [markdown] name="xor_prompt"
# ### Exercise 5: why not? (in writing, 4 points)
# A search that finds nothing proves nothing: there are more numbers than it tried. Code can't settle this, an argument
# can. **Show that no weights $w_1, w_2$ and no bias $b$ make a perceptron compute XOR.**
#
# Two ways lead there: what must hold for $z$ at each of the four corners, or what a straight line can do to the square. Take
# the one you like. Four or five sentences are enough; the argument has to cover every choice of weights and bias.

# %% [markdown] nbgrader={"grade": true, "grade_id": "xor_limit", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# A perceptron says 1 exactly where $z = w_1 x_1 + w_2 x_2 + b > 0$. So XOR asks for four things at once:
#
# - at (0, 0) the answer is 0: $b \le 0$;
# - at (0, 1) the answer is 1: $w_2 + b > 0$;
# - at (1, 0) the answer is 1: $w_1 + b > 0$;
# - at (1, 1) the answer is 0: $w_1 + w_2 + b \le 0$.
#
# Adding the second and the third gives $w_1 + w_2 + 2b > 0$. Adding the first and the last gives $w_1 + w_2 + 2b \le 0$. Both can't
# hold, so there are no such weights and no such bias.
#
# The same in the picture: the ones lie on one diagonal of the square, the zeros on the other. A straight line that has both
# ones on one side has the middle of their diagonal on that side too. For the zeros to be on the other side, the middle of theirs would
# have to be there. But it is the same point.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_xor_limit", "locked": true, "schema_version": 3, "solution": false, "task": false}
# *This answer is marked by a person, 4 points.*
#
# ### BEGIN MARK SCHEME
# - **1 point**: says what a perceptron's answer depends on: the sign of $z$, or the side of a straight line.
# - **1 point**: says what XOR asks for at all four corners: four conditions on $z$, or equal answers at opposite corners.
# - **2 points**: an argument that covers every choice of weights and bias: the conditions contradict each other, or the diagonals share
#   their middle, or a line can't have opposite corners on one side and the other two on the other, with a reason why.
#   Of these, **1 point** where "no line separates them" is stated without a reason, or the argument holds for some lines only
#   (for instance for positive weights).
#
# Numbers tried out, however many, earn nothing of the last two points. Words and pictures count as much as formulas. A strict sign
# in the place of ≤ costs nothing if the argument stands.
# ### END MARK SCHEME

# %% name="progress" tags=["remove-cell"]
progress()   # a written answer counts once you have saved (Ctrl+S)

# %% [markdown] name="close"
# ## What to keep
#
# - A neuron computes $z = w \cdot x + b$ and then $a = g(z)$; working alone, its activation is the prediction.
# - A weight says how far $z$ moves with its input; weights can be compared once the inputs are on one scale.
# - A perceptron with two inputs draws a straight line: the weights turn it, the bias shifts it.
#
# **Why can no neuron run the lamp?** Its rule is XOR, and you have shown that no weights and bias make one neuron compute that. Several
# neurons in layers can, as you will see in `03-mlp`.
#
# **Read on**
# - Michael Nielsen, *Neural Networks and Deep Learning* (2015, free online), chapter 1: builds circuits out of NAND perceptrons, so you
#   see how far your third gate reaches.
# - Frank Rosenblatt, "The perceptron", *Psychological Review* 65 (1958): the source; there the weights are learnt, not set by hand.
# - Marvin Minsky and Seymour Papert, *Perceptrons* (1969): a whole book on what perceptrons can't do, with proofs.
#
# **Next**, in [02 · What the activation decides](../02-activations/02-activations.ipynb): the same neuron with another $g$ estimates a price or a probability.
