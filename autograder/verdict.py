"""What a check says: a verdict and, around it, a report for the person who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a graded cell.

    A check gives the first three. The others come from the grader, for cells that no check could judge.
    """

    CORRECT = "correct"
    INCORRECT = "incorrect"
    NOT_ATTEMPTED = "not-attempted"
    ERROR = "error"
    TIMED_OUT = "timed-out"
    NEEDS_A_LOOK = "needs-a-look"
    WRITTEN = "written"


@dataclass(frozen=True)
class Report:
    """The outcome of checking one exercise.

    Attributes
    ----------
    exercise : str
        Name of the function that was checked.
    verdict : Verdict
        Correct, incorrect or not attempted.
    headline : str
        One sentence that says what was found.
    details : tuple of (str, str)
        Labelled evidence: the call, what was expected, what came, the first difference.
    advice : str
        What to try next; never the answer.
    misconception : str
        Name of the known mistake that gives the same results, or an empty string.
    carried : tuple of str
        Earlier exercises whose reference stood in for the learner's function.
    """

    exercise: str
    verdict: Verdict
    headline: str
    details: tuple[tuple[str, str], ...] = ()
    advice: str = ""
    misconception: str = ""
    carried: tuple[str, ...] = ()

    def record(self) -> dict[str, object]:
        """Plain values of the report, ready for JSON."""
        return {
            "exercise": self.exercise,
            "verdict": self.verdict.value,
            "headline": self.headline,
            "advice": self.advice,
            "misconception": self.misconception,
            "carried": list(self.carried),
        }


class CheckFailed(AssertionError):
    """A check that did not end in *correct*: nbgrader sees an error, a learner one line below the panel.

    Parameters
    ----------
    report : Report
        What the check found.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.exercise}: {report.verdict.value.replace('-', ' ')}. {report.headline}")
        self.report = report

    def record(self) -> dict[str, object]:
        """Plain values of the report, for a grader that runs the check in another process."""
        return self.report.record()

    def _render_traceback_(self) -> list[str]:
        # IPython asks for this: the panel has said it all, so no wall of red follows.
        state = self.report.verdict.value.replace("-", " ")
        return [f"{self.report.exercise}: {state} (see the panel above)"]
