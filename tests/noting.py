"""Keeps what signals tell, and lets the event loop deliver what was posted."""

from PySide6.QtCore import QTimer


def noting(kept, *said):
    """Make a slot that keeps what is said here and what the signal tells; one value as itself."""

    def note(*told):
        what = (*said, *told)
        kept.append(what[0] if len(what) == 1 else what)

    return note


def delivered(qtbot):
    """Let everything arrive that was posted before, such as requests for a new layout."""
    with qtbot.waitCallback() as reached:
        QTimer.singleShot(0, reached)
