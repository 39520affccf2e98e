"""Axes at the sides of the big chart, and what stands below it."""

from datetime import date, timedelta

import pytest
from msgspec import structs
from PySide6.QtCore import QPoint

from phdesk.core.charts.spec import AxisMark, GoalLine, Overlay, XYBody, XYSeries
from phdesk.core.dates import bucket_labels
from phdesk.core.formatting import Format
from phdesk.views import theme as look
from phdesk.views.explore.plot import Plot
from tests.views.explore.page import place_of, plot, readings_at
from tests.views.explore.samples import LABELS, lines, view


def chart(*many, **more):
    labels = LABELS[: max(len(one.values) for one in many)]
    return XYBody(x_labels=labels, x_titles=labels, series=many, **more)


def series(number, *values, **more):
    return XYSeries(
        label=f"S{number}",
        color=f"preset-{number + 1}",
        values=values,
        axis=number,
        right_axis=number % 2 > 0,
        **more,
    )


@pytest.fixture
def made(qtbot):
    widget = Plot(look.light())
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    with qtbot.waitExposed(widget, timeout=5_000):
        widget.show()
    return widget


def tops(widget):
    return [box.viewRange()[1][1] for box in widget._sides.boxes]


def places(axes):
    return [axis.scenePos().x() for axis in axes]


def labels(axis, top):
    (_, ticks), *_ = axis.tickValues(0, top, 400)
    return axis.tickStrings(ticks, 1, 1)


FOUR = chart(*(series(i, 10.0**i, 2 * 10.0**i) for i in range(4)), right_format=Format(prefix="$"))


def test_each_of_four_axes_has_its_own_range_place_and_format(qtbot, made):
    made.set_body(FOUR)
    axes = made._sides.axes
    assert all(axis.isVisible() for axis in axes)
    assert tops(made) == pytest.approx([2.1, 21, 210, 2100])
    assert [labels(axis, top)[-1] for axis, top in zip(axes, tops(made), strict=True)] == [
        "2",
        "$20",
        "200",
        "$2k",
    ]
    qtbot.waitUntil(lambda: places(axes)[2] < places(axes)[0] < places(axes)[1] < places(axes)[3])


def test_several_axes_wear_the_colour_of_their_series_and_one_alone_does_not(made):
    made.set_body(FOUR)
    theme = look.light()
    assert [axis.pen().color() for axis in made._sides.axes] == [
        theme.color(f"preset-{i + 1}") for i in range(4)
    ]
    made.set_body(chart(series(0, 1.0, 2.0)))
    assert made._sides.axes[0].textPen().color() == theme.muted


def test_an_axis_of_hidden_series_is_away(made):
    hidden = structs.replace(FOUR.series[3], hidden=True)
    made.set_body(structs.replace(FOUR, series=(*FOUR.series[:3], hidden)))
    assert [axis.isVisible() for axis in made._sides.axes] == [True, True, True, False]


def test_zooming_the_height_zooms_all_axes(made):
    made.set_body(FOUR)
    low, high = made._zoom.viewRange()[1]
    made._zoom.setYRange(low, (low + high) / 2, padding=0)
    assert tops(made) == pytest.approx([1.05, 10.5, 105, 1050], rel=0.01)


def test_what_follows_from_series_lies_within_the_height(made):
    overlay = Overlay(series=0, values=(40.0, -10.0))
    made.set_body(chart(series(0, 1.0, 2.0), overlays=(overlay,)))
    low, high = made._zoom.viewRange()[1]
    assert low < -10
    assert high > 40


def test_a_stack_of_percent_ends_at_one_hundred(made):
    bars = [series(0, 1.0, 2.0, mark="bar"), series(0, 3.0, 4.0, mark="bar")]
    made.set_body(chart(*bars, stacked=True, percent=True))
    assert made._zoom.viewRange()[1][1] == 100


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        pytest.param(0, 15_000, ["0", "5k", "10k", "15k"], id="short"),
        pytest.param(12_300, 12_450, ["12,300", "12,350", "12,400", "12,450"], id="would be wrong"),
        pytest.param(12_345, 12_348, ["12,345", "12,346", "12,347", "12,348"], id="would be equal"),
        pytest.param(0.001, 0.003, ["0.001", "0.002", "0.003"], id="small"),
    ],
)
def test_numbers_are_written_in_full_where_short_ones_would_lie(made, low, high, texts):
    made.set_body(chart(series(0, 0.5, 12_360.25)))
    axis = made._sides.axes[0]
    (_, ticks), *_ = axis.tickValues(low, high, 260)
    assert axis.tickStrings(ticks, 1, 1) == texts


def test_goals_close_to_each_other_are_named_on_both_sides(made):
    goals = tuple(GoalLine(f"G{value:g}", value, "") for value in (50.0, 51.0, 90.0))
    made.set_body(chart(series(0, 1.0, 100.0), goal_lines=goals))
    found = [item for _, item in made._items if hasattr(item, "label")]
    sides = {item.label.format: item.label.anchors[0][1] for item in found}
    assert sides == {"G50": 0, "G51": 1, "G90": 1}


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        pytest.param(300, "1 Jan", "26 Oct", id="within a year"),
        pytest.param(800, "1 Jan 2024", "10 Mar 2026", id="more than a year"),
    ],
)
def test_days_name_their_year_only_where_they_come_again(made, days, first, last):
    dates = [date(2024, 1, 1) + timedelta(days=number) for number in range(days)]
    starts = tuple(one.isoformat() for one in dates)
    names = tuple(short for short, _ in bucket_labels(starts, "day"))
    one = XYSeries(label="A", color="preset-1", values=tuple(map(float, range(days))))
    made.set_body(XYBody(x_labels=names, x_titles=names, x_starts=starts, series=(one,)))
    axis = made._x
    (_, ticks), *_ = axis.tickValues(days - 2, days - 1, 600)
    assert axis.tickStrings(ticks, 1, 1)[-1] == last
    (_, ticks), *_ = axis.tickValues(-0.5, days - 0.5, 600)
    assert axis.tickStrings(ticks, 1, 1)[0] == first


MARKS = (
    AxisMark(at=5, texts=("Release 2.0",)),
    AxisMark(at=20, texts=("Outage", "Campaign")),
    AxisMark(at=99, texts=("Out of range",)),
)


@pytest.fixture
def marked(explore):
    explore.set_view(view(structs.replace(lines(), marks=MARKS), short_id="marked"))
    return explore


def below_axis(page, bucket):
    chart_ = plot(page)
    x = place_of(page, bucket).x()
    bottom = chart_.mapFromScene(chart_._zoom.sceneBoundingRect()).boundingRect().bottom()
    return QPoint(x, bottom + 9)


def test_marks_are_drawn_below_the_axis_and_make_room(qtbot, marked):
    image = plot(marked).grab().toImage()
    ratio = image.devicePixelRatio()
    at = below_axis(marked, 5)
    muted = look.light().muted
    near = [
        image.pixelColor(round((at.x() + dx) * ratio), round((at.y() + dy) * ratio))
        for dx in (-1, 0, 1)
        for dy in (-2, -1, 0, 1)
    ]
    assert muted in near
    high = plot(marked)._x.height()
    plot(marked).set_body(lines())
    qtbot.waitUntil(lambda: plot(marked)._x.height() < high)


def test_a_mark_tells_its_words_on_hover(marked):
    assert plot(marked).words_at(below_axis(marked, 5)) == "6 Nov 2026: Release 2.0"
    assert plot(marked).words_at(below_axis(marked, 20)) == (
        "21 Nov 2026: Outage\n21 Nov 2026: Campaign"
    )
    assert plot(marked).words_at(below_axis(marked, 12)) == ""
    assert plot(marked).words_at(place_of(marked, 5)) == ""


def test_the_crosshair_reads_the_marks_of_its_bucket(marked):
    assert readings_at(marked, 20)[:3] == ["21 Nov 2026", "Outage", "Campaign"]
    assert readings_at(marked, 21)[1].startswith("Signed up")
