import os
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phdesk.core.budget import (
    HOUR,
    MINUTE,
    MOST_HELD,
    SLOT,
    Kind,
    Ledger,
    Limit,
    Moment,
    Record,
    Spent,
    Use,
    age_of,
)
from phdesk.store.spent import Held, SpentFile

NOW = Moment(1_800_000_000.0, 5000.0)
PERSON = Use(Kind.INSIGHTS, dashboard=9)


def record(at=4990.0, calls=3, source="one", wall=1_799_999_990.0):
    return Record("https://h", 7, Spent(at, PERSON, calls, source), wall)


@pytest.fixture
def file(tmp_path):
    return SpentFile(tmp_path / "deep" / "budget.sqlite3")


def test_what_one_process_wrote_another_reads_and_counts_once(file):
    file.exchange([record(calls=1)], [], NOW)
    file.exchange([record(calls=2)], [], NOW)
    assert file.exchange([record(source="two")], [], NOW)[0] == [
        record(calls=2),
        record(source="two"),
    ]


def test_what_is_too_old_goes_and_the_rest_stays_as_it_is(file):
    old = record(at=1000.0, wall=NOW.wall - 4000)
    file.exchange([old, record()], [], NOW)
    file.settle(NOW)
    assert file.exchange([], [], NOW)[0] == [record()]


@pytest.mark.parametrize(
    ("moment", "age"),
    [
        pytest.param(Moment(NOW.wall + 60, NOW.steady + 60), 70, id="a minute later"),
        pytest.param(Moment(NOW.wall + 86400, NOW.steady + 60), 70, id="clock set ahead"),
        pytest.param(Moment(NOW.wall - 86400, NOW.steady + 60), -SLOT, id="clock set back"),
        pytest.param(Moment(NOW.wall + 60, 10.0), 70, id="machine started anew"),
    ],
)
def test_after_a_start_records_grow_old_by_the_clocks_of_then(file, moment, age):
    file.exchange([record()], [], NOW)
    file.settle(moment)
    (found,) = file.exchange([], [], moment)[0]
    assert age_of(found, moment) == pytest.approx(age)
    later = Moment(moment.wall + 100, moment.steady + 100)
    assert age_of(found, later) == pytest.approx(age + 100)


def test_a_server_is_spared_over_a_start_but_never_for_longer_than_makes_sense(file):
    good = Held("https://h", 7, Kind.INSIGHTS, NOW.wall + 40)
    odd = Held("https://h", 8, Kind.INSIGHTS, NOW.wall + 10 * MOST_HELD)
    assert file.exchange([], [good, odd], NOW)[1] == [good]
    file.settle(Moment(NOW.wall + 41, NOW.steady + 41))
    assert file.exchange([], [], NOW)[1] == []


def spoil(path):
    path.write_bytes(b"this is no database, but long enough to look like one" * 40)


def clutter(path):
    with sqlite3.connect(path) as db:
        db.execute("insert into spent values ('x', 'y', 'h', 7, 'nothing', 0, 0, null, 'many')")
        db.execute("insert into held values ('h', 7, 'nothing', 'never')")
    db.close()


def confuse(path):
    with closing(sqlite3.connect(path)) as db, db:
        rows = [("https://h", "seven", "insights", NOW.wall + 5), ("https://h", 7, "insights", "x")]
        db.executemany("insert into held values (?, ?, ?, ?)", rows)


@pytest.mark.parametrize(
    "harm", [spoil, clutter, confuse], ids=["no database", "rows of nonsense", "words for times"]
)
def test_garbage_is_passed_over_and_what_comes_after_it_is_kept(file, harm):
    file.exchange([], [], NOW)
    harm(file.path)
    file.settle(NOW)
    assert file.exchange([record()], [], NOW) == ([record()], [])


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("in the way")
    blocked = SpentFile(tmp_path / "file" / "budget.sqlite3")
    blocked.settle(NOW)
    assert blocked.exchange([record()], [], NOW) is None


def test_a_file_that_is_held_by_another_is_not_waited_for_long(file, monkeypatch):
    monkeypatch.setattr("phdesk.store.spent.BUSY_SECONDS", 0.0)
    file.exchange([], [], NOW)
    with sqlite3.connect(file.path, isolation_level=None) as other:
        other.execute("begin immediate")
        assert file.exchange([record()], [], NOW) is None
        other.execute("rollback")
    other.close()
    assert file.exchange([record()], [], NOW)[0] == [record()]


@pytest.mark.skipif(os.name == "nt", reason="other rights there")
def test_only_its_owner_may_read_it(file):
    file.exchange([], [], NOW)
    assert file.path.stat().st_mode & 0o77 == 0


SMALL = {Kind.INSIGHTS: (Limit(3, MINUTE), Limit(8, HOUR))}
steps = st.lists(
    st.one_of(
        st.tuples(st.just("call"), st.floats(0, 400)),
        st.tuples(st.just("start"), st.floats(0, 900)),
        st.tuples(st.just("wall"), st.floats(-1e6, 1e6)),
        st.tuples(st.just("boot"), st.floats(0, 900)),
    ),
    max_size=40,
)


class Life:
    """One process after another on one file, in true time and by clocks that may be set."""

    def __init__(self, file):
        self.file, self.made, self.runs = file, [], 0
        self.true, self.offset, self.booted = 0.0, 1e9, 0.0
        self.start(0)

    @property
    def now(self):
        return Moment(self.true + self.offset, self.true - self.booted)

    def wall(self, size):
        self.offset += size

    def start(self, size):
        self.true += size
        self.runs += 1
        self.file.settle(self.now)
        self.ledger = Ledger(0.5, SMALL)
        for one in self.file.exchange([], [], self.now)[0]:
            at = self.now.steady - age_of(one, self.now)
            source = f"{one.spent.source}{one.spent.at}"
            self.ledger.put(Spent(at, one.spent.use, one.spent.calls, source))

    def boot(self, size):
        self.true += size
        self.booted = self.true
        self.start(0)

    def call(self, size):
        self.true += size
        now = self.now
        if self.ledger.wait(PERSON, now.steady) == 0:
            spent = self.ledger.spend(PERSON, now.steady)
            mine = Spent(spent.at, PERSON, spent.calls, f"run{self.runs}")
            self.file.exchange([Record("h", 7, mine, now.wall - now.steady + spent.at)], [], now)
            self.made.append(self.true)


@settings(max_examples=40)
@given(steps)
def test_starts_and_set_clocks_never_let_more_through_than_the_limits(tmp_path_factory, steps):
    """A clock set ahead while the machine begins anew is the one thing that nobody can know of."""
    life = Life(SpentFile(tmp_path_factory.mktemp("spent") / "budget.sqlite3"))
    booted = any(what == "boot" for what, _ in steps)
    for what, size in steps:
        if what != "wall" or size <= 0 or not booted:
            getattr(life, what)(size)
    for limit in SMALL[Kind.INSIGHTS]:
        for first, last in zip(life.made, life.made[limit.calls :], strict=False):
            assert last - first >= limit.window
