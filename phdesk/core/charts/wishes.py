"""What an insight and its dashboard wish for a series: its colour, and hiding it (6.1.7)."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from phdesk.core.charts.context import Context
from phdesk.core.jsonvalue import as_dict, as_str, parse, written
from phdesk.core.names import NONE, NULL_TOKEN, OTHER, OTHER_TOKEN
from phdesk.core.palette import hex_of
from phdesk.core.question import Question

Wish = Mapping[str, Any]
NO_WISH: Wish = {}
TOKENS = {NONE: NULL_TOKEN, OTHER: OTHER_TOKEN}


def read_wishes(question: Question) -> dict[object, dict[str, Any]]:
    """Index `resultCustomizations` by what their keys mean, not by how they are written."""
    found: dict[object, dict[str, Any]] = {}
    for key, wish in as_dict(question.filter.get("resultCustomizations")).items():
        found[key] = as_dict(wish)
        parts = parse(key.encode())
        if isinstance(parts, dict):
            side = as_str(parts.get("compare_label"), "current")
            place = (as_str(parts.get("series")), _texts(parts.get("breakdown_value")), side)
            found[place] = as_dict(wish)
    return found


def key_of(series: str, value: object, *, previous: bool) -> object:
    """Give the key under which wishes for a series are found; funnels have no number of it."""
    return series, _texts(value), "previous" if previous else "current"


def spellings(value: object, names: Iterable[str]) -> set[str]:
    """Give all ways in which settings may name a breakdown value; `names` are those shown."""
    shown = tuple(names)
    tokens = "::".join(TOKENS.get(name, name) for name in shown)
    return {written_value(value), tokens, "::".join(shown)}


def chosen_color(names: set[str], wish: Wish, context: Context) -> str | None:
    """Find a chosen colour; the dashboard's choice for a breakdown value wins."""
    for value, token in context.breakdown_colors:
        if value in names:
            return token if hex_of(token, dark=False) else None
    color = as_str(wish.get("color"))
    return color if hex_of(color, dark=False) else None


def written_value(value: object) -> str:
    """Write a breakdown value as a dashboard's colours name it."""
    if value is msgspec.UNSET:
        return ""
    if isinstance(value, list):
        return "::".join(as_str(part) or written(part) for part in value)
    return as_str(value) or written(value)


def _texts(value: object) -> tuple[str, ...]:
    if value is None or value is msgspec.UNSET:
        return ()
    return tuple(as_str(part) for part in value) if isinstance(value, list) else (as_str(value),)
