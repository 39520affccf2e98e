"""What phdesk draws of an insight's display can be set, where the server knows it."""

import pytest

from phdesk.core.building.changing import changed
from phdesk.core.building.draft import at
from phdesk.core.building.fields import field_of, fields
from phdesk.core.building.starting import blank
from phdesk.core.building.untouched import untouched
from phdesk.demo.schema import check_node

CASES = [
    ("trends", "ActionsLineGraph", "trendsFilter.showMovingAverage", True),
    ("trends", "ActionsLineGraph", "trendsFilter.chartStyle.curve", "smooth"),
    ("trends", "ActionsBar", "trendsFilter.hideWeekends", True),
    ("trends", "ActionsBar", "trendsFilter.detailedResultsAggregationType", "median"),
    ("trends", "ActionsLineGraph", "trendsFilter.xAxisLabel", "Day"),
    ("trends", "ActionsLineGraph", "trendsFilter.yAxisLabel", "Users"),
    ("trends", "BoldNumber", "trendsFilter.minDecimalPlaces", 2),
    ("trends", "Metric", "trendsFilter.metricSummary", "latest"),
    ("trends", "BoxPlot", "trendsFilter.excludeBoxPlotOutliers", False),
    ("trends", "ActionsBarValue", "trendsFilter.stackBreakdownValues", True),
    ("lifecycle", None, "lifecycleFilter.showPercentagesOnSeries", True),
    ("paths", None, "pathsFilter.pathReplacements", True),
    ("sql", "ActionsPie", "node.chartSettings.showPieTotal", False),
    ("sql", "ActionsLineGraph", "node.chartSettings.xAxisLabel", "Day"),
    ("sql", "ActionsLineGraph", "node.chartSettings.showNullsAsZero", True),
]


@pytest.mark.parametrize(("kind", "display", "name", "value"), CASES)
def test_an_option_of_the_display_is_set_and_named_by_its_setting_alone(kind, display, name, value):
    draft = blank(kind)
    if display is not None:
        draft = changed(draft, "node.display" if kind == "sql" else "trendsFilter.display", display)
    assert field_of(fields(draft), name).name == name
    after = changed(draft, name, value)
    assert at(after, name) == value
    assert untouched(after) == ()
    check_node(after.query)


def test_how_long_averages_are_is_asked_once_there_are_some():
    draft, name = blank("trends"), "trendsFilter.movingAverageIntervals"
    assert name not in {one.name for one in fields(draft)}
    after = changed(draft, "trendsFilter.showMovingAverage", True)
    assert field_of(fields(after), name).value == 7
