"""Times to convert."""

import pytest

from phdesk.core.charts.spec import NoticeBody, XYBody
from tests.core.charts.sent import all_sent, asking, fixture, of_json, shown
from tests.shared import SHARED, needs_shared

KIND = "FunnelsQuery"
OWN = {"funnelVizType": "time_to_convert"}


def times(bins, average=None):
    return {"bins": bins, "average_conversion_time": average}


def sent_histograms():
    return [
        pytest.param(item, id=name)
        for name, item in (all_sent(KIND) if SHARED.is_dir() else [])
        if isinstance(item["result"], dict)
    ]


@needs_shared
def test_the_histogram_is_written_as_in_the_picture():
    view = shown(fixture("funnelTimeToConvert"))
    body = view.body
    assert isinstance(body, XYBody)
    assert body.x_labels[:10] == (
        *("0s", "4h 35s", "8h 1m", "12h 1m", "16h 2m"),
        *("20h 2m", "1d", "1d 4h", "1d 8h", "1d 12h"),
    )
    assert body.value_labels[:10] == (
        *("98.6%", "0.4%", "0.3%", "0.2%", "0.1%"),
        *("0.1%", "0.1%", "0.1%", "0.1%", ""),
    )
    assert body.series[0].mark == "bar"
    assert "17m 41s" in view.summary
    assert body.foot == ("Average time to convert", "17m 41s")
    assert body.x_end == "2d 20h"
    assert len(body.x_labels) == 17  # the 18th pair is the end of the 17th bar


@needs_shared
@pytest.mark.parametrize("item", sent_histograms())
def test_the_table_holds_every_bin_that_was_sent(item):
    bins = item["result"]["bins"]
    rows = shown(of_json(item)).table.rows
    assert [(row[0], row[2]) for row in rows] == [tuple(pair) for pair in bins[:-1]]
    assert rows[-1][1] == bins[-1][0]
    assert sum(row[2] for row in rows) == sum(pair[1] for pair in bins)


@pytest.mark.parametrize(
    ("bins", "rows"),
    [
        pytest.param([[0, 3], [60, 1], [120, 0]], [(0, 60, 3), (60, 120, 1)], id="with an end"),
        pytest.param([[0, 3], [60, 1]], [(0, 60, 3), (60, 120, 1)], id="without an end"),
        pytest.param([[5, 2]], [(5, None, 2)], id="one bin"),
        pytest.param([[0, 1], [60, 0], [120, 0]], [(0, 60, 1), (60, 120, 0)], id="a gap"),
    ],
)
def test_the_last_pair_is_an_end_only_without_anybody(bins, rows):
    view = asking(KIND, times(bins), OWN)
    assert [row[:3] for row in view.table.rows] == rows
    assert view.body.series[0].values == tuple(row[2] for row in rows)


def test_somebody_is_never_nobody():
    view = asking(KIND, times([[0, 9999], [60, 1], [120, 0]]), OWN)
    assert view.body.value_labels == ("100%", "<0.1%")


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(times([]), id="no bins"),
        pytest.param([], id="no periods"),
        pytest.param(times([[0, 0]]), id="one empty bin"),
    ],
)
def test_without_bins_it_says_so(result):
    body = asking(KIND, result, OWN).body
    assert isinstance(body, NoticeBody)
    assert body.state == "empty"


def test_a_comparison_has_two_histograms():
    result = [times([[0, 3], [60, 0]], 4), times([[0, 1], [60, 0]])]
    view = asking(KIND, result, OWN)
    assert [(s.label, s.values, s.previous) for s in view.body.series] == [
        ("Persons", (3,), False),
        ("Previous", (1,), True),
    ]
    assert [row[0] for row in view.table.rows] == ["Current", "Previous"]
    assert "Average time to convert 4s" in view.summary
