"""A server before the demo that fails as networks and servers do, by chance or for a while."""

import random
import time

import httpx

from tests.services.faults import FaultyPostHog, drip, raw, reset, silence, status

BUSY = {
    "type": "throttled_error",
    "code": "throttled",
    "detail": "Expected available in 2 seconds.",
}
FAULTS = (
    ("broken", status(500)),
    ("a gateway's page", raw(b"<html>502</html>", kind="text/html", code=502)),
    ("busy", status(429, BUSY, retry_after="2")),
    ("hung up", reset),
    ("half an answer", raw(b'{"id": 1, "tiles": [', length=4000)),
    ("no answer", silence),
    ("a byte now and then", drip),
)
SHARE = 0.08  # of the questions that go wrong by chance
OUTAGE_EVERY = 480.0  # seconds, and until the next question: a wall that asks nothing misses none
OUTAGE = 60.0  # seconds for which each connection is broken


class Weather:
    """Says by chance what goes wrong with each question; stands where faults by path would."""

    def __init__(self, seed, clock=time.monotonic):
        self._random, self._clock = random.Random(seed), clock
        self._due = clock() + OUTAGE_EVERY / 2
        self._over = self._due  # the last outage
        self.counts = {}
        self.outages = 0
        self.asked = 0
        self.share = SHARE
        self.stormy = False  # nothing is answered

    def get(self, _path):
        self.asked += 1
        now = self._clock()
        if now >= self._due:
            self._due, self._over = now + OUTAGE_EVERY, now + OUTAGE
            self.outages += 1
        if self.stormy or (self.outages and now < self._over):
            return self._noted("outage", reset)
        if self._random.random() < self.share:
            return self._noted(*self._random.choice(FAULTS))
        return None

    def _noted(self, name, fault):
        self.counts[name] = self.counts.get(name, 0) + 1
        return fault


class Forward:
    """Asks the demo server what nothing went wrong with."""

    def __init__(self, url):
        self._url = url

    async def handle(self, request):
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in ("authorization", "accept", "user-agent")
        }
        async with httpx.AsyncClient(base_url=self._url, timeout=60) as client:
            target = request.url.raw_path.decode()
            return await client.request(request.method, target, headers=headers)


def weathered(url, seed=7):
    """Start one before a demo server; gives it with its weather."""
    server = FaultyPostHog()
    server.fake, server.faults = Forward(url), Weather(seed)
    return server
