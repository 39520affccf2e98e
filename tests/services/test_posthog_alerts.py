"""PostHog's alerts: looked at sparingly, told once, changed as a person wants."""

from datetime import timedelta
from itertools import count

import httpx
import pytest
from msgspec.structs import replace

from phdesk.core.alert_drafts import draft_of
from phdesk.models.account import Project
from phdesk.models.alert import AlertDraft
from phdesk.models.failure import Cause
from phdesk.services import posthog_alerts
from phdesk.services.alert_looks import AlertLook
from phdesk.services.posthog_alerts import PosthogAlerts
from phdesk.services.settings import Settings
from phdesk.store.alerts_file import AlertsFile
from phdesk.store.alerts_found import look_at_alerts, seen_alerts
from phdesk.store.alerts_inbox import standing
from tests.services.posthog import BROKEN, HOST, KEY, Gate, tile
from tests.store.builders import at

LIST = "alerts/"
OLD_SERVER = {
    "type": "authentication_error",
    "code": "permission_denied",
    "detail": "This action does not support Personal API Key access",
}
DRAFT = AlertDraft(name="Low", insight_id=101, users=(1,), lower=5)


def sent(state="Not firing", checked="2026-11-23T10:00:00Z", told=None, **more):
    return {
        "id": "a1",
        "name": "Low",
        "insight": {"id": 101, "name": "Insight 101"},
        "state": state,
        "threshold": {"configuration": {"type": "absolute", "bounds": {"lower": 5}}},
        "config": {"type": "TrendsAlertConfig", "series_index": 0, "new": 1},
        "subscribed_users": [{"id": 1, "first_name": "Ada"}],
        "last_checked_at": checked,
        "last_notified_at": told,
    } | more


FIRED = sent("Firing", "2026-11-23T11:00:00Z", "2026-11-23T11:00:01Z")


class Seen:
    """What is heard of the service, and what is new of it over a file of alerts."""

    def __init__(self, service, file):
        self.events, self.first, self.done, self.refused = [], [], [], []
        self._file, self._minutes = file, count()
        service.looked.connect(self._looked)
        service.done.connect(self._done)
        service.refused.connect(self._refused)

    def _looked(self, alerts, gone):
        look = AlertLook(
            account="eu.posthog.com-u1",
            project=Project(id=7),
            alerts=alerts,
            places={},
            at=at(next(self._minutes)),
            gone=gone,
        )
        for one in look_at_alerts(self._file, look.where, look.compare, look.at):
            told = self.events if one.loud else self.first
            told.append((one.kind, one.title))

    def _done(self, what, alert):
        self.done.append((what, alert.id))

    def _refused(self, what, failure):
        self.refused.append((what, failure))


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(posthog_alerts, "FIRST", 0)


@pytest.fixture
def service(online, parts, clocks, monkeypatch):
    made = PosthogAlerts(
        parts, online.dashboards, now=online._now, clock=clocks, chance=lambda: 0.5, parent=online
    )
    online.alerts.use(None)
    online.alerts = made
    return made


@pytest.fixture
def seen(service, tmp_path):
    return Seen(service, AlertsFile(tmp_path / "alerts.sqlite3"))


@pytest.fixture
def looked(service, seen, ada, server, parts, qtbot):
    """Look once more, as the clock would, to the end."""

    def looked(*alerts):
        if alerts:
            server.alerts = list(alerts)
        qtbot.waitUntil(lambda: not held(parts).loading)
        before = len(server.paths(LIST))
        service.look(background=True)
        qtbot.waitUntil(lambda: len(server.paths(LIST)) > before and not held(parts).loading)

    qtbot.waitUntil(lambda: held(parts).fetched_at is not None or held(parts).failure is not None)
    return looked


def held(parts):
    return parts.store.state.alerts


def lists(server):
    return len([path for path in server.paths(LIST) if path == LIST])


def test_nobody_is_told_what_was_so_before_the_first_look(looked, seen):
    assert (seen.first, seen.events) == ([], [])


def test_what_fires_at_the_first_look_is_only_counted(
    service, seen, server, signed_out, online, qtbot
):
    server.alerts = [FIRED]
    online.resume()
    qtbot.waitUntil(lambda: seen.first == [("counted", "1 alert is firing")])
    assert not seen.events


def test_a_turn_is_told_once_and_reaches_its_tiles(looked, seen, open_board, server, parts):
    server.tiles = [tile(1, 0)]
    open_board()
    looked(sent())
    looked(FIRED)
    looked(FIRED)
    looked(sent("Not firing", "2026-11-23T12:00:00Z", "2026-11-23T11:00:01Z"))
    assert seen.events == [("fired", "Low"), ("resolved", "Low")]
    alerts = parts.store.state.dashboards[9].tiles[1].insight.alerts
    assert [one.state for one in alerts] == ["Not firing"]


def test_what_a_person_put_to_sleep_woke_or_deleted_stands_so_and_is_told_to_nobody(
    looked, seen, tmp_path
):
    def stands():
        return [one.notice.kind for one in standing(AlertsFile(tmp_path / "alerts.sqlite3"))]

    calm = sent("Not firing", id="a2")
    looked(sent(), calm)
    looked(FIRED, calm)
    looked(FIRED | {"state": "Snoozed", "snoozed_until": "2026-11-24T11:00:00Z"}, calm)
    assert stands() == ["snoozed"]
    looked(FIRED, calm)
    assert stands() == ["fired"]
    looked(calm)
    assert stands() == ["closed"]
    assert seen.events == [("fired", "Low")]


def test_what_another_phdesk_saw_meanwhile_is_not_gone_because_a_person_acts_here(  # noqa: PLR0917
    looked, service, seen, server, parts, qtbot, tmp_path
):
    looked(sent())
    file = AlertsFile(tmp_path / "alerts.sqlite3")
    new = replace(held(parts).items[0], id="a2", name="New", state="Firing")
    look = AlertLook(
        account="eu.posthog.com-u1",
        project=Project(id=7),
        alerts=(*held(parts).items, new),
        places={},
        at=at(50),
    )
    look_at_alerts(file, look.where, look.compare, look.at)
    server.special["PATCH alerts/a1/"] = (200, sent(enabled=False))
    service.switch(held(parts).items[0], on=False)
    qtbot.waitUntil(lambda: seen.done == [("switched off", "a1")])
    server.special["DELETE alerts/a1/"] = (204, None)
    service.delete(held(parts).items[0])
    qtbot.waitUntil(lambda: len(seen.done) == 2)
    assert [one.notice.kind for one in standing(file)] == ["fired"]
    assert list(seen_alerts(file, "eu.posthog.com-u1", 7)) == ["a2"]


def test_an_alert_that_is_found_firing_while_its_checks_are_read_is_told_at_once(
    looked, service, seen, server, qtbot
):
    looked(sent())
    server.special["alerts/a1/"] = (200, FIRED)
    service.read_history("a1")
    qtbot.waitUntil(lambda: seen.events == [("fired", "Low")])


def test_what_turned_while_phdesk_was_away_is_told_at_the_next_start(
    looked, seen, online, parts, server, qtbot
):
    looked(sent())
    server.alerts = [FIRED]
    online.sign_out(parts.store.state.account.id)
    assert held(parts).fetched_at is None
    online.switch("eu.posthog.com-u1")
    qtbot.waitUntil(lambda: seen.events == [("fired", "Low")])
    assert seen.first == []


def test_the_list_is_read_at_most_every_five_minutes(looked, service, server, clocks, qtbot, parts):
    before = lists(server)
    for _ in range(20):
        clocks.go_on(15)
        service._clock.tick()
    assert lists(server) == before
    for _ in range(4):
        clocks.go_on(15)
        service._clock.tick()
    qtbot.waitUntil(lambda: lists(server) == before + 1 and not held(parts).loading)


def test_after_sleep_it_is_read_at_once(looked, service, server, clocks, qtbot):
    before = lists(server)
    clocks.go_on(120)
    service._clock.tick()
    clocks.wall += 3600
    service._clock.tick()
    qtbot.waitUntil(lambda: lists(server) == before + 1)


def test_it_goes_behind_what_a_person_asks_for(service, signed_out, online, parts, qtbot):
    waiting = []
    enter = parts.governor.enter

    async def watched(passage):
        waiting.append((passage.path, passage.purpose.background))
        return await enter(passage)

    parts.governor.enter = watched
    online.resume()
    qtbot.waitUntil(lambda: held(parts).fetched_at is not None)
    assert (LIST, True) in waiting
    service.look()
    qtbot.waitUntil(lambda: (LIST, False) in waiting)


def test_a_metered_connection_is_spared_as_by_refreshes(looked, service, parts):
    parts.preferences.change(replace, refresh_on_metered=True)
    assert service._clock._pacer.wishes.on_metered
    assert Settings().refresh_on_metered is False


@pytest.mark.parametrize("answer", [(403, OLD_SERVER), (404, {"detail": "Not found."})])
def test_who_refuses_is_not_asked_again_before_the_next_sign_in(  # noqa: PLR0917
    service, server, online, signed_out, parts, clocks, qtbot, answer
):
    server.special[LIST] = server.special["environments/7/alerts/"] = answer
    online.resume()
    qtbot.waitUntil(lambda: held(parts).failure is not None)
    asked = lists(server)
    clocks.go_on(3600)
    service._clock.tick()
    with qtbot.waitSignal(online.signed_in):
        online.switch("eu.posthog.com-u1")
    assert lists(server) == asked
    assert held(parts).failure is not None
    server.special.clear()
    online.sign_in(HOST, KEY)
    qtbot.waitUntil(lambda: held(parts).fetched_at is not None)


def test_a_failure_on_the_way_is_forgotten_with_the_next_list(looked, server, parts):
    looked(sent())
    server.special[LIST] = (500, BROKEN)
    looked()
    assert held(parts).failure.cause is Cause.SERVER
    assert len(held(parts).items) == 1
    server.special.clear()
    looked()
    assert held(parts).failure is None


def test_it_is_read_again_when_the_server_is_back(looked, server, parts, online, qtbot):
    server.special[LIST] = httpx.ConnectError("away")
    looked()
    qtbot.waitUntil(lambda: parts.store.state.offline is not None)
    server.special.clear()
    before = lists(server)
    online.list_dashboards()
    qtbot.waitUntil(lambda: lists(server) == before + 1)


def test_a_list_asked_before_a_change_counts_for_nothing(
    looked, service, seen, server, parts, qtbot
):
    looked(sent())
    gate = server.special[LIST] = Gate()
    gate.answer = {"results": [sent()], "next": None}
    service.look()
    qtbot.waitUntil(lambda: server.running == 1)
    server.special["PATCH alerts/a1/"] = (200, sent(name="Lower"))
    service.change(held(parts).items[0], DRAFT, replace(DRAFT, name="Lower"))
    qtbot.waitUntil(lambda: seen.done == [("changed", "a1")])
    server.alerts = [sent(name="Lower")]
    del server.special[LIST]
    names = []
    parts.store.changed.connect(lambda _: names.append(held(parts).items[0].name))
    gate.open()
    qtbot.waitUntil(lambda: not held(parts).loading)
    assert set(names) == {"Lower"}


def test_alerts_are_made_changed_and_deleted(looked, service, seen, server, parts, qtbot):
    looked()
    server.special["POST alerts/"] = (201, sent())
    service.create(DRAFT)
    qtbot.waitUntil(lambda: seen.done == [("made", "a1")])
    (made,) = held(parts).items
    server.special["PATCH alerts/a1/"] = (200, sent(enabled=False))
    service.switch(made, on=False)
    qtbot.waitUntil(lambda: not held(parts).items[0].enabled)
    server.special["PATCH alerts/a1/"] = (
        200,
        sent("Snoozed", snoozed_until="2026-11-24T00:00:00Z"),
    )
    service.snooze(made, timedelta(hours=6))
    qtbot.waitUntil(lambda: held(parts).items[0].state == "Snoozed")
    before = draft_of(made, 101)
    server.special["PATCH alerts/a1/"] = (200, sent(name="Lower"))
    service.change(made, before, replace(before, name="Lower"))
    qtbot.waitUntil(lambda: held(parts).items[0].name == "Lower")
    server.special["DELETE alerts/a1/"] = (204, None)
    service.delete(made)
    qtbot.waitUntil(lambda: not held(parts).items)
    assert [what for what, _ in seen.done] == [
        "made",
        "switched off",
        "snoozed",
        "changed",
        "deleted",
    ]
    assert not seen.events


def test_what_is_refused_says_at_which_field(looked, service, seen, server, qtbot):
    refusal = {"type": "validation_error", "code": "invalid_input", "attr": "insight"}
    server.special["POST alerts/"] = (400, refusal | {"detail": "Alerts are not supported."})
    service.create(DRAFT)
    qtbot.waitUntil(lambda: len(seen.refused) == 1)
    ((what, failure),) = seen.refused
    assert (what, failure.field) == ("made", "insight")


def test_nothing_is_asked_before_the_first_session(service, seen, server):
    service.look()
    service.create(DRAFT)
    service.read_user()
    assert not server.asked


def test_all_that_the_last_session_was_to_change_is_given_up(
    service, seen, looked, server, parts, qtbot
):
    looked(sent())
    (alert,) = held(parts).items
    server.special["PATCH alerts/a1/"] = Gate()
    service.switch(alert, on=False)
    service.switch(alert, on=False)
    qtbot.waitUntil(lambda: server.running == 2)
    service.use(None)
    qtbot.waitUntil(lambda: server.cancelled == 2)
    assert seen.done == []
