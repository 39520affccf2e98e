"""Facts from around a tile reach the screen: marks, colours and alerts."""

from datetime import UTC, datetime

import pytest
from msgspec import Raw
from msgspec.structs import replace
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from phdesk.models.account import Project
from phdesk.models.alert import Alert
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.group_type import GroupType
from phdesk.store.contexts import context_of
from phdesk.store.state import Around, Changes
from phdesk.views import theme as look
from phdesk.views.dashboard import card
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.dashboard.screen import DashboardScreen
from phdesk.views.dashboard.tile import TileWidget
from tests.store.builders import NOON, tile
from tests.views.dashboard.showing import CHART, has_color, shown_board, trend

NOTE = Annotation(content="Release 2.15", at=datetime(2026, 11, 22, 9, tzinfo=UTC))
OCEAN = ColorTheme(id=3, colors=("#0b132b",), is_global=True)
SHOPS = GroupType(index=0, one="shop", several="shops")
FIRING = (Alert(state="Firing", upper=2),)
ON_ALERT = replace(CHART, alert="Alert: above 2%")


def board(insight):
    return shown_board(tile(1, insight)).dashboards[9]


def test_the_context_names_all_that_the_store_knows():
    state = board(trend(0))
    state = replace(state, dashboard=replace(state.dashboard, data_color_theme_id=5))
    project = Project(id=7, default_data_theme=4)
    context = context_of(state, project, NOON, Around((NOTE,), (OCEAN,), (SHOPS,)))
    assert context.groups == ((0, "shop", "shops"),)
    assert (context.annotations, context.color_themes) == ((NOTE,), (OCEAN,))
    assert (context.dashboard_id, context.dashboard_theme, context.project_theme) == (9, 5, 4)


def test_a_screen_shows_them_and_keeps_them_when_a_tile_changes(qtbot):
    screen = DashboardScreen(look.light())
    qtbot.addWidget(screen)
    screen.show_dashboard(board(trend(0)), None, None, NOON, Around((NOTE,), (OCEAN,)))
    shown = screen.views[1].body
    assert [mark.texts for mark in shown.marks] == [("Release 2.15",)]
    assert shown.series[0].color == "#0b132b"
    changed = board(trend(1, 4, 5, 6))
    screen.update_dashboard(changed, None, Changes(tiles=frozenset({(9, 1)})), NOON)
    assert screen.views[1].body.marks == shown.marks
    assert screen.views[1].body.series[0].values == (4, 5, 6)


def test_annotations_and_alerts_are_read_aloud(qtbot):
    screen = DashboardScreen(look.light())
    qtbot.addWidget(screen)
    state = board(replace(trend(0), alerts=FIRING))
    screen.show_dashboard(state, None, None, NOON, Around((NOTE,)))
    tiles = [one for one in screen.findChildren(TileWidget) if one.tile_id == 1]
    spoken = tiles[0].accessibleDescription()
    assert "Annotated: Release 2.15 (Sun 22 Nov 2026)." in spoken
    assert "Alert: above 2." in spoken


def test_a_result_that_is_no_json_of_trends_has_no_marks(qtbot):
    screen = DashboardScreen(look.light())
    qtbot.addWidget(screen)
    odd = replace(trend(0), result=Raw(b'{"x": 1}'), alerts=FIRING)
    screen.show_dashboard(board(odd), None, None, NOON, Around((NOTE,), (OCEAN,)))
    assert screen.views[1].alert == "Alert: above 2"


def painted(view, theme, width=480, height=300, **state):
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(theme.bg)
    painter = QPainter(image)
    card.paint_card(painter, QRectF(0, 0, width, height), view, theme, CardState(**state))
    painter.end()
    return image


@pytest.mark.parametrize("theme", [look.light(), look.dark()], ids=["light", "dark"])
def test_a_tile_on_alert_has_an_outline_and_words_in_the_colour_of_danger(qapp, theme):
    bad = theme.bad.name()
    assert not has_color(painted(CHART, theme), bad)
    image = painted(ON_ALERT, theme)
    outline = [image.pixelColor(x, y).name() for x, y in ((240, 0), (240, 299), (0, 150))]
    assert outline == [bad] * 3
    title_line = image.copy(300, 10, 170, 24)
    assert has_color(title_line, bad)


@pytest.mark.parametrize("state", [{}, {"hovered": True}, {"age": "14:05", "stale": "old"}])
@pytest.mark.parametrize("width", [120, 200, 480, 900])
def test_the_words_leave_the_title_and_the_button_their_room(qapp, width, state):
    theme = look.light()
    image = painted(ON_ALERT, theme, width, 200, **state)
    bad, top = theme.bad, image.copy(8, 8, width - 16, 24)
    columns = [x for x in range(top.width()) if any(top.pixelColor(x, y) == bad for y in range(24))]
    assert columns
    assert min(columns) > width * 0.25
    if state.get("hovered"):
        assert max(columns) < width - 16 - 32


@pytest.mark.parametrize("width", [160, 480])
def test_an_alert_that_cannot_be_checked_has_a_sign_and_no_outline(qapp, width):
    theme = look.light()
    view = replace(CHART, alert_note="Alert cannot be checked", alert_errored=True)
    image, plain = (painted(one, theme, width, 200) for one in (view, CHART))
    assert image.copy(0, 0, width, 34) != plain.copy(0, 0, width, 34)
    assert has_color(image, theme.warn.name()) == (width > 200)  # in words
    assert image.pixelColor(0, 100).name() != theme.bad.name()
