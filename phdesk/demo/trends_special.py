"""Compute the displays of trends whose results are no plain series (reference 6.1.8, 6.1.9)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from phdesk.demo.maths import Cell, mean, quantile
from phdesk.demo.measures import cells_of, column_of, measure_of
from phdesk.demo.ranges import Range, bucket_of, day_text, label_text, moment, ms
from phdesk.demo.selection import JSON
from phdesk.demo.world import World


def calendar(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Count the first series by weekday (1 is Monday) and hour; empty cells are left out."""
    node = query["series"][0]
    measure = measure_of(world, node)
    cells: list[Cell] = [
        (at, who, value)
        for at, who, value in cells_of(world, query, node, [], (span.start, span.end))
    ]
    slots: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in cells:
        at = moment(cell[0])
        slots[at.isoweekday(), at.hour].append(cell)
    rows, columns = _joined(slots, 0), _joined(slots, 1)
    total = measure(cells)
    return {
        "results": [
            {
                "data": [],
                "count": total,
                "aggregated_value": total,
                "label": node.get("event") or "All events",
                "calendar_heatmap_data": {
                    "data": [
                        {"row": row, "column": column, "value": measure(found)}
                        for (row, column), found in sorted(slots.items())
                    ],
                    "rowAggregations": [
                        {"row": row, "value": measure(found)} for row, found in sorted(rows.items())
                    ],
                    "columnAggregations": [
                        {"column": column, "value": measure(found)}
                        for column, found in sorted(columns.items())
                    ],
                    "allAggregations": total,
                },
            }
        ],
        "hasMore": False,
    }


def boxes(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Say how the values of a numeric property are spread in each bucket; zeros where none are."""
    if any(column_of(node) == "null" for node in query["series"]):
        return {"results": [], "hasMore": False, "error": "A box plot needs a numeric property."}
    buckets = span.buckets()
    starts = [ms(at) for at in buckets]
    results = []
    for order, node in enumerate(query["series"]):
        slots: list[list[float]] = [[] for _ in starts]
        for at, _, value in cells_of(world, query, node, [], (buckets[0], span.end)):
            if isinstance(value, int | float):
                slots[bucket_of(starts, at)].append(float(value))
        name = f"{node.get('event') or 'All events'} - {node.get('math_property')}"
        results += [
            {"day": day_text(at, span.interval), "label": label_text(at, span.interval)}
            | _box(numbers)
            | {"series_index": order, "series_label": name}
            for at, numbers in zip(buckets, slots, strict=True)
        ]
    return {"results": results, "hasMore": False}


def ends(item: JSON, *, running: bool) -> JSON:
    """Keep of a series its first and its last bucket, as a slope is drawn."""
    if len(item["data"]) < 2:
        return item
    kept = {key: [item[key][0], item[key][-1]] for key in ("data", "days", "labels")}
    return item | kept | {"incomplete_end": running}


def _box(numbers: Sequence[float]) -> JSON:
    if not numbers:
        return dict.fromkeys(("min", "p25", "median", "p75", "max", "mean"), 0.0)
    return {
        "min": min(numbers),
        "p25": quantile(numbers, 0.25),
        "median": quantile(numbers, 0.5),
        "p75": quantile(numbers, 0.75),
        "max": max(numbers),
        "mean": mean(numbers),
    }


def _joined(slots: Mapping[tuple[int, int], list[Cell]], place: int) -> dict[int, list[Cell]]:
    found: dict[int, list[Cell]] = defaultdict(list)
    for key, cells in slots.items():
        found[key[place]] += cells
    return found
