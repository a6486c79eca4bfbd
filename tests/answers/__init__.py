"""Right answers in many styles, and wrong ones that the declarations do not know: a module a unit."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from autograder import units


def answers(kind: str) -> list[tuple[str, Callable]]:
    """All ``RIGHT`` or ``WRONG`` answers of the course as pairs of exercise and function."""
    found = []
    for key in units.MODULES:
        module = import_module(f"tests.answers.{units.MODULES[key]}")
        found += [(name, code) for name, codes in getattr(module, kind).items() for code in codes]
    return found
