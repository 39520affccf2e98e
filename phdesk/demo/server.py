"""Run the demo server on loopback, in a thread of its own."""

import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import uvicorn

from phdesk.demo.account import DEMO_KEY, PROJECT_ID
from phdesk.demo.answers import Answers
from phdesk.demo.engine import Engine
from phdesk.demo.shelf import Shelf
from phdesk.demo.stream import DemoSource, first_day
from phdesk.demo.web import Site
from phdesk.demo.world import World

_HOST = "127.0.0.1"
_START_LIMIT = 20.0
_STOP_LIMIT = 10.0


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DemoServer:
    """A PostHog with invented data.

    ``port`` 0 takes a free one; ``now`` is the clock and gives aware UTC times. ``start``
    generates the events (about two seconds) and returns when requests are answered. With
    ``fresh`` every answer counts as old after so long; else as PostHog has it.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        seed: int = 7,
        now: Callable[[], datetime] | None = None,
        fresh: timedelta | None = None,
    ) -> None:
        self.key = DEMO_KEY
        self.project_id = PROJECT_ID
        self._wanted_port = port
        self._seed = seed
        self._now = now or _utc_now
        self._fresh = fresh
        self._running: _Running | None = None

    @property
    def url(self) -> str:
        """Give the address, such as ``http://127.0.0.1:43123``; only while running."""
        if self._running is None:
            raise RuntimeError("the demo server is not running")
        return f"http://{_HOST}:{self._running.port}"

    def start(self) -> None:
        """Build the world and serve it; starting twice changes nothing."""
        if self._running is None:
            self._running = _Running(self._wanted_port, self._seed, self._now, self._fresh)

    def stop(self) -> None:
        """Stop serving and wait for the thread to end."""
        if self._running is not None:
            self._running.close()
            self._running = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Running:
    """Everything that exists between start and stop."""

    def __init__(
        self, port: int, seed: int, now: Callable[[], datetime], fresh: timedelta | None
    ) -> None:
        # Named as TCP so that asyncio turns off the delay before small packets.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((_HOST, port))
        self.port = int(self._socket.getsockname()[1])
        opening = first_day(now())
        self._world = World(DemoSource(seed, opening), now)
        self._answers = Answers(Engine(self._world), fresh)
        site = Site(self._world, Shelf(self._world.earliest), self._answers)
        config = uvicorn.Config(
            site.application(),
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            http="h11",
            loop="asyncio",
            timeout_graceful_shutdown=3,
        )
        self._server = _ReadyServer(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="phdesk-demo", daemon=True
        )
        self._thread.start()
        if not self._server.ready.wait(_START_LIMIT):
            raise RuntimeError("the demo server did not come up")

    def close(self) -> None:
        """Ask the server to finish and join its thread."""
        self._server.should_exit = True
        self._thread.join(_STOP_LIMIT)
        self._answers.close()
        self._world.close()
        self._socket.close()


class _ReadyServer(uvicorn.Server):
    """A uvicorn server that tells when it has begun to listen."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, then say so."""
        await super().startup(sockets=sockets)
        self.ready.set()
