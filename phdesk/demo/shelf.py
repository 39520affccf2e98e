"""Keep the demo's dashboards, tiles and insights in memory."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from phdesk.demo.account import PROJECT_ID, USER
from phdesk.demo.catalog import seeded
from phdesk.demo.dashboards import BOARDS, Board
from phdesk.demo.dashboards.parts import Card
from phdesk.demo.errors import not_found
from phdesk.demo.ranges import iso

JSON = dict[str, Any]
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(slots=True)
class Insight:
    """A saved insight, on any number of dashboards."""

    id: int
    short_id: str
    name: str
    description: str
    query: JSON
    above: float | None = None
    series: int = 0
    tags: list[str] = field(default_factory=list)
    deleted: bool = False
    created: datetime | None = None  # None: with all of the demo
    modified: datetime | None = None


@dataclass(slots=True)
class Tile:
    """A place on a dashboard, holding exactly one of three things; ``look`` only what was set."""

    id: int
    layouts: JSON
    color: str | None
    insight: Insight | None = None
    text: JSON | None = None
    button: JSON | None = None
    deleted: bool = False
    look: JSON = field(default_factory=dict)


@dataclass(slots=True)
class Dashboard:
    """A dashboard with its tiles; ``fields`` are those a PATCH may replace."""

    id: int
    fields: JSON
    filters: JSON
    tiles: list[Tile] = field(default_factory=list)
    variables: JSON = field(default_factory=dict)
    shared: bool = False
    mode: str = "default"  # template, duplicate: how it was made
    created: datetime | None = None  # None: with all of the demo
    viewed: datetime | None = None  # by somebody, last
    accessed: datetime | None = None  # read by a page or a program, last

    def shown(self) -> list[Tile]:
        """List the tiles that were not taken off, nor their insights deleted."""
        return [
            one
            for one in self.tiles
            if not one.deleted and not (one.insight and one.insight.deleted)
        ]


class Shelf:
    """All dashboards, numbered from 1 in the order they are written down."""

    def __init__(self, created: datetime) -> None:
        self.created = created
        self.dashboards: dict[int, Dashboard] = {}
        self._insights: dict[int, Insight] = {}
        self._next_tile = 101
        self._letters = seeded("short ids")
        for number, board in enumerate(BOARDS, start=1):
            self.dashboards[number] = self._build(number, board)

    def rows(self) -> list[Dashboard]:
        """List the dashboards as PostHog does: pinned ones first, then by name."""
        return sorted(
            (one for one in self.dashboards.values() if not one.fields["deleted"]), key=_rank
        )

    def insights(self) -> Iterator[Insight]:
        """List the insights of all dashboards, then those on none; deleted ones are left out."""
        every = [tile.insight for one in self.rows() for tile in one.shown() if tile.insight]
        listed = {one.id: one for one in (*every, *self._insights.values()) if not one.deleted}
        return iter(listed.values())

    def dashboard(self, number: int) -> Dashboard:
        """Find a dashboard; 404 when there is none or it was deleted."""
        found = self.dashboards.get(number)
        if found is None or found.fields["deleted"]:
            raise not_found()
        return found

    def insight(self, number: int, *, deleted: bool = False) -> Insight:
        """Find an insight by its number, or raise 404."""
        found = self._insights.get(number)
        if found is None or (found.deleted and not deleted):
            raise not_found()
        return found

    def tiles_of(self, insight: Insight) -> list[tuple[Dashboard, Tile]]:
        """Find the tiles an insight lies on, by their numbers."""
        found = [
            (one, tile) for one in self.rows() for tile in one.shown() if tile.insight is insight
        ]
        return sorted(found, key=_tile_number)

    def add_dashboard(self, body: Mapping[str, Any], mode: str = "default") -> Dashboard:
        """Put up an empty dashboard with what a body says of it."""
        fields = {
            "name": str(body.get("name") or ""),
            "description": str(body.get("description") or ""),
            "pinned": bool(body.get("pinned")),
            "tags": list(body.get("tags") or ()),
            "deleted": False,
            "restriction_level": body.get("restriction_level", 21),
            "folder": str(body.get("_create_in_folder") or ""),
        }
        made = Dashboard(max(self.dashboards) + 1, fields, dict(body.get("filters") or {}))
        made.mode = mode
        self.dashboards[made.id] = made
        return made

    def add_insight(self, name: str, description: str, query: JSON) -> Insight:
        """Save an insight, which is on no dashboard yet."""
        number = self._number()
        short = "".join(_pick(self._letters) for _ in range(8))
        made = Insight(number, short, name, description, query)
        self._insights[number] = made
        return made

    def add_tile(self, dashboard: Dashboard, content: Insight | str) -> Tile:
        """Put an insight or a text on a dashboard, without a layout."""
        tile = Tile(self._number(), {}, None)
        if isinstance(content, Insight):
            tile.insight = content
        else:
            tile.text = self._text(tile.id, content)
        dashboard.tiles.append(tile)
        return tile

    def _build(self, number: int, board: Board) -> Dashboard:
        fields = {
            "name": board.name,
            "description": board.description,
            "pinned": board.pinned,
            "tags": list(board.tags),
            "deleted": False,
            "restriction_level": 21,
            "folder": "",  # in the project's tree, at its root
        }
        dashboard = Dashboard(number, fields, {"date_from": board.date_from})
        top = narrow_top = 0
        for row in board.rows:
            left = 0
            for card in row.cards:
                tile = self._tile(card)
                box = {"x": left, "y": top, "w": card.width, "h": row.height}
                tile.layouts = _layouts(box, narrow_top)
                dashboard.tiles.append(tile)
                left += card.width
                narrow_top += row.height
            top += row.height
        return dashboard

    def _tile(self, card: Card) -> Tile:
        saved, insight = card.insight, None
        if saved:
            insight = self.add_insight(saved.name, saved.description, saved.query)
            insight.above, insight.series = saved.above, saved.series
        tile = Tile(insight.id if insight else self._number(), {}, card.color, insight)
        if card.filters:
            tile.look = {"filters_overrides": card.filters}
        if card.text is not None:
            tile.text = self._text(tile.id, card.text)
        if card.button:
            tile.button = _button(tile.id, *card.button)
        return tile

    def _number(self) -> int:
        number, self._next_tile = self._next_tile, self._next_tile + 1
        return number

    def _text(self, number: int, body: str) -> JSON:
        return {
            "id": number,
            "created_by": USER,
            "last_modified_by": None,
            "body": body,
            "last_modified_at": iso(self.created),
            "team": PROJECT_ID,
        }


def _layouts(box: Mapping[str, int], narrow_top: int) -> JSON:
    """Give the wide layout its box, and stand the tiles in one column on the narrow one."""
    return {
        "sm": {**box, "minW": 1, "minH": 1},
        "xs": {"x": 0, "y": narrow_top, "w": 1, "h": box["h"]},
    }


def _button(number: int, text: str, url: str) -> JSON:
    return {
        "id": str(UUID(int=number)),
        "url": url,
        "text": text,
        "placement": "left",
        "style": "primary",
    }


def _pick(rng: random.Random) -> str:
    return rng.choice(_LETTERS)


def _tile_number(found: tuple[Dashboard, Tile]) -> int:
    return found[1].id


def _rank(dashboard: Dashboard) -> tuple[bool, str]:
    return not dashboard.fields["pinned"], str(dashboard.fields["name"])
