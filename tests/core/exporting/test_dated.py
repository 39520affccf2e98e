"""A column is one of dates only when all that stands in it is one, of one zone."""

from datetime import datetime

import pytest

from phdesk.core.exporting.dated import Dated, dated, moment


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["2026-11-30", None, "", "2026-12-01"], Dated(timed=False)),
        (["2026-11-30T16:32:12.051000Z", "2026-11-30 16:32:12+00:00"], Dated(True, "Z")),
        (["2026-11-30 16:32:12"], Dated(True)),
        (["2026-11-30T16:32:12+01:00"], Dated(True, "+01:00")),
        (["2026-11-30T16:32:12+01:00", "2026-07-30T16:32:12+02:00"], None),
        (["2026-11-30", "2026-11-30 00:00:00"], None),
        (["2026-11-30", "n/a"], None),
        (["2026-13-01"], None),
        (["1899-12-31"], None),
        (["2026-11-30 and more"], None),
        ([20261130], None),
        ([None, ""], None),
        ([], None),
    ],
)
def test_dates_are_known_by_all_of_a_column(cells, kind):
    assert dated(cells) == kind


@pytest.mark.parametrize(
    ("kind", "said"),
    [(Dated(True), ""), (Dated(True, "Z"), " (UTC)"), (Dated(True, "+01:00"), " (+01:00)")],
)
def test_the_heading_says_the_zone(kind, said):
    assert kind.said == said


def test_a_time_is_read_as_its_clock_said_it():
    assert moment("2026-11-30T16:32:12+01:00") == datetime(2026, 11, 30, 16, 32, 12)
