"""What a wall shows while the hours of all its items are over."""

from datetime import UTC

import pytest

from phdesk.core.wall.health import lines, worries
from phdesk.models.failure import Cause, Failure
from phdesk.models.status import Status, Window
from phdesk.models.wall import Hours, Item
from tests.store.builders import NOON

DAY = 24 * 60


def minute(hall):
    return hall.time.hour * 60 + hall.time.minute


def clock(minutes):
    return f"{minutes % DAY // 60:02}:{minutes % 60:02}"


def between(hall, begins, ends):
    """Give hours from some minutes after now to some later ones."""
    now = minute(hall)
    return (Hours(start=(now + begins) % DAY, end=(now + ends) % DAY),)


def said(hall):
    return hall.window._saying.nothing()


@pytest.fixture
def signed_in(hall):
    hall.conductor.set_zone(UTC)
    hall.sign_in()
    hall.know(1, 2)
    return hall


def test_nothing_stays_on_show_beyond_its_hours(signed_in):
    hall = signed_in
    begins = clock(minute(hall) + 60)
    hall.show(
        Item(dashboard=1, hours=between(hall, -5, 2)),
        Item(dashboard=2, hours=between(hall, 60, 90)),
    )
    hall.pass_(1)
    assert hall.title == "Weekly"
    before = hall.window.grab().toImage()
    hall.pass_(120)
    assert (hall.title, hall.window.heading.age) == ("", "")
    assert said(hall) == (f"Nothing is scheduled until {begins}.", "Then comes “Growth”.")
    assert hall.window.heading.clock
    assert hall.window.grab().toImage() != before
    assert hall.window.accessibleName() == ""


def test_what_opens_again_is_there_at_once(signed_in):
    hall = signed_in
    hall.show(
        Item(dashboard=2, hours=between(hall, 3, 5)),
        Item(dashboard=1, hours=(*between(hall, -5, 1), *between(hall, 3, 5))),
    )
    hall.pass_(1)
    assert hall.title == "Weekly"
    hall.pass_(60)
    assert hall.title == ""
    hall.pass_(120)
    assert hall.title == "Weekly", "where it was"
    hall.pass_(10)
    assert hall.title == "Growth"


def test_a_wall_that_starts_between_hours_shows_its_first_page_when_they_begin(signed_in):
    hall = signed_in
    hall.show(Item(dashboard=2, hours=between(hall, 2, 60)))
    hall.pass_(1)
    assert hall.title == ""
    assert said(hall)[0].startswith("Nothing is scheduled until ")
    hall.pass_(120)
    assert hall.title == "Growth"


def test_a_wall_goes_on_where_it_was_only_in_its_hours(signed_in):
    hall = signed_in
    hall.conductor.start_at("dashboard 1", 0)
    turned = []
    hall.conductor.turned.connect(lambda _fades: turned.append(hall.conductor.rotation.place.key))
    hall.show(Item(dashboard=1, hours=between(hall, 5, 10)), Item(dashboard=2))
    hall.pass_(1)
    assert turned == ["dashboard 2"]


@pytest.mark.parametrize("paused", [False, True], ids=["running", "held by a person"])
def test_a_page_that_is_held_ends_with_its_hours_too(signed_in, paused):
    hall = signed_in
    hall.show(Item(dashboard=1, hours=between(hall, -5, 2)))
    hall.pass_(1)
    if paused:
        hall.conductor.toggle_pause()
    hall.pass_(120)
    assert hall.title == ""


def test_a_wall_with_nothing_scheduled_is_healthy_and_says_what_it_waits_for(signed_in):
    hall = signed_in
    begins = clock(minute(hall) + 60)
    hall.show(Item(dashboard=2, hours=between(hall, 60, 90)))
    hall.pass_(1)
    beat = hall.window.beat()
    window = Window(phase="running", beats=1, silence_limit=6)
    told = Status(version="1", pid=1, began=0, since=NOON, at=NOON, window=window, monitors=(beat,))
    assert worries(told) == ()
    words = f"screen: Nothing is scheduled until {begins}. Then comes “Growth”. (not on show)"
    assert words in lines(told, NOON)


def test_a_refused_key_is_told_also_while_nothing_is_scheduled(signed_in):
    hall = signed_in
    hall.show(Item(dashboard=2, hours=between(hall, 60, 90)))
    hall.rooms.set_trouble(Failure(cause=Cause.WRONG_KEY, message="Refused."))
    hall.pass_(1)
    assert "was refused" in hall.window.heading.banners[0].words
    assert any("was refused" in words for words in hall.window.beat().problems)


def test_what_is_deleted_waits_for_no_hours(signed_in):
    hall = signed_in
    hall.fail(2, Failure(cause=Cause.NOT_FOUND, message="Not found.", detail="404"))
    begins = clock(minute(hall) + 120)
    hall.show(
        Item(dashboard=2, hours=between(hall, 60, 90)),
        Item(dashboard=1, hours=between(hall, 120, 150)),
    )
    hall.pass_(1)
    assert said(hall) == (f"Nothing is scheduled until {begins}.", "Then comes “Weekly”.")
