"""The clocks of a wall, as one argument."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import NamedTuple


class Clocks(NamedTuple):
    """What time it is, in UTC, and seconds of a clock that never jumps; where the wall hangs."""

    now: Callable[[], datetime]
    steady: Callable[[], float]
    zone: tzinfo | None = None  # None: this computer's

    def local(self) -> datetime:
        """Give the time where the wall hangs."""
        return self.now().astimezone(self.zone)
