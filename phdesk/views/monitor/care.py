"""Spares the panel of one wall by the clock, and hides a pointer that nobody moves."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QWidget

from phdesk.core.wall.care import Cared, cared, reach
from phdesk.models.wall import Care

TICK = 1000  # ms
RESTS_AFTER = 3000  # ms without a movement of the pointer
SHADES = 255  # of a panel


class Picture(Protocol):
    """What is spared: the window of a wall."""

    def width(self) -> int:
        """Give its width in points."""

    def height(self) -> int:
        """Give its height in points."""

    def set_dim(self, share: float) -> None:
        """Darken it: 1 is as bright as ever."""

    def set_offset(self, dx: int, dy: int) -> None:
        """Move what it shows by some points."""

    def set_off(self, off: bool) -> None:  # noqa: FBT001  as agreed
        """Show black with a small clock, or the wall again."""


class PanelCare(QObject):
    """Dims, moves and blackens the picture of one wall as its `Care` and the clock have it."""

    changed = Signal()  # what is `shown`, but for the place of the picture

    def __init__(
        self,
        picture: Picture,
        now: Callable[[], datetime],
        zone: tzinfo | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._picture, self._now, self._zone = picture, now, zone
        self._care = Care()
        self._shown = Cared()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def shown(self) -> Cared:
        """Say how the wall is shown now."""
        return self._shown

    def set_care(self, care: Care) -> None:
        """Take other hours."""
        self._care = care
        self.look()

    def set_zone(self, zone: tzinfo | None) -> None:
        """Go by the clocks of another place; None is the computer's."""
        self._zone = zone
        self.look()

    @Slot()
    def look(self) -> None:
        """Look at the clock, and set what is different by now."""
        pixels = reach(self._picture.width(), self._picture.height())
        before, after = self._shown, cared(self._care, self._now(), self._zone, pixels)
        if after.offset != before.offset:
            self._picture.set_offset(*after.offset)
        if round(after.brightness * SHADES) != round(before.brightness * SHADES):
            self._picture.set_dim(after.brightness)
        else:
            after = Cared(
                brightness=before.brightness,  # as it is painted
                off=after.off,
                refreshed=after.refreshed,
                offset=after.offset,
                awake=after.awake,
            )
        if after.off != before.off:
            self._picture.set_off(after.off)
        self._shown = after
        if (after.off, after.refreshed, after.awake) != (
            before.off,
            before.refreshed,
            before.awake,
        ):
            self.changed.emit()


class PointerRest(QObject):
    """Hides the pointer over the windows of walls until somebody moves it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = QPointF()
        self._hidden = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RESTS_AFTER)
        self._timer.timeout.connect(self._hide)

    @property
    def is_hidden(self) -> bool:
        """Say whether the pointer is hidden."""
        return self._hidden

    def watch(self, window: QWidget) -> None:
        """Hide the pointer over a window, too."""
        window.winId()  # makes the one that sees all movements, whatever lies below the pointer
        window.windowHandle().installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Leave the pointer alone from now on."""
        self._timer.stop()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the pointer; some systems tell of movements where there was none."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            place = event.globalPosition()
            if place != self._place:
                self._place = place
                self._show()
                self._timer.start()
        return False

    @Slot()
    def _hide(self) -> None:
        if not self._hidden:
            self._hidden = True
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)

    def _show(self) -> None:
        if self._hidden:
            self._hidden = False
            QGuiApplication.restoreOverrideCursor()
