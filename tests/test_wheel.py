"""The learner's side as one wheel, in an environment that holds NumPy, matplotlib and what these two need."""

import json
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement

from autograder import units

ROOT = Path(__file__).parents[1]


def needed(*names: str) -> set[str]:
    """These distributions and all that they need."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            lines = map(Requirement, metadata.requires(name) or [])
            waiting += [
                line.name for line in lines if line.marker is None or line.marker.evaluate({"extra": ""})
            ]
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy of the tracked files without network."""
    place = tmp_path_factory.mktemp("wheel")
    source = place / "source"
    source.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "nnlib", "autograder", "pyproject.toml", "README.md", "LICENSE*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, listed):
        if (ROOT / name).exists():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "--wheel-dir",
            str(place),
            str(source),
        ],
        check=True,
    )
    (built,) = place.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """A bare environment's Python, with the wheel installed and links to the few packages that it may use."""
    place = tmp_path_factory.mktemp("bare")
    venv.create(place, with_pip=False, symlinks=True)
    (site,) = place.glob("lib/python*/site-packages")
    for name in needed("numpy", "matplotlib"):
        distribution = metadata.distribution(name)
        for part in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            (site / part).symlink_to(Path(str(distribution.locate_file(part))))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            "--target",
            str(site),
            str(wheel),
        ],
        check=True,
    )
    return place / "bin" / "python"


def test_it_is_pure_python(wheel):
    assert wheel.name.endswith("-py3-none-any.whl")


def released(key: str) -> list[str]:
    notebook = nbformat.read(ROOT / "notebooks" / key / f"{key}.ipynb", as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


RUN = """
import json, sys
import matplotlib
matplotlib.use("agg")
from autograder.verdict import CheckFailed
names, failed = {"__name__": "__main__"}, 0
for source in json.load(sys.stdin):
    try:
        exec(source, names)
    except CheckFailed:
        failed += 1
print("failed checks:", failed)
print("heavy:", sorted({m.partition(".")[0] for m in sys.modules} & {"IPython", "sklearn", "nbgrader", "ipywidgets"}))
print("from:", sys.modules["nnlib"].__file__)
"""


def run(python: Path, cells: list[str], folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(python), "-I", "-c", RUN], input=json.dumps(cells), capture_output=True, text=True, cwd=folder
    )


@pytest.mark.parametrize("key", ["01-neuron", "04-matrix-form"])
def test_a_released_unit_runs_as_plain_python(python, tmp_path, key):
    done = run(python, released(key), tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"failed checks: {len(units.unit(key).exercises)}" in done.stdout
    assert "heavy: []" in done.stdout
    assert f"from: {python.parents[1]}" in done.stdout
    first = units.unit(key).exercises[0]
    assert "Not attempted." in done.stdout
    assert f'Explained under "{first.explained}". Stuck? hint({first.name}) gives a hint.' in done.stdout


def test_a_right_answer_is_taken(python, tmp_path):
    answer = "def weighted_sum(x, w, b):\n    return float(w @ x + b)"
    done = run(python, [released("01-neuron")[0], answer, "check(weighted_sum)\nprogress()"], tmp_path)
    assert done.stdout.startswith("Correct. weighted_sum(x, w, b)"), done.stderr
    assert "Progress is kept for notebooks" in done.stdout
