"""A real JupyterLab, started by ``make lab`` on a copy of the learner's folder, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.progress import FILE as PROGRESS
from tests.course import ROOT

CHROMIUM = shutil.which("chromium")

# A test must not wait on the network: the browser would look for updates and its maker's hosts.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Chromium, without a window."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: install Debian's package chromium to run the browser tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


def copy_for_learner(folder: Path) -> None:
    """Copy the learner's folder as it is handed out, without what somebody has done in it."""
    shutil.copytree(
        ROOT / "notebooks",
        folder,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(PROGRESS, ".ipynb_checkpoints"),
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_lab(target: str, folder: Path, log: Path) -> tuple[subprocess.Popen, str]:
    """Start JupyterLab by a make target on a folder; give the process and its address."""
    port = free_port()
    flags = (
        f"--no-browser --port {port} --allow-root --expose-app-in-browser --IdentityProvider.token='' "
        f"--ServerApp.root_dir={folder} "
        f"--LabApp.workspaces_dir={log.parent}/workspaces --LabApp.user_settings_dir={log.parent}/settings"
    )
    server = subprocess.Popen(
        ["make", target, f"LAB_FLAGS={flags}"],
        cwd=ROOT,
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    return server, wait_for(server, port, log)


def wait_for(server: subprocess.Popen, port: int, log: Path) -> str:
    """The address of a Jupyter server, once it answers; it is ended where it does not."""
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/api", timeout=1)
            return address
        except OSError:
            time.sleep(0.25)
    stop(server)
    raise RuntimeError(f"JupyterLab did not come up:\n{log.read_text()[-2000:]}")


def stop(server: subprocess.Popen) -> None:
    """End a server with all that it started."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, browser: object) -> Iterator[str]:
    """Address of a learner's JupyterLab."""
    folder = tmp_path_factory.mktemp("learner")
    copy_for_learner(folder)
    server, address = start_lab("lab", folder, tmp_path_factory.mktemp("log") / "lab.log")
    yield address
    stop(server)
