"""Box plots over time: what is still being counted, weekends, and the order of buckets."""

from datetime import UTC, datetime

import pytest

from phdesk.core.charts.context import Context
from tests.core.charts.asked import trends


def spread(day, median=5, index=0):
    figures = {"min": 0, "p25": 1, "median": median, "p75": 9, "max": 22, "mean": 6.5}
    return {"day": f"2026-11-{day}", "series_index": index, "series_label": "load", **figures}


def at(day, hour=12, zone="UTC"):
    return Context(now=datetime(2026, 11, day, hour, tzinfo=UTC), timezone=zone)


def drawn(days, context, own=None, **more):
    sent = [spread(day, median=day / 8) for day in days]
    return trends(sent, "BoxPlot", own, context, **more)


@pytest.mark.parametrize(
    ("context", "begins"),
    [
        pytest.param(at(23), 3, id="today"),
        pytest.param(at(24), None, id="yesterday"),
        pytest.param(at(23, 3, "America/New_York"), 2, id="still Sunday there"),
        pytest.param(at(1), 0, id="all to come"),
    ],
)
def test_a_bucket_that_is_still_counted_is_dashed(context, begins):
    assert drawn((20, 21, 22, 23), context).body.dashed_from == begins


def test_an_old_answer_is_as_unfinished_as_it_was():
    when = {"last_refresh": datetime(2026, 11, 22, 9, tzinfo=UTC)}
    assert drawn((20, 21, 22, 23), at(29), insight=when).body.dashed_from == 2


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((21, 22, 23), "last median 2.75 at 22 Nov 2026."),
        ((23,), "last median 2.88 at 23 Nov 2026, still being counted."),
    ],
    ids=["the last final one", "none is final"],
)
def test_the_sentence_tells_a_median_that_is_final(days, said):
    assert drawn(days, at(23)).summary.endswith(said)


def test_buckets_stand_in_order_of_time_whichever_series_has_them():
    sent = [spread(21), spread(20, index=1), spread(21, index=1)]
    body = trends(sent, "BoxPlot", None, at(21)).body
    assert body.x_labels == ("20 Nov", "21 Nov")
    assert [box is None for box in body.series[0].boxes] == [True, False]
    assert body.dashed_from == 1


def test_weekends_leave_the_drawing_and_stay_in_the_table():
    view = drawn((20, 21, 22, 23), at(23), {"hideWeekends": True})
    assert view.body.x_labels == ("20 Nov", "23 Nov")
    assert view.body.dashed_from == 1
    assert len(view.table.rows) == 4
    assert view.table.note == "The chart leaves weekends out."
    assert view.summary.endswith("last median 2.5 at 20 Nov 2026, weekends left out.")


def test_what_is_no_box_plot_is_listed_and_says_so():
    view = trends([{"day": "2026-11-20", "min": 3}], "BoxPlot")
    assert view.table.note == "Cannot be drawn as a box plot."
    assert len(view.table.rows) == 1


def options(own, *spreads):
    return trends(list(spreads), "BoxPlot", own, at(29))


@pytest.mark.parametrize(
    ("own", "ends"),
    [
        ({}, (0, 21)),
        ({"excludeBoxPlotOutliers": True}, (0, 21)),
        ({"excludeBoxPlotOutliers": None}, (0, 21)),
        ({"excludeBoxPlotOutliers": False}, (0, 22)),
    ],
)
def test_whiskers_are_cut_at_outliers_unless_those_are_asked_for(own, ends):
    view = options(own, spread(20))
    box = view.body.series[0].boxes[0]
    assert box.ends == ends
    assert (box.low, box.high) == (0, 22)
    assert view.table.rows[0][-1] == 22


@pytest.mark.parametrize(
    "own",
    [
        {"resultCustomizations": {'{"series": 1}': {"color": "preset-9", "hidden": True}}},
        {
            "resultCustomizationBy": "position",
            "resultCustomizations": {"1": {"color": "preset-9", "hidden": True}},
        },
    ],
    ids=["by value", "by position"],
)
def test_what_is_said_of_a_series_holds(own):
    series = options(own, spread(20), spread(20, index=1)).body.series
    assert [(one.color, one.hidden) for one in series] == [("preset-1", False), ("preset-9", True)]
