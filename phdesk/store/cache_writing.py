"""Write answers to disk: all of one answer or nothing, and no write is lost to a busy file."""

import sqlite3
import time
import zlib
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from phdesk.store import cache_sql as sql
from phdesk.store.cache import (
    DROP_DRAFT,
    DROP_OVERLAY,
    ZLIB,
    Cache,
    CachedDashboard,
    CachedTile,
)
from phdesk.store.cache_questions import learn_some
from phdesk.store.cache_results import adopt, put
from phdesk.store.cache_transaction import Step, do, transact
from phdesk.store.cache_trouble import is_busy

MOST_SETS = 20  # of temporary filters, a dashboard; beside its own
MOST_WAITING = 60  # steps


class Writer:
    """Keeps rows, dashboards and tiles by account, project and id."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._waiting: tuple[tuple[str, Step], ...] = ()  # for another program, or for room

    def save_project(self, account: str, project: int, data: bytes) -> None:
        """Keep what is known about a project: its zone and currency are needed to draw."""
        self._write(account, do(sql.SAVE_PROJECT, account, project, *_packed(data)))

    def save_rows(self, account: str, project: int, raw: bytes, fetched_at: datetime) -> None:
        """Keep the list of dashboards."""
        values = (account, project, *_packed(raw), fetched_at.timestamp())
        self._write(account, do(sql.SAVE_ROWS, *values))

    def save_around(self, account: str, project: int, kind: str, data: bytes) -> None:
        """Keep a kind of facts from around the tiles, such as annotations."""
        self._write(account, do(sql.SAVE_AROUND, account, project, kind, *_packed(data)))

    def save_overlay(self, account: str, project: int, dashboard_id: int, data: bytes) -> None:
        """Keep a person's own layout: no answer of a server, so it is never evicted."""
        step = do(sql.SAVE_OVERLAY, account, project, dashboard_id, *_packed(data))
        self._write(account, step, only_here=True)

    def drop_overlay(self, account: str, project: int, dashboard_id: int) -> None:
        """Forget a person's own layout."""
        self._write(account, do(DROP_OVERLAY, account, project, dashboard_id), only_here=True)

    def save_draft(self, account: str, project: int, name: str, data: bytes) -> None:
        """Keep what a person made and did not save yet; it is never evicted either."""
        step = do(sql.SAVE_DRAFT, account, project, name, *_packed(data), time.time())
        self._write(account, step, only_here=True)

    def drop_draft(self, account: str, project: int, name: str) -> None:
        """Forget what was saved or given up."""
        self._write(account, do(DROP_DRAFT, account, project, name), only_here=True)

    def save_dashboard(
        self,
        account: str,
        project: int,
        dashboard_id: int,
        saved: CachedDashboard,
        *,
        keep: Collection[int] | None = None,
    ) -> None:
        """Keep a dashboard and its good answers in one go.

        A tile's older answer to a question never overwrites a newer one to the same. `keep` names
        the tiles that the dashboard has; what the others have shown is history.
        """
        key = (account, project, dashboard_id)
        frame = (*_packed(saved.meta), saved.fetched_at.timestamp(), time.time())
        steps = [do(sql.SAVE_DASHBOARD, *key, *frame)]
        steps += [partial(put, where=(*key, "", tile.tile_id), tile=tile) for tile in saved.tiles]
        if keep is not None:
            marks = ",".join("?" * len(keep))
            steps += [
                do(line.format(marks=marks), *key, *keep)
                for line in (sql.DROP_OTHERS, sql.DROP_UNDATED, sql.RETIRE)
            ]
        self._write(account, *steps)

    def save_tiles(
        self,
        account: str,
        project: int,
        dashboard_id: int,
        tiles: Sequence[CachedTile],
        filters: str = "",
        *,
        late: bool = False,
    ) -> None:
        """Keep answers, unless newer ones are kept; `filters` names the set that they belong to.

        What is `late` was asked before what is kept now: it may be of a question that nobody asks
        any more. Of temporary sets the newest `MOST_SETS` of a dashboard are kept.
        """
        key = (account, project, dashboard_id)
        steps: list[Step] = [
            partial(put, where=(*key, filters, tile.tile_id), tile=tile, late=late)
            for tile in tiles
        ]
        if filters and tiles:
            steps.append(do(sql.DROP_OLD_SETS, *key, filters, MOST_SETS))
        self._write(account, *steps)

    def adopt_tiles(self, account: str, project: int, dashboard_id: int, filters: str) -> None:
        """Make the answers of a set those of the dashboard, which has saved it as its own."""
        key = (account, project, dashboard_id)
        self._write(
            account,
            do(sql.DROP_UNDATED.format(marks=sql.OF_SET), *key, *key, filters),
            do(sql.RETIRE.format(marks=sql.OF_SET), *key, *key, filters),
            partial(adopt, key=key, filters=filters),
        )

    def learn_some(self) -> bool:
        """Learn what a few results of an older file answer; says whether to come again."""
        return self._cache.run(False, _learnt)

    def look(self, account: str, project: int, dashboard_id: int, now: datetime) -> None:
        """Note that a person begins to look at a dashboard; when they looked before is kept."""
        self._write(account, do(sql.LOOK, account, project, dashboard_id, now.timestamp()))

    def still_looks(self, account: str, project: int, dashboard_id: int, now: datetime) -> None:
        """Note until when a person looks at a dashboard."""
        stamp = now.timestamp()
        self._write(account, do(sql.STILL_LOOKS, stamp, account, project, dashboard_id, stamp))

    def flush(self) -> None:
        """Write what waits for a busy file or a full disk, if that is over."""
        if self._waiting:
            self._write("")

    def _write(self, account: str, *steps: Step, only_here: bool = False) -> None:
        """Do all steps or none; nothing is written of an account that was wiped.

        Those that another program delays are done with the next ones; what only exists here is
        tried again whatever was wrong.
        """
        if self._cache.moved():
            self._cache.leave_file()
        every = (*self._waiting, *((account, step) for step in steps))
        todo = tuple(each for each in every if each[0] not in self._cache.wiped)
        act = partial(self._attempt, steps=[step for _, step in todo])
        outcome = self._cache.run("failed", act) if todo else "done"
        if outcome == "done":
            self._waiting = ()
        elif outcome == "busy" or only_here:
            self._waiting = todo[-MOST_WAITING:]

    def _attempt(self, db: sqlite3.Connection, steps: Sequence[Step]) -> str:
        if self._cache.place == "read only":
            return "failed"
        try:
            transact(db, steps)
        except sqlite3.OperationalError as trouble:
            if is_busy(trouble):
                return "busy"
            raise
        return "done"


def _learnt(db: sqlite3.Connection) -> bool:
    more: list[bool] = []
    transact(db, [lambda one: more.append(learn_some(one))])
    return more[0]


def _packed(data: bytes) -> tuple[int, bytes]:
    return ZLIB, zlib.compress(data, 1)
