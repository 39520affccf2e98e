"""Running walls follow their file: what changes in it is shown, what is wrong with it is said."""

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication

from phdesk.core.wall.choosing import screen_of
from phdesk.demo.server import DemoServer
from phdesk.filed import AGAIN, NEXT_START, Filed
from phdesk.services.environment import Given
from phdesk.services.wall_file import WallFile
from phdesk.services.wall_key import WallKey
from phdesk.services.wall_source import WallSource
from tests.wall_parts import hung

WAIT = 20_000  # ms
FIRST = '[screens.lobby]\nitems = ["dashboard 1"]\ncare.shift = false\n'
SECOND = FIRST.replace("dashboard 1", "dashboard 2")
BAD = FIRST.replace("items", "itms")
FAULT = 'walls.toml:2: screens.lobby.itms: is no key here; did you mean "items"?'


@pytest.fixture(scope="module")
def server():
    with DemoServer() as server:
        yield server


@pytest.fixture
def given(server):
    return lambda: Given(server.key, server.url, server.project_id)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "walls.toml"
    path.write_text(FIRST)
    return path


@pytest.fixture
def file(path, tmp_path, monkeypatch):
    monkeypatch.setattr("phdesk.services.wall_file.SOON", 0.02)
    pick = partial(screen_of, wanted=None, computer="lobby")
    made = WallFile(WallSource(str(path), tmp_path / "kept", pick), random=lambda: 0.5)
    made.open()
    yield made
    made.stop()


@pytest.fixture
def filed(file, tmp_path, given, qtbot):
    """Walls over the file, whose worker runs."""
    with hung(tmp_path, given, file.screen) as walls:

        def make(*, watched=False):
            made = Filed(walls.monitor, file, WallKey(file.screen.credentials, {}),
                         walls.hanging.set_screen, watched=watched)  # fmt: skip
            qtbot.waitUntil(lambda: walls.monitor.background is not None, timeout=WAIT)
            return made, walls

        yield make
        file.stop()


def test_other_items_are_shown_in_the_same_window(filed, file, path, qtbot):
    _, walls = filed()
    qtbot.waitUntil(walls.is_whole, timeout=WAIT)
    window, before = walls.window, walls.heading.title
    path.write_text(SECOND)
    file.look()
    qtbot.waitUntil(lambda: walls.heading.title not in ("", before), timeout=WAIT)
    assert walls.window is window
    assert walls.banners == []


def test_a_fault_is_a_banner_until_it_is_mended_and_changes_nothing(filed, file, path, qtbot):
    made, walls = filed()
    qtbot.waitUntil(walls.is_whole, timeout=WAIT)
    before = walls.heading.title
    path.write_text(BAD)
    file.look()
    qtbot.waitUntil(lambda: any(FAULT in words for words in walls.banners), timeout=WAIT)
    assert any(FAULT in words for words in made.trouble())
    assert walls.heading.title == before
    path.write_text(FIRST)
    file.look()
    qtbot.waitUntil(lambda: walls.banners == [], timeout=WAIT)
    assert made.trouble() == ()


OTHER_KEY = f'{FIRST}credentials = {{ host = "us", key_env = "WALL" }}\n'


def test_other_credentials_have_who_watches_start_the_window_anew(
    filed, file, path, qtbot, monkeypatch
):
    left = []
    monkeypatch.setattr(QCoreApplication, "exit", left.append)
    filed(watched=True)
    path.write_text(OTHER_KEY)
    file.look()
    qtbot.waitUntil(lambda: left == [AGAIN], timeout=WAIT)


def test_without_a_watch_other_credentials_wait_for_the_next_start(filed, file, path, qtbot):
    made, _ = filed()
    path.write_text(OTHER_KEY)
    file.look()
    qtbot.waitUntil(lambda: made.trouble() == (NEXT_START,), timeout=WAIT)
