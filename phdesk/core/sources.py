"""Understand what a person pastes: an id, a short id, or an address of PostHog."""

import re
from enum import Enum
from importlib import import_module
from itertools import pairwise
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from phdesk.core.numbering import LARGEST_ID

SHORT_ID = re.compile(r"[A-Za-z0-9]{8}")
HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]+")
SHARED = ("/shared/", "/embedded/", "/shared_dashboard/")
NOT_UNDERSTOOD = (
    "This is neither a dashboard's number, an insight's short id, nor an address of one in PostHog."
)


class Noun(Enum):
    """What a source names."""

    DASHBOARD = "dashboard"
    INSIGHT = "insight"


class Source(Struct, frozen=True, gc=False, kw_only=True):
    """A dashboard or insight; host and project as far as the text names them."""

    noun: Noun
    id: int | None = None  # of a dashboard, or of an insight named by number
    short_id: str | None = None
    host: str | None = None  # scheme and host, as in https://us.posthog.com
    project: int | None = None


class SourceError(ValueError):
    """The text names nothing that could be opened."""


def parse_source(text: str) -> Source:
    """Read a dashboard's number, a short id, or an http(s) or phdesk address."""
    text = text.strip()
    if _is_number(text):
        return Source(noun=Noun.DASHBOARD, id=int(text))
    if SHORT_ID.fullmatch(text):
        return Source(noun=Noun.INSIGHT, short_id=text)
    if "://" not in text and re.match(r"[\w.-]+\.\w+(:\d+)?/", text):
        text = f"https://{text}"
    return _from_address(text)


def is_shared_link(text: str) -> bool:
    """Tell whether a text is the address of a page that anybody with it may see."""
    if not any(path in text for path in SHARED):
        return False
    links = import_module("phdesk.core.shared_links")  # most starts open none
    return links.read_shared_link(text) is not None


def _from_address(text: str) -> Source:
    try:
        address = urlsplit(text)
        host = _host(address)
    except ValueError as why:
        raise SourceError(NOT_UNDERSTOOD) from why
    parts = [part for part in address.path.split("/") if part]
    named = dict(pairwise(parts))
    project = named.get("project") or named.get("projects") or named.get("environments")
    if project and project.isdigit() and not _is_number(project):  # else it would be any other
        raise SourceError(NOT_UNDERSTOOD)
    number = int(project) if project and _is_number(project) else None
    board = named.get("dashboard") or named.get("dashboards")
    if board and _is_number(board):
        return Source(noun=Noun.DASHBOARD, id=int(board), host=host, project=number)
    insight = named.get("insights") or named.get("insight")
    if insight and _is_number(insight) and len(insight) != 8:
        return Source(noun=Noun.INSIGHT, id=int(insight), host=host, project=number)
    if insight and SHORT_ID.fullmatch(insight):
        return Source(noun=Noun.INSIGHT, short_id=insight, host=host, project=number)
    raise SourceError(NOT_UNDERSTOOD)


def _host(address: SplitResult) -> str:
    """Give scheme and host; user, password, query and fragment are left behind."""
    if address.scheme not in ("http", "https", "phdesk") or not address.hostname:
        raise ValueError("not an address of a server")
    port = f":{address.port}" if address.port else ""
    name = f"[{address.hostname}]" if ":" in address.hostname else address.hostname
    if not HOST.fullmatch(name):
        raise ValueError("not a host name")
    scheme = "https" if address.scheme == "phdesk" else address.scheme
    return f"{scheme}://{name}{port}"


def _is_number(text: str) -> bool:
    digits = text.isascii() and text.isdigit() and len(text) <= 18
    return digits and int(text) <= LARGEST_ID
