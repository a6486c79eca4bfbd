"""One written question marked across a class in nbgrader's formgrader, and how long its pages take.

``python -m benchmarks.formgrader [--students 300] [--marked 25] [--write docs/formgrader.md]``

Submissions are made, graded by ``autograder grade`` and shown by a real JupyterLab; Chromium is driven as a person
would: open the list, open an answer, type points and a comment, go to the next.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from playwright.sync_api import Page, sync_playwright

from autograder import units
from autograder.grader.sheet import grade_id
from benchmarks.grading import make_course, run
from tests.browser.conftest import CHROMIUM, QUIET, free_port, stop, wait_for
from tests.course import ROOT

KEY = "01-neuron"
WRITTEN = units.unit(KEY).written[0]
LAB = ROOT / "autograder" / "lab"


@dataclass
class Seen:
    """What was seen and done in the formgrader.

    Attributes
    ----------
    seconds : dict
        How long each kind of page took, a list for each.
    listed : int
        Rows of the list of submissions.
    given : dict
        The points and the comment that were typed, by the id of the submitted notebook.
    rubric_below : list of int
        Pixels from the lower edge of each answer to the upper edge of the rubric's text.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    listed: int = 0
    given: dict[str, tuple[float, str]] = field(default_factory=dict)
    rubric_below: list[int] = field(default_factory=list)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Keep how long a step takes."""
        begin = time.perf_counter()
        yield
        self.seconds.setdefault(what, []).append(time.perf_counter() - begin)


def hand_in(folder: Path, students: int) -> None:
    """A course folder with submissions, each with a written answer."""
    make_course(folder, students, [KEY])
    for number, path in enumerate(sorted(folder.glob(f"submitted/*/{KEY}/{KEY}.ipynb"))):
        notebook = nbformat.read(path, as_version=4)
        answer = next(cell for cell in notebook.cells if grade_id(cell) == WRITTEN)
        answer.source = (
            f"Answer {number}: the two ones ask for $w_1 + w_2 + 2b > 0$, the two zeros for "
            "$w_1 + w_2 + 2b \\le 0$. Both can't hold, so there are no such weights."
        )
        nbformat.write(notebook, path)


def grade(folder: Path) -> None:
    """Grade the submissions of a course folder."""
    run(folder, "autograder", "grade", "submitted", "--out", "results", "--unit", KEY)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """JupyterLab with the settings of ``make lab-instructor``, on a course folder; its address."""
    port = free_port()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_CONFIG_PATH": f"{LAB / 'instructor'}{os.pathsep}{LAB / 'shared'}",
        "JUPYTER_CONFIG_DIR": str(folder / ".jupyter"),
    }
    command = [
        "jupyter",
        "lab",
        "--no-browser",
        f"--port={port}",
        "--allow-root",
        "--IdentityProvider.token=",
    ]
    command += [f"--CourseDirectory.db_url=sqlite:///{folder / 'results' / 'gradebook.db'}"]
    command += ["--CourseDirectory.autograded_directory=results/autograded"]
    log = folder / "lab.log"
    with log.open("w") as said:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True
        )
    try:
        yield wait_for(server, port, log)
    finally:
        stop(server)


def mark(page: Page, address: str, count: int) -> Seen:
    """Mark the written answer of the first `count` submissions through the page."""
    seen = Seen()
    rows = page.locator("tbody tr:has(a)")
    with seen.timed("list of submissions"):
        page.goto(f"{address}/formgrader/gradebook/{KEY}/{KEY}")
        rows.first.wait_for()
    seen.listed = rows.count()
    score = page.locator(f"input#{WRITTEN}")
    for number in range(count):
        with seen.timed("open one" if number == 0 else "next one"):
            if number == 0:
                page.locator("tbody a.name-hidden").first.click()
            else:
                page.locator("li.next a").click()
                page.wait_for_url(lambda url: not url.rstrip("/").endswith(notebook))  # noqa: B023
            score.wait_for()
            # The page fills in what the gradebook holds when it is ready for input.
            page.wait_for_function("formgrader?.grades?.loaded && formgrader?.comments?.loaded")
        notebook = page.url.rstrip("/").rpartition("/")[2]
        seen.rubric_below.append(_rubric_below(page))
        points, comment = float(number % 5), f"Comment {number}: see the *rubric*."
        with seen.timed("save points and comment"):
            for box, text, kind in (
                (score, f"{points:g}", "grade"),
                (page.locator(f"#{WRITTEN}-comment"), comment, "comment"),
            ):
                with page.expect_response(
                    lambda got, kind=kind: f"/api/{kind}/" in got.url and got.request.method == "PUT"
                ):
                    box.fill(text)
                    box.blur()
        seen.given[notebook] = (points, comment)
    return seen


def _rubric_below(page: Page) -> int:
    """Pixels between the answer's box of comments and the rubric."""
    answer = page.locator(f"#{WRITTEN}-comment").bounding_box()
    rubric = page.get_by_text("says what a perceptron's answer depends on").bounding_box()
    assert answer is not None
    assert rubric is not None
    return round(rubric["y"] - answer["y"] - answer["height"])


def in_gradebook(folder: Path) -> dict[str, tuple[float | None, str | None]]:
    """The points that a person gave for the written answer, and the comment, by submitted notebook."""
    with Gradebook(f"sqlite:///{folder / 'results' / 'gradebook.db'}") as book:
        found = {}
        for notebook in book.notebook_submissions(KEY, KEY):
            grade = next(one for one in notebook.grades if one.cell.name == WRITTEN)
            comment = next(one for one in notebook.comments if one.cell.name == WRITTEN)
            found[notebook.id] = (grade.manual_score, comment.manual_comment)
    return found


def main() -> None:
    """Make the class, mark, and print or write the page of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--marked", type=int, default=25, help="answers that are marked through the page")
    parser.add_argument("--write", type=Path, help="also write the page to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        hand_in(folder, options.students)
        grade(folder)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with serve(folder) as address:
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            seen = mark(page, address, options.marked)
        chromium.close()
        held = in_gradebook(folder)
    kept = sum(held[notebook] == given for notebook, given in seen.given.items())
    others = sum(value == (None, None) for notebook, value in held.items() if notebook not in seen.given)
    rows = [
        f"| {what} | {len(times)} | {statistics.median(times):.2f} | {max(times):.2f} |"
        for what, times in seen.seconds.items()
    ]
    text = "\n".join(
        [
            f"# Marking {options.students} written answers",
            "",
            f"Made by `python -m benchmarks.formgrader --students {options.students} --marked {options.marked}` on "
            f"{os.cpu_count()} cores of {platform.machine()}, Python {platform.python_version()}, load "
            f"{os.getloadavg()[0]:.1f} at the end.",
            f"A class of {options.students} with a written answer each (`{WRITTEN}` of `{KEY}`), graded by `autograder "
            "grade`, in nbgrader's formgrader with the settings of `make lab-instructor`. Chromium typed points and a "
            "comment into the page and went to the next answer.",
            "",
            "| step | times | median, s | longest, s |",
            "|---|---|---|---|",
            *rows,
            "",
            f"- The list shows {seen.listed} submissions.",
            f"- {kept} of {len(seen.given)} marks with their comments stood in the gradebook afterwards as they were "
            f"typed; {others} of {len(held) - len(seen.given)} others were untouched.",
            f"- The rubric stood below each answer, {max(seen.rubric_below)} pixels at most below the box for the "
            "comment.",
            "",
        ]
    )
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
