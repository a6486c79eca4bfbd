"""A small form of the fuzzers, in processes of their own: they fork, and take the place of ``__main__``."""

import subprocess
import sys


def test_no_changed_reply_or_output_earns_a_point_or_breaks_the_grader() -> None:
    small = ["--count", "80", "--units", "01-neuron"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *small], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| changed replies | 8" in done.stdout
