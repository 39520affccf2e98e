"""Settings of retention, stickiness and lifecycle (reference 6.3 to 6.5)."""

from phdesk.core.building import fields_shared as shared
from phdesk.core.building.draft import Draft, at
from phdesk.core.building.field import Field, Option, named
from phdesk.core.building.words import (
    LIFECYCLES,
    MEANS,
    PERIODS,
    RETENTION_SHOWS,
    RETENTION_TYPES,
    STICKINESS_DISPLAYS,
)

RETENTION, STICKINESS, LIFECYCLE = "retentionFilter.", "stickinessFilter.", "lifecycleFilter."
CRITERIA = f"{STICKINESS}stickinessCriteria"  # how often somebody must do it in an interval
CRITERIA_WORDS = {"gte": "at least", "lte": "at most", "exact": "exactly"}
MOST_PERIODS = 31
DEFAULT_PERIODS = 8  # of 2026; servers of 2024 take 11 where nothing is said
MEAN, MEAN_2024 = f"{RETENTION}meanRetentionCalculation", f"{RETENTION}showMean"
NEW_RETENTION = frozenset({"retention_first_ever_occurrence"})


def retention_fields(draft: Draft) -> tuple[Field, ...]:
    """Give the settings of retention, whose dates are a number of periods up to an end."""
    entities = (
        Field(
            name=f"{RETENTION}targetEntity", label="Who did", control="event", section=shared.DATA
        ),
        Field(
            name=f"{RETENTION}returningEntity",
            label="and came back to",
            control="event",
            section=shared.DATA,
        ),
    )
    return (
        *entities,
        shared.counted(),
        shared.choice(
            f"{RETENTION}retentionType",
            "Counted",
            named(RETENTION_TYPES, NEW_RETENTION),
            "retention_first_time",
            section=shared.DATA,
        ),
        *shared.filters(),
        shared.breakdown(newer=True),
        shared.choice(f"{RETENTION}period", "Period", named(PERIODS), "Day", section=shared.TIME),
        shared.number(
            f"{RETENTION}totalIntervals",
            "Periods",
            2,
            MOST_PERIODS,
            DEFAULT_PERIODS,
            section=shared.TIME,
        ),
        Field(
            name="dateRange.date_to",
            label="Up to",
            control="text",
            section=shared.TIME,
            hint="a date, or empty for today",
        ),
        *_retention_chart(draft),
    )


def _retention_chart(draft: Draft) -> tuple[Field, ...]:
    reference = {"total": "The first period", "previous": "The period before"}
    return (
        shared.choice(f"{RETENTION}retentionReference", "Percent of", named(reference), "total"),
        shared.flag(f"{RETENTION}cumulative", "Count later returns, too"),
        _mean(draft),
        shared.number(f"{RETENTION}minimumOccurrences", "Returns needed", 1, 99, 1, newer=True),
        shared.choice(
            f"{RETENTION}dashboardDisplay",
            "On dashboards",
            named(RETENTION_SHOWS),
            "table_only",
            newer=True,
        ),
    )


def _mean(draft: Draft) -> Field:
    """Give the row of means: servers of 2024 know it by another name, with yes for simple."""
    held = at(draft, MEAN_2024)
    if held is None or at(draft, MEAN) is not None:
        return shared.choice(MEAN, "Row of means", named(MEANS), "simple", newer=True)
    options = (
        Option(False, "None"),
        Option(True, "Simple"),
        *named({"weighted": MEANS["weighted"]}),
    )
    return shared.choice(MEAN_2024, "Row of means", options, held)


def stickiness_fields(draft: Draft) -> tuple[Field, ...]:
    """Give the settings of stickiness."""
    counted = (Option("non_cumulative", "exactly"), Option("cumulative", "at least"))
    display = named(STICKINESS_DISPLAYS)
    return (
        shared.choice(
            f"{STICKINESS}display", "Chart", display, "ActionsLineGraph", section=shared.DATA
        ),
        shared.series(),
        *shared.filters(),
        shared.dates(),
        shared.interval(),
        shared.compare(draft),
        shared.choice(
            f"{STICKINESS}computedAs", "Count users of", counted, "non_cumulative", newer=True
        ),
        shared.choice(f"{CRITERIA}.operator", "On each", named(CRITERIA_WORDS), "gte", newer=True),
        shared.number(f"{CRITERIA}.value", "On each, times", 1, 10**6, 1, newer=True),
        shared.flag(f"{STICKINESS}showLegend", "Show legend"),
        shared.flag(f"{STICKINESS}showValuesOnSeries", "Show values"),
    )


def lifecycle_fields(_draft: Draft) -> tuple[Field, ...]:
    """Give the settings of lifecycle."""
    shown = Field(
        name=f"{LIFECYCLE}toggledLifecycles",
        label="Show",
        control="several",
        section=shared.CHART,
        options=named(LIFECYCLES),
        default=list(LIFECYCLES),
    )
    return (
        shared.series(most=1),
        *shared.filters(),
        shared.dates(),
        shared.interval(),
        shown,
        shared.flag(f"{LIFECYCLE}showLegend", "Show legend"),
        shared.flag(f"{LIFECYCLE}showValuesOnSeries", "Show values"),
        shared.flag(f"{LIFECYCLE}showPercentagesOnSeries", "Show shares", newer=True),
        shared.flag(f"{LIFECYCLE}stacked", "Stack the bars", default=True, newer=True),
    )
