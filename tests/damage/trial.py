"""A trial: honest submissions of all units, one to five damages each, graded before and after."""

from __future__ import annotations

import copy
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from autograder.course import COURSE
from autograder.grader.marking import LOOK, Mark, Marker
from autograder.grader.submission import BrokenSubmission, read
from tests.course import sheet
from tests.damage.catalogue import BEYOND_REPAIR, TO_FILES, TO_FOLDERS, TO_NOTEBOOKS, huge_outputs
from tests.damage.honest import honest

# Each with its share: a submission of the later units trains networks, and takes seconds to mark.
UNITS = {
    "01-neuron": 5,
    "02-activations": 5,
    "03-mlp": 5,
    "04-matrix-form": 5,
    "05-training": 1,
    "06-softmax": 1,
    "07-scikit-learn": 1,
}
VARIANTS = 5
Results = Counter[tuple[str, str]]
Damage = Callable[[Any, Random], Any]


def damaged(
    path: Path, key: str, which: int, damages: Sequence[Damage], rng: Random, beyond: Sequence[Damage] = ()
) -> None:
    """Write an honest submission, damaged: first the notebook, then the bytes of its file, then the folder."""
    notebook = honest(key, which)
    for damage in damages:
        if damage in TO_NOTEBOOKS or damage is huge_outputs:
            damage(notebook, rng)
    data = json.dumps(notebook).encode()
    for damage in damages:
        if damage in TO_FILES:
            data = damage(data, rng)
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    for damage in [*(damage for damage in damages if damage in TO_FOLDERS), *beyond]:
        damage(path, rng)


class Trial:
    """Grades damaged submissions, and honest ones once.

    Parameters
    ----------
    units : sequence of str
        From which to draw; one that stands there twice is drawn twice as often.
    """

    def __init__(self, units: Sequence[str]) -> None:
        self.units = units
        self._stack = ExitStack()
        self._markers: dict[str, Marker] = {}
        self._known: dict[tuple[str, int], dict[str, Mark]] = {}
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))

    def __enter__(self) -> Trial:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def run(self, numbers: Iterable[int], seed: int = 8) -> Results:
        """Grade damaged submissions, each made from its number; how often each damage ended as right, queued or wrong."""
        results: Results = Counter()
        for i in numbers:
            rng = Random(seed * 1_000_000 + i)
            damages: list[Damage] = rng.sample(TO_NOTEBOOKS, rng.randint(1, 3))
            damages += [rng.choice(TO_FILES)] if rng.random() < 0.5 else []
            damages += [rng.choice(TO_FOLDERS)] if rng.random() < 0.2 else []
            damages += [huge_outputs] if i % 150 == 7 else []
            self._one(i, rng, damages, [], results)
        return results

    def run_beyond_repair(self, times: int = 4) -> Results:
        """Grade some of each damage that nobody can repair."""
        results: Results = Counter()
        for i, damage in enumerate(BEYOND_REPAIR * times):
            self._one(1_000_000 + i, Random(i), [], [damage], results)
        return results

    def _one(
        self, i: int, rng: Random, damages: list[Damage], beyond: list[Damage], results: Results
    ) -> None:
        key, which = rng.choice(self.units), rng.randrange(VARIANTS)
        path = self._folder / str(i) / f"{key}.ipynb"
        damaged(path, key, which, damages, rng, beyond)
        ended, differs = self._ended(path, key, which)
        names = [damage.__name__ for damage in (*damages, *beyond)]
        results.update({("all", ended): 1, **{(name, ended): 1 for name in names}})
        if ended != "right" and not beyond:
            print(i, key, which, names, ended, *differs, sep="\n   ")
        for file in path.parent.iterdir():
            file.unlink()

    def known(self, key: str, which: int) -> dict[str, Mark]:
        """The marks of an honest submission without damage."""
        if (key, which) not in self._known:
            self._known[key, which] = self._marks(key, honest(key, which))
        return self._known[key, which]

    def _marks(self, key: str, notebook: Any) -> dict[str, Mark]:
        if key not in self._markers:
            marker = Marker(COURSE, sheet(key), "a seed for tests")
            self._markers[key] = self._stack.enter_context(marker)
        return {mark.cell: mark for mark in self._markers[key].mark(copy.deepcopy(notebook)).marks}

    def _ended(self, path: Path, key: str, which: int) -> tuple[str, list[str]]:
        """Grade a damaged file; how it ended. A mark that a person is asked to look at is not a silent one."""
        known = self.known(key, which)
        try:
            found = self._marks(key, read(path))
        except BrokenSubmission as error:
            return "queued", [str(error)]
        differs = [name for name, mark in known.items() if found[name].score != mark.score]
        said = [
            f"{name}: {known[name].verdict} {found[name].verdict} {found[name].reason}" for name in differs
        ]
        if not differs:
            return "right", said
        asked = all(found[name].verdict in LOOK and found[name].reason for name in differs)
        return "queued" if asked else "wrong", said


def table(results: Results, beyond: Results, stock: dict[str, str], seconds: float) -> str:
    """The results as a Markdown page."""
    kinds = sorted({name for name, _ in results} - {"all"})
    hopeless = sorted({name for name, _ in beyond} - {"all"})
    counts = Counter(stock[name] for name in (*kinds, *hopeless))
    lines = [
        "# Damaged notebooks",
        "",
        f"Submissions of all seven units, in which right, wrong and missing answers are mixed, with known marks. Each is "
        "damaged in one to five of these ways at a time, and graded. Made by "
        f"`python -m tests.damage --write docs/damaged-notebooks.md` in {seconds / 60:.0f} minutes.",
        "",
        "*Right*: the same points as before the damage. *Queued*: a person is asked to look, with the reason. *Wrong*: "
        "other points, and nobody is asked. The last column is what `nbgrader autograde` as it comes makes of one "
        "notebook of unit 01 with this damage alone.",
        "",
        "| damage | tried | right | queued | wrong | stock nbgrader |",
        "|---|---|---|---|---|---|",
    ]
    for name in ("all", *kinds):
        lines.append(f"| {name.replace('_', ' ')} | {_counted(results, name)} | {stock.get(name, '')} |")
    lines += [
        "",
        "The queued ones had several damages at once, which together left more than one way to read them.",
        "",
        "## Beyond repair",
        "",
        "Here nobody can know what was meant, so every one has to be queued.",
        "",
        "| damage | tried | right | queued | wrong | stock nbgrader |",
        "|---|---|---|---|---|---|",
        *(f"| {name.replace('_', ' ')} | {_counted(beyond, name)} | {stock[name]} |" for name in hopeless),
        "",
        "## Stock nbgrader",
        "",
        f"Of {counts.total()} notebooks, one for each kind of damage, `nbgrader autograde` with its own steps graded "
        f"{counts['right']} right, gave {counts['wrong mark']} other points without a word, and gave {counts['no mark']} "
        f"none. Without damage: {stock['none']}. It looks for `01-neuron.ipynb` and for cells by their metadata alone; "
        "a notebook whose graded cells lost theirs has no graded cells.",
    ]
    return "\n".join(lines) + "\n"


def _counted(results: Results, name: str) -> str:
    counts = [results[name, ended] for ended in ("right", "queued", "wrong")]
    return " | ".join(map(str, (sum(counts), *counts)))
