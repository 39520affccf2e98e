"""Remove everything of an account so that none of its bytes stays in the files."""

import sqlite3
import time
from collections.abc import Iterator
from functools import partial

from phdesk.store.cache import Cache
from phdesk.store.cache_eviction import shrink
from phdesk.store.cache_transaction import do, transact

ROWS = 200  # a step, so that other writers wait for moments only
PAUSE = 0.005  # seconds between steps, in which they come to their turn
TRIES = 25  # to empty the log, which others may be reading
TABLES = ("projects", "lists", "dashboards", "around")
ONLY_HERE = ("overlays", "drafts", "looks")  # no server has them
KEY = "account, project, dashboard, filters, tile, question, since"
DROP_SOME = f"""
delete from results where ({KEY}) in (
  select {KEY} from results where ?1 is null or account=?1 limit {ROWS})"""  # noqa: S608
DROP = "delete from {table} where ?1 is null or account=?1"


def forget_account(cache: Cache, account: str) -> None:
    """Remove all of an account, in one go."""
    for _ in wiping(cache, account):
        time.sleep(PAUSE)


def wiping(cache: Cache, account: str | None, *, only_here: bool = True) -> Iterator[None]:
    """Remove all of an account, or of everyone, in short steps; pause between them.

    Without `only_here` a person's own layouts and insights that are not saved stay; else answers
    that are still under way are not kept either, until somebody signs in to the account again
    (`Cache.admit`).
    """
    if account is not None and only_here:
        cache.wiped.add(account)
    for aside in cache.path.parent.glob(f"{cache.path.name}.bad-*"):
        aside.unlink(missing_ok=True)  # holds what it holds of all accounts
    tables = (*TABLES, *ONLY_HERE) if only_here else TABLES
    drops = [do(DROP.format(table=table), account) for table in tables]
    cache.run(None, lambda db: transact(db, drops))
    for act in (partial(_drop_some, account=account), shrink):
        while cache.run(False, act):
            yield
    if not cache.run(False, _empty_log):
        cache.tell("Another program reads the cache: its log is emptied when that one ends.")


def _drop_some(db: sqlite3.Connection, account: str | None) -> bool:
    before = db.total_changes
    transact(db, [do(DROP_SOME, account)])
    return db.total_changes > before


def _empty_log(db: sqlite3.Connection) -> bool:
    """Move the log into the file and cut it off; it holds older pages until then."""
    is_busy = db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    return not is_busy
