"""What a person wrote in a form is not lost by a single key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from phdesk.core import alert_entry
from phdesk.core.subscription_entry import entry_of, first_draft
from phdesk.models.dashboard import DashboardDraft
from phdesk.views import theme as look
from phdesk.views.dialogs.alerts_form import AlertForm
from phdesk.views.dialogs.board_words import NameDialog, TextDialog
from phdesk.views.dialogs.copy_dashboard import CopyDashboard
from phdesk.views.dialogs.new_dashboard import NewDashboard, StartField
from phdesk.views.dialogs.sharing import Sharing
from phdesk.views.dialogs.subscriptions_form import SubscriptionForm
from phdesk.views.dialogs.watch import WatchDialog
from tests.core.watching.making import NOON, watch
from tests.views.dashboard.showing import exposed

KEY = Qt.Key


def named(parent):
    made = NameDialog(look.light(), parent)
    made.set_words("Weekly", "For growth", ["growth"])
    return made


def text(parent):
    made = TextDialog(look.light(), parent, new=False)
    made.set_text("## Ours")
    return made


def subscription(parent):
    made = SubscriptionForm(look.light(), "New subscription", "Subscribe them", parent)
    made.set_targets(["email"])
    made.set_entry(entry_of(first_draft("Weekly", NOON)))
    return made


def alert(parent):
    made = AlertForm(look.light(), "New alert", "Make the alert", parent)
    made.set_entry(alert_entry.Entry(name="Weekly", upper="10"))
    return made


def copy(parent):
    made = CopyDashboard(look.light(), "Weekly", parent)
    made.set_draft(DashboardDraft(name="Weekly (copy)", description="For growth"))
    return made


def new(parent):
    return NewDashboard(look.light(), parent)


def shared(parent):
    return Sharing(look.light(), "Weekly", parent)


def watched(parent):
    made = WatchDialog(look.light(), watch(name="Weekly"), "Weekly", parent)
    made.findChild(QLineEdit).setText("Weekly")
    return made


FORMS = [named, text, subscription, alert, copy, new, shared, watched]


@pytest.fixture
def opened(qtbot):
    parent = exposed(qtbot, QWidget())

    def open_(make):
        dialog = make(parent)
        dialog.open()
        qtbot.waitUntil(dialog.isVisible)
        return dialog

    return open_


def field_of(form):
    """Give a field of a form: the largest there is, and no search."""
    inside = form.written_in
    return inside.findChild(QPlainTextEdit) or inside.findChild(QLineEdit)


def asked(form):
    return next((one for one in form.findChildren(QMessageBox) if one.isVisible()), None)


def press(form, words):
    next(one for one in asked(form).findChildren(QPushButton) if one.text() == words).click()


@pytest.mark.parametrize("make", FORMS)
def test_esc_leaves_a_form_in_which_nothing_was_written(opened, qtbot, make):
    form = opened(make)
    with qtbot.waitSignal(form.rejected):
        qtbot.keyClick(field_of(form), KEY.Key_Escape)


@pytest.mark.parametrize("answer", [KEY.Key_Escape, KEY.Key_Return, KEY.Key_Enter])
@pytest.mark.parametrize("make", FORMS)
def test_esc_asks_before_it_drops_what_was_written(opened, qtbot, make, answer):
    form = opened(make)
    qtbot.keyClicks(field_of(form), "Ask Ada")
    qtbot.keyClick(field_of(form), KEY.Key_Escape)
    assert form.isVisible()
    qtbot.keyClick(asked(form), answer)
    qtbot.waitUntil(lambda: asked(form) is None)
    assert form.isVisible()
    assert form.is_written


@pytest.mark.parametrize("make", FORMS)
def test_who_discards_what_was_written_has_left(opened, qtbot, make):
    form = opened(make)
    qtbot.keyClicks(field_of(form), "Ask Ada")
    qtbot.keyClick(field_of(form), KEY.Key_Escape)
    with qtbot.waitSignal(form.rejected):
        press(form, "Discard")


def test_cancel_means_it(opened, qtbot):
    form = opened(text)
    qtbot.keyClicks(field_of(form), "Ask Ada")
    with qtbot.waitSignal(form.rejected):
        next(one for one in form.findChildren(QPushButton) if one.text() == "Cancel").click()


def test_what_was_refused_and_came_back_is_asked_about(opened, qtbot):
    form = opened(text)
    form.set_wrong({"text": "Too long."})
    qtbot.keyClick(field_of(form), KEY.Key_Escape)
    assert form.isVisible()
    assert asked(form)


def test_who_closes_the_window_of_a_form_is_asked_too(opened, qtbot):
    form = opened(text)
    qtbot.keyClicks(field_of(form), "Ask Ada")
    QApplication.sendEvent(form.windowHandle(), QCloseEvent())  # as a press on its frame does
    qtbot.waitUntil(lambda: asked(form) is not None)
    assert form.isVisible()


def test_a_form_that_the_program_closes_asks_nothing(opened, qtbot):
    form = opened(subscription)
    qtbot.keyClicks(field_of(form), "Ask Ada")
    qtbot.keyClick(field_of(form), KEY.Key_Escape)
    with qtbot.waitSignal(form.finished):
        form.close()


def test_a_search_is_nothing_written(opened, qtbot):
    form = opened(new)
    qtbot.keyClicks(form.findChild(StartField), "grow")
    with qtbot.waitSignal(form.rejected):
        qtbot.keyClick(form.findChild(StartField), KEY.Key_Escape)
