"""How a watch stands, and which changes of that are worth telling.

A result is known by its `computed_at`: one that was judged never counts again, one older than that
is passed over, and so is one too old to act upon. No clock on the wall decides anything else, so
that it may jump. A phase other than ok is entered when `checks` results in a row speak for it, ok
with the first; hysteresis is the condition's matter (`conditions.judge`, `eased`).

Events have ids made of the state alone: two programs that judge from the same state make the same
ids, whichever results they saw. So: read the state, judge, and write state and events in one
transaction; notify an id that nobody notified before.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.watching.conditions import Outcome
from phdesk.models.watch import Event, EventKind, Phase, Watch, WatchState

PHASES: dict[str, Phase] = {
    "met": "firing",
    "clear": "ok",
    "missing": "missing",
    "short": "short",
    "gone": "error",
}
BAD = frozenset({"firing", "missing", "error"})
KINDS: dict[Phase, EventKind] = {
    "firing": "fired",
    "missing": "missing",
    "error": "broken",
    "short": "unknown",
}
Passed = Literal["", "off", "undated", "stale", "older", "again"]
Standing = Literal["off", "snoozed", "acknowledged", "pending"] | Phase


class Finding(Struct, frozen=True, gc=False, kw_only=True):
    """What was found of a watch's number at one time.

    `at` is the result's `computed_at`; of a tile that is gone, the time of the look that says so.
    """

    at: datetime | None
    verdict: Literal["met", "clear", "missing", "short", "gone"]
    text: str = ""
    value: float | None = None
    threshold: float | None = None
    value_text: str = ""  # as the tile writes its numbers
    threshold_text: str = ""
    rule_text: str = ""  # what is waited for, its figures written so, too
    tile_gone: bool = False  # there is no result either


class Judged(Struct, frozen=True, gc=False):
    """A state, the events that lead to it, and why a result was passed over."""

    state: WatchState
    events: tuple[Event, ...] = ()
    passed: Passed = ""


def finding(outcome: Outcome, at: datetime | None, rule_text: str = "") -> Finding:
    """Take what a condition says of a result as a finding."""
    return Finding(
        at=at,
        verdict=outcome.verdict,
        text=outcome.text,
        value=outcome.value,
        threshold=outcome.threshold,
        value_text=outcome.value_text,
        threshold_text=outcome.threshold_text,
        rule_text=rule_text,
    )


def judge(
    watch: Watch, state: WatchState, found: Finding, *, now: datetime, oldest: timedelta
) -> Judged:
    """Take one finding into account; one computed more than `oldest` ago changes nothing."""
    fresh = _begun(watch, state, found.at or now, now)
    if not watch.enabled:
        return Judged(*fresh, passed="off")
    state, events = fresh
    passed = _passed(state, found, now, oldest)
    if passed or found.at is None:
        return Judged(state, events, passed)
    state = _counted(_noted(state, found), PHASES[found.verdict])
    if state.leaning != state.phase and (state.leaning == "ok" or state.run >= watch.checks):
        state, event = _turned(watch, state, found.at)
    else:
        state, event = _reminded(watch, state, found.at)
    return Judged(state, events if event is None else (*events, event))


def acknowledge(watch: Watch, state: WatchState, at: datetime) -> Judged:
    """Note that a person knows: no more reminders until something changes."""
    if state.phase not in BAD or state.acknowledged:
        return Judged(state)
    state = replace(state, acknowledged=True, told=True)
    return Judged(state, (_event(watch, state, "acknowledged", at),))


def closed(watch: Watch, state: WatchState, at: datetime) -> Judged:
    """End what is under way: the watch was edited, switched off or deleted."""
    ended = WatchState(watch=watch.id, born=state.born, turn=state.turn + 1, told_at=state.told_at)
    if state.phase not in BAD:
        return Judged(ended)
    return Judged(ended, (_event(watch, replace(state, turn=ended.turn), "closed", at),))


def standing(watch: Watch, state: WatchState, now: datetime) -> Standing:
    """Say how a watch stands, in the one word that a person should see."""
    if not watch.enabled:
        return "off"
    if is_snoozed(watch, now):
        return "snoozed"
    if state.acknowledged and state.phase in BAD:
        return "acknowledged"
    if state.leaning == "firing" and state.phase != "firing":
        return "pending"
    return state.phase


def is_snoozed(watch: Watch, at: datetime) -> bool:
    """Tell whether a watch keeps quiet at a time."""
    until = watch.snoozed_until
    return until is not None and at < _aware(until)


def rule_of(watch: Watch) -> str:
    """Give a mark of what is judged, and of nothing else: names and notices may change.

    It is the same for a watch just made and for one read from its file, where 100 is 100.0, and
    after its insight was put on the dashboard anew.
    """
    watch = msgspec.convert(msgspec.to_builtins(watch), Watch)
    parts = (
        watch.source, watch.dashboard, watch.insight or watch.tile, watch.number, watch.condition,
        watch.checks, watch.hysteresis, watch.unfinished,
    )  # fmt: skip
    return _digest(msgspec.json.encode(parts, order="deterministic"))


def _begun(
    watch: Watch, state: WatchState, at: datetime, now: datetime
) -> tuple[WatchState, tuple[Event, ...]]:
    """Begin anew where the watch judges by another rule than the state, or is switched off."""
    rule = rule_of(watch) if watch.enabled else "off"
    if state.rule == rule:
        return state, ()
    if not state.rule:  # nothing was ever judged
        return replace(state, rule=rule, born=state.born or now), ()
    ended = closed(watch, state, at)
    return replace(ended.state, rule=rule), ended.events


def _passed(state: WatchState, found: Finding, now: datetime, oldest: timedelta) -> Passed:
    if found.at is None:
        return "undated"
    if found.tile_gone:
        return "again" if found.at == state.gone_at else ""
    if now - found.at > oldest:
        return "stale"
    if state.judged_at is None or found.at > state.judged_at:
        return ""
    if found.at < state.judged_at:
        return "older"
    return "" if state.gone_at is not None else "again"  # the tile is back with the same result


def _noted(state: WatchState, found: Finding) -> WatchState:
    return replace(
        state,
        judged_at=state.judged_at if found.tile_gone else found.at,
        gone_at=found.at if found.tile_gone else None,
        value=found.value,
        threshold=found.threshold,
        value_text=found.value_text,
        threshold_text=found.threshold_text,
        rule_text=found.rule_text or state.rule_text,
        text=found.text,
    )


def _counted(state: WatchState, phase: Phase) -> WatchState:
    run = state.run + 1 if state.leaning == phase else 1
    return replace(state, leaning=phase, run=run)


def _turned(watch: Watch, state: WatchState, at: datetime) -> tuple[WatchState, Event | None]:
    """Enter the phase that the last results speak for."""
    left, entered = state.phase, state.leaning or "ok"
    was_told = state.told
    state = replace(
        state,
        phase=entered,
        since=at,
        turn=state.turn + 1,
        told=False,
        reminders=0,
        acknowledged=False,
    )
    if left == "new" and entered in ("ok", "short"):
        return state, None
    if entered in BAD:
        loud = _may_tell(watch, state, at)
        state = _as_told(state, at) if loud else state
    else:
        loud = entered == "ok" and left in BAD and was_told and not is_snoozed(watch, at)
    kind = KINDS.get(entered) or ("resolved" if left == "firing" else "back")
    return state, _event(watch, state, kind, at, loud=loud)


def _reminded(watch: Watch, state: WatchState, at: datetime) -> tuple[WatchState, Event | None]:
    """Tell what could not be told when it began, and tell again where that is wished."""
    if state.phase not in BAD or state.leaning != state.phase or state.acknowledged:
        return state, None
    again = timedelta(minutes=watch.remind_minutes)
    due = bool(again) and state.told_at is not None and at - state.told_at >= again
    if not (due or not state.told or _woke(watch, state, at)) or not _may_tell(watch, state, at):
        return state, None
    state = replace(_as_told(state, at), reminders=state.reminders + 1)
    return state, _event(watch, state, "reminded", at, loud=True)


def _woke(watch: Watch, state: WatchState, at: datetime) -> bool:
    """Tell whether a snooze ended since it was told: what was put off is still to be told."""
    until = watch.snoozed_until
    return until is not None and state.told_at is not None and state.told_at < _aware(until) <= at


def _may_tell(watch: Watch, state: WatchState, at: datetime) -> bool:
    rest = timedelta(minutes=watch.cooldown_minutes)
    rested = state.told_at is None or at - state.told_at >= rest
    return rested and not is_snoozed(watch, at)


def _as_told(state: WatchState, at: datetime) -> WatchState:
    return replace(state, told=True, told_at=at)


def _event(
    watch: Watch, state: WatchState, kind: EventKind, at: datetime, *, loud: bool = False
) -> Event:
    parts = (watch.id, state.rule, state.born, state.turn, kind, state.reminders)
    return Event(
        id=_digest(msgspec.json.encode(parts)),
        watch=watch.id,
        kind=kind,
        at=at,
        loud=loud,
        severity=watch.severity,
        value=state.value,
        threshold=state.threshold,
        value_text=state.value_text,
        threshold_text=state.threshold_text,
        text=state.text,
    )


def _digest(data: bytes) -> str:
    return hashlib.blake2s(data, digest_size=12).hexdigest()


def _aware(moment: datetime) -> datetime:
    """Take a time without a zone, as people write it, to be UTC."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
