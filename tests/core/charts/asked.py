"""Insights made of plain values, and those that were recorded, for tests of trends and tables."""

import json
from datetime import UTC, datetime

from msgspec import Raw

from phdesk.core.charts.context import Context
from phdesk.core.charts.view import insight_view
from phdesk.models.insight import Insight
from tests.shared import FIXTURES, RECORDINGS

NOW = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
CONTEXT = Context(now=NOW)


def raw(value):
    return Raw(json.dumps(value).encode())


def made(query=None, result=None, *, filters=None, columns=None, types=None, **more):
    return Insight(
        query=raw(query),
        filters=raw(filters or {}),
        result=raw(result),
        columns=raw(columns),
        types=raw(types),
        **more,
    )


def item(data=(), *, name="signup", order=0, days=None, start=21, **more):
    """Make a series as the server sends it; the days are those of November 2026."""
    data = list(data)
    days = [f"2026-11-{start + i:02}" for i in range(len(data))] if days is None else days
    action = {"id": name, "type": "events", "order": order, "name": name, "custom_name": None}
    base = {"data": data, "days": days, "count": sum(v or 0 for v in data), "label": name}
    return {**base, "order": order, "action": action, **more}


def total(value, **more):
    return item((), **{"aggregated_value": value, "count": 0, **more})


def trends(result, display=None, own=None, context=CONTEXT, insight=None, **source):
    own = {**({"display": display} if display else {}), **(own or {})}
    node = {"kind": "TrendsQuery", "trendsFilter": own, **source}
    query = {"kind": "InsightVizNode", "source": node}
    return insight_view(made(query, result, **(insight or {})), context)


def sql(result, columns, types=None, display=None, settings=None, outer=None, **insight):
    query = {
        "kind": "DataVisualizationNode",
        "source": {"kind": "HogQLQuery", "query": "select 1"},
        "display": display,
        "chartSettings": settings or {},
        **(outer or {}),
    }
    return insight_view(made(query, result, columns=columns, types=types, **insight), CONTEXT)


def fixture(name):
    return sent_view(json.loads((FIXTURES / "insights" / f"{name}.json").read_text()))


def recording(name):
    answer = json.loads((RECORDINGS / f"{name}.json").read_text())["response"]["json"]
    return sent_view(answer["results"][0] if "results" in answer else answer)


def sent_view(sent):
    when = sent.get("last_refresh")
    insight = made(
        sent.get("query"),
        sent.get("result"),
        filters=sent.get("filters"),
        columns=sent.get("columns"),
        types=sent.get("types"),
        name=sent.get("name") or "",
        has_more=bool(sent.get("hasMore")),
        last_refresh=datetime.fromisoformat(when) if when else None,
        timezone=sent.get("timezone"),
    )
    return insight_view(insight, CONTEXT)


def all_sent(*kinds):
    """Collect each recorded insight of some kinds that has a result."""
    found = {}
    for path in sorted([*RECORDINGS.glob("*.json"), *FIXTURES.rglob("*.json")]):
        for sent in _walk(json.loads(path.read_text())):
            if kind_of(sent) in kinds and sent.get("result") is not None:
                text = json.dumps([sent["result"], sent.get("query")], sort_keys=True)
                found.setdefault(text, (f"{path.stem}-{sent.get('short_id') or ''}", sent))
    return list(found.values())


ADDS_UP = {"total", "sum", "first_time_for_user", "first_matching_event_for_user"}


def sums_sent(sent):
    """Give each series' count as a table may show it: None where PostHog's math does not add up."""
    source = (sent.get("query") or {}).get("source") or sent.get("query") or {}
    own = source.get("trendsFilter") or sent.get("filters") or {}
    if own.get("display") == "ActionsLineGraphCumulative":
        return [item["count"] for item in sent["result"]]
    smooth = int(own.get("smoothingIntervals") or own.get("smoothing_intervals") or 1) > 1
    nodes = source.get("series") or []
    sums = []
    for item in sent["result"]:
        action = item.get("action") or {}
        asked = nodes[item.get("order") or 0] if nodes and not action else {}
        math = action.get("math") or asked.get("math") or "total"
        formula = any(own.get(key) for key in ("formula", "formulas", "formulaNodes"))
        adds_up = math in ADDS_UP and not smooth and not formula
        sums.append(item["count"] if adds_up else None)
    return sums


def kind_of(sent):
    query = sent.get("query")
    if isinstance(query, dict):
        return (query.get("source") or query).get("kind")
    return {"TRENDS": "TrendsQuery"}.get((sent.get("filters") or {}).get("insight"))


def _walk(value):
    if isinstance(value, dict):
        if "result" in value and "filters" in value:
            yield value
        for part in value.values():
            yield from _walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from _walk(part)
