"""Talk to one PostHog server with one key: HTTP in, bytes out, and every failure an ApiError."""

import asyncio
import copy
import random as chance
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import unquote_to_bytes

import httpx
import msgspec
from msgspec import Struct

from phdesk import __version__
from phdesk.api.errors import (
    ApiError,
    NetworkError,
    NotFoundError,
    NotPostHogError,
    ServerError,
    UnreadableError,
    WrongKeyError,
    from_response,
)
from phdesk.api.gate import Gate, Passage, Place, Purpose, passage_of
from phdesk.api.hosts import normal_host
from phdesk.api.redirects import REDIRECTS, redirect_target
from phdesk.api.retry import is_repeatable, next_wait
from phdesk.api.retry_after import in_seconds
from phdesk.api.unknown_key import explained
from phdesk.models.failure import Failure

T = TypeVar("T")

LARGEST_BODY = 50 * 1024 * 1024  # of the largest recorded dashboard it is a hundredfold
MOST_REDIRECTS = 5
TOO_LONG = "The calculation took too long."


class Patience(Struct, frozen=True, gc=False):
    """How long is waited for an answer, in seconds (reference 13.32)."""

    connect: float = 10
    read: float = 60  # for the next bytes
    blocking: float = 180  # for the next bytes, while the server calculates
    whole: float = 300  # for all of an answer, which may come byte by byte

    def timeout(self, *, blocking: bool) -> httpx.Timeout:
        """Write it as the HTTP library reads it."""
        return httpx.Timeout(self.blocking if blocking else self.read, connect=self.connect)


class Answer(Struct, frozen=True, gc=False):
    """What came back: the status is only of interest where several mean success."""

    status: int
    body: bytes


class Call(Struct, frozen=True, gc=False, kw_only=True):
    """One call: `path` is absolute on the host, `accept` names error statuses to hand over."""

    method: str = "GET"
    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    blocking: bool = False
    accept: frozenset[int] = frozenset()
    sql: bool = False  # it asks in SQL, which some servers count apart


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
        self.host = normal_host(host)
        self._key = _checked(key)
        self._written_key = re.compile(re.escape(self._key.encode()), re.IGNORECASE)
        self._sleep = sleep
        self._patience = patience
        self._random = random
        self._now = now
        self._in_environments: set[str] = set()
        self._gate: Gate | None = None
        self._purpose = Purpose()
        self._place: Place | None = None
        self.took = 0.0  # seconds that the last answer took the server, without any wait before
        self._http = httpx.AsyncClient(
            transport=transport,
            timeout=patience.timeout(blocking=False),
            headers={"User-Agent": user_agent, "Accept": "application/json"},
        )

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
    def key_kind(self) -> str:
        """Tell the kind of key by its prefix, as in `phx`; empty when it has none."""
        prefix, separator, _ = self._key.partition("_")
        return prefix if separator and len(prefix) == 3 else ""

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

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
        answer = await self._once(call)
        self.took = loop.time() - began
        return answer

    async def _once(self, call: Call) -> Answer:
        """Make a call, following redirects within the host."""
        url = httpx.URL(self.host + call.path)
        if call.params:
            url = url.copy_with(params=httpx.QueryParams(call.params))
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._exchange(call, url)
            location = response.headers.get("location", "")
            if response.status not in REDIRECTS or not location:
                return self._judged(call, response)
            if self._written_key.search(unquote_to_bytes(location)):
                raise NotPostHogError(
                    f"{url.host} sends calls on to an address with the key in it."
                )
            url = redirect_target(call.method, response.status, url, location)
        raise NotPostHogError(f"{url.host} sends calls round in circles.")

    def _judged(self, call: Call, response: "_Response") -> Answer:
        """Return an answer of success, or raise what it means."""
        status, body = response.status, response.body
        if status in call.accept and b'"query_status"' in body:
            return Answer(status, body)
        is_page = "text/html" in response.headers.get("content-type", "").lower()
        if not 200 <= status < 300 or is_page or body[:1] == b"<":
            # Scrubbed, because a proxy may echo what it was sent.
            headers = in_seconds(response.headers, self._now())
            error = from_response(status, headers, self._scrubbed(body))
            if isinstance(error, WrongKeyError):
                raise explained(error, self.host, self.key_kind)
            raise error
        return Answer(status, body)

    async def _exchange(self, call: Call, url: httpx.URL) -> "_Response":
        """Send one request and read the answer, up to its greatest size."""
        failure: ApiError
        try:
            async with (
                asyncio.timeout(self._patience.whole),
                self._http.stream(
                    call.method,
                    url,
                    content=call.body,
                    headers=self._headers(call),
                    timeout=self._patience.timeout(blocking=call.blocking),
                ) as response,
            ):
                body = await _body(response)
                self._http.cookies.clear()  # the key is all that a call may carry
                return _Response(response.status_code, dict(response.headers), body)
        except TimeoutError:
            failure = NetworkError(f"{url.host} did not answer in time.")
        except httpx.HTTPError as error:
            detail = self._scrubbed(str(error).encode()).decode(errors="replace")
            failure = _transport_failure(error, url.host, detail)
            if call.blocking and isinstance(error, httpx.ReadTimeout):
                failure = ServerError(TOO_LONG, status=504)  # the server is there, and calculates
        # Raised out here, so that no request with its headers hangs on the exception.
        raise failure

    def _headers(self, call: Call) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._key}"}
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        return headers

    def _scrubbed(self, text: bytes) -> bytes:
        return self._written_key.sub(b"[key]", text)  # in any case: names of hosts lose it


def _told(call: Call, error: ApiError) -> Failure:
    """Note with a failure that a call which only reads has changed nothing."""
    if is_repeatable(call.method, call.path):
        error.failure = msgspec.structs.replace(error.failure, unsent=True)
    return error.failure


class _Response(Struct, frozen=True, gc=False):
    status: int
    headers: dict[str, str]
    body: bytes


def _checked(key: str) -> str:
    """Return the key without spaces around; an odd one would be quoted by the HTTP library."""
    bare = key.strip()
    if not bare or not bare.isascii() or not bare.isprintable() or " " in bare:
        raise WrongKeyError("This is no key: a key is letters and digits without spaces.")
    return bare


def _placed(call: Call, base: str) -> Call:
    return msgspec.structs.replace(call, path=base + call.path)


async def _body(response: httpx.Response) -> bytes:
    """Read a body, unpacked; one that is far too large is given up."""
    chunks: list[bytes] = []
    size = 0
    told = response.headers.get("content-length", "")
    if told.isdecimal() and int(told[:20]) > LARGEST_BODY:
        raise _too_large()
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > LARGEST_BODY:
            raise _too_large()
        chunks.append(chunk)
    return b"".join(chunks)


def _too_large() -> UnreadableError:
    return UnreadableError(f"The answer is larger than {LARGEST_BODY // (1024 * 1024)} MB.")


def _transport_failure(error: httpx.HTTPError, host: str, detail: str) -> ApiError:
    """Say why there was no answer."""
    if isinstance(error, httpx.DecodingError):
        return UnreadableError(f"The answer of {host} is damaged.", detail=detail)
    connecting = httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
    why, unsent = _why_silent(error, host, detail), isinstance(error, connecting)
    if "WRONG_VERSION_NUMBER" in detail:  # all is said
        detail = ""
    return NetworkError(why, detail=detail, unsent=unsent)


def _why_silent(error: httpx.HTTPError, host: str, detail: str) -> str:
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return f"{host} cannot be reached: no connection in time."
    if isinstance(error, httpx.TimeoutException):
        return f"{host} did not answer in time."
    if "CERTIFICATE" in detail.upper():
        return f"The certificate of {host} is not trusted."
    if "WRONG_VERSION_NUMBER" in detail:
        return f"{host} does not speak https at this port; try http://."
    if isinstance(error, httpx.ConnectError):
        return f"{host} cannot be reached."
    return f"The connection to {host} broke."
