"""Keeps what signals tell, and lets the event loop deliver what was posted."""

from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QTimer


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


class _Layouts(QObject):
    """Notes each time that a widget is to be laid out anew."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def eventFilter(self, watched, event):  # noqa: N802  Qt calls it
        if event.type() is QEvent.Type.LayoutRequest:
            self.asked.append(watched)
        return False


@contextmanager
def noting_layouts(watched):
    """Collect the requests for a layout of a widget, or of all widgets of an application."""
    layouts = _Layouts()
    watched.installEventFilter(layouts)
    yield layouts.asked
    watched.removeEventFilter(layouts)


def rests(qtbot, watched):
    """Tell whether requests for a layout come to an end: each may ask for others."""
    with noting_layouts(watched) as asked:
        for _ in range(30):
            before = len(asked)
            delivered(qtbot)
            if len(asked) == before:
                return True
    return False
