"""What an insight asks and shows, in one form: two that only look different have the same."""

from collections.abc import Mapping
from typing import Any

import msgspec

from phdesk.core.jsonvalue import as_dict, as_list
from phdesk.core.names import breakdown_keys
from phdesk.core.question import FILTERS, asked_by, read_question
from phdesk.models.insight import Insight

SHOWN = frozenset(  # of a filter: other looks are decoration of the same picture
    {"dashboardDisplay", "showPercentStackView", "yAxisScaleType", "hiddenLegendIndexes"}
    | {"hiddenLegendBreakdowns", "resultCustomizations"}
)
DRESSED = frozenset({"DataVisualizationNode", "DataTableNode"})  # whose wrapper says what is shown
DRESS = ("display", "chartSettings", "tableSettings", "columns", "hiddenColumns")
NAMES = frozenset({"name", "custom_name"})  # of a series: they change no number
USUAL: Mapping[str, object] = {  # what is meant where nothing is said, of a query
    "samplingFactor": 1,
    "interval": "day",
}
USUAL_OF_FILTER: Mapping[str, object] = {
    "display": "ActionsLineGraph",
    "smoothingIntervals": 1,
    "funnelVizType": "steps",
    "funnelOrderType": "ordered",
    "funnelWindowInterval": 14,
    "funnelWindowIntervalUnit": "day",
    "funnelStepReference": "total",
}


def shown_by(insight: Insight) -> str:
    """Give a key that equals that of another insight which asks and shows the same.

    Empty where nothing is asked. What is left out, or written out though it is usual, makes no
    difference, nor do names of series; what is drawn does: a number and a line are two things.
    """
    asked, question = as_dict(asked_by(insight)), read_question(insight)
    if not asked:
        return ""
    parts = {key: part for key, part in asked.items() if not _is_usual(key, part, USUAL)}
    own = FILTERS.get(question.kind, "")
    looks = {key: part for key, part in question.filter.items() if key in SHOWN}
    parts[own] = {
        key: part
        for key, part in {**as_dict(asked.get(own)), **looks}.items()
        if not _is_usual(key, part, USUAL_OF_FILTER)
    }
    parts["series"] = [_unnamed(as_dict(node)) for node in as_list(asked.get("series"))]
    parts["dateRange"] = _said(asked.get("dateRange"))
    parts["compareFilter"] = _said(asked.get("compareFilter"))
    if not breakdown_keys(question):  # its type alone breaks nothing down
        parts.pop("breakdownFilter", None)
    if question.outer.get("kind") in DRESSED:
        parts["dress"] = {key: question.outer.get(key) for key in DRESS}
    return msgspec.json.encode(_said(parts), order="sorted").decode()


def _is_usual(key: str, part: object, usual: Mapping[str, object]) -> bool:
    return _is_nothing(part) or (key in usual and usual[key] == part)


def _unnamed(node: dict[str, Any]) -> dict[str, Any]:
    """Leave out how a series is called, and that it is counted in the usual way."""
    inner = [_unnamed(as_dict(part)) for part in as_list(node.get("nodes"))]
    return {
        key: inner if key == "nodes" else part
        for key, part in node.items()
        if key not in NAMES and (key, part) != ("math", "total") and not _is_nothing(part)
    }


def _said(value: object) -> dict[str, Any]:
    """Leave out what says nothing."""
    return {key: part for key, part in as_dict(value).items() if not _is_nothing(part)}


def _is_nothing(part: object) -> bool:
    """Tell what says nothing from 0, which does."""
    return part is None or part is False or part in ("", [], {})
