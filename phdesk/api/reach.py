"""Tell whether a PostHog answers at an address; no key is sent."""

import asyncio
from collections.abc import Sequence

import httpx
from msgspec import Struct

WAIT = 10.0  # seconds


class Reached(Struct, frozen=True, gc=False):
    """What came of asking a host, in words."""

    host: str
    fine: bool
    words: str


def reach(hosts: Sequence[str]) -> list[Reached]:
    """Ask each host for its public start-up information."""
    return asyncio.run(_reach(hosts))


async def _reach(hosts: Sequence[str]) -> list[Reached]:
    async with httpx.AsyncClient(timeout=WAIT) as client:
        return list(await asyncio.gather(*(_reached(client, host) for host in hosts)))


async def _reached(client: httpx.AsyncClient, host: str) -> Reached:
    try:
        answer = await client.get(f"{host}/_preflight/")
    except httpx.HTTPError as error:
        return Reached(host, fine=False, words=f"not reached ({type(error).__name__})")
    fine = answer.status_code < 500 and "json" in answer.headers.get("content-type", "")
    words = "reached" if fine else "something answers, but not like PostHog"
    return Reached(host, fine=fine, words=f"{words} (HTTP {answer.status_code})")
