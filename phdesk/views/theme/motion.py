"""Whether things may move on screen."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyle, QWidget


def motion_wanted(widget: QWidget) -> bool:
    """Ask the desktop, as far as Qt tells: the style's duration, and on Windows its effects."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    if widget.style().styleHint(hint, None, widget) <= 0:
        return False
    return sys.platform != "win32" or QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
