"""Cards as balloons of the tray icon, where a tray is: without buttons, one at a time.

The tray lives in the window's thread; what is to be shown goes there with the acts of a person.
"""

from phdesk.core.noticing.cards import Card
from phdesk.services.notices.way import Balloon, WayError, WayName


class Tray:
    """Asks for balloons; whoever has a tray icon says so."""

    name: WayName = "tray"

    def __init__(self, ask: Balloon) -> None:
        self._ask = ask
        self.is_there = False

    async def look(self) -> str:
        """Say that the tray is used."""
        self._check()
        return "Balloons of the tray icon, without buttons"

    async def show(self, card: Card) -> None:
        """Ask for a balloon."""
        self._check()
        self._ask(card)

    async def take_down(self, key: str) -> None:
        """Leave it: a balloon goes by itself."""

    async def leave(self) -> None:
        """Have nothing to let go of."""

    def _check(self) -> None:
        if not self.is_there:
            raise WayError("there is no tray")
