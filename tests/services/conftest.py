"""An app without windows: store, cache, worker, keyring in memory and a small PostHog."""

from collections import defaultdict

import keyring
import pytest

from phdesk.core.budget import Moment
from phdesk.models.account import Account, Project
from phdesk.services.accounts import AccountsFile, added
from phdesk.services.background import Background
from phdesk.services.credentials import SERVICE, Credentials
from phdesk.services.governor import Governor
from phdesk.services.online import Online
from phdesk.services.parts import Parts
from phdesk.services.preferences import Preferences
from phdesk.services.settings import SettingsFile
from phdesk.store.cache import Cache
from phdesk.store.changes import with_account
from phdesk.store.store import Store
from tests.services.keyrings import MemoryKeyring
from tests.services.on_dashboard import board, settled
from tests.services.posthog import HOST, KEY, FakePostHog
from tests.store.builders import NOON


class Clock:
    """Both clocks of a governor, set by hand."""

    def __init__(self):
        self.wall, self.steady = NOON.timestamp(), 1000.0

    def __call__(self):
        return Moment(self.wall, self.steady)

    def go_on(self, seconds):
        self.wall += seconds
        self.steady += seconds


ADA = Account(id="eu.posthog.com-u1", host=HOST, email="ada@example.org", project_id=7)


@pytest.fixture
def background(qtbot):
    """Give a worker thread, which ends in time."""
    background = Background()
    background.start()
    yield background
    assert background.stop()


@pytest.fixture
def vault():
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def server():
    return FakePostHog()


@pytest.fixture
def clocks():
    return Clock()


@pytest.fixture
def parts(qtbot, tmp_path, vault, clocks):
    files = SettingsFile(tmp_path / "settings.toml"), AccountsFile(tmp_path / "accounts.toml")
    parts = Parts(
        store=Store(),
        cache=Cache(tmp_path / "cache.sqlite3"),
        background=Background(),
        credentials=Credentials(),
        preferences=Preferences(*files),
        governor=Governor(clock=clocks),
    )
    parts.background.start()
    yield parts
    assert parts.background.stop()
    parts.cache.close()
    parts.preferences.save()


@pytest.fixture
def online(parts, server):
    return Online(parts, connect=server.connect, now=lambda: NOON)


@pytest.fixture
def heard(online):
    """What the signals said, by name."""
    said = defaultdict(list)
    for name in (
        "signed_in",
        "sign_in_failed",
        "needs_project",
        "signed_out",
        "key_missing",
        "told",
    ):
        getattr(online, name).connect(said[name].append)
    return said


@pytest.fixture
def signed_out(parts, vault, heard):
    """Ada, whose account and key are known from an earlier run."""
    vault.kept[SERVICE, ADA.id] = KEY
    parts.preferences.change_accounts(added, ADA)
    parts.store.apply(with_account, ADA, Project(id=7))
    return ADA


@pytest.fixture
def ada(signed_out, online, parts, qtbot):
    """Ada, signed in and with her list of dashboards."""
    online.resume()
    qtbot.waitUntil(lambda: bool(parts.store.state.rows.items))
    qtbot.waitUntil(lambda: parts.store.state.project.base_currency == "EUR")
    return ADA


@pytest.fixture
def open_board(online, parts, ada, qtbot):
    def open_board(visible=()):
        online.open_dashboard(9, visible)
        qtbot.waitUntil(lambda: settled(parts))
        return board(parts)

    return open_board
