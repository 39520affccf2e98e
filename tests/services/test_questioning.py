"""A question that is no saved insight: answered, patient, and stopped when nobody waits."""

import asyncio
import json

import pytest
from msgspec import Raw

from phdesk.api.errors import InvalidRequestError, RateLimitedError, ServerError
from phdesk.api.refusal import failure_of
from phdesk.models.failure import Cause
from phdesk.models.insight import NULL
from phdesk.services.calculating import BUSY_WAITS
from phdesk.services.governor import Governor
from phdesk.services.questioning import answered
from tests.api.server import Server, answer, replay
from tests.services.conftest import Clock
from tests.shared import needs_shared

SOURCE = Raw(b'{"kind":"TrendsQuery","series":[]}')
DONE = {"results": [{"data": [1, 2]}], "last_refresh": "2026-11-23T12:00:00Z"}
FULL = {"query_status": {"id": "q", "error": True, "error_message": "concurrency_limit_exceeded"}}
STARTED = {"query_status": {"id": "mine", "complete": False}}
ENDED = {"query_status": {"id": "mine", "complete": True, "results": DONE}}


def ask(server, **more):
    stopped = []
    refresh = more.get("refresh", "blocking")
    asked = server.run(answered, 7, SOURCE, refresh=refresh, stop=stopped.append)
    assert not stopped
    return asked


def test_an_answer_comes_with_its_question():
    server = Server([answer(DONE)])
    found = ask(server)
    assert found.result != NULL
    assert found.query == SOURCE
    sent = json.loads(server.requests[0].content)
    assert sent["query"] == json.loads(bytes(SOURCE))
    assert sent["refresh"] == "blocking"
    assert sent["client_query_id"]


def test_a_full_organization_is_asked_again_later():
    server = Server([answer(FULL), answer(FULL), answer(DONE)])
    assert ask(server).result != NULL
    assert server.waits == list(BUSY_WAITS[:2])


def test_a_full_organization_is_left_alone_in_the_end():
    server = Server([answer(FULL)] * (len(BUSY_WAITS) + 1))
    assert failure_of(ask(server)).cause is Cause.RATE_LIMITED


def test_what_takes_too_long_for_one_call_is_polled():
    late = answer({"detail": "too long"}, 504)
    server = Server([late, answer(STARTED, 202), answer(STARTED, 202), answer(ENDED)])
    assert ask(server).result != NULL
    assert [one.split()[0] for one in server.asked] == ["POST", "POST", "GET", "GET"]
    bodies = [json.loads(one.content) for one in server.requests[:2]]
    assert [one["refresh"] for one in bodies] == ["blocking", "force_async"]
    assert bodies[0]["client_query_id"] == bodies[1]["client_query_id"]


@needs_shared
@pytest.mark.parametrize("name", ["error_query_extra_field", "error_query_hogql_type_mismatch"])
def test_a_refusal_is_told_and_not_repeated(name):
    server = Server([replay(name)])
    with pytest.raises(InvalidRequestError):
        ask(server)


def test_other_trouble_of_the_server_is_told():
    server = Server(lambda _request: answer({"detail": "broken"}, 500))
    with pytest.raises(ServerError):
        ask(server)


def test_who_does_not_wait_any_more_lets_the_server_stop():
    stopped, told = [], []

    def never(request):
        told.append(json.loads(request.content)["client_query_id"])
        raise asyncio.CancelledError

    def stop(name):
        stopped.append(name)
        heard = asyncio.get_running_loop().create_future()
        heard.set_result(None)
        return heard

    with pytest.raises(asyncio.CancelledError):
        Server(never).run(answered, 7, SOURCE, refresh="blocking", stop=stop)
    assert stopped == told
    assert len(told) == 1


def test_sql_that_is_spared_does_not_hold_up_other_questions():
    governor = Governor(clock=Clock())
    throttled = answer({"code": "throttled", "detail": "no"}, 429, retry_after="3000")
    server = Server([throttled, answer(DONE)])

    async def run():
        async with server.client() as client:
            client.set_gate(governor)

            async def ask_for(source):
                return await answered(client, 7, source, refresh="blocking", stop=None)

            for _ in range(2):  # the second is not even sent
                with pytest.raises(RateLimitedError):
                    await ask_for(Raw(b'{"kind":"HogQLQuery","query":"select 1"}'))
            return await ask_for(SOURCE)

    assert asyncio.run(run()).result != NULL
    assert len(server.requests) == 2
