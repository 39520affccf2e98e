"""Settings of paths and of SQL (reference 6.6, 6.7)."""

from phdesk.core.building import fields_shared as shared
from phdesk.core.building.draft import CHART, Draft, at, word
from phdesk.core.building.field import Field, Option, named
from phdesk.core.building.words import NEWER_SQL_DISPLAYS, PATH_EVENTS, SQL_DISPLAYS
from phdesk.core.jsonvalue import as_list

PATHS, SETTINGS = "pathsFilter.", "node.chartSettings."
MOST_PATH_STEPS, MOST_EDGES = 20, 1000
SQL_BARS = frozenset({"ActionsBar", "ActionsStackedBar"})
SQL_OVER_X = SQL_BARS | {"ActionsLineGraph", "ActionsAreaGraph"}
SCALES = (Option("linear", "Linear"), Option("logarithmic", "Logarithmic"))


def paths_fields(draft: Draft) -> tuple[Field, ...]:
    """Give the settings of paths."""
    types = as_list(at(draft, f"{PATHS}includeEventTypes"))
    parts = [
        Field(
            name=f"{PATHS}includeEventTypes",
            label="Follow",
            control="several",
            section=shared.DATA,
            options=named(PATH_EVENTS),
            default=["$pageview"],
        )
    ]
    if "hogql" in types:
        parts.append(
            shared.text(f"{PATHS}pathsHogQLExpression", "SQL expression", section=shared.DATA)
        )
    parts += [
        shared.text(f"{PATHS}startPoint", "Starting at", section=shared.DATA, hint="/pricing"),
        shared.text(f"{PATHS}endPoint", "Ending at", section=shared.DATA, hint="/signup"),
        _texts(f"{PATHS}excludeEvents", "Leave out", "an event or an address"),
        _texts(f"{PATHS}pathGroupings", "Count as one", "/product/*"),
        *shared.filters(),
        shared.dates(),
        shared.number(f"{PATHS}stepLimit", "Steps", 2, MOST_PATH_STEPS, 5),
        shared.number(f"{PATHS}edgeLimit", "Most paths", 1, MOST_EDGES, 50),
        shared.number(f"{PATHS}minEdgeWeight", "Fewest users", 1, 10**9, None),
        shared.number(f"{PATHS}maxEdgeWeight", "Most users", 1, 10**9, None),
        shared.flag(f"{PATHS}pathReplacements", "Clean addresses by the project's rules"),
        shared.flag(f"{PATHS}showFullUrls", "Show whole addresses", newer=True),
    ]
    return tuple(parts)


def sql_fields(draft: Draft) -> tuple[Field, ...]:
    """Give the settings of SQL: its text, and where its answer is drawn, the chart's."""
    parts = [
        Field(name="query", label="SQL", control="sql", section=shared.DATA, default=""),
        Field(name="variables", label="Variables", control="variables", section=shared.DATA),
    ]
    if "{filters" in str(at(draft, "query", "")):
        parts += [
            Field(name="filters.dateRange", label="Dates", control="dates", section=shared.FILTERS),
            Field(
                name="filters.properties",
                label="Only events where",
                control="conditions",
                section=shared.FILTERS,
            ),
            Field(
                name="filters.filterTestAccounts",
                label="Leave out test accounts",
                control="flag",
                section=shared.FILTERS,
                default=False,
            ),
        ]
    if draft.node != CHART:
        return tuple(parts)  # a table, or a bare query: nothing around it that could be set
    display = word(draft, "node.display", "ActionsTable")
    parts.append(
        shared.choice(
            "node.display",
            "Chart",
            named(SQL_DISPLAYS, NEWER_SQL_DISPLAYS),
            "ActionsTable",
            section=shared.DATA,
        )
    )
    return (*parts, *_sql_chart(display))


def _sql_chart(display: str) -> list[Field]:
    over_x, parts = display in SQL_OVER_X, []
    if over_x or display == "ActionsPie":
        parts.append(_column(f"{SETTINGS}xAxis.column", "Along the bottom"))
    if over_x or display in {"BoldNumber", "ActionsPie"}:
        label = "Values" if over_x else "Value"
        parts.append(
            Field(name=f"{SETTINGS}yAxis", label=label, control="columns", section=shared.CHART)
        )
    if over_x:
        parts += [
            _column(f"{SETTINGS}seriesBreakdownColumn", "A series for each", newer=True),
            Field(
                name=f"{SETTINGS}goalLines", label="Goals", control="goals", section=shared.CHART
            ),
            shared.flag(f"{SETTINGS}showLegend", "Show legend", newer=True),
            shared.flag(f"{SETTINGS}showValuesOnSeries", "Show values", newer=True),
            shared.choice(
                f"{SETTINGS}leftYAxisSettings.scale",
                "Scale",
                SCALES,
                "linear",
                section=shared.AXIS,
                newer=True,
            ),
            shared.flag(
                f"{SETTINGS}leftYAxisSettings.startAtZero",
                "Begin at zero",
                default=True,
                newer=True,
            ),
            shared.text(f"{SETTINGS}xAxisLabel", "Title below", newer=True),
            shared.flag(f"{SETTINGS}showNullsAsZero", "Draw nothing as zero", newer=True),
        ]
    if display == "ActionsPie":
        total = f"{SETTINGS}showPieTotal"
        parts.append(shared.flag(total, "Show total", default=True, newer=True))
    if display in SQL_BARS | {"ActionsAreaGraph"}:
        parts.append(shared.flag(f"{SETTINGS}stackBars100", "Stack to 100 %"))
    return parts


def _column(name: str, label: str, *, newer: bool = False) -> Field:
    return Field(name=name, label=label, control="column", section=shared.CHART, newer=newer)


def _texts(name: str, label: str, hint: str) -> Field:
    return Field(
        name=name, label=label, control="texts", section=shared.DATA, default=[], hint=hint
    )
