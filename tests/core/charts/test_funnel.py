"""Funnels of steps: figures as PostHog writes them, and every number that was sent."""

import pytest
from msgspec import structs

from phdesk.core.charts.spec import FunnelBody, NoticeBody, Table
from tests.core.charts.sent import CONTEXT, all_sent, asking, fixture, of_json, shown
from tests.shared import SHARED, needs_shared

KIND = "FunnelsQuery"


def step(count, order=0, *, name="a", median=None, average=None, **more):
    return {
        "name": name,
        "count": count,
        "order": order,
        "median_conversion_time": median,
        "average_conversion_time": average,
        **more,
    }


def steps(*counts, **more):
    return [step(count, order, **more) for order, count in enumerate(counts)]


def funnel(result, own=None, context=CONTEXT, **source):
    return asking(KIND, result, own, context, **source)


def column(table: Table, title):
    place = [column.title for column in table.columns].index(title)
    return [texts[place] for texts in table.texts]


@needs_shared
def test_left_to_right_is_written_as_in_the_picture():
    view = shown(fixture("funnelLeftToRight"))
    body = view.body
    assert isinstance(body, FunnelBody)
    assert body.columns
    assert body.actors == "persons"
    assert (body.total_text, body.average_time_text) == ("14.20%", "12m 49s")
    assert [
        (s.name, s.count_text, s.rate_text, s.dropped_text, s.dropped_rate_text, s.time_text)
        for s in body.steps
    ] == [
        ("Pageview", "20,166", "100%", "", "", ""),
        ("Pageview", "8,438", "41.84%", "11,728", "58.16%", "0s"),
        ("Pageview", "2,864", "14.2%", "5,574", "66.06%", "0s"),
    ]
    assert view.summary.endswith(
        "14.20% of 20,166 persons completed all 3 steps (2,864), average time 12m 49s."
    )
    assert column(view.table, "Conversion so far") == ["100.00%", "41.84%", "14.20%"]
    assert column(view.table, "Drop-off rate") == ["", "58.16%", "66.06%"]
    assert column(view.table, "Conversion from previous")[1] == "41.84%"
    assert column(view.table, "Persons") == ["20,166", "8,438", "2,864"]
    assert column(view.table, "Dropped off")[1] == "11,728"
    assert column(view.table, "Median time") == ["", "0s", "0s"]
    assert column(view.table, "Average time")[1].startswith("6m")


@needs_shared
def test_a_breakdown_is_written_as_in_the_picture():
    view = shown(fixture("funnelLeftToRightBreakdown"))
    body = view.body
    assert isinstance(body, FunnelBody)
    assert [(g.label, g.color) for g in body.groups] == [
        ("Baseline", "preset-1"),
        ("100", "preset-2"),
        ("92", "preset-3"),
        ("98", "preset-4"),
    ]
    assert (body.total_text, body.average_time_text) == ("14.20%", "")
    assert [(s.count_text, s.rate_text, s.dropped_text, s.time_text) for s in body.steps] == [
        ("20,166", "100%", "", ""),
        ("8,438", "41.84%", "11,728", ""),
        ("2,864", "14.2%", "5,574", ""),
    ]
    rows = [texts for texts in view.table.texts if texts[0] == "2"]
    assert [texts[2:5] + texts[6:9] for texts in rows] == [
        # The picture writes 0s for the baseline, which nobody sent: times of groups do not add up.
        ("Baseline", "8,438", "11,728", "41.84%", "41.84%", "–"),
        ("100", "8,436", "11,132", "43.11%", "43.11%", "0s"),
        ("92", "1", "596", "0.17%", "0.17%", "0s"),
        ("98", "1", "0", "100.00%", "100.00%", "2s"),
    ]
    totals = [texts[6] for texts in view.table.texts if texts[0] == "3"]
    assert totals == ["14.20%", "14.63%", "0.00%", "100.00%"]
    assert "average time" not in view.summary  # no time was sent for the sum


@needs_shared
def test_the_dashboards_activation_is_written_as_in_the_picture():
    sent = dict(all_sent(KIND))
    view = shown(of_json(sent["dashboard1-g5Yz2ij1"]))
    assert [
        (s.name, s.count_text, s.rate_text, s.dropped_text, s.dropped_rate_text, s.time_text)
        for s in view.body.steps
    ] == [
        ("Signed up", "32", "100%", "", "", ""),
        ("Interacted with file", "32", "100%", "0", "0%", "1m 12s"),
        ("Upgraded plan", "0", "0%", "32", "100%", "–"),
    ]


def dumb_steps(item):
    """Read the sent steps without any of our code: groups of (count, median, average)."""
    result = item["result"]
    groups = result if isinstance(result[0], list) else [result]
    return sorted(
        [
            (one["count"], one["median_conversion_time"], one["average_conversion_time"])
            for one in group
        ]
        for group in groups
    )


def is_steps(item):
    result = item["result"]
    return bool(result) and isinstance(result, list) and "order" in str(result[0])


@needs_shared
@pytest.mark.parametrize(
    "item",
    [pytest.param(item, id=name) for name, item in (all_sent(KIND) if SHARED.is_dir() else [])],
)
def test_the_table_holds_every_number_that_was_sent(item):
    if not is_steps(item):
        assert isinstance(item["result"], dict) or "days" in item["result"][0]
        return
    table = shown(of_json(item)).table
    titles = [column.title for column in table.columns]
    places = [titles.index(title) for title in ("Persons", "Median time", "Average time")]
    shown_groups = {}
    for row in table.rows:
        label = row[titles.index("Breakdown")] if "Breakdown" in titles else ""
        shown_groups.setdefault(label, []).append(tuple(row[place] for place in places))
    baseline = shown_groups.pop("Baseline", None)
    assert sorted(shown_groups.values(), key=str) == sorted(dumb_steps(item), key=str)
    if baseline:
        sums = [sum(column) for column in zip(*([r[0] for r in g] for g in dumb_steps(item)))]  # noqa: B905
        assert [row[0] for row in baseline] == sums


@pytest.mark.parametrize(
    ("reference", "rates"),
    [
        pytest.param("total", ["100%", "40%", "10%"], id="of all who entered"),
        pytest.param("previous", ["100%", "40%", "25%"], id="of the step before"),
        pytest.param(None, ["100%", "40%", "10%"], id="not said: of all"),
    ],
)
def test_a_step_is_compared_with_its_reference(reference, rates):
    body = funnel(steps(1000, 400, 100), {"funnelStepReference": reference}).body
    assert [s.rate_text for s in body.steps] == rates
    assert [round(s.bars[0].rate, 2) for s in body.steps] == [
        float(text.rstrip("%")) / 100 for text in rates
    ]
    assert [s.dropped_rate_text for s in body.steps] == ["", "60%", "75%"]
    assert body.total_text == "10.00%"


@pytest.mark.parametrize(
    ("layout", "columns"),
    [
        pytest.param({}, True, id="not said"),
        pytest.param({"layout": "vertical"}, True, id="left to right"),
        pytest.param({"layout": "horizontal"}, False, id="top to bottom"),
    ],
)
def test_the_layout_decides_between_columns_and_rows(layout, columns):
    assert funnel(steps(2, 1), layout).body.columns is columns


def test_steps_stand_in_their_order_whatever_the_order_of_sending():
    body = funnel([step(1, 1, name="second"), step(5, 0, name="first")]).body
    assert [s.name for s in body.steps] == ["first", "second"]


def test_an_unordered_funnel_keeps_the_names_that_were_sent():
    sent = [step(9, 0, name="Completed 1 step"), step(4, 1, name="Completed 2 steps")]
    body = funnel(sent, {"funnelOrderType": "unordered"}).body
    assert [s.name for s in body.steps] == ["Completed 1 step", "Completed 2 steps"]


def test_a_custom_name_wins_over_the_events_name():
    sent = [step(9, custom_name="Landing", name="$pageview"), step(4, 1, name="$pageview")]
    assert [s.name for s in funnel(sent).body.steps] == ["Landing", "Pageview"]


def test_a_comparison_shows_both_periods_in_one_list_or_in_two():
    now = [{**s, "compare_label": "current"} for s in steps(10, 5)]
    before = [{**s, "compare_label": "previous"} for s in steps(8, 2)]
    flat, two = funnel([*now, *before]), funnel([now, before])
    assert flat.body == two.body
    assert [g.label for g in flat.body.groups] == ["Current", "Previous"]
    assert [g.previous for g in flat.body.groups] == [False, True]
    assert [g.color for g in flat.body.groups] == ["preset-1", "preset-1"]
    assert [[b.count for b in s.bars] for s in flat.body.steps] == [[10, 8], [5, 2]]
    assert flat.body.total_text == "50.00%"
    assert flat.summary.endswith("(5), 25.00% in the previous period.")


def test_a_comparison_with_a_breakdown_adds_up_the_current_period_alone():
    groups = [
        [{**s, "breakdown_value": [name], "compare_label": period} for s in steps(*counts)]
        for name, period, counts in (
            ("Chrome", "current", (6, 3)),
            ("Safari", "current", (4, 2)),
            ("Chrome", "previous", (50, 1)),
            ("Safari", "previous", (0, 0)),
        )
    ]
    body = funnel(groups, breakdownFilter={"breakdown": "$browser"}).body
    assert [g.label for g in body.groups] == [
        "Baseline",
        "Chrome",
        "Safari",
        "Chrome (previous)",
        "Safari (previous)",
    ]
    assert [s.count for s in body.steps] == [10, 5]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        pytest.param(["Chrome"], "Chrome", id="one"),
        pytest.param(["Chrome", "DE"], "Chrome::DE", id="two"),
        pytest.param([""], "None (i.e. no value)", id="missing"),
        pytest.param(["$$_posthog_breakdown_null_$$"], "None (i.e. no value)", id="null"),
        pytest.param(
            ["$$_posthog_breakdown_other_$$"], "Other (i.e. all remaining values)", id="other"
        ),
        pytest.param("Opera", "Opera", id="not in a list"),
    ],
)
def test_groups_have_names_for_people(value, name):
    groups = [[{**s, "breakdown_value": value} for s in steps(2, 1)]]
    view = funnel(groups)
    assert [g.label for g in view.body.groups] == [name]
    assert "Baseline" not in [row[2] for row in view.table.rows]  # one group needs no sum


def test_a_groups_colour_may_be_chosen_and_a_group_hidden():
    groups = [
        [{**s, "breakdown_value": [name]} for s in steps(count, 1)]
        for name, count in (("Chrome", 3), ("Opera", 2), ("Safari", 1))
    ]
    own = {
        "resultCustomizations": {'{"breakdown_value":["Opera"]}': {"color": "preset-9"}},
        "hiddenLegendBreakdowns": ["Safari"],
    }
    view = funnel(groups, own)
    assert [(g.label, g.color) for g in view.body.groups] == [
        ("Baseline", "preset-1"),
        ("Chrome", "preset-2"),
        ("Opera", "preset-9"),
    ]
    assert all(len(s.bars) == 3 for s in view.body.steps)
    assert "Safari" in [row[2] for row in view.table.rows]


SORTED = [
    [step(10, 0, breakdown_value=["b"]), step(8, 1, breakdown_value=["b"], median=5, average=9)],
    [step(30, 0, breakdown_value=["a"]), step(6, 1, breakdown_value=["a"], median=7, average=8)],
    [step(20, 0, breakdown_value=["C"]), step(8, 1, breakdown_value=["C"], median=6, average=7)],
]


@pytest.mark.parametrize(
    ("key", "order"),
    [
        (None, "aCb"),
        ("breakdown_value", "abC"),
        ("-breakdown_value", "Cba"),
        ("total_conversion", "aCb"),
        ("-total_conversion", "bCa"),
        ("step_0_conversion", "bCa"),
        ("-step_1_dropoff", "aCb"),
        ("step_1_conversion_from_prev", "aCb"),
        ("step_1_median_time", "bCa"),
        ("-step_1_average_time", "baC"),
        ("step_9_conversion", "aCb"),
        ("nonsense", "aCb"),
    ],
)
def test_the_table_is_ordered_as_the_insight_says(key, order):
    view = funnel(SORTED, {"breakdownSorting": key})
    names = list(dict.fromkeys(row[2] for row in view.table.rows))
    assert names == ["Baseline", *order]
    assert [group.label for group in view.body.groups] == ["Baseline", "a", "C", "b"]


KEY = '{"breakdown_value": ["Opera"]}'
NULL = "$$_posthog_breakdown_null_$$"


def browsers(*values):
    return [
        [{"order": i, "name": "ab"[i], "count": 5, "breakdown_value": value} for i in (0, 1)]
        for value in values
    ]


@pytest.mark.parametrize(
    ("key", "hidden", "left"),
    [
        (KEY, {"hidden": True}, ["Baseline", "Chrome"]),
        ('{"breakdown_value": "Opera"}', {"hidden": True}, ["Baseline", "Chrome"]),
        (KEY, {"hidden": False}, ["Baseline", "Chrome", "Opera"]),
    ],
    ids=["with a space", "a text", "shown"],
)
def test_what_is_said_of_a_value_hides_its_group(key, hidden, left):
    view = funnel(browsers(["Chrome"], ["Opera"]), {"resultCustomizations": {key: hidden}})
    assert [group.label for group in view.body.groups] == left


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ([""], NULL),
        ([NULL], NULL),
        (["Opera", "DE"], "Opera::DE"),
        (["Opera", NULL], f"Opera::{NULL}"),
    ],
)
def test_the_dashboards_colours_name_values_as_in_trends(value, name):
    board = structs.replace(CONTEXT, breakdown_colors=((name, "preset-12"),))
    view = funnel(browsers(["Chrome"], value), {}, board)
    assert [group.color for group in view.body.groups] == ["preset-1", "preset-2", "preset-12"]


def test_the_dashboards_colour_wins():
    board = structs.replace(CONTEXT, breakdown_colors=(("Opera", "preset-12"),))
    own = {"resultCustomizations": {KEY: {"color": "preset-9"}}}
    view = funnel(browsers(["Chrome"], ["Opera"]), own, board)
    assert view.body.groups[2].color == "preset-12"


@pytest.mark.parametrize(
    "result",
    [
        pytest.param([], id="no steps"),
        pytest.param([[]], id="an empty group"),
        pytest.param(steps(0, 0), id="all zero"),
    ],
)
def test_a_funnel_nobody_entered_says_so(result):
    body = funnel(result).body
    assert isinstance(body, NoticeBody)
    assert body.state == "empty"


def test_a_group_with_fewer_steps_keeps_its_place_among_the_bars():
    groups = [
        [{**s, "breakdown_value": [name]} for s in steps(*counts)]
        for name, counts in (("Chrome", (9,)), ("Opera", (5, 3)))
    ]
    body = funnel(groups).body
    assert [[bar.text for bar in s.bars] for s in body.steps] == [
        ["14 (100%)", "9 (100%)", "5 (100%)"],
        ["3 (21.43%)", "–", "3 (60%)"],
    ]


def test_groups_of_users_are_not_called_persons():
    view = funnel(steps(3, 1), aggregation_group_type_index=0)
    assert view.body.actors == "groups"
    assert "Groups" in [column.title for column in view.table.columns]
    assert "of 3 groups" in view.summary


def test_times_are_rounded_and_a_missing_one_is_a_dash():
    sent = [step(9), step(5, 1, median=71.5, average=59.6), step(1, 2, median=None, average=0.2)]
    body = funnel(sent).body
    assert [s.time_text for s in body.steps] == ["", "1m 12s", "–"]
    assert body.average_time_text == "1m"


def test_no_time_to_the_end_is_told_where_nobody_came_to_it():
    sent = [step(9), step(5, 1, median=71.5, average=59.6), step(0, 2, median=None, average=None)]
    view = funnel(sent)
    assert view.body.average_time_text == ""
    assert view.summary.endswith("0.00% of 9 persons completed all 3 steps (0).")


@pytest.mark.parametrize(
    "result",
    [
        pytest.param({"a": 1}, id="an object"),
        pytest.param([1], id="numbers"),
        pytest.param([steps(1)[0], steps(1)], id="steps and groups mixed"),
        pytest.param([{"count": "many"}], id="a count in words"),
        pytest.param([{"count": 10**400}], id="a number beyond all floats"),
    ],
)
def test_a_result_of_another_shape_is_an_error_tile(result):
    body = funnel(result).body
    assert isinstance(body, NoticeBody)
    assert body.state == "error"
    assert body.detail.startswith("result")


def test_a_flow_is_listed_and_not_drawn():
    view = funnel([{"from": "a", "count": 3}, {"to": ["b"]}], {"funnelVizType": "flow"})
    assert view.body.state == "unsupported"
    assert [column.title for column in view.table.columns] == ["from", "count", "to"]
    assert view.table.texts == (("a", "3", "null"), ("null", "null", '["b"]'))


@pytest.mark.parametrize(
    ("custom", "name", "event"),
    [
        ("Signed up", "signed_up", "signed_up"),
        ("Landing", "$pageview", "$pageview"),
        (None, "signed_up", ""),
        ("signed_up", "signed_up", ""),
        ("Paid", None, ""),
    ],
)
def test_a_step_with_a_name_of_its_own_says_its_event(custom, name, event):
    first, *_ = funnel([step(5, name=name, custom_name=custom), step(2, 1)]).body.steps
    assert first.event == event
