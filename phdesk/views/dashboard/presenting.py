"""From what the store holds to what a dashboard shows: views, boxes, ages; no Qt in it."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Raw, structs

from phdesk.core.ages import absolute, oldest_age, rounded_up, tile_age, wait_words
from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import NoticeBody, Table, TileView
from phdesk.core.charts.view import FILTERS_MARK, tile_view
from phdesk.core.dates import range_label
from phdesk.core.filters import NO_FILTER, Filter
from phdesk.core.grid.placement import Want, default_size, place
from phdesk.core.pointing import pointed_id
from phdesk.models.dashboard import Box, Tile
from phdesk.models.failure import Cause, Failure
from phdesk.store.contexts import context_there
from phdesk.store.freshness import back_in_line, held_back, is_coming, is_stale, oldest
from phdesk.store.state import (
    DashboardState,
    Overlay,
    Progress,
    TileState,
)
from phdesk.views.dashboard.card_state import CardState, Reads
from phdesk.views.dashboard.late import laid_over

NOT_KEPT = "Nothing was kept of that time."
NEVER_LOADED = "Never loaded for these filters."
STILL_OFFLINE = "phdesk is offline. Reset shows what was kept."
SIGNED_OUT = "you are signed out of its account"
COMING = "Its dashboard is being read."
READING = "Reading what was kept…"
SOON = "Its chart is being drawn."
NO_TABLE = Table()


def view_of(held: TileState, context: Context, offline: Failure | None = None) -> TileView:
    """Make a tile's view; on a board it is drawn as in its own project."""
    origin = held.origin
    if origin is None:
        return _view(held, context, offline)
    view = _view(held, context_there(origin, context.now), origin.away)
    if origin.loading:
        body = NoticeBody(state="waiting", headline=COMING)
        view = structs.replace(view, body=body, summary=f"{view.title}: {COMING}")
    if not origin.title:
        return view
    summary = view.summary.removeprefix(view.title)
    return structs.replace(view, title=origin.title, summary=f"{origin.title}{summary}")


def outline_of(held: TileState, context: Context, offline: Failure | None = None) -> TileView:
    """Make all of a tile's view but what takes the time: a chart of its result, and its table."""
    insight = held.insight and structs.replace(held.insight, result=Raw(b"null"))
    view = view_of(structs.replace(held, insight=insight), context, offline)
    body = NoticeBody(state="waiting", headline=SOON)
    return structs.replace(view, body=body, summary=f"{view.title}: {SOON}", table=NO_TABLE)


def _view(held: TileState, context: Context, offline: Failure | None) -> TileView:
    """Show the last good result, with a warning when a newer try failed.

    Results of other filters stay only while those asked for are awaited.
    """
    view = tile_view(structs.replace(held.tile, insight=held.insight), context)
    if held.coming and not held.has_result:
        body = NoticeBody(state="waiting", headline=READING)
        return structs.replace(view, body=body, summary=f"{view.title}: {READING}")
    if held.is_other and (held.failure or offline) is not None:
        return structs.replace(_noticed(view, held.failure), range_label="", table=NO_TABLE)
    if held.failure is None:
        return view
    if held.has_result:
        return structs.replace(view, warning=_still_shown(held.failure))
    return _noticed(view, held.failure)


def failed_view(view: TileView, failure: Failure) -> TileView:
    """Say in the place of a chart that it could not be made."""
    return structs.replace(_noticed(view, failure), table=NO_TABLE)


def _noticed(view: TileView, failure: Failure | None) -> TileView:
    """Say in the place of a chart why there is none."""
    if failure is None:
        body = NoticeBody(state="pending", headline=NEVER_LOADED, detail=STILL_OFFLINE)
        return structs.replace(view, body=body, summary=f"{NEVER_LOADED} {STILL_OFFLINE}")
    body = NoticeBody(state="error", headline=failure.message, detail=failure.detail)
    return structs.replace(view, body=body, summary=failure.message)


def _still_shown(failure: Failure) -> str:
    return f"The newest refresh failed, this is the result before it. {failure.message}"


def boxes_of(
    state: DashboardState, views: Mapping[int, TileView], overlay: Overlay | None = None
) -> dict[int, Box]:
    """Place the tiles by their stored layout and the sizes that their kinds have by default.

    A person's own layout goes over it: what the server says meanwhile makes no tile jump.
    """
    ids = [tile.id for tile in state.dashboard.tiles]
    wants = []
    for tile in state.dashboard.tiles:
        view = views[tile.id]
        wants.append(Want(tile.sm, *default_size(view.kind, view.display)))
    compaction = state.dashboard.compaction
    boxes = dict(zip(ids, place(wants, compaction), strict=True))
    if overlay is None:
        return boxes
    return laid_over(boxes, overlay.boxes, overlay.base, compaction)


def age_words(state: DashboardState, now: datetime) -> str:
    """Say how old a dashboard is, or that it is not known yet."""
    return READING if is_coming(state) else oldest_age(oldest(state), now)


def tone_of(state: DashboardState, offline: Failure | None, reads: Reads) -> str:
    """Choose the colour of a dashboard's age: whether it can be relied upon."""
    if state.failure is not None or offline is not None:
        return "warn"
    if reads == "past" or is_coming(state):
        return "muted"
    return "warn" if any(held.failure is not None for held in state.tiles.values()) else "good"


def card_state_of(
    held: TileState,
    now: datetime,
    offline: Failure | None,
    view: TileView | None = None,
    asked: Filter = NO_FILTER,
) -> CardState:
    """Say how old a tile is and why it counts as stale; `asked` are the filters wanted now."""
    if held.is_other:  # another set's age would pass for this one's
        charted = view is not None and not isinstance(view.body, NoticeBody)
        before = before_words(view, asked) if view is not None and charted else ""
        return CardState(refreshing=held.refreshing, before=before, own=own_words(held.tile))
    origin = held.origin
    return CardState(
        age=tile_age(held.computed_at, now),
        stale=_stale_reason(held, now, offline if origin is None else origin.away),
        refreshing=held.refreshing,
        own=own_words(held.tile) if origin is None else "",  # on a board all have their own
        refresh_from=_refresh_from(held, now),
        source=origin.said if origin is not None else "",
        mark=origin.mark if origin is not None else "",
        on_board=origin is not None,
    )


def then_of(held: TileState, view: TileView) -> TileView:
    """Say of a tile in the past that nothing was kept, where nothing was."""
    if held.insight is None or held.has_result:
        return view
    body = NoticeBody(state="empty", headline=NOT_KEPT)
    return structs.replace(view, body=body, summary=NOT_KEPT, table=NO_TABLE)


def only_read(card: CardState, reads: Reads) -> CardState:
    """Leave out what makes sense only where a newer answer could come."""
    return structs.replace(card, reads=reads, stale="", refresh_from="", refreshing=False)


def progress_words(progress: Progress, now: datetime) -> str:
    """Say how far a refresh is, and until when the team's limits hold it up."""
    words = f"Refreshed {progress.done} of {progress.total}"
    if progress.until is None:
        return words
    return f"{words} · goes on at {absolute(rounded_up(progress.until), now, None)}"


def held_back_words(board: DashboardState, now: datetime) -> str:
    """Say how many tiles PostHog would not calculate anew yet; empty when there are none."""
    count, when = back_in_line(board, now)
    if when is None:
        return ""
    tiles = "1 tile" if count == 1 else f"{count} tiles"
    return f"PostHog calculates {tiles} anew only {wait_words(when, now)}"


def before_words(view: TileView, filters: Filter) -> str:
    """Say what a chart still shows while the numbers for other filters are awaited."""
    asked = filters.date_from or filters.date_to
    wanted = range_label(filters.date_from, filters.date_to, filters.interval) if asked else ""
    if view.range_label and view.range_label != wanted:
        return f"Still {view.range_label}"
    return "Still the filters before"


def own_words(tile: Tile) -> str:
    """Say why the dashboard's dates do not reach a tile; empty where they do."""
    if tile.own_filters:
        return "own filters"
    query = bytes(tile.insight.query) if tile.insight is not None else b""
    if b'"HogQLQuery"' in query and FILTERS_MARK.encode() not in query:
        return "own dates"
    if tile.insight is not None and pointed_id(tile.insight):
        return "own filters"
    return ""


def _stale_reason(held: TileState, now: datetime, offline: Failure | None) -> str:
    if held.insight is None or not held.has_result:
        return ""
    if held.failure is not None:
        return held.failure.message
    if not is_stale(held.insight, now):
        return ""
    later = held_back(held, now)
    if later is not None:
        return f"PostHog calculates it anew {wait_words(later, now)}"
    if offline is None:
        return "PostHog would calculate it anew by now"
    return SIGNED_OUT if offline.cause is Cause.NO_KEY else "phdesk is offline"


def _refresh_from(held: TileState, now: datetime) -> str:
    later = held_back(held, now)
    return wait_words(later, now) if later is not None else ""
