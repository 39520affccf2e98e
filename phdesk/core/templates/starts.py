"""What a new dashboard can start with, and the plan that comes of a start and what was chosen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from phdesk.core.jsonvalue import as_dict, parse
from phdesk.core.new_dashboards import blank_body, template_body
from phdesk.core.plan_steps import Plan, PlannedTile
from phdesk.core.templates import company, customers, engineering, experiment, growth, product
from phdesk.core.templates.parts import Chosen, Slot, Template, laid_out
from phdesk.models.dashboard import DashboardDraft
from phdesk.models.definition import EventDefinition, PropertyDefinition
from phdesk.models.template import DashboardTemplate, TemplateTile, TemplateVariable

OURS = (
    company.TEMPLATE,
    product.TEMPLATE,
    growth.TEMPLATE,
    engineering.TEMPLATE,
    experiment.TEMPLATE,
    customers.TEMPLATE,
)
FOR_AUDIENCE, FROM_POSTHOG = "For an audience", "PostHog's templates"
INSIGHT, TEXT = "INSIGHT", "TEXT"
NUMERIC = "Numeric"


class Start(Struct, frozen=True, kw_only=True):
    """One way to begin: an empty dashboard, one of our templates, or one of PostHog's."""

    key: str
    title: str
    group: str = ""
    about: str = ""
    tags: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    template: Template | None = None
    listed: DashboardTemplate | None = None

    @property
    def name(self) -> str:
        """Give the name that a dashboard begins with."""
        return self.title if self.template is not None or self.listed is not None else ""


BLANK = Start(
    key="blank",
    title="Empty dashboard",
    about="Nothing is on it yet: add insights and text cards afterwards.",
)


def our_starts() -> tuple[Start, ...]:
    """Offer an empty dashboard and our templates."""
    ours = (
        Start(
            key=one.key,
            title=one.title,
            group=FOR_AUDIENCE,
            about=one.description,
            tags=one.tags,
            slots=one.slots,
            template=one,
        )
        for one in OURS
    )
    return (BLANK, *ours)


def listed_starts(templates: Iterable[DashboardTemplate]) -> tuple[Start, ...]:
    """Offer PostHog's templates."""
    return tuple(
        Start(
            key=f"posthog {one.id}",
            title=one.name,
            group=FROM_POSTHOG,
            about=one.description,
            tags=one.tags,
            slots=tuple(_slot(variable) for variable in one.variables),
            listed=one,
        )
        for one in templates
    )


def found(starts: Sequence[Start], search: str) -> tuple[Start, ...]:
    """Give the starts of which the title or what is said about them holds every word."""
    wanted = search.casefold().split()
    return tuple(
        one
        for one in starts
        if all(
            word in f"{one.title} {one.about} {' '.join(one.tags)}".casefold() for word in wanted
        )
    )


def is_named(start: Start, search: str) -> bool:
    """Tell whether the title alone holds every word: what is sought by name is meant first."""
    return all(word in start.title.casefold() for word in search.casefold().split())


def tile_names(start: Start, chosen: Chosen) -> tuple[str, ...]:
    """Name the tiles that would come, in reading order; texts by their first line."""
    tiles = plan(start, DashboardDraft(name=start.title), _shown(start, chosen)).tiles
    if not tiles and start.listed is not None:
        tiles = listed_tiles(start.listed, {})
    return tuple(tile.name or _first_line(tile.text) for tile in tiles)


def missing(start: Start, chosen: Chosen) -> tuple[Slot, ...]:
    """Give the slots that still have to be filled."""
    return tuple(slot for slot in start.slots if slot.required and not chosen.get(slot.id))


def guessed(slot: Slot, names: Iterable[EventDefinition | PropertyDefinition]) -> str:
    """Find the name that a slot usually has among those that there are; empty where none is.

    A property that is to be added up has to be a number.
    """
    fitting = {
        one.name.casefold(): one.name
        for one in names
        if isinstance(one, EventDefinition) or not slot.numeric or one.type == NUMERIC
    }
    return next((fitting[one] for one in slot.guesses if one in fitting), "")


def plan(start: Start, draft: DashboardDraft, chosen: Chosen) -> Plan:
    """Plan a dashboard; `chosen` are the names in the slots.

    A template that leaves nothing open is made by the server itself, which knows it by its name.
    """
    chosen = {key: name for key, name in chosen.items() if name}
    if start.template is not None:
        body = {**blank_body(draft), "filters": {"date_from": start.template.date_from}}
        return Plan(body=body, tiles=laid_out(start.template.rows(chosen)))
    if start.listed is None:
        return Plan(body=blank_body(draft))
    if not start.listed.variables:
        return Plan(body=template_body(draft, start.listed.name))
    return piecewise(start.listed, draft, chosen)


def piecewise(template: DashboardTemplate, draft: DashboardDraft, chosen: Chosen) -> Plan:
    """Plan a template of PostHog's tile by tile, for servers that do not know it by its name."""
    filters = as_dict(parse(template.filters))
    body = blank_body(draft) | ({"filters": filters} if filters else {})
    return Plan(body=body, tiles=listed_tiles(template, chosen))


def listed_tiles(template: DashboardTemplate, chosen: Chosen) -> tuple[PlannedTile, ...]:
    """Plan the insights and texts of a template of PostHog's; buttons and widgets are left out."""
    events = {one.id: (one, chosen.get(one.id) or one.event) for one in template.variables}
    planned = (_planned(tile, events) for tile in template.tiles if tile.kind in (INSIGHT, TEXT))
    return tuple(one for one in planned if one.text or one.query or one.filters)


def left_out(template: DashboardTemplate) -> int:
    """Count the tiles of a template that can only be made by PostHog itself, or hold nothing."""
    return len(template.tiles) - len(listed_tiles(template, {}))


Events = Mapping[str, tuple[TemplateVariable, str]]


def _planned(tile: TemplateTile, events: Events) -> PlannedTile:
    boxes = as_dict(parse(tile.layouts))
    layouts = {key: box for key, box in boxes.items() if isinstance(box, dict)} or None
    if tile.kind == TEXT:
        return PlannedTile(text=tile.body or tile.name, layouts=layouts, color=tile.color)
    query, filters = as_dict(parse(tile.query)), as_dict(parse(tile.filters))
    return PlannedTile(
        name=tile.name,
        description=tile.description,
        query=_filled(query, events, modern=True) if query else None,
        filters=_filled(filters, events, modern=False) if filters and not query else None,
        layouts=layouts,
        color=tile.color,
    )


def _filled(value: Any, events: Events, *, modern: bool) -> Any:
    """Put the events in the places that a template leaves open, which read `{ID}`."""
    if isinstance(value, dict):
        return {key: _filled(one, events, modern=modern) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, events, modern=modern) for one in value]
    if isinstance(value, str) and value[:1] == "{" and value[-1:] == "}" and value[1:-1] in events:
        return _entity(*events[value[1:-1]], modern=modern)
    return value


def _entity(variable: TemplateVariable, name: str, *, modern: bool) -> Mapping[str, Any]:
    """Write an event as queries have it, or as old filters do, with the default's own settings."""
    default = as_dict(parse(variable.default))
    naming = ("kind", "event", "id", "type", "name", "order")
    kept = {key: one for key, one in default.items() if key not in naming and one is not None}
    if modern:
        return {"kind": "EventsNode", "event": name, "name": name, **kept}
    return {"id": name, "name": name, "type": "events", **kept}


def _slot(variable: TemplateVariable) -> Slot:
    return Slot(
        id=variable.id,
        label=variable.name or variable.id,
        hint=variable.description,
        guesses=(variable.event.casefold(),) if variable.event else (),
        required=variable.required or not variable.event,
    )


def _shown(start: Start, chosen: Chosen) -> Chosen:
    """Let slots that are not filled yet count as filled, so that tiles have their names."""
    return {
        slot.id: chosen.get(slot.id) or (slot.id if slot.required else "") for slot in start.slots
    }


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip("# ")
