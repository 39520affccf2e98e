"""What comes of a server nobody chose stays within its limit, also while it is unpacked."""

import asyncio
import gzip
import tracemalloc

import httpx
import pytest

from phdesk.api import remote_text, shared_page
from phdesk.api.errors import InvalidRequestError, UnreadableError
from tests.api.server import Server

MEGABYTE = 1024 * 1024
PAGE = b'{"insight": {"id": 5, "name": "Sign-ups", "result": [1]}}'


def packed(data, times=1):
    for _ in range(times):
        data = gzip.compress(data, mtime=0)
    return data


class Wire(httpx.AsyncByteStream):
    """Comes in parts, and is not read before somebody asks for it."""

    def __init__(self, body):
        self._body = body

    async def __aiter__(self):
        for start in range(0, len(self._body), 4096):
            yield self._body[start : start + 4096]


def sent(body, encoding):
    headers = {"content-encoding": encoding} if encoding else {}
    return httpx.Response(200, headers=headers, stream=Wire(body))


def fetch(*routes):
    server = Server(list(routes))
    transport = httpx.MockTransport(server)
    return asyncio.run(shared_page.fetch("https://h.example", "tok1", transport=transport)), server


@pytest.mark.parametrize(("encoding", "times"), [("", 0), ("identity", 0), ("gzip", 1)])
def test_a_page_is_read_as_it_is_packed(encoding, times):
    found, server = fetch(sent(packed(PAGE, times), encoding))
    assert found.insight.name == "Sign-ups"
    assert server.requests[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "zstd", "deflate", "gzip,identity"])
def test_other_ways_of_packing_are_refused_unread(encoding):
    with pytest.raises(UnreadableError, match="packs its answer in a way"):
        fetch(sent(packed(PAGE, 2), encoding))


def test_a_page_that_swells_takes_no_more_than_the_limit(monkeypatch):
    monkeypatch.setattr(shared_page, "LARGEST", MEGABYTE)
    bomb = packed(b" " * 40 * MEGABYTE)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableError, match="larger than 1 MB"):
            fetch(sent(bomb, "gzip"))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 6 * MEGABYTE


@pytest.mark.parametrize("body", [packed(PAGE)[:-9], b"not packed at all"])
def test_what_cannot_be_unpacked_is_no_page(body):
    with pytest.raises(UnreadableError, match=r"ends too early|cannot be unpacked"):
        fetch(sent(body, "gzip"))


def test_the_file_of_walls_stays_within_its_limit_too():
    server = Server([sent(packed(b"#" * 40 * MEGABYTE), "gzip")])
    with pytest.raises(UnreadableError):
        asyncio.run(
            remote_text.fetch("https://h.example/w.toml", transport=httpx.MockTransport(server))
        )


@pytest.mark.parametrize(
    "place",
    ["https://127.0.0.1:8443/x", "https://192.168.0.1/admin", "https://169.254.169.254/latest",
     "https://[::1]/", "https://localhost./", "https://router.local/", "https://2130706433/",
     "https://0x7f.1/", "https://[::ffff:10.0.0.1]/"],
)  # fmt: skip
def test_no_link_leads_into_a_network_of_ones_own(place):
    seen = []

    def answer(request):
        seen.append(request.url.host)
        return httpx.Response(302, headers={"location": place})

    with pytest.raises(InvalidRequestError, match=r"your own network|no use"):
        asyncio.run(
            shared_page.fetch("https://h.example", "tok1", transport=httpx.MockTransport(answer))
        )
    assert seen == ["h.example"]


def test_within_it_links_are_followed():
    there = httpx.Response(302, headers={"location": "https://10.0.0.2/shared/tok1.json"})
    server = Server([there, sent(PAGE, "")])
    found = asyncio.run(
        shared_page.fetch("https://10.0.0.1", "tok1", transport=httpx.MockTransport(server))
    )
    assert found.insight.name == "Sign-ups"
