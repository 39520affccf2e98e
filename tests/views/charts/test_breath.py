"""Who paints a chart beside the window pauses at each line; the window itself never does."""

import threading

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from phdesk.core.charts.spec import XYSeries
from phdesk.views import theme
from phdesk.views.charts import breath, marks
from phdesk.views.charts.ink import Ink
from phdesk.views.charts.plot import arrange
from tests.views.charts import bodies

LINES = 3


@pytest.fixture
def pauses(monkeypatch):
    taken = []
    monkeypatch.setattr(breath.time, "sleep", taken.append)
    return taken


@pytest.fixture
def paint(qapp):
    ink = Ink(theme.light())
    lines = [XYSeries(label=f"{n}", color="preset-1", values=(1.0, 2.0)) for n in range(LINES)]
    plot = arrange(QRectF(0, 0, 300, 200), bodies.xy(*lines, labels=("Mon", "Tue")), ink)

    def painted():
        image = QImage(300, 200, QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(image)
        marks.paint(painter, plot, ink)
        painter.end()

    return painted


def test_a_thread_beside_the_window_pauses_at_each_line(paint, pauses):
    thread = threading.Thread(target=paint)
    thread.start()
    thread.join()
    assert pauses == [breath.PAUSE] * LINES


def test_the_window_itself_never_pauses(paint, pauses):
    paint()
    assert pauses == []
