"""What the attacks of ``tests/grader/attacks.py`` get from ``nbgrader autograde`` as it comes, and from our grader.

``python -m benchmarks.attacks [--only NAME ...] [--write docs/attacks.md]``

nbgrader runs with its own executor, in a container without a network that may write to a copy of the course only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from dataclasses import replace as changed
from pathlib import Path

import nbformat
from joblib import Parallel, delayed
from nbgrader.api import Gradebook

from autograder.course import COURSE
from autograder.grader.marking import Marker
from autograder.grader.sheet import Sheet
from benchmarks.grading import run
from tests.course import ROOT, sheet, stock_settings
from tests.grader.attacks import HONEST, Attack, attacks
from tests.grader.test_attacks import CANARY, handed_in

SECONDS = 120
STUDENT = "mallory"
PLACE = "/tmp/course"  # where the copy of the course stands inside the container
LEFT_OUT = {
    "a fork bomb": "the container has no limit of processes, so it would hit the whole machine",
    "a disk bomb": "the container has no limit of disk space, so it would hit the whole machine",
}


@dataclass
class Outcome:
    """What a grader made of one submission: the points that it gave, whether a secret came out, the harm done."""

    points: float
    read: bool
    harm: list[str] = field(default_factory=list)


def make_course(folder: Path, keys: set[str]) -> None:
    """A course folder with nbgrader's own steps, the units released, and a canary where secrets stand."""
    text = f"{stock_settings()}c.ExecutePreprocessor.timeout = 10\n"
    (folder / "nbgrader_config.py").write_text(text)
    (folder / "notebooks").mkdir()
    (folder / "outside").mkdir()
    (folder / "secret").write_text(CANARY)
    for key in sorted(keys):
        name = f"{key}.ipynb"
        solved = nbformat.read(ROOT / "solutions" / key / name, as_version=4)
        for cell in solved.cells:
            cell.source = cell.source.replace("### BEGIN SOLUTION", f"### BEGIN SOLUTION\n    # {CANARY}")
        (folder / "solutions" / key).mkdir(parents=True)
        nbformat.write(solved, folder / "solutions" / key / name)
        run(folder, "nbgrader", "generate_assignment", key, "--force")
        if CANARY in (folder / "notebooks" / key / name).read_text(encoding="utf-8"):
            raise RuntimeError(f"The release of {key} holds the canary.")
        other = folder / "submitted" / "another" / key
        other.mkdir(parents=True)
        nbformat.write(solved, other / name)
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        gradebook.add_student("another", first_name=CANARY)


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of each file of a course, but for those that grading this submission writes."""
    own = (f"autograded/{STUDENT}/", "gradebook.db", ".nbgrader.log")
    return {
        name: (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in folder.rglob("*")
        if not path.is_dir() and not (name := str(path.relative_to(folder))).startswith(own)
    }


def contained(folder: Path, *command: str) -> int:
    """Exit code of a command that sees the machine read-only, no network, and a course copy that it may change."""
    binaries = Path(sys.executable).parent
    environment = {
        "PATH": f"{binaries}:/usr/bin:/bin",
        "HOME": "/tmp",
        "AUTOGRADER_SEED": f"seed-{CANARY}",
        "CANARY": CANARY,
    }
    limits = ["prlimit", f"--as={3 * 2**30}", f"--fsize={2**28}", "--core=0"]
    walls = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind", "/", "/"]
    walls += ["--size", str(2**28), "--tmpfs", "/tmp", "--dev", "/dev", "--proc", "/proc"]
    walls += ["--bind", str(folder), PLACE, "--chdir", PLACE]
    done = subprocess.run(
        ["timeout", "-k", "5", str(SECONDS), *limits, *walls, str(binaries / command[0]), *command[1:]],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return done.returncode


def stock(course: Path, attack: Attack) -> Outcome:
    """What nbgrader's own ``autograde`` makes of an attack, in a copy of the course."""
    key = attack.unit
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch) / "course"
        shutil.copytree(course, folder)
        traps = {"secret": f"{PLACE}/secret", "outside": f"{PLACE}/outside", "port": 9}
        place = folder / "submitted" / STUDENT / key
        place.mkdir(parents=True)
        nbformat.write(handed_in(attack, traps), place / f"{key}.ipynb")
        before = files(folder)
        code = contained(folder, "nbgrader", "autograde", key, f"--student={STUDENT}", "--create")
        after = files(folder)
        harm = []
        if code in (124, 137):
            harm.append(f"no mark: ran until it was killed, or {SECONDS} s")
        elif code:
            harm.append("no mark: autograde failed")
        touched = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        if touched:
            harm.append("wrote " + ", ".join(f"`{name}`" for name in touched[:3]))
        result = folder / "autograded" / STUDENT / key / f"{key}.ipynb"
        if not code and not result.is_file():
            harm.append("no mark: autograde said that all was well")
        if code or not result.is_file():
            return Outcome(0.0, False, harm)
        graded = nbformat.read(result, as_version=4)
        read = any(CANARY in str(cell.get("outputs")) for cell in graded.cells)
        with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
            return Outcome(gradebook.find_submission(key, STUDENT).score, read, harm)


def ours(names: list[str]) -> dict[str, Outcome]:
    """What our grader makes of the attacks, unit after unit."""
    corpus = attacks()
    found = {}
    os.environ["CANARY"] = CANARY
    for key in sorted({corpus[name].unit for name in names}):
        patient = Sheet(changed(sheet(key).unit, seconds=2.0), sheet(key).notebook)
        with Marker(COURSE, patient, f"seed-{CANARY}") as marker, tempfile.TemporaryDirectory() as scratch:
            outside = Path(scratch, "outside")
            outside.mkdir()
            Path(scratch, "secret").write_text(CANARY)
            os.chmod(scratch, 0o755)
            os.chmod(outside, 0o777)
            for name in names:
                if corpus[name].unit == key:
                    traps = {"secret": f"{scratch}/secret", "outside": str(outside), "port": 9}
                    notebook = handed_in(corpus[name], traps)
                    given = sum(mark.score or 0.0 for mark in marker.mark(notebook).marks)
                    read = any(CANARY in str(cell.get("outputs")) for cell in notebook.cells)
                    wrote = [f"wrote `outside/{path}`" for path in sorted(os.listdir(outside))]
                    found[name] = Outcome(given, read, wrote)
                    print("ours", name, found[name], flush=True)
    return found


def page(theirs: dict[str, Outcome], mine: dict[str, Outcome], earned: dict[str, float]) -> str:
    """The page of what came out."""
    corpus = attacks()

    def counts(outcomes: dict[str, Outcome], earned: dict[str, float]) -> str:
        gained = sum(outcome.points > earned[corpus[name].unit] for name, outcome in outcomes.items())
        read = sum(outcome.read for outcome in outcomes.values())
        harmed = sum(bool(outcome.harm) for outcome in outcomes.values())
        withstood = sum(
            not (outcome.read or outcome.harm or outcome.points > earned[corpus[name].unit])
            for name, outcome in outcomes.items()
        )
        return (
            f"gave points that were not earned to {gained}, let {read} read what is secret, was stopped or harmed "
            f"by {harmed}, and withstood {withstood}"
        )

    nothing = dict.fromkeys(earned, 0.0)
    lines = [
        "# What attacks get from nbgrader as it comes, and from this grader",
        "",
        "Made by `python -m benchmarks.attacks --write docs/attacks.md` with the corpus of "
        "`tests/grader/attacks.py`.",
        "",
        f"Of {len(theirs)} attacks, stock nbgrader {counts(theirs, earned)}. "
        f"Of {len(mine)}, this grader {counts(mine, nothing)}. One attack may count under several heads.",
        "",
        "- **Stock** is `nbgrader autograde` with its own executor, 10 s a cell, in a container of the benchmark: no "
        f"network, 3 GB of memory, files of 256 MB, {SECONDS} s in all. nbgrader itself sets up no such container. "
        "So calls to the network, processes that stay and files written outside of the course are not seen here: "
        "stock is shown better than it is.",
        "- **Points**: earned by an honest submission with the same wrong answers (unit 01) or by the unanswered "
        "release (other units), then what the attack was given.",
        "- **Canary**: a word that stands in the solutions, in another student's submission and gradebook entry, in a "
        "file beside the course's and in the environment of the grader came out in a cell's output of the graded "
        "notebook. Imported references count as points, not here.",
        "- **Harm**: a file of the course outside of the submission's own folder was written, or the command failed or "
        "ran out of time, so that the submission has no mark and somebody must look. The course copy belongs to "
        "one submission, so harm to others graded by the same command is not counted.",
        "- **Ours** is what `Marker` gave (earned: 0), the canary in the notebook's outputs, files in a folder that "
        "anybody may write. `tests/grader/test_attacks.py` also watches the network, processes that stay, and "
        "whether the next submission is graded right.",
        "",
    ]
    left_out = [name for name in mine if name not in theirs]
    if left_out:
        lines += ["Left out of stock's side:", "", *(f"- {name}: {LEFT_OUT[name]}." for name in left_out), ""]
    for key in sorted(earned):
        lines += [
            f"## {key}",
            "",
            "| attack | stock: points | canary | harm | ours: points | canary | harm |",
        ]
        lines.append("|---|---|---|---|---|---|---|")
        for name in mine:
            if corpus[name].unit == key:
                cells = [name]
                if name in theirs:
                    given = theirs[name].points
                    mark = f"{earned[key]:g} → {given:g}"
                    cells += [f"**{mark}**" if given > earned[key] else mark, *told(theirs[name])]
                else:
                    cells += ["left out", "", ""]
                cells += [f"{mine[name].points:g}", *told(mine[name])]
                lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def told(outcome: Outcome) -> list[str]:
    """Canary and harm as cells of the table."""
    return ["**read**" if outcome.read else "–", "; ".join(outcome.harm) or "–"]


def main() -> None:
    """Run the attacks against both graders, and print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=list(attacks()), metavar="NAME", help="these attacks alone"
    )
    parser.add_argument("--write", type=Path, help="also write the page to this file")
    options = parser.parse_args()
    corpus = {name: attack for name, attack in attacks().items() if name in (options.only or attacks())}
    keys = {attack.unit for attack in corpus.values()}
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch)
        make_course(course, keys)
        earned = {}
        for key in sorted(keys):
            twin = stock(course, Attack(key, "", HONEST if key == "01-neuron" else {}))
            print("honest", key, twin, flush=True)
            if twin.read or twin.harm:
                raise RuntimeError(f"The honest submission of {key} must be graded without a finding: {twin}")
            earned[key] = twin.points

        def attacked(name: str) -> Outcome:
            outcome = stock(course, corpus[name])
            print("stock", name, outcome, flush=True)
            return outcome

        tried = [name for name in corpus if name not in LEFT_OUT]
        outcomes = Parallel(n_jobs=2, prefer="threads")(delayed(attacked)(name) for name in tried)
    text = page(dict(zip(tried, outcomes, strict=True)), ours(list(corpus)), earned)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
