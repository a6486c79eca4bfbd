# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A toy
#
# Doubling, and a written question.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import ipywidgets
import numpy as np

# %% nbgrader={"grade": false, "grade_id": "double", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double(x):
    """Give x, doubled."""
    ### BEGIN SOLUTION
    twice_the_input = np.add(x, x)
    return float(twice_the_input)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_double", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert double(2) == 4

# %% nbgrader={"grade": true, "grade_id": "test_double_sign", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
assert double(-1) == -2
### BEGIN HIDDEN TESTS
assert double(-3.5) == -7.0
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "double_all", "locked": false, "schema_version": 3, "solution": true, "task": false}
def double_all(values):
    """Give a list of values, all doubled."""
    ### BEGIN SOLUTION
    return [2 * number for number in values]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_double_all", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
values = np.array([1, 2])
assert double_all(values) == [2, 4]

# %% name="slider"
slider = ipywidgets.IntSlider(value=7, description="a picture")
print("An object at an address:", object())
slider

# %%
print(1 + 1)

# %%
print(1 + 1)

# %% [markdown]
# **Question.** Why does doubling never give an odd number?

# %% [markdown] nbgrader={"grade": true, "grade_id": "parity", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# <!-- BEGIN SOLUTION -->
# A doubled whole number has two as a factor.
# <!-- END SOLUTION -->

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_parity", "locked": true, "schema_version": 3, "solution": false, "task": false}
# Marked by hand, 4 points.
#
# <!-- BEGIN MARK SCHEME -->
# 4 points: names the factor. 1 point: an example only.
# <!-- END MARK SCHEME -->
