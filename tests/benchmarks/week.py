"""A week of phdesk by a clock set by hand: how many calls of each class it makes in each hour.

Five dashboards of 20 tiles each stay open on a desk; `PLAN` says what happens around them. What the
app runs (client, gate, refresh, pacing, cache) asks the demo server, in the same process, and both
go by the simulated clock. Writes `docs/week.md`.
"""

import os
import random
import tempfile
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import httpx
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from phdesk.api.client import Client
from phdesk.core.budget import Moment, kind_of
from phdesk.demo.account import DEMO_KEY, PROJECT_ID
from phdesk.demo.answers import Answers
from phdesk.demo.engine import Engine
from phdesk.demo.shelf import Dashboard, Shelf
from phdesk.demo.stream import DemoSource
from phdesk.demo.web import Site
from phdesk.demo.world import World
from phdesk.models.account import Account, Project
from phdesk.services.accounts import AccountsFile, added
from phdesk.services.autorefresh import AutoRefresh
from phdesk.services.background import Background
from phdesk.services.credentials import SERVICE, Credentials
from phdesk.services.governor import Governor
from phdesk.services.online import Online
from phdesk.services.parts import Parts
from phdesk.services.preferences import Preferences
from phdesk.services.settings import SettingsFile
from phdesk.store.cache import Cache
from phdesk.store.changes import with_account
from phdesk.store.spent import NAME, SpentFile
from phdesk.store.store import Store
from tests.app_parts import vault
from tests.benchmarks import week_page

PAGE = Path(__file__).parents[2] / "docs" / "week.md"
SEED, BOARDS, TILES, DAYS = 5, 5, 20, 7
STEP = 60  # seconds of the simulated clock; longer ones would pass for sleep
LOOK = 2  # ms between looks whether all has come
MOST_LOOKS = 10_000
KNOWN = 40  # days of events before the week
RANGES = ("-7d", "-10d", "-14d", "-21d", "-30d")
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
HOST = "https://eu.posthog.com"
FULL = {"type": "throttled_error", "code": "concurrency_limit_exceeded", "detail": "Full."}


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
            self._week.calls[int(at // 3600), kind, passage.purpose.background] += 1
            self._week.minutes[int(at // 60), kind] += 1
        return number


class Wire(httpx.AsyncBaseTransport):
    """Leads to the demo server, where there is a network and it has a place."""

    def __init__(self, week, site):
        self._week, self._inner = week, httpx.ASGITransport(site)

    async def handle_async_request(self, request):
        week = self._week
        if OFFLINE.holds(week.at):
            raise httpx.ConnectError("no network", request=request)
        asked = request.url.params.get("refresh", "")
        if CROWDED.holds(week.at) and asked.endswith("blocking") and week.is_full(request.url.path):
            return httpx.Response(429, json=FULL)
        week.served += 1
        return await self._inner.handle_async_request(request)


class Alarm:
    """Stands in for a timer of the app, by the simulated clock."""

    def __init__(self, week, ring):
        self._week, self._ring, self._at = week, ring, None
        week.alarms.append(self)

    def start(self, milliseconds):
        self._at = self._week.at + milliseconds / 1000

    def stop(self):
        self._at = None

    def isActive(self):  # noqa: N802  as Qt has it
        return self._at is not None

    def look(self):
        if self._at is not None and self._week.at >= self._at:
            self._at = None
            self._ring()


class Week:
    """The clock, and what was asked."""

    def __init__(self):
        self.at = self.asleep = 0.0  # seconds since Monday, and of them those of sleep
        self.calls = Counter()  # (hour, kind, whether in the background)
        self.minutes = Counter()  # (minute, kind)
        self.served, self.alarms = 0, []
        self.tries = Counter()  # by path
        self.chance = random.Random(SEED)

    def is_full(self, path):
        """Say of half of all tries that there is no place, whatever their order is."""
        self.tries[path] += 1
        return random.Random(f"{SEED} {path} {self.tries[path]}").random() < 0.5

    @property
    def now(self):
        return MONDAY + timedelta(seconds=self.at)

    def moment(self):
        return Moment(self.now.timestamp(), 1000 + self.at - self.asleep)

    def sleep_until(self, hour):
        """Let the computer sleep: the steady clock stands still."""
        self.asleep += hour * 3600 - self.at
        self.at = hour * 3600.0

    async def wait(self, _seconds):
        """Make another try at once: what is counted is how many there are."""


@contextmanager
def desk(week):
    """Start the demo's server and the app's services on the week's clock."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=memory())))
        keys = stack.enter_context(vault())
        opening = (MONDAY - timedelta(days=KNOWN)).date()
        world = World(DemoSource(SEED, opening), lambda: week.now)
        stack.callback(world.close)
        answers = Answers(Engine(world))
        stack.callback(answers.close)
        site = Site(world, shelf(world), answers).application()
        account = Account(id="ada", host=HOST, project_id=PROJECT_ID)
        keys.kept[SERVICE, account.id] = DEMO_KEY
        files = SettingsFile(folder / "settings.toml"), AccountsFile(folder / "accounts.toml")
        parts = Parts(
            store=Store(),
            cache=Cache(folder / "cache.sqlite3"),
            background=Background(),
            credentials=Credentials(),
            preferences=Preferences(*files),
            governor=Counted(week, SpentFile(folder / NAME), clock=week.moment),
        )
        stack.callback(parts.cache.close)
        parts.preferences.change_accounts(added, account)
        parts.store.apply(with_account, account, Project(id=PROJECT_ID))
        parts.background.start()
        stack.callback(parts.background.stop)
        online = Online(parts, connect=partial(connect, week, site), now=lambda: week.now)
        by_hand(week, online.dashboards, parts.store)
        online.resume()
        yield parts, online


def memory():
    """Give a folder in memory, where there is one: a disk takes half of the time."""
    folder = Path("/dev/shm")
    return folder if folder.is_dir() else None


def connect(week, site, host, key):
    """Make the app's client over the demo's server."""
    return Client(host, key, transport=Wire(week, site), sleep=week.wait, random=lambda: 0.5)


def by_hand(week, dashboards, store):
    """Let all that the app times go by the week's clock."""
    dashboards._again = Alarm(week, dashboards.try_again)
    dashboards._tiles._pause = Alarm(week, dashboards._tiles.pump)
    for signal in (dashboards.auto.due, dashboards.auto.reconnected):
        signal.disconnect()
    wishes = dashboards.auto._pacer.wishes
    dashboards.auto = AutoRefresh(
        store, clock=week.moment, chance=week.chance.random, parent=dashboards
    )
    dashboards.auto.set_wishes(wishes)
    dashboards.auto.due.connect(dashboards.read_all)
    dashboards.auto.reconnected.connect(dashboards.try_again)


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


def live(week, days):
    """Let the week pass, or its first days."""
    QCoreApplication.instance() or QCoreApplication([])
    with desk(week) as (parts, online):
        settle(week, parts)
        for number in range(1, BOARDS + 1):
            online.open_dashboard(number)
        settle(week, parts)
        while week.at < days * 86400:
            if ASLEEP.holds(week.at):
                week.sleep_until(min(ASLEEP.end, days * 24))
            else:
                week.at += STEP
            online.dashboards.set_hidden(hidden=HIDDEN.holds(week.at))
            online.dashboards.auto.tick()
            for alarm in week.alarms:
                alarm.look()
            act(week, online)
            settle(week, parts)


def act(week, online):
    """Do what a person does on working days from 9 to 17.

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


def settle(week, parts):
    """Let all that was asked for come; where only the limits are waited for, let time pass."""
    loop, timer, looks = QEventLoop(), QTimer(), Counter()
    wanted, turns = parts.background._wanted, parts.governor._turns
    if not wanted:
        return  # as in most minutes

    def look():
        looks["all"] += 1
        for name, holds in (("calm", not wanted), ("held", 0 < len(wanted) == len(turns))):
            looks[name] = looks[name] + 1 if holds else 0
        if looks["held"] > 1:
            looks["held"] = 0
            week.at += STEP
            parts.background._loop.call_soon_threadsafe(parts.governor._admit)
        if looks["calm"] > 1 or looks["all"] > MOST_LOOKS:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK)
    loop.exec()
    assert looks["calm"] > 1, "it took too long"


def main():
    """Live the week, write the page; give 1 when an hour went over a budget."""
    week = Week()
    live(week, DAYS)
    text = week_page.page(week, DAYS)
    PAGE.write_text(text, encoding="utf-8")
    print(text)
    return int(week_page.is_over(week, DAYS))
