"""Shared links on screen: opened without an account, only to be read, by password if need be."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton

from phdesk.api.client import Client
from phdesk.api.resources import sharing
from phdesk.cli import gui
from phdesk.demo.server import DemoServer
from phdesk.demo.sharing import FIRST, OLD_TOKEN
from phdesk.views.dialogs.page_password import PagePassword
from phdesk.views.dialogs.sign_in import SignIn
from tests.app_parts import running, sealed_window, strip, vault
from tests.test_end_to_end import WAIT

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore(
    "does not support (raise|grabbing the keyboard|propagateSizeHints)", extend=True
)


@pytest.fixture(scope="module")
def server():
    with DemoServer() as running_server:
        yield running_server


@pytest.fixture(autouse=True)
def keys():
    with vault() as backend:
        yield backend


@pytest.fixture
def link(server):
    return f"{server.url}/shared/{OLD_TOKEN}"


@pytest.fixture
def app(qtbot, tmp_path):
    """An app that asks for a key."""
    with running(tmp_path, theme="light") as made:
        qtbot.waitUntil(lambda: made.front._links is not None, timeout=WAIT)
        qtbot.waitUntil(lambda: made.desk.worker is not None, timeout=WAIT)
        yield made


def ask(server, work, *values, **more):
    async def asked():
        async with Client(server.url, server.key) as client:
            return await work(client, 1, *values, **more)

    return asyncio.run(asked())


def press(qtbot, within, text):
    found = next(one for one in within.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(found, LEFT)


def test_a_pasted_link_opens_beside_what_is_open(app, link, qtbot):
    QGuiApplication.clipboard().setText(link)
    app.window.link_pasted.emit()
    found = sealed_window(app, qtbot)
    host = link.partition("://")[2].partition("/")[0]
    assert strip(found).text.startswith(f"Shared by {host} with everybody who has the link, read ")
    assert found.window.windowTitle() == "Customer success – Shared page – phdesk"
    assert found.workspace.online is None  # nothing of it can be asked or changed
    page = found.window.screen_page
    assert page.reading.reads == "alone"
    assert any(tile.card_state.age for tile in page.grid.tiles.values())
    shown = {one.accessibleName() for one in page.findChildren(QPushButton) if one.isVisible()}
    assert not shown & {"Refresh", "Edit layout", "Open in PostHog"}
    assert not app.windows.all[0].window.notice.isVisible()  # it said what was being read


def test_it_is_read_again_into_the_same_place(app, link, qtbot):
    app.opening.open(link)
    first = sealed_window(app, qtbot)
    press(qtbot, strip(first), "Read again")
    qtbot.waitUntil(lambda: app.windows.front is not first, timeout=WAIT)
    sealed_window(app, qtbot)
    assert first.is_closed


def test_it_is_opened_in_a_browser_at_the_page_alone(app, link, qtbot):
    app.opening.open(f"{link}?whitelabel")
    found = sealed_window(app, qtbot)
    browsed = []
    found.desk._open_url = lambda url: browsed.append(url) or True
    press(qtbot, strip(found), "In the browser")
    assert browsed == [link]


def test_a_start_with_a_link_shows_it_instead_of_asking_for_a_key(qtbot, tmp_path, link):
    arguments = type("Typed", (), {"source": link, "command": "open"})
    assert gui._what_to_open(arguments) == {"link": link}
    with running(tmp_path, link=link) as app:
        assert isinstance(app.window.page, SignIn)
        qtbot.waitUntil(lambda: app.windows.front.workspace.is_sealed, timeout=WAIT)
        found = sealed_window(app, qtbot, 1)
        assert found.window.isVisible()


def test_a_link_that_leads_nowhere_says_so(app, server, qtbot):
    app.opening.open(f"{server.url}/shared/nosuchtoken")
    qtbot.waitUntil(lambda: "Nothing is shared at this link" in app.window.notice.text)
    assert len(app.windows.all) == 1


def test_a_page_with_a_password_asks_for_it(app, server, qtbot):
    token = ask(server, sharing.switch, "dashboards", 2, on=True).token
    ask(server, sharing.add_password, "dashboards", 2, "", "long enough")
    ask(server, sharing.change, "dashboards", 2, {"password_required": True})
    app.opening.open(f"{server.url}/shared/{token}")

    def dialog():
        found = [one for one in app.window.findChildren(PagePassword) if one.isVisible()]
        return found[0] if found else None

    for word, said in (("something else", ""), ("long enough", "not the password")):
        qtbot.waitUntil(lambda: dialog() is not None, timeout=WAIT)
        field = dialog().findChild(QLineEdit)
        assert said in field.accessibleDescription()
        qtbot.keyClicks(field, word)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dialog() is None, timeout=WAIT)
    assert sealed_window(app, qtbot).window.windowTitle().startswith("Product health")


def test_the_one_that_is_shared_from_the_start_is_the_one_that_is_read(server):
    assert ask(server, sharing.get, "dashboards", FIRST).token == OLD_TOKEN
