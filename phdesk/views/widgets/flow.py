"""A layout that goes on in the next row where a row is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays its widgets from left to right, and from top to bottom.

    Those at its end stand at the right; where one row is not enough, they begin one of their own.
    """

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._end: QLayoutItem | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def begin_end(self) -> None:
        """Let the end begin with the last widget."""
        self._end = self._items[-1]

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item, as the last one."""
        self._items.append(item)

    def count(self) -> int:
        """Count the items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Give an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than the items need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that narrow means high."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of all rows."""
        return self._laid(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._laid(rect, move=True)

    def sizeHint(self) -> QSize:
        """Ask for one row."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Ask for the widest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _laid(self, rect: QRect, *, move: bool) -> int:
        rows = self._rows(rect.width())
        spare = rect.width() - self.sizeHint().width() if len(rows) == 1 else 0
        top = rect.top()
        for row in rows:
            high = max(item.sizeHint().height() for item in row)
            left = rect.left()
            for item in row if move else ():
                left += spare if item is self._end else 0
                size = item.sizeHint()
                at = QPoint(left, top + (high - size.height()) // 2)
                item.setGeometry(QRect(at, size))
                left += size.width() + self._gap
            top += high + self._gap
        return max(top - self._gap - rect.top(), 0)

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        """Divide what is shown into rows."""
        wraps = self.sizeHint().width() > width
        rows: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            ends = wraps and item is self._end
            if not rows or ends or left + wide > width:
                rows.append([])
                left = 0
            rows[-1].append(item)
            left += wide + self._gap
        return rows
