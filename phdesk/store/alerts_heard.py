"""Remember which events a program has heard that reads them as lines: each is given out once.

It is not asked who told them on screen. What is given out is written down in the same transaction,
so two that ask share the events, and one that is killed at this moment may have lost some.
"""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from phdesk.core.noticing.rules import Due
from phdesk.models.notice import Kept
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import LONGEST
from phdesk.store.alerts_inbox import kept_of

BEGUN = ""  # the id of a row that says since when events are heard
_WAITING = """
select number, data, found, acknowledged, '' from notices
  where loud=1 and not exists (select 1 from heard where heard.id=notices.id) order by number"""
_HEARD = "insert or ignore into heard select id, account, ?2 from notices where id=?1"
_IS_BEGUN = "select 1 from heard where id=?"
_BEGIN = "insert into heard values (?, '', ?)"
_BEFORE = """
insert or ignore into heard select notices.id, notices.account, ?1
  from notices join told using (id) where step<>'claimed'"""
_PRUNE = "delete from heard where at < ? and id<>? and id not in (select id from notices)"


def hear(
    file: AlertsFile, choose: Callable[[Sequence[Kept]], Due], now: datetime
) -> tuple[Kept, ...] | None:
    """Give what is to be heard now, and never again; None while the file is busy.

    `choose` must be quick, and may be called again. Who asks first ever hears nothing of what was
    told before.
    """

    def act(db: sqlite3.Connection) -> tuple[Kept, ...]:
        at = now.timestamp()
        if db.execute(_IS_BEGUN, (BEGUN,)).fetchone() is None:
            db.execute(_BEGIN, (BEGUN, at))
            db.execute(_BEFORE, (at,))
        due = choose(tuple(kept_of(db.execute(_WAITING))))
        ids = [*(one.notice.id for one in due.kept), *due.passed]
        if ids:
            db.executemany(_HEARD, [(one, at) for one in ids])
            db.execute(_PRUNE, (at - LONGEST, BEGUN))
        return due.kept

    return file.change(act)
