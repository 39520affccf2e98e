"""Share small planted worlds and one running demo server."""

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from phdesk.api.client import Client
from phdesk.demo.engine import Engine
from phdesk.demo.server import DemoServer
from phdesk.demo.world import Event, PlantedSource, World

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
RECORDINGS = Path(__file__).parents[2].parent / "shared" / "posthog" / "recordings"

Plant = Callable[..., Engine]


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def plant() -> Iterator[Plant]:
    """Make engines over lists of (event, person, 'MM-DD HH:MM', properties)."""
    worlds = []

    def make(*events: Any, traits: Any = None, now: datetime = NOW) -> Engine:
        planted = []
        for name, person, at, *rest in events:
            moment = datetime.fromisoformat(f"2026-{at}").replace(tzinfo=UTC)
            planted.append(Event(name, moment, person, rest[0] if rest else {}))
        world = World(PlantedSource(planted, traits), lambda: now)
        worlds.append(world)
        return Engine(world)

    yield make
    for world in worlds:
        world.close()


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture(scope="session")
def server(clock: Clock) -> Iterator[DemoServer]:
    with DemoServer(now=clock) as running:
        yield running


@pytest.fixture(scope="session")
def client(server: DemoServer) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.key}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as made:
        yield made


@pytest.fixture
def ask(server: DemoServer) -> Callable[..., Any]:
    """Ask the demo as the app does, with its own client."""

    def run(function: Callable[..., Any], *values: Any, **more: Any) -> Any:
        async def asked() -> Any:
            async with Client(server.url, server.key, sleep=_at_once) as client:
                return await function(client, server.project_id, *values, **more)

        return asyncio.run(asked())

    return run


async def _at_once(_seconds: float) -> None:
    return None


@pytest.fixture
def recording() -> Callable[[str], Any]:
    """Load the body of a recorded answer of a real PostHog."""

    def load(name: str) -> Any:
        path = RECORDINGS / f"{name}.json"
        if not path.exists():
            if os.environ.get("CI") == "true":
                pytest.fail(f"{path} is missing")
            pytest.skip("the recordings of a real PostHog are not beside this checkout")
        return json.loads(path.read_text())["response"]["json"]

    return load
