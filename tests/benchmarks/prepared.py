"""A folder as phdesk leaves it behind: an account, a list and a dashboard of 12 tiles, cached."""

import asyncio
from datetime import UTC, datetime

from phdesk.api.client import Client
from phdesk.api.resources import dashboards, projects
from phdesk.demo.server import DemoServer
from phdesk.models.account import Account
from phdesk.services.accounts import AccountsFile
from phdesk.services.settings import DEFAULTS, SettingsFile, chosen, opened
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_dashboard, pack_project, pack_rows

ACCOUNT = Account(id="demo", host="http://127.0.0.1:9", email="ada@example.org", project_id=1)
BOARD = 1


def prepare(folder):
    """Fill a folder from the demo; the server is gone afterwards, and its address leads nowhere."""
    with DemoServer() as server:
        project, rows, board = asyncio.run(_read(server))
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


async def _read(server):
    async with Client(server.url, server.key) as client:
        project = await projects.get(client, server.project_id)
        rows = await dashboards.rows(client, project.id)
        board = await dashboards.get(client, project.id, BOARD, refresh="blocking")
    return project, rows, board
