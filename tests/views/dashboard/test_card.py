"""The frame of a tile, and the card that has none."""

import pytest
from msgspec import structs
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from phdesk.core.charts.spec import MarkdownBody, TableBody, TileView
from phdesk.views import theme as look
from phdesk.views.dashboard import card
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.title_line import paint_title
from tests.views.charts import bodies


def shown(view, width):
    image = QImage(width, 40, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    paint_title(painter, QRectF(0, 0, width, 40), view, look.light(), CardState())
    painter.end()
    return image


def test_dates_stand_behind_a_range_in_words_where_there_is_room(qapp):
    words = TileView(
        title="Visits", kind="", kind_label="Trends", display="", summary="", body=TableBody(),
        range_label="last 30 days",
    )  # fmt: skip
    dates = structs.replace(words, range_dates="24 Oct – 23 Nov 2026")
    assert shown(dates, 230) == shown(words, 230)
    assert shown(dates, 600) != shown(words, 600)


def text(source, accent=None):
    return TileView(
        title="", kind="", kind_label="Text", display="", summary="", accent=accent,
        body=MarkdownBody(source=source),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("view", "framed"),
    [
        pytest.param(text("## Revenue\nBy day."), False, id="heading"),
        pytest.param(text("## Revenue\nBy day.", "#ff0000"), True, id="heading with a colour"),
        pytest.param(text("Some words."), True, id="words"),
    ],
)
def test_a_heading_stands_on_the_page(qapp, view, framed):
    image = QImage(200, 80, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    card.paint_frame(painter, QRectF(0, 0, 200, 80), view, look.light())
    painter.end()
    assert (image.pixelColor(100, 40) == look.light().surface) is framed
    assert (card.body_rect(QRectF(0, 0, 200, 80), view).left() > 2) is framed


@pytest.mark.parametrize(("width", "whole"), [(240, False), (620, True)])
def test_a_narrow_title_keeps_how_many_are_hidden(qapp, width, whole):
    view = bodies.FAIR["pie"]
    short, long = (
        card.card_picture(QSize(width, 200), 1.0, view, look.light(), CardState(local=words))
        for words in ("2 hidden", "2 hidden, shares of the rest")
    )
    assert (short.toImage() != long.toImage()) is whole


def title_of(state, width, title="Revenue by day"):
    view = structs.replace(bodies.FAIR["pie"], title=title)
    picture = card.card_picture(QSize(width, 200), 1.0, view, look.light(), state)
    return picture.toImage().copy(0, 0, width, 40)


@pytest.mark.parametrize(
    ("width", "whole"),
    [pytest.param(700, True, id="wide"), pytest.param(200, False, id="narrow")],
)
def test_a_tile_of_a_board_names_its_project_whole_or_by_letters(qapp, width, whole):
    web, shop = (
        title_of(CardState(source=source, mark="W"), width)
        for source in ("Web app · EU", "Web app · US")
    )
    assert (web != shop) is whole
    assert title_of(CardState(source="Web app · EU", mark="1"), width) != title_of(
        CardState(), width
    )


def test_the_letters_of_a_project_stand_even_beside_a_title_without_end(qapp):
    long = "Revenue of all customers by day and by plan and by country"
    one, other = (
        title_of(CardState(source="Web app · EU", mark=mark, age="12:00 · now"), 250, long)
        for mark in ("W", "S")
    )
    assert one != other


WARNED = structs.replace(
    bodies.view(TableBody()), warning="The newest refresh failed, and this is why it did."
)


@pytest.mark.parametrize(
    ("size", "lines"),
    [((900, 300), 1), ((190, 300), 2), ((110, 300), 3), ((110, 140), 1)],
    ids=["room", "two", "at most three", "a low tile"],
)
def test_for_a_file_a_warning_is_spelled_out_below_the_body(qapp, size, lines):
    rect = QRectF(0, 0, *size)
    spelled = card.spelled_out(WARNED, rect, look.light())
    assert spelled.warning.count("\n") == lines - 1
    assert " ".join(spelled.warning.split()) == WARNED.warning
    lower = card.body_rect(rect, WARNED).bottom() - card.body_rect(rect, spelled).bottom()
    assert lower == (lines - 1) * card.WARNING_LINE


def test_where_nothing_failed_nothing_is_spelled_out(qapp):
    plain = structs.replace(WARNED, warning="")
    assert card.spelled_out(plain, QRectF(0, 0, 110, 300), look.light()) is plain
