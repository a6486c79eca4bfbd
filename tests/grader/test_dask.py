"""``--backend dask``: a scheduler and three worker processes, one of them killed half-way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.crash import crash

pytest.importorskip("distributed", reason="the extra `dask` is not installed")


def started(place: Path, *arguments: str) -> subprocess.Popen:
    """A Dask process, in a folder where it finds nothing of the course's."""
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        cwd=place,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != "AUTOGRADER_SEED"},
    )


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its workers."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    file = place / "scheduler.json"
    scheduler = ["dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    worker = ["dask_worker", "--scheduler-file", str(file), "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    processes = [started(place, *scheduler)]
    try:
        processes += [started(place, *worker, "--name", f"w{i}") for i in range(3)]
        from distributed import Client

        with Client(scheduler_file=str(file), set_as_default=False, timeout=30) as client:
            client.wait_for_workers(3, timeout=60)
            address = client.scheduler.address
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_worker_that_dies_half_way_takes_nothing_with_it(tmp_path, cluster):
    address, workers = cluster
    course = tmp_path / "course"
    crash.make_course(course, 12)
    crash.finish(course, "whole")
    arguments = ["grade", "submitted", "--out", "dask", "--backend", "dask", "--scheduler", address]
    process = crash.start(course, "-c", crash.RUN, *arguments)
    try:
        end = time.monotonic() + 90
        while len(list(course.glob("dask/marks/*/*.json"))) < 4:
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < end, "no marks came"
            time.sleep(0.01)
        assert len(list(course.glob("dask/marks/*/*.json"))) < 12, "it was over before a worker was killed"
        workers[0].send_signal(signal.SIGKILL)
        said, _ = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 0, said
    assert not crash.faults(course / "whole", course / "dask")


def test_no_scheduler_is_said(tmp_path):
    crash.make_course(tmp_path, 1)
    arguments = [
        "grade",
        "submitted",
        "--out",
        "none",
        "--backend",
        "dask",
        "--scheduler",
        "tcp://127.0.0.1:9",
    ]
    (tmp_path / "submitted" / "s000" / crash.UNIT / f"{crash.UNIT}.ipynb").unlink()
    process = crash.start(tmp_path, "-c", crash.RUN, *arguments)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "No Dask scheduler" in said
