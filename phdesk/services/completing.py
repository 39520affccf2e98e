"""Fill in what a server has not calculated: tile by tile, a few at a time, one bad tile alone."""

import asyncio
from enum import Enum

from msgspec import structs

from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.api.refusal import failure_of
from phdesk.core.answers import is_good
from phdesk.core.pointing import pointed_id
from phdesk.models.dashboard import Dashboard, Tile
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import NULL, Insight
from phdesk.services.calculating import Slow, Wanted, calculate
from phdesk.services.failures import loses_session
from phdesk.services.queue import AT_ONCE


class Asked(Enum):
    """How much is asked of the server; the value is the mode of its API."""

    CACHED = "force_cache"  # what it has, however old, even nothing
    MISSING = "blocking"  # numbers where there are none yet
    ALL = "force_blocking"  # every number anew


async def completed(client: Client, project: int, dashboard: Dashboard, asked: Asked) -> Dashboard:
    """Calculate the tiles that are asked for; what fails is told on its tile.

    Raises ApiError only for what no other tile would survive: a key that is not taken any more.
    When a quota is used up, that is told on the tiles that are left, which are not asked for.
    """
    gate, slow = asyncio.Semaphore(AT_ONCE), Slow()
    quota: list[Failure] = []

    async def one(tile: Tile) -> Tile:
        if tile.insight is None or tile.error is not None:
            return tile
        insight, where = tile.insight, dashboard.row.id
        async with gate:
            try:
                if quota and is_asked_for(insight, asked):
                    insight = structs.replace(insight, error=quota[0].message)
                else:
                    insight = await calculated(client, project, insight, asked, where, slow)
            except ApiError as error:
                if loses_session(error.failure):
                    raise
                quota.extend([error.failure] if error.failure.cause is Cause.QUOTA else [])
                insight = structs.replace(insight, error=error.failure.message)
        return structs.replace(tile, insight=insight)

    tiles = await asyncio.gather(*map(one, dashboard.tiles))
    return structs.replace(dashboard, tiles=tuple(tiles))


async def calculated(
    client: Client,
    project: int,
    held: Insight,
    asked: Asked,
    dashboard: int | None = None,
    slow: Slow | None = None,
) -> Insight:
    """Calculate an insight as far as it is asked for; a held number outlives what fails."""
    if not is_asked_for(held, asked):
        return held
    wanted = Wanted(insight=held, refresh=asked.value, dashboard=dashboard)
    answer = await calculate(client, project, wanted, slow or Slow())
    failure = failure_of(answer)
    if failure is None or is_good(answer):
        return answer
    return structs.replace(held, error=failure.detail or failure.message)


def is_asked_for(held: Insight, asked: Asked) -> bool:
    """Say whether the server is to be asked for an insight at all."""
    if held.id is None or held.no_access or (asked is Asked.CACHED and not pointed_id(held)):
        return False
    return asked is not Asked.MISSING or held.result == NULL
