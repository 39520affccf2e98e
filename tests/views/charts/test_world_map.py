"""A map shows small values, and on a small tile the strongest countries by name."""

import pytest
from msgspec import structs
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from phdesk.core.charts.spec import Country, MapBody
from phdesk.views import theme
from phdesk.views.charts import world_map
from phdesk.views.charts.ink import Ink, contrast
from phdesk.views.theme.wall import wall_theme
from tests.views.charts import bodies, canvas

WORLD = bodies.world()


def brazil(strength):
    one = Country(code="BR", name="Brazil", value=6, text="6", strength=strength)
    return MapBody((one,))


@pytest.mark.parametrize("strength", [0.203, 0.4, 0.6, 1.0])
@pytest.mark.parametrize("make", [theme.light, theme.dark], ids=["light", "dark"])
def test_a_country_is_as_strong_as_its_share(qapp, make, strength):
    ink = Ink(make())
    shown = canvas.colors(canvas.painted(bodies.view(brazil(strength)), 200, 120, make()))
    assert ink.mixed(ink.color("map"), strength).name() in shown


def test_the_weakest_colour_is_that_of_the_web(qapp):
    shown = canvas.colors(canvas.painted(bodies.view(brazil(0.203)), 200, 120, theme.light()))
    assert "#d1daff" in shown


@pytest.mark.parametrize("safe", [False, True], ids=["usual", "safe"])
@pytest.mark.parametrize("make", [theme.light, theme.dark], ids=["light", "dark"])
def test_a_weak_country_stands_out_from_land_by_its_outline(qapp, make, safe):
    look = make(colorblind=safe)
    shown = canvas.colors(canvas.painted(bodies.view(brazil(0.203)), 330, 220, look, 2.0))
    ground = [Ink(look).mixed(look.muted, world_map.LAND), look.surface]
    assert any(min(contrast(QColor(one), under) for under in ground) >= 2 for one in shown
               if QColor(one).hsvSaturation() > 60)  # fmt: skip


@pytest.mark.parametrize("make", [theme.light, theme.dark], ids=["light", "dark"])
def test_land_without_a_value_can_be_seen(qapp, make):
    look = make()
    land = Ink(look).mixed(look.muted, world_map.LAND)
    assert land.name() in canvas.colors(canvas.painted(bodies.view(WORLD), 330, 220, look))
    assert contrast(land, look.surface) >= 1.3, "as in PostHog"


def test_the_map_takes_the_width_that_countries_need(qapp):
    ink, rect = Ink(theme.light()), QRectF(0, 0, 588, 372)
    place, world = world_map.arrange(rect, WORLD, ink).place, world_map.world_for(rect)
    edges = {code: place.mapRect(path.boundingRect()) for code, path in world.shapes.items()}
    assert edges["US"].left() < 6
    assert edges["FJ"].right() > 588 - 6
    assert all(rect.contains(edge) for code, edge in edges.items() if code != "FJ")


@pytest.mark.parametrize(("width", "height", "scale"), [(90, 128, 1), (162, 128, 1), (180, 256, 2)])
def test_a_small_map_names_the_strongest_country(written, width, height, scale):
    canvas.painted(bodies.view(WORLD), width, height, theme.light(), scale=scale)
    words = [one.words for one in written]
    assert words[:2] in (["1,732", "Australia"], ["1,732", "AU"])
    assert not [word for word in words if word.endswith("…")]


def test_a_country_with_a_long_name_is_named_by_its_code(written):
    one = Country(code="US", name="United States of America", value=9, text="9,000", strength=1)
    canvas.painted(bodies.view(MapBody((one,))), 90, 128, theme.light())
    assert [word.words for word in written] == ["9,000", "US"]


def test_countries_are_all_named_in_one_way(written):
    names = (("US", "United States of America", 9), ("DE", "Germany", 7), ("IN", "India", 5))
    countries = tuple(
        Country(code=code, name=name, value=value, text=str(value), strength=1)
        for code, name, value in names
    )
    canvas.painted(bodies.view(MapBody(countries)), 90, 128, theme.light())
    assert [one.words for one in written] == ["9", "US", "7", "DE", "5", "IN"]


def test_a_map_with_room_for_its_scale_lists_nothing(qapp):
    layout = world_map.arrange(QRectF(0, 0, 590, 380), WORLD, Ink(theme.light()))
    assert layout.first.isEmpty()
    assert not layout.scale.isEmpty()


def test_a_smaller_map_has_fewer_points_of_the_same_countries_in_the_same_places():
    small, whole = world_map.world("world-small"), world_map.world("world")
    assert small.shapes.keys() == whole.shapes.keys()
    assert small.dots == whole.dots
    points = [sum(path.elementCount() for path in one.shapes.values()) for one in (small, whole)]
    assert points[0] < 0.6 * points[1]
    pixel = whole.bounds.width() / world_map.COARSE
    for code, path in whole.shapes.items():
        edges = path.boundingRect(), small.shapes[code].boundingRect()
        assert abs(edges[0].left() - edges[1].left()) < pixel, code
        assert abs(edges[0].bottom() - edges[1].bottom()) < pixel, code


@pytest.mark.parametrize("palette", ["light", "dark", "contrast"])
def test_on_a_wall_each_country_with_a_value_is_stronger_than_land(qapp, palette):
    ink = Ink(wall_theme(palette), 2.0, least=11)
    weak = Country(code="AU", name="Australia", value=1, text="1", strength=0.01)
    body = MapBody(countries=(weak,))
    land, found = (world_map._fill(one, body, ink) for one in (None, weak))
    assert contrast(found, ink.theme.surface) > 1.3 * contrast(land, ink.theme.surface)
    assert found != world_map._fill(structs.replace(weak, strength=1.0), body, ink)
