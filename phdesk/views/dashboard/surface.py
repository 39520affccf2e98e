"""A tile that shows: a view painted from a cached picture, the frame's state over it."""

from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from phdesk.core.charts.local import UNTOUCHED, Local, described, localised
from phdesk.core.charts.spec import TileView
from phdesk.views.dashboard import card
from phdesk.views.dashboard.card_state import CardState, with_fields
from phdesk.views.dashboard.late import framed
from phdesk.views.dashboard.over_card import (
    paint_focus,
    paint_page,
    paint_placeholder,
    paint_progress,
    paint_skeleton,
    paint_veil,
)
from phdesk.views.dashboard.sketch import Canvas, Sketch, is_heavy
from phdesk.views.dashboard.spoken import spoken
from phdesk.views.dashboard.title_line import bare
from phdesk.views.theme import Theme

if TYPE_CHECKING:
    from phdesk.core.watching.framing import Known  # most tiles have no watch
    from phdesk.views.charts.number import Even  # nor a number

AFTER_RESIZE = 120  # ms of rest before a stretched picture is drawn anew


class TileSurface(QWidget):
    """The picture of a tile's body is kept until size, scale, theme, data or zoom change.

    A body of many points may be painted elsewhere: then the tile asks, and waits with the picture
    from before, if that is of the same data in the same theme.
    """

    picture_needed = Signal(int)  # tile

    def __init__(self, tile_id: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile_id = tile_id
        self._theme = theme
        self._view: TileView | None = None
        self._shown: TileView | None = None  # with what was done by hand
        self._local = UNTOUCHED
        self._state = CardState()
        self._news = ("", "")  # words and icon
        self._watches: tuple[Known, ...] = ()
        self._even: Even | None = None  # with the numbers beside it
        self._picture: QPixmap | None = None
        self._before: QPixmap | None = None  # the picture that is to be replaced
        self._patient = False  # somebody paints for the tile, who takes his time
        self._lifted = False  # in the hand: a placeholder shows where it will be
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(AFTER_RESIZE)
        self._settle.timeout.connect(self._redraw)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # corners in the page's colour

    @property
    def view(self) -> TileView | None:
        """Give what is shown."""
        return self._view

    @property
    def shown(self) -> TileView | None:
        """Give what is painted: the view with hidden parts and zoom applied."""
        return self._shown

    @property
    def local(self) -> Local:
        """Give what was done to the chart by hand."""
        return self._local

    @property
    def card_state(self) -> CardState:
        """Give what the frame says."""
        return self._state

    def set_view(self, view: TileView) -> None:
        """Show a view; the same view costs nothing."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(view.title)
        self._reshape()
        self._before = None  # of other data

    @property
    def spoken_role(self) -> str:
        """Name the role that a screen reader tells."""
        if self._view is None or not bare(self._view):
            return "Chart"
        if self._view.kind != "text":
            return "Link"
        return "Heading" if card.is_heading(self._view) else "Paragraph"

    @property
    def has_table(self) -> bool:
        """Tell whether there is a table behind what is shown."""
        return self._view is not None and bool(self._view.table.columns)

    def set_state(self, state: CardState) -> None:
        """Show age, staleness and progress; table mode, focus and hover are the tile's own."""
        merged = structs.replace(
            state,
            as_table=self._state.as_table,
            focused=self._state.focused,
            hovered=self._state.hovered,
            editing=self._state.editing,
            local=self._state.local,
            news="" if state.reads else self._news[0],
            news_icon="" if state.reads else self._news[1],
        )
        if merged != self._state:
            reframed = merged.reads != self._state.reads
            self._state = merged
            self._describe()
            self._retitle()
            if reframed:
                self._redraw()

    def set_news(self, words: str, icon: str) -> None:
        """Say what changed since the person last looked; nothing is no news."""
        self._news = (words, icon)
        self.set_state(self._state)

    def set_watches(self, watches: "tuple[Known, ...]") -> None:
        """Say in the frame, and on the chart, how the person's watches of the tile stand."""
        if watches != self._watches:
            self._watches = watches
            self._reshape()

    def set_even(self, even: "Even | None") -> None:
        """Give a number what it has in common with those beside it; None if it is alone."""
        if even != self._even:
            self._even = even
            if not self._settle.isActive():  # else it is drawn anew in a moment
                self._redraw()

    def set_theme(self, theme: Theme) -> None:
        """Paint in another theme."""
        self._theme = theme
        self._redraw()
        self._before = None

    def set_patient(self, *, on: bool) -> None:
        """Ask for pictures of many points from now on, or paint them as all others."""
        self._patient = on

    @property
    def sketch(self) -> Sketch | None:
        """Give what somebody is to paint for the tile; None if there is nothing to wait for."""
        return Sketch(self._view, self.canvas) if self._view and self._waits else None

    @property
    def canvas(self) -> Canvas:
        """Give all that the lasting part of the picture is painted by."""
        size, past = (self.width(), self.height()), self._state.reads == "past"
        return Canvas(size, self.devicePixelRatioF(), self._theme, self._local, past, self._watches)

    def take_picture(self, sketch: Sketch, picture: QPixmap | None) -> None:
        """Show what was painted, if it is of what the tile is now; paint it if that failed."""
        self.update()  # asks again for what is missing, if it is seen
        if self._view is not sketch.view or self.canvas != sketch.canvas or not self._drawable:
            return
        assert self._shown is not None  # noqa: S101  it is drawable
        if picture is None:
            self._keep(self._draw_body())
        else:
            card.add_title(picture, self.size(), self._shown, self._theme, self._state)
            self._keep(picture)

    @property
    def needs_picture(self) -> bool:
        """Tell whether the body is not drawn yet."""
        return self._picture is None

    def render_now(self) -> None:
        """Draw the body ahead of its paint."""
        if self._picture is None and self._view is not None:
            self._keep(self._draw_body())

    def render_soon(self) -> None:
        """Draw the body now, or ask for its picture if it has many points."""
        if self._waits:
            self.picture_needed.emit(self.tile_id)
        else:
            self.render_now()

    def picture(self) -> QPixmap:
        """Give the picture of the tile as it is on screen."""
        self.render_now()
        return self._picture if self._picture is not None else self.grab()

    def set_editing(self, *, on: bool) -> None:
        """Make room in the title for a handle."""
        self._own_state(editing=on)

    @property
    def lifted(self) -> bool:
        """Tell whether the tile's picture is in the hand."""
        return self._lifted

    def set_lifted(self, *, on: bool) -> None:
        """Show a placeholder while the tile's picture is in the hand."""
        self._lifted = on
        self.update()

    def drop_picture(self) -> None:
        """Give the picture's memory back; the next paint makes it anew."""
        self._picture = self._before = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile from its picture, and over it what changes with pointer and focus."""
        painter, rect = QPainter(self), QRectF(self.rect())
        if self._lifted:
            paint_placeholder(painter, rect, self._theme)
            return
        if self._view is None:
            paint_skeleton(painter, rect, self._theme)
            return
        self._blit(painter)
        if self._state.before:
            paint_veil(painter, self._inner(), self._theme)
        self._paint_over(painter)
        if self._state.refreshing:
            paint_progress(painter, rect, self._theme)
        if self._state.focused:
            paint_focus(painter, rect, self._theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stretch the old picture while the size changes; draw it anew when it rests."""
        if self._picture is None or event.oldSize().isEmpty():
            self._redraw()
        else:
            self._settle.start()

    @Slot()
    def _redraw(self) -> None:
        self._before = self._picture or self._before
        self._picture = None
        self.update()

    def _keep(self, picture: QPixmap) -> None:
        self._picture, self._before = picture, None

    @property
    def _drawable(self) -> bool:
        """Tell whether the chart is shown, and not the table behind it."""
        return self._shown is not None and not (self._state.as_table and self.has_table)

    @property
    def _waits(self) -> bool:
        """Tell whether the tile lacks a picture that somebody is to paint."""
        if not self._patient or self._shown is None or not self._drawable:
            return False
        stale = (
            self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF()
        )
        return stale and is_heavy(self._shown)

    def _own_state(self, **fields: bool) -> None:
        state = with_fields(self._state, **fields)
        if state == self._state:
            return
        self._state = state
        self._retitle()

    def _retitle(self) -> None:
        if self._picture is not None and self._shown is not None:
            card.repaint_title(self._picture, self._shown, self._theme, self._state)
        self.update()

    def _reshape(self) -> None:
        """Apply what was done by hand to the view, and draw it."""
        view = self._view
        if view is None:
            return
        body = localised(view.body, self._local)
        shown = view if body is view.body else structs.replace(view, body=body)
        self._shown = framed(shown, self._watches) if self._watches else shown
        self._state = structs.replace(self._state, local=described(view.body, self._local))
        self._describe()
        self._redraw()

    def _describe(self) -> None:
        if self._view is None:
            return
        watched = bool(self._watches)
        said = spoken(self._view, self._shown, self._state, watched=watched)
        self.setAccessibleDescription(said)

    def _inner(self) -> QRectF:
        assert self._view is not None  # noqa: S101  callers looked
        return card.body_rect(QRectF(self.rect()), self._view)

    def _paint_over(self, painter: QPainter) -> None:
        """Paint what changes with the pointer; nothing on a surface that only shows."""

    def _blit(self, painter: QPainter) -> None:
        if self._waits:
            self.picture_needed.emit(self.tile_id)
            self._paint_waiting(painter)
            return
        picture = self._picture
        if picture is None or picture.devicePixelRatio() != self.devicePixelRatioF():
            picture = self._draw_body()
            self._keep(picture)
        painter.drawPixmap(self.rect(), picture)

    def _paint_waiting(self, painter: QPainter) -> None:
        """Paint the picture from before, else the frame with its title."""
        assert self._view is not None  # noqa: S101  callers looked
        before, rect = self._picture or self._before, QRectF(self.rect())
        if before is not None:
            painter.drawPixmap(self.rect(), before)
            return
        paint_page(painter, rect, self._theme)
        card.paint_around(painter, rect, self._shown or self._view, self._theme, self._state)

    def _draw_body(self) -> QPixmap:
        assert self._shown is not None  # noqa: S101  callers looked
        size, ratio = self.size(), self.devicePixelRatioF()
        return card.card_picture(size, ratio, self._shown, self._theme, self._state, self._even)
