"""The queries that a section about events asks, as PostHog takes them (reference 6.1 and 6.2)."""

from collections.abc import Mapping
from typing import Any

from phdesk.core.reporting.periods import Days
from phdesk.models.report import Section

WINDOW = 14  # days to come through a funnel: PostHog's own
MONTHS = 92  # days above which the buckets of whole months are months
Query = Mapping[str, Any]


def questions(section: Section, days: Days) -> tuple[tuple[str, Query], ...]:
    """Give the titles of a section's tiles and what each asks; none for tiles of a dashboard.

    Unique people of a period are a number of their own: those of its days do not add up to it.
    """
    title = section.title or section.event or "Funnel"
    if section.funnel:
        return ((title, _funnel(section.funnel, days)),)
    if not section.event:
        return ()
    course = _trend(section, days, "ActionsLineGraph")
    if section.count == "people":
        whole = _trend(section, days, "BoldNumber")
        return ((f"{title} in the period", whole), (f"{title} by {_interval(days)}", course))
    return ((title, course),)


def _trend(section: Section, days: Days, display: str) -> Query:
    people = section.count == "people"
    # Without a name of its own it would be called as the event is, as if that were counted.
    name = section.title or (f"{section.event}, people" if people else "")
    return {
        "kind": "TrendsQuery",
        "series": [{**_node(section.event), **_named(name), "math": "dau" if people else "total"}],
        "interval": _interval(days),
        "dateRange": _range(days),
        "trendsFilter": {"display": display},
    }


def _funnel(steps: tuple[str, ...], days: Days) -> Query:
    return {
        "kind": "FunnelsQuery",
        "series": [_node(step) for step in steps],
        "dateRange": _range(days),
        "funnelsFilter": {
            "funnelVizType": "steps",
            "funnelOrderType": "ordered",
            "funnelWindowInterval": WINDOW,
            "funnelWindowIntervalUnit": "day",
        },
    }


def _node(event: str) -> dict[str, Any]:
    return {"kind": "EventsNode", "event": event, "name": event}


def _named(title: str) -> dict[str, str]:
    """Name a series as its section, so that sentences do."""
    return {"custom_name": title} if title else {}


def _range(days: Days) -> dict[str, str]:
    date_from, date_to = days.sent()
    return {"date_from": date_from, "date_to": date_to}


def _interval(days: Days) -> str:
    if days.count == 1:
        return "hour"
    # Days divide any period. Of weeks the first and the last would be only partly in it.
    return "month" if days.count > MONTHS and days.are_months else "day"
