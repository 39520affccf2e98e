"""A wall always says how old its numbers are, and what is wrong, without ever being blank."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from phdesk.core.charts.spec import NoticeBody
from phdesk.core.charts.view import ELSEWHERE
from phdesk.core.filters import Filter, Override
from phdesk.core.wall import pages
from phdesk.core.wall.pages import DESK_LABEL, scale_for
from phdesk.models.failure import Cause, Failure
from phdesk.models.wall import Item, Look, Wall
from phdesk.store import changes
from phdesk.store.overrides import with_override
from phdesk.views.charts import ink
from phdesk.views.monitor.frame import still
from phdesk.views.monitor.header import Heading, banner_lines, height_of, paint_header
from phdesk.views.theme.wall import wall_theme
from tests.store.builders import TROUBLE, at, text, tile
from tests.views.charts import bodies
from tests.views.dashboard.showing import trend
from tests.views.monitor.hall import items

REFUSED = Failure(cause=Cause.WRONG_KEY, message="PostHog does not know this key.")
AWAY = Failure(cause=Cause.NETWORK, message="PostHog cannot be reached.")


@pytest.fixture
def one(hall):
    hall.sign_in()
    hall.know(1)
    hall.show(*items(1))
    return hall


def test_the_clock_shows_each_second(one):
    before = one.window.heading.clock
    one.pass_(1)
    assert one.window.heading.clock != before
    assert one.window.heading.clock == f"{one.time.astimezone():%H:%M:%S}"


def test_every_painting_is_counted_and_told(one, qtbot):
    frame = one.window.frame
    with qtbot.waitSignal(one.window.painted) as told:
        one.pass_(1)
    assert told.args[0] > frame


def test_the_head_gives_the_age_of_the_oldest_tile(one):
    one.know(1, tiles=[tile(1, trend(-5)), tile(2, trend(-40), x=6)])
    one.pass_(1)
    assert one.window.heading.age.endswith("40 min ago")
    assert one.window.beat().oldest == one.time.replace(second=0) - timedelta(minutes=40)


def test_a_number_is_stale_past_twice_the_cadence(hall):
    hall.sign_in()
    hall.know(1)
    hall.show(*items(1), refresh=600)
    notes = hall.conductor.showing.notes(1, hall.now(), 600)
    assert (notes.age, notes.stale) == ("5 min", False)
    hall.pass_(16 * 60)
    assert hall.window.heading.stale
    assert hall.window.beat().tiles[0].stale


def test_a_number_is_not_stale_while_posthog_itself_takes_it_for_fresh(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile(1, trend(-5, cache_target_age=at(60)))])
    hall.show(*items(1), refresh=600)
    for seconds, stale in ((59 * 60, False), (2 * 60, True)):
        hall.pass_(seconds)
        notes = hall.conductor.showing.notes(1, hall.now(), 600)
        said = (notes.stale, hall.window.heading.stale, hall.window.beat().tiles[0].stale)
        assert (bool(notes.age), *said) == (True, stale, stale, stale)


def test_texts_between_the_numbers_are_of_no_age(hall):
    hall.sign_in()
    hall.know(1, tiles=[tile(1, trend(-5)), text(2, "\n\n".join(["What we look for."] * 9))])
    hall.show(*items(1))
    assert set(hall.conductor.sheet.tile_ids) == {1, 2}
    assert [one.tile for one in hall.window.beat().tiles] == [hall.conductor.showing.views[1].title]


def test_a_refresh_that_failed_keeps_the_number_and_says_why(one):
    one.store.apply(changes.with_dashboard_failure, 1, TROUBLE, now=one.time, asked=50)
    one.settle()
    assert one.title == "Weekly"
    assert one.conductor.sheet.tile_ids == [1]


def test_a_short_silence_is_not_mentioned_and_a_longer_one_is(one):
    one.store.apply(changes.with_offline, AWAY)
    one.pass_(1)
    one.pass_(28)
    assert one.window.heading.banners == ()
    one.pass_(2)
    assert one.window.heading.banners[0].words.startswith("Offline: data from ")
    one.store.apply(changes.with_online)
    one.pass_(1)
    assert one.window.heading.banners == ()


def test_one_outage_is_one_problem_however_old_the_numbers_of_each_page_are(hall):
    """The last troubles of `phdesk status` were all of one outage, a line for each page."""
    hall.sign_in()
    hall.know(1, tiles=[tile(1, trend(-50))])
    hall.know(2, tiles=[tile(2, trend(-5))])
    hall.show(*items(1, 2))
    hall.store.apply(changes.with_offline, AWAY)
    hall.pass_(10)
    hall.pass_(30)
    seen, said = set(), []
    for _ in range(4):
        hall.pass_(10)
        seen.add(hall.window.heading.banners[0].words)
        said += hall.window.beat().problems
    assert len(seen) == 2, "the banner speaks of the page"
    assert set(said) == {"Offline."}


def test_a_banner_pushes_the_page_down_and_covers_nothing(one):
    height = one.conductor.sheet.size.height()
    one.store.apply(changes.with_offline, REFUSED)
    one.pass_(1)
    assert one.conductor.sheet.size.height() < height


def test_below_a_banner_tiles_stay_on_their_pages(hall, monkeypatch):
    monkeypatch.setitem(pages.LEAST, "chart", (272.0, 214.0))  # just fits, twice
    hall.sign_in()
    hall.know(1, tiles=[tile(number, trend(-5)) for number in range(1, 5)])
    hall.show(*items(1), size=(1920, 1080), look=Look(motion=False))
    height, shown = hall.conductor.sheet.size.height(), hall.conductor.sheet.tile_ids
    assert len(shown) == 4
    hall.store.apply(changes.with_offline, REFUSED)
    hall.pass_(1)
    assert hall.conductor.sheet.size.height() < height
    assert hall.conductor.sheet.tile_ids == shown


@pytest.mark.parametrize("size", [(1280, 720), (1080, 1920), (3840, 2160)])
@pytest.mark.parametrize("type_size", ["room", "hall"])
def test_who_must_act_is_never_cut(hall, size, type_size):
    hall.sign_in()
    hall.know(1)
    hall.show(*items(1), size=size, look=Look(motion=False, type_size=type_size))
    hall.store.apply(changes.with_offline, REFUSED)
    hall.pass_(1)
    (banner,) = hall.window.heading.banners
    lines = banner_lines(banner, hall.window.width() - 2 * hall.window.ink.px(8), hall.window.ink)
    assert " ".join(lines) == banner.words


@pytest.mark.parametrize("name", ["Customer success", "A name that is very long " * 4])
@pytest.mark.parametrize("size", [(1280, 720), (1080, 1920)])
def test_which_page_it_is_stands_beside_the_longest_name(qapp, monkeypatch, name, size):
    record = []

    def put(_painter, _rect, words, *_rest):
        record.append(words)

    monkeypatch.setattr(ink, "put", put)
    brush = ink.Ink(wall_theme("dark"), scale_for(*size, "hall"), DESK_LABEL)
    heading = Heading(title=name, section="Support", page="1 of 4", clock="12:00:00", age="5 min")
    image = QImage(*size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_header(painter, QRectF(0, 0, size[0], height_of(heading, size[0], brush)), heading, brush)
    painter.end()
    assert any(words.endswith("1 of 4") for words in record)
    assert "5 min" in record


def test_a_refused_key_keeps_the_data_and_says_who_must_act(one):
    one.store.apply(changes.with_offline, REFUSED)
    one.pass_(1)
    words = one.window.heading.banners[0].words
    assert words.startswith("phdesk's key was refused. Ada must sign in again on this computer.")
    assert "Data from" in words
    assert one.title == "Weekly"
    assert one.window.beat().problems == (words.partition(" Data from")[0],)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (None, "Reading “Weekly” for the first time…"),
        (AWAY, "PostHog cannot be reached."),
        (REFUSED, "There is nothing to show yet."),
    ],
    ids=["reading", "away", "refused"],
)
def test_an_empty_wall_says_what_is_missing_while_its_clock_runs(hall, failure, words):
    hall.sign_in()
    hall.show(*items(1))
    hall.rooms.set_trouble(failure)
    what, _remedy = hall.window._saying.nothing()
    assert what == words
    before = hall.window.grab().toImage()
    hall.pass_(1)
    assert hall.window.grab().toImage() != before


def test_what_is_kept_on_disk_is_not_said_to_be_read_for_the_first_time(hall):
    hall.sign_in()
    hall.know(1)
    hall.window.set_wall(Wall(items=(Item(dashboard=1),)))
    assert hall.conductor.showing is None, "it is not drawn yet"
    assert hall.window._saying.nothing() == ("Getting ready…", "")


def test_a_wall_that_shows_nothing_tells_its_watch_why_until_it_shows_something(hall):
    hall.sign_in()
    hall.show(*items(1))
    assert hall.window.beat().empty == "Reading “Weekly” for the first time…"
    hall.know(1)
    assert hall.window.beat().empty == ""


def test_a_wall_that_is_off_owes_nothing_on_show(hall):
    hall.sign_in()
    hall.show(*items(1))
    assert not hall.window.beat().resting
    hall.window.set_off(True)
    assert hall.window.beat().empty == ""
    assert hall.window.beat().resting


def test_a_wall_whose_tags_nobody_carries_says_so(hall):
    hall.sign_in()
    hall.show(Item(tag="nothing"))
    assert hall.window._saying.nothing()[0] == "This wall has no dashboards."


def test_a_wall_without_any_account_says_that_somebody_must_sign_in(hall):
    hall.show(*items(1))
    missing = Failure(cause=Cause.NO_KEY, message="There is no key.")
    hall.rooms.set_trouble(missing)
    assert "Somebody must sign in on this computer." in hall.window._saying.nothing()[1]


def test_numbers_of_other_dates_are_never_shown(hall):
    hall.sign_in()
    hall.know(1)
    hall.show(Item(dashboard=1, range="last 7 days"))
    (stop,) = hall.conductor.stops
    room = hall.rooms._rooms[("", 0, stop.wish)]
    made = hall.store.state.dashboards[1].dashboard
    held = [tile(1, trend(-5))]
    whole = type(made)(row=made.row, tiles=tuple(held))
    room.store.apply(changes.with_dashboard, whole, now=hall.time, asked=1)
    room.store.announce()
    hall.settle()
    hall.look()
    assert hall.window.heading.section == "last 7 days"
    showing = hall.conductor.showing
    assert "awaited" in showing.views[1].body.headline
    assert showing.notes(1, hall.now(), 600).age == ""
    assert hall.window.beat().oldest is None


def test_the_ground_has_its_colour_before_anything_is_painted(hall):
    hall.show(*items(1), look=Look(palette="contrast"))
    ground = hall.window.palette().color(hall.window.backgroundRole())
    assert ground == wall_theme("contrast").bg


def test_a_dimmed_wall_is_darker_and_a_wall_that_is_off_is_black(one):
    bright = one.window.grab().toImage().pixelColor(40, 200).lightness()
    one.window.set_dim(0.3)
    dim = one.window.grab().toImage().pixelColor(40, 200).lightness()
    assert dim < bright
    one.window.set_off(True)
    image = one.window.grab().toImage()
    assert image.pixelColor(640, 360) == QColor("#000000")


def test_the_picture_moves_as_it_is_told(one):
    before = one.window.grab().toImage()
    one.window.set_offset(4, 2)
    after = one.window.grab().toImage()
    spot = QPoint(300, 300)
    assert after.pixelColor(spot + QPoint(4, 2)) == before.pixelColor(spot)
    assert after != before


def test_amounts_are_hidden_where_the_wall_asks_for_it(one):
    before = one.conductor.showing.views[1]
    one.show(*items(1), look=Look(motion=False, blur=("people",)))
    assert one.conductor.showing.views[1] is not before


@pytest.mark.parametrize(
    ("state", "headline", "shown"),
    [
        ("pending", "Not calculated yet. Refresh to ask PostHog.", ("Not calculated yet.", "")),
        ("error", "The server had an error.", ("The server had an error.", "")),
        ("empty", "No events.", ("No events.", "Traceback, line 7")),
        ("unsupported", ELSEWHERE, (f"{ELSEWHERE.partition('. ')[0]}.", "Traceback, line 7")),
    ],
)
def test_what_a_wall_says_asks_nobody_to_press_anything(state, headline, shown):
    body = NoticeBody(state=state, headline=headline, detail="Traceback, line 7", link="Open it")
    made = still(bodies.view(body)).body
    assert (made.headline, made.detail, made.link) == (*shown, "")


def test_temporary_filters_are_named_in_the_head(one):
    week = Override(filters=Filter(date_from="-7d"))
    one.store.apply(with_override, 1, week)
    one.settle()
    one.look()
    assert one.window.heading.section == "temporary filters"


def test_a_screen_reader_hears_what_is_on_the_wall(one):
    one.pass_(1)
    assert one.window.accessibleName() == "Weekly"
    assert "Tile of 1" in one.window.accessibleDescription()


def test_what_comes_next_is_told_apart_by_its_dates(hall):
    hall.sign_in()
    hall.know(1)
    hall.show(*items(1), Item(dashboard=1, range="last 7 days"))
    assert hall.window.heading.following == "Next: Weekly · last 7 days"


def test_a_banner_that_takes_a_second_line_has_the_page_laid_out_anew(one):
    one.window.resize(1080, 1920)
    one.rooms.set_notice("walls.toml cannot be read.")
    one.look()
    short, low = one.conductor.sheet.size.height(), one.window._head_height()
    one.rooms.set_notice("walls.toml:3: defaults.dwell: “0s” is too short; at least 5s. " * 2)
    one.look()
    high = one.window._head_height()
    assert high > low
    assert one.conductor.sheet.size.height() == pytest.approx(short - (high - low), abs=1)
    assert one.conductor.sheet.size == one.window._page_rect().size().toSize()
