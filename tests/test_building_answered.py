"""Whatever the builder offers is answered by the demo and drawn, and never guessed."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from phdesk.api import decoding
from phdesk.core.building.breakdowns import Breakdown, Breakdowns, with_breakdowns
from phdesk.core.building.changing import changed
from phdesk.core.building.draft import asked, at, body, put
from phdesk.core.building.fault import blocks
from phdesk.core.building.faults import faults
from phdesk.core.building.fields import fields
from phdesk.core.building.parts import exclusion
from phdesk.core.building.series import event_node, maths, need
from phdesk.core.building.starting import STARTS, blank
from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import NoticeBody
from phdesk.core.charts.view import insight_view
from phdesk.demo.engine import Engine
from phdesk.demo.schema import check_node, check_source
from phdesk.demo.world import Event, PlantedSource, World

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
PATHS = ("/", "/pricing", "/signup")
KINDS = [one.kind for one in STARTS]


@pytest.fixture(scope="module")
def engine():
    events = []
    for person in range(6):
        for step, path in enumerate(PATHS[: 1 + person % 3]):
            when = NOW - timedelta(days=person, minutes=30 - step)
            page = {"$current_url": f"https://x.example{path}", "ms": 10 * person}
            page |= {"$geoip_country_code": "DE", "$session_id": f"s{person}"}
            events.append(Event("$pageview", when, person, page))
            events.append(Event("buy", when + timedelta(seconds=5), person, {"ms": 5}))
    world = World(PlantedSource(events), lambda: NOW)
    yield Engine(world)
    world.close()


def started(kind):
    draft = blank(kind)
    if kind == "funnel":
        draft = put(draft, "series", [event_node("$pageview"), event_node("buy")])
    return draft


def drawn(engine, draft):
    """Ask the demo what a draft asks, and draw the answer as the preview does."""
    check_source(draft.source)
    check_node(draft.query)
    answer = msgspec.json.encode(engine.run(msgspec.json.decode(asked(draft))))
    insight = decoding.query_response(answer)
    shown = msgspec.structs.replace(insight, query=body(draft), last_refresh=NOW)
    view = insight_view(shown, Context(now=NOW))
    if isinstance(view.body, NoticeBody):
        assert view.body.state == "empty", (draft.query, view.body)
    return view


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_insight_is_answered_and_drawn(engine, kind):
    view = drawn(engine, started(kind))
    assert not isinstance(view.body, NoticeBody), view.body


@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_is_answered_and_drawn(engine, kind):
    draft, tried = started(kind), 0
    for field in fields(draft):
        values = [one.value for one in field.options if field.control == "choice"]
        values += [True, False] if field.control == "flag" else []
        for value in values:
            after = changed(draft, field.name, value)
            if at(after, "trendsFilter.display") == "BoxPlot":
                after = put(changed(after, "series.0.math", "avg"), "series.0.math_property", "ms")
            if not blocks(faults(after)):
                drawn(engine, after)
                tried += 1
    assert tried >= (3 if kind == "sql" else 4)


def test_every_way_of_counting_is_answered_and_drawn(engine):
    draft = started("trends")
    for option in maths(draft, ((0, "company", "companies"),)):
        after = changed(draft, "series.0.math", option.value)
        if need(option.value) == "property":
            after = put(after, "series.0.math_property", "ms")
        if need(option.value) == "sql":
            after = put(after, "series.0.math_hogql", "sum(properties.ms)")
        assert not blocks(faults(after)), option
        drawn(engine, after)


@pytest.mark.parametrize("kind", ["trends", "table", "funnel", "retention"])
@pytest.mark.parametrize(
    "part",
    [
        Breakdown(property="ms"),
        Breakdown(property="plan", type="person"),
        Breakdown(property="properties.ms > 20", type="hogql"),
        Breakdown(property="ms", bins=2),
    ],
    ids=lambda one: f"{one.type} {one.bins or ''}",
)
def test_every_breakdown_is_answered_and_drawn(engine, kind, part):
    drawn(engine, with_breakdowns(started(kind), Breakdowns(parts=(part,), limit=2)))


@pytest.mark.parametrize("viz", ["steps", "trends", "time_to_convert"])
@pytest.mark.parametrize("order", ["ordered", "strict", "unordered"])
def test_every_funnel_is_answered_and_drawn(engine, viz, order):
    draft = changed(started("funnel"), "funnelsFilter.funnelVizType", viz)
    draft = changed(draft, "funnelsFilter.funnelOrderType", order)
    drawn(engine, put(draft, "funnelsFilter.exclusions", [exclusion(event_node("x"), 0, 1)]))


def test_what_is_counted_is_what_was_planted(engine):
    view = drawn(engine, started("number"))
    assert view.body.text == "12"
