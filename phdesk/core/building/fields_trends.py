"""Settings of trends (reference 6.1.1, 6.1.6)."""

from phdesk.core.building import fields_shared as shared
from phdesk.core.building.draft import Draft, at, word
from phdesk.core.building.field import Field, Option, named
from phdesk.core.building.words import (
    CURVES,
    DETAILS,
    DISPLAYS,
    LEGEND_PLACES,
    NEWER_DISPLAYS,
    NEWER_FORMATS,
    NO_BREAKDOWN,
    NUMBER_FORMATS,
    ONE_SERIES,
    SUMMARIES,
    TOTALS,
)

OWN = "trendsFilter."
LINES = frozenset({"ActionsLineGraph", "ActionsLineGraphCumulative", "ActionsAreaGraph", "Auto"})
BARS = frozenset({"ActionsBar", "ActionsStackedBar", "ActionsUnstackedBar"})
STACKED = frozenset({"ActionsAreaGraph", "ActionsBar", "ActionsStackedBar"})
TOTAL_NAMES = frozenset({"ActionsPie", "ActionsDonut"})
NO_FORMULA = frozenset({"CalendarHeatmap", "BoxPlot"})
SCALES = (Option("linear", "Linear"), Option("log10", "Logarithmic"))


def trends_fields(draft: Draft) -> tuple[Field, ...]:
    """Give the settings that matter for the display that is chosen."""
    display = display_of(draft)
    over_time = display not in TOTALS
    parts = [
        shared.choice(
            f"{OWN}display",
            "Chart",
            named(DISPLAYS, NEWER_DISPLAYS),
            "ActionsLineGraph",
            section=shared.DATA,
        ),
        shared.series(most=1 if display in ONE_SERIES and not _formula(draft) else None),
    ]
    if display not in NO_FORMULA:
        parts.append(
            Field(name=f"{OWN}formula", label="Formula", control="formulas", section=shared.DATA)
        )
    parts += shared.filters()
    if display not in NO_BREAKDOWN:
        parts.append(shared.breakdown())
    parts.append(shared.dates())
    if over_time and display != "CalendarHeatmap":
        parts.append(shared.interval())
    if display not in {"WorldMap", "CalendarHeatmap", "SlopeGraph"}:
        parts.append(shared.compare(draft))
    return (
        *parts,
        *_chart(display),
        *_lines(draft, display),
        *_of_display(display),
        *_axis(display),
    )


def display_of(draft: Draft) -> str:
    """Name the display, also where it is not said."""
    return word(draft, f"{OWN}display", "ActionsLineGraph")


def _formula(draft: Draft) -> bool:
    return any(at(draft, f"{OWN}{key}") for key in ("formula", "formulas", "formulaNodes"))


def _chart(display: str) -> list[Field]:
    parts = []
    lines, bars = display in LINES, display in BARS
    if lines:
        parts.append(
            shared.number(f"{OWN}smoothingIntervals", "Smoothing", 1, 365, 1, section=shared.TIME)
        )
    if lines or bars or display in TOTAL_NAMES or display == "SlopeGraph":
        parts.append(shared.flag(f"{OWN}showLegend", "Show legend"))
        parts.append(
            shared.choice(
                f"{OWN}legendPosition", "Legend", named(LEGEND_PLACES), "right", newer=True
            )
        )
    if display not in {"BoldNumber", "Metric", "ActionsTable", "WorldMap"}:
        parts.append(shared.flag(f"{OWN}showValuesOnSeries", "Show values"))
    if display in TOTAL_NAMES:
        parts.append(shared.flag(f"{OWN}showLabelsOnSeries", "Show names"))
    if display in STACKED:
        parts.append(shared.flag(f"{OWN}showPercentStackView", "Stack to 100 %"))
    if lines or bars:
        parts += [
            shared.flag(f"{OWN}showMultipleYAxes", "An axis for each series", newer=True),
            shared.flag(f"{OWN}showTrendLines", "Show trend lines", newer=True),
            shared.flag(f"{OWN}showAlertThresholdLines", "Show thresholds of alerts", newer=True),
            Field(
                name=f"{OWN}goalLines",
                label="Goals",
                control="goals",
                section=shared.CHART,
                newer=True,
            ),
        ]
    return parts


def _lines(draft: Draft, display: str) -> list[Field]:
    """Give how lines are drawn, and what is drawn beside them."""
    if display not in LINES | BARS:
        return []
    parts = [shared.flag(f"{OWN}showMovingAverage", "Show moving averages", newer=True)]
    if at(draft, f"{OWN}showMovingAverage"):
        name = f"{OWN}movingAverageIntervals"
        parts.append(shared.number(name, "Averages over", 2, 365, 7, newer=True))
    if display in LINES:
        curve = f"{OWN}chartStyle.curve"
        parts.append(shared.choice(curve, "Lines", named(CURVES), "linear", newer=True))
    if word(draft, "interval", "day") == "day":
        parts.append(shared.flag(f"{OWN}hideWeekends", "Leave out weekends", newer=True))
    table = f"{OWN}detailedResultsAggregationType"
    parts.append(shared.choice(table, "Table gives", named(DETAILS), "total", newer=True))
    return parts


def _of_display(display: str) -> list[Field]:
    """Give what one display alone has."""
    match display:
        case "Metric":
            name = f"{OWN}metricSummary"
            return [shared.choice(name, "Number", named(SUMMARIES), "total", newer=True)]
        case "BoxPlot":
            name = f"{OWN}excludeBoxPlotOutliers"
            return [shared.flag(name, "Cut outliers", default=True, newer=True)]
        case "ActionsBarValue":
            name = f"{OWN}stackBreakdownValues"
            return [shared.flag(name, "Stack the breakdown", newer=True)]
        case _:
            return []


def _axis(display: str) -> list[Field]:
    parts = [
        shared.choice(
            f"{OWN}aggregationAxisFormat",
            "Format",
            named(NUMBER_FORMATS, NEWER_FORMATS),
            "numeric",
            section=shared.AXIS,
        ),
        shared.text(f"{OWN}aggregationAxisPrefix", "Before the number"),
        shared.text(f"{OWN}aggregationAxisPostfix", "After the number"),
        shared.number(f"{OWN}decimalPlaces", "Decimal places", 0, 9, None, section=shared.AXIS),
    ]
    if display not in {"WorldMap", "CalendarHeatmap"}:
        least = f"{OWN}minDecimalPlaces"
        parts.append(
            shared.number(least, "Decimals at least", 0, 9, None, section=shared.AXIS, newer=True)
        )
    if display in LINES or display in BARS:
        parts += [
            shared.choice(f"{OWN}yAxisScaleType", "Scale", SCALES, "linear", section=shared.AXIS),
            shared.text(f"{OWN}xAxisLabel", "Title below", newer=True),
            shared.text(f"{OWN}yAxisLabel", "Title of values", newer=True),
        ]
    return parts
