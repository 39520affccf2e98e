"""Layouts of one's own: on this computer at once, on PostHog when a person says so.

A layout lies over the server's until it is saved or discarded. Saving reads the server's first: if
the team moved the same tiles meanwhile, nothing is sent and a person chooses. What is refused, or
cannot be sent for now, stays where it is. The moment between reading and sending cannot be closed:
PostHog has no versions, the last one to write wins.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.grid.boards import board_boxes
from phdesk.core.grid.overlaying import base_after, laid_over
from phdesk.core.refused import is_unsure
from phdesk.models.dashboard import Box
from phdesk.models.failure import Cause, Failure
from phdesk.services.asking import Asking
from phdesk.services.background import Ticket
from phdesk.services.dashboards import Dashboards
from phdesk.services.errands import Worker
from phdesk.services.overlays import OverlayWriter, key_of
from phdesk.services.saving import Attempt, Conflict, save_layout
from phdesk.services.session import Session
from phdesk.store import changes
from phdesk.store.cache import Cache
from phdesk.store.frames import with_frame
from phdesk.store.state import DashboardState, Overlay
from phdesk.store.store import Store

Boxes = Mapping[int, Box]
FORBIDDING = frozenset({Cause.MISSING_SCOPE, Cause.FORBIDDEN})
VIEWER = Failure(
    cause=Cause.FORBIDDEN, message="You may view this dashboard, but not change it for the team."
)
NOT_SIGNED_IN = Failure(cause=Cause.NO_KEY, message="Sign in to save it.")


class Standing(Struct, frozen=True, gc=False, kw_only=True):
    """How a layout of one's own stands with PostHog."""

    saving: bool = False
    failure: Failure | None = None  # why it is not saved
    can_try: bool = True  # whether trying now may help
    doubted: bool = False  # it may be saved all the same


class Layouts(Asking):
    """Keeps, saves and discards layouts of one's own."""

    conflict_found = Signal(object)  # Conflict: answer with `keep_mine`, `discard` or nothing
    saved = Signal(int)  # dashboard id
    refused = Signal(int, object)  # dashboard id, Failure
    standing_changed = Signal(int)  # dashboard id

    def __init__(
        self,
        store: Store,
        cache: Cache,
        background: Worker,
        dashboards: Dashboards,
        *,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(store, background, dashboards, parent)
        self._now = now
        self._saving: dict[int, Ticket] = {}
        self._failures: dict[int, Failure] = {}
        self._writer = OverlayWriter(cache)
        background.at_stop(self._writer.write)
        dashboards.was_read.connect(self._on_read)

    def use(self, session: Session | None) -> None:
        """Save through this session from now on; what the last one was asked is given up."""
        for ticket in self._saving.values():
            ticket.cancel()
        self._saving.clear()
        self._failures.clear()
        self._session = session

    def standing(self, dashboard_id: int) -> Standing:
        """Say how the layout of a dashboard stands."""
        if dashboard_id in self._saving:
            return Standing(saving=True)
        obstacle, failure = self._obstacle(dashboard_id), self._failures.get(dashboard_id)
        doubted = failure is not None and is_unsure(failure)
        if obstacle is not None:
            return Standing(failure=obstacle, can_try=False, doubted=doubted)
        return Standing(failure=failure, doubted=doubted)

    def keep(self, dashboard_id: int, boxes: Boxes) -> None:
        """Keep a layout on this computer; one that is the server's own is none."""
        board = self._store.state.dashboards.get(dashboard_id)
        if board is None:
            return
        server = board_boxes(board.dashboard)
        wished = {one: box for one, box in boxes.items() if one in server}
        if wished == server and dashboard_id not in self._saving:
            self.discard(dashboard_id)
            return
        base = dict(server)
        held = self._store.state.overlays.get(dashboard_id)
        if held is not None:
            laid = laid_over(server, held.boxes, held.base, board.dashboard.compaction)
            base = base_after(server, laid, held.base)
        self._lay(dashboard_id, wished, base)

    def discard(self, dashboard_id: int) -> None:
        """Go back to the layout of the team; what is being sent cannot be called back."""
        if dashboard_id in self._saving:
            return
        self._failures.pop(dashboard_id, None)
        if dashboard_id in self._store.state.overlays:
            self._store.apply(changes.without_overlay, dashboard_id)
            self._write(dashboard_id, None)
        self.standing_changed.emit(dashboard_id)

    def save(self, dashboard_id: int) -> None:
        """Send a layout to PostHog; ends in `saved`, `refused` or `conflict_found`."""
        overlay = self._store.state.overlays.get(dashboard_id)
        if overlay is None or dashboard_id in self._saving:
            return
        obstacle = self._obstacle(dashboard_id)
        if self._session is None or obstacle is not None:
            self.refused.emit(dashboard_id, obstacle or NOT_SIGNED_IN)
            return
        self._failures.pop(dashboard_id, None)
        self._saving[dashboard_id] = self._background.submit(
            partial(save_layout, self._session, dashboard_id, overlay),
            done=partial(self._answered, dashboard_id, overlay),
            failed=partial(self._failed, dashboard_id),
            tag=f"layout {dashboard_id}",
        )
        self.standing_changed.emit(dashboard_id)

    def keep_mine(self, conflict: Conflict) -> None:
        """Save the person's layout over the team's, which the person has seen."""
        held = self._store.state.overlays.get(conflict.dashboard)
        if held is not None:
            self._lay(conflict.dashboard, {**conflict.mine, **held.boxes}, conflict.theirs)
            self.save(conflict.dashboard)

    def _obstacle(self, dashboard_id: int) -> Failure | None:
        """Say why saving cannot work now, whatever is tried."""
        state = self._store.state
        board = state.dashboards.get(dashboard_id)
        if self._session is None:
            return NOT_SIGNED_IN
        if board is not None and not board.dashboard.row.editable:
            return VIEWER
        failure = self._failures.get(dashboard_id)
        if failure is not None and failure.cause in FORBIDDING:
            return failure
        return state.offline

    def _answered(self, dashboard_id: int, sent: Overlay, attempt: Attempt) -> None:
        self._saving.pop(dashboard_id, None)
        self._dashboards.reach.answers()
        before = self._store.state.dashboards.get(dashboard_id)
        number = self._dashboards.question()
        self._store.apply(with_frame, attempt.frame, asked=number)
        if attempt.conflict is None:
            self._was_saved(dashboard_id, sent, board_boxes(attempt.frame))
        if before is not None and _needs_reading(before, attempt):
            self._dashboards.refresh(dashboard_id)
        self.standing_changed.emit(dashboard_id)
        if attempt.conflict is not None:
            self.conflict_found.emit(attempt.conflict)
        else:
            self.saved.emit(dashboard_id)

    def _was_saved(self, dashboard_id: int, sent: Overlay, server: Boxes) -> None:
        """Take the overlay off, or what was moved since over the layout that is saved now."""
        held = self._store.state.overlays.get(dashboard_id)
        if held is not None and held.boxes != sent.boxes:
            self._lay(dashboard_id, held.boxes, server)
        elif held is not None:
            self.discard(dashboard_id)

    def _failed(self, dashboard_id: int, failure: Failure) -> None:
        self._saving.pop(dashboard_id, None)
        self._failures[dashboard_id] = failure
        self._dashboards.reach.stumbles(failure)
        self.standing_changed.emit(dashboard_id)
        self.refused.emit(dashboard_id, failure)

    @Slot(int)
    def _on_read(self, dashboard_id: int) -> None:
        """Offer what was refused again, and drop what the server has by now."""
        self._failures.pop(dashboard_id, None)
        state = self._store.state
        overlay, board = state.overlays.get(dashboard_id), state.dashboards.get(dashboard_id)
        if overlay is None or board is None or dashboard_id in self._saving:
            return
        server = board_boxes(board.dashboard)
        laid = laid_over(server, overlay.boxes, overlay.base, board.dashboard.compaction)
        if laid.boxes == server:
            self.discard(dashboard_id)
        else:
            self.standing_changed.emit(dashboard_id)

    def _lay(self, dashboard_id: int, boxes: Boxes, base: Boxes) -> None:
        overlay = Overlay(boxes=boxes, base=base, changed_at=self._now())
        self._store.apply(changes.with_overlay, dashboard_id, overlay)
        self._write(dashboard_id, overlay)

    def _write(self, dashboard_id: int, overlay: Overlay | None) -> None:
        key = key_of(self._store.state, dashboard_id)
        if key is not None:
            self._writer.put(key, overlay)
            self._background.submit(self._writer.write, done=_accept, failed=_accept)


def _needs_reading(before: DashboardState, attempt: Attempt) -> bool:
    """Say whether results are missing, or an older answer is under way that is no use now."""
    return before.loading or any(tile.id not in before.tiles for tile in attempt.frame.tiles)


def _accept(_outcome: object) -> None:
    """Take an outcome that needs no answer."""
