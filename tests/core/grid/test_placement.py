import pytest
from hypothesis import given
from hypothesis import strategies as st

from phdesk.core.grid.boxes import collide, compact_up, reading_order
from phdesk.core.grid.metrics import metrics_for
from phdesk.core.grid.placement import Want, default_size, one_column, place, smallest_size
from phdesk.models.dashboard import Box, StoredBox


def stored(x=None, y=None, w=None, h=None):
    return Want(StoredBox(x, y, w, h))


@pytest.mark.parametrize(
    ("wants", "boxes"),
    [
        pytest.param([stored(0, 0, 6, 5)], [Box(0, 0, 6, 5)], id="as stored"),
        pytest.param([Want(None)], [Box(0, 0, 6, 5)], id="no layout: default size at the top"),
        pytest.param(
            [stored(0, 0, 6, 5), Want(None)],
            [Box(0, 0, 6, 5), Box(6, 0, 6, 5)],
            id="an unplaced tile goes to the lowest free segment",
        ),
        pytest.param(
            [stored(0, 0, 6, 2), stored(6, 0, 6, 3), Want(None, 6, 1)],
            [Box(0, 0, 6, 2), Box(6, 0, 6, 3), Box(0, 2, 6, 1)],
            id="the leftmost of the lowest segments",
        ),
        pytest.param([stored(9, 0, 6, 2)], [Box(0, 0, 6, 2)], id="x too far right becomes 0"),
        pytest.param([stored(-3, 0, 6, 2)], [Box(0, 0, 6, 2)], id="negative x becomes 0"),
        pytest.param([stored(0, 0, 40, 2)], [Box(0, 0, 12, 2)], id="too wide is cut to 12"),
        pytest.param([stored(0, 0, 0, 0)], [Box(0, 0, 6, 5)], id="zero size means the default"),
        pytest.param([stored(0, 0, 6, 10**9)], [Box(0, 0, 6, 100)], id="too high is cut to 100"),
        pytest.param([stored(0, 7, 6, 2)], [Box(0, 0, 6, 2)], id="gaps above close"),
        pytest.param(
            [stored(0, 0, 6, 5), stored(3, 2, 6, 2)],
            [Box(0, 0, 6, 5), Box(3, 5, 6, 2)],
            id="the later of two that collide is pushed down",
        ),
    ],
)
def test_tiles_are_placed_as_posthog_places_them(wants, boxes):
    assert place(wants) == boxes


def test_a_stable_layout_is_drawn_as_stored():
    wants = [stored(0, 4, 6, 2), stored(3, 5, 6, 2)]
    assert place(wants, "stable") == [Box(0, 4, 6, 2), Box(3, 5, 6, 2)]


def test_a_horizontal_layout_is_pulled_left_and_wraps():
    wants = [stored(6, 0, 6, 2), stored(3, 0, 8, 2)]
    assert place(wants, "horizontal") == [Box(0, 2, 6, 2), Box(0, 0, 8, 2)]


@pytest.mark.parametrize(
    ("kind", "display", "size"),
    [
        ("TrendsQuery", "ActionsLineGraph", (6, 5)),
        ("TrendsQuery", "BoldNumber", (2, 2)),
        ("TrendsQuery", "Metric", (3, 3)),
        ("FunnelsQuery", "steps", (4, 4)),
        ("RetentionQuery", "", (6, 7)),
        ("PathsQuery", "", (12, 7)),
        ("button", "", (3, 1)),
        ("SomethingNew", "", (6, 5)),
    ],
)
def test_default_sizes_by_kind(kind, display, size):
    assert default_size(kind, display) == size


@pytest.mark.parametrize(
    ("kind", "size"),
    [("TrendsQuery", (2, 2)), ("text", (1, 1)), ("button", (1, 1)), ("widget", (3, 4))],
)
def test_smallest_sizes_by_kind(kind, size):
    assert smallest_size(kind) == size


loose = st.none() | st.integers(-50, 60) | st.integers(-(10**9), 10**9)
wants = st.lists(
    st.builds(
        Want,
        st.none() | st.builds(StoredBox, loose, loose, loose, loose),
        st.integers(1, 12),
        st.integers(1, 9),
    ),
    max_size=30,
)


@given(wants, st.sampled_from(["vertical", "horizontal", "unknown", ""]))
def test_whatever_was_stored_nothing_overlaps_and_nothing_sticks_out(wants, compaction):
    boxes = place(wants, compaction)
    assert len(boxes) == len(wants)
    for index, box in enumerate(boxes):
        assert box.x >= 0
        assert box.x + box.w <= 12
        assert box.y >= 0
        assert box.w >= 1
        assert box.h >= 1
        assert not any(collide(box, other) for other in boxes[:index])


@given(wants)
def test_compacting_again_changes_nothing(wants):
    boxes = place(wants)
    assert compact_up(boxes, 12) == boxes


@given(wants)
def test_one_column_keeps_the_reading_order(wants):
    boxes = place(wants)
    narrow = one_column(boxes)
    assert reading_order(narrow) == reading_order(boxes)
    assert all(box.x == 0 and box.w == 1 for box in narrow)


@given(wants, st.integers(200, 4000))
def test_rectangles_stay_within_the_width_and_keep_their_margin(wants, width):
    metrics = metrics_for(width)
    boxes = place(wants) if metrics.columns == 12 else one_column(place(wants))
    rectangles = [metrics.rectangle(box) for box in boxes]
    assert all(left >= 0 and left + w <= width for left, _, w, _ in rectangles)
    assert all(top + h <= metrics.height(boxes) for _, top, _, h in rectangles)


@given(wants, st.integers(768, 4000))
def test_the_corner_of_a_tile_is_nearest_to_its_own_cell(wants, width):
    metrics = metrics_for(width)
    for box in place(wants):
        left, top, wide, high = metrics.rectangle(box)
        assert metrics.cells(left + 20, top - 20) == (box.x, box.y)
        assert metrics.cells(wide + 12, high + 12) == (box.w, box.h)


def test_the_page_narrows_to_one_column_below_768_pixels():
    assert (metrics_for(768).columns, metrics_for(767).columns) == (12, 1)
