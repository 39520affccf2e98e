"""Run HogQLQuery against the demo's tables: read-only, with a limit on rows and work."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from phdesk.demo.choices import held_value
from phdesk.demo.errors import invalid
from phdesk.demo.filters import conditions, inline, literal, matches, tested
from phdesk.demo.hogql_rewrite import rewrite, tokenize
from phdesk.demo.maths import quantile
from phdesk.demo.ranges import iso, resolve, step
from phdesk.demo.selection import JSON
from phdesk.demo.world import World

DEFAULT_LIMIT = 100
_FILTERS = "__filters__"
_WORK_LIMIT = 20_000_000
_CHECK_EVERY = 100_000
_DATE = re.compile(r"^\d{4}-\d\d-\d\d$")
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_ALLOWED = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}


class _Quantile:
    """Aggregate the quantile of a column for SQLite."""

    def __init__(self) -> None:
        self._numbers: list[float] = []
        self._share = 0.5

    def step(self, value: float | None, share: float) -> None:
        """Take one row."""
        self._share = share
        if isinstance(value, int | float):
            self._numbers.append(float(value))

    def finalize(self) -> float | None:
        """Give the quantile, or null of no rows."""
        return quantile(self._numbers, self._share) if self._numbers else None


def prepare(world: World) -> None:
    """Give a world's database the functions that rewritten SQL calls."""

    def now_moment() -> str:
        return iso(world.now())

    database = world.database
    # Called deterministic so that SQLite works them out once a statement, not once a row.
    database.create_function("now_moment", 0, now_moment, deterministic=True)
    database.create_function("matches", 2, matches, deterministic=True)
    database.create_function("shift_moment", 3, _shift_moment, deterministic=True)
    database.create_function("moment_difference", 3, _moment_difference, deterministic=True)
    # typeshed wants a class whose finalize returns int; SQLite takes any value.
    database.create_aggregate("quantile_of", 2, _Quantile)  # type: ignore[arg-type]


def run_hogql(world: World, query: Mapping[str, Any]) -> JSON:
    """Answer a HogQLQuery with rows, columns and types."""
    has_limit = "limit" in [token.lower() for token in tokenize(_placeholders(query))]
    sql = prepared(world, query)
    sql += "" if has_limit else f" limit {DEFAULT_LIMIT + 1}"
    rows, columns = execute(world, sql)
    kept = rows if has_limit else rows[:DEFAULT_LIMIT]
    return {
        "results": [list(row) for row in kept],
        "columns": columns,
        "types": [
            [name, type_name([row[index] for row in kept])] for index, name in enumerate(columns)
        ],
        "hasMore": None if has_limit else len(rows) > DEFAULT_LIMIT,
        "limit": None if has_limit else DEFAULT_LIMIT,
        "offset": None if has_limit else 0,
    }


def prepared(world: World, query: Mapping[str, Any]) -> str:
    """Write a query as SQLite takes it, with its values and filters in their places."""
    filters = _filters(world, query.get("filters") or {})
    return rewrite(_placeholders(query)).replace(_FILTERS, filters)


def execute(world: World, sql: str) -> tuple[list[tuple[Any, ...]], list[str]]:
    """Run rewritten SQL that came from outside: reading only, and not for ever."""
    checks = iter(range(_WORK_LIMIT // _CHECK_EVERY))

    def too_long() -> int:
        return 1 if next(checks, None) is None else 0

    with world.lock:
        world.database.set_authorizer(_authorize)
        world.database.set_progress_handler(too_long, _CHECK_EVERY)
        try:
            cursor = world.database.execute(sql)
            return cursor.fetchall(), [column[0] for column in cursor.description or ()]
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise invalid(explain(error)) from error
        finally:
            world.database.set_authorizer(None)
            world.database.set_progress_handler(None, 0)


def type_name(values: Sequence[Any]) -> str:
    """Guess the ClickHouse type of a column from its values."""
    known = [value for value in values if value is not None]
    name = _known_type(known)
    if len(known) == len(values) and values:
        return name
    return f"Nullable({name})" if values else name


def _known_type(known: Sequence[Any]) -> str:
    if known and all(isinstance(value, int) for value in known):
        return "Int64" if min(known) < 0 else "UInt64"
    if known and all(isinstance(value, int | float) for value in known):
        return "Float64"
    if known and all(isinstance(value, str) and _DATE.match(value) for value in known):
        return "Date"
    if known and all(isinstance(value, str) and _MOMENT.match(value) for value in known):
        return "DateTime64(6, 'UTC')"
    return "String"


def _placeholders(query: Mapping[str, Any]) -> str:
    values = {**(query.get("values") or {}), **_variables(query.get("variables") or {})}

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name == "filters":
            return _FILTERS  # put in after the rewriting, being SQLite's SQL already
        if name in values:
            return literal(values[name])
        if name.startswith("variables."):
            raise invalid(f"Variable {name.removeprefix('variables.')} is missing from query")
        raise invalid(f"Unresolved placeholder: {{{name}}}")

    return re.sub(r"\{\s*([\w.]+)\s*\}", fill, str(query.get("query") or ""))


def _variables(used: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values of variables by the names that the text uses; without one the default."""
    return {
        f"variables.{one.get('code_name')}": None if one.get("isNull") else held_value(one)
        for one in used.values()
    }


def _filters(world: World, filters: Mapping[str, Any]) -> str:
    parts = []
    dates = filters.get("dateRange") or {}
    if dates.get("date_from") or dates.get("date_to"):
        span = resolve(dates, "day", now=world.now(), earliest=world.earliest)
        parts.append(f"timestamp >= '{iso(span.start)}' and timestamp <= '{iso(span.end)}'")
    wanted = [each for each in (filters.get("properties"), tested(filters)) if each]
    parts.extend(f"({inline(conditions(each))})" for each in wanted)
    return f"({' and '.join(parts) or '1'})"


def _authorize(action: int, table: str | None, *_rest: str | None) -> int:
    if action == sqlite3.SQLITE_READ and (table or "").startswith("sqlite_"):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def explain(error: Exception) -> str:
    """Put the database's words into those of ClickHouse."""
    text = str(error)
    if text.startswith("no such column: "):
        return f"Unable to resolve field: {text.removeprefix('no such column: ')}"
    if text.startswith("no such table: "):
        return f"Unknown table `{text.removeprefix('no such table: ')}`."
    return "Query took too long" if text == "interrupted" else f"Syntax error: {text}"


def _shift_moment(text: str | None, count: float, unit: str) -> str | None:
    at = _read(text)
    if at is None:
        return None
    moved = step(at, unit, int(count))
    return moved.date().isoformat() if _DATE.match(str(text)) else iso(moved)


def _moment_difference(unit: str, left: str | None, right: str | None) -> int | None:
    start, end = _read(left), _read(right)
    if start is None or end is None:
        return None
    if unit == "month":
        return (end.year - start.year) * 12 + end.month - start.month
    return int((end - start).total_seconds() // _SECONDS.get(unit, 86_400))


def _read(text: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
