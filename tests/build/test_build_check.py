"""Every check of ``autograder.build --check``, on a course broken on purpose."""

import re
import shutil

import nbformat
import pytest

from autograder import build
from autograder.build import release_folder, solution_path, source_path
from autograder.build_check import problems, secret_lines

from .conftest import KEY, declaration
from .test_build import edit_source

SOURCE, SOLUTION, RELEASE = "source", "solution", "release"


def path_of(root, which):
    if which == RELEASE:
        return release_folder(root, KEY) / f"{KEY}.ipynb"
    return source_path(root, KEY) if which == SOURCE else solution_path(root, KEY)


def edit_notebook(root, which, change):
    notebook = nbformat.read(path_of(root, which), as_version=4)
    change(notebook, {cell.id: cell for cell in notebook.cells})
    nbformat.write(notebook, path_of(root, which))


def found(root):
    return problems(root, build.unit_keys(root), declaration)


def assert_found(root, path, cell, problem):
    """One of the problems is this one; its message names the file and the cell."""
    reports = found(root)
    where = str(path) if cell is None else f"{path}, cell {cell}: "
    assert any(str(r).startswith(where) and re.search(problem, r.problem) for r in reports), reports


def test_a_course_as_built_has_no_problems(course):
    assert found(course) == []


def append(cell, text):
    return lambda _, cells: cells[cell].update(source=f"{cells[cell].source}\n{text}")


def replace(cell, text):
    return lambda _, cells: cells[cell].update(source=text)


@pytest.mark.parametrize(
    ("change", "cell", "problem"),
    [
        (append("slider", "twice_the_input = np.add(x, x)"), "slider", "gives away .*np.add"),
        (append("test_double_sign", "assert double(-3.5) == -7.0"), "test_double_sign", "gives away .*-3.5"),
        (replace("parity", "A doubled whole number has two as a factor."), "parity", "gives away .*a factor"),
        (
            append("rubric_parity", "4 points: names the factor. 1 point: an example only."),
            "rubric_parity",
            "gives away .*names the factor",
        ),
        (append("double", "    ### BEGIN SOLUTION"), "double", "marker 'BEGIN SOLUTION'"),
        (append("test_double", "### END HIDDEN TESTS"), "test_double", "marker 'END HIDDEN TESTS'"),
        (
            lambda _, cells: cells["setup"].metadata.update(note="return float(twice_the_input)"),
            "setup",
            "gives away",
        ),
        (lambda book, _: book.metadata.update(note="BEGIN MARK SCHEME"), None, "marker 'BEGIN MARK SCHEME'"),
        (
            lambda _, cells: cells["slider"].outputs.append(nbformat.v4.new_output("stream", text="7")),
            "slider",
            "holds an output",
        ),
        (lambda _, cells: cells["slider"].update(execution_count=3), "slider", "holds an output"),
        (lambda book, _: book.metadata.update(widgets={}), None, "state of widgets"),
    ],
)
def test_a_leak_in_the_release_is_found(course, change, cell, problem):
    edit_notebook(course, RELEASE, change)
    assert_found(course, path_of(course, RELEASE), cell, problem)


def test_a_leak_that_every_release_would_repeat_is_found(course):
    """A configuration that no longer keeps the source back: the release equals its regeneration, and leaks."""
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text().replace(', "*.py"]', "]"))
    build.build_unit(course, KEY)
    leaked = release_folder(course, KEY) / f"{KEY}.py"
    assert leaked.exists()
    assert_found(course, leaked, None, "gives away")
    assert_found(course, leaked, None, "marker")


def test_a_line_that_stands_in_the_open_is_no_secret(course):
    secrets = secret_lines(build.notebook_from_source(source_path(course, KEY)))
    assert "return float(twice_the_input)" in secrets
    assert "assert double(-3.5) == -7.0" in secrets
    edit_source(course, "print(1 + 1)", "# below: return float(twice_the_input)")
    secrets = secret_lines(build.notebook_from_source(source_path(course, KEY)))
    assert "return float(twice_the_input)" not in secrets


def test_a_solution_cell_without_markers_is_secret_as_a_whole(course):
    edit_source(course, "### BEGIN SOLUTION", "# begin")
    edit_source(course, "### END SOLUTION", "# end")
    assert "def double(x):" in secret_lines(build.notebook_from_source(source_path(course, KEY)))


@pytest.mark.parametrize(
    ("which", "change", "cell", "problem"),
    [
        (SOLUTION, append("slider", "# by hand"), "slider", "source differs .*01-toy.py: change that file"),
        (SOLUTION, lambda _, cells: cells["slider"].update(id="other"), "slider", "id differs"),
        (SOLUTION, lambda _, cells: cells["slider"].metadata.update(tags=["x"]), "slider", "metadata differ"),
        (SOLUTION, lambda book, _: book.cells.pop(), None, "has 12 cells instead of 13"),
        (SOLUTION, lambda book, _: book.metadata.pop("jupytext"), None, "metadata differ"),
        (SOLUTION, lambda book, _: book.metadata.kernelspec.update(name="julia"), None, "metadata differ"),
        (
            SOLUTION,
            lambda _, cells: cells["slider"].update(execution_count=None, outputs=[]),
            "slider",
            "was not run",
        ),
        (RELEASE, append("slider", "# by hand"), "slider", "source differs .*run `make course`"),
        (
            RELEASE,
            lambda _, cells: cells["test_double"].metadata.nbgrader.update(points=5),
            "test_double",
            "metadata differ",
        ),
        (RELEASE, lambda book, _: book.cells.pop(0), None, "cell_type differs"),
    ],
)
def test_a_generated_notebook_edited_by_hand_is_found(course, which, change, cell, problem):
    edit_notebook(course, which, change)
    assert_found(course, path_of(course, which), cell, problem)


def test_a_source_edited_without_a_build_is_found(course):
    edit_source(course, "Doubling, and", "Doubling and")
    assert_found(course, solution_path(course, KEY), None, "source differs")


def test_files_that_are_missing_or_too_many_are_found(course):
    released = path_of(course, RELEASE)
    extra = release_folder(course, KEY) / "notes.txt"
    extra.write_text("mine")
    assert_found(course, extra, None, "no part of the release")
    released.unlink()
    assert_found(course, released, None, "is missing")
    stray = course / "notebooks" / "09-gone"
    stray.mkdir()
    assert_found(course, stray, None, "no unit has this name")
    solution_path(course, KEY).unlink()
    assert_found(course, solution_path(course, KEY), None, "is missing")


def test_a_file_beside_the_notebook_that_differs_is_found(course):
    (source_path(course, KEY).parent / "picture.svg").write_text("<svg/>")
    build.build_unit(course, KEY)
    assert found(course) == []
    (release_folder(course, KEY) / "picture.svg").write_text("<svg></svg>")
    assert_found(
        course, release_folder(course, KEY) / "picture.svg", None, "differs from the file in solutions"
    )


def test_a_file_that_is_no_notebook_is_found(course):
    path_of(course, RELEASE).write_text("{")
    assert_found(course, path_of(course, RELEASE), None, "is not a notebook")


def test_a_source_that_cannot_be_read_is_reported(course):
    edit_source(course, 'name="slider"', 'name="setup"')
    assert_found(course, source_path(course, KEY), "setup", "two cells have this name")


def test_what_jupyterlab_changes_by_the_way_is_no_drift(course):
    def open_and_save(notebook, cells):
        notebook.metadata.language_info = {"name": "python", "version": "3.12.1"}
        notebook.metadata.kernelspec.display_name = "Python 3"
        notebook.metadata.jupytext.text_representation = {"jupytext_version": "1.99"}
        cells["slider"].metadata.update(execution={"iopub.status.busy": "2030-01-01"}, tags=[], trusted=True)

    edit_notebook(course, SOLUTION, open_and_save)
    assert found(course) == []


@pytest.mark.parametrize(
    ("old", "new", "cell", "problem"),
    [
        ('"points": 1', '"points": 2', "test_double", "gives 3 points where 2 are declared"),
        (
            '"grade_id": "test_double"',
            '"grade_id": "tests_double"',
            "tests_double",
            "tests no declared exercise",
        ),
        ('"grade_id": "double",', '"grade_id": "dubble",', "dubble", "no exercise of this name"),
        ('"grade_id": "double",', '"grade_id": "dubble",', None, "no solution cell for the exercise double"),
        ("def double(x)", "def duble(x)", "double", "does not define the function double"),
        (
            '"grade_id": "test_double_all"',
            '"grade_id": "test_double_2"',
            None,
            "no graded cell test_double_all",
        ),
        ("assert double(2) == 4", "assert double(slider) == 4", "test_double", "uses slider"),
        ("assert double(2) == 4", "assert double_all([2]) == [4]", "test_double", "uses double_all"),
        ("assert double(2) == 4", "%time double(2)", "test_double", "not plain Python"),
        ('"grade_id": "parity"', '"grade_id": "oddity"', "oddity", "either here or in the declaration"),
        ('"grade_id": "parity"', '"grade_id": "oddity"', "parity", "either here or in the declaration"),
        ('"grade_id": "rubric_parity"', '"grade_id": "rubric"', "parity", "without a rubric"),
        ("BEGIN MARK SCHEME", "BEGIN", "parity", "without a rubric"),
    ],
)
def test_a_unit_that_does_not_fit_its_declaration_is_found(course, old, new, cell, problem):
    edit_source(course, old, new)
    assert_found(course, source_path(course, KEY), cell, problem)


def test_a_unit_without_declaration_is_found(course):
    other = "02-other"
    shutil.copytree(source_path(course, KEY).parent, course / "solutions" / other)
    (course / "solutions" / other / f"{KEY}.py").rename(source_path(course, other))
    assert_found(course, source_path(course, other), None, "has no declaration in autograder/units")


def test_the_command_prints_the_problems_and_fails(course, capsys, monkeypatch):
    monkeypatch.setattr("autograder.units.unit", declaration)
    edit_notebook(course, RELEASE, append("slider", "# by hand"))
    assert build.main(["--check", "--root", str(course)]) == 1
    out, err = capsys.readouterr()
    assert "cell slider" in err
    assert "1 problem" in out
