"""What fails after a change leaves that change in doubt: it may be done, whatever was read then."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from msgspec.structs import replace

from phdesk.api.errors import ApiError

T = TypeVar("T")
WAITS = (0.0, 2.0, 4.0)  # seconds before each look: a slow server may still be at it


@contextmanager
def after_change() -> Iterator[None]:
    """Read what came of a change: a failure in here does not mean that nothing was sent."""
    try:
        yield
    except ApiError as error:
        error.failure = replace(error.failure, unsent=False)
        raise


async def look_again(look: Callable[[], Awaitable[T | None]]) -> T | None:
    """Look, more than once, for what was sent and not answered; None where it is not there."""
    for wait in WAITS:
        await asyncio.sleep(wait)
        found = await look()
        if found is not None:
            return found
    return None
