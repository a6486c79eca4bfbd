"""Pictures of the course for the README and the site, from the real thing. From a fresh clone:

    make screenshots

It solves the first units in a copy of the learner's folder, drives ``make lab`` and the site that ``make site`` built
in Chromium, and writes ``docs/images/``.
"""

from __future__ import annotations

import base64
import re
import tempfile
from collections.abc import Collection
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from autograder import units
from tests.browser.conftest import CHROMIUM, QUIET, copy_for_learner, start_lab, stop
from tests.browser.test_lab import Notebook
from tests.browser.test_site import serve
from tests.course import ROOT

IMAGES = ROOT / "docs" / "images"
SITE = ROOT / "build" / "site"

WIDTH, HEIGHT = 960, 1400
WRONG = "def weighted_sum(x, w, b):\n    return float(w @ x)"

# How far the learner of the pictures has come: what is solved, and an answer that is not right yet.
SOLVED = {
    "01-neuron": units.unit("01-neuron").exercises,
    "02-activations": units.unit("02-activations").exercises,
    "03-mlp": units.unit("03-mlp").exercises[:3],
}


def solve(folder: Path, key: str, names: Collection[str]) -> None:
    """Put the course's answers into some of a learner's cells, and run the notebook as the learner would."""
    path = folder / key / f"{key}.ipynb"
    answers = {
        cell.id: cell.source for cell in nbformat.read(ROOT / "solutions" / key / f"{key}.ipynb", 4).cells
    }
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in names:
            cell.source = answers[cell.id]
    run = {"timeout": 300, "allow_errors": True, "resources": {"metadata": {"path": str(path.parent)}}}
    NotebookClient(notebook, **run).execute()
    nbformat.write(notebook, path)


def shrink(path: Path) -> None:
    """Write a picture again with 128 colours, which the course's pictures never use up."""
    with Image.open(path) as picture:
        small = picture.quantize(128, method=Image.Quantize.FASTOCTREE)
    small.save(path, optimize=True)
    print(path.relative_to(ROOT), path.stat().st_size // 1000, "kB")


def opened(page: Page, address: str, path: str) -> Notebook:
    """Open a notebook that has the window to itself."""
    notebook = Notebook(page, address, path)
    page.evaluate("jupyterapp.shell.collapseLeft()")
    return notebook


def between(page: Page, first: Locator, last: Locator, name: str) -> None:
    """Keep what stands between the upper edge of one element and the lower edge of another."""
    first.evaluate("node => node.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(800)
    upper, lower = first.bounding_box(), last.bounding_box()
    path = IMAGES / f"{name}.png"
    bottom = lower["y"] + lower["height"]
    assert bottom <= HEIGHT, f"{name}: {bottom:.0f} px do not fit into the window"
    clip = {"x": upper["x"], "y": upper["y"], "width": upper["width"], "height": bottom - upper["y"]}
    page.screenshot(path=path, clip=clip)
    shrink(path)


def lab_pictures(page: Page, address: str) -> None:
    """The start page half-way, a picture with sliders, and a wrong answer with a hint unfolded."""
    notebook = opened(page, address, "start.ipynb")
    notebook.run("map")
    drawn = notebook.element("map").locator("[role=status]")
    between(page, drawn, drawn, "progress")

    notebook = opened(page, address, "01-neuron/01-neuron.ipynb")
    notebook.run_all()
    notebook.run("live_line")
    live = notebook.element("live_line")
    live.locator(".noUi-handle").first.wait_for()
    between(page, live, live, "sliders")

    notebook.write("weighted_sum", WRONG)
    notebook.run("weighted_sum")
    notebook.run("test_weighted_sum")
    check = notebook.element("test_weighted_sum")
    check.get_by_text("Hint 1 of 3").click()
    between(page, notebook.element("weighted_sum"), check, "wrong-answer")


def site_picture(page: Page, address: str) -> None:
    """A unit's page, as a reader meets it."""
    page.goto(f"{address}/course/01-neuron.html")
    page.evaluate("window.MathJax?.startup?.promise")
    page.set_viewport_size({"width": 1100, "height": 800})
    page.locator("#by-hand-first").evaluate("node => node.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(500)
    path = IMAGES / "site.png"
    page.screenshot(path=path)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    shrink(path)


def figure() -> None:
    """A figure of unit 3 as it is recorded there."""
    unit = nbformat.read(ROOT / "solutions" / "03-mlp" / "03-mlp.ipynb", 4)
    cell = next(cell for cell in unit.cells if cell.id == "figure_two_networks")
    data = re.search(r"base64,([A-Za-z0-9+/=\s]+)", cell.outputs[0].data["text/html"])
    path = IMAGES / "two-moons.png"
    path.write_bytes(base64.b64decode(data.group(1)))
    shrink(path)


def main() -> None:
    """Write all pictures."""
    if not (SITE / "index.html").exists():
        raise SystemExit("The site is not built: run `make site` first.")
    IMAGES.mkdir(exist_ok=True)
    figure()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch) / "learner"
        copy_for_learner(folder)
        for key, exercises in SOLVED.items():
            solve(folder, key, {exercise.name for exercise in exercises} | set(units.unit(key).written))
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2)
        with serve(SITE) as address:
            site_picture(page, address)
        server, address = start_lab("lab", folder, Path(scratch) / "lab.log")
        try:
            lab_pictures(page, address)
        finally:
            stop(server)
            chromium.close()


if __name__ == "__main__":
    main()
