"""How old each tile of a wall is, on show or not, for who watches over the wall."""

from msgspec import Struct

from phdesk.core.wall.privacy import blurred
from phdesk.core.wall.staleness import is_old
from phdesk.models.beat import TileAge
from phdesk.models.wall import Blur
from phdesk.services.wall_room import Known
from phdesk.store.contexts import context_of
from phdesk.store.state import TileState
from phdesk.views.dashboard.presenting import outline_of
from phdesk.views.monitor.conductor import Conductor
from phdesk.views.monitor.showing import Showing

EVERY = 5.0  # seconds between two looks at all tiles: beats are twice a second
AGAIN = 30.0  # seconds after which all are told again: a watch may have lost sight of a monitor
NAMES = 10  # that are found out in one look, which is in the thread that paints


class Named(Struct, frozen=True, gc=False):
    """What a tile was called when it was looked at last."""

    held: TileState
    name: str


class Roll:
    """Reads a conductor; remembers what tiles are called, and what was told."""

    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._names: dict[str, Named] = {}
        self._blur: tuple[Blur, ...] = ()
        self._looked: float | None = None
        self._told: tuple[float, tuple[TileAge, ...]] | None = None

    def news(self) -> tuple[TileAge, ...] | None:
        """Tell of all tiles of the stops that are due; None while nothing else is to be told."""
        steady = self._conductor.clocks.steady()
        if self._looked is not None and steady - self._looked < EVERY:
            return None
        found = self._all()
        if found is None:
            return None  # the rest of the names with the next beat
        self._looked = steady
        if self._told is not None and self._told[1] == found and steady - self._told[0] < AGAIN:
            return None
        self._told = (steady, found)
        return found

    def shown(self, showing: Showing, tile_ids: list[int]) -> tuple[TileAge, ...]:
        """Tell of some tiles of what is on show, as old as what is drawn of them."""
        stop, known = showing.stop, showing.known
        self._keep_blur()
        title = self._conductor.title_of(stop.key)
        found = []
        for one in tile_ids:
            held = showing.held(one)
            if held is not None and not is_card(held):
                key = f"{stop.source} {one}"
                self._find_name(key, one, held, known)
                found.append(self._age(key, title, held))
        return tuple(found)

    def _all(self) -> tuple[TileAge, ...] | None:
        """Find all tiles; None while more of them are to be named than one look may take."""
        self._keep_blur()
        conductor, left = self._conductor, NAMES
        found: dict[str, TileAge] = {}
        for stop in conductor.open_stops:
            known = conductor.rooms.known(stop)
            if known.page is None:
                continue
            title = conductor.title_of(stop.key)
            for one, held in known.page.tiles.items():
                key = f"{stop.source} {one}"
                if key in found or is_card(held) or stop.tile not in (None, one):
                    continue
                if not self._is_named(key, held) and left > 0:
                    left -= 1
                    self._find_name(key, one, held, known)
                if key not in self._names:
                    return None
                found[key] = self._age(key, title, held)
        self._names = {key: named for key, named in self._names.items() if key in found}
        return tuple(found.values())

    def _keep_blur(self) -> None:
        """Forget names that may say what is to be hidden by now."""
        blur = tuple(self._conductor.wall.look.blur)
        if blur != self._blur:
            self._blur, self._names = blur, {}

    def _is_named(self, key: str, held: TileState) -> bool:
        return key in self._names and self._names[key].held is held

    def _find_name(self, key: str, tile_id: int, held: TileState, known: Known) -> None:
        """Find what a tile is called where everybody looks."""
        if known.page is None or self._is_named(key, held):
            return
        state, now = known.state, self._conductor.clocks.now()
        context = context_of(known.page, state.project, now, state.around)
        view = blurred(outline_of(held, context), self._blur, held.insight)
        self._names[key] = Named(held, view.title or str(tile_id))

    def _age(self, key: str, title: str, held: TileState) -> TileAge:
        insight = held.insight
        when = held.computed_at if not held.is_other else None
        until = insight.cache_target_age if insight is not None else None
        now, cadence = self._conductor.clocks.now(), self._conductor.wall.refresh
        return TileAge(
            key=key,
            dashboard=title,
            tile=self._names[key].name,
            calculated=when,
            stale=is_old(when, now, cadence, until),
            failure=held.failure.message if held.failure is not None else "",
        )


def is_card(held: TileState) -> bool:
    """Tell whether a tile is a text or the like, which is of no age."""
    return bool(held.tile.text or held.tile.button or held.tile.widget)
