"""Let the server calculate one insight: patient while it is crowded, by polling when it is long."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from msgspec import Struct, structs

from phdesk.api.client import Client
from phdesk.api.errors import (
    ApiError,
    ForbiddenError,
    MissingScopeError,
    NotFoundError,
    ServerError,
    failure_of,
)
from phdesk.api.overrides import Filters
from phdesk.api.resources import insights, query
from phdesk.core.pointing import pointed_id
from phdesk.models.failure import Cause
from phdesk.models.insight import Insight
from phdesk.services.following import followed

BUSY_WAITS = (1.2, 2.4, 4.8, 9.6)  # seconds before the next try, as PostHog's own app waits
LONG = 10.0  # seconds; a server gives calls with a key about so long (reference 1.7)
TOO_LONG = 504


class Wanted(Struct, frozen=True, gc=False, kw_only=True):
    """What is to be calculated, and under which filters."""

    insight: Insight  # as it is known
    refresh: str  # `blocking`: if it is stale, `force_blocking`: in any case
    dashboard: int | None = None
    filters: Filters | None = None
    variables: Filters | None = None
    query_id: str | None = None  # by which the calculation can be stopped


class Slow:
    """Insights that took long in this session: they are polled for from the start."""

    def __init__(self, stop: Callable[[str], object] | None = None) -> None:
        """`stop` tells the server that nobody waits for a calculation with another id than ours."""
        self.ids: set[int] = set()
        self.can_poll = True  # until the server refuses: that needs the scope `query:read`
        self.stop = stop

    def note(self, insight: int, seconds: float) -> None:
        """Note how long an answer took."""
        if seconds >= LONG:
            self.ids.add(insight)
        else:
            self.ids.discard(insight)


async def calculate(client: Client, project: int, wanted: Wanted, slow: Slow) -> Insight:
    """Return the calculated insight; a failure of the calculation itself is told inside."""
    number = wanted.insight.id or 0
    if slow.can_poll and number in slow.ids and wanted.refresh != "force_cache":
        answer = await _polled(client, project, wanted, slow)
        if answer is not None:
            return answer
    loop = asyncio.get_running_loop()
    started = loop.time()
    try:
        answer = await _patient(client, project, wanted)
    except ServerError as error:
        if error.failure.status != TOO_LONG or not slow.can_poll or pointed_id(wanted.insight):
            raise
        slow.ids.add(number)
        answer = await _polled(client, project, wanted, slow)
        if answer is None:
            raise
        return answer
    slow.note(number, loop.time() - started)
    return answer


async def _patient(client: Client, project: int, wanted: Wanted) -> Insight:
    """Ask again after a while when other queries of the organization take all the places."""
    waits = iter(BUSY_WAITS)
    while True:
        answer = await _asked(client, project, wanted, wanted.refresh)
        failure = failure_of(answer)
        if failure is None or failure.cause is not Cause.RATE_LIMITED:
            return answer
        client.tell_crowded(project)
        wait = next(waits, None)
        if wait is None:
            return answer
        await client.pause(wait)


async def _polled(client: Client, project: int, wanted: Wanted, slow: Slow) -> Insight | None:
    """Calculate in the background of the server; None when the key may not ask how it stands."""
    mode = "force_async" if wanted.refresh.startswith("force") else "async"
    started = await _asked(client, project, wanted, mode)
    status = started.status
    if status is None or status.complete or status.error:
        return started
    try:
        ended = await query.wait_for(client, project, status.id)
    except (MissingScopeError, ForbiddenError):
        slow.can_poll = False
        return None
    except NotFoundError:  # stopped or forgotten there: what was calculated may still be kept
        ended = started
    except asyncio.CancelledError:
        if slow.stop is not None and status.id != wanted.query_id:
            slow.stop(status.id)
        raise
    if failure_of(ended) is not None:
        return structs.replace(started, status=ended.status, error=ended.error)
    return await _asked(client, project, wanted, "force_cache")


async def _asked(client: Client, project: int, wanted: Wanted, mode: str) -> Insight:
    """Read an insight with the filters of its dashboard, or that which it points to as saved."""
    if pointed_id(wanted.insight):
        return await followed(
            client, project, wanted.insight, refresh=mode, query_id=wanted.query_id
        )
    return await insights.get(
        client,
        project,
        wanted.insight.id or 0,
        refresh=mode,
        from_dashboard=wanted.dashboard,
        filters_override=wanted.filters,
        variables_override=wanted.variables,
        client_query_id=wanted.query_id,
    )


async def stopped(client: Client, project: int, query_id: str) -> None:
    """Tell the server that nobody waits for a calculation; it may not hear it."""
    with suppress(ApiError):
        await query.cancel(client, project, query_id)
