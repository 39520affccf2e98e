"""phdesk keeps running for alerts after its last window was closed, where that is wanted."""

import os
import signal
import subprocess
import sys

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from phdesk import lingering as room
from phdesk.services.instance import lock_path
from tests.app_parts import running
from tests.test_end_to_end import WAIT, sign_in
from tests.windows.acting import second, whole

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.app_parts import places_in
from phdesk.app import App, Options
folder = Path(sys.argv[1])
qt = QApplication([])
app = App(qt, Options(places=places_in(folder), lock=folder / "instance.lock"))
app.start()

def close():
    if app.alerting is not None:
        beat.stop()
        app.window.close()
        print(app.window.isVisible(), app.alerting.lingering.is_hidden, flush=True)

beat = QTimer(interval=20)
beat.timeout.connect(close)
beat.start()
code = qt.exec()
app.stop()
print("ended", code, flush=True)
"""


def options(folder):
    environ = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
    return {"lock": lock_path(folder / "cache.sqlite3"), "environ": environ, "theme": "light"}


def entry(folder):
    return folder / "config" / "autostart" / "phdesk.desktop"


def ready(app, qtbot):
    qtbot.waitUntil(lambda: app.alerting is not None, timeout=WAIT)
    return app.alerting.lingering


@pytest.fixture
def app(qtbot, tmp_path, server):
    with running(tmp_path, **options(tmp_path)) as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(lambda: whole(app.front), timeout=WAIT)
        ready(app, qtbot)
        yield app


def shown_once(one):
    """Tell whether a window has each of its parts, and none of them twice."""
    names = [action.text() for action in one.window.shortcut_actions]
    return room.STAYS in names and len(names) == len(set(names))


def switch(app):
    action = next(one for one in app.window.shortcut_actions if one.text() == room.STAYS)
    action.trigger()


def test_unless_it_is_switched_on_the_last_window_is_closed(app, tmp_path):
    app.window.close()
    assert app.front.is_closed
    assert not entry(tmp_path).exists()


def test_a_second_start_shows_what_was_hidden_instead_of_closed(app, qtbot, tmp_path):
    switch(app)
    assert app.preferences.settings.keep_running
    assert app.preferences.settings.watch_unopened, "hidden windows refresh nothing by themselves"
    assert "--hidden" in entry(tmp_path).read_text()
    front = app.front
    front.window.close()
    assert not front.window.isVisible()
    assert not front.is_closed
    assert app.alerting.lingering.is_hidden
    assert app.preferences.settings.keep_running_told
    app._door.asked.emit("")
    qtbot.waitUntil(front.window.isVisible)
    assert not app.alerting.lingering.is_hidden
    assert whole(front), "with all that it showed"
    switch(app)
    assert not entry(tmp_path).exists()
    front.window.close()
    assert front.is_closed


def test_of_several_windows_the_last_alone_is_hidden(app, qtbot):
    switch(app)
    first, other = second(app, qtbot)
    other.window.close()
    qtbot.waitUntil(lambda: app.windows.all == (first,), timeout=WAIT)
    first.window.close()
    assert not first.is_closed


def test_quit_really_ends_it(app):
    switch(app)
    app.window.quit_requested.emit()
    assert app.front.is_closed
    assert not app.alerting.lingering.is_hidden


def test_quit_ends_it_while_it_is_hidden(app):
    switch(app)
    app.window.close()
    app.alerting.lingering.quit()
    assert app.front.is_closed


def test_what_cannot_be_written_is_said_and_the_choice_stays(app, tmp_path):
    (tmp_path / "config").write_text("a file where a folder should be")
    switch(app)
    assert app.preferences.settings.keep_running
    assert app.window.notice.isVisible()


def test_it_starts_hidden_and_comes_with_its_windows(qtbot, tmp_path, server):
    with running(tmp_path, **options(tmp_path)) as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(lambda: whole(app.front), timeout=WAIT)
        ready(app, qtbot)
        app.preferences.change(replace, keep_running=True)
        second(app, qtbot)
    with running(tmp_path, **options(tmp_path), hidden=True) as app:
        assert ready(app, qtbot).is_hidden
        assert [one.window.isVisible() for one in app.windows.all] == [False]
        app.opening.open("")
        qtbot.waitUntil(lambda: len(app.windows.all) == 2, timeout=WAIT)
        assert all(one.window.isVisible() for one in app.windows.all)
        for one in app.windows.all:
            qtbot.waitUntil(lambda one=one: one._seen and shown_once(one), timeout=WAIT)


def test_asked_to_start_hidden_it_is_seen_where_it_does_not_keep_running(qtbot, tmp_path):
    with running(tmp_path, **options(tmp_path), hidden=True) as app:
        assert app.window.isVisible()


class Icon(QObject):
    """A tray icon that remembers."""

    open_requested, inbox_requested, quit_requested = Signal(), Signal(), Signal()

    def __init__(self, _icon, _theme, parent):
        super().__init__(parent)
        self.said, self.count, self.seen = [], 0, False

    def set_count(self, count):
        self.count = count

    def show(self):
        self.seen = True

    def hide(self):
        self.seen = False

    def tell(self, *words):
        self.said.append(words)


def test_where_a_tray_is_its_icon_says_it_once_and_leads_back(app, qtbot, monkeypatch):
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(room, "Tray", Icon)
    switch(app)
    icon = app.alerting.lingering.tray
    for _ in range(2):
        app.window.close()
        assert icon.seen
        assert not app.window.isVisible()
        icon.open_requested.emit()
        assert app.window.isVisible()
    assert icon.said == [(room.TITLE, room.BODY)]
    icon.inbox_requested.emit()
    assert app.window.page.metaObject().className() == "InboxPage"
    switch(app)
    assert app.alerting.lingering.tray is None
    assert not icon.seen


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGTERM")
def test_the_system_ends_it_cleanly_while_it_is_hidden(tmp_path):
    (tmp_path / "settings.toml").write_text("keep_running = true\n")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().split() == ["False", "True"]
        process.send_signal(signal.SIGTERM)
        try:
            assert process.communicate(timeout=20)[0].split() == ["ended", "0"]
        finally:
            process.kill()
    assert process.returncode == 0
