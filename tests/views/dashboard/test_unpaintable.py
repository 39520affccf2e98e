"""An exception inside a paint event would end the process; here it costs one tile its picture."""

import logging

from PySide6.QtCore import QSize

from phdesk.core.charts.spec import NumberBody, TileView
from phdesk.views import theme as look
from phdesk.views.charts import paint
from phdesk.views.dashboard.card import card_picture
from phdesk.views.dashboard.card_state import CardState

VIEW = TileView(
    title="Visits",
    kind="TrendsQuery",
    kind_label="Trends",
    display="BoldNumber",
    summary="Visits: 7.",
    body=NumberBody(text="7"),
)


def test_a_body_that_cannot_be_painted_becomes_a_notice(qapp, monkeypatch, caplog):
    def broken(painter, rect, body, ink):
        painter.save()
        painter.restore()
        raise ZeroDivisionError

    whole = card_picture(QSize(300, 200), 1.0, VIEW, look.light(), CardState()).toImage()
    monkeypatch.setattr(paint.painter_of(NumberBody), "paint", broken)
    with caplog.at_level(logging.CRITICAL):
        picture = card_picture(QSize(300, 200), 1.0, VIEW, look.light(), CardState()).toImage()
    assert picture.size() == whole.size()
    assert picture != whole
    body = {picture.pixelColor(x, y).name() for x in range(20, 280) for y in range(60, 180)}
    assert len(body) > 1, "the notice is drawn"
