"""Carries out changes for the whole team, one after another, and says what became of them."""

from collections import deque
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from phdesk.core.team_edits import Edit, taken_off
from phdesk.models.dashboard import Dashboard
from phdesk.models.failure import Cause, Failure
from phdesk.services.background import Ticket
from phdesk.services.dashboards import Dashboards
from phdesk.services.errands import Worker
from phdesk.services.layouts import VIEWER
from phdesk.services.saving import joined
from phdesk.services.session import Session
from phdesk.store.frames import with_frame
from phdesk.store.store import Store

NO_TAGS = Failure(
    cause=Cause.PLAN, message="PostHog did not take the tags; the plan may not include them."
)


class _Answer(Struct, frozen=True, gc=False):
    """The dashboard after a change; `whole` says whether the answer told its tiles."""

    frame: Dashboard
    whole: bool


class Edits(QObject):
    """Sends one change at a time; what is refused changes nothing here either."""

    done = Signal(int, object)  # dashboard id, Edit
    refused = Signal(int, object)  # dashboard id, Failure
    insights_came = Signal(object)  # tuple[Insight, ...]: those that could be added
    row_changed = Signal()  # the list of dashboards says something else now

    def __init__(
        self,
        store: Store,
        background: Worker,
        dashboards: Dashboards,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._background = background
        self._dashboards = dashboards
        self._session: Session | None = None
        self._waiting: deque[tuple[int, Edit]] = deque()
        self._running: Ticket | None = None

    def use(self, session: Session | None) -> None:
        """Change things through this session from now on; what waits for the last is given up."""
        if self._running is not None:
            self._running.cancel()
        self._running = None
        self._waiting.clear()
        self._session = session

    @property
    def ready(self) -> bool:
        """Say whether there is somebody to ask."""
        return self._session is not None

    def make(self, dashboard_id: int, edit: Edit) -> None:
        """Change a dashboard for everyone; ends in `done` or `refused`."""
        board = self._store.state.dashboards.get(dashboard_id)
        if board is None or not (edit.changes or edit.put):
            return
        if not board.dashboard.row.editable:
            self.refused.emit(dashboard_id, VIEWER)
            return
        self._waiting.append((dashboard_id, edit))
        self._next()

    def take_back(self, dashboard_id: int, edit: Edit) -> None:
        """Undo a change that was made."""
        if edit.back is not None:
            self.make(dashboard_id, Edit(edit.back, "It is as before.", edit.changes))

    def list_insights(self, dashboard_id: int) -> None:
        """Read the saved insights; ends in `insights_came` or `refused`."""
        if self._session is not None:
            self._background.submit(
                self._session.read_insights,
                done=self.insights_came.emit,
                failed=partial(self.refused.emit, dashboard_id),
                tag="insights",
            )

    def _next(self) -> None:
        if self._session is None or self._running is not None or not self._waiting:
            return
        dashboard_id, edit = self._waiting.popleft()
        board = self._store.state.dashboards.get(dashboard_id)
        if board is None:
            self._next()
            return
        self._running = self._background.submit(
            partial(_made, self._session, board.dashboard, edit),
            done=partial(self._was_made, dashboard_id, edit),
            failed=partial(self._was_refused, dashboard_id),
            tag="edit",
        )

    def _was_made(self, dashboard_id: int, edit: Edit, answer: _Answer) -> None:
        self._running, frame = None, answer.frame
        self._dashboards.answers()
        before = self._store.state.dashboards.get(dashboard_id)
        known = before.tiles.keys() if before is not None else ()
        self._store.apply(with_frame, frame, asked=self._dashboards.question())
        new = [tile.id for tile in frame.tiles if tile.id not in known]
        if edit.back is None and new:
            edit = replace(edit, back=taken_off(new))
        if before is not None and (new or before.loading or not answer.whole):
            self._dashboards.refresh(dashboard_id)
        if edit.changes.keys() - {"tiles"}:
            self.row_changed.emit()
        if edit.changes.get("tags") and not frame.row.tags:  # a plan without tags takes them so
            self.refused.emit(dashboard_id, NO_TAGS)
        else:
            self.done.emit(dashboard_id, edit)
        self._next()

    def _was_refused(self, dashboard_id: int, failure: Failure) -> None:
        self._running = None
        self._dashboards.stumbles(failure)
        self.refused.emit(dashboard_id, failure)
        self._next()


async def _made(session: Session, before: Dashboard, edit: Edit) -> _Answer:
    if edit.put is not None:
        await session.put_insight(before.row.id, edit.put)
        return _Answer(await session.read_frame(before.row.id), whole=True)
    answer = await session.change_dashboard(before.row.id, edit.changes)
    frame = joined(before, answer)
    session.keep_frame(frame)
    return _Answer(frame, whole=bool(answer.tiles))
