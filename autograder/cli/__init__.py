"""The ``autograder`` command. Each module here holds the commands for one kind of user or one piece of work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from traitlets.config import Config

app = typer.Typer(
    help="Grade the course's notebooks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console()


def settings() -> Config:
    """Nbgrader's settings of the course in this folder; where there is no course, the command ends and says so."""
    from traitlets.config import ConfigFileNotFound, PyFileConfigLoader

    here = Path.cwd()
    try:
        return PyFileConfigLoader("nbgrader_config.py", path=str(here)).load_config()
    except ConfigFileNotFound:
        console.print(
            Text(f"There is no nbgrader_config.py in {here}. Run this in the course's folder.", style="bold")
        )
        raise typer.Exit(2) from None


@app.callback()
def main() -> None:
    """Grade the course's notebooks."""


from autograder.cli import classroom, grading, learner, reports  # noqa: E402,F401 - these register their commands
