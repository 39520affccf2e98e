"""Trends over buckets: marks, colours, names, what is hidden, and the sentence."""

from datetime import UTC, datetime

import pytest

from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import TableBody, XYBody
from tests.core.charts.asked import NOW, item, total, trends

OTHER = "$$_posthog_breakdown_other_$$"
NONE = "$$_posthog_breakdown_null_$$"
CHROME = item([8, 9], breakdown_value="Chrome", label="Chrome")
SAFARI = item([3, 4], breakdown_value="Safari", label="Safari")
BY_BROWSER = {"breakdownFilter": {"breakdown": "$browser", "breakdown_type": "event"}}


def pair(now, before, **more):
    """Make a series of this period and the one before."""
    return [
        item(now, compare=True, compare_label="current", **more),
        item(before, start=14, compare=True, compare_label="previous", **more),
    ]


@pytest.mark.parametrize(
    ("display", "mark", "stacked"),
    [
        (None, "line", False),
        ("ActionsLineGraph", "line", False),
        ("Auto", "line", False),
        ("ActionsLineGraphCumulative", "line", False),
        ("ActionsAreaGraph", "area", True),
        ("ActionsBar", "bar", True),
        ("ActionsStackedBar", "bar", True),
        ("ActionsUnstackedBar", "bar", False),
        ("DisplayOfTomorrow", "line", False),
    ],
)
def test_a_display_decides_mark_and_stacking(display, mark, stacked):
    body = trends([item([1, 2])], display).body
    assert isinstance(body, XYBody)
    assert (body.series[0].mark, body.stacked) == (mark, stacked)


def test_an_unknown_display_of_totals_is_a_table():
    view = trends([total(5)], "DisplayOfTomorrow")
    assert isinstance(view.body, TableBody)
    assert view.table.rows == (("signup", 5),)


def test_missing_values_are_drawn_as_zero_and_listed_as_missing():
    view = trends([item([1, None, 3])])
    assert view.body.series[0].values == (1, 0, 3)
    assert view.table.rows[0] == ("signup", 4, 1, None, 3)
    assert view.table.texts[0] == ("signup", "4", "1", "–", "3")


def test_the_bucket_of_today_is_dashed_and_the_period_before_is_not():
    body = trends(pair([1, 2, 3], [4, 5, 6])).body
    assert [series.dashed_from for series in body.series] == [2, None]


@pytest.mark.parametrize("zone", [UTC, None])
def test_a_bucket_that_was_incomplete_when_counted_stays_so(zone):
    counted = datetime(2026, 11, 22, 8, tzinfo=zone)
    body = trends([item([1, 2])], insight={"last_refresh": counted}).body
    assert body.series[0].dashed_from == 1


def test_the_zone_of_the_insight_wins():
    context = Context(now=datetime(2026, 11, 23, 1, tzinfo=UTC), timezone="UTC")
    result = [item([1, 2, 3])]
    assert trends(result, context=context).body.series[0].dashed_from == 2
    view = trends(result, context=context, insight={"timezone": "America/New_York"})
    assert view.body.series[0].dashed_from == 1


def test_periods_share_buckets_by_index_and_colours():
    body = trends(pair([1, 2], [4, 5, 6])).body
    now, before = body.series
    assert body.x_labels == ("21 Nov", "22 Nov", "16 Nov")
    assert now.values == (1, 2, None)
    assert before.values == (4, 5, 6)
    assert (now.color, before.color) == ("preset-1", "preset-1")
    assert (before.label, before.previous) == ("signup (previous)", True)


def test_colours_follow_the_order_and_start_again_after_fifteen():
    result = [item([1], name=f"e{i}", order=i) for i in range(17)]
    colors = [series.color for series in trends(result).body.series]
    assert colors[0] == "preset-1"
    assert colors[14:] == ["preset-15", "preset-1", "preset-2"]


def test_breakdowns_name_the_series():
    result = [CHROME, item([1, 1], breakdown_value=OTHER), item([1, 1], breakdown_value=NONE)]
    view = trends(result, **BY_BROWSER)
    assert [series.label for series in view.body.series] == [
        "Chrome",
        "Other (i.e. all remaining values)",
        "None (i.e. no value)",
    ]
    assert [column.title for column in view.table.columns][:3] == ["Series", "Browser", "Total sum"]
    assert view.table.rows[0][:3] == ("signup", "Chrome", 17)


def test_several_breakdowns_have_a_column_each():
    source = {"breakdownFilter": {"breakdowns": [{"property": "$browser"}, {"property": "plan"}]}}
    view = trends([item([1], breakdown_value=["Chrome", "pro"])], **source)
    assert view.body.series[0].label == "Chrome::pro"
    assert [column.title for column in view.table.columns][:3] == ["Series", "Browser", "plan"]
    assert view.table.rows[0][:3] == ("signup", "Chrome", "pro")


def test_several_series_by_breakdown_name_both():
    other = item([1, 2], name="paid", order=1, breakdown_value="Chrome")
    labels = [series.label for series in trends([CHROME, other], **BY_BROWSER).body.series]
    assert labels == ["signup - Chrome", "paid - Chrome"]


def test_series_of_one_event_are_told_apart_by_what_is_counted():
    result = [item([1]), item([1], order=1)]
    result[0]["action"]["math"] = "dau"
    result[1]["action"]["math"] = "p90"
    result[1]["action"]["math_property"] = "ms"
    labels = [series.label for series in trends(result).body.series]
    assert labels == ["signup (unique users)", "signup (p90 of ms)"]


@pytest.mark.parametrize(
    ("own", "label", "wanted"),
    [
        ({"formula": "A/B"}, "Formula (A/B)", "Formula (A/B)"),
        ({"formula": "A/B"}, None, "Formula (A/B)"),
        ({"formulas": ["A/B"]}, "", "Formula (A/B)"),
        ({"formulaNodes": [{"formula": "A/B", "custom_name": "Paid"}]}, "Formula (A/B)", "Paid"),
        ({"formulaNodes": [{"formula": "A/B"}]}, "Mine", "Formula (A/B)"),
    ],
)
def test_formulas_are_named(own, label, wanted):
    result = [{**item([1]), "action": None, "label": label}]
    assert trends(result, own=own).body.series[0].label == wanted


@pytest.mark.parametrize(
    "own",
    [
        {"hiddenLegendIndexes": [1]},
        {"resultCustomizations": {'{"series":0,"breakdown_value":["Safari"]}': {"hidden": True}}},
        {
            "resultCustomizations": {
                '{"breakdown_value": ["Safari"], "series": 0}': {"hidden": True}
            }
        },
        {"resultCustomizationBy": "position", "resultCustomizations": {"1": {"hidden": True}}},
    ],
    ids=["index", "value", "other-spelling", "position"],
)
def test_what_the_insight_hides_is_hidden(own):
    body = trends([CHROME, SAFARI], own=own, **BY_BROWSER).body
    assert [series.hidden for series in body.series] == [False, True]


@pytest.mark.parametrize(
    ("key", "color", "wanted"),
    [
        ('{"series":0,"compare_label":"current"}', "preset-7", "preset-7"),
        ('{"series":"0"}', "#12ab34", "#12ab34"),
        ('{"series":1}', "preset-7", "preset-1"),
        ('{"series":0}', "burgundy", "preset-1"),
        ("junk", "preset-7", "preset-1"),
    ],
)
def test_a_chosen_colour_also_holds_for_the_period_before(key, color, wanted):
    own = {"resultCustomizations": {key: {"color": color}}}
    colors = {series.color for series in trends(pair([1], [2]), own=own).body.series}
    assert colors == {wanted}


def test_the_dashboards_colour_of_a_breakdown_value_wins():
    context = Context(now=NOW, breakdown_colors=(("Safari", "preset-9"), ("Chrome", "nope")))
    key = '{"series":0,"breakdown_value":["Safari"]}'
    own = {"resultCustomizations": {key: {"color": "preset-7"}}}
    body = trends([CHROME, SAFARI], own=own, context=context, **BY_BROWSER).body
    assert [series.color for series in body.series] == ["preset-1", "preset-9"]


def test_the_filter_decides_format_axis_and_lines():
    own = {
        "aggregationAxisFormat": "percentage",
        "aggregationAxisPrefix": "~",
        "aggregationAxisPostfix": "!",
        "decimalPlaces": 1,
        "yAxisScaleType": "log10",
        "showPercentStackView": True,
        "showLegend": False,
        "goalLines": [{"label": "Goal", "value": "12.5", "borderColor": "#ff0000"}, {"label": "x"}],
    }
    view = trends([item([10, 20])], "ActionsAreaGraph", own)
    assert view.table.texts[0][1:] == ("~30%!", "~10%!", "~20%!")
    body = view.body
    assert (body.log, body.percent, body.legend) == (True, True, False)
    goals = [(goal.label, goal.value, goal.text, goal.color) for goal in body.goal_lines]
    assert goals == [("Goal", 12.5, "~12.5%!", "#ff0000")]


def test_percent_needs_a_stack():
    own = {"showPercentStackView": True}
    assert not trends([item([1])], "ActionsLineGraph", own).body.percent


@pytest.mark.parametrize(
    ("display", "wanted"), [("ActionsBar", ("1,000", "0")), ("ActionsLineGraph", ())]
)
def test_bars_of_one_series_carry_their_values(display, wanted):
    own = {"showValuesOnSeries": True}
    assert trends([item([1000, None])], display, own).body.value_labels == wanted


def test_two_series_with_own_axes_use_both_sides():
    result = [item([1]), item([900], name="paid", order=1)]
    body = trends(result, own={"showMultipleYAxes": True}).body
    assert [series.right_axis for series in body.series] == [False, True]


def test_two_periods_never_have_own_axes():
    body = trends(pair([1], [2]), own={"showMultipleYAxes": True}).body
    assert [series.right_axis for series in body.series] == [False, False]


@pytest.mark.parametrize(
    ("result", "wanted"),
    [
        (
            [item([1200, 4, 9])],
            "line chart, 1 series, last complete value 4 on 22 Nov 2026, total 1,213.",
        ),
        (
            pair([12, 15], [10, 15]),
            (
                "line chart, 1 series, last complete value 15 on 22 Nov 2026, total 27, "
                "up 8% on the previous period."
            ),
        ),
        (
            pair([1], [1]),
            (
                "line chart, 1 series, last complete value 1 on 21 Nov 2026, total 1, "
                "no change from the previous period."
            ),
        ),
        (pair([1], [0]), "line chart, 1 series, last complete value 1 on 21 Nov 2026, total 1."),
        (
            [item([1]), item([5], name="paid", order=1)],
            "line chart, 2 series, largest paid with a total of 5.",
        ),
        ([item([7], start=23)], "line chart, 1 series, total 7."),
    ],
    ids=["one", "up", "same", "nothing-before", "several", "only-incomplete"],
)
def test_the_sentence_says_only_what_was_sent(result, wanted):
    view = trends(result, insight={"last_refresh": NOW})
    assert view.summary == f"Untitled insight: {wanted}"


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([1200, 4, 9], "4 on 22 Nov 2026"),
        ([1200, 4], "4 on 22 Nov 2026"),
        ([7], "7 on 21 Nov 2026"),
    ],
    ids=["before-the-growing-one", "the-last", "the-only-one"],
)
def test_an_answer_without_a_time_is_not_called_complete(values, wanted):
    """It may be of the day that it shows last, and from before that day's end."""
    said = trends([item(values)]).summary
    assert f"1 series, value {wanted}, perhaps incomplete, total" in said
    assert "complete value" not in said


@pytest.mark.parametrize(
    ("display", "result", "columns", "rows"),
    [
        (
            "BoxPlot",
            [{"day": "2026-11-20", "min": 1.5, "max": 22.0}],
            ["day", "min", "max"],
            (("2026-11-20", 1.5, 22),),
        ),
    ],
    ids=["box-plot-without-boxes"],
)
def test_displays_that_cannot_be_drawn_show_their_numbers(display, result, columns, rows):
    view = trends(result, display)
    assert isinstance(view.body, TableBody)
    assert [column.title for column in view.table.columns] == columns
    assert view.table.rows == rows


def test_a_heat_map_without_cells_is_empty():
    view = trends(
        [{"calendar_heatmap_data": {"data": [], "allAggregations": 0}}], "CalendarHeatmap"
    )
    assert view.body.state == "empty"


def test_the_axes_have_the_names_that_the_insight_gives_them():
    own = {"xAxisLabel": "Day of release", "yAxisLabel": "Visits", "yAxisStartAtZero": False}
    body = trends([item([112, 119])], own=own).body
    assert (body.x_label, body.left.label, body.left.from_zero) == (
        "Day of release", "Visits", False,
    )  # fmt: skip
    assert (body.right.label, body.right.from_zero) == ("", False)


@pytest.mark.parametrize(
    ("math", "own", "shown"),
    [
        ("total", {}, "6"),
        ("sum", {}, "6"),
        ("dau", {}, "–"),
        ("avg", {}, "–"),
        ("dau", {"display": "ActionsLineGraphCumulative"}, "6"),
        ("total", {"formula": "A*100"}, "–"),
    ],
)
def test_a_sum_that_says_nothing_is_left_away(math, own, shown):
    sent = item([1, 2, 3])
    sent["action"] = None if "formula" in own else {**sent["action"], "math": math}
    view = trends([sent], own.get("display"), own, series=[{"event": "signup", "math": math}])
    assert view.table.columns[1].title == "Total sum"
    assert view.table.texts[0][1] == shown
    assert ("total 6" in view.summary) is (math in {"total", "sum"} and "formula" not in own)


@pytest.mark.parametrize(
    ("own", "place", "smooth"),
    [
        ({}, "bottom", False),
        ({"legendPosition": "right", "chartStyle": {"curve": "smooth"}}, "right", True),
        ({"legendPosition": "top", "chartStyle": {"curve": "linear"}}, "top", False),
        ({"legendPosition": "middle", "chartStyle": "smooth"}, "bottom", False),
        ({"legendPosition": ["left"], "chartStyle": None}, "bottom", False),
    ],
    ids=["nothing said", "right, smooth", "top, straight", "unknown", "broken"],
)
def test_a_chart_says_where_its_names_stand_and_whether_lines_bend(own, place, smooth):
    body = trends([item([1, 2]), item([3, 4], name="b", order=1)], own=own).body
    assert (body.legend_place, body.smooth) == (place, smooth)


@pytest.mark.parametrize(
    ("wanted", "title", "values", "text"),
    [
        ("total", "Total sum", (15,), "15"),
        ("average", "Average", (3.75,), "3.75"),
        ("median", "Median", (3.0,), "3"),
        ("mode", "Total sum", (15,), "15"),
        (["average"], "Total sum", (15,), "15"),
    ],
    ids=["total", "average", "median", "unknown", "broken"],
)
def test_the_table_sums_up_as_the_insight_wants(wanted, title, values, text):
    own = {"detailedResultsAggregationType": wanted}
    view = trends([item([2, 9, 4, None])], own=own)
    assert view.table.columns[1].title == title
    assert (view.table.rows[0][1:2], view.table.texts[0][1]) == (values, text)


@pytest.mark.parametrize("wanted", ["average", "median"])
def test_what_the_largest_numbers_come_to_is_a_number(wanted):
    view = trends([item([1e308, 1.5e308], count=1)], own={"detailedResultsAggregationType": wanted})
    assert view.table.rows[0][1] == pytest.approx(1.25e308)
