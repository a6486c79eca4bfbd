"""The course's units as pages of the site, and the pages that stand at the top of the project.

A unit's page is the learner's notebook, so it holds no hidden test and no rubric, with what the executed notebook
recorded. Below each exercise one answer is folded away; ``-D course_answers=0`` leaves the answers out.
"""

from __future__ import annotations

import html
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.ext.autosummary import Autosummary
from sphinx.util.docutils import SphinxDirective

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ROOT_PAGES = ("CONTRIBUTING", "CHANGELOG")

SOLUTION = re.compile(r"^([ \t]*)### (?:BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)


def unit_page(released: NotebookNode, executed: NotebookNode, answers: bool) -> NotebookNode:
    """Join the learner's notebook with the outputs and answers of the executed one.

    Parameters
    ----------
    released, executed : NotebookNode
        The same unit twice. The learner's is changed in place and given back.
    answers : bool
        Whether a folded answer follows each exercise.

    Raises
    ------
    ConfigError
        Where the learner's notebook has a cell that the executed one has not.
    """
    original = {cell.id: cell for cell in executed.cells}
    cells = []
    for cell in released.cells:
        if cell.id not in original:
            raise ConfigError(f"the cell {cell.id} is not in the executed notebook: run make course")
        if cell.cell_type == "markdown":
            # In a learner's folder each unit has a folder of its own, and one start page stands above them.
            cell.source = re.sub(r"\]\(\.\./([\w-]+)/\1\.ipynb", r"](\1.ipynb", cell.source)
            cell.source = cell.source.replace("](../start.ipynb", "](../index.md")
        else:
            cell.outputs = [_output(output) for output in original[cell.id].outputs]
            if cell.metadata.get("jupyter", {}).get("source_hidden"):
                cell.metadata["tags"] = ["hide-input"]
        cells.append(cell)
        if answers and cell.metadata.get("nbgrader", {}).get("solution"):
            cells.append(new_markdown_cell(_folded(original[cell.id])))
    released.cells = cells
    return released


def _output(output: NotebookNode) -> NotebookNode:
    """Give a plain picture the alternative text that stands beside it, as HTML; myst-nb would drop it."""
    shown = output.get("metadata", {}).get("image/png", {})
    if "alt" not in shown:
        return output
    image = (
        f'<img alt="{html.escape(shown["alt"])}" width="{shown["width"]}" '
        f'src="data:image/png;base64,{output.data["image/png"]}">'
    )
    return new_output("display_data", {"text/html": image, "text/plain": output.data["text/plain"]})


def _folded(solution: NotebookNode) -> str:
    answer = SOLUTION.sub("", solution.source).strip()
    if solution.cell_type == "code":
        answer = f"```python\n{answer}\n```"
    return f'<details class="answer"><summary>Show one answer</summary>\n\n{answer}\n\n</details>'


def write_pages(app: Sphinx, config: Config) -> None:
    """Write the units and the project's own pages to where Sphinx reads them; leave alone what has not changed."""
    pages: dict[Path, str] = {}
    for release in sorted(ROOT.glob("notebooks/*/*.ipynb")):
        executed = ROOT / "solutions" / release.parent.name / release.name
        page = unit_page(nbformat.read(release, 4), nbformat.read(executed, 4), bool(config.course_answers))
        pages[DOCS / "course" / release.name] = nbformat.writes(page) + "\n"
    for name in ROOT_PAGES:
        if (ROOT / f"{name}.md").exists():
            pages[DOCS / f"{name.lower()}.md"] = f"```{{include}} ../{name}.md\n:relative-docs: docs/\n```\n"
    for gone in set(DOCS.glob("course/*.ipynb")) - set(pages):
        gone.unlink()
    for path, text in pages.items():
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def link_units(app: Sphinx, docname: str, source: list[str]) -> None:
    """Let a page's link to a unit's notebook, which serves readers of the project's files, lead to the unit's page."""
    up = "../" * docname.count("/")
    source[0] = re.sub(r"\]\(\.\./notebooks/([\w-]+)/\1\.ipynb", rf"]({up}course/\1.ipynb", source[0])


class UnitCards(SphinxDirective):
    """The list of units that stands on the learner's start page, as cards."""

    def run(self) -> list[nodes.Node]:
        """Parse the start page's cell, with links to the units' pages."""
        start = nbformat.read(ROOT / "notebooks" / "start.ipynb", 4)
        source = next(cell.source for cell in start.cells if cell.id == "units")
        units = re.sub(r"\]\(([\w-]+)/\1\.ipynb\)", r"](course/\1.ipynb)", source.partition("- ")[2])
        return [nodes.container("", *self.parse_text_to_nodes(f"- {units}"), classes=["cards"])]


class Modules(Autosummary):
    """Sphinx's table of modules; its own takes `nnlib.softmax` for the function of that name, which `nnlib` exports."""

    def get_items(self, names: list[str]) -> list[tuple[str, str | None, str, str]]:
        """Name, signature, first line and full name of each module."""
        return [(name, None, (import_module(name).__doc__ or "").partition("\n")[0], name) for name in names]


def write_all(app: Sphinx, env: object) -> set[str]:
    """Have every page written when the site is built: the menu stands on all of them, and may have changed."""
    return set(app.env.all_docs)


def level_captions(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the menu's captions, which Sphinx calls headings, the level that a heading needs for a screen reader."""
    menu = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = menu.replace('role="heading"', 'role="heading" aria-level="2"')


def setup(app: Sphinx) -> dict[str, Any]:
    """Let Sphinx know."""
    app.add_config_value("course_answers", True, "env", [bool, int])
    app.add_directive("unit-cards", UnitCards)
    app.setup_extension("sphinx.ext.autosummary")
    app.add_directive("autosummary", Modules, override=True)
    app.connect("config-inited", write_pages)
    app.connect("source-read", link_units)
    app.connect("env-updated", write_all)
    app.connect("html-page-context", level_captions, priority=900)  # after furo has drawn the menu
    return {"parallel_read_safe": True}
