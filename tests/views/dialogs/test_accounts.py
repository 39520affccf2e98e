import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from phdesk.core.unsaved import Unsaved
from phdesk.models.account import EU_HOST, Account
from phdesk.views import theme as look
from phdesk.views.dialogs.accounts import Accounts
from tests.views.dialogs.focus import names_of_focusable

MIA = Account(
    id="a", host=EU_HOST, email="mia@example.com", name="Mia", project_id=3, project_name="Web"
)
KEY_ONLY = Account(id="b", host="https://ph.example.com", project_id=77)


@pytest.fixture
def dialog(qtbot):
    dialog = Accounts(look.light())
    qtbot.addWidget(dialog)
    dialog.set_accounts([MIA, KEY_ONLY], "a")
    with qtbot.waitExposed(dialog, timeout=5_000):
        dialog.show()
    return dialog


def button(dialog, text):
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


def click(qtbot, dialog, text):
    qtbot.mouseClick(button(dialog, text), Qt.MouseButton.LeftButton)


def test_accounts_say_who_where_and_what(dialog):
    rows = dialog.findChild(QListWidget)
    assert [rows.item(row).text() for row in range(rows.count())] == [
        "Mia (in use)\nmia@example.com · EU · Web",
        "ph.example.com\nproject 77",
    ]


def test_one_switches_to_another_account_only(qtbot, dialog):
    assert not button(dialog, "Switch").isEnabled()
    qtbot.keyClick(dialog.findChild(QListWidget), Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.switch_requested) as wish:
        click(qtbot, dialog, "Switch")
    assert wish.args == ["b"]


def test_adding_is_a_wish(qtbot, dialog):
    with qtbot.waitSignal(dialog.add_requested):
        click(qtbot, dialog, "Add account")


def test_enter_in_the_list_forgets_nobody(qtbot, dialog):
    forgotten, list_ = [], dialog.findChild(QListWidget)
    dialog.forget_requested.connect(forgotten.append)
    click(qtbot, dialog, "Forget…")
    assert button(dialog, "Forget this account").isVisible()
    list_.setFocus()
    qtbot.keyClick(list_, Qt.Key.Key_Return)
    assert forgotten == []


def test_forgetting_asks_first_and_says_what_goes(qtbot, dialog):
    forgotten = []
    dialog.forget_requested.connect(forgotten.append)
    click(qtbot, dialog, "Forget…")
    words = " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    assert "Forget Mia? Its key is removed from this computer, and all cached data of it." in words
    assert forgotten == []
    assert button(dialog, "Keep it").hasFocus()
    click(qtbot, dialog, "Forget this account")
    assert forgotten == ["a"]


def test_forgetting_names_what_was_not_saved_also_when_that_is_known_late(qtbot, dialog):
    click(qtbot, dialog, "Forget…")
    dialog.set_unsaved({"a": Unsaved(("Visits", "Orders"), 1), "b": Unsaved(("Elsewhere",))})
    words = " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    lost = (
        "What you did not save is lost: the insights “Visits” and “Orders” and 1 layout of yours."
    )
    assert lost in words
    assert lost in button(dialog, "Forget this account").accessibleDescription()


def test_keeping_the_account_forgets_nothing(qtbot, dialog):
    with qtbot.assertNotEmitted(dialog.forget_requested):
        click(qtbot, dialog, "Forget…")
        qtbot.keyClick(button(dialog, "Keep it"), Qt.Key.Key_Space)
    assert not button(dialog, "Forget this account").isVisible()


def test_choosing_another_account_withdraws_the_question(qtbot, dialog):
    click(qtbot, dialog, "Forget…")
    qtbot.keyClick(dialog.findChild(QListWidget), Qt.Key.Key_Down)
    assert not button(dialog, "Forget this account").isVisible()


def test_without_accounts_one_can_only_add(dialog):
    dialog.set_accounts([])
    assert not button(dialog, "Switch").isEnabled()
    assert not button(dialog, "Forget…").isEnabled()
    assert button(dialog, "Add account").isEnabled()


def test_every_control_has_a_name(qtbot, dialog):
    click(qtbot, dialog, "Forget…")
    assert all(names_of_focusable(dialog).values())


def test_an_empty_list_says_so(qtbot, dialog):
    dialog.set_accounts([])
    assert not dialog.findChild(QListWidget).isVisible()
    words = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert "No account is kept on this computer." in words
