import json
import re
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QRawFont
from PySide6.QtSvg import QSvgRenderer

from phdesk import resources
from phdesk.core.currencies import SIGNS

FOLDER = resources.path("countries.json").parent
ICONS = sorted(path.stem for path in (FOLDER / "icons").glob("*.svg") if path.stem != "phdesk")


@pytest.fixture(scope="module")
def world():
    return json.loads(zlib.decompress(resources.read_bytes("map/world.json.z")))


@pytest.fixture(scope="module")
def inter(qapp):
    number = QFontDatabase.addApplicationFont(str(resources.path("fonts/Inter.ttf")))
    yield QFontDatabase.applicationFontFamilies(number)
    QFontDatabase.removeApplicationFont(number)


def font(family, weight=400, *features):
    made = QFont(family)
    made.setPixelSize(20)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setVariableAxis(QFont.Tag("wght"), weight)
    for feature in features:
        made.setFeature(QFont.Tag(feature), 1)
    return made


def ink(used, text):
    """How much black `text` leaves on white."""
    image = QImage(300, 40, QImage.Format.Format_Grayscale8)
    image.fill(0xFF)
    painter = QPainter(image)
    painter.setFont(used)
    painter.drawText(5, 28, text)
    painter.end()
    return sum(255 - level for level in bytes(image.constBits()))


def width(used, text):
    return QFontMetricsF(used).horizontalAdvance(text)


@pytest.mark.parametrize(
    "name",
    [
        "countries.json",
        "currencies.json",
        "fonts/Inter.ttf",
        "icons/search.svg",
        "icons/phdesk.svg",
        "icons/phdesk-512.png",
        "map/world.json.z",
        "LICENSES/Inter-OFL.txt",
        "LICENSES/Lucide-ISC.txt",
        "LICENSES/Unicode.txt",
        "LICENSES/world-atlas-ISC.txt",
    ],
)
def test_finds_each_resource(name):
    assert resources.path(name).is_file()
    assert resources.read_bytes(name)


@pytest.mark.parametrize("name", ["icons/no-such-icon.svg", "icons"])
def test_names_the_resource_that_is_missing(name):
    with pytest.raises(FileNotFoundError, match=re.escape(repr(name))):
        resources.path(name)


def test_reads_text_as_utf8():
    assert "Côte d’Ivoire" in resources.read_text("countries.json")


def test_resources_stay_small():
    sizes = [path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()]
    assert sum(sizes) <= 1_500_000
    assert resources.path("fonts/Inter.ttf").stat().st_size <= 350_000


def test_no_package_shadows_the_module():
    assert not list(FOLDER.rglob("__init__.py"))
    assert Path(resources.__file__).name == "resources.py"


def test_inter_loads(inter):
    assert inter == ["Inter"]


def test_heavier_weights_leave_more_ink(inter):
    amounts = [ink(font(inter[0], weight), "Pageviews 1,234") for weight in (400, 600, 650, 700)]
    assert amounts == sorted(set(amounts))


def test_tabular_figures_have_one_width(inter):
    plain, tabular = font(inter[0]), font(inter[0], 400, "tnum")
    assert width(plain, "1111") < width(plain, "8888")
    assert width(tabular, "1111") == width(tabular, "8888")


def test_slashed_zero_looks_different(inter):
    assert ink(font(inter[0], 400, "zero"), "0000") > ink(font(inter[0]), "0000")


def test_inter_has_the_signs_we_draw(inter):
    raw = QRawFont.fromFont(font(inter[0]))
    signs = "→↘↗↑↓▲▼●■€£¥₹−×≥≤≈∞·…–—’éłŠğαЖ"
    assert [sign for sign in signs if not raw.supportsCharacter(ord(sign))] == []


@pytest.mark.parametrize("name", ICONS)
def test_icon_parses_and_takes_our_colour(qapp, name):
    svg = resources.read_text(f"icons/{name}.svg")
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    assert renderer.isValid()
    assert renderer.defaultSize().toTuple() == (24, 24)
    assert 'stroke="currentColor"' in svg
    assert "#" not in svg


@pytest.mark.parametrize("size", [32, 64, 128, 256, 512])
def test_app_icon_has_clear_corners(size):
    image = QImage(str(resources.path(f"icons/phdesk-{size}.png")))
    assert image.size().toTuple() == (size, size)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(size // 2, size // 10).name() == "#2f5bea"


def test_app_icon_parses(qapp):
    assert QSvgRenderer(str(resources.path("icons/phdesk.svg"))).isValid()


def rings(world):
    return [(code, ring) for code, shape in world["shapes"].items() for ring in shape]


def test_map_has_the_countries(world):
    assert len(world["shapes"]) >= 170
    assert {"DE", "US", "RU", "FJ", "XK", "GF", "SJ", "TW"} <= world["shapes"].keys()
    assert "AQ" not in world["shapes"]


def test_each_country_has_a_name_and_a_place(world):
    places = {code for code in world["shapes"] if not code.startswith("-99-")} | {*world["dots"]}
    assert places == json.loads(resources.read_text("countries.json")).keys() - {"AQ"}


def test_shapes_without_a_code_are_kept(world):
    assert [code for code in world["shapes"] if len(code) != 2] == ["-99-1", "-99-2"]


def test_map_stays_on_the_globe(world):
    points = [point for _, ring in rings(world) for point in ring] + [*world["dots"].values()]
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)


def test_rings_are_closed_and_never_jump(world):
    for code, ring in rings(world):
        assert len(ring) >= 4, code
        assert ring[0] == ring[-1], code
        assert all(abs(end[0] - start[0]) <= 180 for start, end in pairwise(ring)), code


@pytest.mark.parametrize(("code", "widest"), [("RU", 153), ("FJ", 2), ("US", 58)])
def test_date_line_does_not_smear(world, code, widest):
    spans = [
        max(lon for lon, _ in ring) - min(lon for lon, _ in ring) for ring in world["shapes"][code]
    ]
    assert max(spans) < widest


@pytest.mark.parametrize("code", ["RU", "FJ"])
def test_date_line_countries_lie_on_both_edges(world, code):
    lons = [lon for ring in world["shapes"][code] for lon, _ in ring]
    assert (min(lons), max(lons)) == (-180, 180)


def test_small_countries_are_dots(world):
    assert world["dots"]["SG"] == pytest.approx([103.8, 1.4], abs=0.1)
    assert not world["dots"].keys() & world["shapes"].keys()


def test_countries_have_english_names():
    names = json.loads(resources.read_text("countries.json"))
    assert len(names) >= 249
    assert names.items() >= {
        "AU": "Australia", "DE": "Germany", "HK": "Hong Kong", "IS": "Iceland",
        "US": "United States", "XK": "Kosovo",
    }.items()  # fmt: skip


def test_currencies_have_the_signs_that_are_written():
    assert json.loads(resources.read_text("currencies.json")) == SIGNS
    assert (SIGNS["EUR"], SIGNS["NZD"], SIGNS["VND"]) == ("€", "NZ$", "₫")
