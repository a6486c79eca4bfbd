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
# # How neural networks work
#
# Seven units, from one neuron to a trained network. You write the pieces yourself, in Python with NumPy, and each piece is checked the moment you have written it.

# %% [markdown] name="map_intro"
# **Where am I?** Run this cell with **Shift+Enter** whenever you come back. It shows what is done and what comes next.

# %% name="map"
try:
    from autograder import progress
except ModuleNotFoundError as missing:
    raise SystemExit(f"""{missing}.
This notebook is the start page of a course, and the rest of the course is not here.
Get the course's folder, open a terminal in it, and run:  make lab
Without make:  pip install '.[lab]'  and then  jupyter lab""") from None

progress()

# %% [markdown] name="units"
# ## The units
#
# - **[1 · One neuron](01-neuron/01-neuron.ipynb)** · 40 minutes\
#   *What can a single neuron decide, and what can it never learn?*\
#   You will be able to compute by hand and in code what a neuron says, read its weights, and choose them so that it decides what you want.
# - **[2 · What the activation decides](02-activations/02-activations.ipynb)** · 60 minutes\
#   *Why does one small function decide what a network can do?*\
#   You will be able to write the four activation functions and their slopes, turn one neuron into a classifier, a regression or a source of probabilities, and say which function belongs where.
# - **[3 · Neurons in layers](03-mlp/03-mlp.ipynb)** · 60 minutes\
#   *No straight line separates two moons. What can?*\
#   You will be able to compute what a network says, count its layers and parameters, build one by hand for the lamp of unit 01, and tell from two numbers whether a network is too small or too large for its data.
# - **[4 · All neurons at once](04-matrix-form/04-matrix-form.ipynb)** · 50 minutes\
#   *How does a whole network fit into one line of code?*\
#   You will be able to write a layer for a whole batch as one matrix product, say the shape of every array before you run anything, and read a shape error.
# - **[5 · Training](05-training/05-training.ipynb)** · 90 minutes\
#   *Where do good weights come from?*\
#   You will be able to measure how wrong a network is, compute which way each weight should move, check that computation, and train a network from random weights.
# - **[6 · Softmax](06-softmax/06-softmax.ipynb)** · 60 minutes\
#   *How does a network choose among many classes?*\
#   You will be able to turn scores for any number of classes into probabilities, train a network that does so, and see where it goes wrong.
# - **[7 · In practice: scikit-learn](07-scikit-learn/07-scikit-learn.ipynb)** · 60 minutes\
#   *How is all of this done in practice, and how far can you trust the result?*\
#   You will be able to use scikit-learn's network on data of your own, tell an improvement from luck, and say what happens inside, because you have written it.

# %% [markdown] name="begin"
# ## How to begin
#
# Click on **1 · One neuron**. Read from top to bottom, and run each cell with **Shift+Enter**: the first run starts Python, which takes a few seconds. A unit takes between 40 and 90 minutes. Your work is saved in the notebook itself, in this folder.
#
# You need Python's functions and lists, school algebra, and to have met a NumPy array once.
#
# ## What an exercise looks like
#
# 1. A cell with an unfinished function. Replace the line `raise NotImplementedError` by your own code, and run the cell.
# 2. Below it, a cell with a **check**: `check(weighted_sum)`. Run it. It calls your function with several inputs and says *correct*, *incorrect* or *not attempted*; where a result is wrong it shows the call, what was expected and what came.
#
# Change your code and run both cells again, as often as you like. Nobody counts.
#
# Check cells can't be edited. Other cells are yours: change a number and see what happens.
#
# ## When you are stuck
#
# - Read the first difference that the check shows, and work out that one call on paper.
# - Open a **hint**. Below a verdict that is not *correct* stand the hints, folded: each click opens one more, and each says more. No hint gives the answer. (A cell `# hint(weighted_sum)` below each exercise does the same without a check.)
# - Follow the link **Explained under**, above the hints. It leads to the section of the unit that you need.
# - Go on. A cell that shows your function at work uses the course's own until yours is right, and says so.
# - Has Python lost its way, or does a cell run for ever? **Kernel → Restart Kernel**, then run the cells again from the top.
#
# A written question has no check: a person reads your answer.
#
# ## Keys worth knowing
#
# | Key | What it does |
# |---|---|
# | Shift+Enter | run this cell and go to the next |
# | Ctrl+Enter | run this cell and stay |
# | Enter | write in the selected cell |
# | Esc | stop writing; the arrow keys then go from cell to cell |
# | B | after Esc: a new cell below |
# | Tab | in code: complete a name |
# | Shift+Tab | in code, inside a function's brackets: what this function takes |
# | Ctrl+S | save |
#
# On a Mac, Ctrl+S is Cmd+S.
