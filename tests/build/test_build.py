"""From source to executed notebook to release."""

import shutil
import time

import jupytext
import nbformat
import pytest

from autograder import build
from autograder.build import BuildError, build_unit, release_folder, solution_path, source_path

from .conftest import KEY


def edit_source(root, old, new):
    path = source_path(root, KEY)
    text = path.read_text()
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1))


def cells(path):
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


def test_ids_come_from_grade_id_then_name_then_text(course):
    notebook = build.notebook_from_source(source_path(course, KEY))
    ids = [cell.id for cell in notebook.cells]
    named = ["setup", "double", "test_double", "test_double_sign", "double_all", "test_double_all", "slider"]
    assert ids[1:8] == named
    assert ids[9] == f"{ids[8]}-2"  # the same text twice
    assert ids[-2:] == ["parity", "rubric_parity"]


@pytest.mark.parametrize(
    ("old", "new", "cell", "problem"),
    [
        ('name="slider"', 'name="setup"', "setup", "two cells have this name"),
        ('name="slider"', 'name="my slider"', "my slider", "letters, digits"),
        ("formats: ipynb,py:percent", "formats: py:percent", None, "formats: ipynb,py:percent"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused(course, old, new, cell, problem):
    edit_source(course, old, new)
    with pytest.raises(BuildError, match=problem) as refusal:
        build.notebook_from_source(source_path(course, KEY))
    assert refusal.value.cell == cell


def test_building_again_from_nothing_gives_the_same_bytes(course):
    before = {path: path.read_bytes() for path in course.rglob("*.ipynb")}
    shutil.rmtree(course / ".make")
    shutil.rmtree(release_folder(course, KEY))
    assert build_unit(course, KEY)
    assert {path: path.read_bytes() for path in course.rglob("*.ipynb")} == before
    assert len(before) == 2


def test_outputs_hold_no_address_no_widget_and_no_timing(course):
    notebook = nbformat.read(solution_path(course, KEY), as_version=4)
    text, view = cells(solution_path(course, KEY))["slider"].outputs
    assert text.text == "An object at an address: <object object at 0x0>\n"
    assert "widgets" not in notebook.metadata
    assert set(view.data) == {"text/plain"}
    assert not any("execution" in cell.metadata for cell in notebook.cells)
    assert "version" not in notebook.metadata.language_info


def test_nothing_is_run_where_nothing_changed(course, monkeypatch):
    def refuse(*_):
        raise AssertionError("executed again")

    monkeypatch.setattr(build, "execute", refuse)
    assert not build_unit(course, KEY)
    for path, text in (
        (source_path(course, KEY), source_path(course, KEY).read_text() + "\n# changed\n"),
        (solution_path(course, KEY), solution_path(course, KEY).read_text().replace("address", "place")),
        (source_path(course, KEY).parent / "data.csv", "1,2\n"),
    ):
        old = path.read_text() if path.exists() else None
        path.write_text(text)
        with pytest.raises(AssertionError, match="executed again"):
            build_unit(course, KEY)
        path.unlink() if old is None else path.write_text(old)
    assert not build_unit(course, KEY)


def test_a_failing_cell_stops_the_build_and_is_named(course):
    before = {path: path.read_bytes() for path in course.rglob("*.ipynb")}
    edit_source(course, "return float(twice_the_input)", "return flot(twice_the_input)")
    with pytest.raises(BuildError, match="NameError: name 'flot' is not defined") as failure:
        build_unit(course, KEY)
    assert failure.value.cell == "test_double"
    assert {path: path.read_bytes() for path in course.rglob("*.ipynb")} == before


def test_an_error_that_is_part_of_the_lesson_is_recorded(course):
    edit_source(
        course,
        '# %% name="slider"',
        '# %% name="oops" tags=["raises-exception"]\n1 / 0\n\n# %% name="slider"',
    )
    build_unit(course, KEY)
    assert cells(solution_path(course, KEY))["oops"].outputs[0].ename == "ZeroDivisionError"


def test_a_cell_that_hangs_is_tried_twice(course, monkeypatch, tmp_path):
    starts = tmp_path / "starts"
    edit_source(
        course, "import ipywidgets\n", f"import ipywidgets\nprint('x', file=open({str(starts)!r}, 'a'))\n"
    )
    edit_source(course, "print(1 + 1)", "import time; time.sleep(60)")
    monkeypatch.setattr(build, "CELL_TIMEOUT", 2)
    with pytest.raises(BuildError, match="did not finish, twice"):
        build_unit(course, KEY)
    assert starts.read_text() == "x\nx\n"


def test_the_release_keeps_the_docstring_and_nothing_of_the_solution(course):
    assert [path.name for path in release_folder(course, KEY).iterdir()] == [f"{KEY}.ipynb"]
    released = nbformat.read(release_folder(course, KEY) / f"{KEY}.ipynb", as_version=4)
    sources = {cell.id: cell.source for cell in released.cells}
    assert sources["double"] == (
        'def double(x):\n    """Give x, doubled."""\n'
        "    raise NotImplementedError  # replace this line by your own code"
    )
    assert sources["test_double_sign"] == "assert double(-1) == -2"
    assert sources["parity"] == "*Your answer here.*"
    assert sources["rubric_parity"].strip() == "Marked by hand, 4 points."
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in released.cells)
    assert set(released.metadata) == {"kernelspec", "language_info"}


def test_files_beside_the_notebook_are_released_but_no_python(course):
    folder = source_path(course, KEY).parent
    (folder / "picture.svg").write_text("<svg/>")
    (folder / "helper.py").write_text("answer = 42\n")
    build_unit(course, KEY)
    assert sorted(path.name for path in release_folder(course, KEY).iterdir()) == [
        f"{KEY}.ipynb",
        "picture.svg",
    ]


def test_what_nbgrader_refuses_leaves_the_old_release(course):
    before = (release_folder(course, KEY) / f"{KEY}.ipynb").read_bytes()
    edit_source(course, "    ### END SOLUTION\n", "")
    with pytest.raises(BuildError, match="no end solution statement found"):
        build_unit(course, KEY)
    assert (release_folder(course, KEY) / f"{KEY}.ipynb").read_bytes() == before


def test_the_command_line_says_what_it_does(course, capsys):
    assert build.main(["--root", str(course), KEY]) == 0
    assert KEY in capsys.readouterr().out
    with pytest.raises(SystemExit):
        build.main(["--root", str(course), "09-unknown"])
    assert "no source for 09-unknown" in capsys.readouterr().err


def test_a_large_picture_in_a_text_costs_no_time():
    picture = "<img src='data:image/png;base64," + "iVBORw0KGgo/+" * 100_000 + "'>"
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", {"text/html": picture})])
    start = time.perf_counter()
    build.normalised(nbformat.v4.new_notebook(cells=[cell]))
    assert time.perf_counter() - start < 5


def test_saving_the_paired_notebook_leaves_the_source_as_it_is(course):
    """Else JupyterLab takes the two for different and does not open them."""
    source = source_path(course, KEY).read_text()
    saved = jupytext.writes(jupytext.read(solution_path(course, KEY)), fmt="py:percent")
    assert saved.partition("# %%")[2] == source.partition("# %%")[2]
