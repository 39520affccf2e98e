"""Read what a wall shows: a table, or in short "dashboard 12", "#wall", an address of PostHog."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import convert

from phdesk.core.filter_entry import read_range
from phdesk.core.filters import KNOWN
from phdesk.core.numbering import LARGEST_ID
from phdesk.core.sources import SHORT_ID, Noun, SourceError, parse_source
from phdesk.core.wall.lines import Path
from phdesk.core.wall.tables import Notes, Reader, Scheme, each, table, value
from phdesk.core.wall.values import (
    WrongValueError,
    clock,
    days,
    hours,
    near,
    seconds,
    shown,
    sound_hours,
    text,
    truth,
    whole,
)
from phdesk.models.wall import Hours, Item

SHOWS = ("dashboard", "tag", "board", "insight")
OWN_TAGS = "is not taken here: tags are those of the screen's project; name its dashboards instead"
OWN_DATES = "is not taken here: a board's tiles have the dates and filters of their dashboards"
OWN_TILES = "is not taken here: a board knows where its tiles are from"
# What would be written without effect, or with another one than it says, by what an item shows.
IN_VAIN: Mapping[str, Mapping[str, str]] = {
    "dashboard": {},
    "insight": {},
    "tag": dict.fromkeys(("account", "project"), OWN_TAGS),
    "board": dict.fromkeys(("range", "filters"), OWN_DATES)
    | dict.fromkeys(("account", "project"), OWN_TILES),
}
DATES = ("date_from", "date_to", "explicitDate")
IN_SHORT = 'such as "dashboard 12", "dashboard 12 tile 34", "#wall", "insight AbCd1234", '
IN_SHORT += '"board Sales" or an address of PostHog'
_DASHBOARD = re.compile(r"(?:dashboard\s+)?(\d{1,15})(?:\s+tile\s+(\d{1,15}))?")
_NAMED = re.compile(r"(tag|board|insight)(?:\s+|:\s*)(\S.*)", re.IGNORECASE)


def item_scheme(now: datetime) -> Scheme:
    """Say what the keys of an item are; ranges are checked by the clock of the reading."""
    number = value(whole(1, LARGEST_ID))
    return {
        "dashboard": number,
        "tag": value(_tag),
        "board": value(text),
        "insight": value(_insight),
        "tile": number,
        "account": value(text),
        "project": number,
        "dwell": value(seconds("5s", "1d")),
        "range": value(_range_reader(now)),
        "filters": _filters,
        "hours": HOURS,
        "spotlight": value(truth),
        "title": value(text),
    }


def items_reader(now: datetime) -> Reader:
    """Give the reader of all items of a wall."""
    fields = table(item_scheme(now))

    def read(held: object, path: Path, notes: Notes) -> Item | None:
        if isinstance(held, str):
            return item_in_short(held)
        if not isinstance(held, dict):
            raise WrongValueError(f"must be a table, or a text {IN_SHORT}, not {shown(held)}")
        before = len(notes.faults)
        good = fields(held, path, notes)
        if len(notes.faults) == before:
            _check(held, path, notes)
        return Item(**good)

    return each(read, f"a list of items {IN_SHORT}")


def _hours_entry(held: object, path: Path, notes: Notes) -> Hours:
    if not isinstance(held, dict):
        return hours(held)
    before = len(notes.faults)
    good = _HOURS_TABLE(held, path, notes)
    return Hours(**good) if len(notes.faults) > before else sound_hours(Hours(**good))


_HOURS_TABLE = table({"days": value(days), "start": value(clock), "end": value(clock)})
HOURS = each(_hours_entry, 'hours like "mon-fri 08:30-18:00", or a list of them')


def _check(held: Mapping[str, Any], path: Path, notes: Notes) -> None:
    """Note what keys of an item do not go together."""
    named = [key for key in SHOWS if key in held]
    if len(named) != 1:
        which = " and ".join(named) if named else "none"
        notes.add(path, f"needs exactly one of {', '.join(SHOWS)}, not {which}")
        return
    if "tile" in held and named != ["dashboard"]:
        notes.add((*path, "tile"), "needs the dashboard that it is on")
    if (named == ["insight"] or "tile" in held) and held.get("spotlight"):
        notes.add((*path, "spotlight"), "is for whole dashboards only")
    for key, why in IN_VAIN[named[0]].items():
        if key in held:
            notes.add((*path, key), why)


def item_in_short(words: str) -> Item:
    """Read an item that is one text; raises WrongValueError, which says what can stand there."""
    short = " ".join(words.split())
    dashboard = _DASHBOARD.fullmatch(short.lower())
    if dashboard is not None:
        tile = int(dashboard[2]) if dashboard[2] else None
        if max(int(dashboard[1]), tile or 0) > LARGEST_ID:
            raise WrongValueError(f"{shown(words)} is out of range; numbers end at {LARGEST_ID}")
        return Item(dashboard=int(dashboard[1]), tile=tile)
    if short.startswith("#"):
        return Item(tag=_tag(short))
    named = _NAMED.fullmatch(short)
    if named is not None:
        return _by_name(named[1].lower(), named[2])
    if "://" in short or "/" in short:
        return _address(short)
    raise WrongValueError(f"must be a text {IN_SHORT}, not {shown(words)}")


def _by_name(kind: str, name: str) -> Item:
    if kind == "tag":
        return Item(tag=_tag(name))
    return Item(board=name) if kind == "board" else Item(insight=_insight(name))


def _address(words: str) -> Item:
    try:
        source = parse_source(words)
    except SourceError:
        raise WrongValueError(
            f"{shown(words)} is no address of a dashboard or an insight in PostHog"
        ) from None
    if source.noun is Noun.DASHBOARD:
        return Item(dashboard=source.id, project=source.project)
    if source.short_id is None:
        raise WrongValueError(f"{shown(words)} names its insight by number; open it and copy again")
    return Item(insight=source.short_id, project=source.project)


def _tag(held: object) -> str:
    name = text(held).removeprefix("#").strip()
    if not name:
        raise WrongValueError("names no tag")
    return name


def _insight(held: object) -> str:
    if not isinstance(held, str) or not SHORT_ID.fullmatch(held.strip()):
        raise WrongValueError(
            f"must be an insight's short id, 8 letters or digits as in its address, "
            f"not {shown(held)}"
        )
    return held.strip()


def _range_reader(now: datetime) -> Any:
    def read(held: object) -> str:
        words = text(held)
        found = read_range(words, now)
        if isinstance(found, str):
            raise WrongValueError(f"{shown(words)} is not understood: {found.rstrip('.')}")
        return words

    return read


def _filters(held: object, path: Path, notes: Notes) -> Mapping[str, Any]:
    """Take filters as PostHog writes them; only what they are called is checked."""
    if not isinstance(held, dict):
        raise WrongValueError(f"must be a table, not {shown(held)}")
    for key in held:
        if key in DATES:
            notes.add((*path, key), "is not taken here; write the item's range instead")
        elif key not in KNOWN:
            rest = sorted(KNOWN.difference(DATES))
            hint = near(key, rest) or f"; known are {', '.join(rest)}"
            notes.add((*path, key), f"is no filter of a dashboard{hint}")
    return convert(held, dict[str, Any])
