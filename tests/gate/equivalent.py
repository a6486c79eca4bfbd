"""Mutants that no check can refuse, because they are right."""

from __future__ import annotations

EQUIVALENT: dict[str, dict[str, tuple[str, ...]]] = {}
