"""What rules need to know of an answer: whether it is empty, and how large "Other" is in it."""

from typing import Any, Literal

from msgspec import Struct

from phdesk.core.charts.adding import no_sum
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number, as_str, parse
from phdesk.core.names import breakdown_keys, is_other
from phdesk.core.question import Question
from phdesk.models.insight import Insight

SERIES = frozenset({"TrendsQuery", "StickinessQuery", "LifecycleQuery"})
FORMULAS = ("formula", "formulas", "formulaNodes")
Content = Literal["something", "zero", "nothing"]


class OtherShare(Struct, frozen=True, gc=False):
    """How much "Other" holds beside the values that have a name; `why_not` when unknown."""

    share: float = 0.0  # 0 to 1
    named: int = 0
    why_not: str = ""


def content(insight: Insight, question: Question) -> Content:
    """Say what an answer holds; of kinds whose shape is not known only whether it has rows."""
    result = parse(insight.result)
    if not result:
        return "nothing"
    if question.kind in SERIES:
        counts = [number for item in as_list(result) for number in _numbers(as_dict(item))]
        return _counted(counts)
    if question.kind == "FunnelsQuery" and question.display == "steps":
        return _counted([as_number(one.get("count")) for one in _steps(result)])
    if question.kind == "RetentionQuery":
        rows = [as_dict(row) for row in as_list(result)]
        cells = [as_dict(cell) for row in rows for cell in as_list(row.get("values"))]
        return _counted([as_number(cell.get("count")) for cell in cells])
    return "something"


def other_share(insight: Insight, question: Question) -> OtherShare | None:
    """Say how much of a breakdown is "Other"; None where there is no such value."""
    if question.kind != "TrendsQuery" or not breakdown_keys(question):
        return None
    items = [as_dict(item) for item in as_list(parse(insight.result))]
    items = [item for item in items if as_str(item.get("compare_label")) != "previous"]
    other = [item for item in items if is_other(item.get("breakdown_value"))]
    if not other:
        return None
    why_not = next((why for item in items if (why := _no_sum(item, question))), "")
    if why_not:
        return OtherShare(why_not=why_not)
    sizes = [_size(item) for item in items]
    if any(size is None or size < 0 for size in sizes):
        return OtherShare(why_not="its values cannot be compared")
    whole = sum(size for size in sizes if size is not None)
    part = sum(_size(item) or 0.0 for item in other)
    named = len({as_str(item.get("label"), str(at)) for at, item in enumerate(items)})
    return OtherShare(part / whole, named - 1) if whole else None


def _numbers(item: dict[str, Any]) -> list[float | None]:
    data = [as_number(one) for one in as_list(item.get("data"))]
    return [*data, as_number(item.get("count")), as_number(item.get("aggregated_value"))]


def _steps(result: Any) -> list[dict[str, Any]]:
    """List the steps of a funnel, of all its groups."""
    parts = [part if isinstance(part, list) else [part] for part in as_list(result)]
    return [as_dict(step) for part in parts for step in part]


def _counted(numbers: list[float | None]) -> Content:
    """Judge counts; where none are, as in box plots, the answer is of another shape."""
    known = [number for number in numbers if number is not None]
    return "something" if any(known) or not known else "zero"


def _size(item: dict[str, Any]) -> float | None:
    whole = as_number(item.get("aggregated_value"))
    return whole if whole is not None else as_number(item.get("count"))


def _no_sum(item: dict[str, Any], question: Question) -> str:
    formula = any(question.filter.get(key) for key in FORMULAS)
    node = as_dict(item.get("action"))
    order = as_int(item.get("order"), as_int(node.get("order"), 0)) or 0
    asked = question.series[order] if 0 <= order < len(question.series) else {}
    return no_sum({**asked, **node}, question, formula=formula)
