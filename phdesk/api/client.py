"""Talk to one PostHog server with one key: HTTP in, bytes out, and every failure an ApiError."""

import asyncio
import random as chance
import re
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import unquote_to_bytes

import httpx
from msgspec import Struct

from phdesk import __version__
from phdesk.api.errors import (
    ApiError,
    NetworkError,
    NotFoundError,
    NotPostHogError,
    UnreadableError,
    WrongKeyError,
    from_response,
)
from phdesk.api.hosts import normal_host
from phdesk.api.redirects import REDIRECTS, redirect_target
from phdesk.api.retry import next_wait
from phdesk.api.unknown_key import explained

T = TypeVar("T")

LARGEST_BODY = 100 * 1024 * 1024
MOST_REDIRECTS = 5

_TIMEOUT = httpx.Timeout(60, connect=10)
_BLOCKING_TIMEOUT = httpx.Timeout(180, connect=10)


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


class Client:
    """A connection to one server with one key.

    The key is sent as a Bearer header to this host only. Make the client in the thread whose loop
    uses it, and close it there. `transport`, `sleep` and `random` are arguments for tests.
    """

    def __init__(
        self,
        host: str,
        key: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        user_agent: str = f"phdesk/{__version__}",
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        random: Callable[[], float] = chance.random,
    ) -> None:
        self.host = normal_host(host)
        self._key = _checked(key)
        self._written_key = re.compile(re.escape(self._key.encode()), re.IGNORECASE)
        self._sleep = sleep
        self._random = random
        self._in_environments: set[str] = set()
        self._http = httpx.AsyncClient(
            transport=transport,
            timeout=_TIMEOUT,
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
            try:
                return await self._once(call)
            except ApiError as error:
                wait = next_wait(call.method, call.path, attempt, error.failure, self._random)
                if wait is None:
                    raise
            await self._sleep(wait)
            attempt += 1

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
            error = from_response(status, response.headers, self._scrubbed(body))
            if isinstance(error, WrongKeyError):
                raise explained(error, self.host, self.key_kind)
            raise error
        return Answer(status, body)

    async def _exchange(self, call: Call, url: httpx.URL) -> "_Response":
        """Send one request and read the answer, up to its greatest size."""
        failure: ApiError
        try:
            async with self._http.stream(
                call.method,
                url,
                content=call.body,
                headers=self._headers(call),
                timeout=_BLOCKING_TIMEOUT if call.blocking else _TIMEOUT,
            ) as response:
                body = await _body(response)
                self._http.cookies.clear()  # the key is all that a call may carry
                return _Response(response.status_code, dict(response.headers), body)
        except httpx.HTTPError as error:
            detail = self._scrubbed(str(error).encode()).decode(errors="replace")
            failure = _transport_failure(error, url.host, detail)
        # Raised out here, so that no request with its headers hangs on the exception.
        raise failure

    def _headers(self, call: Call) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._key}"}
        if call.body is not None:
            headers["Content-Type"] = "application/json"
        return headers

    def _scrubbed(self, text: bytes) -> bytes:
        return self._written_key.sub(b"[key]", text)  # in any case: names of hosts lose it


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
    return Call(
        method=call.method,
        path=base + call.path,
        params=call.params,
        body=call.body,
        blocking=call.blocking,
        accept=call.accept,
    )


async def _body(response: httpx.Response) -> bytes:
    """Read a body, unpacked; one that is far too large is given up."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > LARGEST_BODY:
            limit = LARGEST_BODY // (1024 * 1024)
            raise UnreadableError(f"The answer is larger than {limit} MB.")
        chunks.append(chunk)
    return b"".join(chunks)


def _transport_failure(error: httpx.HTTPError, host: str, detail: str) -> ApiError:
    """Say why there was no answer."""
    if isinstance(error, httpx.DecodingError):
        return UnreadableError(f"The answer of {host} is damaged.", detail=detail)
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return NetworkError(f"{host} cannot be reached: no connection in time.", detail=detail)
    if isinstance(error, httpx.TimeoutException):
        return NetworkError(f"{host} did not answer in time.", detail=detail)
    if "CERTIFICATE" in detail.upper():
        return NetworkError(f"The certificate of {host} is not trusted.", detail=detail)
    if "WRONG_VERSION_NUMBER" in detail:
        return NetworkError(f"{host} does not speak https at this port; try http://.")
    if isinstance(error, httpx.ConnectError):
        return NetworkError(f"{host} cannot be reached.", detail=detail)
    return NetworkError(f"The connection to {host} broke.", detail=detail)
