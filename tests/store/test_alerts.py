"""PostHog's alerts in the state: from the list to the tiles of open dashboards, never backwards."""

from datetime import timedelta

from msgspec.structs import replace

from phdesk.models.account import Account, Project
from phdesk.models.alert import Alert, AlertCheck
from phdesk.models.failure import Cause, Failure
from phdesk.store.alerts import (
    with_alert,
    with_alerts,
    with_alerts_failure,
    with_alerts_loading,
    without_alert,
)
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.changes import with_account, with_dashboard
from phdesk.store.kept_alerts import ALERTS, load_alerts, pack_alerts
from phdesk.store.state import EMPTY
from tests.store.builders import NOON, answer, at, board, tile

HERE = (Account(id="ada", host="https://eu.posthog.com"), Project(id=7))


def alert(state="Not firing", checked=0, name="Low", number=101):
    return Alert(id=name, name=name, state=state, insight_id=number, last_checked_at=at(checked))


def opened(alerts=None, asked=1, state=EMPTY):
    made = replace(answer(0), id=101, alerts=alerts)
    return with_dashboard(state, board(tile(1, made)), now=NOON, asked=asked)[0]


def drawn(state):
    return state.dashboards[9].tiles[1].insight.alerts


def test_the_tiles_of_an_insight_follow_the_list_and_no_others():
    state = opened()
    state, changes = with_alerts(state, [alert("Firing", 1), alert(number=5)], now=NOON)
    assert [one.state for one in drawn(state)] == ["Firing"]
    assert changes.alerts
    assert changes.tiles == {(9, 1)}
    _, again = with_alerts(state, [alert("Firing", 1), alert(number=5)], now=NOON)
    assert not again.tiles


def test_a_list_that_knows_less_takes_nothing_back():
    state = opened((alert("Firing", 2),))
    state, changes = with_alerts(state, [alert("Not firing", 1)], now=NOON)
    assert [one.state for one in drawn(state)] == ["Firing"]
    assert not changes.tiles


def test_a_dashboard_that_was_asked_before_takes_no_alert_back():
    state = with_alerts(opened(), [alert("Firing", 2)], now=NOON)[0]
    state = opened((alert("Not firing", 1),), asked=2, state=state)
    assert [one.state for one in drawn(state)] == ["Firing"]


def test_what_the_cache_says_of_a_dashboard_is_older_than_the_list():
    state = with_alerts(EMPTY, [alert("Firing", 2)], now=NOON)[0]
    state = opened((alert("Not firing", 1), alert(name="Deleted")), asked=0, state=state)
    assert [(one.id, one.state) for one in drawn(state)] == [("Low", "Firing")]


def test_one_alert_is_put_in_its_place_and_taken_away_again():
    state = with_alerts(opened(), [alert(name="A"), alert(name="B")], now=NOON)[0]
    checked = replace(alert("Firing", 3, "A"), checks=(AlertCheck(at=NOON),))
    state, changes = with_alert(state, checked)
    assert [(one.id, one.state) for one in drawn(state)] == [("A", "Firing"), ("B", "Not firing")]
    assert state.alerts.items[0].checks == ()
    assert changes.tiles
    state = with_alert(state, alert(name="C"))[0]
    state = without_alert(state, "A")[0]
    assert [one.id for one in drawn(state)] == ["B", "C"]


def test_a_failure_leaves_the_last_list():
    state = with_alerts_loading(with_alerts(EMPTY, [alert()], now=NOON)[0])[0]
    assert state.alerts.loading
    state, _ = with_alerts_failure(state, Failure(cause=Cause.SERVER, message="No."))
    assert (len(state.alerts.items), state.alerts.loading) == (1, False)
    assert with_alerts(state, [], now=NOON)[0].alerts.failure is None


def test_what_was_seen_last_is_kept_for_the_next_start(tmp_path):
    cache = Cache(tmp_path / "cache.sqlite3")
    state = with_account(EMPTY, *HERE)[0]
    assert load_alerts(state, cache)[0] is state
    cache.admit("ada")
    writer = Writer(cache)
    writer.save_around("ada", 7, ALERTS, pack_alerts([alert("Firing")], NOON))
    held = load_alerts(state, cache)[0].alerts
    assert (held.items, held.fetched_at, held.from_cache) == ((alert("Firing"),), NOON, True)
    newer = with_alerts(state, [], now=NOON + timedelta(hours=1))[0]
    assert load_alerts(newer, cache)[0] is newer
    writer.save_around("ada", 7, ALERTS, b"{")
    assert load_alerts(state, cache)[0] is state
    cache.close()
