"""Tests of SQL tables with settings, and of SQL heat maps and box plots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.charts.shapes import Box, BoxPlotBody, HeatmapBody
from phdesk.core.charts.spec import TableBody
from phdesk.core.charts.table_settings import TEMPLATES
from tests.core.charts.asked import sql

RED = "#c62828"


def table(settings, rows=(("a", 3, 10), ("b", 8, None))):
    types = ["String", "UInt8", "Nullable(UInt8)"]
    return sql([list(row) for row in rows], ["k", "n", "m"], types,
               outer={"tableSettings": settings}).table  # fmt: skip


def rule(template, value=None, column="n", color=RED):
    return {"templateId": template, "columnName": column, "input": value, "color": color}


@pytest.mark.parametrize(
    ("settings", "titles"),
    [
        ({}, "k n m"),
        ({"columns": [{"column": "m"}, {"column": "n"}, {"column": "k"}]}, "m n k"),
        ({"columns": [{"column": "m"}, {"column": "n"}]}, "k m n"),
        ({"columns": [{"column": "x"}, 3], "pinnedColumns": ["m"]}, "m k n"),
        ({"pinnedColumns": ["n", "n", "k", None, "y"]}, "n k m"),
        ({"columns": 7, "pinnedColumns": "m", "conditionalFormatting": {}}, "k n m"),
    ],
    ids=["none", "order", "some", "pinned", "pinned-twice", "broken"],
)
def test_columns_stand_in_their_order_and_pinned_ones_first(settings, titles):
    found = table(settings)
    assert [column.title for column in found.columns] == titles.split()
    place = titles.split().index("n")
    assert [row[place] for row in found.rows] == [3, 8]
    assert [row[place] for row in found.texts] == ["3", "8"]


@pytest.mark.parametrize(
    ("template", "value", "input_", "holds"),
    [
        ("equals", 3, "3", True),
        ("isEqualTo", "A", "a", True),
        ("equals", 3, "4", False),
        ("notEquals", 3, 4, True),
        ("greaterThan", 5, "4.5", True),
        ("greater_than", 4, 4, False),
        ("greater", "x", 4, False),
        ("lessThan", 3, 4, True),
        ("lessThanOrEqual", 4, 4, True),
        ("lessThanOrEqual", "x", 4, False),
        ("between", 3, "1, 5", True),
        ("between", 5, [5, 1], True),
        ("between", 3, "5 and 9", False),
        ("between", 3, "5", False),
        ("contains", "Chrome", "chro", True),
        ("contains", "Chrome", "", False),
        ("doesNotContain", "Chrome", "safari", True),
        ("isEmpty", None, None, True),
        ("isNotEmpty", 0, None, True),
        ("runBytecode", 1, 1, False),
        (None, 1, 1, False),
    ],
)
def test_simple_rules_colour_cells(template, value, input_, holds):
    found = table({"conditionalFormatting": [rule(template, input_)]}, [("a", value, 1)])
    assert found.colors == (("", RED, ""),) if holds else found.colors == ()


def test_the_first_rule_wins_and_colours_follow_their_columns():
    blue = "#1d4aff"
    rules = [rule("greater", 5), rule("greater", 1, color=blue), rule("less", 99, color="odd")]
    found = table({"conditionalFormatting": rules, "pinnedColumns": ["n"]})
    assert found.colors == ((blue, "", ""), (RED, "", ""))


def test_a_table_is_turned():
    settings = {"transpose": True, "conditionalFormatting": [rule("greater", 5)]}
    found = table(settings)
    assert [column.title for column in found.columns] == ["k", "a", "b"]
    assert [column.numeric for column in found.columns] == [False, True, True]
    assert found.rows == (("n", 3, 8), ("m", 10, None))
    assert found.texts == (("n", "3", "8"), ("m", "10", "–"))
    assert found.colors == (("", "", RED), ("", "", ""))


ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)


@given(st.sampled_from(sorted(TEMPLATES)), ANY, ANY | st.lists(ANY, max_size=3))
def test_any_rule_of_any_cell_is_answered(template, value, wanted):
    assert TEMPLATES[template](value, wanted) in {True, False}


HEAT = [["Mon", "web", 5], ["Mon", "app", 20], ["Tue", "web", None]]
HEAT_TYPES = ["String", "String", "Nullable(UInt8)"]


@pytest.mark.parametrize(
    ("own", "columns", "rows"),
    [
        ({}, ("Mon", "Tue"), ["web", "app"]),
        ({"xAxisColumn": "os", "yAxisColumn": "day", "valueColumn": "n"}, ("web", "app"),
         ["Mon", "Tue"]),
        ({"xAxisColumn": "os"}, ("web", "app"), ["Mon", "Tue"]),
        ({"xAxisColumn": "gone", "valueColumn": 7}, ("Mon", "Tue"), ["web", "app"]),
    ],
    ids=["default", "chosen", "one-chosen", "broken"],
)  # fmt: skip
def test_rows_become_a_heat_map(own, columns, rows):
    view = sql(HEAT, ["day", "os", "n"], HEAT_TYPES, "TwoDimensionalHeatmap", {"heatmap": own})
    assert isinstance(view.body, HeatmapBody)
    assert view.body.columns == columns
    assert [row.label for row in view.body.rows] == rows
    cells = {
        frozenset((row.label, column)): cell
        for row in view.body.rows
        for column, cell in zip(columns, row.cells, strict=True)
    }
    assert cells[frozenset(("Mon", "app"))].text == "20"
    assert cells[frozenset(("Mon", "app"))].strength == 1.0
    assert not cells[frozenset(("Tue", "web"))].known
    assert not cells[frozenset(("Tue", "app"))].known
    assert "2 rows, 2 columns, largest 20 at" in view.summary


def test_a_heat_map_takes_the_end_of_its_gradient_and_names_nulls():
    own = {"gradient": ["#ffffff", {"color": "#f54e00"}], "nullLabel": "nobody"}
    settings = {"heatmap": own}
    body = sql(
        [[None, "b", 1]], ["a", "b", "n"], HEAT_TYPES, "TwoDimensionalHeatmap", settings
    ).body
    assert (body.color, body.columns) == ("#f54e00", ("nobody",))


@pytest.mark.parametrize(
    "rows",
    [[["a", "b", 1], ["a", "b", 2]], [["a", "b", None]]],
    ids=["two-in-a-cell", "no-number"],
)
def test_what_is_no_heat_map_is_a_table(rows):
    view = sql(rows, ["a", "b", "n"], HEAT_TYPES, "TwoDimensionalHeatmap")
    assert isinstance(view.body, TableBody)
    assert len(view.table.rows) == len(rows)


def test_rows_become_a_box_plot():
    rows = [["2026-11-20", 1, 2, 3, 4, 5], ["2026-11-21", 1, 2, None, 4, 5]]
    types = ["Date", *["Nullable(Float64)"] * 5]
    view = sql(rows, ["day", "Min", "q1", "p50", "Q3", "max"], types, "BoxPlot")
    assert isinstance(view.body, BoxPlotBody)
    assert view.body.series[0].boxes == (Box(low=1, p25=2, median=3, p75=4, high=5), None)
    assert view.summary.endswith("box plot, 1 series, 2 buckets, last median 3 at 20 Nov 2026.")
    missing = sql(rows, ["day", "a", "b", "c", "d", "e"], types, "BoxPlot")
    assert isinstance(missing.body, TableBody)


def test_a_row_of_totals_ends_the_table():
    found = table({"showTotalRow": True})
    assert found.rows[-1] == ("Total", 11, 10)
    assert found.texts[-1] == ("Total", "11", "10")
    assert len(table({}).rows) == 2


def test_a_total_is_written_as_its_column_and_shares_have_none():
    columns = [
        {"column": "n", "settings": {"formatting": {"suffix": " €", "decimalPlaces": 1}}},
        {"column": "m", "settings": {"formatting": {"style": "percent"}}},
    ]
    found = table({"showTotalRow": True, "columns": columns}, (("a", 0.1, 0.5), ("b", 0.2, 0.5)))
    assert found.texts[-1] == ("Total", "0.3 €", "")
    assert found.rows[-1] == ("Total", 0.3, None)


def test_a_table_of_which_more_is_left_has_no_total():
    outer = {"tableSettings": {"showTotalRow": True}}
    view = sql([["a", 1]], ["k", "n"], ["String", "UInt8"], outer=outer, has_more=True)
    assert len(view.table.rows) == 1


def test_colours_stay_with_their_rows_above_a_total():
    found = table({"showTotalRow": True, "conditionalFormatting": [rule("greater", 5)]})
    assert [row[1] for row in found.colors] == ["", RED, ""]
