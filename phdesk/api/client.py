"""Talk to one PostHog server with one key: past the gate, and again where that may help."""

import asyncio
import copy
import random as chance
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeVar

import httpx
import msgspec

from phdesk import __version__
from phdesk.api.call import Answer, Call, Patience
from phdesk.api.errors import ApiError, NotFoundError, NotPostHogError, UnreadableError
from phdesk.api.exchange import Exchange
from phdesk.api.gate import Gate, Passage, Place, Purpose, passage_of
from phdesk.api.hosts import normal_host
from phdesk.api.retry import is_repeatable, next_wait
from phdesk.models.failure import Failure

T = TypeVar("T")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Client:
    """A connection to one server with one key.

    The key is sent as a Bearer header to this host only. Make the client in the thread whose loop
    uses it, and close it there. The arguments from `transport` on are for tests.
    """

    def __init__(  # noqa: PLR0913  the last five are for tests
        self,
        host: str,
        key: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        user_agent: str = f"phdesk/{__version__}",
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        random: Callable[[], float] = chance.random,
        patience: Patience = Patience(),  # noqa: B008  frozen
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._exchange = Exchange(normal_host(host), key, transport, user_agent, patience, now)
        self._sleep = sleep
        self._random = random
        self._in_environments: set[str] = set()
        self._gate: Gate | None = None
        self._purpose = Purpose()
        self._place: Place | None = None
        self.took = 0.0  # seconds that the last answer took the server, without any wait before

    def __repr__(self) -> str:
        return f"Client({self.host!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def host(self) -> str:
        """Give the server's address, as in `https://us.posthog.com`."""
        return self._exchange.host

    @property
    def key_kind(self) -> str:
        """Tell the kind of key by its prefix, as in `phx`; empty when it has none."""
        return self._exchange.key_kind

    async def close(self) -> None:
        """Close all connections."""
        await self._exchange.close()

    def set_gate(self, gate: Gate) -> None:
        """Ask at a gate before each call from now on."""
        self._gate = gate

    def on_behalf(self, purpose: Purpose) -> Self:
        """Give this client, over the same connections, for calls with another purpose."""
        made = copy.copy(self)
        made._purpose = purpose  # noqa: SLF001  ours
        return made

    def place(self, project_id: int) -> Place:
        """Give a place for one calculation, which is still to be taken."""
        path = f"/api/projects/{project_id}/insights/"
        wanted = passage_of(self.host, "", path, self._purpose, calculates=True)
        return Place(self._gate, msgspec.structs.replace(wanted, calls=False))

    def at(self, place: Place) -> Self:
        """Give this client for the calls of one calculation, which has this place."""
        made = copy.copy(self)
        made._place = place  # noqa: SLF001  ours
        return made

    def passage(self, call: Call) -> Passage:
        """Say of a call what the gate wants to know."""
        alone = call.blocking and self._place is None
        return passage_of(
            self.host, call.method, call.path, self._purpose, calculates=alone, sql=call.sql
        )

    def tell_crowded(self, project_id: int) -> None:
        """Tell the gate that an answer said: the organization calculates too much at once."""
        if self._gate is not None:
            self._gate.crowded(self.host, project_id)

    async def pause(self, seconds: float) -> None:
        """Wait, by the clock that the client was given."""
        await self._sleep(seconds)

    async def get(self, path: str, params: Mapping[str, str] | None = None) -> bytes:
        """Read what is at a path of the host."""
        answer = await self.send(Call(path=path, params=tuple((params or {}).items())))
        return answer.body

    async def in_project(self, project_id: int, call: Call) -> Answer:
        """Make a call whose path is relative to a project, as in `dashboards/5/`.

        Servers of late 2024 may have a collection only under its environment: when a collection is
        not found it is looked for there, once.
        """
        noun, _, rest = call.path.partition("/")
        try:
            return await self.send(_placed(call, self._base(noun, project_id)))
        except NotFoundError:
            if rest or noun in self._in_environments:
                raise
            answer = await self._in_environment(project_id, noun, call)
            if answer is None:
                raise
            return answer

    async def send(self, call: Call) -> Answer:
        """Make a call, and again after a wait where that may help."""
        attempt = 1
        while True:
            number = await self._gate.enter(self.passage(call)) if self._gate else 0
            failure: Failure | None = None
            try:
                return await self._timed(call)
            except ApiError as error:
                failure = _told(call, error)
                wait = next_wait(call.method, call.path, attempt, failure, self._random)
                too_long = call.blocking and failure.status == 504  # it would be so again
                if wait is None or too_long:
                    raise
            finally:
                if self._gate is not None:
                    self._gate.leave(number, self.passage(call), failure)
            await self._rest(call, wait)
            attempt += 1

    async def _rest(self, call: Call, seconds: float) -> None:
        """Wait before another try; others may calculate meanwhile, as this call does not."""
        if self._place is None or not call.blocking:
            await self._sleep(seconds)
            return
        self._place.leave()
        await self._sleep(seconds)
        await self._place.take()

    def understood(self, decode: Callable[[bytes], T], body: bytes) -> T:
        """Decode an answer; one of the wrong form is no answer of PostHog's."""
        try:
            return decode(body)
        except UnreadableError as error:
            raise self.not_posthog(str(error)) from None

    def not_posthog(self, why: str) -> NotPostHogError:
        """Say that something else than PostHog answers at the host."""
        name = self.host.split("://", 1)[-1]
        return NotPostHogError(f"{name} answers, but not like PostHog.", detail=why)

    def _base(self, noun: str, project_id: int) -> str:
        kind = "environments" if noun in self._in_environments else "projects"
        return f"/api/{kind}/{project_id}/"

    async def _in_environment(self, project_id: int, noun: str, call: Call) -> Answer | None:
        try:
            answer = await self.send(_placed(call, f"/api/environments/{project_id}/"))
        except NotFoundError:
            return None
        self._in_environments.add(noun)
        return answer

    async def _timed(self, call: Call) -> Answer:
        """Make a call, and note how long that took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        answer = await self._exchange.once(call)
        self.took = loop.time() - began
        return answer


def _told(call: Call, error: ApiError) -> Failure:
    """Note with a failure that a call which only reads has changed nothing."""
    if is_repeatable(call.method, call.path):
        error.failure = msgspec.structs.replace(error.failure, unsent=True)
    return error.failure


def _placed(call: Call, base: str) -> Call:
    return msgspec.structs.replace(call, path=base + call.path)
