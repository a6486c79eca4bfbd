"""A trial: honest submissions of several units, one to four damages each, graded before and after."""

from __future__ import annotations

import copy
import json
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from random import Random

import nbformat
from nbformat import NotebookNode
from traitlets.config import PyFileConfigLoader

from autograder import units
from autograder.course import COURSE
from autograder.grader.marking import LOOK, Mark, Marker
from autograder.grader.sheet import Sheet, grade_id
from autograder.grader.submission import BrokenSubmission, read
from tests.damage.catalogue import BEYOND_REPAIR, TO_FILES, TO_NOTEBOOKS

ROOT = Path(__file__).parents[2]
UNITS = ("01-neuron", "02-activations", "04-matrix-form")
Results = Counter[tuple[str, str]]


def run(count: int, seed: int = 8) -> Results:
    """Grade `count` damaged notebooks; how often each damage ended as right, queued or wrong."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    results: Results = Counter()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        markers = {}
        for key in UNITS:
            sheet = Sheet.read(ROOT / "solutions" / key / f"{key}.ipynb", units.unit(key), config)
            markers[key] = stack.enter_context(Marker(COURSE, sheet, "a seed for tests"))
        known: dict[tuple[str, int], dict[str, Mark]] = {}
        for i in range(count):
            rng = Random(seed * 1_000_000 + i)
            key, which = rng.choice(UNITS), rng.randrange(4)
            notebook = honest(key, which)
            if (key, which) not in known:
                known[key, which] = _marks(markers[key], copy.deepcopy(notebook))
            to_notebook = rng.sample(TO_NOTEBOOKS, rng.randint(1, 3))
            to_file = [rng.choice(TO_FILES)] if rng.random() < 0.5 else []
            if i % 100 == 0:
                to_file = [rng.choice(BEYOND_REPAIR)]
            for change in to_notebook:
                change(notebook, rng)
            data = json.dumps(notebook).encode()
            for harm in to_file:
                data = harm(data, rng)
            names = [damage.__name__ for damage in (*to_notebook, *to_file)]
            ended = _ended(markers[key], data, folder / f"{key}.ipynb", known[key, which])
            results.update({("all", ended): 1, **{(name, ended): 1 for name in names}})
            if ended.startswith("wrong"):
                print(i, key, which, names, ended)
    return results


def honest(key: str, which: int) -> NotebookNode:
    """A submission of a unit: solved, or with every fourth exercise wrong or left out, by `which`."""
    notebook = nbformat.read(ROOT / "notebooks" / key / f"{key}.ipynb", as_version=4)
    solved = nbformat.read(ROOT / "solutions" / key / f"{key}.ipynb", as_version=4)
    texts = {grade_id(cell): cell.source for cell in solved.cells if grade_id(cell)}
    for place, exercise in enumerate(units.unit(key).exercises):
        if which == 3 and place % 4 == 1:
            continue
        wrong = f"def {exercise.name}({', '.join(exercise.parameters)}):\n    return None"
        for cell in notebook.cells:
            if grade_id(cell) == exercise.name:
                cell.source = wrong if which and place % 4 == which else texts[exercise.name]
    for cell in notebook.cells:
        if grade_id(cell) in units.unit(key).written:
            cell.source = "Because a line has two sides."
    return notebook


def _marks(marker: Marker, notebook: NotebookNode) -> dict[str, Mark]:
    return {mark.cell: mark for mark in marker.mark(notebook).marks}


def _ended(marker: Marker, data: bytes, path: Path, known: dict[str, Mark]) -> str:
    """Grade a damaged file; how it ended. A mark that a person is asked to look at is not a silent one."""
    path.write_bytes(data)
    try:
        found = _marks(marker, read(path))
    except BrokenSubmission:
        return "queued"
    differs = [name for name, mark in known.items() if found[name].score != mark.score]
    if not differs:
        return "right"
    return "queued" if all(found[name].verdict in LOOK for name in differs) else "wrong"


def table(results: Results) -> str:
    """The results as a Markdown page."""
    lines = [
        "# Damaged notebooks",
        "",
        "Honest submissions of units 01, 02 and 04 with known marks, damaged by one to four of these at a time, and "
        "graded. Made by `python -m tests.damage --write docs/damaged-notebooks.md`.",
        "",
        "*Right*: the same points as before the damage. *Queued*: a person is asked to look, with the reason. *Wrong*: "
        "other points, and nobody is asked.",
        "",
        "| damage | tried | right | queued | wrong |",
        "|---|---|---|---|---|",
    ]
    for name in sorted({name for name, _ in results}, key=lambda name: (name != "all", name)):
        counts = [results[name, ended] for ended in ("right", "queued", "wrong")]
        lines.append(f"| {name.replace('_', ' ')} | {sum(counts)} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines) + "\n"
