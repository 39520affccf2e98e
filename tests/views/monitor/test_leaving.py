import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from phdesk.core.wall.pin import FREE_TRIES, hashed
from phdesk.views.charts.ink import Ink
from phdesk.views.monitor import leaving as room
from phdesk.views.monitor import pin_entry
from phdesk.views.monitor.leaving import Hint, Leaving
from phdesk.views.monitor.pin_entry import PinEntry
from phdesk.views.theme import dark

PIN = hashed("2468", b"0123456789abcdef")
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Wall(QWidget):
    """Notes what gets through to it."""

    def __init__(self):
        super().__init__()
        self.typed, self.clicks, self.closes = [], 0, 0
        self.resize(960, 540)

    def keyPressEvent(self, event):  # noqa: N802
        self.typed.append(Qt.Key(event.key()))

    def mousePressEvent(self, _event):  # noqa: N802
        self.clicks += 1

    def contextMenuEvent(self, _event):  # noqa: N802
        self.clicks += 1

    def closeEvent(self, _event):  # noqa: N802
        self.closes += 1


class Guarded:
    """A wall with its guard, and hands on its keyboard."""

    def __init__(self, qtbot):
        self.window = Wall()
        qtbot.addWidget(self.window)
        self.now, self.left = 1000.0, 0
        ink = Ink(dark(), 2.0)
        self.guard = Leaving(self.window, lambda: ink, lambda: self.now)
        self.guard.left.connect(self._on_left)
        self.window.show()
        qtbot.waitUntil(self.window.isVisible)
        self.window.activateWindow()

    def _on_left(self):
        self.left += 1

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.window.windowHandle(), key, modifiers)

    def chord(self):
        self.press(Qt.Key.Key_L, CTRL_SHIFT)

    def type(self, text):
        for letter in text:
            self.press(getattr(Qt.Key, f"Key_{letter}"))
        self.press(Qt.Key.Key_Return)

    @property
    def hint(self):
        found = self.window.findChildren(Hint)
        return found[0].text() if found and found[0].isVisible() else ""

    @property
    def entry(self):
        return self.window.findChild(PinEntry)


@pytest.fixture
def locked(qtbot):
    one = Guarded(qtbot)
    one.guard.set_lock(locked=True)
    return one


@pytest.fixture
def with_pin(locked):
    locked.guard.set_lock(locked=True, pin=PIN)
    return locked


@pytest.fixture
def free(qtbot):
    one = Guarded(qtbot)
    one.guard.set_lock(locked=False)
    return one


def test_a_locked_wall_is_left_by_its_chord(locked):
    locked.chord()
    assert locked.left == 1


@pytest.mark.parametrize(
    ("letter", "place", "left"),
    [("Д", room.PLACE, 1), ("Λ", room.PLACE, 1), ("Л", room.PLACE - 1, 0), ("K", room.PLACE, 0)],
    ids=["russian", "greek", "another place", "another latin board"],
)
def test_letters_that_are_not_latin_have_the_chord_at_the_same_place(locked, letter, place, left):
    event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), CTRL_SHIFT, place, 0, 0, letter)
    QApplication.sendEvent(locked.window.windowHandle(), event)
    assert locked.left == left
    assert bool(locked.hint) is not bool(left)


def test_a_locked_wall_says_how_it_is_left_and_is_calm_again(locked, qtbot, monkeypatch):
    monkeypatch.setattr(room, "HINT_STAYS", 30)
    locked.press(Qt.Key.Key_Escape)
    assert locked.hint == "This wall is locked. Press Ctrl+Shift+L to leave."
    assert locked.left == 0
    qtbot.waitUntil(lambda: not locked.hint)


def test_of_all_keys_a_locked_wall_takes_those_of_its_rotation(locked):
    through = [Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_N, Qt.Key.Key_P]
    for key in [*through, Qt.Key.Key_E, Qt.Key.Key_F5, Qt.Key.Key_Menu, Qt.Key.Key_Q]:
        locked.press(key)
    locked.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert locked.window.typed == through
    assert locked.left == 0


def test_a_locked_wall_takes_no_click_and_opens_no_menu(locked):
    handle, place = locked.window.windowHandle(), QPoint(100, 100)
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        QTest.mouseClick(handle, button, Qt.KeyboardModifier.NoModifier, place)
    assert locked.window.clicks == 0


def test_a_locked_wall_cannot_be_closed_but_by_phdesk(locked, qtbot):
    locked.window.close()
    assert locked.window.isVisible()
    assert locked.window.closes == 0
    qtbot.waitUntil(lambda: "to leave" in locked.hint)
    locked.guard.release()
    locked.window.close()
    assert (locked.window.closes, locked.left) == (1, 0)


def test_a_pin_is_asked_for_when_there_is_one(with_pin):
    with_pin.chord()
    assert with_pin.left == 0
    assert with_pin.entry.isVisible()
    with_pin.type("2468")
    assert with_pin.left == 1
    assert not with_pin.entry.isVisible()
    assert with_pin.window.typed == [], "nothing of it reached the wall"


def test_the_entry_goes_with_escape_and_keeps_nothing(with_pin):
    with_pin.chord()
    with_pin.press(Qt.Key.Key_2)
    assert with_pin.entry.field.text() == "2"
    with_pin.press(Qt.Key.Key_Escape)
    assert not with_pin.entry.isVisible()
    assert with_pin.entry.field.text() == ""
    with_pin.press(Qt.Key.Key_Space)
    assert with_pin.window.typed == [Qt.Key.Key_Space]
    assert with_pin.left == 0


def test_the_entry_goes_by_itself_when_nobody_types(with_pin, qtbot, monkeypatch):
    monkeypatch.setattr(pin_entry, "STAYS", 30)
    with_pin.chord()
    qtbot.waitUntil(lambda: not with_pin.entry.isVisible())
    assert with_pin.left == 0


def test_wrong_pins_are_taken_ever_more_slowly(with_pin):
    with_pin.chord()
    for _ in range(FREE_TRIES):
        with_pin.type("1357")
    assert "The next is taken in 30 s" in with_pin.entry.note
    with_pin.type("2468")
    assert with_pin.left == 0, "not even the right one"
    with_pin.press(Qt.Key.Key_Escape)
    with_pin.chord()
    assert "The next is taken in" in with_pin.entry.note, "nor by asking again"
    with_pin.press(Qt.Key.Key_Escape)
    with_pin.now += 31
    with_pin.chord()
    with_pin.type("2468")
    assert with_pin.left == 1


def test_the_wait_is_counted_down_where_it_is_read(with_pin, qtbot, monkeypatch):
    monkeypatch.setattr(pin_entry, "SECOND", 2)
    with_pin.chord()
    for _ in range(FREE_TRIES):
        with_pin.type("1357")
    qtbot.waitUntil(lambda: with_pin.entry.note == pin_entry.HOW)
    with_pin.now += 30
    with_pin.type("2468")
    assert with_pin.left == 1


def test_a_lock_without_a_pin_after_one_with_it_asks_for_none(with_pin):
    with_pin.chord()
    with_pin.guard.set_lock(locked=True)
    assert not with_pin.entry.isVisible()
    with_pin.chord()
    assert with_pin.left == 1


def test_a_wall_without_a_lock_is_left_by_escape(free):
    free.press(Qt.Key.Key_Escape)
    assert free.left == 1
    assert free.hint == ""


def test_a_wall_without_a_lock_takes_all_else(free):
    free.press(Qt.Key.Key_E)
    QTest.mouseClick(
        free.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    assert (free.window.typed, free.window.clicks) == ([Qt.Key.Key_E], 1)
    free.window.close()
    assert (free.window.closes, free.left) == (0, 1), "whoever hears it closes all walls"


def test_what_is_typed_can_be_read_and_is_named(with_pin):
    with_pin.chord()
    entry = with_pin.entry
    assert entry.field.accessibleName() == "PIN to leave this wall"
    assert entry.field.font().pixelSize() >= 32, "read from some metres"
    assert entry.field.displayText() == ""
    with_pin.press(Qt.Key.Key_7)
    assert "7" not in entry.field.displayText()
    assert with_pin.window.rect().contains(entry.geometry())
