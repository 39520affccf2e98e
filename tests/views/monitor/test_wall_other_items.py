"""What is taken out of a wall's list goes from the wall, also where nothing comes in its place."""

from phdesk.models.failure import Cause, Failure
from phdesk.models.wall import Item
from tests.views.monitor.hall import items

GONE = Failure(cause=Cause.NOT_FOUND, message="Not found: it may be deleted.", detail="404")


def begun(hall):
    hall.sign_in()
    hall.know(1, 2)
    hall.show(*items(1))
    assert hall.title == "Weekly"


def picture(hall):
    return hall.window.grab().toImage()


def test_it_goes_where_what_comes_is_deleted(hall):
    begun(hall)
    hall.fail(3, GONE)
    hall.show(*items(3))
    hall.pass_(1)
    assert hall.title == ""
    assert hall.window.heading.age == ""
    beat = hall.window.beat()
    assert (beat.item, beat.tiles) == ("", ())
    assert beat.empty.startswith("There is nothing to show. Ops is skipped: Not found:")
    assert hall.window.heading.share == 0


def test_it_goes_while_what_comes_is_read_for_the_first_time(hall):
    begun(hall)
    hall.show(*items(3))
    hall.pass_(1)
    assert hall.title == ""
    assert "Ops" in hall.window.beat().empty
    hall.know(3)
    hall.pass_(1)
    assert hall.title == "Ops"
    assert hall.window.beat().tiles


def test_it_goes_where_no_dashboard_has_the_tag(hall):
    begun(hall)
    hall.show(Item(tag="nobody"))
    hall.pass_(1)
    assert hall.title == ""
    assert hall.window.beat().empty.startswith("This wall has no dashboards.")


def test_it_is_back_when_the_list_has_it_again(hall):
    begun(hall)
    before = picture(hall)
    hall.fail(3, GONE)
    hall.show(*items(3))
    hall.pass_(1)
    assert picture(hall) != before
    hall.show(*items(1))
    hall.pass_(1)
    assert hall.title == "Weekly"
    assert picture(hall).copy(0, 100, 1280, 620) == before.copy(0, 100, 1280, 620)


def test_it_stays_until_what_comes_is_drawn(hall):
    begun(hall)
    hall.show(*items(2))
    assert hall.title in {"Weekly", "Growth"}
    hall.pass_(1)
    assert hall.title == "Growth"
