"""Unit 01 as a learner meets it: the page, a wrong answer, a right one, a slider.

``SCREENSHOTS=folder make test`` keeps pictures of what the tests saw.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder import units

pytestmark = pytest.mark.browser

FIND = "const cell = jupyterapp.shell.currentWidget.content.widgets.find(c => c.model.id === id);"


class Notebook:
    """A notebook that is open in the browser."""

    def __init__(self, page, address: str, path: str) -> None:
        self.page = page
        page.goto(
            f"{address}/lab/tree/{path}?reset", wait_until="domcontentloaded"
        )  # no tabs of an earlier test
        page.wait_for_function(
            """path => {
                const panel = window.jupyterapp?.shell.currentWidget;
                return panel?.context?.path === path && panel.context.isReady
                    && panel.sessionContext?.session?.kernel?.status === 'idle';
            }""",
            arg=path,
            timeout=60_000,
        )

    def write(self, cell: str, source: str) -> None:
        self.page.evaluate(
            f"([id, source]) => {{ {FIND} cell.model.sharedModel.setSource(source); }}", [cell, source]
        )

    def run(self, cell: str) -> str:
        """Run a cell and give the text below it."""
        self.page.evaluate(
            f"""async id => {{ {FIND}
                const notebook = jupyterapp.shell.currentWidget.content;
                notebook.activeCellIndex = notebook.widgets.indexOf(cell);
                await notebook.scrollToItem(notebook.activeCellIndex);
                await jupyterapp.commands.execute('notebook:run-cell');
            }}""",
            cell,
        )
        return self.output(cell)

    def run_all(self) -> None:
        """Run the whole notebook, and wait until its last cell has run."""
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(
            "jupyterapp.shell.currentWidget.content.widgets.every("
            "c => c.model.type !== 'code' || !c.model.sharedModel.getSource().trim() || c.model.executionCount)",
            timeout=100_000,
        )

    def show(self, cell: str) -> None:
        """Scroll to a cell."""
        self.page.evaluate(
            f"""async id => {{ {FIND}
                const notebook = jupyterapp.shell.currentWidget.content;
                await notebook.scrollToItem(notebook.widgets.indexOf(cell));
            }}""",
            cell,
        )

    def source(self, cell: str) -> str:
        return self.page.evaluate(f"id => {{ {FIND} return cell.model.sharedModel.getSource(); }}", cell)

    def output(self, cell: str) -> str:
        # JupyterLab draws a cell when it comes into sight.
        self.page.evaluate(
            f"id => {{ {FIND} return jupyterapp.shell.currentWidget.content.scrollToCell(cell); }}", cell
        )
        area = f"{FIND} const area = cell.node.querySelector('.jp-OutputArea');"
        self.page.wait_for_function(f"id => {{ {area} return area !== null; }}", arg=cell)
        return self.page.evaluate(f"id => {{ {area} return area.textContent; }}", cell)

    def element(self, cell: str):
        index = self.page.evaluate(
            f"id => {{ {FIND} return jupyterapp.shell.currentWidget.content.widgets.indexOf(cell); }}", cell
        )
        return self.page.locator(f".jp-Notebook [data-windowed-list-index='{index}']")


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(30_000)
    yield page
    page.close()


@pytest.fixture
def shot(page):
    """Keep a picture, if somebody wants to see it."""

    def keep(name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png")

    return keep


UNIT = "01-neuron/01-neuron.ipynb"
WRONG = "def weighted_sum(x, w, b):\n    return float(w @ x)"
RIGHT = "def weighted_sum(x, w, b):\n    return float(w @ x + b)"


def in_view(page, locator, patience: float = 5.0) -> bool:
    """Whether an element ends up inside the window: JupyterLab scrolls for a while."""
    for _ in range(int(10 * patience)):
        box = locator.bounding_box() if locator.count() else None
        if box and 0 <= box["y"] <= page.viewport_size["height"] - box["height"]:
            return True
        page.wait_for_timeout(100)
    return False


def test_the_start_page_draws_the_map_and_leads_to_the_first_unit(lab, page, shot):
    page.goto(lab)
    page.get_by_role("heading", name="How neural networks work").wait_for()
    assert page.get_by_text("Formgrader").count() == 0
    page.get_by_text("Your progress.").wait_for()  # as released, before anything is run
    shot("start")
    start = Notebook(page, lab, "start.ipynb")
    assert "Next, in 1 · One neuron" in start.run("map")
    shot("start-run")
    start.element("map").get_by_role("link", name="1 · One neuron").last.click()
    page.get_by_role("heading", name="01 · One neuron").wait_for()


def test_each_unit_leads_to_the_next_and_the_last_one_back(lab, page):
    keys = list(units.MODULES)
    for key, target in zip(keys, [*keys[1:], "start"], strict=True):
        notebook = Notebook(page, lab, f"{key}/{key}.ipynb")
        path = "start.ipynb" if target == "start" else f"{target}/{target}.ipynb"
        notebook.show("close")
        notebook.element("close").locator(f"a[href*='{target}.ipynb']").last.click()
        page.wait_for_function("path => jupyterapp.shell.currentWidget?.context?.path === path", arg=path)


def test_from_the_verdict_to_the_hints_and_to_the_paragraph_in_one_click_each(lab, page, shot):
    notebook = Notebook(page, lab, UNIT)
    notebook.run("setup")
    notebook.write("weighted_sum", WRONG)
    notebook.run("weighted_sum")
    notebook.run("test_weighted_sum")
    cell = notebook.element("test_weighted_sum")
    for tier, text in enumerate(units.exercise("weighted_sum").hints, 1):
        hint = cell.locator("details p", has_text=text.replace("`", "")).first
        assert not hint.is_visible()
        cell.get_by_text(f"Hint {tier} of 3").click()
        assert hint.is_visible()
    shot("hints")
    assert not in_view(page, page.get_by_role("heading", name="By hand first"), patience=0.1)
    cell.get_by_role("link", name="By hand first").click()
    assert in_view(page, page.get_by_role("heading", name="By hand first"))
    shot("explained")
    assert page.evaluate("jupyterapp.shell.currentWidget.context.path") == UNIT


def test_nothing_is_lost_by_closing_the_tab(lab, page, browser):
    notebook = Notebook(page, lab, "02-activations/02-activations.ipynb")
    source = "def linear(z):\n    return z  # mine"
    notebook.run("setup")
    notebook.write("linear", source)
    notebook.run("linear")
    assert "Correct." in notebook.run("test_linear")
    page.wait_for_function(
        "!jupyterapp.shell.currentWidget.context.model.dirty", timeout=150_000
    )  # saved by itself
    page.close()

    again = browser.new_page(viewport={"width": 1280, "height": 1000})
    reopened = Notebook(again, lab, "02-activations/02-activations.ipynb")
    assert reopened.source("linear") == source
    assert "Correct." in reopened.output("test_linear")
    reopened.run("linear")
    assert "Correct." in reopened.run("test_linear")
    start = Notebook(again, lab, "start.ipynb")
    assert "linear (correct)" in start.run("map")
    again.close()


# Contrast of everything in a panel against what is behind it: text, and the signs' and the bar's own colours.
CONTRASTS = """node => {
    const rgb = css => { const [r, g, b, a = 1] = css.match(/[\\d.]+/g).map(Number); return {c: [r, g, b], a}; };
    const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b; };
    const ratio = (x, y) => { const [a, b] = [light(x), light(y)].sort((p, q) => q - p); return (a + .05) / (b + .05); };
    const behind = element => { for (let e = element; e; e = e.parentElement) {
        const {c, a} = rgb(getComputedStyle(e).backgroundColor); if (a === 1) return c; } return [255, 255, 255]; };
    const found = [];
    const bar = getComputedStyle(node);
    found.push(['bar', ratio(rgb(bar.borderLeftColor).c, behind(node)), 3]);
    for (const path of node.querySelectorAll('svg path'))
        found.push(['sign', ratio(rgb(getComputedStyle(path).stroke).c, behind(path)), 3]);
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (texts.currentNode.textContent.trim()) {
        const parent = texts.currentNode.parentElement;
        found.push([texts.currentNode.textContent, ratio(rgb(getComputedStyle(parent).color).c, behind(parent)), 4.5]); }
    return found;
}"""


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_panels_have_contrast_in_both_themes(lab, page, shot, theme):
    notebook = Notebook(page, lab, UNIT)
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    page.wait_for_timeout(1000)  # its style sheet is on the way
    notebook.run("setup")
    faint = []
    for source in (WRONG, RIGHT, "def weighted_sum(x, w, b):\n    raise NotImplementedError"):
        notebook.write("weighted_sum", source)
        notebook.run("weighted_sum")
        notebook.run("test_weighted_sum")
        found = notebook.element("test_weighted_sum").locator("[role=status]").evaluate(CONTRASTS)
        assert len(found) > 3
        faint += [(what, round(ratio, 2)) for what, ratio, least in found if ratio < least]
    shot(f"panel-{theme[11:].lower()}")
    notebook.run("progress")
    found = notebook.element("progress").locator("[role=status]").evaluate(CONTRASTS)
    faint += [(what, round(ratio, 2)) for what, ratio, least in found if ratio < least]
    shot(f"map-{theme[11:].lower()}")
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})")
    assert faint == []


def test_run_all_goes_on_behind_an_exercise_that_is_not_solved(lab, page):
    notebook = Notebook(page, lab, UNIT)
    notebook.write("weighted_sum", RIGHT)
    notebook.run_all()
    assert "Correct." in notebook.output("test_weighted_sum")
    assert "Not attempted" in notebook.output("test_gate_parameters")
    assert "Your progress." in notebook.output("progress")


def test_a_wrong_answer_is_named_and_a_right_one_taken(lab, page, shot):
    notebook = Notebook(page, lab, "01-neuron/01-neuron.ipynb")
    notebook.run("setup")
    notebook.run("weighted_sum")
    assert "Not attempted" in notebook.run("test_weighted_sum")
    shot("not-attempted")

    notebook.write("weighted_sum", WRONG)
    notebook.run("weighted_sum")
    said = notebook.run("test_weighted_sum")
    assert "Incorrect." in said
    assert "b is never used" in said
    assert "weighted_sum: incorrect (see the panel above)" in said
    assert "Traceback" not in said
    shot("incorrect")

    notebook.write("weighted_sum", RIGHT)
    notebook.run("weighted_sum")
    said = notebook.run("test_weighted_sum")
    assert "Correct." in said
    assert "Incorrect" not in said
    shot("correct")


@pytest.mark.parametrize("key", units.MODULES)
def test_the_live_figure_moves_by_keyboard(key, lab, page, shot):
    notebook = Notebook(page, lab, f"{key}/{key}.ipynb")
    notebook.run_all()
    figure = page.evaluate(
        "jupyterapp.shell.currentWidget.content.widgets"
        ".find(c => /^live\\(/m.test(c.model.sharedModel.getSource())).model.id"
    )
    notebook.run(figure)
    cell = notebook.element(figure)
    handle = cell.locator(".noUi-handle").first
    handle.wait_for()
    picture = cell.locator("img").first
    before, described = picture.get_attribute("src"), picture.get_attribute("alt")
    handle.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        f"([id, src]) => {{ {FIND} return cell.node.querySelector('img').getAttribute('src') !== src; }}",
        arg=[figure, before],
    )
    assert cell.locator("img").first.get_attribute("alt") != described
    assert handle.get_attribute("aria-label")
    shot(f"live-{key}")
