"""The keys of a tile's chart."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from phdesk.views.dashboard.probe import Probe

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def by_key(probe: Probe, event: QKeyEvent) -> bool:
    """Answer a key on a tile with the keyboard; False for keys that mean something else.

    Shift with Left or Right reads bucket after bucket, Space pins, + zooms in, 0 shows all again,
    1 to 9 hide a name of the legend or show it, with Alt alone, Escape takes the last of it back.
    """
    key, held = event.key(), event.modifiers()
    if held & Qt.KeyboardModifier.ControlModifier:
        return False
    if held & Qt.KeyboardModifier.ShiftModifier and Qt.Key(key) in STEPS:
        probe.step(STEPS[Qt.Key(key)])
    elif key == Qt.Key.Key_Space:
        probe.unpin() if probe.pinned is not None else probe.pin()
    elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
        probe.zoom_in()
    elif key == Qt.Key.Key_Escape:
        return probe.escape()
    elif key == Qt.Key.Key_0:
        return probe.reset()
    elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
        alone = bool(held & Qt.KeyboardModifier.AltModifier)
        probe.choose(key - Qt.Key.Key_1, alone=alone)
    else:
        return False
    return True
