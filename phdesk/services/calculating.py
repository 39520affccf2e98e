"""Let the server calculate one insight: patient while it is crowded, by polling when it is long."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from msgspec import Struct, structs

from phdesk.api.client import Client
from phdesk.api.errors import (
    ApiError,
    ForbiddenError,
    MissingScopeError,
    NotFoundError,
    ServerError,
)
from phdesk.api.overrides import Filters
from phdesk.api.refusal import failure_of
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

    def __init__(self, stop: "Callable[[str], asyncio.Future[None]] | None" = None) -> None:
        """`stop` tells the server that nobody waits for the calculation with an id."""
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
    """Return the calculated insight; a failure of the calculation itself is told inside.

    Waits and asks again while other queries of the organization take all the places.
    """

    def once() -> Awaitable[Insight]:
        return _Calculation(client, project, wanted, slow).run()

    return await patiently(client, project, once)


async def patiently(
    client: Client, project: int, once: Callable[[], Awaitable[Insight]]
) -> Insight:
    """Ask, and again after a wait while other queries of the organization take all the places."""
    waits = iter(BUSY_WAITS)
    while True:
        answer = await once()
        failure = failure_of(answer)
        if failure is None or failure.cause is not Cause.RATE_LIMITED:
            return answer
        client.tell_crowded(project)
        wait = next(waits, None)
        if wait is None:
            return answer
        await client.pause(wait)


class _Calculation:
    """One try at an insight, which has a place among the organization's from begin to end."""

    def __init__(self, client: Client, project: int, wanted: Wanted, slow: Slow) -> None:
        self._place = client.place(project)
        self._client, self._project = client.at(self._place), project
        self._wanted, self._slow = wanted, slow
        self._number = wanted.insight.id or 0
        self._name = wanted.query_id  # by which the server would stop it
        self._began = False
        self._goes_on = False  # there, whether or not we hear of it

    async def run(self) -> Insight:
        """Return the answer; when it is not waited for any more, the server is told so first."""
        if self._wanted.refresh == "force_cache":
            return await self._asked("force_cache")
        is_long = self._slow.can_poll and self._number in self._slow.ids
        await self._place.take(lasts=is_long)
        self._began, parting = True, None
        try:
            answer = await self._polled() if is_long else None
            return answer or await self._at_once()
        except (ApiError, asyncio.CancelledError) as end:
            if self._goes_on or isinstance(end, asyncio.CancelledError):
                parting = self._stop()
            raise
        finally:
            self._place.leave(parting)

    async def _at_once(self) -> Insight:
        """Let the server answer when it is done, or poll if that is too long for one call."""
        try:
            answer = await self._asked(self._wanted.refresh)
        except ServerError as error:
            can_poll = self._slow.can_poll and not pointed_id(self._wanted.insight)
            if error.failure.status != TOO_LONG or not can_poll:
                raise
            self._slow.ids.add(self._number)
            self._goes_on = True
            await self._place.lengthen()
            polled = await self._polled()
            if polled is None:
                raise
            return polled
        self._slow.note(self._number, self._client.took)
        return answer

    async def _polled(self) -> Insight | None:
        """Calculate in the background of the server; None when the key may not ask about it."""
        mode = "force_async" if self._wanted.refresh.startswith("force") else "async"
        started = await self._asked(mode)
        status = started.status
        if status is None or status.complete or status.error:
            return started
        self._name, self._goes_on = status.id, True
        try:
            ended = await query.wait_for(self._client, self._project, status.id)
        except (MissingScopeError, ForbiddenError):
            self._slow.can_poll = self._goes_on = False
            return None
        except NotFoundError:  # stopped or forgotten there: what was calculated may still be kept
            ended = started
        self._goes_on = False
        if failure_of(ended) is not None:
            return structs.replace(started, status=ended.status, error=ended.error)
        return await self._asked("force_cache")

    async def _asked(self, mode: str) -> Insight:
        """Read an insight with its dashboard's filters, or that which it points to as saved."""
        wanted = self._wanted
        if pointed_id(wanted.insight):
            return await followed(
                self._client,
                self._project,
                wanted.insight,
                refresh=mode,
                query_id=wanted.query_id,
            )
        return await insights.get(
            self._client,
            self._project,
            self._number,
            refresh=mode,
            from_dashboard=wanted.dashboard,
            filters_override=wanted.filters,
            variables_override=wanted.variables,
            client_query_id=wanted.query_id,
        )

    def _stop(self) -> "asyncio.Future[None] | None":
        """Tell the server that nobody waits, if it was asked at all."""
        if self._slow.stop is None or self._name is None or not self._began:
            return None
        return self._slow.stop(self._name)


async def stopped(client: Client, project: int, query_id: str) -> None:
    """Tell the server that nobody waits for a calculation; it may not hear it."""
    with suppress(ApiError):
        await query.cancel(client, project, query_id)
