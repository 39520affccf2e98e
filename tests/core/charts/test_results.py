"""Large results are read in parts, and are the same as if they were read at once."""

import json

import pytest
from msgspec import Raw

from phdesk.core.charts.results import LARGE, BadResultError, SeriesItem, decode

LINE = {"label": "Line", "data": [1, 2.5, None, "7"], "days": ["2026-11-21"], "count": 10.5}


def sent(*items, size=0):
    return Raw(json.dumps(items).encode() + b" " * size)


@pytest.mark.parametrize("items", [(), (LINE,), (LINE, {}, {"data": [], "order": "a"})])
def test_parts_make_the_whole(items):
    small, large = sent(*items), sent(*items, size=LARGE)
    assert decode(large, list[SeriesItem]) == decode(small, list[SeriesItem])


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b'[{"data": [1]}, {"data": [1, "no"]}]', id="an item of another shape"),
        pytest.param(b'{"data": 1}', id="no list"),
        pytest.param(b'[{"data": 1}, 7', id="cut off"),
        pytest.param(b"[" * 100_000, id="nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_named_as_in_a_small_result(raw):
    told = []
    for size in (0, LARGE):
        with pytest.raises(BadResultError) as error:
            decode(Raw(raw + b" " * size), list[SeriesItem])
        told.append(str(error.value))
    assert told[0] == told[1]
