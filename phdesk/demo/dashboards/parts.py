"""Build dashboards from rows of cards, and the queries on them."""

from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]
COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Insight:
    """A saved question: a name, what it tells, and its query."""

    name: str
    description: str
    query: JSON
    above: float | None = None  # an alert fires above this
    series: int = 0  # which the alert watches


@dataclass(frozen=True, slots=True)
class Card:
    """One tile in a row: an insight, Markdown text, or a button with a link."""

    width: int
    insight: Insight | None = None
    text: str | None = None
    button: tuple[str, str] | None = None
    color: str | None = None
    filters: JSON | None = None  # of the tile's own, in the place of the dashboard's


@dataclass(frozen=True, slots=True)
class Row:
    """Cards side by side, all of one height, together 12 columns wide."""

    height: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A dashboard as it is before anyone changed it."""

    name: str
    description: str
    tags: tuple[str, ...]
    date_from: str
    rows: tuple[Row, ...]
    pinned: bool = False
    unopened: int = 1  # days since somebody looked at it, when the demo begins


def row(height: int, *cards: Card) -> Row:
    """Put cards side by side."""
    return Row(height, cards)


def heading(text: str, height: int = 1) -> Row:
    """Make a text card over the whole width."""
    return Row(height, (Card(COLUMNS, text=text),))


def card(  # noqa: PLR0913  written as a table
    width: int,
    name: str,
    description: str,
    query: JSON,
    color: str | None = None,
    *,
    above: float | None = None,
    series: int = 0,
    filters: JSON | None = None,
) -> Card:
    """Make an insight card; `above` sets an alert on one of its series."""
    saved = Insight(name, description, query, above, series)
    return Card(width, saved, color=color, filters=filters)


def events(event: str | None, math: str = "total", /, **more: Any) -> JSON:
    """Make a series of one event."""
    node: JSON = {"kind": "EventsNode", "event": event, "name": event or "All events"}
    return node | {"math": math} | more


def where(key: str, operator: str, value: Any = None, kind: str = "event") -> JSON:
    """Make a property filter."""
    return {"key": key, "operator": operator, "value": value, "type": kind}


def trends(display: str, *series: JSON, **more: Any) -> JSON:
    """Make a trends insight; ``look`` adds display settings, ``split`` a breakdown."""
    look = {"display": display} | more.pop("look", {})
    split = more.pop("split", None)
    source = {"kind": "TrendsQuery", "series": list(series), "trendsFilter": look} | more
    if split:
        source["breakdownFilter"] = split
    source.setdefault("dateRange", {"date_from": "-30d"})
    return {"kind": "InsightVizNode", "source": source}


def number(*series: JSON, **look: Any) -> JSON:
    """Make a big number, compared with the period before."""
    return trends("BoldNumber", *series, look=look, compareFilter={"compare": True})


def percent(name: str, decimals: int = 1) -> JSON:
    """Name the first series in percent of the second, for a number."""
    return {
        "formulaNodes": [{"formula": "A / B * 100", "custom_name": name}],
        "aggregationAxisFormat": "percentage",
        "decimalPlaces": decimals,
    }


def by(key: str, kind: str = "event", limit: int | None = None) -> JSON:
    """Make a breakdown by one property."""
    split: JSON = {"breakdown": key, "breakdown_type": kind}
    return split | ({"breakdown_limit": limit} if limit else {})


def funnel(*series: JSON, split: JSON | None = None, **settings: Any) -> JSON:
    """Make a funnel with a window of 14 days."""
    interval = settings.pop("interval", "day")
    look = {"funnelVizType": "steps", "funnelWindowInterval": 14, "funnelWindowIntervalUnit": "day"}
    source: JSON = {
        "kind": "FunnelsQuery",
        "series": list(series),
        "dateRange": {"date_from": "-30d"},
        "interval": interval,
        "funnelsFilter": look | settings,
    }
    if split:
        source["breakdownFilter"] = split
    return {"kind": "InsightVizNode", "source": source}


def retention(target: JSON, returning: JSON, period: str, total: int) -> JSON:
    """Make a first-time retention triangle."""
    look = {
        "period": period,
        "totalIntervals": total,
        "retentionType": "retention_first_time",
        "targetEntity": target | {"type": "events"},
        "returningEntity": returning | {"type": "events"},
    }
    return {
        "kind": "InsightVizNode",
        "source": {"kind": "RetentionQuery", "retentionFilter": look},
    }


def insight(kind: str, **source: Any) -> JSON:
    """Make an insight of a kind that needs no building."""
    return {"kind": "InsightVizNode", "source": {"kind": kind} | source}


def sql(display: str, query: str, **settings: Any) -> JSON:
    """Make an SQL insight; settings go to its chart."""
    return {
        "kind": "DataVisualizationNode",
        "source": {"kind": "HogQLQuery", "query": " ".join(query.split())},
        "display": display,
        "chartSettings": settings,
    }


def axes(across: str, *up: str, **formatting: Any) -> JSON:
    """Choose the columns of an SQL chart."""
    settings = {"formatting": formatting} if formatting else {}
    return {
        "xAxis": {"column": across},
        "yAxis": [{"column": column, "settings": settings} for column in up],
    }


def newest(event: str, *columns: str) -> JSON:
    """Make a table of the latest events of a name."""
    source = {
        "kind": "EventsQuery",
        "select": [*columns, "timestamp"],
        "event": event,
        "orderBy": ["timestamp DESC"],
        "after": "-30d",
        "limit": 25,
    }
    return {"kind": "DataTableNode", "source": source, "full": True}
