"""Tell what was found, once: take it from the file, put cards on screen, note that it was done.

Needs no Qt: runs in the worker of the app, or in a loop of a command's own.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from msgspec import Struct

from phdesk.core.noticing.cards import Card
from phdesk.core.noticing.rules import Rules, Shown, arrange, due, over
from phdesk.models.notice import Kept, Notice
from phdesk.services.notices.way import Balloon, Press, Pressed, WayName
from phdesk.services.notices.ways import InUse, Ways
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_inbox import standing
from phdesk.store.alerts_told import claim, give_back, hand, pass_over, told, waiting

SNOOZE = timedelta(hours=1)
MOST_REMEMBERED = 100  # cards that may have to be taken down


class Act(Struct, frozen=True, gc=False):
    """What a person did with a card, and the notice that it is about."""

    what: Literal["open", "snooze", "inbox"]
    notice: Notice


class Told(Struct, frozen=True, gc=False):
    """What a look led to."""

    notices: tuple[Notice, ...] = ()
    way: WayName = "inbox"  # of the last of them
    again: datetime | None = None  # when quiet hours end that hold something back


class Teller:
    """One for each phdesk; looks follow each other, whoever asks for them."""

    def __init__(
        self,
        file: AlertsFile,
        make_ways: Callable[[Pressed, Balloon], Ways],
        rules: Rules,
        now: Callable[[], datetime],
        zone: tzinfo | None = None,
    ) -> None:
        """`zone` is where quiet hours hold; None is this computer's own."""
        self.rules = rules
        self._file, self._now, self._zone = file, now, zone
        self._ways = make_ways(self._on_press, self._ask_for)
        self._screen: dict[str, Shown] = {}
        self._left: tuple[str, ...] = ()  # claims that could not be given back
        self._turn = asyncio.Lock()
        self._acts: asyncio.Queue[Act | Card] = asyncio.Queue()

    async def look(self) -> Told:
        """Tell what is due, and take down what is over."""
        async with self._turn:
            if self._left and give_back(self._file, self._left):
                self._left = ()
            now = self._now()
            zone = self._zone or local_zone(now)
            waits = waiting(self._file)
            last = standing(self._file) if self._screen or waits else ()
            for key in over(self._screen, last):
                await self._take_down(key)
            found = due(waits, self.rules, now, zone, last)
            pass_over(self._file, found.passed, now)
            ids = [one.notice.id for one in found.kept]
            mine = frozenset(claim(self._file, ids, now)) if ids else frozenset()
            if not mine:
                return Told(again=found.again)
            try:
                kept = [one for one in found.kept if one.notice.id in mine]
                way = await self._show(kept, now, zone)
            finally:  # those that were not handed over
                if not give_back(self._file, tuple(mine)):
                    self._left = (*self._left, *mine)
            return Told(tuple(one.notice for one in kept), way, found.again)

    async def next_act(self) -> Act | Card:
        """Wait until a person does something with a card, or one is to be shown by the tray."""
        return await self._acts.get()

    async def in_use(self) -> InUse:
        """Find out how cards would be shown."""
        return await self._ways.look()

    async def leave(self) -> None:
        """Let go of the ways; what stands on screen stays there."""
        await self._ways.leave()

    async def _show(self, kept: list[Kept], now: datetime, zone: tzinfo) -> WayName:
        plan = arrange(kept, self._screen, self.rules, now, zone)
        for key in plan.down:
            await self._take_down(key)
        way: WayName = "inbox"
        for card in plan.cards:
            if not hand(self._file, card.fresh, now):
                continue  # its account was forgotten, or nothing can be written
            way = await self._ways.show(card)
            if way != "inbox":
                self._remember(card, now)
            told(self._file, card.fresh, way, self._now())
        return way

    def _remember(self, card: Card, now: datetime) -> None:
        self._screen.pop(card.key, None)
        self._screen[card.key] = Shown(card, now)
        while len(self._screen) > MOST_REMEMBERED:
            del self._screen[next(iter(self._screen))]

    async def _take_down(self, key: str) -> None:
        self._screen.pop(key, None)
        await self._ways.take_down(key)

    def _on_press(self, key: str, press: Press) -> None:
        shown = self._screen.pop(key, None)
        if shown is None or press == "closed":
            return
        card = shown.card
        self._acts.put_nowait(Act(press if press in card.buttons else "inbox", card.notice))

    def _ask_for(self, card: Card) -> None:
        self._acts.put_nowait(card)


def local_zone(now: datetime) -> tzinfo:
    """Give the zone of this computer as it is now, so that a change of it is heeded."""
    zone = now.astimezone().tzinfo
    assert zone is not None  # noqa: S101  an aware time has one
    return zone
