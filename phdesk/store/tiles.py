"""Pure steps from one state to the next: single tiles, where the promise about results is kept."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.alert_news import newest_alerts
from phdesk.core.answers import is_good
from phdesk.core.filters import AS_SAVED
from phdesk.models.dashboard import Dashboard, Tile
from phdesk.models.failure import Failure
from phdesk.models.insight import NULL, Insight
from phdesk.store.freshness import computed, is_newer, is_older, same_question
from phdesk.store.state import NOTHING, Changes, State, TileState

Step = tuple[State, Changes]


def stripped(dashboard: Dashboard) -> Dashboard:
    """Take all results out of a dashboard, so that none is kept in memory twice."""
    return replace(dashboard, tiles=tuple(stripped_tile(tile) for tile in dashboard.tiles))


def stripped_tile(tile: Tile) -> Tile:
    """Take the result out of a tile."""
    insight = without_result(tile.insight) if tile.insight else None
    return replace(tile, insight=insight, raw=Raw(b"{}"))


def without_result(insight: Insight) -> Insight:
    """Take everything that belongs to a result out of an insight."""
    return replace(
        insight,
        result=NULL,
        columns=NULL,
        types=NULL,
        has_more=False,
        last_refresh=None,
        cache_target_age=None,
        next_allowed_client_refresh=None,
        is_cached=False,
        status=None,
        error=None,
        resolved_from=None,
        resolved_to=None,
        pointed=None,
    )


def merged(
    held: TileState | None,
    tile: Tile,
    failure: Failure | None,
    *,
    asked: int,
    now: datetime,
    wanted: str = AS_SAVED,
) -> TileState:
    """Lay a tile of a dashboard's answer over the held one; it answers for the wanted filters."""
    base = held or TileState(tile=stripped_tile(tile), asked=asked, filters=wanted)
    base = replace(base, wanted=wanted)
    late = asked < base.asked
    insight, key = best(base, tile.insight, late=late)
    renewed = _renewed(base.insight, insight) or key != base.filters
    if late:
        return _answered(base, insight, key) if renewed else base
    new_failure = failure or (None if renewed else base.failure)
    return TileState(
        tile=stripped_tile(tile),
        insight=insight,
        wanted=base.wanted,
        filters=key,
        failure=new_failure,
        failed_since=_since(base, new_failure, now),
        refreshing=base.refreshing,
        asked=asked,
    )


def best(held: TileState, answer: Insight | None, *, late: bool) -> tuple[Insight | None, str]:
    """Choose what is drawn of a tile when an answer under the wanted filters comes, and its key.

    Results of other filters are no competitors: a good answer takes their place whatever its
    time, and one that is not good leaves them, marked as what they are.
    """
    if answer is None and late:  # nothing new is drawn, so it belongs to what it belonged to
        return held.insight, held.filters
    if not held.is_other or answer is None or held.insight is None:
        return chosen(held.insight, answer, late=late), held.wanted
    if not is_good(answer):
        return renamed(held.insight, answer), held.filters
    alerts = newest_alerts(held.insight.alerts, answer.alerts)
    return replace(answer, alerts=alerts), held.wanted


def chosen(held: Insight | None, answer: Insight | None, *, late: bool) -> Insight | None:
    """Choose what is drawn: the newest good result, under the newest names.

    A result of another question (the query or the dashboard's filters were changed) is no
    competitor of the held one: then the newer question wins, whatever its time.
    """
    if answer is None or held is None:
        return held if late else answer
    alerts = newest_alerts(held.alerts, answer.alerts)
    if alerts != answer.alerts:
        answer = replace(answer, alerts=alerts)
    if late:
        return renamed(answer, held) if _fills_late(held, answer) else held
    if not is_good(held):
        return answer
    if not is_good(answer) or (same_question(held, answer) and is_older(answer, held)):
        return renamed(held, answer)
    return answer


def _fills_late(held: Insight, answer: Insight) -> bool:
    """Say whether an answer to an old question still knows better than what is held."""
    if not is_good(answer) or not same_question(held, answer):
        return False
    return not is_good(held) or is_newer(answer, held)


def _renewed(held: Insight | None, chosen_: Insight | None) -> bool:
    if chosen_ is None or not is_good(chosen_):
        return False
    return held is None or not is_good(held) or computed(held) != computed(chosen_)


def renamed(insight: Insight, newest: Insight) -> Insight:
    """Give a result the names of another answer; an insight out of reach keeps the old ones."""
    if newest.no_access and not insight.no_access:
        return insight
    return replace(
        insight,
        id=newest.id,
        short_id=newest.short_id,
        name=newest.name,
        derived_name=newest.derived_name,
        description=newest.description,
        tags=newest.tags,
        alerts=newest.alerts,
    )


def with_tile_result(  # noqa: PLR0913  an answer, and what is known about it
    state: State,
    where: tuple[int, int],
    insight: Insight,
    *,
    now: datetime,
    asked: int = 0,
    failure: Failure | None = None,
    filters: str = AS_SAVED,
) -> Step:
    """Take the answer for (dashboard id, tile id); `failure` is one that came inside the answer.

    An answer for other filters than those asked for now changes nothing.
    """
    dashboard_id, tile_id = where
    held = tile_of(state, dashboard_id, tile_id)
    if held is None or filters != held.wanted:
        return state, NOTHING
    late = asked < held.asked
    drawn, key = best(held, insight, late=late)
    if late:
        renewed = _renewed(held.insight, drawn) or key != held.filters
        new = _answered(held, drawn, key) if renewed else held
    else:
        tile = replace(held.tile, insight=without_result(insight))
        since = _since(held, failure, now)
        new = replace(held, tile=tile, failure=failure, failed_since=since, asked=asked)
        new = replace(new, insight=drawn, filters=key)
    return put_tiles(state, dashboard_id, {tile_id: replace(new, refreshing=False)})


def with_tile_failure(
    state: State,
    where: tuple[int, int],
    failure: Failure,
    *,
    now: datetime,
    asked: int = 0,
    filters: str = AS_SAVED,
) -> Step:
    """Note why a tile got no new result; the last good one stays."""
    dashboard_id, tile_id = where
    held = tile_of(state, dashboard_id, tile_id)
    if held is None or filters != held.wanted:
        return state, NOTHING
    new = replace(held, refreshing=False)
    if asked >= held.asked:
        since = _since(held, failure, now)
        new = replace(new, failure=failure, failed_since=since, asked=asked)
    return put_tiles(state, dashboard_id, {tile_id: new})


def refresh_started(state: State, dashboard_id: int, tile_ids: Iterable[int]) -> Step:
    """Note that these tiles are being refreshed."""
    return _refreshing(state, dashboard_id, tile_ids, refreshing=True)


def refresh_finished(state: State, dashboard_id: int, tile_ids: Iterable[int]) -> Step:
    """Note that these tiles are no longer being refreshed, with or without an answer."""
    return _refreshing(state, dashboard_id, tile_ids, refreshing=False)


def _refreshing(
    state: State, dashboard_id: int, tile_ids: Iterable[int], *, refreshing: bool
) -> Step:
    found = {tile: tile_of(state, dashboard_id, tile) for tile in tile_ids}
    new = {
        tile: replace(held, refreshing=refreshing)
        for tile, held in found.items()
        if held is not None and held.refreshing != refreshing
    }
    return put_tiles(state, dashboard_id, new)


def tile_of(state: State, dashboard_id: int, tile_id: int) -> TileState | None:
    """Find a tile, if both it and its dashboard are still there."""
    board = state.dashboards.get(dashboard_id)
    return board.tiles.get(tile_id) if board else None


def put_tiles(state: State, dashboard_id: int, tiles: dict[int, TileState]) -> Step:
    """Put tiles in place of those held; says which of them are new."""
    board = state.dashboards.get(dashboard_id)
    if board is None:
        return state, NOTHING
    changed = {tile: new for tile, new in tiles.items() if board.tiles.get(tile) != new}
    if not changed:
        return state, NOTHING
    held = replace(board, tiles={**board.tiles, **changed})
    new_state = replace(state, dashboards={**state.dashboards, dashboard_id: held})
    return new_state, Changes(tiles=frozenset((dashboard_id, tile) for tile in changed))


def _answered(held: TileState, insight: Insight | None, key: str) -> TileState:
    """Take a newer result from a late answer: the failure before it is no longer true."""
    return replace(held, insight=insight, filters=key, failure=None, failed_since=None)


def _since(held: TileState, failure: Failure | None, now: datetime) -> datetime | None:
    if failure is None:
        return None
    return held.failed_since if held.failure is not None and held.failed_since else now
