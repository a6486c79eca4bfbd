"""``autograder feedback`` and ``autograder report``: what was marked, for each student and for the class."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from autograder.cli import app, console, settings

if TYPE_CHECKING:
    from nbgrader.api import Gradebook
    from traitlets.config import Config

    from autograder.grader.results import Results

Folder = Annotated[
    Path, typer.Argument(help="The folder that autograder grade wrote to.", exists=True, file_okay=False)
]
OneUnit = Annotated[str | None, typer.Option("--unit", help="Only this unit, as 01-neuron.")]


@app.command()
def feedback(results: Folder, unit: OneUnit = None) -> None:
    """Write a page for each student and unit: results/feedback/STUDENT/UNIT.html."""
    from autograder.course import COURSE
    from autograder.grader import feedback

    with _graded(results, unit) as (found, gradebook, config):
        n = sum(1 for _ in feedback.write(found, gradebook, COURSE, config, unit))
    _say(f"{n} pages are in {results / 'feedback'}.")


@app.command()
def report(
    results: Folder,
    unit: OneUnit = None,
    site: Annotated[
        str | None, typer.Option(help="Address of the course's site: the report links to its paragraphs.")
    ] = None,
) -> None:
    """Write the report on the class: results/report.html."""
    from autograder.course import COURSE
    from autograder.grader import report

    with _graded(results, unit) as (found, gradebook, _):
        target = results / (f"report-{unit}.html" if unit else "report.html")
        target.write_text(report.report_page(found, gradebook, COURSE, unit, site), encoding="utf-8")
    _say(f"The report is {target}.")


def _say(text: str, style: str = "") -> None:
    """Print a sentence as it is: a path is not broken into lines, and its brackets are no markup."""
    console.print(Text(text, style=style), soft_wrap=True)


@contextmanager
def _graded(folder: Path, unit: str | None) -> Iterator[tuple[Results, Gradebook, Config]]:
    """What a batch left behind, with its gradebook and nbgrader's settings."""
    from nbgrader.api import Gradebook

    from autograder.grader.gradebook import gradebook_url
    from autograder.grader.results import Results

    found = Results(folder)
    if next(found.graded(unit), None) is None:
        others = sorted({graded.submitted.unit for graded in found.graded()})
        what = f"{unit} was not graded" if unit else "Nothing was graded"
        then = f"Graded were: {', '.join(others)}." if others else "Run autograder grade with --out first."
        _say(f"{what} in {folder}. {then}", style="bold")
        raise typer.Exit(1)
    config = settings()
    with Gradebook(gradebook_url(config, folder)) as gradebook:
        yield found, gradebook, config
