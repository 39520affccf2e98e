"""Pure steps: a large dashboard is shown before all that was kept of it is read.

Its tiles are `coming` until then: without a number, and not to be asked for. When all of it is
there, everything is as if it had been read at once; what came from the server meanwhile stays.
"""

from collections.abc import Collection
from datetime import datetime

from msgspec.structs import replace

from phdesk.core.filters import AS_SAVED
from phdesk.core.question import same_asked
from phdesk.models.dashboard import Dashboard
from phdesk.models.insight import Insight
from phdesk.store.changes import with_dashboard
from phdesk.store.documents import with_answer
from phdesk.store.overrides import BEFORE
from phdesk.store.state import NOTHING, State, TileState
from phdesk.store.tiles import Step, merged, put_tiles, renamed, tile_of


def with_frame(state: State, frame: Dashboard, *, now: datetime, coming: Collection[int]) -> Step:
    """Show a kept dashboard, of which the answers of these tiles are still to be read."""
    state, changed = with_dashboard(state, frame, now=now)
    marked = {
        one: replace(held, coming=True)
        for one, held in state.dashboards[frame.row.id].tiles.items()
        if one in coming and held.insight is not None
    }
    state, more = put_tiles(state, frame.row.id, marked)
    return state, changed | more


def with_kept(
    state: State, where: tuple[int, int], answer: Insight | None, *, now: datetime
) -> Step:
    """Take what was kept of a tile, None if it cannot be read, unless the server was first."""
    held = tile_of(state, *where)
    if held is None or not held.coming:
        return state, NOTHING
    new = replace(held, coming=False)
    if answer is not None and not held.has_result:
        new = _drawn(new, answer, now)
    return put_tiles(state, where[0], {where[1]: new})


def _drawn(held: TileState, answer: Insight, now: datetime) -> TileState:
    newest = held.tile.insight
    if newest is None:
        return held
    key = AS_SAVED if same_asked(newest, answer) else BEFORE
    if held.asked:  # the server told of it, but had no result
        return replace(held, insight=renamed(answer, newest), filters=key)
    new = merged(held, with_answer(held.tile, answer), None, asked=0, now=now)
    return replace(new, filters=key, wanted=held.wanted)
