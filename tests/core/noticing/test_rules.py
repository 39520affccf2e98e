from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from phdesk.core.noticing.cards import MORE, QUIET
from phdesk.core.noticing.rules import MOST, Due, Rules, Shown, arrange, due, over
from phdesk.core.wall.values import hours
from phdesk.models.notice import Kept
from tests.store.noticed import NOW, notice

DAY = Rules()
NIGHT = Rules(quiet=(hours("22:00-07:00"),))
AT_NIGHT = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def kept(number, subject=None, found=NOW, **others):
    told = notice(f"n{number}", subject or f"s{number}", **others)
    return Kept(number=number, notice=told, found=found)


def due_now(waiting, rules=DAY, now=NOW):
    return due(waiting, rules, now, UTC)


def shown(screen, *new, rules=DAY, now=NOW):
    """Arrange what is new on a screen and give the screen afterwards."""
    plan = arrange(new, screen, rules, now, UTC)
    after = {key: one for key, one in screen.items() if key not in plan.down}
    for card in plan.cards:
        after.pop(card.key, None)
        after[card.key] = Shown(card, now)
    return after


def names(screen):
    return {key: [one.notice.id for one in held.card.kept] for key, held in screen.items()}


def group(number):
    return kept(number).notice.group


def test_of_each_alert_the_newest_is_told():
    found = due_now([kept(1, "a"), kept(2, "b"), kept(3, "a", kind="resolved")])
    assert [one.number for one in found.kept] == [2, 3]
    assert found.passed == ("n1",)


def test_what_waited_for_more_than_a_day_is_left_to_the_inbox():
    found = due_now([kept(1, found=NOW - timedelta(hours=25)), kept(2)])
    assert [one.number for one in found.kept] == [2]
    assert found.passed == ("n1",)


def test_a_clock_that_was_set_back_makes_nothing_late():
    assert due_now([kept(1)], now=NOW - timedelta(days=900)).passed == ()


def test_in_quiet_hours_nothing_is_told_and_nothing_is_passed_over():
    found = due_now([kept(1, found=AT_NIGHT)], NIGHT, AT_NIGHT)
    assert found.kept == ()
    assert found.passed == ()
    assert found.again == MORNING


def test_a_quiet_weekend_leaves_nothing_untold():
    weekend = Rules(quiet=(hours("22:00-07:00"), hours("sat,sun 00:00-24:00")))
    saturday, monday = datetime(2026, 11, 21, 10, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC)
    waiting = [kept(1, found=saturday)]
    for now in (saturday + timedelta(hours=30), monday - timedelta(minutes=1)):
        assert due_now(waiting, weekend, now) == Due((), (), monday)
    assert due_now(waiting, weekend, monday).kept == tuple(waiting)
    assert due_now(waiting, weekend, monday + timedelta(hours=25)).passed == ("n1",)
    always = Rules(quiet=(hours("00:00-24:00"),))
    assert due_now(waiting, always, saturday + timedelta(hours=30)).passed == ("n1",)


@pytest.mark.parametrize("kind", ["snoozed", "closed", "resolved"])
def test_what_ended_quietly_while_it_waited_is_not_told(kind):
    fired, ended = kept(1, "a", found=AT_NIGHT), kept(2, "a", kind=kind, loud=False)
    assert due([fired], NIGHT, MORNING, UTC, [ended]).passed == ("n1",)
    assert due([fired], NIGHT, MORNING, UTC, [fired]).kept == (fired,)


def test_what_was_acknowledged_while_it_waited_is_not_told():
    known = replace(kept(1, found=AT_NIGHT), acknowledged=AT_NIGHT)
    assert due([known], NIGHT, MORNING, UTC, [known]).passed == ("n1",)


def test_a_test_is_told_in_quiet_hours_and_when_notifications_are_off():
    waiting = [kept(1, found=AT_NIGHT), kept(2, kind="test")]
    assert [one.number for one in due_now(waiting, NIGHT, AT_NIGHT).kept] == [2]
    off = due_now(waiting, Rules(on=False))
    assert [one.number for one in off.kept] == [2]
    assert off.passed == ("n1",)


def test_after_quiet_hours_what_was_held_back_is_told_in_one_card():
    night = [kept(number, found=AT_NIGHT) for number in (1, 2, 3, 4)]
    waiting = due_now(night, NIGHT, MORNING).kept
    screen = shown({}, *waiting, kept(5, found=MORNING), rules=NIGHT, now=MORNING)
    assert names(screen) == {QUIET: ["n4", "n3", "n2", "n1"], group(5): ["n5"]}


def test_one_alone_that_was_held_back_is_told_as_any_other():
    screen = shown({}, kept(1, found=AT_NIGHT), rules=NIGHT, now=MORNING)
    assert names(screen) == {group(1): ["n1"]}


def test_three_alerts_have_cards_of_their_own_and_of_more_the_others_are_counted():
    screen = shown({}, kept(1), kept(2), kept(3))
    assert set(names(screen)) == {group(1), group(2), group(3)}
    screen = shown(screen, kept(4, severity="critical"))
    assert names(screen) == {group(4): ["n4"], group(3): ["n3"], MORE: ["n2", "n1"]}


def test_seven_at_once_are_two_cards_and_one_that_counts_five():
    screen = shown({}, *(kept(number) for number in range(1, 8)))
    assert names(screen) == {
        group(7): ["n7"],
        group(6): ["n6"],
        MORE: ["n5", "n4", "n3", "n2", "n1"],
    }


def test_news_of_an_alert_takes_the_place_of_its_card():
    screen = shown({}, kept(1, "a"))
    screen = shown(screen, kept(2, "a", kind="resolved"))
    assert list(names(screen).values()) == [["n2"]]


def test_what_is_counted_already_is_not_shown_again_when_there_is_room():
    screen = shown({}, *(kept(number) for number in range(1, 6)))
    left = {MORE: screen[MORE]}  # a person has closed the other two
    assert arrange([kept(6)], left, Rules(), NOW, UTC).cards[0].kept[0].number == 6
    assert names(shown(left, kept(6))) == {MORE: ["n3", "n2", "n1"], group(6): ["n6"]}


def test_news_of_an_alert_that_was_counted_has_a_card_again_and_is_counted_no_more():
    screen = shown({}, *(kept(number) for number in range(1, 6)))
    screen = shown(screen, kept(7, "s1", severity="critical"))
    assert names(screen)[group(1)] == ["n7"]
    assert "n1" not in names(screen)[MORE]


def test_what_stood_long_enough_leaves_room():
    screen = shown({}, kept(1), kept(2), kept(3))
    later = NOW + timedelta(minutes=1)
    plan = arrange([kept(4)], screen, Rules(), later, UTC)
    assert [card.key for card in plan.cards] == [group(4)]
    assert plan.down == ()


def test_critical_cards_stand_until_they_are_closed():
    grave = [kept(number, severity="critical") for number in (1, 2, 3)]
    later = NOW + timedelta(hours=1)
    screen = shown(shown({}, *grave), kept(4, severity="critical"), now=later)
    assert len(screen) == 3


@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 9), st.sampled_from(["info", "warning", "critical"])),
            min_size=1,
            max_size=6,
        ),
        max_size=12,
    ),
    st.integers(0, 20),
)
def test_however_they_come_three_stand_and_each_is_new_once(rounds, minutes):
    screen, number, new = {}, 0, []
    for turn, batch in enumerate(rounds):
        now = NOW + timedelta(minutes=turn * minutes)
        waiting = []
        for subject, severity in batch:
            number += 1
            waiting.append(kept(number, f"s{subject}", severity=severity, found=now))
        told = due_now(waiting, NIGHT, now).kept
        plan = arrange(told, screen, NIGHT, now, UTC)
        new += [each for card in plan.cards for each in card.fresh]
        assert {one.notice.id for one in told} <= set(new)
        screen = shown(screen, *told, rules=NIGHT, now=now)
        assert sum(one.stands(now) for one in screen.values()) <= MOST
    assert len(new) == len(set(new))


@pytest.mark.parametrize(
    ("last", "goes"),
    [
        pytest.param(kept(2, "a", kind="resolved"), True, id="resolved"),
        pytest.param(kept(2, "a", kind="acknowledged"), True, id="acknowledged in the watch"),
        pytest.param(kept(2, "a", kind="snoozed"), True, id="snoozed"),
        pytest.param(kept(2, "a", kind="reminded"), False, id="still firing"),
        pytest.param(kept(1, "a"), False, id="nothing new"),
        pytest.param(replace(kept(1, "a"), acknowledged=NOW), True, id="acknowledged"),
        pytest.param(None, True, id="its account was forgotten"),
    ],
)
def test_a_card_goes_when_its_alert_is_over(last, goes):
    screen = shown({}, kept(1, "a"))
    standing = [] if last is None else [last]
    assert over(screen, standing) == ((kept(1, "a").notice.group,) if goes else ())


def test_good_news_stand_until_they_are_read():
    screen = shown({}, kept(1, "a", kind="resolved"))
    assert over(screen, [kept(1, "a", kind="resolved")]) == ()


def test_a_card_of_several_goes_when_all_are_over():
    screen = shown({}, *(kept(number) for number in range(1, 5)))
    ends = [kept(10 + number, f"s{number}", kind="resolved") for number in (1, 2)]
    assert over(screen, [kept(3), kept(4), kept(1), ends[1]]) == ()
    assert over(screen, [kept(3), kept(4), *ends]) == (MORE,)
