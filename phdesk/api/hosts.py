"""Turn what people type or paste into the address of a PostHog server."""

import re
from urllib.parse import SplitResult, urlsplit

from phdesk.api.errors import NotPostHogError
from phdesk.models.account import EU_HOST, REGIONS, US_HOST

_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|[0-9a-f:.]+")
_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_WEBSITES = ("posthog.com", "www.posthog.com")


def normal_host(typed: str) -> str:
    """Return scheme, name and port; raises NotPostHogError with a hint if there is no such thing.

    Paths and credentials are cut off, so that a pasted address of a dashboard will do.
    """
    parts = _split(typed.strip())
    name = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme not in _PORTS:
        raise NotPostHogError("The address must begin with https:// or http://.")
    if not _NAME.fullmatch(_ascii(name)):
        raise NotPostHogError("This is not the address of a server; try https://us.posthog.com.")
    _refuse_other_services(name)
    scheme = "https" if name.endswith(".posthog.com") else parts.scheme
    return f"{scheme}://{_bracketed(_ascii(name))}{_port(parts, scheme)}"


def other_region(host: str) -> str | None:
    """Return the other of PostHog's two regions, or None for a self-hosted server."""
    return {US_HOST: EU_HOST, EU_HOST: US_HOST}.get(host)


def said(host: str) -> str:
    """Say a host in a sentence: "the US region" or its name."""
    return f"the {REGIONS[host]} region" if host in REGIONS else host.split("://", 1)[-1]


def _split(typed: str) -> SplitResult:
    if "://" not in typed:
        name = typed.split("/", 1)[0].rsplit(":", 1)[0].strip("[]")
        typed = f"{'http' if name in _LOOPBACK else 'https'}://{typed}"
    try:
        parts = urlsplit(typed)
        _ = parts.port, parts.hostname  # both are read lazily and may raise
    except ValueError:
        raise NotPostHogError("This is not the address of a server.") from None
    return parts


def _refuse_other_services(name: str) -> None:
    """Refuse hosts of PostHog that have no API for dashboards, naming the right one."""
    if name.endswith(".i.posthog.com"):
        right = EU_HOST if name.startswith("eu") else US_HOST
        raise NotPostHogError(f"{name} only takes events in; use {right}.")
    if name in _WEBSITES:
        raise NotPostHogError(f"{name} is the website; use {US_HOST} or {EU_HOST}.")


def _ascii(name: str) -> str:
    """Write a name with other letters the way the network does."""
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return ""


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _port(parts: SplitResult, scheme: str) -> str:
    if parts.port is None or parts.port in (_PORTS[parts.scheme], _PORTS[scheme]):
        return ""
    return f":{parts.port}"
