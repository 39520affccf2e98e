"""Read users, projects and organizations."""

from collections.abc import Iterable

import msgspec
from msgspec import Raw

from phdesk.api import coerce
from phdesk.api.wire import OrganizationWire, ProjectWire, UserWire
from phdesk.models.account import Project, User
from phdesk.models.insight import NULL

PROJECT = msgspec.json.Decoder(ProjectWire)
USER = msgspec.json.Decoder(UserWire)
_ORGANIZATION = msgspec.json.Decoder(OrganizationWire)


def read_user(wire: UserWire) -> User:
    """Make a user, with the projects that `@me` names."""
    current = coerce.part(wire.team, PROJECT)
    current_id = coerce.whole(current.id) if current else None
    listed = _projects_of_user(wire)
    if current and current_id is not None and current_id not in {each.id for each in listed}:
        listed = (read_project(current), *listed)
    return User(
        id=coerce.whole(wire.id),
        uuid=coerce.text(wire.uuid),
        first_name=coerce.text(wire.first_name),
        email=coerce.text(wire.email),
        projects=_with_organizations(listed, wire),
        current_project=current_id,
        levels=_levels(wire),
    )


def read_person(raw: Raw) -> str:
    """Name somebody as people do: by the name, else by the address; empty where nobody is told."""
    sent = coerce.fields(raw) or {}
    parts = (coerce.text(sent.get(key, NULL)).strip() for key in ("first_name", "last_name"))
    name = " ".join(part for part in parts if part)
    return name or coerce.text(sent.get("email", NULL))


def read_projects(items: Iterable[Raw]) -> tuple[Project, ...]:
    """Make projects, leaving out those without an id."""
    wires = (wire for raw in items if (wire := coerce.part(raw, PROJECT)))
    return tuple(read_project(wire) for wire in wires if coerce.whole(wire.id) is not None)


def read_project(wire: ProjectWire) -> Project:
    """Make a project of what came."""
    home = coerce.fields(wire.organization) or {}
    organization_id = coerce.text(wire.organization) or coerce.text(wire.organization_id)
    return Project(
        id=coerce.whole(wire.id) or 0,
        name=coerce.text(wire.name),
        organization_id=organization_id or coerce.text(home.get("id", NULL)),
        organization=coerce.text(home.get("name", NULL)),
        timezone=coerce.text(wire.timezone) or "UTC",
        week_start_day=1 if coerce.whole(wire.week_start_day) == 1 else 0,
        base_currency=coerce.text(wire.base_currency) or "USD",
        is_demo=coerce.truth(wire.is_demo),
        primary_dashboard=coerce.whole(wire.primary_dashboard),
        default_data_theme=coerce.whole(wire.default_data_theme),
    )


def _projects_of_user(wire: UserWire) -> tuple[Project, ...]:
    """Return the projects of the user's current organization."""
    home = coerce.part(wire.organization, _ORGANIZATION)
    if home is None:
        return ()
    listed = coerce.elements(home.teams) or coerce.elements(home.projects) or ()
    home_id = coerce.text(home.id)
    return tuple(
        each if each.organization_id else msgspec.structs.replace(each, organization_id=home_id)
        for each in read_projects(listed)
    )


def _levels(wire: UserWire) -> tuple[tuple[str, int], ...]:
    """Read which level the user has in which organization."""
    found: dict[str, int] = {}
    for raw in (wire.organization, *(coerce.elements(wire.organizations) or ())):
        one = coerce.part(raw, _ORGANIZATION)
        level = coerce.whole(one.membership_level) if one is not None else None
        if one is not None and level is not None:
            found.setdefault(coerce.text(one.id), level)
    return tuple(found.items())


def _with_organizations(found: tuple[Project, ...], wire: UserWire) -> tuple[Project, ...]:
    """Fill in the names of organizations, as far as `@me` knows them."""
    names = read_names([*(coerce.elements(wire.organizations) or ()), wire.organization])
    return tuple(
        msgspec.structs.replace(
            each, organization=each.organization or names.get(each.organization_id, "")
        )
        for each in found
    )


def read_names(items: Iterable[Raw]) -> dict[str, str]:
    """Map ids of organizations to their names."""
    pairs = (coerce.fields(raw) or {} for raw in items)
    named = {coerce.text(each.get("id", NULL)): each.get("name", NULL) for each in pairs}
    return {key: coerce.text(name) for key, name in named.items() if key}
