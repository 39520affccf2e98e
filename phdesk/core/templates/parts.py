"""Make the queries of templates, and rows of tiles side by side.

Only what servers of 2024 and of today both take is written: unknown fields are refused.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from phdesk.core.grid.placement import COLUMNS
from phdesk.core.plan_steps import PlannedTile, stacked_layouts
from phdesk.models.dashboard import Box

Query = dict[str, Any]
Chosen = Mapping[str, str]  # slot id: name of an event or property; what was left out is missing
MONTH = "-30d"


class Slot(Struct, frozen=True, gc=False, kw_only=True):
    """What only the team can say: which of its events, or properties, is meant."""

    id: str
    label: str
    hint: str = ""
    guesses: tuple[str, ...] = ()  # usual names, the likeliest first
    required: bool = True
    kind: str = "event"  # or property
    of: str = ""  # of a property: the slot of its event
    numeric: bool = False  # a property that is added up, or of which the middle is taken


class Card(Struct, frozen=True):
    """A tile before it has a place."""

    width: int
    tile: PlannedTile


class Row(Struct, frozen=True):
    """Cards side by side, together as wide as the dashboard."""

    height: int
    cards: tuple[Card, ...]


class Template(Struct, frozen=True, kw_only=True):
    """A dashboard for an audience, once its slots are filled."""

    key: str
    title: str
    description: str  # who it is for, and which question it answers
    tags: tuple[str, ...]
    slots: tuple[Slot, ...]
    rows: Callable[[Chosen], tuple[Row, ...]]
    date_from: str = MONTH


def laid_out(rows: tuple[Row, ...]) -> tuple[PlannedTile, ...]:
    """Give the tiles of rows their places, one row below another."""
    boxes, tiles, top = [], [], 0
    for row in rows:
        left = 0
        for card in row.cards:
            boxes.append(Box(left, top, card.width, row.height))
            tiles.append(card.tile)
            left += card.width
        top += row.height
    places = stacked_layouts(boxes)
    return tuple(
        PlannedTile(
            name=tile.name,
            description=tile.description,
            query=tile.query,
            text=tile.text,
            layouts=place,
            color=tile.color,
        )
        for tile, place in zip(tiles, places, strict=True)
    )


def row(height: int, *cards: Card) -> Row:
    """Put cards side by side."""
    return Row(height, cards)


def words(text: str, height: int = 1) -> Row:
    """Put a text card between rows, over the whole width."""
    return Row(height, (Card(COLUMNS, PlannedTile(text=text)),))


def card(width: int, name: str, description: str, query: Query, color: str | None = None) -> Card:
    """Make a card of an insight."""
    tile = PlannedTile(name=name, description=description, query=query, color=color)
    return Card(width, tile)


def event(name: str, math: str = "total", label: str = "", **more: Any) -> Query:
    """Make a series of an event."""
    named = {"custom_name": label} if label else {}
    return {"kind": "EventsNode", "event": name, "name": name, "math": math, **named, **more}


def trends(
    display: str,
    *series: Query,
    interval: str = "",
    split: Query | None = None,
    compare: bool = False,
    **look: Any,
) -> Query:
    """Make a trends insight of the month."""
    source: Query = {
        "kind": "TrendsQuery",
        "series": list(series),
        "dateRange": {"date_from": MONTH},
        "trendsFilter": {"display": display, **look},
    }
    if interval:
        source["interval"] = interval
    if split is not None:
        source["breakdownFilter"] = split
    if compare:
        source["compareFilter"] = {"compare": True}
    return _shown(source)


def number(*series: Query, **look: Any) -> Query:
    """Make a big number, compared with the period before."""
    return trends("BoldNumber", *series, compare=True, **look)


def rate(part: Query, whole: Query) -> Query:
    """Make a big number: how many of a hundred."""
    return number(
        part, whole, formula="A / B", aggregationAxisFormat="percentage_scaled", decimalPlaces=1
    )


def by(name: str, kind: str = "event", limit: int = 0) -> Query:
    """Make a breakdown by a property."""
    most = {"breakdown_limit": limit} if limit else {}
    return {"breakdown": name, "breakdown_type": kind, **most}


def funnel(*series: Query, split: Query | None = None, interval: str = "", **look: Any) -> Query:
    """Make a funnel of steps within two weeks."""
    usual = {
        "funnelVizType": "steps",
        "funnelWindowInterval": 14,
        "funnelWindowIntervalUnit": "day",
    }
    source: Query = {
        "kind": "FunnelsQuery",
        "series": list(series),
        "dateRange": {"date_from": MONTH},
        "funnelsFilter": {**usual, **look},
    }
    if interval:
        source["interval"] = interval
    if split is not None:
        source["breakdownFilter"] = split
    return _shown(source)


def retention(first: str, again: str, period: str = "Week", total: int = 8) -> Query:
    """Make a triangle of who comes back after a first time."""
    settings = {
        "period": period,
        "totalIntervals": total,
        "retentionType": "retention_first_time",
        "targetEntity": {"id": first, "name": first, "type": "events"},
        "returningEntity": {"id": again, "name": again, "type": "events"},
    }
    return _shown({"kind": "RetentionQuery", "retentionFilter": settings})


def lifecycle(name: str, interval: str = "week") -> Query:
    """Tell new, returning, resurrecting and dormant people apart."""
    source: Query = {
        "kind": "LifecycleQuery",
        "series": [event(name)],
        "interval": interval,
        "dateRange": {"date_from": MONTH},
    }
    return _shown(source)


def stickiness(name: str) -> Query:
    """Count on how many days people did something."""
    source: Query = {
        "kind": "StickinessQuery",
        "series": [event(name)],
        "interval": "day",
        "dateRange": {"date_from": MONTH},
        "stickinessFilter": {"display": "ActionsBar"},
    }
    return _shown(source)


def newest(name: str) -> Query:
    """List the newest events of a name with their people."""
    source = {
        "kind": "EventsQuery",
        "select": ["person", "timestamp", "properties.$current_url"],
        "event": name,
        "after": MONTH,
        "orderBy": ["timestamp DESC"],
        "limit": 25,
    }
    return {"kind": "DataTableNode", "full": True, "source": source}


def _shown(source: Query) -> Query:
    return {"kind": "InsightVizNode", "source": source}
