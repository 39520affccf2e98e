import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from phdesk.core.charts.spec import IN_POSTHOG, NoticeBody, Table
from phdesk.views import theme as look
from phdesk.views.charts.paint import link_at
from phdesk.views.dashboard import card
from tests.views.charts import bodies
from tests.views.dashboard.one_tile import shown
from tests.views.dashboard.showing import CHART, text_view

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def link_spot(tile):
    """Find the link of the first line of a text card."""
    return card.body_rect(tile.rect().toRectF(), tile.view).topLeft() + QPointF(12, 10)


@pytest.mark.parametrize(
    ("address", "heard"),
    [
        ("https://example.com/a", True),
        ("http://example.com/a", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("ftp://example.com/a", False),
    ],
)
def test_only_links_to_the_web_are_followed(tile, qtbot, address, heard):
    shown(tile, text_view(f"[follow me]({address})"))
    spot = link_spot(tile).toPoint()
    qtbot.mouseMove(tile, spot)
    wanted = Qt.CursorShape.PointingHandCursor if heard else Qt.CursorShape.ArrowCursor
    qtbot.waitUntil(lambda: tile.cursor().shape() == wanted)
    qtbot.mouseClick(tile, LEFT, pos=spot)
    assert tile.wished == ([("link", 4, address)] if heard else [])


def test_another_button_follows_no_link(tile, qtbot):
    shown(tile, text_view("[follow me](https://example.com/a)"))
    qtbot.mouseClick(tile, Qt.MouseButton.RightButton, pos=link_spot(tile).toPoint())
    assert tile.wished == []


def test_a_double_click_follows_a_link_once(tile, qtbot):
    shown(tile, text_view("[follow me](https://example.com/a)"))
    spot = link_spot(tile).toPoint()
    qtbot.mouseClick(tile, LEFT, pos=spot)
    qtbot.mouseDClick(tile, LEFT, pos=spot)
    qtbot.mouseRelease(tile, LEFT, pos=spot)
    assert tile.wished == [("link", 4, "https://example.com/a")]


def test_a_press_that_ends_elsewhere_is_no_click(tile, qtbot):
    shown(tile, text_view("[follow me](https://example.com/a)"))
    qtbot.mousePress(tile, LEFT, pos=QPoint(300, 300))
    qtbot.mouseRelease(tile, LEFT, pos=link_spot(tile).toPoint())
    assert tile.wished == []


ODD = replace(
    bodies.view(NoticeBody(state="unsupported", headline="Not drawn", link=IN_POSTHOG)),
    short_id="abc",
)


def place_of_link(tile):
    across, down = range(0, tile.width(), 8), range(0, tile.height(), 8)
    inner = card.body_rect(QRectF(tile.rect()), tile.view)
    return next(
        QPoint(x, y)
        for y in down
        for x in across
        if link_at(inner, tile.view, look.light(), QPointF(x, y))
    )


@pytest.mark.parametrize("table", [Table(), CHART.table], ids=["alone", "above rows"])
def test_what_is_not_drawn_leads_to_posthog_by_pointer_and_by_keys(tile, qtbot, table):
    shown(tile, replace(ODD, table=table))
    spot = place_of_link(tile)
    qtbot.mouseMove(tile, spot)
    assert tile.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseClick(tile, LEFT, pos=spot)
    assert tile.wished == [("browser", 4)]
    qtbot.keyClick(tile, Qt.Key.Key_Return, CTRL)
    assert tile.wished == [("browser", 4)] * 2


def test_a_table_in_front_of_the_link_takes_its_clicks(tile, qtbot):
    shown(tile, replace(ODD, table=CHART.table))
    spot = place_of_link(tile)
    tile.toggle_table()
    qtbot.mouseClick(tile, LEFT, pos=spot)
    assert tile.wished == []
