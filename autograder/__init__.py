"""Checks, hints and grading for the course.

A notebook imports three names; they need nothing but NumPy.

>>> from autograder import check, hint, yours
"""

from autograder.check import check, hint, yours

__all__ = ["check", "hint", "yours"]
