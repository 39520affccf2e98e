"""What the tests of the painters share."""

import pytest

from phdesk.views.charts import ink as inks
from phdesk.views.charts import paint
from tests.views.charts import canvas


@pytest.fixture
def written(monkeypatch, qapp):
    """Record all that is written, where it stands and how large."""
    record: list[canvas.Written] = []

    def put(painter, rect, words, font, color, align):
        where = canvas.box_of(rect, words, font, align)
        record.append(canvas.Written(words, where, font.pixelSize()))

    monkeypatch.setattr(inks, "put", put)
    for module in map(paint.painter_of, paint.MODULES):
        if hasattr(module, "put"):
            monkeypatch.setattr(module, "put", put)
    return record
