"""Accounts, projects and addresses in several windows."""

import json
import threading
from urllib.request import Request, urlopen

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget

from phdesk.models.account import Project
from phdesk.services.settings import KeptWindow, Window, with_windows
from phdesk.store import tiles
from phdesk.views.dashboard import drawing
from phdesk.views.dashboard.presenting import view_of
from phdesk.views.dialogs.accounts import Accounts
from phdesk.views.dialogs.choose_project import ChooseProject
from phdesk.views.dialogs.sign_in import SignIn
from tests.app_parts import running
from tests.test_end_to_end import WAIT, sign_in
from tests.windows.acting import (
    CTRL,
    add_account,
    click,
    dialog,
    opened,
    press,
    ready,
    second,
    two_accounts,
    whole,
)


def test_another_account_in_one_window_leaves_the_other_where_it_was(app, qtbot, other_server):
    shown = app.desk.open_id
    first, turned = two_accounts(app, qtbot, other_server)
    assert first.desk.open_id == shown
    assert first.workspace is not turned.workspace
    hosts = [one.desk.state.account.host for one in (first, turned)]
    assert hosts[0] != hosts[1]
    assert all(one.window.page is one.window.screen_page for one in (first, turned))
    names = [host.partition("://")[2] for host in hosts]
    assert all(
        name in one.window.windowTitle() for name, one in zip(names, (first, turned), strict=True)
    )


def test_a_wrong_key_in_one_window_leaves_both_as_they_were(app, qtbot, server):
    first, other = second(app, qtbot)
    shown = first.desk.open_id
    wrong = type("Wrong", (), {"url": server.url, "key": "phx_wrong"})
    add_account(app, other, qtbot, wrong)
    qtbot.waitUntil(lambda: not other.sessions.page._busy, timeout=WAIT)
    assert isinstance(other.window.page, SignIn)
    assert first.window.page is first.window.screen_page
    other.sessions.page.cancel_requested.emit()
    assert other.window.page is other.window.screen_page
    assert other.desk.open_id == first.desk.open_id == shown


def test_the_same_account_again_joins_its_window(app, qtbot, server):
    first, other = second(app, qtbot)
    add_account(app, other, qtbot, server)
    qtbot.waitUntil(lambda: other not in app.windows.all, timeout=WAIT)
    turned = opened(app, qtbot)
    assert turned.workspace is first.workspace
    assert len(app.windows.workspaces) == 1


def test_an_account_opens_in_a_window_beside(app, qtbot, other_server):
    first, turned = two_accounts(app, qtbot, other_server)
    turned.window.close()
    qtbot.waitUntil(lambda: app.windows.all == (first,))
    press(qtbot, first, Qt.Key.Key_A)
    accounts = dialog(first, Accounts)
    accounts.findChild(QListWidget).setCurrentRow(1)
    click(qtbot, accounts, "Open in a new window")
    other = opened(app, qtbot)
    assert other.desk.state.account.host == other_server.url
    qtbot.waitUntil(lambda: bool(other.desk.state.rows.items), timeout=WAIT)
    assert first.desk.state.account.host != other_server.url


def test_forgetting_an_account_closes_its_other_windows(app, qtbot, other_server):
    first, turned = two_accounts(app, qtbot, other_server)
    press(qtbot, turned, Qt.Key.Key_N)
    opened(app, qtbot, 3)
    account = turned.desk.state.account.id
    turned.sessions._on_forget(account)
    qtbot.waitUntil(lambda: len(app.preferences.accounts) == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: len(app.windows.workspaces) == 1, timeout=WAIT)
    assert first in app.windows.all
    assert all(one.desk.state.account.id != account for one in app.windows.all)


def test_forgetting_the_last_account_ends_at_the_sign_in_page(app, qtbot):
    _, other = second(app, qtbot)
    other.sessions._on_forget(other.desk.state.account.id)
    qtbot.waitUntil(lambda: isinstance(app.window.page, SignIn), timeout=WAIT)
    assert app.windows.all == (other,)


def test_an_address_opens_where_its_account_is(app, qtbot, other_server):
    first, turned = two_accounts(app, qtbot, other_server)
    first.come_to_front()
    address = f"{other_server.url}/project/{other_server.project_id}/dashboard/4"
    app.opening.open(address)
    qtbot.waitUntil(lambda: turned.desk.open_id == 4, timeout=WAIT)
    assert first.desk.open_id != 4
    turned.window.close()
    qtbot.waitUntil(lambda: app.windows.all == (first,))
    app.opening.open(address)
    other = opened(app, qtbot)
    qtbot.waitUntil(lambda: whole(other), timeout=WAIT)
    assert (other.desk.open_id, other.desk.state.account.host) == (4, other_server.url)


def leave_two_windows(app, qtbot, server, other_server):
    """Leave two accounts side by side, after a third window was closed; give what they showed."""
    sign_in(app, qtbot, server)
    qtbot.waitUntil(lambda: whole(app.front), timeout=WAIT)
    first, turned = two_accounts(app, qtbot, other_server)
    turned._tabs.open_beside(4)
    qtbot.waitUntil(lambda: whole(turned), timeout=WAIT)
    turned.window.setGeometry(90, 80, 640, 480)
    press(qtbot, first, Qt.Key.Key_N)
    third = opened(app, qtbot, 3)
    third.window.close()
    qtbot.waitUntil(lambda: third not in app.windows.all)
    shown = [one.desk.open_id for one in (first, turned)]
    press(qtbot, first, Qt.Key.Key_Q, CTRL)
    assert not any(one.window.isVisible() for one in app.windows.all)
    return shown


def test_no_window_comes_back_any_more_once_the_app_was_quit(app, qtbot):
    kept = app.front.kept
    app.preferences.change(with_windows, [kept] * 4)
    app.windows.restore()
    app.windows.quit()
    with qtbot.assertNotEmitted(app.windows.let_go, wait=100):
        pass  # the event loop of a test goes on
    assert not any(one.window.isVisible() for one in app.windows.all)
    app.windows.note()
    assert len(app.preferences.settings.windows) == 3, "they come back at the next start"


def test_the_windows_come_back_at_the_next_start(qtbot, tmp_path, server, other_server):
    with running(tmp_path, theme="light") as app:
        shown = leave_two_windows(app, qtbot, server, other_server)
    with running(tmp_path, theme="light") as app:
        assert app.desk.open_id == shown[0]
        assert len(app.windows.all) == 1, "the others come after the first paint"
        opened(app, qtbot, 2)
        other, first = app.windows.all
        assert [first.desk.open_id, other.desk.open_id] == shown == [shown[0], 4]
        assert len(other._tabs.tabs.ids) == 2
        assert other.kept.place == Window(90, 80, 640, 480)
        qtbot.waitUntil(lambda: whole(first) and whole(other), timeout=WAIT)
        assert first.desk.state.account.host != other.desk.state.account.host
        other.window.close()
        qtbot.waitUntil(lambda: app.windows.all == (first,))
    with running(tmp_path, theme="light") as app:
        qtbot.waitUntil(lambda: ready(app.front), timeout=WAIT)
        assert not app.preferences.settings.windows
        assert len(app.windows.all) == 1


def test_the_clock_rests_only_while_no_window_is_seen(app, qtbot):
    first, other = second(app, qtbot)
    hidden = first.desk.online.dashboards._open.hidden
    first.window.showMinimized()
    qtbot.waitUntil(lambda: sorted(hidden.values()) == [False, True])
    other.window.showMinimized()
    qtbot.waitUntil(lambda: all(hidden.values()))


def test_another_project_opens_beside_and_takes_the_same_key(app, qtbot):
    first = app.front
    press(qtbot, first, Qt.Key.Key_P)
    projects = dialog(first, ChooseProject)
    click(qtbot, projects, "Open in a new window")
    other = opened(app, qtbot)
    assert other.workspace is first.workspace, "the demo has one project"


def test_another_project_stands_beside_over_a_workspace_of_its_own(app, qtbot, keys):
    first, account = app.front, app.desk.state.account.id
    keys.kept.clear()
    app.windows.open(KeptWindow(account=account, project=2))
    other = opened(app, qtbot)
    assert other.workspace is not first.workspace
    assert [one.workspace.where for one in (first, other)] == [(account, 1), (account, 2)]
    assert other.desk.online._key == first.desk.online._key, "nobody is asked for it again"
    qtbot.waitUntil(lambda: other.desk.state.rows.failure is not None, timeout=WAIT)
    assert not isinstance(other.window.page, SignIn)
    assert "Project 2 · demo" in other.window.windowTitle()
    assert "Lumen Lane · demo" in first.window.windowTitle()
    other.window.close()
    qtbot.waitUntil(lambda: app.windows.all == (first,))
    assert first.window.windowTitle() == "Company KPIs – phdesk"


def test_choosing_a_project_in_one_of_two_windows_leaves_the_other(app, qtbot):
    first, other = second(app, qtbot)
    other.sessions.choose_project(Project(id=2, name="Lab"))
    qtbot.waitUntil(lambda: other not in app.windows.all, timeout=WAIT)
    turned = opened(app, qtbot)
    assert turned.workspace.where[1] == 2
    assert first.workspace.where[1] == 1
    assert first.window.page is first.window.screen_page


def test_an_address_with_no_project_known_here_is_told_in_the_window_used_last(app, qtbot):
    first, other = second(app, qtbot)
    first.come_to_front()
    qtbot.waitUntil(lambda: app.front is first)
    app.opening.open("https://stranger.example.org/project/3/dashboard/4")
    assert first.window.notice.isVisible()
    assert not other.window.notice.isVisible()
    assert len(app.windows.all) == 2


def test_an_address_pasted_beside_others_opens_where_it_fits(app, qtbot, other_server):
    first, turned = two_accounts(app, qtbot, other_server)
    address = f"{other_server.url}/project/{other_server.project_id}/dashboard/4"
    QApplication.clipboard().setText(address)
    press(qtbot, first, Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: turned.desk.open_id == 4, timeout=WAIT)
    assert first.desk.state.account.host != other_server.url
    assert len(app.windows.all) == 2


def test_a_tile_opens_large_in_the_window_it_is_in(app, qtbot):
    first, other = second(app, qtbot)
    tile = next(iter(other.window.screen_page.views))
    other.tiles.explore_requested.emit(tile)
    qtbot.waitUntil(lambda: other.window.page is other.tiles.explore, timeout=WAIT)
    assert first.window.page is first.window.screen_page
    first.tiles.explore_requested.emit(tile)
    assert first.window.page is first.tiles.explore is not other.tiles.explore


def test_large_results_are_made_into_views_beside_the_windows(app, qtbot, monkeypatch):
    windows, threads = second(app, qtbot), set()

    def noted(*arguments):
        threads.add(threading.current_thread().name)
        return view_of(*arguments)

    monkeypatch.setattr(drawing, "LARGE", 1)
    monkeypatch.setattr(drawing, "view_of", noted)
    came = [one.window.screen_page.view_came for one in windows]
    board = app.desk.open_id
    with qtbot.waitSignals(came, timeout=WAIT):
        app.store.apply(tiles.refresh_started, board, list(app.store.state.dashboards[board].tiles))
    assert threads == {"phdesk-worker"}
    windows[1].window.close()  # while more are made
    with qtbot.waitSignal(came[0], timeout=WAIT):
        qtbot.waitUntil(lambda: app.windows.all == (windows[0],))


def test_a_key_is_typed_in_peace_while_another_window_signs_in_again(app, qtbot):
    first, other = second(app, qtbot)
    other.sessions.show_sign_in()
    with qtbot.waitSignal(first.desk.online.signed_in, timeout=WAIT):
        first.desk.online.switch(first.desk.state.account.id)
    assert isinstance(other.window.page, SignIn)
    assert first.window.page is first.window.screen_page


def test_an_insight_opens_in_the_window_that_asked_for_it(app, qtbot, server):
    first, other = second(app, qtbot)
    address = f"{server.url}/api/projects/{server.project_id}/dashboards/4/"
    asked = Request(address, headers={"Authorization": f"Bearer {server.key}"})
    tiles = json.loads(urlopen(asked).read())["tiles"]
    name = next(tile["insight"]["short_id"] for tile in tiles if tile["insight"])
    first.open_link(f"{server.url}/project/{server.project_id}/insights/{name}")
    qtbot.waitUntil(lambda: first.window.page is first.tiles.explore, timeout=WAIT)
    assert other.window.page is other.window.screen_page
