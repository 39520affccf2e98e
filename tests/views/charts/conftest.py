"""What the tests of the painters share."""

import pytest

from phdesk.views.charts import paint
from tests.views.charts import canvas


@pytest.fixture
def written(monkeypatch, qapp):
    """Record all that is written, where it stands and how large."""
    record: list[canvas.Written] = []
    modules = map(paint.painter_of, paint.MODULES)
    canvas.listen(monkeypatch, lambda *one: record.append(canvas.Written(*one)), *modules)
    return record
