"""What the watch knows of a monitor, gathered for the status file, the port and systemd."""

from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime

from phdesk.core.wall import vigil as watch
from phdesk.core.wall.roll import following
from phdesk.core.wall.vigil import Vigil
from phdesk.models.beat import Beat, Place
from phdesk.models.status import Trouble, Window
from phdesk.models.wall import Limits

MEGABYTE = 1_000_000
TROUBLES = 20  # that are remembered
AWAY = 10.0  # seconds after which a monitor that is silent while others are not is unplugged
MOST_PLACES = 32


class Report:
    """Holds the last beats of each monitor, and what went wrong."""

    def __init__(self, places: dict[str, Place]) -> None:
        self.places = places
        self._beats: dict[str, tuple[float, Beat]] = {}
        self._troubles: deque[Trouble] = deque(maxlen=TROUBLES)
        self._problems: set[str] = set()
        self.since = datetime.now(UTC)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Give what went wrong, oldest first."""
        return tuple(self._troubles)

    @property
    def beats(self) -> list[Beat]:
        """Give the last beat of each monitor that is there."""
        return [beat for _, beat in self._beats.values()]

    @property
    def showing(self) -> tuple[str, ...]:
        """Give the keys of the items on show."""
        return tuple(beat.item for beat in self.beats if beat.item)

    @property
    def rotations(self) -> int:
        """Count the changes of page of all monitors."""
        return sum(beat.rotations for beat in self.beats)

    def hear(self, beats: Iterable[Beat], now: float) -> None:
        """Take in beats."""
        for beat in beats:
            if beat.windows:  # what was told while no monitor was there is over
                self._beats = {k: told for k, told in self._beats.items() if told[1].windows}
            _, before = self._beats.get(beat.monitor, (now, None))
            self._beats[beat.monitor] = (now, following(beat, before))
            known = beat.monitor in self.places or len(self.places) < MOST_PLACES
            if beat.item and known:  # a window that only just started shows nothing yet
                self.places[beat.monitor] = place(beat)
        self._beats = {
            name: (at, beat) for name, (at, beat) in self._beats.items() if now - at < AWAY
        }
        self._note_problems()

    def note(self, words: str) -> None:
        """Remember that something went wrong."""
        self._troubles.append(Trouble(at=datetime.now(UTC), words=words))

    def _note_problems(self) -> None:
        """Remember problems of the windows as they appear; some are gone before anybody looks."""
        problems = {words for beat in self.beats for words in beat.problems}
        for words in sorted(problems - self._problems):
            self.note(words)
        self._problems = problems


def place(beat: Beat) -> Place:
    """Say where a rotation is."""
    return Place(item=beat.item, page=beat.page, paused=beat.paused, alerts=beat.alerts)


def window_facts(
    vigil: Vigil, now: float, limits: Limits, pid: int | None, memory: int | None
) -> Window:
    """Describe the process that paints."""
    return Window(
        phase=vigil.phase,
        pid=pid,
        silent=round(max(0.0, now - vigil.heard), 1),
        longest_silence=round(vigil.longest_silence, 2),
        silence_limit=watch.silence_limit(vigil, limits),
        beats=vigil.beats,
        starts=vigil.starts,
        crashes=sum(now - one.at <= watch.LOOP for one in vigil.crashes),
        safe=vigil.safe is not None,
        skipped=vigil.suspects,
        memory=memory,
        memory_soft=limits.memory_soft * MEGABYTE,
        memory_hard=limits.memory_hard * MEGABYTE,
    )
