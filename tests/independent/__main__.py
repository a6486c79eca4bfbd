"""``python -m tests.independent [--write docs/checks-independent.md]``.

Measures the checks on wrong answers whose author had not seen the course's catalogue of mistakes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder import seed, units
from autograder.judge import judge
from autograder.verdict import Verdict
from tests.independent.wrong import EXPECTED_KIND, WRONG

HEAD = """# Wrong answers by an author who had not seen the catalogue

Made by `python -m tests.independent --write docs/checks-independent.md`. The author had the contracts and the learners'
notebooks, not the declarations. *Named* means that the check called the answer by the name of a known mistake; the second
table lists every such name beside the author's own words, so that anyone can judge whether it fits. Read once, line by line,
none was found that does not.

"""


def main() -> None:
    """Measure and print; write where asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.independent", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="also write the tables to this file")
    options = parser.parse_args()
    lines = ["| unit | tried | refused | named |", "|---|--:|--:|--:|"]
    names = ["| answer | the check's name | the author's words |", "|---|---|---|"]
    totals = [0, 0, 0]
    for key in units.MODULES:
        counts = [0, 0, 0]
        for exercise in units.unit(key).exercises:
            for code in WRONG[exercise.name]:
                reports = [
                    judge(exercise, code, exercise.cases(seed.rng(exercise.name, hidden)), hidden)
                    for hidden in (False, True)
                ]
                refused = any(report.verdict is not Verdict.CORRECT for report in reports)
                name = reports[0].misconception
                counts = [counts[0] + 1, counts[1] + refused, counts[2] + bool(name)]
                if name:
                    names.append(f"| `{code.__name__}` | {name} | {EXPECTED_KIND[code.__name__]} |")
                if not refused:
                    print(f"taken: {code.__name__}")
        lines.append(f"| {key} | {counts[0]} | {counts[1]} | {counts[2]} |")
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
    lines.append(f"| **all** | **{totals[0]}** | **{totals[1]}** | **{totals[2]}** |")
    print("\n".join(lines))
    if options.write:
        options.write.write_text(HEAD + "\n".join([*lines, "", *names, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
