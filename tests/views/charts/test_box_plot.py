"""Boxes that are still being counted look unfinished."""

import itertools

import pytest
from msgspec import structs
from PySide6.QtCore import QRectF

from phdesk.core.charts.shapes import Box, BoxPlotBody, BoxSeries
from phdesk.views import theme
from phdesk.views.charts import box_plot, plot
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

RECT = QRectF(canvas.MARGIN, canvas.MARGIN, 480, 300)
ONE = Box(low=0, p25=20, median=50, p75=80, high=100)


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


def two(dashed_from):
    series = BoxSeries(label="Load", color="preset-1", boxes=(ONE, ONE))
    return BoxPlotBody(
        x_labels=("a", "b"), x_titles=("a", "b"), series=(series,), dashed_from=dashed_from
    )


def grounds(body, one):
    """Give the colour inside each box, and how many colours its left edge has."""
    image = canvas.painted(bodies.view(body), 480, 300, one)
    frame = plot.arrange(RECT, box_plot._frame(body), Ink(one))
    y = round(frame.left.y(30, frame.area))
    bottom, top = (round(frame.left.y(value, frame.area)) for value in (25, 75))
    found = []
    for drawn in box_plot._boxes(frame, body, Ink(one)):
        left = int(drawn.x - drawn.width / 2)
        edge = {image.pixelColor(left, row).name() for row in range(top, bottom)}
        found.append((image.pixelColor(round(drawn.x + 8), y).name(), len(edge)))
    return found


@pytest.mark.parametrize("one", [theme.light, theme.dark], ids=["light", "dark"])
def test_an_unfinished_box_is_fainter_with_a_broken_edge(one):
    (whole, solid), (faint, broken) = grounds(two(1), one())
    assert whole != faint
    assert solid < broken


@pytest.mark.parametrize("dashed_from", [None, 2])
def test_finished_boxes_look_alike(dashed_from):
    first, second = grounds(two(dashed_from), theme.light())
    assert first[0] == second[0]


def test_few_pixels_are_enough():
    body = two(0)
    image = canvas.painted(bodies.view(body), 30, 30, theme.light())
    assert canvas.margin_is_untouched(image)


@pytest.mark.parametrize("width", [92, 118, 200])
@pytest.mark.parametrize("count", [10, 22, 30])
def test_boxes_stay_apart_on_a_small_tile(qapp, width, count):
    body = bodies.boxes(count)
    frame = plot.arrange(QRectF(0, 0, width, 128), box_plot._frame(body), Ink(theme.light()))
    drawn = list(box_plot._boxes(frame, body, Ink(theme.light())))
    for one, after in itertools.pairwise(drawn):
        free = (after.x - after.width / 2) - (one.x + one.width / 2)
        assert free >= frame.band * (0.5 if frame.band < 10 else 0.35)


def test_a_whisker_that_is_cut_is_open_and_the_axis_ends_with_it():
    whole = BoxPlotBody(
        x_labels=("a",),
        x_titles=("a",),
        series=(
            BoxSeries(label="Load", color="preset-1", boxes=(structs.replace(ONE, high=5000),)),
        ),
    )
    cut = BoxPlotBody(x_labels=("a",), x_titles=("a",), series=(
        BoxSeries(label="Load", color="preset-1",
                  boxes=(structs.replace(ONE, high=5000, top=170),)),))  # fmt: skip
    frames = [
        plot.arrange(RECT, box_plot._frame(body), Ink(theme.light())) for body in (whole, cut)
    ]
    assert frames[0].left.high >= 5000
    assert frames[1].left.high < 400
    image = canvas.painted(bodies.view(cut), 480, 300, theme.light())
    (drawn,) = box_plot._boxes(frames[1], cut, Ink(theme.light()))
    y = round(frames[1].left.y(170, frames[1].area))
    beside = round(drawn.x + drawn.width / 2 * box_plot.CAP) - 2
    assert image.pixelColor(beside, y) in (
        image.pixelColor(beside + 40, y),
        theme.light().surface,
    )
    found = box_plot._lines(drawn, cut)
    assert ("Maximum", "5,000") in {(line.label, line.text) for line in found}
