"""A demo server behind a door that fails as networks and servers do, when it is told to."""

import httpx

from tests.services.faults import HOLD, FaultyPostHog

PATIENT = 20  # seconds for the demo itself; it is slow at nothing


class Door:
    """Hands each question on to a demo server, as `FakePostHog` would answer it."""

    def __init__(self, server):
        self._server, self.key = server, ""  # which the demo knows, in place of what is sent
        self._http = None  # made in the loop that uses it

    async def handle(self, request):
        if self._http is None:
            self._http = httpx.AsyncClient(base_url=self._server.url, timeout=PATIENT)
        sent = request.headers.get("authorization", "")
        wanted = {"authorization": f"Bearer {self.key}" if self.key else sent}
        return await self._http.request(
            request.method, request.url.raw_path.decode(), headers=wanted
        )

    async def close(self):
        if self._http is not None:
            await self._http.aclose()


class All:
    """One fault for whatever is asked."""

    def __init__(self, fault=None):
        self.fault = fault

    def get(self, _path):
        return self.fault


class FaultyDemo(FaultyPostHog):
    """The demo, over sockets that can break."""

    def __init__(self, server):
        super().__init__()
        self.fake, self.faults = Door(server), All()

    async def _end(self):
        await self.fake.close()

    def fail(self, fault):
        """Answer with a fault from now on; None is to be well again."""
        self.faults.fault = fault

    def asked_for(self, word):
        return [path for _, path, _ in self.tries if word in path]


__all__ = ["HOLD", "FaultyDemo"]
