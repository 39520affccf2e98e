from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage

from phdesk.core.grid.placement import MOST_ROWS
from phdesk.models.dashboard import Box
from phdesk.views import theme as look
from phdesk.views.dashboard.card_state import CardState
from phdesk.views.picture import (
    EDGE,
    HEADER,
    SMALLEST_TILE,
    Page,
    ages_of,
    evenly,
    tile_picture,
    write_picture,
)
from tests.store.builders import NOON, at
from tests.views.dashboard.showing import CHART, has_color

CARD = CardState(age="14:05 · 12 min")
FOUR = (Box(0, 0, 6, 5), Box(6, 0, 6, 5), Box(0, 5, 6, 5), Box(6, 5, 6, 5))


def page(boxes=FOUR):
    count = len(boxes)
    return Page("Weekly", "What counts", [CHART] * count, boxes, [CARD] * count)


@pytest.fixture(autouse=True)
def app(qapp):
    return qapp


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_tile_has_the_size_that_was_asked_for(scale):
    image = tile_picture(CHART, look.light(), (640, 400), scale, CARD)
    assert (image.width(), image.height()) == (640 * scale, 400 * scale)
    assert image.pixelColor(0, 0) == look.light().bg
    assert has_color(image, look.light().surface)


def test_a_tile_in_the_dark_is_dark():
    image = tile_picture(CHART, look.dark(), (320, 200), 1)
    assert has_color(image, look.dark().surface)
    assert not has_color(image, look.light().surface)


@pytest.mark.parametrize("size", [(1, 1), (21, 21), (60, 400), (400, 30)])
def test_no_tile_is_too_small_to_be_drawn(size):
    image = tile_picture(CHART, look.light(), size, 1)
    assert (image.width(), image.height()) == size


@pytest.mark.parametrize(
    ("width", "rows"), [pytest.param(1200, 10, id="wide"), pytest.param(500, 20, id="narrow")]
)
def test_a_page_is_as_high_as_its_rows(width, rows):
    height = HEADER + rows * 92 - 12 + EDGE
    assert page().natural_height(width) == height
    image = page().picture(look.light(), width, None, 1)
    assert (image.width(), image.height()) == (width, height)


@pytest.mark.parametrize(("height", "scale"), [(900, 1), (400, 1), (900, 2), (2000, 1)])
def test_a_given_height_is_kept(height, scale):
    image = page().picture(look.light(), 1200, height, scale)
    assert (image.width(), image.height()) == (1200 * scale, height * scale)


@pytest.mark.parametrize("height", [1004, 700, 400, 240])
def test_rows_shrink_until_all_tiles_fit(height):
    image = page().picture(look.light(), 1200, height, 1)
    surface = look.light().surface
    lowest = max(y for y in range(height) if image.pixelColor(40, y) == surface)
    assert lowest < height - EDGE, "the frame of the lowest tile is whole"
    assert lowest > height - EDGE - 24, "and the room is used"


def test_a_high_picture_leaves_room_below():
    image = page().picture(look.light(), 1200, 2000, 1)
    assert image.pixelColor(40, 1500) == look.light().bg


def rows_of(image):
    """Count the runs of tiles down the left edge."""
    surface = look.light().surface
    down = range(HEADER, image.height() - EDGE)
    inside = [image.pixelColor(EDGE + 6, y) == surface for y in down]
    return sum(now and not before for before, now in pairwise([False, *inside]))


def test_tiles_whose_rows_got_too_low_leave_the_grid_and_are_all_drawn():
    tall = [Box(0, number * 5, 12, 5) for number in range(12)]
    image = page(tall).picture(look.light(), 1200, 500, 1)
    assert (image.width(), image.height()) == (1200, 500)
    assert rows_of(image) == 3, "12 tiles in 3 rows of 4"
    assert not has_words_at_the_foot(image)


def test_tiles_without_room_are_counted_at_the_foot():
    many = [Box(0, number * 5, 12, 5) for number in range(200)]
    image = page(many).picture(look.light(), 600, 400, 1)
    assert rows_of(image) == 4
    assert has_words_at_the_foot(image)


def has_words_at_the_foot(image):
    muted, bg = look.light().muted, look.light().bg
    line = image.copy(0, image.height() - 24, image.width(), 24)
    return has_color(line, bg) and has_color(line, muted)


def test_one_box_of_no_sense_costs_only_itself():
    boxes = [*FOUR, Box(0, 10, 12, MOST_ROWS)]
    image = page(boxes).picture(look.light(), 1200, 800, 1)
    assert rows_of(image) > 1


@given(
    st.integers(0, 400),
    st.floats(1, 3000, allow_nan=False),
    st.floats(1, 3000, allow_nan=False),
)
def test_tiles_off_the_grid_are_inside_apart_and_readable(count, width, height):
    rects = evenly(count, QSizeF(width, height))
    room = QRectF(-0.1, -0.1, width + 0.2, height + 0.2)
    assert min(count, 1) <= len(rects) <= count
    assert all(room.contains(rect) for rect in rects)
    assert not any(one.intersects(other) for one, other in pairwise(rects))
    if width >= SMALLEST_TILE[0] and height >= SMALLEST_TILE[1]:
        least = QSizeF(*SMALLEST_TILE) - QSizeF(0.1, 0.1)
        assert all(rect.size().boundedTo(least) == least for rect in rects)


def test_a_page_without_tiles_has_its_header():
    image = page(()).picture(look.light(), 800, None, 1)
    assert image.height() == HEADER + EDGE
    assert page(()).picture(look.light(), 800, 300, 1).height() == 300


def test_ages_are_those_of_the_views():
    views = [replace(CHART, computed_at=at(-12)), CHART]
    assert ages_of(views, NOON) == [f"{at(-12).astimezone():%H:%M} · 12 min", ""]


def test_a_picture_is_written_as_png(tmp_path):
    image = page().picture(look.light(), 800, None, 1)
    assert write_picture(image, str(tmp_path / "out")) == ""
    assert (tmp_path / "out").read_bytes().startswith(b"\x89PNG")
    assert QImage(str(tmp_path / "out")).size() == image.size()


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.png", b"\x89PNG"), ("a.JPG", b"\xff\xd8"), ("a.jpeg", b"\xff\xd8"), ("a.webp", b"RIFF")],
)
def test_a_picture_is_what_its_name_says(name, start, tmp_path):
    image = page().picture(look.light(), 800, None, 1)
    assert write_picture(image, str(tmp_path / name)) == ""
    assert (tmp_path / name).read_bytes().startswith(start)
    assert QImage(str(tmp_path / name)).size() == image.size()


def test_a_picture_that_cannot_be_written_gives_a_reason(tmp_path):
    image = page().picture(look.light(), 800, None, 1)
    assert write_picture(image, str(tmp_path / "nowhere" / "out.png"))
