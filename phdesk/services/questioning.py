"""Let the server answer a question that is no saved insight, and stop when nobody waits."""

import asyncio
from collections.abc import Callable
from functools import partial
from uuid import uuid4

from msgspec import Raw

from phdesk.api.client import Client
from phdesk.api.errors import ServerError
from phdesk.api.gate import Place
from phdesk.api.resources import query
from phdesk.models.insight import Insight
from phdesk.services.calculating import TOO_LONG, patiently

Stop = Callable[[str], "asyncio.Future[None]"]


async def answered(
    client: Client, project: int, source: Raw, *, refresh: str, stop: Stop
) -> Insight:
    """Return the answer; a failure of the calculation itself is told inside.

    Waits and asks again while other queries of the organization take all the places. Cancelled, it
    tells the server through `stop` that nobody waits any more.
    """
    once = partial(_once, client, project, source, refresh=refresh, stop=stop)
    return await patiently(client, project, once)


async def _once(client: Client, project: int, source: Raw, *, refresh: str, stop: Stop) -> Insight:
    """Ask once, with a place among the organization's calculations from begin to end."""
    place, query_id, parting = client.place(project), str(uuid4()), None
    await place.take()
    try:
        return await _asked(client.at(place), project, source, refresh, query_id, place)
    except asyncio.CancelledError:
        parting = stop(query_id)
        raise
    finally:
        place.leave(parting)


async def _asked(
    client: Client, project: int, source: Raw, refresh: str, query_id: str, place: Place
) -> Insight:
    """Let the server answer when it is done, or poll if that is too long for one call."""
    try:
        return await query.post(client, project, source, refresh=refresh, client_query_id=query_id)
    except ServerError as error:
        if error.failure.status != TOO_LONG:
            raise
    await place.lengthen()
    return await query.run_async(client, project, source, client_query_id=query_id)
