"""Judge a watch by a tile's answer: the one door for services, from tile to state and events."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from phdesk.core.charts.context import Context
from phdesk.core.watching import conditions, states
from phdesk.core.watching.conditions import Kept
from phdesk.core.watching.figures import Figure, lengthened
from phdesk.core.watching.numbers import Found, find
from phdesk.core.watching.states import Finding, Judged
from phdesk.core.watching.words import condition_text
from phdesk.models.insight import Insight
from phdesk.models.watch import Watch, WatchState

TILE_GONE = "the tile is no longer on its dashboard"
DASHBOARD_GONE = "its dashboard is no longer there"


class Past(Struct, frozen=True, gc=False):
    """What earlier results of the tile said of the watched number, the oldest first.

    Made by `past_of`; of many results only these few numbers need to be kept in memory.
    """

    kept: tuple[Kept, ...] = ()
    figures: tuple[Figure, ...] = ()  # those that have buckets


class Look(Struct, frozen=True, gc=False, kw_only=True):
    """One look at a tile under its dashboard's own filters; without an insight it is gone."""

    insight: Insight | None
    at: datetime  # of the look, for a tile that is gone
    past: Past = Past()
    dashboard_gone: bool = False  # and its tiles with it


def check(
    watch: Watch,
    state: WatchState,
    look: Look,
    context: Context,
    *,
    oldest: timedelta,
) -> Judged:
    """Judge a watch; `context.now` tells how old a result is, and nothing else.

    A tile that is being calculated, or failed without an earlier result, changes nothing.
    """
    found = examine(watch, look, context, firing=state.phase == "firing")
    if found is None:
        return Judged(state, (), "undated")
    return states.judge(watch, state, found, now=context.now, oldest=oldest)


def examine(watch: Watch, look: Look, context: Context, *, firing: bool = False) -> Finding | None:
    """Find what a watch's condition says of a tile; None while there is nothing to judge."""
    if look.insight is None:
        why = DASHBOARD_GONE if look.dashboard_gone else TILE_GONE
        text = f"{_label(watch)}: {why}"
        return Finding(at=look.at, verdict="gone", text=text, tile_gone=True)
    found = find(look.insight, context, watch.number)
    return judge_found(watch, found, look.insight.last_refresh, look.past, firing=firing)


def judge_found(
    watch: Watch, found: Found, at: datetime | None, past: Past, *, firing: bool = False
) -> Finding | None:
    """Say what a condition says of a number that was looked up in a result computed `at`."""
    label = _label(watch)
    match found.state:
        case "waiting":
            return None
        case "gone":
            return Finding(at=at, verdict="gone", text=f"{label}: the tile no longer shows it")
        case "missing":
            return Finding(at=at, verdict="missing", text=f"{label} is not in the result")
    if found.figure is None:
        return None
    outcome = conditions.judge(
        watch.condition,
        lengthened(found.figure, past.figures),
        kept=past.kept,
        at=at,
        unfinished=watch.unfinished,
        eased=watch.hysteresis if firing else 0.0,
    )
    rule = condition_text(watch.condition, found.figure.format, found.figure.interval)
    return states.finding(outcome, at, rule)


def past_of(watch: Watch, earlier: Sequence[Insight], context: Context) -> Past:
    """Read a watch's number from earlier results of its tile, in any order."""
    dated = [(one.last_refresh, one) for one in earlier if one.last_refresh is not None]
    dated.sort(key=_time)
    kept, figures = [], []
    for at, insight in dated:
        figure = find(insight, context, watch.number).figure
        if figure is None:
            continue
        if figure.buckets:
            figures.append(figure)
        else:
            kept.append(Kept(at, figure.value))
    return Past(tuple(kept), tuple(figures))


def _label(watch: Watch) -> str:
    return watch.known_as or watch.name or "The number"


def _time(one: tuple[datetime, Insight]) -> datetime:
    return one[0]
