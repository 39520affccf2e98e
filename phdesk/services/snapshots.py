"""Makes a snapshot of what is on screen, and a state to show of one that is opened."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Raw
from msgspec.structs import replace

from phdesk import __version__
from phdesk.core.filters import written
from phdesk.core.people import without_people
from phdesk.models.account import Project
from phdesk.models.dashboard import Box, Dashboard, StoredBox, Tile
from phdesk.services.files import write_whole
from phdesk.store.changes import with_dashboard
from phdesk.store.overrides import effective_of
from phdesk.store.snapshot import LARGEST_FILE, Snapshot, SnapshotError, pack, unpack
from phdesk.store.state import DashboardState, State, TileState
from phdesk.store.tiles import without_result

SECURE = "https://"


def taken(state: State, dashboard_id: int, boxes: Mapping[int, Box], now: datetime) -> Snapshot:
    """Take a dashboard with the answers that are shown, each where its tile stands now."""
    board, account = state.dashboards[dashboard_id], state.account
    return Snapshot(
        dashboard=_as_shown(board, boxes),
        project=state.project or Project(id=0),
        made_at=now,
        fetched_at=board.fetched_at,
        host=account.host if account is not None and not account.is_demo else "",
        around=state.around,
    )


def _as_shown(board: DashboardState, boxes: Mapping[int, Box]) -> Dashboard:
    tiles = tuple(_tile(held, boxes.get(tile_id)) for tile_id, held in board.tiles.items())
    if board.override is None:
        return replace(board.dashboard, tiles=tiles)
    asked = Raw(msgspec.json.encode(written(effective_of(board))))
    return replace(board.dashboard, tiles=tiles, filters=asked, saved_filters=asked)


def _tile(held: TileState, box: Box | None) -> Tile:
    """Take a tile with its answer; one of other filters than those asked for is none."""
    insight = held.insight or held.tile.insight
    if insight is not None and held.is_other:
        insight = without_result(insight)
    where = StoredBox(box.x, box.y, box.w, box.h) if box is not None else held.tile.sm
    return replace(held.tile, insight=insight, sm=where)


async def save(path: Path, snapshot: Snapshot, *, people: bool) -> str | None:
    """Write a snapshot in the worker, with people or without; say what went wrong."""
    if not people:
        snapshot = replace(snapshot, dashboard=without_people(snapshot.dashboard))
    return write_whole(path, pack(snapshot, f"phdesk {__version__}"))


async def opened(path: Path) -> Snapshot | str:
    """Read a file in the worker, or say in one line why it is refused."""
    return read(path)


def read(path: Path) -> Snapshot | str:
    """Read a file, or say in one line why it is refused."""
    try:
        with path.open("rb") as file:
            return unpack(file.read(LARGEST_FILE + 1))
    except SnapshotError as why:
        return f"{path.name} was not opened: {why}."
    except OSError as why:
        return f"{path.name} was not opened: {why.strerror}."


def state_of(held: Snapshot) -> State:
    """Make the state that shows a snapshot: its dashboard, and nobody signed in."""
    base = State(project=held.project, around=held.around)
    return with_dashboard(base, held.dashboard, now=held.fetched_at or held.made_at)[0]


def host_of(held: Snapshot) -> str:
    """Give the PostHog whose pages a browser can open; empty for one of a single computer."""
    return held.host if held.host.startswith(SECURE) else ""
