"""Two phdesks judge one watch, of which one has not read yet what a person changed."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace

from phdesk.core.charts.context import Context
from phdesk.core.watching.editing import with_watch, without_watch
from phdesk.models.watch import Bound
from phdesk.services.watch_judging import Job, Judge
from phdesk.services.watch_past import Pasts
from phdesk.services.watches_file import WatchesFile
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.cache import Cache
from tests.services.test_watches import LIMIT, number
from tests.store.builders import NOON, at


class Phdesk:
    def __init__(self, folder, watch):
        self.watch = watch
        self.file = AlertsFile(folder / "alerts.sqlite3")
        self.cache = Cache(folder / "cache.sqlite3")
        self.judge = Judge(self.file, Pasts(self.cache), WatchesFile(folder / "watches.toml"))

    def sees(self, minute, value, *, written=True):
        job = Job(
            watch=self.watch,
            insight=number(minute, value),
            at=at(minute),
            context=Context(now=at(minute)),
        )
        found = asyncio.run(
            self.judge.look(LIMIT.account, [job], ["w1"], at(minute), written=written)
        )
        return [(one.kind, one.loud) for one in found.notices]

    def close(self):
        self.file.close()
        self.cache.close()


@pytest.fixture
def two(tmp_path):
    WatchesFile(tmp_path / "watches.toml").change([lambda held: with_watch(held, LIMIT)])
    made = Phdesk(tmp_path, LIMIT), Phdesk(tmp_path, LIMIT)
    made[0].folder = tmp_path
    yield made
    for each in made:
        each.close()


def file(two):
    return WatchesFile(two[0].folder / "watches.toml")


def changed(two, watch):
    file(two).change([lambda held: with_watch(held, watch)])
    two[0].watch = watch


def test_the_rule_that_was_edited_elsewhere_is_judged_by_and_fires_once(two):
    here, there = two
    assert here.sees(0, 500) == [("fired", True)]
    changed(two, replace(LIMIT, condition=Bound("above", 200)))
    assert there.sees(1, 500) == [("closed", False), ("fired", True)]
    assert (here.sees(2, 500), there.sees(3, 500), here.sees(4, 500)) == ([], [], [])


def test_what_was_snoozed_or_switched_off_elsewhere_is_not_told(two):
    _, there = two
    changed(two, replace(LIMIT, snoozed_until=NOON + timedelta(hours=3)))
    assert there.sees(0, 500) == [("fired", False)]
    changed(two, replace(LIMIT, enabled=False))
    assert there.sees(1, 500) == [("closed", False)]


def test_what_was_deleted_elsewhere_is_judged_no_more(two):
    here, there = two
    here.sees(0, 500)
    file(two).change([lambda held: without_watch(held, "w1")])
    assert there.sees(1, 500) == [("closed", False)]
    assert there.sees(2, 500) == []


def test_a_file_that_is_not_there_for_a_moment_closes_nothing(two):
    here, _ = two
    here.sees(0, 500)
    file(two).path.unlink()
    assert here.sees(1, 500) == []


def test_what_is_not_written_yet_is_judged_all_the_same(two):
    here, _ = two
    here.watch = replace(LIMIT, condition=Bound("above", 900))
    assert here.sees(0, 500, written=False) == []
    assert here.sees(1, 950, written=False) == [("fired", True)]
