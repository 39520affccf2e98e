"""A wall by a clock set by hand: how many calls of each class it makes in an hour.

Client, gate, pacing, rooms and the demo's server are those of `week`. The wall starts with nothing
on disk, runs for four hours, is started again and runs for two more: the table of docs/monitor.md.
"""

import re
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import QCoreApplication

from phdesk.core.budget import LIMITS, MINUTE, Kind
from phdesk.demo.account import DEMO_KEY
from phdesk.models.wall import Item, Wall
from phdesk.services.library import load_project
from phdesk.services.online import Online
from phdesk.services.wall_rooms import WallRooms
from phdesk.services.wall_settings import with_cadence
from phdesk.services.workspace import Workspace
from phdesk.store.store import Store
from tests.benchmarks import week, week_page

PAGE = Path(__file__).parents[2] / "docs" / "monitor.md"
AGAIN, HOURS = 4, 6  # hour of the second start, and of the end
WALL = Wall(
    items=tuple(Item(dashboard=number) for number in range(1, week.BOARDS + 1)),
    refresh=30 * MINUTE,
)
LINES = (
    ("the first hour, with nothing on disk", range(1)),
    ("any other hour", range(1, AGAIN)),
    ("the hour after another start", range(AGAIN, AGAIN + 1)),
    ("any hour after that", range(AGAIN + 1, HOURS)),
)
HEADS = ("busiest hour", "calculations: at once", "by the clock", "other calls: at once",
         "by the clock")  # fmt: skip
KINDS = (Kind.INSIGHTS, Kind.OTHER)
TABLE = re.compile(r"(?<=\n)\| busiest hour .*?\n(?!\|)", re.DOTALL)


def live(day):
    """Let the wall hang for some hours."""
    QCoreApplication.instance() or QCoreApplication([])
    with week.desk(day) as (parts, online):
        parts.preferences.change(with_cadence, WALL.refresh)
        hang(day, parts, online, AGAIN)
        state = parts.store.state
        kept = load_project(parts.cache, state.account, state.project.id)
        online.dashboards.use(None)
        day.alarms.clear()
        fresh = structs.replace(parts, store=Store(kept))
        parts.background._store = fresh.store
        again = Online(fresh, connect=online._connect, now=lambda: day.now)
        again.begin(state.account, DEMO_KEY, state.project)
        hang(day, fresh, again, HOURS)


def hang(day, parts, online, until):
    """Show the wall until an hour; nobody waits before it."""
    workspace = Workspace(parts.store.state)
    workspace.store = parts.store
    rooms = WallRooms(workspace, parts.cache, lambda: day.now)
    online.dashboards.set_calm()
    workspace.set_online(online)
    rooms.show("", rooms.stops_of(WALL))
    while day.at < until * week.HOUR:
        day.advance(parts.background.settle(), until * week.HOUR)
        day.ring()
    parts.background.settle()
    tiles = [one for page in parts.store.state.dashboards.values() for one in page.tiles.values()]
    assert sum(one.has_result for one in tiles) == week.BOARDS * week.TILES
    rooms.close()


def table(day):
    """Write what was called, and what may be."""
    lines = [(name, *(f"{one:,}" for one in busiest(day, hours))) for name, hours in LINES]
    limits = [(f"{LIMITS[one][1].calls:,}", f"{week_page.by_itself(one):,}") for one in KINDS]
    lines.append(("limit of an hour", *(one for pair in limits for one in pair)))
    return "\n".join(week_page._table(HEADS, lines)) + "\n"


def busiest(day, hours):
    """Give the most calls of each class in one of some hours, at once and by the clock."""
    return [
        max(day.calls[hour, kind, by_clock] for hour in hours)
        for kind in KINDS
        for by_clock in (False, True)
    ]


def is_over(day):
    """Say whether any hour was over the limits, or the clock's share of them."""
    most = [busiest(day, hours) for _, hours in LINES]
    allowed = [limit for one in KINDS for limit in (LIMITS[one][1].calls, week_page.by_itself(one))]
    return any(call > limit for calls in most for call, limit in zip(calls, allowed, strict=True))


def main():
    """Live it, write the table; give 1 when an hour went over a limit."""
    day = week.Week()
    live(day)
    text = table(day)
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(TABLE.sub(text, page), encoding="utf-8")
    print(text)
    return int(is_over(day))
