"""Changes for the team under way as the window turns to another session: no word is lost."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from phdesk.models.account import Account, Project
from phdesk.services.accounts import added
from phdesk.views.desk.edits import Edits
from phdesk.views.desk.insight_said import GIVEN_UP
from phdesk.views.desk.wording import NOT_HERE
from phdesk.views.dialogs.board_words import NameDialog, TextDialog
from phdesk.views.dialogs.trouble import Trouble
from tests.services.posthog import KEY, Gate
from tests.views.desk.with_boards import BEN

PATCH = "PATCH dashboards/9/"


@pytest.fixture
def desk(ada, server):
    ada.edits = Edits(ada.desk)
    server.special[PATCH] = Gate()
    return ada


def press(dialog, text):
    next(one for one in dialog.findChildren(QPushButton) if one.text() == text).click()


def write_card(desk, body="## News"):
    desk.edits.ask_text()
    dialog = desk.dialog(TextDialog)
    dialog.findChild(QPlainTextEdit).setPlainText(body)
    press(dialog, "Add for everyone")


def under_way(desk, server):
    desk.qtbot.waitUntil(lambda: server.running == 1)
    assert not desk.dialogs()


def reason(dialog):
    return dialog.findChild(Trouble).text()


def connects_anew(online):
    online.begin(online._parts.store.state.account, KEY, Project(id=7))


def test_a_text_under_way_as_the_same_account_connects_anew_comes_back(desk, server, online):
    write_card(desk)
    under_way(desk, server)
    connects_anew(online)
    dialog = desk.dialog(TextDialog)
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "## News"
    assert GIVEN_UP in reason(dialog)
    assert NOT_HERE not in reason(dialog)
    assert GIVEN_UP in desk.window.notice.text
    server.special.clear()
    press(dialog, "Add for everyone")
    desk.qtbot.waitUntil(lambda: "is on the dashboard" in desk.window.notice.text)
    assert len(server.changed) == 1
    assert not desk.dialogs()


def test_a_name_under_way_comes_back(desk, server, online):
    desk.edits.ask_name()
    desk.dialog(NameDialog).findChild(QLineEdit).setText("Ours")
    press(desk.dialog(NameDialog), "Save for everyone")
    under_way(desk, server)
    connects_anew(online)
    dialog = desk.dialog(NameDialog)
    assert dialog.findChild(QLineEdit).text() == "Ours"
    assert GIVEN_UP in reason(dialog)


def test_on_a_dashboard_of_the_same_number_of_another_account_nothing_is_written(
    desk, server, online
):
    write_card(desk)
    under_way(desk, server)
    server.special.clear()
    online.begin(BEN, KEY, Project(id=7))
    desk.qtbot.waitUntil(lambda: desk.state.account == BEN and desk.board is not None)
    for _ in range(2):
        dialog = desk.dialog(TextDialog)
        assert dialog.findChild(QPlainTextEdit).toPlainText() == "## News"
        assert NOT_HERE in reason(dialog)
        press(dialog, "Add for everyone")
    assert server.changed == []


def test_what_is_still_being_written_is_for_the_account_that_it_was_begun_in(desk, server, online):
    server.special.clear()
    desk.edits.ask_text()
    desk.dialog(TextDialog).findChild(QPlainTextEdit).setPlainText("## News")
    online.begin(BEN, KEY, Project(id=7))
    desk.qtbot.waitUntil(lambda: desk.state.account == BEN and desk.board is not None)
    press(desk.dialog(TextDialog), "Add for everyone")
    assert reason(desk.dialog(TextDialog)) == NOT_HERE
    assert server.changed == []


def test_a_change_without_words_is_told(desk, server, online):
    desk.edits.toggle_pin()
    under_way(desk, server)
    connects_anew(online)
    assert GIVEN_UP in desk.window.notice.text
    assert not desk.dialogs()


def test_where_another_account_is_forgotten_a_change_goes_on(desk, server, online):
    other = Account(id="other", host=BEN.host, email="o@example.org")
    desk.desk.preferences.change_accounts(added, other)
    desk.edits.toggle_pin()
    under_way(desk, server)
    with desk.qtbot.waitSignal(online.signed_out):
        online.forget("other")
    server.special[PATCH].open()
    desk.qtbot.waitUntil(lambda: "pinned for everyone" in desk.window.notice.text)


def test_a_text_under_way_comes_back_where_the_account_is_forgotten(desk, server, online):
    write_card(desk)
    under_way(desk, server)
    with desk.qtbot.waitSignal(online.signed_out):
        online.forget(desk.state.account.id)
    assert desk.dialog(TextDialog).findChild(QPlainTextEdit).toPlainText() == "## News"
    assert NOT_HERE in reason(desk.dialog(TextDialog))


def test_of_what_changes_nothing_nothing_is_said_later(desk, online):
    desk.edits.ask_name()
    press(desk.dialog(NameDialog), "Save for everyone")
    connects_anew(online)
    assert not desk.dialogs()
    assert desk.window.notice.text == ""
