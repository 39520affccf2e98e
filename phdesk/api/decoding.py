"""Turn answers of the API into models, taking whatever comes.

Unknown fields are ignored, a field of the wrong type counts as missing, and one odd tile costs
only itself. All that can fail is the top: `UnreadableError`, with one sentence. Needs neither the
network nor asyncio, so that the start-up dashboard can be read from the cache at once.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec
from msgspec import Raw, Struct

from phdesk.api import coerce
from phdesk.api.errors import UnreadableError
from phdesk.api.read_account import (
    PROJECT,
    USER,
    read_names,
    read_person,
    read_project,
    read_projects,
    read_user,
)
from phdesk.api.read_activity import read_activity
from phdesk.api.read_alert import read_alert
from phdesk.api.read_around import read_annotation, read_color_theme, read_group_type
from phdesk.api.read_definition import (
    read_action,
    read_cohort,
    read_event,
    read_property,
    read_values,
    read_variable,
)
from phdesk.api.read_hogql import read_notices, read_schema
from phdesk.api.read_insight import INSIGHT, STATUS, read_insight, read_progress, read_status
from phdesk.api.read_saved import read_saved
from phdesk.api.read_subscription import read_subscription
from phdesk.api.read_template import read_template
from phdesk.api.read_tile import read_tile, read_tiles
from phdesk.api.wire import DashboardWire, unpack
from phdesk.models.account import Project, User
from phdesk.models.activity import Activity
from phdesk.models.alert import Alert
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.dashboard import Dashboard, DashboardRow, Tile
from phdesk.models.definition import (
    ActionDefinition,
    CohortDefinition,
    EventDefinition,
    PropertyDefinition,
    VariableDefinition,
)
from phdesk.models.group_type import GroupType
from phdesk.models.insight import NULL, Insight, QueryStatus, SavedInsight
from phdesk.models.sql_notice import SqlNotice
from phdesk.models.subscription import Subscription
from phdesk.models.template import DashboardTemplate

T = TypeVar("T")

SPACINGS = {"tight": 8, "condensed": 12, "standard": 16, "relaxed": 32, "wide": 48}

_DASHBOARD = msgspec.json.Decoder(DashboardWire)
_FRAME = msgspec.json.Decoder(dict[str, Raw] | list[Raw])
_RAW = msgspec.json.Decoder(Raw)
_OBJECT = msgspec.json.Decoder(dict[str, Raw])


class Page(Struct, Generic[T], frozen=True, gc=False):
    """Part of a list: `next` is the address of what follows, `count` the size of the whole."""

    items: tuple[T, ...] = ()
    next: str | None = None
    count: int | None = None


class Poll(Struct, frozen=True, gc=False):
    """How a background calculation stands, with its answer once it is complete."""

    status: QueryStatus
    insight: Insight | None = None
    progress: float | None = None  # 0 to 1; may go back, because the total is an estimate


def dashboard(data: bytes) -> Dashboard:
    """Read a dashboard with its tiles."""
    wire = unpack(data, _DASHBOARD, "The dashboard")
    look = coerce.fields(wire.customization) or {}
    return Dashboard(
        row=_row(wire),
        tiles=read_tiles(coerce.elements(wire.tiles) or ()),
        filters=_object(wire.filters) or Raw(b"{}"),
        saved_filters=_object(wire.persisted_filters) or NULL,
        variables=_object(wire.variables) or Raw(b"{}"),
        breakdown_colors=_breakdown_colors(wire.breakdown_colors),
        data_color_theme_id=coerce.whole(wire.data_color_theme_id),
        compaction=coerce.text(look.get("layout_compaction", NULL)) or "vertical",
        spacing=_spacing(look.get("tile_spacing", NULL)),
    )


def dashboard_rows(data: bytes) -> Page[DashboardRow]:
    """Read a page of the list of dashboards; rows without an id are of no use and left out."""
    return _listed(data, "The list of dashboards", _listed_row)


def tile(data: bytes) -> Tile:
    """Read one tile, for example one from the cache."""
    unpack(data, _OBJECT, "The tile")
    return read_tile(unpack(data, _RAW, "The tile"), -1)


def insight(data: bytes) -> Insight:
    """Read one insight."""
    return read_insight(unpack(data, INSIGHT, "The insight"))


def insights(data: bytes) -> Page[Insight]:
    """Read a page of insights."""
    return _listed(data, "The list of insights", _copied_insight)


def saved_insights(data: bytes) -> Page[SavedInsight]:
    """Read a page of insights with the dashboards that they are on."""
    return _listed(data, "The list of insights", _copied_saved)


def saved_insight(data: bytes) -> SavedInsight:
    """Read an insight as it is saved, with its dashboards."""
    return _one(data, "The insight", _numbered)


def database_schema(data: bytes) -> dict[str, dict[str, str]]:
    """Read the types of columns, by table."""
    return read_schema(unpack(data, _OBJECT, "The list of tables"))


def sql_notices(data: bytes) -> tuple[SqlNotice, ...]:
    """Read what a server says of a query in SQL."""
    return read_notices(unpack(data, _OBJECT, "What the server says of the query"))


def query_response(data: bytes) -> Insight:
    """Read an answer of POST /query/ as an insight without a name."""
    return read_insight(unpack(data, INSIGHT, "The query's answer"))


def query_status(data: bytes) -> Poll:
    """Read an answer to polling a background calculation."""
    frame = unpack(data, _OBJECT, "The query's state")
    wire = coerce.part(frame.get("query_status", NULL), STATUS)
    if wire is None:
        wire = unpack(data, STATUS, "The query's state")
    status = read_status(wire)
    answer = coerce.part(wire.results, INSIGHT) if status.complete and not status.error else None
    return Poll(
        status, read_insight(answer) if answer else None, read_progress(wire.query_progress)
    )


def user(data: bytes) -> User:
    """Read `@me`, with the projects that it names."""
    return read_user(unpack(data, USER, "The user"))


def projects(data: bytes) -> Page[Project]:
    """Read a page of projects; those without an id are left out."""
    items, following, count = _page(data, "The list of projects")
    return Page(read_projects(items), following, count)


def project(data: bytes) -> Project:
    """Read one project."""
    return read_project(unpack(data, PROJECT, "The project"))


def organizations(data: bytes) -> dict[str, str]:
    """Read from `@me` the names of all organizations by their ids."""
    wire = unpack(data, USER, "The user")
    return read_names([*(coerce.elements(wire.organizations) or ()), wire.organization])


def annotations(data: bytes) -> Page[Annotation]:
    """Read a page of annotations; deleted, hidden and odd ones are left out."""
    return _listed(data, "The list of annotations", read_annotation)


def alert(data: bytes) -> Alert:
    """Read one alert, with its checks where they were sent."""
    return _one(data, "The alert", _alert)


def alerts(data: bytes) -> Page[Alert]:
    """Read a page of alerts; those without an id are of no use and left out."""
    return _listed(data, "The list of alerts", _alert)


def subscription(data: bytes) -> Subscription:
    """Read one subscription."""
    return _one(data, "The subscription", read_subscription)


def subscriptions(data: bytes) -> Page[Subscription]:
    """Read a page of subscriptions; those without an id are of no use and left out."""
    return _listed(data, "The list of subscriptions", read_subscription)


def color_themes(data: bytes) -> Page[ColorTheme]:
    """Read a list of colour themes; those without colours are left out."""
    return _listed(data, "The list of colour themes", read_color_theme)


def group_types(data: bytes) -> Page[GroupType]:
    """Read a list of types of groups; those without a number or name are left out."""
    return _listed(data, "The list of group types", read_group_type)


def event_definitions(data: bytes) -> Page[EventDefinition]:
    """Read a page of definitions of events; those without a name are left out."""
    return _listed(data, "The list of events", read_event)


def action_definitions(data: bytes) -> Page[ActionDefinition]:
    """Read a page of actions; deleted ones and those without an id are left out."""
    return _listed(data, "The list of actions", read_action)


def cohort_definitions(data: bytes) -> Page[CohortDefinition]:
    """Read a page of cohorts; deleted ones and those without an id are left out."""
    return _listed(data, "The list of cohorts", read_cohort)


def property_definitions(data: bytes, kind: str) -> tuple[PropertyDefinition, ...]:
    """Read a page of definitions of properties; those without a name are left out."""
    items, _, _ = _page(data, "The list of properties")
    return tuple(one for raw in items if (one := read_property(raw, kind)))


def property_values(data: bytes) -> tuple[str, ...]:
    """Read the values that a property has had."""
    return read_values(_page(data, "The list of values")[0])


def variable_definitions(data: bytes) -> Page[VariableDefinition]:
    """Read a page of SQL variables; those without an id are left out."""
    return _listed(data, "The list of SQL variables", read_variable)


def templates(data: bytes) -> Page[DashboardTemplate]:
    """Read a page of templates; deleted ones and those without a name are left out."""
    return _listed(data, "The list of templates", read_template)


def activities(data: bytes) -> Page[Activity]:
    """Read a page of the activity log; odd entries are left out."""
    return _listed(data, "The activity log", read_activity)


def _one(data: bytes, what: str, read: Callable[[Raw], T | None]) -> T:
    """Read one thing; `read` gives None for one without an id."""
    found = read(unpack(data, _RAW, what))
    if found is None:
        raise UnreadableError(f"{what} could not be read: it has no id.")
    return found


def _listed(data: bytes, what: str, read: Callable[[Raw], T | None]) -> Page[T]:
    """Read a page of things; those of which `read` makes nothing are left out."""
    items, following, count = _page(data, what)
    return Page(tuple(one for raw in items if (one := read(raw))), following, count)


def _page(data: bytes, what: str) -> tuple[list[Raw], str | None, int | None]:
    """Take a list apart, bare or wrapped."""
    frame = unpack(data, _FRAME, what)
    if isinstance(frame, list):
        return frame, None, len(frame)
    items = coerce.elements(frame.get("results", NULL))
    if items is None:
        raise UnreadableError(f"{what} could not be read: it holds no results.")
    following = coerce.optional_text(frame.get("next", NULL))
    return items, following, coerce.whole(frame.get("count", NULL))


def _copied_insight(raw: Raw) -> Insight | None:
    """Read an insight of a list, copied: one that is kept must not keep the whole page."""
    wire = coerce.part(raw.copy(), INSIGHT)
    return read_insight(wire) if wire else None


def _copied_saved(raw: Raw) -> SavedInsight | None:
    return read_saved(raw.copy())


def _numbered(raw: Raw) -> SavedInsight | None:
    found = read_saved(raw)
    return found if found is not None and found.insight.id is not None else None


def _alert(raw: Raw) -> Alert | None:
    found = read_alert(raw)
    return found if found is not None and found.id else None


def _listed_row(raw: Raw) -> DashboardRow | None:
    wire = coerce.part(raw, _DASHBOARD)
    row = _row(wire) if wire else None
    return row if row is not None and row.id else None


def _row(wire: DashboardWire) -> DashboardRow:
    return DashboardRow(
        id=coerce.whole(wire.id) or 0,
        name=coerce.text(wire.name),
        description=coerce.text(wire.description),
        pinned=coerce.truth(wire.pinned),
        tags=coerce.texts(wire.tags),
        folder=coerce.optional_text(wire.folder),
        created_at=coerce.moment(wire.created_at),
        last_accessed_at=coerce.moment(wire.last_accessed_at),
        last_viewed_at=coerce.moment(wire.last_viewed_at),
        is_shared=coerce.truth(wire.is_shared),
        editable=_editable(wire),
        created_by=read_person(wire.created_by),
        access_level=coerce.text(wire.user_access_level),
        privilege=coerce.whole(wire.effective_privilege_level),
        restriction=coerce.whole(wire.effective_restriction_level),
    )


def _editable(wire: DashboardWire) -> bool:
    """Tell whether the user may edit: the new access levels win over the old ones."""
    level = coerce.optional_text(wire.user_access_level)
    if level is not None:
        return level in ("editor", "manager")
    privilege = coerce.whole(wire.effective_privilege_level)
    restriction = coerce.whole(wire.effective_restriction_level)
    if privilege is None and restriction is None:
        return True
    return (privilege or 0) >= 37 or (restriction is not None and restriction <= 21)


def _object(raw: Raw) -> Raw | None:
    """Return an object on its own, not as a view of the whole answer; None for all else."""
    return raw.copy() if coerce.fields(raw) is not None else None


def _spacing(raw: Raw) -> int:
    """Return the gap between tiles in pixels: sent as a number or as a preset's name."""
    pixels = coerce.whole(raw)
    if pixels is not None and 0 <= pixels <= 100:
        return pixels
    return SPACINGS.get(coerce.text(raw), SPACINGS["standard"])


def _breakdown_colors(raw: Raw) -> tuple[tuple[str, str], ...]:
    """Return the fixed colours of breakdown values."""
    pairs = []
    for item in coerce.elements(raw) or ():
        entry = coerce.fields(item) or {}
        value = coerce.scalar(entry.get("breakdownValue", NULL))
        token = coerce.optional_text(entry.get("colorToken", NULL))
        if value is not None and token:
            pairs.append((_written(value), token))
    return tuple(pairs)


def _written(value: object) -> str:
    """Write a breakdown value as JSON would, so that `true` matches `true`."""
    return str(value).lower() if isinstance(value, bool) else str(value)
