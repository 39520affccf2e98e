"""What rules need to know of an answer: whether it is empty, and how large "Other" is in it."""

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from phdesk.core.charts.adding import no_sum
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number, as_str, parse
from phdesk.core.names import breakdown_keys, is_other, series_name
from phdesk.core.question import Question
from phdesk.models.insight import Insight

SERIES = frozenset({"TrendsQuery", "StickinessQuery", "LifecycleQuery"})
FORMULAS = ("formula", "formulas", "formulaNodes")
BOX = ("min", "max", "mean")  # of box plots, whose buckets without data are zeros (6.1.9)
STEPS = ("steps", "edges")  # of paths of the second version
Content = Literal["something", "zero", "nothing"]


class OtherShare(Struct, frozen=True, gc=False):
    """How much "Other" holds beside the values that have a name; `why_not` when unknown."""

    share: float = 0.0  # 0 to 1
    why_not: str = ""
    series: str = ""  # of which it is the share; empty where there is only one


def content(insight: Insight, question: Question) -> Content:
    """Say what an answer holds; of kinds whose shape is not known only whether it has rows.

    Of an answer with a period to compare with, only the period itself is looked at.
    """
    result = parse(insight.result)
    if not result:
        return "nothing"
    if question.kind in SERIES:
        items = current(as_dict(item) for item in as_list(result))
        return _counted([number for item in items for number in _numbers(item)])
    if question.kind == "FunnelsQuery":
        return _of_funnel(result, question.display)
    if question.kind == "RetentionQuery":
        rows = [as_dict(row) for row in as_list(result)]
        cells = [as_dict(cell) for row in rows for cell in as_list(row.get("values"))]
        keys = ("count", "aggregation_value")
        return _counted([as_number(cell.get(key)) for cell in cells for key in keys])
    if question.kind == "PathsV2Query" and isinstance(result, dict):
        return "something" if any(result.get(key) for key in STEPS) else "nothing"
    return "something"


def current(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what belongs to the period before."""
    return [item for item in items if as_str(item.get("compare_label")) != "previous"]


def other_share(insight: Insight, question: Question) -> OtherShare | None:
    """Say how much of a breakdown is "Other", of the series of which it is the most.

    None where there is no such value.
    """
    if question.kind != "TrendsQuery" or not breakdown_keys(question):
        return None
    items = current(as_dict(item) for item in as_list(parse(insight.result)))
    if not any(is_other(item.get("breakdown_value")) for item in items):
        return None
    why_not = next((why for item in items if (why := _no_sum(item, question))), "")
    if why_not:
        return OtherShare(why_not=why_not)
    if any(size is None or size < 0 for size in map(_size, items)):
        return OtherShare(why_not="its values cannot be compared")
    series: dict[int, list[dict[str, Any]]] = {}
    for item in items:
        series.setdefault(_order(item), []).append(item)
    shares = [
        share
        for order, held in series.items()
        if (share := _share(held, _named(question, order) if len(series) > 1 else "")) is not None
    ]
    return max(shares, key=lambda one: one.share, default=None)


def _share(items: list[dict[str, Any]], series: str) -> OtherShare | None:
    """Measure "Other" in one series."""
    other = [item for item in items if is_other(item.get("breakdown_value"))]
    whole = sum(_size(item) or 0.0 for item in items)
    part = sum(_size(item) or 0.0 for item in other)
    if not other or not whole:
        return None
    return OtherShare(part / whole, series=series)


def _numbers(item: dict[str, Any]) -> list[float | None]:
    """List all numbers of a series; a calendar heatmap has them in cells alone (6.1.8)."""
    cells = as_list(as_dict(item.get("calendar_heatmap_data")).get("data"))
    found = [as_number(as_dict(cell).get("value")) for cell in cells]
    found += [as_number(one) for one in as_list(item.get("data"))]
    return [*found, *(as_number(item.get(key)) for key in ("count", "aggregated_value", *BOX))]


def _of_funnel(result: Any, display: str) -> Content:
    parts = [part for one in as_list(result) for part in (one if isinstance(one, list) else [one])]
    held = current(as_dict(one) for one in parts or [result])
    if display == "steps":
        return _counted([as_number(one.get("count")) for one in held])
    if display == "time_to_convert":
        pairs = [as_list(pair) for one in held for pair in as_list(one.get("bins"))]
        counts = [as_number(pair[1]) for pair in pairs if len(pair) > 1]
        return _counted(counts) if counts else "nothing"
    if display == "trends":  # percentages; their `count` is the number of buckets
        return _counted([as_number(one) for item in held for one in as_list(item.get("data"))])
    return "something"


def _counted(numbers: list[float | None]) -> Content:
    """Judge counts; where none are, the answer is of a shape that is not known here."""
    known = [number for number in numbers if number is not None]
    return "something" if any(known) or not known else "zero"


def _size(item: dict[str, Any]) -> float | None:
    whole = as_number(item.get("aggregated_value"))
    return whole if whole is not None else as_number(item.get("count"))


def _order(item: dict[str, Any]) -> int:
    node = as_dict(item.get("action"))
    return as_int(item.get("order"), as_int(node.get("order"), 0)) or 0


def _asked(question: Question, order: int) -> dict[str, Any]:
    return question.series[order] if 0 <= order < len(question.series) else {}


def _named(question: Question, order: int) -> str:
    return series_name(_asked(question, order))


def _no_sum(item: dict[str, Any], question: Question) -> str:
    formula = any(question.filter.get(key) for key in FORMULAS)
    asked = _asked(question, _order(item))
    return no_sum({**asked, **as_dict(item.get("action"))}, question, formula=formula)
