"""What the beats of a process tell, whatever its walls show."""

from types import MappingProxyType

import pytest
from PySide6.QtCore import QObject, Signal

from phdesk import beating
from phdesk.beating import Beating
from phdesk.core.budget_words import Class, Report
from phdesk.models.beat import Spending


class Heart(QObject):
    """A heart that beats when it is asked to."""

    trim_requested = Signal()
    stop_requested = Signal()

    def __init__(self, beats, _repaint, parent):
        super().__init__(parent)
        self.beats = beats

    def note_painting(self):
        """Nothing comes of it."""


class Walls(QObject):
    """A process of walls of which no monitor is there."""

    window_made = Signal(object)
    windows = MappingProxyType({})
    budget = None


@pytest.fixture
def walls(qtbot, monkeypatch):
    monkeypatch.setattr(beating, "heartbeat", Heart)
    return Walls()


def beats(walls):
    return Beating(walls)._heart.beats()


def test_who_is_not_signed_in_has_spent_nothing(walls):
    (one,) = beats(walls)
    assert (one.budget, one.spending, one.windows) == ("", (), 0)


def test_a_beat_tells_the_budget_in_words_and_as_numbers(walls):
    one = Class(name="insights", limit=800, interactive=3, background=40, background_limit=160)
    walls.budget = Report(host="us", project=1, classes=(one,))
    (said,) = beats(walls)
    assert "43 of 800 this hour, 40 of 160 in the background" in said.budget
    assert said.spending == (
        Spending(calls="insights", people=3, clock=40, limit=800, clock_limit=160),
    )
