"""How a panel sets text."""

from __future__ import annotations

import pytest

from autograder.panel import inline, note, redirect


@pytest.mark.parametrize(
    ("text", "page", "plain"),
    [
        ("the layer *above* `a * b`", "the layer <em>above</em> <code>a * b</code>", "the layer above a * b"),
        ("2 * 3 * 4 and x*y*z", "2 * 3 * 4 and x*y*z", "2 * 3 * 4 and x*y*z"),
        ("`*args*` of *two words*", "<code>*args*</code> of <em>two words</em>", "*args* of two words"),
        ("a < b is *not* `a<b`", "a &lt; b is <em>not</em> <code>a&lt;b</code>", "a < b is not a<b"),
    ],
)
def test_code_and_stress_are_set_and_products_stay(text, page, plain):
    bundles = []
    redirect(bundles.append)
    try:
        note(text)
    finally:
        redirect(None)
    assert inline(text) == page
    assert page in bundles[0]["text/html"]
    assert bundles[0]["text/plain"] == plain
