"""The file of a person's watches, `watches.toml`: a table for each, made to be read by people.

A watch of which anything is not understood is left alone as a whole: judged by only some of its
rules it would be another one.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from phdesk.core.watching.editing import Watches
from phdesk.models.watch import Address, Watch
from phdesk.services.edited_file import EditedFile

WATCH = "watch"  # name of the tables in the file
FOREVER = datetime(9998, 12, 31, tzinfo=UTC)
NESTED = "number", "condition"


class WatchesFile(EditedFile[Watches]):
    """The watches of one person, who may be about to correct a slip in it while phdesk runs."""

    sets_aside = False

    def taken(self, table: Mapping[str, Any]) -> tuple[Watches, int]:
        """Take the watches out of the file's table."""
        entries = list(_entries(table))
        known = tuple(watch for _, watch in entries if watch is not None)
        return known, len(entries) - len(known)

    def put(self, table: Mapping[str, Any], held: Watches) -> dict[str, Any]:
        """Give the file's table with these watches."""
        entries = list(_entries(table))
        before = {watch.id: entry for entry, watch in entries if watch is not None}
        strange = [entry for entry, watch in entries if watch is None]
        ours = [_over(before.get(one.id, {}), one) for one in held]
        return {**table, WATCH: [*ours, *strange]}


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[Any, Watch | None]]:
    """Give each entry with its watch, if it is one, under an id of its own: people copy entries."""
    listed = table.get(WATCH, [])
    taken: set[str] = set()
    for place, entry in enumerate(listed if isinstance(listed, list) else [listed], start=1):
        watch = _watch(entry, place)
        if watch is not None:
            watch = replace(watch, id=_free(watch.id, taken))
            taken.add(watch.id)
        yield entry, watch


def _watch(entry: Any, place: int) -> Watch | None:
    if not isinstance(entry, dict):
        return None
    try:
        watch = msgspec.convert({"id": f"watch {place}", **entry}, Watch)
    except (msgspec.ValidationError, OverflowError):
        return None
    until = watch.snoozed_until
    return watch if until is None else replace(watch, snoozed_until=_zoned(until))


def _zoned(until: datetime) -> datetime:
    """Take a time without a zone to be UTC, and one at the end of all times a year earlier.

    So it can be written by the clocks of every zone.
    """
    return min(until if until.tzinfo is not None else until.replace(tzinfo=UTC), FOREVER)


def _free(name: str, taken: set[str]) -> str:
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name} {count}"
    return free


def _over(before: Mapping[str, Any], watch: Watch) -> dict[str, Any]:
    """Write a watch over its entry: keys that are not ours stay, also in its parts."""
    fields: dict[str, Any] = msgspec.to_builtins(watch, builtin_types=(datetime,))
    for name in NESTED:
        held = before.get(name)
        if isinstance(held, dict) and _is_same(held, fields[name]):
            known = (*Address.__struct_fields__, *watch.condition.__struct_fields__)
            fields[name] |= {key: one for key, one in held.items() if key not in known}
    more = {key: held for key, held in before.items() if key not in Watch.__struct_fields__}
    return {**fields, **more}


def _is_same(held: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Tell whether a part is still of one kind; what another kind had does not belong to it."""
    return all(held.get(key) == now.get(key) for key in ("kind", "measure", "of"))
