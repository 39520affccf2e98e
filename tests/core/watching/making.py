"""Figures, watches and findings made of plain values."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from phdesk.core.watching.figures import Bucket, Figure
from phdesk.core.watching.states import Finding
from phdesk.models.watch import Address, Bound, Watch, WatchState

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23)
DAY = timedelta(days=1)
ADDRESS = Address(measure="value", of="signed_up")


def daily(*values, name="Signups", open_last=True, end=MONDAY, before=(), step=DAY, interval="day"):
    """Make a series that ends on a Monday, which is not over yet."""
    first = end - step * (len(values) - 1)
    buckets = tuple(
        Bucket(
            (first + step * place).isoformat(),
            first + step * place,
            value,
            complete=not open_last or place < len(values) - 1,
        )
        for place, value in enumerate(values)
    )
    return Figure(
        address=ADDRESS,
        name=name,
        label=f"{name} per {interval}",
        buckets=buckets,
        interval=interval,
        before_buckets=tuple(before),
    )


def single(value, before=None, name="Signups"):
    """Make a number without buckets."""
    address = replace(ADDRESS, measure="total")
    return Figure(address=address, name=name, label=name, value=value, before=before)


def watch(condition=None, **more):
    """Make a watch; without a condition it tells above 100."""
    plain = {
        "id": "w1",
        "account": "ada",
        "project": 1,
        "dashboard": 2,
        "tile": 3,
        "number": ADDRESS,
        "known_as": "Signups per day",
    }
    return Watch(condition=condition or Bound("above", 100), **{**plain, **more})


def new_state():
    return WatchState(watch="w1")


def found(verdict, minutes=0, **more):
    """Make a finding of so many minutes after noon."""
    at = None if minutes is None else NOON + timedelta(minutes=minutes)
    return Finding(at=at, verdict=verdict, text=verdict, **more)
