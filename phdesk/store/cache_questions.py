"""Learn the questions of results that an older phdesk kept: they are in the blobs.

Until it is learned, the question of such a row is empty, which is the question of no other row.
"""

import sqlite3
import zlib
from contextlib import suppress

from phdesk.store.cache import DROP_RESULT, ZLIB
from phdesk.store.packing import question_in

ROWS = 20  # a step: some milliseconds
COLUMNS = "account, project, dashboard, filters, tile, since, codec, data"
TILE = "account=? and project=? and dashboard=? and filters=? and tile=?"
WITHOUT = f"""
select {COLUMNS} from results indexed by results_without_question
join blobs on id=blob where question=x'' limit {ROWS}"""  # noqa: S608
NEWEST = f"""
select {COLUMNS} from results indexed by newest_results
join blobs on id=blob where {TILE} and newest=1 and question=x''"""  # noqa: S608
NAME = f"update results set question=? where {TILE} and question=x'' and since=?"  # noqa: S608
Row = tuple[str, int, int, str, int, float, int, bytes]


def learn_some(db: sqlite3.Connection) -> bool:
    """Learn the questions of a few rows; says whether to come again."""
    rows: list[Row] = db.execute(WITHOUT).fetchall()
    for row in rows:
        _learn(db, row)
    return len(rows) == ROWS


def learn_newest(db: sqlite3.Connection, where: tuple[str, int, int, str, int]) -> None:
    """Learn the question of a tile's newest result."""
    row: Row | None = db.execute(NEWEST, where).fetchone()
    if row is not None:
        _learn(db, row)


def _learn(db: sqlite3.Connection, row: Row) -> None:
    *where, since, codec, blob = row
    data = b""
    with suppress(zlib.error):  # what is damaged asks nothing
        data = zlib.decompress(blob) if codec == ZLIB else b""
    try:
        db.execute(NAME, (question_in(data), *where, since))
    except sqlite3.IntegrityError:  # the very same is there already
        db.execute(DROP_RESULT, (*where, b"", since))
