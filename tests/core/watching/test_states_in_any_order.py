"""No event twice and none lost, whatever happens to results, clocks, programs and the watch."""

from datetime import timedelta

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from phdesk.core.watching.states import BAD, PHASES, acknowledge, closed, judge
from phdesk.models.watch import Bound, WatchState
from tests.core.watching.making import NOON, found, watch

OLDEST = timedelta(hours=6)
VERDICTS = st.sampled_from(["met", "met", "clear", "clear", "missing", "short", "gone"])
MINUTES = st.integers(1, 90)


class Watched(RuleBasedStateMachine):
    """Two programs over one stored state; `accepted` is told by hand what must have counted."""

    @initialize(
        checks=st.integers(1, 3),
        remind=st.sampled_from([0, 30]),
        cooldown=st.sampled_from([0, 45]),
    )
    def begin(self, checks, remind, cooldown):
        self.number = 1
        self.more = {"checks": checks, "remind_minutes": remind, "cooldown_minutes": cooldown}
        self.watch = watch(id="w1", **self.more)
        self.stored = msgspec.json.encode(WatchState(watch="w1"))
        self.results = []
        self.minute = 0
        self.events = []
        self.heard = {}  # ids that were told aloud: how often
        self.expected = []  # phases that must have been entered, by hand
        self.restart_model()

    def restart_model(self):
        self.phase, self.tail, self.newest = "new", [], None
        self.condition = self.watch.condition

    @rule(verdict=VERDICTS, gap=MINUTES)
    def the_server_computes(self, verdict, gap):
        self.minute += gap
        self.results.append((self.minute, verdict))

    @precondition(lambda self: self.results)
    @rule(data=st.data(), skew=st.sampled_from([0, 0, 0, -100_000, 1000]), crash=st.booleans())
    def an_answer_comes(self, data, skew, crash):
        """Any answer, old or new, once or again, by a clock that may be wrong."""
        minute, verdict = data.draw(st.sampled_from(self.results[-4:]))
        now = NOON + timedelta(minutes=self.minute + skew)
        done = judge(self.watch, self.state, found(verdict, minute), now=now, oldest=OLDEST)
        if crash:  # after telling, before writing: the one case in which it is judged again
            self.hear(done.events)
            done = judge(self.watch, self.state, found(verdict, minute), now=now, oldest=OLDEST)
        self.hear(done.events)
        self.keep(done)
        self.follow(minute, verdict, now)

    def follow(self, minute, verdict, now):
        """Say by hand what must have happened."""
        if self.condition != self.watch.condition:  # edited since the last answer, for good
            self.restart_model()
        fresh = now - (NOON + timedelta(minutes=minute)) <= OLDEST
        if not self.watch.enabled or not fresh or minute <= (self.newest or -1):
            return
        self.newest = minute
        self.tail = [*self.tail, PHASES[verdict]]
        last = self.tail[-1]
        same = self.tail[-self.watch.checks :]
        agreed = len(same) == self.watch.checks and set(same) == {last}
        if last != self.phase and (last == "ok" or agreed):
            if not (self.phase == "new" and last in ("ok", "short")):
                self.expected.append(last)
            self.phase = last
        self.check_told(minute)

    def check_told(self, minute):
        """What is wrong was told, unless the snooze or the cooldown forbids it or it is known."""
        state, at = self.state, NOON + timedelta(minutes=minute)
        assert state.phase == self.phase
        if state.phase not in BAD or state.leaning != state.phase:
            return
        snoozed = self.watch.snoozed_until is not None and at < self.watch.snoozed_until
        resting = state.told_at is not None and at - state.told_at < timedelta(
            minutes=self.watch.cooldown_minutes
        )
        assert state.told or snoozed or resting
        until = self.watch.snoozed_until
        if until is not None and until <= at and not (resting or state.acknowledged):
            assert state.told_at >= until, "it lasts longer than the snooze, and nobody was told"

    @rule(bound=st.sampled_from([90, 100]))
    def the_rule_is_edited(self, bound):
        if self.watch.condition != Bound("above", bound):
            self.watch = replace(self.watch, condition=Bound("above", bound))

    @rule(hours=st.sampled_from([None, 1, 3]))
    def it_is_snoozed(self, hours):
        until = None if hours is None else NOON + timedelta(minutes=self.minute + 60 * hours)
        self.watch = replace(self.watch, snoozed_until=until)

    @rule()
    def it_is_switched(self):
        self.watch = replace(self.watch, enabled=not self.watch.enabled)
        now = NOON + timedelta(minutes=self.minute)
        done = judge(self.watch, self.state, found("met", None), now=now, oldest=OLDEST)
        self.hear(done.events)
        self.keep(done)
        self.restart_model()

    @rule()
    def somebody_knows(self):
        done = acknowledge(self.watch, self.state, NOON)
        self.hear(done.events)
        self.keep(done)

    @rule()
    def it_is_deleted_and_made_anew(self):
        done = closed(self.watch, self.state, NOON)
        self.hear(done.events)
        self.keep(done)
        self.number += 1
        self.watch = watch(id=f"w{self.number}", **self.more)
        self.stored = msgspec.json.encode(WatchState(watch=self.watch.id))
        self.restart_model()

    @property
    def state(self):
        """Read the state as the other program would, or this one after a restart."""
        return msgspec.json.decode(self.stored, type=WatchState)

    def keep(self, done):
        self.events += done.events
        self.stored = msgspec.json.encode(done.state)

    def hear(self, events):
        """Tell what is loud and was not told by anybody, as notices are told: by id."""
        for event in events:
            if event.loud:
                self.heard.setdefault(event.id, event.kind)

    @invariant()
    def no_event_is_made_twice(self):
        ids = [event.id for event in self.events]
        assert len(set(ids)) == len(ids)

    @invariant()
    def every_change_has_its_event_and_no_other_has(self):
        entered = {
            "fired": "firing",
            "missing": "missing",
            "broken": "error",
            "unknown": "short",
            "resolved": "ok",
            "back": "ok",
        }
        changes = [entered[event.kind] for event in self.events if event.kind in entered]
        assert changes == self.expected

    @invariant()
    def whatever_was_told_is_in_the_history(self):
        assert set(self.heard) == {event.id for event in self.events if event.loud}


TestWatched = Watched.TestCase
TestWatched.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
