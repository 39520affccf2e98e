"""Replace the series of a trend by the formulas written over them."""

from collections.abc import Mapping, Sequence
from typing import Any

from phdesk.demo.formula import evaluate

JSON = dict[str, Any]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def formula_results(
    display: Mapping[str, Any], series: Sequence[JSON], width: int
) -> list[JSON] | None:
    """Compute each formula for each breakdown value and period; None when there is none.

    ``series`` are the finished items, ``width`` how many series the query has.
    """
    formulas = _formulas(display)
    if not formulas:
        return None
    groups: dict[tuple[Any, Any], dict[int, JSON]] = {}
    for item in series:
        key = (item.get("compare_label"), str(item.get("breakdown_value")))
        groups.setdefault(key, {})[item["action"]["order"]] = item
    several = len(formulas) > 1
    return [
        _item(text, name, order if several else None, members, width)
        for order, (text, name) in enumerate(formulas)
        for members in groups.values()
    ]


def _formulas(display: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    nodes = display.get("formulaNodes")
    if nodes:
        return [(node["formula"], node.get("custom_name")) for node in nodes]
    texts = display.get("formulas") or ([display["formula"]] if display.get("formula") else [])
    return [(text, None) for text in texts]


def _item(
    text: str, name: str | None, order: int | None, members: Mapping[int, JSON], width: int
) -> JSON:
    first = next(iter(members.values()))
    item = {key: value for key, value in first.items() if key != "action"}
    item |= {"label": name or f"Formula ({text})", "action": None}
    if "aggregated_value" in first:
        item["aggregated_value"] = evaluate(text, _numbers(members, width, "aggregated_value"))
    else:
        item["data"] = [
            evaluate(text, _numbers(members, width, index)) for index in range(len(first["data"]))
        ]
        item["count"] = float(sum(item["data"]))
    if order is not None:
        item["order"] = order
    return item


def _numbers(members: Mapping[int, JSON], width: int, place: int | str) -> dict[str, float]:
    values = {}
    for order in range(width):
        item = members.get(order)
        if item is None:
            values[_LETTERS[order]] = 0.0
        else:
            values[_LETTERS[order]] = item["data"][place] if isinstance(place, int) else item[place]
    return values
