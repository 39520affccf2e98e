"""Themes have the design's contrast, and fonts and icons come out as asked."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from phdesk.core import palette
from phdesk.views import theme
from phdesk.views.charts.ink import contrast
from tests.views.dashboard.showing import exposed

THEMES = [pytest.param(theme.light, id="light"), pytest.param(theme.dark, id="dark")]


@pytest.mark.parametrize("make", THEMES)
@pytest.mark.parametrize("role", ["text", "muted"])
@pytest.mark.parametrize("ground", ["bg", "sidebar", "surface"])
def test_words_can_be_read(qapp, make, role, ground):
    one = make()
    assert contrast(one.color(role), one.color(ground)) >= 4.5


@pytest.mark.parametrize("make", THEMES)
@pytest.mark.parametrize("role", ["accent", "good", "bad", "warn"])
@pytest.mark.parametrize("ground", ["bg", "surface"])
def test_marks_stand_out(make, role, ground):
    assert contrast(make().color(role), make().color(ground)) >= 3


@pytest.mark.parametrize("make", THEMES)
def test_words_on_the_accent_can_be_read(make):
    assert contrast(make().on_accent, make().accent) >= 4.5


@pytest.mark.parametrize("number", range(1, 16))
def test_series_stand_out_in_the_dark(number):
    assert contrast(theme.dark().color(f"preset-{number}"), theme.dark().surface) >= 3


@pytest.mark.parametrize("make", THEMES)
def test_colours_for_colour_blind_eyes_stand_out_and_differ(make):
    safe, usual = make(colorblind=True), make()
    colors = [safe.color(f"preset-{number}") for number in range(1, 16)]
    assert len({color.name() for color in colors}) == 8
    named = [safe.color(token) for token in palette.NAMED]
    assert all(contrast(color, safe.surface) >= 3 for color in (*colors, *named))
    assert safe.surface == usual.surface
    assert safe.color("preset-1") != usual.color("preset-1")
    assert safe.color("#7c440e") == usual.color("#7c440e")
    assert make(colorblind=False) is usual


@pytest.mark.parametrize("state", ["new", "returning", "resurrecting", "dormant"])
def test_the_states_of_lifecycle_stand_out(state):
    for make in (theme.light, theme.dark):
        assert contrast(make().color(f"lifecycle-{state}"), make().surface) >= 3


@pytest.mark.parametrize(
    ("token", "color"),
    [
        pytest.param("preset-1", "#1d4aff", id="series"),
        pytest.param("preset-16", "#1d4aff", id="series start again"),
        pytest.param("lifecycle-new", "#1d4aff", id="named"),
        pytest.param("#AbCdEf", "#abcdef", id="a colour itself"),
        pytest.param("muted", "#666b74", id="role"),
        pytest.param("accent-bg", "#e8eefe", id="role with a dash"),
        pytest.param("no such thing", "#666b74", id="unknown"),
        pytest.param("name", "#666b74", id="no colour"),
    ],
)
def test_tokens_become_colours(token, color):
    assert theme.light().color(token).name() == color


def test_dark_lifts_the_same_token():
    assert theme.dark().color("preset-1").name() == palette.PRESETS_DARK[0]


def test_the_font_is_ours_and_never_too_small(qapp):
    one = theme.light()
    assert theme.load_fonts() == "Inter"
    assert QFontInfo(one.font(13)).family() == "Inter"
    assert one.font(3).pixelSize() == 9
    assert one.font(13) is one.font(13)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("1,234", True),
        ("26 Oct 14:00", True),
        ("-12.5%", True),
        ("2026-10-26", True),
        ("Sign-ups", False),
        ("Sign-ups in 30 days", False),
        ("Revenue", False),
    ],
)
def test_figures_keep_their_places_unless_a_hyphen_joins_words(words, wanted):
    assert theme.has_figures(words) is wanted


def test_figures_are_tabular_on_wish_and_weights_differ(qapp):
    one = theme.light()
    figures = QFontMetricsF(one.font(40, figures=True))
    plain, heavy = QFontMetricsF(one.font(40)), QFontMetricsF(one.font(40, 700))
    assert figures.horizontalAdvance("1111") == figures.horizontalAdvance("8888")
    assert figures.horizontalAdvance("-") > plain.horizontalAdvance("-")
    assert heavy.horizontalAdvance("Signups") > plain.horizontalAdvance("Signups")


@pytest.mark.parametrize("make", THEMES)
def test_the_stylesheet_has_no_token_left(make):
    sheet = theme.stylesheet(make())
    assert "@" not in sheet
    assert make().accent.name() in sheet
    assert not set(re.findall(r"#[0-9a-f]+", sheet)) - {
        getattr(make(), role).name()
        for role in make().__struct_fields__
        if isinstance(getattr(make(), role), QColor)
    }


@pytest.mark.parametrize("make", THEMES)
def test_applying_dresses_the_application(qapp, make):
    theme.apply(qapp, make())
    assert qapp.palette().window().color() == make().bg
    assert qapp.styleSheet() == theme.stylesheet(make())
    assert qapp.font().pixelSize() == 13


def test_the_system_theme_is_light_when_nobody_says(qapp):
    assert theme.system_theme(qapp) in {theme.light(), theme.dark()}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_icons_take_their_colour_and_are_sharp(qapp, ratio):
    made = theme.pixmap("search", QColor("#ff0000"), 16, ratio)
    image = made.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    assert (image.width(), made.devicePixelRatio()) == (round(16 * ratio), ratio)
    seen = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#ff0000"}


def test_icons_are_made_once(qapp):
    one = theme.icon("x", theme.light().text)
    assert not one.isNull()
    assert one is theme.icon("x", theme.light().text)


def test_a_missing_icon_is_named(qapp):
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        theme.icon("no-such-icon", theme.light().text)


BUTTONS = [
    pytest.param(QPushButton, kind, id=kind or "plain")
    for kind in ("", "flat", "add", "drop", "quiet", "danger")
] + [pytest.param(QToolButton, kind, id=f"tool-{kind}") for kind in ("sign", "bar")]


@pytest.mark.parametrize("make", THEMES)
@pytest.mark.parametrize(("of", "kind"), BUTTONS)
def test_the_button_with_the_keyboard_has_a_ring(qtbot, qapp, make, of, kind):
    theme.apply(qapp, make())
    page = QWidget()
    row = QHBoxLayout(page)
    parts = []
    for _ in range(2):
        part = of(text="Filter")
        part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        part.setProperty(kind or "plain", True)
        if kind == "add":
            part.setProperty("flat", True)
        row.addWidget(part)
        parts.append(part)
    exposed(qtbot, page, 400, 100)
    parts[0].setFocus()
    edges = [part.grab().toImage().pixelColor(1, part.height() // 2) for part in parts]
    assert contrast(edges[0], make().bg) >= 3
    assert edges[0] != edges[1]


def test_texts_of_one_line_and_of_several_begin_at_one_edge(qtbot, qapp):
    theme.apply(qapp, theme.light())
    page = QWidget()
    column = QVBoxLayout(page)
    line, lines = QLineEdit("lll"), QPlainTextEdit("lll")
    for field in (line, lines):
        field.setReadOnly(True)  # no cursor
        column.addWidget(field)
    exposed(qtbot, page, 400, 200)
    for with_keyboard in (line, lines):
        with_keyboard.setFocus()
        assert abs(_ink_begins(line) - _ink_begins(lines)) <= 1


def _ink_begins(field):
    """Say at which pixel from the left, past the frame, the first letter begins."""
    image = field.grab().toImage()
    rows = range(4, 30)
    return next(
        x for x in range(4, 60) if any(image.pixelColor(x, y).lightness() < 120 for y in rows)
    )


@pytest.mark.parametrize("make", THEMES)
@pytest.mark.parametrize("of", [QCheckBox, QRadioButton])
def test_what_is_to_be_ticked_has_an_edge_that_shows(qtbot, qapp, make, of):
    theme.apply(qapp, make())
    part = of("Both")
    exposed(qtbot, part, 200, 30)
    image = part.grab().toImage()
    line = [image.pixelColor(x, image.height() // 2) for x in range(3)]
    assert max(contrast(one, make().bg) for one in line) >= 3


@pytest.mark.parametrize("make", THEMES)
@pytest.mark.parametrize("of", [QListWidget, QTreeWidget])
def test_the_box_of_a_line_has_an_edge_that_shows(qtbot, qapp, make, of):
    theme.apply(qapp, make())
    part = of()
    if isinstance(part, QListWidget):
        QListWidgetItem("", part).setCheckState(Qt.CheckState.Unchecked)
    else:
        QTreeWidgetItem(part, [""]).setCheckState(0, Qt.CheckState.Unchecked)
        part.setHeaderHidden(True)
    exposed(qtbot, part, 200, 60)
    image = part.viewport().grab().toImage()
    middle = part.visualRect(part.model().index(0, 0)).center().y()
    line = [image.pixelColor(x, middle) for x in range(60)]
    assert max(contrast(one, make().surface) for one in line) >= 3
