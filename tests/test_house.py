"""What holds of the whole tree: the files for contributors say what is so, and lead to what is there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from itertools import chain, pairwise, takewhile
from pathlib import Path

import nbformat
import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def git(*arguments: str) -> list[str]:
    """Lines that git says; none where it finds nothing."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


def parsed(page: Path) -> list[Token]:
    """A page's Markdown, the parts of its lines too."""
    tokens = MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8"))
    return list(chain.from_iterable((token, *(token.children or ())) for token in tokens))


PAGES = [ROOT / name for name in git("ls-files", ":(glob)*.md", "docs/*.md")]


# The project's papers


def test_the_version_is_the_same_wherever_it_is_named():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    latest = re.search(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert citation["version"] == latest[1] == PROJECT["version"]


def test_a_citation_has_what_its_format_asks_for():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= citation.keys()
    assert all(author.keys() & {"name", "family-names"} for author in citation["authors"])


def test_each_licence_that_is_named_is_there():
    assert PROJECT["license"] == "BSD-3-Clause AND CC-BY-4.0"
    code, text = (ROOT / name for name in PROJECT["license-files"])
    assert code.read_text().startswith("BSD 3-Clause License\n")
    assert "Creative Commons Attribution 4.0 International Public License" in text.read_text()
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text())["license"] == "BSD-3-Clause"


def test_the_checks_before_a_commit_fetch_nothing_and_are_installed_with_the_tests():
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    installed = {Requirement(line).name for line in PROJECT["optional-dependencies"]["test"]}
    assert repository["repo"] == "local"
    assert "pre-commit" in installed
    for hook in repository["hooks"]:
        assert hook["language"] == "system"
        command, *rest = shlex.split(hook["entry"])
        if command == "python":
            assert rest[:2] == ["-m", "autograder.build"]
        else:
            assert command in installed, hook["id"]


# What pages name


def targets_named(page: Path) -> set[str]:
    """What a page asks `make` for, in code."""
    code = [token.content for token in parsed(page) if token.type in ("fence", "code_inline")]
    lines = [line for text in code for line in text.splitlines() if line.startswith("make ")]
    named: set[str] = set()
    for line in lines:
        words = shlex.split(line, comments=True)
        while "make" in words:
            words = words[words.index("make") + 1 :]
            named.update(takewhile(lambda word: word not in ("&&", "||", "|", ";"), words))
    return {word for word in named if "=" not in word}


def targets() -> set[str]:
    rules = re.findall(r"^(?!\.[A-Z])([\w./ -]+?) *:(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return set(" ".join(rules).split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_a_page_names_exists(page):
    assert targets_named(page) - targets() == set()


def test_every_make_target_is_explained():
    explained = targets_named(ROOT / "README.md") | targets_named(ROOT / "CONTRIBUTING.md")
    assert {"lab", "test", "gate"} <= explained
    assert {target for target in targets() if not target.startswith(".")} - explained == set()


def headings(page: Path) -> set[str]:
    """Anchors of a page: its headings in lower case, without signs, with - for spaces."""
    tokens = parsed(page)
    texts = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_to_something(page):
    for token in parsed(page):
        address = token.attrs.get("href") or token.attrs.get("src") or ""
        if address and not re.match(r"[a-z]+:", address):
            path, _, anchor = address.partition("#")
            target = page.parent / path if path else page
            assert target.exists(), address
            if anchor and target.suffix == ".md":
                assert anchor in headings(target), address


# Where an address may lead: to this machine, to names that are examples, to a manual, to the names of file formats.
HOSTS = {"127.0.0.1", "docs.moodle.org", "example.org", "www.w3.org"}


def test_no_file_names_a_host_to_fetch_from_or_the_folder_of_whoever_made_it():
    """Packages come from wherever pip is set up to get them."""
    found = git("grep", "-IhoE", r"https?:(\\?/){2}[A-Za-z0-9.-]+")
    assert found  # or the pattern is wrong
    assert {re.sub(r"^https?:[\\/]+", "", address) for address in found} - HOSTS == set()
    assert git("grep", "-IlE", "-e", "--(extra-)?index[-]url|--find[-]links") == []
    assert git("grep", "-IlF", f"{ROOT}/") == []


# CONTRIBUTING.md, followed as it is written


def steps(section: str) -> list[tuple[str, str]]:
    """What a section of CONTRIBUTING.md has to apply ("diff") and to run ("shell"), in its order."""
    tokens = iter(parsed(ROOT / "CONTRIBUTING.md"))
    next(token for token in tokens if token.type == "inline" and token.content == section)
    inside = takewhile(lambda token: (token.type, token.tag) != ("heading_open", "h2"), tokens)
    return [(token.info, token.content) for token in inside if token.info in ("diff", "shell")]


class Copy:
    """A fresh copy of the project, in which a section of CONTRIBUTING.md was followed."""

    def __init__(self, folder: Path, section: str) -> None:
        self.folder = folder
        for name in git("ls-files"):
            if (ROOT / name).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / name)
        self.run(
            "git init -q && git add . && git -c user.name=a -c user.email=a@example.org commit -qm start"
        )
        self.steps = steps(section)
        self.said = [
            self.run("git apply -", given=text) if kind == "diff" else self.run(text)
            for kind, text in self.steps
        ]

    def run(self, commands: str, given: str | None = None) -> str:
        binaries = Path(sys.executable).parent
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": f"{binaries}:{os.environ['PATH']}",
                "PYTHONPATH": str(self.folder),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            input=given,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{commands}\n{given or ''}\n{done.stdout}{done.stderr}"
        return done.stdout

    def changed(self) -> list[str]:
        return [line[3:] for line in self.run("git status --short").splitlines()]

    def text(self, notebook: str) -> str:
        return "\n".join(cell.source for cell in nbformat.read(self.folder / notebook, as_version=4).cells)


def test_a_sentence_is_changed_by_following_the_steps(tmp_path):
    copy = Copy(tmp_path, "Change a sentence")
    sentence = re.search(r"^\+# (.*)$", copy.steps[0][1], re.MULTILINE)[1]
    notebooks = [f"{folder}/01-neuron/01-neuron.ipynb" for folder in ("notebooks", "solutions")]
    assert copy.changed() == [*notebooks, "solutions/01-neuron/01-neuron.py"]
    for notebook in notebooks:
        assert sentence in copy.text(notebook)


def test_a_known_mistake_is_added_by_following_the_steps(tmp_path):
    copy = Copy(tmp_path, "Add a known mistake")
    assert copy.changed() == ["autograder/units/activations.py"]
    sentence = "The curve is mirrored: it is 0 on the right and rises to the left"
    assert sentence in copy.steps[1][1]
    assert sentence in copy.said[-1]


def test_an_exercise_is_added_by_following_the_steps(tmp_path):
    copy = Copy(tmp_path, "Add an exercise")
    assert {"notebooks/02-activations/02-activations.ipynb", "notebooks/start.ipynb"} <= set(copy.changed())
    released = copy.text("notebooks/02-activations/02-activations.ipynb")
    assert "check(leaky_relu, given=" in released
    assert "slope * z" not in released
