"""Axes: what they are called, where they begin, and what of them is left away."""

import pytest
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import Side
from phdesk.views import theme
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.plot import arrange
from tests.views.charts import canvas
from tests.views.charts.test_xy import chart, series

NAMED = {"left": Side(label="Visits"), "right": Side(label="Errors"), "x_label": "Day of release"}


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


@pytest.fixture
def written(monkeypatch):
    record = {}
    canvas.listen(monkeypatch, lambda words, box, _px: record.update({words: box}))
    return record


def plotted(view, size=(600, 300)):
    return arrange(QRectF(0, 0, *size), view.body, Ink(theme.light(), 1.0))


def test_names_stand_at_their_axes(written):
    view = chart(series(1, 2, 3), series(5, 4, 3, label="Other", right_axis=True), **NAMED)
    canvas.painted(view, 600, 300, theme.light())
    left, right, below = (written[words] for words in ("Visits", "Errors", "Day of release"))
    assert left.right() < 300 < right.left()
    assert max(left.bottom(), right.bottom()) <= min(
        box.top() for words, box in written.items() if words.isdigit()
    )
    assert (
        below.top() >= max(box.bottom() for words, box in written.items() if words == "day 0") - 1
    )


def test_a_small_chart_has_no_names_of_axes(written):
    canvas.painted(chart(series(1, 2, 3), **NAMED), 160, 100, theme.light())
    assert not {"Visits", "Errors", "Day of release"} & written.keys()


def test_long_names_of_both_sides_do_not_touch(written):
    sides = {"left": Side(label="V" * 90), "right": Side(label="E" * 90)}
    canvas.painted(chart(series(1, 2, 3), **sides), 600, 300, theme.light())
    left = next(box for words, box in written.items() if words.startswith("VV"))
    right = next(box for words, box in written.items() if words.startswith("EE"))
    assert left.right() < right.left()


@pytest.mark.parametrize(
    ("mark", "from_zero", "low"),
    [("line", True, 0), ("line", False, 100), ("bar", False, 0), ("area", False, 0)],
)
def test_only_lines_may_begin_near_their_lowest_value(mark, from_zero, low):
    view = chart(series(110, 119, 118, mark=mark), left=Side(from_zero=from_zero))
    axis = plotted(view).left
    assert axis.low == pytest.approx(low, abs=12) if low else axis.low == 0
    assert axis.high >= 119


def test_a_line_of_one_value_begins_at_zero():
    assert plotted(chart(series(5, 5, 5), left=Side(from_zero=False))).left.low == 0


def test_each_side_has_its_own_scale():
    both = series(1, 10, 1000), series(1, 10, 1000, label="Other", right_axis=True)
    view = chart(*both, right=Side(log=True))
    plot = plotted(view)
    assert (plot.left.log, plot.right.log) == (False, True)


def test_numbers_lines_and_names_are_left_away():
    whole = plotted(chart(series(1, 2, 3)))
    bare = plotted(chart(series(1, 2, 3), left=Side(ticks=False), grid=False, x_ticks=False))
    assert whole.left_labels
    assert whole.grid
    assert whole.x_labels
    assert (bare.left_labels, bare.grid, bare.x_labels) == ((), (), ())
    assert bare.area.width() > whole.area.width()
    assert bare.area.height() > whole.area.height()
