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

    def output(self, cell: str) -> str:
        return self.page.evaluate(
            f"id => {{ {FIND} return cell.node.querySelector('.jp-OutputArea').textContent; }}", cell
        )

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


def test_the_start_page_leads_to_the_first_unit(lab, page, shot):
    page.goto(lab)
    page.get_by_role("heading", name="How neural networks work").wait_for()
    shot("start")
    assert page.get_by_text("Formgrader").count() == 0
    page.get_by_role("link", name="One neuron").first.click()
    page.get_by_role("heading", name="One neuron").first.wait_for()


def test_a_wrong_answer_is_named_and_a_right_one_taken(lab, page, shot):
    notebook = Notebook(page, lab, "01-neuron/01-neuron.ipynb")
    notebook.run("setup")
    notebook.run("weighted_sum")
    assert "Not attempted" in notebook.run("test_weighted_sum")
    shot("not-attempted")

    notebook.write("weighted_sum", "def weighted_sum(x, w, b):\n    return float(w @ x)")
    notebook.run("weighted_sum")
    said = notebook.run("test_weighted_sum")
    assert "Incorrect." in said
    assert "b is never used" in said
    assert "weighted_sum: incorrect (see the panel above)" in said
    assert "Traceback" not in said
    shot("incorrect")

    notebook.write("weighted_sum", "def weighted_sum(x, w, b):\n    return float(w @ x + b)")
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
