"""Addresses of PostHog open what they name, in whichever account and project that is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from phdesk.models.account import Account
from phdesk.services.accounts import added
from phdesk.services.credentials import SERVICE
from phdesk.views.desk.links import Links
from phdesk.views.explore.explore import Explore
from tests.services.posthog import HOST, KEY

CTRL = Qt.KeyboardModifier.ControlModifier
BOB = Account(id="us.posthog.com-u1", host="https://us.posthog.com", project_id=8)


@pytest.fixture
def linked(ada, qtbot):
    ada.large = Explore(ada.desk.theme)
    qtbot.addWidget(ada.large)

    def show(tile_id):
        ada.tiles.show(ada.large, tile_id)

    ada.tiles.explore_requested.connect(show)
    ada.links = Links(ada.desk, ada.pages, ada.tiles)
    return ada


def pasted(linked, qtbot, text):
    QApplication.clipboard().setText(text)
    linked.window.notice.clear()
    qtbot.keyClick(linked.window, Qt.Key.Key_V, CTRL)


def test_a_pasted_dashboard_opens(linked, qtbot):
    pasted(linked, qtbot, f"{HOST}/project/7/dashboard/12")
    assert linked.desk.open_id == 12


def test_a_pasted_insight_opens_large_on_its_dashboard(linked, qtbot):
    pasted(linked, qtbot, f"{HOST}/project/7/insights/short102")
    assert linked.window.page is linked.large
    assert linked.large._view.title == "Insight 102"


def test_an_insight_on_no_dashboard_is_read_and_shown_by_itself(linked, qtbot):
    pasted(linked, qtbot, f"{HOST}/project/7/insights/177")
    linked.shows(linked.large)
    assert linked.large._view.title == "Insight 177"
    qtbot.keyClick(linked.large, Qt.Key.Key_Escape)
    linked.shows(linked.screen)


def test_another_project_is_turned_to_first(linked, qtbot):
    pasted(linked, qtbot, f"{HOST}/project/8/dashboard/21")
    assert linked.state.project.id == 8
    assert linked.desk.open_id == 21


def test_another_account_is_turned_to_first(linked, qtbot, vault):
    vault.kept[SERVICE, BOB.id] = KEY
    linked.parts.preferences.change_accounts(added, BOB)
    pasted(linked, qtbot, f"{BOB.host}/project/8/dashboard/21")
    qtbot.waitUntil(lambda: linked.state.account == BOB)
    qtbot.waitUntil(lambda: linked.desk.open_id == 21)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("https://posthog.example/dashboard/3", "Nobody is signed in to https://posthog.example."),
        ("buy milk", "This is neither a dashboard's number"),
        ("", "This is neither a dashboard's number"),
    ],
    ids=["a stranger", "words", "nothing"],
)
def test_what_cannot_be_opened_says_why_and_changes_nothing(linked, qtbot, text, words):
    pasted(linked, qtbot, text)
    assert linked.window.notice.text.startswith(words)
    assert (linked.desk.open_id, linked.window.page) == (9, linked.screen)


def test_an_address_given_at_the_start_waits_for_the_account(
    parts, windowed, signed_out, online, qtbot
):
    windowed.pages.start(None)
    links = Links(windowed.desk, windowed.pages, windowed.tiles)
    links.open_once_signed_in(f"{HOST}/project/7/dashboard/9")
    assert windowed.desk.open_id is None
    windowed.desk.set_online(online)
    online.resume()
    qtbot.waitUntil(lambda: windowed.desk.open_id == 9)
    windowed.shows(windowed.screen)
