"""The icon in the tray: its menu, and what it counts."""

import pytest
from PySide6.QtGui import QIcon

from phdesk import resources
from phdesk.views import theme as look
from phdesk.views.tray import Tray


@pytest.fixture
def tray(qtbot):
    made = Tray(QIcon(str(resources.path("icons/phdesk-64.png"))), look.light())
    qtbot.addWidget(made.menu)
    return made


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Open phdesk", "open_requested"),
        ("Inbox of alerts", "inbox_requested"),
        ("Quit", "quit_requested"),
    ],
)
def test_its_menu_opens_phdesk_and_the_inbox_and_quits(tray, qtbot, text, wish):
    action = next(one for one in tray.menu.actions() if one.text() == text)
    with qtbot.waitSignal(getattr(tray, wish)):
        action.trigger()


@pytest.mark.parametrize(
    ("count", "words"), [(0, "no new alerts"), (1, "1 alert"), (12, "12 alerts")]
)
def test_it_counts_alerts_in_words_and_on_the_icon(tray, count, words):
    plain = tray.icon.icon().pixmap(64).toImage()
    tray.set_count(count)
    assert tray.icon.toolTip() == f"phdesk: {words}"
    assert (tray.icon.icon().pixmap(64).toImage() == plain) is (count == 0)
