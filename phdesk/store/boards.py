"""A person's own board as a page: tiles of several dashboards, each as its own project knows it.

What is drawn is the very answer that the source dashboard holds under its own filters, so the same
question is the same number on both.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.filters import AS_SAVED
from phdesk.core.whereabouts import whereabouts
from phdesk.models.account import Account, Project
from phdesk.models.board import Board, Pick
from phdesk.models.dashboard import Box, Dashboard, DashboardRow, StoredBox, Tile
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight
from phdesk.store.changes import Step, differences, put
from phdesk.store.state import (
    EMPTY,
    NOTHING,
    DashboardState,
    Origin,
    Progress,
    State,
    TileState,
)

ABOUT = "Yours alone, on this computer. Each tile has the dates and filters of its dashboard."
GONE = Failure(
    cause=Cause.NOT_FOUND,
    message="This tile is no longer on its dashboard.",
    detail="Remove it from the board, or put the insight back in PostHog.",
)
SIGNED_OUT = Failure(
    cause=Cause.NO_KEY,
    message="You are signed out of the account of this tile.",
    detail="Sign in to it again, or remove the tile from the board.",
)
NOT_KEPT = "Nothing of this tile is kept on this computer."


class Source(Struct, frozen=True, gc=False, kw_only=True):
    """One account's project as it is known now, for the tiles that come from it."""

    state: State = EMPTY
    account: Account | None = None  # None: not known here any more
    away: Failure | None = None  # why nothing newer can be had
    kept: Mapping[int, Mapping[int, Insight]] = {}  # results under own filters, by dashboard, tile


NOWHERE = Source(away=SIGNED_OUT)


def board_state(board: Board, sources: Mapping[tuple[str, int], Source]) -> DashboardState:
    """Make a page of a board."""
    said = origins_said(board.picks, sources)
    tiles = {
        pick.id: _tile(pick, sources.get(pick.source, NOWHERE), said.get(pick.source, ("", "")))
        for pick in board.picks
    }
    frame = Dashboard(
        row=DashboardRow(id=board.page, name=board.name, description=ABOUT, editable=True),
        tiles=tuple(held.tile for held in tiles.values()),
    )
    pages = list(_pages(board, sources))
    away = [sources.get(one, NOWHERE).away for one in dict.fromkeys(p.source for p in board.picks)]
    return DashboardState(
        dashboard=frame,
        tiles=tiles,
        fetched_at=min((one.fetched_at for one in pages if one.fetched_at), default=None),
        failure=away[0] if away and all(away) else None,
        loading=any(one.loading for one in pages),
        from_cache=all(one.from_cache for one in pages),
        progress=_progress(pages),
    )


def with_page(state: State, page: DashboardState) -> Step:
    """Show a board's page; says which of its tiles are new."""
    number = page.dashboard.row.id
    held = state.dashboards.get(number)
    if held == page:
        return state, NOTHING
    return put(state, number, page), differences(number, held, page)


def origins_said(
    picks: Sequence[Pick], sources: Mapping[tuple[str, int], Source]
) -> dict[tuple[str, int], tuple[str, str]]:
    """Name each project, in words and in a letter or two; a board of one project names none."""
    every = list(dict.fromkeys(pick.source for pick in picks))
    if len(every) < 2:
        return {}
    given = [sources.get(one, NOWHERE) for one in every]
    words = whereabouts([(one.account, one.state.project) for one in given])
    marks = [_initials(one.partition(" · ")[0]) for one in words]
    if len(set(marks)) < len(marks):
        marks = [str(place + 1) for place in range(len(every))]
    return dict(zip(every, zip(words, marks, strict=True), strict=True))


def _initials(words: str) -> str:
    letters = [word[0] for word in words.split() if word[0].isalnum()]
    return "".join(letters[:2]).upper() or "?"


def _pages(board: Board, sources: Mapping[tuple[str, int], Source]) -> Sequence[DashboardState]:
    wheres = dict.fromkeys((pick.source, pick.dashboard) for pick in board.picks)
    held = (sources.get(one, NOWHERE).state.dashboards.get(number) for one, number in wheres)
    return [page for page in held if page is not None]


def _progress(pages: Sequence[DashboardState]) -> Progress | None:
    running = [one.progress for one in pages if one.progress is not None]
    if not running:
        return None
    return Progress(sum(one.done for one in running), sum(one.total for one in running))


def _tile(pick: Pick, source: Source, said: tuple[str, str]) -> TileState:
    page = source.state.dashboards.get(pick.dashboard)
    held = _held(page, pick)
    origin = Origin(
        account=source.account,
        project=source.state.project or Project(id=pick.project),
        dashboard=pick.dashboard,
        tile=held.tile.id if held is not None else pick.tile,
        dashboard_name=page.dashboard.row.name if page is not None else "",
        breakdown_colors=page.dashboard.breakdown_colors if page is not None else (),
        color_theme=page.dashboard.data_color_theme_id if page is not None else None,
        around=source.state.around,
        away=source.away,
        title=pick.title,
        said=said[0],
        mark=said[1],
    )
    if held is None:
        return _without(pick, source, page, origin)
    shown = _under_own_filters(held, source, pick)
    tile = replace(held.tile, id=pick.id, sm=_stored(pick.box))
    failure, since = shown.failure, shown.failed_since
    if failure is None and page is not None:
        failure, since = _of_page(page), page.failed_since
    return replace(shown, tile=tile, origin=origin, failure=failure, failed_since=since)


def _held(page: DashboardState | None, pick: Pick) -> TileState | None:
    """Find a tile on its dashboard, or the one by which its insight was put there anew."""
    if page is None:
        return None
    found = page.tiles.get(pick.tile)
    if found is not None or not pick.insight:
        return found
    for held in page.tiles.values():
        insight = held.insight or held.tile.insight
        if insight is not None and insight.short_id == pick.insight:
            return held
    return None


def _under_own_filters(held: TileState, source: Source, pick: Pick) -> TileState:
    """Leave what temporary filters of the dashboard brought: they are not the board's."""
    if held.wanted == AS_SAVED and held.filters == AS_SAVED:
        return held
    own = source.kept.get(pick.dashboard, {}).get(held.tile.id)
    insight = held.insight if held.filters == AS_SAVED else own or held.tile.insight
    return TileState(tile=held.tile, insight=insight, asked=held.asked)


def _of_page(page: DashboardState | None) -> Failure | None:
    """Give a failure of the whole dashboard, such as that it was deleted, as the tile's own."""
    failure = page.failure if page is not None else None
    lasting = {Cause.NOT_FOUND, Cause.FORBIDDEN, Cause.MISSING_SCOPE}
    return failure if failure is not None and failure.cause in lasting else None


def _without(pick: Pick, source: Source, page: DashboardState | None, origin: Origin) -> TileState:
    """Say of a tile of which nothing is known why that is so."""
    state = source.state
    gone = GONE if page is not None and not page.from_cache else None
    failure = gone or state.missing.get(pick.dashboard) or _of_page(page)
    if failure is None and source.away is not None:
        known = source.account is not None
        failure = replace(source.away, message=NOT_KEPT, detail=source.away.message)
        failure = failure if known else source.away
    name = pick.title or pick.known_as or "A tile"
    tile = Tile(id=pick.id, insight=Insight(name=name), sm=_stored(pick.box))
    origin = replace(origin, loading=failure is None)
    return TileState(tile=tile, insight=tile.insight, failure=failure, origin=origin)


def _stored(box: Box | None) -> StoredBox | None:
    return StoredBox(box.x, box.y, box.w, box.h) if box is not None else None
