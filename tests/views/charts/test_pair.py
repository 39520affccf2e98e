"""A chart over its matrix, as far as both have room."""

from PySide6.QtCore import QPointF, QRectF

from phdesk.core.charts.spec import PairBody
from phdesk.views import theme
from phdesk.views.charts import pair, retention
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

BODY = bodies.FAIR["pair"].body


def test_both_have_their_place_on_a_tall_tile(qapp):
    assert isinstance(BODY, PairBody)
    rect, ink = QRectF(10, 10, 600, 400), Ink(theme.light())
    above, below = pair.divided(rect, ink)
    assert above.height() > 100
    assert above.bottom() < below.top()
    assert pair.hit(rect, BODY, ink, QPointF(300, above.center().y())).span is not None
    spot = QPointF(300, below.center().y())
    assert pair.hit(rect, BODY, ink, spot) == retention.hit(below, BODY.matrix, ink, spot)


def test_a_low_tile_shows_the_matrix_alone(qapp):
    both = canvas.painted(bodies.view(BODY), 400, 200, theme.light())
    assert both == canvas.painted(bodies.view(BODY.matrix), 400, 200, theme.light())
