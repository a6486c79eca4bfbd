"""A small form of the fuzzers, in a process of its own: they fork, and take the place of ``__main__``."""

import subprocess
import sys


def test_no_changed_reply_or_output_earns_a_point_or_breaks_the_grader():
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--count", "100"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| changed replies | 1" in done.stdout
