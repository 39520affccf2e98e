"""A week of phdesk by a clock set by hand: how many calls of each class it makes in each hour.

Five dashboards of 20 tiles each stay open on a desk; `act` says what a person does. What the app
runs (client, gate, refresh, pacing, cache) asks the demo server, and both go by the simulated
clock, in one thread: two runs are the same. Writes `docs/week.md`.
"""

import asyncio
import os
import random
import tempfile
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import httpx
from PySide6.QtCore import QCoreApplication

from phdesk.api.client import Client
from phdesk.core.budget import kind_of
from phdesk.demo.account import DEMO_KEY, PROJECT_ID
from phdesk.demo.answers import Answers
from phdesk.demo.engine import Engine
from phdesk.demo.shelf import Dashboard, Shelf
from phdesk.demo.stream import DemoSource
from phdesk.demo.web import Site
from phdesk.demo.world import World
from phdesk.models.account import Account, Project
from phdesk.services import dashboards
from phdesk.services.accounts import AccountsFile, added
from phdesk.services.autorefresh import AutoRefresh
from phdesk.services.credentials import Credentials
from phdesk.services.governor import Governor
from phdesk.services.online import Online
from phdesk.services.parts import Parts
from phdesk.services.preferences import Preferences
from phdesk.services.settings import SettingsFile
from phdesk.store.cache import Cache
from phdesk.store.changes import with_account
from phdesk.store.spent import NAME, SpentFile
from phdesk.store.store import Store
from tests.benchmarks import week_page
from tests.benchmarks.simulated import Clock, Worker, timers

PAGE = Path(__file__).parents[2] / "docs" / "week.md"
SEED, BOARDS, TILES, DAYS = 5, 5, 20, 7
MINUTE, HOUR, DAY = 60, 3600, 86_400
KNOWN = 40  # days of events before the week
RANGES = ("-7d", "-10d", "-14d", "-21d", "-30d")
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
HOST = "https://eu.posthog.com"
FULL = {"type": "throttled_error", "code": "concurrency_limit_exceeded", "detail": "Full."}
CALCULATES, READS = (0.5, 4.0), (0.1, 0.6)  # seconds that an answer takes, from and to


class Between:
    """A time of the week, from an hour of a day to one of the same or another."""

    def __init__(self, day, hour, until_day, until_hour):
        self.begin, self.end = 24 * day + hour, 24 * until_day + until_hour

    def holds(self, at):
        return self.begin <= at / 3600 < self.end


ASLEEP = Between(0, 19, 1, 8)  # Monday night; in the others the computer stays on
OFFLINE = Between(2, 13, 2, 15)  # Wednesday
CROWDED = Between(3, 10, 3, 11)  # Thursday: half of what is to be calculated finds no place
HIDDEN = Between(4, 18, 5, 10)  # from Friday evening to Saturday morning nobody sees the window


class Counted(Governor):
    """The app's gate; notes each call that it lets go."""

    def __init__(self, week, *more, **named):
        super().__init__(*more, **named)
        self._week = week

    async def enter(self, passage):
        number = await super().enter(passage)
        if passage.calls:
            kind, at = kind_of(passage.method, passage.path), self._week.at
            self._week.calls[int(at // HOUR), kind, passage.purpose.background] += 1
            self._week.minutes[int(at // MINUTE), kind] += 1
        return number


class Wire(httpx.AsyncBaseTransport):
    """Leads to the demo server, where there is a network and it has a place."""

    def __init__(self, week, site):
        self._week, self._inner = week, httpx.ASGITransport(site)

    async def handle_async_request(self, request):
        week = self._week
        if OFFLINE.holds(week.at):
            raise httpx.ConnectError("no network", request=request)
        chance = week.chance_of(request.url.path)
        calculates = request.url.params.get("refresh", "").endswith("blocking")
        if calculates and CROWDED.holds(week.at) and chance.random() < 0.5:
            return httpx.Response(429, json=FULL)
        await asyncio.sleep(chance.uniform(*(CALCULATES if calculates else READS)))
        week.served += 1
        return await self._inner.handle_async_request(request)


class Week(Clock):
    """The clock, and what was asked."""

    def __init__(self, hour=0):
        super().__init__(MONDAY, at=hour * HOUR)
        self.calls = Counter()  # (hour, kind, whether in the background)
        self.minutes = Counter()  # (minute, kind)
        self.served = 0
        self.tries = Counter()  # by path
        self.chance = random.Random(SEED)

    def chance_of(self, path):
        """Give the chance of one call, which that of others does not change."""
        self.tries[path] += 1
        return random.Random(f"{SEED} {path} {self.tries[path]}")


@contextmanager
def desk(week):
    """Start the demo's server and the app's services on the week's clock."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=memory())))
        opening = (MONDAY - timedelta(days=KNOWN)).date()
        world = World(DemoSource(SEED, opening), lambda: week.now)
        stack.callback(world.close)
        answers = Answers(Engine(world))
        stack.callback(answers.close)
        site = Site(world, shelf(world), answers).application()
        account = Account(id="ada", host=HOST, project_id=PROJECT_ID)
        files = SettingsFile(folder / "settings.toml"), AccountsFile(folder / "accounts.toml")
        store = Store()
        parts = Parts(
            store=store,
            cache=Cache(folder / "cache.sqlite3"),
            background=Worker(week, store),
            credentials=Credentials(),
            preferences=Preferences(*files),
            governor=Counted(week, SpentFile(folder / NAME), clock=week.moment),
        )
        stack.callback(parts.cache.close)
        parts.preferences.change_accounts(added, account)
        store.apply(with_account, account, Project(id=PROJECT_ID))
        parts.background.start()
        stack.callback(parts.background.stop)
        stack.enter_context(timers(week))
        pacing = partial(AutoRefresh, chance=week.chance.random)
        stack.enter_context(patch.object(dashboards, "AutoRefresh", pacing))
        online = Online(parts, connect=partial(connect, week, site), now=lambda: week.now)
        online.begin(account, DEMO_KEY, Project(id=PROJECT_ID))
        yield parts, online


def memory():
    """Give a folder in memory, where there is one: a disk takes half of the time."""
    folder = Path("/dev/shm")
    return folder if folder.is_dir() else None


def connect(week, site, host, key):
    """Make the app's client over the demo's server."""
    chance = random.Random(SEED).random
    return Client(host, key, transport=Wire(week, site), random=chance, now=lambda: week.now)


def shelf(world):
    """Put the demo's insights on five dashboards, each with its own dates."""
    made = Shelf(world.earliest)
    known = sorted(made.insights(), key=lambda one: one.id)
    fields = dict(made.dashboards[1].fields)
    made.dashboards = {}
    for number in range(1, BOARDS + 1):
        filters = {"date_from": RANGES[number - 1]}
        board = Dashboard(number, fields | {"name": f"Board {number}"}, filters)
        made.dashboards[number] = board
        for n in range(TILES):
            one = known[(number * 12 + n) % len(known)]
            tile = made.add_tile(board, made.add_insight(one.name, "", one.query))
            tile.layouts = {"sm": {"x": n % 3 * 4, "y": n // 3 * 4, "w": 4, "h": 4}}
    return made


def live(week, hours):
    """Let the week pass until some hours after its beginning."""
    QCoreApplication.instance() or QCoreApplication([])
    with desk(week) as (parts, online):
        parts.background.settle()
        for number in range(1, BOARDS + 1):
            online.open_dashboard(number)
        minute, end = int(week.at) // MINUTE, hours * HOUR
        while week.at < end:
            week.advance(parts.background.settle(), min(MINUTE * (minute + 1), end))
            if week.at >= MINUTE * (minute + 1):
                if ASLEEP.holds(week.at):
                    week.sleep(min(ASLEEP.end * HOUR, end) - week.at)
                minute = int(week.at) // MINUTE
                online.dashboards.set_hidden(hidden=HIDDEN.holds(week.at))
                act(week, online)
            week.ring()
        parts.background.settle()


def act(week, online):
    """Do what a person does on working days from 9 to 17, minute by minute.

    Twice an hour they refresh a dashboard, at 9 all of it anew; once an hour they leave one and
    come back to it a quarter of an hour later.
    """
    hour, minute = week.now.hour, week.now.minute
    if week.now.weekday() >= 5 or not 9 <= hour < 17:
        return
    board = 1 + (hour + minute // 30) % BOARDS
    if minute % 30 == 0:
        online.refresh(board, force=hour == 9 and minute == 0)
    elif minute == 10:
        online.dashboards.close(board)
    elif minute == 25:
        online.open_dashboard(board)


def main():
    """Live the week, write the page; give 1 when an hour went over a budget."""
    week = Week()
    live(week, 24 * DAYS)
    text = week_page.page(week, DAYS)
    PAGE.write_text(text, encoding="utf-8")
    print(text)
    return int(week_page.is_over(week, DAYS))
