from __future__ import annotations

import pytest

from autograder.isolation import Bubblewrap, Cell, Isolation, Limits, Room, Unisolated

from .course import prepare

LIMITS = Limits(
    cell_seconds=1.5, total_seconds=20, cpu_seconds=10, processes=12, memory=256 << 20, trusted_memory=1 << 30
)


def open_isolation(sandbox=None, limits=LIMITS, **room):
    return Isolation(
        Room(preload=("numpy", "IPython.core.interactiveshell"), **room),
        limits,
        sandbox=sandbox,
        prepare=prepare,
        trusted_preload=("numpy",),
    )


@pytest.fixture(scope="session")
def isolation():
    with open_isolation(Bubblewrap()) as opened:
        yield opened


@pytest.fixture(scope="session")
def unisolated():
    with open_isolation(Unisolated()) as opened:
        yield opened


@pytest.fixture
def grade(isolation):
    """Run texts of cells, given as "kind: text" pairs, and return the outcomes."""

    def run(*cells, settings=None, on=isolation):
        numbered = [Cell(f"{kind}-{n}", text, kind) for n, (kind, text) in enumerate(cells)]
        return on.run(numbered, settings)

    return run


@pytest.fixture
def passes(grade):
    """The one graded cell passes, after the student's cell."""

    def run(student, graded):
        outcome = grade(("student", student), ("graded", graded))[1]
        assert outcome.status == "ok", outcome

    return run
