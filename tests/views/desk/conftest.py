"""The windows with store, network and keyring as in the app, before a small PostHog."""

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton

from phdesk.services.accounts import added
from phdesk.services.credentials import SERVICE
from phdesk.views import theme as look
from phdesk.views.desk.desk import Desk
from phdesk.views.desk.filters import Filters
from phdesk.views.desk.pages import Pages
from phdesk.views.desk.sessions import Sessions
from phdesk.views.desk.tiles import Tiles
from phdesk.views.main_window import MainWindow
from tests.services import posthog
from tests.services.conftest import (  # noqa: F401  fixtures
    clocks,
    heard,
    online,
    parts,
    server,
    signed_out,
    vault,
)
from tests.services.posthog import HOST, KEY, FakePostHog
from tests.store.builders import NOON
from tests.views.dashboard.showing import DAYS, exposed
from tests.views.desk.with_boards import BEN, US, DeskWithBoards


def sent(number, minute, *values, y=0, stale=False):
    """A tile as the server sends it: one line of three days."""
    made = posthog.tile(number, minute, y=y, stale=stale)
    if minute is not None:
        days = list(DAYS)
        line = {"label": "Signups", "days": days, "labels": days, "data": values or (1, 2, 3)}
        made["insight"]["result"] = [line]
    return made


class Windowed:
    """The app's windows without its files and threads of import."""

    def __init__(self, qtbot, parts):  # noqa: F811
        self.qtbot, self.parts = qtbot, parts
        self.browsed = []
        self.has_browser = True
        self.window = MainWindow(look.light())
        self.desk = Desk(
            self.window,
            parts.store,
            parts.preferences,
            look.light(),
            lambda: NOON,
            self.browse,
        )
        self.pages = Pages(self.desk)
        self.sessions = Sessions(self.desk, self.pages)
        self.tiles = Tiles(self.desk)
        self.filters = Filters(self.desk)
        exposed(qtbot, self.window, 1200, 700)

    def browse(self, url):
        self.browsed.append(url)
        return self.has_browser

    @property
    def state(self):
        return self.parts.store.state

    @property
    def screen(self):
        return self.window.screen_page

    @property
    def board(self):
        return self.state.dashboards.get(9)

    def opens(self, online):  # noqa: F811
        """Start with dashboard 9, go on with the key, and wait until all of it is there."""
        self.pages.start(9)
        self.desk.set_online(online)
        online.resume()
        self.quiet()
        self.qtbot.waitUntil(lambda: bool(self.state.rows.items))
        self.shows(self.screen)

    def shows(self, page):
        self.qtbot.waitUntil(lambda: self.window.page is page)

    def quiet(self):
        """Wait until the dashboard was read and nothing is being calculated."""
        self.qtbot.waitUntil(
            lambda: (
                self.board is not None
                and not self.board.loading
                and self.board.progress is None
                and not self.board.from_cache
            )
        )

    def dialog(self, kind):
        found = [one for one in self.window.findChildren(kind) if one.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def dialogs(self):
        kinds = (*self.window.findChildren(QDialog), *self.window.findChildren(QMessageBox))
        return {one for one in kinds if one.isVisible()}


def button(widget, text):
    found = [one for one in widget.findChildren(QPushButton) if one.text().strip() == text]
    return next(one for one in found if one.isVisible())


@pytest.fixture
def windowed(parts, qtbot):  # noqa: F811
    windowed = Windowed(qtbot, parts)
    yield windowed
    windowed.window.close()


@pytest.fixture
def ada(signed_out, windowed, online, server):  # noqa: F811
    """Ada with the dashboard 9 on screen."""
    server.tiles = server.tiles or [sent(1, -5), sent(2, -9, 4, 5, 6, y=5)]
    windowed.opens(online)
    return windowed


@pytest.fixture
def bens():
    """Ben's PostHog in the US, with two stale tiles."""
    his = FakePostHog()
    his.tiles = [sent(3, -7, 7, 8, 9, stale=True), sent(4, -8, stale=True, y=5)]
    his.annotations = []
    return his


@pytest.fixture
def desk(ada, server, bens, tmp_path, parts, vault):  # noqa: F811
    vault.kept[SERVICE, BEN.id] = KEY
    parts.preferences.change_accounts(added, BEN)
    desk = DeskWithBoards(ada, tmp_path, {HOST: server, US: bens})
    yield desk
    desk.desk.feed.close()
    desk.room.sources.close()
