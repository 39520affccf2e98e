"""Do several writes as one, leaving no bytes of what was deleted."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

LOG = 16 * 1024 * 1024  # bytes
Step = Callable[[sqlite3.Connection], object]


def transact(db: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Do all steps or none."""
    db.execute("pragma secure_delete=on")
    db.execute(f"pragma journal_size_limit={LOG}")  # after a large write it would stay large
    db.execute("begin immediate")
    try:
        for step in steps:
            step(db)
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise


def do(statement: str, *values: object) -> Step:
    """Make a step of a statement and its values."""
    return partial(_execute, statement=statement, values=values)


def _execute(db: sqlite3.Connection, statement: str, values: Sequence[object]) -> None:
    db.execute(statement, values)
