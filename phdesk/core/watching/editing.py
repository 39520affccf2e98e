"""Change a person's watches: each function gives a new list, to be done on the file as it is."""

from datetime import datetime

from msgspec.structs import replace

from phdesk.models.watch import Watch

Watches = tuple[Watch, ...]


def with_watch(watches: Watches, watch: Watch) -> Watches:
    """Add a watch, or put it in the place of the one with its id."""
    if any(one.id == watch.id for one in watches):
        return tuple(watch if one.id == watch.id else one for one in watches)
    return (*watches, watch)


def without_watch(watches: Watches, watch_id: str) -> Watches:
    """Remove a watch."""
    return tuple(one for one in watches if one.id != watch_id)


def snoozed(watches: Watches, watch_id: str, until: datetime | None) -> Watches:
    """Let a watch keep quiet until a time, or no longer."""
    return tuple(
        replace(one, snoozed_until=until) if one.id == watch_id else one for one in watches
    )


def switched(watches: Watches, watch_id: str, *, on: bool) -> Watches:
    """Switch a watch on or off."""
    return tuple(replace(one, enabled=on) if one.id == watch_id else one for one in watches)


def moved(watches: Watches, watch_id: str, tile: int) -> Watches:
    """Follow a watch's insight to the tile in which it is by now."""
    return tuple(replace(one, tile=tile) if one.id == watch_id else one for one in watches)


def without_account(watches: Watches, account: str) -> Watches:
    """Remove the watches of an account."""
    return tuple(one for one in watches if one.account != account)
