"""What happened between two lists of PostHog's alerts, and which of two tellings is newer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.alert_news import events_between, newest_alerts
from phdesk.models.alert import Alert

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CALM, FIRING = "Not firing", "Firing"


def at(hours):
    return None if hours is None else NOON + timedelta(hours=hours)


def alert(state=CALM, checked=0, told=None, **more):
    return Alert(
        id="a", state=state, last_checked_at=at(checked), last_notified_at=at(told), **more
    )


def kinds(before, after):
    return [event.kind for event in events_between(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (alert(), alert(FIRING, 1, 1), ["firing"]),
        (alert(FIRING, 0, 0), alert(CALM, 1, 0), ["resolved"]),
        (alert(), alert("Errored", 1), ["errored"]),
        (alert("Errored"), alert(CALM, 1), ["resolved"]),
        (alert(FIRING, 0, 0), alert(FIRING, 1, 0), []),
        (alert(FIRING, 0, 0), alert(FIRING, 2, 2), ["firing"]),
        (alert("Snoozed", 0, 0), alert(FIRING, 1, 1), ["firing"]),
        (alert(FIRING, 0, 0), alert("Snoozed", 0, 0), ["snoozed"]),
        (alert("Snoozed", 0, 0), alert(CALM, 1, 0), []),
        (alert(), alert("Firing in a new way", 1), []),
        (alert(FIRING, 0, 0), alert(CALM, 0, 0), ["closed"]),  # another rule: begins anew
        (alert(FIRING, 0, 0), alert(CALM, None, 0), ["closed"]),
        (alert(FIRING, 2, 2), alert(CALM, 1, 0), []),  # an older telling
        (alert(CALM, 2), alert(FIRING, 1, 1), []),
        (alert(), alert(FIRING, 1, 1, enabled=False), []),
        (alert(FIRING, 0, 0, enabled=False), alert(FIRING, 0, 0), ["firing"]),
        (alert(FIRING, 0, 0, enabled=False), alert(CALM, 1, 0), []),
        (alert(FIRING, 0, 0), alert(FIRING, 0, 0, enabled=False), ["closed"]),
        (alert("Errored"), alert("Errored", enabled=False), ["closed"]),
        (alert(), alert(enabled=False), []),
        (alert(FIRING, 1), alert(FIRING, 1, 2), []),  # told some time after its check
        (alert(FIRING, 1, 0), alert(FIRING, 1, 2), []),
        (alert(FIRING, 2, 2), alert("Snoozed", 1, 1), []),
    ],
)
def test_what_an_alert_did(before, after, found):
    assert kinds([before], [after]) == found


def test_an_alert_that_is_new_tells_when_it_fires_and_a_deleted_one_nothing():
    assert kinds([], [alert(FIRING, 1, 1)]) == ["firing"]
    assert kinds([], [alert()]) == []


def test_what_was_not_well_is_closed_when_it_is_deleted():
    assert kinds([alert(FIRING, 1, 1)], []) == ["closed"]
    assert kinds([alert()], []) == kinds([alert(FIRING, 1, 1, enabled=False)], []) == []


def test_what_fires_again_before_it_is_told_is_another_turn_than_the_one_told():
    (first,) = events_between([alert()], [alert(FIRING, 1, 1)])
    (again,) = events_between([alert(CALM, 2, 1)], [alert(FIRING, 3, 1)])
    assert first.id != again.id


@pytest.mark.parametrize("before", [alert("Snoozed", 1, 1), alert(FIRING, 1, 1, enabled=False)])
def test_what_fires_as_before_after_a_person_woke_it_is_no_finding_of_a_check(before):
    (event,) = events_between([before], [alert(FIRING, 1, 1)])
    assert (event.kind, event.by_hand) == ("firing", True)


def test_the_same_turn_has_the_same_id_whoever_looks_when():
    early, late = alert(FIRING, 1, 1), alert(FIRING, 3, 1)
    (one,), (other,) = events_between([alert()], [early]), events_between([alert()], [late])
    assert one.id == other.id
    (again,) = events_between([early], [alert(FIRING, 4, 4)])
    assert again.id != one.id


def test_the_oldest_turn_comes_first():
    after = [replace(alert(FIRING, 3, 3), id="b"), alert(FIRING, 1, 1)]
    assert [event.alert.id for event in events_between([], after)] == ["a", "b"]


@pytest.mark.parametrize(
    ("held", "came", "newest"),
    [
        (None, None, None),
        (None, (), ()),
        ((alert(),), None, (alert(),)),
        ((alert(),), (), ()),
        ((alert(CALM, 0),), (alert(FIRING, 1),), (alert(FIRING, 1),)),
        ((alert(FIRING, 1),), (alert(CALM, 0),), (alert(FIRING, 1),)),
        ((alert(FIRING, 1),), (alert(CALM, 1),), (alert(CALM, 1),)),  # as a person changed it
        ((alert(FIRING, 1),), (alert(CALM, None),), (alert(CALM, None),)),
        ((), (alert(),), (alert(),)),
        ((alert(CALM, 0, value=3),), (alert(FIRING, 0),), (alert(FIRING, 0, value=3),)),
        ((alert(CALM, 0, value=3),), (alert(FIRING, 1),), (alert(FIRING, 1),)),
    ],
)
def test_the_later_check_says_how_an_alert_stands(held, came, newest):
    assert newest_alerts(held, came) == newest


TELLING = st.builds(
    alert,
    st.sampled_from([CALM, FIRING, "Errored", "Snoozed"]),
    st.integers(0, 5),
    st.none() | st.integers(0, 5),
)


@given(st.lists(TELLING, max_size=8))
def test_no_turn_is_told_twice_in_whatever_order_lists_come(tellings):
    known, told = (), []
    for one in tellings:
        merged = newest_alerts(known, (one,))
        told += [event.id for event in events_between(known, merged) if not event.by_hand]
        assert not events_between(merged, merged)
        known = merged
    begun = [one for one in told if "/firing/" in one]
    notified = {one.last_notified_at for one in tellings}
    checked = {one.last_checked_at for one in tellings}
    assert len(set(begun)) <= len(notified | checked)
