from types import SimpleNamespace

from PySide6 import QtGui
from PySide6.QtWidgets import QWidget

from phdesk.views.widgets import spoken


def test_words_reach_the_screen_reader_over_what_is_being_said(qtbot, monkeypatch):
    told = []
    reader = SimpleNamespace(
        AnnouncementPoliteness=QtGui.QAccessible.AnnouncementPoliteness,
        updateAccessibility=lambda event: told.append((event.message(), event.politeness())),
    )
    parts = SimpleNamespace(
        QAccessible=reader, QAccessibleAnnouncementEvent=QtGui.QAccessibleAnnouncementEvent
    )
    monkeypatch.setattr(spoken, "QtGui", parts)
    widget = QWidget()
    qtbot.addWidget(widget)
    spoken.speak(widget, "Moved to column 4, row 2")
    assert told == [
        ("Moved to column 4, row 2", QtGui.QAccessible.AnnouncementPoliteness.Assertive)
    ]


def test_where_nobody_listens_nothing_happens(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    spoken.speak(widget, "Nobody hears this")
