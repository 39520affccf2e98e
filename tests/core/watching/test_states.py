"""When a watch changes its state, and which changes are told."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from phdesk.core.watching.states import acknowledge, closed, judge, rule_of, standing
from phdesk.models.watch import Bound, Watch, WatchState
from tests.core.watching.making import NOON, found, new_state, watch

HOUR = timedelta(hours=1)


class Course:
    """A watch and its state, with what was told."""

    def __init__(self, **more):
        self.watch = watch(**more)
        self.state = new_state()
        self.events = []

    def see(self, *verdicts, start=None, every=10, now=None, **more):
        """Judge results that come every ten minutes, each as soon as it is computed."""
        first = self._next(every) if start is None else start
        for place, verdict in enumerate(verdicts):
            one = found(verdict, first + place * every, **more)
            done = judge(self.watch, self.state, one, now=now or one.at or NOON, oldest=HOUR)
            self.state = done.state
            self.events += done.events
            self.passed = done.passed
        return self

    def _next(self, every):
        last = self.state.judged_at
        return 0 if last is None else (last - NOON) / timedelta(minutes=1) + every

    @property
    def kinds(self):
        return [event.kind for event in self.events]

    @property
    def loud(self):
        return [event.kind for event in self.events if event.loud]


def test_it_fires_once_and_is_resolved_once():
    course = Course().see("clear", "met", "met", "clear", "clear")
    assert course.loud == ["fired", "resolved"]


def test_it_waits_for_as_many_results_in_a_row_as_are_asked_for():
    course = Course(checks=3).see("met", "met", "clear", "met", "met")
    assert course.kinds == []
    assert standing(course.watch, course.state, NOON) == "pending"
    assert (course.state.leaning, course.state.run) == ("firing", 2)
    assert course.see("met").loud == ["fired"]


def test_a_single_hole_in_the_data_does_not_end_what_is_firing():
    course = Course(checks=2).see("met", "met", "missing", "met", "missing", "missing")
    assert course.kinds == ["fired", "missing"]


@pytest.mark.parametrize(
    ("verdict", "kind"), [("missing", "missing"), ("gone", "broken"), ("short", "unknown")]
)
def test_what_cannot_be_judged_is_a_state_of_its_own_and_ends_with_a_word(verdict, kind):
    course = Course().see("clear", verdict, verdict, "clear")
    assert course.kinds == [kind, "back"]


def test_too_little_history_is_nobodys_concern():
    assert Course().see("short", "short", "clear", "short", "clear").loud == []


def test_a_result_that_was_judged_never_counts_again():
    course = Course(checks=2).see("met", start=0).see("met", start=0)
    assert (course.state.run, course.passed) == (1, "again")


def test_an_older_result_than_the_last_is_passed_over():
    course = Course().see("clear", start=30).see("met", start=20)
    assert (course.kinds, course.passed) == ([], "older")


def test_old_data_never_fires_but_may_when_it_is_new_again():
    course = Course().see("met", start=0, now=NOON + 2 * HOUR)
    assert (course.kinds, course.passed) == ([], "stale")
    assert course.see("met", start=0, now=NOON).kinds == ["fired"]


def test_a_result_without_a_time_is_not_judged():
    assert Course().see("met", start=0).see("clear", start=0).kinds == ["fired"]
    course = Course()
    done = judge(course.watch, course.state, found("met", None), now=NOON, oldest=HOUR)
    assert (done.passed, done.events) == ("undated", ())


def test_a_clock_that_is_behind_does_not_matter():
    assert Course().see("clear", "met", now=NOON - 400 * HOUR).kinds == ["fired"]


def test_a_snoozed_watch_keeps_quiet_and_tells_when_it_wakes():
    course = Course(snoozed_until=NOON + timedelta(minutes=25)).see("met", "met", "met")
    assert (course.kinds, course.loud) == (["fired"], [])
    assert course.see("met", "met").loud == ["reminded"]


def test_what_was_told_before_the_snooze_is_told_again_when_it_lasts_longer():
    course = Course().see("met")
    course.watch = replace(course.watch, snoozed_until=NOON + timedelta(minutes=25))
    assert course.see("met", "met").loud == ["fired"]
    assert course.see("met", "met", "met").loud == ["fired", "reminded"]
    assert course.see("clear").loud == ["fired", "reminded", "resolved"]


def test_an_acknowledged_one_is_not_told_again_after_a_snooze():
    course = Course().see("met")
    course.watch = replace(course.watch, snoozed_until=NOON + timedelta(minutes=25))
    course.state = acknowledge(course.watch, course.state, NOON).state
    assert course.see("met", "met", "met", "met").loud == ["fired"]


def test_a_snooze_that_was_over_before_it_fired_is_no_reason_to_tell_it_twice():
    course = Course(snoozed_until=NOON - HOUR).see("met", "met", "met")
    assert course.loud == ["fired"]


def test_what_began_and_ended_in_the_snooze_is_history_only():
    course = Course(snoozed_until=NOON + HOUR).see("met", "clear", every=10)
    assert (course.kinds, course.loud) == (["fired", "resolved"], [])


def test_a_time_without_a_zone_is_taken_to_be_utc():
    until = (NOON + HOUR).replace(tzinfo=None)
    assert Course(snoozed_until=until).see("met").loud == []


def test_reminders_come_when_they_are_asked_for_until_somebody_knows():
    course = Course(remind_minutes=20).see("met", "met", "met", "met", "met")
    assert course.loud == ["fired", "reminded", "reminded"]
    done = acknowledge(course.watch, course.state, NOON)
    assert [(event.kind, event.loud) for event in done.events] == [("acknowledged", False)]
    course.state = done.state
    assert standing(course.watch, course.state, NOON) == "acknowledged"
    assert course.see("met", "met", "met").loud == ["fired", "reminded", "reminded"]


def test_after_an_acknowledged_one_the_next_is_told():
    course = Course().see("met")
    course.state = acknowledge(course.watch, course.state, NOON).state
    assert course.see("clear", "met").loud == ["fired", "resolved", "fired"]


def test_within_the_cooldown_nothing_is_told_twice_and_nothing_is_lost():
    course = Course(cooldown_minutes=35).see("met", "clear", "met", "met")
    assert course.kinds == ["fired", "resolved", "fired"]
    assert course.loud == ["fired", "resolved"]
    assert course.see("met", "met").loud == ["fired", "resolved", "reminded"]


def test_an_edit_of_the_rule_begins_anew_and_one_of_the_name_does_not():
    course = Course().see("met")
    course.watch = replace(course.watch, name="Mine", severity="critical")
    assert course.see("met").kinds == ["fired"]
    course.watch = replace(course.watch, condition=Bound("above", 90))
    assert course.see("met", start=10).kinds == ["fired", "closed", "fired"]
    assert len({event.id for event in course.events}) == 3


def test_a_rule_that_is_changed_there_and_back_makes_no_event_twice():
    course = Course().see("met")
    for bound in (90, 100):
        course.watch = replace(course.watch, condition=Bound("above", bound))
        course.see("met")
    assert len({event.id for event in course.events}) == len(course.events) == 5


def test_a_watch_that_is_off_judges_nothing_and_says_so():
    course = Course().see("met")
    course.watch = replace(course.watch, enabled=False)
    course.see("clear", "met")
    assert (course.kinds, course.passed) == (["fired", "closed"], "off")
    assert standing(course.watch, course.state, NOON) == "off"
    course.watch = replace(course.watch, enabled=True)
    assert course.see("met").kinds == ["fired", "closed", "fired"]


def test_a_deleted_watch_closes_what_was_open():
    course = Course().see("met")
    done = closed(course.watch, course.state, NOON)
    assert [event.kind for event in done.events] == ["closed"]
    assert closed(course.watch, done.state, NOON).events == ()


def test_a_tile_that_is_gone_is_told_and_may_come_back_with_the_same_result():
    course = Course(checks=2).see("met", "met")
    for minutes in (11, 11, 12):
        course.see("gone", start=minutes, tile_gone=True)
    assert course.kinds == ["fired", "broken"]
    assert course.see("clear", start=10).kinds == ["fired", "broken", "back"]


def test_two_that_judge_from_one_state_make_one_event_of_it():
    course = Course().see("clear")
    ids = {
        judge(course.watch, course.state, found("met", at), now=NOON, oldest=HOUR).events[0].id
        for at in (10, 11, 12)
    }
    assert len(ids) == 1


def test_a_state_is_the_same_after_it_was_written_and_read():
    course = Course(remind_minutes=5).see("clear", "met", "met")
    again = msgspec.json.decode(msgspec.json.encode(course.state), type=WatchState)
    assert again == course.state


def test_the_rule_is_what_is_judged_alone():
    plain = watch()
    notices = replace(plain, name="x", cooldown_minutes=5, snoozed_until=NOON, remind_minutes=1)
    assert rule_of(plain) == rule_of(notices)
    assert rule_of(plain) != rule_of(replace(plain, checks=2))


def test_a_whole_number_is_the_same_rule_when_it_is_read_from_a_file():
    made = watch(condition=Bound("above", 100))
    read = msgspec.json.decode(msgspec.json.encode(made), type=Watch)
    assert rule_of(made) == rule_of(read)
