"""Only what changes nothing is asked again, and only where that may help."""

import pytest

from phdesk.api.retry import is_repeatable, next_wait
from phdesk.models.failure import Cause, Failure

QUERY = "/api/projects/1/query/"
DASHBOARDS = "/api/projects/1/dashboards/"


def failure(status, retry_after=None, cause=Cause.SERVER):
    return Failure(cause=cause, message="x", status=status, retry_after=retry_after)


def middle():
    return 0.5


REPEATABLE = [
    ("GET", DASHBOARDS, True),
    ("POST", QUERY, True),
    ("POST", "/api/projects/1/query", True),
    ("POST", DASHBOARDS, False),
    ("POST", "/api/projects/1/query/upgrade/", False),
    ("PATCH", DASHBOARDS, False),
    ("DELETE", "/api/projects/1/query/x/", False),
]


@pytest.mark.parametrize(("method", "path", "expected"), REPEATABLE, ids=str)
def test_only_calls_that_change_nothing_are_repeated(method, path, expected):
    assert is_repeatable(method, path) is expected
    assert (next_wait(method, path, 1, failure(503), middle) is not None) is expected


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 409, 413, 512, 418])
def test_refusals_are_never_repeated(status):
    assert next_wait("GET", DASHBOARDS, 1, failure(status), middle) is None


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_waits_double_and_end_after_five_tries(status):
    waits = [next_wait("GET", DASHBOARDS, n, failure(status), middle) for n in range(1, 6)]
    assert waits == [1.2, 2.4, 4.8, 9.6, None]


def test_a_500_is_tried_once_more_and_later():
    waits = [next_wait("GET", DASHBOARDS, n, failure(500), middle) for n in (1, 2)]
    assert waits == [5.0, None]


def test_a_lost_connection_is_tried_three_times():
    lost = failure(None, cause=Cause.NETWORK)
    waits = [next_wait("GET", DASHBOARDS, n, lost, middle) for n in (1, 2, 3)]
    assert waits == [1.2, 2.4, None]


@pytest.mark.parametrize(
    ("asked", "wait"), [(0.0, 0.0), (7.0, 7.0), (60.0, 60.0), (61.0, None), (3593.0, None)], ids=str
)
def test_the_server_says_how_long_and_an_hour_is_not_waited(asked, wait):
    assert next_wait("GET", DASHBOARDS, 1, failure(429, asked), middle) == wait


def test_waits_are_spread_by_a_fifth():
    ends = (lambda: 0.0, lambda: 1.0)
    spread = [next_wait("GET", DASHBOARDS, 1, failure(503), end) for end in ends]
    assert spread == pytest.approx([0.96, 1.44])
