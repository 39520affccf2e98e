"""Read what a shared page shows: from any server, without a key, an account or a cookie.

Who sends a link chooses the server, so nothing of it is trusted: only https is asked, and http of
this computer; no redirect leads away from https, into a network of one's own, nor takes a password
along to another server; what comes is read up to a limit.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import quote

import httpx
from msgspec import json

from phdesk import __version__
from phdesk.api.errors import (
    ApiError,
    ForbiddenError,
    InvalidRequestError,
    NetworkError,
    NotFoundError,
    NotPostHogError,
    RateLimitedError,
    ServerError,
)
from phdesk.api.read_sharing import read_share_token, read_shared_page
from phdesk.api.unpacking import WANTED, unpacked
from phdesk.models.sharing import SharedPage

LARGEST = 50 * 1024 * 1024  # bytes; of the largest recorded page it is three hundredfold
MOST_REDIRECTS = 5
WAIT = 20.0  # seconds for a connection, and for the next bytes
WHOLE = 120.0  # for all of it
LOOPBACK = ("localhost", "127.0.0.1", "::1")
GONE = "Nothing is shared at this link: sharing was turned off, or the link is not whole."
LOCKED = "This page is protected by a password."
WRONG_WORD = "This is not the password of the page."
PASSWORD = "password"  # noqa: S105  the field that is wanted


def anything(_data: bytes) -> None:
    """Refuse nothing."""


async def fetch(
    origin: str,
    token: str,
    word: str = "",
    *,
    judge: Callable[[bytes], None] = anything,
    transport: httpx.AsyncBaseTransport | None = None,
) -> SharedPage:
    """Read the page with a token; raises ApiError.

    One that wants a password, or another than `word`, is a `ForbiddenError` of the field
    `password`. `judge` may refuse what came before it is read.
    """
    address = f"{origin}/shared/{quote(token, safe='')}"
    headers = {"User-Agent": f"phdesk/{__version__}", "Accept": "application/json", **WANTED}
    try:
        async with (
            asyncio.timeout(WHOLE),
            httpx.AsyncClient(transport=transport, timeout=WAIT, headers=headers) as http,
        ):
            pass_token = await _unlocked(http, address, word) if word else ""
            data, end = await _read(http, address, pass_token)
    except TimeoutError:
        raise NetworkError(f"{_host(address)} did not answer in time.") from None
    except httpx.TimeoutException:
        raise NetworkError(f"{_host(address)} did not answer in time.") from None
    except httpx.HTTPError as error:
        words = f"{_host(address)} is out of reach."
        raise NetworkError(words, detail=type(error).__name__) from None
    judge(data)
    return _page(data, end)


async def _read(http: httpx.AsyncClient, address: str, pass_token: str) -> tuple[bytes, httpx.URL]:
    here, headers = httpx.URL(f"{address}.json"), {}
    if pass_token:
        headers = {"Authorization": f"Bearer {pass_token}"}
    for _ in range(MOST_REDIRECTS + 1):
        async with http.stream("GET", here, headers=headers) as answer:
            http.cookies.clear()
            if not answer.has_redirect_location:
                return await _taken(answer), here
            there = _next(here, answer.headers.get("location", ""))
        if _origin(there) != _origin(here):
            headers = {}  # what a password gave is for the server that gave it
        here = there
    raise InvalidRequestError(f"{here.host} leads round in circles.")


async def _unlocked(http: httpx.AsyncClient, address: str, word: str) -> str:
    """Give a password at the page's door; it goes to this server alone."""
    sent = httpx.URL(address)
    headers = {"Content-Type": "application/json"}
    body = json.encode({"password": word})
    async with http.stream("POST", sent, headers=headers, content=body) as answer:
        http.cookies.clear()
        if answer.status_code in (401, 403) or answer.has_redirect_location:
            raise ForbiddenError(WRONG_WORD, status=answer.status_code, field=PASSWORD)
        token = read_share_token(await _taken(answer))
    if not token.isascii() or not token.isprintable() or " " in token or not token:
        raise ForbiddenError(WRONG_WORD, field=PASSWORD)
    return token


async def _taken(answer: httpx.Response) -> bytes:
    host = answer.url.host
    if answer.status_code != httpx.codes.OK:
        raise _refusal(answer)
    too_large = f"What {host} sends is larger than {LARGEST // 1024**2} MB."
    data = await unpacked(answer, LARGEST, too_large)
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise NotPostHogError(f"{host} answers with a web page, not with what PostHog shares.")
    return data


def _page(data: bytes, here: httpx.URL) -> SharedPage:
    address = str(here.copy_with(query=None)).removesuffix(".json")
    found = read_shared_page(data, address)
    if found is None:
        raise ForbiddenError(LOCKED, field=PASSWORD)
    return found


def _refusal(answer: httpx.Response) -> ApiError:
    status, host = answer.status_code, answer.url.host
    if status in (404, 410):
        return NotFoundError(GONE, status=status)
    if status in (401, 403):
        return ForbiddenError(LOCKED, status=status, field=PASSWORD)
    if status == 429:
        return RateLimitedError(f"{host} was asked too often; try again later.", status=status)
    if status >= 500:
        return ServerError(f"{host} has trouble of its own (HTTP {status}).", status=status)
    return InvalidRequestError(f"{host} refuses (HTTP {status}).", status=status)


def _next(here: httpx.URL, location: str) -> httpx.URL:
    """Follow a redirect to https, or on this computer within this computer."""
    try:
        target = here.join(location)
    except (httpx.InvalidURL, ValueError):
        raise InvalidRequestError(f"{here.host} leads to an address of no use.") from None
    within = here.host in LOOPBACK and target.host in LOOPBACK and target.scheme == "http"
    if target.scheme != "https" and not within:
        raise InvalidRequestError(f"{here.host} leads to an address without https; not followed.")
    if is_private(target.host) and not is_private(here.host):
        raise InvalidRequestError(f"{here.host} leads into your own network; not followed.")
    return target.copy_with(username=None, password=None, fragment=None)


def is_private(host: str) -> bool:
    """Tell whether a host is this computer or one of a network of its own, by its number or name.

    Other names are not looked up: who is behind them is known when they are asked, and only then.
    """
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        pass
    try:  # as systems read 127.1, 2130706433 and 0x7f000001
        return not ipaddress.ip_address(socket.inet_aton(name)).is_global
    except (OSError, ValueError):
        return False


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _host(address: str) -> str:
    return httpx.URL(address).host
