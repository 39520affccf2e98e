import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox

from phdesk.views import theme as look
from phdesk.views.dialogs.store_size import MEGABYTE, StoreSize
from phdesk.views.widgets.meter import Meter

USED = 212 * MEGABYTE


@pytest.fixture
def store(qtbot):
    made = StoreSize(look.light())
    qtbot.addWidget(made)
    made.set_store(USED, 500)
    made.show()
    return made


def said(store):
    return "\n".join(one.text() for one in store.findChildren(QLabel) if one.isVisible())


def button(store, word):
    found = store.findChildren(QPushButton)
    return next(one for one in found if one.isVisible() and word in one.text().replace("&", ""))


@pytest.mark.parametrize(
    ("used", "limit", "words"),
    [
        (USED, 500, "212 of 500 MB kept on this computer"),
        (MEGABYTE // 2, 2000, "0.5 of 2,000 MB kept on this computer"),
        (USED, 100, "open, pinned and favourite dashboards always stay"),
        (None, 500, "its files cannot be written"),
    ],
)
def test_what_is_kept_is_said(store, used, limit, words):
    store.set_store(used, limit)
    assert words in said(store)
    assert store.findChild(Meter).accessibleName() in said(store)


def test_a_limit_is_a_wish_when_it_is_typed_whole_and_never_when_it_is_told(store, qtbot):
    heard, field = [], store.findChild(QSpinBox)
    store.limit_changed.connect(heard.append)
    field.clearFocus()
    store.set_store(USED, 10)  # as the file says
    assert (heard, field.value()) == ([], 10)
    field.selectAll()
    qtbot.keyClicks(field, "750")
    assert heard == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert heard == [750, 800]


def test_what_is_being_typed_is_left_alone(store, qtbot):
    field = store.findChild(QSpinBox)
    with qtbot.waitActive(store):
        store.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    qtbot.keyClicks(field, "75")
    store.set_store(USED, 500)
    assert field.lineEdit().text().startswith("75")


def test_nothing_is_removed_without_a_second_word(store, qtbot):
    heard = []
    store.clearing_requested.connect(lambda: heard.append("clear"))
    qtbot.keyClick(button(store, "Clear"), Qt.Key.Key_Space)
    assert "Removes what was kept of all accounts" in said(store)
    assert store.focusWidget() is button(store, "Keep")
    qtbot.keyClick(button(store, "Keep"), Qt.Key.Key_Space)
    assert "Removes" not in said(store)
    assert heard == []
    qtbot.keyClick(button(store, "Clear"), Qt.Key.Key_Space)
    qtbot.keyClick(button(store, "Remove"), Qt.Key.Key_Space)
    assert heard == ["clear"]
    store.set_clearing(clearing=True)
    assert not button(store, "Removing").isEnabled()


def test_where_nothing_is_kept_nothing_can_be_removed(store):
    store.set_store(0, 500)
    assert not button(store, "Clear").isEnabled()
