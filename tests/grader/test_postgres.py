"""A gradebook in PostgreSQL, by nbgrader's ``db_url``: a real server, where Debian's package is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.crash import crash

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(scope="module")
def db_url():
    """The address of an empty database of a server that listens on a socket of its own."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    if not BINARIES:
        pytest.skip("no PostgreSQL server is installed (apt install postgresql)")
    ours = {}
    if os.getuid() == 0:  # a server refuses to run as root
        try:
            ours = {"user": "postgres", "group": pwd.getpwnam("postgres").pw_gid, "extra_groups": []}
        except KeyError:
            pytest.skip("a PostgreSQL server does not run as root, and there is no user `postgres`")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if ours:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [BINARIES[-1] / program, *arguments],
            check=True, cwd=folder, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, **ours,
        )  # fmt: skip

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "teacher", "--auth=trust", "--encoding=UTF8", "--locale=C")
        options = f"-c listen_addresses= -c unix_socket_directories={folder}"
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://teacher@/postgres?host={folder}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def scores(url: str) -> dict[tuple[str, str], tuple[float | None, bool]]:
    with Gradebook(url) as book:
        return {
            (one.student.id, grade.cell.name): (grade.auto_score, grade.needs_manual_grade)
            for one in book.assignment_submissions(crash.UNIT)
            for grade in one.notebooks[0].grades
        }


def test_the_same_gradebook_as_in_sqlite(tmp_path, db_url):
    crash.make_course(tmp_path, 4)
    crash.finish(tmp_path, "lite")
    with (tmp_path / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.CourseDirectory.db_url = {db_url!r}\n")
    crash.finish(tmp_path, "postgres")
    crash.finish(tmp_path, "postgres")
    assert not (tmp_path / "postgres" / "gradebook.db").exists()
    for name in ("grades.csv", "needs-a-look.csv"):
        assert (tmp_path / "postgres" / name).read_bytes() == (tmp_path / "lite" / name).read_bytes()
    found = scores(db_url)
    assert len(found) == 4 * 5
    assert found == scores(f"sqlite:///{tmp_path / 'lite' / 'gradebook.db'}")
