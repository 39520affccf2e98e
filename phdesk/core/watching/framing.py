"""What the frame of a tile says of the watches on it, and the lines they draw on its chart."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from phdesk.core.charts.spec import Body, GoalLine, TileView, XYBody
from phdesk.core.formatting import Format, number
from phdesk.core.watching.states import BAD, is_snoozed, rule_of
from phdesk.core.watching.words import condition_text
from phdesk.models.watch import Bound, Watch, WatchState

Known = tuple[Watch, WatchState]  # its snooze is one that lasts, see `known_at`
SNOOZED = "Watch snoozed"
SERIES = frozenset({"value", "column"})


def framed(view: TileView, known: Iterable[Known]) -> TileView:
    """Add to a view what watches say of it."""
    listed = [one for one in known if one[0].enabled]
    how = view.body.format if isinstance(view.body, XYBody) else Format()
    words = frame_words(listed, how)
    asleep = any(state.phase in BAD and watch.snoozed_until for watch, state in listed)
    note = SNOOZED if asleep else ""
    body = _with_lines(view.body, listed)
    if not words and not note and body is view.body:
        return view
    alert = " · ".join(part for part in (view.alert, words) if part)
    note = " · ".join(part for part in (view.alert_note, note) if part)
    return replace(view, alert=alert, alert_note=note, body=body)


def known_at(watch: Watch, state: WatchState, now: datetime) -> Known:
    """Give a watch without a snooze that is over."""
    over = watch.snoozed_until is not None and not is_snoozed(watch, now)
    return (replace(watch, snoozed_until=None) if over else watch), state


def frame_words(known: Iterable[Known], how: Format = Format()) -> str:  # noqa: B008  frozen
    """Say which watch is not well, as in "Watch: above 100"; empty while all are, or sleep."""
    awake = [one for one in known if one[0].enabled and one[0].snoozed_until is None]
    said = [_words(watch, state, how) for watch, state in awake]
    bad = [words for words in said if words]
    if not bad:
        return ""
    more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
    return f"Watch: {bad[0]}{more}"


def _words(watch: Watch, state: WatchState, how: Format) -> str:
    match state.phase:
        case "firing":
            return watch.name or rule_text(watch, state, how)
        case "missing":
            return "no data"
        case "error":
            return "cannot be kept"
        case _:
            return ""


def rule_text(watch: Watch, state: WatchState, how: Format = Format()) -> str:  # noqa: B008  frozen
    """Say what a watch waits for, its figures written as its tile does since it was judged."""
    is_known = bool(state.rule_text) and state.rule == rule_of(watch)
    return state.rule_text if is_known else condition_text(watch.condition, how)


def _with_lines(body: Body, known: Iterable[Known]) -> Body:
    """Draw limits where the left axis shows what is watched: not on a pile, nor beside it."""
    if not isinstance(body, XYBody) or body.percent:
        return body
    if (body.stacked and len(body.series) > 1) or any(one.right_axis for one in body.series):
        return body
    lines = tuple(line for watch, state in known if (line := _line(body, watch, state)))
    return replace(body, goal_lines=(*body.goal_lines, *lines)) if lines else body


def _line(body: XYBody, watch: Watch, state: WatchState) -> GoalLine | None:
    if watch.number.measure not in SERIES:
        return None
    is_fixed = isinstance(watch.condition, Bound)
    value = watch.condition.value if isinstance(watch.condition, Bound) else state.threshold
    if value is None or not (is_fixed or state.phase == "firing"):
        return None
    side = f"{watch.condition.side} " if isinstance(watch.condition, Bound) else ""
    return GoalLine(label=f"Watch: {side}{number(value, body.format)}", value=value, color="warn")
