"""A course of one small unit, built once, and a copy of it for every test that breaks something."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder import build

PROJECT = Path(__file__).parents[2]
KEY = "01-toy"


def declared(key):
    """The toy's declaration."""
    return SimpleNamespace(
        key=key, exercises=(SimpleNamespace(name="double", points=2),), written=("parity",)
    )


@pytest.fixture(scope="session")
def built_course(tmp_path_factory):
    """Root of the toy course, built."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    source = build.source_path(root, KEY)
    source.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).parent / "toy" / source.name, source)
    build.build_unit(root, KEY)
    return root


@pytest.fixture
def course(built_course, tmp_path):
    """A copy of the built toy course, to be broken."""
    root = tmp_path / "course"
    shutil.copytree(built_course, root)
    return root
