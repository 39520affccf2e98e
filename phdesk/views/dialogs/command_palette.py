"""One field to go anywhere and do anything: dashboards, tiles of the open one, actions."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.core.finding import MOST, Entry, Index, found
from phdesk.core.shared_links import read_shared_link
from phdesk.core.sources import SourceError, parse_source
from phdesk.views.theme import Theme
from phdesk.views.widgets.pressing import Dialog
from phdesk.views.widgets.walking import WalkingField

WIDTH, HEIGHT, TOP, ROW = 620, 440, 72, 30  # px
KINDS = {
    "dashboard": "Dashboard",
    "board": "Board",
    "tile": "Tile",
    "view": "Saved view",
    "action": "Action",
}
HINTED = frozenset({"action", "line", "link"})  # whose hint says more than their kind
INDENT = "\u2003"  # for each level of an outline, while nothing is searched for
ENTRY = Qt.ItemDataRole.UserRole


class Asks(Struct, frozen=True, gc=False):
    """What a palette is for; `most` is how many results it lists."""

    title: str = "Find anything"
    prompt: str = "Find a dashboard, a tile or an action"
    most: int = MOST


ANYTHING = Asks()


class CommandPalette(Dialog):
    """The keyboard stays in the field; arrows walk along the results, Enter takes one."""

    chosen = Signal(object)  # Entry

    def __init__(
        self,
        theme: Theme,
        entries: Index,
        recent: Sequence[str],
        parent: QWidget | None = None,
        asks: Asks = ANYTHING,
    ) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self._theme, self._entries, self._recent = theme, entries, recent
        self._most = asks.most
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("floating", True)
        self.setWindowTitle(asks.title)
        self.setAccessibleName(asks.title)
        self._list = QTreeWidget()
        self._field = WalkingField(self._list)
        self._field.setPlaceholderText(asks.prompt)
        self._field.setAccessibleName(asks.prompt)
        self._nothing = QLabel("Nothing fits these words.")
        self._nothing.setProperty("tone", "muted")
        self._lay_out()
        self._field.textChanged.connect(self._show_results)
        self._field.returnPressed.connect(self._take)
        self._list.clicked.connect(self._on_clicked)
        self._list.currentItemChanged.connect(self._tell_current)
        self._show_results("")
        self._field.setFocus()

    def results(self) -> list[Entry]:
        """Give what is listed, best first."""
        rows = (self._list.topLevelItem(i) for i in range(self._list.topLevelItemCount()))
        return [row.data(0, ENTRY) for row in rows if row is not None]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for part in (self._field, self._nothing, self._list):
            column.addWidget(part)
        column.setStretch(2, 1)
        self._list.setAccessibleName("Results")
        self._list.setColumnCount(2)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.resize(WIDTH, HEIGHT)
        window = self.parentWidget()
        if window is not None:
            middle = window.mapToGlobal(window.rect().center())
            top = window.mapToGlobal(window.rect().topLeft()).y()
            self.move(middle.x() - WIDTH // 2, top + TOP)

    @Slot(str)
    def _show_results(self, words: str) -> None:
        self._list.clear()
        entries = found(self._entries, words, self._recent, most=self._most)
        for entry in entries or _address(words):
            said = KINDS.get(entry.kind, "")
            if entry.kind in HINTED and entry.hint:
                said = entry.hint
            indent = "" if words.strip() else INDENT * entry.depth
            row = QTreeWidgetItem([f"{indent}{entry.text}".replace("\n", " "), said])
            row.setData(0, ENTRY, entry)
            row.setSizeHint(0, QSize(0, ROW))
            row.setForeground(1, QBrush(self._theme.muted))
            row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._list.addTopLevelItem(row)
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first)
        self._nothing.setVisible(first is None)
        self._list.setVisible(first is not None)

    @Slot()
    def _tell_current(self) -> None:
        """Let a screen reader, which is in the field, say what Enter would take."""
        row = self._list.currentItem()
        self._field.setAccessibleDescription(f"{row.text(0)}, {row.text(1)}" if row else "")

    @Slot()
    def _take(self) -> None:
        row = self._list.currentItem()
        if row is not None:
            self.accept()
            self.chosen.emit(row.data(0, ENTRY))

    @Slot(QModelIndex)
    def _on_clicked(self, _place: QModelIndex) -> None:
        self._take()


def _address(words: str) -> list[Entry]:
    """Offer to open what was pasted, where that is an address of a dashboard or insight."""
    link = read_shared_link(words)
    if link is not None:
        return [Entry("link", words.strip(), "Open this shared page", link.host)]
    try:
        source = parse_source(words)
    except SourceError:
        return []
    if "/" not in words:  # a number or a short id is more likely part of a name
        return []
    where = (source.host or "").partition("://")[2]
    return [Entry("link", words.strip(), f"Open this {source.noun.value}", where)]
