"""The whole app with its files in a folder of the test, and a keyring in memory."""

import gc
from contextlib import contextmanager

import keyring
from PySide6.QtWidgets import QApplication

from phdesk.app import App, Options
from phdesk.services.places import Places
from tests.services.keyrings import MemoryKeyring


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
