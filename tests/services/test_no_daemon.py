"""Notifications where no daemon is: without a bus, on an empty one, on one that is gone."""

import asyncio

import pytest

from phdesk import resources
from phdesk.core.noticing.cards import alone
from phdesk.models.notice import Kept
from phdesk.services.notices.desktop import Desktop
from phdesk.services.notices.way import WayError
from tests.services.buses import Bus, needs_bus
from tests.store.noticed import NOW, notice

ICON = resources.path("icons/phdesk-128.png")
CARD = alone(
    Kept(number=1, notice=notice(), found=NOW), sounds=frozenset(), zone=NOW.tzinfo, now=NOW
)


def refusals(environ):
    """Give why it is that nothing can be shown: by a look, and by a card."""

    async def run():
        desktop, said = Desktop(environ, ICON, print, patience=2.0), []
        for work in (desktop.look(), desktop.show(CARD)):
            try:
                await work
            except WayError as why:
                said.append(str(why))
        await desktop.take_down(CARD.key)
        await desktop.leave()
        return said

    return asyncio.run(run())


def test_without_a_bus_nothing_is_shown_and_it_is_said():
    assert refusals({}) == ["there is no session bus"] * 2


@needs_bus
def test_a_bus_without_a_daemon_is_told_from_one_that_is_gone(tmp_path):
    bus = Bus(bare=tmp_path)
    try:
        said = refusals(bus.environ)
    finally:
        bus.stop()
    assert said == ["no notification service runs on this desktop"] * 2
    for words in refusals(bus.environ):
        assert words.startswith("the session bus says: ")


@pytest.mark.parametrize("address", ["nonsense", "unix:path=", "tcp:host=127.0.0.1,port=1"])
def test_an_address_that_leads_nowhere_is_no_bus(address):
    said = refusals({"DBUS_SESSION_BUS_ADDRESS": address})
    assert len(said) == 2
    assert all(words.startswith("the session bus") for words in said), said
