import asyncio
import sqlite3
from datetime import UTC

import pytest

from phdesk.core.noticing.rules import Rules
from phdesk.core.wall.values import hours
from phdesk.services.notices.teller import Act, Teller
from phdesk.services.notices.tray import Tray
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import add_notices, forget_account
from phdesk.store.alerts_inbox import acknowledge_group, page
from phdesk.store.alerts_told import claim, give_back, waiting
from tests.services.notice_ways import Crash, Screen, SteadyClock, ways_over
from tests.store.noticed import NOW, later, notice


@pytest.fixture
def file(tmp_path):
    file = AlertsFile(tmp_path / "alerts.sqlite3")
    yield file
    file.close()


@pytest.fixture
def screen():
    return Screen()


class Clock:
    def __init__(self):
        self.time = NOW

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make(file, screen, clock):
    def make(*ways, rules=Rules(), over=file, steady=None):  # noqa: B008  frozen
        made = ways_over(*(ways or (screen,)), steady=steady)
        teller = Teller(over, made, rules, clock, UTC)
        teller.press = made.pressed
        return teller

    return make


def look(teller):
    return asyncio.run(teller.look())


def test_what_was_found_is_told_once(make, file, screen):
    teller = make()
    add_notices(file, [notice()], NOW)
    assert look(teller).notices == (notice(),)
    assert look(teller).notices == ()
    assert look(make()).notices == ()
    assert screen.told == ["n1"]
    assert page(file)[0].way == "desktop"


def test_a_second_phdesk_on_the_same_file_tells_nothing_again(make, file, screen):
    add_notices(file, [notice()], NOW)
    look(make())
    other = AlertsFile(file.path)
    look(make(over=other))
    other.close()
    assert screen.told == ["n1"]


def test_what_a_dead_phdesk_had_claimed_is_never_told_after_its_news(make, file, screen):
    gone = AlertsFile(file.path)
    add_notices(file, [notice("f")], NOW)
    claim(gone, ["f"], NOW)
    gone.presence.leave()
    add_notices(file, [notice("r", kind="resolved")], NOW)
    teller = make()
    look(teller)
    look(teller)
    assert screen.told == ["r"]


def test_what_another_gives_back_is_not_told_after_its_news(make, file, screen):
    other = AlertsFile(file.path)
    add_notices(file, [notice("f")], NOW)
    claim(other, ["f"], NOW)
    add_notices(file, [notice("r", kind="resolved")], NOW)
    teller = make()
    look(teller)
    give_back(other, ["f"])
    look(teller)
    other.close()
    assert screen.told == ["r"]
    assert waiting(file) == ()


def test_what_could_not_be_given_back_while_another_wrote_is_told_later(
    make, file, screen, monkeypatch
):
    monkeypatch.setattr("phdesk.store.alerts_file.BUSY_SECONDS", 0.01)
    add_notices(file, [notice()], NOW)
    other = sqlite3.connect(file.path, isolation_level=None)

    def claim_and_be_late(*arguments):
        mine = claim(*arguments)
        other.execute("begin immediate")
        return mine

    teller = make()
    with monkeypatch.context() as patched:
        patched.setattr("phdesk.services.notices.teller.claim", claim_and_be_late)
        look(teller)
    other.close()
    assert screen.told == []
    look(teller)
    assert screen.told == ["n1"]


def test_what_is_resolved_takes_the_place_of_what_fired(make, file, screen):
    teller = make()
    add_notices(file, [notice("f")], NOW)
    look(teller)
    add_notices(file, [notice("r", kind="resolved")], NOW)
    look(teller)
    assert [card.title for card in screen.cards.values()] == [
        "Back to normal: Signups low · Growth, Acme"
    ]


def test_a_card_goes_when_a_person_acknowledges_in_whichever_phdesk(make, file, screen):
    teller = make()
    add_notices(file, [notice()], NOW)
    look(teller)
    other = AlertsFile(file.path)
    acknowledge_group(other, notice().group, NOW)
    other.close()
    look(teller)
    assert screen.cards == {}


def test_a_card_goes_when_its_account_is_forgotten(make, file, screen):
    teller = make()
    add_notices(file, [notice()], NOW)
    look(teller)
    forget_account(file, "a")
    look(teller)
    assert screen.cards == {}


def test_quiet_hours_hold_back_and_tell_once_afterwards(make, file, screen, clock):
    teller = make(rules=Rules(quiet=(hours("11:00-13:00"),)))
    add_notices(file, [notice("a"), notice("b", "errors")], NOW)
    assert look(teller).again == later(60)
    assert screen.told == []
    clock.time = later(60)
    look(teller)
    look(teller)
    assert sorted(screen.told) == ["a", "b"]
    assert [card.title for card in screen.all] == ["2 alerts in quiet hours"]


def test_where_nothing_is_open_the_inbox_has_it_and_it_is_not_shown_later(make, file, screen):
    screen.trouble = "no notification service runs on this desktop"
    add_notices(file, [notice()], NOW)
    assert look(make()).way == "inbox"
    screen.trouble = ""
    look(make())
    assert screen.all == []
    assert page(file)[0].way == "inbox"


def test_a_way_that_failed_rests_and_is_tried_again(make, file, screen):
    steady = SteadyClock()
    tray = Tray(lambda card: balloons.append(card.key))
    tray.is_there, balloons = True, []
    teller = make(screen, tray, steady=steady)
    screen.trouble = "it hangs"
    add_notices(file, [notice("a", "1")], NOW)
    assert look(teller).way == "tray"
    screen.trouble = ""
    add_notices(file, [notice("b", "2")], NOW)
    assert look(teller).way == "tray"
    steady.time = 61
    add_notices(file, [notice("c", "3")], NOW)
    assert look(teller).way == "desktop"
    assert (balloons, screen.told) == (["watch/a/1/1", "watch/a/1/2"], ["c"])


def test_what_is_in_use_is_said_with_the_reason(make, screen):
    screen.trouble = "there is no session bus"
    teller = make(screen, Tray(print))
    used = asyncio.run(teller.in_use())
    assert used.name == "inbox"
    assert used.sentence == (
        "The inbox in phdesk alone (there is no session bus; there is no tray)"
    )
    screen.trouble = ""
    assert asyncio.run(teller.in_use()).sentence == "A screen of a test"


@pytest.mark.parametrize(
    ("press", "what"), [("open", "open"), ("snooze", "snooze"), ("elsewhere", "inbox")]
)
def test_a_press_says_what_is_wished_and_of_which_notice(make, file, press, what):
    teller = make()
    add_notices(file, [notice()], NOW)
    look(teller)

    async def pressed():
        teller.press(notice().group, press)
        return await asyncio.wait_for(teller.next_act(), 1)

    assert asyncio.run(pressed()) == Act(what, notice())


def test_a_card_of_several_leads_to_the_inbox(make, file, screen):
    teller = make()
    add_notices(file, [notice(f"n{n}", f"s{n}") for n in range(5)], NOW)
    look(teller)
    teller.press("more", "open")
    assert asyncio.run(teller.next_act()).what == "inbox"


def test_what_a_person_closed_is_forgotten_and_makes_room(make, file, screen):
    teller = make()
    add_notices(file, [notice(f"n{n}", f"s{n}") for n in range(3)], NOW)
    look(teller)
    teller.press("watch/a/1/s0", "closed")
    add_notices(file, [notice("new", "s9")], NOW)
    look(teller)
    assert "watch/a/1/s9" in screen.cards
    assert "more" not in screen.cards


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_was_handed_over_in_a_crash_is_never_shown_again(make, file, screen, when):
    screen.crash = when
    gone = AlertsFile(file.path)
    add_notices(file, [notice()], NOW)
    with pytest.raises(Crash):
        look(make(over=gone))
    gone.close()
    screen.crash = ""
    look(make())
    assert screen.told == (["n1"] if when == "after" else [])
    assert [one.notice.id for one in page(file)] == ["n1"]


def test_what_was_claimed_and_not_handed_over_is_told_by_the_next(make, file, screen, monkeypatch):
    def crash(*_arguments):
        raise Crash

    gone = AlertsFile(file.path)
    add_notices(file, [notice()], NOW)
    with monkeypatch.context() as patch:
        patch.setattr("phdesk.services.notices.teller.hand", crash)
        patch.setattr("phdesk.services.notices.teller.give_back", crash)
        with pytest.raises(Crash):
            look(make(over=gone))
    look(make())
    assert screen.told == []  # its phdesk still lives
    gone.presence.leave()
    look(make())
    assert screen.told == ["n1"]
