"""Graded submissions with what a report has to tell, and a canary in each thing that no page may hold."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from autograder.grader.gradebook import Ledger, sqlite_url
from autograder.grader.marking import Marker
from autograder.grader.results import Graded, Results, Submitted
from autograder.grader.sheet import grade_id
from tests.grader.conftest import UNIT
from tests.grader.test_marking import RIGHT, WRONG

CANARY = "canary-7f3a"
SCRIPT = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"
FORGETS = '# by eve\ndef weighted_sum(x, w, b):\n    "eve\'s own"\n    return float(w @ x)'
ANSWERS = {
    "ada": RIGHT,
    "bob": {},
    "eve": RIGHT | {"weighted_sum": FORGETS, "xor_limit": "no LINE has  both lit corners on one side."},
    "fay": RIGHT | {"weighted_sum": WRONG["weighted_sum"][0], "xor_limit": SCRIPT + " $w_1$"},
    "gus": RIGHT
    | {
        "weighted_sum": "import nnlib\ndef weighted_sum(x, w, b):\n    return nnlib.weighted_sum(x, w, b)",
        "perceptron": f"from IPython.display import HTML, display\ndisplay(HTML('''{SCRIPT}'''))\n"
        "def perceptron(x, w, b):\n    return int(w @ x + b > 0)",
        "gate_parameters": "def gate_parameters():\n    import os\n    os._exit(1)",
    },
}


def grade_class(folder: Path, marker: Marker, config, submit) -> Results:
    """Mark `ANSWERS` into a folder of results; a person has marked ada's written answer."""
    results = Results(folder)
    with Ledger(sqlite_url(folder)) as ledger:
        ledger.open_unit(marker.sheet, config)
        for student, answers in ANSWERS.items():
            notebook = submit(answers)
            if student == "bob":  # a second cell of the same id
                notebook.cells.append(nbformat.from_dict(dict(notebook.cells[-1])))
                twin = next(c for c in notebook.cells if grade_id(c) == "perceptron")
                notebook.cells[-1] = nbformat.v4.new_code_cell("1", metadata=dict(twin.metadata))
            marked = marker.mark(notebook)
            for cell in notebook.cells:
                cell.source = cell.source.replace("hidden=True", f"hidden=True  # {CANARY}")
            one = Submitted(student, UNIT, folder / "none.ipynb")
            results.save_notebook(one, notebook)
            ledger.record(UNIT, student, marked.marks)
            results.save_marks(Graded(one, marked.marks, marked.notes), "")
    with Gradebook(sqlite_url(folder)) as book:
        book.find_grade("xor_limit", UNIT, UNIT, "ada").manual_score = 3.5
        book.find_grade("xor_limit", UNIT, UNIT, "ada").needs_manual_grade = False
        book.find_comment("xor_limit", UNIT, UNIT, "ada").manual_comment = "*well put*"
        book.db.commit()
    return results
