"""The client: when it tries again, how long it waits, and what it takes for an answer."""

import asyncio
import gzip

import httpx
import pytest

from phdesk.api import exchange
from phdesk.api.call import Call, Patience
from phdesk.api.client import Client
from phdesk.api.errors import (
    InvalidRequestError,
    NetworkError,
    NotPostHogError,
    RateLimitedError,
    ServerError,
    UnreadableError,
)
from phdesk.api.gate import Purpose
from tests.api.calls import ask, read
from tests.api.server import HOST, KEY, Server, answer, replay
from tests.shared import needs_shared


def test_a_busy_server_is_asked_again_after_growing_waits():
    server = Server([answer({}, 503), answer({}, 502), answer({}, 504), answer([1])])
    assert server.run(read) == b"[1]"
    assert server.waits == [1.2, 2.4, 4.8]


@needs_shared
def test_retry_after_is_obeyed_when_it_is_short():
    server = Server([replay("error_throttled_dashboards"), replay("dashboards_list")])
    server.run(read)
    assert server.waits == [44.0]


@needs_shared
def test_an_hour_is_not_waited_but_told():
    server = Server([replay("error_throttled_query")])
    with pytest.raises(RateLimitedError) as caught:
        server.run(ask)
    assert caught.value.failure.retry_after == 3593.0
    assert server.waits == []


def test_a_refusal_is_not_repeated():
    server = Server([answer({"type": "validation_error", "code": "x", "detail": "No."}, 400)])
    with pytest.raises(InvalidRequestError, match=r"No\."):
        server.run(read)
    assert server.waits == []


def test_a_server_error_is_tried_once_more():
    server = Server([answer({}, 500), answer({}, 500)])
    with pytest.raises(ServerError):
        server.run(read)
    assert server.waits == [5.0]


FAULTS = [
    (httpx.ConnectError("no"), NetworkError, "cannot be reached"),
    (httpx.ConnectTimeout("no"), NetworkError, "no connection in time"),
    (httpx.ReadTimeout("no"), NetworkError, "did not answer in time"),
    (httpx.ReadError("no"), NetworkError, "broke"),
    (httpx.RemoteProtocolError("no"), NetworkError, "broke"),
    (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]"), NetworkError, "is not trusted"),
    (httpx.ConnectError("[SSL: WRONG_VERSION_NUMBER] wrong"), NetworkError, "try http://"),
    (httpx.DecodingError("no"), UnreadableError, "is damaged"),
]


@pytest.mark.parametrize(
    ("fault", "kind", "words"), FAULTS, ids=[type(fault).__name__ for fault, _, _ in FAULTS]
)
def test_no_answer_is_told_in_a_sentence(fault, kind, words):
    def fail(request):
        raise fault

    server = Server(fail)
    with pytest.raises(kind, match=words):
        server.run(read)
    assert server.waits == ([1.2, 2.4] if kind is NetworkError else [])


def test_a_web_page_instead_of_the_api_is_told_at_once():
    page = httpx.Response(200, headers={"content-type": "text/html"}, content=b"<html>Hotel</html>")
    with pytest.raises(NotPostHogError, match="A web page answered"):
        Server([page]).run(read)


def test_a_packed_answer_is_unpacked():
    packed = httpx.Response(
        200, headers={"content-encoding": "gzip"}, content=gzip.compress(b"[1]")
    )
    assert Server([packed]).run(read) == b"[1]"


def test_an_answer_that_says_it_is_far_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(exchange, "LARGEST_BODY", 1024 * 1024)
    told = httpx.Response(200, headers={"content-length": str(100 << 20)}, content=b"[1]")
    with pytest.raises(UnreadableError, match="larger than 1 MB"):
        Server([told]).run(read)


@pytest.mark.parametrize(
    ("trouble", "blocking", "kind"),
    [
        (httpx.ReadTimeout("no"), True, ServerError),
        (httpx.ReadTimeout("no"), False, NetworkError),
        (httpx.ConnectTimeout("no"), True, NetworkError),
    ],
    ids=["calculates too long", "says nothing", "not there"],
)
def test_a_server_that_calculates_too_long_is_not_taken_for_one_that_is_away(
    trouble, blocking, kind
):
    def route(_request):
        raise trouble

    with pytest.raises(kind):
        Server(route).run(Client.send, Call(path="/api/", blocking=blocking))


def test_a_calculation_that_took_too_long_is_not_asked_for_again():
    server = Server(lambda _request: httpx.Response(504, json={}))
    with pytest.raises(ServerError):
        server.run(Client.send, Call(path="/api/", blocking=True))
    assert len(server.requests) == 1


def test_an_answer_that_never_ends_is_given_up_as_a_whole():
    async def drip():
        while True:
            await asyncio.sleep(0.01)
            yield b" "

    def route(_request):
        return httpx.Response(200, content=drip())

    async def main():
        transport = httpx.MockTransport(route)
        haste = Patience(read=5, whole=0.05)
        server = Server(route)
        client = Client(HOST, KEY, transport=transport, patience=haste, sleep=server.sleep)
        async with client:
            await client.get("/api/")

    with pytest.raises(NetworkError, match="did not answer in time"):
        asyncio.run(main())


class Turnstile:
    """A gate that lets all through, and notes what passes."""

    def __init__(self):
        self.seen = []

    async def enter(self, passage):
        self.seen.append(("in", passage.path))
        return len(self.seen)

    def leave(self, _number, _passage, failure):
        self.seen.append(("out", failure.status if failure else None))


def test_each_try_of_a_call_passes_the_gate_and_says_how_it_ended():
    gate, server = Turnstile(), Server([answer({}, 503), answer({"id": 7})])

    async def main():
        async with server.client() as client:
            client.set_gate(gate)
            await client.on_behalf(Purpose(background=True)).in_project(7, Call(path="x/"))

    asyncio.run(main())
    assert gate.seen == [("in", "x/"), ("out", 503), ("in", "x/"), ("out", None)]


def test_an_endless_answer_is_given_up(monkeypatch):
    monkeypatch.setattr(exchange, "LARGEST_BODY", 1024 * 1024)
    packed = httpx.Response(
        200, headers={"content-encoding": "gzip"}, content=gzip.compress(b" " * (2 * 1024 * 1024))
    )
    with pytest.raises(UnreadableError, match="larger than 1 MB"):
        Server([packed]).run(read)
