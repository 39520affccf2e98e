"""Axes end at round values, name what they show at any size, and keep their labels' rhythm."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QRectF

from phdesk.core.formatting import Format
from phdesk.views import theme
from phdesk.views.charts import ink as inks
from phdesk.views.charts import paint
from phdesk.views.charts.axis import axis
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.plot import arrange
from tests.views.charts import bodies, canvas
from tests.views.charts.test_xy import BLUE, chart, series, solid

SMALL = (92, 110)  # the body of a tile of 118x172
SIZES = [SMALL, (118, 172), (169, 110), (288, 170), (588, 372), (1254, 716), (1920, 1080)]
SCALES = [1.0, 1.5, 2.0]
DAYS = tuple(f"{day} Nov" for day in range(1, 31))


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


def rect(size) -> QRectF:
    return QRectF(canvas.MARGIN, canvas.MARGIN, *size)


def plotted(view, size, scale=1.0):
    return arrange(rect(size), view.body, Ink(theme.light(), scale))


def days(*values, mark="line", **more):
    return bodies.view(bodies.xy(series(*values, mark=mark), labels=DAYS[: len(values)], **more))


@pytest.mark.parametrize("mark", ["line", "area"])
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_chart_of_zeros_has_the_tick_of_zero_alone_and_a_line_to_see(size, scale, mark):
    view = days(*[0.0] * 14, mark=mark)
    plot = plotted(view, size, scale)
    assert [label.text for _, label in plot.left_labels] in ([], ["0"])
    assert plot.grid == (plot.left.y(0, plot.area),)
    image = canvas.painted(view, *size, theme.light(), scale=scale)
    seen = solid(image, plot.grid[0], plot.area.left() + 2, plot.area.right() - 2, BLUE)
    assert seen > (plot.area.width() - 4) * 0.9


@pytest.fixture
def words(monkeypatch):
    record = []
    monkeypatch.setattr(inks, "put", lambda _painter, _rect, words, *_: record.append(words))
    return record


@pytest.mark.parametrize(
    ("values", "says"),
    [((0.0, 0.0), True), ((0.0, None), True), ((None, None), False), ((0.0, 1.0), False)],
    ids=["zeros", "with a gap", "nothing known", "something"],
)
def test_a_chart_of_zeros_says_so_and_no_other_does(values, says, words):
    money = Format(style="currency")
    canvas.painted(days(*values, format=money), 588, 372, theme.light())
    assert ("All values are $0" in words) is says


@pytest.mark.parametrize(
    ("peak", "ticks"),
    [
        (74, ["0", "20", "40", "60", "80"]),
        (694, ["0", "200", "400", "600", "800"]),
        (3_050, ["0", "1k", "2k", "3k"]),
        (61, ["0", "20", "40", "60"]),
        (1, ["0", "1"]),
        (100, ["0", "20", "40", "60", "80", "100"]),
    ],
)
def test_an_axis_ends_at_a_tick_where_that_costs_little(peak, ticks):
    plot = plotted(days(peak, 0), (588, 372))
    assert [label.text for _, label in plot.left_labels] == ticks


@pytest.mark.parametrize(
    ("peak", "top"), [(15, "20"), (740, "1k"), (45, "50"), (120, "100")], ids=str
)
def test_a_log_axis_ends_at_a_tick_above_its_values_or_near_below(peak, top):
    plot = plotted(days(1, peak, log=True), (588, 372))
    assert plot.left_labels[-1][1].text == top


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.floats(1, 1e12),
    st.floats(0, 1e9) | st.just(0.0),
    st.sampled_from(SIZES),
    st.sampled_from(SCALES),
    st.sampled_from(["numeric", "currency", "duration", "percentage"]),
)
def test_no_value_stands_far_above_the_last_tick_nor_far_below_the_end(
    peak, dip, size, scale, style
):
    view = days(peak, -dip, format=Format(style=style))
    plot = plotted(view, size, scale)
    axis, height = plot.left, plot.area.height()
    span = axis.high - axis.low
    assert axis.low - span * 1e-6 <= -dip <= peak <= axis.high + span * 1e-6
    assert (axis.high - peak) + (-dip - axis.low) <= span * (
        0.3 if height >= 120 * scale else 0.5
    ) + 1e-9
    assert min(plot.grid) - axis.y(peak, plot.area) <= height * 0.5 or height < 120 * scale


@pytest.mark.parametrize("mark", ["line", "area", "bar"])
@pytest.mark.parametrize("size", [SMALL, (118, 172), (140, 90)], ids=str)
def test_a_narrow_chart_names_its_highest_tick_and_first_and_last_bucket(size, mark):
    view = days(*range(5, 19), mark=mark)
    plot = plotted(view, size)
    ((y, label),) = plot.left_labels
    assert label.text == "20"
    assert y == plot.area.top() == pytest.approx(label.rect.bottom())
    assert rect(size).contains(label.rect)
    assert (plot.x_labels[0].text, plot.x_labels[-1].text) == ("1 Nov", "14 Nov")
    assert all(b.rect.left() - a.rect.right() >= 4 for a, b in pairwise(plot.x_labels))
    assert all(rect(size).contains(one.rect) for one in plot.x_labels)


@pytest.mark.parametrize(("values", "left"), [((9, 5, 3, 1), False), ((1, 3, 5, 9), True)])
def test_the_scale_of_a_narrow_chart_leaves_the_labels_of_its_highest_values_alone(values, left):
    words = tuple(map(str, values))
    ((_, label),) = plotted(days(*values), SMALL).left_labels
    assert label.rect.center().x() < 20 + SMALL[0] / 2
    plot = plotted(days(*values, mark="bar", value_labels=words), SMALL)
    ((_, label),) = plot.left_labels
    assert (label.rect.center().x() < plot.area.center().x()) is left


def test_two_scales_are_named_at_both_sides_of_a_narrow_chart_or_not_at_all():
    view = chart(series(3, 5), series(30, 45, right_axis=True))
    plot = plotted(view, SMALL)
    assert [label.text for _, label in (*plot.left_labels, *plot.right_labels)] == ["5", "50"]
    plot = plotted(replace(view, body=replace(view.body, format=Format(prefix="x" * 20))), SMALL)
    assert not plot.left_labels
    assert not plot.right_labels


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("count", [2, 3, 7, 8, 11, 14, 23, 28, 30])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_labels_below_keep_one_step(size, count, scale):
    plot = plotted(days(*range(count)), size, scale)
    kept = [DAYS.index(label.text) for label in plot.x_labels if label.text in DAYS]
    assert len({b - a for a, b in pairwise(kept)}) <= 1
    assert kept[:1] == [0][: len(kept)]


@pytest.mark.parametrize("name", ["line", "many boxes"])
def test_a_tooltip_still_finds_the_highest_value_at_the_top(name):
    view = (bodies.FAIR | bodies.NASTY)[name]
    for size in SIZES:
        place = rect(size)
        assert paint.hit(place, view, theme.light(), place.center()) is not None


@pytest.mark.parametrize(
    ("peak", "ticks"),
    [(75, ["0", "20", "40", "60", "80"]), (700, ["0", "200", "400", "600", "800"])],
)
def test_a_low_chart_has_ticks_closer_together_rather_than_none_above(peak, ticks):
    plot = plotted(days(peak, 0), (169, 124))
    assert [label.text for _, label in plot.left_labels] == ticks
    rects = [label.rect for _, label in plot.left_labels]
    assert not any(a.intersects(b) for a, b in pairwise(rects))


@pytest.mark.parametrize("high", [11, 26, 48, 77, 110, 420])
@pytest.mark.parametrize("low", [-310, -45, -3, 0])
@pytest.mark.parametrize("height", [90, 124, 172])
def test_a_scale_has_two_numbers_or_more(low, high, height):
    labels = plotted(days(high, low), (169, height)).left_labels
    assert len(labels) != 1


@pytest.mark.parametrize("size", [(588, 372), (1254, 716), (588, 180)], ids=str)
@given(peak=st.integers(1, 10_000_000))
def test_there_are_never_more_than_five_lines_above_zero(size, peak):
    assert len(plotted(days(peak, 0), size).grid) <= 6


def test_a_small_chart_below_zero_names_its_lowest_line_too():
    plot = plotted(days(8_100, -9_400, mark="bar"), SMALL)
    words = [label.text for _, label in plot.left_labels]
    assert len(words) == 2
    assert words[1].startswith("-")
    assert plot.left_labels[1][1].rect.top() >= plot.area.bottom()
    assert all(label.rect.top() >= plot.left_labels[1][1].rect.bottom() - 1
               for label in plot.x_labels)  # fmt: skip


def test_each_of_three_scales_of_a_narrow_chart_has_its_series_colour():
    made = [series(value, 1, axis=number, color=f"preset-{number + 1}")
            for number, value in ((0, 150), (1, 2_500), (2, 50_000))]  # fmt: skip
    plot = plotted(chart(*made), SMALL)
    labels = [label for _, label in (*plot.left_labels, *plot.right_labels)]
    assert [label.text for label in labels] == ["150", "2.5k", "50k"]
    assert [label.color for label in labels] == ["preset-1", "preset-2", "preset-3"]


def test_months_of_one_year_are_both_named_on_a_small_chart():
    names = tuple(f"{month} 2026" for month in ("Aug", "Sep", "Oct", "Nov"))
    plot = plotted(bodies.view(bodies.xy(series(1, 2, 3, 4), labels=names)), SMALL)
    assert [label.text for label in plot.x_labels] == ["Aug", "Nov"]


@pytest.mark.parametrize("style", ["numeric", "percentage", "percentage_scaled", "currency"])
@given(st.floats(0.001, 399), st.integers(0, 3))
def test_a_tick_stands_at_the_value_that_it_is_called(style, peak, decimals):
    how = Format(style, decimals=decimals)
    scale = 100 if style == "percentage_scaled" else 1
    for value, label in axis([peak / scale], how).reached(6, 8).ticks(6):
        assert float(label.strip("$%")) == pytest.approx(value * scale)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (1101.2, 1103.7, ["1,101", "1,102", "1,103", "1,104"]),
        (0.9991, 0.9994, ["0.9991", "0.9992", "0.9993", "0.9994"]),
        (1.2e6, 1.8e6, ["1.2M", "1.4M", "1.6M", "1.8M"]),
    ],
)
def test_ticks_far_from_zero_are_written_as_far_as_they_differ(low, high, labels):
    made = axis([low, high], Format(), from_zero=False).reached(6, 8).ticks(8)
    assert [label for _, label in made] == labels
