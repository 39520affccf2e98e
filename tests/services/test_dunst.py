"""Notifications on a real daemon: shown, replaced, clicked, closed, and when it dies or hangs."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path

import pytest

from phdesk import resources
from phdesk.core.noticing.rules import Rules
from phdesk.services.notices.desktop import Desktop
from phdesk.services.notices.teller import Act, Teller
from phdesk.services.notices.ways import Ways
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import add_notices
from phdesk.store.alerts_inbox import acknowledge_group, page
from tests.services.dunst import dunst_on, needs_dunst, until
from tests.services.notice_ways import SteadyClock
from tests.store.noticed import NOW, notice

pytestmark = needs_dunst
ICON = resources.path("icons/phdesk-128.png")


@pytest.fixture(scope="module")
def one_dunst(tmp_path_factory):
    with dunst_on(tmp_path_factory.mktemp("dunst")) as daemon:
        yield daemon


@pytest.fixture
def dunst(one_dunst):
    one_dunst._run("dunstctl", "close-all")
    one_dunst._run("dunstctl", "history-clear")
    return one_dunst


@pytest.fixture
def file(tmp_path):
    file = AlertsFile(tmp_path / "alerts.sqlite3")
    yield file
    file.close()


@asynccontextmanager
async def telling(file, dunst, patience=5.0, steady=None):
    """Let a teller tell by the daemon; leaves the bus at the end."""

    made = []

    def make(pressed, _balloon):
        made.append(Desktop(dunst.environ, Path(ICON), pressed, patience))
        return Ways(made, steady or SteadyClock())

    teller = Teller(file, make, Rules(), lambda: NOW, UTC)
    teller.desktop = made[0]
    try:
        yield teller
    finally:
        await teller.leave()


async def act_of(teller):
    return await asyncio.wait_for(teller.next_act(), 10)


def test_the_daemon_is_named(file, dunst):
    async def run():
        async with telling(file, dunst) as teller:
            return await teller.in_use()

    assert asyncio.run(run()).words.startswith("Notifications of the desktop (dunst 1.")


def test_a_notice_is_shown_and_the_next_of_its_alert_takes_its_place(file, dunst):
    async def run():
        async with telling(file, dunst) as teller:
            add_notices(file, [notice("a", body="<signups> & more", severity="critical")], NOW)
            assert (await teller.look()).way == "desktop"
            await dunst.shows(1)
            add_notices(file, [notice("b", kind="reminded", severity="critical")], NOW)
            await teller.look()
            await dunst.shows(1)
            assert dunst.count("history") == 0  # it was replaced, not closed
            add_notices(file, [notice("c", "errors", severity="critical")], NOW)
            await teller.look()
            await dunst.shows(2)

    asyncio.run(run())
    assert [one.way for one in page(file)] == ["desktop"] * 3


def test_a_left_click_opens_the_tile(file, dunst):
    async def run():
        async with telling(file, dunst) as teller:
            add_notices(file, [notice()], NOW)
            await teller.look()
            await dunst.shows(1)
            dunst.click(1)
            assert await act_of(teller) == Act("open", notice())
            await dunst.shows(0)

    asyncio.run(run())


def test_the_button_snoozes(file, dunst):
    async def run():
        async with telling(file, dunst) as teller:
            found = notice(severity="critical")  # which no time takes away
            add_notices(file, [found], NOW)
            await teller.look()
            await dunst.shows(1)
            dunst.click(2)  # opens the daemon's menu, which chooses "Snooze 1 h"
            assert await act_of(teller) == Act("snooze", found)
            await dunst.shows(0)

    asyncio.run(run())


def test_a_closed_card_leaves_room_for_others(file, dunst):
    async def run():
        async with telling(file, dunst) as teller:
            add_notices(file, [notice(f"n{n}", f"s{n}") for n in range(3)], NOW)
            await teller.look()
            await dunst.shows(3)
            dunst.click(3)
            await dunst.shows(2)
            await until(lambda: len(teller._screen) == 2)
            add_notices(file, [notice("new", "s9")], NOW)
            await teller.look()
            await dunst.shows(3)

    asyncio.run(run())


def test_seven_alerts_are_three_cards(file, dunst):
    async def run():
        async with telling(file, dunst) as teller:
            add_notices(file, [notice(f"n{n}", f"s{n}") for n in range(3)], NOW)
            await teller.look()
            await dunst.shows(3)
            add_notices(file, [notice(f"n{n}", f"s{n}") for n in range(3, 7)], NOW)
            await teller.look()
            await dunst.shows(3)

    asyncio.run(run())


@pytest.mark.parametrize("end", ["acknowledged", "resolved quietly"])
def test_a_card_is_taken_down_when_its_alert_is_over(file, dunst, end):
    async def run():
        async with telling(file, dunst) as teller:
            add_notices(file, [notice(severity="critical")], NOW)
            await teller.look()
            await dunst.shows(1)
            if end == "acknowledged":
                acknowledge_group(file, notice().group, NOW)
            else:
                add_notices(file, [notice("r", kind="closed", loud=False)], NOW)
            await teller.look()
            await dunst.shows(0)

    asyncio.run(run())


def test_a_daemon_that_hangs_is_left_alone_and_what_it_shows_late_goes_again(file, dunst):
    steady = SteadyClock()

    async def run():
        async with telling(file, dunst, patience=0.3, steady=steady) as teller:
            add_notices(file, [notice("a", "1")], NOW)
            await teller.look()
            dunst.hang()
            add_notices(file, [notice("b", "2")], NOW)
            assert (await teller.look()).way == "inbox"
            add_notices(file, [notice("c", "3")], NOW)
            assert (await teller.look()).way == "inbox"  # it rests
            dunst.hang(on=False)
            await until(lambda: not teller.desktop._late)  # "b" came, and went
            await dunst.shows(1)
            steady.time = 61
            add_notices(file, [notice("d", "4")], NOW)
            assert (await teller.look()).way == "desktop"
            await dunst.shows(2)

    try:
        asyncio.run(run())
    finally:
        dunst.hang(on=False)


def test_a_daemon_that_died_is_done_without_until_it_is_back(file, dunst):
    steady = SteadyClock()

    async def run():
        async with telling(file, dunst, steady=steady) as teller:
            add_notices(file, [notice("a", "1")], NOW)
            await teller.look()
            dunst.stop()
            add_notices(file, [notice("b", "2")], NOW)
            assert (await teller.look()).way == "inbox"
            dunst.start()
            await until(lambda: dunst.count() == 0)
            steady.time = 61
            add_notices(file, [notice("c", "3")], NOW)
            assert (await teller.look()).way == "desktop"
            await dunst.shows(1)
            dunst.click(1)
            assert (await act_of(teller)).notice.id == "c"

    asyncio.run(run())


def test_a_daemon_that_begins_anew_keeps_what_others_show(file, dunst):
    """Its numbers begin anew, too: ours is another program's by now."""

    async def run():
        async with telling(file, dunst) as teller:
            add_notices(file, [notice("a", "1", severity="critical")], NOW)
            await teller.look()
            await dunst.shows(1)
            dunst.stop()
            dunst.start()
            await until(lambda: dunst.count() == 0)
            await until(lambda: not teller._screen)
            for text in ("one", "two", "three"):
                dunst.notify(text)
            await dunst.shows(3)
            add_notices(file, [notice("b", "1", kind="reminded", severity="critical")], NOW)
            assert (await teller.look()).way == "desktop"
            await dunst.shows(4)
            acknowledge_group(file, notice("b", "1").group, NOW)
            await teller.look()
            await dunst.shows(3)

    asyncio.run(run())


def test_a_name_that_no_desktop_takes_is_shown_all_the_same(file, dunst):
    async def run():
        async with telling(file, dunst) as teller:
            add_notices(file, [notice("a", title="a\x00b", body="\x00" + "x" * 100_000)], NOW)
            assert (await teller.look()).way == "desktop"
            await dunst.shows(1)

    asyncio.run(run())
