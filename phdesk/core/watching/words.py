"""Sentences about watches: what one compares, what was found, what a notice says."""

from datetime import datetime, timedelta

from phdesk.core.ages import tile_age
from phdesk.core.formatting import Format, grouped, number
from phdesk.models.watch import (
    Anomaly,
    Baseline,
    Bound,
    Change,
    Condition,
    Event,
    EventKind,
    Watch,
)

SHARES = {0.5: "half", 0.25: "a quarter", 0.75: "three quarters", 1.0: ""}
TIMES = {2.0: "twice", 1.0: ""}
HEADS: dict[EventKind, str] = {
    "fired": "",
    "resolved": "Back to normal: ",
    "missing": "No data: ",
    "broken": "Cannot be watched any more: ",
    "unknown": "Not enough history: ",
    "back": "Watched again: ",
    "reminded": "Still: ",
    "acknowledged": "Acknowledged: ",
    "closed": "Closed: ",
}


def too_old_text(at: datetime, now: datetime, oldest: timedelta) -> str:
    """Say why a result is not judged, by whose clock; empty while it may be.

    A clock that is fast makes every result old, and nothing else tells that of it.
    """
    if now - at <= oldest:
        return ""
    hours = f"{oldest.total_seconds() / 3600:g} h"
    return f"its newest result ({tile_age(at, now)}) is older than {hours} by this computer's clock"


def condition_text(condition: Condition, how: Format = Format(), interval: str = "") -> str:  # noqa: B008  frozen
    """Say what a condition waits for: "below half of its 7-day average"."""
    match condition:
        case Bound(side=side, value=value):
            return f"{side} {number(value, how)}"
        case Change():
            verb = "rises" if condition.side == "above" else "falls"
            return f"{verb} by {_by(condition, how)} or more {_against(condition, interval)}"
        case Baseline(side=side):
            return f"{side} {multiple(condition)}"
        case Anomaly(side=side):
            end = {"above": "unusually high", "below": "unusually low", "either": "unusual"}[side]
            return f"{end}, at {condition.sensitivity} sensitivity"


def watch_text(
    watch: Watch,
    label: str,
    how: Format = Format(),  # noqa: B008  frozen
    interval: str = "",
) -> str:
    """Say when a watch tells, in one sentence that stands alone."""
    words = condition_text(watch.condition, how, interval)
    verb = "" if isinstance(watch.condition, Change) else "is "
    often = "" if watch.checks == 1 else f" in {watch.checks} results in a row"
    so_far = ", the unfinished one included" if watch.unfinished else ""
    return f"Tells when {label} {verb}{words}{often}{so_far}."


def multiple(baseline: Baseline) -> str:
    """Say a multiple of an average: "half of its 7-day average", "3× its daily average"."""
    average = f"its {baseline.days}-day average" if baseline.days else "its daily average"
    factor = baseline.factor
    if factor in SHARES:
        return f"{SHARES[factor]} of {average}" if SHARES[factor] else average
    if factor in TIMES:
        return f"{TIMES[factor]} {average}"
    if factor < 1:
        return f"{grouped(factor * 100)}% of {average}"
    return f"{grouped(factor)}× {average}"


def found_text(name: str, value: str, when: str, side: str, beyond: str) -> str:
    """Say what was found: "Signups fell to 84 on 26 Oct 2026, under half of … (190)"."""
    verb = "rose to" if side == "above" else "fell to"
    return f"{name} {verb} {value}{_spaced(when)}, {beyond}"


def clear_text(name: str, value: str, when: str, within: str) -> str:
    """Say that all is well: "Signups: 204 on 26 Oct 2026, not under half of … (190)"."""
    return f"{name}: {value}{_spaced(when)}, {within}"


def notice(watch: Watch, event: Event, where: str = "") -> tuple[str, str]:
    """Give title and body of a notice; `where` names project and dashboard."""
    about = watch.name or watch.known_as or "Watch"
    title = f"{HEADS[event.kind]}{about}"
    body = event.text or about
    ended = body if body.endswith((".", "!", "?")) else f"{body}."
    return (f"{title} · {where}" if where else title), ended


def _by(change: Change, how: Format) -> str:
    if change.unit == "number":
        return number(change.by, how)
    return f"{grouped(change.by)}%"


def _against(change: Change, interval: str) -> str:
    if change.against == "period":
        return "against the period before"
    return f"against the {interval} before" if interval else "against the result before"


def _spaced(words: str) -> str:
    return f" {words}" if words else ""
