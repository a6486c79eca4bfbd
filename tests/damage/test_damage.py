"""The reduced form of ``python -m tests.damage``."""

from __future__ import annotations

from tests.damage.trial import Trial


def test_damaged_notebooks_are_graded_right_or_queued_and_never_wrong() -> None:
    with Trial(["01-neuron", "04-matrix-form"]) as trial:
        results, beyond = trial.run(range(30)), trial.run_beyond_repair(times=1)
    assert results["all", "wrong"] == beyond["all", "wrong"] == 0
    assert results["all", "right"] >= 29
    assert sum(results["all", ended] for ended in ("right", "queued")) == 30
    assert beyond["all", "right"] == 0
