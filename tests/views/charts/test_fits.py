"""Nothing of a chart is cut, overlaps or is tiny, from the smallest tile to the full screen."""

import itertools

import pytest

from phdesk.views import theme
from tests.views.charts import bodies, canvas

KINDS = [
    "number", "metric", "table", "coloured table", "retention", "retention of groups", "error",
    "empty", "unsupported", "funnel columns", "funnel groups", "funnel compared", "funnel rows",
    "funnel rows groups", "funnel events", "bars", "pie", "donut", "map", "markdown", "button",
    "proportion",
]  # fmt: skip
SIZES = [(90, 128), (162, 128), (245, 110), (320, 240), (590, 400), (1256, 740), (1896, 1030)]


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(("width", "height"), SIZES, ids=lambda one: f"{one}")
@pytest.mark.parametrize("name", KINDS)
def test_words_are_inside_and_apart(name, width, height, scale, written):
    canvas.painted(bodies.FAIR[name], width, height, theme.light(), scale=scale)
    room = canvas.body_rect(width, height).adjusted(-0.6, -0.6, 0.6, 0.6)
    for one in written:
        assert one.px >= 9
        assert room.contains(one.rect), one
    for one, other in itertools.combinations(written, 2):
        assert not one.rect.intersects(other.rect), (one, other)
