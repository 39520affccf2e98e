"""Do several writes as one, leaving no bytes of what was deleted."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from phdesk.store.cache_file import VERSION
from phdesk.store.cache_schema import NewerSchemaError, version

LOG = 16 * 1024 * 1024  # bytes
Step = Callable[[sqlite3.Connection], object]


def transact(db: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Do all steps or none; none in tables that a newer phdesk has taken over meanwhile."""
    db.execute("pragma secure_delete=on")
    db.execute(f"pragma journal_size_limit={LOG}")  # after a large write it would stay large
    db.execute("begin immediate")
    try:
        _judge(db)
        for step in steps:
            step(db)
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise


def _judge(db: sqlite3.Connection) -> None:
    known = version(db)
    if known > VERSION:
        raise NewerSchemaError(known)


def do(statement: str, *values: object) -> Step:
    """Make a step of a statement and its values."""
    return partial(_execute, statement=statement, values=values)


def _execute(db: sqlite3.Connection, statement: str, values: Sequence[object]) -> None:
    db.execute(statement, values)
