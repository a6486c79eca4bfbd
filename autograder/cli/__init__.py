"""The ``autograder`` command. Each module here holds the commands for one kind of user or one piece of work."""

from __future__ import annotations

import typer
from rich.console import Console

app = typer.Typer(
    help="Grade the course's notebooks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console()


@app.callback()
def main() -> None:
    """Grade the course's notebooks."""


from autograder.cli import classroom, grading, learner, reports  # noqa: E402,F401 - these register their commands
