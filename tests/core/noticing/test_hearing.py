"""Which events a program hears: each, in order; of quiet hours the last of each alert."""

from datetime import UTC, timedelta

from phdesk.core.noticing.hearing import to_hear
from phdesk.core.noticing.rules import Rules
from phdesk.core.wall.values import hours
from phdesk.models.notice import Kept
from tests.store.noticed import NOW, notice

NIGHT = Rules(quiet=(hours("22:00-07:00"),))
EVENING = NOW.replace(hour=23, minute=0)
MORNING = EVENING + timedelta(hours=9)


def kept(number, subject="signups", found=NOW, **more):
    return Kept(number=number, notice=notice(f"n{number}", subject, **more), found=found)


def heard(waiting, rules=Rules(), now=NOW):  # noqa: B008  frozen
    due = to_hear(waiting, rules, now, UTC)
    return [one.number for one in due.kept], due.passed, due.again


def test_all_are_heard_in_their_order_also_what_is_known_or_well_again():
    waiting = [kept(1), kept(2, kind="resolved"), kept(3, "errors")]
    assert heard(waiting) == ([1, 2, 3], (), None)


def test_what_waited_for_a_day_is_no_news():
    waiting = [kept(1, found=NOW - timedelta(days=1, minutes=1)), kept(2)]
    assert heard(waiting) == ([2], ("n1",), None)


def test_in_quiet_hours_nothing_is_heard_but_a_trial():
    waiting = [kept(1, found=EVENING), kept(2, "trial", found=EVENING, kind="test")]
    numbers, passed, again = heard(waiting, NIGHT, EVENING)
    assert (numbers, passed) == ([2], ())
    assert again == EVENING + timedelta(hours=8)


def test_after_them_the_last_event_of_each_alert_is():
    waiting = [
        kept(1, found=EVENING),
        kept(2, "errors", found=EVENING),
        kept(3, found=EVENING, kind="resolved"),
        kept(4, "errors", found=MORNING),
        kept(5, "errors", found=MORNING),
    ]
    assert heard(waiting, NIGHT, MORNING) == ([3, 4, 5], ("n1", "n2"), None)
