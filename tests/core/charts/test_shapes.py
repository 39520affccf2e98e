"""Tests of slopes, heat maps, box plots and metrics: what is drawn is what was sent."""

from datetime import UTC, datetime

import pytest

from phdesk.core.charts.context import Context
from phdesk.core.charts.shapes import Box, BoxPlotBody, HeatmapBody, SlopeBody
from phdesk.core.charts.spec import MetricBody, TableBody
from phdesk.core.charts.view import insight_view
from tests.core.charts.asked import CONTEXT, item, made, trends

HEAT = {
    "data": [{"row": 1, "column": 14, "value": 37}, {"row": 7, "column": 0, "value": 1200}],
    "rowAggregations": [{"row": 1, "value": 30}],
    "columnAggregations": [{"column": 14, "value": 95}],
    "allAggregations": 1204,
}


def spread(day, *figures, index=0, **more):
    names = ("min", "p25", "median", "p75", "max", "mean")
    label = f"load {index}"
    return {"day": f"2026-11-{day}", "series_index": index, "series_label": label,
            **dict(zip(names, figures, strict=False)), **more}  # fmt: skip


def heat_map(week_start=1, result=HEAT, own=None):
    context = Context(now=datetime(2026, 11, 23, tzinfo=UTC), week_start_day=week_start)
    return trends([{"calendar_heatmap_data": result}], "CalendarHeatmap", own, context)


@pytest.mark.parametrize(
    ("week_start", "days"),
    [(0, "Sun Mon Tue Wed Thu Fri Sat"), (1, "Mon Tue Wed Thu Fri Sat Sun")],
    ids=["sunday", "monday"],
)
def test_the_days_of_a_heat_map_begin_where_the_project_says(week_start, days):
    body = heat_map(week_start).body
    assert isinstance(body, HeatmapBody)
    assert [row.label for row in body.rows] == days.split()
    cells = {row.label: row.cells for row in body.rows}
    assert cells["Mon"][14].text == "37"
    assert (cells["Sun"][0].text, cells["Sun"][0].short) == ("1,200", "1.2k")
    assert cells["Sun"][0].strength == 1.0


def test_cells_that_were_not_sent_are_zero():
    row = heat_map().body.rows[2]
    assert {(cell.text, cell.strength) for cell in row.cells} == {("0", 0.0)}
    assert len(row.cells) == 24


def test_totals_of_a_heat_map_are_those_sent_and_not_sums():
    body = heat_map().body
    assert [row.total_text for row in body.rows] == ["30", *["0"] * 6]
    assert body.column_totals[14] == "95"
    assert body.total_text == "1,204"


def test_a_heat_map_without_totals_has_none():
    body = heat_map(result={"data": HEAT["data"]}).body
    assert {row.total_text for row in body.rows} == {""}
    assert (body.column_totals, body.total_text) == ((), "")


def test_the_table_of_a_heat_map_lists_what_was_sent():
    table = heat_map().table
    assert [column.title for column in table.columns] == ["Weekday", "Hour", "Value"]
    assert table.rows == (
        ("Mon", "14:00", 37),
        ("Sun", "00:00", 1200),
        ("Mon", "All hours", 30),
        ("All days", "14:00", 95),
        ("All days", "All hours", 1204),
    )


def test_a_heat_map_speaks():
    assert heat_map().summary == (
        "Untitled insight: heat map of the week, most on Sun at 00:00 with 1,200, total 1,204."
    )


def test_a_bare_heat_map_of_web_analytics_is_drawn_and_lists_what_has_no_place():
    result = {
        "data": [{"row": 7, "column": 0, "value": 2}, {"row": 9, "column": 30, "value": None}]
    }
    view = insight_view(made({"kind": "CalendarHeatmapQuery"}, result), CONTEXT)
    assert isinstance(view.body, HeatmapBody)
    assert view.body.rows[0].label == "Sun"
    assert view.table.rows == (("Sun", "00:00", 2), ("9", "30", None))


def test_a_heat_map_of_unknown_places_is_a_table():
    view = heat_map(result={"data": [{"row": 9, "column": 1, "value": 2}]})
    assert isinstance(view.body, TableBody)
    assert view.table.rows == (("9", "01:00", 2),)


def test_box_plots_draw_every_series():
    sent = [
        spread(20, 1, 3.5, 5, 9, 22, 6.2),
        spread(21, 2, 3, 4, 5, 6, 4),
        spread(21, 0, 1, 1, 2, 3, index=1),
    ]
    view = trends(sent, "BoxPlot")
    body = view.body
    assert isinstance(body, BoxPlotBody)
    assert [one.label for one in body.series] == ["load 0", "load 1"]
    assert [one.color for one in body.series] == ["preset-1", "preset-2"]
    box = Box(low=1, p25=3.5, median=5, p75=9, high=22, mean=6.2, top=17.25)
    assert body.series[0].boxes[0] == box
    assert body.series[1].boxes == (None, Box(low=0, p25=1, median=1, p75=2, high=3))
    assert len(body.x_labels) == len(body.x_titles) == 2
    assert view.table.rows[0] == ("load 0", "20 Nov 2026", 1, 3.5, 5, 6.2, 9, 22)
    assert view.summary == "Untitled insight: box plot, 2 series, 2 buckets."


def test_one_box_plot_says_its_last_median():
    sent = [spread(20, 1, 3.5, 5, 9, 22), spread(21, 2, 3, 4.25, 5, 6)]
    said = "box plot, 1 series, 2 buckets, last median 4.25 at 21 Nov 2026."
    assert trends(sent, "BoxPlot").summary == f"Untitled insight: {said}"
    assert trends({"boxplot_data": sent}, "BoxPlot").summary == f"Untitled insight: {said}"


def test_boxes_of_zero_may_be_no_data_and_say_so():
    view = trends([spread(20, 0, 0, 0, 0, 0, 0)], "BoxPlot")
    assert isinstance(view.body, BoxPlotBody)
    assert "PostHog also sends for buckets without data" in view.summary


@pytest.mark.parametrize(
    "figures", [(1, 2, 3, 4), (5, 4, 3, 2, 1), (1, None, 3, 4, 5), (1, "x", 3, 4, 5)],
    ids=["four", "backwards", "null", "text"],
)  # fmt: skip
def test_what_is_no_box_is_listed(figures):
    view = trends([spread(20, *figures)], "BoxPlot")
    assert isinstance(view.body, TableBody)
    assert len(view.table.rows) == 1


def test_slopes_join_the_first_and_the_last_value():
    sent = [item([10, 15], incomplete_end=True), item([8, 4], name="paid", order=1)]
    view = trends(sent, "SlopeGraph")
    assert isinstance(view.body, SlopeBody)
    assert [(s.label, s.start, s.end, s.change_text, s.dashed) for s in view.body.slopes] == [
        ("signup", 10, 15, "+50%", True),
        ("paid", 8, 4, "-50%", False),
    ]
    assert (view.body.start_title, view.body.end_title) == ("21 Nov 2026", "22 Nov 2026")
    assert view.summary == (
        "Untitled insight: slope chart, 2 series, 21 Nov 2026 to 22 Nov 2026,"
        " signup from 10 to 15 (+50%)."
    )


def test_a_series_of_one_point_has_no_slope_but_is_listed():
    view = trends([item([10, 15]), item([8], name="paid", order=1)], "SlopeGraph")
    assert [slope.label for slope in view.body.slopes] == ["signup"]
    assert [row[0] for row in view.table.rows] == ["signup", "paid"]
    alone = trends([item([8])], "SlopeGraph")
    assert isinstance(alone.body, TableBody)
    assert alone.table.rows == (("signup", 8, 8),)


def test_a_slope_from_nothing_has_no_change():
    slope = trends([item([0, 15])], "SlopeGraph").body.slopes[0]
    assert (slope.start_text, slope.end_text, slope.change_text) == ("0", "15", "")


def test_a_metric_keeps_its_line_and_where_it_is_incomplete():
    view = trends([item([5, None, 3])], "Metric", {"metricSummary": "latest"})
    assert isinstance(view.body, MetricBody)
    assert view.body.values == (5, 0, 3)
    assert view.body.dashed_from == 2
    assert len(view.body.x_titles) == 3
    assert view.summary == "Untitled insight: latest value 3, down 40% from 21 Nov 2026, so far."


def metric(own=None, data=(5, 3), before=None):
    sent = [item(data, compare=True, compare_label="current")]
    sent += [] if before is None else [item(before, compare=True, compare_label="previous")]
    return trends(sent, "Metric", own, Context(now=datetime(2026, 11, 29, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("own", "before", "said"),
    [
        ({}, None, ""),
        ({"metricSummary": "average"}, None, ""),
        ({"metricSummary": "latest"}, None, "down 40% from 21 Nov 2026"),
        ({"metricSummary": "latest"}, (1, 1), "down 40% from 21 Nov 2026"),
        ({"metricSummary": "average"}, (1, 3), "up 100% from previous period"),
        ({"metricSummary": "average", "metricShowChange": False}, (1, 3), ""),
        ({"metricSummary": "latest", "metricShowChange": False}, None, ""),
    ],
)
def test_a_metric_is_compared_with_what_it_sums_up(own, before, said):
    number = metric(own, before=before).body.number
    words = (number.direction, number.delta_text, number.comparison)
    assert " ".join(word for word in words if word) == said


def test_the_average_of_a_metric_counts_what_is_missing_as_it_is_drawn():
    view = metric({"metricSummary": "average"}, data=(6, None, 3))
    assert (view.body.number.value, view.body.values) == (3, (6, 0, 3))


@pytest.mark.parametrize(
    ("own", "line", "delta"),
    [
        ({}, "preset-1", ""),
        ({"metricColorByDirection": True}, "bad", ""),
        ({"metricColorByDirection": True, "metricLineDecreaseColor": "#112233"}, "#112233", ""),
        ({"metricColorByDirection": True, "metricLineIncreaseColor": "#112233"}, "bad", ""),
        ({"metricLineDecreaseColor": "#112233"}, "preset-1", ""),
        ({"metricChangeDecreaseColor": "#445566"}, "preset-1", "#445566"),
        ({"metricChangeIncreaseColor": "#445566"}, "preset-1", ""),
        ({"metricChangeDecreaseColor": "red"}, "preset-1", ""),
    ],
)
def test_a_metric_is_coloured_by_its_direction_where_asked(own, line, delta):
    body = metric({"metricSummary": "latest", **own}).body
    assert (body.color, body.number.delta_color) == (line, delta)


def test_a_metric_is_compared():
    before = item([2, 2], compare=True, compare_label="previous")
    view = trends([item([5, 3], compare=True, compare_label="current"), before], "Metric")
    assert view.body.number.delta_text == "100%"
    assert view.summary == "Untitled insight: total 8, up 100% from previous period."
