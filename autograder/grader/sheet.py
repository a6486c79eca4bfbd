"""The course's own version of a notebook: what a submission's cells are held against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import ClearOutput, ClearSolutions, ComputeChecksums, LockCells
from traitlets.config import Config

from autograder.exercise import Unit


@dataclass(frozen=True)
class Sheet:
    """A unit's notebook with its graded cells whole and its solutions taken out.

    Attributes
    ----------
    unit : Unit
        The unit's declaration.
    notebook : NotebookNode
        The notebook as nbgrader keeps it in the gradebook: hidden tests in place, stubs for solutions, checksums.
    """

    unit: Unit
    notebook: NotebookNode

    @classmethod
    def read(cls, path: Path, unit: Unit, config: Config) -> Sheet:
        """Read the instructor's notebook at `path` through nbgrader's own steps."""
        notebook = nbformat.read(path, as_version=4)
        for step in (LockCells, ClearSolutions, ClearOutput, ComputeChecksums):
            notebook, _ = step(config=config).preprocess(notebook, {})
        return cls(unit, notebook)

    @cached_property
    def cells(self) -> dict[str, NotebookNode]:
        """The cells that nbgrader knows, by their grade id, in order."""
        known = (cell for cell in self.notebook.cells if grade_id(cell))
        return {grade_id(cell): cell for cell in known}

    @cached_property
    def own_texts(self) -> frozenset[str]:
        """Texts of the code cells that the course wrote for the reader, not for a mark."""
        return frozenset(
            cell.source for cell in self.notebook.cells if cell.cell_type == "code" and not grade_id(cell)
        )

    def exercise(self, cell_id: str) -> str:
        """The exercise that a graded cell belongs to: its function's name, or the written answer's id."""
        names = [e.name for e in self.unit.exercises if f"{cell_id}_".startswith(f"test_{e.name}_")]
        return max(names, key=len, default=cell_id)


def grade_id(cell: NotebookNode) -> str:
    """The id that nbgrader knows a cell by, or an empty string."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or "")


def is_setup(cell: NotebookNode) -> bool:
    """Whether a cell is a locked code cell without points: it runs on both sides."""
    return bool(cell.cell_type == "code" and utils.is_locked(cell) and not utils.is_grade(cell))
