"""What a wall shows and when: nothing is shown before it is drawn, nothing stands in its way."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from phdesk.models.failure import Cause, Failure
from phdesk.models.wall import Hours, Item, Wall
from phdesk.store import changes
from tests.store.builders import answer, text, tile
from tests.views.dashboard.showing import pending, trend
from tests.views.monitor.hall import ROWS, items

GONE = Failure(cause=Cause.NOT_FOUND, message="There is no such dashboard.")


@pytest.fixture
def three(hall):
    """A wall of three dashboards, ten seconds each."""
    hall.sign_in()
    hall.know(1, 2, 3)
    hall.show(*items(1, 2, 3))
    return hall


def test_dashboards_follow_each_other_in_a_circle(three):
    seen = []
    for _ in range(4):
        seen.append(three.title)
        three.pass_(10)
    assert seen == ["Weekly", "Growth", "Ops", "Weekly"]
    assert three.conductor.rotation.missed == 0


def test_a_page_stays_for_its_time(three):
    three.pass_(9)
    assert three.title == "Weekly"
    assert three.window.heading.share == pytest.approx(0.9)
    three.pass_(1)
    assert three.title == "Growth"


def test_an_item_may_have_a_time_of_its_own(hall):
    hall.sign_in()
    hall.know(1, 2)
    hall.show(Item(dashboard=1, dwell=30), Item(dashboard=2))
    hall.pass_(29)
    assert hall.title == "Weekly"
    hall.pass_(1)
    hall.pass_(10)
    assert hall.title == "Weekly"


@pytest.mark.parametrize("order", [("banner", "key"), ("key", "banner")])
def test_a_key_is_not_lost_when_a_banner_moves_the_page(three, order):
    for step in order:
        if step == "key":
            three.qtbot.keyClick(three.window, Qt.Key.Key_Right)
        else:
            three.rooms.set_notice("walls.toml cannot be read.")
    three.settle()
    assert three.title == "Growth"
    three.pass_(10)
    assert three.title == "Ops"


def test_a_banner_moves_the_page_while_a_key_asked_for_one_that_is_not_there(hall):
    hall.sign_in()
    hall.know(1)
    hall.show(*items(1, 2))
    hall.qtbot.keyClick(hall.window, Qt.Key.Key_Right)
    hall.rooms.set_notice("walls.toml cannot be read.")
    hall.settle()
    assert hall.title == "Weekly"
    assert hall.conductor.sheet.size == hall.conductor.renderer.stage.size


@pytest.mark.parametrize(
    ("key", "title"),
    [
        (Qt.Key.Key_Right, "Growth"),
        (Qt.Key.Key_N, "Growth"),
        (Qt.Key.Key_Left, "Ops"),
        (Qt.Key.Key_P, "Ops"),
    ],
)
def test_keys_turn_the_page(three, qtbot, key, title):
    qtbot.keyClick(three.window, key)
    three.settle()
    assert three.title == title


def test_space_stops_the_rotation_and_says_so_until_it_is_pressed_again(three, qtbot):
    three.pass_(4)
    qtbot.keyClick(three.window, Qt.Key.Key_Space)
    three.pass_(1000)
    assert three.title == "Weekly"
    assert three.window.heading.paused
    qtbot.keyClick(three.window, Qt.Key.Key_Space)
    three.pass_(5)
    assert three.title == "Weekly"
    three.pass_(1)
    assert three.title == "Growth"


def test_what_is_not_there_in_time_is_missed_and_the_present_page_stays(hall):
    hall.sign_in()
    hall.know(1, 3)
    hall.show(*items(1, 2, 3))
    hall.pass_(10)
    assert hall.title == "Weekly"
    assert hall.conductor.rotation.missed == 1
    hall.pass_(10)
    assert hall.title == "Ops", "the one after it is not kept waiting"
    hall.know(2)
    hall.pass_(10)
    hall.pass_(10)
    assert hall.title == "Growth"


@pytest.fixture
def undrawn(three):
    """The first page had its time, and the next is not drawn, though its numbers are here."""
    three.conductor.trim()
    three.conductor.renderer._work.stop()
    three.seconds += 10
    three.window._on_tick()
    return three


def test_a_page_that_is_only_to_be_drawn_is_waited_for(undrawn):
    assert undrawn.title == "Weekly"
    undrawn.conductor.look_again()
    undrawn.settle()
    undrawn.pass_(0.25)
    beat = undrawn.window.beat()
    assert (undrawn.title, beat.missed) == ("Growth", 0)
    assert (beat.late, beat.longest_wait) == (1, 0.25)
    undrawn.pass_(10)
    assert (undrawn.title, undrawn.window.beat().late) == ("Ops", 1), "that one was drawn in time"


def test_a_page_that_cannot_be_drawn_is_not_waited_for_without_end(undrawn):
    undrawn.seconds += 5
    undrawn.window._on_tick()
    undrawn.settle()
    beat = undrawn.window.beat()
    assert (undrawn.title, beat.missed, beat.late) == ("Weekly", 1, 0)
    undrawn.pass_(10)
    assert undrawn.title == "Ops"


def test_a_dashboard_that_is_gone_is_skipped_and_reported(three):
    three.fail(2, GONE)
    three.pass_(10)
    assert three.title == "Ops"
    assert three.window.beat().problems == ("Growth is skipped: There is no such dashboard.",)
    three.know(2)
    three.pass_(10)
    three.pass_(10)
    assert three.title == "Growth", "it came back"
    assert three.window.beat().problems == ()


def test_what_is_gone_while_it_is_on_show_gives_way(three):
    three.fail(1, GONE)
    three.look()
    assert three.title == "Growth"


def test_the_last_numbers_stay_when_all_is_forbidden(three):
    for number in (1, 2, 3):
        three.fail(number, Failure(cause=Cause.FORBIDDEN, message="Your key may not see this."))
    three.look()
    assert three.title
    assert "Ada must ask an admin" in three.window.heading.banners[0].words


def test_items_have_hours(hall):
    hall.sign_in()
    hall.know(1, 2)
    here = hall.time.astimezone()
    noon = here.hour * 60 + here.minute  # half past, in some zones
    later = Hours(start=noon + 1, end=noon + 2)
    hall.show(Item(dashboard=1), Item(dashboard=2, hours=(later,)))
    hall.pass_(10)
    assert hall.title == "Weekly"
    assert hall.window.heading.following == ""
    hall.pass_(50)
    assert hall.title == "Growth"
    hall.pass_(60)
    assert hall.title == "Weekly", "its hours are over"
    hall.pass_(10)
    assert hall.title == "Weekly"


def test_a_tag_that_no_dashboard_carries_is_reported(hall):
    hall.sign_in()
    hall.know(1, 2, 3)
    hall.show(Item(dashboard=1), Item(tag="WALL"), Item(tag="wal"), Item(tag="#wal", dwell=60))
    assert hall.window.beat().problems == ("#wal is skipped: no dashboard has this tag.",)
    hall.sign_in(rows=(*ROWS[:2], replace(ROWS[2], tags=("wal",))))
    hall.settle()
    assert hall.window.beat().problems == ()


def test_tags_take_all_dashboards_that_carry_them(hall):
    hall.sign_in()
    hall.know(1, 2, 3)
    hall.show(Item(tag="#wall"))
    assert [stop.dashboard for stop in hall.conductor.stops] == [3, 1]


def test_a_wall_without_items_shows_what_is_pinned(hall):
    hall.sign_in()
    hall.know(1, 2, 3)
    hall.show()
    assert [stop.dashboard for stop in hall.conductor.stops] == [2]


def test_a_dashboard_with_too_much_for_one_page_has_several(hall):
    hall.sign_in()
    many = [tile(n, trend(-5), x=n % 2 * 6, y=n // 2 * 5) for n in range(1, 13)]
    hall.know(1, tiles=many)
    hall.know(2)
    hall.show(*items(1, 2))
    pages = hall.conductor.pages
    assert pages > 1
    assert hall.window.heading.page == f"1 of {pages}"
    for page in range(1, pages):
        hall.pass_(10)
        assert hall.conductor.rotation.place == (hall.conductor.stops[0].key, page)
    hall.pass_(10)
    assert hall.title == "Growth"


def test_the_spotlight_shows_each_chart_alone_after_the_whole(hall):
    hall.sign_in()
    hall.know(1, tiles=[text(1), tile(2, trend(-5), y=5), tile(3, trend(-5), x=6, y=5)])
    hall.show(Item(dashboard=1, spotlight=True))
    counts = []
    for _ in range(3):
        counts.append(len(hall.conductor.sheet.tile_ids))
        hall.pass_(10)
    assert counts == [3, 1, 1]


def test_one_tile_may_fill_the_wall(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile(1, trend(-5)), tile(2, trend(-5), x=6)])
    hall.show(Item(dashboard=1, tile=2))
    assert hall.conductor.sheet.tile_ids == [2]


@pytest.mark.parametrize(
    ("item", "name"),
    [
        (Item(dashboard=77), "Dashboard 77"),
        (Item(dashboard=77, tile=3, range="last 7 days"), "Dashboard 77 tile 3"),
        (Item(dashboard=77, title="Money"), "Money"),
    ],
)
def test_what_never_had_a_name_is_reported_by_what_the_file_says(hall, item, name):
    hall.sign_in()
    hall.know(1)
    hall.show(Item(dashboard=1), item)
    for room in hall.rooms._rooms.values():
        room.store.apply(changes.with_dashboard_failure, 77, GONE, now=hall.time, asked=9)
        room.store.announce()
    hall.look()
    assert hall.window.beat().problems == (f"{name} is skipped: There is no such dashboard.",)


def test_a_tile_that_is_taken_off_its_dashboard_is_skipped_and_reported(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile(1, trend(-5)), tile(2, trend(-5))])
    hall.know(2)
    hall.show(Item(dashboard=1, tile=2), Item(dashboard=2))
    assert hall.title == "Weekly"
    hall.know(1, tiles=[tile(1, trend(-5))])
    hall.look()
    assert hall.title == "Growth"
    words = "Weekly is skipped: There is no tile 2 on this dashboard."
    assert hall.window.beat().problems == (words,)
    hall.pass_(10)
    assert (hall.title, hall.window.beat().missed) == ("Growth", 0)
    hall.know(1, tiles=[tile(1, trend(-5)), tile(2, trend(-5))])
    assert hall.window.beat().problems == ()


def test_a_wall_of_one_tile_that_is_not_there_says_so(hall):
    hall.sign_in()
    hall.know(1)
    hall.show(Item(dashboard=1, tile=9))
    assert "There is no tile 9 on this dashboard." in hall.window.beat().empty


def test_a_new_description_keeps_the_page_on_show(three):
    three.pass_(10)
    picture = three.conductor.sheet.picture
    three.window.set_wall(Wall(items=tuple(items(3, 2)), dwell=20, look=three.conductor.wall.look))
    three.settle()
    assert three.title == "Growth"
    assert three.conductor.sheet.picture is picture, "nothing went black"
    three.pass_(19)
    assert three.title == "Growth"
    three.pass_(1)
    assert three.title == "Ops"


def test_a_new_tag_brings_a_dashboard_onto_the_wall(hall):
    hall.sign_in()
    hall.know(1, 2, 3)
    hall.show(Item(tag="wall"))
    tagged = [
        row if row.id != 2 else type(row)(id=2, name="Growth", tags=("wall",)) for row in ROWS
    ]
    hall.sign_in(tuple(tagged))
    assert [stop.dashboard for stop in hall.conductor.stops] == [2, 3, 1]


def test_a_wall_begins_where_an_earlier_run_was(hall):
    hall.sign_in()
    hall.know(1, 2, 3)
    hall.conductor.start_at("dashboard 3", 0, paused=True)
    hall.show(*items(1, 2, 3))
    assert hall.title == "Ops"
    assert hall.conductor.rotation.paused


def test_a_wall_begins_with_what_it_has(hall):
    hall.sign_in()
    hall.know(3)
    hall.show(*items(1, 2, 3))
    assert hall.title == "Ops"


def test_two_pictures_serve_all_pages(three):
    pictures = set()
    for _ in range(9):
        pictures |= {id(three.conductor.sheet.picture), id(three.conductor.sheet_before.picture)}
        three.pass_(10)
    assert len(pictures - {id(None)}) == 2


def test_banners_come_and_go_in_the_same_two_pictures(three):
    """Made anew they left holes of 8 MB in a real wall's memory."""
    three.pass_(10)
    sheets = three.conductor.sheet, three.conductor.sheet_before
    before = [one.picture for one in sheets]
    heights = set()
    for words in ("walls.toml cannot be read.", "") * 2:
        three.rooms.set_notice(words)
        three.pass_(10)
        three.pass_(10)
        heights.add(three.conductor.sheet.size.height())
    assert len(heights) == 2, "each banner makes the page lower"
    assert {id(one.picture) for one in sheets} == {id(one) for one in before}


def test_of_a_picture_only_the_page_is_painted(three):
    three.rooms.set_notice("walls.toml cannot be read.")
    three.settle()
    sheet, red = three.conductor.sheet, QColor(255, 0, 0)
    sheet.picture.fill(red)
    image = QImage(three.window.size(), QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    sheet.paint(painter, QPointF(3, 5))
    painter.end()
    right, bottom = sheet.size.width() + 2, sheet.size.height() + 4
    assert image.pixelColor(right, bottom) == image.pixelColor(3, 5) == red
    assert image.pixelColor(right + 1, bottom) != red
    assert image.pixelColor(right, bottom + 1) != red


def test_the_next_page_is_drawn_before_its_time(three):
    behind = three.conductor.renderer.backstage
    assert behind.is_ready
    assert behind.place.key == "dashboard 2"
    assert behind.sheet.picture is not None


def test_memory_that_is_asked_for_is_given_back_and_nothing_is_missed(three):
    three.conductor.trim()
    assert three.conductor.sheet_before.picture is None
    three.settle()
    three.pass_(10)
    assert three.title == "Growth"


def test_a_new_number_is_painted_into_the_page_on_show(three):
    before = three.conductor.sheet.picture.toImage()
    three.know(1, tiles=[tile(1, trend(0, 9, 9, 1, name="Tile of 1"))])
    assert three.conductor.sheet.picture.toImage() != before
    assert three.conductor.rotation.turns == 0


def test_a_tile_without_a_number_yet_does_not_hold_the_others_up(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile(1, pending()), tile(2, answer(-5), x=6)])
    hall.show(*items(1))
    assert hall.title == "Weekly"
