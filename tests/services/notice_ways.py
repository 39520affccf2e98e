"""Ways of telling for tests: a screen that remembers, and can fail, hang or end the process."""

from phdesk.services.notices.way import WayError
from phdesk.services.notices.ways import Ways


class Crash(BaseException):
    """The process ends here; nothing of it is caught, nothing after it happens."""


class Screen:
    """What a person sees: cards by key, and all that were ever put there."""

    name = "desktop"

    def __init__(self):
        self.cards, self.all, self.trouble = {}, [], ""
        self.crash = ""  # "before" or "after" a card is on screen

    async def look(self):
        if self.trouble:
            raise WayError(self.trouble)
        return "A screen of a test"

    async def show(self, card):
        if self.trouble:
            raise WayError(self.trouble)
        if self.crash == "before":
            raise Crash
        self.cards[card.key] = card
        self.all.append(card)
        if self.crash == "after":
            raise Crash

    async def take_down(self, key):
        self.cards.pop(key, None)

    async def leave(self):
        pass

    @property
    def told(self):
        """Give the ids of all notices that were news on a card, in order."""
        return [each for card in self.all for each in card.fresh]


class SteadyClock:
    def __init__(self):
        self.time = 0.0

    def __call__(self):
        return self.time


def ways_over(*ways, steady=None):
    """Make what a teller makes its ways of; the presses can be made by `presses`."""

    def make(pressed, balloon):
        make.pressed, make.balloon = pressed, balloon
        return Ways(ways, steady or SteadyClock())

    return make
