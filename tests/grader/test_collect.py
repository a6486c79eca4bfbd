"""Collecting from Canvas, Moodle and folders; and what people and archives try."""

from __future__ import annotations

import csv
import json
import stat
import zipfile
from pathlib import Path

import pytest

from autograder.grader import collect as module
from autograder.grader.collect import CollectError, Row, collect
from autograder.grader.roster import Roster, Student

UNIT = "01-neuron"
EXERCISES = {"weighted_sum", "perceptron"}
ROSTER = Roster(
    {
        2: Student("ada", "Ada", "Lovelace", "ada@example.org", "4711"),
        3: Student("bob", "Bob", "Smith", "bob@example.org", "4712"),
        4: Student("zoe", "Zoë", "Müller", "zoe@example.org", "4713"),
    }
)


def notebook(text: str = "def perceptron(x, w, b): ...") -> bytes:
    return json.dumps({"cells": [{"cell_type": "code", "metadata": {}, "source": text}]}).encode()


def packed(folder: Path, members: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    path = folder / "download.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def gather(source: Path) -> dict[str, Row]:
    """Collect into a folder beside the source; the rows by file."""
    rows = collect(source, UNIT, EXERCISES, ROSTER, source.parent / "submitted")
    return {row.file: row for row in rows}


def written(folder: Path) -> dict[str, bytes]:
    place = folder / "submitted"
    return {
        path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()
    }


def test_canvas_by_number_the_latest_upload_and_late_said(tmp_path):
    rows = gather(
        packed(
            tmp_path,
            {
                "lovelaceada_4711_11_01-neuron.ipynb": notebook("def perceptron(): 1"),
                "lovelaceada_4711_13_01-neuron-2.ipynb": notebook("def perceptron(): 3"),
                "lovelaceada_4711_12_01-neuron-1.ipynb": notebook("def perceptron(): 2"),
                "smithbob_LATE_4712_14_01-neuron.ipynb": notebook(),
                "nobody_99_15_01-neuron.ipynb": notebook(),
            },
        )
    )
    assert written(tmp_path) == {
        f"ada/{UNIT}/{UNIT}.ipynb": notebook("def perceptron(): 3"),
        f"bob/{UNIT}/{UNIT}.ipynb": notebook(),
    }
    assert "late" in rows["smithbob_LATE_4712_14_01-neuron.ipynb"].reason
    assert rows["nobody_99_15_01-neuron.ipynb"].outcome == "left"
    assert len(rows) == 5
    with (tmp_path / f"submitted-{UNIT}.csv").open(newline="") as file:
        assert {row["file"]: row["outcome"] for row in csv.DictReader(file)} == {
            name: row.outcome for name, row in rows.items()
        }


def test_moodle_by_name_in_folders_and_flat(tmp_path):
    gather(
        packed(
            tmp_path,
            {
                "Ada Lovelace_4712_assignsubmission_file_/my work.ipynb": notebook("def perceptron(): ada"),
                "Bob Smith_2_assignsubmission_file_01-neuron.ipynb": notebook("def perceptron(): bob"),
                "Zoe\u0308 Mu\u0308ller_3_assignsubmission_file/01-neuron.ipynb": notebook(
                    "def perceptron(): zoe"
                ),
            },
        )
    )
    assert {name: data for name, data in written(tmp_path).items()} == {
        f"{who}/{UNIT}/{UNIT}.ipynb": notebook(f"def perceptron(): {who}") for who in ("ada", "bob", "zoe")
    }


def test_a_folder_with_its_time_and_a_file_a_student(tmp_path):
    source = tmp_path / "mine"
    (source / "ada" / UNIT).mkdir(parents=True)
    (source / "ada" / UNIT / f"{UNIT}.ipynb").write_bytes(notebook())
    (source / "ada" / UNIT / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    (source / "bob.ipynb").write_bytes(notebook())
    (source / "zoe").symlink_to(source / "ada")
    (source / "zoe.ipynb").symlink_to(source / "bob.ipynb")
    rows = gather(source)
    assert set(written(tmp_path)) == {
        f"ada/{UNIT}/{UNIT}.ipynb", f"ada/{UNIT}/timestamp.txt", f"bob/{UNIT}/{UNIT}.ipynb",
    }  # fmt: skip
    assert "link" in rows["zoe.ipynb"].reason


@pytest.mark.parametrize(
    "name",
    [
        "ada/x_4712_5_01-neuron.ipynb",
        "ada/Bob Smith_1_assignsubmission_file_01-neuron.ipynb",
        "ada/bob/01-neuron.ipynb",
        "lovelaceada_4711_9_Bob Smith_1_assignsubmission_file_x.ipynb",
        "Ada Lovelace_1_assignsubmission_file_x_4712_5_01-neuron.ipynb",
        "Ada Lovelace_1_assignsubmission_file_Bob Smith_1_assignsubmission_file_x.ipynb",
    ],
)
def test_the_name_of_a_file_does_not_make_it_another_students(tmp_path, name):
    gather(packed(tmp_path, {name: notebook()}))
    assert set(written(tmp_path)) == {f"ada/{UNIT}/{UNIT}.ipynb"}


def test_a_stranger_hands_nothing_in_for_another(tmp_path):
    gather(packed(tmp_path, {"Mallory X_1_assignsubmission_file_x_4712_5_01-neuron.ipynb": notebook()}))
    assert written(tmp_path) == {}


@pytest.mark.parametrize(
    "name",
    [
        "../ada/01-neuron.ipynb",
        "/ada/01-neuron.ipynb",
        "ada/../../01-neuron.ipynb",
        "C:/ada/01-neuron.ipynb",
        "ada\\..\\..\\x.ipynb",
    ],
)
def test_names_that_lead_out_are_not_read(tmp_path, name):
    rows = gather(packed(tmp_path, {name: notebook(), "bob.ipynb": notebook()}))
    assert set(written(tmp_path)) == {f"bob/{UNIT}/{UNIT}.ipynb"}
    assert [row.reason for row in rows.values() if row.outcome == "left"] == [
        "Its name leads out of the archive."
    ]
    assert {path.name for path in tmp_path.iterdir()} == {
        "download.zip",
        "submitted",
        f"submitted-{UNIT}.csv",
    }


def test_links_bombs_and_archives_in_the_archive_are_left(tmp_path):
    link = zipfile.ZipInfo("ada.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    rows = gather(
        packed(
            tmp_path,
            {
                link: b"/etc/passwd",
                "bob.ipynb": b" " * 5_000_000,
                "zoe/01.zip": b"PK",
                "zoe/01-neuron.ipynb": b"x" * (module.LARGEST + 1),
            },
        )
    )
    assert written(tmp_path) == {}
    assert "link" in rows["ada.ipynb"].reason
    assert "times its size" in rows["bob.ipynb"].reason
    assert "archive inside" in rows["zoe/01.zip"].reason
    assert f"more than {module.LARGEST:,}" in rows["zoe/01-neuron.ipynb"].reason


def test_too_much_in_all_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "TOTAL", 100)
    with pytest.raises(CollectError, match="more than 100 bytes"):
        gather(packed(tmp_path, {"ada.ipynb": notebook(), "bob.ipynb": notebook()}))
    assert not (tmp_path / "submitted").exists()


@pytest.mark.parametrize("link", ["submitted/ada", f"submitted/ada/{UNIT}"])
def test_nothing_is_written_through_a_link(tmp_path, link):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / link).parent.mkdir(parents=True)
    (tmp_path / link).symlink_to(elsewhere)
    with pytest.raises(CollectError, match="is a link"):
        gather(packed(tmp_path, {"lovelaceada_4711_11_01-neuron.ipynb": notebook()}))
    assert not list(elsewhere.iterdir())


def test_the_notebook_with_the_units_exercises_is_taken_whatever_it_is_called(tmp_path):
    rows = gather(
        packed(
            tmp_path,
            {"ada/Untitled.ipynb": notebook(), "ada/notes.ipynb": notebook("1 + 1"), "ada/a.py": b""},
        )
    )
    assert written(tmp_path) == {f"ada/{UNIT}/{UNIT}.ipynb": notebook()}
    assert "called Untitled.ipynb" in rows["ada/Untitled.ipynb"].reason
    assert rows["ada/notes.ipynb"].outcome == rows["ada/a.py"].outcome == "left"


def test_what_has_no_one_right_choice_waits_for_a_person(tmp_path):
    one, two = notebook("def perceptron(): 1"), notebook("def perceptron(): 2")
    rows = gather(
        packed(tmp_path, {"ada/a.ipynb": one, "ada/b.ipynb": two, "bob/01-neuron.ipynb": notebook("x = 1")})
    )
    assert {row.outcome for row in rows.values()} == {"for a person"}
    assert sorted(written(tmp_path).values()) == sorted([one, two, notebook("x = 1")])
    assert not any(name.endswith(f"/{UNIT}.ipynb") for name in written(tmp_path))


def test_a_broken_notebook_goes_to_the_grader_who_says_what_is_wrong(tmp_path):
    gather(packed(tmp_path, {"ada/01-neuron.ipynb": b"{ no"}))
    assert written(tmp_path) == {f"ada/{UNIT}/{UNIT}.ipynb": b"{ no"}


def test_collecting_again_replaces_and_says_so(tmp_path):
    gather(packed(tmp_path, {"ada.ipynb": notebook("def perceptron(): 1")}))
    rows = gather(packed(tmp_path, {"ada.ipynb": notebook("def perceptron(): 2")}))
    assert "replaced" in rows["ada.ipynb"].reason
    assert written(tmp_path) == {f"ada/{UNIT}/{UNIT}.ipynb": notebook("def perceptron(): 2")}


def test_a_source_that_is_no_archive_is_said(tmp_path):
    path = tmp_path / "download.zip"
    path.write_text("no")
    with pytest.raises(CollectError, match="no zip file"):
        gather(path)
