"""Brings layouts of one's own from the screen to the service, and what became of them back."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from phdesk.core.listing import title_of
from phdesk.core.refused import doubted
from phdesk.models.dashboard import Box
from phdesk.models.failure import Failure
from phdesk.services.failures import is_offline
from phdesk.store.state import Changes
from phdesk.views.dashboard.layout_note import LayoutNote
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.late import layout_choice
from phdesk.views.desk.pages import Pages
from phdesk.views.widgets.spoken import speak

if TYPE_CHECKING:
    from phdesk.services.layouts import Layouts as Service
    from phdesk.services.layouts import Standing
    from phdesk.services.saving import Conflict

CHANGED = "Layout changed on this computer only"
WAITS = "phdesk is offline: it can be saved when PostHog answers again."
MAYBE = "It may be saved all the same; saving again looks first."
CARD = "a text card"
CONNECTING = "Connecting to PostHog…"


class Layouts(QObject):
    """Made after the first paint; what is moved before the network is loaded waits for it."""

    def __init__(self, desk: Desk, pages: Pages) -> None:
        super().__init__(desk)
        self._desk, self._window = desk, desk.window
        self._early: dict[int, Mapping[int, Box]] = {}
        self._saves: set[int] = set()  # dashboards that this window asked to save
        screen = desk.window.screen_page
        screen.layout_changed.connect(self._on_moved)
        screen.layout_save_requested.connect(self._on_save)
        screen.layout_discard_requested.connect(self._on_discard)
        desk.store.changed.connect(self._on_changed)
        desk.online_arrived.connect(self._on_online)
        pages.opened.connect(self.show_note)
        self._on_online()
        self.show_note()

    @property
    def _service(self) -> "Service | None":
        return self._desk.online.layouts if self._desk.online is not None else None

    @Slot()
    def show_note(self) -> None:
        """Say how the layout on screen differs from the team's, or that it does not."""
        open_id, service = self._desk.open_id, self._service
        note = None
        if open_id is not None and open_id in self._desk.state.overlays:
            standing = service.standing(open_id) if service is not None else None
            note = note_of(standing)
        self._window.screen_page.set_layout_note(note)

    @Slot()
    def _on_online(self) -> None:
        service = self._service
        if service is None:
            return
        service.conflict_found.connect(self._on_conflict)
        service.saved.connect(self._on_answered)
        service.refused.connect(self._on_refused)
        service.standing_changed.connect(self._on_standing)
        early, self._early = self._early, {}
        for dashboard_id, boxes in early.items():
            service.keep(dashboard_id, boxes)
        self.show_note()

    @Slot(object)
    def _on_moved(self, boxes: Mapping[int, Box]) -> None:
        open_id, service = self._desk.dashboard_id, self._service
        if open_id is None:  # a board's layout goes another way
            return
        if service is None:
            self._early[open_id] = boxes
        else:
            service.keep(open_id, boxes)

    @Slot()
    def _on_save(self) -> None:
        if self._service is not None and self._desk.open_id is not None:
            self._saves.add(self._desk.open_id)
            self._service.save(self._desk.open_id)

    @Slot()
    def _on_discard(self) -> None:
        if self._service is not None and self._desk.open_id is not None:
            self._service.discard(self._desk.open_id)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.account or changes.offline or self._desk.open_id in changes.dashboards:
            self.show_note()

    @Slot(int)
    def _on_standing(self, dashboard_id: int) -> None:
        if dashboard_id == self._desk.open_id:
            self.show_note()

    @Slot(object)
    def _on_conflict(self, conflict: "Conflict") -> None:
        service, board = self._service, self._desk.state.dashboards.get(conflict.dashboard)
        if service is None or board is None or conflict.dashboard not in self._saves:
            return
        self._saves.discard(conflict.dashboard)
        views = self._window.screen_page.views
        names = {one: views[one].title or CARD for one in board.tiles if one in views}
        dialog = layout_choice()(self._desk.theme, title_of(board.dashboard.row), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.set_layouts(conflict.mine, conflict.theirs, conflict.tiles, names)
        dialog.mine_chosen.connect(partial(self._keep_mine, conflict))
        dialog.theirs_chosen.connect(partial(service.discard, conflict.dashboard))
        dialog.open()

    @Slot(int)
    def _on_answered(self, dashboard_id: int) -> None:
        self._saves.discard(dashboard_id)

    @Slot(int, object)
    def _on_refused(self, dashboard_id: int, failure: Failure) -> None:
        """Say aloud what stands in the note: the keyboard may be anywhere by now."""
        if dashboard_id in self._saves:
            said = doubted(failure.message, failure, MAYBE)
            speak(self._window.screen_page, f"The layout was not saved: {said}")
        self._saves.discard(dashboard_id)

    def _keep_mine(self, conflict: "Conflict") -> None:
        if self._service is not None:
            self._saves.add(conflict.dashboard)
            self._service.keep_mine(conflict)


def note_of(standing: "Standing | None") -> LayoutNote:
    """Say in words how a layout of one's own stands; None is before the network is loaded."""
    if standing is None:
        return LayoutNote(text=CHANGED, can_save=False, why_not=CONNECTING)
    failure, doubt = standing.failure, f" {MAYBE}" if standing.doubted else ""
    if failure is None:
        return LayoutNote(text=CHANGED, busy=standing.saving)
    if standing.can_try:
        return LayoutNote(text=f"{CHANGED}. PostHog did not save it: {failure.message}{doubt}")
    if is_offline(failure):
        return LayoutNote(text=CHANGED, can_save=False, why_not=f"{WAITS}{doubt}")
    remedy = " Add it to the key in PostHog's settings, then refresh." if failure.scope else ""
    return LayoutNote(text=CHANGED, can_save=False, why_not=f"{failure.message}{remedy}")
