"""Asks under which name an insight is saved as another one, and asks anew when that is refused."""

from PySide6.QtCore import QObject, Qt, Signal, Slot

from phdesk.views.building.heading import LONGEST_NAME
from phdesk.views.desk.desk import Desk
from phdesk.views.dialogs.one_name import OneName

TITLE, COPY = "Save as a new insight", " (copy)"


class InsightAnother(QObject):
    """One name at a time; it is kept until the insight is saved or the name is given up."""

    chosen = Signal(str)
    closing = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sent = ""  # under which it is being saved

    def ask_copy(self, title: str) -> None:
        """Ask for the name of a copy; a title that is as long as names may be is cut for that."""
        self.ask(f"{title[: LONGEST_NAME - len(COPY)]}{COPY}")

    def ask(self, name: str, why: str = "") -> None:
        """Ask for a name; of one that did not do, say why."""
        made = OneName(self._desk.theme, TITLE, "Save", self._desk.window, LONGEST_NAME)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.set_name(name)
        made.chosen.connect(self.chosen)
        self.closing.connect(made.close)
        made.open()
        made.set_wrong(why)

    def note_sent(self, name: str, *, began: bool) -> None:
        """Remember under which name an insight is being saved."""
        self._sent = name if began else ""

    @Slot()
    def forget(self) -> None:
        """Leave the name: it is saved, or another insight is built."""
        self._sent = ""
        self.closing.emit()

    def was_refused(self, why: str, *, shown: bool) -> bool:
        """Ask for another name where its page is shown, if that was being saved; say whether.

        Elsewhere the name is left: the next refusal is about something else.
        """
        name, self._sent = self._sent, ""
        if name and shown:
            self.ask(name, why)
        return bool(name)
