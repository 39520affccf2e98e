"""What a run knows about open dashboards beyond the store."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from phdesk.services.background import Ticket


class Opened(Struct):
    """A dashboard that one window or several look at."""

    seen: dict[int, tuple[int, ...]]  # tiles on screen in reading order, by the window's number
    reading: Ticket | None = None
    forced: bool = False  # what was asked of the reading: to calculate all
    calm: bool = False  # nobody waits for it
    waits: bool = False  # to be read from the server, until what is kept of it is read
    missed: bool = False  # the clock passed over those who are hidden
    parts: dict[int, frozenset[int]] = {}  # tiles that matter to who looks at some only

    def look(
        self, viewer: int, visible: Sequence[int], only: Collection[int] | None = None
    ) -> None:
        """Note that a window looks at it, at these tiles now; only some matter to it, or all."""
        self.seen[viewer] = tuple(visible)
        self.parts.pop(viewer, None)
        if only is not None:
            self.parts[viewer] = frozenset(only)

    def wait(self, *, force: bool, background: bool) -> None:
        """Note a reading to begin later; what a person asked for is not lost for the clock's."""
        self.forced = force or (self.waits and self.forced)
        self.calm = background and (self.calm or not self.waits)
        self.waits = True

    def leave(self, viewer: int) -> None:
        """Note that a window looks at it no more."""
        self.seen.pop(viewer, None)
        self.parts.pop(viewer, None)

    def looks(self) -> list[tuple[int, tuple[int, ...], frozenset[int] | None]]:
        """Give who looks, at which tiles, and which of them matter."""
        return [(one, tiles, self.parts.get(one)) for one, tiles in self.seen.items()]

    @property
    def visible(self) -> list[int]:
        """Give the tiles on any screen, each once."""
        return list(dict.fromkeys(tile for tiles in self.seen.values() for tile in tiles))

    @property
    def is_whole(self) -> bool:
        """Tell whether all tiles matter to somebody."""
        return bool(self.seen.keys() - self.parts.keys())

    @property
    def only(self) -> frozenset[int] | None:
        """Give the tiles that matter to anybody; None is all."""
        return self.only_of(self.seen) if self.parts else None

    def only_of(self, viewers: Collection[int]) -> frozenset[int] | None:
        """Give the tiles that matter to some of those who look; None is all."""
        if any(one not in self.parts for one in viewers):
            return None
        return frozenset[int]().union(*(self.parts[one] for one in viewers))

    @property
    def is_being_read(self) -> bool:
        """Tell whether an answer for the whole dashboard is still to come."""
        return self.reading is not None and self.reading.active


class OpenDashboards:
    """The dashboards that windows look at, and which of those windows nobody sees."""

    def __init__(self) -> None:
        self.known: dict[int, Opened] = {}
        self.hidden: dict[int, bool] = {}  # by who looks
        self._asked = 0

    def question(self) -> int:
        """Give the number of a new question: answers to older ones are old from now on."""
        self._asked += 1
        return self._asked

    def get(self, dashboard_id: int) -> Opened | None:
        """Give what is known of a dashboard that is open."""
        return self.known.get(dashboard_id)

    def ready(self, dashboard_id: int) -> Opened:
        """Give what is known of a dashboard; it is open from now on."""
        return self.known.setdefault(dashboard_id, Opened({}))

    def visible(self, dashboard_id: int) -> Sequence[int]:
        """Give the tiles of a dashboard that are on any screen."""
        known = self.known.get(dashboard_id)
        return known.visible if known is not None else ()

    @property
    def all_hidden(self) -> bool:
        """Tell whether nobody sees any window."""
        return bool(self.hidden) and all(self.hidden.values())

    def seen_by(self, known: Opened) -> Collection[int]:
        """Give who looks at a dashboard and is not hidden; who hides counts where all do."""
        seen = [one for one in known.seen if not self.hidden.get(one)]
        return known.seen if self.all_hidden else seen
