"""How far a learner has come: a small file beside the units, and the map that is drawn from it.

The file only remembers what checks said. Without it, running the notebooks again gives the same map.
"""

from __future__ import annotations

import builtins
import contextlib
import html
import json
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from autograder import panel, units
from autograder.verdict import Report, Verdict

FILE = "progress.json"
START = "start.ipynb"
"""The page that stands beside the units in a learner's folder, and nowhere else."""

PLACEHOLDER = "*Your answer here.*"
"""What a released notebook holds where an answer is to be written."""

# As in a panel; and lines of text for an answer that a person reads.
SIGNS = panel.SIGNS | {Verdict.WRITTEN: (panel.BLUE, "Written", "M2.5 4h11M2.5 8h11M2.5 12h6.5")}

Survey = dict[str, dict[str, Verdict]]
"""For each unit its exercises and written answers: correct, incorrect, not attempted or written."""


def progress() -> None:
    """Show how far you are in the course, and what comes next.

    A written answer counts once the notebook is saved.
    """
    folder = learners_folder(Path.cwd())
    if folder is None:
        panel.note(f"Progress is kept for notebooks in the folder of `{START}`; this one is elsewhere.")
        return
    found = survey(folder)
    panel.show(_map_html(found, folder), _map_text(found))


def learners_folder(here: Path) -> Path | None:
    """The learner's folder that `here` is, or whose unit it is; None where there is none."""
    return next((place for place in (here, here.parent) if (place / START).is_file()), None)


def record(report: Report) -> None:
    """Remember what a check said, where it ran in a learner's own notebook.

    The course's build, its tests and the grader also run checks. None of them runs in a learner's folder but
    nbgrader, which says so, and the grader's trusted process, which runs no notebook. Whatever is wrong with
    the file, no check fails for it.
    """
    in_notebook = hasattr(builtins, "get_ipython")  # IPython puts it there while it runs a cell
    if not in_notebook or "NBGRADER_EXECUTION" in os.environ:
        return
    with contextlib.suppress(OSError):  # the folder that the notebook was opened in may be gone
        folder = learners_folder(Path.cwd())
        if folder is not None:
            keep(folder, {report.exercise: report.verdict})


def keep(folder: Path, verdicts: Mapping[str, Verdict]) -> None:
    """Add verdicts to a folder's file, or leave it as it was where it can't be written."""
    scratch = folder / f".{FILE}.{os.getpid()}"
    try:
        scratch.write_text(json.dumps(recorded(folder) | dict(verdicts), indent=1) + "\n", encoding="utf-8")
        os.replace(scratch, folder / FILE)
    except OSError:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


def recorded(folder: Path) -> dict[str, Verdict]:
    """The last verdict on each exercise; empty where there is no file, or a damaged one."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {name: Verdict(kept[name]) for name in units.exercises() if name in kept}
    except (OSError, ValueError, TypeError, RecursionError):
        return {}


def survey(folder: Path) -> Survey:
    """What is done in a learner's folder: of the exercises what was recorded, of the answers what is saved."""
    kept = recorded(folder)
    found: Survey = {}
    for key in units.MODULES:
        unit = units.unit(key)
        saved = _answers(notebook_path(folder, key)).intersection(unit.written)
        found[key] = {e.name: _state(kept.get(e.name, Verdict.NOT_ATTEMPTED)) for e in unit.exercises}
        found[key] |= {n: Verdict.WRITTEN if n in saved else Verdict.NOT_ATTEMPTED for n in unit.written}
    return found


def next_step(found: Survey) -> tuple[str, str] | None:
    """What to do next, as in "write `relu`", and the unit to do it in; None where all is done."""
    for key, states in found.items():
        for name, state in states.items():
            if state is Verdict.INCORRECT:
                return f"look at `{name}` again; its check does not pass yet", key
            if state is Verdict.NOT_ATTEMPTED:
                written = name in units.unit(key).written
                return f"answer the question `{name}`" if written else f"write `{name}`", key
    return None


ALL_DONE = "All done: every check passes, and every question is answered."


def is_answer(text: str) -> bool:
    """Whether a written answer's cell holds something of the learner's."""
    return text.strip() not in ("", PLACEHOLDER)


def notebook_path(folder: Path, key: str) -> Path:
    """A unit's notebook in a learner's folder."""
    return folder / key / f"{key}.ipynb"


def heading(key: str) -> str:
    """A unit's number and title: ``"1 · One neuron"``."""
    return f"{list(units.MODULES).index(key) + 1} · {units.unit(key).title}"


def counts(found: Survey) -> list[tuple[Verdict, int]]:
    """How many exercises and answers are in each state."""
    states = Counter(state for unit in found.values() for state in unit.values())
    return [(state, states[state]) for state in SIGNS]


def word(state: Verdict) -> str:
    """A state of the map in words."""
    return SIGNS[state][1].lower()


def by_state(states: Mapping[str, Verdict]) -> dict[Verdict, list[str]]:
    """The names that are in each state; no state without names."""
    names = {wanted: [name for name, state in states.items() if state is wanted] for wanted in SIGNS}
    return {state: some for state, some in names.items() if some}


def conclusion(found: Survey) -> str:
    """The sentence below the map, as plain text."""
    step = next_step(found)
    return ALL_DONE if step is None else f"Next, in {step[1]}/{step[1]}.ipynb: {step[0]}.".replace("`", "")


def _state(verdict: Verdict) -> Verdict:
    """A verdict as the map shows it: what no check could judge is not right either."""
    return verdict if verdict in SIGNS else Verdict.INCORRECT


def _answers(notebook: Path) -> set[str]:
    """Grade ids of the cells in a notebook's file that hold something other than the placeholder."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        known = [cell for cell in cells if "nbgrader" in cell["metadata"]]
        return {
            cell["metadata"]["nbgrader"]["grade_id"] for cell in known if is_answer("".join(cell["source"]))
        }
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return set()


def _map_html(found: Survey, folder: Path) -> str:
    shown = " &nbsp; ".join(f"{_sign(s)} {n} {word(s)}" for s, n in counts(found))
    rows = "".join(
        f"<tr style='background:none'><th scope='row' style='text-align:left;vertical-align:top;"
        f"padding:3px 16px 3px 8px;width:1%;font-weight:600;white-space:nowrap'>{_link(folder, key)}</th>"
        f"<td style='text-align:left;padding:3px 0;white-space:normal'>{' '.join(map(_item, states.items()))}</td></tr>"
        for key, states in found.items()
    )
    step = next_step(found)
    said = ALL_DONE if step is None else f"Next, in {_link(folder, step[1])}: {panel.inline(step[0])}."
    return panel.frame(
        panel.BLUE,
        f"<p style='margin:0'><strong>Your progress.</strong> &nbsp; {shown}</p>"
        f"<table style='margin:6px 0;width:100%;table-layout:auto;border-collapse:collapse;font-size:95%;"
        f"background:var(--jp-layout-color0,transparent)'>{rows}</table>"
        f"<p style='margin:0'>{said}</p>",
    )


# Read aloud, and shown where styles are taken out; elsewhere the sign says the same.
_UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"


def _item(named: tuple[str, Verdict]) -> str:
    name, state = named
    return (
        f"<span style='display:inline-block;position:relative;white-space:nowrap;margin-right:12px' "
        f"title='{word(state)}'>{_sign(state)} <code style='background:none;padding:0'>{name}</code>"
        f"<span style='{_UNSEEN}'> ({word(state)})</span></span>"
    )


def _sign(state: Verdict) -> str:
    colour, _, path = SIGNS[state]
    return panel.sign(colour, path, 14)


def _link(folder: Path, key: str) -> str:
    """A unit's name, as a link where its notebook is there."""
    name, target = html.escape(heading(key)), notebook_path(folder, key)
    if not target.is_file():
        return name
    return f"<a href='{Path(os.path.relpath(target)).as_posix()}'>{name}</a>"


def _map_text(found: Survey) -> str:
    lines = ["Your progress: " + ", ".join(f"{n} {word(state)}" for state, n in counts(found))]
    for key, states in found.items():
        lines.append(heading(key))
        lines += [f"  {word(state)}: {', '.join(names)}" for state, names in by_state(states).items()]
    return "\n".join([*lines, conclusion(found)])
