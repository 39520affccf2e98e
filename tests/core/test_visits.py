"""Back and forward, as in a browser."""

from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.visits import MOST, Place, Visits, stepped, visited

A, B, C = Place(1), Place(2), Place(2, tile=7)


def gone(*places):
    visits = Visits()
    for place in places:
        visits = visited(visits, place)
    return visits


def here(visits):
    return visits.places[visits.at]


def test_back_and_forward_lead_along_what_was_visited():
    back = stepped(gone(A, B, C), -1)
    assert here(back) == B
    assert here(stepped(back, -1)) == A
    assert here(stepped(back, 1)) == C


def test_there_is_nothing_before_the_first_and_after_the_last():
    assert stepped(Visits(), -1) is None
    assert stepped(gone(A), -1) is None
    assert stepped(gone(A, B), 1) is None


def test_a_new_place_gives_up_what_lay_ahead():
    turned = visited(stepped(gone(A, B), -1), C)
    assert turned.places == (A, C)
    assert stepped(turned, 1) is None


def test_to_stay_is_no_visit():
    assert gone(A, A, B, B) == gone(A, B)
    back = stepped(gone(A, B), -1)
    assert visited(back, A) is back, "and keeps what lies ahead"


@given(st.lists(st.integers(0, 3).map(Place), min_size=1, max_size=3 * MOST))
def test_all_the_way_back_and_forward_again_ends_where_it_began(places):
    visits = last = gone(*places)
    seen = [here(visits)]
    while (before := stepped(last, -1)) is not None:
        last = before
        seen.append(here(last))
    assert len(seen) <= MOST
    assert tuple(reversed(seen)) == visits.places
    while (ahead := stepped(last, 1)) is not None:
        last = ahead
    assert last == visits
