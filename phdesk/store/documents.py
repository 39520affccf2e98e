"""Bytes of the cache to models; what cannot be read is a miss. `packing` writes them."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from phdesk.core.question import same_asked
from phdesk.models.account import Project
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.dashboard import Dashboard, DashboardRow, Tile
from phdesk.models.group_type import GroupType
from phdesk.models.insight import NULL, Insight
from phdesk.store.cache import CachedDashboard, CachedTile
from phdesk.store.state import Overlay

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


def unpack_project(data: bytes) -> Project | None:
    """Read a project."""
    return _decoded(_PROJECT, data)


def unpack_rows(data: bytes) -> tuple[DashboardRow, ...] | None:
    """Read the list of dashboards."""
    return _decoded(_ROWS, data)


def unpack_annotations(data: bytes) -> tuple[Annotation, ...] | None:
    """Read annotations."""
    return _decoded(_ANNOTATIONS, data)


def unpack_color_themes(data: bytes) -> tuple[ColorTheme, ...] | None:
    """Read colour themes."""
    return _decoded(_THEMES, data)


def unpack_group_types(data: bytes) -> tuple[GroupType, ...] | None:
    """Read types of groups."""
    return _decoded(_GROUP_TYPES, data)


def unpack_overlay(data: bytes) -> Overlay | None:
    """Read a person's own layout."""
    return _decoded(_OVERLAY, data)


def unpack_tiles(tiles: Sequence[CachedTile]) -> dict[int, Insight]:
    """Read answers by tile; one that cannot be read is left out."""
    read = {tile.tile_id: unpack_insight(tile.data) for tile in tiles}
    return {tile_id: insight for tile_id, insight in read.items() if insight is not None}


def unpack_insight(data: bytes) -> Insight | None:
    """Read one answer."""
    return _decoded(_INSIGHT, data)


def unpack_frame(cached: CachedDashboard) -> Dashboard | None:
    """Read a dashboard without its answers."""
    return _decoded(_DASHBOARD, cached.meta)


def unpack_dashboard(cached: CachedDashboard) -> Dashboard | None:
    """Read a dashboard with its answers; an answer that cannot be read is left out."""
    frame = unpack_frame(cached)
    return None if frame is None else with_answers(frame, cached)


def with_answers(frame: Dashboard, cached: CachedDashboard) -> Dashboard:
    """Put what was kept of its tiles into a dashboard."""
    answers = unpack_tiles(cached.tiles)
    tiles = tuple(with_answer(tile, answers.get(tile.id)) for tile in frame.tiles)
    return replace(frame, tiles=tiles)


def outlived(frame: Dashboard, dashboard: Dashboard) -> frozenset[int]:
    """Name the tiles whose answers were given to something else than the frame asks."""
    asked = {tile.id: tile.insight for tile in frame.tiles}
    return frozenset(
        tile.id
        for tile in dashboard.tiles
        if (insight := tile.insight) is not None
        and insight.result != NULL
        and (newest := asked.get(tile.id)) is not None
        and not same_asked(newest, insight)
    )


def with_answer(tile: Tile, answer: Insight | None) -> Tile:
    """Put an answer into a tile, under the names that the tile has."""
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
