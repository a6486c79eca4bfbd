"""Where drawn inputs come from: a public seed for what a learner sees, a secret one for marks."""

from __future__ import annotations

import hashlib
import os

import numpy as np

VARIABLE = "AUTOGRADER_SEED"
_secret: str | None = None


def set_secret(secret: str | None) -> None:
    """Use this secret for hidden inputs, in place of the environment's (the grader calls it)."""
    global _secret
    _secret = secret


def secret() -> str | None:
    """The course's secret seed: what the grader set, else the environment variable ``AUTOGRADER_SEED``."""
    return _secret or os.environ.get(VARIABLE) or None


def rng(exercise: str, hidden: bool = False) -> np.random.Generator:
    """Generator for the inputs of one exercise.

    Parameters
    ----------
    exercise : str
        Name of the exercise: each has inputs of its own.
    hidden : bool
        Draw from the secret seed. Without a secret the draws are still others than the visible ones, but anyone
        can compute them.

    Examples
    --------
    >>> bool(rng("perceptron").integers(1000) == rng("perceptron").integers(1000))
    True
    """
    key = f"hidden:{secret() or ''}" if hidden else "visible"
    digest = hashlib.sha256(f"{key}:{exercise}".encode()).digest()
    return np.random.default_rng(list(digest))
