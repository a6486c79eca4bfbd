"""A student process finds a library without answers."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autograder import units
from autograder.course import COURSE
from autograder.grader.room import furnish


@pytest.fixture
def run(tmp_path):
    """Run code where the furnished packages come first."""

    def inside(provides, code):
        furnish(tmp_path / "room", COURSE.library, provides)
        done = subprocess.run(
            [
                sys.executable,
                "-I",
                "-c",
                f"import sys; sys.path.insert(0, {str(tmp_path / 'room')!r})\n{code}",
            ],
            capture_output=True,
            text=True,
        )
        return done.stdout + done.stderr

    return inside


def test_what_is_provided_works_and_the_rest_says_why_not(run):
    said = run(
        ("activations.step",),
        "import nnlib; print(nnlib.step(2.0))\n"
        "try: nnlib.relu(2.0)\n"
        "except PermissionError as error: print(error)",
    )
    assert said.splitlines() == [
        "1.0",
        "nnlib.activations.relu is not available while this unit's answers are graded",
    ]


def test_the_checks_do_nothing(run):
    assert (
        run((), "from autograder import check, hint, yours; check(3); hint(3); print(yours(len)([1]))")
        == "1\n"
    )


@pytest.mark.parametrize("key", units.MODULES)
def test_no_unit_is_given_its_own_answers(run, key):
    unit = units.unit(key)
    calls = "\n".join(
        f"from {e.reference.__module__} import {e.name}\n"
        f"try: {e.name}({', '.join('1' for _ in e.parameters)}); print('{e.name} ran')\n"
        "except PermissionError: pass"
        for e in unit.exercises
        if e.reference.__module__.startswith("nnlib.")
    )
    assert run(unit.provides, calls) == ""


@pytest.mark.parametrize("key", units.MODULES)
def test_what_a_unit_provides_can_be_imported(run, key):
    lines = "\n".join(
        f"from nnlib import {item}" if "." not in item else "from nnlib.{} import {}".format(*item.split("."))
        for item in units.unit(key).provides
    )
    assert run(units.unit(key).provides, lines) == ""
