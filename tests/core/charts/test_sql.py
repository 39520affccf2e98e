"""SQL insights: table, axes, number, pie."""

import pytest

from phdesk.core.charts.spec import NoticeBody, NumberBody, PieBody, Side, TableBody, XYBody
from tests.core.charts.asked import sql

DAYS = [["2026-11-20", 12, 1.5], ["2026-11-21", None, 2], ["2026-11-22", "19", 2.5]]
COLUMNS = ["day", "n", "rate"]
TYPES = [["day", "Date"], ["n", "Nullable(UInt64)"], ["rate", "Float64"]]


def daily(display, settings=None, **more):
    return sql(DAYS, COLUMNS, TYPES, display, settings, **more)


def y(column, formatting=None, **display):
    settings = {"formatting": formatting or {}, "display": display}
    return {"column": column, "settings": settings}


def test_a_table_keeps_raw_cells_and_writes_them_readably():
    row = ["$pageview", 18446744073709551615, "7", None, "2026-11-20T10:00:00Z", {"a": [1]}, True]
    types = ["String", "UInt64", "Decimal(9, 2)", "Nullable(Int8)"]
    types += ["DateTime64(6, 'UTC')", "Tuple()", "Bool"]
    view = sql([row], list("abcdefg"), types)
    assert isinstance(view.body, TableBody)
    assert view.table.rows == (
        ("$pageview", 18446744073709551615, 7, None, "2026-11-20T10:00:00Z", '{"a":[1]}', True),
    )
    assert view.table.texts == (
        (
            "$pageview",
            "18446744073709551615",
            "7",
            "–",
            "20 Nov 2026, 10:00:00",
            '{"a":[1]}',
            "true",
        ),
    )
    assert [column.numeric for column in view.table.columns] == [
        False,
        True,
        True,
        True,
        *[False] * 3,
    ]


def test_times_are_those_of_the_project():
    view = sql([["2026-11-20T10:00:00Z"]], ["t"], ["DateTime('UTC')"], timezone="America/New_York")
    assert view.table.texts == (("20 Nov 2026, 05:00:00",),)


def test_columns_are_written_as_the_insight_sets_them():
    formatting = {"prefix": "~", "suffix": " €", "style": "number", "decimalPlaces": 2}
    outer = {"tableSettings": {"columns": [y("n", formatting, label="Revenue"), {"column": "x"}]}}
    view = sql([["a", 1234.5]], ["k", "n"], ["String", "Float64"], outer=outer)
    assert view.table.texts == (("a", "~1,234.50 €"),)
    assert view.table.columns[1].title == "Revenue"


@pytest.mark.parametrize(
    ("style", "text"),
    [("percent", "12.5%"), ("number", "0.13"), ("none", "0.125"), ("short", "0.13")],
)
def test_styles_of_columns(style, text):
    outer = {"tableSettings": {"columns": [y("n", {"style": style})]}}
    assert sql([[0.125]], ["n"], ["Float64"], outer=outer).table.texts == ((text,),)


def test_no_rows_keep_the_columns():
    view = sql([], ["event", "c"], ["String", "UInt64"])
    assert isinstance(view.body, NoticeBody)
    assert (view.body.state, view.body.headline) == ("empty", "The query returned no rows.")
    assert [column.title for column in view.table.columns] == ["event", "c"]


def test_more_rows_are_noted():
    assert sql([[1]], ["n"], has_more=True).table.note == "First 1 row; PostHog has more."


@pytest.mark.parametrize(
    ("display", "mark", "stacked"),
    [
        ("ActionsLineGraph", "line", False),
        ("ActionsBar", "bar", False),
        ("ActionsStackedBar", "bar", True),
        ("ActionsAreaGraph", "area", True),
    ],
)
def test_a_display_decides_the_marks(display, mark, stacked):
    body = daily(display).body
    assert isinstance(body, XYBody)
    assert {series.mark for series in body.series} == {mark}
    assert body.stacked is stacked


def test_without_axes_x_is_the_date_and_y_all_numbers():
    body = daily("ActionsLineGraph").body
    assert body.x_labels == ("20 Nov", "21 Nov", "22 Nov")
    assert [(s.label, s.color, s.values) for s in body.series] == [
        ("n", "preset-1", (12, None, 19)),
        ("rate", "preset-2", (1.5, 2, 2.5)),
    ]


def test_chosen_axes_are_drawn_as_set():
    settings = {
        "xAxis": {"column": "day"},
        "yAxis": [
            y(
                "rate",
                {"style": "percent"},
                color="#1d4aff",
                label="Rate",
                displayType="line",
                yAxisPosition="right",
            ),
            y("n", {"suffix": " €"}),
        ],
        "leftYAxisSettings": {"scale": "logarithmic"},
        "stackBars100": True,
        "goalLines": [{"label": "Target", "value": 15}],
        "showLegend": False,
    }
    body = daily("ActionsStackedBar", settings).body
    assert [(s.label, s.color, s.mark, s.right_axis) for s in body.series] == [
        ("Rate", "#1d4aff", "line", True),
        ("n", "preset-2", "bar", False),
    ]
    assert (body.log, body.percent, body.legend) == (True, True, True)
    assert (body.format.postfix, body.right_format.style) == (" €", "sql_percent")
    assert [(goal.label, goal.text) for goal in body.goal_lines] == [("Target", "15 €")]


def test_a_column_splits_the_rows_into_series():
    rows = [["2026-11-20", "a", 1], ["2026-11-20", "b", 2], ["2026-11-21", "a", 3]]
    settings = {"seriesBreakdownColumn": "kind", "yAxis": [y("n")]}
    types = ["Date", "String", "UInt8"]
    body = sql(rows, ["day", "kind", "n"], types, "ActionsLineGraph", settings).body
    assert body.x_labels == ("20 Nov", "21 Nov")
    assert [(s.label, s.values) for s in body.series] == [("a", (1, 3)), ("b", (2, None))]


SPLIT = [["2026-11-20", "a", 1, 5], ["2026-11-20", "b", 2, 6], ["2026-11-21", "a", 3, 7]]
SPLIT_BY = {"xAxis": {"column": "day"}, "seriesBreakdownColumn": "kind"}


def split(*ys, **settings):
    types = ["Date", "String", "UInt8", "UInt8"]
    chosen = {**SPLIT_BY, "yAxis": list(ys), **settings}
    return sql(SPLIT, ["day", "kind", "n", "m"], types, "ActionsLineGraph", chosen).body


def test_each_column_is_split():
    assert [(s.label, s.color, s.values) for s in split(y("n"), y("m")).series] == [
        ("n - a", "preset-1", (1, 3)),
        ("n - b", "preset-2", (2, None)),
        ("m - a", "preset-3", (5, 7)),
        ("m - b", "preset-4", (6, None)),
    ]


def test_what_the_settings_say_of_a_value_holds():
    wishes = {"a": {"color": "preset-9"}, "b": {"hidden": True, "color": "no colour"}}
    series = split(y("n"), resultCustomizations=wishes).series
    assert [(s.color, s.hidden) for s in series] == [("preset-9", False), ("preset-2", True)]


@pytest.mark.parametrize(("wish", "value"), [(True, 0), (False, None), (None, None)])
def test_gaps_are_zeros_where_the_settings_say_so(wish, value):
    assert split(y("n"), showNullsAsZero=wish).series[1].values == (2, value)
    assert daily("ActionsBar", {"showNullsAsZero": wish}).body.series[0].values[1] == value


@pytest.mark.parametrize(
    ("ys", "settings", "summed"),
    [
        ([y("n"), y("m")], {}, (0, 1, 2, 3)),
        ([y("n"), y("m")], {"showTotalRow": False}, ()),
        ([y("n"), y("m", {"style": "percent"})], {}, (0, 1)),
        ([y("n", {"style": "percent"}), y("m", {"style": "percent"})], {}, ()),
        ([y("n"), y("m", yAxisPosition="right")], {}, (0, 1)),
        ([y("n"), y("m", {"suffix": " €"})], {}, (0, 1)),
    ],
)
def test_only_what_is_alike_is_added_up(ys, settings, summed):
    assert split(*ys, **settings).summed == summed


def test_each_column_is_written_in_its_own_way():
    series = split(y("n", {"suffix": " €"}), y("m", {"style": "percent"})).series
    assert [one.format.style for one in series[1:3]] == ["numeric", "sql_percent"]


def test_rows_that_claim_one_place_are_a_table():
    rows = [["2026-11-20", "a", 1], ["2026-11-20", "a", 2]]
    settings = {"seriesBreakdownColumn": "kind"}
    view = sql(rows, ["day", "kind", "n"], ["Date", "String", "UInt8"], "ActionsBar", settings)
    assert isinstance(view.body, TableBody)
    assert [row[2] for row in view.table.rows] == [1, 2]
    assert view.table.note == "Cannot be drawn as a bar chart."


def test_hours_on_the_x_axis():
    rows = [["2026-11-20T23:00:00Z", 1], ["2026-11-21T00:00:00Z", 2]]
    body = sql(rows, ["t", "n"], ["DateTime('UTC')", "UInt8"], "ActionsAreaGraph").body
    assert body.x_titles == ("Fri 20 Nov 2026, 23:00", "Sat 21 Nov 2026, 00:00")


def test_categories_on_the_x_axis():
    body = sql([["a", 1], [None, 2]], ["k", "n"], ["String", "UInt8"], "ActionsBar").body
    assert body.x_labels == ("a", "–")


def test_types_are_guessed_when_none_were_sent():
    body = sql([["2026-11-20", 1]], ["day", "n"], None, "ActionsLineGraph").body
    assert body.x_labels == ("20 Nov",)
    assert body.series[0].values == (1,)


def test_a_chart_of_texts_is_a_table():
    view = sql([["a", "b"]], ["k", "v"], ["String", "String"], "ActionsLineGraph")
    assert isinstance(view.body, TableBody)


@pytest.mark.parametrize(
    ("rows", "settings", "text", "caption"),
    [
        ([[142807, 1989]], {}, "142,807", "n"),
        ([[142807, 1989]], {"yAxis": [y("people")]}, "1,989", "people"),
        ([[0.5, 1]], {"yAxis": [y("n", {"style": "percent"}, label="Rate")]}, "50%", "Rate"),
        ([["hello", "x"]], {}, "hello", "n"),
        ([[None, None]], {}, "–", "n"),
    ],
    ids=["first", "chosen", "formatted", "text", "null"],
)
def test_a_big_number_is_the_first_of_the_first_row(rows, settings, text, caption):
    view = sql(rows, ["n", "people"], None, "BoldNumber", settings)
    assert isinstance(view.body, NumberBody)
    assert (view.body.text, view.body.caption) == (text, caption)


def test_a_pie_takes_its_slices_from_rows():
    view = sql([["a", 3], ["b", 1]], ["k", "n"], ["String", "UInt8"], "ActionsPie")
    assert isinstance(view.body, PieBody)
    assert [(s.label, s.value, s.share_text) for s in view.body.shares] == [
        ("a", 3, "75%"),
        ("b", 1, "25%"),
    ]
    assert view.body.total_text == "4"


@pytest.mark.parametrize(
    ("display", "note"),
    [("ActionsTable", ""), (None, ""), ("Unheard", "“Unheard” is not drawn yet.")],
)
def test_all_else_is_a_table_and_says_so_when_it_is_not_meant_to_be(display, note):
    view = daily(display)
    assert isinstance(view.body, TableBody)
    assert view.table.note == note


@pytest.mark.parametrize(
    ("display", "words"),
    [
        ("ActionsLineGraph", "a line chart"),
        ("ActionsAreaGraph", "an area chart"),
        ("ActionsPie", "a pie chart"),
        ("TwoDimensionalHeatmap", "a heat map"),
        ("BoxPlot", "a box plot"),
    ],
)
def test_rows_that_cannot_be_drawn_say_so(display, words):
    rows = sql([["a", "b"]], ["k", "v"], ["String", "String"], display, has_more=True)
    assert isinstance(rows.body, TableBody)
    assert rows.table.note == f"First 1 row; PostHog has more. Cannot be drawn as {words}."


VISITS = [["2026-11-20", 112, 9], ["2026-11-21", 119, 8]]
NAMES = ["day", "n", "m"]


def axes_of(**settings):
    chosen = [{"column": "n"}, {"column": "m", "settings": {"display": {"yAxisPosition": "right"}}}]
    settings = {"xAxis": {"column": "day"}, "yAxis": chosen, **settings}
    return sql(VISITS, NAMES, display="ActionsLineGraph", settings=settings).body


def test_axes_are_as_usual_when_nothing_is_said():
    body = axes_of()
    usual = Side(log=False)
    assert (body.left, body.right, body.grid, body.x_ticks, body.log) == (
        usual, usual, True, True, False,
    )  # fmt: skip


def test_axes_look_as_the_settings_say():
    left = {"label": "Visits", "startAtZero": False, "showGridLines": False, "showTicks": False}
    right = {"label": "Errors", "scale": "logarithmic"}
    body = axes_of(
        leftYAxisSettings=left, rightYAxisSettings=right, xAxisLabel="Day", showXAxisTicks=False
    )
    assert body.left == Side(label="Visits", from_zero=False, ticks=False, log=False)
    assert body.right == Side(label="Errors", log=True)
    assert (body.grid, body.x_label, body.x_ticks, body.log) == (False, "Day", False, False)


def test_a_side_without_a_column_has_no_name():
    settings = {"yAxis": [{"column": "n"}], "rightYAxisSettings": {"label": "Errors"}}
    assert axes_of(**settings).right == Side()


def test_a_setting_of_2024_holds_for_both_axes():
    body = axes_of(yAxisAtZero=False, rightYAxisSettings={"startAtZero": True})
    assert (body.left.from_zero, body.right.from_zero) == (False, True)


@pytest.mark.parametrize(
    ("settings", "total"),
    [
        ({}, "30"),
        ({"showPieTotal": False}, ""),
        ({"pie": {"showTotal": False}}, ""),
        ({"showPieTotal": False, "pie": {"showTotal": True}}, "30"),
    ],
)
def test_a_pie_says_its_total_or_not(settings, total):
    view = sql([["a", 10], ["b", 20]], ["k", "n"], display="ActionsPie", settings=settings)
    assert view.body.total_text == total


@pytest.mark.parametrize(("content", "named"), [("label", True), ("value", False), (None, False)])
def test_slices_carry_their_names_where_asked(content, named):
    settings = {"pie": {"sliceContent": content}}
    view = sql([["a", 10], ["b", 20]], ["k", "n"], display="ActionsPie", settings=settings)
    assert view.body.labels_on_slices is named
