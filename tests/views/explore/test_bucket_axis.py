"""The labels below the big chart: chosen as on tiles, apart from each other, inside the axis."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.core.dates import bucket_labels, dated_labels
from phdesk.views import theme as look
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.plot import arrange
from phdesk.views.explore.axes import BucketAxis
from tests.views.explore.page import plot
from tests.views.explore.samples import lines, view

HOURS = tuple(f"2026-11-{1 + hour // 24:02} {hour % 24:02}:00:00" for hour in range(24 * 14))


def body(labels, dated=()):
    one = XYSeries(label="A", color="preset-1", values=(1.0,) * len(labels))
    return XYBody(x_labels=labels, x_titles=labels, x_dated=dated, series=(one,))


def by_hour():
    names = tuple(short for short, _ in bucket_labels(HOURS, "hour"))
    return body(names, dated_labels(HOURS, "hour"))


CHARTS = {
    "days": body(tuple(f"{1 + i % 30} Nov" for i in range(90))),
    "hours": by_hour(),
    "many": body(tuple(f"Bucket number {i}" for i in range(10_000))),
    "few long": body(tuple(f"A name that is quite long for an axis {i}" for i in range(5))),
    "one": body(("1 Nov",)),
    "none": body(()),
}


@pytest.fixture(scope="module")
def axis(qapp):
    return BucketAxis(look.light())


@given(
    name=st.sampled_from(sorted(CHARTS)),
    start=st.floats(-0.6, 1.0),
    share=st.floats(0.001, 1.0),
    width=st.floats(80, 2400),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_labels_never_touch_and_stay_inside(axis, name, start, share, width):
    chart = CHARTS[name]
    axis.set_body(chart, look.light())
    low = start * len(chart.x_labels)
    high = low + max(share * len(chart.x_labels), 1.2)
    (_, ticks), *_ = axis.tickValues(low, high, width)
    places = [label.rect for _, label in axis._placed]
    assert all(rect.left() >= 0 and rect.right() <= width for rect in places)
    assert all(b.left() - a.right() >= 5 for a, b in pairwise(places))
    assert all(low <= tick <= high for tick in ticks)
    middles = [(tick - low) / (high - low) * width for tick in ticks]
    for rect, middle in zip(places, middles, strict=True):
        inside = QRectF(rect).adjusted(-2, 0, 2, 0)
        assert inside.contains(middle, rect.center().y()), "a label stands at its bucket"


@pytest.mark.parametrize("name", ["days", "hours", "few long"])
def test_the_same_labels_as_on_a_tile_of_that_width(axis, name):
    chart = CHARTS[name]
    tile = arrange(QRectF(0, 0, 900, 400), chart, Ink(look.light()))
    axis.set_body(chart, look.light())
    axis.tickValues(0, len(chart.x_labels) - 1, tile.area.width())
    assert [label.text for _, label in axis._placed] == [one.text for one in tile.x_labels]


def test_the_first_hour_in_view_names_its_day(axis):
    axis.set_body(by_hour(), look.light())
    axis.tickValues(29.5, 40.5, 900)
    texts = [label.text for _, label in axis._placed]
    assert texts[0].startswith("2 Nov")
    assert not any("Nov" in text for text in texts[1:])


def test_labels_are_painted_inside_at_any_zoom(qtbot, explore):
    explore.set_view(view(lines(), short_id="zoomed"))
    chart = plot(explore)
    for low, high in ((-0.3, 29.3), (3.2, 9.9), (27.0, 29.6)):
        chart._zoom.setXRange(low, high, padding=0)
        chart.grab()
        width = chart._x.size().width()
        assert chart._x._placed
        assert all(label.rect.left() >= 0 for _, label in chart._x._placed)
        assert all(label.rect.right() <= width for _, label in chart._x._placed)
