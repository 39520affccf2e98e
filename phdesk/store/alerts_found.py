"""Write down what was found of alerts: their new state and the notices of it, in one transaction.

What a state leads to is decided while no other phdesk can write, on the state as it is then.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec import Struct

from phdesk.models.alert import Alert
from phdesk.models.notice import Notice
from phdesk.models.watch import WatchState
from phdesk.store.alerts_file import AlertsFile

MOST_KEPT = 5_000  # notices in the history
LONGEST = 400 * 86_400.0  # seconds for which it is known that a notice was told
_WATCHES = "select data from watches where account=?"
_SAVE_WATCH = "insert or replace into watches values (?, ?, ?)"
_DROP_WATCH = "delete from watches where account=? and watch=?"
_ALERTS = "select data from alerts where account=? and project=?"
_SAVE_ALERT = "insert or replace into alerts values (?, ?, ?, ?)"
_DROP_ALERT = "delete from alerts where account=? and project=? and alert=?"
_LOOKED = "select 1 from looked where account=? and project=?"
_LOOK = "insert or ignore into looked values (?, ?)"
_ADD = """
insert or ignore into notices
  (id, account, project, dashboard, tile, part, loud, found, data)
  select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 where not exists (select 1 from told where id=?1)"""
_PRUNE = """
delete from notices where number <= (select max(number) from notices) - ?
  and (loud=0 or exists (select 1 from told where told.id=notices.id and step<>'claimed'))"""
_PRUNE_TOLD = "delete from told where at < ? and id not in (select id from notices)"

T = TypeVar("T", bound=Struct)


class Watched(Struct, frozen=True):
    """What a look at watches led to; `gone` are watches that are no more."""

    states: Sequence[WatchState] = ()
    notices: Sequence[Notice] = ()
    gone: Sequence[str] = ()


class Seen(Struct, frozen=True):
    """What a look at PostHog's alerts led to; `gone` are alerts that are no more."""

    alerts: Sequence[Alert] = ()  # those to be remembered as they are now
    notices: Sequence[Notice] = ()
    gone: Sequence[str] = ()


def watch_states(file: AlertsFile, account: str) -> Mapping[str, WatchState]:
    """Read how an account's watches stand, by their ids."""
    return file.read({}, lambda db: _states(db, account))


def look_at_watches(
    file: AlertsFile,
    account: str,
    judge: Callable[[Mapping[str, WatchState]], Watched],
    now: datetime,
) -> tuple[Notice, ...] | None:
    """Judge watches by how they stand, and keep states and notices: all of it or nothing.

    `judge` must be quick, and may be called again; gives what nobody had found before, or None if
    nothing was done, because the file is busy: the same look may be made again.
    """

    def act(db: sqlite3.Connection) -> tuple[Notice, ...]:
        found = judge(_states(db, account))
        rows = [(account, one.watch, msgspec.json.encode(one)) for one in found.states]
        db.executemany(_SAVE_WATCH, rows)
        db.executemany(_DROP_WATCH, [(account, watch) for watch in found.gone])
        return add(db, found.notices, now)

    return file.change(act)


def seen_alerts(file: AlertsFile, account: str, project: int) -> Mapping[str, Alert]:
    """Read PostHog's alerts of a project as they were last seen, by their ids."""
    return file.read({}, lambda db: _alerts(db, account, project))


def looked_at(file: AlertsFile) -> tuple[tuple[str, int], ...]:
    """Name accounts and projects whose alerts were ever looked at, in their order."""
    order = "select account, project from looked order by account, project"
    return file.read((), lambda db: tuple(db.execute(order).fetchall()))


def look_at_alerts(
    file: AlertsFile,
    where: tuple[str, int],  # account, project
    compare: Callable[[Mapping[str, Alert] | None], Seen],
    now: datetime,
) -> tuple[Notice, ...] | None:
    """Compare PostHog's alerts with how they were last seen, as `look_at_watches` does.

    `compare` gets None when nobody has ever looked at them.
    """

    def act(db: sqlite3.Connection) -> tuple[Notice, ...]:
        is_known = db.execute(_LOOKED, where).fetchone() is not None
        found = compare(_alerts(db, *where) if is_known else None)
        db.execute(_LOOK, where)
        db.executemany(
            _SAVE_ALERT, [(*where, one.id, msgspec.json.encode(one)) for one in found.alerts]
        )
        db.executemany(_DROP_ALERT, [(*where, alert) for alert in found.gone])
        return add(db, found.notices, now)

    return file.change(act)


def add_notices(
    file: AlertsFile, notices: Sequence[Notice], now: datetime
) -> tuple[Notice, ...] | None:
    """Keep notices that come of no state; gives those that are new, None if nothing was done."""
    return file.change(lambda db: add(db, notices, now))


def forget_account(file: AlertsFile, account: str) -> None:
    """Remove all of an account, and what was set aside of everyone, leaving no bytes of it."""
    for aside in file.path.parent.glob(f"{file.path.name}.bad-*"):
        aside.unlink(missing_ok=True)

    def act(db: sqlite3.Connection) -> bool:
        for table in ("watches", "alerts", "looked", "notices", "told", "heard"):
            db.execute(f"delete from {table} where account=?", (account,))  # noqa: S608 - ours
        return True

    if file.read(False, lambda _db: True):
        file.change(act)
    file.read(None, lambda db: db.execute("pragma wal_checkpoint(truncate)").fetchone())


def add(db: sqlite3.Connection, notices: Iterable[Notice], now: datetime) -> tuple[Notice, ...]:
    """Write notices into the history, within a transaction; one that was there is not new."""
    new = tuple(one for one in notices if db.execute(_ADD, _row(one, now)).rowcount)
    if new:
        db.execute(_PRUNE, (MOST_KEPT,))
        db.execute(_PRUNE_TOLD, (now.timestamp() - LONGEST,))
    return new


def _row(one: Notice, now: datetime) -> tuple[object, ...]:
    return (
        one.id,
        one.account,
        one.project,
        one.dashboard,
        one.tile,
        one.group,
        int(one.loud),
        now.timestamp(),
        msgspec.json.encode(one),
    )


def _states(db: sqlite3.Connection, account: str) -> dict[str, WatchState]:
    rows = db.execute(_WATCHES, (account,)).fetchall()
    return {one.watch: one for one in _decoded(rows, WatchState)}


def _alerts(db: sqlite3.Connection, account: str, project: int) -> dict[str, Alert]:
    rows = db.execute(_ALERTS, (account, project)).fetchall()
    return {one.id: one for one in _decoded(rows, Alert)}


def _decoded(rows: Iterable[tuple[bytes]], kind: type[T]) -> list[T]:
    """Read rows; one that makes no sense is as if it had never been seen."""
    found = []
    for (data,) in rows:
        try:
            found.append(msgspec.json.decode(data, type=kind))
        except msgspec.DecodeError:
            continue
    return found
