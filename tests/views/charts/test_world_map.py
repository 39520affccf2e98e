"""A map shows small values, and on a small tile the strongest countries by name."""

import pytest
from PySide6.QtCore import QRectF

from phdesk.core.charts.spec import Country, MapBody
from phdesk.views import theme
from phdesk.views.charts import world_map
from phdesk.views.charts.ink import Ink, contrast
from tests.views.charts import bodies, canvas

WORLD = bodies.world()


@pytest.mark.parametrize("safe", [False, True], ids=["usual", "safe"])
@pytest.mark.parametrize("make", [theme.light, theme.dark], ids=["light", "dark"])
def test_the_smallest_value_differs_from_none(qapp, make, safe):
    ink = Ink(make(colorblind=safe))
    weak = Country(code="IS", name="Iceland", value=1, text="1", strength=0.0)
    some, none = (world_map._fill(one, WORLD, ink) for one in (weak, None))
    assert contrast(some, none) >= 1.25
    strong = world_map._strong(1.0, WORLD, ink)
    assert contrast(strong, none) > contrast(some, none) * 1.5


@pytest.mark.parametrize(("width", "height", "scale"), [(90, 128, 1), (162, 128, 1), (180, 256, 2)])
def test_a_small_map_names_the_strongest_country(written, width, height, scale):
    canvas.painted(bodies.view(WORLD), width, height, theme.light(), scale=scale)
    words = [one.words for one in written]
    assert words[:2] == ["1,732", "Australia"]
    assert not [word for word in words if word.endswith("…")]


def test_a_country_with_a_long_name_is_named_by_its_code(written):
    one = Country(code="US", name="United States of America", value=9, text="9,000", strength=1)
    canvas.painted(bodies.view(MapBody((one,))), 90, 128, theme.light())
    assert [word.words for word in written] == ["9,000", "US"]


def test_a_map_with_room_for_its_scale_lists_nothing(qapp):
    layout = world_map.arrange(QRectF(0, 0, 590, 380), WORLD, Ink(theme.light()))
    assert layout.first.isEmpty()
    assert not layout.scale.isEmpty()
