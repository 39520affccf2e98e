"""Horizontal bars stay bars on a small tile, and spread over a large one."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from phdesk.core.charts.spec import BarsBody, Share
from phdesk.views import theme
from phdesk.views.charts import bars
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

PAGES = BarsBody(tuple(
    bodies.share(name, 1500 - 150 * i, f"preset-{i + 1}")
    for i, name in enumerate(("/", "/pricing", "/docs", "/docs/quickstart", "/docs/api", "/blog"))
))  # fmt: skip


def arranged(width, height, body=PAGES, scale=1.0):
    return bars.arrange(QRectF(0, 0, width, height), body, Ink(theme.light(), scale))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [90, 120, 162, 245, 590, 1256, 1896])
def test_bars_are_long_enough_to_compare(qapp, width, scale):
    layout = arranged(width * scale, 128 * scale, scale=scale)
    assert bars._length(layout) >= min(width * 0.5, bars.SHORT) * scale


@pytest.mark.parametrize("width", [90, 120, 162])
def test_names_of_a_small_tile_are_whole_where_there_is_room(written, width):
    canvas.painted(bodies.view(PAGES), width, 128, theme.light())
    words = [one.words for one in written]
    assert {"/pricing", "/docs", "1,350"} <= set(words)
    assert words[-1].startswith("+ ")


@pytest.mark.parametrize("count", [2, 3, 5, 12])
@pytest.mark.parametrize(("width", "height"), [(590, 380), (1256, 740)], ids=str)
def test_rows_spread_over_a_large_tile_up_to_a_limit(qapp, width, height, count):
    body = BarsBody(tuple(bodies.share(f"{i}", 9 - i) for i in range(count)))
    layout = arranged(width, height, body)
    assert layout.row * count >= height * min(count * bars.PART, 0.9) - 0.01
    _, thick = bars._thickness(QRectF(0, 0, width, layout.row), layout, Ink(theme.light()))
    assert thick <= bars.TOP


@pytest.mark.parametrize("width", [90, 162])
def test_bars_below_their_names_do_not_touch_the_next_name(qapp, width):
    layout, ink = arranged(width, 128), Ink(theme.light())
    top, thick = bars._thickness(QRectF(0, 0, width, layout.row), layout, ink)
    assert layout.above
    assert top >= ink.line(layout.px)
    assert top + thick <= layout.row


@pytest.mark.parametrize(
    ("values", "seen"),
    [((1e9, 1.0), True), ((1e9, -1.0), True), ((1e9, 1e-320), True), ((1e9, 0.0), False)],
    ids=str,
)
@pytest.mark.parametrize("size", [(590, 380), (90, 128)], ids=str)
def test_a_bar_that_is_not_zero_is_seen(qapp, size, values, seen):
    shares = tuple(
        Share(label="a", color=f"preset-{i + 1}", value=value, text="")
        for i, value in enumerate(values)
    )
    image = canvas.painted(bodies.view(BarsBody(shares)), *size, theme.light())
    hue = theme.light().color("preset-2")
    near = [
        color
        for color in map(QColor, canvas.colors(image))
        if color.hsvHueF() == pytest.approx(hue.hsvHueF(), abs=0.02) and color.saturation() > 40
    ]
    assert bool(near) is seen


BROWSERS = [bodies.share("visit - Chrome", 30), bodies.share("visit - Safari", 10, "preset-2")]
PILE = BarsBody((Share(label="visit", color="preset-1", value=40, text="40",
                       parts=tuple(BROWSERS)),))  # fmt: skip


def test_a_pile_is_divided_and_names_its_parts(written):
    image = canvas.painted(bodies.view(PILE), 590, 200, theme.light())
    assert {"visit", "40", "visit - Chrome", "visit - Safari"} <= {one.words for one in written}
    widths = [
        sum(image.pixelColor(x, 80) == theme.light().color(token) for x in range(image.width()))
        for token in ("preset-1", "preset-2")
    ]
    assert widths[0] == pytest.approx(3 * widths[1], abs=8)


def test_a_part_of_a_pile_is_found_under_the_pointer(qapp):
    rect, ink = QRectF(0, 0, 590, 200), Ink(theme.light())
    _, foot = bars._names(rect, PILE, ink)
    layout = bars.arrange(rect.adjusted(0, 0, 0, -foot.height()), PILE, ink)
    middle = layout.zero + 40 * layout.unit / 40
    near_end = bars.hit(rect, PILE, ink, QPointF(middle - 5, layout.row / 2))
    near_start = bars.hit(rect, PILE, ink, QPointF(layout.zero + 5, layout.row / 2))
    assert (near_start.near, near_end.near) == (0, 1)
    assert [(line.label, line.text) for line in near_end.lines] == [
        ("visit - Chrome", "30"),
        ("visit - Safari", "10"),
    ]
    assert near_end.total == "40"


def test_a_small_pile_keeps_its_name_rather_than_those_of_its_parts(written):
    canvas.painted(bodies.view(PILE), 90, 90, theme.light())
    assert "visit" in {one.words for one in written}
    assert "visit - Chrome" not in {one.words for one in written}
