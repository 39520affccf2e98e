"""Read the goals of a chart: horizontal lines at values that a team wants to reach (6.1.6)."""

from collections.abc import Iterable

from phdesk.core.charts.spec import GoalLine, XYSeries
from phdesk.core.formatting import Format, number
from phdesk.core.jsonvalue import as_dict, as_float, as_list, as_str
from phdesk.core.palette import hex_of


def goal_lines(sent: object, how: Format, series: Iterable[XYSeries]) -> tuple[GoalLine, ...]:
    """Read goal lines; those without a value are left out.

    So are those with `displayIfCrossed` off that the series have passed: whose highest value lies
    above them. A line without `displayLabel` has no name on the chart; one whose `position` is
    not the start has it at the end.
    """
    goals = as_list(sent)
    highest = _highest(series) if goals else 0.0
    found = []
    for goal in map(as_dict, goals):
        value = as_float(goal.get("value"))
        if value is None or (goal.get("displayIfCrossed") is False and value < highest):
            continue
        color = as_str(goal.get("borderColor"))
        found.append(
            GoalLine(
                label=as_str(goal.get("label")),
                value=value,
                text=number(value, how),
                color=color if hex_of(color, dark=False) else "muted",
                named=goal.get("displayLabel") is not False,
                at_start=goal.get("position") == "start",
            )
        )
    return tuple(found)


def _highest(series: Iterable[XYSeries]) -> float:
    """Give the highest value of what is drawn; zeros do not count, as in PostHog."""
    values = (value for one in series if not one.hidden for value in one.values if value)
    return max(values, default=0.0)
