"""A server may say until when to wait, by its own clock."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phdesk.api.errors import RateLimitedError
from phdesk.api.retry_after import WEEK, in_seconds
from tests.api.calls import read
from tests.api.server import Server, answer

NOW = datetime(2026, 10, 21, 7, 0, tzinfo=UTC)
LATER = "Wed, 21 Oct 2026 07:28:00 GMT"
SOON = str(28 * 60)

CASES = [
    pytest.param({"retry-after": LATER}, SOON, id="by our clock"),
    pytest.param(
        {"retry-after": LATER, "date": "Wed, 21 Oct 2026 07:27:50 GMT"},
        "10",
        id="by the server's clock",
    ),
    pytest.param({"retry-after": LATER, "date": "yesterday"}, SOON, id="the server's is nonsense"),
    pytest.param({"retry-after": "Wednesday, 21-Oct-26 07:28:00 GMT"}, SOON, id="RFC 850"),
    pytest.param({"retry-after": "Wed Oct 21 07:28:00 2026"}, SOON, id="asctime"),
    pytest.param({"retry-after": "Wed, 21 Oct 2026 09:28:00 +0200"}, SOON, id="a zone"),
]


@pytest.mark.parametrize(("headers", "seconds"), CASES)
def test_a_date_is_written_as_seconds(headers, seconds):
    assert in_seconds(headers, NOW) == {**headers, "retry-after": seconds}


def test_a_part_of_a_second_is_waited_whole():
    assert in_seconds({"retry-after": LATER}, NOW.replace(microsecond=1))["retry-after"] == SOON


LEFT = [
    pytest.param("42", id="seconds"),
    pytest.param("0", id="no wait"),
    pytest.param("Wed, 21 Oct 2026 07:00:00 GMT", id="is now"),
    pytest.param("Wed, 21 Oct 2026 06:59:59 GMT", id="has passed"),
    pytest.param("Thu, 21 Oct 2027 07:28:00 GMT", id="in a year"),
    pytest.param("Wed, 41 Oct 2026 07:28:00 GMT", id="no such day"),
    pytest.param("Wed, 21 Oct 99999999999999999999 07:28:00 GMT", id="no such year"),
    pytest.param(LATER + " " * 9 + "x" * 60, id="long"),
    pytest.param("", id="empty"),
]


@pytest.mark.parametrize("said", LEFT)
def test_what_is_no_date_to_come_is_left_as_it_is(said):
    headers = {"retry-after": said, "x": "y"}
    assert in_seconds(headers, NOW) == headers
    assert in_seconds({"x": "y"}, NOW) == {"x": "y"}


@given(st.integers(1, WEEK), st.integers(-(10**6), 10**6))
def test_by_the_clock_of_the_server_ours_does_not_matter(seconds, wrong):
    written = [format_datetime(NOW + timedelta(seconds=each), usegmt=True) for each in (0, seconds)]
    headers = dict(zip(("date", "retry-after"), written, strict=True))
    assert in_seconds(headers, NOW + timedelta(seconds=wrong))["retry-after"] == str(seconds)


@example("Mon, 1 Jan 0001 00:00:00 +2359")
@example("Fri, 31 Dec 9999 23:59:59 -2359")
@example("1 Jan 2026 00:00:00 +99999999")
@given(st.text(max_size=64))
def test_whatever_is_said_it_stays_or_becomes_seconds_within_bounds(text):
    for headers in ({"retry-after": text}, {"retry-after": LATER, "date": text}):
        found = in_seconds(headers, NOW)["retry-after"]
        assert found == headers["retry-after"] or 0 < int(found) <= WEEK


def test_an_hour_until_a_date_is_not_waited_but_told():
    server = Server([answer({}, 429, Retry_After=LATER, Date="Wed, 21 Oct 2026 06:28:00 GMT")])
    with pytest.raises(RateLimitedError, match="60 minutes") as caught:
        server.run(read)
    assert (caught.value.failure.retry_after, server.waits) == (3600.0, [])


def test_a_date_that_has_passed_leaves_the_usual_waits():
    server = Server([answer({}, 429, Retry_After=LATER), answer([1])])
    server.now = datetime(2026, 10, 21, 8, tzinfo=UTC)
    assert server.run(read) == b"[1]"
    assert server.waits == [1.2]


def test_a_client_waits_until_a_date_that_is_near():
    busy = answer({}, 429, Retry_After=LATER, Date="Wed, 21 Oct 2026 07:27:50 GMT")
    server = Server([busy, answer([1])])
    assert server.run(read) == b"[1]"
    assert server.waits == [10.0]


def test_a_client_goes_by_its_own_clock_where_the_server_has_none():
    server = Server([answer({}, 503, Retry_After=LATER), answer([1])])
    server.now = datetime(2026, 10, 21, 7, 27, 30, tzinfo=UTC)
    assert server.run(read) == b"[1]"
    assert server.waits == [30.0]
