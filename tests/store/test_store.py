from msgspec.structs import replace

from phdesk.models.dashboard import DashboardRow
from phdesk.store.changes import opening, with_offline, with_rows
from phdesk.store.state import EMPTY, NOTHING, Changes
from phdesk.store.store import Store
from tests.store.builders import NOON, TROUBLE


def test_changes_of_one_turn_are_announced_together(qtbot):
    store = Store()
    heard = []
    store.changed.connect(heard.append)
    store.apply(with_rows, [DashboardRow(id=1, name="One")], now=NOON)
    store.apply(opening, 1)
    store.apply(opening, 2)
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Changes(rows=True, headers=frozenset({1, 2}))]


def test_the_state_is_new_at_once(qtbot):
    store = Store()
    assert store.apply(with_offline, TROUBLE) == Changes(offline=True)
    assert store.state == replace(EMPTY, offline=TROUBLE)


def test_no_change_is_no_announcement(qtbot):
    store = Store()
    heard = []
    store.changed.connect(heard.append)
    store.apply(lambda state: (state, NOTHING))
    store.announce()
    assert heard == []


def test_what_a_listener_changes_is_announced_too(qtbot):
    store = Store()
    heard = []

    def listen(changes):
        heard.append(changes)
        if changes.rows:
            store.apply(with_offline, TROUBLE)

    store.changed.connect(listen)
    store.apply(with_rows, [], now=NOON)
    store.announce()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1] == Changes(offline=True)
