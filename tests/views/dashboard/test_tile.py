import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QToolButton, QToolTip

from phdesk.core.charts.spec import ButtonBody, NoticeBody, Table
from phdesk.views import theme as look
from phdesk.views.dashboard import card
from phdesk.views.dashboard.card_state import CardState
from tests.views.charts import bodies
from tests.views.dashboard.one_tile import shown, with_keyboard
from tests.views.dashboard.showing import CHART, has_color, text_view

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BUTTON = replace(
    bodies.view(ButtonBody(text="Docs", url="https://example.com/d")), title="Docs", kind="button"
)


def test_a_tile_without_a_view_shows_a_skeleton(tile, drawn):
    image = tile.grab().toImage()
    assert drawn == []
    assert image.pixelColor(60, round(card.PAD_Y) + 9) == look.light().grid
    assert image.pixelColor(240, 200) == look.light().surface


def test_the_same_view_is_drawn_once(tile, drawn):
    shown(tile)
    shown(tile, replace(CHART))
    tile.repaint()
    assert drawn == ["Signups"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda tile: tile.set_view(replace(CHART, title="New")), id="new data"),
        pytest.param(lambda tile: tile.set_theme(look.dark()), id="theme"),
        pytest.param(lambda tile: tile.toggle_table(), id="table"),
        pytest.param(lambda tile: tile.drop_picture(), id="dropped"),
        pytest.param(
            lambda tile: setattr(tile, "devicePixelRatioF", lambda: 2.0), id="pixel ratio"
        ),
    ],
)
def test_what_changes_the_body_draws_it_anew(tile, drawn, change):
    shown(tile)
    change(tile)
    tile.grab()
    assert len(drawn) == 2


@pytest.mark.parametrize(
    "state",
    [
        pytest.param(CardState(age="14:05 · 12 min"), id="age"),
        pytest.param(CardState(stale="offline"), id="stale"),
        pytest.param(CardState(refreshing=True), id="refreshing"),
    ],
)
def test_what_changes_the_frame_only_keeps_the_body(tile, drawn, state):
    before = shown(tile).grab().toImage()
    tile.set_state(state)
    assert (tile.grab().toImage() != before) is (state.age != "" or state.refreshing)
    assert drawn == ["Signups"]


def test_a_resized_tile_stretches_and_is_drawn_when_it_rests(tile, drawn, qtbot):
    shown(tile)
    for width in (470, 460, 450):
        tile.resize(width, 380)
        tile.grab()
    assert len(drawn) == 1
    qtbot.waitUntil(lambda: tile.needs_picture or len(drawn) == 2)
    tile.grab()
    assert len(drawn) == 2


def test_a_tile_can_be_drawn_ahead(tile, drawn):
    tile.set_view(CHART)
    assert tile.needs_picture
    tile.render_now()
    tile.render_now()
    tile.grab()
    assert drawn == ["Signups"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_V])
def test_a_key_opens_a_chart_large(tile, qtbot, key):
    shown(tile)
    qtbot.keyClick(tile, key)
    assert tile.wished == [("open", 4)]


def test_a_double_click_opens_a_chart_large(tile, qtbot):
    shown(tile)
    qtbot.mouseDClick(tile, LEFT, pos=QPoint(200, 200))
    assert tile.wished == [("open", 4)]


def test_nothing_opens_before_there_is_a_view(tile, qtbot):
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    qtbot.mouseDClick(tile, LEFT, pos=QPoint(200, 200))
    assert tile.wished == []


def test_a_text_card_does_not_open_large(tile, qtbot):
    shown(tile, text_view("Some notes"))
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    qtbot.mouseDClick(tile, LEFT, pos=QPoint(200, 200))
    assert tile.wished == []


def test_enter_follows_a_button_card(tile, qtbot):
    shown(tile, BUTTON)
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert tile.wished == [("link", 4, "https://example.com/d")]


@pytest.mark.parametrize("key", [Qt.Key.Key_V, Qt.Key.Key_T])
def test_letters_with_ctrl_are_not_the_tile_s(tile, qtbot, key):
    shown(tile)
    qtbot.keyClick(tile, key, CTRL)
    assert tile.wished == []
    assert not tile.card_state.as_table


def test_t_switches_between_chart_and_table(tile, qtbot):
    chart = shown(tile).grab().toImage()
    qtbot.keyClick(tile, Qt.Key.Key_T)
    assert tile.card_state.as_table
    assert tile.grab().toImage() != chart
    qtbot.keyClick(tile, Qt.Key.Key_T)
    assert tile.grab().toImage() == chart


def test_t_does_nothing_without_a_table(tile, qtbot, drawn):
    shown(tile, text_view("Some notes"))
    qtbot.keyClick(tile, Qt.Key.Key_T)
    assert not tile.card_state.as_table
    tile.grab()
    assert len(drawn) == 1


def test_a_new_state_leaves_the_table_as_it_is(tile):
    shown(tile).toggle_table()
    tile.set_state(CardState(age="now"))
    assert tile.card_state.as_table


def test_ctrl_c_copies_the_texts_that_are_shown(tile, qtbot):
    shown(tile)
    qtbot.keyClick(tile, Qt.Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Page\tVisitors\tBounce rate\tReferrer\tTime on page"
    assert [line.split("\t") for line in lines[1:]] == [list(row) for row in bodies.TABLE.texts]


def test_ctrl_shift_c_copies_the_picture(tile, qtbot):
    shown(tile)
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(tile, Qt.Key.Key_C, CTRL | SHIFT)
    image = QGuiApplication.clipboard().image()
    assert image.size() == tile.size()
    shown_now = tile.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert image.convertToFormat(QImage.Format.Format_RGB32) == shown_now


def test_a_tile_without_a_table_leaves_the_clipboard_alone(tile, qtbot):
    QGuiApplication.clipboard().setText("mine")
    shown(tile, text_view("Some notes"))
    qtbot.keyClick(tile, Qt.Key.Key_C, CTRL)
    tile.copy_table()
    assert QGuiApplication.clipboard().text() == "mine"


def test_the_pointer_shows_what_is_under_it(tile, qtbot):
    before = shown(tile).grab().toImage()
    qtbot.mouseMove(tile, QPoint(240, 220))
    qtbot.waitUntil(lambda: QToolTip.text() != "")
    assert "Signed up" in QToolTip.text()
    assert tile.grab().toImage() != before, "a line marks the bucket"
    tile.set_view(replace(CHART, title="Other"))
    assert tile.probe.hit is None, "the line belonged to the old data"


def test_a_table_shows_no_line_of_the_chart(tile, qtbot):
    shown(tile)
    qtbot.mouseMove(tile, QPoint(240, 220))
    qtbot.waitUntil(lambda: tile.probe.hit is not None)
    tile.toggle_table()
    table = tile.grab().toImage()
    qtbot.mouseMove(tile, QPoint(100, 220))
    assert tile.grab().toImage() == table


def test_the_keyboard_shows_a_ring_and_the_menu_button(tile, qtbot):
    shown(tile)
    assert not has_color(tile.grab().toImage(), look.light().accent)
    with_keyboard(tile, qtbot)
    assert has_color(tile.grab().toImage(), look.light().accent)
    menu = tile.findChild(QToolButton)
    assert menu.isVisible()
    assert menu.accessibleName() == "Menu of Signups"
    assert menu.toolTip() == "Menu of the tile"
    tile.clearFocus()
    assert not menu.isVisible()
    assert not has_color(tile.grab().toImage(), look.light().accent)


def test_the_mouse_focuses_without_a_ring(tile, qtbot):
    shown(tile)
    qtbot.mouseClick(tile, LEFT, pos=QPoint(5, 370))
    assert tile.hasFocus()
    assert not tile.card_state.focused


def test_text_cards_have_no_menu_button(tile, qtbot):
    shown(tile, text_view("Notes"))
    with_keyboard(tile, qtbot)
    assert not any(one.isVisible() for one in tile.findChildren(QToolButton))


def test_a_screen_reader_hears_name_summary_warning_age_and_staleness(tile):
    tile.set_view(replace(CHART, warning="The newest refresh failed."))
    tile.set_state(CardState(age="14:05 · 12 min", stale="phdesk is offline"))
    assert tile.accessibleName() == "Signups"
    assert tile.accessibleDescription() == (
        "Signups: 300 on Monday. The newest refresh failed. Calculated 14:05 · 12 min. "
        "Stale: phdesk is offline."
    )


def test_a_sentence_as_reason_ends_with_one_full_stop(tile):
    tile.set_view(CHART)
    tile.set_state(CardState(stale="The server had an error."))
    assert tile.accessibleDescription().endswith("Stale: The server had an error.")


def test_a_notice_that_takes_the_place_of_a_table_can_be_left(tile, qtbot):
    shown(tile).toggle_table()
    body = NoticeBody(state="error", headline="PostHog could not calculate this tile.")
    shown(tile, replace(CHART, body=body, table=Table()))
    qtbot.keyClick(tile, Qt.Key.Key_T)
    shown(tile)
    assert tile.grab().toImage() == shown(tile).grab().toImage()


@pytest.mark.parametrize("size", [(1, 1), (20, 20), (90, 40), (480, 60)])
def test_no_size_is_too_small(tile, size):
    shown(tile, replace(CHART, warning="Failed", accent="#ff0000"))
    tile.set_state(CardState(age="14:05 · 12 min", stale="x", refreshing=True))
    tile.resize(*size)
    assert tile.grab().size() == tile.size()


def test_every_tile_opens_in_posthog_by_the_same_keys(tile, qtbot):
    qtbot.keyClick(tile, Qt.Key.Key_Return, CTRL)
    assert tile.wished == [], "there is nothing yet"
    shown(tile, BUTTON)
    qtbot.keyClick(tile, Qt.Key.Key_Return, CTRL)
    assert tile.wished == [("browser", 4)]
