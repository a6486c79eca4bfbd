"""``autograder grade``: a folder of submissions."""

from __future__ import annotations

import os
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.cli import app, console, settings


class Backend(StrEnum):
    """Where submissions are marked."""

    LOCAL = "local"
    DASK = "dask"


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
    backend: Annotated[
        Backend, typer.Option(help="Who marks: this machine, or the workers of a Dask cluster.")
    ] = Backend.LOCAL,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of the Dask scheduler, as tcp://host:8786.")
    ] = None,
) -> None:
    """Grade a folder of submissions: student code in a sandbox, tests in a process of their own.

    A run that was stopped goes on where it was when it is started again: what was marked and has not changed is taken
    over.
    """
    from sqlalchemy.engine import make_url

    from autograder import seed, units
    from autograder.course import COURSE
    from autograder.grader import backends, batch
    from autograder.grader.gradebook import gradebook_url
    from autograder.grader.sheet import Sheet
    from autograder.isolation import IsolationUnavailable, Unisolated

    if (backend is Backend.DASK) != (scheduler is not None):
        raise typer.BadParameter("--backend dask and --scheduler ADDRESS go together.")
    root = Path.cwd()
    config = settings()
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
    workers = backends.dask(scheduler) if scheduler else backends.threads(jobs)
    verdicts: Counter[str] = Counter()
    done = taken_over = 0
    look = Table("student", "unit", "cell", "why", title="Needs a look")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=console) as progress:
            task = progress.add_task("Grading", total=len(found))
            sandbox = Unisolated() if weak_isolation else None
            for graded in batch.grade(
                found, out, COURSE, sheets, config, seed=secret, workers=workers, sandbox=sandbox
            ):
                done += 1
                taken_over += graded.taken_over
                verdicts.update(mark.verdict.value for mark in graded.marks)
                for mark in graded.needs_a_look:
                    look.add_row(
                        graded.submitted.student, graded.submitted.unit, mark.cell, escape(mark.reason)
                    )
                progress.advance(task)
    except KeyboardInterrupt:
        console.print(
            f"Stopped. {done} of {len(found)} submissions are marked and saved. The same command goes on from there.",
            style="bold",
        )
        raise typer.Exit(130) from None
    except (IsolationUnavailable, batch.ResultsInUse, backends.OtherVersion, backends.NoCluster) as error:
        console.print(escape(str(error)), style="bold red")
        raise typer.Exit(2) from error
    if look.row_count:
        console.print(look)
    if taken_over:
        console.print(
            f"{taken_over} had been marked before and were taken over, {done - taken_over} marked now."
        )
    console.print(
        f"{len(found)} submissions: " + ", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common())
    )
    book = gradebook_url(config, out)
    console.print(
        f"Marks are in {out / 'grades.csv'} and in the gradebook, {make_url(book).render_as_string()}."
    )
