"""Showing a report: a compact panel in Jupyter, plain text elsewhere."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable

from autograder.exercise import Exercise
from autograder.verdict import Report, Verdict

# Signs are drawn, not typed: many machines have no font with them. Colours have 3:1 contrast on a panel in JupyterLab's
# light and dark themes.
SIGNS = {
    Verdict.CORRECT: ("#2e8b57", "Correct", "M3 8.5l3.5 3.5L13 4.5"),
    Verdict.INCORRECT: ("#c8511b", "Incorrect", "M4 4l8 8M12 4l-8 8"),
    Verdict.NOT_ATTEMPTED: ("#7a7f87", "Not attempted", "M3.5 8h9"),
}
BLUE = "#3b76af"

Bundle = dict[str, str]


def _to_screen(bundle: Bundle) -> None:
    """Show a bundle in the notebook, or print its text where there is none."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(bundle, raw=True)
    else:
        print(bundle["text/plain"])


_target: Callable[[Bundle], None] = _to_screen


def redirect(target: Callable[[Bundle], None] | None) -> None:
    """Send panels elsewhere (the grader keeps them as a cell's outputs); None sends them to the screen again."""
    global _target
    _target = target or _to_screen


def show(page: str, text: str) -> None:
    """Show a piece of HTML in the notebook, or its text where there is none."""
    _target({"text/html": page, "text/plain": text})


def panel(report: Report, stuck: Exercise | None = None) -> None:
    """Show what a check found.

    Parameters
    ----------
    report : Report
        What was found.
    stuck : Exercise, optional
        The exercise whose hints, folded, and whose place in the unit are offered below the verdict.
    """
    show(_report_html(report, stuck), _report_text(report, stuck))


def note(text: str, title: str = "") -> None:
    """Show a sentence or two that are no verdict: a hint, or what a cell uses."""
    heading = f"<strong>{html.escape(title)}</strong> " if title else ""
    show(
        frame(BLUE, f"<p style='margin:0'>{heading}{inline(text)}</p>"),
        f"{title + ': ' if title else ''}{_plain(text)}",
    )


def _report_html(report: Report, stuck: Exercise | None) -> str:
    colour, word, path = SIGNS[report.verdict]
    drawn = sign(colour, path, 16)
    parts = [f"<p style='margin:0'>{drawn} <strong>{word}.</strong> {inline(report.headline)}</p>"]
    if report.details:
        rows = "".join(
            f"<tr><th scope='row' style='text-align:left;vertical-align:top;padding:1px 12px 1px 0;font-weight:600'>"
            f"{html.escape(label)}</th><td style='text-align:left;padding:1px 0'>{_value(label, text)}</td></tr>"
            for label, text in report.details
        )
        parts.append(f"<table style='margin:6px 0 0;border-collapse:collapse;font-size:95%'>{rows}</table>")
    parts += [f"<p style='margin:6px 0 0'>{inline(text)}</p>" for text in _more(report)]
    if stuck:
        parts.append(_help_html(stuck))
    return frame(colour, "".join(parts))


def _help_html(exercise: Exercise) -> str:
    """A link to the paragraph that explains the exercise; its hints, each folded into the one before."""
    folded = ""
    for tier, text in reversed(list(enumerate(exercise.hints, 1))):
        title = f"Hint {tier} of {len(exercise.hints)}"
        folded = (
            f"<details style='margin:6px 0 0'><summary style='cursor:pointer'>{title}</summary>"
            f"<p style='margin:2px 0 0'>{inline(text)}</p>{folded}</details>"
        )
    if not exercise.explained:
        return folded
    # JupyterLab and nbconvert name a heading's anchor so.
    anchor = html.escape(exercise.explained.replace(" ", "-"), quote=True)
    link = f"<a href='#{anchor}'>{html.escape(exercise.explained)}</a>"
    return f"<p style='margin:6px 0 0'>Explained under {link}.</p>{folded}"


def sign(colour: str, path: str, size: int) -> str:
    """A small drawing, of that many pixels, in the line of text."""
    return (
        f"<svg width='{size}' height='{size}' viewBox='0 0 16 16' aria-hidden='true' "
        f"style='vertical-align:-{size // 5}px'>"
        f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='2.2'/></svg>"
    )


def frame(colour: str, inner: str) -> str:
    """A panel around some HTML, with a bar of this colour."""
    return (
        f"<div role='status' style='border-left:4px solid {colour};padding:6px 12px;margin:4px 0;max-width:52em;"
        f"background:var(--jp-layout-color1,rgba(127,127,127,.08));color:var(--jp-content-font-color1,inherit)'>"
        f"{inner}</div>"
    )


def _value(label: str, text: str) -> str:
    if label in ("Case", "Difference"):
        return inline(text)
    return f"<code style='background:none;padding:0;white-space:pre-wrap'>{html.escape(text)}</code>"


def _report_text(report: Report, stuck: Exercise | None) -> str:
    lines = [f"{SIGNS[report.verdict][1]}. {_plain(report.headline)}"]
    lines += [f"  {label + ':':<12}{_plain(text)}" for label, text in report.details]
    lines += [_plain(text) for text in _more(report)]
    if stuck:
        where = f'Explained under "{stuck.explained}". ' if stuck.explained else ""
        lines.append(f"{where}Stuck? hint({stuck.name}) gives a hint.")
    return "\n".join(lines)


def _more(report: Report) -> list[str]:
    """Sentences below the evidence."""
    said = [report.advice] if report.advice else []
    if report.carried:
        names = " and ".join(f"`{name}`" for name in report.carried)
        verb = "is" if len(report.carried) == 1 else "are"
        said.append(
            f"Judged with the course's own {names} in place of yours, which {verb} not right yet: "
            "an earlier mistake is not counted twice."
        )
    return said


def inline(text: str) -> str:
    """Escape text; set what stands between back-ticks as code, and between asterisks with stress."""
    return _CODE_OR_STRESS.sub(
        lambda found: f"<code>{found[1]}</code>" if found[1] else f"<em>{found[2]}</em>", html.escape(text)
    )


def _plain(text: str) -> str:
    return _CODE_OR_STRESS.sub(lambda found: found[1] or found[2], text)


# An asterisk between spaces or in code is a product.
_CODE_OR_STRESS = re.compile(r"`([^`]+)`|(?<![\w*])\*(\w[\w ]*)\*(?![\w*])")
