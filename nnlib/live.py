"""A picture with sliders beside it in Jupyter, and a still where nothing can move."""

import base64
import html
import io
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from nnlib import plots

SIZE = (5.5, 4.5)
"""Width and height of the picture in inches; a page shows 96 pixels an inch."""

DPI = 144
"""Pixels drawn for an inch: half as many again as are shown, sharp and still quick."""

# A screen reader finds no name on the handle of ipywidgets' sliders, and Python has no way to give it one.
# The picture gives it, once it has loaded.
NAME_HANDLES = (
    "this.closest('.jupyter-widgets.widget-box').querySelectorAll('.widget-slider').forEach(slider =>"
    " slider.querySelector('.noUi-handle')"
    ".setAttribute('aria-label', slider.querySelector('.widget-label').textContent))"
)


class Slider(NamedTuple):
    """A number that the reader can move: its ends, its start, what it is called, and its step.

    Examples
    --------
    >>> Slider(-2, 2, 0.5, "weight w1")
    Slider(low=-2, high=2, start=0.5, label='weight w1', step=0.1)
    """

    low: float
    high: float
    start: float
    label: str
    step: float = 0.1


def live(draw: Callable[..., object], alt: str, **controls: Slider) -> None:
    """Show a picture that is drawn again whenever one of its sliders moves.

    The output also holds the starting state as a still, for pages without a kernel. Without ipywidgets
    there is the still alone, and a line that says so.

    Parameters
    ----------
    draw : callable
        ``draw(ax, **values)`` draws on empty matplotlib axes; `values` has a number for each control.
    alt : str
        What is to be seen, in a sentence. ``{name}`` stands for the value of that control.
    **controls : Slider
        One slider for each number.

    Raises
    ------
    ValueError
        If a slider does not start between its ends.

    Examples
    --------
    >>> def ramp(ax, slope):
    ...     ax.plot([0, 1], [0, slope])
    >>> live(ramp, "A line that rises by {slope}.", slope=Slider(-2, 2, 0.5, "slope"))  # doctest: +SKIP
    """
    for name, control in controls.items():
        if not control.low <= control.start <= control.high:
            raise ValueError(f"{name} starts at {control.start}, outside {control.low} to {control.high}")
    picture = Picture(draw)
    start = {name: control.start for name, control in controls.items()}
    still, text = picture.png(**start), alt.format(**start)
    try:
        import ipywidgets
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        plots.show(picture.figure, text)
        print("The sliders need ipywidgets, which is not installed: this is the picture as it starts.")
        return
    if get_ipython() is None:
        return  # a plain Python process has nowhere to show it

    width = f"{max(len(control.label) for control in controls.values()) / 2 + 1:g}em"
    sliders = {
        name: ipywidgets.FloatSlider(
            min=low,
            max=high,
            value=value,
            step=step,
            readout_format=".0f" if step == round(step) else ".2f",
            description=label,
            style={"description_width": width},
        )
        for name, (low, high, value, label, step) in controls.items()
    }
    image = ipywidgets.HTML(_tag(still, text))

    # Kernels may tell of two moves in two threads at once.
    one_at_a_time = threading.Lock()

    def redraw(_change: Any) -> None:
        with one_at_a_time:
            # A step of 0.1 leaves digits that nobody chose: 0.30000000000000004.
            values = {name: round(slider.value, 9) for name, slider in sliders.items()}
            image.value = _tag(picture.png(**values), alt.format(**values))

    for slider in sliders.values():
        slider.observe(redraw, names="value")
    box = ipywidgets.Box(
        [image, ipywidgets.VBox(list(sliders.values()))],
        layout=ipywidgets.Layout(flex_flow="row wrap", align_items="center"),
    )
    bundle = {
        **box._repr_mimebundle_(),
        "image/png": base64.b64encode(still).decode("ascii"),
        "text/plain": text,
    }
    shown = {"image/png": {"alt": text, "width": round(SIZE[0] * 96)}}
    display(bundle, metadata=shown, raw=True)


class Picture:
    """A figure to be drawn again and again, quickly.

    Parameters
    ----------
    draw : callable
        ``draw(ax, **values)`` draws on empty axes.
    """

    def __init__(self, draw: Callable[..., object]) -> None:
        plots.style()
        self.draw = draw
        # Not pyplot's: those would be shown once more at the end of the cell.
        self.figure = Figure(figsize=SIZE, dpi=DPI)
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_subplot()

    def png(self, **values: float) -> bytes:
        """Draw for these values.

        Returns
        -------
        bytes
            A PNG image on a transparent ground.
        """
        self.axes.clear()
        self.draw(self.axes, **values)
        file = io.BytesIO()
        self.canvas.print_png(file, metadata={"Software": None}, pil_kwargs={"compress_level": 1})
        # Once is enough: laying out takes as long as drawing, and axes should not jump under a moving slider.
        self.figure.set_layout_engine("none")
        return file.getvalue()


def _tag(png: bytes, alt: str) -> str:
    width, height = (round(96 * inches) for inches in SIZE)
    return (
        f'<img alt="{html.escape(alt)}" width="{width}" height="{height}" onload="{html.escape(NAME_HANDLES)}" '
        f'src="data:image/png;base64,{base64.b64encode(png).decode("ascii")}">'
    )
