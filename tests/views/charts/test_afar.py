"""On a wall nothing that is written is smaller than its labels, and it still stands apart."""

import itertools

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from phdesk.core.wall.pages import DESK_LABEL, scale_for
from phdesk.views.charts import number, paint
from phdesk.views.charts.ink import STRONG, Ink, contrast
from phdesk.views.charts.markdown import MarkdownBody
from phdesk.views.theme.wall import wall_theme
from tests.views.charts import bodies

SCALE = scale_for(1920, 1080, "room")
NAMES = [name for name, view in bodies.FAIR.items() if not isinstance(view.body, MarkdownBody)]
SIZES = [(540, 300), (720, 340), (860, 420), (1850, 920)]  # px of a chart at 1080p


def ink(palette="dark"):
    return Ink(wall_theme(palette), SCALE, DESK_LABEL)


@pytest.mark.parametrize("name", NAMES)
def test_words_are_as_large_as_labels_inside_and_apart(name, written):
    for width, height in SIZES:
        written.clear()
        room = QRectF(0, 0, width, height)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        paint.paint_with(painter, room, bodies.FAIR[name], ink())
        painter.end()
        for one in written:
            assert one.px >= 24, (width, height, one)
            assert room.adjusted(-1, -1, 1, 1).contains(one.rect), (width, height, one)
        for one, other in itertools.combinations(written, 2):
            assert not one.rect.intersects(other.rect), (width, height, one, other)


@pytest.mark.parametrize("palette", ["light", "dark", "contrast"])
def test_names_in_the_colours_of_lines_are_strong(palette):
    theme = wall_theme(palette)
    for one in range(1, 16):
        words = ink(palette).words(theme.color(f"preset-{one}"))
        assert contrast(words, theme.surface) >= STRONG


def test_at_a_desk_names_have_the_colours_of_their_lines():
    theme = wall_theme("dark")
    assert Ink(theme).words(QColor("#5b7bff")) == QColor("#5b7bff")


def test_a_figure_grows_with_its_tile_on_a_wall(qapp):
    room = QRectF(0, 0, 880, 370)
    body = number.NumberBody(text="57", caption="Tickets")
    assert number.arrange(room, body, ink()).size * SCALE > 200
    assert number.arrange(room, body, Ink(wall_theme("dark"), SCALE)).size == number.LARGEST


def test_a_figure_stands_in_the_middle_of_a_high_tile_on_a_wall(qapp):
    body = number.NumberBody(text="57", caption="Tickets")
    for height, centred in ((200, False), (370, True), (920, True)):
        assert number.arrange(QRectF(0, 0, 880, height), body, ink()).centred is centred


def test_larger_type_has_no_smaller_words_than_before():
    assert ink().grown(0.9).font(5).pixelSize() == ink().font(5).pixelSize() == 24
