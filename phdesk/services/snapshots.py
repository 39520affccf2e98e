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
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import Box, Dashboard, StoredBox, Tile
from phdesk.models.failure import Cause, Failure
from phdesk.services.files import write_whole
from phdesk.store.changes import with_dashboard
from phdesk.store.overrides import effective_of
from phdesk.store.snapshot import LARGEST_FILE, Snapshot, SnapshotError, pack, unpack
from phdesk.store.snapshot_origins import gathered, read_back, with_colors_of
from phdesk.store.state import DashboardState, State, TileState
from phdesk.store.tiles import put_tiles, without_result

SECURE = "https://"
LONGEST = 2_000  # characters of what a server said
NOT_LOADED = "Never loaded for these filters."


def taken(state: State, page: int, boxes: Mapping[int, Box], now: datetime) -> Snapshot:
    """Take a page with the answers that are shown, each where its tile stands now."""
    board, account = state.dashboards[page], state.account
    if page < 0:
        return taken_board(board, boxes, now)
    return Snapshot(
        dashboard=_as_shown(board, boxes),
        project=state.project or Project(id=0),
        made_at=now,
        fetched_at=board.fetched_at,
        host=_told_host(account),
        around=state.around,
    )


def taken_board(page: DashboardState, boxes: Mapping[int, Box], now: datetime) -> Snapshot:
    """Take a person's own board: each tile with where it is from, but no account."""
    shown = _as_shown(page, boxes)
    origins = {one: held.origin for one, held in page.tiles.items() if held.origin is not None}
    return Snapshot(
        dashboard=replace(shown, row=replace(shown.row, id=abs(shown.row.id), description="")),
        project=Project(id=0),
        made_at=now,
        fetched_at=page.fetched_at,
        origins=gathered(origins, {one: _told_host(at.account) for one, at in origins.items()}),
    )


def _told_host(account: Account | None) -> str:
    return account.host if account is not None and not account.is_demo else ""


def _as_shown(board: DashboardState, boxes: Mapping[int, Box]) -> Dashboard:
    tiles = tuple(_tile(held, boxes.get(tile_id)) for tile_id, held in board.tiles.items())
    if board.override is None:
        return replace(board.dashboard, tiles=tiles)
    asked = Raw(msgspec.json.encode(written(effective_of(board))))
    return replace(board.dashboard, tiles=tiles, filters=asked, saved_filters=asked)


def _tile(held: TileState, box: Box | None) -> Tile:
    """Take a tile with its answer; one of other filters than those asked for is none.

    Why there is none, or none that is newer, goes along.
    """
    insight = held.insight or held.tile.insight
    if insight is not None and held.is_other:
        insight = without_result(insight)
    where = StoredBox(box.x, box.y, box.w, box.h) if box is not None else held.tile.sm
    return replace(held.tile, insight=insight, sm=where, error=_reason(held) or held.tile.error)


def _reason(held: TileState) -> str:
    """Say in a line why the newest try gave no result; what the server said of it stands below."""
    away = held.origin.away if held.origin is not None and not held.has_result else None
    failure = held.failure or away
    if failure is None:
        return NOT_LOADED if held.is_other else ""
    message, detail = failure.message, failure.detail[:LONGEST]
    if not detail or detail in message:
        return message
    return detail if detail.startswith(message) else f"{message}\n{detail}"


async def save(path: Path, snapshot: Snapshot, *, people: bool) -> str | None:
    """Write a snapshot in the worker, with people or without; say what went wrong."""
    if not people:
        dashboard = without_people(snapshot.dashboard)
        origins = with_colors_of(snapshot.origins, dashboard.tiles)
        snapshot = replace(snapshot, dashboard=dashboard, origins=origins)
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
    failures = {tile.id: _failure(tile.error) for tile in held.dashboard.tiles if tile.error}
    now = held.fetched_at or held.made_at
    state = with_dashboard(base, held.dashboard, now=now, failures=failures)[0]
    page = held.dashboard.row.id
    tiles = state.dashboards[page].tiles
    placed = {
        one: replace(tiles[one], origin=origin) for one, origin in read_back(held.origins).items()
    }
    return put_tiles(state, page, placed)[0]


def _failure(reason: str) -> Failure:
    """Make of a reason what a tile shows; of what kind it was is not in the file."""
    message, _, detail = reason[:LONGEST].partition("\n")
    return Failure(cause=Cause.SERVER, message=message, detail=detail)


def host_of(held: Snapshot) -> str:
    """Give the PostHog whose pages a browser can open; empty for one of a single computer."""
    hosts = (held.host, *(place.host for place in held.origins.places))
    return next((host for host in hosts if host.startswith(SECURE)), "")
