"""The five common alerts on the demo's events: quiet as they are, told when something happens."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.charts.context import Context
from phdesk.core.charts.view import insight_view
from phdesk.core.watching.checking import Look, Past, check
from phdesk.core.watching.numbers import figures_of
from phdesk.core.watching.preview import preview
from phdesk.core.watching.suggestions import TileNumbers, suggestions
from phdesk.demo.engine import Engine
from phdesk.demo.stream import DemoSource, first_day
from phdesk.demo.world import World
from phdesk.models.insight import Insight
from phdesk.models.watch import Watch, WatchState

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)  # the demo has a bad day itself on this one
CONTEXT = Context(now=NOON)
DAY = timedelta(days=1)
LIMIT = timedelta(hours=6)


def event(name, **more):
    return {"kind": "EventsNode", "event": name, **more}


def trends(*series):
    return {"kind": "TrendsQuery", "series": list(series), "interval": "day",
            "dateRange": {"date_from": "-60d"}}  # fmt: skip


FUNNEL = {
    "kind": "FunnelsQuery",
    "series": [event("$pageview"), event("report_viewed")],
    "interval": "day",
    "dateRange": {"date_from": "-60d"},
    "funnelsFilter": {
        "funnelVizType": "trends",
        "funnelWindowInterval": 1,
        "funnelWindowIntervalUnit": "day",
    },
}
TILES = {  # template: title and question
    "error-spike": ("Exceptions", trends(event("$exception"))),
    "signup-drop": ("Sign-ups", trends(event("signed_up"))),
    "conversion-drop": ("Visit to report", FUNNEL),
    "revenue-anomaly": (
        "Money",
        trends(event("invoice_paid", math="sum", math_property="amount", custom_name="Revenue")),
    ),
    "volume-spike": ("Page views", trends(event("$pageview"))),
}
DELETE = "delete from events where event=? and date(timestamp)=? and id%10>0"
COPY = """insert into events (ts, timestamp, event, person_id, distinct_id, properties)
select ts, timestamp, event, person_id, distinct_id, properties from events
where event=? and date(timestamp)=?"""
PLANTED = {  # what happens to which event, how often, on which day
    "error-spike": (COPY, "$exception", 3, 17),
    "signup-drop": (DELETE, "signed_up", 1, 17),
    "conversion-drop": (DELETE, "report_viewed", 1, 16),  # a day later its window is over
    "revenue-anomaly": (COPY, "invoice_paid", 5, 17),
    "volume-spike": (COPY, "$pageview", 2, 17),
}


def answered(engine, key, at=NOON):
    title, query = TILES[key]
    result = Raw(json.dumps(engine.run(query)["results"]).encode())
    whole = {"kind": "InsightVizNode", "source": query}
    return Insight(
        name=title, query=Raw(json.dumps(whole).encode()), result=result, last_refresh=at
    )


@pytest.fixture(scope="module")
def answers():
    """Answer all tiles before and after something happened, each thing alone."""
    world = World(DemoSource(7, first_day(NOON)), lambda: NOON)
    engine = Engine(world)
    calm = {key: answered(engine, key, NOON - timedelta(hours=1)) for key in TILES}
    after = {}
    for key, (statement, name, often, day) in PLANTED.items():
        with world.lock:
            world.database.execute("savepoint calm")
            for _ in range(often):
                world.database.execute(statement, (name, f"2026-11-{day}"))
        after[key] = answered(engine, key)
        with world.lock:
            world.database.execute("rollback to calm")
            world.database.execute("release calm")
    world.close()
    return calm, after


def watched(key, insight):
    """Take up the suggestion of this name for the tile."""
    title = insight_view(insight, CONTEXT).title
    tile = TileNumbers(3, title, figures_of(insight, CONTEXT))
    found = next(one for one in suggestions([tile]) if one.template.key == key)
    one = Watch(
        id=key,
        account="demo",
        project=1,
        dashboard=2,
        tile=3,
        number=found.figure.address,
        condition=found.template.condition,
        hysteresis=found.template.hysteresis,
    )
    return one, found.figure


@pytest.mark.parametrize("key", TILES)
def test_each_common_alert_tells_what_was_planted_once_and_nothing_before(answers, key):
    calm, after = answers
    one, _ = watched(key, calm[key])
    state, told = WatchState(watch=key), []
    for insight in (calm[key], after[key], after[key]):
        look = Look(insight=insight, at=NOON)
        done = check(one, state, look, CONTEXT, oldest=LIMIT)
        state = done.state
        told.append([event.kind for event in done.events if event.loud])
    assert told == [[], ["fired"], []], state.text
    later = Look(insight=replace(calm[key], last_refresh=NOON + timedelta(hours=1)), at=NOON)
    back = check(one, state, later, replace(CONTEXT, now=NOON + 2 * LIMIT / 3), oldest=LIMIT)
    assert [event.kind for event in back.events] == ["resolved"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("error-spike", "Would have told twice"),  # the demo's bad days: 23 October, 5 November
        ("signup-drop", "Would have told 3 times"),  # six a day, and quiet weekends
        ("conversion-drop", "Would have told once"),
        ("revenue-anomaly", "Would not have told"),
        ("volume-spike", "Would not have told"),
    ],
)
def test_a_preview_says_how_often_it_would_have_told(answers, key, words):
    one, figure = watched(key, answers[0][key])
    found = preview(one, figure, Past(), NOON, "UTC")
    assert found.sentence.startswith(f"{words} in the last 30 days")
    assert found.judged >= 29
