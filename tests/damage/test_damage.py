"""The reduced form of ``python -m tests.damage``."""

from tests.damage.trial import run


def test_damaged_notebooks_are_graded_right_or_queued_and_never_wrong():
    results = run(30)
    assert results["all", "wrong"] == 0
    assert results["all", "right"] >= 28
    assert sum(results["all", ended] for ended in ("right", "queued")) == 30
