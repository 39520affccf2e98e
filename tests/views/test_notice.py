import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from phdesk.views import theme as look
from phdesk.views.notice import MAY_BREAK, Notice
from tests.views.dashboard.showing import exposed

ADDRESS = "https://eu.posthog.com/project/7/dashboard/9"


@pytest.fixture
def notice(qtbot):
    return exposed(qtbot, Notice(look.light()), 900, 40)


def in_order(notice):
    return sorted(notice.findChildren(QPushButton), key=lambda one: one.x())


def buttons(notice):
    return [one.text() for one in in_order(notice) if one.isVisible()]


def test_an_address_is_said_and_can_be_copied(notice):
    notice.set_address("No browser could be started.", ADDRESS)
    assert said(notice) == f"No browser could be started. The address is {ADDRESS}"
    assert buttons(notice) == ["Copy the address", "Close"]
    notice.findChild(QPushButton, "copy").click()
    assert QGuiApplication.clipboard().text() == ADDRESS
    assert buttons(notice) == ["Copied", "Close"]


def said(notice):
    return notice.text.replace(MAY_BREAK, "")


def test_a_long_address_is_cut_for_the_eye_only_and_widens_nothing(notice):
    long = f"https://example.org/{'a' * 3000}"
    notice.set_address("No browser.", long)
    assert notice.minimumSizeHint().width() < 480
    assert said(notice).endswith("aaa…")
    assert len(said(notice)) < 200
    notice.findChild(QPushButton, "copy").click()
    assert QGuiApplication.clipboard().text() == long


def test_the_newest_address_is_copied(notice):
    notice.set_address("No browser.", "https://example.org/old")
    notice.findChild(QPushButton, "copy").click()
    notice.set_address("No browser.", ADDRESS)
    assert buttons(notice) == ["Copy the address", "Close"]
    notice.findChild(QPushButton, "copy").click()
    assert QGuiApplication.clipboard().text() == ADDRESS


def test_other_words_have_nothing_to_copy(notice):
    notice.set_address("No browser.", ADDRESS)
    notice.set_message("Something else.")
    assert buttons(notice) == ["Close"]


def test_a_change_can_be_taken_back_and_looks_like_no_warning(notice, qtbot):
    look.apply(QApplication.instance(), look.light())
    asked = []
    notice.undo_requested.connect(asked.append)
    notice.set_undoable("“Signups” is marked blue for everyone.", "team")
    assert buttons(notice) == ["Undo", "Close"]
    assert notice.grab().toImage().pixelColor(2, 2) == look.light().accent_bg
    qtbot.mouseClick(notice.findChild(QPushButton, "undo"), Qt.MouseButton.LeftButton)
    assert asked == ["team"]
    assert not notice.isVisible()
    notice.set_message("Not changed.")
    assert buttons(notice) == ["Close"]
    assert notice.grab().toImage().pixelColor(2, 2) == look.light().warn_bg


def test_what_is_said_is_spoken_once(notice, monkeypatch):
    spoken = []
    monkeypatch.setattr("phdesk.views.notice.speak", lambda _widget, words: spoken.append(words))
    notice.set_undoable("“Signups” is marked blue for everyone.", "team")
    notice.set_message("Not changed.")
    assert spoken == ["“Signups” is marked blue for everyone.", "Not changed."]


def test_what_is_said_of_a_page_goes_with_it_and_all_else_stays(notice):
    notice.set_done("Nothing earlier is kept.", of_page=True)
    notice.leave_page()
    assert not notice.isVisible()
    for say in (notice.set_message, notice.set_done):
        say("The snapshot was saved.")
        notice.leave_page()
        assert notice.isVisible()
    notice.set_message("Of this page.", of_page=True)
    notice.set_undoable("The tile was removed.", "team")
    notice.leave_page()
    assert notice.isVisible()


def test_what_is_under_way_can_be_stopped(notice, qtbot):
    notice.set_under_way("Exporting tile 1 of 2…", "export")
    assert buttons(notice) == ["Cancel", "Close"]
    notice.set_under_way("Exporting tile 2 of 2…", "export")
    assert notice.text == notice.accessibleName() == "Exporting tile 2 of 2…"
    with qtbot.waitSignal(notice.stop_requested) as heard:
        qtbot.mouseClick(notice.findChild(QPushButton, "stop"), Qt.MouseButton.LeftButton)
    assert heard.args == ["export"]
    notice.set_under_way("Exporting tile 1 of 2…", "export")
    notice.set_done("Saved x.pdf.")
    assert buttons(notice) == ["Close"]
