"""Marks stand below the time axis, never over data or labels, and tell what they mean."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF

from phdesk.core.charts.spec import AxisMark
from phdesk.views import theme
from phdesk.views.charts import axis_marks, paint
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.plot import arrange
from tests.views.charts import canvas
from tests.views.charts.test_xy import RECT, chart, series

RELEASE = AxisMark(at=2, texts=("Release 2.15",))
MUTED = theme.light().muted.name()
LIGHT = theme.light()


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


def marked(*marks, count=5, mark="line"):
    one = series(*range(1, count + 1), mark=mark)
    view = chart(one)
    return replace(view, body=replace(view.body, marks=marks))


def plotted(view, ink=None):
    return arrange(RECT, view.body, ink or Ink(LIGHT))


def lane_middle(plot, body):
    return plot.area.bottom() + axis_marks.lane(body, Ink(LIGHT)) / 2


@pytest.mark.parametrize("mark", ["line", "bar"])
def test_a_diamond_stands_below_the_axis_at_its_bucket(mark):
    view = marked(RELEASE, mark=mark)
    plot = plotted(view)
    image = canvas.painted(view, 400, 240, LIGHT)
    x, y = plot.xs[2], lane_middle(plot, view.body)
    assert image.pixelColor(round(x), round(y)).name() == MUTED
    assert image.pixelColor(round(plot.xs[1]), round(y)).name() != MUTED
    assert canvas.margin_is_untouched(image)


def test_marks_push_the_labels_down_and_touch_neither_labels_nor_data():
    view = marked(RELEASE, AxisMark(at=4, texts=("a", "b")))
    plot = plotted(view)
    plain = plotted(marked())
    lane = axis_marks.lane(view.body, Ink(LIGHT))
    assert plot.area.bottom() == pytest.approx(plain.area.bottom() - lane)
    assert all(label.rect.top() >= plot.area.bottom() + lane for label in plot.x_labels)
    assert [label.rect for label in plot.x_labels] == [label.rect for label in plain.x_labels]


@pytest.mark.parametrize("ratio", [1, 1.5, 2])
@pytest.mark.parametrize("size", [(60, 40), (160, 100), (400, 240), (1200, 700)], ids=str)
def test_marks_keep_to_their_rectangle_at_any_size(size, ratio):
    view = marked(*(AxisMark(at=i, texts=("x",) * (i + 1)) for i in range(5)))
    assert canvas.margin_is_untouched(canvas.painted(view, *size, theme.dark(), ratio))


def test_a_tile_too_low_for_labels_has_no_marks_either():
    view = marked(RELEASE)
    image = canvas.painted(view, 200, 60, LIGHT)
    assert MUTED not in canvas.colors(image)


def test_marks_that_would_touch_become_one_with_their_count():
    marks = [AxisMark(at=i, texts=("x",)) for i in (0, 1, 60)]
    view = marked(*marks, count=90)
    plot = plotted(view)
    found = axis_marks.spots(view.body, plot.xs, Ink(LIGHT))
    assert [spot.total for spot in found] == [2, 1]


def test_marks_of_buckets_that_are_not_there_are_left_out():
    view = marked(AxisMark(at=99, texts=("x",)), AxisMark(at=-1, texts=("y",)))
    assert axis_marks.spots(view.body, plotted(view).xs, Ink(LIGHT)) == []
    assert canvas.margin_is_untouched(canvas.painted(view, 400, 240, LIGHT))


def hit(view, x, y):
    return paint.hit(RECT, view, LIGHT, QPointF(x, y))


def test_pointing_at_a_bucket_tells_its_annotation_before_its_values():
    view = marked(RELEASE)
    plot = plotted(view)
    found = hit(view, plot.xs[2], plot.area.top() + 5)
    assert [line.label for line in found.lines] == ["Release 2.15", "x"]
    assert found.lines[found.near].label == "x"
    other = hit(view, plot.xs[1], plot.area.top() + 5)
    assert [line.label for line in other.lines] == ["x"]


def test_pointing_at_a_mark_tells_its_annotations_alone():
    view = marked(AxisMark(at=2, texts=("Release 2.15", "Webinar")))
    plot = plotted(view)
    found = hit(view, plot.xs[2] + 3, lane_middle(plot, view.body))
    assert (found.title, found.item) == (view.body.x_titles[2], 2)
    assert [line.label for line in found.lines] == ["Release 2.15", "Webinar"]
    assert hit(view, plot.xs[0], lane_middle(plot, view.body)) is None


def test_a_shared_mark_tells_when_each_was():
    marks = (AxisMark(at=0, texts=("a",)), AxisMark(at=1, texts=("b",)))
    view = marked(*marks, count=90)
    plot = plotted(view)
    found = hit(view, plot.xs[0], lane_middle(plot, view.body))
    assert found.title == "2 annotations"
    titles = view.body.x_titles
    assert [(line.label, line.text) for line in found.lines] == [("a", titles[0]), ("b", titles[1])]
