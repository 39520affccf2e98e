"""Places in a text, as Qt counts them."""

from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.hogql.places import letter_place, qt_place


@given(st.text(), st.integers(0, 40))
def test_there_and_back_is_the_same_place(text, place):
    place = min(place, len(text))
    assert letter_place(text, qt_place(text, place)) == place


def test_a_letter_beyond_the_first_plane_counts_twice():
    assert [qt_place("a🦔b", place) for place in range(5)] == [0, 1, 3, 4, 5]
    assert [letter_place("a🦔b", place) for place in range(5)] == [0, 1, 1, 2, 3]
