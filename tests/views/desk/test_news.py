"""What changed since a person last looked is marked on the tiles, and listed in words."""

from types import SimpleNamespace

import msgspec
import pytest
from msgspec import Raw
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from phdesk.core.ages import day_time
from phdesk.core.filters import Filter, Override
from phdesk.core.since import Change
from phdesk.store.cache_writing import Writer
from phdesk.store.overrides import with_override
from phdesk.store.packing import pack_tile
from phdesk.store.tiles import with_tile_result
from phdesk.views.dashboard.reading import Reading
from phdesk.views.desk.news import LIST, News, NewsMarks
from phdesk.views.dialogs.command_palette import CommandPalette
from tests.services.conftest import ADA
from tests.store.builders import at
from tests.views.dashboard.showing import DAYS

HERE = (ADA.id, 7, 9)


@pytest.fixture(autouse=True)
def writer(parts):
    """Note, before Ada opens the dashboard at noon, that she looked until an hour before."""
    writer = Writer(parts.cache)
    writer.look(*HERE, at(-120))
    writer.still_looks(*HERE, at(-60))
    return writer


def earlier(ada, writer, tile_id, label, minute, *, days=DAYS, data=(1, 2, 3)):
    """Keep an earlier result of a tile, of another series."""
    line = {"label": label, "days": days, "labels": days, "data": data}
    now = ada.board.tiles[tile_id].insight
    result = Raw(msgspec.json.encode([line]))
    was = replace(now, result=result, last_refresh=at(minute))
    writer.save_tiles(*HERE, [pack_tile(tile_id, was)])


@pytest.fixture
def marks(ada, parts, writer):
    """Ada, who has looked at 11:00 and looks again; one tile had another series then."""
    ada.desk.worker, ada.desk.cache = parts.background, parts.cache
    earlier(ada, writer, 1, "Visits", -90)
    return NewsMarks(ada.desk, ada.pages)


def tile(ada, number=1):
    return ada.screen.grid.tiles[number]


def marked(ada, number=1):
    return tile(ada, number).card_state.news


NEWS = "New: Signups; Gone: Visits"


def test_a_tile_that_changed_says_so_and_others_do_not(ada, marks, qtbot):
    qtbot.waitUntil(lambda: marked(ada) == NEWS)
    assert tile(ada).accessibleDescription().startswith(f"Since you last looked: {NEWS}.")
    assert tile(ada).card_state.news_icon == "plus"
    assert marked(ada, 2) == "", "it had no result then"


def test_the_mark_is_seen_without_colour_and_names_the_change_to_who_is_near(ada, marks, qtbot):
    plain = tile(ada).grab().toImage()
    qtbot.waitUntil(lambda: marked(ada) == NEWS)
    quiet = tile(ada).grab().toImage()
    assert plain != quiet
    spot = QPointF(20, 20)
    QApplication.sendEvent(tile(ada), QEnterEvent(spot, spot, spot))
    near = tile(ada).grab().toImage()
    QApplication.sendEvent(tile(ada), QEvent(QEvent.Type.Leave))
    tile(ada).set_news("", "")
    QApplication.sendEvent(tile(ada), QEnterEvent(spot, spot, spot))
    assert near != tile(ada).grab().toImage()


def test_filters_that_a_colleague_changed_meanwhile_are_no_news(ada, marks, qtbot):
    qtbot.waitUntil(lambda: marked(ada) == NEWS)
    week = Raw(b'{"kind": "TrendsQuery", "dateRange": {"date_from": "-7d"}}')
    held = ada.board.tiles[1].insight
    asked = replace(held, query=week, last_refresh=at(5))
    Writer(ada.desk.cache).save_tiles(*HERE, [pack_tile(1, asked)])
    ada.parts.store.apply(with_tile_result, (9, 1), asked, now=at(6), asked=99)
    qtbot.waitUntil(lambda: marked(ada) == "")


class Waiting:
    """A worker that does nothing yet, and delivers what it is told to have found."""

    def __init__(self):
        self.done = {}

    def submit(self, _work, *, done, **_others):
        number = len(self.done)
        self.done[number] = done
        return SimpleNamespace(cancel=lambda: self.done.update({number: None}))

    def deliver(self, number, found):
        if self.done[number] is not None:
            self.done[number](found)


def test_only_the_newest_comparison_of_this_visit_counts(ada, marks, qtbot):
    qtbot.waitUntil(lambda: marked(ada) == NEWS)
    ada.desk.worker = worker = Waiting()
    old, new = ({1: (Change("high", words),)} for words in ("old", "new"))
    marks._ask()
    marks._ask()
    worker.deliver(1, News(at(-60), new))
    worker.deliver(0, News(at(-60), old))
    assert marked(ada) == "new"
    marks._ask()
    marks._on_visit(9)
    worker.deliver(2, News(at(-60), old))
    assert marked(ada) == ""
    assert marks.news.since is None


def listing(ada):
    action = next(one for one in ada.window.shortcut_actions if one.text() == LIST)
    action.trigger()
    return [one for one in ada.window.findChildren(CommandPalette) if one.isVisible()]


def test_all_changes_are_listed_and_lead_to_their_tiles(ada, marks, qtbot):
    qtbot.waitUntil(lambda: marked(ada) == NEWS)
    (found,) = listing(ada)
    assert found.windowTitle() == f"Since you last looked, {day_time(at(-60), at(0), None)}"
    qtbot.keyClick(found.findChild(QLineEdit), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tile(ada).card_state.focused)


def test_under_other_filters_nothing_is_marked_for_they_have_no_history(ada, marks, qtbot):
    qtbot.waitUntil(lambda: marked(ada) == NEWS)
    other = Override(filters=Filter(date_from="-7d"))
    ada.parts.store.apply(with_override, 9, other)
    qtbot.waitUntil(lambda: marked(ada) == "")
    assert not listing(ada)
    assert "own filters only" in ada.window.notice.text
    ada.parts.store.apply(with_override, 9, None)
    qtbot.waitUntil(lambda: marked(ada) == NEWS)


def test_a_change_that_was_seen_already_is_no_news(ada, parts, writer, qtbot):
    ada.desk.worker, ada.desk.cache = parts.background, parts.cache
    earlier(ada, writer, 1, "Visits", -90)
    earlier(ada, writer, 1, "Signups", -70)
    made = NewsMarks(ada.desk, ada.pages)
    qtbot.waitUntil(lambda: made.news.since == at(-60))
    assert marked(ada) == ""
    assert not listing(ada)
    assert ada.window.notice.text.startswith("No high, no drop of 20% or more and no other series")


def _with_drop(settings, percent):
    return replace(settings, drop_percent=percent)


def test_which_falls_are_marked_is_set_and_holds_at_once(ada, parts, writer, qtbot):
    ada.desk.worker, ada.desk.cache = parts.background, parts.cache
    days = [f"2026-06-{day:02d}" for day in range(7, 15)]
    earlier(ada, writer, 1, "Signups", -90, days=days[:-1], data=[100] * 7)
    held = ada.board.tiles[1].insight
    line = {"label": "Signups", "days": days, "labels": days, "data": [100] * 7 + [90]}
    now = replace(held, result=Raw(msgspec.json.encode([line])), last_refresh=at(5))
    ada.parts.store.apply(with_tile_result, (9, 1), now, now=at(6), asked=99)
    made = NewsMarks(ada.desk, ada.pages)
    qtbot.waitUntil(lambda: made.news.since == at(-60))
    assert marked(ada) == ""
    ada.parts.preferences.change(_with_drop, 10)
    qtbot.waitUntil(lambda: marked(ada) == "Signups: down 10%, from 100 to 90")
    ada.parts.preferences.change(_with_drop, 11)
    qtbot.waitUntil(lambda: marked(ada) == "")


def again(ada):
    ada.desk.online.dashboards.close(9)
    ada.pages.open_dashboard(9)


def test_a_glance_elsewhere_is_the_same_visit(ada, marks, qtbot):
    qtbot.waitUntil(lambda: marked(ada) == NEWS)
    again(ada)
    qtbot.waitUntil(lambda: marked(ada) == "")
    qtbot.waitUntil(lambda: marked(ada) == NEWS)


def test_the_next_visit_forgets_what_was_news_in_this_one(ada, marks, writer, qtbot):
    qtbot.waitUntil(lambda: marked(ada) == NEWS)
    writer.look(*HERE, at(120))
    again(ada)
    qtbot.waitUntil(lambda: marks.news.since == at(0))
    assert marked(ada) == ""


def test_a_snapshot_and_the_past_have_no_news(ada, marks, qtbot):
    qtbot.waitUntil(lambda: marked(ada) == NEWS)
    ada.window.set_reading(Reading("past", "It is the past."))
    ada.pages.show_open()
    assert marked(ada) == ""
    ada.window.set_reading(None)
    ada.pages.show_open()
    assert marked(ada) == NEWS
