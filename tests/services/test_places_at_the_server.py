"""How many calculations are under way at a server at once, as the server itself counts them."""

import asyncio
import ssl
from datetime import UTC, datetime

import httpx
import pytest

from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.models.account import Account, Project
from phdesk.models.insight import Insight
from phdesk.services.archive import Archive
from phdesk.services.governor import Governor
from phdesk.services.queue import Job
from phdesk.services.session import Session
from phdesk.services.settings import Settings
from phdesk.store.cache import Cache
from tests.api.server import answer
from tests.services.conftest import Clock
from tests.services.faults import FaultyPostHog

LONG = 1000  # insights from here on are too long for one call
POLLS = 4
NO_TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # for http: reads no certificates
STEP = 0.004  # seconds


class Counting:
    """A PostHog that calculates, also on behalf of nobody, until it is done or told to stop."""

    def __init__(self):
        self.under_way, self.most, self.polled, self.stopped = {}, 0, {}, []

    def begin(self, query, name):
        self.under_way[query] = int(name)
        self.most = max(self.most, len(self.under_way))

    async def handle(self, request):
        noun, name = request.url.path.strip("/").split("/")[-2:]
        await asyncio.sleep(STEP)
        if request.method == "DELETE":
            await asyncio.sleep(3 * STEP)
            self.stopped.append(name)
            self.under_way.pop(name, None)
            return answer({"message": "stopped"})
        if noun == "query":
            return self.poll(name)
        mode, query = request.url.params["refresh"], request.url.params["client_query_id"]
        if mode == "force_cache":
            return answer({"id": int(name), "result": []})
        self.begin(query, name)
        if mode == "async":
            return answer({"id": int(name), "query_status": {"id": query, "complete": False}}, 202)
        for _ in range(5):
            await asyncio.sleep(STEP)
        self.under_way.pop(query, None)
        code = 504 if int(name) >= LONG else 200
        return answer({"id": int(name), "result": []}, code)

    def poll(self, query):
        self.polled[query] = self.polled.get(query, 0) + 1
        complete = self.polled[query] >= POLLS
        if complete:
            self.under_way.pop(query, None)
        return answer({"query_status": {"id": query, "complete": complete, "results": {}}})


@pytest.fixture
def counting():
    server = FaultyPostHog()
    server.fake = Counting()
    yield server
    server.close()


@pytest.fixture
def session_in(counting, tmp_path):
    """Give what makes sessions in projects of one organization, through one governor."""
    cache = Cache(tmp_path / "cache.sqlite3")
    governor = Governor(clock=Clock())
    account = Account(id="ada", host=f"http://127.0.0.1:{counting.port}")

    def connect():
        transport = httpx.AsyncHTTPTransport(verify=NO_TRUST)
        return Client(account.host, "phx_good", transport=transport, sleep=brief)

    def make(project):
        governor.belongs(account.host, project, "shop")
        archive = Archive(cache, Settings)
        now = datetime(2026, 11, 23, tzinfo=UTC)
        return Session(connect, archive, account, Project(id=project), lambda: now, governor)

    yield make
    cache.close()


async def brief(_seconds):
    await asyncio.sleep(STEP)


def test_never_more_than_two_polled_ones_and_those_given_up_counted(counting, session_in):
    """Two windows over two projects, quick and long insights, each third given up half-way."""
    fake = counting.fake

    async def run():
        sessions = [session_in(7), session_in(8)]
        jobs = {}
        for n in range(24):
            job, number = Job(9, n, background=n % 4 == 0), n + (LONG if n % 2 else 0)
            reading = sessions[n % 2].read_tile(job, Insight(id=number))
            jobs[number] = asyncio.ensure_future(reading)
        pending = set(jobs.values())
        while pending:
            _, pending = await asyncio.wait(pending, timeout=2 * STEP)
            for number in list(fake.under_way.values()):
                if number % 3 == 0:
                    jobs[number].cancel()
        for session in sessions:
            await session.close()
        return [job for job in jobs.values() if not job.cancelled()]

    ended = asyncio.run(asyncio.wait_for(run(), 30))
    assert all(job.exception() is None for job in ended)
    assert (fake.most, fake.under_way) == (2, {})
    assert len(ended) + len(set(fake.stopped)) == 24
    assert fake.polled


def test_one_that_cannot_be_polled_any_more_is_stopped(counting, session_in):
    fake = counting.fake
    fake.poll = lambda _query: answer({"type": "server_error", "code": "gone"}, 418)

    async def run():
        session = session_in(7)
        with pytest.raises(ApiError):
            await session.read_tile(Job(9, 1), Insight(id=LONG))
        await session.close()

    asyncio.run(asyncio.wait_for(run(), 30))
    assert len(fake.stopped) == 1
    assert not fake.under_way


def test_a_session_that_ends_stops_what_it_calculates(counting, session_in):
    fake = counting.fake

    async def run():
        session = session_in(7)
        job = asyncio.ensure_future(session.read_tile(Job(9, 1), Insight(id=1)))
        while not fake.under_way:
            await asyncio.sleep(0)
        job.cancel()
        await session.close()

    asyncio.run(asyncio.wait_for(run(), 30))
    assert len(fake.stopped) == 1
