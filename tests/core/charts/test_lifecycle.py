"""Lifecycle: four states around zero."""

import pytest

from phdesk.core.charts.spec import NoticeBody, XYBody
from tests.core.charts.sent import all_sent, asking, of_json, shown
from tests.shared import SHARED, needs_shared

KIND = "LifecycleQuery"
STATES = ["new", "returning", "resurrecting", "dormant"]
DAYS = ["2026-11-22", "2026-11-23"]


def states(named="status"):
    sign = {"dormant": -1}
    return [
        {
            named: state if named == "status" else f"signup - {state}",
            "data": [place * sign.get(state, 1), 2 * place * sign.get(state, 1)],
            "days": DAYS,
            "count": 3 * place * sign.get(state, 1),
        }
        for place, state in enumerate(STATES, 1)
    ]


@needs_shared
@pytest.mark.parametrize(
    "item",
    [pytest.param(item, id=name) for name, item in (all_sent(KIND) if SHARED.is_dir() else [])],
)
def test_the_table_holds_every_number_that_was_sent(item):
    view = shown(of_json(item))
    sent = {one["status"]: [one["count"], *one["data"]] for one in item["result"]}
    assert {row[0].lower(): list(row[1:]) for row in view.table.rows} == sent
    assert {s.label.lower(): list(s.values) for s in view.body.series} == {
        state: values[1:] for state, values in sent.items()
    }


def test_bars_pile_up_as_in_posthog_and_the_legend_has_its_own_order():
    body = asking(KIND, states()).body
    assert isinstance(body, XYBody)
    assert body.stacked
    upward = [s.label for s in body.series if s.label != "Dormant"]
    assert upward == ["Returning", "Resurrecting", "New"]
    assert [body.series[place].label for place in body.legend_order] == [
        "New",
        "Resurrecting",
        "Returning",
        "Dormant",
    ]
    assert {s.label: s.color for s in body.series}["Dormant"] == "lifecycle-dormant"
    assert all(value < 0 for s in body.series if s.label == "Dormant" for value in s.values)


def test_the_running_day_is_still_being_counted():
    assert {s.dashed_from for s in asking(KIND, states()).body.series} == {1}


def test_old_caches_name_the_state_in_the_label():
    body = asking(KIND, states(named="label")).body
    assert {s.color for s in body.series} == {f"lifecycle-{state}" for state in STATES}


@pytest.mark.parametrize(
    ("toggled", "shown_states"),
    [
        pytest.param(None, ["New", "Resurrecting", "Returning", "Dormant"], id="all"),
        pytest.param(["new", "dormant"], ["New", "Dormant"], id="two"),
        pytest.param(["dormant"], ["Dormant"], id="one"),
    ],
)
def test_only_toggled_states_are_shown(toggled, shown_states):
    view = asking(KIND, states(), {"toggledLifecycles": toggled})
    assert [row[0] for row in view.table.rows] == shown_states
    assert sorted(s.label for s in view.body.series) == sorted(shown_states)


def test_bars_may_stand_side_by_side_and_keep_a_legend_that_is_switched_off():
    body = asking(KIND, states(), {"stacked": False, "showLegend": False}).body
    assert not body.stacked
    assert body.legend


def test_the_sentence_adds_up():
    assert asking(KIND, states()).summary.endswith(
        "In all 3 new, 9 resurrecting, 6 returning, 12 dormant."
    )


@pytest.mark.parametrize("result", [[], [{"status": "new", "data": [0], "days": DAYS[:1]}]])
def test_without_anybody_it_says_so(result):
    body = asking(KIND, result).body
    assert isinstance(body, NoticeBody)
    assert body.state == "empty"


def test_values_are_written_with_their_share_of_the_bucket_where_asked():
    own = {"showValuesOnSeries": True, "showPercentagesOnSeries": True}
    body = asking(KIND, states(), own).body
    written = {one.label: one.texts for one in body.series}
    assert body.all_values
    assert written["Returning"] == ("2 (20%)", "4 (20%)")
    assert written["Dormant"] == ("-4 (40%)", "-8 (40%)")


def test_shares_are_of_what_is_shown():
    own = {"showPercentagesOnSeries": True, "toggledLifecycles": ["new", "resurrecting"]}
    written = {one.label: one.texts for one in asking(KIND, states(), own).body.series}
    assert written == {"New": ("1 (25%)", "2 (25%)"), "Resurrecting": ("3 (75%)", "6 (75%)")}


def test_without_shares_the_values_stand_alone():
    assert not any(one.texts for one in asking(KIND, states()).body.series)
