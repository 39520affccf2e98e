"""What a wall leaves out after its window crashed again and again."""

from phdesk.models.failure import Cause, Failure
from phdesk.models.wall import Wall
from tests.views.monitor.hall import items

GONE = Failure(cause=Cause.NOT_FOUND, message="There is no such dashboard.")


def begin(hall, *barred, at=""):
    """Show three dashboards, as a window that starts with some barred."""
    hall.sign_in()
    hall.know(1, 2, 3)
    hall.conductor.bar(barred)
    hall.conductor.start_at(at, 0)
    hall.show(*items(1, 2, 3))


def seen(hall, turns=4):
    titles = [hall.title]
    for _ in range(turns):
        hall.pass_(10)
        titles.append(hall.title)
    return titles


def keys(hall):
    wall = Wall(items=tuple(items(1, 2, 3)))
    return [one.key for one in hall.rooms.stops_of(wall)]


def test_what_was_on_show_at_crashes_is_passed_over_and_told(hall):
    hall.sign_in()
    first, _, _ = keys(hall)
    begin(hall, first, at=first)
    assert seen(hall) == ["Growth", "Ops", "Growth", "Ops", "Growth"]
    assert any("crashed while it was shown" in one for one in hall.window.beat().problems)


def test_where_it_is_all_there_is_it_is_shown(hall):
    hall.sign_in()
    begin(hall, *keys(hall))
    assert seen(hall, 2) == ["Weekly", "Growth", "Ops"]


def test_where_the_others_are_gone_it_is_shown_again(hall):
    hall.sign_in()
    first, _, _ = keys(hall)
    begin(hall, first)
    hall.fail(2, GONE)
    hall.fail(3, GONE)
    hall.pass_(10)
    hall.pass_(10)
    assert hall.title == "Weekly"
