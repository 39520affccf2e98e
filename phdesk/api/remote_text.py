"""Read a text file from an https address: the screens of a fleet have their description from one.

No key is sent. Encryption is what makes the answer trustworthy, so plain http is for this computer
alone, and no redirect leads away from https.
"""

import asyncio
from urllib.parse import urlsplit

import httpx
from msgspec import Struct

from phdesk import __version__
from phdesk.api.errors import (
    ApiError,
    ForbiddenError,
    InvalidRequestError,
    NetworkError,
    NotFoundError,
    ServerError,
    UnreadableError,
)
from phdesk.api.unpacking import WANTED, unpacked

LARGEST = 1024 * 1024  # bytes; a thousand screens fit
MOST_REDIRECTS = 5
WAIT = 10.0  # seconds for a connection, and for the next bytes
WHOLE = 30.0  # for all of it
LOOPBACK = ("localhost", "127.0.0.1", "::1")
TOO_LARGE = f"is larger than {LARGEST // 1024} kB, so it is no description of screens"


class Fetched(Struct, frozen=True, gc=False):
    """What came; `data` None says that it is as it was."""

    data: bytes | None
    etag: str = ""


def named(address: str) -> str:
    """Name an address in a sentence, without what may be secret in it."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return f"{host or '?'}{parts.path}"


def checked(address: str) -> str:
    """Return an address that can be asked; raises InvalidRequestError, which says why not."""
    try:
        parts = urlsplit(address.strip())
        _ = parts.port
    except ValueError:
        raise InvalidRequestError("This is not the address of a file.") from None
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise InvalidRequestError("The address must begin with https://.")
    if parts.username or parts.password:
        raise InvalidRequestError("An address with a password in it is seen by all; leave it out.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise InvalidRequestError(
            f"{parts.hostname} is asked over https only: over http anybody on the way could "
            "change what a screen shows."
        )
    return parts._replace(fragment="").geturl()


async def fetch(
    address: str, etag: str = "", *, transport: httpx.AsyncBaseTransport | None = None
) -> Fetched:
    """Read what is at an address, if it is not as `etag` names it; raises ApiError."""
    url = checked(address)
    headers = {
        "User-Agent": f"phdesk/{__version__}",
        "Accept": "application/toml, text/plain, */*",
    } | WANTED
    if etag:
        headers["If-None-Match"] = etag
    name = named(url)
    try:
        async with (
            asyncio.timeout(WHOLE),
            httpx.AsyncClient(transport=transport, timeout=WAIT, headers=headers) as http,
        ):
            for _ in range(MOST_REDIRECTS + 1):
                async with http.stream("GET", url) as answer:
                    if not answer.has_redirect_location:
                        return await _taken(answer, name)
                    url = _next(httpx.URL(url), answer.headers.get("location", ""))
    except TimeoutError:
        raise NetworkError(f"{name} did not answer in time.") from None
    except httpx.TimeoutException:
        raise NetworkError(f"{name} did not answer in time.") from None
    except httpx.HTTPError as error:
        words = _why_silent(str(error), urlsplit(url).hostname or name)
        raise NetworkError(words, detail=type(error).__name__) from None
    raise InvalidRequestError(f"{name} leads round in circles.")


async def _taken(answer: httpx.Response, name: str) -> Fetched:
    if answer.status_code == httpx.codes.NOT_MODIFIED:
        return Fetched(None, answer.headers.get("etag", ""))
    if answer.status_code != httpx.codes.OK:
        raise _refusal(answer.status_code, name)
    data = await unpacked(answer, LARGEST, f"{name} {TOO_LARGE}.")
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnreadableError(
            f"{name} answers with a web page: check the address, or sign in to the network."
        )
    return Fetched(data, answer.headers.get("etag", ""))


def _why_silent(detail: str, host: str) -> str:
    if "CERTIFICATE" in detail.upper():
        return f"The certificate of {host} is not trusted by this computer."
    if "WRONG_VERSION_NUMBER" in detail:
        return f"{host} does not speak https at this port."
    return f"{host} is out of reach."


def _refusal(status: int, name: str) -> ApiError:
    if status in (404, 410):
        return NotFoundError(f"There is nothing at {name} any more (HTTP {status}).", status=status)
    if status in (401, 403):
        return ForbiddenError(f"{name} may not be read from here (HTTP {status}).", status=status)
    if status >= 500 or status == 429:
        return ServerError(f"{name} has trouble of its own (HTTP {status}).", status=status)
    return InvalidRequestError(f"{name} refuses (HTTP {status}).", status=status)


def _next(here: httpx.URL, location: str) -> str:
    """Follow a redirect, which must lead to https."""
    try:
        target = here.join(location)
    except (httpx.InvalidURL, ValueError):
        raise InvalidRequestError(f"{here.host} leads to an address of no use.") from None
    if target.scheme != "https":
        raise InvalidRequestError(f"{here.host} leads to an address without https; not followed.")
    return str(target.copy_with(username=None, password=None, fragment=None))
