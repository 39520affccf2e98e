"""From a wall's items to its stops: each is one dashboard, board, insight or tile, with a key."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from phdesk.core.filter_entry import read_range
from phdesk.core.filter_ranges import first_weekday
from phdesk.core.filters import Filter, Override, read_filter, written
from phdesk.core.listing import title_of
from phdesk.core.wall.rotation import Lap
from phdesk.models.dashboard import DashboardRow
from phdesk.models.wall import Hours, Item, Wall

INSIGHTS = 2**60  # further below 0 than any board has its page


class Stop(Struct, frozen=True, gc=False, kw_only=True):
    """One thing that a wall shows: exactly one of dashboard, board and insight says what."""

    key: str  # the same for as long as the item means the same
    title: str = ""  # empty: its own name
    account: str | None = None
    project: int | None = None
    dashboard: int | None = None
    board: str | None = None
    insight: str | None = None
    tile: int | None = None  # of the dashboard, alone
    range: str | None = None  # as a person typed it
    filters: Mapping[str, Any] = {}
    dwell: float = 30.0
    hours: tuple[Hours, ...] = ()
    spotlight: bool = False

    @property
    def page(self) -> int | None:
        """Give the number under which a room holds what is shown; None for boards.

        An insight has one that no dashboard has, another for each set of dates and filters.
        """
        if self.insight is None:
            return self.dashboard
        name = f"{self.insight} {self.wish}".encode()
        return -INSIGHTS - int.from_bytes(blake2b(name, digest_size=7).digest())

    @property
    def source(self) -> str:
        """Name what its tiles are of and how, whether it shows one of them or all."""
        return _named(replace(self, tile=None)).key

    @property
    def written(self) -> str:
        """Say what it shows as a file has it, for whoever knows no name of it."""
        if self.board is not None:
            return f"Board {self.board}"
        what = f"Dashboard {self.dashboard}" if self.insight is None else f"Insight {self.insight}"
        return f"{what} tile {self.tile}" if self.tile is not None else what

    @property
    def lap(self) -> Lap:
        """Give what the rotation needs to know."""
        return Lap(key=self.key, dwell=self.dwell)

    @property
    def wish(self) -> str:
        """Name what is asked for in the place of a dashboard's own filters; equal is equal."""
        if not self.range and not self.filters:
            return ""
        asked = {"range": self.range or "", "filters": dict(self.filters)}
        return msgspec.json.encode(asked, order="deterministic").decode()


def stops_for(wall: Wall, rows: Sequence[DashboardRow], primary: int | None = None) -> list[Stop]:
    """Give the stops of a wall; tags, and a wall without items, take what the project lists.

    Without items a wall shows the pinned dashboards, else the project's first, else all.
    """
    items = wall.items or _own_items(rows, primary)
    found: dict[str, Stop] = {}
    for item in items:
        for stop in _of_item(item, wall, rows):
            key, number = stop.key, 2
            while key in found:  # the same thing twice in one round
                key, number = f"{stop.key} #{number}", number + 1
            found[key] = replace(stop, key=key)
    return list(found.values())


def tags_of_none(items: Iterable[Item], rows: Sequence[DashboardRow]) -> list[str]:
    """Give the tags among a wall's items that no dashboard carries, as "#tag"."""
    carried = {_tag(one) for row in rows for one in row.tags}
    wanted = (_tag(item.tag) for item in items if item.tag is not None)
    return [f"#{tag}" for tag in dict.fromkeys(wanted) if tag not in carried]


def override_for(
    stop: Stop, saved: Filter, now: datetime, week_start_day: int = 0
) -> Override | None:
    """Lay a stop's range and filters over the dashboard's own; None where it has none.

    `now` is in the project's zone; a range that cannot be read counts as none.
    """
    if not stop.wish:
        return None
    asked = written(read_filter(Raw(msgspec.json.encode(dict(stop.filters)))))
    wanted = {**written(saved), **asked}
    if stop.range:
        dates = read_range(stop.range, now, first_weekday(week_start_day))
        if not isinstance(dates, str):
            wanted |= {"date_from": dates.date_from, "date_to": dates.date_to}
            wanted["explicitDate"] = dates.explicit or None
    kept = {key: value for key, value in wanted.items() if value is not None}
    return Override(filters=read_filter(Raw(msgspec.json.encode(kept))))


def _own_items(rows: Sequence[DashboardRow], primary: int | None) -> tuple[Item, ...]:
    pinned = [row.id for row in rows if row.pinned]
    first = [primary] if primary is not None else [row.id for row in rows]
    return tuple(Item(dashboard=one) for one in pinned or first)


def _of_item(item: Item, wall: Wall, rows: Sequence[DashboardRow]) -> list[Stop]:
    dwell = item.dwell if item.dwell is not None else wall.dwell
    base = Stop(
        key="",
        title=item.title or "",
        account=item.account,
        project=item.project,
        tile=item.tile if item.tag is None else None,
        range=item.range,
        filters=item.filters,
        dwell=dwell,
        hours=item.hours,
        spotlight=item.spotlight,
    )
    if item.tag is not None:
        tag = _tag(item.tag)
        tagged = [row for row in rows if tag in {_tag(one) for one in row.tags}]
        tagged.sort(key=_by_name)
        return [_named(replace(base, dashboard=row.id)) for row in tagged]
    made = replace(base, dashboard=item.dashboard, board=item.board, insight=item.insight)
    return [_named(made)]


def _tag(written: str) -> str:
    return written.lstrip("#").lower()


def _by_name(row: DashboardRow) -> str:
    return title_of(row).casefold()


def _named(stop: Stop) -> Stop:
    """Name a stop by what it shows and how, whatever place it has in the file."""
    if stop.board is not None:
        what = f"board {stop.board}"
    elif stop.insight is not None:
        what = f"insight {stop.insight}"
    else:
        what = f"dashboard {stop.dashboard}"
    where = f"{stop.account or ''}/{stop.project or ''}:" if stop.account or stop.project else ""
    tile = f" tile {stop.tile}" if stop.tile is not None else ""
    return replace(stop, key=f"{where}{what}{tile} {stop.wish}".rstrip())
