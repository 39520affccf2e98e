"""What one stop shows now: a view for each tile, made one at a time, and the pages they fill."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial

from msgspec import structs

from phdesk.core.ages import relative
from phdesk.core.charts.shapes import HeatmapBody
from phdesk.core.charts.spec import (
    ButtonBody,
    FunnelBody,
    MapBody,
    MarkdownBody,
    MetricBody,
    NumberBody,
    RetentionBody,
    SankeyBody,
    TableBody,
    TileView,
)
from phdesk.core.wall.alarm_words import AlarmWords, alarm_words
from phdesk.core.wall.alarms import Alarm
from phdesk.core.wall.pages import Exhibit, Kind, Page, alone, pages_for
from phdesk.core.wall.privacy import hides
from phdesk.core.wall.staleness import is_old
from phdesk.core.wall.stops import Stop
from phdesk.core.watching.framing import framed
from phdesk.models.failure import Failure
from phdesk.models.wall import Blur
from phdesk.services.wall_alarms import Marked
from phdesk.services.wall_room import Known
from phdesk.store.contexts import context_of
from phdesk.store.state import EMPTY, Around, State, TileState
from phdesk.views.dashboard.card import UNPAINTABLE, is_heading
from phdesk.views.dashboard.presenting import boxes_of, outline_of
from phdesk.views.monitor.alarm_band import page_below
from phdesk.views.monitor.caption import Notes
from phdesk.views.monitor.clocks import Clocks
from phdesk.views.monitor.studio import Asked, Studio, made

WIDE = (TableBody, RetentionBody, MapBody, FunnelBody, HeatmapBody)
NUMBERS = frozenset({"BoldNumber", "Metric"})
TEMPORARY = "temporary filters"
FILTERED = "filtered"
WATCH = "A watch fires"  # of numbers that are hidden
Marks = Callable[[Stop, datetime, float], Mapping[int, tuple[Marked, ...]]]
Made = tuple[tuple[Exhibit, ...], float, float, float, float, bool]


class Showing:
    """Follows what is known of a stop; views are made again only of what is new."""

    def __init__(
        self, stop: Stop, blur: Collection[Blur] = (), marks: "Marks | None" = None
    ) -> None:
        """Make it; `marks` finds the watches that fire on a stop's tiles."""
        self.stop = stop
        self._marks = marks
        self.known = Known()
        self.alarm: Alarm | None = None  # that is said above its tile
        self.views: dict[int, TileView] = {}
        self._blur = blur
        self._made_of: dict[int, TileState] = {}
        self._around: tuple[Around, Failure | None, object] = (EMPTY.around, None, None)
        self._to_make: list[int] = []
        self._waits: dict[int, Asked] = {}  # for views from the worker
        self._paged: tuple[Made, tuple[Page, ...]] | None = None

    def set_blur(self, blur: Collection[Blur]) -> None:
        """Hide other things in what is shown; views are made again with the next `take`."""
        self._blur = blur
        self._forget()

    @property
    def title(self) -> str:
        """Name what is shown."""
        page = self.known.page
        if self.stop.title:
            return self.stop.title
        return page.dashboard.row.name.strip() or "Untitled" if page is not None else ""

    @property
    def asked(self) -> str:
        """Say under which dates and filters, where these are not the dashboard's own."""
        page = self.known.page
        if self.stop.range:
            return self.stop.range
        if self.stop.filters:
            return FILTERED
        return TEMPORARY if page is not None and page.override is not None else ""

    def summary(self, now: datetime, cadence: float) -> str:
        """Say in sentences what is shown, and which watches fire on it."""
        marks = self.marks(now, cadence)
        said = []
        for tile_id, view in self.views.items():
            said.append(view.summary)
            if tile_id in marks:
                notes = self.notes(tile_id, now, cadence, marks[tile_id])
                bare = structs.replace(view, alert="")
                said.append(f"{notes.alert or framed(bare, notes.watches).alert}.")
        return " ".join(filter(None, said))

    def band(self, clocks: Clocks) -> AlarmWords | None:
        """Say what stands above the tile of an alert; what the tile hides is hidden there, too."""
        view = next(iter(self.views.values()), None)
        if self.alarm is None or view is None:
            return None
        held = self.held(next(iter(self.views)))
        hidden = hides(view, self._blur, held.insight if held is not None else None)
        title = (view.title or "An alert") if hidden else ""
        return alarm_words(self.alarm, clocks.now(), clocks.zone, hidden_as=title)

    @property
    def tile_ids(self) -> list[int]:
        """Give the tiles that are shown, in the dashboard's order."""
        page = self.known.page
        if page is None:
            return []
        only = self.stop.tile
        return [one for one in page.tiles if only is None or one == only]

    def take(self, known: Known) -> None:
        """Take what is known now, and note which views are to be made of it."""
        self.known = known
        page, state = known.page, known.state
        if page is None:
            return
        around = (state.around, state.offline, state.project)
        if around != self._around:  # any chart may look different
            self._around = around
            self._forget()
        ids = self.tile_ids
        for gone in self.views.keys() - set(ids):
            del self.views[gone]
            self._made_of.pop(gone, None)
        self._waits = {
            one: asked for one, asked in self._waits.items() if asked.held is page.tiles.get(one)
        }
        self._to_make = [
            one
            for one in ids
            if one not in self._waits and self._made_of.get(one) is not page.tiles[one]
        ]

    @property
    def has_views(self) -> bool:
        """Tell whether all views are made."""
        return not self._to_make and not self._waits

    def make_one(self, now: datetime, studio: Studio | None = None) -> bool:
        """Make the next view, or have it made; False where all are on their way."""
        if not self._to_make:
            return False
        page = self.known.page
        tile_id = self._to_make.pop(0)
        held = page.tiles.get(tile_id) if page is not None else None
        if page is None or held is None:
            return True
        state: State = self.known.state
        context = context_of(page, state.project, now, state.around)
        asked = Asked(held, context, state.offline, self._blur)
        if studio is not None and studio.takes(asked):
            self._waits[tile_id] = asked
            studio.ask(asked, partial(self._take_made, tile_id, asked))
        else:
            self._keep(tile_id, held, made(asked))
        return True

    def _take_made(self, tile_id: int, asked: Asked, view: TileView | Failure) -> None:
        """Take a view that was asked for, unless another one is by now."""
        if self._waits.get(tile_id) is not asked:
            return
        del self._waits[tile_id]
        if isinstance(view, Failure):
            bare = outline_of(asked.held, asked.context, asked.offline)
            view = structs.replace(bare, body=UNPAINTABLE)
        self._keep(tile_id, asked.held, view)

    def _keep(self, tile_id: int, held: TileState, view: TileView) -> None:
        self.views[tile_id], self._made_of[tile_id] = view, held

    def _forget(self) -> None:
        self._made_of.clear()
        self._waits.clear()

    def held(self, tile_id: int) -> TileState | None:
        """Give what a tile shows: while a newer view is made, its age is not that one's."""
        page = self.known.page
        newest = page.tiles.get(tile_id) if page is not None else None
        waits = newest is not None and tile_id in self._waits
        return self._made_of.get(tile_id, newest) if waits else newest

    def pages(
        self, width: float, height: float, scale: float, calm: float = 0.0
    ) -> tuple[Page, ...]:
        """Divide the tiles into pages; indices are places in `tile_ids`.

        `calm` is the height, px, that they have without banners.
        """
        page, ids = self.known.page, self.tile_ids
        if page is None or not ids:
            return ()
        if self.alarm is not None:
            return (page_below(width, height, scale),)
        if self.stop.tile is not None or self.stop.insight is not None:
            return (alone(0, width, height),)
        overlay = self.known.state.overlays.get(page.dashboard.row.id)
        boxes = boxes_of(page, self.views, overlay)
        kinds = [kind_of(self.views[one]) for one in ids]
        exhibits = tuple(
            Exhibit(boxes[one], kind, self._words(one, kind))
            for one, kind in zip(ids, kinds, strict=True)
        )
        key = (exhibits, width, height, scale, calm, self.stop.spotlight)
        if self._paged is None or self._paged[0] != key:
            self._paged = (key, self._divided(exhibits, width, height, scale, calm))
        return self._paged[1]

    def _divided(
        self,
        exhibits: Sequence[Exhibit],
        width: float,
        height: float,
        scale: float,
        calm: float,
    ) -> tuple[Page, ...]:
        """Lay out all but buttons; in the spotlight each chart has a page of its own as well."""
        bodies = [self.views[one].body for one in self.tile_ids]
        kept = [i for i, body in enumerate(bodies) if not isinstance(body, ButtonBody)]
        made = pages_for([exhibits[i] for i in kept], width, height, scale, calm)
        whole = tuple(
            Page(tuple(structs.replace(s, index=kept[s.index]) for s in one.spots), one.heading)
            for one in made
        )
        if not self.stop.spotlight:
            return whole
        charts = [i for i in kept if exhibits[i].kind not in ("text", "heading")]
        return whole + tuple(alone(i, width, height) for i in charts)

    def _words(self, tile_id: int, kind: Kind) -> str:
        view = self.views[tile_id]
        if kind == "text" and isinstance(view.body, MarkdownBody):
            return view.body.source
        return view.title if kind == "heading" else ""

    def marks(self, now: datetime, cadence: float) -> Mapping[int, tuple[Marked, ...]]:
        """Find the watches that fire on the tiles."""
        return self._marks(self.stop, now, cadence) if self._marks is not None else {}

    def notes(
        self, tile_id: int, now: datetime, cadence: float, watches: tuple[Marked, ...] = ()
    ) -> Notes:
        """Say what stands around a tile's chart, on which `watches` fire."""
        held = self.held(tile_id)
        if held is None:
            return Notes()
        when = None if held.is_other else held.computed_at
        until = held.insight.cache_target_age if held.insight is not None else None
        failure = held.failure if held.has_result and not held.is_other else None
        hidden = bool(watches) and self._hides_watches(tile_id, held, watches)
        return Notes(
            age=relative(when, now) if when is not None else "",
            stale=is_old(when, now, cadence, until),
            failure=failure.message if failure is not None else "",
            watches=() if hidden else watches,
            alert=WATCH if hidden else "",
        )

    def _hides_watches(self, tile_id: int, held: TileState, watches: tuple[Marked, ...]) -> bool:
        """Tell whether their names and limits would say what this wall hides."""
        view = self.views.get(tile_id)
        if not self._blur or view is None:
            return False
        said = framed(view, watches)
        return "@" in said.alert or hides(said, self._blur, held.insight)


def kind_of(view: TileView) -> Kind:
    """Say how much room a tile needs; a number that is missing needs as much as one."""
    if isinstance(view.body, MarkdownBody):
        return "heading" if is_heading(view) else "text"
    if isinstance(view.body, NumberBody | MetricBody) or view.display in NUMBERS:
        return "number"
    if isinstance(view.body, SankeyBody):
        return "paths"
    return "wide" if isinstance(view.body, WIDE) else "chart"
