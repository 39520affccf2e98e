"""Break trends down by cohorts, in which the same people may be more than once."""

from collections.abc import Mapping
from typing import Any

from phdesk.demo.filters import COHORTS
from phdesk.demo.ranges import Range
from phdesk.demo.selection import JSON, both
from phdesk.demo.trends import run_trends
from phdesk.demo.world import World

ALL = "all"  # stands for everybody


def run_trends_by_cohort(world: World, query: Mapping[str, Any], span: Range) -> JSON:
    """Compute a TrendsQuery: for each cohort as if it asked of those people alone."""
    asked = query.get("breakdownFilter") or {}
    if asked.get("breakdown_type") != "cohort":
        return run_trends(world, query, span)
    chosen = asked.get("breakdown")
    found: list[JSON] = []
    for one in chosen if isinstance(chosen, list) else [chosen]:
        for item in run_trends(world, _of(query, one), span)["results"]:
            found.append({**item, "label": f"{item['label']} - {_name(one)}"})
            found[-1]["breakdown_value"] = one
    found.sort(key=lambda item: (item.get("action") or {}).get("order", 0))  # keeps the rest
    return {"results": found, "hasMore": False}


def _of(query: Mapping[str, Any], one: Any) -> JSON:
    """Ask of the people of one cohort, and no more of cohorts."""
    rest = {key: value for key, value in query.items() if key != "breakdownFilter"}
    if one == ALL:
        return rest
    inside = {"key": "id", "value": one, "operator": "in", "type": "cohort"}
    together = [both(query.get("properties")), {"type": "AND", "values": [inside]}]
    return {**rest, "properties": {"type": "AND", "values": together}}


def _name(one: Any) -> str:
    if one == ALL:
        return "all users"
    return COHORTS[int(one)][0]  # the filter has refused what there is not
