"""Say which tables and columns SQL can read, and what is wrong with one, without running it."""

import re
from collections.abc import Mapping
from typing import Any

from phdesk.demo.errors import ApiError
from phdesk.demo.hogql import execute, prepared
from phdesk.demo.world import World

JSON = dict[str, Any]
COLUMNS = {  # as PostHog has them; the demo's own keys are left out
    "events": {
        "uuid": "string",
        "event": "string",
        "properties": "json",
        "timestamp": "datetime",
        "distinct_id": "string",
        "person_id": "string",
    },
    "persons": {
        "id": "string",
        "created_at": "datetime",
        "properties": "json",
    },
}
LAZY = {"events": {"person": "persons"}}
NAMES = (
    re.compile(r"Unable to resolve field: ([\w.$]+)"),
    re.compile(r"Unknown table `([\w.$]+)`"),
    re.compile(r"Unsupported function call '([\w$]+)"),
    re.compile(r"near \"([^\"]+)\""),
    re.compile(r"Unresolved placeholder: (\{[\w.]+\})"),
)


def schema() -> JSON:
    """Answer a DatabaseSchemaQuery."""
    return {
        "tables": {
            table: {
                "type": "posthog",
                "id": table,
                "name": table,
                "fields": _fields(table, columns),
            }
            for table, columns in COLUMNS.items()
        },
        "joins": [],
    }


def metadata(world: World, query: Mapping[str, Any]) -> JSON:
    """Answer a HogQLMetadata query: what is wrong with a text, and where."""
    text = str(query.get("query") or "")
    errors = []
    try:
        execute(world, f"explain {prepared(world, query)}")
    except ApiError as error:
        start, end = _place(text, error.detail)
        errors.append({"message": error.detail, "start": start, "end": end, "fix": None})
    return {
        "query": text,
        "isValid": not errors,
        "isValidView": False,
        "errors": errors,
        "warnings": [],
        "notices": [],
        "table_names": [name for name in COLUMNS if re.search(rf"\b{name}\b", text)],
    }


def _fields(table: str, columns: Mapping[str, str]) -> JSON:
    plain = {name: _field(name, kind) for name, kind in columns.items()}
    lazy = {
        name: {**_field(name, "lazy_table"), "table": other}
        for name, other in LAZY.get(table, {}).items()
    }
    return plain | lazy


def _field(name: str, kind: str) -> JSON:
    return {"name": name, "hogql_value": name, "type": kind, "schema_valid": True}


def _place(text: str, message: str) -> tuple[int, int]:
    """Find what a message names in the text; all of it where it is not there."""
    for pattern in NAMES:
        found = pattern.search(message)
        at = text.find(found[1]) if found else -1
        if found and at >= 0:
            return at, at + len(found[1])
    return 0, len(text)
