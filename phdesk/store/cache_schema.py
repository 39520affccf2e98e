"""Tables of the cache and the steps from one version to the next."""

import sqlite3

MIGRATIONS = (
    """
    create table projects (
      account text not null, project integer not null,
      codec integer not null, data blob not null,
      primary key (account, project)) without rowid;
    create table lists (
      account text not null, project integer not null,
      codec integer not null, data blob not null, fetched_at real not null,
      primary key (account, project)) without rowid;
    create table dashboards (
      account text not null, project integer not null, dashboard integer not null,
      codec integer not null, meta blob not null,
      fetched_at real not null, used_at real not null,
      primary key (account, project, dashboard));
    create table tiles (
      account text not null, project integer not null, dashboard integer not null,
      tile integer not null, filters text not null default '',
      codec integer not null, data blob not null, computed_at real not null,
      primary key (account, project, dashboard, tile, filters));
    """,
    """
    create table around (
      account text not null, project integer not null, kind text not null,
      codec integer not null, data blob not null,
      primary key (account, project, kind)) without rowid;
    """,
    """
    create table overlays (
      account text not null, project integer not null, dashboard integer not null,
      codec integer not null, data blob not null,
      primary key (account, project, dashboard)) without rowid;
    """,
)
VERSION = len(MIGRATIONS)


class NewerSchemaError(Exception):
    """The file was written by a newer phdesk, whose tables we do not know."""


def prepare(db: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Set a connection up and bring the tables to this version."""
    db.execute("pragma synchronous=normal")
    if version(db) == len(migrations):
        return
    db.execute("pragma journal_mode=wal")
    db.execute("begin immediate")  # another process may do the same at this moment
    try:
        _migrate(db, migrations)
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise


def _migrate(db: sqlite3.Connection, migrations: tuple[str, ...]) -> None:
    known = version(db)
    if known > len(migrations):
        raise NewerSchemaError(f"it was written by a newer version ({known})")
    for script in migrations[known:]:
        for statement in script.split(";"):  # executescript would commit in between
            if statement.strip():
                db.execute(statement)
    db.execute(f"pragma user_version={len(migrations)}")


def version(db: sqlite3.Connection) -> int:
    """Read which version of the tables a file has."""
    return int(db.execute("pragma user_version").fetchone()[0])
