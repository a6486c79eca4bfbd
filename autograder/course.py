"""The course, as it is handed to the grader: which units there are and what a graded cell may reach."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import panel, seed, units
from autograder.check import know_wrong
from autograder.exercise import Unit


@dataclass(frozen=True)
class Course:
    """What a grader needs to know of a course.

    Attributes
    ----------
    unit : callable
        ``unit(key)`` gives the declaration of a unit.
    package : str
        The package that holds the references. Submissions see a copy with only what their unit provides.
    prepare : str
        The function, as ``package.module:name``, that makes a fresh trusted process ready for a submission.
    trusted : tuple of str
        Modules that trusted processes have loaded before they are forked.
    preload : tuple of str
        Modules that student processes have loaded before they are forked.
    """

    unit: Callable[[str], Unit]
    package: str
    prepare: str
    trusted: tuple[str, ...]
    preload: tuple[str, ...]

    @property
    def library(self) -> Path:
        """Folder of the package that holds the references, on this machine."""
        return Path(str(importlib.import_module(self.package).__file__)).parent


def prepare(emit: Callable[[dict[str, Any]], None], settings: dict[str, Any]) -> dict[str, Any]:
    """Make a trusted process ready: hidden inputs from the secret seed, panels into the cell's outputs.

    Parameters
    ----------
    emit : callable
        Takes an output for the cell that runs.
    settings : dict
        ``{"seed": ..., "wrong": [...]}``: the course's secret, and functions of the learner's that are not to be called
        for later exercises.

    Returns
    -------
    dict
        The names that graded cells start with: none, their setup cell imports what they use.
    """
    seed.set_secret(settings.get("seed"))
    know_wrong(settings.get("wrong", ()))
    panel.redirect(lambda bundle: emit({"output_type": "display_data", "data": bundle, "metadata": {}}))
    return {}


COURSE = Course(
    unit=units.unit,
    package="nnlib",
    prepare="autograder.course:prepare",
    trusted=(
        *("numpy", "matplotlib.pyplot", "nnlib.plots", "nnlib.live", "autograder.course"),
        *(f"autograder.units.{module}" for module in units.MODULES.values()),
    ),
    preload=("numpy", "matplotlib.pyplot", "nnlib.plots", "nnlib.live", "nnlib.network", "autograder"),
)
