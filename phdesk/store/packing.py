"""Models to bytes for the cache; `documents` reads them back."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from phdesk.core.answers import is_good
from phdesk.core.question import asked_by, stated
from phdesk.models.account import Project
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.dashboard import Dashboard, DashboardRow
from phdesk.models.group_type import GroupType
from phdesk.models.insight import Insight
from phdesk.store.cache import CachedDashboard, CachedTile
from phdesk.store.documents import unpack_insight
from phdesk.store.state import Overlay
from phdesk.store.tiles import stripped

DIGEST = 16  # bytes


def pack_project(project: Project) -> bytes:
    """Write a project."""
    return msgspec.json.encode(project)


def pack_rows(rows: Sequence[DashboardRow]) -> bytes:
    """Write the list of dashboards."""
    return msgspec.json.encode(rows)


def pack_annotations(annotations: Sequence[Annotation]) -> bytes:
    """Write annotations."""
    return msgspec.json.encode(annotations)


def pack_color_themes(themes: Sequence[ColorTheme]) -> bytes:
    """Write colour themes."""
    return msgspec.json.encode(themes)


def pack_group_types(types: Sequence[GroupType]) -> bytes:
    """Write types of groups."""
    return msgspec.json.encode(types)


def pack_overlay(overlay: Overlay) -> bytes:
    """Write a person's own layout."""
    return msgspec.json.encode(overlay)


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
    data = msgspec.json.encode(insight)
    digest, question = digest_of(insight), question_of(insight)
    return CachedTile(tile_id, data, insight.last_refresh, digest, question)


def digest_of(insight: Insight) -> bytes:
    """Name a result by its bytes and its question: equal names stand for equal results.

    The same question comes with defaults written out or left out, as the endpoint and the server's
    version have it; only of the oldest insights `filters` are the question.
    """
    digest = hashlib.blake2b(digest_size=DIGEST)
    for part in (_canonical(stated(insight)), insight.result, insight.columns, insight.types):
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    digest.update(bytes([insight.has_more]))
    return digest.digest()


def question_of(insight: Insight) -> bytes:
    """Name what is asked, with the filters of dashboard and tile, that decides the numbers."""
    return hashlib.blake2b(_canonical(asked_by(insight)), digest_size=DIGEST).digest()


def question_in(data: bytes) -> bytes:
    """Name the question of an answer that was packed; what cannot be read asks nothing."""
    return question_of(unpack_insight(data) or Insight())


def _canonical(value: object) -> bytes:
    return msgspec.json.encode(value, order="deterministic")
