"""What a watch would have told in the past."""

from datetime import timedelta

import pytest

from phdesk.core.watching.checking import Past
from phdesk.core.watching.conditions import Kept
from phdesk.core.watching.preview import preview
from phdesk.models.watch import Anomaly, Baseline, Bound
from tests.core.watching.making import DAY, NOON, daily, single, watch

NOTHING = Past()


def tried(condition, figure, past=NOTHING, **more):
    return preview(watch(condition, **more), figure, past, NOON, "UTC")


def test_each_complete_bucket_of_the_last_30_days_is_judged_when_it_ends():
    values = [500] * 20 + [5] * 10 + [500, 5, 500, 5, 5] + [5] * 5
    found = tried(Bound("above", 100), daily(*values, 999))
    assert [at.day for at in found.fired] == [14, 16]
    assert [at.day for at in found.marks] == [13, 15]  # the values that are too high
    assert found.sentence == "Would have told twice in the last 30 days."
    assert found.judged == 30


def test_what_stays_wrong_is_told_once():
    assert len(tried(Bound("above", 100), daily(*[5] * 10, *[500] * 10, 1)).fired) == 1


def test_so_many_checks_in_a_row_are_asked_for_here_too():
    values = [5] * 10 + [500, 5, 500, 500] + [5] * 5
    assert len(tried(Bound("above", 100), daily(*values, 1), checks=2).fired) == 1


def test_only_what_came_before_speaks_for_a_bucket():
    values = [200] * 20 + [84] + [200] * 9
    found = tried(Baseline(side="below", factor=0.5), daily(*values, 1))
    assert len(found.fired) == 1
    assert (found.unknown, found.judged) == (5, 30)
    assert found.sentence.endswith("in the last 30 days (25 of 30 days known).")


def test_a_snooze_and_being_off_do_not_matter():
    found = tried(Bound("above", 100), daily(5, 500, 1), enabled=False, snoozed_until=NOON + DAY)
    assert len(found.fired) == 1


def test_a_number_without_buckets_is_tried_on_earlier_results():
    kept = tuple(Kept(NOON - DAY * n, 500 if n in (3, 9) else 5) for n in range(40, 0, -1))
    found = tried(Bound("above", 100), single(7), Past(kept))
    assert [(NOON - at).days for at in found.fired] == [9, 3]
    assert found.of == "results"
    assert found.marks == found.fired


@pytest.mark.parametrize("condition", [Anomaly(), Baseline(side="above", factor=2)])
def test_without_history_nothing_is_promised(condition):
    found = tried(condition, daily(5, 7, 1))
    assert found.sentence == "Not enough history to say how often this would have told."


def test_hours_are_tried_by_the_hour():
    hours = daily(*[5] * 100, 500, 5, 1, step=timedelta(hours=1), interval="hour")
    found = tried(Bound("above", 100), hours)
    assert len(found.fired) == 1
    assert found.sentence.startswith("Would have told once in the last ")
