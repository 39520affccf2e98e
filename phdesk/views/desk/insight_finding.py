"""Finds an insight to edit: the list of the project's, and one of them as it is saved."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from phdesk.core.finding import Entry, index
from phdesk.core.names import insight_title, kind_label
from phdesk.core.question import read_question
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.services.insight_saving import Opened, open_saved
from phdesk.services.session import Session
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.command_palette import Asks, CommandPalette

LISTING = "Reading the project's saved insights…"
READING = "Reading the insight…"
NOT_NOW = "phdesk is still connecting to PostHog. Try again in a moment."
ASKS = Asks("Edit a saved insight", "Find an insight to edit")


class InsightFinding(QObject):
    """Says in the window what is being read, and what could not be."""

    chosen = Signal(int)  # insight id, from the list
    came = Signal(object)  # Opened

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, desk.window

    def ask(self) -> None:
        """Ask which insight of the project to edit, on a dashboard or on none."""
        online = self._desk.online
        if online is None or not online.calls.ready:
            self._window.notice.set_message(NOT_NOW)
            return
        self._window.notice.set_done(LISTING, of_page=True)
        online.calls.ask(
            _listed,
            done=self._offer,
            failed=self._failed,
            tag=f"insights to edit, {self._desk.viewer}",
        )

    def read(self, name: int | str) -> None:
        """Ask for an insight as it is saved: a dashboard's answer has its filters in it."""
        online = self._desk.online
        if online is None:
            return
        self._window.notice.set_done(READING, of_page=True)
        online.calls.ask(
            partial(_opened, name),
            done=self._came,
            failed=self._failed,
            tag=f"insight to edit, {self._desk.viewer}",
        )

    def _offer(self, insights: Sequence[Insight]) -> None:
        self._is_read(LISTING)
        entries = index(_entry(one) for one in insights if one.id is not None)
        dialog = CommandPalette(self._desk.theme, entries, (), self._window, ASKS)
        dialog.chosen.connect(self._on_chosen)
        dialog.open()

    @Slot(object)
    def _on_chosen(self, entry: Entry) -> None:
        self.chosen.emit(int(entry.key))

    def _came(self, opened: Opened) -> None:
        self._is_read(READING)
        self.came.emit(opened)

    def _is_read(self, words: str) -> None:
        """Take back that it is being read, if nothing else was said meanwhile."""
        if self._window.notice.text == words:
            self._window.notice.clear()

    def _failed(self, failure: Failure) -> None:
        self._window.notice.set_message(f"Not opened: {failure.message}")


def _entry(insight: Insight) -> Entry:
    question = read_question(insight)
    return Entry("line", str(insight.id), insight_title(insight, question), kind_label(question))


async def _listed(session: Session) -> tuple[Insight, ...]:
    return await session.read_insights()


async def _opened(name: int | str, session: Session) -> Opened:
    return await open_saved(session, name)
