"""Read what a server says of its tables, and of SQL before it is run.

The reference names `DatabaseSchemaQuery` and `HogQLMetadata` without their answers; these are read
as PostHog's own schema has them (frontend/src/queries/schema, 2023 to 2026), taking what is there.
"""

from msgspec import Raw

from phdesk.api import coerce
from phdesk.models.insight import NULL
from phdesk.models.sql_notice import SqlNotice

LEVELS = (("errors", True), ("warnings", False))


def read_schema(held: dict[str, Raw]) -> dict[str, dict[str, str]]:
    """Make of the answer the types of columns by table; in 2023 it was a list of columns each."""
    tables = coerce.fields(held.get("tables", NULL))
    found = {}
    for name, raw in (held if tables is None else tables).items():
        listed = coerce.elements(raw)
        parts = coerce.fields(raw) or {}
        named = coerce.fields(parts.get("fields", NULL)) if listed is None else _by_key(listed)
        if named or (named is not None and listed is None):
            found[name] = {key: _type(one) for key, one in named.items()}
    return found


def read_notices(held: dict[str, Raw]) -> tuple[SqlNotice, ...]:
    """Make of the answer what is wrong with a query, and what is only worth a word."""
    return tuple(
        notice
        for key, is_error in LEVELS
        for raw in coerce.elements(held.get(key, NULL)) or ()
        if (notice := _notice(raw, is_error=is_error)) is not None
    )


def _by_key(listed: list[Raw]) -> dict[str, Raw]:
    found = ((coerce.fields(raw) or {}, raw) for raw in listed)
    return {key: raw for one, raw in found if (key := coerce.text(one.get("key", NULL)))}


def _type(raw: Raw) -> str:
    """Name the type of a column; one that leads to a table says which."""
    one = coerce.fields(raw) or {}
    kind = coerce.text(one.get("type", NULL))
    table = coerce.text(one.get("table", NULL))
    return f"{kind} {table}" if table else kind


def _notice(raw: Raw, *, is_error: bool) -> SqlNotice | None:
    one = coerce.fields(raw) or {}
    message = coerce.text(one.get("message", NULL))
    if not message:
        return None
    return SqlNotice(
        message=message,
        start=coerce.whole(one.get("start", NULL)),
        end=coerce.whole(one.get("end", NULL)),
        is_error=is_error,
        fix=coerce.text(one.get("fix", NULL)),
    )
