"""Look at the file of the cache without changing anything in it."""

import sqlite3
import zlib
from contextlib import closing
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from phdesk.store.cache import ZLIB, Cache, time_of
from phdesk.store.cache_file import OtherTablesError, connect_reading

MOST_TOLD = 20  # problems
PACKED = {
    "projects": "account || ', project ' || project, codec, data",
    "lists": "account || ', project ' || project, codec, data",
    "around": "account || ', ' || kind, codec, data",
    "overlays": "account || ', dashboard ' || dashboard, codec, data",
    "drafts": "account || ', project ' || project || ', ' || draft, codec, data",
    "dashboards": "account || ', dashboard ' || dashboard, codec, meta",
}
RESULTS = """
select account || ', dashboard ' || dashboard || ', tile ' || tile, codec, data
from results left join blobs on id=blob"""
ACCOUNTS = """
select account, count(distinct project || ' ' || dashboard), count(*), sum(size)
from results group by account order by account"""
COUNTS = """
select (select count(*) from lists), (select count(*) from dashboards),
  (select count(*) from results where newest=1), (select count(*) from results where newest=0),
  (select count(*) from overlays), (select count(*) from drafts),
  (select min(since) from results where until>0), (select max(until) from results where until>0)"""


class AccountReport(Struct, frozen=True, gc=False):
    """What is kept of one account."""

    account: str
    dashboards: int
    results: int
    size: int  # bytes of its results


class CacheReport(Struct, frozen=True, gc=False, kw_only=True):
    """What a cache holds; times are those of calculations, by the server's clock."""

    path: Path
    ok: bool = True
    message: str = "ok"  # or what is wrong
    size: int = 0  # bytes on disk
    lists: int = 0
    dashboards: int = 0
    results: int = 0  # the newest ones, of all filters
    history: int = 0  # earlier ones, of the dashboards' own filters
    layouts: int = 0  # not saved to PostHog yet
    drafts: int = 0  # insights that are not saved either
    oldest: datetime | None = None
    newest: datetime | None = None
    accounts: tuple[AccountReport, ...] = ()


def size_of(path: Path) -> int:
    """Count the bytes of a cache's files."""
    files = [path, *(Path(f"{path}{end}") for end in ("-wal", "-shm"))]
    return sum(file.stat().st_size for file in files if file.exists())


def info(path: Path) -> CacheReport:
    """Count what is in a cache; one that does not exist yet is empty."""
    size = size_of(path)
    if not size:
        return CacheReport(path=path)
    try:
        with closing(connect_reading(path)) as db:
            counts = db.execute(COUNTS).fetchone()
            accounts = tuple(AccountReport(*row) for row in db.execute(ACCOUNTS))
    except (sqlite3.Error, OSError) as trouble:
        if _is_unmade(trouble):
            return CacheReport(path=path, size=size)
        return CacheReport(path=path, ok=False, message=_words(trouble), size=size)
    lists, dashboards, results, history, layouts, drafts, oldest, newest = counts
    return CacheReport(
        path=path,
        size=size,
        lists=lists,
        dashboards=dashboards,
        results=results,
        history=history,
        layouts=layouts,
        drafts=drafts,
        oldest=time_of(oldest) if oldest else None,
        newest=time_of(newest) if newest else None,
        accounts=accounts,
    )


def problems(path: Path) -> tuple[str, ...]:
    """Look for damage in the file and unpack every blob; nothing is repaired."""
    if not path.exists():
        return ()
    found: list[str] = []
    try:
        with closing(connect_reading(path)) as db:
            check = f"pragma integrity_check({MOST_TOLD})"
            found += [str(row[0]) for row in db.execute(check) if row[0] != "ok"]
            lines = [f"select {columns} from {table}" for table, columns in PACKED.items()]  # noqa: S608
            for line in (*lines, RESULTS):
                for name, codec, blob in db.execute(line):
                    if not _is_sound(codec, blob):
                        found.append(f"{name}: what was kept cannot be unpacked")
    except (sqlite3.Error, OSError) as trouble:
        if not _is_unmade(trouble):
            found.append(_words(trouble))
    return tuple(found[:MOST_TOLD])


def look_over(cache: Cache) -> bool:
    """Look for damage in a cache that is to be used, and have it mended; says whether it is sound.

    Damage is else met when something is read; this finds it before anything is shown.
    """

    def check(db: sqlite3.Connection) -> bool:
        words = str(db.execute("pragma quick_check(1)").fetchone()[0])
        if words == "ok":
            return True
        damage = sqlite3.DatabaseError(words)
        damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damage

    return cache.run(otherwise=False, act=check)


def _is_sound(codec: object, blob: object) -> bool:
    try:
        return codec == ZLIB and isinstance(blob, bytes) and bool(zlib.decompress(blob))
    except zlib.error:
        return False


def _is_unmade(trouble: Exception) -> bool:
    """Say whether a file was only just begun, as by a program that was killed then."""
    return isinstance(trouble, OtherTablesError) and trouble.version == 0


def _words(trouble: Exception) -> str:
    return getattr(trouble, "strerror", None) or str(trouble)
