"""An insight from end to end, by keyboard alone: begun, previewed, put right, saved, changed."""

import pytest
from PySide6.QtWidgets import QApplication

from phdesk.core.building.draft import at
from phdesk.core.building.series import series
from phdesk.demo.server import DemoServer
from tests.app_parts import running, vault
from tests.keyboard import CTRL, SHIFT, Key
from tests.test_end_to_end import board
from tests.test_without_a_mouse import WIDE, Visit, signs_in

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def visit(qtbot, tmp_path):
    with vault(), DemoServer() as server, running(tmp_path, size=WIDE) as app:
        made = Visit(app, qtbot)
        signs_in(made, server)
        yield made


def editor(visit):
    """The editor behind the page that is shown."""
    page = visit.app.window.page
    found = visit.app.window.findChildren(type(page))
    assert page in found
    return next(one for one in visit.app.desk.children() if getattr(one, "page", None) is page)


def opens_editor(visit):
    visit.wait(lambda: type(visit.app.window.page).__name__ == "BuilderPage")
    return editor(visit)


def picks_event(visit, words):
    """Choose an event in the popover that is open."""
    keys = visit.keys
    visit.wait(lambda: QApplication.activePopupWidget() is not None)
    popover = QApplication.activePopupWidget()
    keys.write(words)
    visit.wait(lambda: popover.names() and not popover.names()[0].startswith("“"))
    keys.press(Key.Key_Return)


def titles(visit):
    return [view.title for view in visit.app.window.screen_page.views.values()]


def test_a_funnel_is_made_by_keyboard_alone(visit):  # noqa: PLR0915  one story
    keys, window = visit.keys, visit.app.window
    dashboard = visit.app.desk.open_id
    before = len(board(visit.app).tiles)
    keys.find("new insight on this")
    made = opens_editor(visit)
    page = made.page
    assert page.kinds.taker is window.focusWidget(), "the keyboard is where building begins"

    keys.press(Key.Key_Right, times=4)
    assert keys.name == "Funnel"
    visit.wait(lambda: made.work.draft.kind == "FunnelsQuery")
    assert "two steps" in page.fields.rows["series"].fault

    keys.tab_to("Step 1: Pageview")
    keys.press(Key.Key_Space)
    picks_event(visit, "signed")
    visit.wait(lambda: series(made.work.draft)[0].event != "$pageview")
    first = series(made.work.draft)[0].event
    keys.tab_to("Add a step")
    keys.press(Key.Key_Space)
    picks_event(visit, "invite")
    visit.wait(lambda: len(series(made.work.draft)) == 2)
    assert page.fields.rows["series"].fault == ""
    keys.tab_to("In order")  # on Unix Qt names a choice by what is chosen
    keys.press(Key.Key_Down, times=2)
    assert at(made.work.draft, "funnelsFilter.funnelOrderType") == "unordered"

    visit.wait(lambda: page.preview.view is not None and page.preview.view.kind == "FunnelsQuery")
    visit.wait(lambda: "from before" not in page.preview.said and not made.preview.running)
    assert "2 steps" in page.preview.view.summary or "conver" in page.preview.view.summary

    keys.tab_to("Name of the insight", back=True)
    keys.write("Signup to invitation")
    keys.press(Key.Key_S, CTRL)
    visit.wait(lambda: visit.told.startswith("Saved “Signup to invitation” on “"))
    assert not made.is_unsaved

    keys.press(Key.Key_Escape)
    visit.wait(lambda: window.page is window.screen_page)
    visit.wait(lambda: len(board(visit.app).tiles) == before + 1)
    visit.wait(lambda: "Signup to invitation" in titles(visit))
    assert visit.app.desk.open_id == dashboard
    assert first in str(_saved(visit, "Signup to invitation"))


def _saved(visit, title):
    views = visit.app.window.screen_page.views
    tile = next(one for one, view in views.items() if view.title == title)
    return bytes(board(visit.app).tiles[tile].insight.query).decode()


def test_an_insight_of_a_tile_is_changed_undone_and_left(visit):  # noqa: PLR0915  one story
    keys, window = visit.keys, visit.app.window
    screen = window.screen_page
    visit.wait(lambda: "New sign-ups" in titles(visit))
    tile = next(one for one, view in screen.views.items() if view.title == "New sign-ups")
    screen.grid.focus_tile(tile)
    asked = bytes(board(visit.app).tiles[tile].insight.query)
    keys.press(Key.Key_E, SHIFT)
    made = opens_editor(visit)
    page = made.page
    visit.wait(lambda: page.preview.view is not None)
    assert page.preview.view.title == "New sign-ups"
    assert page.heading.name.text() == "New sign-ups"
    assert not made.is_unsaved

    keys.tab_to("Leave out test accounts")
    keys.press(Key.Key_Space)
    assert made.is_unsaved
    assert "Leave out test accounts" in page.preview.said, "what differs is said at once"
    keys.press(Key.Key_Z, CTRL)
    assert not made.is_unsaved
    assert page.preview.said == ""
    keys.press(Key.Key_Z, CTRL | SHIFT)
    assert made.is_unsaved

    keys.press(Key.Key_Escape)
    visit.wait(lambda: QApplication.activeModalWidget() is not None)
    keys.tab_to("Keep editing")
    keys.press(Key.Key_Space)
    visit.wait(lambda: QApplication.activeModalWidget() is None)
    assert window.page is page
    keys.press(Key.Key_Escape)
    visit.wait(lambda: QApplication.activeModalWidget() is not None)
    keys.tab_to("Discard")
    keys.press(Key.Key_Space)
    visit.wait(lambda: window.page is screen)
    assert window.focusWidget() is screen.grid.tiles[tile]
    assert bytes(board(visit.app).tiles[tile].insight.query) == asked
