"""Asks on which dashboards an insight is to be, and asks anew where PostHog does not take it."""

from PySide6.QtCore import QObject, Qt, Signal, Slot

from phdesk.core.listing import title_of
from phdesk.models.insight import SavedInsight
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.dashboard_choice import DashboardChoice

NOT_TAKEN = "PostHog did not refuse it, and yet this insight is {}."


class InsightBoards(QObject):
    """One choice at a time; its ticks are kept until they are saved or given up."""

    chosen = Signal(object)  # tuple of dashboard ids
    closing = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: tuple[int, ...] | None = None  # where it is being put
        self._before: tuple[int, ...] = ()

    def ask(self, saved: SavedInsight) -> DashboardChoice:
        """Ask on which dashboards a saved insight is to be."""
        rows = self._desk.state.rows.items
        made = DashboardChoice(self._desk.theme, rows, saved.dashboards, self._desk.window)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.chosen.connect(self.chosen)
        self.closing.connect(made.close)
        made.open()
        return made

    def ask_again(
        self, saved: SavedInsight, wanted: tuple[int, ...], why: str, *, sure: bool = True
    ) -> None:
        """Ask anew with what was ticked; say why it is not so, or where not `sure`, may not be."""
        self.ask(saved).bring_back(wanted, why, sure=sure)

    def note_sent(self, saved: SavedInsight, wanted: tuple[int, ...], *, began: bool) -> None:
        """Remember what was ticked while it is being saved."""
        self._wanted, self._before = (wanted if began else None), saved.dashboards

    @Slot()
    def forget(self) -> None:
        """Leave what was ticked: another insight is built."""
        self._wanted = None
        self.closing.emit()

    def was_refused(self, saved: SavedInsight | None, why: str, *, shown: bool, sure: bool) -> bool:
        """Bring the ticks back where the page is shown, if they were being saved; say whether."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and saved is not None and shown:
            self.ask_again(saved, wanted, why, sure=sure)
        return wanted is not None

    def was_saved(self, saved: SavedInsight) -> str:
        """Say what of the ticks is not so, though nothing was refused; empty if all is."""
        wanted, self._wanted = self._wanted, None
        if wanted is None or not saved.told:
            return ""
        asked, was, now = set(wanted), set(self._before), set(saved.dashboards)
        off, on = asked - was - now, (was - asked) & now
        parts = [("not on", off), ("still on", on)]
        told = [f"{words} {self._named(found)}" for words, found in parts if found]
        return NOT_TAKEN.format(" and ".join(told)) if told else ""

    def _named(self, boards: set[int]) -> str:
        rows = {row.id: title_of(row) for row in self._desk.state.rows.items}
        names = [f"“{rows.get(one, f'Dashboard {one}')}”" for one in sorted(boards)]
        return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
