"""What a run knows about open dashboards and running calculations beyond the store."""

from msgspec import Struct

from phdesk.services.background import Ticket


class Opened(Struct):
    """A dashboard that one window or several look at."""

    seen: dict[int, tuple[int, ...]]  # tiles on screen in reading order, by the window's number
    reading: Ticket | None = None

    @property
    def visible(self) -> list[int]:
        """Give the tiles on any screen, each once."""
        return list(dict.fromkeys(tile for tiles in self.seen.values() for tile in tiles))

    @property
    def is_being_read(self) -> bool:
        """Tell whether an answer for the whole dashboard is still to come."""
        return self.reading is not None and self.reading.active


class Running(Struct, frozen=True):
    """A calculation that was asked for."""

    ticket: Ticket
    query_id: str  # by which the server can be told to stop it
