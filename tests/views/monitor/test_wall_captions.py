"""What stands above a tile's chart: a title is whole where it can be, and the age always."""

import pytest
from msgspec import structs
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from phdesk.core.charts.spec import NumberBody
from phdesk.core.wall.pages import DESK_LABEL, scale_for
from phdesk.views.charts import ink
from phdesk.views.charts.ink import Ink
from phdesk.views.monitor import caption
from phdesk.views.monitor.caption import Notes
from phdesk.views.monitor.frame import body_rect
from phdesk.views.theme.wall import wall_theme
from tests.views.charts import bodies

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920)]
LONG = "Quarterly growth, activation and retention of the whole self-serve funnel"


@pytest.fixture
def written(monkeypatch, qapp):
    record = []

    def put(_painter, _rect, words, *_rest):
        record.append(words)

    monkeypatch.setattr(ink, "put", put)
    return record


def ink_for(size=(1920, 1080)):
    return Ink(wall_theme("dark"), scale_for(*size, "room"), DESK_LABEL)


def titled(title):
    return structs.replace(bodies.view(NumberBody(text="128")), title=title)


def arranged(title, notes, width, brush, height=120.0):
    room = QRectF(0, 0, brush.px(width), brush.px(height))
    return caption.arrange(titled(title), notes, room, brush)


@pytest.mark.parametrize("size", SIZES)
def test_a_quarter_of_a_screen_has_room_for_the_title_of_a_number(qapp, size):
    made = arranged("Monthly recurring revenue", Notes(age="just now"), 194, ink_for(size))
    assert made.lines == ("Monthly recurring revenue",)
    assert made.age == "now"


def test_an_age_is_shortened_only_where_the_title_needs_its_room(qapp):
    assert arranged("Sessions", Notes(age="just now"), 194, ink_for()).age == "just now"


def test_a_stale_age_says_so_whatever_the_title(qapp):
    made = arranged(LONG, Notes(age="5 days", stale=True), 150, ink_for())
    assert made.age == "stale · 5 days"


def test_an_age_is_written_whole_on_the_least_tile(written):
    brush, notes = ink_for(), Notes(age="5 days", stale=True)
    room = QRectF(0, 0, brush.px(128), brush.px(96))
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    made = caption.arrange(titled(LONG), notes, room, brush)
    caption.paint(painter, room, made, titled(LONG), notes, brush)
    painter.end()
    assert "stale · 5 days" in written


def test_no_title_is_smaller_than_the_labels(qapp):
    brush = ink_for()
    made = arranged(LONG, Notes(age="5 days", stale=True), 150, brush)
    assert brush.font(made.px).pixelSize() >= 24


def test_a_long_title_takes_a_second_line_below_the_age(qapp):
    made = arranged(LONG, Notes(age="18 min"), 300, ink_for())
    assert " ".join(made.lines) == LONG


def test_a_low_tile_keeps_its_room_for_the_chart(qapp):
    assert len(arranged(LONG, Notes(age="18 min"), 300, ink_for(), height=60).lines) == 1


def test_the_chart_begins_below_the_second_line(qapp):
    brush, rect = ink_for(), QRectF(0, 0, 660, 330)
    short = body_rect(rect, titled("Sessions"), Notes(), brush)
    assert body_rect(rect, titled(LONG), Notes(), brush).top() >= short.top() + brush.line(12) - 1


@pytest.mark.parametrize(
    "title",
    [
        "",
        "月次経常収益と新規登録者数の推移" * 4,
        "لوحة متابعة النمو " * 8,
        "x" * 200,
        "🚀 " * 60,
    ],
    ids=["none", "Japanese", "Arabic", "one word", "emoji"],
)
def test_titles_of_every_script_leave_the_age_its_room(qapp, title):
    brush, notes = ink_for(), Notes(age="47 h", stale=True)
    made = arranged(title, notes, 150, brush)
    age = brush.width(made.age, 11, 650) + brush.px(11 + 4)
    assert brush.width(made.lines[0], made.px, 650) + age <= brush.px(150)
    assert all(brush.width(line, made.px, 650) <= brush.px(150) + 1 for line in made.lines)
