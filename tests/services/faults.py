"""A PostHog over real sockets that fails as networks and servers do, when it is told to."""

import asyncio
import json
import socket
import struct
import threading
import time
from pathlib import Path

import httpx

from tests.services.posthog import FakePostHog

ENVELOPE = {"type": "server_error", "code": "error", "detail": "Something went wrong."}
HOLD = 0.2  # seconds for which the slow faults keep a client waiting
MEGABYTE = b" " * (1 << 20)


class FaultyPostHog:
    """Answers like `FakePostHog`; `faults` maps a path to what happens instead of an answer."""

    def __init__(self, certificate=None):
        self.fake, self.faults, self.tries = FakePostHog(), {}, []
        self._certificate = certificate
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="faulty", daemon=True)
        self._thread.start()
        self._ready.wait(5)

    def close(self):
        self.refuse()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def refuse(self):
        """Let nobody in any more, and hang up on all who are."""
        done = threading.Event()
        self._loop.call_soon_threadsafe(self._hang_up, done)
        done.wait(5)

    def _hang_up(self, done):
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        done.set()

    def _run(self):
        asyncio.set_event_loop(self._loop)
        self._writers = set()
        self._server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._certificate)
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        tasks = asyncio.all_tasks(self._loop)
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(self._end())
        self._loop.run_until_complete(asyncio.sleep(0))  # for what closed connections still do
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _end(self):
        """Close what answering needed, now that nothing is being answered any more."""

    async def _serve(self, reader, writer):
        self._writers.add(writer)
        try:
            while first := await reader.read(1):
                if first == b"\x16":  # a greeting of TLS, where none is spoken
                    await sent(writer, 400, b"")
                    return
                await self._answer(first + await reader.readuntil(b"\r\n\r\n"), writer)
        except (asyncio.IncompleteReadError, ConnectionError, OSError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _answer(self, head, writer):
        request = _request(head)
        path = request.url.path.removeprefix("/api/").removeprefix("projects/7/")
        self.tries.append((time.monotonic(), path, request.url.params.get("refresh", "")))
        fault = self.faults.get(path)
        if fault is not None:
            await fault(writer)
            return
        response = await self.fake.handle(request)
        await sent(writer, response.status_code, response.content)


def _request(head):
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines if line)
    return httpx.Request(method, f"http://127.0.0.1{target}", headers=headers)


async def sent(writer, status, body, *, kind="application/json", length=None, **headers):
    """Send an answer; `length` may lie about it."""
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    writer.write(
        f"HTTP/1.1 {status} Any\r\ncontent-type: {kind}\r\n{more}"
        f"content-length: {len(body) if length is None else length}\r\n\r\n".encode()
        + body
    )
    await writer.drain()


def status(code, body=ENVELOPE, **headers):
    """Answer with an error."""

    async def fault(writer):
        await sent(writer, code, json.dumps(body).encode(), **headers)

    return fault


def says(value, **headers):
    """Answer with something, as HTTP 200."""
    return status(200, value, **headers)


def raw(body, *, kind="application/json", code=200, length=None):
    """Answer with bytes."""

    async def fault(writer):
        await sent(writer, code, body, kind=kind, length=length)
        if length is not None:
            writer.close()

    return fault


async def reset(writer):
    """Break the connection in the middle of a body, without a farewell."""
    await sent(writer, 200, b'{"id": 101, "resu', length=4000)
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def drip(writer):
    """Send a byte now and then, for ever."""
    await sent(writer, 200, b"", length=4000)
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(HOLD / 10)


async def silence(writer):
    """Take the question and say nothing."""
    while not writer.transport.is_closing():
        await asyncio.sleep(HOLD / 10)


async def flood(writer):
    """Send a hundred megabytes."""
    await sent(writer, 200, b"", length=100 << 20)
    for _ in range(100):
        writer.write(MEGABYTE)
        await writer.drain()


def queued():
    """Say how many seconds this thread has waited for a core, where the system tells (Linux)."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


class Pulse:
    """Two beats, of the GUI's loop and of a thread that does nothing: how long each ever paused.

    What the machine does to both says nothing about us; what only the GUI missed, it waited.
    Time in which the GUI's thread could have run, had a core been free, is not counted.
    """

    def __init__(self, timer):
        self._timer, self._beating = timer, True
        self.gui = self.control = 0.0
        self._last, self._queued = time.monotonic(), queued()
        timer.setInterval(3)
        timer.timeout.connect(self._beat)
        timer.start()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self):
        self._beat()
        self._timer.stop()
        self._beating = False
        self._thread.join()

    def _beat(self):
        now, held_up = time.monotonic(), queued()
        self.gui = max(self.gui, now - self._last - (held_up - self._queued))
        self._last, self._queued = now, held_up

    def _run(self):
        last = time.monotonic()
        while self._beating:
            time.sleep(0.003)
            now = time.monotonic()
            self.control, last = max(self.control, now - last), now
