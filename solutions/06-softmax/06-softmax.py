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
# # 06 · Softmax
#
# Ten neurons look at a handwritten digit. Each of them was trained to say yes to one digit and no to all others, as
# in unit 05. For one picture the neuron for 4 is sure, and the neuron for 1 is sure too. For another picture all ten
# say no. **How do ten outputs become one answer, and how does each of them learn what to say?**
#
# - **You will be able to** turn scores for any number of classes into probabilities, train a network that does so,
#   and see where it goes wrong.
# - **You need** the batch form $Z = A W^T + b$ of `04-matrix-form`, gradient descent and the cross-entropy of
#   `05-training`, and the derivatives of $e^x$ and $\log x$.
# - **Time**: 60 minutes, more than half of it for the seven exercises.

# %% [markdown] name="run_first"
# First run this cell. `sigmoid` and `numerical_gradient` are what you wrote in the units before.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
try:
    from autograder import check, hint, progress, yours
except ModuleNotFoundError as missing:
    raise SystemExit(f"""{missing}.
This notebook is one unit of a course, and the rest of the course is not here.
Get the course's folder, open a terminal in it, and run:  make lab
Without make:  pip install '.[lab]'  and then  jupyter lab""") from None

import warnings

import matplotlib.pyplot as plt
import numpy as np

from nnlib import numerical_gradient, plots, sigmoid
from nnlib.live import Slider, live

plots.style()

# %% [markdown] name="by_hand"
# ## By hand first
#
# A network for $k$ classes ends in a layer of $k$ neurons, one for each class. Their weighted sums $z$ are
# **scores**: any numbers, a higher one for a class that fits better. The field calls them **logits**. Two classes to
# begin with, numbered 0 and 1, with the logits $z = [1, 2]$.
#
# What we want are probabilities: none below 0, together 1, and the higher score should have more. Two steps do it:
#
# 1. The exponential $e^{z}$ of each score. It is positive for every number, and grows with it.
# 2. Divide each by the sum of all.
#
# Do it on paper. $e^1$ is 2.72 and $e^2$ is 7.39. Then read on.

# %% [markdown] name="by_hand_result"
# $$
# \frac{2.72}{2.72 + 7.39} = \frac{2.72}{10.11} = 0.27
# \qquad\qquad
# \frac{7.39}{10.11} = 0.73
# $$
#
# This is **softmax**. For $k$ classes, with $p_j$ for the probability of class $j$:
#
# $$
# p_j = \frac{e^{z_j}}{\sum_{i} e^{z_i}}
# $$

# %% name="by_hand_code"
z = np.array([1.0, 2.0])          # logits, shape (k,), here k = 2
E = np.exp(z)
p = E / np.sum(E)                 # probabilities, shape (k,)

print("exponentials  ", E.round(2), "  sum", E.sum().round(2))
print("probabilities ", p.round(2), "  sum", p.sum().round(2))

# %% name="figure_steps" jupyter={"source_hidden": true}
fig, axes = plt.subplots(1, 3, figsize=(7.6, 2.8))
for ax, values, name in zip(axes, (z, E, p), ("$z$", "$e^{z}$", "$p$")):
    for k in (0, 1):
        ax.bar(k, values[k], width=0.6, color=plots.COLORS[k], hatch=("", "//")[k], edgecolor=plots.INK)
        ax.text(k, values[k], f"{values[k]:.2f}", ha="center", va="bottom", color=plots.COLORS[k], weight="bold")
    ax.set(title=name, xticks=[0, 1], xticklabels=["class 0", "class 1"], yticks=[], ylim=(0, 1.2 * values.max()))
    ax.spines["left"].set_visible(False)
fig.suptitle("The exponential makes scores positive, the division makes them share 1", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Three pairs of bars for class 0 and class 1: the logits 1 and 2, their exponentials 2.72 and 7.39, and the probabilities 0.27 and 0.73.",
)

# %% [markdown] name="relative_predict"
# ## Values that are relative to each other
#
# **Predict.** Three questions, before you run the cell:
#
# - A third class joins, with the score 3. What happens to 0.27 and 0.73, and what to the ratio between them?
# - All three scores go up by 100. What happens to the probabilities?
# - All three scores are doubled. And now?

# %% name="relative"
for z in ([1, 2], [1, 2, 3], [101, 102, 103], [2, 4, 6]):
    p = np.exp(z) / np.sum(np.exp(z))
    print(f"{z!s:<16} p = {p.round(3)!s:<22} p[1] / p[0] = {p[1] / p[0]:.2f}")

# %% [markdown] name="relative_answer"
# - Both got less, since three share 1 now. The ratio stayed at 2.72. In a ratio the sum cancels:
#   $p_1 / p_0 = e^{z_1} / e^{z_0} = e^{z_1 - z_0}$. So a score says nothing by itself; what counts are the
#   **differences** between scores. One point more means odds $e$ times as good.
# - Adding 100 to all scores changed nothing. This is **shift invariance**: for any number $c$,
#
# $$
# \frac{e^{z_j + c}}{\sum_i e^{z_i + c}} = \frac{e^c \, e^{z_j}}{e^c \sum_i e^{z_i}} = \frac{e^{z_j}}{\sum_i e^{z_i}}
# $$
#
# - Doubling is no shift. It doubles the differences, and the favourite gets more.
#
# ### A classic mistake: the formula as it stands
# Scores can become large, for instance when pixels go in as 0 to 255. **Predict.** What is the softmax of
# $[1000, 1001]$? On paper the last section has the answer.

# %% name="overflow"
def softmax_as_it_stands(Z):
    E = np.exp(Z)
    return E / np.sum(E, axis=-1, keepdims=True)


with warnings.catch_warnings(record=True) as caught:      # keeps the warnings, to print them below
    warnings.simplefilter("always")
    print("softmax of [1, 2]:      ", softmax_as_it_stands(np.array([1.0, 2.0])).round(2))
    print("softmax of [1000, 1001]:", softmax_as_it_stands(np.array([1000.0, 1001.0])))

for warning in caught:
    print("warning:", warning.message)
print(f"e^1000 is 10^{1000 / np.log(10):.0f}, the largest float is {np.finfo(float).max:.1e}")

# %% [markdown] name="overflow_network"
# It should be $[0.27, 0.73]$ again. But $e^{1000}$ is beyond the largest float. It becomes infinite, and infinity
# divided by infinity is `nan`, not a number. What does that do to a network? Here one layer is trained on three
# pictures of two pixels, 0 to 255 (the loop is the one that you will write in exercise 7):

# %% name="overflow_training" jupyter={"source_hidden": true}
X = np.array([[255.0, 10.0], [20.0, 240.0], [180.0, 200.0]])
Y = np.eye(3)
W, b = np.zeros((3, 2)), np.zeros(3)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    for epoch in range(4):
        P = softmax_as_it_stands(X @ W.T + b)
        loss = -np.mean(np.log(P[Y == 1]))
        said = np.argmax(P, axis=1)
        print(f"epoch {epoch + 1}: loss {loss:5.2f}   first weights {W[0].round(2)!s:<15} predictions {said}")
        W, b = W - 1.0 * (P - Y).T @ X / 3, b - 1.0 * np.mean(P - Y, axis=0)

# %% [markdown] name="overflow_cure"
# One step was enough. The sign to know this mistake by: **loss and weights are `nan`, all at once and for ever, and
# every sample is put into class 0** (`np.argmax` answers 0 for a row of `nan`). Nothing stops and nothing raises an
# error; only the accuracy is no better than guessing.
#
# Shift invariance is the cure. Before the exponential, **subtract the largest score** of the row. The largest
# exponent is then $e^0 = 1$, all others are smaller, nothing can overflow, and the sum is at least 1. By hand:
# $[1000, 1001]$ becomes $[-1, 0]$, the exponentials are 0.37 and 1, the probabilities 0.27 and 0.73.
#
# In a batch each row of $Z$, shape $(n, k)$, is a sample and gets a distribution of its own.
# `Z.max(axis=-1, keepdims=True)` has shape $(n, 1)$: one number a row, which broadcasts along the row. `axis=-1` is
# the last axis: for a single row of shape $(k,)$ it is the only one, so the same line serves both.
#
# ### Exercise 1: softmax
# The last step of almost every network that tells more than two classes apart.

# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(Z):
    """Probabilities from scores, row by row.

    Z: scores of one sample, a list or an array of shape (k,), or of a batch, an array of shape (n, k)
    Returns an array of floats of the same shape. Scores of 10000 give numbers, and no warning.

    Example: Z = [1, 2] gives [0.27, 0.73], and Z = [[1, 2], [5, 5]] gives [[0.27, 0.73], [0.5, 0.5]].
    """
    ### BEGIN SOLUTION
    Z = np.asarray(Z, dtype=float)
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_softmax", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(softmax, given=([1, 2],), gives=np.array([0.268941, 0.731059]))
### BEGIN HIDDEN TESTS
check(softmax, hidden=True)
### END HIDDEN TESTS

# %% name="hint_softmax"
# hint(softmax)   # stuck? Take away the first # and run this cell, again for the next hint

# %% [markdown] name="thousand"
# Nothing in it says how many classes there are. The photos of the ImageNet challenge, the best-known contest for such
# networks, come in 1,000 classes, so a network for them has 1,000 scores for each photo. One line:

# %% name="thousand_classes"
Z = np.random.default_rng(0).normal(size=(5, 1000))     # 5 photos, 1000 scores each: here drawn by chance

P = yours(softmax)(Z)

print("shape", P.shape, "  sums", P.sum(axis=1).round(6), "  highest", P.max(axis=1).round(3))

# %% [markdown] name="two_classes"
# ## The sigmoid is the case of two classes
#
# In units 02 and 05 a single output and a sigmoid were enough for two classes. Was that another method? Divide the
# upper and the lower part of softmax by $e^{z_1}$:
#
# $$
# p_1 = \frac{e^{z_1}}{e^{z_0} + e^{z_1}} = \frac{1}{e^{z_0 - z_1} + 1} = \frac{1}{1 + e^{-(z_1 - z_0)}} = \sigma(z_1 - z_0)
# $$
#
# That is a proof: **two-class softmax is the sigmoid of the difference**, for all scores. By hand:
# $\sigma(2 - 1) = 0.73$. So one of the two outputs could be nailed to 0 and nothing would be lost; that is the
# network with a single output.

# %% name="two_classes_code"
Z = np.random.default_rng(1).normal(scale=3, size=(1000, 2))    # 1000 pairs of scores

P = yours(softmax)(Z)
by_sigmoid = sigmoid(Z[:, 1] - Z[:, 0])
print("sigmoid(2 - 1) =", sigmoid(2.0 - 1.0).round(2))
print("equal to 15 digits in all 1000 cases:", np.all(np.abs(P[:, 1] - by_sigmoid) < 1e-15))

# %% name="figure_two_classes" jupyter={"source_hidden": true}
difference = np.linspace(-6, 6, 241)
fig, ax = plt.subplots(figsize=(6.2, 3.1))
ax.plot(difference, sigmoid(difference), color=plots.COLORS[0], linestyle="solid")
shown = Z[:40]
ax.plot(shown[:, 1] - shown[:, 0], P[:40, 1], marker=plots.MARKERS[1], color=plots.COLORS[1], linestyle="none", markersize=6)
ax.annotate("by hand: $z = [1, 2]$", (1, sigmoid(1.0)), (2.2, 0.5), arrowprops={"arrowstyle": "-|>", "color": plots.INK}, va="center")
ax.text(-5.9, 0.16, "$\\sigma(z_1 - z_0)$", color=plots.COLORS[0], weight="bold")
ax.text(-2.6, 0.62, "softmax of some pairs", color=plots.COLORS[1], weight="bold", ha="center")
ax.set(xlim=(-6, 6), xlabel="$z_1 - z_0$", ylabel="$p_1$", title="Two-class softmax is the sigmoid of the difference")
plots.show(
    fig,
    "The S-shaped curve of the sigmoid over the difference of two scores, from −6 to 6. Triangles, the softmax of pairs of scores, all lie on the curve. "
    "The pair worked by hand, [1, 2], is at difference 1 and p1 = 0.73.",
)

# %% [markdown] name="temperature_text"
# ## Turning the heat up
#
# Doubling all scores gave more to the favourite. That knob has a name: the scores are divided by a **temperature**
# $T$, $p = \text{softmax}(z / T)$. A language model uses it each time it picks a word: every word that could come
# next has a score, and the next word is drawn by the probabilities. Five words, with scores made up for this page:
# "The cat sat on the …"
#
# **Predict.** What do you expect at $T = 0.1$, and at $T = 5$? And the question that the slider answers: **at which
# temperature does the favourite fall below one half?**

# %% name="live_temperature_drawing" jupyter={"source_hidden": true}
words = ["mat", "sofa", "floor", "roof", "moon"]
word_scores = np.array([3.0, 2.2, 1.5, 0.4, -1.0])
to_probabilities = yours(softmax)


def draw_temperature(ax, T):
    p = to_probabilities(word_scores / T)
    places = np.arange(5)
    ax.bar(places, p, width=0.6, color=plots.COLORS[0])
    ax.axhline(0.5, color=plots.INK, linewidth=0.8, linestyle="dashed")
    for place in places:
        ax.text(place, p[place] + 0.012, f"{p[place]:.2f}", ha="center", color=plots.COLORS[0], weight="bold")
    ax.set(xticks=places, xticklabels=[f"{word}\nz = {z:g}".replace("-", "−") for word, z in zip(words, word_scores)])
    ax.set(yticks=[0, 0.5, 1], ylim=(0, 1.08), ylabel="p", title=f"At T = {T:.1f} the favourite gets {p[0]:.2f}")


# %% name="live_temperature"
live(
    draw_temperature,
    "Five bars, the probabilities of the words mat, sofa, floor, roof and moon at a temperature of {T}. The lower the temperature, the more the "
    "favourite, mat, has of the whole; the higher, the more alike are the bars. The order never changes.",
    T=Slider(0.1, 5.0, 1.0, "temperature T", 0.1),
)

# %% name="temperature_table"
print("   T    " + "   ".join(f"{word:>5}" for word in words))
for T in (0.1, 1.0, 1.2, 1.3, 5.0):
    print(f"{T:4.1f}    " + "   ".join(f"{p:5.2f}" for p in to_probabilities(word_scores / T)))

# %% [markdown] name="labels_text"
# Between 1.2 and 1.3, for these scores. Cold, the favourite takes everything; hot, the words become alike; their
# order never changes. *Why* is for the written question at the end.
#
# ## Labels that softmax can aim at
#
# Now the network has to learn its scores. A label is a number, a digit's from 0 to 9, but here its size means
# nothing: a 9 is not nine times a 1, and to take an 8 for a 9 is no smaller mistake than to take it for a 3. So a
# label $y$ becomes a row of length $k$, with a 1 in the column of the class and 0 elsewhere. That is called
# **one-hot**. It has the shape of an answer: the probabilities that a network would give if it was right and certain.
# All rows together are $Y$, of shape $(n, k)$, the same as $P$.
#
# **Predict.** NumPy knows the identity matrix, `np.eye(3)`, and its rows are one-hot. In some data sets −1 stands for
# "nobody knows". What does NumPy make of it?

# %% name="minus_one"
print(np.eye(3)[np.array([2, 0, -1])])

# %% [markdown] name="one_hot_text"
# NumPy counts −1 from the end: the sample that nobody could label is class 2 now, and the network would learn from
# it. So the function has to look at the labels first.
#
# ### Exercise 2: one-hot labels
# Probabilities can be compared only with something of their own shape.

# %% nbgrader={"grade": false, "grade_id": "one_hot", "locked": false, "schema_version": 3, "solution": true, "task": false}
def one_hot(y, n_classes):
    """Labels as rows with a single 1.

    y: labels 0, 1, …, n_classes - 1, array of integers of shape (n,)
    n_classes: the number of classes, also if not all of them occur in y
    Returns an array of floats of shape (n, n_classes). Raises a ValueError if a label is too large or negative.

    Example: y = [2, 0] and n_classes = 3 give [[0, 0, 1], [1, 0, 0]].
    """
    ### BEGIN SOLUTION
    if np.any(y < 0) or np.any(y >= n_classes):
        raise ValueError(f"labels must be from 0 to {n_classes - 1}")
    return np.eye(n_classes)[y]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_one_hot", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(one_hot, given=(np.array([2, 0]), 3), gives=np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]))
### BEGIN HIDDEN TESTS
check(one_hot, hidden=True)
### END HIDDEN TESTS

# %% name="hint_one_hot"
# hint(one_hot)   # stuck?

# %% [markdown] name="cross_entropy_text"
# ## The cost
#
# As in unit 05 a sample costs the negative logarithm of the probability that its *true* class was given. By hand,
# with $p = [0.27, 0.73]$: if the label is 1, the cost is $-\log 0.73 = 0.31$; if it is 0, $-\log 0.27 = 1.31$. With
# one-hot labels the **cross-entropy** of a batch is
#
# $$
# J = -\frac{1}{n} \sum_{s=1}^{n} \sum_{j} Y_{sj} \log P_{sj}
# $$
#
# The inner sum looks like $k$ terms, but $Y$ is 0 in all columns but one. (For two classes this is the binary
# cross-entropy of unit 05, with $p$ and $1 - p$ in two columns.)
#
# **Predict.** A network that knows nothing yet gives every class $1/k$. What is its cost for 2, 10 and 1,000 classes?

# %% name="log_k"
print("by hand:", -np.log(0.73).round(2), -np.log(0.27).round(2))
for k in (2, 10, 1000):
    print(f"{k:>4} classes: -log(1/k) = log k = {np.log(k):.2f}")

# %% [markdown] name="cross_entropy_exercise"
# Remember $\log k$. Training starts near it. A first cost far above it says that the network is sure and wrong before
# it has learnt anything, mostly because weights or inputs are too large.
#
# ### Exercise 3: the cross-entropy
# The number that training makes smaller. The trap is the one of unit 05: for a computer $e^{-800}$ is exactly 0, and
# $\log 0$ is no number. Keep $P$ a tiny distance away from 0 before the logarithm, a distance of your choice between
# 1e-16 and 1e-7. A 0 that is *not* at the label costs nothing.

# %% nbgrader={"grade": false, "grade_id": "cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cross_entropy(P, Y):
    """Mean cross-entropy over the samples, with the natural logarithm.

    P: probabilities, array of shape (n, k)
    Y: one-hot labels, array of shape (n, k)
    Returns a float. It is finite, without a warning, where P holds a 0 too.

    Example: P = [[0.25, 0.75], [0.5, 0.5]] and Y = [[0, 1], [1, 0]] give (0.288 + 0.693) / 2 = 0.490.
    """
    ### BEGIN SOLUTION
    P = np.clip(P, 1e-12, 1.0)
    return float(-np.sum(Y * np.log(P)) / len(P))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_cross_entropy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    cross_entropy,
    given=(np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([[0.0, 1.0], [1.0, 0.0]])),
    gives=0.4904146,
)
### BEGIN HIDDEN TESTS
check(cross_entropy, hidden=True)
### END HIDDEN TESTS

# %% name="hint_cross_entropy"
# hint(cross_entropy)   # stuck?

# %% [markdown] name="gradient_text"
# ## Why the gradient is so simple
#
# Which way should each score move? Between a score and the cost lie an exponential, a sum, a division and a
# logarithm. Take one sample with the label $y$, and write its cost out:
#
# $$
# J = -\log p_y = -\log \frac{e^{z_y}}{\sum_i e^{z_i}} = \log \sum_i e^{z_i} \; - \; z_y
# $$
#
# The logarithm has turned the division into a difference and undone the exponential of the true score. Now let a
# score $z_j$ move.
#
# - The first part changes by $\dfrac{1}{\sum_i e^{z_i}} \cdot e^{z_j}$, by the chain rule. You know this fraction: it
#   is $p_j$.
# - The second part, $z_y$, changes by 1 if $j$ is the label and by 0 otherwise. You know that too: it is $Y_j$, the
#   one-hot label.
#
# $$
# \frac{\partial J}{\partial z_j} = p_j - Y_j
# $$
#
# That is all: **what the network said minus what it should have said**. By hand, with $z = [1, 2]$ and the label 0:
# $[0.27, 0.73] - [1, 0] = [-0.73, 0.73]$. A step against it raises the score of class 0 and lowers that of class 1.
# (It is so simple for softmax *with* cross-entropy; other pairs leave a factor over.)

# %% name="figure_gradient" jupyter={"source_hidden": true}
p = np.array([0.10, 0.55, 0.05, 0.30])
y_row = np.array([0.0, 0.0, 0.0, 1.0])
fig, axes = plt.subplots(1, 3, figsize=(8.0, 3.0), sharey=True)
for ax, values, name in zip(axes, (p, y_row, p - y_row), ("$p$: what it said", "$Y$: the label is 3", "$p - Y$: the gradient")):
    for j, value in enumerate(values):
        color = plots.COLORS[1] if value < 0 else plots.COLORS[0]
        ax.bar(j, value, width=0.6, color=color, hatch="//" if value < 0 else "", edgecolor=plots.INK, linewidth=0.6)
        up = value >= 0
        ax.text(j, value + (0.04 if up else -0.04), f"{value:.2f}".replace("-", "−"), ha="center", va="bottom" if up else "top", color=color, weight="bold", fontsize=10)
    ax.axhline(0, color=plots.INK, linewidth=0.8)
    ax.set(title=name, xticks=range(4), xlabel="class", yticks=[], ylim=(-0.95, 1.2))
    ax.spines[["left", "bottom"]].set_visible(False)
fig.suptitle("What the others have too much of is what the true class lacks", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Three groups of four bars. The probabilities are 0.10, 0.55, 0.05 and 0.30. The label is class 3: 0, 0, 0, 1. Their difference is 0.10, 0.55, "
    "0.05 and −0.70: the three positive bars together are as long as the negative one.",
)

# %% [markdown] name="gradient_exercise"
# In every row the corrections sum to 0: shifting all scores would change nothing, as you know. In the mean over $n$
# samples each has an $n$-th of the say, so for a batch the gradient is
#
# $$
# \frac{\partial J}{\partial Z} = \frac{P - Y}{n} \qquad (n, k)
# $$
#
# ### Exercise 4: the gradient at the scores
# From here backpropagation starts in every network with a softmax at its end.

# %% nbgrader={"grade": false, "grade_id": "softmax_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax_gradient(Z, Y):
    """Gradient of the mean cross-entropy with respect to the scores.

    Z: scores before the softmax, array of shape (n, k)
    Y: one-hot labels, array of shape (n, k)
    Returns an array of shape (n, k).

    Example: Z = [[0, 0], [0, 0]] and Y = [[1, 0], [0, 1]] give [[-0.25, 0.25], [0.25, -0.25]].
    """
    ### BEGIN SOLUTION
    return (softmax(Z) - Y) / len(Z)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_softmax_gradient", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    softmax_gradient,
    given=(np.zeros((2, 2)), np.array([[1.0, 0.0], [0.0, 1.0]])),
    gives=np.array([[-0.25, 0.25], [0.25, -0.25]]),
)
### BEGIN HIDDEN TESTS
check(softmax_gradient, hidden=True)
### END HIDDEN TESTS

# %% name="hint_softmax_gradient"
# hint(softmax_gradient)   # stuck?

# %% [markdown] name="gradient_check_text"
# Is the derivation right? Ask somebody who knows no calculus: the numerical gradient of unit 05 moves each score a
# little up and a little down, and looks at the cost.

# %% name="gradient_check"
rng = np.random.default_rng(2)
Z = rng.normal(size=(3, 4))                     # 3 samples, 4 classes
Y = np.eye(4)[[3, 0, 2]]

probabilities, cost = yours(softmax), yours(cross_entropy)
slow = numerical_gradient(lambda Z: cost(probabilities(Z), Y), Z)
fast = yours(softmax_gradient)(Z, Y)
print("by differences\n", slow.round(4))
print("by subtraction\n", fast.round(4))
print("equal to 8 digits:", np.allclose(slow, fast, rtol=0, atol=1e-8), "  rows sum to 0:", np.allclose(fast.sum(axis=1), 0))

# %% [markdown] name="decide_text"
# ## Deciding, and how good the decision is
#
# The class with the highest probability is the network's decision. It is also the one with the highest score, since
# softmax keeps the order.
#
# ### Exercise 5: the most probable class
# A person who asks which digit it is wants one digit.

# %% nbgrader={"grade": false, "grade_id": "predict_classes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict_classes(P):
    """Most probable class of each sample.

    P: probabilities, array of shape (n, k)
    Returns an array of integers of shape (n,).

    Example: P = [[0.1, 0.9], [0.8, 0.2]] gives [1, 0].
    """
    ### BEGIN SOLUTION
    return np.argmax(P, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_predict_classes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(predict_classes, given=(np.array([[0.1, 0.9], [0.8, 0.2]]),), gives=np.array([1, 0]))
### BEGIN HIDDEN TESTS
check(predict_classes, hidden=True)
### END HIDDEN TESTS

# %% name="hint_predict_classes"
# hint(predict_classes)   # stuck?

# %% [markdown] name="top_k_text"
# With a thousand classes "right or wrong" is harsh: a photo may show a dog *and* a ball, and has one label. So
# ImageNet networks are also judged by their **top-5 accuracy**: the share of photos whose label is among the five
# most probable classes. By hand, with $k = 2$:
#
# | $p$ | label | two most probable | |
# |---|---|---|---|
# | 0.1, 0.3, 0.6 | 1 | 2 and 1 | hit |
# | 0.7, 0.2, 0.1 | 2 | 0 and 1 | miss |
#
# One hit out of two: 0.5. (Here $k$ counts places, not classes. Both are called $k$ in the field.)
#
# ### Exercise 6: top-k accuracy
# It tells a network that nearly knew from one that had no idea. `np.argsort` sorts a row and says which columns come
# first, the smallest entry first. No two probabilities of a row are equal in the check.

# %% nbgrader={"grade": false, "grade_id": "top_k_accuracy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def top_k_accuracy(P, y, k):
    """Share of samples whose label is among the k most probable classes.

    P: probabilities, array of shape (n, n_classes)
    y: labels, array of integers of shape (n,)
    k: how many classes count, from 1 to n_classes
    Returns a float between 0 and 1.

    Example: P = [[0.1, 0.3, 0.6], [0.7, 0.2, 0.1]], y = [1, 2] and k = 2 give 0.5.
    """
    ### BEGIN SOLUTION
    best = np.argsort(P, axis=1)[:, -k:]                       # (n, k)
    return float(np.mean(np.any(best == y.reshape(-1, 1), axis=1)))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_top_k_accuracy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(
    top_k_accuracy,
    given=(np.array([[0.1, 0.3, 0.6], [0.7, 0.2, 0.1]]), np.array([1, 2]), 2),
    gives=0.5,
)
### BEGIN HIDDEN TESTS
check(top_k_accuracy, hidden=True)
### END HIDDEN TESTS

# %% name="hint_top_k_accuracy"
# hint(top_k_accuracy)   # stuck?

# %% [markdown] name="train_text"
# ## A network that learns classes
#
# The smallest one has a single layer: scores $Z = X W^T + b$, then softmax. $W$ has a row for each class, shape
# $(k, d)$, and $b$ is $(k,)$. All pieces are there. From the gradient at the scores, $G = (P - Y)/n$, the way to the
# parameters is that of unit 05:
#
# $$
# \frac{\partial J}{\partial W} = G^T X \qquad (k, d)
# \qquad\qquad
# \frac{\partial J}{\partial b} = \text{sum of the rows of } G \qquad (k,)
# $$
#
# Where to start? Zeros will do this time. In unit 05 equal weights were fatal because hidden neurons stayed twins;
# here there are none, and each class has labels of its own to pull its row its own way. Small random weights from
# `rng` are as good.
#
# ### Exercise 7: train it
# Every piece of this unit, put together.

# %% nbgrader={"grade": false, "grade_id": "train_softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_softmax(X, y, n_classes, learning_rate, epochs, rng):
    """Train one layer with softmax by gradient descent on the mean cross-entropy, the whole batch at each step.

    X: inputs, array of shape (n, d)
    y: labels 0, 1, …, n_classes - 1, array of integers of shape (n,)
    n_classes: the number of classes, also if not all of them occur in y
    learning_rate: a number; with 0 nothing moves
    epochs: number of steps
    rng: a numpy.random.Generator, the only source of chance, if you use any
    Returns (W, b, losses): arrays of shape (n_classes, d) and (n_classes,), and a list of the cost before each step.

    Example: started from zeros, the first loss is log(n_classes).
    """
    ### BEGIN SOLUTION
    W = rng.normal(0, 0.01, (n_classes, X.shape[1]))
    b = np.zeros(n_classes)
    Y = one_hot(y, n_classes)
    losses = []
    for _ in range(epochs):
        Z = X @ W.T + b                          # (n, k)
        losses.append(cross_entropy(softmax(Z), Y))
        G = softmax_gradient(Z, Y)               # (n, k)
        W = W - learning_rate * G.T @ X
        b = b - learning_rate * G.sum(axis=0)
    return W, b, losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_train_softmax", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(train_softmax)
### BEGIN HIDDEN TESTS
check(train_softmax, hidden=True)
### END HIDDEN TESTS

# %% name="hint_train_softmax"
# hint(train_softmax)   # stuck?

# %% [markdown] name="digits_text"
# ## Digits, end to end
#
# 1,797 handwritten digits, 8×8 pixels each, come with scikit-learn. A pixel is 0 (paper) to 16 (ink); divided by 16
# all inputs are on one scale. Three tenths of the pictures are put away for the test.

# %% name="digits_data"
try:
    from sklearn.datasets import load_digits
except ImportError:
    print("The digits come with scikit-learn, which is missing here: install it, or read the cells below without running them.")
else:
    X, y = load_digits(return_X_y=True)                      # (1797, 64), (1797,)
    order = np.random.default_rng(0).permutation(len(X))
    X, y = X[order] / 16, y[order]
    X_train, y_train, X_test, y_test = X[:1257], y[:1257], X[1257:], y[1257:]
    print("train", X_train.shape, "  test", X_test.shape)

# %% [markdown] name="digits_predict"
# **Predict.** Ten neurons, no hidden layer, 650 numbers to learn. Guessing gets one digit in ten right. How many do
# they get right out of 100 that they have never seen?

# %% name="digits_train"
W, b, losses = yours(train_softmax)(X_train, y_train, 10, 1.0, 1000, np.random.default_rng(0))

P_test = yours(softmax)(X_test @ W.T + b)                    # (540, 10)
predictions = yours(predict_classes)(P_test)                 # (540,)
accuracy = np.mean(predictions == y_test)
print(f"cost {losses[0]:.2f} → {losses[-1]:.2f}   (log 10 = {np.log(10):.2f})")
print(f"test accuracy {accuracy:.3f}, give or take {np.sqrt(accuracy * (1 - accuracy) / len(y_test)):.3f}")
print(f"top-2 accuracy {yours(top_k_accuracy)(P_test, y_test, 2):.3f}")

# %% [markdown] name="digits_answer"
# About 98, and each score is no more than a weighted sum of pixels. (An accuracy on 540 pictures has an error of its
# own: another draw of as many pictures would differ by about the number after "give or take".)
#
# What did the rows of $W$ become? Each has 64 weights, one for each pixel, so it is a picture, as the neuron for
# crosses and rings in unit 01 was:

# %% name="figure_rows" jupyter={"source_hidden": true}
from matplotlib.colors import LinearSegmentedColormap

ink = LinearSegmentedColormap.from_list("ink", [(0.47, 0.47, 0.47, 0.0), (0.47, 0.47, 0.47, 1.0)])
blue, orange = (plt.matplotlib.colors.to_rgb(color) for color in plots.COLORS[:2])
for_and_against = LinearSegmentedColormap.from_list("weights", [(*blue, 1), (*blue, 0), (*orange, 0), (*orange, 1)])


def draw_digit(ax, pixels, cmap=ink, largest=1.0):
    lowest = 0 if cmap is ink else -largest
    ax.imshow(pixels.reshape(8, 8), cmap=cmap, vmin=lowest, vmax=largest)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(True)


fig, axes = plt.subplots(2, 10, figsize=(9.2, 2.3))
for digit in range(10):
    draw_digit(axes[0, digit], X_train[np.argmax(y_train == digit)])
    draw_digit(axes[1, digit], W[digit], for_and_against, np.abs(W).max() / 2)
    axes[1, digit].set_xlabel(f"W[{digit}]")
fig.suptitle("A row of W shows where ink speaks for a digit (orange) and against it (blue)", fontweight="bold", fontsize=12)
plots.show(
    fig,
    "Above, a handwritten example of each digit from 0 to 9, 8×8 pixels. Below, the row of W for each digit as an 8×8 picture, orange for positive weights and "
    "blue for negative ones. The row of 0 is blue in the middle, where a 0 has a hole.",
)

# %% [markdown] name="confusion_text"
# One number hides which digits are hard. The **confusion matrix** counts, for each true digit (row) and each
# prediction (column), how often that happened. **Predict.** Which digits will be taken for each other?

# %% name="confusion"
confusion = np.zeros((10, 10), dtype=int)
for truth, said in zip(y_test, predictions):
    confusion[truth, said] += 1

wrong = np.flatnonzero(predictions != y_test)                # which pictures
print(f"{len(wrong)} of {len(y_test)} wrong")

# %% name="figure_confusion" jupyter={"source_hidden": true}
fig, ax = plt.subplots(figsize=(5.6, 5.2))
mistakes = confusion * (1 - np.eye(10, dtype=int))
shades = LinearSegmentedColormap.from_list("mistakes", [(*orange, 0), (*orange, 0.3)])
ax.imshow(mistakes, cmap=shades, vmin=0, vmax=max(1, mistakes.max()))
for (truth, said), count in np.ndenumerate(confusion):
    if count:
        ax.text(said, truth, count, ha="center", va="center", color=plots.COLORS[int(truth != said)], weight="bold", fontsize=10)
ax.set(xticks=range(10), yticks=range(10), xlabel="prediction", ylabel="true digit", title="Nearly all answers lie on the diagonal")
ax.tick_params(length=0)
ax.spines[:].set_visible(True)
pairs = [f"{truth} taken for {said}: {mistakes[truth, said]}" for truth, said in np.argwhere(mistakes)]
plots.show(fig, "Confusion matrix of the ten digits. Nearly all counts are on the diagonal. Mistakes: " + "; ".join(pairs) + ".")

# %% [markdown] name="wrong_text"
# And here they are, with what the network said. Would you have known?

# %% name="figure_wrong" jupyter={"source_hidden": true}
shown = wrong[np.argsort(-P_test[wrong].max(axis=1))][:12]    # the most confident mistakes first
fig, axes = plt.subplots(2, 6, figsize=(8.2, 3.6))
for ax in axes.ravel()[len(shown) :]:
    ax.axis("off")
captions = []
for ax, i in zip(axes.ravel(), shown):
    draw_digit(ax, X_test[i])
    ax.set_xlabel(f"true {y_test[i]}, says {predictions[i]}\nwith {P_test[i].max():.2f}", fontsize=10)
    captions.append(f"{y_test[i]} taken for {predictions[i]} with {P_test[i].max():.2f}")
fig.suptitle("These are the digits that it gets wrong, the surest mistakes first", fontweight="bold", fontsize=12)
plots.show(fig, "Pictures of the digits that the network gets wrong: " + "; ".join(captions) + ".")

# %% [markdown] name="opening_text"
# ## Back to the ten neurons
#
# The neurons of the opening question each have a sigmoid and a yes-or-no of their own. Same data, same loop, and only
# softmax exchanged for the sigmoid. **Predict.** On how many of the 540 test pictures does exactly one of them say
# yes, with more than 0.5?

# %% name="ten_detectors"
Y_train = yours(one_hot)(y_train, 10)
V, c = np.zeros((10, 64)), np.zeros(10)
for _ in range(1000):
    G = (sigmoid(X_train @ V.T + c) - Y_train) / len(X_train)     # unit 05's delta, ten times side by side
    V, c = V - 1.0 * G.T @ X_train, c - 1.0 * G.sum(axis=0)

alone = sigmoid(X_test @ V.T + c)                                 # (540, 10)
said_yes = np.sum(alone > 0.5, axis=1)
print("no neuron says yes:", np.sum(said_yes == 0), "  one:", np.sum(said_yes == 1), "  two or more:", np.sum(said_yes > 1))
print(f"not exactly one: {np.mean(said_yes != 1):.3f} of the pictures")
print(f"if the largest decides, {np.mean(np.argmax(alone, axis=1) == y_test):.3f} are right; softmax has {accuracy:.3f}")
print(f"their ten outputs sum to {alone.sum(axis=1).min():.2f} … {alone.sum(axis=1).max():.2f}, those of softmax to 1")

claimed_twice = np.argmax(np.sort(alone, axis=1)[:, -2])           # the picture whose second claim is the strongest
unclaimed = np.argmin(np.max(alone, axis=1))                      # and the one whose strongest claim is the weakest
for i in (claimed_twice, unclaimed):
    print(f"\ntrue {y_test[i]}    ", "  ".join(f"{digit:>4}" for digit in range(10)))
    print("alone     ", "  ".join(f"{value:4.2f}" for value in alone[i]))
    print("softmax   ", "  ".join(f"{value:4.2f}" for value in P_test[i]))

# %% [markdown] name="opening_answer"
# On one picture in nine they contradict each other or leave it to nobody, since no neuron hears what the others say.
# The largest of the ten would still be a fair decision; but the ten numbers are no distribution. In softmax the
# outputs share 1: what one class gets, the others lose, in the answer and in every step of training.
#
# The same property has a price. **Predict.** The network is shown negatives of the test pictures, ink and paper
# exchanged. Nothing like them was in its training. How sure will it be of its answers?

# %% name="not_a_digit"
P_negative = yours(softmax)((1 - X_test) @ W.T + b)
print("highest probability, median over the test pictures")
print(f"as they are {np.median(P_test.max(axis=1)):.2f}   as negatives {np.median(P_negative.max(axis=1)):.2f}")
print(f"right on the negatives: {np.sum(yours(predict_classes)(P_negative) == y_test)} of {len(y_test)}")

# %% [markdown] name="not_a_digit_answer"
# Fairly sure, and nearly always wrong. It can't say "none of them". The values are relative to each other: a high one
# says that this class fits better than the other nine, not that it fits.

# %% [markdown] name="temperature_prompt"
# ### Exercise 8: temperature (in writing, 4 points)
# A trained network has the scores $Z$, and its answers are taken as $\text{softmax}(Z / T)$ with a temperature $T > 0$.
#
# 1. What happens to a row of probabilities as $T$ comes close to 0, and as $T$ becomes very large? Give the reason,
#    using the ratio $p_j / p_i$ of two classes.
# 2. Does $T$ change the predicted classes, the accuracy and the top-5 accuracy? Does it change the cross-entropy? Why?
# 3. A language model draws the next word from these probabilities, again and again. What would you notice in its text
#    at a very low and at a very high temperature? Name a task for which you would turn it down.

# %% [markdown] nbgrader={"grade": true, "grade_id": "temperature", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# 1. With the temperature $p_j / p_i = e^{(z_j - z_i)/T}$. As $T$ comes close to 0, every difference between the
#    highest score and another one, divided by $T$, grows beyond all bounds, and so does the ratio of their
#    probabilities: the highest score gets 1, all others 0 (if two are highest, they share 1). As $T$ becomes very
#    large, all differences go to 0 and all ratios to $e^0 = 1$: every one of the $k$ classes gets $1/k$.
# 2. Dividing by a positive number keeps the order of the scores, and softmax keeps it too. So the predicted class,
#    the accuracy and the top-5 accuracy stay as they are. The cross-entropy depends on how much the true class gets,
#    so it changes: at a higher temperature the confident mistakes become cheaper and the confident hits dearer. (So
#    $T$ can be set to make the probabilities honest, without touching a decision.)
# 3. Very low: nearly always the favourite word, so the same beginning gives the same text, correct and dull, often
#    with repetitions. Very high: words come almost by lot, and the text stops making sense ("the cat sat on the moon"
#    is as likely as the mat). I would turn it down where there is one right answer, for instance a computation, a
#    date, or code.
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_temperature", "locked": true, "schema_version": 3, "solution": false, "task": false}
# *This answer is marked by a person, 4 points.*
#
# ### BEGIN MARK SCHEME
# - **2 points** for question 1. **1 point** for both limits: the highest score takes all; all classes get the same.
#   **1 point** for the reason: the ratio depends on the difference of the scores divided by $T$, which grows without
#   bound or goes to 0. "It gets sharper and flatter" without the ratio or the differences earns half a point of this
#   one.
# - **1 point** for question 2: decisions and accuracies stay, because the order of the scores does; the cross-entropy
#   changes, because it depends on the probabilities themselves. Half a point for either half.
# - **1 point** for question 3: repeats or predictable at low, incoherent at high temperature, and a task with one
#   right answer. Half a point if the task is missing or does not fit.
#
# Ties at the top need not be mentioned. Numbers tried out are welcome as an illustration, and no reason by themselves.
# ### END MARK SCHEME

# %% name="progress" tags=["remove-cell"]
progress()   # a written answer counts once you have saved (Ctrl+S)

# %% [markdown] name="close"
# ## What to keep
#
# - Softmax turns scores into a distribution in which only their differences count; subtract the largest of each row
#   first. For two classes it is the sigmoid of the difference.
# - One-hot labels and the cross-entropy, the mean of $-\log$ of what the true class was given; an untrained network
#   starts near $\log k$.
# - The gradient at the scores is $(P - Y)/n$, because the logarithm undoes the exponential.
#
# **How do ten outputs become one answer, and how does each learn what to say?** Softmax makes them share 1, so every
# class is weighed against all others. Each score is corrected by what its class was given minus what it should have
# had, which is one subtraction.
#
# **Read on**
# - Ian Goodfellow, Yoshua Bengio and Aaron Courville, *Deep Learning* (2016, free online), section 6.2.2.3: softmax
#   outputs, with more on what happens when they saturate.
# - Olga Russakovsky and others, "ImageNet Large Scale Visual Recognition Challenge", *International Journal of
#   Computer Vision* 115 (2015): a thousand classes, how their labels were made, and why five guesses.
# - Chuan Guo and others, "On Calibration of Modern Neural Networks", *ICML* (2017): networks are too sure of
#   themselves, and one temperature, fitted after training, mends much of it.
#
# **Next**, in [07 · In practice: scikit-learn](../07-scikit-learn/07-scikit-learn.ipynb): all of this in a few lines of a library, and how far one result can mislead.
