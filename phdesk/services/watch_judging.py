"""Judge watches on results, in the worker: nothing is asked of PostHog for it.

A number is read from its result before any state is looked at; the states change in one
transaction with the notices that they lead to, whichever phdesk found them (`store/alerts_found`).
"""

import logging
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime, timedelta
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.charts.context import Context
from phdesk.core.noticing.cards import LASTING
from phdesk.core.watching import states
from phdesk.core.watching.checking import Look, Past, examine, judge_found
from phdesk.core.watching.figures import Figure
from phdesk.core.watching.numbers import find
from phdesk.core.watching.states import Finding
from phdesk.models.insight import Insight
from phdesk.models.notice import Notice
from phdesk.models.watch import Event, Watch, WatchState
from phdesk.services.watch_past import Pasts, breath
from phdesk.services.watches_file import WatchesFile
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import Watched, look_at_watches
from phdesk.store.alerts_inbox import standing

OLDEST = timedelta(hours=6)  # older results are judged by nobody: nothing fires from stale data
SPARKS = 30  # values of a notice's small chart
GONE = "The watch was deleted."
UNREADABLE = "phdesk cannot read it; its log says why"
log = logging.getLogger(__name__)


class Job(Struct, frozen=True, gc=False, kw_only=True):
    """A watch and the tile as it is known now; without an insight the tile is gone."""

    watch: Watch
    insight: Insight | None
    at: datetime  # of the look
    dashboard_gone: bool = False
    context: Context
    project_name: str = ""
    dashboard_name: str = ""


class Found(Struct, frozen=True, gc=False, kw_only=True):
    """What a result says of a watch: while it fires, and else."""

    job: Job
    firing: Finding | None
    calm: Finding | None
    figure: Figure | None = None
    past: Past = Past()


class Outcome(Struct, frozen=True, gc=False):
    """How an account's watches stand now, and what is new of them."""

    account: str
    states: Mapping[str, WatchState]
    notices: tuple[Notice, ...]


class Judge:
    """Works in the worker alone."""

    def __init__(self, file: AlertsFile, pasts: Pasts, watches: WatchesFile | None) -> None:
        self._file, self._pasts, self._watches = file, pasts, watches

    async def look(
        self,
        account: str,
        jobs: Sequence[Job],
        known: Sequence[str],
        now: datetime,
        *,
        written: bool = True,
    ) -> Outcome | None:
        """Judge watches of an account, of which `known` are all; None if the file is busy.

        Unless what a person changed here is not `written` yet, the file says what the watches are:
        another phdesk may have changed them just now, and two rules would fire in turn.
        """
        listed = self._listed(known)
        found = []
        for job in _as_listed(jobs, listed) if written else jobs:
            found.append(await self._examine(job))
            await breath()
        ids = None if listed is None else listed.keys() | (set() if written else set(known))
        gone = self._closed(account, ids, now)
        after: dict[str, WatchState] = {}
        new = look_at_watches(
            self._file, account, partial(_judged, found, ids, gone, after, now), now
        )
        return None if new is None else Outcome(account, after, new)

    async def acknowledge(self, watch: Watch, now: datetime) -> Outcome | None:
        """Note that a person knows; nothing of it is told to anybody."""
        after: dict[str, WatchState] = {}

        def known(before: Mapping[str, WatchState]) -> Watched:
            after.clear()
            after.update(before)
            state = before.get(watch.id)
            if state is None:
                return Watched()
            after[watch.id] = states.acknowledge(watch, state, now).state
            return Watched((after[watch.id],))

        new = look_at_watches(self._file, watch.account, known, now)
        return None if new is None else Outcome(watch.account, after, new)

    async def _examine(self, job: Job) -> Found:
        """Read a number; one that cannot be read is one watch that cannot be kept."""
        try:
            return await self._read(job)
        except Exception:
            log.exception("The number of a watch could not be read.")
        at = job.insight.last_refresh if job.insight is not None else job.at
        label = job.watch.known_as or job.watch.name or "The number"
        odd = Finding(at=at, verdict="gone", text=f"{label}: {UNREADABLE}")
        return Found(job=job, firing=odd, calm=odd)

    async def _read(self, job: Job) -> Found:
        watch, insight = job.watch, job.insight
        if not watch.enabled:
            off = Finding(at=None, verdict="clear")
            return Found(job=job, firing=off, calm=off)
        if insight is None or insight.last_refresh is None:
            gone = examine(
                watch,
                Look(insight=insight, at=job.at, dashboard_gone=job.dashboard_gone),
                job.context,
            )
            return Found(job=job, firing=gone, calm=gone)
        at = insight.last_refresh
        past = await self._pasts.before(watch, job.context, at)
        number = find(insight, job.context, watch.number)
        calm = judge_found(watch, number, at, past)
        firing = judge_found(watch, number, at, past, firing=True) if watch.hysteresis else calm
        return Found(job=job, firing=firing, calm=calm, figure=number.figure, past=past)

    def _listed(self, known: Sequence[str]) -> Mapping[str, Watch | None] | None:
        """Give the watches that there are; None if that cannot be told.

        A file with a mistake in it names too few, and one that is not there may be about to be
        written by an editor.
        """
        if self._watches is None:
            return dict.fromkeys(known)
        listed, problem = self._watches.load()
        if problem or (known and not listed and not self._watches.path.exists()):
            return None
        return {one.id: one for one in listed}

    def _closed(self, account: str, ids: Set[str] | None, now: datetime) -> list[Notice]:
        """Close in the inbox what lasts of watches that are no more."""
        if ids is None:
            return []
        last = [one.notice for one in standing(self._file, account)]
        return [
            replace(
                one, id=f"{one.id}/closed", kind="closed", loud=False, at=now, body=GONE, points=()
            )
            for one in last
            if one.source == "watch" and one.kind in LASTING and one.subject not in ids
        ]


def _as_listed(jobs: Sequence[Job], listed: Mapping[str, Watch | None] | None) -> Iterator[Job]:
    """Judge by what the watches are now; one that looks at another tile by now must wait."""
    for job in jobs:
        watch = job.watch if listed is None else listed.get(job.watch.id, job.watch) or job.watch
        if _place(watch) == _place(job.watch):
            yield replace(job, watch=watch)


def _place(watch: Watch) -> tuple[object, ...]:
    return watch.source, watch.dashboard, watch.tile


def _judged(
    found: Sequence[Found],
    ids: Set[str] | None,
    closed: Sequence[Notice],
    after: dict[str, WatchState],
    now: datetime,
    before: Mapping[str, WatchState],
) -> Watched:
    """Judge by how the watches stand at this moment; quick, and without effects but `after`."""
    after.clear()
    gone = [watch for watch in before if ids is not None and watch not in ids]
    after.update({watch: state for watch, state in before.items() if watch not in gone})
    changed, notices = {}, list(closed)
    for one in found:
        watch = one.job.watch
        state = after.get(watch.id) or WatchState(watch=watch.id)
        finding = one.firing if state.phase == "firing" else one.calm
        if finding is None or (ids is not None and watch.id not in ids):
            continue
        done = states.judge(watch, state, finding, now=now, oldest=OLDEST)
        notices += [notice_of(one, event) for event in done.events]
        if done.state != state:
            changed[watch.id] = after[watch.id] = done.state
    return Watched(tuple(changed.values()), notices, gone)


def notice_of(found: Found, event: Event) -> Notice:
    """Make a notice of a watch's event."""
    job = found.job
    return notice(
        job.watch,
        event,
        names=(job.project_name, job.dashboard_name),
        figure=found.figure,
        points=_points(found.figure, found.past),
    )


def notice(
    watch: Watch,
    event: Event,
    *,
    names: tuple[str, str] = ("", ""),
    figure: Figure | None = None,
    points: tuple[float | None, ...] = (),
) -> Notice:
    """Make a notice of an event; `names` are those of project and dashboard."""
    is_share = figure is not None and figure.format.style == "percentage"
    return Notice(
        id=event.id,
        source="watch",
        subject=watch.id,
        account=watch.account,
        project=watch.project,
        dashboard=watch.dashboard,
        tile=watch.tile,
        insight=watch.insight,
        title=watch.name or watch.known_as or "Watch",
        project_name=names[0],
        dashboard_name=names[1],
        body=event.text,
        kind=event.kind,
        severity=event.severity,
        loud=event.loud,
        at=event.at,
        value=event.value,
        threshold=event.threshold,
        unit="%" if is_share else "",
        value_text=event.value_text,
        threshold_text=event.threshold_text,
        points=points,
    )


def _points(figure: Figure | None, past: Past) -> tuple[float | None, ...]:
    if figure is None:
        return ()
    if figure.buckets:
        return tuple(one.value for one in figure.buckets if one.complete)[-SPARKS:]
    return (*(one.value for one in past.kept), figure.value)[-SPARKS:]
