"""A way by which cards reach a person: the desktop, the tray, and else the inbox alone."""

from collections.abc import Callable
from typing import Literal, Protocol

from phdesk.core.noticing.cards import Button, Card

WayName = Literal["desktop", "tray", "inbox"]
Press = Button | Literal["closed"]
Balloon = Callable[[Card], None]
Pressed = Callable[[str, Press], None]  # key of the card, and what was done with it; in the loop


class WayError(Exception):
    """A card could not be shown; the text is a sentence's end: "nobody answers on the bus"."""


class Way(Protocol):
    """Shows cards and takes them down; all of it in the worker's loop, within seconds."""

    name: WayName

    async def look(self) -> str:
        """Say in a few words what would show cards; raises WayError where nothing does."""
        ...

    async def show(self, card: Card) -> None:
        """Put a card on screen, in the place of the one with its key; raises WayError."""
        ...

    async def take_down(self, key: str) -> None:
        """Remove a card, if it is still there; never raises WayError."""
        ...

    async def leave(self) -> None:
        """Let go of what was opened."""
        ...
