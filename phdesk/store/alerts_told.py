"""See to it that each notice is told once, by whichever phdesk comes first, and that none is lost.

A loud notice is told in three steps, each written down before the next is taken:

1. "claimed": one phdesk takes it. Others leave it alone for as long as that one lives.
2. "handed": written immediately before the desktop is called.
3. "told": the desktop took it, or no way was open and the inbox alone has it.

A claim is told by another only if who claimed it is gone (`presence`) and had not begun to hand it
over, or gave it back. What was being handed over when its phdesk died may have been seen: it is
never shown again, and stands in the inbox, not acknowledged. So nothing is shown twice, and nothing
is missing from the inbox, whenever a process ends. Nor is anything told after newer news of its
alert: what was claimed meanwhile, and given back, is passed over.
"""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from phdesk.models.notice import Kept
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_inbox import SELECT, kept_of
from phdesk.store.presence import Presence

_WAITING = SELECT + "where loud=1 and (step is null or step='claimed' and by<>?) order by number"
_CLAIMANTS = "select distinct by from told where step='claimed'"
_FREE = "delete from told where step='claimed' and by=?"
_CLAIM = """
insert or ignore into told select id, account, 'claimed', ?2, '', ?3 from notices where id=?1"""
_OUTRUN = """
insert or ignore into told select old.id, old.account, 'passed', ?1, '', ?2 from notices as old
  where old.loud=1 and not exists (select 1 from told where told.id=old.id) and exists (
    select 1 from notices as new join told on told.id=new.id
    where new.part=old.part and new.number > old.number and step in ('handed', 'told'))"""
_STEP = "update told set step=?, way=?, at=? where id=? and by=?"
_LEAVE = """
insert or ignore into told select id, account, 'passed', ?2, '', ?3 from notices where id=?1"""


def waiting(file: AlertsFile) -> tuple[Kept, ...]:
    """Read what is loud and was not told, in the order in which it was found.

    What others have claimed is in it: `claim` says whether it can be had.
    """
    me = file.presence.name
    return file.read((), lambda db: tuple(kept_of(db.execute(_WAITING, (me,)))))


def claim(file: AlertsFile, ids: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Take what nobody else is about to tell; gives what can be told now."""
    presence = file.presence
    if file.place == "disk" and not presence.hold():
        file.turn_to_memory(f"phdesk cannot write to {file.path.parent}.")
    gone: list[str] = []

    def act(db: sqlite3.Connection) -> tuple[str, ...]:
        gone[:] = _free(db, presence)
        mine = (presence.name, now.timestamp())
        db.execute(_OUTRUN, mine)
        return tuple(one for one in ids if db.execute(_CLAIM, (one, *mine)).rowcount)

    taken = file.change(act) or ()
    for name in gone:
        presence.forget(name)
    return taken


def hand(file: AlertsFile, ids: Sequence[str], now: datetime) -> bool:
    """Note that our claims are handed to the desktop at this moment; False: they must not be."""
    return _step(file, ids, "handed", "", now)


def told(file: AlertsFile, ids: Sequence[str], way: str, now: datetime) -> bool:
    """Note by which way our claims were told."""
    return _step(file, ids, "told", way, now)


def give_back(file: AlertsFile, ids: Sequence[str]) -> bool:
    """Leave claims to whoever comes next; what is being handed over stays ours.

    Gives False while the file is busy: they are ours still, and nobody tells them.
    """
    line = "delete from told where id=? and by=? and step='claimed'"
    rows = [(one, file.presence.name) for one in ids]
    return file.change(lambda db: db.executemany(line, rows)) is not None


def pass_over(file: AlertsFile, ids: Sequence[str], now: datetime) -> None:
    """Note that notices are not to be told: something newer of their alert is, or it is late."""
    rows = [(one, file.presence.name, now.timestamp()) for one in ids]

    def act(db: sqlite3.Connection) -> bool:
        _free(db, file.presence)
        db.executemany(_LEAVE, rows)
        return True

    if rows:
        file.change(act)


def _free(db: sqlite3.Connection, presence: Presence) -> list[str]:
    """Take back what was claimed by those who are gone; gives their names."""
    others = [by for (by,) in db.execute(_CLAIMANTS).fetchall()]
    gone = [by for by in others if not presence.lives(by)]
    db.executemany(_FREE, [(by,) for by in gone])
    return gone


def _step(file: AlertsFile, ids: Sequence[str], step: str, way: str, now: datetime) -> bool:
    me = file.presence.name

    def act(db: sqlite3.Connection) -> bool:
        rows = [(step, way, now.timestamp(), one, me) for one in ids]
        done = sum(db.execute(_STEP, row).rowcount for row in rows)
        if done < len(rows):
            raise LostClaimError
        return True

    try:
        return file.change(act) is not None
    except LostClaimError:
        return False


class LostClaimError(Exception):
    """A claim is not ours any more: its account was forgotten."""
