"""Each time that an alert fires has the screen of a wall once, and the rotation loses nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.wall import alarms as turns
from phdesk.core.wall import rotation as pages
from phdesk.core.wall.alarm_words import HIDDEN_RULE, alarm_words, badge_words
from phdesk.core.wall.alarms import Alarm, Alarms
from phdesk.core.wall.rotation import Lap, Place, Rotation
from phdesk.core.wall.stops import Stop

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def alarm(key="a", event="1", **more):
    return Alarm(key=key, event=event, stop=Stop(key=f"alert {key}", tile=1), **more)


def shown(alarms, one, now=100.0):
    return turns.begun(alarms, one, now, 0.0)


def test_the_same_event_has_the_screen_once_and_the_next_one_again():
    alarms = turns.with_firing(Alarms(), [alarm()])
    assert alarms.coming.key == "a"
    alarms = turns.ended(shown(alarms, alarm()))
    assert turns.with_firing(alarms, [alarm()]).coming is None
    assert turns.with_firing(alarms, [alarm(event="2")]).coming.event == "2"


def test_what_is_not_known_for_a_while_is_not_news_when_it_is_known_again():
    alarms = turns.ended(shown(turns.with_firing(Alarms(), [alarm()]), alarm()))
    away = turns.with_firing(alarms, [])
    assert turns.with_firing(away, [alarm()]).coming is None


def test_an_alert_without_a_time_may_have_the_screen_again_once_it_was_well():
    alarms = turns.ended(shown(turns.with_firing(Alarms(), [alarm(event="")]), alarm(event="")))
    well = turns.with_firing(alarms, [], {"a"})
    assert turns.with_firing(well, [alarm(event="")]).coming is not None


def test_the_gravest_comes_first_and_of_these_the_one_that_fires_longest():
    late, early = (
        alarm(key, since=NOON + timedelta(hours=h)) for key, h in (("late", 2), ("x", 1))
    )
    grave, nobody = alarm("grave", severity="critical"), alarm("nobody")
    alarms = turns.with_firing(Alarms(), [late, nobody, early, grave])
    seen = []
    while alarms.coming is not None:
        seen.append(alarms.coming.key)
        alarms = shown(alarms, alarms.coming)
    assert seen == ["grave", "x", "late", "nobody"]


def test_one_whose_tile_shows_other_numbers_never_has_the_screen():
    assert turns.with_firing(Alarms(), [alarm(takes=False)]).coming is None


@pytest.mark.parametrize(
    ("now", "held", "over"), [(159.9, False, False), (160.0, False, True), (999.0, True, False)]
)
def test_it_has_the_screen_for_its_time_unless_a_person_holds_it(now, held, over):
    alarms = shown(turns.with_firing(Alarms(), [alarm()]), alarm())
    assert turns.over(alarms, now, 60.0, held=held) is over


def test_one_that_is_well_gives_the_screen_back_at_once():
    alarms = shown(turns.with_firing(Alarms(), [alarm()]), alarm())
    assert turns.over(turns.with_firing(alarms, [], {"a"}), 101.0, 60.0, held=True)


def test_one_that_fires_anew_while_it_is_on_show_needs_no_other_turn():
    alarms = shown(turns.with_firing(Alarms(), [alarm()]), alarm())
    alarms = turns.with_firing(alarms, [alarm(event="2")])
    assert not turns.over(alarms, 101.0, 60.0)
    assert turns.ended(alarms).coming is None


def test_one_that_cannot_be_drawn_is_let_go():
    alarms = turns.asked(turns.with_firing(Alarms(), [alarm()]), alarm(), 10.0)
    assert turns.given_up(alarms, 20.0).coming is not None
    asked_again = turns.asked(alarms, alarm(), 20.0)
    assert turns.given_up(asked_again, 25.0).coming is None


def test_laid_out_anew_it_keeps_its_time():
    alarms = shown(turns.with_firing(Alarms(), [alarm()]), alarm(), 100.0)
    assert turns.begun(alarms, alarm(), 130.0, 7.0).since == 100.0


KEYS = st.sampled_from(["a", "b", "c"])
WORLD = st.dictionaries(KEYS, st.booleans())  # what fires, and whether it has begun anew
STEPS = st.lists(st.tuples(WORLD, st.sets(KEYS), st.floats(0, 90)), max_size=30)


@given(steps=STEPS)
def test_nothing_has_the_screen_twice_and_the_rotation_goes_on_where_it_was(steps):
    laps = (Lap(key="x", dwell=30.0, pages=2), Lap(key="y", dwell=20.0))
    rotation = pages.shown(Rotation(laps=laps), Place("x", 1), 0.0)
    alarms, now, seen = Alarms(), 0.0, []
    rested, begun = 0.0, dict.fromkeys("abc", 0)
    for world, well, passed in steps:
        now += passed
        begun = {key: count + world.get(key, False) for key, count in begun.items()}
        firing = [alarm(key, str(begun[key])) for key in sorted(world)]
        calm = well - world.keys()
        alarms = turns.with_firing(alarms, firing, calm)
        seen = [one for one in seen if one[0] not in calm]
        if turns.over(alarms, now, 60.0):
            coming = alarms.coming
            if coming is None:
                alarms = turns.ended(alarms)
                rotation = pages.with_elapsed(rotation, now, alarms.rested)
                assert pages.elapsed(rotation, now) == pytest.approx(rested)
                assert rotation.place == Place("x", 1)
        coming = alarms.coming
        if coming is not None and (not alarms.on or turns.over(alarms, now, 60.0)):
            if not alarms.on:
                rested = pages.elapsed(rotation, now)
            assert (coming.key, coming.event) not in seen
            seen.append((coming.key, coming.event))
            alarms = turns.begun(alarms, coming, now, pages.elapsed(rotation, now))


def test_what_is_said_of_an_alert():
    one = alarm(name="Signups low", value="84", rule="Below 100", since=NOON, found=NOON)
    words = alarm_words(one, NOON + timedelta(minutes=90), UTC)
    assert words.since == "Firing since 12:00 · 1 h ago"
    assert words.said == (
        "Alert: Signups low. 84. Below 100. Firing since 12:00 · 1 h ago. As of 12:00 · 1 h ago."
    )


def test_where_the_tile_hides_its_numbers_nothing_of_them_is_said():
    one = alarm(name="MRR under $5,000", value="$4,800", rule="Below $5,000")
    words = alarm_words(one, NOON, UTC, hidden_as="Revenue")
    assert (words.name, words.value, words.rule) == ("Revenue", "", HIDDEN_RULE)


@pytest.mark.parametrize(("count", "words"), [(0, ""), (1, "1 alert"), (3, "3 alerts")])
def test_the_header_counts_them(count, words):
    assert badge_words(count) == words
