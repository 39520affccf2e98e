"""What a person does in several windows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.test_end_to_end import WAIT, sign_in

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (raise|grabbing the keyboard|propagateSizeHints)", extend=True
)


def whole(one):
    """Tell whether all tiles of a window's dashboard are there."""
    board = one.desk.state.dashboards.get(one.desk.open_id)
    if board is None or board.loading or board.progress is not None:
        return False
    insights = [held for held in board.tiles.values() if held.insight is not None]
    return bool(insights) and all(held.has_result for held in insights)


def ready(one):
    """Tell whether a window has all its parts."""
    return one._links is not None and one.window.isVisible()


def press(qtbot, one, key, modifiers=CTRL | SHIFT):
    one.window.activateWindow()
    qtbot.waitUntil(one.window.isActiveWindow)
    qtbot.waitUntil(lambda: ready(one))
    qtbot.keyClick(one.window, key, modifiers)


def opened(app, qtbot, count=2):
    """Wait for a window, and give it with all its parts."""
    qtbot.waitUntil(lambda: len(app.windows.all) == count, timeout=WAIT)
    qtbot.waitUntil(lambda: all(ready(one) for one in app.windows.all), timeout=WAIT)
    return app.windows.front


def second(app, qtbot):
    """Open a second window with its key."""
    first = app.front
    press(qtbot, first, Qt.Key.Key_N)
    return first, opened(app, qtbot)


def dialog(one, kind):
    return next(each for each in one.window.findChildren(kind) if each.isVisible())


def click(qtbot, widget, text):
    found = [one for one in widget.findChildren(QPushButton) if one.text() == text]
    qtbot.mouseClick(found[0], LEFT)


def titles(app):
    return sorted(one.window.windowTitle() for one in app.windows.all)


def add_account(app, one, qtbot, server):
    """Sign in to another server in a window."""
    one.sessions.show_sign_in()
    page = type("Page", (), {"window": one.window, "desk": one.desk})
    sign_in(page, qtbot, server)


def two_accounts(app, qtbot, other_server):
    """Leave the first window where it is, and let the second turn to another account."""
    first, other = second(app, qtbot)
    add_account(app, other, qtbot, other_server)
    qtbot.waitUntil(lambda: other not in app.windows.all, timeout=WAIT)
    turned = opened(app, qtbot)
    qtbot.waitUntil(lambda: whole(turned), timeout=WAIT)
    return first, turned
