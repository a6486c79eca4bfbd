"""A student's function is called from a graded cell as if it were there."""

from __future__ import annotations

import pytest


def test_arguments_and_results_keep_their_exact_types(passes):
    passes(
        "def f(*args, **kwargs):\n    return [type(a).__name__ for a in args], args, kwargs",
        """
import numpy as np
values = (None, True, 1, 2**100, 1.5, 2j, "é", b"x", [1], (1, 2), {(1, "a"): 2}, {3}, np.int64(4), np.float32(5),
          np.bool_(True), np.array(3.0), np.asfortranarray(np.ones((2, 3))), np.array(["a"]))
names, back, named = f(*values, last=values[-2])
assert names == [type(v).__name__ for v in values], names
for one, other in zip(values, back):
    assert type(one) is type(other)
    assert np.array_equal(one, other), (one, other)
assert back[-2].flags.f_contiguous and not back[-2].flags.c_contiguous
assert named["last"].shape == (2, 3)
""",
    )


def test_results_that_differ_in_type_alone_stay_apart(passes):
    passes(
        "import numpy as np\ndef f(k): return [1, np.int64(1), True, 1.0, np.array(1), [1]][k]",
        "import numpy as np\nassert [type(f(k)) for k in range(6)] == [int, np.int64, bool, float, np.ndarray, list]",
    )


def test_names_and_documentation(passes):
    passes(
        'def other(a, b=2, *, c):\n    "What it does."\nf = other',
        """
import inspect
assert f.__name__ == "f" and f.__doc__ == "What it does." and callable(f)
assert list(inspect.signature(f).parameters) == ["a", "b", "c"]
assert inspect.signature(f).parameters["a"].default is inspect.Parameter.empty
""",
    )


def test_plain_values_are_copied_and_fetched_again_for_every_cell(grade):
    outcomes = grade(
        ("student", "x = [1]"),
        ("graded", "assert x == [1]\nx.append(5)"),
        ("student", "x = x + [2]"),
        ("graded", "assert x == [1, 2], x"),
    )
    assert [o.status for o in outcomes] == ["ok"] * 4, outcomes


def test_a_missing_name_is_a_name_error(grade):
    outcome = grade(("student", "pass"), ("graded", "f(1)"))[1]
    assert outcome.status == "raised"
    assert outcome.reason == "NameError: the notebook does not define 'f'"


def test_trusted_names_win(grade):
    outcomes = grade(
        ("setup", "helper = 'trusted'"),
        ("student", "helper = print = settings = show = len = 'student'"),
        ("graded", "assert helper == 'trusted' and settings == {'seed': 1} and len('ab') == 2\nshow('x')"),
        settings={"seed": 1},
    )
    assert [o.status for o in outcomes] == ["ok"] * 3, outcomes


def test_a_name_that_trusted_cells_bind_is_never_the_students_even_if_they_failed(grade):
    cheat = "class np:\n    allclose = staticmethod(lambda *a: True)\nfrom types import SimpleNamespace as np"
    outcomes = grade(
        ("student", "def f(): return 1"),
        ("graded", "raise ValueError\nimport numpy as np"),
        ("student", cheat),
        ("graded", "assert np.allclose(f(), 2)"),
    )
    assert outcomes[3].reason == "NameError: the notebook does not define 'np'"


def test_modules_of_the_student_are_not_used(grade):
    outcome = grade(("student", "import math as m"), ("graded", "m.sin(1)"))[1]
    assert outcome.reason == "NameError: the notebook does not define 'm'"


def test_functions_as_arguments(passes):
    passes(
        "def f(g, x): return g(g(x))\ndef square(x): return x * x\ndef named(g): return g.__name__",
        """
import numpy as np
assert f(lambda x: x + 1, 3) == 5
assert f(square, 3) == 81                    # the student's own comes back as itself
assert f(np.negative, 3) == 3
assert f(np.sin, 1.0) == np.sin(np.sin(1.0))
calls = []
def spy(x):
    calls.append(x)
    return square(x)                          # calls back into the student's process, in the middle of a call
assert f(spy, 2) == 16 and calls == [2, 4]
assert named(spy) == "spy"
""",
    )


def test_functions_as_results(passes):
    passes(
        "import numpy as np\ndef adder(n): return lambda x: x + n\ndef same(g): return g\ndef sine(): return np.sin",
        "import numpy as np\nassert adder(3)(4) == 7\nassert same(show) is show\nassert sine() is np.sin",
    )


def test_an_error_in_a_call_back_comes_out_again(passes):
    passes(
        "def f(g): return g()\ndef caught(g):\n    try: g()\n    except ZeroDivisionError as e: return str(e)",
        """
def bad(): 1 / 0
try: f(bad)
except ZeroDivisionError as error: assert "division" in str(error)
else: assert False
assert "division" in caught(bad)
""",
    )


def test_changed_arguments_are_seen_in_place(passes):
    passes(
        """
def change(a, l, d, deep, kw=None):
    a[0] = 9
    l.append(3)
    d["b"] = 2
    deep[0]["x"][1] = 7
    kw.add(5)
def rebind(params):
    params[0] = params[0] + 1
def keep(a, l): return a + 1, l + [1]
""",
        """
import numpy as np
a, l, d, inner, s = np.zeros(3), [1, 2], {"a": 1}, np.zeros(2), {4}
deep = ({"x": inner},)
change(a, l, d, deep, kw=s)
assert a.tolist() == [9, 0, 0] and l == [1, 2, 3] and d == {"a": 1, "b": 2} and s == {4, 5}
assert inner.tolist() == [0, 7] and deep[0]["x"] is inner
w = np.zeros(2); params = [w]
rebind(params)                                # a new array in the list; the old one is as it was
assert params[0].tolist() == [1, 1] and w.tolist() == [0, 0]
x, m = np.zeros(2), [1]
keep(x, m)
assert x.tolist() == [0, 0] and m == [1]
twice = np.zeros(2)
change(twice, [1], {}, ({"x": twice},), kw=set())
assert twice[0] == 9 or twice[1] == 7
""",
    )


def test_an_argument_is_changed_even_where_the_call_raises(passes):
    passes(
        "def f(l):\n    l.append(1)\n    raise ValueError('no')",
        "l = []\ntry: f(l)\nexcept ValueError: pass\nassert l == [1]",
    )


def test_a_read_only_argument_is_read_only_there_too(passes):
    passes(
        "def f(a): a[0] = 1",
        """
import numpy as np
a = np.zeros(2); a.flags.writeable = False
try: f(a)
except ValueError as error: assert "read-only" in str(error)
else: assert False
""",
    )


def test_an_argument_of_changed_shape_is_reported(grade):
    outcome = grade(
        ("student", "def f(a): a.shape = (4,)"), ("graded", "import numpy as np\nf(np.zeros((2, 2)))")
    )[1]
    assert outcome.status == "raised"
    assert "changed in place" in outcome.reason


def test_a_generator_goes_on_in_the_students_process_and_is_never_written_back(passes):
    passes(
        "def draw(rng): return rng.random()",
        """
import numpy as np
rng, twin = np.random.default_rng(7), np.random.default_rng(7)
assert [draw(rng), draw(rng)] == [twin.random(), twin.random()]    # two calls draw on, as in one kernel
assert rng.random() == np.random.default_rng(7).random()           # and move nothing here
assert draw(np.random.default_rng(7)) == np.random.default_rng(7).random()
old = np.random.Generator(np.random.MT19937(3))
assert draw(old) == np.random.Generator(np.random.MT19937(3)).random()
""",
    )


def test_warnings_arrive_as_warnings(passes):
    passes(
        """
import numpy as np, warnings
class Mine(DeprecationWarning): pass
def f():
    np.log(np.zeros(1))
    warnings.warn("look", FutureWarning)
    warnings.warn("mine", Mine)
    return 1
""",
        """
import warnings, numpy as np
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    assert f() == 1
assert [w.category for w in caught] == [RuntimeWarning, FutureWarning, DeprecationWarning], caught
assert "divide by zero" in str(caught[0].message)
with np.errstate(all="ignore"), warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    f()
assert len(caught) == 2
with np.errstate(divide="raise"):
    try: f()
    except FloatingPointError: pass
    else: assert False
""",
    )


@pytest.mark.parametrize(
    "name",
    [
        "ValueError",
        "TypeError",
        "KeyError",
        "IndexError",
        "ZeroDivisionError",
        "NotImplementedError",
        "OSError",
    ],
)
def test_built_in_errors_arrive_as_they_are(passes, name):
    passes(
        f"def f(): raise {name}('sizes 2 and 3')",
        f"try: f()\nexcept Exception as e: assert type(e) is {name} and e.args == ('sizes 2 and 3',), repr(e)",
    )


def test_every_error_class_of_the_list_can_be_the_base_of_a_students(passes):
    passes(
        "import builtins\ndef f(name): raise type('Mine', (getattr(builtins, name),), {})('text')",
        """
from autograder.isolation.trusted import _ERRORS
for name, kind in _ERRORS.items():
    try: f(name)
    except kind as error: assert error.type_name == "Mine" and str(error).strip("'") == "Mine: text", error
    else: assert False
""",
    )


@pytest.mark.parametrize(
    "name", ["StopIteration", "StopAsyncIteration", "GeneratorExit", "SystemExit", "KeyboardInterrupt"]
)
def test_errors_that_python_acts_on_arrive_as_student_error(passes, name):
    passes(
        f"def f(x): raise {name}('x')",
        f"""
from autograder.isolation import StudentError
try: list(map(f, [1, 2]))
except StudentError as error:
    assert error.type_name == "{name}" and not isinstance(error, ({name}, StopIteration))
else: assert False
""",
    )


def test_unicode_errors_and_those_of_libraries_keep_their_built_in_base(passes):
    passes(
        "import numpy as np\ndef f(): b'\\xff'.decode()\ndef g(): np.linalg.inv(np.zeros((2, 2)))",
        """
for call, name in ((f, "UnicodeDecodeError"), (g, "LinAlgError")):
    try: call()
    except ValueError as error: assert error.type_name == name
    else: assert False
""",
    )


def test_printed_text_is_kept_and_marked_and_does_not_touch_the_verdict(grade):
    outcome = grade(
        (
            "student",
            "import sys\ndef f():\n    print('out')\n    print('err', file=sys.stderr)\n    return 1",
        ),
        ("graded", "assert f() == f() == 1\nprint('mine')"),
    )[1]
    text = "".join(output["text"] for output in outcome.outputs)
    assert outcome.status == "ok"
    assert text == "[printed by the student's code]\nout\nerr\nout\nerr\nmine\n"
    assert {output["name"] for output in outcome.outputs} == {"stdout"}


MODEL = """
class Model:
    seen = None
    def fit(self, x):
        self.seen = x
        return self
    def predict(self, x): return x + self.seen
    def __float__(self): return 1.0
    def __array__(self, *a, **k):
        import numpy as np
        return np.ones(3)
    def __eq__(self, other): return True
def train(x): return Model().fit(x)
def use(model, x): return model.predict(x)
model = train(1)
"""


def test_other_objects_stay_behind_handles(passes):
    passes(
        MODEL,
        """
import copy
fitted = train(2)
assert fitted.predict(3) == 5 and fitted.seen == 2
assert use(fitted, 1) == 3                    # handed back, it is the student's own object
assert fitted.fit(4).predict(1) == 5
assert model.seen == 1 and fitted.__type_name__ == "Model"
assert copy.deepcopy(fitted) is fitted
assert hasattr(fitted, "seen") and not hasattr(fitted, "missing")
try: fitted.seen = 3
except AttributeError as error: assert "can't be changed" in str(error)
else: assert False
assert fitted.seen == 4
""",
    )


def test_a_handle_passes_for_no_plain_value(passes):
    passes(
        MODEL,
        """
import numpy as np
for what in (float, int, len, iter, np.float64, lambda m: m + 1, lambda m: m[0], lambda m: float(np.asarray(m))):
    try: what(model)
    except (TypeError, ValueError): pass
    else: assert False, what
assert not model == 1 and not np.array_equal(model, np.ones(3))
assert not isinstance(model, (int, float, np.ndarray, list))
try: np.testing.assert_allclose(model, 1.0)
except (AssertionError, TypeError): pass
else: assert False
""",
    )


def test_values_that_are_too_large_or_deep_or_circular_stay_behind(passes):
    passes(
        """
deep = []
for _ in range(100): deep = [deep]
circle = []
circle.append(circle)
def big(): return bytes(10**8)
huge = 10**5000
""",
        """
from autograder.isolation import Handle
assert all(isinstance(value, Handle) for value in (deep, circle, big(), huge))
assert big().__type_name__ == "bytes"
""",
    )


def test_what_the_trusted_side_cannot_send_is_a_clear_type_error(grade):
    outcome = grade(("student", "def f(x): return x"), ("graded", "f(object())"))[1]
    assert outcome.reason == "TypeError: a value of type object can't be sent to the other process"


CARRIED = """
def weighted_sum(x): return sum(x)            # wrong
def neuron(x): return weighted_sum(x) + 1
original = weighted_sum
def is_original(): return weighted_sum is original
"""


def test_a_global_of_the_student_is_replaced_and_put_back(passes):
    passes(
        CARRIED,
        """
g = neuron.__globals__
def reference(x): return 2 * sum(x)
assert neuron([1, 2]) == 4
assert "weighted_sum" in g and "nothing" not in g and g.get("nothing", 5) == 5
saved = g["weighted_sum"]
g["weighted_sum"] = reference
try:
    assert neuron([1, 2]) == 7
    assert g["weighted_sum"] is reference
finally:
    g["weighted_sum"] = saved
assert neuron([1, 2]) == 4 and is_original()
g["extra"] = [1]
assert g["extra"] == [1]
del g["extra"]
assert "extra" not in g
try: g["nothing"]
except KeyError: pass
else: assert False
""",
    )


def test_the_same_code_works_on_plain_functions():
    space = {}
    exec(CARRIED, space)
    neuron = space["neuron"]
    g = neuron.__globals__
    saved = g["weighted_sum"]
    g["weighted_sum"] = lambda x: 2 * sum(x)
    assert neuron([1, 2]) == 7
    g["weighted_sum"] = saved
    assert space["is_original"]()
