"""One insight that fills a wall, read by itself: it need not be on any dashboard.

Nothing of it is kept on disk, so after a start without a network there is nothing of it to show.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from phdesk.api.errors import failure_of
from phdesk.core.wall.stops import Stop
from phdesk.models.dashboard import Dashboard, DashboardRow, Tile
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.services.failures import is_offline, loses_session
from phdesk.services.wall_room import Room
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.store import Store

if TYPE_CHECKING:
    from phdesk.services.beside import Beside  # imports httpx: not before the first paint

PAGE = 0  # under which it is held: PostHog's dashboards count from 1
TILE = 1
AGAIN = 60_000  # ms until the next try, while nothing answers


class InsightRoom(Room):
    """Holds one insight as the only tile of a page; refreshed by the clock of its network."""

    def __init__(
        self, store: Store, cache: Cache, now: Callable[[], datetime], parent: QObject
    ) -> None:
        super().__init__(store, cache, now, parent)
        self._name = ""
        self._beside: Beside | None = None
        self._asked = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._read)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self._read)

    def show(self, stops: Mapping[int, Stop], viewer: int) -> None:  # noqa: ARG002  one alone
        """Keep the insight up to date."""
        name = next((one.insight for one in stops.values() if one.insight), "")
        if name != self._name:
            self._name = name
            self._read()

    def take(self, beside: "Beside") -> None:
        """Take what asks the server."""
        self._beside = beside
        beside.began.connect(self._read)
        self._timer.start(round(beside.cadence * 1000))

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
    def _read(self) -> None:
        offline = self.store.state.offline
        refused = offline is not None and loses_session(offline)
        if self._beside is None or not self._name or self._hidden or refused:
            return
        self._asked += 1
        self._beside.read_insight(
            self._name,
            done=partial(self._came, self._asked),
            failed=partial(self._failed, self._asked),
        )

    def _came(self, asked: int, insight: Insight) -> None:
        """Lay an answer over the one before: an older one or an error never takes its place."""
        tile = Tile(id=TILE, insight=insight)
        row = DashboardRow(id=PAGE, name=insight.name or insight.derived_name)
        failure = failure_of(insight)
        self.store.apply(changes.with_online)
        self.store.apply(
            changes.with_dashboard,
            Dashboard(row=row, tiles=(tile,)),
            now=self._now(),
            asked=asked,
            failures={TILE: failure} if failure is not None else {},
        )

    def _failed(self, asked: int, failure: Failure) -> None:
        if is_offline(failure) or loses_session(failure):
            self.store.apply(changes.with_offline, failure)
        now = self._now()
        self.store.apply(changes.with_dashboard_failure, PAGE, failure, now=now, asked=asked)
        if not loses_session(failure):
            self._again.start()
