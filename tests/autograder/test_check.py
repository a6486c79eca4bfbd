"""What a learner is told: verdicts, evidence, hints, errors carried forward."""

from __future__ import annotations

import subprocess
import sys
import warnings

import numpy as np
import pytest

import nnlib
from autograder import check, hint, units, yours
from autograder.exercise import Case
from autograder.judge import judge
from autograder.verdict import CheckFailed, Verdict


def refused(function, **how):
    with pytest.raises(CheckFailed) as caught:
        check(function, **how)
    return caught.value.report


def notebook(source):
    """The names that a notebook's cells define."""
    names: dict = {"np": np}
    exec(source, names)
    return names


def test_a_right_answer_is_shown_and_nothing_is_returned(shown):
    assert check(nnlib.weighted_sum) is None
    assert shown[0]["text/plain"].startswith("Correct. weighted_sum(x, w, b)")


def test_a_wrong_answer_shows_call_expected_got_and_the_mistake(shown):
    def weighted_sum(x, w, b):
        return float(w @ x)

    report = refused(weighted_sum, given=(np.array([2.0, -1.0]), np.array([0.5, 1.0]), 1.0), gives=1.0)
    evidence = dict(report.details)
    assert evidence["Call"].startswith("weighted_sum(x=np.array([ 2., -1.]), w=np.array([0.5, 1. ]), b=1.0)")
    assert evidence["Case"] == "the worked example"
    assert evidence["Expected"] == "1.0"
    assert evidence["Got"] == "0.0"
    assert report.misconception == "forgets-bias"
    assert "`b` is never used" in report.advice
    assert "Expected:   1.0" in shown[0]["text/plain"]


def test_no_mistake_is_named_where_none_fits(shown):
    def weighted_sum(x, w, b):
        return 1.0

    assert refused(weighted_sum).misconception == ""


def test_a_stub_is_not_attempted(shown):
    def weighted_sum(x, w, b):
        raise NotImplementedError

    report = refused(weighted_sum)
    assert report.verdict is Verdict.NOT_ATTEMPTED
    assert "not written yet" in report.headline


def test_nothing_returned_asks_for_the_return(shown):
    def weighted_sum(x, w, b):
        w @ x + b

    report = refused(weighted_sum)
    assert report.verdict is Verdict.INCORRECT
    assert "returned nothing" in report.headline
    assert "`return`" in report.advice


def test_an_error_is_shown_with_the_call_that_raised_it(shown):
    def weighted_sum(x, w, b):
        return w @ y + b  # noqa: F821

    report = refused(weighted_sum)
    assert "raised NameError" in report.headline
    assert "name 'y' is not defined" in dict(report.details)["Raised"]


def test_an_error_that_is_asked_for_must_be_of_its_kind(shown):
    def weighted_sum(x, w, b):
        if len(x) != len(w):
            raise KeyError("lengths")
        return float(w @ x + b)

    details = dict(refused(weighted_sum).details)
    assert details["Expected"] == "ValueError, raised"
    assert details["Raised"] == "KeyError: 'lengths'"


def test_changed_arguments_are_named(shown):
    def weighted_sum(x, w, b):
        x[:] = x * w
        return float(np.sum(x) + b)

    assert "changed its argument `x`" in dict(refused(weighted_sum).details)["Difference"]


def test_a_warning_is_no_right_answer(shown):
    exercise = units.exercise("weighted_sum")

    def warns(x, w, b):
        np.log(np.zeros(1))
        return nnlib.weighted_sum(x, w, b)

    report = judge(exercise, warns, [Case(np.ones(2), np.ones(2), 0.0)])
    assert "gave a warning: divide by zero" in dict(report.details)["Difference"]


def test_a_warning_of_the_garbage_collector_is_not_the_functions_fault(shown):
    def warns(x, w, b):
        warnings.warn("unclosed file", ResourceWarning, stacklevel=2)
        return nnlib.weighted_sum(x, w, b)

    report = judge(units.exercise("weighted_sum"), warns, [Case(np.ones(2), np.ones(2), 0.0)])
    assert report.verdict is Verdict.CORRECT


def test_what_the_function_prints_is_shown_only_with_the_failing_call(shown, capsys):
    def weighted_sum(x, w, b):
        print("here", len(x))
        return 0.0

    assert dict(refused(weighted_sum).details)["Printed"].startswith("here 3")
    assert capsys.readouterr().out == ""


def test_something_that_is_no_function(shown):
    assert "is a float, it should be a function" in judge(units.exercise("weighted_sum"), 3.0, []).headline


def test_an_unknown_function_is_named_with_the_known_ones():
    def softplus(z):
        return z

    with pytest.raises(units.UnknownExercise, match=r"No exercise is called 'softplus'.*weighted_sum"):
        check(softplus)


def test_a_lambda_is_found_by_the_name_it_is_bound_to(shown):
    names = notebook(
        "from autograder import check\nperceptron = lambda x, w, b: int(w @ x + b > 0)\ncheck(perceptron)"
    )
    assert "perceptron" in names
    assert "Correct" in shown[0]["text/plain"]


WRONG_SUM = "def weighted_sum(x, w, b):\n    return float(w @ x)\n"
ON_TOP = "def perceptron(x, w, b):\n    return int(weighted_sum(x, w, b) > 0)\n"


def test_an_earlier_mistake_is_not_counted_twice(shown):
    names = notebook(WRONG_SUM + ON_TOP)
    check(names["perceptron"])
    assert "Judged with the course's own weighted_sum in place of yours" in shown[0]["text/plain"]
    assert names["weighted_sum"](np.ones(2), np.ones(2), 5.0) == 2.0  # the learner's own is back


def test_only_the_function_that_is_wrong_is_replaced(shown):
    names = notebook(
        WRONG_SUM
        + ON_TOP
        + "def predict_all(X, w, b):\n    return np.array([perceptron(x, w, b) for x in X])\n"
    )
    check(names["predict_all"])
    assert "own weighted_sum in place" in shown[0]["text/plain"]


def test_an_earlier_stub_does_not_make_a_later_answer_unwritten(shown):
    names = notebook("def weighted_sum(x, w, b):\n    raise NotImplementedError\n" + ON_TOP)
    check(names["perceptron"])
    assert "own weighted_sum in place" in shown[0]["text/plain"]
    stub = notebook(WRONG_SUM + "def perceptron(x, w, b):\n    raise NotImplementedError\n")["perceptron"]
    assert refused(stub).verdict is Verdict.NOT_ATTEMPTED


def test_a_wrong_function_gains_nothing_from_right_earlier_ones(shown):
    names = notebook(
        "def weighted_sum(x, w, b):\n    return float(np.dot(w, x) + b)\n"
        "def perceptron(x, w, b):\n    return int(weighted_sum(x, w, b) >= 0)\n"
    )
    report = refused(names["perceptron"])
    assert (report.misconception, report.carried) == ("fires-at-zero", ())


def test_a_function_that_is_right_only_when_it_is_asked_again_is_refused(shown):
    names = notebook(
        "def weighted_sum(x, w, b):\n    return float(np.dot(w, x) + b)\n"
        "calls = []\n"
        "def perceptron(x, w, b):\n"
        "    calls.append(x)\n"
        "    return int(weighted_sum(x, w, b) > 0) if len(calls) > 1 else 7\n"
    )
    assert refused(names["perceptron"]).verdict is Verdict.INCORRECT


def test_a_function_that_is_written_in_part_is_not_attempted(shown):
    def weighted_sum(x, w, b):
        if len(x) == 1:
            raise NotImplementedError
        return float(w @ x)

    assert refused(weighted_sum).verdict is Verdict.NOT_ATTEMPTED


def test_a_hidden_check_shows_no_input_and_no_result(shown):
    def weighted_sum(x, w, b):
        return 123.456

    report = refused(weighted_sum, hidden=True)
    assert report.details == ()
    everything = " ".join(shown[0].values())
    assert "123.456" not in everything
    assert "array" not in everything


def test_hidden_inputs_follow_the_secret(shown, monkeypatch):
    seen = []

    def weighted_sum(x, w, b):
        seen.append(np.array(x))
        return nnlib.weighted_sum(x, w, b)

    def drawn(secret):
        monkeypatch.setenv("AUTOGRADER_SEED", secret)
        seen.clear()
        check(weighted_sum, hidden=True)
        return np.concatenate(seen)

    assert np.array_equal(drawn("one"), drawn("one"))
    assert not np.array_equal(drawn("one"), drawn("two"))
    assert not np.array_equal(drawn(""), drawn("one"))


def test_an_answer_learnt_by_heart_from_the_visible_inputs_fails_the_hidden_check(shown):
    known: dict[bytes, float] = {}

    def weighted_sum(x, w, b):
        key = np.concatenate([x, w, [b]]).tobytes()
        if len(x) != len(w):
            raise ValueError
        return known.setdefault(key, nnlib.weighted_sum(x, w, b)) if learning else known.get(key, 0.0)

    learning = True
    check(weighted_sum)
    learning = False
    check(weighted_sum)
    refused(weighted_sum, hidden=True)


def test_yours_is_the_learners_where_it_passes_and_the_reference_where_it_does_not(shown):
    right = notebook("def weighted_sum(x, w, b):\n    return float(np.dot(w, x) + b)\n")["weighted_sum"]
    wrong = notebook(WRONG_SUM)["weighted_sum"]
    assert yours(right) is right
    assert shown == []
    assert yours(wrong) is nnlib.weighted_sum
    assert "does not pass its check yet" in shown[0]["text/plain"]


def test_hints_come_one_after_the_other_and_stay_at_the_last(shown):
    exercise = units.exercise("predict_all")
    for _ in range(len(exercise.hints) + 1):
        hint("predict_all")
    texts = [bundle["text/plain"] for bundle in shown]
    assert [text[:11] for text in texts] == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Hint 3 of 3"]
    assert "Ask again" in texts[0]
    assert "Ask again" not in texts[2]


def test_text_from_the_learner_is_escaped(shown):
    def weighted_sum(x, w, b):
        return "<script>alert(1)</script>"

    refused(weighted_sum)
    assert "<script>" not in shown[0]["text/html"]
    assert "&lt;script&gt;" in shown[0]["text/html"]


def test_the_error_below_the_panel_is_one_line(shown):
    def weighted_sum(x, w, b):
        return 0.0

    with pytest.raises(CheckFailed) as caught:
        check(weighted_sum)
    assert caught.value._render_traceback_() == ["weighted_sum: incorrect (see the panel above)"]
    assert caught.value.record()["verdict"] == "incorrect"


def test_a_notebook_imports_nothing_heavy():
    code = "import autograder, sys; print(sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("matplotlib", "sklearn", "nbgrader", "IPython", "typer", "nbformat"):
        assert f"'{heavy}'" not in loaded
