"""How one insight is calculated: at once, after a while, or by asking how it stands."""

import asyncio

import httpx
import pytest

from phdesk.api.errors import ApiError, RateLimitedError
from phdesk.api.gate import Purpose
from phdesk.core.budget import Kind, Use
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import NULL, Insight
from phdesk.services.calculating import BUSY_WAITS, LONG, Slow, Wanted, calculate
from phdesk.services.governor import Governor
from tests.api.server import HOST, Server, answer
from tests.services.conftest import Clock
from tests.services.posthog import NO_SCOPE

NUMBERS = [{"data": [1, 2]}]
DONE = {"id": 5, "result": NUMBERS, "last_refresh": "2026-11-23T12:00:00Z"}
CROWDED = {"id": "q", "error": True, "error_message": "concurrency_limit_exceeded"}
FULL = {"id": 5, "result": None, "query_status": CROWDED}
STARTED = {"id": 5, "result": None, "query_status": {"id": "mine", "complete": False}}
ENDED = {"query_status": {"id": "mine", "complete": True, "results": {"results": []}}}
FAILED = {"query_status": {"id": "mine", "complete": True, "error": True, "error_message": "Bad."}}


class Posthog:
    """Answers each mode of refresh, and polls, as it is told; remembers what it was asked."""

    def __init__(self, poll=(ENDED, 200), **modes):
        self.modes, self.poll, self.asked = modes, poll, []

    def __call__(self, request):
        self.asked.append(request.url.params.get("refresh") or request.method)
        if "/query/" in request.url.path:
            return answer(*self.poll)
        told = self.modes[self.asked[-1]]
        told = told.pop(0) if isinstance(told, list) else told
        if isinstance(told, Exception):
            raise told
        return told if isinstance(told, httpx.Response) else answer(told)


def calculated(posthog, *, refresh="blocking", slow=None, server=None):
    server = server or Server(posthog)
    wanted = Wanted(insight=Insight(id=5), refresh=refresh, dashboard=9, query_id="mine")
    return server.run(calculate, 7, wanted, slow or Slow())


def test_what_comes_at_once_is_taken():
    posthog = Posthog(blocking=DONE)
    assert calculated(posthog).result != NULL
    assert posthog.asked == ["blocking"]


def test_a_full_organization_is_asked_again_as_posthogs_own_page_does():
    posthog = Posthog(blocking=[FULL, FULL, DONE])
    server = Server(posthog)
    assert calculated(posthog, server=server).result != NULL
    assert server.waits == list(BUSY_WAITS[:2])


def test_a_full_organization_is_left_alone_in_the_end():
    posthog = Posthog(blocking=FULL)
    assert calculated(posthog).result == NULL
    assert posthog.asked == ["blocking"] * (len(BUSY_WAITS) + 1)


def test_a_full_organization_gets_fewer_calculations_at_a_time():
    governor = Governor(clock=Clock())
    server = Server(Posthog(blocking=[FULL, DONE]))

    async def run():
        async with server.client() as client:
            client.set_gate(governor)
            await calculate(client, 7, Wanted(insight=Insight(id=5), refresh="blocking"), Slow())

    asyncio.run(run())
    assert governor.report(HOST, 7).places == 1
    assert governor.left((HOST, 7), Use(Kind.INSIGHTS)) == 93


TOO_LONG = [
    pytest.param(answer({"type": "server_error", "code": "error"}, 504), id="HTTP 504"),
    pytest.param(httpx.ReadTimeout("no bytes"), id="no answer in time"),
]


@pytest.mark.parametrize("trouble", TOO_LONG)
@pytest.mark.parametrize(
    ("refresh", "background"), [("blocking", "async"), ("force_blocking", "force_async")]
)
def test_what_takes_too_long_is_calculated_in_the_background(trouble, refresh, background):
    posthog = Posthog(**{refresh: trouble, background: STARTED, "force_cache": DONE})
    slow = Slow()
    assert calculated(posthog, refresh=refresh, slow=slow).result != NULL
    assert posthog.asked == [refresh, background, "GET", "force_cache"]
    posthog.asked.clear()
    calculated(posthog, refresh=refresh, slow=slow)
    assert posthog.asked == [background, "GET", "force_cache"], "now it is known to be long"


@pytest.mark.parametrize(
    ("waits", "works", "ids"),
    [
        pytest.param(LONG * 2, 0.0, set(), id="we waited for a full organization"),
        pytest.param(0.0, LONG * 2, {5}, id="the server worked"),
    ],
)
def test_what_counts_as_long_is_the_work_and_not_the_wait_before_it(waits, works, ids, monkeypatch):
    passed, busy, slow = [0.0], answer({"type": "throttled_error"}, 429), Slow()

    def route(_request):
        if busy_times:
            return busy_times.pop()
        passed[0] += works
        return answer(DONE)

    async def sleep(_seconds):
        passed[0] += waits

    async def timed(client):
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "time", lambda real=loop.time: real() + passed[0])
        wanted = Wanted(insight=Insight(id=5), refresh="blocking")
        return await calculate(client, 7, wanted, slow)

    busy_times, server = [busy], Server(route)
    server.sleep = sleep
    assert server.run(timed).result != NULL
    assert slow.ids == ids


def test_what_was_calculated_meanwhile_needs_no_polling():
    posthog = Posthog(**{"async": DONE})
    slow = Slow()
    slow.note(5, LONG)
    assert calculated(posthog, slow=slow).result != NULL
    assert posthog.asked == ["async"]
    slow.note(5, LONG / 2)
    assert slow.ids == set()


def test_a_failure_in_the_background_is_told_inside():
    posthog = Posthog(poll=(FAILED, 400), blocking=TOO_LONG[0].values[0], **{"async": STARTED})
    assert calculated(posthog).error == "Bad."


def test_a_key_that_may_not_poll_is_told_what_happened_and_does_not_try_again():
    posthog = Posthog(poll=(NO_SCOPE, 403), blocking=TOO_LONG[0].values[0], **{"async": STARTED})
    slow = Slow()
    for _ in range(2):
        with pytest.raises(ApiError, match="took too long"):
            calculated(posthog, slow=slow)
    assert posthog.asked == ["blocking", "async", "GET", "blocking"]


def test_who_gives_up_stops_what_runs_under_another_name():
    stopped, polls = [], []
    other = {**STARTED, "query_status": {"id": "cache_77", "complete": False}}

    def route(request):
        if "/query/" in request.url.path:
            polls.append(request)
            return answer(other, 202)
        return answer(other)

    server = Server(route)
    server.sleep = lambda _seconds: asyncio.sleep(0)

    async def run():
        async with server.client() as client:
            slow = Slow(stopped.append)
            slow.note(5, LONG)
            wanted = Wanted(insight=Insight(id=5), refresh="blocking", query_id="mine")
            task = asyncio.ensure_future(calculate(client, 7, wanted, slow))
            while not polls:
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    assert stopped == ["cache_77"]


class OnePlace:
    """A gate that gives a first place at once, and none to what is known to be long."""

    def __init__(self, refusal=None):
        self.refusal, self.waits = refusal, asyncio.Event()

    async def enter(self, passage):
        if passage.lasts:
            self.waits.set()
            if self.refusal:
                raise self.refusal
            await asyncio.Future()
        return 1

    def leave(self, _number, _passage, _failure):
        pass


def given_up_between(gate, *, cancel):
    """Have a calculation of the clock take too long; give what the server is told to stop."""
    stopped = []

    def stop(name):
        stopped.append(name)
        told = asyncio.get_running_loop().create_future()
        told.set_result(None)
        return told

    async def run():
        async with Server(Posthog(blocking=TOO_LONG[0].values[0])).client() as client:
            client.set_gate(gate)
            wanted = Wanted(insight=Insight(id=5), refresh="blocking", query_id="mine")
            clock = client.on_behalf(Purpose(background=True))
            task = asyncio.ensure_future(calculate(clock, 7, wanted, Slow(stop)))
            await gate.waits.wait()
            if cancel:
                task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(asyncio.wait_for(run(), 10))
    return stopped


def test_who_gives_up_before_there_is_a_place_to_poll_from_stops_it_all_the_same():
    assert given_up_between(OnePlace(), cancel=True) == ["mine"]


def test_what_gets_no_place_to_poll_from_is_stopped():
    refusal = RateLimitedError(Failure(cause=Cause.RATE_LIMITED, message="Wait."))
    assert given_up_between(OnePlace(refusal), cancel=False) == ["mine"]
