"""The scrolling grid of tiles: boxes become rectangles, tiles glide in reading order."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from phdesk.core.charts.spec import NumberBody, TileView
from phdesk.core.grid.boxes import reading_order
from phdesk.core.grid.metrics import Metrics, metrics_for
from phdesk.core.grid.placement import one_column
from phdesk.models.dashboard import Box
from phdesk.views.dashboard.ahead import Ahead
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.late import even_out, heir, make_pictures, walked
from phdesk.views.dashboard.letting_go import LettingGo
from phdesk.views.dashboard.sketch import Canvas, Painted, Sketch
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.dashboard.wishes import TileWishes
from phdesk.views.theme import Theme
from phdesk.views.widgets.empty import EmptyPage

if TYPE_CHECKING:
    from phdesk.services.errands import Worker
    from phdesk.views.dashboard.pictures import Pictures

EDGE = 20  # px around the page
HEADROOM = 10  # px above it


class Arranger(Protocol):
    """Whoever edits the layout: decides which boxes are shown, and moves the tiles there."""

    @property
    def busy(self) -> bool:
        """Tell whether a tile is in the hand."""

    def taken(self, boxes: Mapping[int, Box]) -> Mapping[int, Box]:
        """Take boxes from outside; give those to be shown."""

    def arranged(self) -> None:
        """Hear that set and order of the tiles may be others."""

    def place(self, rects: Mapping[int, QRect]) -> None:
        """Bring tiles to where they belong on the page."""


class GridView(QScrollArea):
    """Shows tiles by their boxes; keeps a tile's widget as long as its tile exists."""

    visible_changed = Signal()
    columns_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.wishes = TileWishes(self)
        self._tiles: dict[int, TileWidget] = {}
        self._boxes: dict[int, Box] = {}
        self._rects: dict[int, QRect] = {}  # where tiles stand, or will when they have glided
        self._arranger: Arranger | None = None  # from the first edit on
        self._pictures: Pictures | None = None  # once there is a worker
        self._empty: EmptyPage | None = None
        self._columns = 0
        self._headroom = 0  # px above the first row
        self._pane = QWidget()  # ours: `viewport()` would make Python's classes for all of Qt's
        self.setViewport(self._pane)
        self._page = QWidget()
        self._page.setAccessibleName("Tiles")
        self.setWidget(self._page)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ahead = Ahead(self._by_distance, self)
        self._past = LettingGo(self)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def tiles(self) -> Mapping[int, TileWidget]:
        """Give the tiles by id, in reading order."""
        return self._tiles

    @property
    def boxes(self) -> Mapping[int, Box]:
        """Give the boxes that are shown, on 12 columns, in reading order."""
        return self._boxes

    @property
    def page(self) -> QWidget:
        """Give the widget on which the tiles lie; it scrolls."""
        return self._page

    @property
    def pane(self) -> QWidget:
        """Give the widget through which the page is seen; it stays."""
        return self._pane

    @property
    def columns(self) -> int:
        """Give 12, or 1 where there is no room for them."""
        return self._columns

    def set_arranger(self, arranger: Arranger) -> None:
        """Leave boxes and movements to whoever edits the layout."""
        self._arranger = arranger

    @property
    def headroom(self) -> int:
        """Give the room above the first row, in pixels."""
        return self._headroom

    def set_headroom(self, *, on: bool) -> None:
        """Leave room above the first row, for its edges."""
        self._headroom = HEADROOM if on else 0
        self._arrange()

    def set_tiles(self, boxes: Mapping[int, Box]) -> None:
        """Show these tiles at these boxes on 12 columns; others are taken away."""
        if self._arranger is not None:
            boxes = self._arranger.taken(boxes)
        order = list(boxes)
        ranked = [order[i] for i in reading_order([boxes[one] for one in order])]
        heir = self._heir(boxes)
        for gone in self._tiles.keys() - boxes.keys():
            tile = self._tiles.pop(gone)
            self._past.take(tile.view)
            tile.deleteLater()
        self._tiles = {one: self._tiles.get(one) or self._made(one) for one in ranked}
        self._boxes = {one: boxes[one] for one in ranked}
        previous: TileWidget | None = None
        for tile in self._tiles.values():
            if previous is not None:
                QWidget.setTabOrder(previous, tile)
            previous = tile
        if heir is not None:
            self._tiles[heir].setFocus(Qt.FocusReason.OtherFocusReason)
        if self._arranger is not None:
            self._arranger.arranged()
        self._arrange()

    def say_empty(self, headline: str, detail: str) -> None:
        """Say in the place of tiles that there are none, and what can be done about it."""
        if not self._tiles and self._empty is None:
            self._empty = EmptyPage(self._theme, self._pane)
            QVBoxLayout(self._pane).addWidget(self._empty)
        if self._empty is not None:
            self._empty.set_message(headline, detail)
            self._empty.setVisible(not self._tiles)

    def show_boxes(self, boxes: Mapping[int, Box]) -> None:
        """Show the same tiles elsewhere for now; their order stays. The page gets no shorter."""
        self._boxes = {one: boxes[one] for one in self._boxes}
        self._arrange(least=self._page.height())

    def set_views(self, views: Mapping[int, TileView]) -> None:
        """Give tiles what they show."""
        before = _numbers(self._tiles)
        for tile_id, view in views.items():
            if tile_id in self._tiles:
                self._tiles[tile_id].set_view(view)
        if not views.keys().isdisjoint(before.keys() | _numbers(self._tiles).keys()):
            self._even_out()

    def draw(self, tile_id: int, painted: Painted = None) -> None:
        """Draw a tile's picture now if it is seen: the next paint may have to draw others.

        If it was painted in the worker and is still of what the tile shows, that is its picture.
        """
        tile = self._tiles.get(tile_id)
        if tile is None:
            return
        if painted is not None:
            tile.take_picture(*painted)
        if not tile.visibleRegion().isEmpty():
            tile.render_soon()

    def set_worker(self, worker: "Worker | None") -> None:
        """Have charts of many points painted in the worker; None when it goes."""
        if self._pictures is not None:
            self._pictures.stop()
            self._pictures.deleteLater()
            self._pictures = None
        if worker is not None:
            self._pictures = make_pictures(worker, self)
            self._pictures.come.connect(self.take_picture)
        for tile in self._tiles.values():
            tile.set_patient(on=worker is not None)

    def foremost(self, tile_ids: Collection[int]) -> int:
        """Choose who is served first: a tile within the window, in reading order."""
        ranked = [one for one in self._tiles if one in tile_ids]
        seen = (one for one in ranked if not self._tiles[one].visibleRegion().isEmpty())
        return next(seen, next(iter(ranked or tile_ids)))

    def sketch_of(self, tile_id: int) -> Sketch | None:
        """Give what is to be painted of a tile; None where it has its picture or is far away."""
        tile = self._tiles.get(tile_id)
        return tile.sketch if tile is not None and self._is_near(tile) else None

    def canvas_of(self, tile_id: int) -> Canvas | None:
        """Give by what a tile is painted; None where that is not needed before it is seen."""
        tile = self._tiles.get(tile_id)
        if tile is None or self._pictures is None or not self._is_near(tile):
            return None
        return tile.canvas

    @Slot(int, object, object)
    def take_picture(self, tile_id: int, sketch: Sketch, picture: QPixmap | None) -> None:
        """Give a tile what was painted for it."""
        if tile_id in self._tiles:
            self._tiles[tile_id].take_picture(sketch, picture)

    def set_card_state(self, tile_id: int, state: CardState) -> None:
        """Give a tile its age, staleness and progress."""
        if tile_id in self._tiles:
            self._tiles[tile_id].set_state(state)

    def set_theme(self, theme: Theme) -> None:
        """Paint all tiles in another theme."""
        self._theme = theme
        if self._empty is not None:
            self._empty.set_theme(theme)
        for tile in self._tiles.values():
            tile.set_theme(theme)

    def visible_ids(self) -> list[int]:
        """Give the tiles within the window, in reading order."""
        return [one for one, tile in self._tiles.items() if not tile.visibleRegion().isEmpty()]

    def focus_tile(self, tile_id: int) -> None:
        """Bring a tile into view and give it the keyboard."""
        tile = self._tiles.get(tile_id)
        if tile is not None:
            self.ensureWidgetVisible(tile)
            tile.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the tiles for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows walk between tiles, and scroll a tile that got the keyboard into view."""
        if isinstance(watched, TileWidget):
            if isinstance(event, QFocusEvent) and event.gotFocus():
                if event.reason() != Qt.FocusReason.MouseFocusReason:  # it is where it is pressed
                    self.ensureWidgetVisible(watched, 0, EDGE)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._walked(watched, event)
        return super().eventFilter(watched, event)

    def _made(self, tile_id: int) -> TileWidget:
        tile = TileWidget(tile_id, self._theme, self._page, self.wishes)
        tile.installEventFilter(self)
        tile.pointed.connect(self._on_pointed)
        tile.picture_needed.connect(self._on_picture_needed)
        tile.set_patient(on=self._pictures is not None)
        tile.show()
        return tile

    def _heir(self, boxes: Mapping[int, Box]) -> int | None:
        """Choose who gets the keyboard, if its tile goes."""
        here = next((one for one, tile in self._tiles.items() if tile.card_state.focused), None)
        if here is None or here in boxes:
            return None
        return heir(list(self._tiles), here, boxes)

    def metrics(self) -> Metrics:
        """Give the measures of the grid at its present width; the page has an edge around it."""
        bar = self.verticalScrollBar().sizeHint().width()  # reserved, so that it never shifts tiles
        return metrics_for(max(self.width() - 2 * EDGE - max(0, bar - EDGE), 1))

    def rect_of(self, box: Box) -> QRect:
        """Give where a box lies on the page."""
        return self._rect(self.metrics(), box)

    def cell_of(self, corner: QPoint) -> tuple[int, int]:
        """Give the cell whose corner is nearest to a point of the page."""
        return self.metrics().cells(corner.x() - EDGE, corner.y() - self._headroom)

    def _arrange(self, least: int = 0) -> None:
        metrics = self.metrics()
        boxes: Sequence[Box] = list(self._boxes.values())
        if metrics.columns == 1:
            boxes = one_column(boxes)
        rects = {one: self._rect(metrics, box) for one, box in zip(self._tiles, boxes, strict=True)}
        self._rects = rects
        needed = self._headroom + metrics.height(boxes) + EDGE
        self._page.resize(self._pane.width(), max(needed, least))
        if self._arranger is not None:
            self._arranger.place(rects)
        else:
            for tile_id, rect in rects.items():
                self._tiles[tile_id].setGeometry(rect)
        self._even_out()
        if metrics.columns != self._columns:
            self._columns = metrics.columns
            self.columns_changed.emit(metrics.columns)
        self._ahead.start()

    def _rect(self, metrics: Metrics, box: Box) -> QRect:
        left, top, width, height = metrics.rectangle(box)
        return QRect(left + EDGE, top + self._headroom, width, height)

    def _even_out(self) -> None:
        """Let numbers beside each other be of one size; before they are painted."""
        if numbers := _numbers(self._tiles):
            even_out(numbers, self._rects, self._theme)

    def _walked(self, tile: TileWidget, event: QKeyEvent) -> bool:
        others = ((one, other.geometry()) for one, other in self._tiles.items())
        is_arrow, found = walked(tile.geometry(), others, event)
        if found is not None:
            self._tiles[found].setFocus(Qt.FocusReason.TabFocusReason)
        return is_arrow

    @Slot(int, str, str)
    def _on_pointed(self, tile_id: int, start: str, unit: str) -> None:
        """Show the crosshair of one tile on all others."""
        for other_id, other in self._tiles.items():
            if other_id != tile_id:
                other.link(start, unit)

    @Slot(int)
    def _on_picture_needed(self, tile_id: int) -> None:
        if self._pictures is not None:
            self._pictures.ask(tile_id)

    def _is_near(self, tile: TileWidget) -> bool:
        """Tell whether a tile is in the window or just below or above it."""
        height = self._pane.height()
        top = self.verticalScrollBar().value() - height
        return tile.geometry().intersects(QRect(0, top, self._pane.width(), 3 * height))

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self._ahead.start()
        self.visible_changed.emit()

    def _by_distance(self) -> Iterator[tuple[TileWidget, bool]]:
        """Tell of each tile whether it is near; of none while tiles follow the hand."""
        if self._arranger is None or not self._arranger.busy:
            yield from ((tile, self._is_near(tile)) for tile in self._tiles.values())


def _numbers(tiles: Mapping[int, TileWidget]) -> dict[int, TileWidget]:
    views = ((one, tile, tile.view) for one, tile in tiles.items())
    return {one: tile for one, tile, view in views if view and isinstance(view.body, NumberBody)}
