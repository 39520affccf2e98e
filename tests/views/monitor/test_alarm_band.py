"""What stands above the tile of an alert: no figure in it is ever cut."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from phdesk.core.wall.alarm_words import AlarmWords
from phdesk.views.charts import ink as inks
from phdesk.views.charts.ink import Ink
from phdesk.views.monitor.alarm_band import band_height, page_below, paint_band
from phdesk.views.theme.wall import wall_theme

LONG = AlarmWords(
    name="Failed API requests of all customers too high for the third week in a row",
    value="9,876,543.21 EUR",
    rule="Failed requests rose to 12,345,678.90 EUR on 23 Nov 2026, over twice the 7-day average",
    since="Firing since 22 Nov 14:05 · 22 h ago",
    found="As of 12:00 · 5 min ago",
)


@pytest.mark.parametrize("scale", [1.0, 2.2, 3.3])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (800, 480)])
def test_the_value_is_written_whole_or_not_at_all(qtbot, monkeypatch, size, scale):
    written = []
    put = inks.put
    monkeypatch.setattr(
        inks, "put", lambda *told: (written.append((told[2], QRectF(told[1]))), put(*told))[1]
    )
    picture = QPixmap(*size)
    painter = QPainter(picture)
    covered = paint_band(painter, size[0], LONG, Ink(wall_theme("dark"), scale, least=11.0))
    painter.end()
    figures = [words for words, _ in written if words.startswith("9,876")]
    assert figures in ([], ["9,876,543.21 EUR"])
    assert all(covered.contains(rect) for _, rect in written)
    spot = page_below(*size, scale).spots[0]
    assert spot.y > covered.bottom()
    assert spot.y + spot.h <= max(size[1], band_height(size[0], scale) * 2)
