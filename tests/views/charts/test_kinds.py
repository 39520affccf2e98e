"""Each kind of body paints what it says, and finds it again under the pointer."""

import itertools

import pytest
from PySide6.QtCore import QPointF, QRectF, QUrl
from PySide6.QtGui import QPainter, QTextDocument

from phdesk.core.charts import spec
from phdesk.core.charts.spec import ButtonBody, MarkdownBody, NumberBody, TableBody
from phdesk.core.projection import projected
from phdesk.views import theme
from phdesk.views.charts import (
    bars,
    button,
    funnel_rows,
    markdown,
    paint,
    retention,
    sankey,
    table,
    world_map,
)
from phdesk.views.charts import ink as inks
from phdesk.views.charts.hit import HitLine
from phdesk.views.charts.ink import Ink
from tests.views.charts import bodies, canvas

RECT = QRectF(canvas.MARGIN, canvas.MARGIN, 480, 300)


@pytest.fixture(autouse=True)
def _application(qapp):
    """Fonts need one."""


@pytest.fixture
def words(monkeypatch):
    """Record the words that are written, in order."""
    record: list[str] = []
    real = inks.put

    def put(painter, rect, shown, font, color, align):
        record.append(shown)
        real(painter, rect, shown, font, color, align)

    monkeypatch.setattr(inks, "put", put)
    for module in map(paint.painter_of, (spec.NumberBody, spec.PieBody)):
        monkeypatch.setattr(module, "put", put)
    return record


def show(name_or_view, width=480, height=300, one=None):
    view = bodies.FAIR[name_or_view] if isinstance(name_or_view, str) else name_or_view
    return canvas.painted(view, width, height, one or theme.light())


def found(name, x, y, rect=RECT):
    return paint.hit(rect, bodies.FAIR[name], theme.light(), QPointF(x, y))


def titles(name, step=5):
    """Collect all that can be hit in a body."""
    columns = range(int(RECT.left()), int(RECT.right()), step)
    rows = range(int(RECT.top()), int(RECT.bottom()), step)
    hits = (found(name, x, y) for x, y in itertools.product(columns, rows))
    return {one.title for one in hits if one}


def test_a_number_says_its_change_in_words(words):
    show("number")
    assert words == ["$184,260", "Up 6.2%", "from previous period"]


@pytest.mark.parametrize(
    ("direction", "role"), [("up", "good"), ("down", "bad")], ids=["up", "down"]
)
def test_a_number_has_an_arrow_in_the_colour_of_its_direction(direction, role):
    body = NumberBody(text="7", delta_text="5%", direction=direction, comparison="from before")
    image = show(bodies.view(body))
    assert theme.light().color(role).name() in canvas.colors(image)


def test_a_number_shrinks_before_it_is_shortened(words):
    show(bodies.view(NumberBody(text="1,234,567,890")), 120, 60)
    assert words == ["1,234,567,890"]


def test_a_table_counts_the_rows_it_does_not_show(words):
    show("table", 480, 120)
    layout = table.arrange(QRectF(0, 0, 480, 120), bodies.TABLE, Ink(theme.light()))
    assert layout.rows < 40
    assert words[-1] == f"+ {40 - layout.rows} more rows · First 100 rows"


def test_a_narrow_table_drops_columns_from_the_right(words):
    show("table", 180, 200)
    assert "Page" in words
    assert "Time on page" not in words
    assert words[-1] == "+ 33 rows, 3 columns"


def test_a_row_of_a_table_is_hit_with_all_its_columns():
    layout = table.arrange(RECT, bodies.TABLE, Ink(theme.light()))
    one = found("table", RECT.center().x(), layout.top + layout.row_height * 1.5)
    assert one.title == "/docs/product-analytics/page-1"
    assert HitLine("", "Time on page", "1m 12s") in one.lines


def test_bars_are_as_long_as_their_values():
    view = bodies.FAIR["bars"]
    layout = bars.arrange(RECT, view.body, Ink(theme.light()))
    image = show(view)
    row = RECT.y() + layout.row * 1.5
    half = layout.zero + layout.unit * 13003 / 24210
    purple = theme.light().color("preset-2").name()
    assert image.pixelColor(int(half) - 4, int(row)).name() == purple
    assert image.pixelColor(int(half) + 4, int(row)).name() != purple


@pytest.mark.parametrize("name", ["bars", "pie", "donut"])
def test_every_share_can_be_hit(name):
    assert titles(name) == {share.label for share in bodies.SHARES}


def test_every_step_can_be_hit_with_its_facts():
    for name in ("funnel columns", "funnel rows"):
        assert len(titles(name, 20)) == 4
    one = found("funnel columns", RECT.right() - 60, RECT.y() + 20)
    assert one.title == "4  Saved insight"
    assert HitLine("", "Dropped persons", "754 (47.24%)") in one.lines


def test_a_funnel_column_stands_on_a_striped_track():
    image = show("funnel columns")
    plain = theme.light().color("preset-1").name()
    assert {
        plain,
        inks.mix(theme.light().surface, theme.light().color("preset-1"), 0.08).name(),
    } < (canvas.colors(image))


def test_funnel_rows_say_count_and_rate(words):
    show("funnel rows")
    assert {"5,248", "100.00%", "842", "16.04%", "Total conversion rate", "1d 4h"} <= set(words)


def test_a_crowded_funnel_says_what_is_missing(words):
    show(bodies.NASTY["30 rows"], 300, 150)
    layout = funnel_rows._arrange(QRectF(0, 0, 300, 106), bodies.NASTY["30 rows"].body,
                                  Ink(theme.light()))  # fmt: skip
    assert layout.steps < 30
    assert any(one.startswith("+ ") and one.endswith("more steps") for one in words)


def test_retention_cells_in_progress_are_dashed_and_not_filled():
    body, ink = bodies.FAIR["retention"].body, Ink(theme.light())
    layout = retention.arrange(RECT, body, ink)
    image = show("retention")
    y = layout.top + layout.row * 7 + 4
    x = RECT.x() + layout.names + layout.sizes + 6
    assert image.pixelColor(int(x), int(y)).name() == theme.light().surface.name()
    full = image.pixelColor(int(x), int(y - layout.row)).name()
    assert full == ink.color("retention").name()


def test_a_retention_cell_is_hit_with_its_period():
    body = bodies.FAIR["retention"].body
    layout = retention.arrange(RECT, body, Ink(theme.light()))
    x = RECT.x() + layout.names + layout.sizes + layout.cell * 1.5
    one = found("retention", x, layout.top + layout.row * 1.5)
    assert one.title == "5 Oct"
    assert one.lines[0] == HitLine("retention", "Week 1", "53.0%")


def test_countries_are_hit_by_shape_and_by_dot():
    body, ink = bodies.FAIR["map"].body, Ink(theme.light())
    place = world_map.arrange(RECT, body, ink).place
    for longitude, latitude, name in ((134, -25, "Australia"), (103.8, 1.3, "Singapore")):
        spot = place.map(QPointF(*projected(longitude, latitude)))
        assert found("map", spot.x(), spot.y()).title == name
    africa = place.map(QPointF(*projected(20, 5)))
    assert found("map", africa.x(), africa.y()) is None


def test_a_country_is_as_strong_as_its_value():
    body, ink = bodies.FAIR["map"].body, Ink(theme.light())
    place = world_map.arrange(RECT, body, ink).place
    spot = place.map(QPointF(*projected(134, -25)))
    image = show("map")
    assert image.pixelColor(spot.toPoint()).name() == ink.color("map").name()


def test_paths_are_hit_at_nodes_and_flows():
    body = bodies.FAIR["paths"].body
    layout = sankey.arrange(RECT, body, Ink(theme.light()))
    one = found("paths", layout.nodes[2].center().x(), layout.nodes[2].center().y())
    assert one.title == "https://example.com/product"
    assert one.lines[1].text == "700"
    assert any("→" in title for title in titles("paths"))


def test_nodes_keep_to_the_rectangle_whatever_their_values():
    for name in ("paths", "odd paths"):
        view = (bodies.FAIR | bodies.NASTY)[name]
        layout = sankey.arrange(RECT, view.body, Ink(theme.light()))
        assert all(RECT.adjusted(-1, -1, 1, 1).contains(place) for place in layout.nodes.values())


def test_a_text_card_fetches_nothing():
    document = markdown.Document()
    for name in ("file:///etc/passwd", "http://127.0.0.1:9/x.png", "data:image/png;base64,AA"):
        image = document.resource(QTextDocument.ResourceType.ImageResource, QUrl(name))
        assert (image.width(), image.height()) == (1, 1)
        assert image.pixelColor(0, 0).alpha() == 0


@pytest.mark.parametrize(
    ("source", "link"),
    [
        pytest.param("[a](https://example.com/x)", "https://example.com/x", id="https"),
        pytest.param("[a](mailto:a@example.com)", None, id="mail"),
        pytest.param("[a](javascript:alert(1))", None, id="script"),
        pytest.param("[a](file:///etc/passwd)", None, id="file"),
    ],
)
def test_only_safe_links_can_be_followed(source, link):
    body, ink = MarkdownBody(source), Ink(theme.light())
    point = RECT.topLeft() + QPointF(4, 9)
    assert markdown.link_at(RECT, body, ink, point) == link


def test_a_click_opens_what_is_under_it():
    one = theme.light()
    card, start = bodies.view(MarkdownBody("[a](https://e.com)")), RECT.topLeft() + QPointF(4, 9)
    assert paint.link_at(RECT, card, one, start) == "https://e.com"
    assert paint.link_at(RECT, bodies.FAIR["button"], one, RECT.center()) is None
    spot = button.button_rect(RECT, bodies.FAIR["button"].body, Ink(one)).center()
    assert paint.link_at(RECT, bodies.FAIR["button"], one, spot) == "https://example.com"
    assert paint.link_at(RECT, bodies.FAIR["line"], one, RECT.center()) is None


def test_html_in_a_card_is_only_text():
    image = show(bodies.view(MarkdownBody("<script> after")))
    bare = show(bodies.view(MarkdownBody("after")))
    assert image != bare
    document = markdown._document("before <img src='x'> after", 300, Ink(theme.light()))
    assert "after" in document.toPlainText()


def test_a_long_card_ends_with_a_whole_line(words):
    show(bodies.NASTY["long card"], 260, 150)
    assert words == ["… more"]


def test_a_card_too_low_for_a_line_says_its_heading(words):
    show(bodies.view(spec.MarkdownBody("# Weekly numbers\nRead on Mondays.")), 260, 16)
    assert words == ["Weekly numbers"]


def test_beside_a_small_pie_values_stay_whole(words):
    shares = (
        spec.Share(label="Pageview", color="preset-1", value=47258, text="47,258",
                   share_text="93.6%"),
        spec.Share(label="Pageleave", color="preset-2", value=3258, text="3,258",
                   share_text="6.4%"),
    )  # fmt: skip
    show(bodies.view(spec.PieBody(shares, total_text="50,516")), 272, 142)
    assert {"47,258", "3,258"} <= set(words)


def test_a_button_stands_where_its_tile_wants_it():
    ink = Ink(theme.light())
    left, center, right = (
        button.button_rect(RECT, ButtonBody(text="Go", url="x:", placement=place), ink).x()
        for place in ("left", "center", "right")
    )
    assert left < center < right


def test_notices_differ_by_their_icon():
    views = [bodies.view(bodies.NoticeBody(state=state, headline="Same words"))
             for state in ("error", "empty", "pending", "unsupported", "forbidden")]  # fmt: skip
    images = [show(view) for view in views]
    assert all(one != other for one, other in itertools.combinations(images, 2))


def test_a_table_can_be_painted_alone(words):
    image = canvas.painted(bodies.view(TableBody()), 300, 200, theme.light())
    painter = QPainter(image)
    paint.paint_table(painter, RECT, bodies.TABLE, theme.light())
    painter.end()
    assert "Page" in words
