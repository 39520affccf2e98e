"""The past of a board is that of its tiles, each where it is from."""

import msgspec
import pytest
from msgspec import Raw
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from phdesk.core.ages import day_time, tile_age
from phdesk.core.boards import without_pick
from phdesk.services.accounts import without
from phdesk.store.cache_history import last_look
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_tile
from phdesk.store.past import key_of_board
from phdesk.views.dashboard.rewind_bar import RewindBar
from phdesk.views.desk.news import FIRST, LIST, NOTHING, NewsMarks
from phdesk.views.desk.rewind import NO_PAST, Rewind
from tests.services.conftest import ADA
from tests.store.builders import at
from tests.views.dashboard.showing import DAYS
from tests.views.desk.with_boards import BEN, BOTH, MINE

HERS, HIS = (ADA.id, 7, 9), (BEN.id, 7, 9)


def earlier(desk, where, held, label, minute):
    """Keep an earlier result of a tile where it is from, of another series."""
    days = list(DAYS)
    line = {"label": label, "days": days, "labels": days, "data": [1, 2, 3]}
    result = Raw(msgspec.json.encode([line]))
    was = replace(held.insight, result=result, last_refresh=at(minute))
    Writer(desk.desk.cache).save_tiles(*where, [pack_tile(held.origin.tile, was)])


@pytest.fixture
def board(desk):
    """A board of tiles of two accounts, of which earlier results are kept."""
    desk.desk.worker, desk.desk.cache = desk.ada.parts.background, desk.ada.parts.cache
    board = desk.opens(desk.has(BOTH))
    desk.complete()
    earlier(desk, HERS, desk.page.tiles[1], "Hers of 10:30", -90)
    earlier(desk, HERS, desk.page.tiles[1], "Hers of 11:00", -60)
    earlier(desk, HIS, desk.page.tiles[2], "His of 10:40", -80)
    return board


@pytest.fixture
def rewind(desk, board):
    return Rewind(desk.desk, desk.pages)


def series(desk, tile_id):
    return [line.label for line in getattr(desk.screen.views[tile_id].body, "series", ())]


def bar(desk):
    return desk.shown(RewindBar)


def says(desk, minutes):
    words = f"The past: {day_time(at(minutes), at(0), None)}"
    return lambda: bar(desk) is not None and bar(desk).text == words


def goes_back(desk, minutes):
    desk.qtbot.keyClick(bar(desk).findChild(QSlider), Qt.Key.Key_Left)
    desk.waits(says(desk, minutes))


def test_each_tile_shows_what_it_had_then_where_it_is_from(desk, rewind):
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_W)
    desk.waits(lambda: bar(desk) is not None and bar(desk).text.startswith("The past"))
    while series(desk, 1) != ["Hers of 11:00"]:
        slider = bar(desk).findChild(QSlider)
        desk.qtbot.keyClick(slider, Qt.Key.Key_Left)
        desk.waits(lambda: bar(desk).text.startswith("The past"))
    assert series(desk, 2) == ["His of 10:40"]
    assert desk.tile(1).card_state.age == tile_age(at(-60), at(0))
    assert desk.tile(2).card_state.source, "whose it is stays said"
    goes_back(desk, -80)
    assert (series(desk, 1), series(desk, 2)) == (["Hers of 10:30"], ["His of 10:40"])
    goes_back(desk, -90)
    assert desk.screen.views[2].summary == "Nothing was kept of that time."
    rewind.leave()
    assert "His of 10:40" not in series(desk, 2)


def test_moments_of_tiles_that_are_not_on_the_board_are_none_of_it(desk, board, rewind):
    desk.room.shelf.change(without_pick, board.id, 2)
    rewind.toggle()
    desk.waits(lambda: bar(desk) is not None)
    assert day_time(at(-80), at(0), None) not in bar(desk)._moments
    assert day_time(at(-90), at(0), None) in bar(desk)._moments


def test_tiles_of_an_account_that_is_not_known_any_more_have_no_past(desk, board, rewind):
    desk.ada.parts.preferences.change_accounts(without, BEN.id)
    desk.waits(lambda: desk.page.tiles[2].origin.account is None)
    rewind.toggle()
    desk.waits(lambda: bar(desk) is not None)
    assert day_time(at(-80), at(0), None) not in bar(desk)._moments
    desk.waits(lambda: bar(desk).text.startswith("The past"))
    assert desk.screen.views[2].title == "Orders"


def test_a_board_of_which_nothing_earlier_is_kept_says_so(desk):
    desk.desk.worker, desk.desk.cache = desk.ada.parts.background, desk.ada.parts.cache
    desk.opens(desk.has(MINE))
    desk.complete()
    Rewind(desk.desk, desk.pages).toggle()
    desk.waits(lambda: desk.told == NO_PAST)


def looked(desk, minute):
    """Note, before the board is opened at noon, until when it was looked at."""
    writer = Writer(desk.ada.parts.cache)
    writer.look(*key_of_board(BOTH.page), at(minute - 60))
    writer.still_looks(*key_of_board(BOTH.page), at(minute))


def news(desk, tile_id):
    return desk.tile(tile_id).card_state.news


def lists(desk):
    actions = desk.window.shortcut_actions
    next(one for one in actions if one.text() == LIST).trigger()


def test_tiles_of_all_accounts_are_marked_when_they_changed_since_the_board_was_looked_at(desk):
    looked(desk, -70)
    desk.desk.worker, desk.desk.cache = desk.ada.parts.background, desk.ada.parts.cache
    board = desk.opens(desk.has(BOTH))
    desk.complete()
    earlier(desk, HERS, desk.page.tiles[1], "Hers", -75)
    earlier(desk, HIS, desk.page.tiles[2], "His", -65)
    NewsMarks(desk.desk, desk.pages)
    desk.waits(lambda: news(desk, 1) == "New: Signups; Gone: Hers")
    assert news(desk, 2) == "", "it had no result when the board was looked at"
    desk.pages.open_dashboard(9)
    desk.waits(lambda: last_look(desk.desk.cache, *key_of_board(board.page)).at == at(0))


def test_the_first_look_at_a_board_has_no_news(desk):
    desk.desk.worker, desk.desk.cache = desk.ada.parts.background, desk.ada.parts.cache
    desk.opens(desk.has(MINE))
    NewsMarks(desk.desk, desk.pages)
    lists(desk)
    assert desk.told == FIRST.format(what="board")


def test_a_look_at_a_board_is_none_at_its_dashboards(desk):
    desk.desk.worker, desk.desk.cache = desk.ada.parts.background, desk.ada.parts.cache
    cache, page = desk.desk.cache, desk.opens(desk.has(MINE)).page
    hers = last_look(cache, *HERS)
    desk.waits(lambda: last_look(cache, *key_of_board(page)) is not None)
    assert last_look(cache, *HERS) == hers
    assert last_look(cache, *HIS) is None


def test_a_board_on_which_nothing_changed_says_so(desk, qtbot):
    looked(desk, -20)
    desk.desk.worker, desk.desk.cache = desk.ada.parts.background, desk.ada.parts.cache
    desk.opens(desk.has(BOTH))
    marks = NewsMarks(desk.desk, desk.pages)
    desk.waits(lambda: marks.news.since == at(-20))
    lists(desk)
    assert desk.told == NOTHING.format(drop=20, when=day_time(at(-20), at(0), None))
