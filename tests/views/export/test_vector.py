import re
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from phdesk.views import theme as look
from phdesk.views.export.filing import Drawing, filing, of_tile
from phdesk.views.export.vector import Svg, whole
from phdesk.views.picture import NO_CARD, tile_picture
from tests.views.charts import bodies
from tests.views.dashboard.showing import CHART, text_view
from tests.views.export.printing import page

SIZE = (480, 320)
NAMES = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def app(qapp):
    return qapp


def svg_of(view, tmp_path, theme=None):
    drawing = Drawing(
        page=of_tile(view, NO_CARD),
        theme=theme or look.light(),
        width=SIZE[0],
        height=SIZE[1],
        alone=True,
    )
    path = tmp_path / "tile.svg"
    list(filing(drawing, "svg", path))
    return path.read_text()


def texts_of(svg):
    return " ".join("".join(one.itertext()) for one in ET.fromstring(svg).iter(f"{NAMES}text"))


def test_words_are_there_to_be_read_and_drawn_for_programs_without_the_font(tmp_path):
    svg = svg_of(CHART, tmp_path)
    assert "Signups" in texts_of(svg)
    seen = [one for one in re.findall(r"<text[^>]*>", svg) if 'fill-opacity="0"' not in one]
    assert seen == []


def test_what_the_font_lacks_stays_as_text(tmp_path):
    svg = svg_of(text_view("well 🎉"), tmp_path)
    assert any("🎉" in one for one in re.findall(r'fill-opacity="1"[^>]*>([^<]*)</text>', svg))


def test_nothing_that_people_write_is_taken_for_marks(tmp_path):
    made = Svg((100, 50), look.light(), '<a> & "b"', "]]> <script>")
    made.painter.setFont(made.theme.font(12))
    made.painter.drawText(5, 20, "<b>x</b> & \x01 '")
    root = ET.fromstring(whole(made.finish()))
    assert root.find(f"{NAMES}title").text == '<a> & "b"'
    assert root.find(f"{NAMES}desc").text == "]]> <script>"
    assert [one.text for one in root.iter(f"{NAMES}text")] == ["<b>x</b> &   '"]


@pytest.mark.parametrize("name", sorted({**bodies.FAIR, **bodies.NASTY}))
def test_every_kind_of_chart_is_well_formed(name, tmp_path):
    ET.fromstring(svg_of({**bodies.FAIR, **bodies.NASTY}[name], tmp_path))


CUT_OFF = {"funnel compared", "funnel groups", "funnel without"}  # Qt reads no clips of SVG
FIGURES = {"metric", "number"}  # a little narrower than on screen, where all are of one width


@pytest.mark.parametrize("name", sorted(bodies.FAIR.keys() - CUT_OFF - FIGURES))
def test_it_looks_like_the_tile_on_screen(name, tmp_path):
    renderer = QSvgRenderer(QByteArray(svg_of(bodies.FAIR[name], tmp_path).encode()))
    read = QImage(QSize(*SIZE), QImage.Format.Format_RGB32)
    read.fill(look.light().bg)
    painter = QPainter(read)
    renderer.render(painter, QRectF(0, 0, *SIZE))
    painter.end()
    drawn = tile_picture(bodies.FAIR[name], look.light(), SIZE, 1)
    assert most_different(read, drawn) < 40


def most_different(one, other):
    """Give the largest difference in lightness, 0 to 255, of any part of two pictures."""
    smooth = Qt.TransformationMode.SmoothTransformation
    shrunk = [i.scaled(24, 16, mode=smooth) for i in (one, other)]
    return max(
        abs(shrunk[0].pixelColor(x, y).lightness() - shrunk[1].pixelColor(x, y).lightness())
        for x in range(24)
        for y in range(16)
    )


def test_after_an_inner_clip_the_outer_one_holds_again(tmp_path):
    """Qt's generator would cut off all names but the first."""
    svg = svg_of(bodies.FAIR["funnel columns"], tmp_path)
    clips = re.findall(r'<g clip-path="url\(#(\w+)\)"><g[^>]*>\s*(?:<path[^>]*>\s*)?<text', svg)
    paths = dict(re.findall(r'<clipPath id="(\w+)">\s*<path[^>]*d="M[\d.]+,[\d.]+ L([\d.]+)', svg))
    assert len({paths[one] for one in clips}) == 1


def test_a_whole_dashboard_is_drawn_with_its_head(tmp_path):
    path = tmp_path / "page.svg"
    drawing = Drawing(page=page([CHART] * 4), theme=look.dark(), width=1200, height=1000)
    assert sorted({*filing(drawing, "svg", path)}) == [1, 2, 3, 4]
    assert "Weekly" in texts_of(path.read_text())


def test_a_dashed_line_is_one_line_however_noisy_it_is(tmp_path):
    noisy = tuple(float(i * 7919 % 1000) for i in range(365))
    line = replace(CHART.body.series[0], values=noisy, dashed_from=None, previous=True)
    names = tuple(f"{i}" for i in range(365))
    body = replace(CHART.body, series=(line,), x_labels=names, x_titles=names)
    svg = svg_of(replace(CHART, body=body), tmp_path)
    lines = re.findall(r'<polyline fill="none" [^>]*points="([^"]*)"', svg)
    assert max(len(one.split()) for one in lines) == 365
    assert len(lines) < 20
    assert "stroke-dasharray" in svg


def test_the_colour_of_a_tile_is_a_bar_also_where_nothing_is_clipped(tmp_path):
    svg = svg_of(replace(CHART, accent="green"), tmp_path)
    renderer = QSvgRenderer(QByteArray(re.sub(r' clip-path="[^"]*"', "", svg).encode()))
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    green = look.light().color("green")
    middle = SIZE[1] // 2
    assert image.pixelColor(12, middle) == green
    assert image.pixelColor(20, middle) != green
