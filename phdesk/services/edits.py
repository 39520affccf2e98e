"""Carries out changes for the whole team, one after another, and says what became of them."""

from collections import deque
from collections.abc import Hashable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.refused import is_unsure
from phdesk.core.team_edits import Edit, changes_answers, following, makes
from phdesk.models.dashboard import Dashboard
from phdesk.models.failure import Cause, Failure
from phdesk.services.asking import Asking
from phdesk.services.background import Ticket
from phdesk.services.changing import Changed, change, look_after
from phdesk.services.dashboards import Dashboards
from phdesk.services.errands import Worker
from phdesk.services.layouts import NOT_SIGNED_IN, VIEWER
from phdesk.services.session import Session
from phdesk.store.frames import with_frame
from phdesk.store.store import Store

WRITING = "dashboard:write"
NO_TAGS = Failure(
    cause=Cause.PLAN,
    message="PostHog did not take the tags; the plan may not include them.",
    field="tags",
)
OVERTAKEN = Failure(cause=Cause.INVALID, message="Somebody else changed the same thing meanwhile.")


class Edits(Asking):
    """Sends one change at a time; what is refused changes nothing here either."""

    done = Signal(int, object, object)  # dashboard id, Edit as asked, and with its way back
    refused = Signal(int, object, object)  # dashboard id, Failure, Edit or None
    answer_was_lost = Signal(int, object)  # dashboard id, Edit: what it makes is looked for
    insights_came = Signal(object)  # tuple[Insight, ...]: those that could be added
    row_changed = Signal()  # the list of dashboards says something else now

    def __init__(
        self,
        store: Store,
        background: Worker,
        dashboards: Dashboards,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(store, background, dashboards, parent)
        self._waiting: deque[tuple[int, Edit]] = deque()
        self._running: Ticket | None = None
        self._listing: Ticket | None = None
        self._doubts: dict[Hashable, frozenset[int]] = {}  # by what is made: tiles before that
        self._barred: Failure | None = None  # a scope that the key lacks, until the next reading
        dashboards.was_read.connect(self._on_read)

    def use(self, session: Session | None) -> None:
        """Change things through this session from now on; what waits for the last is given up."""
        for ticket in (self._running, self._listing):
            if ticket is not None:
                ticket.cancel()
        self._running = self._listing = self._barred = None
        self._waiting.clear()
        self._session = session

    def obstacle(self, dashboard_id: int) -> Failure | None:
        """Say why a change cannot work now, before anybody writes one."""
        board = self._store.state.dashboards.get(dashboard_id)
        if self._session is None:
            return NOT_SIGNED_IN
        if board is not None and not board.dashboard.row.editable:
            return VIEWER
        return self._barred or self._store.state.offline

    def make(self, dashboard_id: int, edit: Edit) -> None:
        """Change a dashboard for everyone; ends in `done` or `refused`."""
        board = self._store.state.dashboards.get(dashboard_id)
        if board is None or not (edit.changes or edit.put):
            return
        if not board.dashboard.row.editable:
            self.refused.emit(dashboard_id, VIEWER, edit)
            return
        self._waiting.append((dashboard_id, edit))
        self._next()

    def list_insights(self, dashboard_id: int) -> None:
        """Read the saved insights; ends in `insights_came` or `refused`."""
        if self._session is not None:
            self._listing = self._background.submit(
                self._session.read_insights,
                done=self.insights_came.emit,
                failed=partial(self._were_refused, dashboard_id),
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
        key, there = self._key(dashboard_id, edit), frozenset(board.tiles)
        sent = replace(edit, doubted=self._doubts.get(key, edit.doubted))
        if makes(edit) is not None:
            self._doubts[key] = there if sent.doubted is None else sent.doubted
        self._running = self._background.submit(
            partial(change, self._session, board.dashboard, sent),
            done=partial(self._was_made, dashboard_id, edit),
            failed=partial(self._has_failed, board.dashboard, sent, edit),
            tag="edit",
        )

    def _key(self, dashboard_id: int, edit: Edit) -> Hashable:
        """Name what a change makes, so that it is known when it is asked for again."""
        session = self._session
        where = (session.account, session.project.id) if session is not None else None
        return where, dashboard_id, makes(edit)

    def _was_made(self, dashboard_id: int, asked: Edit, answer: Changed) -> None:
        self._doubts.pop(self._key(dashboard_id, asked), None)
        self._running, frame, edit = None, answer.frame, answer.edit
        self._barred = None
        self._dashboards.reach.answers()
        before = self._store.state.dashboards.get(dashboard_id)
        known = before.tiles.keys() if before is not None else ()
        self._store.apply(with_frame, frame, asked=self._dashboards.question())
        new = any(tile.id not in known for tile in frame.tiles)
        new = new or changes_answers(edit)
        if before is not None and (new or before.loading or not answer.whole):
            self._dashboards.refresh(dashboard_id)
        if edit.changes.keys() - {"tiles"}:
            self.row_changed.emit()
        if answer.overtaken:
            self.refused.emit(dashboard_id, OVERTAKEN, asked)
        elif edit.changes.get("tags") and not frame.row.tags:  # a plan without tags takes them so
            self.refused.emit(dashboard_id, NO_TAGS, asked)
        else:
            self._waiting = deque(
                (number, following(one, asked) if number == dashboard_id else one)
                for number, one in self._waiting
            )
            self.done.emit(dashboard_id, asked, edit)
        self._next()

    def _has_failed(self, before: Dashboard, sent: Edit, edit: Edit, failure: Failure) -> None:
        """Look for what would be there twice if it was sent again, where its answer was lost."""
        dashboard_id = before.row.id
        known = self._doubts.get(self._key(dashboard_id, edit))
        if known is not None and is_unsure(failure) and self._session is not None:
            self.answer_was_lost.emit(dashboard_id, edit)
            self._running = self._background.submit(
                partial(look_after, self._session, before, replace(edit, doubted=known)),
                done=partial(self._was_looked_after, dashboard_id, edit, failure),
                failed=lambda _again: self._was_refused(dashboard_id, edit, failure),
                tag="edit",
            )
            return
        if sent.doubted is None:
            self._doubts.pop(self._key(dashboard_id, edit), None)
        self._was_refused(dashboard_id, edit, failure)

    def _was_looked_after(
        self, dashboard_id: int, edit: Edit, failure: Failure, found: Changed | None
    ) -> None:
        if found is not None:
            self._was_made(dashboard_id, edit, found)
        else:
            self._was_refused(dashboard_id, edit, replace(failure, looked=True))

    def _was_refused(self, dashboard_id: int, edit: Edit, failure: Failure) -> None:
        self._running = None
        if failure.scope == WRITING:
            self._barred = failure
        self._dashboards.reach.stumbles(failure)
        if is_unsure(failure):
            self._dashboards.refresh(dashboard_id)  # what is there now is all that anybody knows
        self.refused.emit(dashboard_id, failure, edit)
        self._next()

    @Slot(int)
    def _on_read(self, _dashboard_id: int) -> None:
        """Try again what the key could not: its owner may have added the scope."""
        self._barred = None

    def _were_refused(self, dashboard_id: int, failure: Failure) -> None:
        self.refused.emit(dashboard_id, failure, None)
