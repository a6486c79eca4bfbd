"""What a release leaves out beyond nbgrader's own rules. Named in ``nbgrader_config.py``."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade


class CleanNotebook(NbGraderPreprocessor):
    """Take out what a notebook carries outside its cells' sources, and let "run all" go on behind a failed check.

    Widget state holds the solution's own pictures, and nbgrader keeps it. The pairing with the ``.py`` source would
    make a learner's JupyterLab look for that file, and the blank lines between cells are that file's too.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Clean the notebook in place."""
        nb.metadata.pop("widgets", None)
        nb.metadata.pop("jupytext", None)
        for cell in nb.cells:
            cell.metadata.pop("lines_to_next_cell", None)
            if cell.cell_type == "code":
                cell.outputs = []
                cell.execution_count = None
                if is_grade(cell):
                    # "Run all" would stop at the first exercise that is not solved yet.
                    cell.metadata["tags"] = ["raises-exception"]
        return nb, resources
