"""Links by which anybody sees a dashboard: read as pasted, and written to be passed on."""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from msgspec import Struct

PATHS = ("shared", "embedded", "shared_dashboard")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
LONGEST = 2_000  # characters of an address
HEIGHT = 400  # px, as PostHog proposes
_TOKEN = re.compile(r"[A-Za-z0-9_\-]{4,200}", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9.\-_:]+", re.ASCII)
_BARE = re.compile(r"[\w.-]+(:\d+)?/\S+")
_ENDINGS = (".json", ".png")


class SharedLink(Struct, frozen=True, gc=False):
    """Where a shared page is: the origin of its server, and its token."""

    origin: str  # as in https://eu.posthog.com
    token: str

    @property
    def page(self) -> str:
        """Give the address of the page, as a browser opens it."""
        return f"{self.origin}/shared/{self.token}"

    @property
    def data(self) -> str:
        """Give the address of what the page shows, as JSON."""
        return f"{self.page}.json"

    @property
    def host(self) -> str:
        """Name the server in a sentence."""
        return self.origin.split("://", 1)[-1]


def read_shared_link(text: str) -> SharedLink | None:
    """Read the address of a shared page; None for all else.

    Only https is taken, and http of this computer: over http anybody on the way could change what
    is shown. User, password and options in the address are left behind.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if "://" not in text and _BARE.fullmatch(text):
        text = f"https://{text}"
    try:
        address = urlsplit(text)
        origin = _origin(address)
    except ValueError:
        return None
    parts = [part for part in address.path.split("/") if part]
    if not origin or len(parts) != 2 or parts[0] not in PATHS:
        return None
    token = parts[1]
    for ending in _ENDINGS:
        token = token.removesuffix(ending)
    return SharedLink(origin, token) if _TOKEN.fullmatch(token) else None


def shared_address(host: str, token: str, options: Mapping[str, str] | None = None) -> str:
    """Write the link of a shared page."""
    return _address(host, "shared", token, options)


def embedding(host: str, token: str, options: Mapping[str, str] | None = None) -> str:
    """Write what puts a shared page into a page of the web."""
    address = _address(host, "embedded", token, options).replace("&", "&amp;")
    return (
        f'<iframe src="{address}" width="100%" height="{HEIGHT}" frameborder="0" '
        "allowfullscreen></iframe>"
    )


def _address(host: str, kind: str, token: str, options: Mapping[str, str] | None) -> str:
    flags = [quote(name) for name, value in (options or {}).items() if not value]
    named = urlencode({name: value for name, value in (options or {}).items() if value})
    query = "&".join([*flags, *([named] if named else [])])
    return f"{host}/{kind}/{quote(token)}{'?' if query else ''}{query}"


def _origin(address: SplitResult) -> str:
    """Give scheme, name and port of a server that may be asked; "" for others."""
    name = (address.hostname or "").rstrip(".").lower()
    scheme = "https" if address.scheme == "phdesk" else address.scheme
    if not _NAME.fullmatch(name) or scheme not in ("http", "https"):
        return ""
    if scheme == "http" and name not in LOOPBACK:
        return ""
    shown = f"[{name}]" if ":" in name else name
    return f"{scheme}://{shown}" + (f":{address.port}" if address.port else "")
