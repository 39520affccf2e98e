"""Filters from end to end: a question asked by keyboard, answered by the demo, taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from phdesk.demo.server import DemoServer
from phdesk.views.dialogs.filter_dates import DatesPopover
from tests.app_parts import running, vault
from tests.test_end_to_end import WAIT, board, complete, sign_in, summaries

RETURN, SHIFT = Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def app(qtbot, tmp_path):
    with vault(), DemoServer() as server, running(tmp_path) as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(complete(app), timeout=WAIT)
        app.server = server
        yield app


def press(app, qtbot, key, modifiers=Qt.KeyboardModifier.NoModifier):
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow)
    qtbot.keyClick(app.window, key, modifiers)


def choose(app, qtbot, words):
    press(app, qtbot, Qt.Key.Key_D)
    popover = next(one for one in app.window.findChildren(DatesPopover) if one.isVisible())
    qtbot.keyClicks(popover.findChild(QLineEdit), words)
    qtbot.keyClick(popover.findChild(QLineEdit), RETURN)


def answered(app):
    def check():
        tiles = board(app).tiles.values()
        return complete(app)() and not any(held.is_other for held in tiles)

    return check


def ages(app):
    return {one: held.computed_at for one, held in board(app).tiles.items()}


def value(app, name):
    view = next(one for one in app.window.screen_page.views.values() if one.title == name)
    return view.summary


def test_last_7_days_by_keyboard_changes_the_tiles_and_reset_restores_them_at_once(app, qtbot):
    screen = app.window.screen_page
    before, age = summaries(app), ages(app)
    assert screen.filters.words.dates == "Last 30 days"
    choose(app, qtbot, "last 7 days")
    assert all(held.is_other for held in board(app).tiles.values() if held.has_result)
    qtbot.waitUntil(answered(app), timeout=WAIT)
    qtbot.waitUntil(lambda: screen.filters.words.temporary)
    assert screen.filters.words.dates == "Last 7 days"
    under_week = summaries(app)
    assert value(app, "New sign-ups") != before[_tile(app, "New sign-ups")]
    changed = [one for one in before if before[one] != under_week[one]]
    assert len(changed) >= 8
    assert {view.range_label for view in screen.views.values()} <= {"last 7 days", ""}

    press(app, qtbot, Qt.Key.Key_D, SHIFT)
    app.store.announce()
    assert summaries(app) == before, "at once, from what is kept"
    assert ages(app) == age, "with their true age"
    assert not screen.filters.words.temporary
    qtbot.waitUntil(answered(app), timeout=WAIT)


def _tile(app, name):
    views = app.window.screen_page.views
    return next(one for one, view in views.items() if view.title == name)


@pytest.mark.usefixtures("quick_retries")
def test_a_range_seen_before_is_there_without_the_server(app, qtbot):
    choose(app, qtbot, "last 7 days")
    qtbot.waitUntil(answered(app), timeout=WAIT)
    qtbot.waitUntil(lambda: app.window.screen_page.filters.words.temporary)
    under_week = summaries(app)
    press(app, qtbot, Qt.Key.Key_D, SHIFT)
    qtbot.waitUntil(answered(app), timeout=WAIT)
    before = summaries(app)
    app.server.stop()
    choose(app, qtbot, "last 7 days")
    app.store.announce()
    assert summaries(app) == under_week
    choose(app, qtbot, "last 3 days")
    qtbot.waitUntil(lambda: app.store.state.offline is not None, timeout=WAIT)
    app.store.announce()
    first = app.window.screen_page.views[_first(app)]
    assert first.body.headline == "Never loaded for these filters."
    press(app, qtbot, Qt.Key.Key_D, SHIFT)
    app.store.announce()
    assert summaries(app) == before


def _first(app):
    return next(one for one, held in board(app).tiles.items() if held.insight is not None)


def test_another_program_sees_nothing_of_temporary_filters(app, qtbot):
    choose(app, qtbot, "last 7 days")
    qtbot.waitUntil(answered(app), timeout=WAIT)
    shelf = board(app).dashboard
    assert bytes(shelf.saved_filters) == b'{"date_from":"-30d"}'
