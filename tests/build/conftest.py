"""A course of one small unit, built once, and a copy of it for every test that breaks something."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder import build

PROJECT = Path(__file__).parents[2]
KEY = "01-toy"


def declaration(key):
    """The toy's declaration, in the place of autograder.units.unit."""
    if key != KEY:
        raise LookupError(f"no unit {key}")
    exercises = (SimpleNamespace(name="double", points=2), SimpleNamespace(name="double_all", points=3))
    return SimpleNamespace(key=key, exercises=exercises, written=("parity",))


@pytest.fixture(scope="session")
def built_course(tmp_path_factory):
    """Root of the toy course, built."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    shutil.copytree(Path(__file__).parent / "toy", root / "solutions" / KEY)
    build.build_unit(root, KEY)
    return root


@pytest.fixture
def course(built_course, tmp_path):
    """A copy of the built toy course, to be broken."""
    root = tmp_path / "course"
    shutil.copytree(built_course, root)
    return root
