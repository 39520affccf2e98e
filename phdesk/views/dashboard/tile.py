"""One tile on the grid: turns pointer, keys and menu into wishes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from phdesk.core.cells import as_tsv
from phdesk.core.charts.local import Local
from phdesk.core.charts.spec import IN_POSTHOG
from phdesk.views.charts.paint import link_at
from phdesk.views.dashboard.late import by_key, make_menu_button, make_probe, tile_menu
from phdesk.views.dashboard.surface import TileSurface
from phdesk.views.dashboard.title_line import bare
from phdesk.views.dashboard.wishes import TileWishes
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.views.dashboard.menu_button import MenuButton
    from phdesk.views.dashboard.probe import Probe

HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
SIDE_BUTTONS = (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton)


class TileWidget(TileSurface):
    """A tile that is used: pointer, keys and menu."""

    pointed = Signal(int, str, str)  # tile, start and unit of a bucket; empty for none

    def __init__(
        self,
        tile_id: int,
        theme: Theme,
        parent: QWidget | None = None,
        wishes: TileWishes | None = None,
    ) -> None:
        super().__init__(tile_id, theme, parent)
        self.wishes = wishes or TileWishes(self)
        self._probe: Probe | None = None  # made when pointer or keys first reach the chart
        self._pressed = ""  # the link on which the mouse went down
        self._menu_button: MenuButton | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        super().set_theme(theme)
        if self._menu_button is not None:
            self._menu_button.set_theme(theme)
        if self._probe is not None:
            self._probe.set_theme(theme)

    @Slot()
    def toggle_table(self) -> None:
        """Switch between the chart and the table behind it, when there is one."""
        if not self.has_table:
            return
        self.forget_pointer()
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
        self.render_now()  # not what stands there while its picture is awaited
        QGuiApplication.clipboard().setPixmap(self.grab())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu button in its corner, and the pointer's chart in its place."""
        super().resizeEvent(event)
        self._place_menu_button()
        self._place_probe()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer."""
        if self._view is None or (self._state.as_table and self.has_table):
            return
        spot = event.position()
        link = link_at(self._inner(), self._view, self._theme, spot)
        self.setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        self.probe.hover(spot, event.globalPosition())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note the link that is pressed, or the place in the chart."""
        if event.button() in SIDE_BUTTONS:
            event.ignore()  # back and forward are the window's
            return
        self._pressed = self._link(event)
        if not self._pressed and self._is_chart_press(event):
            self.probe.press(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow a link of a text or button card, if the press began on it; zoom, hide or pin."""
        pressed, self._pressed = self._pressed, ""
        if pressed and pressed == self._link(event):
            self._follow(pressed)
        elif self._probe is not None and event.button() == Qt.MouseButton.LeftButton:
            alone = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._probe.release(event.position(), alone=alone)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Undo zoom or hiding at that place, else open the tile large."""
        if self._is_chart_press(event) and self.probe.double_click(event.position()):
            return
        if self._view is not None and not bare(self._view):
            self.wishes.open_requested.emit(self.tile_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or V, with Ctrl in PostHog, T for the table, Ctrl+C to copy."""
        if event.modifiers() & HELD:
            self._held_key(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_V):
            if self._view is not None and not bare(self._view):
                self.wishes.open_requested.emit(self.tile_id)
            elif self._view is not None:
                self._open_card()
        elif event.key() == Qt.Key.Key_T:
            self.toggle_table()
        elif event.key() == Qt.Key.Key_Menu:
            self._show_menu()
        elif not self._probed(event):
            super().keyPressEvent(event)

    def _held_key(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._view is not None:
                self.ask_browser()
        elif event.key() != Qt.Key.Key_C:
            if not self._probed(event):
                super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.copy_image()
        else:
            self.copy_table()

    def _probed(self, event: QKeyEvent) -> bool:
        usable = self._view is not None and not self._state.as_table
        return usable and by_key(self.probe, event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu at the pointer."""
        if event.reason() == QContextMenuEvent.Reason.Mouse and self._view is not None:
            self.probe.point(event.pos().toPointF())
        self._menu().popup(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offer the menu."""
        self._own_state(hovered=True)

    def leaveEvent(self, event: QEvent) -> None:
        """Show the age again."""
        self._own_state(hovered=False)
        if self._probe is not None:
            self._probe.leave()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring, for the keyboard's sake only."""
        self._own_state(focused=event.reason() != Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        self._own_state(focused=False)

    @Slot()
    def ask_open(self) -> None:
        """Wish to see the tile large."""
        self.wishes.open_requested.emit(self.tile_id)

    @Slot()
    def ask_refresh(self) -> None:
        """Wish for a new calculation."""
        self.wishes.refresh_requested.emit(self.tile_id)

    @Slot()
    def ask_browser(self) -> None:
        """Wish to see the insight in PostHog."""
        self.wishes.browser_requested.emit(self.tile_id)

    @Slot()
    def ask_details(self) -> None:
        """Wish to read about age and failures."""
        self.wishes.details_requested.emit(self.tile_id)

    @Slot()
    def ask_text(self) -> None:
        """Wish to write another text on the card."""
        self.wishes.edit_requested.emit(self.tile_id, "text", None)

    @Slot()
    def _show_menu(self) -> None:
        corner = QPoint(max(self.width() - 36, 0), 34)
        self._menu().popup(self.mapToGlobal(corner))

    def _menu(self) -> QMenu:
        return tile_menu(self, self._view, as_table=self._state.as_table)

    def _show_menu_button(self) -> None:
        """Show the button while the tile has pointer or keyboard; made when first needed."""
        shown = self._view is not None and not bare(self._view)
        in_use = self._state.hovered or self._state.focused
        wanted = shown and in_use and not self.lifted
        if self._menu_button is None and wanted:
            self._menu_button = make_menu_button(self, self._theme)
            self._menu_button.clicked.connect(self._show_menu)
        if self._menu_button is not None:
            title = self._view.title if self._view is not None else "the tile"
            self._menu_button.set_title(title)
            self._menu_button.setVisible(wanted)
            self._place_menu_button()

    def _place_menu_button(self) -> None:
        if self._menu_button is not None:
            self._menu_button.place(self.width(), editing=self._state.editing)

    @property
    def edits_text(self) -> bool:
        """Tell whether Enter and a double click edit a text: on a card, in the edit mode."""
        return self._state.editing and self._view is not None and self._view.kind == "text"

    def _open_card(self) -> None:
        if self.edits_text:
            self.ask_text()
            return
        body = self._view.body if self._view is not None else None
        url = getattr(body, "url", "")
        if url:
            self.wishes.link_requested.emit(self.tile_id, url)

    def _follow(self, link: str) -> None:
        if link == IN_POSTHOG:
            self.ask_browser()
        else:
            self.wishes.link_requested.emit(self.tile_id, link)

    def _link(self, event: QMouseEvent) -> str:
        if self._state.as_table and self.has_table:
            return ""
        if self._view is None or event.button() != Qt.MouseButton.LeftButton:
            return ""
        return link_at(self._inner(), self._view, self._theme, event.position()) or ""

    def set_lifted(self, *, on: bool) -> None:
        """Show a placeholder without a menu."""
        super().set_lifted(on=on)
        self._show_menu_button()

    @property
    def has_probe(self) -> bool:
        """Tell whether pointer or keys were in the chart."""
        return self._probe is not None

    @property
    def probe(self) -> "Probe":
        """Give what reads the chart by pointer and keys."""
        if self._probe is None:
            self._probe = make_probe(self, self._theme)
            self._probe.moved.connect(self.update)
            self._probe.changed.connect(self._on_local)
            self._probe.pointed.connect(self._on_pointed)
            self._fill_probe()
        return self._probe

    def link(self, start: str, unit: str) -> None:
        """Show a crosshair where another tile is pointed at; empty takes it away."""
        if (start or self._probe is not None) and not self._state.as_table:
            self.probe.link(start, unit)

    @Slot()
    def reset_chart(self) -> None:
        """Show all parts and all buckets again."""
        self.probe.reset()

    def _own_state(self, **fields: bool) -> None:
        super()._own_state(**fields)
        self._show_menu_button()

    def _reshape(self) -> None:
        super()._reshape()
        self._fill_probe()

    def _paint_over(self, painter: QPainter) -> None:
        if self._probe is not None and not self._state.as_table:
            self._probe.paint(painter)

    @Slot(str, str)
    def _on_pointed(self, start: str, unit: str) -> None:
        self.pointed.emit(self.tile_id, start, unit)

    @Slot(object)
    def _on_local(self, local: Local) -> None:
        self._local = local
        self._reshape()

    def _fill_probe(self) -> None:
        if self._probe is not None and self._shown is not None and self._view is not None:
            self._probe.set_view(self._shown, self._view.body, self._local)
            self._place_probe()

    def _place_probe(self) -> None:
        if self._probe is not None and self._view is not None:
            self._probe.set_inner(self._inner())

    def forget_pointer(self) -> None:
        """Read nothing in the chart any more."""
        if self._probe is not None:
            self._probe.unpin()
            self._probe.leave()

    def _is_chart_press(self, event: QMouseEvent) -> bool:
        usable = self._view is not None and not bare(self._view) and not self._state.as_table
        return (
            usable
            and event.button() == Qt.MouseButton.LeftButton
            and self._inner().contains(event.position())
        )
