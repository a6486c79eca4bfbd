"""The lists of packages agree: pyproject.toml, environment.yml, constraints.txt, and what is installed."""

import re
import tomllib
from importlib import metadata
from itertools import chain
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def declared():
    """Direct dependencies, extras included: name and bounds."""
    lines = chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    return {canonicalize_name(r.name): r.specifier for r in map(Requirement, lines)}


def pinned():
    lines = (ROOT / "constraints.txt").read_text().split()
    return {
        canonicalize_name(name): Version(version) for name, version in (line.split("==") for line in lines)
    }


def test_conda_users_get_the_same_packages_with_the_same_bounds():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["channels"] == ["conda-forge"]
    *packages, by_pip = environment["dependencies"]
    python, pip, *packages = packages
    assert (python, pip) == (f"python{PROJECT['requires-python']}", "pip")
    *packages_by_pip, project = by_pip["pip"]
    assert project == "--no-deps --editable ."
    listed = {canonicalize_name(r.name): r.specifier for r in map(Requirement, packages + packages_by_pip)}
    assert listed == declared()


def test_constraints_are_plain_pins_within_the_bounds():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []
    assert {name for name, bounds in declared().items() if pinned()[name] not in bounds} == set()


def test_constraints_pin_what_each_package_needs():
    """No package that pip would install here is left to chance."""
    missing = set()
    waiting = [(name, frozenset()) for name in declared()]
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        if name not in pinned():
            missing.add(name)
            continue
        for line in metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras or {""}):
                waiting.append((canonicalize_name(needed.name), frozenset(needed.extras)))
    assert missing == set()


def test_a_learner_needs_numpy_and_matplotlib_alone():
    names = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    assert names == {"numpy", "matplotlib"}
