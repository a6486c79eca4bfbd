"""The sliders beside a picture: what they draw, what they say, and the still where nothing moves."""

import base64
import io
import sys
import threading
import time

import ipywidgets
import numpy as np
import pytest
from matplotlib import image as mpimg
from matplotlib.colors import to_rgb

from nnlib import live as module
from nnlib import plots
from nnlib.live import Picture, Slider, live

BLUE, ORANGE = plots.COLORS[:2]


def fill(ax, share):
    """Colour the lower part of the axes: as much of the picture as `share` says."""
    ax.fill_between([0, 1], 0, share, color=BLUE, linewidth=0)
    ax.set(xlim=(0, 1), ylim=(0, 1))


def pixels(png: bytes) -> np.ndarray:
    return mpimg.imread(io.BytesIO(png))


def blue_pixels(png: bytes) -> int:
    return int(np.all(np.abs(pixels(png)[..., :3] - to_rgb(BLUE)) < 0.01, axis=-1).sum())


@pytest.fixture
def shown(monkeypatch):
    """What was displayed, as in a notebook: pairs of a bundle and its metadata."""
    outputs = []
    monkeypatch.setattr("IPython.get_ipython", lambda: object())
    monkeypatch.setattr(
        "IPython.display.display", lambda data, metadata, raw: outputs.append((data, metadata))
    )
    return outputs


@pytest.fixture
def sliders(monkeypatch):
    """The sliders that were made, by their labels."""
    made = {}

    class Recorded(ipywidgets.FloatSlider):
        def __init__(self, **options):
            super().__init__(**options)
            made[options["description"]] = self

    monkeypatch.setattr(ipywidgets, "FloatSlider", Recorded)
    return made


@pytest.fixture
def images(monkeypatch):
    """The widgets that hold the picture."""
    made = []

    class Recorded(ipywidgets.HTML):
        def __init__(self, *args):
            super().__init__(*args)
            made.append(self)

    monkeypatch.setattr(ipywidgets, "HTML", Recorded)
    return made


def picture_in(image) -> bytes:
    return base64.b64decode(image.value.split("base64,")[1].split('"')[0])


def test_a_picture_is_drawn_for_its_values_on_an_empty_transparent_ground():
    picture = Picture(fill)
    half, quarter = picture.png(share=0.5), picture.png(share=0.25)
    # The first one was cleared away before the second was drawn.
    assert blue_pixels(quarter) == pytest.approx(blue_pixels(half) / 2, rel=0.02)
    assert np.all(pixels(half)[0, :, 3] == 0)  # the top row: nothing there, not even white
    assert pixels(half).shape[:2] == (4.5 * 144, 5.5 * 144)


def test_the_axes_stay_where_they_are_when_labels_grow():
    def label(ax, size):
        ax.set_ylabel("z", fontsize=size)

    picture = Picture(label)
    picture.png(size=10)
    before = picture.axes.get_position().bounds
    picture.png(size=40)
    assert picture.axes.get_position().bounds == before


def test_a_move_draws_again_with_the_new_value(shown, sliders, images):
    calls = []
    live(
        lambda ax, **values: calls.append(values),
        "-",
        w1=Slider(-2, 2, 0.5, "weight"),
        b=Slider(-3, 3, 1, "bias"),
    )
    sliders["bias"].value = -1.5
    sliders["weight"].value = 0.1 + 0.2  # a slider's steps add up like this
    assert calls == [{"w1": 0.5, "b": 1}, {"w1": 0.5, "b": -1.5}, {"w1": 0.3, "b": -1.5}]


def test_a_move_changes_the_picture_and_its_text(shown, sliders, images):
    live(fill, "Filled up to {share}.", share=Slider(0, 1, 0.25, "share"))
    before = picture_in(images[0])
    assert 'alt="Filled up to 0.25."' in images[0].value
    sliders["share"].value = 0.75
    assert 'alt="Filled up to 0.75."' in images[0].value
    assert blue_pixels(picture_in(images[0])) == pytest.approx(3 * blue_pixels(before), rel=0.02)


def test_two_moves_at_once_are_drawn_one_after_the_other(shown, sliders):
    """JupyterLab has each slider's moves handled in a thread of its own, and matplotlib knows no threads."""
    inside, overlaps, last = [], [], {}

    def slow(ax, **values):
        overlaps.append(len(inside))
        inside.append(values)
        time.sleep(0.02)
        inside.pop()
        last.update(values)

    live(slow, "-", w1=Slider(-2, 2, 0.5, "weight"), b=Slider(-3, 3, 1, "bias"))
    threads = [
        threading.Thread(target=setattr, args=(sliders[name], "value", -1.5)) for name in ("weight", "bias")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert overlaps == [0, 0, 0]
    assert last == {"w1": -1.5, "b": -1.5}


def test_the_slider_has_the_ends_the_step_and_the_name_that_were_asked_for(shown, sliders):
    live(fill, "-", share=Slider(-1, 1, 0.5, "how much", 0.25))
    slider = sliders["how much"]
    assert (slider.min, slider.max, slider.value, slider.step) == (-1, 1, 0.5, 0.25)


def test_the_output_holds_a_still_of_the_start_and_its_text(shown, sliders):
    live(fill, "Filled up to {share}.", share=Slider(0, 1, 0.25, "share"))
    sliders["share"].value = 0.75  # moves the widget, not the still
    ((bundle, metadata),) = shown
    assert base64.b64decode(bundle["image/png"]) == Picture(fill).png(share=0.25)
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == "Filled up to 0.25."
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_text_with_quotes_stays_text(shown, images):
    live(fill, 'Says "1" <b>', share=Slider(0, 1, 0.25, "share"))
    assert "<b>" not in images[0].value
    assert 'alt="Says &quot;1&quot; &lt;b&gt;"' in images[0].value


def test_without_ipywidgets_the_start_is_shown_and_why(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    stills = []
    monkeypatch.setattr(module.plots, "show", lambda figure, alt: stills.append((figure, alt)))
    calls = []
    live(lambda ax, share: calls.append(share), "Filled up to {share}.", share=Slider(0, 1, 0.25, "share"))
    assert [alt for _, alt in stills] == ["Filled up to 0.25."]
    assert calls == [0.25]
    assert "ipywidgets" in capsys.readouterr().out


def test_outside_a_notebook_nothing_is_printed(capsys):
    live(fill, "-", share=Slider(0, 1, 0.25, "share"))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("start", [-0.1, 1.1])
def test_a_start_outside_the_ends_is_refused(start):
    with pytest.raises(ValueError, match=f"share starts at {start}, outside 0 to 1"):
        live(fill, "-", share=Slider(0, 1, start, "share"))
