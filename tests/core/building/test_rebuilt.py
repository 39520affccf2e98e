"""Every recorded insight can be made with the builder's own means, from a blank one."""

import msgspec

from phdesk.core.building.breakdowns import breakdowns, with_breakdowns
from phdesk.core.building.changing import changed
from phdesk.core.building.conditions import conditions, with_conditions
from phdesk.core.building.draft import CHART, OWN_FILTER, at, inserted, opened, put
from phdesk.core.building.fields import fields
from phdesk.core.building.parts import (
    columns,
    exclusion,
    exclusions,
    formulas,
    goals,
    with_columns,
    with_formulas,
    with_goals,
)
from phdesk.core.building.series import (
    ACTION,
    action_entity,
    action_node,
    entity,
    event_entity,
    event_node,
    math_value,
    series,
)
from phdesk.core.building.starting import STARTS, blank, kind_of
from phdesk.core.building.untouched import untouched
from tests.core.building.recorded import queries_of
from tests.shared import needs_shared

NOTHING = (None, "", [], {})
NO_PART = {"full", "response", "label"}  # says nothing, or is written by PostHog's own editor
DEFAULTS = {  # that a server writes out where nothing was said
    "interval": "day",
    "smoothingIntervals": 1,
    "aggregationAxisFormat": "numeric",
    "breakdownAttributionType": "first_touch",
    "layout": "vertical",
    "funnelStepReference": "total",
}
KINDS = {blank(one.kind).kind: one.kind for one in reversed(STARTS)}
KEPT = {"dateRange.date_from", "filters", "values"}  # not edited, so not made either


def node_of(one):
    made = action_node(one.action, one.label) if one.kind == ACTION else event_node(one.event)
    return {**made, "custom_name": one.custom_name} if one.custom_name else made


def with_series(draft, wanted):
    """Choose events, what is counted of them, and their conditions, one after another."""
    made = put(draft, "series", [])
    for place, one in enumerate(series(wanted)):
        made = inserted(made, "series", place, node_of(one))
        made = changed(made, f"{one.name}.math", math_value(wanted, one) if one.math else None)
        for key, value in (("math_property", one.property), ("math_hogql", one.sql)):
            made = put(made, f"{one.name}.{key}", value or None)
        own = f"{one.name}.properties"
        made = with_conditions(made, own, conditions(wanted, own))
    return made


def with_exclusions(draft, wanted):
    made = [exclusion(node_of(one.series), one.first, one.last) for one in exclusions(wanted)]
    return put(draft, "funnelsFilter.exclusions", made or None)


def with_entity(draft, name, wanted):
    one = entity(wanted, name)
    is_action = one.kind == ACTION
    made = action_entity(one.action, one.label) if is_action else event_entity(one.event)
    return put(draft, name, made)


def rebuilt(wanted):  # noqa: C901
    """Go through the settings of an insight and choose in a blank one what it says."""
    draft = blank(KINDS[wanted.kind])
    if wanted.kind == "HogQLQuery" and wanted.node != CHART:
        draft = opened(put(wanted, "query", "select 1").query)  # a table is opened, never begun
    elif wanted.node != draft.node:
        draft = opened(draft.source)
    for field in sorted(fields(wanted), key=lambda one: one.control == "series"):
        name = field.name
        match field.control:
            case "series":
                draft = with_series(draft, wanted)
            case "exclusions":
                draft = with_exclusions(draft, wanted)
            case "event":
                draft = with_entity(draft, name, wanted)
            case "conditions":
                draft = with_conditions(draft, name, conditions(wanted, name))
            case "breakdown":
                draft = with_breakdowns(draft, breakdowns(wanted))
            case "formulas":
                draft = with_formulas(draft, formulas(wanted))
            case "columns":
                draft = with_columns(draft, columns(wanted))
            case "goals":
                draft = with_goals(draft, name, goals(wanted, name))
            case _:
                draft = changed(draft, name, at(wanted, name))
    return draft


def said(value):
    """Leave out what says nothing: nulls, empty parts, and names that only repeat an event's."""
    if isinstance(value, dict):
        found = {key: said(one) for key, one in value.items() if key not in NO_PART}
        if found.get("name") in (found.get("event"), found.get("id"), "All events"):
            found.pop("name", None)
        kept = {key: one for key, one in found.items() if one not in NOTHING and one is not False}
        stated = {key: one for key, one in kept.items() if DEFAULTS.get(key) != one}
        if "breakdown" not in stated:
            stated.pop("breakdown_type", None)  # a default that says of nothing
        return stated
    if isinstance(value, list):
        return [said(one) for one in value]
    return value


@needs_shared
def test_every_recorded_insight_can_be_made_from_a_blank_one():
    wrong, tried, kinds = {}, 0, set()
    for name, raw in queries_of(*OWN_FILTER).items():
        wanted = opened(raw)
        if KEPT & {one.name for one in untouched(wanted)}:
            continue
        made, query = said(rebuilt(wanted).query), said(msgspec.json.decode(raw))
        tried += 1
        kinds.add(kind_of(wanted))
        if made != query:
            wrong[name] = (made, query)
    assert wrong == {}
    assert tried > 120
    assert kinds == {one.kind for one in STARTS}
