"""From a tile's answer to a state and what is told."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from phdesk.core.charts.context import Context
from phdesk.core.formatting import Format
from phdesk.core.watching import states
from phdesk.core.watching.checking import Look, Past, check, judge_found, past_of
from phdesk.core.watching.numbers import Found
from phdesk.models.watch import Address, Baseline, Bound
from tests.core.charts.asked import item, made
from tests.core.watching.making import NOON, new_state, single, watch

CONTEXT = Context(now=NOON)
LIMIT = timedelta(hours=6)


def insight(*values, event="signed_up", at=NOON, end=23, display=None):
    data = list(values)
    series = item(data, name=event, start=end + 1 - len(data))
    if display:
        series = {**series, "aggregated_value": data[-1], "data": [], "days": []}
    node = {"kind": "EventsNode", "event": event}
    own = {"display": display} if display else {}
    query = {"kind": "TrendsQuery", "series": [node], "trendsFilter": own}
    return made({"kind": "InsightVizNode", "source": query}, [series], last_refresh=at)


def seen(one, *looks, state=None):
    """Judge looks one after the other."""
    state, events = state or new_state(), []
    for place, look in enumerate(looks):
        shown = look if isinstance(look, Look) else Look(insight=look, at=NOON)
        now = NOON + timedelta(minutes=place)
        done = check(one, state, shown, replace(CONTEXT, now=now), oldest=LIMIT)
        state = done.state
        events += done.events
    return state, [event.kind for event in events]


def minutes(count):
    return NOON + timedelta(minutes=count)


def test_a_result_is_judged_by_when_it_was_computed():
    one = watch()
    looks = [insight(5, 500, 1), insight(5, 500, 1), insight(5, 7, 1, at=minutes(1))]
    assert seen(one, *looks)[1] == ["fired", "resolved"]


def test_a_tile_that_is_being_calculated_changes_nothing():
    waiting = replace(insight(5, 500, 1), result=made().result)
    state, kinds = seen(watch(), insight(5, 500, 1), waiting)
    assert (state.phase, kinds) == ("firing", ["fired"])


def test_another_question_is_told_in_words():
    asks_else = insight(5, 500, 1, event="login", at=minutes(1))
    state, kinds = seen(watch(), insight(5, 7, 1), asks_else)
    assert kinds == ["broken"]
    assert state.text == "Signups per day: the tile no longer shows it"


def test_a_tile_that_is_gone_is_told_in_words():
    state, kinds = seen(watch(), insight(5, 7, 1), Look(insight=None, at=minutes(1)))
    assert kinds == ["broken"]
    assert state.text == "Signups per day: the tile is no longer on its dashboard"


def test_the_hysteresis_holds_while_it_fires():
    one = watch(Bound("above", 100), hysteresis=0.2)
    looks = [insight(5, 101, 1), insight(5, 90, 1, at=minutes(1)), insight(5, 79, 1, at=minutes(2))]
    assert seen(one, *looks[:2])[1] == ["fired"]
    assert seen(one, *looks)[1] == ["fired", "resolved"]
    assert seen(one, looks[1])[1] == []


def test_earlier_results_lend_their_buckets():
    one = watch(Baseline(side="below", factor=0.5))
    before = [insight(*[100] * 8, 50, end=20, at=minutes(-4000))]
    short = insight(100, 100, 10, 1)
    assert seen(one, short)[0].phase == "short"
    look = Look(insight=short, at=NOON, past=past_of(one, before, CONTEXT))
    assert seen(one, look)[1] == ["fired"]


def test_earlier_results_are_the_history_of_a_number_without_buckets():
    number = Address(measure="total", of="signed_up")
    one = watch(Baseline(side="below", factor=0.5), number=number)
    days = [
        insight(200, at=NOON - timedelta(days=day), display="BoldNumber") for day in range(1, 9)
    ]
    look = Look(
        insight=insight(84, display="BoldNumber"), at=NOON, past=past_of(one, days, CONTEXT)
    )
    state, kinds = seen(one, look)
    assert (kinds, state.threshold) == (["fired"], 100)
    assert state.text == "signed_up fell to 84, under half of the 7-day average (200)"


@pytest.mark.parametrize(
    ("how", "value", "limit", "rule"),
    [
        (Format(style="currency", currency="EUR"), "€1,204.00", "€1,000.00", "above €1,000.00"),
        (Format(style="duration"), "20m 4s", "16m 40s", "above 16m 40s"),
        (Format(style="percentage"), "1,204%", "1,000%", "above 1,000%"),
        (Format(decimals=1, postfix=" req"), "1,204 req", "1,000 req", "above 1,000 req"),
    ],
    ids=["money", "duration", "percent", "decimals"],
)
def test_what_is_found_is_written_as_the_tile_writes_its_numbers(how, value, limit, rule):
    figure = replace(single(1204.0), format=how)
    found = judge_found(watch(Bound("above", 1000)), Found("found", figure), NOON, Past())
    assert (found.value_text, found.threshold_text, found.rule_text) == (value, limit, rule)
    assert value in found.text
    state = states.judge(
        watch(Bound("above", 1000)), new_state(), found,
        now=NOON, oldest=timedelta(hours=6),
    )  # fmt: skip
    assert state.events[0].value_text == value
    assert state.state.rule_text == rule
