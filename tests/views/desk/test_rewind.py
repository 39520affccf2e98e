"""Rewind shows what tiles had at kept moments, marked as the past, and returns to now."""

import httpx
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSlider

from phdesk.core.ages import day_time, tile_age
from phdesk.core.filters import Filter, Override
from phdesk.store.cache_writing import Writer
from phdesk.store.changes import with_account, with_dashboard
from phdesk.store.overrides import with_override
from phdesk.views.dashboard.rewind_bar import RewindBar
from phdesk.views.desk.commands import Commands
from phdesk.views.desk.rewind import NO_PAST, OWN_FILTERS, REWIND, Rewind
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.explore.explore import Explore
from phdesk.views.theme import dark, light
from phdesk.views.theme.style import stylesheet
from tests.store.builders import at, board
from tests.views.desk.conftest import button, sent
from tests.views.desk.test_news import earlier

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def tiles(server):
    """Two tiles, calculated together."""
    server.tiles = [sent(1, -5), sent(2, -5, 4, 5, 6, y=5)]


@pytest.fixture
def past(ada, parts):
    """Ada's dashboard, of which results of 10:30 and 11:00 are kept, too."""
    ada.desk.worker, ada.desk.cache = parts.background, parts.cache
    writer = Writer(parts.cache)
    earlier(ada, writer, 1, "Of 10:30", -90)
    earlier(ada, writer, 1, "Of 11:00", -60)
    earlier(ada, writer, 2, "Also of 11:00", -59)
    return Rewind(ada.desk, ada.pages)


def series(ada, number=1):
    body = ada.screen.views[number].body
    return [line.label for line in getattr(body, "series", ())]


def bar(ada):
    return next((one for one in ada.window.findChildren(RewindBar) if one.isVisible()), None)


def words(minutes):
    return f"The past: {day_time(at(minutes), at(0), None)}"


def says(ada, text):
    return lambda: bar(ada) is not None and bar(ada).text == text


@pytest.fixture
def rewound(past, ada, qtbot):
    """The dashboard as it was at 11:01, the moment before the newest."""
    qtbot.keyClick(ada.window, Qt.Key.Key_W)
    qtbot.waitUntil(says(ada, words(-59)))
    return past


def test_tiles_show_what_they_had_then_with_their_ages(ada, rewound, qtbot):
    assert (series(ada), series(ada, 2)) == (["Of 11:00"], ["Also of 11:00"])
    assert ada.screen.grid.tiles[1].card_state.age == tile_age(at(-60), at(0))
    qtbot.keyClick(bar(ada).findChild(QSlider), Qt.Key.Key_Left)
    assert bar(ada).text.startswith("Going to "), "not yet"
    qtbot.waitUntil(says(ada, words(-90)))
    assert series(ada) == ["Of 10:30"]
    assert ada.screen.views[2].summary == "Nothing was kept of that time."
    qtbot.keyClick(bar(ada).findChild(QSlider), Qt.Key.Key_Right)
    qtbot.waitUntil(says(ada, words(-59)))
    assert series(ada) == ["Of 11:00"]


@pytest.mark.parametrize("way", ["bar", "tile", "button", "key"])
def test_one_returns_to_now_from_everywhere(ada, rewound, qtbot, way):
    if way == "bar":
        qtbot.keyClick(bar(ada).findChild(QSlider), Qt.Key.Key_Escape)
    elif way == "tile":
        qtbot.keyClick(ada.screen.grid.tiles[1], Qt.Key.Key_Escape)
    elif way == "button":
        qtbot.mouseClick(button(bar(ada), "Now"), LEFT)
    else:
        qtbot.keyClick(ada.window, Qt.Key.Key_W)
    assert bar(ada) is None
    assert series(ada) == ["Signups"]
    assert ada.screen.reading is None
    assert button(ada.screen, "Refresh")


def test_the_past_is_marked_and_changes_nothing(ada, rewound, qtbot):
    then = ada.screen.grid.tiles[1].card_state
    assert then.reads == "past"
    for key in (Qt.Key.Key_E, Qt.Key.Key_R, Qt.Key.Key_D):
        qtbot.keyClick(ada.window, key)
    assert not ada.screen.editing
    assert not ada.window.findChildren(CommandPalette)
    assert not any(held.refreshing for held in ada.board.tiles.values())
    shown = {one.text().strip() for one in ada.screen.findChildren(QPushButton) if one.isVisible()}
    assert not shown & {"Refresh", "Edit layout"}
    menu = {action.text() for action in ada.screen.grid.tiles[1]._menu().actions()}
    assert not menu & {"Move to…", "Change for the team"}
    ada.desk.set_theme(dark())
    tile = ada.screen.grid.tiles[1]
    muted = tile.grab().toImage()
    tile.set_state(replace(then, reads=""))
    assert muted != tile.grab().toImage(), "its frame is another one"


def test_what_arrives_meanwhile_is_kept_and_shown_on_return(ada, rewound, qtbot, server):
    server.tiles = [sent(1, 9, 7, 8, 9), sent(2, -9, 4, 5, 6, y=5)]
    before = ada.screen.views[1]
    ada.desk.online.open_dashboard(9)
    qtbot.waitUntil(lambda: ada.board.tiles[1].computed_at == at(9))
    qtbot.waitUntil(lambda: not ada.board.loading)
    assert ada.screen.views[1] is before
    assert bar(ada).text == words(-59)
    rewound.leave()
    assert ada.screen.views[1].computed_at == at(9)


def test_a_tile_that_is_opened_large_is_the_past_too(ada, rewound):
    explore = Explore(light())
    ada.tiles.show(explore, 1)
    shown = {label.text() for label in explore.findChildren(QLabel)}
    assert f"The past · {tile_age(at(-60), at(0))}" in shown
    explore.close_requested.emit()
    assert bar(ada).text == words(-59)
    explore.deleteLater()


def test_details_are_those_of_the_past(ada, rewound):
    ada.screen.details_requested.emit(1)
    (box,) = ada.dialogs()
    assert f"Calculated: {at(-60):%Y-%m-%d %H:%M:%S} UTC" in box.informativeText()
    box.close()


def test_another_page_or_account_is_never_the_past(ada, rewound, parts, qtbot):
    ada.pages.open_dashboard(9)
    assert bar(ada) is None
    assert series(ada) == ["Signups"]
    qtbot.keyClick(ada.window, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: bar(ada) is not None)
    parts.store.apply(with_account, None, None)
    qtbot.waitUntil(lambda: bar(ada) is None)
    assert ada.screen.reading is None


def test_without_a_past_that_is_told(ada, parts, qtbot):
    ada.desk.worker, ada.desk.cache = parts.background, parts.cache
    made = Rewind(ada.desk, ada.pages)
    parts.cache.run(None, lambda db: db.execute("delete from results where tile=2"))
    made.toggle()
    qtbot.waitUntil(lambda: ada.window.notice.text == NO_PAST)
    assert bar(ada) is None


def to_another_dashboard(ada):
    ada.pages.open_dashboard(12)


def to_another_dashboard_that_is_known(ada):
    now = ada.desk.now()
    ada.parts.store.apply(with_dashboard, board(dashboard_id=12), now=now)
    ada.pages.open_dashboard(12)
    assert ada.window.page is ada.screen


def to_no_dashboard(ada):
    ada.pages.show_nothing()


def to_a_tile_opened_large(ada):
    explore = Explore(ada.desk.theme, ada.window)
    ada.tiles.show(explore, 2)


@pytest.mark.parametrize(
    "go",
    [
        to_another_dashboard,
        to_another_dashboard_that_is_known,
        to_no_dashboard,
        to_a_tile_opened_large,
    ],
)
def test_that_a_page_has_no_past_is_not_told_above_another_one(ada, server, parts, go, qtbot):
    server.special["dashboards/12/"] = httpx.ConnectError("no route")
    ada.desk.worker, ada.desk.cache = parts.background, parts.cache
    made = Rewind(ada.desk, ada.pages)
    parts.cache.run(None, lambda db: db.execute("delete from results where tile=2"))
    made.toggle()
    qtbot.waitUntil(ada.window.notice.isVisible)
    ada.pages.open_dashboard(9)
    assert ada.window.notice.text == NO_PAST
    assert ada.window.notice.isVisible(), "it is the same page"
    go(ada)
    qtbot.waitUntil(lambda: not ada.window.notice.isVisible())


def test_the_palette_offers_the_way_back_and_nothing_that_changes(ada, rewound, qtbot):
    entries = {one.text for one in Commands(ada.desk, ada.pages)._actions()}
    assert REWIND in entries
    assert not entries & {"Edit the layout", "Refresh all tiles", "Choose the date range"}
    assert "Find a dashboard" in entries


def test_wishes_of_whoever_still_has_one_are_not_heard_in_the_past(ada, rewound):
    ada.window.refresh_requested.emit(True)
    ada.screen.tile_refresh_requested.emit(1)
    ada.window.filters_requested.emit("choose", "dates")
    assert not ada.board.loading
    assert not any(held.refreshing for held in ada.board.tiles.values())
    assert not ada.dialogs()


def test_a_late_answer_for_another_moment_is_dropped(ada, rewound, parts):
    before = ada.screen.views[1]
    rewound._came(0, ada.board)
    assert ada.screen.views[1] is before
    assert bar(ada).text == words(-59)


def test_the_past_is_under_the_dashboards_own_filters(ada, past, qtbot):
    ada.parts.store.apply(with_override, 9, Override(filters=Filter(date_from="-7d")))
    qtbot.waitUntil(lambda: ada.screen.filters.words.temporary)
    qtbot.keyClick(ada.window, Qt.Key.Key_W)
    qtbot.waitUntil(says(ada, words(-59)))
    assert not ada.screen.filters.words.temporary
    assert OWN_FILTERS in shown_words(bar(ada))
    assert OWN_FILTERS in bar(ada).findChild(QSlider).accessibleDescription()
    past.leave()
    assert ada.screen.filters.words.temporary
    ada.parts.store.apply(with_override, 9, None)
    past.toggle()
    qtbot.waitUntil(says(ada, words(-59)))
    assert OWN_FILTERS not in shown_words(bar(ada))


def shown_words(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def test_what_time_it_is_of_stands_out_also_under_a_style_sheet(ada, rewound, qtbot, qapp):
    rewound.leave()
    qapp.setStyleSheet(stylesheet(light()))
    rewound.toggle()
    qtbot.waitUntil(says(ada, words(-59)))
    label = next(one for one in bar(ada).findChildren(QLabel) if one.text() == bar(ada).text)
    assert label.font() == light().font(13, 600)
