"""The class list: what it finds, and what it does not take."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grader.roster import Roster, RosterError, UnknownStudent

HEAD = "id,first_name,last_name,email,lms_user_id\n"


def read(folder: Path, text: str) -> Roster:
    path = folder / "roster.csv"
    path.write_bytes(text.encode("utf-8"))
    return Roster.read(path)


def test_students_are_found_by_id_address_name_in_either_order_and_number(tmp_path):
    roster = read(tmp_path, "\ufeff" + HEAD + "s1,Zoë,Müller,zoe@example.org,7\ns2,Li,Na,,\n")
    decomposed = "Zoe\u0308 Mu\u0308ller"
    for name in ("s1", "ZOE@example.org", "zoë  müller", "Müller, Zoë", decomposed):
        assert roster.find(name).id == "s1"
    assert roster.with_lms_id("7").id == "s1"
    for nobody in ("", "S1", "Zoë"):
        with pytest.raises(UnknownStudent):
            roster.find(nobody)
    with pytest.raises(UnknownStudent):
        roster.with_lms_id("")


def test_two_of_one_name_are_told_apart_by_nobody(tmp_path):
    roster = read(tmp_path, HEAD + "a,Li,Na,,\nb,Na,Li,,\n")
    with pytest.raises(UnknownStudent, match="any of a, b"):
        roster.find("Li Na")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,email\na,b\n", "no column first_name, last_name, lms_user_id"),
        (HEAD.replace(",", ";") + "a;A;B;;\n", "with commas between"),
        (HEAD, "lists nobody"),
        (HEAD + "a,A,B,,1\nb,C,D,,2\na,E,F,,3\n", "Lines 2 and 4 have the same id"),
        (HEAD + "a,A,B,,1\nA,C,D,,2\n", "Lines 2 and 3 have the same id"),
        (HEAD + "a,A,B,,1\nb,C,D,,1\n", "Lines 2 and 3 have the same lms_user_id"),
        (HEAD + "a,A,B,x@y,1\nb,C,D,X@y,2\n", "Lines 2 and 3 have the same email"),
        (HEAD + "../a,A,B,,1\n", "Line 2.*folder"),
        (HEAD + ",A,B,,1\n", "Line 2.*folder"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(tmp_path, text, said):
    with pytest.raises(RosterError, match=said):
        read(tmp_path, text)


def test_what_an_export_needs_is_asked_for_by_line(tmp_path):
    roster = read(tmp_path, HEAD + "a,A,B,a@x,1\nb,C,D,b@x,\n")
    roster.require("email", "Moodle")
    with pytest.raises(RosterError, match=r"Canvas needs lms_user_id.*line 3"):
        roster.require("lms_user_id", "Canvas")


def test_other_encodings_are_refused(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_bytes(HEAD.encode() + "a,Zoë,B,,\n".encode("latin-1"))
    with pytest.raises(RosterError, match="UTF-8"):
        Roster.read(path)
