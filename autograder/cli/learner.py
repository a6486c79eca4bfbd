"""``autograder check`` and ``autograder progress``: a learner's own notebooks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from autograder.cli import app, console
from autograder.verdict import Verdict

if TYPE_CHECKING:
    from autograder.grader.marking import Mark

STYLES = {Verdict.CORRECT: "green", Verdict.WRITTEN: "blue", Verdict.NOT_ATTEMPTED: "dim"}
WRONG = "red"

Folder = Annotated[
    Path | None,
    typer.Option(
        help="The folder with the units. Without it: the one you are in, or else notebooks.",
        exists=True,
        file_okay=False,
    ),
]


@app.command()
def check(
    unit: Annotated[
        list[str] | None, typer.Argument(help="Units to grade, as 01-neuron. Without it: all.")
    ] = None,
    folder: Folder = None,
) -> None:
    """Grade your own notebooks as a grader would: as they are saved, from the top, in fresh processes."""
    if not sys.platform.startswith("linux"):
        console.print(
            "This command needs Linux. In JupyterLab, restart the kernel and run all cells instead."
        )
        raise typer.Exit(2)
    from autograder import selfcheck, units
    from autograder.grader.submission import BrokenSubmission
    from autograder.isolation import IsolationUnavailable
    from autograder.progress import notebook_path

    place = folder or _course_folder()
    keys = unit or [key for key in units.MODULES if notebook_path(place, key).exists()]
    if not keys:
        console.print(f"No notebook of the course is in this folder: {place}", style="bold")
        raise typer.Exit(1)
    failed = False
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console
    ) as bar:
        task = bar.add_task("", total=len(keys))
        for key in keys:
            bar.update(task, description=f"Running {key}")
            try:
                _print_marks(key, selfcheck.grade(place, key))
            except (units.UnknownExercise, BrokenSubmission, IsolationUnavailable) as error:
                console.print(Text(f"{key}: {error}", style=WRONG))
                failed = True
            bar.advance(task)
    if failed:
        raise typer.Exit(1)


@app.command()
def progress(folder: Folder = None) -> None:
    """Show how far you are in the course, and what comes next."""
    from autograder.progress import by_state, conclusion, counts, heading, survey, word

    found = survey(folder or _course_folder())
    for key, states in found.items():
        console.print(Text(heading(key), style="bold"))
        table = Table.grid(padding=(0, 2, 0, 0))
        for state, names in by_state(states).items():
            table.add_row(Text(word(state), style=STYLES.get(state, WRONG)), ", ".join(names))
        console.print(Padding(table, (0, 0, 0, 2), expand=False))
    console.print(", ".join(f"{n} {word(state)}" for state, n in counts(found)), style="bold")
    console.print(Text(conclusion(found)))


def _course_folder() -> Path:
    """The learner's folder that the command was started in, else the folder ``notebooks``."""
    from autograder.progress import learners_folder

    found = learners_folder(Path.cwd()) or Path("notebooks")
    if not found.is_dir():
        console.print("The course's notebooks are not here. Say where they are with --folder.", style="bold")
        raise typer.Exit(1)
    return found


def _print_marks(key: str, marks: Sequence[Mark]) -> None:
    """Print a unit's marks, each with its reason below it, and their sum."""
    from autograder.progress import heading

    console.print(Text(f"\n{heading(key)}", style="bold"))
    width = max(len(mark.exercise) for mark in marks)
    for mark in marks:
        points = f"{mark.max_score:g} points wait for a person"
        if mark.score is not None:
            points = f"{mark.score:g} of {mark.max_score:g}"
        style = STYLES.get(mark.verdict, WRONG)
        said = Text.assemble(
            f"{mark.exercise:<{width}}  ", (f"{mark.verdict.value.replace('-', ' '):<15}", style), points
        )
        console.print(Padding(said, (0, 0, 0, 2), expand=False))
        if mark.reason:
            console.print(Padding(Text(mark.reason), (0, 0, 0, 6), expand=False))
    marked = [(mark.score, mark.max_score) for mark in marks if mark.score is not None]
    got, most = map(sum, zip(*marked, strict=True))
    console.print(f"  {got:g} of {most:g} points", style="bold")
