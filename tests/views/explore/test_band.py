"""Areas are filled pixel by pixel, quickly, where their lines are."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.views import theme as look
from phdesk.views.charts.ink import mix
from phdesk.views.explore.band import Band
from phdesk.views.explore.strokes import AREA
from phdesk.views.explore.thinning import profile

VALUES = st.lists(st.floats(-1e9, 1e9) | st.just(math.nan), min_size=1, max_size=300)
HUES = ("preset-1", "preset-2", "preset-4")


def areas(*many, stacked=True):
    labels = tuple(str(i) for i in range(len(many[0])))
    series = tuple(
        XYSeries(label=hue, color=hue, values=tuple(values), mark="area")
        for hue, values in zip(HUES, many, strict=False)
    )
    return XYBody(x_labels=labels, x_titles=labels, series=series, stacked=stacked)


def color_at(plot, x, y):
    place = plot.mapFromScene(plot._zoom.mapViewToScene(QPointF(x, y)))
    return plot.grab().toImage().pixelColor(place).name()


def filled(hue):
    return mix(look.light().surface, look.light().color(hue), AREA / 255)


def like(name, color):
    """Tell whether a colour is another one but for rounding."""
    parts = [int(name[i : i + 2], 16) for i in (1, 3, 5)]
    return all(abs(a - b) <= 2 for a, b in zip(parts, color.getRgb()[:3], strict=True))


def test_an_area_is_filled_between_its_lines_and_not_beyond(plot):
    plot.set_body(areas([10.0] * 9, [10.0] * 9))
    assert like(color_at(plot, 4.2, 7), filled("preset-1"))
    assert like(color_at(plot, 4.2, 13), filled("preset-2"))
    assert color_at(plot, 4.2, 21) == look.light().surface.name()


def test_it_stays_at_its_place_when_zoomed_and_panned(plot):
    plot.set_body(areas([0.0, 0.0, 0.0, 10.0, 10.0, 10.0, 0.0, 0.0]))
    for low, high, empty in ((-0.2, 7.2, 6.5), (2.5, 5.5, 2.6), (3.1, 6.9, 6.5)):
        plot._zoom.setXRange(low, high, padding=0)
        assert like(color_at(plot, 4.4, 7), filled("preset-1"))
        assert not like(color_at(plot, empty, 7), filled("preset-1"))


def test_a_gap_stays_empty(plot):
    plot.set_body(areas([10.0, 10.0, None, 10.0, 10.0]))
    assert color_at(plot, 1.9, 7) == look.light().surface.name()
    assert like(color_at(plot, 0.5, 7), filled("preset-1"))


def test_areas_of_a_stack_do_not_overlap_where_points_crowd(plot):
    rng = np.random.default_rng(3)
    plot.set_body(areas(*(50 + 30 * rng.random(10_000) for _ in range(2))))
    image = plot.grab().toImage()
    both = mix(filled("preset-1"), look.light().color("preset-2"), AREA / 255)
    names = {
        image.pixelColor(x, y).name()
        for x in range(100, 700, 7)
        for y in range(0, image.height(), 3)
    }
    assert any(like(name, filled("preset-1")) for name in names)
    assert any(like(name, filled("preset-2")) for name in names)
    assert not any(like(name, both) for name in names)


def test_what_moves_over_an_area_does_not_fill_it_again(plot):
    plot.set_body(areas([10.0, 20.0, 5.0, 8.0]))
    plot.grab()
    band = next(item for _, item in plot._items if isinstance(item, Band))
    before = band._pixels
    plot.move_to(2)
    plot.grab()
    assert band._pixels is before
    plot._zoom.setXRange(0.5, 2.5, padding=0)
    plot.grab()
    assert band._pixels is not before


def test_a_dense_screen_has_finer_pixels(plot):
    plot.set_body(areas([10.0, 20.0, 5.0, 8.0]))
    band = next(item for _, item in plot._items if isinstance(item, Band))
    sizes = []
    for ratio in (1, 2):
        image = QImage(800 * ratio, 400 * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        painter = QPainter(image)
        painter.setWorldTransform(band.sceneTransform())
        band.paint(painter)
        painter.end()
        sizes.append((band._image.width(), band._image.height()))
    assert sizes[1][0] == pytest.approx(2 * sizes[0][0], abs=2)
    assert sizes[1][1] == pytest.approx(2 * sizes[0][1], abs=2)


@pytest.mark.parametrize(
    "values",
    [[1.7e308, -1.7e308, 0.0], [None, None, None], [0.0, 0.0, 0.0], [5.0], [5e-324, 0.0, 1e-300]],
    ids=str,
)
@pytest.mark.parametrize("stacked", [True, False])
def test_odd_values_are_no_trouble(plot, values, stacked):
    plot.set_body(areas(values, values, stacked=stacked))
    plot.grab()


@given(VALUES, st.floats(-50, 350), st.floats(0.5, 400), st.integers(1, 400))
def test_lines_are_what_they_are_between_or_the_highest_of_many(values, low, span, pixels):
    array = np.array(values)
    floors, tops = profile(array - 1, array, low, low + span, pixels)
    assert len(floors) == len(tops) == pixels
    known = tops[np.isfinite(tops)]
    seen = array[np.isfinite(array)]
    if len(known):
        assert seen.min() - 1e-3 <= known.min()
        assert known.max() <= seen.max() + 1e-3
    middles = low + (np.arange(pixels) + 0.5) * span / pixels
    beside = (middles < 0) | (middles > len(values) - 1)
    assert not np.isfinite(tops[beside]).any()
    np.testing.assert_allclose(floors, tops - 1, atol=1e-3, rtol=0)


@given(st.lists(st.floats(-1e9, 1e9), min_size=40, max_size=300), st.integers(1, 20))
def test_the_highest_of_crowded_points_is_seen(values, pixels):
    array = np.array(values)
    _, tops = profile(array, array, -0.5, len(values) - 0.5, pixels)
    assert np.isin(tops[np.isfinite(tops)], array).all()
