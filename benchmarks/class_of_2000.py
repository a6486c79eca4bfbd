"""A whole class graded once for real: time, throughput, and memory as the count grows.

``python -m benchmarks.class_of_2000 [--students 2000] [--write docs/class-of-2000.md]``
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
from pathlib import Path

import nbformat
import psutil

from benchmarks.grading import make_course

KEY = "01-neuron"


def phases(folder: Path) -> dict[str, float]:
    """Milliseconds that one submission of unit 01 spends in each step, in one process: medians."""
    from traitlets.config import PyFileConfigLoader

    from autograder import units
    from autograder.course import COURSE
    from autograder.grader import submission
    from autograder.grader.gradebook import Ledger
    from autograder.grader.marking import Marker
    from autograder.grader.sheet import Sheet

    config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    sheet = Sheet.read(folder / "solutions" / KEY / f"{KEY}.ipynb", units.unit(KEY), config)
    times: dict[str, list[float]] = {"read": [], "run and mark": [], "write": [], "gradebook": []}
    with Marker(COURSE, sheet, "benchmark") as marker, Ledger(f"sqlite:///{folder / 'phases.db'}") as ledger:
        ledger.open_unit(sheet, config)
        for path in sorted(folder.glob(f"submitted/*/{KEY}/{KEY}.ipynb"))[:40]:
            steps = [time.perf_counter()]
            notebook = submission.read(path)
            steps.append(time.perf_counter())
            marks = marker.mark(notebook).marks
            steps.append(time.perf_counter())
            (folder / "written.ipynb").write_text(nbformat.writes(notebook))
            steps.append(time.perf_counter())
            ledger.record(KEY, path.parts[-3], marks)
            steps.append(time.perf_counter())
            for name, begin, end in zip(times, steps, steps[1:], strict=False):
                times[name].append(1000 * (end - begin))
    return {name: statistics.median(values) for name, values in times.items()}


def resident(process: psutil.Process) -> tuple[int, int]:
    """Resident bytes of a process, and of all its children together (pages that they share count for each)."""
    own, theirs = process.memory_info().rss, 0
    for child in process.children(recursive=True):
        try:
            theirs += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return own, theirs


def graded_once(folder: Path, jobs: int) -> tuple[float, list[tuple[int, int, int]]]:
    """Grade all; seconds, and samples of submissions done, bytes of the batch and of its children."""
    command = ["grade", "submitted", "--out", "results", "--unit", KEY, "--jobs", str(jobs)]
    begin, samples = time.perf_counter(), []
    with (folder / "said.txt").open("w") as said:
        batch = subprocess.Popen(
            [str(Path(sys.executable).parent / "autograder"), *command],
            cwd=folder,
            env={**os.environ, "AUTOGRADER_SEED": "benchmark"},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        while batch.poll() is None:
            try:
                sizes = resident(psutil.Process(batch.pid))
            except psutil.NoSuchProcess:
                break
            samples.append((len(list(folder.glob(f"results/marks/{KEY}/*.json"))), *sizes))
            time.sleep(0.25)
        code = batch.wait()
    if code:
        raise RuntimeError((folder / "said.txt").read_text())
    return time.perf_counter() - begin, samples


def main() -> None:
    """Grade, and print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=2000)
    parser.add_argument("--write", type=Path, help="also write the page to this file")
    options = parser.parse_args()
    jobs, n = os.cpu_count() or 1, options.students
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make_course(folder, n, [KEY])
        seconds, samples = graded_once(folder, jobs)
        marked = len(list(folder.glob(f"results/marks/{KEY}/*.json")))
        steps = phases(folder)
    if marked != n:
        raise SystemExit(f"{marked} of {n} submissions were marked.")
    memory = []
    for count in sorted({count for count in (50, 500, 1000, 2000) if count < n} | {n}):
        until = [sample for sample in samples if sample[0] <= count]
        own, theirs = (max(sample[i] for sample in until) / 2**20 for i in (1, 2))
        memory.append(f"| {count} | {own:.0f} | {theirs:.0f} |")
    lines = [
        f"# A class of {n}",
        "",
        f"Made by `python -m benchmarks.class_of_2000 --students {n}` on {jobs} cores of {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the end.",
        "",
        f"{n} submissions of unit 01 were graded by `autograder grade --jobs {jobs}` in {seconds:.0f} s, start-up "
        f"included: {1000 * seconds / n:.0f} ms a submission, {60 * n / seconds:.0f} a minute.",
        "",
        "Where the time of a submission goes, in one process, without start-up (medians):",
        "",
        "| step | ms |",
        "|---|---|",
        *(f"| {name} | {value:.1f} |" for name, value in steps.items()),
        "",
        "Peak resident memory up to that many submissions, sampled four times a second. Pages that children share "
        "count for each of them.",
        "",
        "| submissions | batch process, MB | all its children, MB |",
        "|---|---|---|",
        *memory,
        "",
    ]
    print("\n".join(lines))
    if options.write:
        options.write.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
