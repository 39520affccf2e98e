"""Carry over from a damaged file what exists nowhere else, as layouts that were not saved yet."""

import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

Row = tuple[object, ...]
KEYS = {  # by table
    "overlays": "account, project, dashboard",
    "drafts": "account, project, draft",
    "looks": "account, project, dashboard",
}
REST = {"overlays": "codec, data", "drafts": "codec, data, kept_at", "looks": "at, before"}
COLUMNS = {table: f"{key}, {REST[table]}" for table, key in KEYS.items()}
FIRST = {"overlays": 3, "drafts": 7, "looks": 4}  # version that has the table
LAYOUTS, DRAFTS = "overlays", "drafts"
WORDS = {LAYOUTS: ("layout", "Layouts"), DRAFTS: ("unsaved insight", "Insights")}
MOST_IN_A_SECOND = 10


class Rescued(Struct, frozen=True):
    """Rows by table, and the tables of which some may be missing."""

    rows: Mapping[str, tuple[Row, ...]]
    broken: frozenset[str] = frozenset()


def set_aside(path: Path, now: datetime) -> Path:
    """Rename a file of no use, with the log that belongs to it; gives its new place."""
    name = f"{path.name}.bad-{now:%Y-%m-%d-%H%M%S}"
    names = (name, *(f"{name}-{number}" for number in range(2, MOST_IN_A_SECOND)))
    free = (place for place in map(path.with_name, names) if not place.exists())
    aside = next(free, path.with_name(names[-1]))
    path.replace(aside)
    with suppress(OSError):  # what was written last is in the log only
        Path(f"{path}-wal").replace(f"{aside}-wal")
    Path(f"{path}-shm").unlink(missing_ok=True)
    return aside


def rescued(path: Path) -> Rescued:
    """Read row by row what can still be read."""
    rows, broken = {}, set()
    for table, columns in COLUMNS.items():
        found, whole = _rows(path, table, columns)
        rows[table] = tuple(row for row in found if _is_sound(table, row))
        if not whole or len(rows[table]) < len(found):
            broken.add(table)
    return Rescued(rows, frozenset(broken))


def carry_over(db: sqlite3.Connection, found: Rescued) -> bool:
    """Put what was rescued into a new file."""
    for table, columns in COLUMNS.items():
        marks = ",".join("?" * len(columns.split(",")))
        line = f"insert or ignore into {table} ({columns}) values ({marks})"  # noqa: S608 - ours
        db.executemany(line, found.rows[table])
    return True


def words(found: Rescued, *, kept: bool) -> str:
    """Say what was carried over and what may be lost; `kept` is what `carry_over` said."""
    said = []
    for table, nouns in WORDS.items():
        count = len(found.rows[table])
        lost = table in found.broken or (bool(count) and not kept)
        said.append(_words(nouns, count if kept else 0, lost=lost))
    return " ".join(filter(None, said)) or "Nothing of yours is lost: dashboards are read anew."


def _words(nouns: tuple[str, str], kept: int, *, lost: bool) -> str:
    single, several = nouns
    carried = f"1 {single} of yours was" if kept == 1 else f"{kept} {single}s of yours were"
    others = f"Other {several.lower()}" if kept else several
    parts = (
        f"{carried} carried over." if kept else "",
        f"{others} that were not saved to PostHog may be lost." if lost else "",
    )
    return " ".join(filter(None, parts))


def _rows(path: Path, table: str, columns: str) -> tuple[list[Row], bool]:
    """Read a table from its start and, if that ends at damage, also from its end."""
    found: dict[Row, Row] = {}
    for order in ("", " desc"):
        by = ", ".join(f"{column}{order}" for column in KEYS[table].split(", "))
        line = f"select {columns} from {table} order by {by}"  # noqa: S608 - the names are ours
        try:
            with closing(sqlite3.connect(path)) as db:
                for row in db.execute(line):
                    found[row[:3]] = row
        except sqlite3.Error as trouble:
            if "no such table" in str(trouble) and _version(path) < FIRST[table]:
                return [], True
            continue
        return list(found.values()), True
    return list(found.values()), False


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("pragma user_version").fetchone()[0])


def _is_sound(table: str, row: Row) -> bool:
    """Say whether what was packed can be unpacked."""
    if table not in WORDS:
        return True
    try:
        return row[3] == 1 and isinstance(row[4], bytes) and bool(zlib.decompress(row[4]))
    except zlib.error:
        return False
