"""The list of shortcuts, made from the actions themselves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.widgets.pressing import Dialog

TILE_KEYS = (  # a tile and the page of a tile read these themselves
    ("Open the tile large", "Enter, V"),
    ("Open the tile in PostHog", "Ctrl+Enter"),
    ("Show the tile as a table", "T"),
    ("Menu of the tile", "Menu"),
    ("Copy the tile's table, or its picture", "Ctrl+C, Ctrl+Shift+C"),
    ("Read the chart of a tile, bucket by bucket", "Shift+Left, Shift+Right"),
    ("Pin what is read, or let it go", "Space"),
    ("Zoom in on what is read", "+"),
    ("Hide a name of the legend, or show it", "1 to 9"),
    ("Show a name of the legend alone", "Alt+1 to Alt+9"),
    ("Show all of a chart again", "0"),
    ("While the layout is edited: move a tile, resize it", "M, S"),
    ("Move the tile in the hand by a cell, resize it", "Arrows, Shift+Arrows"),
    ("Keep it there, put it back", "Enter, Esc"),
    ("Back from a tile opened large", "Esc"),
)


class Shortcuts(Dialog):
    """What each key does, in the window and on a tile; actions without a key are left out."""

    def __init__(
        self, theme: look.Theme, actions: Sequence[QAction] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self._list = QTreeWidget()
        self._list.setAccessibleName("Keyboard shortcuts")
        self._list.setProperty("ring", True)
        self._list.setHeaderLabels(["Action", "Keys"])
        self._list.setRootIsDecorated(False)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._close = QPushButton("Close")
        self._close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(words.heading("Keyboard shortcuts", theme))
        column.addWidget(self._list, 1)
        column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(520, 640)
        self.set_actions(actions)

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """List the actions that have a shortcut, in their order."""
        self._list.clear()
        for action in actions:
            keys = _keys(action)
            if keys:
                self._list.addTopLevelItem(QTreeWidgetItem([_text(action), keys]))
        for row in TILE_KEYS if actions else ():
            self._list.addTopLevelItem(QTreeWidgetItem(list(row)))

    def rows(self) -> list[tuple[str, str]]:
        """Give what is listed: action and keys."""
        items = (self._list.topLevelItem(row) for row in range(self._list.topLevelItemCount()))
        return [(item.text(0), item.text(1)) for item in items if item]


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    written = (keys.toString(native) for keys in action.shortcuts())
    return ", ".join(keys for keys in written if keys)


def _text(action: QAction) -> str:
    plain = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    return plain.removesuffix("…").removesuffix("...")
