"""A PostHog made of functions: replays recordings to a client and remembers what it was asked."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from phdesk.api.client import Client
from tests.api import recorded

KEY = "phx_SECRETsecretSECRET"
HOST = "https://posthog.example.com"

Route = Callable[[httpx.Request], httpx.Response]


def replay(name: str) -> httpx.Response:
    """Return a recorded answer."""
    return httpx.Response(
        recorded.status(name), headers=recorded.headers(name), content=recorded.body(name)
    )


def answer(value: Any, status: int = 200, **headers: str) -> httpx.Response:
    """Return a JSON answer."""
    sent = {name.replace("_", "-"): text for name, text in headers.items()}
    return httpx.Response(status, headers=sent, content=json.dumps(value).encode())


class Server:
    """Answers with `route`, or with a list of answers one after another."""

    def __init__(self, route: Route | list[httpx.Response]) -> None:
        self.requests: list[httpx.Request] = []
        self.waits: list[float] = []
        self.now = datetime(2026, 11, 30, 12, tzinfo=UTC)  # by the client's clock
        self._route = route

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if callable(self._route):
            return self._route(request)
        return self._route[len(self.requests) - 1]

    @property
    def asked(self) -> list[str]:
        """Return the method, path and query of each request."""
        return [f"{each.method} {each.url.raw_path.decode()}" for each in self.requests]

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def client(self, host: str = HOST, key: str = KEY) -> Client:
        """Make a client of this server."""
        return Client(
            host,
            key,
            transport=httpx.MockTransport(self),
            sleep=self.sleep,
            random=lambda: 0.5,
            now=lambda: self.now,
        )

    def run(self, work, *args: Any, host: str = HOST, key: str = KEY, **kwargs: Any) -> Any:
        """Run a coroutine function with a client of this server as its first argument."""

        async def main() -> Any:
            async with self.client(host, key) as client:
                return await work(client, *args, **kwargs)

        return asyncio.run(main())
