"""Pages that are safe to open: one file each, no script runs, nothing is asked for from elsewhere."""

from __future__ import annotations

import html
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from latex2mathml.converter import convert
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter

from autograder.panel import inline

TEMPLATES = Path(__file__).parent / "templates"

# What the panels of the checks and a table of results are made of.
TAGS = frozenset(
    [
        "b",
        "br",
        "caption",
        "code",
        "div",
        "em",
        "i",
        "li",
        "ol",
        "p",
        "path",
        "pre",
        "span",
        "strong",
        "sub",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
ATTRIBUTES = {
    "*": ["style", "role", "scope", "colspan", "rowspan"],
    "svg": ["width", "height", "viewBox", "viewbox", "aria-hidden"],
    "path": ["d", "fill", "stroke", "stroke-width"],
}
STYLES = CSSSanitizer(
    allowed_css_properties=(
        *("background", "border-collapse", "border-left", "color", "font-size", "font-weight", "margin"),
        *("max-width", "padding", "text-align", "vertical-align", "white-space"),
    )
)


def clean(text: str) -> str:
    """Keep of a student's HTML what only displays: no script, no address, nothing that leaves its place.

    >>> clean("<b>1</b><script>alert(1)</script>")
    '<b>1</b>alert(1)'
    """
    cleaned: str = bleach.clean(text, tags=TAGS, attributes=ATTRIBUTES, css_sanitizer=STYLES, strip=True)
    return cleaned


class Renderer(IPythonRenderer):
    """Markdown with formulas as MathML, which a browser shows by itself. HTML in it is shown as text."""

    def inline_math(self, body: str) -> str:
        """Render a formula in a line."""
        return _mathml(body, "inline")

    def block_math(self, body: str) -> str:
        """Render a formula of its own."""
        return _mathml(body, "block")

    def latex_environment(self, name: str, body: str) -> str:
        """Render an environment such as ``align``."""
        return _mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Show a picture that the notebook holds; of any other only the words that stand for it."""
        held = url.startswith("attachment:") and url.removeprefix("attachment:") in self.attachments
        return (
            super().image(text, url, title)
            if held
            else f"({html.escape(text)}: a picture that is not shown here)"
        )


def _mathml(formula: str, display: str) -> str:
    try:
        shown: str = convert(formula, display=display)
        return shown
    except Exception:  # a student's formula may be any text: then it is shown as written
        return f"<code>{html.escape(formula)}</code>"


def markdown(text: str, attachments: dict[str, Any] | None = None) -> str:
    """Render Markdown that anyone may have written."""
    renderer = Renderer(
        escape=True, allow_harmful_protocols=False, exclude_anchor_links=True, attachments=attachments or {}
    )
    return MarkdownWithMath(renderer=renderer).render(text)


class Cells(HTMLExporter):
    """nbconvert's HTML of a notebook's cells alone, with nothing in it that runs or loads."""

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Put the filters above in the place of nbconvert's."""
        yield from super().default_filters()
        yield "clean_html", clean
        yield "markdown2html", cell_markdown


@pass_context
def cell_markdown(context: Any, source: str) -> str:
    """Nbconvert's filter for a Markdown cell; nbgrader's settings put it into nbgrader's own pages too."""
    return markdown(source, context.get("cell", {}).get("attachments"))


@cache
def _cells() -> Cells:
    return Cells(extra_template_basedirs=[str(TEMPLATES)], template_name="notebook", sanitize_html=True)


def cells_html(notebook: NotebookNode) -> Markup:
    """The HTML of a notebook's cells."""
    body, _ = _cells().from_notebook_node(notebook)
    return Markup(body)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["code"] = lambda text: Markup(inline(text))
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    environment.globals["css"] = Markup(
        f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n.highlight {{ background: none !important }}\n"
        + (TEMPLATES / "page.css").read_text(encoding="utf-8")
    )
    return environment


def page(template: str, **content: Any) -> str:
    """Fill in one of the templates beside this module; text is escaped unless it is `Markup`."""
    return _environment().get_template(template).render(content)
