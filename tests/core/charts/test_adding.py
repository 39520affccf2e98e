"""Which buckets add up follows from the math of the query (reference 6.0)."""

import pytest

from phdesk.core.charts.adding import of_math
from phdesk.core.charts.spec import UNKNOWN_SUM, XYBody
from phdesk.core.charts.view import insight_view
from tests.core.charts.asked import CONTEXT, item, made, sql, trends

SUMS = (None, "total", "sum", "first_time_for_user", "first_matching_event_for_user")
NO_SUMS = {
    "dau": "unique users",
    "weekly_active": "unique users",
    "monthly_active": "unique users",
    "unique_session": "unique sessions",
    "unique_group": "unique groups",
    "avg": "averages",
    "median": "medians",
    "min": "minimums",
    "max": "maximums",
    **dict.fromkeys(("p75", "p90", "p95", "p99"), "percentiles"),
    "avg_count_per_actor": "averages",
    "median_count_per_actor": "medians",
    "min_count_per_actor": "minimums",
    "max_count_per_actor": "maximums",
    "p99_count_per_actor": "percentiles",
}


def of(math, own=None, display=None, **more):
    action = {"id": "a", "type": "events", "order": 0, "name": "a", "math": math}
    answer = [item([1.0, 2.0], action=action, **more)]
    body = trends(answer, display, own, series=[{"kind": "EventsNode", "event": "a"}]).body
    assert isinstance(body, XYBody)
    return body.series[0].no_sum


@pytest.mark.parametrize("math", SUMS)
def test_events_properties_and_first_times_add_up(math):
    assert of(math) == ""


@pytest.mark.parametrize(("math", "what"), NO_SUMS.items())
def test_others_say_why_they_do_not(math, what):
    assert of(math) == f"{what} cannot be added up"


@pytest.mark.parametrize("math", ["hogql", "", "p", "patent", "average_of_tomorrow", "dauphin"])
def test_what_is_not_known_does_not_add_up(math):
    assert of_math(math) == ("" if not math else UNKNOWN_SUM)


def test_the_query_says_it_where_an_old_server_sent_no_action():
    for math, why in (("total", ""), ("dau", "unique users cannot be added up")):
        query = [{"kind": "EventsNode", "event": "a", "math": math}]
        body = trends([item([1.0, 2.0], action=None)], series=query).body
        assert body.series[0].no_sum == why
    alone = trends([item([1.0, 2.0], action=None)], series=[]).body
    assert alone.series[0].no_sum == UNKNOWN_SUM


def test_formulas_running_totals_and_smoothed_values_do_not_add_up():
    formula = trends([item([1.0], action=None)], None, {"formula": "A/B"}).body
    assert formula.series[0].no_sum == "results of a formula cannot be added up"
    assert of("total", display="ActionsLineGraphCumulative").startswith("running totals")
    assert of("total", {"smoothingIntervals": 7}).startswith("smoothed values")
    assert of("total", {"smoothingIntervals": 1}) == ""


def test_the_sentence_gives_no_total_of_unique_users():
    action = {"id": "a", "type": "events", "order": 0, "name": "a"}
    said = [
        trends([item([1.0, 2.0], action={**action, "math": math})]).summary
        for math in ("total", "dau")
    ]
    assert "total 3" in said[0]
    assert "total" not in said[1]


@pytest.mark.parametrize(
    ("own", "adds_up"), [({}, True), ({"computedAs": "cumulative"}, False)], ids=["", "or more"]
)
def test_people_are_in_one_bucket_of_stickiness(own, adds_up):
    query = {"kind": "StickinessQuery", "stickinessFilter": own}
    answer = [item([5, 3], days=[1, 2], labels=["1 day", "2 days"])]
    body = insight_view(made({"kind": "InsightVizNode", "source": query}, answer), CONTEXT).body
    assert (body.series[0].no_sum == "") is adds_up


def test_users_of_a_lifecycle_do_not_add_up():
    answer = [item([5, 3], status="returning")]
    query = {"kind": "InsightVizNode", "source": {"kind": "LifecycleQuery"}}
    body = insight_view(made(query, answer), CONTEXT).body
    assert body.series[0].no_sum == "unique users cannot be added up"


def test_columns_of_sql_are_not_known():
    rows = [["2026-11-21", 4], ["2026-11-22", 5]]
    types = [["day", "Date"], ["count()", "UInt64"]]
    body = sql(rows, ["day", "count()"], types, display="ActionsLineGraph").body
    assert [one.no_sum for one in body.series] == [UNKNOWN_SUM]
