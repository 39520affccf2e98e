"""One tile on the grid: paints its view from a cached picture and turns input into wishes."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QToolButton, QToolTip, QWidget

from phdesk.core.cells import as_tsv
from phdesk.core.charts.spec import TileView
from phdesk.views.charts.hit import Hit
from phdesk.views.charts.paint import hit, link_at
from phdesk.views.dashboard import card
from phdesk.views.dashboard.card_state import CardState, with_fields
from phdesk.views.dashboard.tile_menu import tile_menu
from phdesk.views.theme import Theme, icon
from phdesk.views.widgets.tooltips import tooltip_html

COPYING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
AFTER_RESIZE = 120  # ms of rest before a stretched picture is drawn anew


class TileWidget(QWidget):
    """A tile; the picture of its body is kept until size, scale, theme or data change."""

    open_requested = Signal(int)
    refresh_requested = Signal(int)
    browser_requested = Signal(int)
    link_requested = Signal(str)
    details_requested = Signal(int)

    def __init__(self, tile_id: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile_id = tile_id
        self._theme = theme
        self._view: TileView | None = None
        self._state = CardState()
        self._picture: QPixmap | None = None
        self._hit: Hit | None = None
        self._pressed = ""  # the link on which the mouse went down
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(AFTER_RESIZE)
        self._settle.timeout.connect(self._redraw)
        self._menu_button: QToolButton | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(
            Qt.WidgetAttribute.WA_OpaquePaintEvent
        )  # the corners have the page's colour

    @property
    def view(self) -> TileView | None:
        """Give what is shown."""
        return self._view

    @property
    def card_state(self) -> CardState:
        """Give what the frame says."""
        return self._state

    def set_view(self, view: TileView) -> None:
        """Show a view; the same view costs nothing."""
        if view == self._view:
            return
        self._view = view
        self._hit = None  # it was about the old one
        self.setAccessibleName(view.title)
        self._describe()
        self._redraw()

    @property
    def has_table(self) -> bool:
        """Tell whether there is a table behind what is shown."""
        return self._view is not None and bool(self._view.table.columns)

    def set_state(self, state: CardState) -> None:
        """Show age, staleness and progress; table mode, focus and hover are the tile's own."""
        merged = CardState(
            age=state.age,
            stale=state.stale,
            refreshing=state.refreshing,
            as_table=self._state.as_table,
            focused=self._state.focused,
            hovered=self._state.hovered,
        )
        if merged != self._state:
            self._state = merged
            self._describe()
            self._retitle()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        if self._menu_button is not None:
            self._menu_button.setIcon(icon("ellipsis", theme.muted))
        self._redraw()

    @Slot()
    def toggle_table(self) -> None:
        """Switch between the chart and the table behind it, when there is one."""
        if not self.has_table:
            return
        self._hit = None
        self._own_state(as_table=not self._state.as_table)
        self._redraw()

    @Slot()
    def copy_table(self) -> None:
        """Put the table on the clipboard as tab-separated text."""
        if self._view is not None and self.has_table:
            QGuiApplication.clipboard().setText(as_tsv(self._view.table))

    @Slot()
    def copy_image(self) -> None:
        """Put the tile on the clipboard as a picture."""
        QGuiApplication.clipboard().setPixmap(self.grab())

    @property
    def needs_picture(self) -> bool:
        """Tell whether the body is not drawn yet."""
        return self._picture is None

    def render_now(self) -> None:
        """Draw the body ahead of its paint."""
        if self._picture is None and self._view is not None:
            self._picture = self._draw_body()

    def drop_picture(self) -> None:
        """Give the picture's memory back; the next paint makes it anew."""
        self._picture = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile from its picture, and over it what changes with pointer and focus."""
        painter = QPainter(self)
        if self._view is None:
            self._paint_skeleton(painter)
            return
        rect = QRectF(self.rect())
        self._blit(painter)
        self._paint_crosshair(painter)
        if self._state.refreshing:
            self._paint_progress(painter)
        if self._state.focused:
            card.paint_focus(painter, rect, self._theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stretch the old picture while the size changes; draw it anew when it rests."""
        self._place_menu_button()
        if self._picture is None or event.oldSize().isEmpty():
            self._redraw()
        else:
            self._settle.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer."""
        if self._view is None or (self._state.as_table and self.has_table):
            return
        spot = event.position()
        link = link_at(self._inner(), self._view, self._theme, spot)
        self.setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        self._set_hit(hit(self._inner(), self._view, self._theme, spot))
        if self._hit is not None:
            place = event.globalPosition().toPoint()
            QToolTip.showText(place, tooltip_html(self._hit, self._theme), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note the link that is pressed."""
        self._pressed = self._link(event)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a link of a text or button card, if the press began on it."""
        pressed, self._pressed = self._pressed, ""
        if pressed and pressed == self._link(event):
            self.link_requested.emit(pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the tile large."""
        if self._view is not None and not card.bare(self._view):
            self.open_requested.emit(self.tile_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or V, T for the table, Ctrl+C to copy; everything else goes on."""
        if event.modifiers() & COPYING:
            self._copy_by_key(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_V):
            if self._view is not None and not card.bare(self._view):
                self.open_requested.emit(self.tile_id)
            elif self._view is not None:
                self._open_card()
        elif event.key() == Qt.Key.Key_T:
            self.toggle_table()
        elif event.key() == Qt.Key.Key_Menu:
            self._show_menu()
        else:
            super().keyPressEvent(event)

    def _copy_by_key(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_C:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.copy_image()
        else:
            self.copy_table()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu at the pointer."""
        self._menu().popup(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offer the menu."""
        self._own_state(hovered=True)

    def leaveEvent(self, event: QEvent) -> None:
        """Show the age again."""
        self._own_state(hovered=False)
        self._set_hit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring, for the keyboard's sake only."""
        self._own_state(focused=event.reason() != Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        self._own_state(focused=False)

    @Slot()
    def ask_open(self) -> None:
        """Wish to see the tile large."""
        self.open_requested.emit(self.tile_id)

    @Slot()
    def ask_refresh(self) -> None:
        """Wish for a new calculation."""
        self.refresh_requested.emit(self.tile_id)

    @Slot()
    def ask_browser(self) -> None:
        """Wish to see the insight in PostHog."""
        self.browser_requested.emit(self.tile_id)

    @Slot()
    def ask_details(self) -> None:
        """Wish to read about age and failures."""
        self.details_requested.emit(self.tile_id)

    @Slot()
    def _show_menu(self) -> None:
        corner = QPoint(max(self.width() - 36, 0), 34)
        self._menu().popup(self.mapToGlobal(corner))

    @Slot()
    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _menu(self) -> QMenu:
        return tile_menu(self, self._view, as_table=self._state.as_table)

    def _show_menu_button(self) -> None:
        """Show the button while the tile has pointer or keyboard; made when first needed."""
        shown = self._view is not None and not card.bare(self._view)
        wanted = shown and (self._state.hovered or self._state.focused)
        if self._menu_button is None and wanted:
            button = QToolButton(self)
            button.setIcon(icon("ellipsis", self._theme.muted))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the Menu key of the tile does the same
            button.setFixedSize(28, 24)
            button.clicked.connect(self._show_menu)
            self._menu_button = button
            self._place_menu_button()
        if self._menu_button is not None:
            title = self._view.title if self._view is not None else "the tile"
            self._menu_button.setAccessibleName(f"Menu of {title}")
            self._menu_button.setVisible(wanted)

    def _place_menu_button(self) -> None:
        if self._menu_button is not None:
            self._menu_button.move(self.width() - self._menu_button.width() - 8, 8)

    def _own_state(self, **fields: bool) -> None:
        state = with_fields(self._state, **fields)
        if state == self._state:
            return
        self._state = state
        self._show_menu_button()
        self._retitle()

    def _retitle(self) -> None:
        if self._picture is not None and self._view is not None:
            card.repaint_title(self._picture, self._view, self._theme, self._state)
        self.update()

    def _describe(self) -> None:
        if self._view is None:
            return
        stale = f"Stale: {self._state.stale.rstrip('.')}." if self._state.stale else ""
        age = f"Calculated {self._state.age}." if self._state.age else ""
        parts = (self._view.summary, self._view.warning, age, stale)
        self.setAccessibleDescription(" ".join(part for part in parts if part))

    def _open_card(self) -> None:
        body = self._view.body if self._view is not None else None
        url = getattr(body, "url", "")
        if url:
            self.link_requested.emit(url)

    def _inner(self) -> QRectF:
        assert self._view is not None  # noqa: S101  callers looked
        return card.body_rect(QRectF(self.rect()), self._view)

    def _link(self, event: QMouseEvent) -> str:
        if self._view is None or event.button() != Qt.MouseButton.LeftButton:
            return ""
        return link_at(self._inner(), self._view, self._theme, event.position()) or ""

    def _set_hit(self, found: Hit | None) -> None:
        if found != self._hit:
            self._hit = found
            self.update()

    def _blit(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._draw_body()
        painter.drawPixmap(self.rect(), self._picture)

    def _draw_body(self) -> QPixmap:
        assert self._view is not None  # noqa: S101  callers looked
        ratio = self.devicePixelRatioF()
        return card.card_picture(self.size(), ratio, self._view, self._theme, self._state)

    def _paint_skeleton(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.bg)
        painter.drawRect(self.rect())
        painter.setBrush(self._theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()), card.RADIUS, card.RADIUS)
        painter.setBrush(self._theme.grid)
        painter.drawRoundedRect(QRectF(card.PAD_X, card.PAD_Y + 4, 120, 10), 4, 4)

    def _paint_crosshair(self, painter: QPainter) -> None:
        if self._hit is None or self._hit.x is None or self._state.as_table:
            return
        inner = self._inner()
        top, bottom = self._hit.span or (inner.top(), inner.bottom())
        painter.setPen(QPen(self._theme.faint, 1))
        painter.drawLine(QPointF(self._hit.x, top), QPointF(self._hit.x, bottom))

    def _paint_progress(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.accent)
        painter.drawRect(QRectF(card.RADIUS, self.height() - 2, self.width() - 2 * card.RADIUS, 2))
