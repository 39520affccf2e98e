"""A description of screens is read over https, with a limit on everything."""

import asyncio

import httpx
import pytest

from phdesk.api.errors import (
    ApiError,
    ForbiddenError,
    InvalidRequestError,
    NetworkError,
    NotFoundError,
    ServerError,
    UnreadableError,
)
from phdesk.api.remote_text import LARGEST, Fetched, fetch

HERE = "https://config.example.org/walls.toml?signed=secret"


def read(answer, address=HERE, etag=""):
    asked = []

    def respond(request):
        asked.append(request)
        given = answer(request) if callable(answer) else answer
        if isinstance(given, Exception):
            raise given
        return given

    found = asyncio.run(fetch(address, etag, transport=httpx.MockTransport(respond)))
    return found, asked


def test_what_is_there_comes_with_its_mark():
    found, (request,) = read(httpx.Response(200, text="poll = '1m'", headers={"ETag": '"7"'}))
    assert found == Fetched(b"poll = '1m'", '"7"')
    assert "If-None-Match" not in request.headers
    assert "Authorization" not in request.headers


def test_what_is_as_it_was_is_not_sent_again():
    found, (request,) = read(httpx.Response(304), etag='"7"')
    assert found.data is None
    assert request.headers["If-None-Match"] == '"7"'


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (httpx.Response(404), NotFoundError, "There is nothing at config.example.org/walls.toml"),
        (httpx.Response(403), ForbiddenError, "may not be read from here (HTTP 403)."),
        (httpx.Response(503), ServerError, "has trouble of its own (HTTP 503)."),
        (httpx.Response(204), InvalidRequestError, "refuses (HTTP 204)."),
        (httpx.Response(200, text=" <!doctype html>"), UnreadableError, "answers with a web page"),
        (httpx.Response(200, content=b"#" * (LARGEST + 1)), UnreadableError, "larger than 1024 kB"),
        (httpx.ConnectError("no such name"), NetworkError, "config.example.org is out of reach."),
        (httpx.ReadTimeout("slow"), NetworkError, "did not answer in time."),
        (
            httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate"),
            NetworkError,
            "The certificate of config.example.org is not trusted by this computer.",
        ),
        (
            httpx.ConnectError("[SSL: WRONG_VERSION_NUMBER] wrong version number"),
            NetworkError,
            "config.example.org does not speak https at this port.",
        ),
        (httpx.RemoteProtocolError("cut off"), NetworkError, "is out of reach."),
    ],
)
def test_what_cannot_be_had_is_told_without_what_is_secret_in_the_address(answer, error, words):
    with pytest.raises(error) as caught:
        read(answer)
    assert words in caught.value.failure.message
    assert "secret" not in str(caught.value.failure)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://config.example.org/walls.toml", "is asked over https only"),
        ("https://ada:secret@config.example.org/", "An address with a password in it"),
        ("ftp://config.example.org/", "must begin with https://"),
        ("https:///walls.toml", "must begin with https://"),
        ("https://[::1/walls", "not the address of a file"),
        ("https://a:99999999/", "not the address of a file"),
    ],
)
def test_an_address_that_is_not_safe_is_never_asked(address, words):
    with pytest.raises(InvalidRequestError) as caught:
        read(httpx.Response(200), address)
    assert words in caught.value.failure.message
    assert "secret" not in caught.value.failure.message


def test_this_computer_may_be_asked_over_http():
    found, _ = read(httpx.Response(200, text="x"), "http://127.0.0.1:8000/walls.toml")
    assert found.data == b"x"


def moved(location):
    return httpx.Response(302, headers={"Location": location})


def test_a_redirect_to_https_is_followed():
    def answer(request):
        return moved("https://cdn.example.org/x") if "config" in str(request.url) else ok

    ok = httpx.Response(200, text="x")
    found, asked = read(answer)
    assert found.data == b"x"
    assert [request.url.host for request in asked] == ["config.example.org", "cdn.example.org"]


@pytest.mark.parametrize("location", ["http://cdn.example.org/x", "http://127.0.0.1/x", "", "//["])
def test_a_redirect_to_anything_else_is_not(location):
    with pytest.raises(InvalidRequestError):
        read(moved(location))


def test_redirects_come_to_an_end():
    with pytest.raises(ApiError) as caught:
        read(moved("https://config.example.org/again"))
    assert "round in circles" in caught.value.failure.message
