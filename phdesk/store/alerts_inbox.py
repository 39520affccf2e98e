"""Read the history of alerts and note what a person has acknowledged."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from phdesk.models.notice import Kept, Notice
from phdesk.store.alerts_file import AlertsFile

SELECT = """
select number, data, found, acknowledged, coalesce(way, '') from notices left join told using (id)
"""
_PAGE = (
    SELECT
    + "where number < ?1 and (?2 is null or notices.account=?2) order by number desc limit ?3"
)
_LAST = "(select max(number) from notices where part not like 'test/%' group by part)"
_STANDING = (
    SELECT + "where number in " + _LAST + "and (?1 is null or notices.account=?1)"
    " order by number desc"
)
_ACKNOWLEDGE = "update notices set acknowledged=? where id=? and acknowledged is null"
_ALL_OF = "update notices set acknowledged=? where part=? and acknowledged is null"
NO_END = 2**62
Row = tuple[int, bytes, float, float | None, str]


def page(
    file: AlertsFile, *, account: str | None = None, before: int = NO_END, limit: int = 200
) -> tuple[Kept, ...]:
    """Read the history, the newest first; `before` is the smallest number of the page above."""
    return file.read((), lambda db: tuple(kept_of(db.execute(_PAGE, (before, account, limit)))))


def standing(file: AlertsFile, account: str | None = None) -> tuple[Kept, ...]:
    """Read the last notice of each alert, the newest first."""
    return file.read((), lambda db: tuple(kept_of(db.execute(_STANDING, (account,)))))


def acknowledge(file: AlertsFile, ids: Sequence[str], now: datetime) -> bool:
    """Note that a person knows of notices; False if that was not possible now."""

    def act(db: sqlite3.Connection) -> bool:
        db.executemany(_ACKNOWLEDGE, [(now.timestamp(), one) for one in ids])
        return True

    return file.change(act) is not None


def acknowledge_group(file: AlertsFile, group: str, now: datetime) -> bool:
    """Note that a person knows of all notices of an alert."""

    def act(db: sqlite3.Connection) -> bool:
        db.execute(_ALL_OF, (now.timestamp(), group))
        return True

    return file.change(act) is not None


def kept_of(rows: Iterable[Row]) -> Iterator[Kept]:
    """Make notices of rows of `SELECT`."""
    for number, data, found, acknowledged, way in rows:
        try:
            notice = msgspec.json.decode(data, type=Notice)
        except msgspec.DecodeError:  # of a newer phdesk
            continue
        known = None if acknowledged is None else _moment(acknowledged)
        yield Kept(number=number, notice=notice, found=_moment(found), acknowledged=known, way=way)


def _moment(wall: float) -> datetime:
    return datetime.fromtimestamp(wall, UTC)
