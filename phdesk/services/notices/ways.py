"""Tell a card by the best way that is open; one that failed rests, and is tried again later."""

import logging
from collections.abc import Callable, Sequence

from msgspec import Struct

from phdesk.core.noticing.cards import Card
from phdesk.services.notices.way import Way, WayError, WayName

log = logging.getLogger(__name__)
REST = 60.0  # seconds after a failure, in which a way is not asked again
INBOX = "The inbox in phdesk alone"


class InUse(Struct, frozen=True, gc=False):
    """Which way is open, in words, and why those before it are not."""

    name: WayName
    words: str
    closed: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Say it in one line."""
        why = f" ({'; '.join(self.closed)})" if self.closed else ""
        return f"{self.words}{why}"


class Ways:
    """The ways in the order in which they are preferred; the inbox has everything anyhow."""

    def __init__(self, ways: Sequence[Way], steady: Callable[[], float]) -> None:
        """`steady` is a clock in seconds that nobody sets."""
        self._ways, self._steady = tuple(ways), steady
        self._rests: dict[str, float] = {}  # until when, by name
        self._used: dict[str, Way] = {}  # by key of a card

    async def show(self, card: Card) -> WayName:
        """Put a card on screen; says by which way, or that the inbox alone has it."""
        for way in self._ways:
            if self._steady() < self._rests.get(way.name, 0.0):
                continue
            before = self._used.get(card.key)
            try:
                await way.show(card)
            except WayError as why:
                self._rests[way.name] = self._steady() + REST
                log.info("A notification could not be shown by the %s: %s.", way.name, why)
                continue
            if before is not None and before is not way:
                await before.take_down(card.key)
            self._used[card.key] = way
            return way.name
        return "inbox"

    async def take_down(self, key: str) -> None:
        """Remove a card from wherever it was shown."""
        way = self._used.pop(key, None)
        if way is not None:
            await way.take_down(key)

    async def look(self) -> InUse:
        """Find out which way is open, without showing anything."""
        closed: list[str] = []
        for way in self._ways:
            try:
                return InUse(way.name, await way.look(), tuple(closed))
            except WayError as why:
                closed.append(str(why))
        return InUse("inbox", INBOX, tuple(closed))

    async def leave(self) -> None:
        """Let go of all ways."""
        for way in self._ways:
            await way.leave()
