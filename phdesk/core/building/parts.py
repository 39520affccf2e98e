"""Smaller parts of an insight: formulas, exclusions of a funnel, goals, columns of a chart."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from phdesk.core.building.draft import Draft, at, put
from phdesk.core.building.series import Series, read_node
from phdesk.core.jsonvalue import as_dict, as_int, as_list, as_number, as_str, as_text

FORMULA, FORMULAS, NODES = (
    f"trendsFilter.{key}" for key in ("formula", "formulas", "formulaNodes")
)
EXCLUSIONS = "funnelsFilter.exclusions"
Y_AXIS = "node.chartSettings.yAxis"


class Formula(Struct, frozen=True, gc=False):
    """A formula over series, such as `A / B * 100`, and its name."""

    text: str
    name: str = ""


class Exclusion(Struct, frozen=True, gc=False):
    """An event that must not happen between two steps of a funnel, which count from 0."""

    series: Series
    first: int
    last: int


class Goal(Struct, frozen=True, gc=False):
    """A line at a value."""

    label: str
    value: float


class Column(Struct, frozen=True, gc=False, kw_only=True):
    """A column of an SQL answer as a chart draws it."""

    name: str
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    style: str = "none"  # number, short, percent
    decimals: int | None = None
    right: bool = False  # on the axis at the right


def formulas(draft: Draft) -> tuple[Formula, ...]:
    """Read the formulas of trends, of the newest of the three forms that is there (6.1.5)."""
    nodes = [as_dict(one) for one in as_list(at(draft, NODES))]
    if nodes:
        return tuple(
            Formula(as_str(one.get("formula")), as_str(one.get("custom_name"))) for one in nodes
        )
    several = [as_str(one) for one in as_list(at(draft, FORMULAS))]
    one = as_text(at(draft, FORMULA))
    return tuple(Formula(text) for text in several or ([one] if one else []))


def with_formulas(draft: Draft, wanted: Sequence[Formula]) -> Draft:
    """Write formulas; a single one without a name in the form that all servers know."""
    found = [one for one in wanted if one.text.strip() or one.name]
    if tuple(found) == formulas(draft):
        return draft
    held = [as_dict(one) for one in as_list(at(draft, NODES))]
    cleared = put(put(put(draft, FORMULA, None), FORMULAS, None), NODES, None)
    if not found:
        return cleared
    if len(found) == 1 and not found[0].name and not held:
        return put(cleared, FORMULA, found[0].text)
    return put(cleared, NODES, [_node(one, held) for one in found])


def exclusions(draft: Draft) -> tuple[Exclusion, ...]:
    """List what must not happen between steps of a funnel."""
    nodes = [as_dict(one) for one in as_list(at(draft, EXCLUSIONS))]
    last = max(len(as_list(at(draft, "series"))) - 1, 0)
    return tuple(
        Exclusion(
            read_node(node, f"{EXCLUSIONS}.{place}"),
            as_int(node.get("funnelFromStep"), 0) or 0,
            as_int(node.get("funnelToStep"), last) or 0,
        )
        for place, node in enumerate(nodes)
    )


def exclusion(node: Mapping[str, Any], first: int, last: int) -> dict[str, Any]:
    """Make of an event or an action one that must not happen between two steps."""
    return {**node, "funnelFromStep": first, "funnelToStep": last}


def goals(draft: Draft, name: str) -> tuple[Goal, ...]:
    """List the goal lines at a name."""
    held = [as_dict(one) for one in as_list(at(draft, name))]
    return tuple(Goal(as_str(one.get("label")), as_number(one.get("value")) or 0.0) for one in held)


def with_goals(draft: Draft, name: str, wanted: Sequence[Goal]) -> Draft:
    """Write goal lines; what else is kept with one, such as its colour, stays with its place."""
    held = [as_dict(one) for one in as_list(at(draft, name))]
    if tuple(wanted) == goals(draft, name):
        return draft
    written = []
    for one in wanted:
        near = next((raw for raw in held if _is_near(raw, one)), None)
        if near is not None:
            held.remove(near)
        written.append({**(near or {}), "label": one.label, "value": one.value})
    return put(draft, name, written or None)


def columns(draft: Draft) -> tuple[Column, ...]:
    """List the columns that an SQL chart draws as values."""
    return tuple(_column(as_dict(one)) for one in as_list(at(draft, Y_AXIS)))


def with_columns(draft: Draft, wanted: Sequence[Column]) -> Draft:
    """Draw other columns as values; what else is kept with one, such as its colour, stays."""
    held = [as_dict(one) for one in as_list(at(draft, Y_AXIS))]
    written = []
    for one in wanted:
        before = next((raw for raw in held if as_str(raw.get("column")) == one.name), {})
        written.append(before if before and _column(before) == one else _drawn(before, one))
    return put(draft, Y_AXIS, written or None)


def _node(one: Formula, held: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    before: Mapping[str, Any] = next((raw for raw in held if raw.get("formula") == one.text), {})
    named = {"custom_name": one.name} if one.name else {}
    rest = {key: value for key, value in before.items() if key != "custom_name"}
    return {**rest, "formula": one.text, **named}


def _is_near(raw: Mapping[str, Any], goal: Goal) -> bool:
    """Say whether a goal is the one that was there, renamed or moved."""
    return as_str(raw.get("label")) == goal.label or as_number(raw.get("value")) == goal.value


def _column(raw: Mapping[str, Any]) -> Column:
    settings = as_dict(raw.get("settings"))
    shape, look = as_dict(settings.get("formatting")), as_dict(settings.get("display"))
    return Column(
        name=as_str(raw.get("column")),
        label=as_str(look.get("label")),
        prefix=as_str(shape.get("prefix")),
        suffix=as_str(shape.get("suffix")),
        style=as_text(shape.get("style")) or "none",
        decimals=as_int(shape.get("decimalPlaces")),
        right=look.get("yAxisPosition") == "right",
    )


def _drawn(raw: Mapping[str, Any], one: Column) -> dict[str, Any]:
    """Write a column over what was kept of it; what says nothing is left out."""
    before = _column(raw)
    settings = as_dict(raw.get("settings"))
    shape, look = {**as_dict(settings.get("formatting"))}, {**as_dict(settings.get("display"))}
    for into, key, wanted, was in (
        (shape, "prefix", one.prefix, before.prefix),
        (shape, "suffix", one.suffix, before.suffix),
        (shape, "style", one.style, before.style),
        (shape, "decimalPlaces", one.decimals, before.decimals),
        (look, "label", one.label, before.label),
        (look, "yAxisPosition", "right" if one.right else "left", _side(before)),
    ):
        if wanted != was:
            into[key] = wanted
    parts = {"formatting": shape, "display": look}
    stated = {**settings, **{key: part for key, part in parts.items() if part}}
    return {**raw, "column": one.name, **({"settings": stated} if stated else {})}


def _side(one: Column) -> str:
    return "right" if one.right else "left"
