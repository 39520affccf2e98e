"""Settings that hold for every test."""

import gc
import os
import socket

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent

from phdesk.services.garbage import due_generation

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never a person's own

# People's runs look for new cases each time; CI's repeat the same, so that it judges the change.
settings.register_profile("people", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "people")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup():
    """Collect no cycles until the test is over, as in the app.

    A widget dropped by an earlier test would else be destroyed at any allocation: in a worker, or
    while its own scene is being painted, which ends the process.
    """
    gc.disable()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown():
    """Destroy what the test let go of, when neither Qt nor a fixture is at work on it."""
    result = yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop runs here
    due = due_generation(gc.get_count(), gc.get_threshold())
    if due is not None:
        gc.collect(due)
    return result


@pytest.fixture(autouse=True)
def undressed(request):
    """Let the application look after a test as it did before it: themes are put on it whole."""
    if "qapp" not in request.fixturenames:
        yield
        return
    app = request.getfixturevalue("qapp")
    palette, font, sheet = app.palette(), app.font(), app.styleSheet()
    yield
    if (app.palette(), app.font(), app.styleSheet()) != (palette, font, sheet):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # nobody looks there
        app.setPalette(palette)  # for all classes of widgets
        app.setFont(font)
        app.setStyleSheet(sheet)


@pytest.fixture
def unused_port():
    """Give a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def quick_retries(monkeypatch):
    """Let as many retries be made as always, with shorter waits between them."""
    monkeypatch.setattr("phdesk.api.retry.FIRST_WAIT", 0.05)
