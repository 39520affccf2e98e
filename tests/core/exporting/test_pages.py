from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.exporting.pages import SLACK, Placed, paginate
from phdesk.core.grid.placement import Want, place


def rows(*heights, width=100.0):
    """One tile a row, with 10 px between them."""
    made, top = [], 0.0
    for number, height in enumerate(heights):
        made.append(Placed(number, 0.0, top, width, float(height)))
        top += height + 10
    return made


def numbers(pages):
    return [[one.tile for one in page] for page in pages]


def test_what_fits_is_on_one_page():
    assert numbers(paginate(rows(40, 40), 100, 100)) == [[0, 1]]


def test_a_tile_that_a_break_would_cut_begins_the_next_page_at_its_top():
    pages = paginate(rows(40, 40, 40), 100, 100)
    assert numbers(pages) == [[0, 1], [2]]
    assert pages[1][0].y == 0


def test_the_first_page_may_have_less_room_than_the_others():
    assert numbers(paginate(rows(40, 40, 40), 50, 100)) == [[0], [1, 2]]


def test_tiles_of_one_row_stay_together_though_one_of_them_would_fit():
    high = [Placed(0, 0, 0, 50, 60), Placed(1, 0, 70, 50, 60), Placed(2, 50, 70, 50, 20)]
    assert numbers(paginate(high, 100, 100)) == [[0], [1, 2]]


def test_uneven_columns_are_divided_where_they_fit():
    uneven = [Placed(0, 0, 0, 50, 90), Placed(1, 50, 0, 50, 40), Placed(2, 50, 50, 50, 90)]
    assert numbers(paginate(uneven, 100, 100)) == [[0, 1], [2]]


def test_a_tile_higher_than_a_page_shrinks_to_it():
    pages = paginate(rows(300, 20), 80, 100)
    assert numbers(pages) == [[0], [1]]
    assert pages[0][0].height == 80


def test_a_heading_goes_with_what_it_heads():
    assert numbers(paginate(rows(60, 20, 60), 100, 100, headings={1})) == [[0], [1, 2]]


def test_a_heading_that_nothing_follows_stays():
    assert numbers(paginate(rows(60, 20), 100, 100, headings={1})) == [[0, 1]]
    assert numbers(paginate(rows(90, 90), 100, 100, headings={0, 1})) == [[0], [1]]


def test_no_tiles_need_no_page():
    assert paginate((), 100, 100) == ()


sizes = st.tuples(st.integers(1, 12), st.integers(1, 9))


@given(st.lists(sizes, max_size=40), st.floats(120, 1500), st.floats(0, 100), st.data())
def test_every_tile_is_on_one_page_whole_and_over_no_other(wanted, room, less, data):
    boxes = place([Want(None, w, h) for w, h in wanted], "vertical")
    tiles = [
        Placed(i, box.x * 80.0, box.y * 92.0, box.w * 80.0, box.h * 92.0 - 12)
        for i, box in enumerate(boxes)
    ]
    headings = data.draw(st.sets(st.integers(0, max(len(tiles) - 1, 0))))
    pages = paginate(tiles, room - less, room, headings)
    assert sorted(one.tile for page in pages for one in page) == list(range(len(tiles)))
    for number, page in enumerate(pages):
        assert page, "no page is empty"
        most = room if number else room - less
        for one in page:
            assert one.y >= 0
            assert one.bottom <= most + SLACK
        for one in page:
            for other in page:
                if one.tile < other.tile:
                    assert not crosses(one, other)


def crosses(one, other):
    return (
        one.x < other.x + other.width - SLACK
        and other.x < one.x + one.width - SLACK
        and one.y < other.bottom - SLACK
        and other.y < one.bottom - SLACK
    )
