"""``autograder collect`` and ``autograder export``: from and to a learning management system."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from autograder.cli import app, console, settings

RosterFile = Annotated[
    Path,
    typer.Option(help="CSV with id,first_name,last_name,email,lms_user_id.", exists=True, dir_okay=False),
]


class System(StrEnum):
    """A learning management system."""

    CANVAS = "canvas"
    MOODLE = "moodle"


@app.command()
def collect(
    source: Annotated[
        Path, typer.Argument(help="Canvas' or Moodle's zip, or a folder or zip of your own.", exists=True)
    ],
    unit: Annotated[str, typer.Option(help="The unit, as 01-neuron.")],
    roster: RosterFile,
    into: Annotated[Path, typer.Option(help="Where submissions go.")] = Path("submitted"),
) -> None:
    """Put what students handed in where grading looks for it, and list what could not be placed."""
    from autograder import units
    from autograder.grader.collect import CollectError
    from autograder.grader.collect import collect as gather
    from autograder.grader.roster import Roster, RosterError

    try:
        exercises = {exercise.name for exercise in units.unit(unit).exercises}
        rows = gather(source, unit, exercises, Roster.read(roster), into)
    except (CollectError, RosterError, units.UnknownExercise) as error:
        console.print(Text(str(error), style="bold red"))
        raise typer.Exit(2) from error
    odd = [row for row in rows if row.reason]
    if odd:
        table = Table("file", "student", "outcome", "why", title="Not as expected")
        for row in odd:
            table.add_row(*(Text(cell) for cell in (row.file, row.student, row.outcome, row.reason)))
        console.print(table)
    outcomes = Counter(row.outcome for row in rows)
    console.print(", ".join(f"{n} {outcome}" for outcome, n in outcomes.most_common()) or "Nothing is there.")
    console.print(f"Every file is listed in {into.with_name(f'{into.name}-{unit}.csv')}.")
    if not outcomes["collected"]:
        raise typer.Exit(1)


@app.command()
def export(
    results: Annotated[Path, typer.Argument(help="Folder of results.", exists=True, file_okay=False)],
    roster: RosterFile,
    to: Annotated[System, typer.Option(help="Which system will import the table.")],
    out: Annotated[Path, typer.Option(help="The CSV file to write.")],
) -> None:
    """Write each student's points as a table that Canvas or Moodle imports."""
    from autograder.grader import export as tables
    from autograder.grader.gradebook import gradebook_url, sqlite_url
    from autograder.grader.roster import Roster, RosterError

    url = gradebook_url(settings(), results)
    if url == sqlite_url(results) and not (results / "gradebook.db").is_file():
        console.print(f"There is no gradebook in {results}. Grade first.", style="bold")
        raise typer.Exit(1)
    try:
        students = Roster.read(roster)
        totals = tables.Totals.read(url, students)
        write = {System.CANVAS: tables.write_canvas, System.MOODLE: tables.write_moodle}[to]
        write(totals, students, out)
    except RosterError as error:
        console.print(Text(str(error), style="bold red"))
        raise typer.Exit(2) from error
    if totals.empty:
        table = Table("student", "unit", "why", title="Left empty")
        for total in totals.empty:
            table.add_row(*(Text(cell) for cell in (total.student, total.unit, total.why)))
        console.print(table)
    if totals.strangers:
        console.print(Text(f"Graded, but not on the roster: {', '.join(totals.strangers)}", style="yellow"))
    console.print(f"Points are in {out}.")
