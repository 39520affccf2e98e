"""The main job from end to end: sign in, open, close, lose the network, open again."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton

from phdesk.demo.server import DemoServer
from phdesk.services.instance import claim, lock_path
from phdesk.store.cache_check import info
from phdesk.views.dialogs.failure_line import FailureLine
from phdesk.views.dialogs.sign_in import SignIn
from phdesk.views.widgets.banner import Banner
from tests.app_parts import running, vault

WAIT = 30_000  # ms


@pytest.fixture
def keys():
    with vault() as backend:
        yield backend


def named(widget, kind, name):
    found = [one for one in widget.findChildren(kind) if one.accessibleName() == name]
    assert len(found) == 1, [one.accessibleName() for one in widget.findChildren(kind)]
    return found[0]


def button(widget, text):
    return next(one for one in widget.findChildren(QPushButton) if one.text().strip() == text)


def board(app):
    return app.store.state.dashboards.get(app.desk.open_id)


def complete(app):
    def check():
        state = board(app)
        if state is None or state.progress is not None or state.loading:
            return False
        insights = [held for held in state.tiles.values() if held.insight is not None]
        return bool(insights) and all(held.has_result for held in insights)

    return check


def sign_in(app, qtbot, server):
    page = app.window.page
    assert isinstance(page, SignIn)
    own = next(b for b in page.findChildren(QRadioButton) if "elf" in b.text())
    qtbot.mouseClick(own, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(named(page, QLineEdit, "Address of your PostHog"), server.url)
    qtbot.keyClicks(named(page, QLineEdit, "Personal API key"), server.key)
    enter = button(page, "Sign in")
    qtbot.waitUntil(lambda: app.desk.online is not None and enter.isEnabled(), timeout=WAIT)
    qtbot.mouseClick(enter, Qt.MouseButton.LeftButton)


def failure_on(page):
    lines = page.findChildren(FailureLine)
    return " ".join(line.accessibleName() for line in lines if line.isVisible())


def summaries(app):
    return {one: view.summary for one, view in app.window.screen_page.views.items()}


@pytest.mark.usefixtures("quick_retries")
def test_a_dashboard_opened_once_opens_again_without_the_server(qtbot, tmp_path, keys):
    with DemoServer() as server:
        with running(tmp_path) as app:
            sign_in(app, qtbot, server)
            qtbot.waitUntil(complete(app), timeout=WAIT)
            assert app.window.windowTitle() == "Company KPIs – phdesk"
            assert app.window.page is app.window.screen_page
            seen = summaries(app)
            ages = {one: held.computed_at for one, held in board(app).tiles.items()}
            rows = [row.name for row in app.store.state.rows.items]
            assert len(seen) >= 8
            assert len(rows) == 6
        assert server.key in keys.kept.values()

    with running(tmp_path) as app:  # the server is gone
        assert app.window.page is app.window.screen_page, "the cache is shown with the first paint"
        assert summaries(app) == seen
        assert {one: held.computed_at for one, held in board(app).tiles.items()} == ages
        assert [row.name for row in app.store.state.rows.items] == rows
        qtbot.waitUntil(lambda: board(app).failure is not None, timeout=WAIT)
        qtbot.waitUntil(app.window.screen_page.findChild(Banner).isVisible)
        assert summaries(app) == seen, "a failure takes no good number away"
        tiles = app.window.screen_page.grid.tiles.values()
        assert all("·" in tile.card_state.age for tile in tiles if tile.view.computed_at)


def test_the_key_is_in_no_file(qtbot, tmp_path, keys):
    with DemoServer() as server, running(tmp_path) as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(complete(app), timeout=WAIT)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert server.key.encode() not in path.read_bytes(), path.name


def test_forgetting_an_account_leaves_nothing_of_it(qtbot, tmp_path, keys):
    with DemoServer() as server, running(tmp_path) as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(complete(app), timeout=WAIT)
        account = app.store.state.account.id
        with qtbot.waitSignal(app.desk.online.signed_out, timeout=WAIT):
            app.desk.online.forget(account)
        assert keys.kept == {}
        assert app.preferences.accounts == ()
        assert info(app.cache.path).dashboards == 0
        assert isinstance(app.window.page, SignIn)


def test_a_wrong_key_is_told_in_a_sentence_and_can_be_corrected(qtbot, tmp_path, keys):
    with DemoServer() as server, running(tmp_path) as app:
        wrong = type("Wrong", (), {"url": server.url, "key": "phx_wrong"})
        sign_in(app, qtbot, wrong)
        qtbot.waitUntil(lambda: "key" in failure_on(app.window.page), timeout=WAIT)
        assert app.store.state.account is None
        assert named(app.window.page, QLineEdit, "Personal API key").isEnabled()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_second_start_brings_the_first_to_the_front_and_leaves(qtbot, tmp_path, keys):
    lock = lock_path(tmp_path / "cache.sqlite3")
    held = claim(lock)
    with DemoServer() as server, running(tmp_path, theme="light", lock=lock) as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(lambda: app.desk.open_id is not None and complete(app)(), timeout=WAIT)
        app.window.showMinimized()
        address = f"{server.url}/project/{server.project_id}/dashboard/4"
        second = subprocess.Popen(
            [sys.executable, "-m", "phdesk", "open", address],
            env={**os.environ, "PHDESK_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        )
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=WAIT)
        assert second.returncode == 0
        qtbot.waitUntil(lambda: app.desk.open_id == 4, timeout=WAIT)
        assert not app.window.isMinimized()
    held.unlock()
