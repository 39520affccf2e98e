"""Smooth lines bend in the focus view as on tiles, through the same values."""

import math

import numpy as np
import pytest
from msgspec import structs

from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.views.explore.band import Band
from phdesk.views.explore.course import Course
from phdesk.views.explore.strokes import CORNERS, finer
from tests.views.explore.page import plot
from tests.views.explore.samples import view

VALUES = (0.0, 10.0, 0.0, 6.0, 8.0)


def body(mark, **more):
    made = XYSeries(label="A", color="preset-1", values=VALUES, mark=mark, dashed_from=3)
    days = ("1", "2", "3", "4", "5")
    return structs.replace(
        XYBody(x_labels=days, x_titles=days, series=(made,), stacked=mark == "area"), **more
    )


def items_of(explore, kind):
    return [item for _, item in plot(explore)._items if isinstance(item, kind)]


@pytest.mark.parametrize("mark", ["line", "area"])
def test_a_smooth_line_goes_through_its_values_and_bends_between(explore, mark):
    explore.set_view(view(body(mark, smooth=True)))
    solid, pending = items_of(explore, Course)
    assert list(solid.values()[::CORNERS]) == list(VALUES[:3])
    assert list(pending.values()[::CORNERS]) == list(VALUES[2:])
    assert (pending.xData[0], pending.xData[-1]) == pytest.approx((2, 4))
    assert solid.values()[CORNERS - 2] > 10 * (CORNERS - 2) / CORNERS, "rounder than straight"
    assert max(solid.values()) == 10
    assert len(items_of(explore, Band)) == (mark == "area")


def test_other_lines_stay_straight(explore):
    explore.set_view(view(body("line")))
    assert [len(item.values()) for item in items_of(explore, Course)] == [3, 3]


def test_the_area_of_a_smooth_line_ends_where_the_chart_does(explore):
    explore.set_view(view(body("area", smooth=True)))
    assert items_of(explore, Band)[0].boundingRect().right() == pytest.approx(4)


@pytest.mark.parametrize(
    "values",
    [[1, 2], [1, math.nan, 3, 4, 5], [math.nan, 2, math.nan], [], [math.nan] * 3],
    ids=["two", "a gap", "alone", "none", "gaps"],
)
def test_gaps_stay_gaps_and_known_values_stay_where_they_are(values):
    made = finer(np.array(values, dtype=float), 4)
    assert np.array_equal(made[::4], np.array(values, dtype=float), equal_nan=True)
    for place in range(len(values) - 1):
        between = made[place * 4 + 1 : place * 4 + 4]
        known = not math.isnan(values[place]) and not math.isnan(values[place + 1])
        assert np.isfinite(between).all() == known
