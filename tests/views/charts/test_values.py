"""Values in bars can be read on whatever they stand."""

import pytest
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.views import theme
from phdesk.views.charts import plot, values
from phdesk.views.charts.ink import Ink, contrast
from tests.views.charts import bodies, canvas

COLORS = ("lifecycle-new", "lifecycle-returning", "lifecycle-dormant", "preset-2")


@pytest.mark.parametrize("one", [theme.light, theme.dark], ids=["light", "dark"])
def test_words_in_a_pile_stand_out_in_finished_and_unfinished_bars(one, qapp):
    ink = Ink(one())
    body = XYBody(
        x_labels=("a", "b"), x_titles=("a", "b"), stacked=True, all_values=True,
        series=tuple(
            XYSeries(label=color, color=color, values=(60, 60), mark="bar", dashed_from=1)
            for color in COLORS
        ),
    )  # fmt: skip
    frame = plot.arrange(QRectF(canvas.MARGIN, canvas.MARGIN, 300, 260), body, ink)
    image = canvas.painted(bodies.view(body), 300, 260, one())
    written = list(values._values(frame, body, ink))
    assert [value.words for value in written] == ["60"] * 8
    for value in written:
        corner = value.place.topLeft().toPoint()
        ground = image.pixelColor(corner.x() - 4, corner.y())
        assert contrast(value.color, ground) >= 4.4  # the better of dark and white
