import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from phdesk.views.dashboard.walking import heir, neighbour

HERE = QRect(100, 100, 100, 100)
SIDES = st.integers(0, 400), st.integers(0, 400), st.integers(1, 300), st.integers(1, 300)
PLACES = st.lists(st.builds(QRect, *SIDES), max_size=8)


@pytest.mark.parametrize(
    ("there", "found"),
    [
        pytest.param({2: QRect(210, 100, 50, 50), 3: QRect(220, 100, 50, 50)}, 2, id="nearest"),
        pytest.param({2: QRect(210, 250, 50, 50), 3: QRect(260, 120, 50, 50)}, 3, id="in line"),
        pytest.param(
            {2: QRect(210, 90, 50, 40), 3: QRect(210, 130, 50, 40)}, 3, id="by its middle"
        ),
        pytest.param({3: QRect(210, 100, 50, 100), 2: QRect(210, 100, 50, 100)}, 3, id="first"),
        pytest.param({2: QRect(0, 100, 50, 100)}, None, id="behind"),
    ],
)
def test_to_the_right_is_the_nearest_tile_in_line(there, found):
    assert neighbour(HERE, there.items(), 1, 0) == found


@given(PLACES, st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]))
def test_a_step_always_leads_onwards(places, step):
    found = neighbour(HERE, enumerate(places), *step)
    away = [place.center() - HERE.center() for place in places]
    onwards = {at for at, by in enumerate(away) if by.x() * step[0] + by.y() * step[1] > 0}
    assert found in onwards if onwards else found is None


@given(st.lists(st.integers(1, 9), min_size=1, unique=True), st.data())
def test_the_keyboard_stays_among_tiles_that_stay_and_goes_forward_if_it_can(order, data):
    here = data.draw(st.sampled_from(order))
    stay = data.draw(st.sets(st.sampled_from(order))) - {here}
    found, after = heir(order, here, stay), order[order.index(here) :]
    if not stay:
        assert found is None
    elif stay & set(after):
        assert found == next(one for one in after if one in stay)
    else:
        assert found == [one for one in order if one in stay][-1]
