"""What PostHog sent, as insights, and what is made of it."""

import json
from datetime import UTC, datetime

from msgspec import Raw

from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import TileView
from phdesk.core.charts.view import insight_view
from phdesk.models.insight import Insight
from tests.shared import FIXTURES, RECORDINGS

NOW = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
CONTEXT = Context(now=NOW)


def insight(query=None, result=None, *, filters=None, **more):
    """Make an insight from plain values."""
    return Insight(query=_raw(query), filters=_raw(filters or {}), result=_raw(result), **more)


def asking(kind, result, own=None, context=CONTEXT, **source):
    """Show an insight that asks for a kind, with its own filter."""
    name = kind[:1].lower() + kind.removesuffix("Query")[1:] + "Filter"
    query = {"kind": "InsightVizNode", "source": {"kind": kind, name: own or {}, **source}}
    return shown(insight(query, result), context)


def shown(made, context=CONTEXT) -> TileView:
    """Show an insight."""
    return insight_view(made, context)


def fixture(name):
    """Read an insight of the fixtures."""
    return of_json(json.loads((FIXTURES / "insights" / f"{name}.json").read_text()))


def of_json(item):
    """Make an insight of JSON as it came."""
    when = item.get("last_refresh")
    return insight(
        item.get("query"),
        item.get("result"),
        filters=item.get("filters"),
        name=item.get("name") or "",
        last_refresh=datetime.fromisoformat(when) if when else None,
        timezone=item.get("timezone"),
    )


def all_sent(kind):
    """Collect every insight of a kind that has a result, with a name for each."""
    found = {}
    files = [*RECORDINGS.glob("*.json"), *FIXTURES.rglob("*.json")]
    for path in sorted(files):
        for item in _walk(json.loads(path.read_text())):
            if _kind(item) == kind and item.get("result") is not None:
                text = json.dumps([item["result"], item.get("query")], sort_keys=True)
                found.setdefault(text, (f"{path.stem}-{item.get('short_id') or ''}", item))
    return list(found.values())


def _walk(value):
    if isinstance(value, dict):
        if "results" in value and "query" not in value:
            value = {**value, "result": value["results"]}
        if "result" in value:
            yield value
        if "request" in value and "response" in value:
            yield from _asked(value)
        for part in value.values():
            yield from _walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from _walk(part)


def _asked(exchange):
    """Join a question to the query endpoint with its answer."""
    question = (exchange["request"].get("json") or {}) if exchange["request"] else {}
    answer = exchange["response"].get("json") or {}
    if isinstance(question, dict) and isinstance(answer, dict) and "results" in answer:
        yield {**answer, "query": question.get("query"), "result": answer["results"]}


def _kind(item):
    query = item.get("query")
    if isinstance(query, dict):
        return (query.get("source") or query).get("kind")
    names = {
        "FUNNELS": "FunnelsQuery",
        "RETENTION": "RetentionQuery",
        "STICKINESS": "StickinessQuery",
        "LIFECYCLE": "LifecycleQuery",
        "PATHS": "PathsQuery",
    }
    return names.get((item.get("filters") or {}).get("insight"))


def _raw(value):
    return Raw(json.dumps(value).encode())
