"""Which numbers a tile has, and how they are found again."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from phdesk.core.charts.context import Context
from phdesk.core.charts.view import insight_view
from phdesk.core.watching.figures import lengthened
from phdesk.core.watching.numbers import figures_of, find
from phdesk.models.watch import Address
from tests.core.charts.asked import CONTEXT, NOW, item, made, total
from tests.core.charts.sent import all_sent
from tests.core.charts.truth import words_of
from tests.core.watching.making import daily
from tests.shared import needs_shared

KINDS = (
    "TrendsQuery",
    "FunnelsQuery",
    "RetentionQuery",
    "StickinessQuery",
    "LifecycleQuery",
    "PathsQuery",
    "HogQLQuery",
)


def node(event="signup", **more):
    return {"kind": "EventsNode", "event": event, **more}


def trends(result, *series, display=None, **source):
    own = {"display": display} if display else {}
    query = {"kind": "TrendsQuery", "series": list(series), "trendsFilter": own, **source}
    return made({"kind": "InsightVizNode", "source": query}, result, last_refresh=NOW)


def asked(kind, result, **source):
    query = {"kind": "InsightVizNode", "source": {"kind": kind, **source}}
    return made(query, result, last_refresh=NOW)


def sql(columns, rows, types):
    query = {"kind": "DataVisualizationNode", "source": {"kind": "HogQLQuery", "query": "…"}}
    return made(query, rows, columns=columns, types=types, last_refresh=NOW)


def addresses(insight):
    return [figure.address for figure in figures_of(insight, CONTEXT)]


def number(insight, address):
    return find(insight, CONTEXT, address).figure


@needs_shared
@pytest.mark.parametrize("kind", KINDS)
def test_every_number_of_what_posthog_sent_stands_on_its_tile(kind):
    count = 0
    for _, sent in all_sent(kind):
        insight = made(
            sent.get("query"),
            sent.get("result"),
            filters=sent.get("filters") or {},
            columns=sent.get("columns"),
            types=sent.get("types"),
        )
        view = insight_view(insight, CONTEXT)
        words = "\n".join(words_of(view)).replace(",", "")
        cells = {cell for row in view.table.rows for cell in row}
        figures = figures_of(insight, CONTEXT)
        assert len({figure.address for figure in figures}) == len(figures)
        for figure in figures:
            count += 1
            values = [one.value for one in figure.buckets] or [figure.value]
            missing = [
                value
                for value in values
                if figure.text(value).replace(",", "") not in words and value not in cells
            ]
            assert not missing, (figure.label, missing)
            assert find(insight, CONTEXT, figure.address).figure == figure
    assert count > 20


def test_a_series_is_judged_by_its_last_complete_bucket():
    figure = number(trends([item([5, 7, 2])], node()), Address(measure="value", of="signup"))
    assert (figure.current(), figure.current(unfinished=True)) == (7, 2)
    assert (figure.when(), figure.label) == ("on 22 Nov 2026", "signup per day")


def test_a_bucket_counts_as_complete_by_the_time_of_its_answer():
    later = Context(now=datetime(2026, 11, 25, tzinfo=UTC))
    insight = trends([item([5, 7, 2])], node())
    figure = find(insight, later, Address(measure="value", of="signup")).figure
    assert figure.current() == 7


def test_what_was_not_sent_is_missing_although_it_is_drawn_as_nothing():
    figure = number(trends([item([5, None, 2])], node()), Address(measure="value", of="signup"))
    assert figure.current() is None


def test_an_hour_that_comes_twice_has_two_values():
    days = [f"2026-11-01 0{hour}:00:00" for hour in (0, 1, 1, 2)]
    result = [item([3, 4, 5, 6]) | {"days": days, "labels": days}]
    insight = trends(result, node(), interval="hour")
    assert [one.value for one in figures_of(insight, CONTEXT)[0].buckets] == [3, 4, 5, 6]


def test_a_series_is_found_after_a_renaming_and_in_another_order():
    address = Address(measure="value", of="signup")
    before = trends([item([5, 7, 2])], node())
    renamed = item([1, 8, 2], order=1)
    renamed["action"]["custom_name"] = "New people"
    after = trends(
        [item([9, 9, 9], name="login"), renamed],
        node("login"),
        node(custom_name="New people"),
    )
    assert number(before, address).current() == 7
    figure = number(after, address)
    assert (figure.current(), figure.name) == (8, "New people")


def test_series_of_one_event_are_told_apart_by_math_and_by_their_own_filters():
    paid = [{"key": "plan", "value": "paid", "type": "event"}]
    series = (node(), node(math="dau"), node(math="sum", math_property="amount"),
              node(properties=paid))  # fmt: skip
    result = [item([n, n, n], order=n) for n in range(4)]
    for place, entry in enumerate(result):
        entry["action"] |= {"math": series[place].get("math")}
    first = trends(result, *series)
    by_value = {number(first, one).current(): one for one in addresses(first) if one.measure == "value"}  # fmt: skip  # noqa: E501
    assert [by_value[n].math for n in range(4)] == ["", "dau", "sum(amount)", ""]
    assert by_value[3].twin
    assert not by_value[0].twin
    turned = trends(
        [item([3, 3, 3], order=0), item([0, 0, 0], order=1)], node(properties=paid), node()
    )
    assert number(turned, by_value[3]).current() == 3
    assert number(turned, by_value[0]).current() == 0


def test_a_series_whose_filters_changed_is_still_the_one_when_no_other_is_like_it():
    address = Address(measure="value", of="signup", twin="abc123")
    assert number(trends([item([5, 7, 2])], node()), address).current() == 7


def test_equal_series_are_told_by_their_place():
    insight = trends([item([1, 1, 1]), item([2, 2, 2], order=1)], node(), node())
    assert [one.twin for one in addresses(insight) if one.measure == "value"] == ["", "#2"]


def test_a_breakdown_value_without_events_is_missing_and_another_question_is_gone():
    insight = trends([item([5, 7, 2], breakdown_value="Chrome")], node())
    state = [
        find(insight, CONTEXT, Address(measure="value", of=of, part=part)).state
        for of, part in (("signup", "Chrome"), ("signup", "Safari"), ("login", ""))
    ]
    assert state == ["found", "missing", "gone"]


def test_an_empty_answer_is_missing_data_and_one_that_is_to_come_says_nothing():
    address = Address(measure="value", of="signup")
    assert find(trends([], node()), CONTEXT, address).state == "missing"
    assert find(trends(None, node()), CONTEXT, address).state == "waiting"


def test_the_period_before_stands_beside_its_series():
    result = [
        item([5, 7, 2], compare_label="current"),
        item([4, 6, 8], compare_label="previous", start=1),
    ]
    figure = number(trends(result, node()), Address(measure="value", of="signup"))
    assert figure.before_buckets == (4, 6, 8)


def test_unique_users_have_no_total_over_buckets():
    people = item([5, 7, 2])
    people["action"]["math"] = "dau"
    measures = [one.measure for one in addresses(trends([people], node(math="dau")))]
    assert measures == ["value"]
    assert [one.measure for one in addresses(trends([item([5, 7])], node()))] == ["value", "total"]


@pytest.mark.parametrize("display", ["BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable"])
def test_totals_are_numbers_of_their_own(display):
    figure = number(
        trends([total(12)], node(), display=display), Address(measure="total", of="signup")
    )
    assert (figure.current(), figure.when()) == (12, "")


def test_countries_are_found_by_their_code():
    result = [total(12, breakdown_value="DE"), total(3, breakdown_value="FR")]
    insight = trends(result, node(), display="WorldMap")
    address = Address(measure="country", of="signup", at="DE")
    assert (number(insight, address).value, number(insight, address).name) == (12, "Germany")
    away = Address(measure="country", of="signup", at="JP")
    assert find(insight, CONTEXT, away).state == "missing"


def step(name, count, order):
    return {"name": name, "custom_name": None, "action_id": name, "order": order, "count": count}


def funnel(*counts, names=("visit", "signup", "paid")):
    names = names[: len(counts)]
    steps = [step(name, count, n) for n, (name, count) in enumerate(zip(names, counts, strict=True))]  # fmt: skip  # noqa: E501
    return asked("FunnelsQuery", steps, series=[node(name) for name in names])


def test_a_funnels_steps_have_counts_and_two_rates():
    found = {
        (one.address.measure, one.address.of): one.current()
        for one in figures_of(funnel(200, 50, 10), CONTEXT)
    }
    assert found["conversion", "paid"] == 5
    assert found["step conversion", "paid"] == 20
    assert found["count", "signup"] == 50


def test_a_rate_from_another_step_is_another_number():
    now = funnel(200, 50, 10)
    (one,) = [a for a in addresses(now) if a.measure == "conversion" and a.of == "paid"]
    assert find(now, CONTEXT, one).state == "found"
    edited = funnel(200, 50, 10, names=("clicked", "signup", "paid"))
    assert find(edited, CONTEXT, one).state == "gone"
    by_hand = Address(measure="conversion", of="paid")
    assert find(edited, CONTEXT, by_hand).figure.value == 5


@pytest.mark.parametrize("changed", ["targetEntity", "returningEntity"])
def test_retention_of_others_or_for_something_else_is_another_number(changed):
    values = [{"count": 10}, {"count": 5}]
    rows = [{"date": "2026-11-18T00:00:00Z", "label": "Day 0", "values": values}]
    entity = {"id": "signed_up", "type": "events"}
    events = {"targetEntity": entity, "returningEntity": entity}
    now = asked("RetentionQuery", rows, retentionFilter={"period": "Day", **events})
    (one,) = [a for a in addresses(now) if a.measure == "retention"]
    assert find(now, CONTEXT, one).state == "found"
    other = {changed: {"id": "paid", "type": "events"}}
    edited = asked("RetentionQuery", rows, retentionFilter={"period": "Day", **events, **other})
    assert find(edited, CONTEXT, one).state == "gone"


def test_a_formula_over_other_series_is_another_number():
    result = [item([1, 2, 3]) | {"action": None}]
    source = {"trendsFilter": {"formula": "A/B"}}
    now = trends(result, node("errors"), node("calls"), **source)
    (one, *_) = addresses(now)
    assert (one.of, one.math) == ("formula A/B", "of errors, calls")
    assert find(now, CONTEXT, one).state == "found"
    edited = trends(result, node("errors"), node("visits"), **source)
    assert find(edited, CONTEXT, one).state == "gone"


def test_the_rate_of_nobody_is_missing():
    address = Address(measure="step conversion", of="paid")
    assert number(funnel(200, 0, 0), address).current() is None


def test_retention_is_that_of_the_newest_cohort_whose_period_is_over():
    cohorts = [
        {
            "date": f"2026-11-{20 + place}T00:00:00Z",
            "label": f"Day {place}",
            "values": [{"count": 10}, {"count": 6 - place}, {"count": 1}, {"count": 0}],
        }
        for place in range(4)
    ]
    insight = asked("RetentionQuery", cohorts, retentionFilter={"period": "Day"})
    figure = number(insight, Address(measure="retention", at="1"))
    assert [(one.value, one.complete) for one in figure.buckets] == [
        (60, True),
        (50, True),
        (40, False),
    ]
    assert (figure.text(figure.current()), figure.when()) == ("50.0%", "on 21 Nov 2026")


@pytest.mark.parametrize("reference", ["total", "previous"])
def test_retention_of_a_cohort_of_nobody_is_missing_and_not_zero(reference):
    counts = ([10, 5], [0, 0], [4, 2])
    cohorts = [
        {
            "date": f"2026-11-{18 + place}T00:00:00Z",
            "label": f"Day {place}",
            "values": [{"count": count} for count in values],
        }
        for place, values in enumerate(counts)
    ]
    wishes = {
        "period": "Day",
        "retentionReference": reference,
        "meanRetentionCalculation": "simple",
    }
    insight = asked("RetentionQuery", cohorts, retentionFilter=wishes)
    figure = number(insight, Address(measure="retention", at="1"))
    assert [one.value for one in figure.buckets] == [50, None, 50]
    empty = asked("RetentionQuery", cohorts[1:2], retentionFilter=wishes)
    assert number(empty, Address(measure="mean retention", at="1")).current() is None


def test_lifecycle_bands_are_found_by_their_state():
    result = [
        {**item([1, -4, 0]), "status": "dormant", "action": None},
        {**item([1, 3, 0]), "status": "new", "action": None},
    ]
    insight = asked("LifecycleQuery", result, series=[node()])
    assert number(insight, Address(measure="lifecycle", of="dormant")).current() == -4


def test_stickiness_is_found_by_the_count_of_days():
    result = [{**item([9, 4, 1]), "labels": ["1 day", "2 days", "3 days"]}]
    insight = asked("StickinessQuery", result, series=[node()])
    figure = number(insight, Address(measure="stickiness", of="signup", at="2"))
    assert (figure.value, figure.name) == (4, "signup on 2 days")


def test_a_path_is_found_by_both_ends():
    edges = [{"source": "1_/", "target": "2_/docs", "value": 8, "average_conversion_time": 1}]
    insight = asked("PathsQuery", edges)
    address = Address(measure="path", of="/", part="1", at="/docs")
    assert number(insight, address).value == 8
    gone = Address(measure="path", of="/", part="1", at="/pricing")
    assert find(insight, CONTEXT, gone).state == "missing"


def test_cells_of_sql_are_found_by_column_and_row():
    insight = sql(["plan", "paying"], [["free", 3], ["pro", 9]], ["String", "UInt64"])
    values = {(one.address.at, one.address.part): one.value for one in figures_of(insight, CONTEXT)}
    assert values == {("first row", ""): 3, ("last row", ""): 9, ("", "free"): 3, ("", "pro"): 9}


def test_a_column_with_dates_is_a_series_in_the_order_of_time():
    rows = [["2026-11-23", 2], ["2026-11-22", 7], ["2026-11-21", 5]]
    insight = sql(["day", "orders"], rows, ["Date", "UInt64"])
    figure = number(insight, Address(measure="column", of="orders"))
    assert [one.value for one in figure.buckets] == [5, 7, 2]
    assert (figure.current(), figure.interval) == (7, "day")


def test_a_table_of_named_rows_is_no_series_though_each_has_a_date():
    rows = [["Ada", "2026-11-23", 2], ["Bob", "2026-11-22", 7]]
    insight = sql(["name", "last_visit", "paid"], rows, ["String", "Date", "UInt64"])
    assert {one.part for one in addresses(insight)} == {"", "Ada", "Bob"}
    assert {one.measure for one in addresses(insight)} == {"cell"}


def test_a_running_total_is_another_number_than_what_came_in_each_bucket():
    insight = trends([item([5, 7, 9])], node(), display="ActionsLineGraphCumulative")
    (figure,) = figures_of(insight, CONTEXT)
    assert (figure.label, figure.address.math) == ("signup, running total", "running total")
    plain = Address(measure="value", of="signup")
    assert find(insight, CONTEXT, plain).state == "gone"


def test_dates_that_come_again_make_a_series_of_each_name_beside_them():
    rows = [[f"2026-11-{day}", plan, day] for day in (21, 22) for plan in ("free", "pro")]
    insight = sql(["day", "plan", "orders"], rows, ["Date", "String", "UInt64"])
    assert [one.part for one in addresses(insight)] == ["free", "pro"]


def test_a_result_gains_the_buckets_that_earlier_ones_showed():
    now = daily(5, 6, 1)
    earlier = daily(1, 2, 3, 4, 9, end=now.buckets[1].at)
    older = daily(8, 8, 8, 3, end=now.buckets[0].at)
    whole = lengthened(now, [older, earlier])
    assert [one.value for one in whole.buckets] == [1, 2, 3, 5, 6, 1]


def test_a_running_total_has_no_past_but_its_own():
    running = Address(measure="value", of="signed_up", math="running total dau")
    now = replace(daily(5, 11, 12), address=running)
    earlier = replace(daily(1, 3, 6, 10, end=now.buckets[1].at), address=running)
    assert lengthened(now, [earlier]) == now


@pytest.mark.parametrize("display", ["BoxPlot", "CalendarHeatmap", "ActionsLineGraph"])
@pytest.mark.parametrize("result", [None, [], {}, "x", 7, [7], [{"data": "x"}], [[1, 2], [3, 4]]])
@pytest.mark.parametrize("kind", [*KINDS, "WebOverviewQuery", "EventsQuery", "NewQuery"])
def test_no_answer_whatever_breaks_the_reading(kind, result, display):
    query = {
        "kind": "InsightVizNode",
        "source": {"kind": kind, "trendsFilter": {"display": display}},
    }
    insight = made(query, result, last_refresh=NOW)
    figures_of(insight, CONTEXT)
    find(insight, CONTEXT, Address(measure="value", of="signup"))
