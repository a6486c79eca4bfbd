"""What the course puts into JupyterLab, as a screen reader and a keyboard meet it: panels, figures, sliders."""

from __future__ import annotations

import pytest

from autograder import units
from tests.browser.test_lab import WRONG, Notebook, page  # noqa: F401 - a fixture
from tests.browser.test_site import faults

pytestmark = pytest.mark.browser

OURS = ".jp-OutputArea-output"


def opened(page, lab: str, key: str) -> Notebook:  # noqa: F811
    """Open a unit with all its cells on the page, also those out of sight, and run it."""
    notebook = Notebook(page, lab, f"{key}/{key}.ipynb")
    page.evaluate(
        "const notebook = jupyterapp.shell.currentWidget.content;"
        "notebook.notebookConfig = {...notebook.notebookConfig, windowingMode: 'none'};"
    )
    notebook.run_all()
    page.locator(f"{OURS} img").first.wait_for(state="attached")
    return notebook


def wordless(page) -> list[str]:  # noqa: F811
    """Pictures whose alternative text does not say in a sentence what is to be seen."""
    texts = page.locator(f"{OURS} img").evaluate_all("images => images.map(image => image.alt)")
    assert texts
    return [text for text in texts if len(text.split()) < 5]


@pytest.mark.parametrize("key", units.MODULES)
def test_axe_finds_no_grave_fault_in_what_a_unit_shows(lab, page, key):  # noqa: F811
    pytest.importorskip("axe_playwright_python")
    opened(page, lab, key)
    assert wordless(page) == []
    assert faults(page, within=OURS) == []


def test_axe_finds_no_grave_fault_in_the_dark_nor_in_hints_that_are_open(lab, page):  # noqa: F811
    pytest.importorskip("axe_playwright_python")
    notebook = opened(page, lab, "01-neuron")
    notebook.write("weighted_sum", WRONG)
    notebook.run("weighted_sum")
    assert "Incorrect." in notebook.run("test_weighted_sum")
    notebook.element("test_weighted_sum").get_by_text("Hint 1 of 3").click()
    assert faults(page, within=OURS) == []
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.wait_for_function("document.body.dataset.jpThemeName === 'JupyterLab Dark'")
    page.wait_for_timeout(1000)  # its style sheet is on the way
    assert faults(page, within=OURS) == []
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})")
