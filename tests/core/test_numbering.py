"""What no signal of Qt can carry has another number before a window sees it."""

import pytest
from msgspec.structs import replace

from phdesk.core.numbering import LARGEST_ID, PAGE, numbered
from tests.store.builders import board, text


@pytest.mark.parametrize(
    ("ids", "now"),
    [
        ((3, LARGEST_ID), (3, LARGEST_ID)),
        ((3, LARGEST_ID + 1), (1, 2)),
        ((2**32 + 3, 3), (1, 2)),
        ((0, 5), (1, 2)),
        ((-(2**40), 5), (1, 2)),
        ((), ()),
    ],
)
def test_tiles_out_of_reach_are_numbered_anew(ids, now):
    found, by_old = numbered(board(*map(text, ids)))
    assert tuple(tile.id for tile in found.tiles) == now
    assert by_old == dict(zip(ids, now, strict=True))


@pytest.mark.parametrize(
    ("page", "now"), [(9, 9), (LARGEST_ID + 1, PAGE), (0, PAGE), (-3, PAGE), (2**32 + 9, PAGE)]
)
def test_so_are_dashboards(page, now):
    one = board()
    found, _ = numbered(replace(one, row=replace(one.row, id=page)))
    assert found.row.id == now
