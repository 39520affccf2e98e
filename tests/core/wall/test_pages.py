"""Pages of a wall: everything on them is large enough to be read from where people stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.wall.pages import DESK_LABEL, GAP, LEAST, Exhibit, pages_for, scale_for
from phdesk.models.dashboard import Box

SCREENS = {
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "4K": (3840, 2160),
    "portrait": (1080, 1920),
}


KINDS = st.sampled_from(["number", "chart", "wide", "paths", "text", "heading"])
BOXES = st.builds(Box, st.integers(0, 6), st.integers(0, 30), st.integers(1, 6), st.integers(1, 8))


def charts(count, w=6, h=5):
    return [Exhibit(Box(i % 2 * w, i // 2 * h, w, h), "chart") for i in range(count)]


def laid(exhibits, size, type_size="room"):
    return pages_for(exhibits, *size, scale_for(*size, type_size))


@pytest.mark.parametrize(
    ("size", "label"), [("720p", 16), ("1080p", 24), ("4K", 48), ("portrait", 24)]
)
def test_labels_grow_with_the_screen(size, label):
    assert round(scale_for(*SCREENS[size], "room") * DESK_LABEL) == label


def test_labels_grow_with_the_distance():
    desk, room, hall = (scale_for(1920, 1080, one) for one in ("desk", "room", "hall"))
    assert desk < room < hall


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize("type_size", ["desk", "room", "hall"])
def test_twelve_charts_stand_on_as_many_pages_as_it_takes_to_read_them(size, type_size):
    pages = laid(charts(12), size, type_size)
    scale = scale_for(*size, type_size)
    least = [min(px * scale, side) for px, side in zip(LEAST["chart"], size, strict=True)]
    for page in pages:
        for spot in page.spots:
            assert spot.w >= least[0] - 1
            assert spot.h >= least[1] - 1
    assert [spot.index for page in pages for spot in page.spots] == list(range(12))


def test_pages_are_evenly_full():
    sizes = [len(page.spots) for page in laid(charts(7), SCREENS["1080p"])]
    assert max(sizes) - min(sizes) <= 1


def test_a_dashboard_that_fits_is_one_page_that_fills_the_screen():
    (page,) = laid(charts(4), SCREENS["1080p"])
    assert min(spot.x for spot in page.spots) == 0
    assert max(spot.x + spot.w for spot in page.spots) == pytest.approx(1920)
    assert max(spot.y + spot.h for spot in page.spots) == pytest.approx(1080)


def test_a_heading_becomes_the_words_of_its_page():
    tiles = [
        Exhibit(Box(0, 0, 12, 1), "heading", "Growth"),
        *(Exhibit(Box(i * 6, 1, 6, 5), "chart") for i in range(2)),
        Exhibit(Box(0, 6, 12, 1), "heading", "Revenue"),
        *(Exhibit(Box(i * 6, 7, 6, 5), "chart") for i in range(2)),
        Exhibit(Box(0, 12, 12, 1), "heading", "Nothing below"),
    ]
    small = laid(tiles, (1280, 720), "hall")
    assert small[0].heading == "Growth"
    assert "Nothing below" not in " ".join(page.heading for page in small)
    shown = [spot.index for page in small for spot in page.spots]
    assert shown == [1, 2, 4, 5]


def test_a_text_stays_with_what_follows_it():
    tiles = [
        *charts(4),
        Exhibit(Box(0, 10, 12, 2), "text"),
        Exhibit(Box(0, 12, 6, 5), "chart"),
        Exhibit(Box(6, 12, 6, 5), "chart"),
    ]
    for page in laid(tiles, SCREENS["1080p"]):
        last = page.spots[-1].index
        assert last != 4


@pytest.mark.parametrize("size", SCREENS.values(), ids=SCREENS)
def test_a_text_takes_the_height_of_its_words_and_the_charts_the_rest(size):
    short = Exhibit(Box(0, 0, 12, 4), "text", "Numbers of\nthis week")
    long = Exhibit(Box(0, 0, 12, 4), "text", "A sentence of some length. " * 30)
    below = Exhibit(Box(0, 4, 12, 5), "chart")
    (brief,), (full,) = (laid([one, below], size) for one in (short, long))
    assert brief.spots[0].h < 84 * scale_for(*size, "room") * 1.1
    assert full.spots[0].h > 1.5 * brief.spots[0].h
    assert max(spot.y + spot.h for spot in brief.spots) == pytest.approx(size[1])


def test_a_text_is_not_cut_for_charts_that_take_the_room_they_need():
    words = ["## Onboarding checklist", "", "A checklist after sign-up. " * 4]
    tiles = [
        Exhibit(Box(0, 0, 12, 2), "text", "\n".join(words)),
        Exhibit(Box(0, 2, 12, 9), "wide"),
        Exhibit(Box(0, 11, 12, 9), "chart"),
    ]
    scale = scale_for(*SCREENS["portrait"], "hall")
    for height in range(1400, 1900, 50):
        page = pages_for(tiles, 1028, height, scale)[0]
        assert page.spots[0].h >= 5 * 21 * scale, "a title, a gap and three lines"


def test_no_page_is_nearly_empty_beside_a_full_one():
    numbers = [Exhibit(Box(i * 3, 0, 3, 2), "number") for i in range(4)]
    below = [Exhibit(Box(i % 2 * 6, 2 + i // 2 * 5, 6, 5), "chart") for i in range(6)]
    for page in laid([*numbers, *below], SCREENS["1080p"], "desk"):
        assert any(spot.index >= 4 for spot in page.spots)


def test_paths_have_room_for_the_names_between_their_columns():
    tiles = [*charts(3), Exhibit(Box(6, 5, 6, 5), "paths")]
    spots = [spot for page in laid(tiles, SCREENS["1080p"]) for spot in page.spots]
    paths = next(spot for spot in spots if spot.index == 3)
    assert paths.w >= LEAST["paths"][0] * scale_for(1920, 1080, "room") - 1


def test_only_headings_make_no_page():
    assert laid([Exhibit(Box(0, 0, 12, 1), "heading", "Alone")], (1920, 1080)) == ()


def grouped(pages):
    return [(sorted(spot.index for spot in page.spots), page.heading) for page in pages]


@given(
    exhibits=st.lists(st.builds(Exhibit, BOXES, KINDS), min_size=1, max_size=14),
    size=st.sampled_from(list(SCREENS.values())),
    type_size=st.sampled_from(["desk", "room", "hall"]),
    share=st.sampled_from([0.88, 0.94, 1.0]),
)
def test_below_a_banner_the_same_tiles_stand_on_the_same_pages(exhibits, size, type_size, share):
    scale, (width, height) = scale_for(*size, type_size), size
    below = pages_for(exhibits, width, height * share, scale, height)
    assert grouped(below) == grouped(pages_for(exhibits, width, height, scale))


def test_below_many_banners_tiles_take_more_pages_before_they_are_squeezed():
    scale, (width, height) = scale_for(1920, 1080, "room"), (1920, 1080)
    below = pages_for(charts(12), width, height / 2, scale, height)
    assert len(below) > len(pages_for(charts(12), width, height, scale))


@given(
    exhibits=st.lists(st.builds(Exhibit, BOXES, KINDS), max_size=14),
    size=st.sampled_from(list(SCREENS.values())),
    type_size=st.sampled_from(["desk", "room", "hall"]),
    calm=st.sampled_from([0.0, 1.0, 1.06, 1.5]),
)
def test_each_tile_is_shown_once_inside_the_page_and_over_no_other(exhibits, size, type_size, calm):
    scale = scale_for(*size, type_size)
    pages = pages_for(exhibits, *size, scale, calm * size[1])
    shown = sorted(spot.index for page in pages for spot in page.spots)
    assert shown == [i for i, one in enumerate(exhibits) if one.kind != "heading"]
    for page in pages:
        for i, one in enumerate(page.spots):
            assert one.x >= -0.5
            assert one.y >= -0.5
            assert one.x + one.w <= size[0] + 0.5
            assert one.y + one.h <= size[1] + 0.5
            for other in page.spots[i + 1 :]:
                beside = one.x + one.w <= other.x + 0.5 or other.x + other.w <= one.x + 0.5
                above = one.y + one.h <= other.y + 0.5 or other.y + other.h <= one.y + 0.5
                assert beside or above
    assert GAP > 0
