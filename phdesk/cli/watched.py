"""`phdesk alerts list` and `check`: how alerts stand, from what is on this computer.

Numbers are as fresh as the last phdesk left them; `check --fresh` alone asks PostHog for them.
"""

import asyncio
import os
from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import import_module

import msgspec
from msgspec import Struct

from phdesk.cli.exits import BAD_INPUT, FINE, UNWELL, complain
from phdesk.cli.show import write
from phdesk.core.ages import tile_age
from phdesk.core.alert_news import newest_alerts
from phdesk.core.cells import one_line
from phdesk.core.watching.framing import rule_text
from phdesk.core.watching.states import standing
from phdesk.core.watching.words import too_old_text
from phdesk.models.account import Account
from phdesk.models.alert import Alert
from phdesk.models.watch import Watch, WatchState
from phdesk.services.accounts import AccountsFile
from phdesk.services.library import load_project, with_cached_dashboard
from phdesk.services.places import Places, places
from phdesk.services.watch_jobs import job_of
from phdesk.services.watch_judging import OLDEST, Job, Judge
from phdesk.services.watch_past import Pasts
from phdesk.services.watches_file import WatchesFile
from phdesk.store.alerts_file import AlertsFile, beside
from phdesk.store.alerts_found import looked_at, seen_alerts, watch_states
from phdesk.store.cache import Cache
from phdesk.store.kept_alerts import load_alerts
from phdesk.store.state import UNSEEN_ALERTS, AlertsState, State

Where = tuple[str, int]  # account, project
FIRES = UNWELL  # 1 would mean that phdesk itself is broken
NONE = "nothing is watched yet; the menu of a tile does it"
BAD = frozenset({"firing", "missing", "error", "acknowledged"})


class Line(Struct, frozen=True, gc=False, kw_only=True):
    """An alert as it is printed."""

    source: str  # "watch" or "posthog"
    id: str
    name: str
    state: str
    says: str = ""  # what it waits for
    found: str = ""  # what the last judgement found
    value: float | None = None
    threshold: float | None = None
    judged_at: datetime | None = None  # the result's time
    not_judged: str = ""  # why its newest result is not
    account: str = ""
    project: int = 0
    dashboard: int | None = None
    tile: int | None = None


def run_list(arguments: Namespace, now: datetime) -> int:
    """Print watches and PostHog's alerts with how they stood last."""
    files = places(os.environ)
    watches, _ = _watches(files)
    file = beside(files.cache, complain)
    lines = _lines(watches, _states(file, watches), now, _kept_times(files, watches, now))
    lines += _of_posthog(files, file)
    file.close()
    _print(lines, now, as_json=arguments.json)
    return FINE


def run_check(arguments: Namespace, now: datetime) -> int:
    """Judge all watches on the results on this computer; says by its exit code if one fires."""
    files = places(os.environ)
    watches, unread = _watches(files)
    file, cache = beside(files.cache, complain), Cache(files.cache, complain)
    judge = Judge(file, Pasts(cache), _file(files))
    try:
        states, code = _known(files, cache, watches, now, fresh=arguments.fresh)
        jobs = _jobs(cache, states, watches, now)
        asyncio.run(_judged(judge, jobs, watches, now))
        lines = _lines(watches, _states(file, watches), now, _times(jobs))
    finally:
        cache.close()
        file.close()
    _print(lines, now, as_json=arguments.json)
    return FIRES if any(one.state in BAD for one in lines) else code or unread


async def _judged(
    judge: Judge, jobs: Sequence[Job], watches: Sequence[Watch], now: datetime
) -> None:
    for account in dict.fromkeys(one.account for one in watches):
        mine = [one for one in jobs if one.watch.account == account]
        known = [one.id for one in watches if one.account == account]
        if await judge.look(account, mine, known, now) is None:
            complain("the file of alerts is in use by another program; nothing was judged")


def _known(
    files: Places, cache: Cache, watches: Sequence[Watch], now: datetime, *, fresh: bool
) -> tuple[dict[Where, State], int]:
    """Give what is known of each watched project, and the exit code of what could not be read."""
    accounts = {one.id: one for one in AccountsFile(files.accounts).load()[0]}
    states: dict[Where, State] = {}
    codes = [FINE]
    for where in dict.fromkeys(one.source for one in watches):
        account = accounts.get(where[0])
        if account is None:
            continue
        state = load_project(cache, account, where[1])
        mine = [one for one in watches if one.source == where and one.enabled]
        if fresh and mine:
            # Imported when it is asked for: it brings the network.
            refreshed = import_module("phdesk.cli.watched_fresh").refreshed
            state, code = refreshed(state, account, mine, now)
            codes.append(code)
        states[where] = state
    return states, next(filter(None, codes), FINE)


def _jobs(
    cache: Cache, states: dict[Where, State], watches: Sequence[Watch], now: datetime
) -> list[Job]:
    found = []
    for watch in watches:
        state = states.get(watch.source)
        if state is None:
            continue
        if watch.dashboard not in state.dashboards:
            state = with_cached_dashboard(state, cache, watch.dashboard)
        states[watch.source] = state
        job = job_of(watch, state, now)
        if job is not None:
            found.append(job)
    return found


def _file(files: Places) -> WatchesFile | None:
    return WatchesFile(files.watches) if files.watches is not None else None


def _watches(files: Places) -> tuple[Sequence[Watch], int]:
    """Read the watches; with an exit code other than 0 there are more, which are not understood."""
    file = _file(files)
    watches, problem = file.load() if file is not None else ((), None)
    if problem:
        complain(problem)
    return watches, BAD_INPUT if problem else FINE


def _states(file: AlertsFile, watches: Sequence[Watch]) -> Mapping[str, WatchState]:
    found: dict[str, WatchState] = {}
    for account in {one.account for one in watches}:
        found |= watch_states(file, account)
    return found


def _kept_times(files: Places, watches: Sequence[Watch], now: datetime) -> Mapping[str, datetime]:
    """Say of when the results are that are kept of what is watched."""
    if not watches or not files.cache.exists():
        return {}
    cache = Cache(files.cache, complain)
    try:
        states, _ = _known(files, cache, watches, now, fresh=False)
        return _times(_jobs(cache, states, watches, now))
    finally:
        cache.close()


def _times(jobs: Sequence[Job]) -> Mapping[str, datetime]:
    shown = [(one.watch.id, one.insight) for one in jobs]
    return {
        watch: insight.last_refresh
        for watch, insight in shown
        if insight is not None and insight.last_refresh is not None
    }


def _lines(
    watches: Sequence[Watch],
    states: Mapping[str, WatchState],
    now: datetime,
    times: Mapping[str, datetime],
) -> list[Line]:
    """Write watches; `times` are of the newest results, judged or not."""
    made = []
    for one in watches:
        state = states.get(one.id) or WatchState(watch=one.id)
        newest = max(filter(None, (state.judged_at, times.get(one.id))), default=None)
        counts = newest is not None and one.enabled and state.phase != "error"
        made.append(
            Line(
                source="watch",
                id=one.id,
                name=one.name or one.known_as,
                state=standing(one, state, now),
                says=rule_text(one, state),
                found=state.text,
                value=state.value,
                threshold=state.threshold,
                judged_at=state.judged_at,
                not_judged=too_old_text(newest, now, OLDEST) if newest and counts else "",
                account=one.account,
                project=one.project,
                dashboard=one.dashboard,
                tile=one.tile,
            )
        )
    return made


def _of_posthog(files: Places, file: AlertsFile) -> list[Line]:
    """List PostHog's alerts as any phdesk saw them last, or as they are kept of a project."""
    accounts = {one.id: one for one in AccountsFile(files.accounts).load()[0]}
    kept: dict[Where, AlertsState] = {}
    if files.cache.exists():
        cache = Cache(files.cache, complain)
        try:
            kept = {
                (account, project): _kept(cache, accounts[account], project)
                for account, project in cache.projects()
                if account in accounts
            }
        finally:
            cache.close()
    looked = [where for where in looked_at(file) if where[0] in accounts]
    made = []
    for where in dict.fromkeys([*kept, *looked]):
        held = kept.get(where, UNSEEN_ALERTS)
        alerts: tuple[Alert, ...] | None = held.items
        if where in looked:
            alerts = newest_alerts(held.items, tuple(seen_alerts(file, *where).values()))
        made += [_line(one, where, held.fetched_at) for one in alerts or ()]
    return made


def _kept(cache: Cache, account: Account, project: int) -> AlertsState:
    return load_alerts(load_project(cache, account, project), cache)[0].alerts


def _line(alert: Alert, where: Where, fetched: datetime | None) -> Line:
    known = [one for one in (fetched, alert.last_checked_at) if one is not None]
    return Line(
        source="posthog",
        id=alert.id,
        name=alert.name or alert.insight_name,
        state=alert.state.lower() if alert.enabled else "off",
        value=alert.value,
        judged_at=max(known, default=None),
        account=where[0],
        project=where[1],
    )


def _print(lines: Sequence[Line], now: datetime, *, as_json: bool) -> None:
    for one in lines:
        if one.not_judged:
            complain(f"“{one.name}” is not judged: {one.not_judged}")
    if as_json:
        write(msgspec.json.format(msgspec.json.encode(lines), indent=2).decode() + "\n")
        return
    write("".join(f"{_text(one, now)}\n" for one in lines))
    if not lines:
        complain(NONE)


def _text(line: Line, now: datetime) -> str:
    found = line.found or line.says
    age = tile_age(line.judged_at, now)
    return "\t".join(one_line(part) for part in (line.state, line.name, found, age) if part)
