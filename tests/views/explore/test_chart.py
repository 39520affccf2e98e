"""The big chart: crosshair, region, zoom, pan, axes."""

import numpy as np
import pytest
from msgspec.structs import replace
from pyqtgraph import TextItem
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from phdesk.core.charts.spec import Table, XYBody, XYSeries
from phdesk.views import theme as look
from phdesk.views.explore.course import Course
from phdesk.views.explore.readout import Readout
from phdesk.views.explore.series_panel import SeriesPanel
from tests.views.explore.page import (
    LEFT_BUTTON,
    button,
    cells,
    double_click,
    drag,
    place_of,
    plot,
    texts,
)
from tests.views.explore.samples import LABELS, lines, view

SUM = 3  # column of the legend


def test_ten_thousand_points_of_five_series_are_drawn_without_a_warning(qtbot, explore):
    count = 10_000
    rng = np.random.default_rng(7)
    series = tuple(
        XYSeries(
            label=f"S{i}",
            color=f"preset-{i + 1}",
            values=tuple(None if j == 77 else float(v) for j, v in enumerate(rng.random(count))),
            dashed_from=count - 1,
        )
        for i in range(5)
    )
    labels = tuple(str(i) for i in range(count))
    explore.set_view(view(XYBody(x_labels=labels, x_titles=labels, series=series)))
    assert not plot(explore).grab().isNull()
    courses = [item for _, item in plot(explore)._items if isinstance(item, Course)]
    long = [item for item in courses if len(item.values()) > 2]
    assert [item.opts["pen"].widthF() for item in long] == [1] * 5
    assert all(len(item.xData) < 2 * plot(explore).width() for item in long)
    assert len(cells(explore)) == count


def test_a_log_axis_of_zeros_is_disabled_and_says_why(qtbot, explore):
    zero = XYSeries(label="A", color="preset-1", values=(0.0, -5.0))
    explore.set_view(view(XYBody(x_labels=("a", "b"), x_titles=("a", "b"), series=(zero,))))
    assert not button(explore, "Log axis").isEnabled()
    assert "above zero" in button(explore, "Log axis").toolTip()
    qtbot.keyClick(plot(explore), Qt.Key.Key_L)
    assert not button(explore, "Log axis").isChecked()


def test_the_crosshair_follows_the_mouse_and_reads_the_bucket(qtbot, explore):
    chart = plot(explore)
    with qtbot.waitSignal(chart.bucket_changed) as fact:
        qtbot.mouseMove(chart.viewport(), place_of(explore, 12.3))
    assert fact.args == [12]
    assert chart.accessibleDescription() == (
        "13 Nov 2026; Signed up: 926 +6.9%; Signed up (previous): 866; "
        "Onboarding completed: 551; First insight saved: 427"
    )
    rows = explore.findChild(SeriesPanel)
    assert [rows.topLevelItem(i).text(1) for i in range(4)] == ["926", "551", "427", "866"]


def test_a_click_pins_the_crosshair(qtbot, explore):
    chart = plot(explore)
    qtbot.mouseMove(chart.viewport(), place_of(explore, 5))
    qtbot.mouseClick(chart.viewport(), LEFT_BUTTON, pos=place_of(explore, 5))
    qtbot.mouseMove(chart.viewport(), place_of(explore, 20))
    assert chart.bucket() == 5


def test_the_region_counts_and_its_ends_move_by_keyboard(qtbot, explore):
    chart, rows = plot(explore), explore.findChild(SeriesPanel)
    assert rows.isColumnHidden(SUM)
    qtbot.keyClick(chart, Qt.Key.Key_R)
    first, last = chart.region()
    values = lines().series[0].values[first : last + 1]
    assert not rows.isColumnHidden(SUM)
    assert rows.topLevelItem(0).text(SUM) == f"{sum(values):,}"
    qtbot.keyClick(chart, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert chart.region() == (first, last + 1)
    longer = lines().series[0].values[first : last + 2]
    assert rows.topLevelItem(0).text(SUM) == f"{sum(longer):,}"
    qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert chart.region() == (first - 1, last + 1)
    qtbot.keyClick(chart, Qt.Key.Key_R)
    assert chart.region() is None
    assert rows.isColumnHidden(SUM)
    assert not button(explore, "Region").isChecked()


def test_a_drag_zooms_into_its_box_and_a_double_click_resets(qtbot, explore):
    chart = plot(explore)
    whole = chart._zoom.viewRange()[0]
    start, end = place_of(explore, 5, 900), place_of(explore, 15, 300)
    drag(qtbot, chart, start, end)
    assert chart._zoom.viewRange()[0] == pytest.approx([5, 15], abs=0.6)
    double_click(qtbot, chart.viewport(), start)
    assert chart._zoom.viewRange()[0] == pytest.approx(whole)


def test_dragging_the_region_counts_again_and_does_not_zoom(qtbot, explore):
    chart = plot(explore)
    qtbot.keyClick(chart, Qt.Key.Key_R)
    whole, (first, last) = chart._zoom.viewRange(), chart.region()
    middle = (first + last) / 2
    start, end = place_of(explore, middle, 700), place_of(explore, middle + 4, 700)
    with qtbot.waitSignal(chart.region_changed):
        drag(qtbot, chart, start, end)
    assert chart.region()[0] > first
    assert chart._zoom.viewRange() == whole


def test_a_shift_drag_pans(qtbot, explore):
    chart = plot(explore)
    chart._zoom.setXRange(10, 20, padding=0)
    start, end = place_of(explore, 15), place_of(explore, 12)
    drag(qtbot, chart, start, end, Qt.KeyboardModifier.ShiftModifier)
    low, high = chart._zoom.viewRange()[0]
    assert high - low == pytest.approx(10)
    assert low > 11


def test_a_tiny_drag_is_no_zoom(qtbot, explore):
    chart = plot(explore)
    whole = chart._zoom.viewRange()
    start = place_of(explore, 12)
    drag(qtbot, chart, start, start + QPoint(3, 3))
    assert chart._zoom.viewRange() == whole


def test_value_labels_stand_above_their_bars(explore):
    one = XYSeries(label="A", color="preset-1", values=(4.0, None, 2.0), mark="bar")
    labels = ("a", "b", "c")
    body = XYBody(x_labels=labels, x_titles=labels, series=(one,), value_labels=("40%", "", "20%"))
    explore.set_view(view(body))
    items = [item for _, item in plot(explore)._items if isinstance(item, TextItem)]
    assert [(i.toPlainText(), i.pos().x(), i.pos().y()) for i in items] == [
        ("40%", 0, 4),
        ("20%", 2, 2),
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(XYBody(x_labels=(), x_titles=(), series=()), id="no buckets"),
        pytest.param(
            XYBody(
                x_labels=("a",),
                x_titles=("a",),
                series=(XYSeries(label="A", color="preset-1", values=(None,)),),
            ),
            id="no values",
        ),
        pytest.param(
            XYBody(
                x_labels=("a", "b"),
                x_titles=("a",),
                series=(XYSeries(label="A", color="nope", values=(1e300,)),),
            ),
            id="short and huge",
        ),
    ],
)
def test_odd_charts_are_no_trouble(qtbot, explore, body):
    explore.set_view(view(body, table=Table()))
    for key in (Qt.Key.Key_R, Qt.Key.Key_L, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Plus):
        qtbot.keyClick(plot(explore), key)
    assert not plot(explore).grab().isNull()


def test_a_series_of_the_right_axis_has_its_own_scale(qtbot, explore):
    small = XYSeries(label="A", color="preset-1", values=(1.0, 2.0))
    large = XYSeries(label="B", color="preset-2", values=(1000.0, 2000.0), right_axis=True)
    explore.set_view(view(XYBody(x_labels=("a", "b"), x_titles=("a", "b"), series=(small, large))))
    chart = plot(explore)
    boxes, axes = chart._sides.boxes, chart._sides.axes
    assert boxes[0].viewRange()[1][1] < 3
    assert boxes[1].viewRange()[1][1] > 2000
    assert [axis.isVisible() for axis in axes] == [True, True, False, False]


def test_the_theme_can_be_switched_while_all_is_shown(qtbot, explore):
    qtbot.keyClick(plot(explore), Qt.Key.Key_R)
    plot(explore).move_to(3)
    before = plot(explore)._zoom.viewRange()
    look.apply(QApplication.instance(), look.dark())
    explore.set_theme(look.dark())
    image = plot(explore).grab().toImage()
    assert image.pixelColor(2, 2) == look.dark().surface
    assert plot(explore)._zoom.viewRange() == before
    assert plot(explore).region() is not None


def test_the_x_axis_names_its_buckets(explore):
    axis = plot(explore)._x
    (_, ticks), *_ = axis.tickValues(-0.3, 29.3, 600)
    assert ticks[0] == 0
    assert axis.tickStrings(ticks, 1, 1) == [LABELS[round(tick)] for tick in ticks]


def test_a_log_axis_says_what_it_leaves_out(qtbot, explore):
    some = XYSeries(label="A", color="preset-1", values=(0.0, 5.0, None, -1.0, 7.0))
    labels = tuple("abcde")
    explore.set_view(view(XYBody(x_labels=labels, x_titles=labels, series=(some,))))
    assert not any("left out" in text for text in texts(explore))
    qtbot.keyClick(plot(explore), Qt.Key.Key_L)
    assert "2 values of zero or less left out" in texts(explore)
    assert not plot(explore).grab().isNull()


def test_the_region_stays_pale_under_the_pointer(qtbot, explore):
    plot(explore).set_region_shown(True)
    assert plot(explore)._region.hoverBrush.color().alpha() < 80


def test_a_region_says_which_buckets_it_counts(qtbot, explore):
    qtbot.keyClick(plot(explore), Qt.Key.Key_R)
    first, last = plot(explore).region()
    words = f"{first + 1} Nov 2026 – {last + 1} Nov 2026 · {last - first + 1} buckets"
    assert words in texts(explore)
    plot(explore)._region.setRegion((20, 29))
    assert "21 Nov 2026 – 30 Nov 2026 · 10 buckets · incomplete ones only in sums" in texts(explore)
    qtbot.keyClick(plot(explore), Qt.Key.Key_R)
    assert not any("buckets" in text for text in texts(explore))


@pytest.mark.parametrize(
    ("reasons", "has_column"),
    [(("unique users cannot be added up",) * 4, False), (("", "a", "a", "a"), True)],
    ids=["no series adds up", "one does"],
)
def test_a_sum_is_offered_only_where_it_is_true(qtbot, explore, reasons, has_column):
    body = lines(previous=True)
    series = tuple(replace(one, no_sum=why) for one, why in zip(body.series, reasons, strict=True))
    explore.set_view(view(replace(body, series=series), short_id="users"))
    qtbot.keyClick(plot(explore), Qt.Key.Key_R)
    rows = explore.findChild(SeriesPanel)
    assert rows.isColumnHidden(SUM) is not has_column
    assert not rows.isColumnHidden(SUM + 1), "averages are true"
    last = rows.topLevelItem(3)
    assert (last.text(SUM), last.toolTip(SUM)) == ("–", f"No sum: {reasons[3]}")
    assert any(f"no sum: {reasons[3]}" in text for text in texts(explore))


def test_the_series_nearest_to_the_pointer_stands_out(qtbot, explore):
    chart = plot(explore)
    readout = chart.findChild(Readout)
    for value, number in ((926, 0), (551, 1), (400, 2), (866, 3)):
        qtbot.mouseMove(chart.viewport(), place_of(explore, 12, value))
        assert readout._near == number
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert readout._near is None


def test_inside_a_stack_the_part_under_the_pointer_stands_out(qtbot, explore):
    explore.set_view(view(lines("bar", stacked=True), short_id="stack"))
    chart = plot(explore)
    first, second = (one.values[12] for one in lines().series[:2])
    qtbot.mouseMove(chart.viewport(), place_of(explore, 12, first + second * 0.1))
    assert chart.findChild(Readout)._near == 1


def test_the_crosshair_out_of_view_takes_its_box_along_and_keys_bring_it_back(qtbot, explore):
    chart = plot(explore)
    chart.move_to(3)
    chart._zoom.setXRange(10, 20, padding=0)
    assert not chart.findChild(Readout).isVisible()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    low, high = chart._zoom.viewRange()[0]
    assert low <= 4 <= high
    assert high - low == pytest.approx(10)
    assert chart.findChild(Readout).isVisible()


@pytest.mark.parametrize(("value", "seen"), [(1.0, True), (0.0, False)])
@pytest.mark.parametrize("log", [False, True], ids=["linear", "log"])
def test_a_bar_that_is_not_zero_has_a_pixel(qtbot, explore, value, seen, log):
    labels = tuple("abc")
    one = XYSeries(label="A", color="preset-5", values=(1e7, value, 1e7), mark="bar")
    body = XYBody(x_labels=labels, x_titles=labels, series=(one,), log=log)
    explore.set_view(view(body, short_id=f"low {value}"))
    image = plot(explore).grab().toImage()
    color = look.light().color("preset-5")
    column = place_of(explore, 1).x()
    assert any(image.pixelColor(column, y) == color for y in range(image.height())) is seen
