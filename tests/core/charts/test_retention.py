"""Retention: the matrix as in the pictures, what has begun, means and graphs."""

from datetime import UTC, datetime

import pytest

from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import NoticeBody, PairBody, RetentionBody, XYBody
from tests.core.charts.sent import NOW, all_sent, asking, fixture, insight, of_json, shown
from tests.shared import SHARED, needs_shared

KIND = "RetentionQuery"
PICTURE = """
Mar 4  | 0     | 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0%
Mar 5  | 0     | 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0%
Mar 6  | 0     | 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0% 0.0%
Mar 7  | 6783   | 100.0% 0.5% 0.3% 0.1% 0.0% 0.0% 0.0% 0.0%
Mar 8  | 10222  | 100.0% 48.9% 0.1% 0.0% 0.0% 0.0% 0.0%
Mar 9  | 6590   | 100.0% 0.1% 0.0% 0.0% 0.0% 0.0%
Mar 10 | 2177   | 100.0% 0.1% 0.0% 0.0% 0.0%
Mar 11 | 1066   | 100.0% 0.0% 0.0% 0.1%
Mar 12 | 0     | 0.0% 0.0% 0.0%
Mar 13 | 0     | 0.0% 0.0%
Mar 14 | 10    | 100.0%
"""
DASHBOARD_LABELS = [
    "Oct 2 to Oct 8",
    "Oct 9 to Oct 15",
    "Oct 16 to Oct 22",
    "Oct 23 to Oct 29",
    "Oct 30 to Nov 5",
    "Nov 6 to Nov 12",
    "Nov 13 to Nov 19",
]


def cohort(date, *counts, **more):
    return {"date": date, "values": [{"count": count} for count in counts], **more}


def retention(rows, own=None, *, now=NOW, timezone="UTC", last_refresh=None, **source):
    query = {"kind": KIND, "retentionFilter": {"period": "Day", **(own or {})}, **source}
    made = insight(query, rows, timezone=timezone, last_refresh=last_refresh)
    return shown(made, Context(now=now))


def texts(row):
    return [cell.text for cell in row.cells]


def marks(row):
    """Draw a row's cells: a full stop is done, a circle is in progress."""
    return "".join("o" if cell.in_progress else "." for cell in row.cells)


@needs_shared
def test_the_matrix_is_written_as_in_the_picture():
    body = shown(fixture("retention")).body
    assert isinstance(body, RetentionBody)
    assert body.columns == tuple(f"Day {day}" for day in range(11))
    lines = [line.split("|") for line in PICTURE.strip().splitlines()]
    assert [(row.label, row.size_text, texts(row)) for row in body.rows] == [
        (label.strip(), size.strip(), cells.split()) for label, size, cells in lines
    ]
    assert [marks(row) for row in body.rows] == ["." * (10 - place) + "o" for place in range(11)]
    strong = body.rows[4].cells
    assert (strong[0].ratio, round(strong[1].ratio, 4)) == (1.0, 0.4892)


@needs_shared
def test_the_dashboards_weeks_are_written_as_in_the_picture():
    view = shown(of_json(dict(all_sent(KIND))["dashboard1-H6Vw9ZiY"]))
    assert view.body.columns == tuple(f"Week {week}" for week in range(9))
    assert [row.label for row in view.body.rows][:7] == DASHBOARD_LABELS
    assert [marks(row) for row in view.body.rows] == ["." * (8 - row) + "o" for row in range(9)]
    assert {text for row in view.body.rows for text in texts(row)} == {"0.0%"}


@needs_shared
@pytest.mark.parametrize(
    "item",
    [pytest.param(item, id=name) for name, item in (all_sent(KIND) if SHARED.is_dir() else [])],
)
def test_the_table_holds_every_cell_that_was_sent(item):
    rows = [row for row in shown(of_json(item)).table.rows if row[0] != "Mean"]
    assert len(rows) == len(item["result"])
    for row, sent in zip(rows, item["result"], strict=True):
        counts = [value["count"] for value in sent["values"]]
        assert row[1] == counts[0]
        expected = [100 * count / counts[0] if counts[0] else 0 for count in counts]
        assert list(row[2 : 2 + len(counts)]) == pytest.approx(expected)
        assert set(row[2 + len(counts) :]) <= {None}


@pytest.mark.parametrize(
    ("period", "date", "label", "column"),
    [
        pytest.param("Hour", "2026-11-23T17:00:00Z", "Nov 23, 5 PM", "Hour 0", id="hour"),
        pytest.param("Hour", "2026-11-23T00:00:00-05:00", "Nov 23, 12 AM", "Hour 0", id="zone"),
        pytest.param("Day", "2026-11-03T00:00:00Z", "Nov 3", "Day 0", id="day"),
        pytest.param("Week", "2026-10-25T00:00:00Z", "Oct 25 to Oct 31", "Week 0", id="week"),
        pytest.param("Month", "2026-03-01T00:00:00Z", "Mar 2026", "Month 0", id="month"),
    ],
)
def test_rows_and_columns_are_named_by_period(period, date, label, column):
    body = retention([cohort(date, 3, 1), cohort(date, 1)], {"period": period}).body
    assert body.rows[0].label == label
    assert body.columns[0] == column


@pytest.mark.parametrize(
    ("period", "dates", "expected"),
    [
        pytest.param(
            "Day", ["2026-11-20", "2026-11-22", "2026-11-23"], ["...o", ".o", "o"], id="days"
        ),
        pytest.param("Week", ["2026-11-08", "2026-11-22"], ["..o", "o"], id="weeks"),
        pytest.param("Month", ["2026-08-01", "2026-11-01"], ["...o", "o"], id="months"),
        pytest.param("Day", ["2026-01-01"], ["....."], id="long over"),
    ],
)
def test_full_rows_are_shown_as_far_as_their_periods_have_begun(period, dates, expected):
    rows = [cohort(f"{date}T00:00:00Z", 9, 3, 2, 1, 0) for date in dates]
    body = retention(rows, {"period": period}).body
    assert [marks(row) for row in body.rows] == expected


def test_periods_begin_in_the_projects_zone():
    rows = [cohort("2026-11-23T00:00:00Z", 5, 2, 0)]
    assert marks(retention(rows).body.rows[0]) == "o"
    late = retention(rows, timezone="Asia/Tokyo")  # where it is the 24th already
    assert marks(late.body.rows[0]) == ".o"


def test_an_old_answer_shows_no_more_than_had_begun_when_it_was_worked_out():
    rows = [cohort("2026-11-20T00:00:00Z", 5, 2, 0, 0)]
    then = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert marks(retention(rows, last_refresh=then).body.rows[0]) == ".o"


def test_a_triangle_of_a_range_that_is_over_is_finished():
    rows = [cohort("2026-10-01T00:00:00Z", 5, 2), cohort("2026-10-02T00:00:00Z", 4)]
    past = retention(rows, dateRange={"date_to": "2026-10-02"}).body
    assert [marks(row) for row in past.rows] == ["..", "."]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        pytest.param("total", ["100.0%", "50.0%", "10.0%", "0.0%"], id="of the cohort"),
        pytest.param("previous", ["100.0%", "50.0%", "20.0%", "0.0%"], id="of the period before"),
    ],
)
def test_percentages_follow_the_reference(reference, expected):
    rows = [cohort("2026-01-01T00:00:00Z", 20, 10, 2, 0)]
    body = retention(rows, {"retentionReference": reference}).body
    assert texts(body.rows[0]) == expected


@pytest.mark.parametrize(
    ("own", "label", "rate"),
    [
        pytest.param({"meanRetentionCalculation": "simple"}, "Mean", "30.0%", id="simple"),
        pytest.param(
            {"meanRetentionCalculation": "weighted"}, "Weighted mean", "20.0%", id="weighted"
        ),
        pytest.param({"showMean": True}, "Mean", "30.0%", id="legacy yes"),
        pytest.param({"showMean": "weighted"}, "Weighted mean", "20.0%", id="legacy weighted"),
    ],
)
def test_the_mean_row_comes_first(own, label, rate):
    rows = [
        cohort("2026-01-01T00:00:00Z", 80, 8),  # 10 %
        cohort("2026-01-02T00:00:00Z", 20, 7),  # 35 %
        cohort("2026-01-03T00:00:00Z", 20, 9),  # 45 %: 30 % on average, 24 of 120 (20 %) in all
    ]
    first = retention(rows, own).body.rows[0]
    assert first.mean
    assert (first.label, texts(first)[1]) == (label, rate)


@pytest.mark.parametrize("own", [{}, {"meanRetentionCalculation": "none"}, {"showMean": False}])
def test_there_is_no_mean_unless_asked_for(own):
    body = retention([cohort("2026-01-01T00:00:00Z", 3, 1)], own).body
    assert not any(row.mean for row in body.rows)


def test_what_is_still_counted_does_not_pull_the_mean_down():
    rows = [cohort("2026-11-21T00:00:00Z", 10, 5, 1), cohort("2026-11-22T00:00:00Z", 10, 0, 0)]
    mean = retention(rows, {"showMean": True}).body.rows[0]
    assert texts(mean) == ["100.0%", "50.0%", "10.0%"]
    assert marks(mean) == "..o"


def test_groups_stand_together_each_with_its_mean():
    rows = [
        cohort("2026-01-01T00:00:00Z", 10, 5, breakdown_value="Chrome"),
        cohort("2026-01-01T00:00:00Z", 10, 1, breakdown_value="Opera"),
        cohort("2026-01-02T00:00:00Z", 10, 7, breakdown_value="Chrome"),
    ]
    body = retention(rows, {"showMean": True}).body
    assert [(row.label, *texts(row)[1:2]) for row in body.rows] == [
        ("Chrome",),
        ("Mean", "60.0%"),
        ("Jan 1", "50.0%"),
        ("Jan 2", "70.0%"),
        ("Opera",),
        ("Mean", "10.0%"),
        ("Jan 1", "10.0%"),
    ]
    assert [row.heading for row in body.rows].count(True) == 2
    assert retention(rows, {}).table.rows[0][0] == "Chrome, Jan 1"


def test_custom_brackets_have_their_own_widths_and_names():
    rows = [
        {
            "date": "2026-11-17T00:00:00Z",
            "values": [
                {"count": 9, "label": "Day 0"},
                {"count": 5, "label": "Day 1-3"},
                {"count": 4, "label": "Day 4-8"},
                {"count": 0, "label": "Day 9"},
            ],
        }
    ]
    body = retention(rows, {"retentionCustomBrackets": [3, 5, 1]}).body
    assert body.columns == ("Day 0", "Day 1-3", "Day 4-8")
    assert marks(body.rows[0]) == "..o"


def test_sums_of_a_property_replace_counts():
    rows = [
        {
            "date": "2026-01-01T00:00:00Z",
            "values": [
                {"count": 2, "aggregation_value": 50.0},
                {"count": 1, "aggregation_value": 5},
            ],
        }
    ]
    row = retention(rows, {"aggregationType": "sum"}).body.rows[0]
    assert (row.size_text, texts(row)) == ("50", ["100.0%", "10.0%"])


def test_a_graph_draws_a_line_a_cohort():
    rows = [cohort("2026-11-22T00:00:00Z", 8, 4, 0), cohort("2026-11-23T00:00:00Z", 4, 0, 0)]
    body = retention(rows, {"dashboardDisplay": "graph_only"}).body
    assert isinstance(body, XYBody)
    assert body.x_labels == ("Day 0", "Day 1")
    assert [(s.label, s.values, s.dashed_from, s.mark) for s in body.series] == [
        ("Nov 22", (100.0, 50.0), 1, "line"),
        ("Nov 23", (100.0, None), 0, "line"),
    ]


def test_a_graph_with_a_mean_draws_the_mean_alone():
    rows = [cohort("2026-01-01T00:00:00Z", 8, 4)]
    body = retention(rows, {"dashboardDisplay": "graph_only", "showMean": True}).body
    assert [(s.label, s.color) for s in body.series] == [("Mean", "retention-mean")]


def test_the_matrix_alone_is_shown_unless_more_is_asked_for():
    rows = [cohort("2026-01-01T00:00:00Z", 8, 4)]
    for display in (None, "table_only"):
        assert isinstance(retention(rows, {"dashboardDisplay": display}).body, RetentionBody)


def test_both_are_shown_where_both_are_asked_for():
    rows = [cohort("2026-01-01T00:00:00Z", 8, 4)]
    body = retention(rows, {"dashboardDisplay": "all"}).body
    assert isinstance(body, PairBody)
    assert body.chart == retention(rows, {"dashboardDisplay": "graph_only"}).body
    assert body.matrix == retention(rows).body


@pytest.mark.parametrize(
    ("start", "titles"),
    [(None, ("Day 0", "Day 1")), (0, ("Day 0", "Day 1")), (1, ("Day 1", "Day 2"))],
)
def test_columns_count_from_where_the_insight_says(start, titles):
    rows = [cohort("2026-01-01T00:00:00Z", 8, 4)]
    view = retention(rows, {"cohortLabelStartIndex": start})
    assert view.body.columns == titles
    assert view.body.rows[0].cells[1].text == "50.0%"


def test_names_of_brackets_stay_as_they_were_sent():
    values = [{"count": 8, "label": "Day 0"}, {"count": 4, "label": "Day 1-3"}]
    sent = [{"date": "2026-01-01T00:00:00Z", "values": values}]
    assert retention(sent, {"cohortLabelStartIndex": 1}).body.columns == ("Day 1", "Day 1-3")


def test_a_graph_of_one_period_goes_over_the_cohorts():
    rows = [
        cohort("2026-11-21T00:00:00Z", 8, 4, 2),
        cohort("2026-11-22T00:00:00Z", 4, 1, 0),
        cohort("2026-11-23T00:00:00Z", 4, 0, 0),
    ]
    own = {"dashboardDisplay": "graph_only", "selectedInterval": 1, "showMean": True}
    body = retention(rows, own).body
    assert body.x_labels == ("Nov 21", "Nov 22", "Nov 23")
    assert [(s.label, s.values, s.dashed_from) for s in body.series] == [
        ("Day 1", (50.0, 25.0, None), 1)
    ]


def test_a_graph_of_one_period_has_a_line_a_breakdown_value():
    rows = [
        cohort("2026-01-01T00:00:00Z", 8, 4, breakdown_value="a"),
        cohort("2026-01-02T00:00:00Z", 8, 2, breakdown_value="a"),
        cohort("2026-01-02T00:00:00Z", 4, 1, breakdown_value="b"),
    ]
    body = retention(rows, {"dashboardDisplay": "graph_only", "selectedInterval": 1}).body
    assert [(s.label, s.values) for s in body.series] == [
        ("a", (50.0, 25.0)),
        ("b", (None, 25.0)),
    ]
    assert body.x_labels == ("Jan 1", "Jan 2")


@pytest.mark.parametrize(
    "result", [pytest.param([], id="no cohorts"), pytest.param([{"values": []}], id="no cells")]
)
def test_without_cohorts_it_says_so(result):
    body = retention(result).body
    assert isinstance(body, NoticeBody)
    assert body.state == "empty"


def test_the_sentence_counts_what_came_back():
    rows = [cohort("2026-01-01T00:00:00Z", 80, 20), cohort("2026-01-02T00:00:00Z", 20, 5)]
    assert retention(rows).summary.endswith(
        "2 cohorts, Day 0 to Day 1; 25.0% of 100 came back in Day 1."
    )


def test_a_date_that_is_none_leaves_the_label_that_was_sent():
    body = asking(KIND, [cohort("soon", 4, 2, label="Day 0")]).body
    assert body.rows[0].label == "Day 0"
    assert texts(body.rows[0]) == ["100.0%", "50.0%"]


def test_a_matrix_leaves_out_sizes_where_the_insight_hides_them():
    rows = [cohort("2026-11-20T00:00:00Z", 12345, 6)]
    hidden = {"vizSpecificOptions": {"RETENTION": {"hideSizeColumn": True}}}
    source = {"kind": KIND, "retentionFilter": {"period": "Day"}}
    query = {"kind": "InsightVizNode", "source": source, **hidden}
    assert not shown(insight(query, rows), Context(now=NOW)).body.sized
    view = retention(rows)
    assert view.body.sized
    assert view.body.rows[0].size_text == "12345"
    assert view.table.columns[1].title == "Size"


@pytest.mark.parametrize(("size", "text"), [(7, "7"), (1234.5, "1,234.5"), (20000.0, "20000")])
def test_a_size_is_written_as_in_posthog(size, text):
    assert retention([cohort("2026-11-20T00:00:00Z", size, 1)]).body.rows[0].size_text == text
