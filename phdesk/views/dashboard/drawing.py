"""Has the views of large results made in the worker, and gives them one in a turn of the loop.

With the view of a chart of many points comes its picture, if its tile is near the window. What
crosses is frozen. Whoever asks again for a tile, or no longer, hears nothing of the older question:
its ticket is given up.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, structs
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import TileView
from phdesk.models.failure import Failure
from phdesk.services.background import Ticket
from phdesk.services.errands import Worker
from phdesk.store.state import DashboardState, TileState
from phdesk.views.dashboard.pictures import painted
from phdesk.views.dashboard.presenting import outline_of, view_of
from phdesk.views.dashboard.sketch import Canvas, Sketch, is_heavy

if TYPE_CHECKING:
    from phdesk.views.dashboard.grid_view import GridView

LARGE = 100_000  # bytes of a result, of which a view takes 2 ms
BREATH = 2  # ms for others, such as keys and pointer, between one picture and the next


class _Asked(Struct, frozen=True, gc=False):
    """All that a view is made of."""

    held: TileState
    context: Context
    offline: Failure | None


class _Made(Struct, frozen=True, gc=False):
    """What came of it."""

    view: TileView
    sketch: Sketch | None = None  # of what is painted
    image: QImage | None = None


class Drawing(QObject):
    """Knows which tiles wait for a view, and what they show until it comes.

    One view is made at a time, and the next when it was painted: a worker that works in Python
    takes half of the time of a window that paints.
    """

    drawn = Signal(int, object, object)  # tile, its TileView or a Failure, what was painted of it

    def __init__(self, worker: Worker, grid: "GridView", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._grid = grid
        self._asked: dict[int, _Asked] = {}  # of each tile the newest, drawn or not
        self._shown: dict[int, TileState] = {}  # what those that wait still show, in their order
        self._ticket: Ticket | None = None
        self._tile = 0  # whose view is being made, or has come
        self._come: _Made | Failure | None = None
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(BREATH)
        self._turn.timeout.connect(self._on_turn)

    def on_screen(self, state: DashboardState) -> DashboardState:
        """Give a state with what tiles still show: an age is never newer than its chart."""
        if not self._shown:
            return state
        return structs.replace(state, tiles={**state.tiles, **self._shown})

    def take(
        self,
        shown: Mapping[int, tuple[TileState, TileView]],
        held: Iterable[TileState],
        context: Context,
        offline: Failure | None,
    ) -> dict[int, TileView]:
        """See to the views of large results; give what their tiles show for now.

        That is what they showed before, or else a title in the place of what will come.
        """
        views = {}
        for one in held:
            tile_id, asked = one.tile.id, _Asked(one, context, offline)
            before, view = shown.get(tile_id, (one, None))
            if self._takes(before, asked):
                views[tile_id] = view or outline_of(one, context, offline)
        self._begin()
        return views

    def forget_but(self, tile_ids: Collection[int]) -> None:
        """Wait no longer for views of tiles that are gone."""
        for tile_id in [one for one in self._asked if one not in tile_ids]:
            self._forget(tile_id)

    def _takes(self, shown: TileState, asked: _Asked) -> bool:
        tile_id, before = asked.held.tile.id, self._asked.get(asked.held.tile.id)
        if before is not None and is_drawn(before, asked):
            return True  # on screen, or on its way
        still = self._shown.get(tile_id, shown)
        self._forget(tile_id)
        if not is_large(asked.held):
            return False
        self._asked[tile_id], self._shown[tile_id] = asked, still
        return True

    def _forget(self, tile_id: int) -> None:
        self._asked.pop(tile_id, None)
        self._shown.pop(tile_id, None)
        if tile_id == self._tile and self._ticket is not None:
            self._ticket.cancel()
            self._ticket = self._come = None

    def _begin(self) -> None:
        """Ask for the next view, first of tiles within the window, if none is under way."""
        if self._ticket is not None or not self._shown:
            return
        if self._shown.keys().isdisjoint(self._grid.tiles):
            self._turn.start()  # they are being placed
            return
        self._tile = self._grid.foremost(self._shown)
        self._ticket = self._worker.submit(
            partial(_made, self._asked[self._tile], self._grid.canvas_of(self._tile)),
            done=self._on_come,
            failed=self._on_come,
            tag="view",
        )

    def _on_come(self, made: _Made | Failure) -> None:
        self._come = made
        self._turn.start()

    @Slot()
    def _on_turn(self) -> None:
        made, self._come = self._come, None
        if made is None:  # given up meanwhile
            self._begin()
            return
        tile_id, self._ticket = self._tile, None
        self._shown.pop(tile_id, None)
        if isinstance(made, Failure):
            self._asked.pop(tile_id, None)  # to be tried again with the next change
            self.drawn.emit(tile_id, made, None)
        else:
            image = made.image
            picture = (made.sketch, QPixmap.fromImage(image)) if image is not None else None
            self.drawn.emit(tile_id, made.view, picture)
        self._begin()


def is_large(held: TileState) -> bool:
    """Tell whether the view of a tile's result takes more than a few milliseconds."""
    return held.insight is not None and len(memoryview(held.insight.result)) >= LARGE


def is_drawn(before: _Asked, now: _Asked) -> bool:
    """Tell whether a result looks as it did: all is the same of which its view is made.

    Its buckets count as complete by the time of its calculation, so a later clock changes nothing.
    """
    one, other = before.held, now.held
    insight = other.insight
    if insight is None or insight is not one.insight or before.offline != now.offline:
        return False
    calculated = insight.last_refresh
    if calculated is None or calculated.tzinfo is None or calculated > before.context.now:
        return False
    if structs.replace(now.context, now=before.context.now) != before.context:
        return False
    if one.is_other != other.is_other and (other.failure or now.offline) is not None:
        return False
    return (one.tile, one.failure, one.origin) == (other.tile, other.failure, other.origin)


async def _made(asked: _Asked, canvas: Canvas | None) -> _Made:
    view = view_of(asked.held, asked.context, asked.offline)
    if canvas is None or not is_heavy(view):
        return _Made(view)
    sketch = Sketch(view, canvas)
    return _Made(view, sketch, painted(sketch))
