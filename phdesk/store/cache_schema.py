"""Tables of the cache and the steps from one version to the next."""

import sqlite3
from collections.abc import Iterator

from phdesk.store.cache_file import OtherTablesError

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
    # Results apart from their blobs: what was when is then found without reading any number.
    """
    create table blobs (id integer primary key, codec integer not null, data blob not null);
    create table results (
      account text not null, project integer not null, dashboard integer not null,
      filters text not null, tile integer not null,
      since real not null, until real not null, newest integer not null,
      digest blob not null, size integer not null, blob integer not null,
      primary key (account, project, dashboard, filters, tile, since)) without rowid;
    create unique index newest_results
      on results (account, project, dashboard, filters, tile) where newest=1;
    create index old_results on results (until) where newest=0;
    create trigger result_gone after delete on results begin
      delete from blobs where id=old.blob;
    end;
    insert into blobs select rowid, codec, data from tiles;
    insert into results
      select account, project, dashboard, filters, tile, computed_at, computed_at, 1,
        x'', length(data), rowid from tiles;
    drop table tiles;
    create table looks (
      account text not null, project integer not null, dashboard integer not null,
      at real not null, before real,
      primary key (account, project, dashboard)) without rowid;
    """,
    "create index results_of_sets on results (until) where filters<>'';",
    # A result belongs to a question. That of earlier rows is in their blobs: `cache_questions`.
    """
    create table asked_results (
      account text not null, project integer not null, dashboard integer not null,
      filters text not null, tile integer not null, question blob not null,
      since real not null, until real not null, newest integer not null,
      digest blob not null, size integer not null, blob integer not null,
      primary key (account, project, dashboard, filters, tile, question, since)) without rowid;
    insert into asked_results
      select account, project, dashboard, filters, tile, x'',
        since, until, newest, digest, size, blob from results;
    drop table results;
    alter table asked_results rename to results;
    create unique index newest_results
      on results (account, project, dashboard, filters, tile) where newest=1;
    create index old_results on results (until) where newest=0;
    create index results_of_sets on results (until) where filters<>'';
    create index results_without_question on results (account) where question=x'';
    create trigger result_gone after delete on results begin
      delete from blobs where id=old.blob;
    end;
    """,
    # Insights that are not saved: they stood among what can be read anew, one a project.
    """
    create table drafts (
      account text not null, project integer not null, draft text not null,
      codec integer not null, data blob not null, kept_at real not null,
      primary key (account, project, draft)) without rowid;
    insert into drafts
      select account, project, 'first', codec, data, 0.0 from around
      where kind='unsaved insight' and length(data) > 20; -- less is that there was none
    delete from around where kind='unsaved insight';
    """,
)


class NewerSchemaError(OtherTablesError):
    """The file was written by a newer phdesk, whose tables we do not know."""


def prepare(db: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring the tables of a file to this version."""
    known = version(db)
    if known > len(migrations):
        raise NewerSchemaError(known)
    if known == 0:
        db.execute("pragma auto_vacuum=incremental")  # in WAL mode it would silently not be taken
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
    for script in migrations[known:]:
        for statement in _statements(script):  # executescript would commit in between
            db.execute(statement)
    db.execute(f"pragma user_version={len(migrations)}")


def _statements(script: str) -> Iterator[str]:
    """Cut a script at the ends of its statements; a trigger has semicolons inside."""
    gathered = ""
    for line in script.splitlines():
        gathered += f"{line}\n"
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""


def version(db: sqlite3.Connection) -> int:
    """Read which version of the tables a file has."""
    return int(db.execute("pragma user_version").fetchone()[0])
