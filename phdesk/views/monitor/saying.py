"""What a wall says in words: its head, its banners, why it is empty, and the beat to its watch."""

from datetime import datetime

from phdesk.core.ages import oldest_age
from phdesk.core.wall import rotation as turns
from phdesk.core.wall.alarm_words import badge_words
from phdesk.core.wall.banners import Banner, banner_for, closed_words, nothing_words
from phdesk.core.wall.stops import tags_of_none
from phdesk.models.beat import Beat, TileAge
from phdesk.models.failure import Cause, Failure
from phdesk.views.monitor.backstage import has_something
from phdesk.views.monitor.conductor import Conductor
from phdesk.views.monitor.header import Heading
from phdesk.views.monitor.roll import Roll
from phdesk.views.monitor.showing import Showing

SOMEBODY = "Somebody"
AGAIN = "It looks again by itself."


class Saying:
    """Reads a conductor; remembers only since when something has been wrong."""

    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._roll = Roll(conductor)
        self._failure: Failure | None = None
        self._since = 0.0

    @property
    def showing(self) -> Showing | None:
        """Give what is on show.

        None of a stop whose hours are over or that was taken off the wall, if nothing comes in its
        place: it may be of what people are not to see any more.
        """
        conductor, rotation = self._conductor, self._conductor.rotation
        place = rotation.place
        if conductor.opening is not None:
            return None
        if conductor.takeover.is_on or place is None or rotation.lap(place.key) is not None:
            return conductor.showing
        others = (one for one in conductor.stops if one.key not in rotation.skipped)
        comes = any(has_something(conductor.rooms.known(one)) for one in others)
        return conductor.showing if comes else None

    def heading(self) -> Heading:
        """Give all that the head of the wall says now."""
        conductor, clocks = self._conductor, self._conductor.clocks
        now, showing, oldest = clocks.now(), self.showing, self.oldest()
        place = conductor.rotation.place if showing is not None else None
        pages = conductor.pages
        following, asked = conductor.next_title, showing.asked if showing is not None else ""
        return Heading(
            title=showing.title if showing is not None else "",
            section=" · ".join(filter(None, (asked, self._section))),
            page=f"{place.page + 1} of {pages}" if place is not None and pages > 1 else "",
            clock=f"{clocks.local():%H:%M:%S}" if conductor.wall.look.clock else "",
            age=oldest_age(oldest, now, clocks.zone) if showing is not None else "",
            stale=any(one.stale for one in self._ages()),
            following=f"Next: {following}" if following else "",
            paused=conductor.rotation.paused,
            share=self._share(),
            alerts=badge_words(conductor.takeover.count),
            banners=self._banners(oldest, now),
        )

    @property
    def _section(self) -> str:
        return self._conductor.sheet.page.heading if self.showing is not None else ""

    def _share(self) -> float:
        conductor, steady = self._conductor, self._conductor.clocks.steady()
        if conductor.takeover.is_on:
            return conductor.takeover.share(steady)
        rotation = conductor.rotation
        shows = rotation.place is not None and self.showing is not None
        return turns.share(rotation, steady) if shows else 0.0

    def nothing(self) -> tuple[str, str]:
        """Say why the wall is empty, and who must act."""
        conductor, failure = self._conductor, self._general()
        stops, state = conductor.stops, conductor.rooms.state
        if conductor.opening is not None:
            when, name = conductor.opening
            return closed_words(when, conductor.clocks.local(), name)
        lost = failure is None or failure.cause is Cause.NOT_FOUND
        if lost and stops and len(conductor.rotation.skipped) == len(stops):
            return "There is nothing to show.", f"{self._skipped()[0]} {AGAIN}"
        if failure is None and not stops and state.rows.fetched_at is not None:
            why = "None has the tags that it names." if conductor.wall.items else ""
            return "This wall has no dashboards.", f"{why} {AGAIN}".strip()
        name = conductor.title_of(stops[0].key) if stops else ""
        is_drawn = any(has_something(conductor.rooms.known(one)) for one in stops)  # from disk
        waits = f"Reading “{name}” for the first time…" if name and not is_drawn else ""
        return nothing_words(failure, self._who(), waits)

    def description(self) -> str:
        """Say in sentences what is on show, the alert before its tile."""
        showing = self.showing
        if showing is None:
            return ""
        clocks = self._conductor.clocks
        band = showing.band(clocks)
        summary = showing.summary(clocks.now(), self._conductor.wall.refresh)
        return " ".join(filter(None, (band.said if band is not None else "", summary)))

    def beat(self, monitor: str, frame: int) -> Beat:
        """Tell who watches over the wall how it is."""
        conductor, rotation = self._conductor, self._conductor.rotation
        clocks, showing = conductor.clocks, self.showing
        place = rotation.place if showing is not None else None
        now = clocks.now()
        oldest = self.oldest()
        band = showing.band(clocks) if showing is not None else None
        return Beat(
            monitor=monitor,
            at=now,
            frame=frame,
            item=place.key if place is not None else "",
            page=place.page if place is not None else 0,
            title=showing.title if showing is not None else "",
            next_title=conductor.next_title,
            rotations=rotation.turns,
            missed=rotation.missed,
            late=rotation.late,
            longest_wait=rotation.longest_wait,
            paused=rotation.paused,
            resting=conductor.is_resting or conductor.opening is not None,
            alerts=conductor.takeover.alarms.had,
            alert=band.name if band is not None else "",
            firing=conductor.takeover.count,
            oldest=oldest,
            empty=self._empty(),
            tiles=self._ages(),
            all_tiles=self._roll.news(),
            problems=(
                *self._skipped(),
                *self._untagged(),
                *(one.words for one in self._failures(None, now)),
            ),  # ages: tiles
        )

    def _skipped(self) -> list[str]:
        """Say which items are passed over, and why."""
        conductor, skipped = self._conductor, self._conductor.rotation.skipped
        written = {one.key: one.written for one in conductor.stops}
        names = {key: conductor.title_of(key) or written.get(key, key) for key in skipped}
        return [f"{names[key]} is skipped: {why}" for key, why in skipped.items()]

    def _untagged(self) -> list[str]:
        """Say which tags among the items stand for nothing, where others are shown."""
        conductor, rows = self._conductor, self._conductor.rooms.state.rows
        if rows.fetched_at is None or not conductor.stops:
            return []
        tags = tags_of_none(conductor.wall.items, rows.items)
        return [f"{tag} is skipped: no dashboard has this tag." for tag in tags]

    def _empty(self) -> str:
        """Say why no item is on show, if one should be: a wall that is off owes none."""
        if self.showing is not None or self._conductor.is_resting:
            return ""
        return " ".join(filter(None, self.nothing()))

    def oldest(self) -> datetime | None:
        """Say when the oldest tile on show was calculated."""
        ages = (one.calculated for one in self._ages())
        return min((when for when in ages if when is not None), default=None)

    def _ages(self) -> tuple[TileAge, ...]:
        conductor, showing = self._conductor, self.showing
        if showing is None:
            return ()
        return self._roll.shown(showing, conductor.sheet.tile_ids)

    def _banners(self, oldest: datetime | None, now: datetime) -> tuple[Banner, ...]:
        notice = self._conductor.rooms.notice
        notices = (Banner("triangle-alert", notice),) if notice else ()
        return (*self._failures(oldest, now), *notices)

    def _failures(self, oldest: datetime | None, now: datetime) -> tuple[Banner, ...]:
        conductor, failure = self._conductor, self._general()
        steady = conductor.clocks.steady()
        if failure is None or self._failure is None or failure.cause != self._failure.cause:
            self._since = steady
        self._failure = failure
        if self.showing is None and self._conductor.opening is None:
            return ()  # the page says it
        lasted, zone = steady - self._since, conductor.clocks.zone
        made = banner_for(failure, lasted, oldest, now, self._who(), zone)
        return (made,) if made is not None else ()

    def _who(self) -> str:
        account = self._conductor.rooms.state.account
        return (account.name or account.email or SOMEBODY) if account is not None else SOMEBODY

    def _general(self) -> Failure | None:
        """Give why nothing newer can be had of what is shown, if that is so."""
        conductor, rooms = self._conductor, self._conductor.rooms
        stop = self.showing.stop if self.showing is not None else None
        if stop is None and conductor.stops:
            stop = conductor.stops[0]
        shown = rooms.known(stop).failure if stop is not None else None
        return shown or rooms.trouble or rooms.state.offline
