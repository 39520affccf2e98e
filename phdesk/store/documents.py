"""Models to bytes for the cache, and back; what cannot be read back is a miss."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from phdesk.core.answers import is_good
from phdesk.models.account import Project
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.dashboard import Dashboard, DashboardRow, Tile
from phdesk.models.group_type import GroupType
from phdesk.models.insight import Insight
from phdesk.store.cache import CachedDashboard, CachedTile
from phdesk.store.state import Overlay
from phdesk.store.tiles import stripped

T = TypeVar("T")
ANNOTATIONS = "annotations"  # kinds of facts from around the tiles, in the cache
COLOR_THEMES = "color themes"
GROUP_TYPES = "group types"
_PROJECT = msgspec.json.Decoder(Project)
_ROWS = msgspec.json.Decoder(tuple[DashboardRow, ...])
_ANNOTATIONS = msgspec.json.Decoder(tuple[Annotation, ...])
_THEMES = msgspec.json.Decoder(tuple[ColorTheme, ...])
_GROUP_TYPES = msgspec.json.Decoder(tuple[GroupType, ...])
_OVERLAY = msgspec.json.Decoder(Overlay)
_DASHBOARD = msgspec.json.Decoder(Dashboard)
_INSIGHT = msgspec.json.Decoder(Insight)


def pack_project(project: Project) -> bytes:
    """Write a project."""
    return msgspec.json.encode(project)


def unpack_project(data: bytes) -> Project | None:
    """Read a project."""
    return _decoded(_PROJECT, data)


def pack_rows(rows: Sequence[DashboardRow]) -> bytes:
    """Write the list of dashboards."""
    return msgspec.json.encode(rows)


def unpack_rows(data: bytes) -> tuple[DashboardRow, ...] | None:
    """Read the list of dashboards."""
    return _decoded(_ROWS, data)


def pack_annotations(annotations: Sequence[Annotation]) -> bytes:
    """Write annotations."""
    return msgspec.json.encode(annotations)


def unpack_annotations(data: bytes) -> tuple[Annotation, ...] | None:
    """Read annotations."""
    return _decoded(_ANNOTATIONS, data)


def pack_color_themes(themes: Sequence[ColorTheme]) -> bytes:
    """Write colour themes."""
    return msgspec.json.encode(themes)


def unpack_color_themes(data: bytes) -> tuple[ColorTheme, ...] | None:
    """Read colour themes."""
    return _decoded(_THEMES, data)


def pack_group_types(types: Sequence[GroupType]) -> bytes:
    """Write types of groups."""
    return msgspec.json.encode(types)


def unpack_group_types(data: bytes) -> tuple[GroupType, ...] | None:
    """Read types of groups."""
    return _decoded(_GROUP_TYPES, data)


def pack_overlay(overlay: Overlay) -> bytes:
    """Write a person's own layout."""
    return msgspec.json.encode(overlay)


def unpack_overlay(data: bytes) -> Overlay | None:
    """Read a person's own layout."""
    return _decoded(_OVERLAY, data)


def pack_dashboard(dashboard: Dashboard, fetched_at: datetime) -> CachedDashboard:
    """Write a dashboard: its frame, and each good answer on its own."""
    packed = (pack_tile(tile.id, tile.insight) for tile in dashboard.tiles if tile.insight)
    return CachedDashboard(
        meta=msgspec.json.encode(stripped(dashboard)),
        tiles=tuple(tile for tile in packed if tile),
        fetched_at=fetched_at,
    )


def pack_tile(tile_id: int, insight: Insight) -> CachedTile | None:
    """Write a good answer; one that is not good is not kept."""
    if not is_good(insight):
        return None
    return CachedTile(tile_id, msgspec.json.encode(insight), insight.last_refresh)


def unpack_tiles(tiles: Sequence[CachedTile]) -> dict[int, Insight]:
    """Read answers by tile; one that cannot be read is left out."""
    read = {tile.tile_id: _decoded(_INSIGHT, tile.data) for tile in tiles}
    return {tile_id: insight for tile_id, insight in read.items() if insight is not None}


def unpack_dashboard(cached: CachedDashboard) -> Dashboard | None:
    """Read a dashboard with its answers; an answer that cannot be read is left out."""
    frame = _decoded(_DASHBOARD, cached.meta)
    if frame is None:
        return None
    answers = unpack_tiles(cached.tiles)
    tiles = tuple(_with_answer(tile, answers.get(tile.id)) for tile in frame.tiles)
    return replace(frame, tiles=tiles)


def _with_answer(tile: Tile, answer: Insight | None) -> Tile:
    if answer is None or tile.insight is None:
        return tile
    newest = tile.insight
    named = replace(
        answer,
        name=newest.name,
        derived_name=newest.derived_name,
        description=newest.description,
        tags=newest.tags,
        alerts=answer.alerts if newest.alerts is None else newest.alerts,
    )
    return replace(tile, insight=named)


def _decoded(decoder: msgspec.json.Decoder[T], data: bytes) -> T | None:
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
