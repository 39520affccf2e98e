"""Dashboards of one store that walls show, under the wall's own filters or the dashboards'."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.dates import zone
from phdesk.core.wall.stops import Stop, override_for
from phdesk.models.account import Project
from phdesk.models.failure import Cause, Failure
from phdesk.services.library import load_dashboard, load_results
from phdesk.store.cache import Cache
from phdesk.store.overrides import saved_of, wanted_key, with_override
from phdesk.store.state import EMPTY, Changes, DashboardState, State
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.beside import Beside  # imports httpx: not before the first paint
    from phdesk.services.dashboards import Dashboards

VIEWER = 1000  # number under which walls look at dashboards; windows count from 0
LOST = frozenset({Cause.NOT_FOUND, Cause.FORBIDDEN})  # of one dashboard alone


class Known(Struct, frozen=True, gc=False, kw_only=True):
    """What is known of a stop now."""

    state: State = EMPTY
    page: DashboardState | None = None
    failure: Failure | None = None  # why it cannot be shown, or nothing newer can be had

    @property
    def lost(self) -> bool:
        """Say whether there is no such thing any more, or not for this key."""
        return self.failure is not None and self.failure.cause in LOST


class Room(QObject):
    """Dashboards in one store, under the wall's own filters or the dashboards'."""

    changed = Signal()

    def __init__(
        self, store: Store, cache: Cache, now: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.away: Failure | None = None
        self._cache, self._now = cache, now
        self._dashboards: Dashboards | None = None
        self._stops: dict[int, Stop] = {}  # by dashboard
        self._viewer, self._hidden = VIEWER, False
        self._owner = where_of(store.state)
        store.changed.connect(self._on_changed)

    def show(self, stops: Mapping[int, Stop], viewer: int) -> None:
        """Keep these dashboards up to date, and no others."""
        self._viewer = viewer
        gone, new = self._stops.keys() - stops.keys(), stops.keys() - self._stops.keys()
        self._stops = dict(stops)
        for one in gone:
            if self._dashboards is not None and one > 0:
                self._dashboards.close(one, viewer)
        for one in new:
            self._open(one)
        self._lay_over()

    def use(self, dashboards: "Dashboards | None") -> None:
        """Take what asks the server."""
        if dashboards is not self._dashboards:
            self._dashboards = dashboards
            self.set_hidden(hidden=self._hidden)
            for one in self._stops:
                self._open(one)

    def take(self, beside: "Beside") -> None:
        """Take what asks the server for this room alone."""
        self.use(beside.dashboards)

    def set_hidden(self, *, hidden: bool) -> None:
        """Refresh nothing by the clock while no wall is to be seen; catch up afterwards."""
        self._hidden = hidden
        if self._dashboards is not None:
            self._dashboards.set_hidden(hidden=hidden, viewer=self._viewer)

    def leave(self) -> None:
        """Look at nothing any more."""
        self._stops = {}
        self.store.changed.disconnect(self._on_changed)
        if self._dashboards is not None:
            self._dashboards.leave(self._viewer)

    def _open(self, dashboard: int) -> None:
        if self.store.state.account is None or dashboard < 0:
            return  # a board's page is filled by whoever shows it
        if dashboard not in self.store.state.dashboards:
            self.store.apply(load_dashboard, self._cache, dashboard)
        self._lay_over()
        if self._dashboards is not None:
            self._dashboards.open(dashboard, (), self._viewer)

    def _lay_over(self) -> None:
        """Ask for the wall's own filters, as soon as those of the dashboard are known."""
        for dashboard, stop in self._stops.items():
            state = self.store.state
            page = state.dashboards.get(dashboard)
            if page is None or not stop.wish:
                continue
            project = state.project or Project(id=0)
            there = self._now().astimezone(zone(project.timezone))
            wanted = override_for(stop, saved_of(page), there, project.week_start_day)
            if wanted is None or wanted.key == wanted_key(state, dashboard):
                continue
            if self._dashboards is not None:
                self._dashboards.set_override(dashboard, wanted)
            else:
                self.store.apply(with_override, dashboard, wanted)
                self.store.apply(load_results, self._cache, dashboard)

    @Slot(object)
    def _on_changed(self, told: Changes) -> None:
        owner = where_of(self.store.state)
        if told.account and owner != self._owner:
            self._owner = owner
            for one in self._stops:
                self._open(one)
        self._lay_over()
        self.changed.emit()


def where_of(state: State) -> tuple[str, int]:
    """Give account and project; empty and 0 when nobody is signed in."""
    if state.account is None or state.project is None:
        return "", 0
    return state.account.id, state.project.id
