"""Dashboards that were deleted: what of them is known, though PostHog lists none of them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from phdesk.core.jsonvalue import parse
from phdesk.models.activity import Activity, Change

DELETED, RESTORED = ("deleted",), ("restored", "created")


class Gone(Struct, frozen=True, gc=False, kw_only=True):
    """A dashboard that was deleted: by whom and when, as far as that is known."""

    id: int
    name: str = ""
    who: str = ""
    at: datetime | None = None


def gone_by_log(log: Iterable[Activity], there: Collection[int]) -> tuple[Gone, ...]:
    """Find in the activity log, newest first, dashboards whose last turn was to be deleted."""
    found: list[Gone] = []
    seen: set[int] = set()
    for entry in log:
        if entry.scope not in ("", "Dashboard") or not entry.item.isdecimal():
            continue
        number, turn = int(entry.item), _turn(entry)
        if turn is None or number in seen:
            continue
        seen.add(number)
        if turn and number not in there:
            found.append(Gone(id=number, name=entry.name, who=entry.who, at=entry.at))
    return tuple(found)


def together(
    here: Sequence[Gone], told: Iterable[Gone], there: Collection[int]
) -> tuple[Gone, ...]:
    """List what was deleted from here first, then what the server tells; each once."""
    known: dict[int, Gone] = {}
    for one in (*here, *told):
        if one.id not in there:
            known.setdefault(one.id, one)
    return tuple(known.values())


def _turn(entry: Activity) -> bool | None:
    """Say whether an entry deletes, brings back, or does neither."""
    for change in entry.changes:
        if change.field == "deleted":
            return _truth(change)
    if entry.did in DELETED:
        return True
    return False if entry.did in RESTORED else None


def _truth(change: Change) -> bool:
    return parse(change.after) is True
