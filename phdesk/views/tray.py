"""The icon in the system's tray: opens phdesk, counts alerts, quits."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from phdesk.views.theme import Theme

SIDE = 64  # pixels; the tray makes them smaller
MOST = 9


class Tray(QObject):
    """Made only where a tray is; shown while phdesk keeps running for alerts."""

    open_requested = Signal()
    inbox_requested = Signal()
    quit_requested = Signal()

    def __init__(self, icon: QIcon, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plain, self._theme = icon, theme
        self.menu = QMenu()  # has no window to belong to
        self.menu.addAction("Open phdesk").triggered.connect(self.open_requested)
        self.menu.addAction("Inbox of alerts").triggered.connect(self.inbox_requested)
        self.menu.addSeparator()
        self.menu.addAction("Quit").triggered.connect(self.quit_requested)
        self.icon = QSystemTrayIcon(icon, self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.inbox_requested)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Count alerts that are not well and that nobody acknowledged."""
        said = {0: "no new alerts", 1: "1 alert"}.get(count, f"{count} alerts")
        self.icon.setToolTip(f"phdesk: {said}")
        self.icon.setIcon(self._counted(count) if count else self._plain)

    def show(self) -> None:
        """Put the icon into the tray."""
        self.icon.show()

    def hide(self) -> None:
        """Take it out."""
        self.icon.hide()

    def tell(self, title: str, body: str) -> None:
        """Show a balloon."""
        self.icon.showMessage(title, body, self._plain)

    def _counted(self, count: int) -> QIcon:
        picture = QPixmap(SIDE, SIDE)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._plain.paint(painter, 0, 0, SIDE, SIDE)
        box = QRectF(SIDE * 0.36, 0, SIDE * 0.64, SIDE * 0.64)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.bad)
        painter.drawEllipse(box)
        painter.setPen(self._theme.on_accent)
        painter.setFont(self._theme.font(26 if count <= MOST else 20, 700))
        text = str(count) if count <= MOST else f"{MOST}+"
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return QIcon(picture)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why is not QSystemTrayIcon.ActivationReason.Context:
            self.open_requested.emit()
