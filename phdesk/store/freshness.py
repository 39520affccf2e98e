"""Rules of age: what is good, what is newer, what is stale (reference Appendix B)."""

from datetime import UTC, datetime

import msgspec

from phdesk.models.insight import NULL, Insight
from phdesk.store.state import DashboardState, TileState

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def is_newer(answer: Insight, held: Insight) -> bool:
    """Say whether an answer was calculated after the held one."""
    return computed(answer) > computed(held)


def is_older(answer: Insight, held: Insight) -> bool:
    """Say whether an answer was calculated before the held one."""
    return computed(answer) < computed(held)


def computed(insight: Insight) -> datetime:
    """Give the time of calculation; long ago when it is not known."""
    return insight.last_refresh or LONG_AGO


def same_question(one: Insight, other: Insight) -> bool:
    """Say whether two insights ask the same, whatever the order of the keys in their JSON."""
    if not (_same(one.query, other.query) and _same(one.filters, other.filters)):
        return False
    first, second = one.pointed, other.pointed  # of what is pointed to only an answer tells
    return first is None or second is None or _same(first.query, second.query)


def _same(one: msgspec.Raw, other: msgspec.Raw) -> bool:
    return one == other or bool(msgspec.json.decode(one) == msgspec.json.decode(other))


def is_stale(insight: Insight, now: datetime) -> bool:
    """Say whether a result should be calculated anew."""
    if insight.result == NULL or insight.last_refresh is None:
        return True
    return insight.cache_target_age is not None and insight.cache_target_age < now


def needs_answer(held: TileState, now: datetime) -> bool:
    """Say whether a tile lacks a fresh answer to what it asks now."""
    newest, drawn = held.tile.insight, held.insight
    if newest is None or drawn is None or held.coming:
        return False
    if held.is_other or not held.has_result or held.failure is not None:
        return True
    if not same_question(newest, drawn):
        return True
    return is_stale(drawn, now) and may_refresh(drawn, now)


def may_refresh(insight: Insight, now: datetime) -> bool:
    """Say whether the server would like to be asked for a new calculation."""
    allowed = insight.next_allowed_client_refresh
    return allowed is None or allowed <= now


def held_back(held: TileState, now: datetime) -> datetime | None:
    """Say from when on the server would like a tile to be calculated anew; None: from now on.

    What is not there, failed or asks something else by now may always be calculated. So may what
    says it was calculated later than now: then this computer's clock is wrong, and no judge.
    """
    newest, drawn = held.tile.insight, held.insight
    if newest is None or drawn is None or held.is_other or not held.has_result:
        return None
    if held.failure is not None or not same_question(newest, drawn):
        return None
    allowed = drawn.next_allowed_client_refresh
    return None if computed(drawn) > now or may_refresh(drawn, now) else allowed


def back_in_line(dashboard: DashboardState, now: datetime) -> tuple[int, datetime | None]:
    """Count the tiles that the server would not calculate anew yet, and say until when at first."""
    times = [when for held in dashboard.tiles.values() if (when := held_back(held, now))]
    return len(times), min(times, default=None)


def is_coming(dashboard: DashboardState) -> bool:
    """Say whether any number is still to be read from disk."""
    return any(held.coming for held in dashboard.tiles.values())


def oldest(dashboard: DashboardState, tile_ids: frozenset[int] | None = None) -> datetime | None:
    """Give the time of the oldest result among these tiles, which is the age to quote.

    While some of what is kept is still being read, nobody knows it.
    """
    if is_coming(dashboard):
        return None
    times = [
        held.computed_at
        for tile_id, held in dashboard.tiles.items()
        if (tile_ids is None or tile_id in tile_ids)
        and held.computed_at is not None
        and not held.is_other
    ]
    return min(times, default=None)
