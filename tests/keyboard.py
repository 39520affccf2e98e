"""A person with a keyboard and no mouse: presses keys where the keyboard is, and nowhere else."""

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

Key, Mod = Qt.Key, Qt.KeyboardModifier
CTRL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier
FAR = 120  # presses of Tab after which a control counts as out of reach


class Keyboard:
    """Keys go to the widget that has the keyboard, or to the menu that is open."""

    def __init__(self, window, qtbot, timeout):
        self._window, self._qtbot, self._timeout = window, qtbot, timeout
        window.activateWindow()
        self.wait(window.isActiveWindow)

    def wait(self, until):
        self._qtbot.waitUntil(until, timeout=self._timeout)

    @property
    def here(self):
        """The widget that keys would reach."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        return QApplication.focusWidget()

    @property
    def name(self):
        """What a screen reader says of the control that has the keyboard."""
        here = self.here
        face = QAccessible.queryAccessibleInterface(here) if here is not None else None
        return face.text(QAccessible.Text.Name) if face is not None else ""

    def press(self, key, held=Mod.NoModifier, times=1):
        for _ in range(times):
            self._settle()
            QTest.keyClick(self.here, key, held)
            _turn()

    def _settle(self):
        """Make the window active after a dialog, as window managers do."""
        if QApplication.activeWindow() is None:
            self._window.activateWindow()
        self.wait(lambda: self.here is not None)

    def write(self, text):
        self._settle()
        for letter in text:
            QTest.keyClicks(self.here, letter)
            _turn()

    def tab_to(self, wanted, *, back=False):
        """Walk with Tab until a control says these words."""
        passed = []
        for _ in range(FAR):
            if wanted in self.name:
                return
            passed.append(self.name)
            if back:
                self.press(Key.Key_Backtab, SHIFT)
            else:
                self.press(Key.Key_Tab)
        raise AssertionError(f"{wanted!r} is out of reach; passed {list(dict.fromkeys(passed))}")

    def choose(self, text):
        """Walk down the open menu to an entry and take it, or go into its submenu."""
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        entries = [one for one in menu.actions() if one.isVisible() and not one.isSeparator()]
        for _ in range(len(entries) + 1):
            active = menu.activeAction()
            if active is not None and text in active.text():
                break
            self.press(Key.Key_Down)
        else:
            raise AssertionError([one.text() for one in entries])
        if menu.activeAction().menu() is not None:
            self.press(Key.Key_Right)
            self.wait(lambda: QApplication.activePopupWidget() is not menu)
        else:
            self.press(Key.Key_Return)

    def find(self, words):
        """Do something by its name, or open something, with the palette."""
        self.press(Key.Key_K, CTRL)
        self.wait(lambda: "ind" in self.name)
        self.write(words)
        self.press(Key.Key_Return)


def _turn():
    """Let the app answer a key before the next one, as it does for hands."""
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()
