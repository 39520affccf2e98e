"""The window of one wall: paints what its conductor has ready, tick by tick."""

from msgspec import structs
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from phdesk.core.wall.pages import DESK_LABEL, GAP, scale_for
from phdesk.models.beat import Beat
from phdesk.models.wall import Wall
from phdesk.views.charts.ink import Ink, fill
from phdesk.views.monitor.conductor import Conductor
from phdesk.views.monitor.fade import Fade
from phdesk.views.monitor.header import (
    Heading,
    height_of,
    is_as_high,
    paint_header,
    paint_nothing,
)
from phdesk.views.monitor.saying import Saying
from phdesk.views.monitor.steady import SteadyStage
from phdesk.views.theme import load_fonts
from phdesk.views.theme.motion import motion_wanted
from phdesk.views.theme.wall import wall_theme

TICK = 250  # ms; the clock shows each second
OFF, OFF_CLOCK = "#000000", "#5a5f68"


class WallWindow(QWidget):
    """Shows one wall on one monitor; paints itself whole, with no widget inside."""

    painted = Signal(int)  # how often by now: it lives
    leave_requested = Signal()

    def __init__(self, conductor: Conductor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conductor = conductor
        self.monitor = ""
        self.frame = 0
        self._saying = Saying(conductor)
        self._heading = Heading()
        self._dim, self._offset, self._off = 1.0, QPoint(), False
        self._second = ""
        self._still = False
        self._fade = Fade(self)
        load_fonts()
        self.setWindowTitle("phdesk monitor")
        self.setMinimumSize(320, 240)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing white is put below it
        self._ink = self._dressed()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self._on_tick)
        self._fade.moved.connect(self.update)
        self._fade.ended.connect(self._on_faded)
        conductor.turned.connect(self._on_turned)
        conductor.drawn.connect(self._on_drawn)
        conductor.changed.connect(self._on_changed)
        self._tick.start()

    # What others set

    def set_wall(self, wall: Wall) -> None:
        """Take what is shown and how, while the window stays as it is."""
        self.conductor.set_wall(wall)
        self._renew()

    def set_still(self, *, on: bool) -> None:
        """Let nothing move on screen."""
        self._still = on

    def set_dim(self, share: float) -> None:
        """Darken the picture: 1 is as bright as ever."""
        self._dim = min(max(share, 0.0), 1.0)
        self.update()

    def set_offset(self, dx: int, dy: int) -> None:
        """Move the picture by some pixels, to spare the panel."""
        self._offset = QPoint(dx, dy)
        self.update()

    def set_off(self, off: bool) -> None:  # noqa: FBT001  as agreed with who drives it
        """Show black with a small clock, or the wall again."""
        self._off = off
        self._rest()
        self.update()

    @property
    def is_off(self) -> bool:
        """Tell whether the wall is black."""
        return self._off

    @property
    def heading(self) -> Heading:
        """Give what the head says."""
        return self._heading

    @property
    def ink(self) -> Ink:
        """Give what everything is painted with."""
        return self._ink

    def beat(self) -> Beat:
        """Tell who watches over the wall how it is."""
        return self._saying.beat(self.monitor, self.frame)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint page, head and what spares the panel; then tell that it was done."""
        painter = QPainter(self)
        if self._off:
            self._paint_off(painter)
        else:
            self._paint_wall(painter, event)
        painter.end()
        self.frame += 1
        QTimer.singleShot(0, self, self._tell_painted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the page out for another size."""
        super().resizeEvent(event)
        self._renew()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with the rotation."""
        super().showEvent(event)
        self._rest()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stay at what was on show."""
        super().hideEvent(event)
        self._rest()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pause, go on, go back."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.conductor.toggle_pause()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_N):
            self._fade.finish()
            self.conductor.go_on()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_P):
            self._fade.finish()
            self.conductor.go_back()
        elif key == Qt.Key.Key_Escape:
            self.leave_requested.emit()
        else:
            super().keyPressEvent(event)

    # Inside

    def _rest(self) -> None:
        self.conductor.set_resting(on=self._off or not self.isVisible())

    def _dressed(self) -> Ink:
        """Give what is painted with in this size, and have the ground in its colour."""
        look = self.conductor.wall.look
        theme = wall_theme(look.palette, colorblind=look.colorblind)
        palette = self.palette()
        if palette.color(self.backgroundRole()) != theme.bg:
            palette.setColor(self.backgroundRole(), theme.bg)
            self.setPalette(palette)
        scale = scale_for(self.width(), self.height(), look.type_size)
        return Ink(theme, scale, least=DESK_LABEL)

    def _head_height(self) -> float:
        return float(round(height_of(self._heading, self.width(), self._ink)))

    def _page_rect(self) -> QRectF:
        edge = self._ink.px(GAP)
        top = round(self._head_height() + edge / 2)
        wide, high = round(self.width() - 2 * edge), round(self.height() - top - edge)
        return QRectF(round(edge), top, wide, high)

    def _renew(self) -> None:
        """Say everything anew; other banners move the page."""
        self._ink = self._dressed()
        self._heading = self._saying.heading()
        size = self._page_rect().size().toSize()
        most = QSize(size.width(), self.height())
        calm = height_of(structs.replace(self._heading, banners=()), self.width(), self._ink)
        more = round(self._head_height() - calm)
        stage = SteadyStage(size, most, self.devicePixelRatioF(), self._ink, size.height() + more)
        self.conductor.set_stage(stage)
        self.update()

    def _paint_wall(self, painter: QPainter, event: QPaintEvent) -> None:
        fill(painter, QRectF(event.rect()), self._ink.theme.bg)
        painter.translate(self._offset)
        self._paint_page(painter)
        head = QRectF(0, 0, self.width(), self._head_height())
        if event.rect().top() < head.bottom() + self._offset.y():
            paint_header(painter, head, self._heading, self._ink)
        painter.translate(-self._offset)
        if self._dim < 1.0:
            shade = QColor(0, 0, 0, round(255 * (1.0 - self._dim)))
            fill(painter, QRectF(event.rect()), shade)

    def _paint_page(self, painter: QPainter) -> None:
        room = self._page_rect()
        sheet, before = self.conductor.sheet, self.conductor.sheet_before
        if sheet.picture is None or self._saying.showing is None:
            paint_nothing(painter, room, *self._saying.nothing(), self._ink)
            return
        if self._fade.runs and before.picture is not None:
            before.paint(painter, room.topLeft())
            painter.setOpacity(self._fade.share)
        sheet.paint(painter, room.topLeft())
        painter.setOpacity(1.0)

    def _paint_off(self, painter: QPainter) -> None:
        """Paint black, and a clock that wanders: the screen is off, not broken."""
        fill(painter, QRectF(self.rect()), QColor(OFF))
        local = self.conductor.clocks.local()
        words, ink = f"{local:%H:%M}", self._ink
        wide = max(self.width() - ink.width(words, 13), 0)
        high = max(self.height() - ink.line(13), 0)
        minute = local.hour * 60 + local.minute
        place = QPoint(round(minute * 37 % 97 / 97 * wide),
                       round(minute * 53 % 89 / 89 * high + ink.line(11)))  # fmt: skip
        painter.setFont(ink.font(13, 400, words))
        painter.setPen(QColor(OFF_CLOCK))
        painter.drawText(place, words)

    @property
    def _moves(self) -> bool:
        wanted = self.conductor.wall.look.motion and not self._still
        return wanted and self.isVisible() and motion_wanted(self)

    @Slot()
    def _on_tick(self) -> None:
        self.conductor.tick()
        second = f"{self.conductor.clocks.now():%H:%M:%S}"
        if second == self._second:
            return
        if second[:5] != self._second[:5]:
            self.conductor.look_again()
            self.setAccessibleDescription(self._saying.description())
            if self._off:
                self.update()
        self._second = second
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        before, self._heading = self._heading, self._saying.heading()
        if not is_as_high(before, self._heading, self.width(), self._ink):
            self._renew()
        elif self._saying.showing is None or before.title != self._heading.title:
            self.update()
        else:
            height = round(self._head_height()) + self._offset.y() + 1
            self.update(0, 0, self.width(), max(height, 1))

    @Slot(bool)
    def _on_turned(self, fades: bool) -> None:  # noqa: FBT001  a signal's argument
        showing = self.conductor.showing
        self.setAccessibleName(showing.title if showing is not None else "")
        self.setAccessibleDescription(self._saying.description())
        if fades and self._moves:
            self._fade.start(self.conductor.rotation.dwell)
        else:
            self._fade.finish()
            self.conductor.release()
        self.update()

    @Slot(object)
    def _on_drawn(self, area: QRectF) -> None:
        self.update(area.translated(self._page_rect().topLeft() + self._offset).toAlignedRect())

    @Slot()
    def _on_faded(self) -> None:
        self.conductor.release()
        self.update()

    @Slot()
    def _tell_painted(self) -> None:
        self.painted.emit(self.frame)
