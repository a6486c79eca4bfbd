"""Pictures: readable on both pages and by everyone, drawn from what is handed in, shown with alternative text."""

import base64
import subprocess
import sys

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from matplotlib.colors import to_rgb
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from nnlib import plots

mpl.use("agg")
PAGES = ["white", "#111111"]
# What the three common kinds of colour blindness leave of linear RGB (Machado et al., 2009, full severity).
BLINDNESS = {
    "none": np.eye(3),
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


@pytest.fixture(autouse=True)
def _clean():
    yield
    plt.close("all")


def linear_rgb(color):
    c = np.array(to_rgb(color))
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(a, b):
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((linear_rgb(c) @ [0.2126, 0.7152, 0.0722] for c in (a, b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb
    f = np.cbrt(xyz / [0.9505, 1.0, 1.089])
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_formula():
    assert contrast("white", "black") == pytest.approx(21.0)


def test_ink_is_the_best_grey_for_both_pages():
    def worse(grey):
        return min(contrast(grey, page) for page in PAGES)

    greys = [f"#{level:02x}{level:02x}{level:02x}" for level in range(256)]
    assert max(greys, key=worse) == plots.INK
    assert worse(plots.INK) > 4.3


@pytest.mark.parametrize("page", PAGES)
def test_colours_stand_out(page):
    assert min(contrast(color, page) for color in plots.COLORS) >= 3.9


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_the_two_classes_differ_for_everyone(blindness):
    seen = [lab(np.clip(BLINDNESS[blindness] @ linear_rgb(color), 0, 1)) for color in plots.COLORS[:2]]
    assert np.linalg.norm(seen[0] - seen[1]) > 60


def test_style_is_transparent_and_large_enough():
    plots.style()
    fig, ax = plt.subplots()
    ax.set(title="title", xlabel="x", ylabel="y")
    ax.plot([1, 2])
    fig.canvas.draw()
    pixels = np.asarray(fig.canvas.buffer_rgba())
    assert pixels[0, 0, 3] == 0
    assert np.median(pixels[..., 3]) == 0
    texts = [
        *ax.texts,
        ax.title,
        ax.xaxis.label,
        ax.yaxis.label,
        *ax.get_xticklabels(),
        *ax.get_yticklabels(),
    ]
    for text in texts:
        assert text.get_fontsize() >= 10
        assert text.get_color() == plots.INK


FUNCTIONS = {
    "network_diagram": lambda ax: plots.network_diagram([2, 3, 1], ax=ax),
    "plot_activations": lambda ax: plots.plot_activations({"tanh": np.tanh}, ax=ax),
    "points": lambda ax: plots.points(np.eye(2), [0, 1], ax=ax),
    "decision_boundary": lambda ax: plots.decision_boundary(
        lambda X: X[:, 0] > 0.5, np.eye(2), [0, 1], ax=ax
    ),
    "loss_curve": lambda ax: plots.loss_curve([3, 2, 1], ax=ax),
    "weights": lambda ax: plots.weights(np.eye(3), ax=ax),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_draws_on_the_axes_it_is_given_or_makes_one(name):
    _, ax = plt.subplots()
    assert FUNCTIONS[name](ax) is ax
    own = FUNCTIONS[name](None)
    assert own is not ax
    assert own.figure.get_facecolor()[3] == 0
    own.figure.canvas.draw()
    assert all(text.get_fontsize() >= 10 for text in own.texts)


def test_classes_differ_in_shape_and_colour():
    ax = plots.points([[0, 0], [1, 1], [2, 2]], [0, 1, 1], names=["no", "yes"])
    first, second = ax.collections
    assert len(second.get_offsets()) == 2
    assert first.get_paths()[0].vertices.shape != second.get_paths()[0].vertices.shape
    assert not np.array_equal(first.get_facecolor(), second.get_facecolor())
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["no", "yes"]


@pytest.mark.parametrize("as_column", [False, True])
@pytest.mark.parametrize("labels", [False, True])
def test_the_boundary_is_where_the_prediction_turns(labels, as_column):
    asked = []

    def predict(X):
        asked.append(X)
        p = 1 / (1 + np.exp(-20 * (X[:, 0] - 0.25)))
        p = (p > 0.5) if labels else p
        return p[:, np.newaxis] if as_column else p

    X = np.array([[0.0, 0.0], [1.0, 2.0]])
    ax = plots.decision_boundary(predict, X, [0, 1], margin=1.0)
    (grid,) = asked
    assert (grid.min(axis=0).tolist(), grid.max(axis=0).tolist()) == ([-1.0, -1.0], [2.0, 3.0])
    assert (ax.get_xlim(), ax.get_ylim()) == ((-1.0, 2.0), (-1.0, 3.0))
    line = np.concatenate([path.vertices for path in ax.collections[1].get_paths()])
    np.testing.assert_allclose(line[:, 0], 0.25, atol=0.02)


def test_a_classifier_that_always_says_the_same_has_no_boundary(recwarn):
    ax = plots.decision_boundary(lambda X: np.zeros(len(X)), [[0, 0], [1, 1]], [0, 1])
    ax.figure.canvas.draw()
    assert len(recwarn) == 0


def test_three_classes():
    ax = plots.decision_boundary(
        lambda X: np.digitize(X[:, 0], [0.3, 0.6]), [[0, 0], [0.5, 0], [1, 1]], [0, 1, 2]
    )
    assert len(ax.get_legend().get_texts()) == 3


def test_diagram_shows_units_weights_and_dropped_units():
    W = [np.array([[1.0, -2.0], [0.5, 0.0], [0.1, 0.2]]), np.array([[1.0, 1.0, 1.0]])]
    ax = plots.network_diagram([2, 3, 1], W, dropped={(1, 2)}, values=[["x₁", 2], [0.5, 0, 0], ["ŷ"]])
    assert len(ax.patches) == 6
    assert len(ax.lines) == 2 * 2 + 2
    widths = [line.get_linewidth() for line in ax.lines]
    assert widths[:4] == [2.0, 4.0, 1.0, 0.0]
    assert [line.get_linestyle() for line in ax.lines][:2] == ["-", "--"]
    assert ax.lines[0].get_color() != ax.lines[1].get_color()
    texts = [text.get_text() for text in ax.texts]
    assert texts.count("×") == 1
    assert {"x₁", "2", "0.5", "ŷ", "input\n2", "hidden\n3", "output\n1"} <= set(texts)
    with pytest.raises(ValueError, match=r"layer 1 must be \(3, 2\), but are \(2, 3\)"):
        plots.network_diagram([2, 3, 1], [W[0].T, W[1]])


def test_wide_layers_are_shown_by_their_ends():
    ax = plots.network_diagram([64, 10])
    assert len(ax.patches) == 7 + 10
    assert [text.get_text() for text in ax.texts].count("⋮") == 1


def test_names_of_curves_do_not_overlap():
    ax = plots.loss_curve({name: [1.0, 0.5, 0.1] for name in ("a", "b", "c")})
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) == 3
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert [line.get_xdata().tolist() for line in ax.lines] == [[1, 2, 3]] * 3


def test_heat_map_is_symmetric_and_numbers_are_readable():
    ax = plots.weights([[2.0, -0.5], [0.0, -4.0]])
    image = ax.images[0]
    assert image.get_clim() == (-4.0, 4.0)
    assert plots.weights([[1.0, 3.0]]).images[0].get_clim() == (-3.0, 3.0)
    assert [text.get_text() for text in ax.texts] == ["2", "−0.5", "0", "−4"]
    for value in np.linspace(0, 1, 21):
        assert contrast(image.cmap(value)[:3], "white") > 4
    assert len(plots.weights(np.ones((20, 20))).texts) == 0


def test_show_outside_jupyter_only_closes(capsys):
    ax = plots.loss_curve([1, 2])
    plots.show(ax.figure, "A line.")
    assert not plt.fignum_exists(ax.figure.number)
    assert capsys.readouterr() == ("", "")
    with pytest.raises(ValueError, match="blank"):
        plots.show(ax.figure, " ")


ALT = 'The loss <falls> & "ends" at 1.'


@pytest.fixture(scope="module")
def executed():
    source = f"from nnlib import plots\nplots.show(plots.loss_curve([2, 1]).figure, {ALT!r})"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(notebook, timeout=60, startup_timeout=60).execute()
    return notebook


def test_show_in_a_kernel(executed):
    """JupyterLab shows the HTML before any PNG; the plain text is what nbval can compare."""
    (output,) = executed.cells[0].outputs
    assert output.output_type == "display_data"
    assert output.data["text/plain"] == ALT
    assert set(output.data) == {"text/plain", "text/html"}
    markup = output.data["text/html"]
    assert 'alt="The loss &lt;falls&gt; &amp; &quot;ends&quot; at 1."' in markup
    assert 'width="614"' in markup
    png = base64.b64decode(markup.split("base64,")[1].split('"')[0])
    assert png.startswith(b"\x89PNG")
    assert b"matplotlib" not in png.lower()


def test_nbconvert_keeps_the_text(executed):
    page, _ = HTMLExporter().from_notebook_node(executed)
    assert [image["alt"] for image in BeautifulSoup(page, "html.parser").main.find_all("img")] == [ALT]


def test_plots_load_without_the_rest_of_the_library():
    """Nothing that an exercise asks for may be needed to draw."""
    code = (
        "import sys, types, importlib.util as u;"
        "sys.modules['nnlib'] = types.ModuleType('nnlib');"
        f"spec = u.spec_from_file_location('nnlib.plots', {plots.__file__!r});"
        "m = u.module_from_spec(spec); spec.loader.exec_module(m);"
        "assert not [name for name in sys.modules if name.startswith('nnlib.')];"
        "assert not {'sklearn', 'IPython'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
