"""The rule of three metres: type, lines and colours of a wall, in px and contrast."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from phdesk.core.charts.spec import NumberBody
from phdesk.core.wall.pages import DESK_LABEL, GAP, LEAST, scale_for
from phdesk.models.wall import Look
from phdesk.views.charts import ink as inks
from phdesk.views.charts import number
from phdesk.views.charts.ink import Ink, contrast
from phdesk.views.monitor.caption import Notes
from phdesk.views.monitor.frame import body_rect
from phdesk.views.monitor.header import Heading, height_of, paint_header
from phdesk.views.theme.wall import wall_theme
from tests.store.builders import tile
from tests.views.charts import bodies
from tests.views.dashboard.showing import trend
from tests.views.monitor.hall import items

PALETTES = ["light", "dark", "contrast"]
SCREENS = {
    "720p": ((1280, 720), 16, 42),
    "1080p": ((1920, 1080), 24, 64),
    "4K": ((3840, 2160), 48, 128),
    "portrait": ((1080, 1920), 24, 64),
}
NUMBER = NumberBody(text="1,234,567", caption="Sign-ups", delta_text="8%", direction="up")


def ink_for(size, palette="dark", type_size="room"):
    return Ink(wall_theme(palette), scale_for(*size, type_size), DESK_LABEL)


@pytest.mark.parametrize(("size", "label", "figure"), SCREENS.values(), ids=SCREENS)
def test_labels_and_numbers_can_be_read_from_three_metres(qapp, size, label, figure):
    ink = ink_for(size)
    assert ink.font(11).pixelSize() == label
    least = QRectF(0, 0, *(px * ink.scale for px in LEAST["number"]))
    rect = body_rect(least, bodies.view(NUMBER), Notes(age="5 min"), ink)
    short = number.arrange(rect, NumberBody(text="12,345"), ink)
    assert short.size * ink.scale >= figure
    assert ink.width(NUMBER.text, number.arrange(rect, NUMBER, ink).size, 650) <= rect.width() + 1


@pytest.mark.parametrize(
    ("type_size", "label"), [("desk", 16), ("room", 24), ("hall", 36)], ids=["desk", "room", "hall"]
)
def test_there_are_three_sizes_of_type(qapp, type_size, label):
    assert ink_for((1920, 1080), type_size=type_size).font(11).pixelSize() == label


def test_lines_grow_with_the_type_in_whole_pixels(qapp):
    widths = [ink_for(size).hair for size, _, _ in SCREENS.values()]
    assert widths == [1.0, 2.0, 3.0, 2.0]
    assert Ink(wall_theme("dark")).hair == 1.0


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("ground", ["bg", "surface"])
@pytest.mark.parametrize("role", ["text", "muted"])
def test_words_are_strong_on_every_palette(palette, role, ground):
    theme = wall_theme(palette)
    assert contrast(theme.color(role), theme.color(ground)) >= 7


@pytest.mark.parametrize("ground", ["bg", "surface"])
@pytest.mark.parametrize("role", ["good", "bad", "warn", "accent"])
def test_in_high_contrast_coloured_words_are_as_strong(role, ground):
    theme = wall_theme("contrast")
    assert contrast(theme.color(role), theme.color(ground)) >= 7


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("role", ["good", "bad", "warn", "accent"])
def test_coloured_words_can_be_read(palette, role):
    theme = wall_theme(palette)
    assert contrast(theme.color(role), theme.surface) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_banners_and_what_is_paused_can_be_read(palette):
    theme = wall_theme(palette)
    assert contrast(theme.text, theme.warn_bg) >= 7
    assert contrast(theme.warn, theme.warn_bg) >= 4.5


@pytest.mark.parametrize(
    ("palette", "colorblind"),
    [("dark", False), ("contrast", False), *((palette, True) for palette in PALETTES)],
)  # PostHog's own colours have a ninth that is weak on white
def test_series_stand_out_on_every_palette(palette, colorblind):
    theme = wall_theme(palette, colorblind=colorblind)
    for one in range(1, 16):
        assert contrast(theme.color(f"preset-{one}"), theme.surface) >= 3, one


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("size", [size for size, _, _ in SCREENS.values()], ids=SCREENS)
def test_a_wall_of_every_size_and_palette_fills_its_screen(hall, size, palette):
    hall.sign_in()
    many = [tile(n, trend(-5), x=n % 2 * 6, y=n // 2 * 5) for n in range(1, 5)]
    hall.know(1, tiles=many)
    hall.show(*items(1), size=size, look=Look(palette=palette, motion=False))
    theme, image = wall_theme(palette), hall.window.grab().toImage()
    edge = round(hall.window.ink.px(8))
    lowest = image.pixelColor(size[0] // 2, size[1] - edge - 6)
    assert lowest in (theme.surface, theme.line, theme.bg)
    page = hall.conductor.sheet.page
    bottom = max(spot.y + spot.h for spot in page.spots)
    assert bottom == pytest.approx(hall.conductor.sheet.size.height(), abs=1)


def test_the_wall_fits_another_resolution_at_once(hall):
    hall.sign_in()
    hall.know(1)
    hall.show(*items(1), size=(1280, 720))
    hall.window.resize(1080, 1920)
    hall.settle()
    assert hall.conductor.sheet.size.width() > 1000
    assert hall.conductor.sheet.size.height() > 1700
    assert hall.conductor.rotation.turns == 0


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1280, 720)], ids=str)
def test_the_head_ends_where_the_tiles_do(qapp, size):
    ink = ink_for(size)
    heading = Heading(title="Growth", clock="14:05:00", share=1.0)
    rect = QRectF(0, 0, size[0], round(height_of(heading, size[0], ink)))
    image = QImage(rect.size().toSize(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_header(painter, rect, heading, ink)
    painter.end()
    rows = range(image.height() - round(ink.px(9)), image.height())
    line = ink.theme.accent.rgb()
    columns = [x for x in range(size[0]) if any(image.pixel(x, y) == line for y in rows)]
    edge = ink.px(GAP)
    assert columns[0] == pytest.approx(edge, abs=1)
    assert size[0] - columns[-1] - 1 == pytest.approx(edge, abs=1)


def test_the_name_of_a_dashboard_is_whole_on_a_narrow_head_from_far_away(qapp, monkeypatch):
    written = []
    monkeypatch.setattr(inks, "put", lambda _p, _r, words, *_: written.append(words))
    ink = ink_for((1080, 1920), type_size="hall")
    heading = Heading(title="Growth and acquisition", clock="14:05:00", alerts="1 alert")
    image = QImage(1080, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_header(painter, QRectF(0, 0, 1080, 200), heading, ink)
    painter.end()
    assert "Growth and acquisition" in written
