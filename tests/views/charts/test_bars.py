"""Horizontal bars stay bars on a small tile, and spread over a large one."""

import pytest
from PySide6.QtCore import QRectF
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
