import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.budget import MINUTE, Moment
from phdesk.core.pacing import FLOOR, JITTER, Conditions, Pacer, Wishes, interval, pause, woke

FREE = Conditions()
HIDDEN = Conditions(hidden=True)
USUAL = Wishes()


class Hand:
    """A pacer whose clocks are moved by hand, in ticks as the app makes them."""

    def __init__(self, wishes=USUAL, chance=0.5):
        self.wall, self.steady = 1e9, 100.0
        self.pacer = Pacer(lambda: chance)
        self.pacer.set_wishes(wishes, self.moment)
        self.pacer.restart(self.moment)
        self.pacer.tick(self.moment, FREE)

    @property
    def moment(self):
        return Moment(self.wall, self.steady)

    def after(self, seconds, conditions=FREE, *, slept=0.0, counted=0.0):
        """Say whether it refreshes; a sleep that the steady clock counted only in part."""
        refreshed = False
        while seconds > 0:
            step = min(seconds, 15)
            self.wall, self.steady, seconds = self.wall + step, self.steady + step, seconds - step
            refreshed |= self.pacer.tick(self.moment, conditions)
        if slept:
            self.wall, self.steady = self.wall + slept, self.steady + counted
            refreshed |= self.pacer.tick(self.moment, conditions)
        return refreshed


def test_every_thirty_minutes_something_is_refreshed():
    hand = Hand()
    assert not hand.after(29 * MINUTE)
    assert hand.after(MINUTE)
    assert not hand.after(29 * MINUTE)


@pytest.mark.parametrize(("minutes", "seconds"), [(0, 0), (-1, 0), (1, 300), (5, 300), (60, 3600)])
def test_no_interval_is_shorter_than_five_minutes(minutes, seconds):
    assert interval(Wishes(minutes=minutes)) == seconds


@given(st.floats(0, 1), st.integers(1, 600))
def test_the_interval_differs_by_a_tenth_at_most(chance, minutes):
    hand = Hand(Wishes(minutes=minutes), chance)
    length = max(FLOOR, minutes) * MINUTE
    assert abs(hand.pacer.due - hand.wall - length) <= JITTER * length + 1e-6


@pytest.mark.parametrize(
    ("conditions", "wishes", "why"),
    [
        (FREE, Wishes(), ""),
        (FREE, Wishes(minutes=0), "off"),
        (HIDDEN, Wishes(), "the window is hidden"),
        (Conditions(offline=True, hidden=True), Wishes(), "offline"),
        (Conditions(battery=True), Wishes(), ""),
        (Conditions(battery=True), Wishes(on_battery=False), "on battery"),
        (Conditions(metered=True), Wishes(), "the connection is metered"),
        (Conditions(metered=True), Wishes(on_metered=True), ""),
    ],
    ids=str,
)
def test_what_stands_against_a_refresh_is_said(conditions, wishes, why):
    assert pause(wishes, conditions) == why


def test_what_was_due_meanwhile_comes_as_soon_as_nothing_stands_against_it():
    hand = Hand()
    assert not hand.after(45 * MINUTE, HIDDEN)
    assert hand.after(15)
    assert not hand.after(15)


@pytest.mark.parametrize("counted", [0, 600], ids=["steady stood still", "steady ran on"])
def test_waking_up_refreshes_at_once(counted):
    hand = Hand()
    hand.after(5 * MINUTE)
    assert hand.after(0, slept=600, counted=counted)


def test_waking_up_right_after_a_refresh_does_not():
    hand = Hand()
    assert not hand.after(15, slept=40, counted=0)


@pytest.mark.parametrize("jump", [-86400, 86400], ids=["back", "ahead"])
def test_a_clock_that_was_set_refreshes_and_counts_anew(jump):
    hand = Hand()
    hand.after(5 * MINUTE)
    assert hand.after(0, slept=jump, counted=0)
    assert hand.pacer.due - hand.wall == 30 * MINUTE
    assert hand.after(30 * MINUTE)


def test_another_interval_counts_from_now_and_never_is_never():
    hand = Hand()
    hand.after(25 * MINUTE)
    hand.pacer.set_wishes(Wishes(minutes=10), hand.moment)
    assert not hand.after(9 * MINUTE)
    assert hand.after(MINUTE)
    hand.pacer.set_wishes(Wishes(minutes=0), hand.moment)
    assert hand.pacer.due is None
    assert not hand.after(90 * MINUTE)


def test_nothing_open_plans_nothing():
    hand = Hand()
    hand.pacer.stop()
    assert not hand.after(90 * MINUTE)


@given(st.floats(0, 89), st.floats(-29, 29))
def test_a_usual_tick_is_no_sleep(seconds, drift):
    assert not woke(Moment(0, 0), Moment(seconds + drift, seconds))


times = st.lists(
    st.tuples(st.floats(0, 80), st.booleans(), st.sampled_from([0.0, 0.0, 0.0, 7200.0, -7200.0])),
    max_size=200,
)


@given(times)
def test_between_two_refreshes_lie_minutes_unless_the_machine_slept(steps):
    hand, last = Hand(Wishes(minutes=5)), 0.0
    elapsed = 0.0
    for seconds, hidden, jump in steps:
        elapsed += seconds
        hand.wall += seconds + jump
        hand.steady += seconds
        if hand.pacer.tick(hand.moment, HIDDEN if hidden else FREE):
            assert elapsed - last >= 270 or any(jump for _, _, jump in steps)
            assert not hidden
            last = elapsed
