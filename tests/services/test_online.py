import asyncio

import httpx
import keyring
from msgspec.structs import replace

from phdesk.core.filters import UNCHANGED
from phdesk.models.account import Project
from phdesk.models.failure import Cause
from phdesk.services.beside import Beside
from phdesk.services.credentials import KEY_STAYS, SERVICE, Keeping
from phdesk.services.environment import Given
from phdesk.services.errands import Errands
from phdesk.services.settings import Settings, starred
from phdesk.store import alerts_file
from phdesk.store.alerts_found import add_notices
from phdesk.store.cache_check import info
from phdesk.store.changes import with_account
from phdesk.store.store import Store
from tests.services.conftest import ADA
from tests.services.keyrings import LOCKED, FailingKeyring
from tests.services.posthog import HOST, KEY, NO_ACCESS, NO_SCOPE, Gate, holds, tile
from tests.store.builders import NOON
from tests.store.noticed import notice


def test_a_good_key_signs_in_and_lists_the_dashboards(online, parts, vault, heard, qtbot, tmp_path):
    online.sign_in("eu.posthog.com", f" {KEY} ")
    qtbot.waitUntil(lambda: bool(parts.store.state.rows.items))
    state = parts.store.state
    assert heard["signed_in"] == [state.account]
    assert (state.account.id, state.account.host) == ("eu.posthog.com-u1", HOST)
    assert (state.project.id, state.project.timezone) == (7, "Europe/Berlin")
    assert [project.name for project in state.projects] == ["Lab", "Shop"]
    assert vault.kept == {(SERVICE, "eu.posthog.com-u1"): KEY}
    assert parts.preferences.accounts == (state.account,)
    assert parts.preferences.settings.account == state.account.id
    parts.preferences.save()
    assert not holds(KEY, tmp_path)


def test_a_key_for_this_run_is_not_stored(online, vault, heard, qtbot):
    online.sign_in(HOST, KEY, remember=False)
    qtbot.waitUntil(lambda: bool(heard["signed_in"]))
    assert vault.kept == {}


def test_a_keyring_that_refuses_is_told(online, heard, qtbot, vault):
    keyring.set_keyring(FailingKeyring(LOCKED))
    online.sign_in(HOST, KEY)
    qtbot.waitUntil(lambda: bool(heard["signed_in"]))
    assert heard["told"] == ["The keyring is locked. The key is kept until phdesk ends."]


def test_a_wrong_key_is_refused_and_nothing_is_kept(online, parts, vault, heard, qtbot):
    online.sign_in(HOST, "phx_bad")
    qtbot.waitUntil(lambda: bool(heard["sign_in_failed"]))
    assert heard["sign_in_failed"][0].cause is Cause.WRONG_REGION
    assert (vault.kept, parts.preferences.accounts, parts.store.state.account) == ({}, (), None)


def test_a_key_that_does_not_name_its_project_is_asked_for_it(online, server, heard, parts, qtbot):
    server.special["users/@me/"] = (403, NO_SCOPE)
    online.sign_in(HOST, KEY)
    qtbot.waitUntil(lambda: bool(heard["needs_project"]))
    assert heard["needs_project"] == [()]
    online.sign_in(HOST, KEY, 7)
    qtbot.waitUntil(lambda: bool(heard["signed_in"]))
    assert parts.store.state.account.id == "eu.posthog.com-project-7"


def test_a_project_that_the_key_does_not_open_is_refused(online, server, heard, qtbot):
    server.special["projects/55/dashboards/"] = (403, NO_ACCESS)
    online.sign_in(HOST, KEY, 55)
    qtbot.waitUntil(lambda: bool(heard["sign_in_failed"]))
    assert heard["sign_in_failed"][0].cause is Cause.FORBIDDEN


def test_a_project_that_is_not_listed_is_tried(online, server, parts, heard, qtbot):
    server.special["projects/55/dashboards/"] = (200, {"results": []})
    server.special["projects/55/"] = (403, NO_SCOPE)
    online.sign_in(HOST, KEY, 55)
    qtbot.waitUntil(lambda: bool(heard["signed_in"]))
    assert parts.store.state.project == Project(id=55)


def test_a_key_of_the_environment_leaves_nothing_behind(online, parts, vault, heard, qtbot):
    online.resume(Given(KEY, HOST))
    qtbot.waitUntil(lambda: bool(heard["signed_in"]))
    online.open_dashboard(9)
    assert (vault.kept, parts.preferences.accounts) == ({}, ())
    assert parts.preferences.settings == Settings()


def test_a_key_that_is_not_there_is_told(online, parts, ada, heard, vault, qtbot):
    vault.kept.clear()
    online.switch(ada.id)
    qtbot.waitUntil(lambda: bool(heard["key_missing"]))
    assert heard["key_missing"][0].keeping is Keeping.ABSENT


def test_a_locked_keyring_is_told(online, ada, heard, qtbot):
    keyring.set_keyring(FailingKeyring(LOCKED))
    online.switch(ada.id)
    qtbot.waitUntil(lambda: bool(heard["key_missing"]))
    assert heard["key_missing"][0].keeping is Keeping.LOCKED


def test_without_an_account_there_is_no_key(online, heard):
    online.resume()
    assert heard["key_missing"][0].keeping is Keeping.ABSENT


def test_forgetting_removes_every_trace(ada, online, parts, heard, qtbot, tmp_path):
    online.open_dashboard(9)
    qtbot.waitUntil(lambda: 9 in parts.store.state.dashboards)
    parts.preferences.change(starred, ada.id, 9, on=True)
    add_notices(
        alerts_file.beside(parts.cache.path), [notice(account=ada.id, title="Weekly")], NOON
    )
    online.forget(ada.id)
    qtbot.waitUntil(lambda: heard["signed_out"] == [ada.id])
    assert (keyring.get_password(SERVICE, ada.id), parts.preferences.accounts) == (None, ())
    assert (parts.store.state.account, parts.store.state.dashboards) == (None, {})
    parts.preferences.save()
    report = info(parts.cache.path)
    assert (report.lists, report.dashboards, report.results) == (0, 0, 0)
    for trace in (ada.id, KEY, "Weekly"):
        assert not holds(trace, tmp_path)


def test_an_account_whose_key_stays_can_be_forgotten_again(ada, online, parts, vault, heard, qtbot):
    keyring.set_keyring(FailingKeyring(LOCKED))
    online.forget(ada.id)
    qtbot.waitUntil(lambda: heard["signed_out"] == [ada.id])
    assert heard["told"] == [f"The keyring is locked. {KEY_STAYS}"]
    assert [one.id for one in parts.preferences.accounts] == [ada.id]
    assert (parts.store.state.account, info(parts.cache.path).lists) == (None, 0)

    keyring.set_keyring(vault)
    online.forget(ada.id)
    qtbot.waitUntil(lambda: heard["signed_out"] == [ada.id] * 2)
    assert (vault.kept, parts.preferences.accounts) == ({}, ())


def test_another_project_is_listed_anew(online, parts, ada, server, qtbot):
    online.choose_project(Project(id=8, name="Lab"))
    assert parts.store.state.rows.items == ()
    qtbot.waitUntil(lambda: not parts.store.state.rows.loading)
    assert "projects/8/dashboards/" in server.paths()
    assert parts.preferences.settings.projects == {ada.id: 8}


def test_a_late_list_of_the_last_project_is_dropped(online, parts, ada, server, qtbot):
    gate = server.special["dashboards/"] = Gate()
    online.list_dashboards()
    qtbot.waitUntil(lambda: server.running == 1)
    server.special["projects/8/dashboards/"] = (500, {})
    online.choose_project(Project(id=8, name="Lab"))
    qtbot.waitUntil(lambda: parts.store.state.rows.failure is not None)
    gate.open()
    assert server.cancelled == 1
    assert parts.store.state.rows.items == ()


def test_a_list_that_cannot_be_read_keeps_the_last(online, parts, ada, server, qtbot):
    server.special["dashboards/"] = httpx.ConnectError("no route")
    online.list_dashboards()
    qtbot.waitUntil(lambda: parts.store.state.rows.failure is not None)
    rows = parts.store.state.rows
    assert (rows.failure.cause, len(rows.items), rows.loading) == (Cause.NETWORK, 1, False)


def test_the_projects_can_be_listed(online, parts, ada, qtbot):
    parts.store.apply(lambda state: with_account(replace(state, projects=()), ada, state.project))
    online.list_projects()
    qtbot.waitUntil(lambda: len(parts.store.state.projects) == 2)


def test_the_place_of_the_key_is_told_when_asked(online, qtbot):
    with qtbot.waitSignal(online.keyring_probed) as told:
        online.probe_keyring()
    assert told.args == ["The key is kept in the keyring.", True]


def test_what_is_under_way_beside_the_windows_is_not_kept_of_a_forgotten_account(
    ada, online, parts, server, heard, qtbot
):
    server.tiles = [tile(1, 0, stale=True)]
    aside = replace(parts, store=Store(), background=Errands(parts.background))
    aside.store.apply(with_account, ADA, Project(id=7))
    beside = Beside(aside, connect=server.connect, now=lambda: NOON)
    beside.begin(ADA, KEY, Project(id=7))
    gate = server.special["insights/101/"] = Gate()
    beside.dashboards.open(9)
    qtbot.waitUntil(lambda: "insights/101/" in server.paths())
    keyring.set_keyring(FailingKeyring(LOCKED))
    online.forget(ada.id)
    qtbot.waitUntil(lambda: heard["signed_out"] == [ada.id])
    gate.open()
    held = aside.store.state.dashboards
    qtbot.waitUntil(lambda: aside.store.state.dashboards[9].progress is None)
    assert held[9].tiles
    assert info(parts.cache.path).results == 0
    assert not holds("Weekly", parts.cache.path.parent)
    beside.close()

    online.sign_in(HOST, KEY, remember=False)
    qtbot.waitUntil(lambda: info(parts.cache.path).lists == 1)


def test_a_session_that_another_one_follows_is_closed_though_the_worker_stops_first(
    online, parts, ada, monkeypatch
):
    tried, closed = [], []

    async def close(session):
        tried.append(session)
        if session is not online._session and tried.count(session) == 1:
            await asyncio.Event().wait()  # until the worker stops
        closed.append(session)

    monkeypatch.setattr("phdesk.services.session.Session.close", close)
    online.begin(ada, "phx_1", Project(id=7))
    first = online._session
    online.begin(ada, "phx_2", Project(id=7))
    assert parts.background.stop()
    assert {first, online._session} <= set(closed)


def test_a_session_beside_the_windows_is_closed_though_it_is_given_up_before_its_turn(
    parts, server, monkeypatch
):
    tried, closed = [], []

    async def close(session):
        tried.append(session)
        if tried.count(session) == 1:
            await asyncio.Event().wait()  # until it is given up
        closed.append(session)

    monkeypatch.setattr("phdesk.services.session.Session.close", close)
    aside = replace(parts, store=Store(), background=Errands(parts.background))
    beside = Beside(aside, connect=server.connect, now=lambda: NOON)
    beside.begin(ADA, "phx_1", Project(id=7))
    first = beside._session
    beside.begin(ADA, "phx_2", Project(id=7))
    beside.close()
    assert parts.background.stop()
    assert {first, beside._session} <= set(closed)


def test_what_was_asked_with_the_last_key_beside_the_windows_is_given_up(parts, server, qtbot):
    heard = []
    server.special["insights/"] = Gate()
    aside = replace(parts, store=Store(), background=Errands(parts.background))
    beside = Beside(aside, connect=server.connect, now=lambda: NOON)
    beside.begin(ADA, KEY, Project(id=7))
    beside.read_insight(
        "short101", -1, UNCHANGED, background=False, done=heard.append, failed=heard.append
    )
    qtbot.waitUntil(lambda: "insights/" in server.paths())
    beside.begin(ADA, KEY, Project(id=7))
    qtbot.waitUntil(lambda: server.cancelled == 1)
    assert heard == []
    beside.close()
