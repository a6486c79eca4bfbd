"""Pictures of the course for the README and the site, from the real thing: ``python -m tests.browser.screenshots``.

Drives ``make lab`` and the site that ``make site`` wrote, in Chromium, and writes ``docs/images/``.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import tempfile
from pathlib import Path

import nbformat
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET, ROOT, _start
from tests.browser.test_lab import Notebook
from tests.browser.test_site import serve

IMAGES = ROOT / "docs" / "images"
SITE = ROOT / "build" / "site"

WRONG = "def weighted_sum(x, w, b):\n    return float(w @ x)"
RIGHT = "def weighted_sum(x, w, b):\n    return float(w @ x + b)"


def keep(name: str, page: Page, top: float, left: float, width: float, height: float) -> None:
    """Save a part of what the page shows, in few enough colours to be a small file."""
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path, clip={"x": left, "y": top, "width": width, "height": height})
    shrink(path)


def shrink(path: Path) -> None:
    """Write a picture again with 128 colours, which the course's pictures never use up."""
    with Image.open(path) as picture:
        small = picture.quantize(128, method=Image.Quantize.FASTOCTREE)
    small.save(path, optimize=True)
    print(path.relative_to(ROOT), path.stat().st_size // 1000, "kB")


def between(notebook: Notebook, first: str, last: str, name: str) -> None:
    """Keep what stands between two cells' upper and lower edges."""
    notebook.element(first).evaluate("node => node.scrollIntoView({block: 'start'})")
    notebook.page.wait_for_timeout(500)
    upper, lower = (notebook.element(cell).bounding_box() for cell in (first, last))
    height = lower["y"] + lower["height"] - upper["y"]
    keep(name, notebook.page, upper["y"], upper["x"], upper["width"], height)


def lab_pictures(page: Page, address: str) -> None:
    """A wrong answer, a picture with sliders, and the map of what is done."""
    notebook = Notebook(page, address, "01-neuron/01-neuron.ipynb")
    notebook.run("setup")
    notebook.write("weighted_sum", WRONG)
    notebook.run("weighted_sum")
    notebook.run("test_weighted_sum")
    between(notebook, "weighted_sum", "test_weighted_sum", "wrong-answer")

    notebook.write("weighted_sum", RIGHT)
    notebook.run_all()
    notebook.run("live_line")
    notebook.element("live_line").locator(".noUi-handle").first.wait_for()
    between(notebook, "live_line", "live_line", "sliders")

    notebook.write("hint_weighted_sum", "from autograder import progress\n\nprogress()")
    notebook.run("hint_weighted_sum")
    between(notebook, "hint_weighted_sum", "hint_weighted_sum", "progress")


def site_pictures(page: Page, address: str) -> None:
    """A unit's page with an answer unfolded."""
    page.goto(f"{address}/course/01-neuron.html")
    page.wait_for_timeout(1500)
    page.locator("details.answer > summary").first.click()
    page.locator("h3").first.evaluate("node => node.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(300)
    keep("site", page, 0, 0, 1280, 900)


def unit_picture() -> None:
    """A figure of unit 3 as it is recorded there."""
    unit = nbformat.read(ROOT / "solutions" / "03-mlp" / "03-mlp.ipynb", 4)
    cell = next(cell for cell in unit.cells if cell.id == "figure_two_networks")
    data = re.search(r"base64,([A-Za-z0-9+/=\s]+)", cell.outputs[0].data["text/html"])
    path = IMAGES / "two-moons.png"
    path.write_bytes(base64.b64decode(data.group(1)))
    shrink(path)


def main() -> None:
    """Write all pictures."""
    IMAGES.mkdir(exist_ok=True)
    unit_picture()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch) / "learner"
        shutil.copytree(ROOT / "notebooks", folder)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=2)
        with serve(SITE) as address:
            site_pictures(page, address)
        server, address = _start("lab", folder, Path(scratch) / "lab.log")
        try:
            lab_pictures(page, address)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=20)
            chromium.close()


if __name__ == "__main__":
    main()
