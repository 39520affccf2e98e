"""Numbers beside each other on a wall are of one size and stand on one line."""

import pytest
from msgspec import structs
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from phdesk.core.charts.spec import NumberBody
from phdesk.core.wall.pages import DESK_LABEL, Page, Spot, scale_for
from phdesk.views.charts import number
from phdesk.views.charts.ink import Ink
from phdesk.views.monitor.caption import Notes
from phdesk.views.monitor.frame import body_rect, paint_tile
from phdesk.views.monitor.rows import evened
from phdesk.views.monitor.sheet import Sheet
from phdesk.views.theme.wall import wall_theme
from tests.views.charts import bodies
from tests.views.charts.canvas import box_of

SIZES = [(460, 260), (460, 360), (460, 480), (930, 480)]  # px of a tile at 1080p
TEXTS = ("406", "639", "63.5%", "3,372")


def ink():
    return Ink(wall_theme("dark"), scale_for(1920, 1080, "room"), DESK_LABEL)


def view_of(words, caption="Users", delta="3.57%", alert=""):
    body = NumberBody(
        text=words, caption=caption, delta_text=delta, direction="up" if delta else ""
    )
    return structs.replace(bodies.view(body), alert=alert)


def placed(views, size):
    width, height = size
    spots = [Spot(i, i * (width + 10.0), 40.0, width, height) for i in range(len(views))]
    return list(enumerate(spots)), dict(enumerate(views))


@pytest.fixture
def figures(monkeypatch, qapp):
    """Record what is written in the weight of figures, by its words: where, and how large."""
    record = {}

    def put(_painter, rect, words, font, _color, align):
        record[words] = (box_of(rect, words, font, align), font.pixelSize(), rect)

    monkeypatch.setattr(number, "put", put)
    return record


def paint(views, size, notes=None):
    spots, by_tile = placed(views, size)
    notes = notes or {}
    even = evened(spots, by_tile, notes, ink())
    image = QImage(len(views) * (size[0] + 10), size[1] + 80, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for tile, spot in spots:
        rect = QRectF(spot.x, spot.y, spot.w, spot.h)
        paint_tile(painter, rect, by_tile[tile], notes.get(tile, Notes()), ink(), even.get(tile))
    painter.end()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_figures_in_a_row_have_one_size_and_one_line(figures, size):
    paint([view_of(words) for words in TEXTS], size)
    assert len({px for _, px, _ in figures.values()}) == 1
    assert len({rect.bottom() for *_, rect in figures.values()}) == 1


@pytest.mark.parametrize("size", SIZES[1:], ids=str)
def test_so_they_have_with_an_alert_a_failure_or_nothing_before(figures, size):
    views = [view_of("406"), view_of("0.9%", alert="Alert: above 0.7%"), view_of("52", delta=""),
             view_of("61", caption="", delta="")]  # fmt: skip
    paint(views, size, {2: Notes(age="3 h", failure="PostHog did not answer.")})
    assert len(figures) == 4
    assert len({px for _, px, _ in figures.values()}) == 1
    assert len({rect.bottom() for *_, rect in figures.values()}) == 1


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_figure_stays_large_and_below_its_alert(figures, size):
    views = [view_of("406"), view_of("0.9%", alert="Alert: above 0.7%")]
    paint(views, size, {0: Notes(age="3 h", failure="PostHog did not answer.")})
    top = 40 + ink().px(8 + 19 + 5 + 17)  # pad, title, gap, alert
    assert figures["0.9%"][2].top() >= top - 0.5
    assert all(px >= 50 for _, px, _ in figures.values())


def test_figures_of_high_tiles_stand_in_the_middle(figures):
    size = (460, 480)
    paint([view_of(words) for words in TEXTS], size)
    room = body_rect(QRectF(0, 40, *size), view_of("406"), Notes(), ink())
    figure = figures["406"][2]
    lines = 2 * (ink().line(12) + ink().px(2))
    above, below = figure.top() - room.top(), room.bottom() - figure.bottom() - lines
    assert above == pytest.approx(below, abs=2)


def test_one_long_figure_makes_no_short_one_tiny(figures):
    paint([view_of("7"), view_of("1,234,567,890,123")], (460, 360))
    long, short = figures["1,234,567,890,123"], figures["7"]
    assert short[1] > 1.5 * long[1]
    assert long[2].bottom() == short[2].bottom()


def test_a_number_alone_is_as_large_as_it_can_be(qapp):
    spots, views = placed([view_of("406"), bodies.FAIR["line"]], (460, 360))
    assert evened(spots, views, {}, ink()) == {}


def test_a_number_is_drawn_again_when_one_beside_it_changes_its_size(qapp):
    class Ground:
        size = most = QSize(1000, 460)
        ratio = 1.0
        ink = staticmethod(ink)()

    spots, views = placed([view_of("406"), view_of("7")], (460, 360))
    sheet = Sheet()
    sheet.begin(Page(tuple(spot for _, spot in spots)), (0, 1), Ground)

    def drawn():
        made = []
        while (rect := sheet.draw_one(views, {}, ink())) is not None:
            made.append(rect.x())
        return made

    assert drawn() == [0, 470]
    views[1] = view_of("1,234")
    assert drawn() == [0, 470]
    assert drawn() == []
