"""``python -m tests.crash [--moments 20] [--write docs/crash-and-resume.md]``."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.crash import crash

STUDENTS = 24


def main() -> None:
    """Kill and go on; print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        crash.make_course(folder, STUDENTS)
        begin = time.monotonic()
        crash.finish(folder, "whole")
        longest = time.monotonic() - begin
        trials = []
        for i, seconds in enumerate(crash.moments(options.moments, longest)):
            trials.append(crash.trial_after(folder, seconds, f"time{i}"))
            print(trials[-1], flush=True)
        for when in ("before", "after"):
            for number in (1, 3, 20, 21, 22, 23):
                trials.append(crash.trial_at_commit(folder, number, when, f"{when}{number}"))
                print(trials[-1], flush=True)
    bad = sum(bool(trial.faults) for trial in trials)
    lines = [
        "# A batch that is killed goes on where it stopped",
        "",
        f"Made by `python -m tests.crash --moments {options.moments}`: {STUDENTS} submissions of unit 01, one of them no "
        "notebook, two marked at a time.",
        f"An undisturbed batch took {longest:.1f} s. Others were killed (`kill -9`) at random moments, and by themselves "
        "around commits of the gradebook, then started again.",
        "",
        "After the second run both tables equal those of the undisturbed run byte for byte, the gradebook row by row; "
        "SQLite finds it whole; no half-written file and no process is left. "
        f"**{len(trials) - bad} of {len(trials)} were so.**",
        "",
        "| killed | saved by then | after the second run |",
        "|---|---|---|",
        *(
            f"| {trial.moment} | {trial.saved} | {'; '.join(trial.faults) or 'the same'} |"
            for trial in trials
        ),
        "",
        "How: of a submission the graded notebook is written first, then its row in the gradebook, its marks "
        "(`marks/<unit>/<student>.json`) last; each file takes its place whole. Where the marks stand and their "
        "fingerprint fits, nothing is left to do. The fingerprint covers the files that were handed in, the unit's own "
        "notebook, the secret seed, the sources of grader and library, Python and libraries. A submission that is no "
        "longer handed in keeps its rows: a folder of results can be filled in portions.",
        "",
    ]
    text = "\n".join(lines)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
