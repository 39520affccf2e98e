"""Shows a snapshot in a window: to be read, below a line that says what it is."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy

from phdesk.core.ages import absolute
from phdesk.services.snapshots import host_of
from phdesk.store.snapshot import Snapshot, place_of
from phdesk.views.dashboard.card_state import Reads
from phdesk.views.dashboard.reading import Reading
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages
from phdesk.views.theme import Theme, pixmap
from phdesk.views.widgets.strip import Strip

WHY = "A snapshot stays as it was saved: it has no PostHog to ask."


def show(desk: Desk, pages: Pages, held: Snapshot) -> None:
    """Fill a window whose store holds a snapshot's dashboard."""
    desk.sealed_host = host_of(held)
    words = f"Snapshot of {place_of(held)}, made {absolute(held.made_at, desk.now(), None)}"
    strip = SnapshotLine(words, desk.theme)
    desk.theme_changed.connect(strip.set_theme)
    reads: Reads = "kept" if desk.sealed_host else "alone"
    desk.window.set_reading(Reading(reads, WHY), strip)
    pages.start(held.dashboard.row.id)


class SnapshotLine(Strip):
    """A calm strip below the header."""

    def __init__(self, words: str, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self._sign, self._words = QLabel(), QLabel(words)
        self._words.setTextFormat(Qt.TextFormat.PlainText)  # names come from a file
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        more = QLabel("To be read only")
        more.setToolTip(WHY)
        more.setProperty("tone", "muted")
        self.row.addWidget(self._sign)
        self.row.addWidget(self._words, 1)
        self.row.addWidget(more)
        self.set_theme(theme)

    @property
    def text(self) -> str:
        """Give the words."""
        return self._words.text()

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._sign.setPixmap(pixmap("history", theme.accent, 16))
