"""A small page that hangs below a button, and goes with Esc or a press elsewhere."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from phdesk.views.widgets.pressing import Dialog

GAP = 4  # px below the button


class Popover(Dialog):
    """Made when it is opened, gone when it is closed; the keyboard then goes back."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("floating", True)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def open_below(self, anchor: QWidget) -> None:
        """Show below a button, moved into the screen where it would stick out."""
        self.adjustSize()
        self._place(anchor.mapToGlobal(QPoint(0, anchor.height() + GAP)), anchor)
        self.show()

    @Slot()
    def fit(self) -> None:
        """Take the room that is needed now, and stay on the screen."""
        if self.isVisible():
            self.adjustSize()
            self._place(self.pos(), self)

    def _place(self, corner: QPoint, near: QWidget) -> None:
        room = near.screen().availableGeometry()
        left = min(corner.x(), room.right() - self.width())
        top = min(corner.y(), room.bottom() - self.height())
        self.move(max(left, room.left()), max(top, room.top()))


def apply_button() -> QPushButton:
    """Make the button that takes what was entered; Enter belongs to the field above it."""
    button = QPushButton("Apply")
    button.setProperty("primary", True)
    button.setAutoDefault(False)
    return button
