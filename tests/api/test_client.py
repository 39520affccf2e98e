"""The client: where it goes, what it takes along, and what it tells."""

import asyncio
import gc
import http.server
import logging
import ssl
import sys
import threading
import traceback
from contextlib import suppress

import httpx
import pytest

from phdesk.api import exchange
from phdesk.api.call import Call
from phdesk.api.client import Client
from phdesk.api.errors import (
    ApiError,
    NetworkError,
    NotFoundError,
    NotPostHogError,
    WrongKeyError,
)
from tests.api.calls import PATH, ask, read
from tests.api.server import HOST, KEY, Server, answer


def test_a_call_takes_the_key_as_bearer_and_nothing_else():
    server = Server([answer({}, set_cookie="sessionid=1"), answer({})])

    async def twice(client):
        await read(client)
        await read(client)

    server.run(twice)
    for request in server.requests:
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert request.headers["user-agent"].startswith("phdesk/")
        assert "gzip" in request.headers["accept-encoding"]
        assert "cookie" not in request.headers
        assert KEY not in str(request.url)


SAME = [
    (HOST, 307, f"{HOST}/elsewhere/"),
    (HOST, 308, "/elsewhere/"),
    (HOST, 302, "/elsewhere/"),
    (HOST, 301, "https://ada:pw@posthog.example.com:443/elsewhere/"),
    ("http://posthog.example.com", 301, "https://posthog.example.com/elsewhere/"),
    ("http://posthog.example.com:8000", 308, "https://posthog.example.com:8000/elsewhere/"),
]


@pytest.mark.parametrize(("host", "status", "location"), SAME, ids=str)
def test_redirects_within_the_server_are_followed_with_the_key(host, status, location):
    server = Server([answer({}, status, location=location), answer([1])])
    assert server.run(read, host=host) == b"[1]"
    assert server.asked[1] == "GET /elsewhere/"
    assert server.requests[1].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirected_post_keeps_method_and_body(status):
    server = Server([answer({}, status, location="/elsewhere/"), answer({})])
    server.run(ask)
    assert server.asked[1] == "POST /elsewhere/"
    assert server.requests[1].content == b"{}"


OTHER = [
    "https://evil.example.com/api/",
    "//evil.example.com/",
    "https://posthog.example.com.evil.example.com/",
    "https://posthog.example.com@evil.example.com/",
    "https://posthog.example.com:8443/",
    "http://posthog.example.com/",
    "ftp://posthog.example.com/",
]


@pytest.mark.parametrize("location", OTHER)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_key_never_follows_a_redirect_to_another_server(location, status):
    server = Server([answer({}, status, location=location)])
    with pytest.raises(NotPostHogError, match="the key was not sent there"):
        server.run(read)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("https://login.example.org/x", "https://login.example.org"),
        ("https://posthog.example.com:8443/", "https://posthog.example.com:8443"),
        ("http://posthog.example.com/", "http://posthog.example.com"),
    ],
    ids=["host", "port", "scheme"],
)
def test_a_redirect_to_another_server_names_what_differs(location, place):
    server = Server([answer({}, 302, location=location)])
    with pytest.raises(NotPostHogError) as caught:
        server.run(read)
    words = f"https://posthog.example.com sends calls on to {place}; the key was not sent there."
    assert str(caught.value) == words


@pytest.mark.parametrize(
    "location",
    [
        f"http://{KEY}.evil.example.com/",
        f"https://evil.example.com/?key={KEY.upper()}",
        f"/api/somewhere/?key={KEY}",
        f"/api/{KEY.replace('_', '%5f')}/",
    ],
    ids=["host", "other server", "same server", "escaped"],
)
def test_a_redirect_to_an_address_with_the_key_is_refused_without_quoting_it(location):
    server = Server([answer({}, 302, location=location), answer([])])
    with pytest.raises(NotPostHogError) as caught:
        server.run(read)
    assert len(server.requests) == 1
    assert KEY.lower() not in everything_about(caught.value).lower()


@pytest.mark.parametrize("echo", [KEY, KEY.lower(), KEY.upper()], ids=["same", "lower", "upper"])
def test_a_key_that_is_sent_back_is_not_quoted(echo):
    server = Server([answer({"type": "x", "code": "y", "detail": f"bad {echo}"}, 400)])
    with pytest.raises(ApiError) as caught:
        server.run(read)
    assert echo not in everything_about(caught.value)
    assert "[key]" in caught.value.failure.detail


def test_a_post_is_not_turned_into_something_else():
    server = Server([answer({}, 302, location="/elsewhere/")])
    with pytest.raises(NotPostHogError):
        server.run(ask)
    assert len(server.requests) == 1


def test_redirects_in_a_circle_end():
    server = Server(lambda _: answer({}, 302, location=PATH))
    with pytest.raises(NotPostHogError, match="round in circles"):
        server.run(read)
    assert len(server.requests) == exchange.MOST_REDIRECTS + 1


def old_server(request):
    """Answer as a server whose dashboards are found only under the environment."""
    if request.url.path.startswith("/api/environments/1/dashboards/"):
        return answer({"results": []})
    return answer({"type": "invalid_request", "code": "not_found", "detail": "No."}, 404)


async def in_project(client, *paths):
    for path in paths:
        await client.in_project(1, Call(path=path))


def test_a_missing_collection_is_looked_for_under_the_environment_once():
    server = Server(old_server)
    server.run(in_project, "dashboards/", "dashboards/5/", "dashboards/")
    assert server.asked == [
        "GET /api/projects/1/dashboards/",
        "GET /api/environments/1/dashboards/",
        "GET /api/environments/1/dashboards/5/",
        "GET /api/environments/1/dashboards/",
    ]


def test_a_missing_object_is_not_looked_for_elsewhere():
    server = Server(old_server)
    with pytest.raises(NotFoundError):
        server.run(in_project, "dashboards/5/")
    assert len(server.requests) == 1


def test_a_collection_that_is_nowhere_stays_not_found():
    server = Server(old_server)
    with pytest.raises(NotFoundError):
        server.run(in_project, "insights/")
    assert server.asked[1:] == ["GET /api/environments/1/insights/"]


@pytest.mark.parametrize("key", ["", "  ", "phx_a b", "phx_a\nb", "phx_ä", "phx_\x00"], ids=repr)
def test_an_odd_key_is_refused_without_being_quoted(key):
    with pytest.raises(WrongKeyError) as caught:
        Client(HOST, key)
    assert str(caught.value) == "This is no key: a key is letters and digits without spaces."


def test_spaces_around_a_pasted_key_are_dropped():
    server = Server([answer({})])
    server.run(read, key=f"  {KEY}\n")
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def everything_about(error):
    """Return all text that hangs on an exception: words, causes, attributes, traceback."""
    parts = []
    while error is not None:
        parts += [str(error), repr(error), repr(vars(error)), repr(error.args)]
        parts += traceback.format_exception(error)
        error = error.__cause__ or error.__context__
    return "\n".join(parts)


def echoing(request):
    words = f"You sent {request.headers['authorization']}"
    return answer({"type": "validation_error", "code": "x", "detail": words}, 400)


def breaking(request):
    raise httpx.ReadError(f"broke while sending {request.headers['authorization']}")


def sent_on(request):
    return answer({}, 307, location="https://evil.example.com/")


@pytest.mark.parametrize("route", [echoing, breaking, sent_on])
def test_the_key_is_found_in_no_error_log_or_repr(route, caplog):
    caplog.set_level(logging.DEBUG)
    server = Server(route)
    with pytest.raises(ApiError) as caught:
        server.run(read)
    assert KEY not in everything_about(caught.value)
    assert KEY not in repr(caught.value.failure)
    assert KEY not in caplog.text


def test_the_client_itself_does_not_show_the_key():
    async def shown(client):
        return f"{client!r} {client} {client._exchange!r} {client._exchange._http!r}"

    assert KEY not in Server([]).run(shown)


class Refusing(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        data = b'{"type": "authentication_error", "code": "authentication_failed", "detail": ""}'
        self.send_response(401)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


def test_the_key_is_in_no_log_of_a_real_connection(caplog):
    caplog.set_level(logging.DEBUG)

    async def main(port):
        async with Client(f"http://127.0.0.1:{port}", KEY) as client:
            await read(client)

    with http.server.HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(WrongKeyError) as caught:
            asyncio.run(main(server.server_port))
        thread.join()
    assert "HTTP Request" in caplog.text
    assert KEY not in caplog.text
    assert KEY not in everything_about(caught.value)


async def answering(reader, writer):
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        await reader.read()  # until the client closes
    writer.close()


def test_closing_leaves_no_connection_open_that_was_still_being_made(monkeypatch):
    left = []
    monkeypatch.setattr(sys, "unraisablehook", left.append)  # hears of sockets nobody closed
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # for http: reads no certificates

    async def calls_and_closes(port, turns):
        transport = httpx.AsyncHTTPTransport(verify=trust)
        client = Client(f"http://127.0.0.1:{port}", KEY, transport=transport)
        calls = [asyncio.ensure_future(client.get(PATH)) for _ in range(3)]
        for _ in range(turns):
            await asyncio.sleep(0)
        await client.close()
        done, late = await asyncio.wait(calls, timeout=5)
        assert not late
        return [one.cancelled() for one in done]

    async def main():
        server = await asyncio.start_server(answering, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return [await calls_and_closes(port, turns) for turns in range(8)]

    ended = asyncio.run(main())
    gc.collect()
    assert ended == [[True] * 3] * 8
    assert left == []


def test_after_the_end_nothing_is_asked():
    server = Server([])

    async def late():
        client = server.client()
        await client.close()
        await client.get(PATH)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(late())
    assert server.requests == []


def test_a_server_that_is_not_there_is_told():
    with http.server.HTTPServer(("127.0.0.1", 0), Refusing) as server:
        port = server.server_port

    async def no_wait(seconds):
        return None

    async def main():
        async with Client(f"http://127.0.0.1:{port}", KEY, sleep=no_wait) as client:
            await read(client)

    with pytest.raises(NetworkError, match=r"127\.0\.0\.1 cannot be reached"):
        asyncio.run(main())


@pytest.mark.parametrize(
    ("method", "outcome", "unsent"),
    [
        ("PATCH", httpx.ConnectError("refused"), True),
        ("PATCH", httpx.ConnectTimeout("slow"), True),
        ("PATCH", httpx.ReadTimeout("slow"), False),
        ("PATCH", httpx.ReadError("reset"), False),
        ("PATCH", httpx.WriteError("reset"), False),
        ("PATCH", answer({}, 502), False),
        ("GET", httpx.ReadError("reset"), True),
        ("GET", answer({}, 403), True),
    ],
    ids=str,
)
def test_a_failure_tells_whether_anything_can_have_been_changed(method, outcome, unsent):
    def happens(_request):
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def change(client):
        await client.send(Call(method=method, path=PATH, body=b"{}"))

    with pytest.raises(ApiError) as caught:
        Server(happens).run(change)
    assert caught.value.failure.unsent is unsent
