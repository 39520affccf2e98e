"""Bars and areas can be told from each other and from nothing, however thin they are."""

import time

import pytest
from msgspec import structs
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from phdesk.views import theme
from phdesk.views.charts import marks, paint
from phdesk.views.charts.ink import Ink, contrast, mix
from phdesk.views.charts.plot import arrange
from tests.views.charts import canvas
from tests.views.charts.test_xy import BLUE, chart, series, shown

PURPLE, NOTHING = "#621da6", "#00ff01"
SIZES = [(92, 110), (169, 110), (588, 372), (1254, 716), (1920, 1080)]


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


def plotted(view, size):
    return arrange(QRectF(canvas.MARGIN, canvas.MARGIN, *size), view.body, Ink(theme.light()))


def column(image, x, top, bottom):
    return {image.pixelColor(int(x), y).name() for y in range(int(top), int(bottom))}


def piled(count):
    both = ((4.0, "preset-1"), (6.0, "preset-2"))
    made = [series(*[value] * count, mark="bar", color=color) for value, color in both]
    return chart(*made, stacked=True)


@pytest.mark.parametrize("count", [30, 60, 200])
def test_thin_piles_have_no_gaps_between_parts_nor_between_bars(count):
    view = piled(count)
    plot = plotted(view, (92, 110))
    image = canvas.painted(view, 92, 110, theme.light())
    assert plot.band < marks.THIN_BAND
    y = plot.left.y(2, plot.area)
    row = {image.pixelColor(x, int(y)).name() for x in range(int(plot.xs[0]), int(plot.xs[-1]))}
    assert row == {BLUE}
    seen = column(image, plot.xs[3], plot.left.y(9, plot.area), plot.area.bottom() - 2)
    assert len(seen - {BLUE, PURPLE}) <= 1, "at most the mixed pixel where the parts meet"
    assert NOTHING not in seen


def test_wide_piles_keep_a_hair_between_their_parts():
    view = piled(5)
    plot = plotted(view, (588, 372))
    image = canvas.painted(view, 588, 372, theme.light())
    meeting = plot.left.y(4, plot.area)
    assert not column(image, plot.xs[2], meeting - 1, meeting + 1) <= {BLUE, PURPLE}


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_smallest_bar_is_seen_and_zero_is_not(size, log):
    view = chart(series(1e9, 1.0, 0.0, 1e9, mark="bar"), log=log)
    plot, image = plotted(view, size), canvas.painted(view, *size, theme.light())
    base = round(plot.area.bottom())
    tiny, none = (column(image, plot.xs[i], base - 3, base + 2) for i in (1, 2))
    assert tiny - none, "something blue stands on the axis"
    assert any(QColor(one).blue() - QColor(one).red() > 60 for one in tiny)
    assert not any(QColor(one).blue() - QColor(one).red() > 60 for one in none)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_period_before_is_not_filled(size):
    now = series(4.0, 4.0, 4.0, mark="area")
    before = series(8.0, 8.0, 8.0, mark="area", previous=True)
    view, alone = chart(now, before, stacked=True), chart(now, stacked=True)
    plot, image = plotted(view, size), canvas.painted(view, *size, theme.light())
    x = (plot.xs[0] + plot.xs[1]) / 2
    between = column(image, x, plot.left.y(7, plot.area), plot.left.y(5, plot.area))
    grid = {NOTHING, theme.light().grid.name()}
    assert between <= grid
    single = plotted(alone, size)
    below = canvas.painted(alone, *size, theme.light())
    first = image.pixelColor(int(x), int(plot.left.y(3.3, plot.area)))
    assert first == below.pixelColor(int(x), int(single.left.y(3.3, single.area)))


def test_between_the_lines_of_the_period_before_the_nearest_is_meant():
    now = series(4.0, 4.0, 4.0, mark="area", label="now")
    before = series(40.0, 40.0, 40.0, mark="area", previous=True, label="before")
    view, size = chart(now, before, stacked=True), (588, 372)
    plot = plotted(view, size)
    point = QPointF(plot.xs[1], plot.left.y(5, plot.area))
    place = QRectF(canvas.MARGIN, canvas.MARGIN, *size)
    found = paint.hit(place, view, theme.light(), point)
    assert found.lines[found.near].label == "now"


@pytest.mark.parametrize("make", [theme.light, theme.dark], ids=["light", "dark"])
def test_grid_lines_can_be_seen_and_stay_quiet(make):
    look = make()
    zero = mix(look.surface, look.faint, 0.6)
    assert 1.25 <= contrast(look.grid, look.surface) <= 1.35
    assert contrast(zero, look.surface) > contrast(look.grid, look.surface) + 0.1


@pytest.mark.parametrize("state", ["returning", "dormant"])
def test_states_of_a_lifecycle_are_softer_in_the_dark(state):
    token = f"lifecycle-{state}"
    bright, soft = theme.light().color(token), theme.dark().color(token)
    assert soft.hslSaturationF() < bright.hslSaturationF() * 0.8
    assert contrast(soft, theme.dark().surface) >= 4.5


def test_a_smooth_line_is_drawn_beside_the_straight_one_and_keeps_its_dashes():
    made = series(0.0, 10.0, 0.0, 10.0, dashed_from=2)
    straight = chart(made)
    smooth = structs.replace(straight, body=structs.replace(straight.body, smooth=True))
    images = [canvas.painted(view, 588, 372, theme.light()) for view in (straight, smooth)]
    plot = plotted(smooth, (588, 372))
    assert images[0] != images[1]
    solid, pending = marks._bent(marks._points(plot, plot.curves[0]), plot.xs[1])
    assert solid[0][-1] == pending[0][0] == marks._points(plot, plot.curves[0])[1]
    for image in images:  # both go through the points
        top = plot.left.y(10, plot.area)
        assert BLUE in column(image, plot.xs[1], top, top + 3)


@pytest.mark.parametrize(
    ("lines", "whole"), [(12, False), (60, True)], ids=["dashes tell lines apart", "too many"]
)
def test_lines_that_crowd_are_thin_and_whole(lines, whole):
    view = chart(*(series(*[float(number)] * 200, color="preset-1") for number in range(lines)))
    size = (288, 600)
    plot, image = plotted(view, size), canvas.painted(view, *size, theme.light())
    curve = plot.curves[9]
    assert marks.pattern_of(curve)
    y = round(plot.axis_of(curve).y(9, plot.area))
    xs = range(int(plot.xs[0]) + 2, int(plot.xs[-1]) - 2)
    inked = [
        QColor(image.pixelColor(x, y)).blue() - QColor(image.pixelColor(x, y)).red() for x in xs
    ]
    assert all(one > 30 for one in inked) is whole


def test_thousands_of_lines_are_each_looked_at_once():
    many = [series(1, 2, 3, label=f"s{number}") for number in range(16_000)]
    began = time.process_time()
    shown(chart(*many))
    assert time.process_time() - began < 7  # each beside all others takes twice as long
