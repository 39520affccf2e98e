"""Read a list to its end, page by page."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from phdesk.api.decoding import Page

T = TypeVar("T")

Params = tuple[tuple[str, str], ...]

MOST_PAGES = 100


async def read_all(fetch: Callable[[Params], Awaitable[Page[T]]], params: Params) -> tuple[T, ...]:
    """Collect the items of all pages, beginning with `params`.

    Of `next` only the query is taken: behind some proxies the rest names an internal host. A link
    that was followed before ends the list, and so do `MOST_PAGES`.
    """
    items: list[T] = []
    seen: set[Params] = set()
    while params not in seen and len(seen) < MOST_PAGES:
        seen.add(params)
        page = await fetch(params)
        items.extend(page.items)
        following = next_params(page.next)
        if not following:
            break
        params = following
    return tuple(items)


def next_params(link: str | None) -> Params:
    """Return the query of a `next` link, empty if there is none."""
    try:
        return tuple(parse_qsl(urlsplit(link or "").query))
    except ValueError:
        return ()
