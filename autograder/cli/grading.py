"""``autograder grade``: a folder of submissions."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.cli import app, console


@app.command()
def grade(
    submissions: Annotated[
        Path, typer.Argument(help="Folder with STUDENT/UNIT/UNIT.ipynb.", exists=True, file_okay=False)
    ],
    out: Annotated[Path, typer.Option(help="Folder for the gradebook, graded notebooks and grades.csv.")],
    unit: Annotated[str | None, typer.Option(help="Only this unit, as 01-neuron.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Submissions that are marked at a time.")] = os.cpu_count()
    or 1,
    weak_isolation: Annotated[
        bool,
        typer.Option(
            "--weak-isolation", help="Run student code without a sandbox. Every report will say so."
        ),
    ] = False,
) -> None:
    """Grade a folder of submissions: student code in a sandbox, tests in a process of their own."""
    from traitlets.config import PyFileConfigLoader

    from autograder import seed, units
    from autograder.course import COURSE
    from autograder.grader import batch
    from autograder.grader.sheet import Sheet
    from autograder.isolation import IsolationUnavailable, Unisolated

    root = Path.cwd()
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    keys = [unit] if unit else list(units.MODULES)
    found = batch.find(submissions, keys)
    if not found:
        console.print(f"No submissions in {submissions} for {', '.join(keys)}.", style="bold")
        raise typer.Exit(1)
    sheets = {
        key: Sheet.read(root / "solutions" / key / f"{key}.ipynb", units.unit(key), config)
        for key in {one.unit for one in found}
    }
    secret = config.IsolatedExecute.get("seed") or seed.secret()
    if secret is None:
        console.print(
            "No secret seed is set (AUTOGRADER_SEED): anyone can compute the hidden inputs.", style="yellow"
        )
    verdicts: Counter[str] = Counter()
    look = Table("student", "unit", "cell", "why", title="Needs a look")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("Grading", total=len(found))
            sandbox = Unisolated() if weak_isolation else None
            for graded in batch.grade(
                found, out, COURSE, sheets, config, seed=secret, jobs=jobs, sandbox=sandbox
            ):
                verdicts.update(mark.verdict.value for mark in graded.marks)
                for mark in graded.needs_a_look:
                    look.add_row(graded.submitted.student, graded.submitted.unit, mark.cell, mark.reason)
                progress.advance(task)
    except IsolationUnavailable as error:
        console.print(str(error), style="bold red")
        raise typer.Exit(2) from error
    if look.row_count:
        console.print(look)
    console.print(
        f"{len(found)} submissions: " + ", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common())
    )
    console.print(f"Marks are in {out / 'grades.csv'} and {out / 'gradebook.db'}.")
