"""What the watch does about a window, over all kinds of lives that a window can have."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.wall import vigil as watch
from phdesk.models.wall import Limits

LIMITS = Limits(memory_soft=700, memory_hard=1200, frozen_after=6.0)
MB = 1_000_000


class Room:
    """A window and its watch in made-up time; what was done is in `acts`, with its time."""

    def __init__(self):
        self.now = 1000.0
        self.vigil = watch.begun(self.now)
        self.acts = []
        self.memory = 200 * MB
        self.stopped = False
        self.rotations = 0
        self.item = "a"
        self.obeys = False  # leaves when asked

    def look(self, wait=1.0):
        self.now += wait
        self.vigil, acts = watch.looked(
            self.vigil, self.now, LIMITS, memory=self.memory, stopped=self.stopped
        )
        self.acts += [(self.now, act) for act in acts]
        if self.obeys and "leave" in acts:
            self.end(by_person=True)
        return acts

    def beat(self):
        self.vigil = watch.heard(self.vigil, self.now, self.rotations, (self.item,))

    def end(self, *, by_person=False):
        self.vigil = watch.ended(self.vigil, self.now, by_person=by_person)

    def run(self, seconds, *, beats=True):
        for _ in range(int(seconds)):
            self.look()
            if beats:
                self.beat()

    def start(self):
        while self.vigil.phase != "running":
            self.look(0.25)
        self.beat()

    def crash(self):
        self.start()
        self.end()

    def done(self):
        return [act for _, act in self.acts]

    def until(self, phase, at_most=200):
        for _ in range(at_most):
            if self.vigil.phase == phase:
                return
            self.look()
        pytest.fail(f"never {phase}")


@pytest.fixture
def room():
    made = Room()
    made.start()
    made.acts.clear()
    return made


@given(
    st.lists(
        st.tuples(
            st.floats(0.01, 2.0),  # from one beat to the next
            st.floats(0, 100_000),  # for which the computer sleeps now and then
            st.booleans(),
            st.integers(0, LIMITS.memory_soft * MB),
        ),
        max_size=60,
    )
)
def test_a_window_that_beats_is_left_alone_whatever_the_computer_sleeps(life):
    room = Room()
    room.start()
    room.acts.clear()
    for wait, sleep, sleeps, memory in life:
        room.memory = memory
        half = wait / 2
        room.look(half)
        if sleeps:
            room.look(sleep)  # the first look after waking comes before any beat
        room.look(half)
        room.beat()
    assert room.done() == []


@given(st.lists(st.floats(0.01, watch.LOOK), min_size=40, max_size=400), st.booleans())
def test_a_silent_window_is_looked_into_then_told_to_end_then_killed(waits, stopped):
    room = Room()
    room.start()
    room.acts.clear()
    room.stopped, silent_from = stopped, room.now
    for wait in waits:
        room.look(wait)
    if room.now - silent_from > LIMITS.frozen_after + watch.ENDING + 2 * watch.LOOK:
        wanted = ["kill"] if stopped else ["dump", "terminate", "kill"]
        assert room.done()[: len(wanted)] == wanted
        killed = next(at for at, act in room.acts if act == "kill")
        latest = LIMITS.frozen_after + watch.ENDING + 2 * watch.LOOK
        assert killed - silent_from <= latest + 0.001
    else:
        assert "kill" not in room.done() or stopped or room.now - silent_from > 6


def test_a_window_that_the_system_stopped_is_killed_before_a_busy_one_is_looked_into(room):
    room.stopped, silent_from = True, room.now
    while not room.acts:
        room.look(0.5)
    assert room.done() == ["kill"]
    assert 2.0 < room.now - silent_from <= 3.0, "back within 10 s also where a start takes 6"


@given(
    st.lists(
        st.sampled_from(["crash", "freeze", "mute", "beat", "calm", "large", "sleep", "stopped"]),
        max_size=40,
    )
)
def test_it_never_gives_up_and_never_waits_longer_than_a_minute(life):
    room = Room()
    for event in life:
        room.memory = 2000 * MB if event == "large" else 200 * MB
        room.stopped = event == "stopped"
        if event == "sleep":
            room.look(50_000)
        elif event == "crash" and room.vigil.phase not in ("resting", "over"):
            room.end()
        else:
            room.run(200 if event == "calm" else 15, beats=event in ("beat", "calm", "large"))
        if room.vigil.phase in ("leaving", "ending", "killing"):
            room.until("killing", 20)
            room.end()
        assert room.vigil.phase in ("resting", "running")
        assert len(room.vigil.crashes) < 100
    room.stopped, room.memory = False, 200 * MB
    before = room.now
    room.until("running", 70)
    assert room.now - before <= 61


def test_a_dead_window_is_back_at_once_the_first_time(room):
    room.end()
    room.look(0.01)
    assert room.done() == ["start"]


def test_a_window_that_keeps_dying_is_given_longer_pauses():
    room = Room()
    starts = []
    for _ in range(12):
        room.start()
        starts.append(room.now)
        room.run(5)
        room.end()
    gaps = [b - a - 5 for a, b in pairwise(starts)]
    assert gaps[0] <= 0.5
    assert gaps[3] >= 5
    assert max(gaps) <= 61


def test_a_calm_time_makes_the_next_death_a_first_one(room):
    for _ in range(3):
        room.crash()
    room.start()
    room.run(watch.CALM + 5)
    assert room.vigil.failures == 0
    room.end()
    assert room.vigil.due == room.now


def test_a_death_right_after_a_calm_time_counts_as_first_before_any_look_noticed(room):
    for _ in range(3):
        room.crash()
    room.start()
    room.now += watch.CALM + 5
    room.beat()
    room.end()
    assert room.vigil.failures == 1


def test_five_crashes_in_ten_minutes_lead_to_safe_mode_without_the_item_that_was_shown():
    room = Room()
    for room.item in ("bad", "good", "bad", "bad"):
        room.crash()
    assert room.vigil.safe is None
    room.item = "another"
    room.crash()
    assert room.vigil.safe is not None
    assert room.vigil.suspects == ("bad",)


def test_five_crashes_over_an_hour_do_not():
    room = Room()
    for _ in range(8):
        room.start()
        room.run(300)
        room.end()
    assert room.vigil.safe is None


def test_where_each_crash_showed_something_else_the_last_is_skipped():
    crashes = [watch.Crash(0, (key,)) for key in "abcde"]
    assert watch.suspects(crashes) == ("e",)


def test_safe_mode_is_left_after_an_hour_and_lasts_longer_each_time():
    room = Room()
    for _ in range(watch.CRASHES):
        room.crash()
    room.start()
    room.obeys = True
    room.run(watch.SAFE - 100)
    assert room.vigil.safe is not None
    room.run(200)
    assert room.done()[-2:] == ["leave", "start"]
    assert room.vigil.safe is None
    assert room.vigil.suspects == ()
    assert room.vigil.failures == 0
    room.end()
    for _ in range(watch.CRASHES):
        room.crash()
    room.start()
    room.run(watch.SAFE + 100)
    assert room.vigil.safe is not None
    room.run(watch.SAFE)
    assert room.vigil.safe is None


def test_a_first_beat_may_take_longer_than_the_next_ones():
    room = Room()
    while room.vigil.phase != "running":
        room.look()
    room.run(watch.STARTING * watch.WARY - 2, beats=False)
    assert room.done() == ["start"]
    room.run(watch.STARTING, beats=False)
    assert room.done()[1:4] == ["dump", "terminate", "kill"]


def test_a_beat_of_a_window_that_is_being_ended_does_not_save_it(room):
    room.run(8, beats=False)
    room.beat()
    room.run(2, beats=False)
    assert room.done() == ["dump", "terminate", "kill"]


def test_what_does_not_die_is_killed_again_and_again(room):
    room.run(30, beats=False)
    assert room.done().count("kill") > 5


def test_a_window_that_comes_back_by_itself_stays(room):
    room.run(5, beats=False)
    room.run(100)
    room.run(5, beats=False)
    assert room.done() == ["dump", "dump"]


def test_over_the_soft_ceiling_it_is_asked_to_trim_once_a_minute(room):
    room.memory = 800 * MB
    room.run(150)
    assert room.done() == ["trim"] * 3


def test_over_the_hard_ceiling_it_starts_afresh_when_the_page_changes(room):
    room.run(3)
    room.memory = 1300 * MB
    room.run(20)
    assert "leave" not in room.done()
    room.rotations += 1
    room.run(2)
    assert room.done()[-1] == "leave"
    room.end(by_person=True)  # it left as asked: nobody did it
    room.look()
    assert room.done()[-1] == "start"
    assert room.vigil.crashes == ()


def test_over_the_hard_ceiling_with_one_page_it_waits_two_minutes(room):
    room.run(3)
    room.memory = 1300 * MB
    room.run(watch.MEMORY_PATIENCE + 3)
    assert room.done()[-1] == "leave"


def test_where_a_fresh_window_is_as_large_it_starts_no_oftener_than_each_half_hour(room):
    room.memory, room.obeys = 1300 * MB, True
    for _ in range(int(7200 / 10)):
        room.rotations += 1
        room.run(10)
    assert 3 <= room.done().count("leave") <= 4


def test_a_person_who_leaves_ends_it(room):
    room.end(by_person=True)
    room.run(100, beats=False)
    assert room.vigil.phase == "over"
    assert room.done() == []


def test_asked_to_leave_it_asks_tells_and_kills_within_five_seconds(room):
    began = room.now
    room.vigil, acts = watch.asked_to_leave(room.vigil, room.now)
    assert acts == ("leave",)
    while "kill" not in room.done():
        room.look(0.5)
    assert room.now - began < 5
    room.end()
    assert room.vigil.phase == "over"


def test_asked_twice_it_does_not_wait(room):
    room.vigil, _ = watch.asked_to_leave(room.vigil, room.now)
    room.vigil, acts = watch.asked_to_leave(room.vigil, room.now)
    assert acts == ("terminate",)


def test_asked_to_leave_while_nothing_runs_it_is_over():
    room = Room()
    for _ in range(5):
        room.crash()
    room.vigil, acts = watch.asked_to_leave(room.vigil, room.now)
    assert (room.vigil.phase, acts) == ("over", ())
