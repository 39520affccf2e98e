"""Keep the file of the cache below its limit, a few rows at a time, what is used least first.

Order: results of temporary filters, history, whole dashboards. The last good results of dashboards
that are kept (pinned, open, favourites) stay, even if they alone are more than the limit.
"""

import sqlite3
from collections.abc import Iterable

from phdesk.store.cache import DROP_DASHBOARD, DROP_RESULT
from phdesk.store.cache_sql import DROP_RESULTS
from phdesk.store.cache_transaction import Step, do, transact

Kept = frozenset[tuple[str, int]]  # account, dashboard
ROWS = 50  # a step, at most
BYTES = 1024 * 1024  # a step, about
PAGES = 256  # a step that gives space back to the disk
KEY = "account, project, dashboard, filters, tile, question, since"
OF_SETS = f"""
select {KEY}, size from results indexed by results_of_sets where filters<>'' order by until
"""  # noqa: S608
HISTORY = f"""
select {KEY}, size from results indexed by old_results where newest=0 order by until limit {ROWS}
"""  # noqa: S608
BOARDS = """
select account, project, dashboard, max(coalesce(used_at, 0), coalesce(at, 0)) as used
from (select account, project, dashboard from dashboards
  union select account, project, dashboard from results where newest=1)
left join dashboards using (account, project, dashboard)
left join looks using (account, project, dashboard)
order by used"""


def used(db: sqlite3.Connection) -> int:
    """Count the bytes that hold something."""
    return (_pragma(db, "page_count") - _pragma(db, "freelist_count")) * _pragma(db, "page_size")


def is_over(db: sqlite3.Connection, limit: int) -> bool:
    """Say whether the file is larger than its limit, full or not."""
    return _pragma(db, "page_count") * _pragma(db, "page_size") > limit


def evict_some(db: sqlite3.Connection, limit: int, kept: Kept) -> bool:
    """Drop a little, or give a little space back to the disk; says whether to come again."""
    if used(db) <= limit:
        return is_over(db, limit) and shrink(db)
    steps = _next(db, kept)
    if steps:
        transact(db, steps)
    return bool(steps)


def shrink(db: sqlite3.Connection) -> bool:
    """Give some free pages back to the disk; says whether there are more."""
    if _pragma(db, "freelist_count") == 0:
        return False
    if _pragma(db, "auto_vacuum") != 2:  # a file of the first versions
        db.execute("pragma auto_vacuum=incremental")
        db.execute("vacuum")
        return False
    db.executescript(f"pragma incremental_vacuum({PAGES})")  # `execute` would free one page
    return _pragma(db, "freelist_count") > 0


def _next(db: sqlite3.Connection, kept: Kept) -> list[Step]:
    """Choose what goes next."""
    others = (row for row in db.execute(OF_SETS) if (row[0], row[2]) not in kept)
    steps = _some(others) or _some(db.execute(HISTORY))
    if steps:
        return steps
    for account, project, dashboard, _used in db.execute(BOARDS):
        if (account, dashboard) not in kept:
            key = (account, project, dashboard)
            return [do(DROP_DASHBOARD, *key), do(DROP_RESULTS, *key)]
    return _some(db.execute(OF_SETS))


def _some(rows: Iterable[tuple[object, ...]]) -> list[Step]:
    """Take as many rows as make a short step."""
    steps: list[Step] = []
    total = 0
    for *key, size in rows:
        steps.append(do(DROP_RESULT, *key))
        total += int(str(size))
        if total >= BYTES or len(steps) >= ROWS:
            break
    return steps


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"pragma {name}").fetchone()[0])
