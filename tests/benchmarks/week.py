"""A week of phdesk by a clock set by hand: how many calls of each class it makes in each hour.

Five dashboards of 20 tiles each stay open all week on a wall; on working days a person also opens
them, refreshes and filters. The server forgets its results as PostHog does (reference 4.3). Writes
`docs/week.md`.
"""

import os
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import httpx
from PySide6.QtCore import QCoreApplication

from phdesk.api.client import Client
from phdesk.core.budget import LIMITS, Kind, Moment, kind_of
from phdesk.models.account import Account, Project
from phdesk.services.accounts import AccountsFile, added
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
from tests.benchmarks.heavy import until

PAGE = Path(__file__).parents[2] / "docs" / "week.md"
BOARDS, TILES, DAYS = 5, 20, 7
STEP = 60  # seconds of the simulated clock; longer ones would pass for sleep
HOURS = (1, 6, 6, 6, 24)  # until a result is stale: by hour, day, day, day, week
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
ALLOWED = {Kind.INSIGHTS: 1200, Kind.QUERIES: 2400, Kind.VALUES: 300, Kind.OTHER: 4800}
NAMES = {
    Kind.INSIGHTS: "insights (calculations)",
    Kind.QUERIES: "queries",
    Kind.VALUES: "lists of values",
    Kind.OTHER: "dashboards and the rest",
}


class Week:
    """The clock, the server and what it was asked."""

    def __init__(self):
        self.at = 0.0  # seconds since Monday
        self.known = {}  # insight: when it was calculated
        self.calls = Counter()  # (hour, kind)

    @property
    def now(self):
        return MONDAY + timedelta(seconds=self.at)

    def moment(self):
        return Moment(self.now.timestamp(), 1000 + self.at)

    def connect(self, host, key):
        return Client(host, key, transport=httpx.MockTransport(self.handle), sleep=self.sleep)

    async def sleep(self, seconds):
        self.at += seconds

    def handle(self, request):
        path = request.url.path.removeprefix("/api/").removeprefix("projects/1/")
        self.calls[int(self.at // 3600), kind_of(request.method, path)] += 1
        parts = path.strip("/").split("/")
        if parts[0] == "insights" and len(parts) > 1:
            return httpx.Response(200, json=self.insight(int(parts[1]), calculate=True))
        if parts[0] == "dashboards" and len(parts) > 1:
            return httpx.Response(200, json=self.board(int(parts[1])))
        return httpx.Response(200, json={"results": [], "next": None, "id": 1, "name": "Shop"})

    def board(self, number):
        tiles = [
            {
                "id": number * 100 + n,
                "layouts": {"sm": {"x": n % 3 * 4, "y": n // 3 * 4, "w": 4, "h": 4}},
                "insight": self.insight(number * 100 + n, calculate=False),
            }
            for n in range(TILES)
        ]
        return {"id": number, "name": f"Board {number}", "tiles": tiles}

    def insight(self, number, *, calculate):
        life = timedelta(hours=HOURS[number % len(HOURS)])
        if calculate and self.known.get(number, MONDAY - life) + life <= self.now:
            self.known[number] = self.now
        computed = self.known.get(number)
        times = {}
        if computed is not None:
            allowed = computed + timedelta(minutes=15)
            times = {
                "last_refresh": computed.isoformat(),
                "cache_target_age": (computed + life).isoformat(),
                "next_allowed_client_refresh": allowed.isoformat(),
            }
        return {
            "id": number,
            "short_id": f"i{number:07}",
            "query": {"kind": "InsightVizNode", "source": {"kind": "TrendsQuery"}},
            "result": None if computed is None else [{"data": [1], "days": ["2026-11-23"]}],
            **times,
        }


def main():
    """Live the week, write the page; give 1 when an hour went over a budget."""
    QCoreApplication.instance() or QCoreApplication([])
    week = Week()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        keys = stack.enter_context(vault())
        live(week, folder, keys)
    text = page(week)
    PAGE.write_text(text, encoding="utf-8")
    print(text)
    return int(any(calls > LIMITS[kind][1].calls for (_, kind), calls in week.calls.items()))


def live(week, folder, keys):
    """Start the services on the week's clock and let it pass."""
    account = Account(id="ada", host="https://eu.posthog.com", project_id=1)
    keys.kept[SERVICE, account.id] = "phx_ada"
    cache = Cache(folder / "cache.sqlite3")
    parts = Parts(
        store=Store(),
        cache=cache,
        background=Background(),
        credentials=Credentials(),
        preferences=Preferences(
            SettingsFile(folder / "settings.toml"), AccountsFile(folder / "accounts.toml")
        ),
        governor=Governor(SpentFile(folder / NAME), clock=week.moment),
    )
    parts.preferences.change_accounts(added, account)
    parts.store.apply(with_account, account, Project(id=1))
    parts.background.start()
    online = Online(parts, connect=week.connect, now=lambda: week.now)
    online.resume()
    until(lambda: parts.store.state.rows.fetched_at is not None)
    for number in range(1, BOARDS + 1):
        online.open_dashboard(number)
    settle(week, online)
    while week.at < DAYS * 86400:
        week.at += STEP
        online.dashboards.auto.tick()
        act(week, online)
        settle(week, online)
    parts.background.stop()
    cache.close()


def act(week, online):
    """Do what a person does: on working days from 9 to 17, two acts an hour, and all once a day."""
    hour, minute = week.now.hour, week.now.minute
    if week.now.weekday() >= 5 or not 9 <= hour < 17 or minute % 30:
        return
    board = 1 + (hour + minute // 30) % BOARDS
    online.refresh(board, force=hour == 9 and minute == 0)


def settle(week, online):
    """Let all that was asked for come; where only the limits are waited for, let time pass."""
    tiles = online.dashboards._tiles

    def quiet():
        state = online._parts.store.state
        boards = state.dashboards.values()
        if len(state.dashboards) == BOARDS and not any(b.loading or b.progress for b in boards):
            return True
        if tiles._pause.isActive() and not tiles._running:
            week.at += tiles._pause.interval() / 1000
            tiles.pump()
        return False

    if not quiet():
        until(quiet)


def page(week):
    """Write the table."""
    hours = DAYS * 24
    heads = (
        "class of call",
        "in the week",
        "an hour",
        "busiest hour",
        "phdesk's limit",
        "PostHog's",
    )
    lines = [
        "# A week of calls",
        "",
        f"What phdesk asks of PostHog in a simulated week: {BOARDS} dashboards of {TILES}",
        "tiles, open on a wall all week and refreshed every 30 minutes, and a person who",
        "refreshes one of them twice an hour on working days. Written by `./run bench week`:",
        "the services that the app runs, by a clock set by hand, before a server that forgets",
        "results as PostHog does (after an hour, six hours or a day, by the insight's interval).",
        "Limits are calls an hour.",
        "",
        f"| {' | '.join(heads)} |",
        f"|{'---|' * len(heads)}",
    ]
    for kind in Kind:
        each = [week.calls[hour, kind] for hour in range(hours + 1)]
        lines.append(
            f"| {NAMES[kind]} | {sum(each):,} | {sum(each) / hours:.1f} | {max(each)} "
            f"| {LIMITS[kind][1].calls:,} | {ALLOWED[kind]:,} |"
        )
    return "\n".join(lines) + "\n"
