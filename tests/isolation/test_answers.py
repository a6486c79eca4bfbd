"""Whatever the student process answers, a request returns a value, raises what was told, or refuses."""

from __future__ import annotations

import socket
import struct
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.isolation import IsolationFailure, Limits
from autograder.isolation.proxies import Proxy
from autograder.isolation.trusted import Student
from autograder.isolation.values import encode

from .test_values import plain

NUMBER = 1234


class _Reference:
    def __init__(self, *fields):
        self.fields = fields


def ask(answers, request):
    """What ``request(student)`` gives where these answers wait on the wire."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for answer in answers:
            data = answer if isinstance(answer, bytes) else encode(answer, lambda r: r.fields, Limits())
            theirs.sendall(struct.pack("<I", len(data)) + data)
        theirs.shutdown(socket.SHUT_WR)
        student = Student(ours, Limits())
        student.wire.deadline = time.monotonic() + 2
        return request(student)


@pytest.fixture(autouse=True, scope="module")
def known_number():
    patch = pytest.MonkeyPatch()
    patch.setattr("autograder.isolation.trusted.secrets.randbits", lambda bits: NUMBER - 1)
    yield
    patch.undo()


references = st.one_of(
    st.tuples(st.just("object"), plain, plain, plain, plain),
    st.tuples(st.sampled_from(["ufunc", "call-back", "generator", "part", "other"]), plain),
    st.lists(plain, max_size=3).map(tuple),
).map(lambda fields: _Reference(*fields))
anything = st.one_of(plain, references, st.lists(st.one_of(plain, references), max_size=2))
# Comparing an array gives an array, whose truth is an error: it must not come out as one.
array = st.sampled_from([np.zeros(2), np.array(["returned", "threw"])])
word = st.one_of(st.sampled_from(["returned", "threw", "call-back"]), plain, array)
number = st.one_of(st.just(NUMBER), st.just(NUMBER), plain, array)
triple = st.tuples(
    st.one_of(st.just(["ValueError"]), plain), st.one_of(st.text(), plain), st.one_of(st.text(), plain)
)
extras = st.one_of(st.just([]), plain)
answers = st.one_of(
    plain,
    st.lists(anything, max_size=6).map(tuple),
    st.tuples(number, word, anything, anything, anything),
    st.tuples(number, word, anything, extras, extras, st.one_of(st.just(""), plain)),
    st.tuples(number, st.just("threw"), triple, extras, extras, st.just("")),
)


@pytest.mark.parametrize(
    "request_of",
    [
        lambda student: student.fetch(["f", "g"]),
        lambda student: student.ask("x", "global", "x"),
        lambda student: student.call("f", Proxy(student, "f", 0, "function", None), ([1], np.zeros(2)), {}),
        lambda student: dict(Proxy(student, "f", 0, "function", None).__globals__),
    ],
    ids=["fetch", "ask", "call", "globals"],
)
@given(answers)
@settings(max_examples=150, deadline=None)
@pytest.mark.filterwarnings("ignore")
def test_no_answer_gets_past(request_of, answer):
    try:
        ask([answer, answer], request_of)
    except IsolationFailure:
        pass
    except Exception:
        # An error may come out only where one was told, in its right form.
        assert type(answer) is tuple
        assert [type(part) for part in answer[:2]] == [int, str]
        assert answer[:2] == (NUMBER, "threw")
        assert type(answer[2]) in (list, tuple, str, dict)


@given(answer=answers)
@settings(max_examples=150, deadline=None)
def test_what_a_cell_told_is_read_or_refused(answer):
    from autograder.isolation.trusted import Trusted

    ours, theirs = socket.socketpair()
    with ours, theirs:
        told = (NUMBER, "returned", answer, [], [], "")
        for message in (("ready",), told):
            data = encode(message, lambda r: r.fields, Limits())
            theirs.sendall(struct.pack("<I", len(data)) + data)
        trusted = Trusted(lambda emit, settings: {}, {}, Limits())
        assert trusted.attach(ours, 1) == ""
        outcome = trusted.run("a", "x", "student", 1)
    assert outcome["status"] in ("ok", "raised", "refused")
    assert outcome["status"] != "ok" or answer is None


def test_a_right_answer_is_taken():
    assert ask([(NUMBER, "returned", 5, [], [], "")], lambda student: student.ask("x", "global", "x")) == 5
    with pytest.raises(KeyError, match="x"):
        ask(
            [(NUMBER, "threw", (["KeyError"], "KeyError", "x"), [], [], "")],
            lambda student: student.ask("x", "global", "x"),
        )
    with pytest.warns(RuntimeWarning, match="divide"):
        ask(
            [(NUMBER, "returned", 5, [], [(["RuntimeWarning"], "RuntimeWarning", "divide")], "")],
            lambda student: student.ask("x", "global", "x"),
        )
