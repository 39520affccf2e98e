"""Which of two layouts holds: one's own, or the one that the team made meanwhile."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from phdesk.core.grid.placement import COLUMNS
from phdesk.models.dashboard import Box
from phdesk.views import theme as look
from phdesk.views.dialogs import words
from phdesk.views.widgets.pressing import Dialog

Boxes = Mapping[int, Box]
MOST_NAMES = 5
GAP = 2.0  # px between tiles of a picture


class LayoutChoice(Dialog):
    """Shows both layouts small; closing it decides nothing."""

    mine_chosen = Signal()
    theirs_chosen = Signal()

    def __init__(self, theme: look.Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Two layouts")
        self._theme = theme
        self._what = words.plain("")
        self._mine = LayoutPicture("Yours", theme)
        self._theirs = LayoutPicture("The team's", theme)
        self._keep = QPushButton("Keep mine")
        self._keep.setAccessibleDescription("Saves your layout to PostHog, over the team's")
        self._take = QPushButton("Take the team's")
        self._take.setAccessibleDescription("Discards your layout")
        self._cancel = QPushButton("Decide later")
        self._cancel.setAccessibleDescription("Keeps your layout on this computer only")
        self._cancel.setDefault(True)  # nothing is lost by a hasty Enter
        self._arrange(f"“{name}” was rearranged by you and by somebody else")
        self._keep.clicked.connect(self._on_keep)
        self._take.clicked.connect(self._on_take)
        self._cancel.clicked.connect(self.reject)
        self._cancel.setFocus()

    def set_layouts(
        self, mine: Boxes, theirs: Boxes, tiles: Collection[int], names: Mapping[int, str]
    ) -> None:
        """Show two layouts and name the tiles about which they differ."""
        differing = [names.get(one, f"Tile {one}") for one in mine if one in tiles]
        self._what.setText(
            f"Since you began, these were moved on PostHog too: {_listed(differing)}. "
            "Your layout is not saved yet."
        )
        self._mine.set_boxes(mine, tiles, names)
        self._theirs.set_boxes(theirs, tiles, names)

    def _arrange(self, title: str) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        for picture in (self._mine, self._theirs):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(words.caption(picture.title, picture, self._theme))
            column.addWidget(picture, 1)
            pictures.addLayout(column)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self._keep, self._take, self._cancel):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(words.heading(title, self._theme))
        whole.addWidget(self._what)
        whole.addLayout(pictures, 1)
        whole.addLayout(buttons)
        self.resize(620, 480)

    @Slot()
    def _on_keep(self) -> None:
        self.accept()
        self.mine_chosen.emit()

    @Slot()
    def _on_take(self) -> None:
        self.accept()
        self.theirs_chosen.emit()


class LayoutPicture(QWidget):
    """A layout as small rectangles, those in question in the accent colour."""

    def __init__(self, title: str, theme: look.Theme) -> None:
        super().__init__()
        self.title = title
        self._theme = theme
        self._boxes: Boxes = {}
        self._names: Mapping[int, str] = {}
        self._marked: frozenset[int] = frozenset()
        self.setMinimumSize(220, 180)

    def set_boxes(self, boxes: Boxes, marked: Collection[int], names: Mapping[int, str]) -> None:
        """Show a layout; its words say where the marked tiles are."""
        self._boxes, self._marked, self._names = boxes, frozenset(marked), names
        places = [
            f"{names.get(one, f'Tile {one}')} at column {box.x + 1}, row {box.y + 1}"
            for one, box in boxes.items()
            if one in self._marked
        ]
        self.setAccessibleName(self.title)
        self.setAccessibleDescription("; ".join(places))
        self.setToolTip("\n".join(places))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a readable size."""
        return QSize(280, 260)

    def rectangle(self, box: Box) -> QRectF:
        """Give the place of a tile within the picture."""
        rows = max((one.y + one.h for one in self._boxes.values()), default=1)
        wide = self.width() / COLUMNS
        high = min(self.height() / rows, wide)
        place = QRectF(box.x * wide, box.y * high, box.w * wide, box.h * high)
        return place.adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rectangles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(10))
        for one, box in self._boxes.items():
            self._paint(painter, self.rectangle(box), self._names.get(one, ""), one in self._marked)

    def _paint(self, painter: QPainter, place: QRectF, name: str, marked: bool) -> None:  # noqa: FBT001
        theme = self._theme
        painter.setPen(QPen(theme.accent, 2) if marked else QPen(theme.line, 1))
        painter.setBrush(theme.accent_bg if marked else theme.surface)
        painter.drawRoundedRect(place, 2, 2)
        room = place.adjusted(4, 1, -4, -1)
        measure = painter.fontMetrics()
        if room.height() >= measure.height():
            painter.setPen(theme.text if marked else theme.muted)
            shown = measure.elidedText(name, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)


def _listed(names: Sequence[str]) -> str:
    """Name a few, and count the rest."""
    shown = ", ".join(names[:MOST_NAMES])
    rest = len(names) - MOST_NAMES
    return f"{shown} and {rest} more" if rest > 0 else shown
