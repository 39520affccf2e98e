"""Insights with answers as PostHog sends them, and a week to report on."""

from datetime import UTC, date, datetime, timedelta

import msgspec
from msgspec import Raw

from phdesk.core.charts.context import Context
from phdesk.core.reporting.periods import period_of
from phdesk.models.account import Project
from phdesk.models.insight import Insight

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)  # after a week from Monday to Sunday
PERIOD = period_of("last week", date(2026, 11, 30))
CONTEXT = Context(now=MONDAY)
PROJECT = Project(id=7, name="Shop", week_start_day=1)
WEEK = tuple((date(2026, 11, 23) + timedelta(days=n)).isoformat() for n in range(7))
WEEK_BEFORE = tuple((date(2026, 11, 16) + timedelta(days=n)).isoformat() for n in range(7))


def insight(source, result, name="Signups", when=MONDAY, **more):
    return Insight(
        id=1,
        short_id="abc",
        name=name,
        query=Raw(msgspec.json.encode(source)),
        result=Raw(msgspec.json.encode(result)),
        last_refresh=when,
        **more,
    )


def trend(
    values,
    days=WEEK,
    math="total",
    display="ActionsLineGraph",
    event="signed_up",
    interval="day",
    **more,
):
    """One series, by day."""
    node = {"kind": "EventsNode", "event": event, "name": event, "math": math}
    source = {
        "kind": "TrendsQuery",
        "series": [node],
        "interval": interval,
        "trendsFilter": {"display": display},
    }
    line = {
        "label": event,
        "action": {"id": event, "order": 0, "math": math, "name": event},
        "days": list(days),
        "labels": list(days),
        "data": list(values),
        "count": sum(values),
        "aggregated_value": sum(values),
    }
    return insight(source, [line], **more)


def funnel(*counts, **more):
    """One funnel of steps a, b, c …"""
    names = "abcdefg"[: len(counts)]
    source = {
        "kind": "FunnelsQuery",
        "series": [{"kind": "EventsNode", "event": one, "name": one} for one in names],
        "funnelsFilter": {"funnelVizType": "steps"},
    }
    steps = [
        {"action_id": one, "name": one, "order": place, "count": count, "type": "events"}
        for place, (one, count) in enumerate(zip(names, counts, strict=True))
    ]
    return insight(source, steps, **more)
