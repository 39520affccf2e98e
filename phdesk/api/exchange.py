"""One request to one server with one key: HTTP in, bytes out, and every failure an ApiError."""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote_to_bytes

import httpx
from msgspec import Struct

from phdesk.api.call import Answer, Call, Patience
from phdesk.api.errors import (
    ApiError,
    NetworkError,
    NotPostHogError,
    ServerError,
    UnreadableError,
    WrongKeyError,
)
from phdesk.api.redirects import REDIRECTS, redirect_target
from phdesk.api.refusal import from_response
from phdesk.api.retry_after import in_seconds
from phdesk.api.unknown_key import explained

LARGEST_BODY = 50 * 1024 * 1024  # of the largest recorded dashboard it is a hundredfold
MOST_REDIRECTS = 5
PARTING = 1.0  # seconds
TOO_LONG = "The calculation took too long."


class Exchange:
    """Holds connections and key; the key goes as a Bearer header to this host only."""

    def __init__(
        self,
        host: str,
        key: str,
        transport: httpx.AsyncBaseTransport | None,
        user_agent: str,
        patience: Patience,
        now: Callable[[], datetime],
    ) -> None:
        self.host = host
        self._key = _checked(key)
        self._written_key = re.compile(re.escape(self._key.encode()), re.IGNORECASE)
        self._patience, self._now = patience, now
        self._is_closed = False
        self._under_way: set[asyncio.Task[object]] = set()
        self._http = httpx.AsyncClient(
            transport=transport,
            timeout=patience.timeout(blocking=False),
            headers={"User-Agent": user_agent, "Accept": "application/json"},
        )

    def __repr__(self) -> str:
        return f"Exchange({self.host!r})"

    @property
    def key_kind(self) -> str:
        """Tell the kind of key by its prefix, as in `phx`; empty when it has none."""
        prefix, separator, _ = self._key.partition("_")
        return prefix if separator and len(prefix) == 3 else ""

    async def close(self) -> None:
        """Close all connections; what is under way is cancelled, as whoever asked it is gone.

        The HTTP library closes no connection that is still being made: that would stay open.
        """
        self._is_closed = True
        for task in self._under_way:
            task.cancel()
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=PARTING)
        await self._http.aclose()

    async def once(self, call: Call) -> Answer:
        """Make a call once, following redirects within the host; raises ApiError.

        Raises CancelledError where all is closed, now or meanwhile.
        """
        task = asyncio.current_task()
        if self._is_closed or task is None:
            raise asyncio.CancelledError
        self._under_way.add(task)
        try:
            return await self._followed(call)
        finally:
            self._under_way.discard(task)

    async def _followed(self, call: Call) -> Answer:
        """Make a call, and where its answer leads to within the host."""
        url = httpx.URL(self.host + call.path)
        if call.params:
            url = url.copy_with(params=httpx.QueryParams(call.params))
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._sent(call, url)
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

    async def _sent(self, call: Call, url: httpx.URL) -> "_Response":
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
