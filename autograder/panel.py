"""Showing a report: a compact panel in Jupyter, plain text elsewhere."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable

from autograder.verdict import Report, Verdict

# Signs are drawn, not typed: many machines have no font with them. Colours have 3:1 contrast on white and on black.
SIGNS = {
    Verdict.CORRECT: ("#2e8b57", "Correct", "M3 8.5l3.5 3.5L13 4.5"),
    Verdict.INCORRECT: ("#c8511b", "Incorrect", "M4 4l8 8M12 4l-8 8"),
    Verdict.NOT_ATTEMPTED: ("#7a7f87", "Not attempted", "M3.5 8h9"),
}

Bundle = dict[str, str]


def _to_screen(bundle: Bundle) -> None:
    """Show a bundle in the notebook, or print its text where there is none."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display(bundle, raw=True)
    else:
        print(bundle["text/plain"])


_show: Callable[[Bundle], None] = _to_screen


def redirect(show: Callable[[Bundle], None] | None) -> None:
    """Send panels elsewhere (the grader keeps them as a cell's outputs); None sends them to the screen again."""
    global _show
    _show = show or _to_screen


def panel(report: Report) -> None:
    """Show what a check found."""
    colour, word, sign = SIGNS[report.verdict]
    _show({"text/html": _report_html(report, colour, word, sign), "text/plain": _report_text(report, word)})


def note(text: str, title: str = "") -> None:
    """Show a sentence or two that are no verdict: a hint, or what a cell uses."""
    heading = f"<strong>{html.escape(title)}</strong> " if title else ""
    _show(
        {
            "text/html": _frame("#3b76af", f"<p style='margin:0'>{heading}{_inline(text)}</p>"),
            "text/plain": f"{title + ': ' if title else ''}{_plain(text)}",
        }
    )


def _report_html(report: Report, colour: str, word: str, sign: str) -> str:
    drawn = (
        f"<svg width='16' height='16' viewBox='0 0 16 16' aria-hidden='true' style='vertical-align:-3px'>"
        f"<path d='{sign}' fill='none' stroke='{colour}' stroke-width='2.2'/></svg>"
    )
    parts = [f"<p style='margin:0'>{drawn} <strong>{word}.</strong> {_inline(report.headline)}</p>"]
    if report.details:
        rows = "".join(
            f"<tr><th scope='row' style='text-align:left;vertical-align:top;padding:1px 12px 1px 0;font-weight:600'>"
            f"{html.escape(label)}</th><td style='text-align:left;padding:1px 0'>{_value(label, text)}</td></tr>"
            for label, text in report.details
        )
        parts.append(f"<table style='margin:6px 0 0;border-collapse:collapse;font-size:95%'>{rows}</table>")
    parts += [f"<p style='margin:6px 0 0'>{_inline(text)}</p>" for text in _more(report)]
    return _frame(colour, "".join(parts))


def _frame(colour: str, inner: str) -> str:
    return (
        f"<div role='status' style='border-left:4px solid {colour};padding:6px 12px;margin:4px 0;max-width:52em;"
        f"background:var(--jp-layout-color2,rgba(127,127,127,.08));color:var(--jp-content-font-color1,inherit)'>"
        f"{inner}</div>"
    )


def _value(label: str, text: str) -> str:
    if label in ("Case", "Difference"):
        return _inline(text)
    return f"<code style='background:none;padding:0;white-space:pre-wrap'>{html.escape(text)}</code>"


def _report_text(report: Report, word: str) -> str:
    lines = [f"{word}. {_plain(report.headline)}"]
    lines += [f"  {label + ':':<12}{_plain(text)}" for label, text in report.details]
    lines += [_plain(text) for text in _more(report)]
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


def _inline(text: str) -> str:
    """Escape text and set what stands between back-ticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def _plain(text: str) -> str:
    return text.replace("`", "")
