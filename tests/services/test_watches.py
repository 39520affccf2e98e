"""Watches judged as results come: which count, which do not, and what is found of them."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from msgspec import Raw
from msgspec.structs import replace

from phdesk.core.filters import Filter, Override
from phdesk.core.watching.editing import snoozed, switched, with_watch, without_watch
from phdesk.models.account import Project
from phdesk.models.failure import Cause, Failure
from phdesk.models.insight import Insight
from phdesk.models.watch import Address, Bound, Watch
from phdesk.services import watch_judging
from phdesk.services.board_sources import Sources
from phdesk.services.watch_room import WatchRoom
from phdesk.services.watches_file import WatchesFile
from phdesk.services.workspace import Workspace
from phdesk.store import changes
from phdesk.store.overrides import with_override
from phdesk.store.state import EMPTY
from tests.noting import noting
from tests.services.conftest import ADA
from tests.store.builders import NOON, at, board, tile

QUERY = Raw(
    b'{"kind":"InsightVizNode","source":{"kind":"TrendsQuery","series":[{"kind":"EventsNode",'
    b'"event":"signed_up"}],"trendsFilter":{"display":"BoldNumber"}}}'
)
LINE = b'[{"label":"Signed up","aggregated_value":%d,"action":{"id":"signed_up"}}]'
LIMIT = Watch(
    id="w1",
    account=ADA.id,
    project=7,
    dashboard=9,
    tile=1,
    number=Address(measure="total", of="signed_up"),
    condition=Bound("above", 100),
    insight="abc",
    known_as="Signups",
)


def number(minute, value):
    return Insight(
        id=1, short_id="abc", query=QUERY, result=Raw(LINE % value), last_refresh=at(minute)
    )


class Desk:
    """A workspace with a dashboard, and the watches on it."""

    def __init__(self, parts, folder, qtbot):
        self.qtbot = qtbot
        self.workspace = Workspace(EMPTY)
        self.store = self.workspace.store
        self.store.apply(changes.with_account, ADA, Project(id=7, name="Web"))
        self.sources = Sources(parts.cache, parts.preferences)
        self.sources.add(self.workspace)
        self.minute, self.asked = 0, 0
        self.room = WatchRoom(
            folder / "watches.toml", parts.cache, self.sources, lambda: at(self.minute)
        )
        self.found = []
        self.room.watches.noticed.connect(noting(self.found))
        self.parts = parts

    def starts(self):
        self.room.use(self.parts.background)
        return self

    def answers(self, *tiles, minute=0):
        self.minute, self.asked = minute, self.asked + 1
        shown = board(*tiles, name="Weekly")
        self.store.apply(changes.with_dashboard, shown, now=at(minute), asked=self.asked)

    def says(self, minute, value, now=None):
        when = minute if now is None else now
        self.answers(tile(1, number(minute, value)), minute=when)

    def fails(self, minute, cause):
        self.minute, self.asked = minute, self.asked + 1
        failure = Failure(cause=cause, message="No.")
        self.store.apply(
            changes.with_dashboard_failure, 9, failure, now=at(minute), asked=self.asked
        )

    def stands(self, phase):
        state = self.room.watches.state_of
        self.qtbot.waitUntil(lambda: state(self.watch).phase == phase)

    @property
    def watch(self):
        return self.room.list.watch("w1") or LIMIT

    @property
    def kinds(self):
        return [one.kind for notices in self.found for one in notices]

    def settles(self):
        """Wait until all that is due was judged."""
        self.store.announce()
        watches = self.room.watches
        self.qtbot.waitUntil(
            lambda: not (watches._rest.isActive() or watches._accounts or watches._busy)
        )


@pytest.fixture
def desk(parts, tmp_path, qtbot):
    desk = Desk(parts, tmp_path, qtbot)
    desk.room.list.change(with_watch, LIMIT)
    yield desk
    desk.room.close()


def test_a_result_that_comes_is_judged_and_told_once(desk):
    desk.starts()
    desk.says(0, 50)
    desk.stands("ok")
    desk.says(5, 120)
    desk.stands("firing")
    desk.qtbot.waitUntil(lambda: desk.kinds == ["fired"])
    ((notice,),) = desk.found
    assert (notice.title, notice.value, notice.threshold) == ("Signups", 120, 100)
    assert (notice.project_name, notice.dashboard_name) == ("Web", "Weekly")
    assert (notice.dashboard, notice.tile, notice.loud) == (9, 1, True)
    desk.says(5, 120, now=6)
    desk.says(10, 130)
    desk.settles()
    assert desk.kinds == ["fired"]
    desk.says(15, 20)
    desk.qtbot.waitUntil(lambda: desk.kinds == ["fired", "resolved"])


def test_an_older_result_changes_nothing(desk):
    desk.starts()
    desk.says(5, 50)
    desk.stands("ok")
    desk.says(0, 500, now=6)
    desk.settles()
    assert desk.kinds == []


def test_nothing_fires_from_stale_data(desk):
    desk.starts()
    desk.says(-7 * 60, 500, now=0)
    desk.settles()
    assert desk.kinds == []
    assert desk.room.watches.state_of(LIMIT).phase == "new"
    assert desk.room.watches.too_old(desk.watch).startswith("its newest result (")
    assert desk.room.watches.too_old(desk.watch).endswith(
        " · 7 h) is older than 6 h by this computer's clock"
    )
    desk.says(5, 50)
    desk.stands("ok")
    assert desk.room.watches.too_old(desk.watch) == ""


def test_results_of_temporary_filters_are_not_judged(desk):
    desk.starts()
    desk.says(0, 50)
    desk.stands("ok")
    desk.store.apply(with_override, 9, Override(filters=Filter(date_from="-7d")))
    desk.says(5, 500)
    desk.settles()
    assert desk.kinds == []


def test_a_tile_that_is_gone_is_told_as_such_and_one_put_on_anew_is_found(desk):
    desk.starts()
    desk.says(0, 50)
    desk.stands("ok")
    desk.answers(tile(8, number(5, 60)), minute=5)
    desk.settles()
    assert desk.kinds == []
    desk.answers(minute=9)
    desk.qtbot.waitUntil(lambda: desk.kinds == ["broken"])


def test_a_watch_follows_its_insight_to_another_tile_and_tells_nothing_again(desk):
    desk.starts()
    desk.says(0, 500)
    desk.stands("firing")
    desk.answers(tile(8, number(0, 500)), minute=2)
    desk.qtbot.waitUntil(lambda: desk.watch.tile == 8)
    desk.settles()
    assert desk.kinds == ["fired"]
    desk.answers(tile(8, number(5, 50)), minute=5)
    desk.qtbot.waitUntil(lambda: desk.kinds == ["fired", "resolved"])
    assert desk.found[-1][0].tile == 8


@pytest.mark.parametrize("is_open", [True, False])
def test_a_dashboard_that_was_deleted_is_told_once_and_one_that_fails_is_not(desk, is_open):
    desk.starts()
    if is_open:
        desk.says(0, 50)
        desk.stands("ok")
    desk.fails(5, Cause.SERVER)
    desk.settles()
    assert desk.kinds == []
    for minute in (10, 15, 20):
        desk.fails(minute, Cause.NOT_FOUND)
        desk.qtbot.waitUntil(lambda: desk.kinds == ["broken"])
        desk.settles()
    assert desk.kinds == ["broken"]
    assert "its dashboard is no longer there" in desk.found[0][0].body
    desk.says(25, 60)
    desk.qtbot.waitUntil(lambda: desk.kinds == ["broken", "back"])


def test_each_reading_that_finds_no_dashboard_counts_once(desk):
    desk.room.list.change(with_watch, replace(LIMIT, checks=3))
    desk.starts()
    for minute in (0, 5, 10):
        desk.says(minute, 50)
        desk.settles()
    for minute in (15, 20, 25):
        desk.settles()
        assert desk.kinds == []
        desk.store.apply(changes.opening, 9)
        desk.settles()
        desk.fails(minute, Cause.NOT_FOUND)
    desk.qtbot.waitUntil(lambda: desk.kinds == ["broken"])


def test_one_reading_that_finds_no_dashboard_is_one_whatever_else_is_looked_at(desk):
    desk.room.list.change(with_watch, replace(LIMIT, checks=3))
    desk.starts()
    desk.says(0, 50)
    desk.stands("ok")
    desk.fails(5, Cause.NOT_FOUND)
    for minute, name in enumerate(("a", "b", "c"), start=6):
        desk.settles()
        desk.minute = minute
        desk.room.list.change(with_watch, replace(desk.watch, name=name))
    desk.settles()
    assert desk.kinds == []


def test_a_watch_judges_what_is_there_when_it_is_made(desk):
    desk.room.list.change(without_watch, "w1")
    desk.starts()
    desk.says(0, 500)
    desk.settles()
    assert desk.kinds == []
    desk.room.list.change(with_watch, LIMIT)
    desk.qtbot.waitUntil(lambda: desk.kinds == ["fired"])


def test_what_is_switched_off_deleted_or_edited_while_it_fires_is_closed(desk):
    desk.starts()
    desk.says(0, 500)
    desk.stands("firing")
    desk.room.list.change(switched, "w1", on=False)
    desk.qtbot.waitUntil(lambda: desk.kinds == ["fired", "closed"])
    desk.room.list.change(switched, "w1", on=True)
    desk.qtbot.waitUntil(lambda: desk.kinds == ["fired", "closed", "fired"])
    desk.room.list.change(with_watch, replace(LIMIT, condition=Bound("above", 200)))
    desk.qtbot.waitUntil(lambda: desk.kinds[3:] == ["closed", "fired"])
    desk.room.list.change(without_watch, "w1")
    desk.qtbot.waitUntil(lambda: desk.kinds[5:] == ["closed"])
    desk.qtbot.waitUntil(lambda: not desk.room.inbox.inbox.lasting)


def test_a_snoozed_watch_is_silent(desk):
    desk.room.list.change(snoozed, "w1", NOON + timedelta(hours=1))
    desk.starts()
    desk.says(0, 500)
    desk.stands("firing")
    assert [one.loud for notices in desk.found for one in notices] == [False]
    assert desk.room.watches.standing(desk.watch) == "snoozed"


def test_a_snooze_that_is_ended_by_hand_leaves_nothing_untold(desk):
    desk.starts()
    desk.says(0, 500)
    inbox = desk.room.inbox
    desk.qtbot.waitUntil(lambda: len(inbox.inbox.lasting) == 1)
    desk.room.snooze(desk.watch, NOON + timedelta(hours=1))
    desk.qtbot.waitUntil(lambda: not inbox.inbox.lasting)
    desk.says(10, 500)
    desk.settles()
    assert desk.kinds == ["fired"]
    desk.room.snooze(desk.watch, None)
    desk.says(20, 500)
    desk.qtbot.waitUntil(lambda: desk.kinds == ["fired", "reminded"])
    desk.qtbot.waitUntil(lambda: len(inbox.inbox.lasting) == 1)


def test_how_a_watch_stood_is_known_after_a_restart(desk, parts, tmp_path, qtbot):
    desk.starts()
    desk.says(0, 500)
    desk.stands("firing")
    qtbot.waitUntil(lambda: WatchesFile(tmp_path / "watches.toml").load()[0] == (LIMIT,))
    again = Desk(parts, tmp_path, qtbot).starts()
    again.stands("firing")
    again.says(0, 500, now=2)
    again.settles()
    assert again.kinds == [], "nothing is told twice"
    again.room.close()


def test_the_inbox_has_what_was_found_until_it_is_acknowledged(desk):
    desk.starts()
    desk.says(0, 500)
    inbox = desk.room.inbox
    desk.qtbot.waitUntil(lambda: len(inbox.inbox.unread) == 1)
    assert inbox.inbox.unread_by_place() == {(ADA.id, 7, 9): 1}
    inbox.acknowledge_group(inbox.inbox.unread[0].notice.group)
    desk.qtbot.waitUntil(lambda: not inbox.inbox.unread)
    assert len(inbox.inbox.lasting) == 1


def test_what_is_acknowledged_while_another_phdesk_writes_is_noted_later(desk, monkeypatch):
    for module in ("alert_inbox", "watches"):
        monkeypatch.setattr(f"phdesk.services.{module}.AGAIN", 10)
    desk.room.list.change(with_watch, replace(LIMIT, remind_minutes=5))
    desk.starts()
    desk.says(0, 500)
    inbox = desk.room.inbox
    desk.qtbot.waitUntil(lambda: len(inbox.inbox.unread) == 1)
    monkeypatch.setattr("phdesk.store.alerts_file.BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(desk.room.alerts.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        desk.room.acknowledge(inbox.inbox.unread[0].notice)
        desk.qtbot.wait(100)
    desk.qtbot.waitUntil(lambda: not inbox.inbox.unread)
    desk.qtbot.waitUntil(lambda: desk.room.watches.standing(desk.watch) == "acknowledged")


def test_a_number_that_cannot_be_read_keeps_no_other_watch_from_being_judged(
    desk, monkeypatch, caplog
):
    real = watch_judging.find

    def odd(insight, context, address):
        if address.of == "odd":
            raise ZeroDivisionError
        return real(insight, context, address)

    monkeypatch.setattr(watch_judging, "find", odd)
    strange = replace(LIMIT, id="w0", number=replace(LIMIT.number, of="odd"))
    desk.room.list.change(lambda held: (strange, *held))
    desk.starts()
    desk.says(0, 500)
    desk.stands("firing")
    assert sorted(desk.kinds) == ["broken", "fired"]
    desk.says(5, 500)
    desk.settles()
    assert sorted(desk.kinds) == ["broken", "fired"]
    assert "ZeroDivisionError" in caplog.text


def test_a_watch_that_is_deleted_and_brought_back_stands_in_the_inbox_again(desk):
    desk.starts()
    desk.says(0, 500)
    inbox = desk.room.inbox
    desk.qtbot.waitUntil(lambda: len(inbox.inbox.lasting) == 1)
    desk.room.list.change(without_watch, "w1")
    desk.qtbot.waitUntil(lambda: not inbox.inbox.lasting)
    desk.minute = 1
    desk.room.list.change(with_watch, LIMIT)
    desk.qtbot.waitUntil(lambda: len(inbox.inbox.lasting) == 1)
