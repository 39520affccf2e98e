"""Which moments of a dashboard's history are worth a stop: tiles of one refresh come together."""

from collections.abc import Iterable
from datetime import datetime, timedelta

TOGETHER = timedelta(minutes=2)  # no longer apart than this, answers came with one refresh


def stops(times: Iterable[datetime]) -> tuple[datetime, ...]:
    """Give the end of each refresh: the last of the times that lie close together."""
    found: list[datetime] = []
    for time in sorted(times):
        if found and time - found[-1] <= TOGETHER:
            found[-1] = time
        else:
            found.append(time)
    return tuple(found)
