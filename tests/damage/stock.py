"""What ``nbgrader autograde`` with its own steps makes of damaged notebooks: one of unit 01 for each kind of damage."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from nbgrader.api import Gradebook, MissingEntry

from tests.course import ROOT, stock_settings
from tests.damage.catalogue import BEYOND_REPAIR, TO_FILES, TO_FOLDERS, TO_NOTEBOOKS, huge_outputs
from tests.damage.trial import Damage, damaged

UNIT = "01-neuron"
ANSWERS = 1  # the number of the honest submission that is damaged


def stock() -> dict[str, str]:
    """How each damage ended: ``right``, ``wrong mark`` or ``no mark``; ``none`` is the notebook without damage."""
    damages: list[Damage] = [*TO_NOTEBOOKS, huge_outputs, *TO_FILES, *TO_FOLDERS]
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        (course / "nbgrader_config.py").write_text(stock_settings())
        shutil.copytree(ROOT / "solutions" / UNIT, course / "solutions" / UNIT)
        damaged(course / "submitted" / "none" / UNIT / f"{UNIT}.ipynb", UNIT, ANSWERS, [], Random(1))
        for damage in [*damages, *BEYOND_REPAIR]:
            path = course / "submitted" / damage.__name__ / UNIT / f"{UNIT}.ipynb"
            now, beyond = ([], [damage]) if damage in BEYOND_REPAIR else ([damage], [])
            damaged(path, UNIT, ANSWERS, now, Random(1), beyond)
        _run(course, "generate_assignment", UNIT)
        names = ["none", *(damage.__name__ for damage in (*damages, *BEYOND_REPAIR))]
        for name in names:  # one by one: some damages end the command, and those behind would not be graded
            _run(course, "autograde", UNIT, f"--student={name}", "--create")
        with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
            scores = {name: _scores(gradebook, name) for name in names}
    return {name: _compared(got, scores["none"]) for name, got in scores.items()}


def _run(course: Path, *command: str) -> None:
    """Run a command of nbgrader's, which may fail."""
    binaries = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}"}
    subprocess.run([binaries / "nbgrader", *command], cwd=course, env=environment, capture_output=True)


def _scores(gradebook: Gradebook, student: str) -> list[float | None]:
    """The points that nbgrader gave each graded cell by itself; None where it gave none."""
    try:
        notebook = gradebook.find_submission_notebook(UNIT, UNIT, student)
    except MissingEntry:
        return []
    return [grade.auto_score for grade in notebook.grades]


def _compared(got: list[float | None], wanted: list[float | None]) -> str:
    if got == wanted:
        return "right"
    return "no mark" if got.count(None) > wanted.count(None) or not got else "wrong mark"
