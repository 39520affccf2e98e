import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from phdesk.models.account import EU_HOST, US_HOST
from phdesk.models.failure import Cause, Failure
from phdesk.views import theme as look
from phdesk.views.dialogs.sign_in import SignIn
from tests.noting import noting
from tests.views.dialogs.focus import names_of_focusable

KEY = "phx_verysecret123"
REFUSED = Failure(
    cause=Cause.WRONG_REGION,
    message="US Cloud does not know this key.",
    detail="<b>invalid</b>",
    status=401,
)


@pytest.fixture
def page(qtbot):
    page = SignIn(look.light())
    qtbot.addWidget(page)
    page.resize(900, 640)
    with qtbot.waitExposed(page, timeout=5_000):
        page.show()
    page.activateWindow()
    page.asked = []
    page.sign_in_requested.connect(noting(page.asked))
    return page


def find(page, kind, name):
    return next(
        one for one in page.findChildren(kind) if name in (one.accessibleName(), _text(one))
    )


def _text(widget):
    return widget.text() if hasattr(widget, "text") else ""


def field(page):
    return find(page, QLineEdit, "Personal API key")


def submit(page):
    return next(one for one in page.findChildren(QPushButton) if one.property("primary"))


def shown_texts(page):
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def focus_on(qtbot, page, widget, most=30):
    for _ in range(most):
        if QApplication.focusWidget() is widget:
            return
        qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {widget.accessibleName() or _text(widget)}")


def test_the_whole_sign_in_goes_by_keyboard(qtbot, page):
    us = find(page, QRadioButton, "US Cloud")
    us.setFocus()
    qtbot.keyClick(us, Qt.Key.Key_Right)
    assert find(page, QRadioButton, "EU Cloud").isChecked()
    focus_on(qtbot, page, field(page))
    qtbot.keyClicks(field(page), KEY)
    focus_on(qtbot, page, find(page, QCheckBox, "Keep me signed in on this computer"))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    focus_on(qtbot, page, submit(page))
    qtbot.keyClick(submit(page), Qt.Key.Key_Space)
    assert page.asked == [(EU_HOST, KEY, None, False)]


def test_enter_in_the_key_field_signs_in(qtbot, page):
    qtbot.keyClicks(field(page), KEY)
    qtbot.keyClick(field(page), Qt.Key.Key_Return)
    assert page.asked == [(US_HOST, KEY, None, True)]


def test_without_a_key_there_is_nothing_to_send(qtbot, page):
    assert not submit(page).isEnabled()
    qtbot.keyClick(field(page), Qt.Key.Key_Return)
    assert page.asked == []


def test_a_key_pasted_with_quotes_and_line_ends_is_cleaned(qtbot, page):
    QGuiApplication.clipboard().setText(f'  "{KEY}"\n')
    qtbot.keyClick(field(page), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field(page), Qt.Key.Key_Return)
    assert page.asked == [(US_HOST, KEY, None, True)]


def test_a_project_key_is_refused_before_it_is_sent(qtbot, page):
    qtbot.keyClicks(field(page), "phc_abc")
    assert not submit(page).isEnabled()
    assert any("This is a project key (phc_…)" in text for text in shown_texts(page))
    qtbot.keyClick(field(page), Qt.Key.Key_Return)
    assert page.asked == []


def test_an_own_address_is_asked_for_and_checked(qtbot, page):
    address = find(page, QLineEdit, "Address of your PostHog")
    assert not address.isVisible()
    qtbot.mouseClick(find(page, QRadioButton, "Self-hosted PostHog"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field(page), KEY)
    assert address.isVisible()
    assert not submit(page).isEnabled()
    qtbot.keyClicks(address, "us.i.posthog.com")
    assert any("only takes in data" in text for text in shown_texts(page))
    assert not submit(page).isEnabled()
    address.selectAll()
    qtbot.keyClicks(address, "ph.example.com/login")
    qtbot.keyClick(address, Qt.Key.Key_Return)
    assert page.asked == [("https://ph.example.com", KEY, None, True)]


def test_a_failure_is_one_sentence_with_details_behind_a_button(qtbot, page):
    qtbot.keyClicks(field(page), KEY)
    page.set_busy(True)
    page.set_failure(REFUSED)
    assert REFUSED.message in shown_texts(page)
    assert "HTTP 401\n<b>invalid</b>" not in shown_texts(page)
    qtbot.mouseClick(find(page, QToolButton, "Details"), Qt.MouseButton.LeftButton)
    assert "HTTP 401\n<b>invalid</b>" in shown_texts(page)
    assert field(page).text() == KEY
    assert submit(page).isEnabled()


def test_trying_the_other_region_switches_and_sends_nothing(qtbot, page):
    qtbot.keyClicks(field(page), KEY)
    page.set_failure(REFUSED)
    qtbot.mouseClick(find(page, QPushButton, "Try the EU region"), Qt.MouseButton.LeftButton)
    assert find(page, QRadioButton, "EU Cloud").isChecked()
    assert page.asked == []
    assert REFUSED.message not in shown_texts(page)
    qtbot.mouseClick(submit(page), Qt.MouseButton.LeftButton)
    assert page.asked == [(EU_HOST, KEY, None, True)]


@pytest.mark.parametrize(
    ("host", "cause"),
    [
        pytest.param("https://ph.example.com", Cause.WRONG_KEY, id="own address"),
        pytest.param(US_HOST, Cause.WRONG_KEY, id="another kind of key"),
        pytest.param(US_HOST, Cause.NETWORK, id="no network"),
    ],
)
def test_the_other_region_is_offered_only_for_a_key_that_may_be_of_it(page, host, cause):
    page.set_host(host)
    page.set_failure(Failure(cause=cause, message="No."))
    offered = [one for one in page.findChildren(QPushButton) if one.text().startswith("Try the")]
    assert not any(one.isVisible() for one in offered)


def test_while_a_key_is_checked_nothing_can_be_sent_again(qtbot, page):
    qtbot.keyClicks(field(page), KEY)
    page.set_busy(True)
    assert submit(page).text() == "Checking the key…"
    assert not submit(page).isEnabled()
    assert not field(page).isEnabled()
    page.set_busy(False)
    assert submit(page).isEnabled()


def test_after_success_the_key_is_gone_also_from_undo(qtbot, page):
    qtbot.keyClicks(field(page), KEY)
    page.set_signed_in()
    qtbot.keyClick(field(page), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field(page).text() == ""
    assert not submit(page).isEnabled()


def test_the_key_can_be_shown_and_is_covered_when_the_page_goes(qtbot, page):
    qtbot.keyClicks(field(page), KEY)
    qtbot.mouseClick(find(page, QToolButton, "Show the key"), Qt.MouseButton.LeftButton)
    assert field(page).echoMode() == QLineEdit.EchoMode.Normal
    page.hide()
    assert field(page).echoMode() == QLineEdit.EchoMode.Password


def test_the_key_is_in_no_accessible_text_and_no_repr(qtbot, page):
    qtbot.keyClicks(field(page), KEY)
    for widget in [page, *page.findChildren(QWidget)]:
        interface = QAccessible.queryAccessibleInterface(widget)
        texts = [interface.text(role) for role in QAccessible.Text if role.value < 5]
        assert not any(KEY in text for text in texts)
        assert KEY not in repr(widget)
        assert KEY not in widget.toolTip()


def test_the_project_is_asked_for_only_when_the_key_cannot_tell(qtbot, page):
    project = find(page, QLineEdit, "Project id")
    assert not project.isVisible()
    qtbot.keyClicks(field(page), KEY)
    page.ask_project("This key cannot list projects.")
    assert project.isVisible()
    assert "This key cannot list projects." in shown_texts(page)
    assert not submit(page).isEnabled()
    qtbot.keyClicks(project, "77")
    qtbot.keyClick(project, Qt.Key.Key_Return)
    assert page.asked == [(US_HOST, KEY, 77, True)]


def test_without_a_keyring_nothing_is_promised(qtbot, page):
    page.set_keyring_state("No keyring here: the key is kept until you quit.", False)
    box = find(page, QCheckBox, "Keep me signed in on this computer")
    assert not box.isEnabled()
    assert not box.isChecked()
    qtbot.keyClicks(field(page), KEY)
    qtbot.keyClick(field(page), Qt.Key.Key_Return)
    assert page.asked == [(US_HOST, KEY, None, False)]


def test_creating_a_key_names_the_chosen_host(qtbot, page):
    page.set_host(EU_HOST)
    with qtbot.waitSignal(page.create_key_requested) as wish:
        qtbot.mouseClick(find(page, QPushButton, "Create a key"), Qt.MouseButton.LeftButton)
    assert wish.args == [EU_HOST]


def test_the_demo_needs_no_key(qtbot, page):
    with qtbot.waitSignal(page.demo_requested):
        qtbot.mouseClick(find(page, QPushButton, "Explore the demo"), Qt.MouseButton.LeftButton)
    assert page.asked == []


def test_esc_leads_back_only_where_there_is_a_way_back(qtbot, page):
    with qtbot.assertNotEmitted(page.cancel_requested):
        qtbot.keyClick(field(page), Qt.Key.Key_Escape)
    page.set_can_cancel(True)
    with qtbot.waitSignal(page.cancel_requested):
        qtbot.keyClick(field(page), Qt.Key.Key_Escape)


def test_the_needed_scopes_unfold_and_are_copied_least_first(qtbot, page):
    qtbot.mouseClick(
        find(page, QToolButton, "Which scopes the key needs"), Qt.MouseButton.LeftButton
    )
    copy = find(page, QPushButton, "Copy the list of scopes")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied == ["user:read", "project:read", "dashboard:read", "insight:read", "query:read"]


def test_setting_state_sends_no_wish(qtbot, page):
    qtbot.keyClicks(field(page), KEY)
    page.set_host(EU_HOST)
    page.set_keyring_state("GNOME Keyring", True)
    page.set_failure(REFUSED)
    page.set_theme(look.dark())
    page.set_signed_in()
    assert page.asked == []


def test_every_control_has_a_name(page):
    page.set_can_cancel(True)
    page.set_failure(REFUSED)
    page.ask_project("Why.")
    names = names_of_focusable(page)
    assert len(names) > 10
    assert all(names.values()), names


def test_the_key_can_be_typed_at_once(page):
    page.setFocus()
    assert page.focusWidget().accessibleName() == "Personal API key"
