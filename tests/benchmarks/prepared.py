"""A folder as phdesk leaves it behind: an account, a list and a dashboard of 12 tiles, cached."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

from msgspec import Raw
from msgspec.structs import replace

from phdesk.api.client import Client
from phdesk.api.resources import dashboards, projects
from phdesk.demo.server import DemoServer
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import Dashboard, DashboardRow, StoredBox, Tile
from phdesk.models.insight import Insight
from phdesk.services.accounts import AccountsFile
from phdesk.services.settings import DEFAULTS, SettingsFile, chosen, opened
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_dashboard, pack_project, pack_rows

ACCOUNT = Account(id="demo", host="http://127.0.0.1:9", email="ada@example.org", project_id=1)
BOARD = 1


def prepare(folder, copies=1):
    """Fill a folder from the demo; the server is gone afterwards, and its address leads nowhere.

    The dashboard has its tiles so many times, one set below the other.
    """
    with DemoServer() as server:
        project, rows, board = asyncio.run(_read(server))
    tiles = [_below(tile, number) for number in range(copies) for tile in board.tiles]
    board = replace(board, tiles=tuple(tiles))
    now = datetime.now(UTC)
    cache = Cache(folder / "cache.sqlite3")
    writer = Writer(cache)
    writer.save_project(ACCOUNT.id, project.id, pack_project(project))
    writer.save_rows(ACCOUNT.id, project.id, pack_rows(rows), now)
    keep = [tile.id for tile in board.tiles]
    writer.save_dashboard(ACCOUNT.id, project.id, BOARD, pack_dashboard(board, now), keep=keep)
    cache.close()
    AccountsFile(folder / "accounts.toml").save([ACCOUNT])
    settings = opened(chosen(DEFAULTS, ACCOUNT.id, project.id), ACCOUNT.id, BOARD, now)
    SettingsFile(folder / "settings.toml").save(settings)
    return len(board.tiles)


def _below(tile, number):
    """Copy a tile with an id of its own, far below."""
    place = tile.sm and replace(tile.sm, y=(tile.sm.y or 0) + 100 * number)
    return replace(tile, id=tile.id + 10_000 * number, sm=place) if number else tile


def prepare_many(folder, counts):
    """Fill a folder with dashboards of so many charts; the id of each is its count, 1 is empty."""
    now = datetime.now(UTC)
    cache = Cache(folder / "cache.sqlite3")
    writer = Writer(cache)
    project = Project(id=1, name="Shop")
    writer.save_project(ACCOUNT.id, project.id, pack_project(project))
    for count in (0, *counts):
        row = DashboardRow(id=count or BOARD, name=f"{count} tiles")
        made = Dashboard(row=row, tiles=tuple(_chart(number, now) for number in range(count)))
        keep = [tile.id for tile in made.tiles]
        packed = pack_dashboard(made, now)
        writer.save_dashboard(ACCOUNT.id, project.id, row.id, packed, keep=keep)
    cache.close()
    AccountsFile(folder / "accounts.toml").save([ACCOUNT])
    settings = opened(chosen(DEFAULTS, ACCOUNT.id, project.id), ACCOUNT.id, BOARD, now)
    SettingsFile(folder / "settings.toml").save(settings)


def _chart(number, now):
    """Give a tile of five series over 90 days."""
    days = [f"{now - timedelta(days=89 - day):%Y-%m-%d}" for day in range(90)]
    lines = [
        {"label": f"Series {n}", "days": days, "labels": days, "data": [*range(n, n + 90)]}
        for n in range(5)
    ]
    insight = Insight(
        id=number,
        short_id=f"chart{number:03}",
        name=f"Chart {number}",
        query=Raw(b'{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","series":[]}}'),
        result=Raw(json.dumps(lines).encode()),
        last_refresh=now,
    )
    box = StoredBox(number % 3 * 4, number // 3 * 4, 4, 4)
    return Tile(id=1000 + number, insight=insight, sm=box)


async def _read(server):
    async with Client(server.url, server.key) as client:
        project = await projects.get(client, server.project_id)
        rows = await dashboards.rows(client, project.id)
        board = await dashboards.get(client, project.id, BOARD, refresh="blocking")
    return project, rows, board
