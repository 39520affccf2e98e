"""Names of what can be chosen in an insight, and what only servers after 2024 know."""

DISPLAYS = {  # of trends, reference 6.1.1
    "ActionsLineGraph": "Line",
    "ActionsAreaGraph": "Area",
    "ActionsBar": "Stacked bars",
    "ActionsUnstackedBar": "Grouped bars",
    "ActionsLineGraphCumulative": "Cumulative line",
    "SlopeGraph": "Slope",
    "BoldNumber": "Number",
    "Metric": "Metric",
    "ActionsPie": "Pie",
    "ActionsDonut": "Donut",
    "ActionsProportionBar": "Proportion bar",
    "ActionsBarValue": "Value bars",
    "ActionsTable": "Table",
    "WorldMap": "World map",
    "CalendarHeatmap": "Hours and weekdays",
    "BoxPlot": "Box plot",
}
NEWER_DISPLAYS = frozenset(
    {"ActionsUnstackedBar", "SlopeGraph", "Metric", "ActionsDonut", "ActionsProportionBar"}
    | {"CalendarHeatmap", "BoxPlot"}
)
TOTALS = frozenset(  # displays with one value for each series, not one for each bucket
    {"BoldNumber", "ActionsPie", "ActionsDonut", "ActionsProportionBar", "ActionsBarValue"}
    | {"ActionsTable", "WorldMap"}
)
ONE_SERIES = frozenset({"BoldNumber", "WorldMap", "CalendarHeatmap"})
NO_BREAKDOWN = frozenset({"BoldNumber", "CalendarHeatmap"})
SQL_DISPLAYS = {
    "ActionsTable": "Table",
    "ActionsLineGraph": "Line",
    "ActionsBar": "Grouped bars",
    "ActionsStackedBar": "Stacked bars",
    "ActionsAreaGraph": "Area",
    "BoldNumber": "Number",
    "ActionsPie": "Pie",
    "TwoDimensionalHeatmap": "Heat map",
}
NEWER_SQL_DISPLAYS = frozenset({"ActionsPie", "TwoDimensionalHeatmap"})
COUNTS = {
    "total": "Total count",
    "dau": "Unique users",
    "weekly_active": "Weekly active users",
    "monthly_active": "Monthly active users",
    "unique_session": "Unique sessions",
    "first_time_for_user": "First time for a user",
    "first_matching_event_for_user": "First matching event of a user",
}
OF_PROPERTY = {  # need a numeric property
    "avg": "Average",
    "sum": "Sum",
    "min": "Minimum",
    "max": "Maximum",
    "median": "Median",
    "p75": "75th percentile",
    "p90": "90th percentile",
    "p95": "95th percentile",
    "p99": "99th percentile",
}
PER_USER = {
    "avg_count_per_actor": "Average count per user",
    "min_count_per_actor": "Minimum count per user",
    "max_count_per_actor": "Maximum count per user",
    "median_count_per_actor": "Median count per user",
    "p75_count_per_actor": "75th percentile of counts per user",
    "p90_count_per_actor": "90th percentile of counts per user",
    "p95_count_per_actor": "95th percentile of counts per user",
    "p99_count_per_actor": "99th percentile of counts per user",
}
GROUP, SQL = "unique_group", "hogql"
NEWER_MATHS = frozenset({"first_matching_event_for_user", "p75", "p75_count_per_actor"})
INTERVALS = {
    "minute": "Minute",
    "hour": "Hour",
    "day": "Day",
    "week": "Week",
    "month": "Month",
    "quarter": "Quarter",
    "year": "Year",
}
NEWER_INTERVALS = frozenset({"quarter", "year"})
NUMBER_FORMATS = {
    "numeric": "Number",
    "duration": "Duration in seconds",
    "duration_ms": "Duration in milliseconds",
    "percentage": "Percent (0 to 100)",
    "percentage_scaled": "Percent (0 to 1)",
    "currency": "Currency",
    "short": "Short (12.3K)",
}
NEWER_FORMATS = frozenset({"currency", "short"})
ORDERS = {"ordered": "In order", "strict": "In order, nothing between", "unordered": "In any order"}
VIZ_TYPES = {
    "steps": "Steps",
    "time_to_convert": "Time to convert",
    "trends": "Conversion over time",
}
WINDOW_UNITS = {
    "second": "Seconds",
    "minute": "Minutes",
    "hour": "Hours",
    "day": "Days",
    "week": "Weeks",
    "month": "Months",
}
ATTRIBUTIONS = {
    "first_touch": "First step",
    "last_touch": "Last step",
    "all_events": "All steps",
    "step": "One step",
}
STEP_REFERENCES = {"total": "The first step", "previous": "The step before"}
LAYOUTS = {"vertical": "Left to right", "horizontal": "Top to bottom"}
RETENTION_TYPES = {
    "retention_first_time": "For the first time",
    "retention_recurring": "Again and again",
    "retention_first_ever_occurrence": "For the first time ever",
}
PERIODS = {"Hour": "Hour", "Day": "Day", "Week": "Week", "Month": "Month"}
MEANS = {"none": "None", "simple": "Simple", "weighted": "By cohort size"}
RETENTION_SHOWS = {"all": "Chart and table", "table_only": "Table", "graph_only": "Chart"}
PATH_EVENTS = {
    "$pageview": "Page views",
    "$screen": "Screen views",
    "custom_event": "Custom events",
    "hogql": "SQL expression",
}
LIFECYCLES = {
    "new": "New",
    "returning": "Returning",
    "resurrecting": "Resurrecting",
    "dormant": "Dormant",
}
STICKINESS_DISPLAYS = {
    "ActionsLineGraph": "Line",
    "ActionsBar": "Bars",
    "ActionsAreaGraph": "Area",
}
CURVES = {"linear": "Straight", "smooth": "Smooth"}
SUMMARIES = {"total": "Total", "average": "Average", "latest": "Latest value"}
DETAILS = {"total": "Total", "average": "Average", "median": "Median"}
LEGEND_PLACES = {"right": "Right", "left": "Left", "top": "Top", "bottom": "Bottom"}
