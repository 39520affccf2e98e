"""Every query that PostHog was seen to hold or to take, from recordings and fixtures."""

import json
from functools import cache

import msgspec

from tests.shared import FIXTURES, RECORDINGS

FILES = sorted([*RECORDINGS.glob("*.json"), *FIXTURES.glob("**/*.json")])
REFUSED = ("error_query_", "error_insight_create_", "error_malformed")


@cache
def exchanges():
    return {path.stem: json.loads(path.read_text()) for path in FILES}


@cache
def queries():
    """Collect queries by a name, as the bytes in which msgspec writes them."""
    found = {}
    for name, content in exchanges().items():
        if not name.startswith(REFUSED):
            _collect(content, name, found)
    return {name: raw for raw, name in found.items()}


def queries_of(*kinds):
    """Give the queries whose source is of some kinds."""
    return {
        name: raw for name, raw in queries().items() if kind_of(msgspec.json.decode(raw)) in kinds
    }


def kind_of(query):
    source = query.get("source")
    return (source if isinstance(source, dict) else query).get("kind")


def _collect(value, name, found):
    if isinstance(value, dict):
        query = value.get("query")
        if isinstance(query, dict) and query.get("kind"):
            found.setdefault(msgspec.json.encode(query), f"{name}-{len(found)}")
        for part in value.values():
            _collect(part, name, found)
    elif isinstance(value, list):
        for part in value:
            _collect(part, name, found)
