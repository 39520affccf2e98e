"""One insight that fills a wall, read by itself: it need not be on any dashboard.

It is kept on disk as the only tile of a page whose number no dashboard has. Each set of dates and
filters has a page of its own, so that no number stands under other dates than its own.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Slot

from phdesk.core.dates import zone
from phdesk.core.filter_ranges import first_weekday, for_2024
from phdesk.core.filters import NO_FILTER, UNCHANGED, Sent, sent, wider
from phdesk.core.wall.stops import Stop, override_for
from phdesk.models.account import Project
from phdesk.models.failure import Failure
from phdesk.services.failures import is_offline, is_spared, loses_session
from phdesk.services.library import load_dashboard
from phdesk.services.wall_room import Room
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.beside import Beside  # imports httpx: not before the first paint
    from phdesk.services.session import DashboardAnswer

AGAIN = 60_000  # ms until the next try, while nothing answers


class InsightRoom(Room):
    """Holds one insight as the only tile of a page; refreshed by the clock of its network."""

    def __init__(
        self, store: Store, cache: Cache, now: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(store, cache, now, parent)
        self._stop = Stop(key="")
        self._page = 0  # under which it is held and kept
        self._beside: Beside | None = None
        self._asked = 0
        self._refused = False  # the key; until there is another session nothing is asked
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._read)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self._read)

    def show(self, stops: Mapping[int, Stop], viewer: int) -> None:  # noqa: ARG002  one alone
        """Show what is kept of the insight, and keep it up to date."""
        for page, stop in stops.items():
            self._stop = stop
            if page != self._page:
                self._page = page
                self.store.apply(load_dashboard, self._cache, page)
                self._read()

    def take(self, beside: "Beside") -> None:
        """Take what asks the server."""
        self._beside = beside
        beside.began.connect(self._on_began)

    def set_hidden(self, *, hidden: bool) -> None:
        """Ask for nothing while no wall is to be seen; catch up afterwards."""
        was, self._hidden = self._hidden, hidden
        if was and not hidden:
            self._read()

    def leave(self) -> None:
        """Ask for nothing any more."""
        self._timer.stop()
        self._again.stop()
        self._beside = None

    @Slot()
    def _on_began(self) -> None:
        self._refused = False
        self._read()

    @Slot()
    def _read(self) -> None:
        if self._beside is None or not self._page or self._hidden or self._refused:
            return
        self._timer.start(round(self._beside.cadence * 1000))  # it may be another by now
        self._asked += 1
        self._beside.read_insight(
            self._stop.insight or "",
            self._page,
            self._wished(),
            background=self._is_kept,  # nobody waits for what stands there already
            done=partial(self._came, self._asked),
            failed=partial(self._failed, self._asked),
        )

    @property
    def _is_kept(self) -> bool:
        page = self.store.state.dashboards.get(self._page)
        return page is not None and all(held.has_result for held in page.tiles.values())

    def _wished(self) -> Sent:
        """Write the wall's dates and filters as any server reads them, where it can."""
        project = self.store.state.project or Project(id=0)
        there = self._now().astimezone(zone(project.timezone))
        wanted = override_for(self._stop, NO_FILTER, there, project.week_start_day)
        if wanted is None:
            return UNCHANGED
        modern, filters = bool(wider(wanted.filters)), wanted.filters
        if not modern:
            dates = for_2024(
                filters.date_from, filters.date_to, there, first_weekday(project.week_start_day)
            )
            filters = replace(filters, date_from=dates[0], date_to=dates[1])
        return sent(replace(wanted, filters=filters), NO_FILTER, modern=modern)

    def _came(self, asked: int, answer: "DashboardAnswer") -> None:
        """Lay an answer over the one before: an older one or an error never takes its place."""
        self._refused = False
        self.store.apply(changes.with_online)
        self.store.apply(
            changes.with_dashboard,
            answer.dashboard,
            now=self._now(),
            asked=asked,
            failures=answer.failures,
        )

    def _failed(self, asked: int, failure: Failure) -> None:
        if is_spared(failure) and self._is_kept:
            self._again.start()
            return
        if is_offline(failure) or loses_session(failure):
            self.store.apply(changes.with_offline, failure)
        now = self._now()
        self.store.apply(changes.with_dashboard_failure, self._page, failure, now=now, asked=asked)
        self._refused = loses_session(failure)
        if not self._refused:
            self._again.start()
