"""Keep the demo's dashboards, tiles and insights in memory, and change them on request."""

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
from phdesk.demo.errors import hidden, invalid, not_found
from phdesk.demo.ranges import iso

JSON = dict[str, Any]
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PLAIN_FIELDS = ("name", "description", "pinned", "tags", "deleted", "restriction_level")


@dataclass(slots=True)
class Insight:
    """A saved insight and the dashboard it lives on."""

    id: int
    short_id: str
    name: str
    description: str
    query: JSON
    dashboard_id: int
    tile_id: int
    above: float | None = None
    series: int = 0


@dataclass(slots=True)
class Tile:
    """A place on a dashboard, holding exactly one of three things."""

    id: int
    layouts: JSON
    color: str | None
    insight: Insight | None = None
    text: JSON | None = None
    button: JSON | None = None
    deleted: bool = False


@dataclass(slots=True)
class Dashboard:
    """A dashboard with its tiles; ``fields`` are those a PATCH may replace."""

    id: int
    fields: JSON
    filters: JSON
    tiles: list[Tile] = field(default_factory=list)


class Shelf:
    """All dashboards, numbered from 1 in the order they are written down."""

    def __init__(self, created: datetime) -> None:
        self.created = created
        self.dashboards: dict[int, Dashboard] = {}
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
        """List every insight on a tile that was not taken off."""
        for dashboard in self.rows():
            for tile in dashboard.tiles:
                if tile.insight and not tile.deleted:
                    yield tile.insight

    def dashboard(self, number: int) -> Dashboard:
        """Find a dashboard; 404 when there is none or it was deleted."""
        found = self.dashboards.get(number)
        if found is None or found.fields["deleted"]:
            raise not_found()
        return found

    def insight(self, number: int) -> Insight:
        """Find an insight by its number, or raise 404."""
        for one in self.insights():
            if one.id == number:
                return one
        raise not_found()

    def tile_of(self, insight: Insight) -> Tile:
        """Find the tile an insight lies on."""
        tiles = self.dashboards[insight.dashboard_id].tiles
        return next(tile for tile in tiles if tile.id == insight.tile_id)

    def change(self, number: int, changes: Mapping[str, Any]) -> Dashboard:
        """Apply a PATCH; empty filters change nothing, an unknown tile is a hidden error."""
        dashboard = self.dashboards.get(number)
        if dashboard is None or (dashboard.fields["deleted"] and "deleted" not in changes):
            raise not_found()
        filters = changes.get("filters")
        if filters is not None and not isinstance(filters, Mapping):
            raise invalid("Filters must be a dictionary")
        dashboard.fields |= {key: changes[key] for key in _PLAIN_FIELDS if key in changes}
        if filters:
            dashboard.filters = {key: value for key, value in filters.items() if value}
        for change in changes.get("tiles") or []:
            self._change_tile(dashboard, change)
        return dashboard

    def _change_tile(self, dashboard: Dashboard, change: Mapping[str, Any]) -> None:
        if "id" not in change:
            self._add_text(dashboard, change)
            return
        tile = next((one for one in dashboard.tiles if one.id == change["id"]), None)
        if tile is None:
            raise hidden()
        for key in ("layouts", "color"):
            if key in change:
                setattr(tile, key, change[key])
        if "deleted" in change:
            tile.deleted = bool(change["deleted"])
        if tile.text and (change.get("text") or {}).get("body") is not None:
            tile.text["body"] = change["text"]["body"]

    def _add_text(self, dashboard: Dashboard, change: Mapping[str, Any]) -> None:
        body = (change.get("text") or {}).get("body")
        if not body:
            raise invalid("A new tile needs a text.", attr="tiles")
        tile = self._tile(Card(12, text=body), dashboard.id)
        tile.layouts, tile.color = change.get("layouts") or {}, change.get("color")
        dashboard.tiles.append(tile)

    def _build(self, number: int, board: Board) -> Dashboard:
        fields = {
            "name": board.name,
            "description": board.description,
            "pinned": board.pinned,
            "tags": list(board.tags),
            "deleted": False,
            "restriction_level": 21,
        }
        dashboard = Dashboard(number, fields, {"date_from": board.date_from})
        top = narrow_top = 0
        for row in board.rows:
            left = 0
            for card in row.cards:
                tile = self._tile(card, number)
                box = {"x": left, "y": top, "w": card.width, "h": row.height}
                tile.layouts = _layouts(box, narrow_top)
                dashboard.tiles.append(tile)
                left += card.width
                narrow_top += row.height
            top += row.height
        return dashboard

    def _tile(self, card: Card, dashboard_id: int) -> Tile:
        number, self._next_tile = self._next_tile, self._next_tile + 1
        tile = Tile(number, {}, card.color)
        if card.insight:
            short = "".join(_pick(self._letters) for _ in range(8))
            saved = card.insight
            tile.insight = Insight(
                number,
                short,
                saved.name,
                saved.description,
                saved.query,
                dashboard_id,
                number,
                saved.above,
                saved.series,
            )
        if card.text is not None:
            tile.text = self._text(number, card.text)
        if card.button:
            tile.button = _button(number, *card.button)
        return tile

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


def _rank(dashboard: Dashboard) -> tuple[bool, str]:
    return not dashboard.fields["pinned"], str(dashboard.fields["name"])
