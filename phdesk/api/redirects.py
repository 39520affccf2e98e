"""Decide where a redirect may lead: a key goes to no other host than the one it was made for."""

import httpx

from phdesk.api.errors import NotPostHogError

_PORTS = {"http": 80, "https": 443}
_KEEPING_METHOD = (307, 308)
REDIRECTS = (301, 302, 303, *_KEEPING_METHOD)


def redirect_target(method: str, status: int, here: httpx.URL, location: str) -> httpx.URL:
    """Return the address to ask next; raises NotPostHogError if the key must not go there."""
    target = _joined(here, location)
    if not is_same_server(here, target):
        raise NotPostHogError(
            f"{_origin(here)} sends calls on to {_origin(target)}; the key was not sent there.",
            status=status,
        )
    if status not in _KEEPING_METHOD and method != "GET":
        raise NotPostHogError(f"{here.host} sends this call elsewhere.", status=status)
    # Rebuilt without credentials: httpx would send those instead of the key.
    return target.copy_with(username=None, password=None, fragment=None)


def is_same_server(here: httpx.URL, target: httpx.URL) -> bool:
    """Tell whether two addresses share scheme, host and port, or are http and https of a host."""
    if target.host != here.host:
        return False
    if target.scheme == here.scheme:
        return _port(target) == _port(here)
    is_upgrade = (here.scheme, target.scheme) == ("http", "https")
    return is_upgrade and (target.port == here.port or _port(target) == 443)


def _joined(here: httpx.URL, location: str) -> httpx.URL:
    try:
        return here.join(location)
    except (httpx.InvalidURL, ValueError):
        raise NotPostHogError(f"{here.host} sends calls on to an address of no use.") from None


def _origin(url: httpx.URL) -> str:
    """Write scheme, host and, where it is not the usual one, port."""
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{url.host}{port}"


def _port(url: httpx.URL) -> int | None:
    return url.port or _PORTS.get(url.scheme)
