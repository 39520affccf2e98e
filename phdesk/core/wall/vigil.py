"""What to do about a wall's window that is silent, dead or too large: a value and pure functions.

All times are seconds of one steady clock: the clock on the wall may jump by days. Between two looks
the watch itself may have stood still (the computer slept, or had no time for anybody): that silence
is nobody's fault and does not count.
"""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from phdesk.models.wall import Limits

Phase = Literal["resting", "running", "leaving", "ending", "killing", "over"]
Act = Literal["start", "dump", "trim", "leave", "terminate", "kill"]
Step: TypeAlias = "tuple[Vigil, tuple[Act, ...]]"

LOOK = 1.0  # at most so long between two looks
STARTING = 60.0  # until the first beat; a small computer with a cold disk
STARTING_SAFE = 180.0  # the store is looked over as well
WARY = 0.6  # of the limit: stacks are written down while there is something to see
STILL = 0.4  # of the limit: what the system holds still has no stacks, and will not beat again
LEAVING = 2.5  # to leave when asked
ENDING = 1.0  # to end when told
INSISTING = 2.0  # between two kills of what does not die
PAUSES = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)  # before each start in a row that failed
CALM = 120.0  # after so long with beats the row is over
LOOP = 600.0  # the time in which
CRASHES = 5  # so many lead to safe mode
SAFE = 3600.0  # then the usual way is tried again; each time twice as long
SAFE_LONGEST = 24 * SAFE
TRIMMING = 60.0  # between two requests
MEMORY_PATIENCE = 120.0  # for a change of page to restart at
MEMORY_REST = 1800.0  # before a restart that may not help


class Crash(Struct, frozen=True, gc=False):
    """An end that nobody wished."""

    at: float
    showing: tuple[str, ...]  # keys of items


class Vigil(Struct, frozen=True, gc=False, kw_only=True):
    """What the watch knows of the window."""

    phase: Phase = "resting"
    since: float  # when the phase began
    look: float  # the last one
    due: float  # while resting: when to start
    started: float  # this window
    heard: float  # its last beat, or its start
    beats: int = 0  # of this window
    longest_silence: float = 0.0  # between two of them
    rotations: int = 0  # that it told of
    showing: tuple[str, ...] = ()
    wary: bool = False  # its stacks were written down in this silence
    planned: bool = False  # its end is ours, no crash
    final: bool = False  # nothing is started after it
    starts: int = 0
    failures: int = 0  # in a row
    crashes: tuple[Crash, ...] = ()  # of the last 10 minutes
    suspects: tuple[str, ...] = ()  # items to skip in safe mode
    safe: float | None = None  # since when
    spells: int = 0  # of safe mode
    trimmed: float | None = None
    was_small: bool = False  # below the hard ceiling since its start: a fresh one helps
    large: float | None = None  # since when above it
    large_rotations: int = 0  # then
    made_small: float | None = None  # last restart for memory

    @property
    def restarts(self) -> int:
        """Count the starts but the first."""
        return max(0, self.starts - 1)


def begun(now: float) -> Vigil:
    """Begin, with a start that is due."""
    return Vigil(since=now, look=now, due=now, started=now, heard=now)


def heard(vigil: Vigil, now: float, rotations: int, showing: Iterable[str]) -> Vigil:
    """Take in a beat; what comes of a window that is to end changes nothing."""
    if vigil.phase != "running":
        return vigil
    return replace(
        vigil,
        heard=now,
        beats=vigil.beats + 1,
        longest_silence=max(vigil.longest_silence, now - vigil.heard if vigil.beats else 0.0),
        rotations=rotations,
        showing=tuple(showing),
        wary=False,
    )


def asked_to_leave(vigil: Vigil, now: float) -> Step:
    """End for good; who asks twice does not want to wait."""
    insisting = vigil.final
    vigil = replace(vigil, final=True, planned=True)
    match vigil.phase:
        case "running":
            return _to(vigil, "leaving", now), ("leave",)
        case "leaving" if insisting:
            return _end(vigil, now, stopped=False)
        case "resting":
            return _to(vigil, "over", now), ()
    return vigil, ()


def ended(vigil: Vigil, now: float, *, by_person: bool) -> Vigil:
    """Take in that the window's process is gone."""
    if vigil.final or (by_person and not vigil.planned):
        return _to(vigil, "over", now)
    resting = _to(vigil, "resting", now)
    if vigil.planned:
        return replace(resting, due=now)
    crashes = (*_recent(vigil, now), Crash(now, vigil.showing))
    failures = 1 if _was_calm(vigil) else vigil.failures + 1
    resting = replace(resting, crashes=crashes, failures=failures, due=now + pause(failures))
    if vigil.safe is None and len(crashes) >= CRASHES:
        return replace(
            resting,
            safe=now,
            spells=vigil.spells + 1,
            suspects=suspects(crashes),
            due=now + PAUSES[1],
        )
    return resting


def looked(vigil: Vigil, now: float, limits: Limits, *, memory: int | None, stopped: bool) -> Step:
    """Say what to do now, at least once in `LOOK` seconds.

    `memory` is the window's in bytes, None when it cannot be told; `stopped`: the system holds it
    still (SIGSTOP), so that it can do nothing that it is told.
    """
    vigil = _without_our_own_gap(vigil, now)
    match vigil.phase:
        case "resting" if now >= vigil.due:
            return _started(vigil, now), ("start",)
        case "running":
            return _watched(vigil, now, limits, memory, stopped=stopped)
        case "leaving" if now - vigil.since > LEAVING:
            return _end(vigil, now, stopped=stopped)
        case "ending" if now - vigil.since > ENDING:
            return _to(vigil, "killing", now), ("kill",)
        case "killing" if now - vigil.since > INSISTING:
            return _to(vigil, "killing", now), ("kill",)
    return vigil, ()


def pause(failures: int) -> float:
    """Give the seconds before the next start, after so many in a row that failed."""
    return PAUSES[min(max(failures, 1), len(PAUSES)) - 1]


def suspects(crashes: Iterable[Crash]) -> tuple[str, ...]:
    """Name the items that were on show at several crashes, or else at the last."""
    last: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    for crash in crashes:
        last = tuple(dict.fromkeys(crash.showing))
        for key in last:
            counts[key] = counts.get(key, 0) + 1
    often = tuple(key for key, count in counts.items() if count > 1)
    return often or last


def silence_limit(vigil: Vigil, limits: Limits) -> float:
    """Give the seconds after which a silent window counts as frozen."""
    if vigil.beats:
        return limits.frozen_after
    return STARTING if vigil.safe is None else STARTING_SAFE


def _without_our_own_gap(vigil: Vigil, now: float) -> Vigil:
    lost = max(0.0, now - vigil.look - LOOK)
    heard, since = min(now, vigil.heard + lost), min(now, vigil.since + lost)
    return replace(vigil, look=max(now, vigil.look), heard=heard, since=since)


def _started(vigil: Vigil, now: float) -> Vigil:
    return replace(
        _to(vigil, "running", now),
        started=now,
        heard=now,
        beats=0,
        longest_silence=0.0,
        rotations=0,
        showing=(),
        wary=False,
        planned=False,
        starts=vigil.starts + 1,
        crashes=_recent(vigil, now),
        trimmed=None,
        was_small=False,
        large=None,
    )


def _watched(
    vigil: Vigil, now: float, limits: Limits, memory: int | None, *, stopped: bool
) -> Step:
    silence, limit = now - vigil.heard, silence_limit(vigil, limits)
    if silence > limit * STILL and stopped:
        return _to(vigil, "killing", now), ("kill",)
    if silence > limit:
        return _end(vigil, now, stopped=stopped)
    if silence > limit * WARY:
        return (vigil, ()) if vigil.wary else (replace(vigil, wary=True), ("dump",))
    if _was_calm(vigil):
        spells = 0 if vigil.safe is None and _ran(vigil) > SAFE_LONGEST else vigil.spells
        vigil = replace(vigil, failures=0, spells=spells, crashes=_recent(vigil, now))
    if vigil.safe is not None and now - vigil.safe > _safe_for(vigil):
        return _leave(replace(vigil, safe=None, suspects=()), now)
    return _weighed(vigil, now, limits, memory)


def _weighed(vigil: Vigil, now: float, limits: Limits, memory: int | None) -> Step:
    """Keep the ceilings; over the hard one, start afresh where one page follows another."""
    if memory is None or not vigil.beats:
        return vigil, ()
    if memory <= limits.memory_hard * 1_000_000:
        vigil = replace(vigil, was_small=True, large=None)
    elif vigil.large is None:
        vigil = replace(vigil, large=now, large_rotations=vigil.rotations)
    elif _may_restart(vigil, now):
        return _leave(replace(vigil, made_small=now), now)
    rested = vigil.trimmed is None or now - vigil.trimmed > TRIMMING
    if memory > limits.memory_soft * 1_000_000 and rested:
        return replace(vigil, trimmed=now), ("trim",)
    return vigil, ()


def _may_restart(vigil: Vigil, now: float) -> bool:
    if vigil.large is None:
        return False
    rested = vigil.made_small is None or now - vigil.made_small > MEMORY_REST
    between = vigil.rotations != vigil.large_rotations or now - vigil.large > MEMORY_PATIENCE
    return between and (vigil.was_small or rested)


def _leave(vigil: Vigil, now: float) -> Step:
    return replace(_to(vigil, "leaving", now), planned=True), ("leave",)


def _end(vigil: Vigil, now: float, *, stopped: bool) -> Step:
    if stopped:
        return _to(vigil, "killing", now), ("kill",)
    return _to(vigil, "ending", now), ("terminate",)


def _to(vigil: Vigil, phase: Phase, now: float) -> Vigil:
    return replace(vigil, phase=phase, since=now)


def _was_calm(vigil: Vigil) -> bool:
    """Tell whether this window has run well for long enough to forget the failures before."""
    return vigil.beats > 0 and _ran(vigil) > CALM


def _ran(vigil: Vigil) -> float:
    """Give the seconds from the start of this window to its last beat."""
    return vigil.heard - vigil.started


def _recent(vigil: Vigil, now: float) -> tuple[Crash, ...]:
    return tuple(one for one in vigil.crashes if now - one.at <= LOOP)


def _safe_for(vigil: Vigil) -> float:
    return min(SAFE * 2.0 ** (vigil.spells - 1), SAFE_LONGEST)
