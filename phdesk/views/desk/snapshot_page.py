"""Shows a snapshot in a window: to be read, below a line that says what it is."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from phdesk.core.ages import absolute
from phdesk.core.shared_links import SharedLink, read_shared_link
from phdesk.services.snapshots import host_of
from phdesk.store.snapshot import Snapshot, place_of
from phdesk.views.dashboard.card_state import Reads
from phdesk.views.dashboard.reading import Reading
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.pages import Pages
from phdesk.views.theme import Theme, pixmap
from phdesk.views.widgets.strip import Strip

WHY = "A snapshot stays as it was saved: it has no PostHog to ask."
ROOMY = 640  # px, for more than the words
WHY_SHARED = "A shared page can only be read. Its numbers are those that its server had."


def show(desk: Desk, pages: Pages, held: Snapshot) -> None:
    """Fill a window whose store holds a snapshot's dashboard."""
    when = absolute(held.made_at, desk.now(), None)
    link = read_shared_link(held.link)
    if link is not None:
        _show_shared(desk, link, when)
    else:
        desk.sealed_host = host_of(held)
        strip = SnapshotLine(f"Snapshot of {place_of(held)}, made {when}", WHY, desk.theme)
        desk.theme_changed.connect(strip.set_theme)
        reads: Reads = "kept" if desk.sealed_host else "alone"
        desk.window.set_reading(Reading(reads, WHY), strip)
    pages.start(held.dashboard.row.id)


def _show_shared(desk: Desk, link: SharedLink, when: str) -> None:
    """Say whose page it is, and offer to read it again or to open it in a browser."""
    words = f"Shared by {link.host} with everybody who has the link, read {when}"
    strip = SnapshotLine(words, WHY_SHARED, desk.theme, "link")
    strip.add_button("Read again", partial(desk.link_requested.emit, link.page))
    strip.add_button("In the browser", partial(desk.browse, link.page))
    desk.theme_changed.connect(strip.set_theme)
    # Pages of its tiles need an account, which nobody has here.
    desk.window.set_reading(Reading("alone", WHY_SHARED), strip)


class SnapshotLine(Strip):
    """A calm strip below the header."""

    def __init__(self, words: str, why: str, theme: Theme, icon: str = "history") -> None:
        super().__init__()
        self.setAccessibleName(words)
        self._icon = icon
        self._sign, self._words = QLabel(), QLabel(words)
        self._words.setTextFormat(Qt.TextFormat.PlainText)  # names come from a file
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        more = self._more = QLabel("To be read only")
        more.setToolTip(why)
        more.setProperty("tone", "muted")
        self.row.addWidget(self._sign)
        self.row.addWidget(self._words, 1)
        self.row.addWidget(more)
        self.set_theme(theme)

    def add_button(self, text: str, act: Callable[[], object]) -> None:
        """Offer something to do, at the end."""
        button = QPushButton(text)
        button.setMinimumHeight(24)
        button.clicked.connect(act)
        self.row.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room of a narrow window to the words."""
        super().resizeEvent(event)
        self._more.setVisible(self.width() >= ROOMY)

    @property
    def text(self) -> str:
        """Give the words."""
        return self._words.text()

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Take over another theme."""
        self._sign.setPixmap(pixmap(self._icon, theme.accent, 16))
