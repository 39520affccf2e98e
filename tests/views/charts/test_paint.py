"""Every body, at every size, keeps to its rectangle and can be read."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from phdesk.core.charts import spec
from phdesk.core.charts.spec import NoticeBody, Overlay, XYBody, XYSeries
from phdesk.views import theme
from phdesk.views.charts import ink as inks
from phdesk.views.charts import paint
from tests.views.charts import bodies, canvas

ALL = bodies.FAIR | bodies.NASTY
SIZES = [(120, 60), (92, 30), (300, 40), (40, 300), (260, 150), (480, 300)]
THEMES = {"light": theme.light, "dark": theme.dark}
CASES = [*((size, 1.0) for size in [*SIZES, (1600, 1000)]), ((260, 150), 1.7), ((92, 30), 1.7)]


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


@pytest.fixture
def written(monkeypatch):
    """Record all that is written."""
    record: list[canvas.Written] = []

    def put(painter, rect, words, font, color, align):
        record.append(
            canvas.Written(words, canvas.box_of(rect, words, font, align), font.pixelSize())
        )

    monkeypatch.setattr(inks, "put", put)
    for module in map(paint.painter_of, (spec.NumberBody, spec.PieBody)):
        monkeypatch.setattr(module, "put", put)
    return record


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_painted_outside(name):
    for (width, height), one in itertools.product(SIZES, THEMES.values()):
        image = canvas.painted(ALL[name], width, height, one())
        assert canvas.margin_is_untouched(image), (name, width, height)


@pytest.mark.parametrize("name", ALL)
def test_text_is_large_enough_inside_and_apart(name, written):
    for (width, height), scale in CASES:
        written.clear()
        canvas.painted(ALL[name], width, height, theme.light(), scale=scale)
        room = canvas.body_rect(width, height).adjusted(-0.6, -0.6, 0.6, 0.6)
        for one in written:
            assert one.px >= 9
            assert room.contains(one.rect), (width, height, scale, one)
        for one, other in itertools.combinations(written, 2):
            assert not one.rect.intersects(other.rect), (width, height, scale, one, other)


@pytest.mark.parametrize("name", ALL)
def test_hitting_anywhere_never_fails(name):
    for width, height in SIZES[::2]:
        rect = canvas.body_rect(width, height)
        for x, y in itertools.product(range(0, width + 40, 37), range(0, height + 40, 23)):
            found = paint.hit(rect, ALL[name], theme.light(), QPointF(x, y))
            assert found is None or (found.title is not None and rect.contains(QPointF(x, y)))


@pytest.mark.parametrize("name", bodies.FAIR)
def test_something_is_painted_in_both_themes_and_they_differ(name):
    light = canvas.painted(bodies.FAIR[name], 260, 150, theme.light())
    dark = canvas.painted(bodies.FAIR[name], 260, 150, theme.dark())
    assert len(canvas.colors(light)) > 2
    assert light != dark


@pytest.mark.parametrize("name", bodies.FAIR)
def test_painting_is_repeatable_and_sharp_at_two_pixels_a_pixel(name):
    view = bodies.FAIR[name]
    once = canvas.painted(view, 260, 150, theme.light(), 2.0)
    assert once == canvas.painted(view, 260, 150, theme.light(), 2.0)
    assert canvas.margin_is_untouched(once)
    stretched = canvas.painted(view, 260, 150, theme.light()).scaled(once.size())
    assert stretched != once


def test_the_painter_comes_back_as_it_was(qapp):
    image = canvas.painted(bodies.FAIR["line"], 100, 80, theme.light())
    painter = QPainter(image)
    for view in bodies.FAIR.values():
        paint.paint_body(painter, canvas.body_rect(100, 80), view, theme.light())
        assert not painter.hasClipping()
        assert painter.transform().isIdentity()
        assert not painter.testRenderHint(QPainter.RenderHint.Antialiasing)
        assert painter.pen().style() == Qt.PenStyle.SolidLine
    painter.end()


def test_what_is_not_drawn_yet_shows_its_rows(written):
    canvas.painted(bodies.FAIR["unsupported"], 520, 200, theme.light())
    words = [one.words for one in written]
    assert words[0] == "Heatmaps are not drawn yet"
    assert "9,000" in words
    assert any(one.startswith("+ 3") and "more rows" in one for one in words)


@pytest.mark.parametrize(
    "name", ["no series", "no buckets", "no bars", "empty table", "no steps", "no retention",
             "no paths", "no proportion", "no slopes", "no boxes", "no heat"]
)  # fmt: skip
def test_a_body_without_anything_says_so(name, written):
    canvas.painted(bodies.NASTY[name], 260, 150, theme.light())
    assert [one.words for one in written] == ["Nothing to show"]


def test_a_rectangle_too_small_for_anything_stays_empty():
    image = canvas.painted(bodies.FAIR["line"], 5, 5, theme.light())
    assert len(canvas.colors(image)) == 1


VALUES = st.none() | st.floats(allow_nan=True, allow_infinity=True) | st.integers(-5, 5)
SERIES = st.builds(
    XYSeries,
    label=st.text(max_size=30),
    color=st.sampled_from(["preset-3", "other", "#12345", ""]),
    values=st.lists(VALUES, max_size=12).map(tuple),
    mark=st.sampled_from(["line", "area", "bar"]),
    dashed_from=st.none() | st.integers(-2, 14),
    previous=st.booleans(),
    hidden=st.booleans(),
    right_axis=st.booleans(),
    axis=st.integers(0, 3),
)
OVERLAYS = st.builds(
    Overlay,
    series=st.integers(0, 5),
    values=st.lists(VALUES, max_size=12).map(tuple),
    rule=st.sampled_from(["trend", "average"]),
)
CHARTS = st.builds(
    XYBody,
    x_labels=st.lists(st.text(max_size=12), max_size=12).map(tuple),
    x_titles=st.just(()),
    series=st.lists(SERIES, max_size=5).map(tuple),
    stacked=st.booleans(),
    percent=st.booleans(),
    log=st.booleans(),
    all_values=st.booleans(),
    overlays=st.lists(OVERLAYS, max_size=2).map(tuple),
    value_labels=st.lists(st.text(max_size=5), max_size=12).map(tuple),
)
NOTICES = st.builds(
    NoticeBody,
    state=st.sampled_from(["error", "empty", "pending", "waiting", "unsupported", "forbidden"]),
    headline=st.text(max_size=200),
    detail=st.text(max_size=500),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(CHARTS, NOTICES), st.integers(8, 400), st.integers(8, 300))
def test_invented_bodies_keep_to_their_rectangle(body, width, height):
    view = bodies.view(body)
    assert canvas.margin_is_untouched(canvas.painted(view, width, height, theme.dark()))
    rect = canvas.body_rect(width, height)
    paint.hit(rect, view, theme.dark(), rect.center())
