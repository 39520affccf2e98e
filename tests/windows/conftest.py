"""The app with windows over demo servers, which all tests here share."""

import pytest

from phdesk.demo.server import DemoServer
from tests.app_parts import running, vault
from tests.test_end_to_end import WAIT, sign_in
from tests.windows.acting import whole


@pytest.fixture(autouse=True)
def keys():
    with vault() as backend:
        yield backend


@pytest.fixture(scope="session")
def server():
    with DemoServer() as server:
        yield server


@pytest.fixture(scope="session")
def other_server():
    with DemoServer() as server:
        yield server


@pytest.fixture
def app(qtbot, tmp_path, server):
    with running(tmp_path, theme="light") as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(lambda: whole(app.front), timeout=WAIT)
        yield app
