"""Compute TrendsQuery: series over time or totals, broken down, compared, in formulas."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate
from typing import Any

from phdesk.demo.maths import WINDOWS, Cell
from phdesk.demo.measures import Measure, cells_of, maths_of, measure_of, ranking_of
from phdesk.demo.ranges import Range, bucket_of, day_text, iso, label_text, ms
from phdesk.demo.selection import (
    JSON,
    NONE,
    OTHER,
    bin_edges,
    bin_text,
    breakdown_columns,
    breakdown_limit,
    breakdown_text,
    histogram_bins,
)
from phdesk.demo.trends_formula import formula_results
from phdesk.demo.trends_special import boxes, calendar, ends
from phdesk.demo.world import World

TOTAL_DISPLAYS = {"BoldNumber", "ActionsPie", "ActionsBarValue", "ActionsTable", "WorldMap"} | {
    "ActionsDonut",
    "ActionsProportionBar",
}
SPECIAL = {"CalendarHeatmap": calendar, "BoxPlot": boxes}
Value = tuple[str, ...]
"""A breakdown value, one text per property; empty without a breakdown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What every series of one query shares."""

    query: Mapping[str, Any]
    span: Range
    edges: list[float] = field(default_factory=list)  # of a histogram's bins, once known

    @property
    def display(self) -> str:
        """Name the chart the query is drawn as."""
        chosen = self.query.get("trendsFilter") or {}
        return str(chosen.get("display") or "ActionsLineGraph")

    @property
    def is_total(self) -> bool:
        """Tell whether one number a series is asked, not one a bucket."""
        return self.display in TOTAL_DISPLAYS

    @property
    def periods(self) -> list[tuple[str | None, Range]]:
        """List the current period, and the previous one when comparing."""
        compare = self.query.get("compareFilter") or {}
        if not compare.get("compare"):
            return [(None, self.span)]
        before = self.span.back(compare["compare_to"]) if compare.get("compare_to") else None
        return [("current", self.span), ("previous", before or self.span.previous())]


def run_trends(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Compute the results of a TrendsQuery over a resolved range."""
    plan = Plan(query, span)
    if plan.display in SPECIAL:
        return SPECIAL[plan.display](world, query, span)
    nodes = query["series"]
    more = False
    found: list[JSON] = []
    shown: dict[int, list[Value]] = {}
    for label, period in plan.periods:
        for order, node in enumerate(nodes):
            groups = _groups(world, plan, node, period)
            if order not in shown:
                ranked = _rank(ranking_of(world, node), groups)
                limit = breakdown_limit(query)
                shown[order] = sorted(ranked[:limit], key=_is_none)
                more = more or len(ranked) > limit
            series = _fold(groups, shown[order], plan)
            measure = measure_of(world, node)
            found.extend(_items(plan, order, period, label, series, measure))
    if plan.display == "SlopeGraph":
        running = world.now() <= span.end
        found = [ends(item, running=running) for item in found]
    formulas = formula_results(query.get("trendsFilter") or {}, found, len(nodes))
    return {"results": found if formulas is None else formulas, "hasMore": more}


def _groups(
    world: World, plan: Plan, node: Mapping[str, Any], period: Range
) -> dict[Value, list[Cell]]:
    splits = breakdown_columns(plan.query)
    span = (_opening(plan, maths_of(node), period), period.end)
    rows = cells_of(world, plan.query, node, splits, span)
    bins = histogram_bins(plan.query) if len(splits) == 1 else 0
    if bins and not plan.edges:
        plan.edges.extend(bin_edges([row[3] for row in rows], bins))
    name = partial(bin_text, edges=plan.edges) if bins else breakdown_text
    groups: dict[Value, list[Cell]] = defaultdict(list)
    for at, person, value, *split in rows:
        groups[tuple(map(name, split))].append((at, person, value))
    return groups


def _opening(plan: Plan, maths: str, period: Range) -> datetime:
    if maths in WINDOWS:
        base = period.end if plan.is_total else period.buckets()[0]
        return base - timedelta(days=WINDOWS[maths] - (0 if plan.is_total else 1))
    return period.start if plan.is_total or period.explicit else period.buckets()[0]


def _rank(measure: Measure, groups: Mapping[Value, list[Cell]]) -> list[Value]:
    def weight(value: Value) -> tuple[float, Value]:
        return -measure(groups[value]), value

    return sorted(groups, key=weight)


def _is_none(value: Value) -> bool:
    return value == (NONE,)


def _fold(
    groups: Mapping[Value, list[Cell]], shown: Sequence[Value], plan: Plan
) -> list[tuple[Value, list[Cell]]]:
    """Keep the shown values apart and put what is left into Other, before None."""
    if not breakdown_columns(plan.query):
        return [((), groups.get((), []))]
    kept = [(value, groups.get(value, [])) for value in shown]
    hide = (plan.query.get("breakdownFilter") or {}).get("breakdown_hide_other_aggregation")
    rest = sorted(cell for value, cells in groups.items() if value not in shown for cell in cells)
    if rest and not hide:
        width = len(breakdown_columns(plan.query))
        place = len(kept) - 1 if kept and kept[-1][0] == (NONE,) else len(kept)
        kept.insert(place, ((OTHER,) * width, rest))
    return kept


def _items(
    plan: Plan,
    order: int,
    period: Range,
    label: str | None,
    series: Sequence[tuple[Value, list[Cell]]],
    measure: Measure,
) -> list[JSON]:
    node = plan.query["series"][order]
    items = []
    for value, cells in series:
        if plan.is_total:
            item = _total(measure, cells)
        else:
            item = _over_time(plan, period, maths_of(node), measure, cells)
        item["label"] = _label(plan, node, value)
        item["action"] = _action(node, order, plan.span)
        item["filter"] = {"insight": "TRENDS", "display": plan.display, "interval": period.interval}
        if label is not None:
            item |= {"compare": True, "compare_label": label}
            if plan.is_total:
                item["labels"] = []
            else:
                item["labels"] = [
                    f"{period.interval} {index}" for index in range(len(item["days"]))
                ]
        if value:
            item["breakdown_value"] = value[0] if len(value) == 1 else list(value)
            if not plan.is_total:
                item["data"] = [float(number) for number in item["data"]]
        items.append(item)
    return items


def _total(measure: Measure, cells: list[Cell]) -> JSON:
    return {"data": [], "days": [], "count": 0, "aggregated_value": measure(cells)}


def _over_time(plan: Plan, period: Range, maths: str, measure: Measure, cells: list[Cell]) -> JSON:
    buckets = period.buckets()
    starts = [ms(at) for at in buckets]
    cumulative = plan.display == "ActionsLineGraphCumulative"
    if maths in WINDOWS:
        data = _windowed(cells, starts, ms(period.end), WINDOWS[maths])
    elif cumulative and maths == "dau":
        data = _first_seen(cells, starts)
    else:
        slots: list[list[Cell]] = [[] for _ in starts]
        for cell in cells:
            slots[bucket_of(starts, cell[0])].append(cell)
        data = [measure(slot) for slot in slots]
    if cumulative:
        data = list(accumulate(data))
    data = _smooth(data, int((plan.query.get("trendsFilter") or {}).get("smoothingIntervals") or 1))
    count = data[-1] if cumulative and data else float(sum(data))
    return {
        "data": data,
        "labels": [label_text(at, period.interval) for at in buckets],
        "days": [day_text(at, period.interval) for at in buckets],
        "count": count,
    }


def _windowed(cells: list[Cell], starts: list[int], end: int, days: int) -> list[float]:
    """Count the people of the days that end with each bucket; cells come oldest first."""
    data: list[float] = []
    present: Counter[str] = Counter()
    entering = leaving = 0
    for until in [*starts[1:], end + 1]:
        while entering < len(cells) and cells[entering][0] < until:
            present[cells[entering][1]] += 1
            entering += 1
        while leaving < entering and cells[leaving][0] < until - days * 86_400_000:
            present[cells[leaving][1]] -= 1
            leaving += 1
        data.append(sum(map(bool, present.values())))
    return data


def _first_seen(cells: list[Cell], starts: list[int]) -> list[float]:
    seen: set[str] = set()
    data = [0.0] * len(starts)
    for at, person, _ in cells:
        if person not in seen:
            seen.add(person)
            data[bucket_of(starts, at)] += 1
    return data


def _smooth(data: list[float], width: int) -> list[float]:
    if width <= 1:
        return data
    windows = [data[max(0, index - width + 1) : index + 1] for index in range(len(data))]
    return [float(sum(window) // len(window)) for window in windows]


def _label(plan: Plan, node: Mapping[str, Any], value: Value) -> str:
    event = node.get("event")
    name = "All events" if event is None else str(event)
    if not value:
        return name
    text = "::".join(value)
    return text if len(plan.query["series"]) == 1 else f"{name} - {text}"


def _action(node: Mapping[str, Any], order: int, span: Range) -> JSON:
    event = node.get("event")
    return {
        "days": [iso(at) for at in span.buckets()],
        "id": event,
        "type": "events",
        "order": order,
        "name": "All events" if event is None else node.get("name") or event,
        "custom_name": node.get("custom_name"),
        "math": node.get("math"),
        "math_property": node.get("math_property"),
        "math_hogql": node.get("math_hogql"),
        "math_group_type_index": node.get("math_group_type_index"),
        "properties": {},
    }
