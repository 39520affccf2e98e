"""Tell whether buckets of a series add up to a number that means something, and why not.

By the math of the query (reference 6.0): an event, or a person who does something for the first
time, is in one bucket only. A unique user, session or group is in each bucket that it was active
in, so that a sum would count it again. What is not known does not add up.
"""

from collections.abc import Mapping
from typing import Any

from phdesk.core.charts.series import Line
from phdesk.core.charts.spec import ADDS_UP, UNKNOWN_SUM
from phdesk.core.jsonvalue import as_int, as_str
from phdesk.core.question import Question

ADDITIVE = frozenset({"", "total", "sum", "first_time_for_user", "first_matching_event_for_user"})
USERS = "unique users cannot be added up"
RUNNING = "running totals cannot be added up"
SMOOTHED = "smoothed values cannot be added up"
FORMULA = "results of a formula cannot be added up"
PERCENTAGES = "percentages cannot be added up"
OR_MORE_AGAIN = "“or more” counts the same people again"
WHOLE = {
    "dau": USERS,
    "weekly_active": USERS,
    "monthly_active": USERS,
    "unique_session": "unique sessions cannot be added up",
    "unique_group": "unique groups cannot be added up",
}
KINDS = {  # how a math begins, also that of counts per actor: "avg_count_per_actor"
    "avg": "averages cannot be added up",
    "median": "medians cannot be added up",
    "min": "minimums cannot be added up",
    "max": "maximums cannot be added up",
    "percentile": "percentiles cannot be added up",
}


def no_sum(node: Mapping[str, Any], question: Question, *, formula: bool = False) -> str:
    """Say why buckets of a series of trends cannot be added up; empty when they can.

    `node` is the series as answered or asked; an empty one is not known.
    """
    if question.display == "ActionsLineGraphCumulative":
        return RUNNING
    if (as_int(question.filter.get("smoothingIntervals"), 1) or 1) > 1:
        return SMOOTHED
    if formula:
        return FORMULA
    return of_math(as_str(node.get("math"))) if node else UNKNOWN_SUM


def no_sum_of(line: Line, question: Question) -> str:
    """Say why buckets, or breakdown values, of a series cannot be added up."""
    asked = question.series[line.order] if 0 <= line.order < len(question.series) else {}
    return no_sum({**asked, **line.node}, question, formula=line.formula)


def of_math(math: str) -> str:
    """Say why values of a math cannot be added up; empty when they can."""
    if math in ADDITIVE:
        return ADDS_UP
    kind = math.partition("_")[0]
    if kind[:1] == "p" and kind[1:].isdigit():
        kind = "percentile"
    return WHOLE.get(math) or KINDS.get(kind) or UNKNOWN_SUM
