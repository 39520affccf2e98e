"""Lines, areas and bars stand where their values are."""

import itertools
import random
import re

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage

from phdesk.core.charts.spec import GoalLine, TileView, XYSeries
from phdesk.core.formatting import Format
from phdesk.views import theme
from phdesk.views.charts import marks, paint, xy
from phdesk.views.charts.curves import curves
from phdesk.views.charts.hit import HitLine
from phdesk.views.charts.ink import Ink, mix
from phdesk.views.charts.plot import Plot, arrange
from tests.views.charts import bodies, canvas

RECT = QRectF(canvas.MARGIN, canvas.MARGIN, 400, 240)
BLUE = "#1d4aff"


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


def series(*values, mark="line", **more):
    return XYSeries(label=more.pop("label", "x"), color=more.pop("color", "preset-1"),
                    values=values, mark=mark, **more)  # fmt: skip


def chart(*all_series, **more) -> TileView:
    count = max(len(one.values) for one in all_series)
    labels = tuple(f"day {i}" for i in range(count))
    return bodies.view(bodies.xy(*all_series, labels=labels, **more))


def plotted(view: TileView) -> Plot:
    return arrange(RECT, view.body, Ink(theme.light()))


def shown(view: TileView) -> QImage:
    return canvas.painted(view, 400, 240, theme.light())


def color_at(image: QImage, x: float, y: float) -> str:
    return image.pixelColor(int(x), int(y)).name()


def solid(image: QImage, y: float, left: float, right: float, color: str) -> int:
    """Count the pixels near a height that are nearly of a colour."""
    wanted, rows = QColor(color), (-1, 0, 1)
    close = 0
    for x in range(int(left), int(right)):
        near = [image.pixelColor(x, int(y) + row) for row in rows]
        close += any(
            abs(one.red() - wanted.red()) + abs(one.green() - wanted.green()) < 60 for one in near
        )
    return close


def test_a_bar_has_its_colour_below_its_value_and_not_above():
    view = chart(series(10, 5, mark="bar"))
    plot, image = plotted(view), shown(view)
    middle = plot.left.y(5, plot.area)
    assert color_at(image, plot.xs[0], middle - 20) == BLUE
    assert color_at(image, plot.xs[1], middle + 20) == BLUE
    assert color_at(image, plot.xs[1], middle - 20) != BLUE


def test_negative_bars_hang_from_zero():
    view = chart(series(-4, 4, mark="bar"))
    plot, image = plotted(view), shown(view)
    zero = plot.left.y(0, plot.area)
    assert color_at(image, plot.xs[0], zero + 20) == BLUE
    assert color_at(image, plot.xs[0], zero - 20) != BLUE
    assert color_at(image, plot.xs[1], zero - 20) == BLUE


def test_stacked_bars_pile_up_in_order():
    view = chart(series(4, mark="bar"), series(6, mark="bar", color="preset-4"), stacked=True)
    plot, image = plotted(view), shown(view)
    assert color_at(image, plot.xs[0], plot.left.y(2, plot.area)) == BLUE
    assert color_at(image, plot.xs[0], plot.left.y(7, plot.area)) == "#ce0e74"


def test_a_line_is_solid_and_its_unfinished_part_dashed():
    view = chart(series(*[5.0] * 11, dashed_from=6))
    plot, image = plotted(view), shown(view)
    y = plot.left.y(5, plot.area)
    done = solid(image, y, plot.xs[0] + 3, plot.xs[5] - 3, BLUE)
    pending = solid(image, y, plot.xs[5] + 3, plot.xs[10] - 3, BLUE)
    width = plot.xs[5] - plot.xs[0] - 6
    assert done >= width - 2
    assert width * 0.3 < pending < width * 0.8


def test_an_unfinished_bar_is_pale_with_a_dashed_edge():
    view = chart(series(5, 5, mark="bar", dashed_from=1))
    plot, image = plotted(view), shown(view)
    y = plot.left.y(2.5, plot.area)
    assert color_at(image, plot.xs[0], y) == BLUE
    assert color_at(image, plot.xs[1], y) == mix(QColor("#ffffff"), QColor(BLUE), 0.3).name()


def test_the_previous_period_is_half_as_strong_and_dashed():
    view = chart(series(*[5.0] * 11, previous=True, dashed_from=3))
    plot, image = plotted(view), shown(view)
    curve = plot.curves[0]
    half = marks.color_of(curve, Ink(theme.light()))
    assert half == mix(QColor("#ffffff"), QColor(BLUE), 0.5)
    y, width = plot.left.y(5, plot.area), plot.area.width() - 8
    seen = solid(image, y, plot.area.x() + 4, plot.area.right() - 4, half.name())
    assert width * 0.4 < seen < width * 0.85
    assert not solid(image, y, plot.area.x() + 4, plot.area.right() - 4, BLUE)


def test_series_beyond_the_eighth_differ_by_their_dashes():
    drawn = curves(chart(*[series(1, 2) for _ in range(20)]).body)
    patterns = [marks.pattern_of(curve) for curve in drawn]
    assert patterns[:8] == [None] * 8
    assert None not in patterns[8:16]
    assert patterns[8] != patterns[16]


def test_gaps_are_not_drawn():
    view = chart(series(5, 5, None, None, 5, 5))
    plot, image = plotted(view), shown(view)
    y = plot.left.y(5, plot.area)
    assert solid(image, y, plot.xs[0] + 2, plot.xs[1] - 2, BLUE)
    assert not solid(image, y, plot.xs[1] + 4, plot.xs[4] - 4, BLUE)


def test_the_only_point_of_a_series_is_a_large_dot():
    view = chart(series(5))
    plot = plotted(view)
    y = plot.left.y(5, plot.area)
    assert solid(shown(view), y, plot.xs[0] - 8, plot.xs[0] + 8, BLUE) >= 8


def test_a_lonely_point_is_a_dot():
    view = chart(series(None, 5, None))
    plot, image = plotted(view), shown(view)
    assert color_at(image, plot.xs[1], plot.left.y(5, plot.area)) == BLUE


def test_hidden_series_do_not_count():
    view = chart(series(1, 2), series(1000, 2000, hidden=True))
    assert plotted(view).left.high < 3
    assert len(plotted(view).curves) == 1


def test_percent_reaches_the_top():
    view = chart(series(1, 0, mark="area"), series(3, 0, mark="area"), percent=True)
    drawn = plotted(view).curves
    assert drawn[0].highs == [25, 0]
    assert drawn[1].highs == [100, 0]
    assert [label.text for _, label in plotted(view).left_labels][-1] == "100%"


def test_the_right_axis_has_its_own_scale_and_format():
    money = series(1e6, 2e6, right_axis=True)
    view = chart(series(1, 2), money, right_format=Format(style="currency"))
    plot = plotted(view)
    assert plot.right.high > 1e6 > plot.left.high
    assert plot.right_labels[-1][1].text == "$2M"


def test_durations_get_whole_hours():
    view = chart(series(3600.0 * 7, 3600.0), format=Format(style="duration"))
    assert [label.text for _, label in plotted(view).left_labels] == ["0s", "2h", "4h", "6h", "8h"]


def test_counts_never_get_half_ticks():
    labels = [label.text for _, label in plotted(chart(series(0, 1))).left_labels]
    assert labels == ["0", "1"]


def test_a_log_axis_spreads_powers_evenly():
    plot = plotted(chart(series(1, 10, 100, 1000), log=True))
    heights = [plot.left.y(10**power, plot.area) for power in range(4)]
    gaps = [a - b for a, b in itertools.pairwise(heights)]
    assert gaps == pytest.approx([gaps[0]] * 3)


def test_a_goal_line_is_inside_and_named():
    view = chart(series(1, 2), goal_lines=(GoalLine("Target", 50, "50"),))
    plot = plotted(view)
    assert plot.left.high >= 50
    y = plot.left.y(50, plot.area)
    assert plot.area.top() - 0.01 <= y < plot.area.bottom()


def test_date_labels_are_four_to_six_and_apart():
    body = bodies.xy(*bodies.lines())
    labels = arrange(RECT, body, Ink(theme.light())).x_labels
    assert 4 <= len(labels) <= 6
    assert (labels[0].text, labels[-1].text) == ("1 Oct", "26 Oct")


def test_a_small_chart_drops_legend_then_labels():
    body, ink = bodies.xy(*bodies.lines()), Ink(theme.light())
    assert arrange(QRectF(0, 0, 300, 200), body, ink).legend.height() > 0
    low = arrange(QRectF(0, 0, 300, 90), body, ink)
    assert low.legend.height() == 0
    assert low.x_labels
    tiny = arrange(QRectF(0, 0, 100, 40), body, ink)
    assert not tiny.x_labels
    assert not tiny.left_labels


def test_on_a_wall_lines_carry_their_names():
    body = bodies.xy(*bodies.lines())
    wall = arrange(QRectF(0, 0, 900, 500), body, Ink(theme.dark(), 2.0))
    assert {label.text for _, label in wall.end_labels} == {one.label for one in body.series}
    assert wall.legend.height() == 0


def test_ten_thousand_points_keep_their_extremes():
    random.seed(7)
    values = [random.random() for _ in range(10_000)]
    values[5_003] = 40.0
    view = chart(series(*values))
    plot, image = plotted(view), shown(view)
    x = int(plot.xs[5_003])
    y = int(plot.left.y(39, plot.area))
    near = {image.pixelColor(x + dx, y).name() for dx in (-1, 0, 1)}
    assert near != {"#00ff01"}
    assert not near <= {color_at(image, x + 12, y)}


def test_hitting_finds_the_nearest_bucket_with_its_values_sorted():
    view = chart(series(1, 20, 3, label="low"), series(5, 600, 7, label="high", color="preset-2"))
    plot = plotted(view)
    point = QPointF(plot.xs[1] + 20, plot.left.y(20, plot.area))
    found = paint.hit(RECT, view, theme.light(), point)
    assert found.title == "Thursday day 1 2026"
    assert found.lines == (HitLine("preset-2", "high", "600"), HitLine("preset-1", "low", "20"))
    assert found.x == plot.xs[1]
    assert found.near == 1


def test_hitting_writes_a_gap_as_a_dash_at_the_end():
    view = chart(series(None, None, label="none"), series(-5, 2, label="some"))
    found = paint.hit(RECT, view, theme.light(), QPointF(RECT.x() + 30, RECT.y() + 30))
    assert [(line.label, line.text) for line in found.lines] == [("some", "-5"), ("none", "–")]


def test_hitting_a_stacked_part_names_that_part():
    view = chart(series(4, 4, mark="bar"), series(6, 6, mark="bar", label="top"), stacked=True)
    plot = plotted(view)
    point = QPointF(plot.xs[0], plot.left.y(7, plot.area))
    found = paint.hit(RECT, view, theme.light(), point)
    assert found.lines[found.near].label == "top"


def test_below_the_plot_there_is_nothing_to_hit():
    view = chart(series(1, 2), series(3, 4))
    assert paint.hit(RECT, view, theme.light(), QPointF(60, RECT.bottom() - 2)) is None


COMPARED = bodies.xy(
    series(120, 50, 30, label="now", color="preset-1", dashed_from=2),
    series(100, 0, 60, label="now (previous)", color="preset-1", previous=True),
    series(7, 7, 7, label="other", color="preset-2"),
    labels=("a", "b", "c"),
)


@pytest.mark.parametrize(
    ("item", "change"),
    [(0, "+20%"), (1, ""), (2, "")],
    ids=["compared", "nothing before", "still counted"],
)
def test_a_tooltip_compares_with_the_same_bucket_of_the_period_before(item, change):
    found = xy.hit_at(RECT, COMPARED, Ink(theme.light()), item)
    assert {line.label: line.change for line in found.lines} == {
        "now": change,
        "now (previous)": "",
        "other": "",
    }


def test_names_in_the_legend_are_found_where_they_stand_and_hidden_ones_too():
    body = replace(
        COMPARED,
        series=(*COMPARED.series[:2], replace(COMPARED.series[2], hidden=True)),
        set_aside=(2,),
    )
    ink = Ink(theme.light())
    line = arrange(RECT, body, ink).legend
    seen = [
        xy.part_at(RECT, body, ink, QPointF(line.x() + x, line.center().y()))
        for x in range(int(line.width()))
    ]
    assert [number for number, _ in itertools.groupby(seen) if number is not None] == [0, 1, 2]
    assert xy.part_at(RECT, body, ink, RECT.center()) is None


def test_buckets_are_found_between_the_axes_only():
    ink = Ink(theme.light())
    plot = arrange(RECT, COMPARED, ink)
    middle = plot.area.center().y()
    assert [xy.bucket_at(RECT, COMPARED, ink, QPointF(x, middle)) for x in plot.xs] == [0, 1, 2]
    assert xy.bucket_at(RECT, COMPARED, ink, plot.legend.center()) is None
    band = xy.band_of(RECT, COMPARED, ink, 2, 1)
    assert (band.left(), band.right()) == pytest.approx((plot.xs[1], plot.xs[2]))


BINS = bodies.xy(
    series(40, 3, 2, 1, mark="bar"),
    labels=("0s", "4h", "8h", "12h"),
    x_end="16h",
    foot=("Average time to convert", "17m 41s"),
)


@pytest.mark.parametrize("width", [300, 588, 1254])
def test_buckets_with_an_end_are_named_where_they_begin(width):
    plot = arrange(QRectF(20, 20, width, 372), BINS, Ink(theme.light()))
    assert [label.text for label in plot.x_labels] == ["0s", "4h", "8h", "12h", "16h"]
    edges = [plot.area.x() + i * plot.band for i in range(5)]
    middles = [label.rect.center().x() for label in plot.x_labels]
    assert middles == pytest.approx(edges, abs=10)
    assert middles[1:4] == pytest.approx(edges[1:4], abs=0.5)


def test_a_figure_stands_below_the_chart_where_it_can_be_read_whole(written):
    canvas.painted(bodies.view(BINS), 588, 372, theme.light())
    words = {one.words: one.rect for one in written}
    assert words["17m 41s"].top() > words["0s"].bottom()
    assert words["17m 41s"].left() > words["Average time to convert"].right()
    written.clear()
    canvas.painted(bodies.view(BINS), 92, 128, theme.light())
    assert "17m 41s" not in {one.words for one in written}


def hours(count, first=17):
    clocks = [f"{(first + i) % 24:02}:00" for i in range(count)]
    dated = tuple(f"{10 + (first + i) // 24} Nov {clock}" for i, clock in enumerate(clocks))
    labels = tuple(
        day if i == 0 or clock == "00:00" else clock
        for i, (day, clock) in enumerate(zip(dated, clocks, strict=True))
    )
    return bodies.xy(series(*range(count)), labels=labels, x_dated=dated)


@pytest.mark.parametrize("width", [90, 300, 588, 1254])
def test_hours_of_several_days_are_named_where_days_begin(width):
    body = hours(24 * 9)
    plot = arrange(QRectF(20, 20, width, 200), body, Ink(theme.light()))
    assert len(plot.x_labels) >= 2
    assert all(re.fullmatch(r"\d+ Nov", label.text) for label in plot.x_labels)
    middle = plot.x_labels[1]
    bucket = min(range(len(plot.xs)), key=lambda i: abs(plot.xs[i] - middle.rect.center().x()))
    assert width < 100 or body.x_dated[bucket] == f"{middle.text} 00:00"


@pytest.mark.parametrize(
    ("count", "words"), [(24, ["10 Nov", "11 Nov"]), (6, ["17:00", "22:00"])], ids=str
)
def test_a_small_chart_of_hours_names_both_of_its_ends(count, words):
    plot = arrange(QRectF(20, 20, 90, 128), hours(count), Ink(theme.light()))
    assert [label.text for label in plot.x_labels] == words


@pytest.mark.parametrize(
    ("summed", "hidden", "total"),
    [((0, 1), False, "5 €"), ((), False, ""), ((0, 1), True, ""), ((0,), False, "")],
)
def test_a_tooltip_adds_up_what_goes_together(summed, hidden, total):
    euros = Format(postfix=" €")
    parts = series(2, format=euros), series(3, label="y", format=euros, hidden=hidden)
    view = chart(*parts, series(0.5, label="z"), summed=summed)
    found = xy.hit_at(RECT, view.body, Ink(theme.light()), 0)
    assert found.total == total
    assert {line.label: line.text for line in found.lines}["x"] == "2 €"
    assert {line.label: line.text for line in found.lines}["z"] == "0.5"
