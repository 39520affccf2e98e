"""Decide whether a failed call is made again, and after how long (reference 1.7 and 13.14)."""

from collections.abc import Callable

from phdesk.models.failure import Cause, Failure

TRIES = 5
NETWORK_TRIES = 3
FIRST_WAIT = 1.2  # seconds; doubled each time
LATER = 5.0  # seconds before the one second try after a 500
LONGEST_WAIT = 60.0  # a longer wait is for the person to decide
JITTER = 0.2

_BUSY = frozenset({429, 502, 503, 504})


def next_wait(
    method: str, path: str, attempt: int, failure: Failure, random: Callable[[], float]
) -> float | None:
    """Return the seconds to wait before try number `attempt + 1`, or None to give up.

    `random` gives numbers from 0 to 1.
    """
    if not is_repeatable(method, path) or attempt >= _tries(failure):
        return None
    if failure.retry_after is not None:
        return failure.retry_after if failure.retry_after <= LONGEST_WAIT else None
    base = LATER if failure.status == 500 else FIRST_WAIT * 2 ** (attempt - 1)
    return base * (1 - JITTER + 2 * JITTER * random())


def is_repeatable(method: str, path: str) -> bool:
    """Tell whether a call changes nothing: a GET, or a question to the query endpoint."""
    return method == "GET" or (method == "POST" and path.rstrip("/").endswith("/query"))


def _tries(failure: Failure) -> int:
    """Return how often a call with this failure is made at most."""
    if failure.cause is Cause.NETWORK:
        return NETWORK_TRIES
    if failure.status == 500:
        return 2
    return TRIES if failure.status in _BUSY else 1
