"""The whole app with its files in a folder of the test, and a keyring in memory."""

import gc
from contextlib import contextmanager

import keyring
from PySide6.QtWidgets import QApplication

from phdesk.app import App, Options
from phdesk.services.places import Places
from phdesk.views.desk.snapshot_page import SnapshotLine
from tests.services.keyrings import MemoryKeyring

LONG = 30_000  # ms


def places_in(folder):
    return Places(
        settings=folder / "settings.toml",
        accounts=folder / "accounts.toml",
        boards=folder / "boards.toml",
        watches=folder / "watches.toml",
        cache=folder / "cache.sqlite3",
        logs=folder,
    )


@contextmanager
def running(folder, **options):
    """Start the app on a folder; stop it and let go of its window at the end."""
    thresholds = gc.get_threshold()
    app = App(QApplication.instance(), Options(places=places_in(folder), **options))
    app.start()
    try:
        yield app
    finally:
        app.windows.quit()
        app.stop()
        gc.disable()  # `stop` has switched it on, and the window is still to be destroyed
        for each in app.windows.all:
            each.window.deleteLater()
        gc.set_threshold(*thresholds)
        gc.unfreeze()


@contextmanager
def vault():
    """Put a keyring in memory in the place of the system's."""
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    try:
        yield backend
    finally:
        keyring.set_keyring(before)


def sealed_window(app, qtbot, count=2):
    """Give the window that only shows, once it is there as the last of so many."""
    qtbot.waitUntil(lambda: len(app.windows.all) == count, timeout=LONG)
    found = app.windows.front
    assert found.workspace.is_sealed
    qtbot.waitUntil(lambda: bool(found.window.screen_page.views))
    return found


def strip(one):
    """Give the line that says what a window only shows."""
    return one.window.findChild(SnapshotLine)
