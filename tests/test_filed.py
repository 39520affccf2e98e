"""Running walls follow their file: what changes in it is shown, what is wrong with it is said."""

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication

from phdesk.api.errors import NetworkError, NotFoundError
from phdesk.api.remote_text import Fetched
from phdesk.core.wall.choosing import screen_of
from phdesk.demo.server import DemoServer
from phdesk.filed import AGAIN, NEXT_START, Filed
from phdesk.services.environment import Given
from phdesk.services.wall_file import WallFile
from phdesk.services.wall_key import WallKey
from phdesk.services.wall_source import WallSource
from tests.wall_parts import hung

URL = "https://config.example.org/walls.toml"
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


class Address:
    """A file at an address, which may fail."""

    def __init__(self):
        self.text, self.fault, self.asked = FIRST, None, 0

    async def __call__(self, _address, _etag):
        self.asked += 1
        if self.fault is not None:
            raise self.fault
        return Fetched(self.text.encode(), "")


@pytest.fixture
def address():
    return Address()


@pytest.fixture
def file(request, tmp_path, monkeypatch):
    """Give the file of walls; that at an address where a test has one."""
    monkeypatch.setattr("phdesk.services.wall_file.SOON", 0.02)
    pick = partial(screen_of, wanted=None, computer="lobby")
    if "address" in request.fixturenames:
        where, fetch = URL, request.getfixturevalue("address")
    else:
        where, fetch = str(request.getfixturevalue("path")), None
    made = WallFile(WallSource(where, tmp_path / "kept", pick, fetch=fetch), random=lambda: 0.5)
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


@pytest.mark.parametrize(
    ("fault", "looks"),
    [
        (NotFoundError("There is nothing at config.example.org any more."), 1),
        (NetworkError("config.example.org is out of reach."), 2),
    ],
)
def test_an_address_that_is_gone_is_a_banner_and_its_wall_goes_on(
    address, filed, file, qtbot, fault, looks
):
    made, walls = filed()
    qtbot.waitUntil(walls.is_whole, timeout=WAIT)
    before = walls.heading.title
    address.fault = fault
    for _ in range(looks):
        asked = address.asked
        file.look()
        qtbot.waitUntil(lambda asked=asked: address.asked > asked and file._ticket is None)
    words = (f"{fault.failure.message} Meanwhile what it said before holds.",)
    assert (tuple(walls.banners), made.trouble()) == (words, words)
    assert (walls.heading.title, walls.is_whole()) == (before, True)
    address.fault, address.text = None, SECOND
    file.look()
    qtbot.waitUntil(lambda: walls.heading.title not in ("", before), timeout=WAIT)
    assert walls.banners == []


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
