"""Pictures of the course: one palette, readable on light and on dark pages.

Every function draws on the `ax` it is given, or makes one, and returns it. What predicts is always
handed in as a function, so nothing here depends on the rest of the library.
"""

import base64
import html
import io
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

INK = "#797979"
"""Text and axes: the grey with the same contrast (4.3 to 1) to white and to the dark page's #111."""

COLORS = ("#1279BE", "#D05A00", "#00916A", "#B9609A")
"""Class 0, class 1, and so on; also negative and positive. At least 3.9 to 1 on either page."""

MARKERS = ("o", "^", "s", "D")
"""Shapes of class 0, class 1, and so on: colour is never the only sign."""

DASHES = ("solid", "dashed", "dashdot", "dotted")
"""Line styles of the first curve, the second, and so on."""

_IN_INK = "axes.edgecolor axes.labelcolor axes.titlecolor xtick.color ytick.color text.color grid.color"
# fmt: off
STYLE: Any = {
    **dict.fromkeys(_IN_INK.split(), INK),
    **dict.fromkeys(["figure.facecolor", "savefig.facecolor", "axes.facecolor"], "none"),
    "figure.dpi": 96, "figure.figsize": (6.4, 4.0), "figure.constrained_layout.use": True,
    "font.size": 11, "axes.titlesize": 12, "axes.titleweight": "bold", "axes.labelsize": 11,
    "xtick.labelsize": 10, "ytick.labelsize": 10, "legend.frameon": False, "grid.alpha": 0.3,
    "axes.spines.top": False, "axes.spines.right": False, "lines.linewidth": 2,
    "axes.prop_cycle": plt.cycler(color=COLORS, linestyle=DASHES),
}
# fmt: on
"""matplotlib settings behind every figure."""


def style() -> None:
    """Use the course's look for every figure from here on.

    Examples
    --------
    >>> style()
    >>> plt.rcParams["text.color"] == INK
    True
    """
    plt.rcParams.update(STYLE)


def show(fig: Figure, alt: str) -> None:
    """Show a figure in Jupyter with a text for those who cannot see it, and close it.

    The output is an HTML image with an `alt` attribute (JupyterLab gives a plain PNG none), and as plain
    text the `alt` text itself. Outside a Jupyter kernel the figure is only closed.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    alt : str
        What is to be seen in the figure, in a sentence.

    Raises
    ------
    ValueError
        If `alt` is blank.

    Examples
    --------
    >>> show(loss_curve([1.0, 0.5, 0.4]).figure, "The loss falls from 1 to 0.4 in three epochs.")
    """
    if not alt.strip():
        raise ValueError("alt is blank, but must say what is to be seen in the figure")
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if ipython and hasattr(shell, "kernel"):
        png = io.BytesIO()
        # Twice as many pixels as are shown: sharp on fine screens. No version of anything inside.
        fig.savefig(png, format="png", dpi=192, metadata={"Software": None})
        source = base64.b64encode(png.getvalue()).decode("ascii")
        width = round(fig.get_figwidth() * 96)
        image = f'<img alt="{html.escape(alt)}" width="{width}" src="data:image/png;base64,{source}">'
        ipython.display.display({"text/html": image, "text/plain": alt}, raw=True)
    plt.close(fig)


def network_diagram(
    layer_sizes: Sequence[int],
    weights: Sequence[ArrayLike] | None = None,
    dropped: Collection[tuple[int, int]] = (),
    values: Sequence[Sequence[object]] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Neurons as circles, weights as lines, the input on the left.

    Parameters
    ----------
    layer_sizes : sequence of int
        Units in each layer, the input first. A layer of more than 10 is shown by its ends.
    weights : list of (n_i, n_{i-1}) arrays, optional
        Drawn as line widths; positive ones solid, negative ones dashed and in another colour.
    dropped : collection of (layer, unit) pairs
        Units crossed out, with their lines left away. Layer 0 is the input; units count from 0.
    values : list of lists, optional
        What to write into the circles, one entry for each unit (text or numbers).
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If `weights` do not fit `layer_sizes`.

    Examples
    --------
    >>> network_diagram([2, 3, 1], dropped=[(1, 2)]).get_title()
    ''
    """
    ax = _axes(ax)
    sizes = [int(n) for n in layer_sizes]
    drawn = [list(range(n)) if n <= 10 else [0, 1, 2, 3, n - 3, n - 2, n - 1] for n in sizes]
    # Height of each drawn unit, with one free place where units are left out.
    heights = [
        {j: (len(units) - 1) / 2 - place - (units[place] != place) for place, j in enumerate(units)}
        for units in drawn
    ]
    gap = max(2.0, max(map(len, drawn)) / 2)

    for i in range(1, len(sizes)):
        W = np.zeros((sizes[i], sizes[i - 1])) if weights is None else np.asarray(weights[i - 1], dtype=float)
        if W.shape != (sizes[i], sizes[i - 1]):
            raise ValueError(f"weights of layer {i} must be {(sizes[i], sizes[i - 1])}, but are {W.shape}")
        largest = np.abs(W).max() or 1.0
        for j in drawn[i]:
            for k in drawn[i - 1]:
                if (i, j) in dropped or (i - 1, k) in dropped:
                    continue
                look: dict[str, Any] = {"color": INK, "linestyle": "solid", "linewidth": 0.8}
                if weights is not None:
                    positive = W[j, k] > 0
                    look = {"color": COLORS[int(positive)], "linestyle": DASHES[int(not positive)]}
                    look["linewidth"] = 4 * abs(W[j, k]) / largest
                ax.plot([gap * (i - 1), gap * i], [heights[i - 1][k], heights[i][j]], zorder=1, **look)

    for i, units in enumerate(drawn):
        for j in units:
            spot = (gap * i, heights[i][j])
            out = (i, j) in dropped
            ax.add_patch(
                Circle(spot, 0.32, facecolor=INK, edgecolor=INK, alpha=0.25 if out else 1.0, zorder=2)
            )
            text = "×" if out else "" if values is None else _short(values[i][j])
            color = INK if out else "white"
            ax.text(*spot, text, ha="center", va="center", color=color, zorder=3, fontsize=10, weight="bold")
        if len(units) < sizes[i]:
            ax.text(gap * i, heights[i][3] - 1, "⋮", ha="center", va="center", fontsize=16)
        name = "input" if i == 0 else "output" if i == len(sizes) - 1 else "hidden"
        lowest = min(min(column.values()) for column in heights)
        ax.text(gap * i, lowest - 0.6, f"{name}\n{sizes[i]}", ha="center", va="top")
    ax.set_aspect("equal")
    ax.axis("off")
    ax.autoscale_view()
    return ax


def plot_activations(
    functions: Mapping[str, Callable[..., Any]], limit: float = 4.0, ax: Axes | None = None
) -> Axes:
    """Curves of activation functions, with their names on them.

    Parameters
    ----------
    functions : dict
        ``{name: function}``; a function takes an array and gives one of the same shape.
    limit : float
        Drawn from ``-limit`` to ``limit``.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = plot_activations({"tanh": np.tanh})
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('z', 'g(z)')
    """
    ax = _axes(ax)
    z = np.linspace(-limit, limit, 801)
    _curves(
        ax, [z] * len(functions), [np.asarray(g(z), dtype=float) for g in functions.values()], [*functions]
    )
    ax.axhline(0, color=INK, linewidth=0.6)
    ax.axvline(0, color=INK, linewidth=0.6)
    ax.set(xlabel="z", ylabel="g(z)")
    return ax


def points(X: ArrayLike, y: ArrayLike, names: Sequence[str] | None = None, ax: Axes | None = None) -> Axes:
    """Samples with two features, their classes told apart by colour and shape.

    Parameters
    ----------
    X : (n, 2) array
        One sample per row.
    y : (n,) array
        Labels 0, 1, ...
    names : sequence of str, optional
        Names of the classes; "class 0" and so on if left out.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = points([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['class 0', 'class 1']
    """
    ax = _axes(ax)
    X, y = np.asarray(X, dtype=float), np.asarray(y).ravel()
    for label in np.unique(y).astype(int):
        ax.scatter(
            X[y == label, 0],
            X[y == label, 1],
            s=28,
            color=COLORS[label % len(COLORS)],
            marker=MARKERS[label % len(MARKERS)],
            label=names[label] if names else f"class {label}",
            zorder=3,
        )
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    return ax


def decision_boundary(
    predict: Callable[[Any], Any],
    X: ArrayLike,
    y: ArrayLike,
    names: Sequence[str] | None = None,
    margin: float = 0.5,
    ax: Axes | None = None,
) -> Axes:
    """Regions of the plane that a classifier gives to each class, and the samples.

    Parameters
    ----------
    predict : callable
        Takes an (m, 2) array; gives m labels 0, 1, ..., or m probabilities of class 1 (cut at 0.5).
    X : (n, 2) array
        One sample per row.
    y : (n,) array
        Labels 0, 1, ...
    names : sequence of str, optional
        Names of the classes; "class 0" and so on if left out.
    margin : float
        How far the picture goes beyond the samples.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = decision_boundary(lambda X: X[:, 0] > 0.5, [[0, 0], [1, 1]], [0, 1])
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('$x_1$', '$x_2$')
    """
    ax = _axes(ax)
    X, y = np.asarray(X, dtype=float), np.asarray(y).ravel()
    (left, bottom), (right, top) = X.min(axis=0) - margin, X.max(axis=0) + margin
    xx, yy = np.meshgrid(np.linspace(left, right, 201), np.linspace(bottom, top, 201))
    regions = np.asarray(predict(np.column_stack([xx.ravel(), yy.ravel()])), dtype=float).reshape(xx.shape)
    classes = max(2, int(y.max()) + 1)
    levels = np.arange(classes + 1) - 0.5
    ax.contourf(xx, yy, regions, levels, colors=[COLORS[k % len(COLORS)] for k in range(classes)], alpha=0.2)
    if regions.min() < 0.5 < regions.max():  # Older versions of matplotlib warn of a line that is not there.
        ax.contour(xx, yy, regions, levels[1:-1], colors=INK, linewidths=1.5)
    points(X, y, names, ax)
    ax.set(xlim=(left, right), ylim=(bottom, top))
    return ax


def loss_curve(losses: ArrayLike | Mapping[str, ArrayLike], ax: Axes | None = None) -> Axes:
    """Loss after loss, with the name of each curve at its end.

    Parameters
    ----------
    losses : sequence of float, or dict
        One loss for each epoch, or ``{name: losses}`` for several curves.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = loss_curve({"slow": [1.0, 0.9, 0.8], "fast": [1.0, 0.3, 0.1]})
    >>> ax.get_xlabel()
    'epoch'
    """
    ax = _axes(ax)
    curves = losses if isinstance(losses, Mapping) else {"": losses}
    heights = [np.asarray(values, dtype=float) for values in curves.values()]
    _curves(ax, [np.arange(1, len(values) + 1) for values in heights], heights, [*curves])
    ax.set(xlabel="epoch", ylabel="loss")
    return ax


def weights(W: ArrayLike, numbers: bool | None = None, ax: Axes | None = None) -> Axes:
    """Heat map of a weight matrix; the colours are symmetric about 0.

    Parameters
    ----------
    W : (n_i, n_{i-1}) array
        One row for each neuron.
    numbers : bool, optional
        Write the weights into the cells; by default for matrices of at most 10 by 10.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = weights([[1.0, -0.5], [0.25, 2.0]])
    >>> [text.get_text() for text in ax.texts]
    ['1', '−0.5', '0.25', '2']
    """
    ax = _axes(ax)
    W = np.atleast_2d(np.asarray(W, dtype=float))
    numbers = max(W.shape) <= 10 if numbers is None else numbers
    # White numbers need a dark cell at 0 too; without numbers, 0 is see-through.
    middle = to_rgba(INK, 1.0 if numbers else 0.0)
    ends = [to_rgba(color) for color in COLORS[:2]]
    colors = LinearSegmentedColormap.from_list("weights", [ends[0], middle, ends[1]])
    largest = np.abs(W).max() or 1.0
    image = ax.imshow(W, cmap=colors, vmin=-largest, vmax=largest)
    ax.figure.colorbar(image, ax=ax, shrink=0.8)
    for (row, column), w in np.ndenumerate(W if numbers else np.empty((0, 0))):
        ax.text(column, row, _short(w), ha="center", va="center", color="white", fontsize=10, weight="bold")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set(xlabel="input", ylabel="neuron")
    return ax


def _axes(ax: Axes | None) -> Axes:
    if ax is None:
        style()
        ax = plt.subplots()[1]
    return ax


def _curves(ax: Axes, x: Sequence[Any], y: Sequence[Any], names: Sequence[str]) -> None:
    """Draw curves and write their names beside their ends, pushed up where they would overlap."""
    for i, (x_i, y_i) in enumerate(zip(x, y, strict=True)):
        ax.plot(x_i, y_i, color=COLORS[i % len(COLORS)], linestyle=DASHES[i % len(DASHES)])
    line_height = 0.07 * float(np.ptp(ax.get_ylim()))
    free = -np.inf
    for i in sorted(range(len(names)), key=lambda i: y[i][-1]):
        free = max(free, y[i][-1])
        ax.text(x[i][-1], free, f"  {names[i]}", va="center", color=COLORS[i % len(COLORS)], weight="bold")
        free += line_height


def _short(value: object) -> str:
    return f"{value:.2g}".replace("-", "−") if isinstance(value, float | int) else str(value)
