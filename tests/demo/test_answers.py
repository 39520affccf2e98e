"""How long an answer of the demo counts as fresh."""

from datetime import timedelta

import pytest

from phdesk.demo.answers import Answer
from tests.demo.conftest import NOW

DAILY = {"kind": "TrendsQuery", "interval": "day", "dateRange": {"date_from": "-30d"}}
TABLE = {"kind": "EventsQuery"}


@pytest.mark.parametrize(
    ("query", "fresh", "old", "again"),
    [
        (DAILY, None, timedelta(hours=2), timedelta(minutes=15)),
        (TABLE, None, timedelta(minutes=1), timedelta(minutes=1)),
        (DAILY, timedelta(minutes=8), timedelta(minutes=8), timedelta(minutes=8)),
        (DAILY, timedelta(minutes=20), timedelta(minutes=20), timedelta(minutes=15)),
    ],
)
def test_an_answer_is_old_by_its_query_unless_all_are_after_the_same_time(query, fresh, old, again):
    made = Answer("key", query, {}, NOW, fresh)
    assert (made.stale_at() - NOW, made.next_allowed() - NOW) == (old, again)
