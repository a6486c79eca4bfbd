"""A class of 60 that nobody has taught: made submissions of two units, graded for real, and the report on them.

``python -m benchmarks.example_class [--write docs] [--keep FOLDER]``

Names, answers and the points for written answers are made up; everything else is what the grader says.
"""

from __future__ import annotations

import argparse
import copy
import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from playwright.sync_api import sync_playwright

from autograder import units
from autograder.grader.sheet import grade_id
from benchmarks.grading import run
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.screenshots import shrink
from tests.course import ROOT, one_wrong, solutions
from tests.grader.attacks import attacks

FIRST = ["Ada", "Bela", "Caro", "Dina", "Emil", "Fritz", "Gina", "Hugo", "Ines", "Jana"]
FIRST += ["Kaya", "Lars", "Mila", "Nils", "Olga", "Pepe", "Rosa", "Sami", "Tara", "Udo"]
LAST = ("Abend", "Birke", "Ceder")

# Known mistakes and how many of sixty make each.
MISTAKES = {
    "01-neuron": {
        "weighted_sum": (
            (9, "def weighted_sum(x, w, b):\n    # no idea why b is there\n    return float(w @ x)"),
            (
                5,
                "def weighted_sum(x, w, b):\n"
                "    z = 0\n"
                "    for xi, wi in zip(x, w):\n"
                "        z += xi * wi + b\n"
                "    return z",
            ),
            (2, "def weighted_sum(x, w, b):\n    return w * x + b"),
        ),
        "perceptron": (
            (
                13,
                "def perceptron(x, w, b):\n"
                "    z = weighted_sum(x, w, b)\n"
                "    if z >= 0:\n"
                "        return 1\n"
                "    return 0",
            ),
            (4, "def perceptron(x, w, b):\n    return weighted_sum(x, w, b) > 0"),
            (2, "def perceptron(x, w, b):\n    return weighted_sum(x, w, b)"),
        ),
        "predict_all": (
            (8, "def predict_all(X, w, b):\n    return [perceptron(x, w, b) for x in X]"),
            (
                5,
                "def predict_all(X, w, b):\n"
                "    out = np.zeros(len(X))\n"
                "    for i, x in enumerate(X):\n"
                "        out[i] = perceptron(x, w, b)\n"
                "    return out",
            ),
        ),
        "gate_parameters": (
            (
                11,
                "def gate_parameters():\n"
                "    return {'AND': ([1, 1], -1), 'OR': ([1, 1], 0), 'NAND': ([-1, -1], 1)}",
            ),
            (
                3,
                "def gate_parameters():\n"
                "    return {'AND': ([1, 1], 1.5), 'OR': ([1, 1], 0.5), 'NAND': ([-1, -1], -1.5)}",
            ),
        ),
    },
    "05-training": {
        "mse": ((6, "def mse(y_pred, y):\n    return np.sum((y_pred - y) ** 2)"),),
        "mse_gradient": (
            (
                12,
                "def mse_gradient(X, y, w, b):\n"
                "    e = X @ w + b - y\n"
                "    return X.T @ e / len(y), np.mean(e)",
            ),
            (
                7,
                "def mse_gradient(X, y, w, b):\n    e = X @ w + b - y\n    return 2 * X.T @ e, 2 * np.sum(e)",
            ),
        ),
        "binary_cross_entropy": (
            (
                19,
                "def binary_cross_entropy(p, y):\n"
                "    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))",
            ),
        ),
        "hidden_delta": ((8, "def hidden_delta(delta_next, W_next, Z):\n    return delta_next @ W_next"),),
        "numerical_gradient": (
            (
                5,
                "def numerical_gradient(f, w, eps=1e-6):\n"
                "    g = np.zeros_like(w)\n"
                "    for i in np.ndindex(w.shape):\n"
                "        v = w.copy()\n"
                "        v[i] += eps\n"
                "        g[i] = (f(v) - f(w)) / eps\n"
                "    return g",
            ),
        ),
        "init_parameters": (
            (
                4,
                "def init_parameters(layer_sizes, rng, scale=0.1):\n"
                "    W, B = [], []\n"
                "    for a, b in zip(layer_sizes, layer_sizes[1:]):\n"
                "        W.append(np.zeros((b, a)))\n"
                "        B.append(np.zeros(b))\n"
                "    return W, B",
            ),
        ),
    },
}

# Parts of written answers, the middle ones with the points that they get here.
OPENINGS = {
    "01-neuron": (
        "A perceptron looks at the sign of z.",
        "There is one line, and each side has its answer.",
        "z = w1 x1 + w2 x2 + b.",
        "I drew the square first.",
    ),
    "05-training": (
        "Every row of W1 is the same.",
        "All 16 units get the same input.",
        "I followed one epoch on paper.",
        "Nothing tells the units apart.",
    ),
}
ARGUMENTS = {
    "01-neuron": (
        (4, "The two ones add up to w1 + w2 + 2b > 0, the two zeros to w1 + w2 + 2b <= 0."),
        (4, "Both diagonals have the same middle, which would have to be on both sides."),
        (2, "No line has the ones on one side and the zeros on the other."),
        (1, "I tried many numbers and none worked."),
    ),
    "05-training": (
        (
            4,
            "Equal output weights give equal deltas, so equal rows stay equal: one unit. "
            "Random output weights part them.",
        ),
        (2, "The activations are equal, so the network is as good as one unit."),
        (1, "They all learn the same."),
    ),
}
CLOSINGS = (
    "So it can't be done.",
    "That is the reason.",
    "A second layer would help.",
    "This holds for all of them.",
    "That surprised me.",
)
COPIED = {"01-neuron": 4, "05-training": 3}  # students who hand in the same words

# What a grader cannot judge: the one ends the process that it runs in, the other never ends.
ENDS = "def gate_parameters():\n    import os\n    os._exit(0)"
NEVER_ENDS = (
    "def perceptron(x, w, b):\n"
    "    z = weighted_sum(x, w, b)\n"
    "    while z != 0:\n"
    "        z = z - 1\n"
    "    return 1"
)


def make(folder: Path) -> dict[str, dict[str, int]]:
    """A course folder with the submissions; the points for each written answer, by unit and student."""
    rng = np.random.default_rng(60)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    students = [f"{first}-{last}".lower() for last in LAST for first in FIRST]
    points: dict[str, dict[str, int]] = {}
    for key in MISTAKES:
        shutil.copytree(ROOT / "solutions" / key, folder / "solutions" / key)
        released = nbformat.read(ROOT / "notebooks" / key / f"{key}.ipynb", as_version=4)
        answers, points[key] = _answers(key, students, rng)
        submissions = {student: _fill(released, answers[student]) for student in students}
        _doubtful(key, submissions)
        for student, notebook in submissions.items():
            place = folder / "submitted" / student / key
            place.mkdir(parents=True)
            (place / f"{key}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    # Not a notebook at all.
    (folder / "submitted" / students[7] / "01-neuron" / "01-neuron.ipynb").write_bytes(b"%PDF-1.7\n")
    return points


def _answers(
    key: str, students: list[str], rng: np.random.Generator
) -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    """What each student writes into which cell, and the points of the written answer."""
    right = {
        name: re.sub(r"^ *### (BEGIN|END) SOLUTION\n?", "", text, flags=re.MULTILINE)
        for name, text in solutions(key).items()
        if name in {exercise.name for exercise in units.unit(key).exercises}
    }
    answers = {student: dict(right) for student in students}
    unknown = one_wrong(key)
    for name in right:
        order = [students[i] for i in rng.permutation(len(students))]
        mistakes = [*MISTAKES[key].get(name, ()), (int(rng.integers(0, 4)), unknown.get(name, right[name]))]
        for n, text in mistakes:
            for student in order[:n]:
                answers[student][name] = text
            order = order[n:]
    names = list(right)
    for student in rng.choice(students, size=14, replace=False):  # gave up somewhere
        for name in names[int(rng.integers(len(names) // 3, len(names))) :]:
            del answers[student][name]
    written = units.unit(key).written[0]
    points = {}
    same = f"{OPENINGS[key][0]} {ARGUMENTS[key][0][1]} Copied from the forum."
    for i, j in enumerate(rng.permutation(len(students))):
        student = students[j]
        if i < COPIED[key]:
            answers[student][written], points[student] = same, ARGUMENTS[key][0][0]
        elif i < 52:
            worth, argument = ARGUMENTS[key][int(rng.integers(len(ARGUMENTS[key])))]
            parts = (OPENINGS[key][i % len(OPENINGS[key])], argument, CLOSINGS[i % len(CLOSINGS)])
            answers[student][written], points[student] = (
                f"{' '.join(parts)} That is my answer number {i}.",
                worth,
            )
    return answers, points


def _fill(released: NotebookNode, answers: dict[str, str]) -> NotebookNode:
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    return notebook


def _doubtful(key: str, submissions: dict[str, NotebookNode]) -> None:
    """Attacks, and damage that a grader has to look past, in some of the submissions."""
    students = list(submissions)
    cells = {student: {grade_id(cell): cell for cell in submissions[student].cells} for student in students}
    if key == "05-training":
        cells[students[30]]["train"].source = attacks()["training without end"].answers["train"]
        cells[students[40]]["test_mse"].source = "print('mine')"
        return
    cells[students[11]]["gate_parameters"].source = ENDS
    cells[students[12]]["perceptron"].source = NEVER_ENDS
    cells[students[20]]["weighted_sum"].source = "from nnlib.neuron import weighted_sum"
    cells[students[21]][
        "weighted_sum"
    ].source = "import nnlib\ndef weighted_sum(x, w, b):\n    return nnlib.weighted_sum(x, w, b)"
    cells[students[22]]["test_weighted_sum"].metadata.nbgrader.points = 1000
    twin = nbformat.v4.new_code_cell("1", metadata=copy.deepcopy(cells[students[23]]["perceptron"].metadata))
    submissions[students[23]].cells.append(twin)
    cells[students[24]][
        "predict_all"
    ].source = "def predict_all(X, w, b):\n    return [perceptron(x w b) for x in X]"
    for student in students[25:28]:  # an editor that knows nothing of nbgrader
        for cell in submissions[student].cells:
            cell.metadata.pop("nbgrader", None)
    submissions[students[28]].cells.reverse()


def mark_written(folder: Path, key: str, points: dict[str, int]) -> None:
    """Give the points of written answers, as a person does in the formgrader."""
    with Gradebook(f"sqlite:///{folder / 'results' / 'gradebook.db'}") as book:
        for submission in book.assignment_submissions(key):
            for grade in submission.notebooks[0].grades:
                if grade.needs_manual_grade and grade.auto_score is None:
                    grade.manual_score = float(points[submission.student.id])
                    grade.needs_manual_grade = False
        book.db.commit()


def picture(page: Path, target: Path) -> None:
    """The top of a report as a small PNG."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        tab = chromium.new_page(viewport={"width": 1000, "height": 1400})
        tab.goto(page.resolve().as_uri())
        tab.screenshot(path=target)
        chromium.close()
    shrink(target)


def main() -> None:
    """Make the class, grade it, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write", type=Path, help="write class-report.html and its picture below this folder"
    )
    parser.add_argument("--keep", type=Path, help="make the class in this folder, which stays")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        points = make(folder)
        print(f"graded in {run(folder, 'autograder', 'grade', 'submitted', '--out', 'results'):.1f} s")
        mark_written(folder, "01-neuron", points["01-neuron"])
        run(folder, "autograder", "feedback", "results")
        run(folder, "autograder", "report", "results", "--site", ".")
        report = folder / "results" / "report.html"
        print(Counter(path.parent.name for path in (folder / "results").glob("marks/*/*.json")))
        if options.write:
            shutil.copy(report, options.write / "class-report.html")
            picture(report, options.write.resolve() / "images" / "class-report.png")


if __name__ == "__main__":
    main()
