"""Find out what a key is good for, on the host it was entered for and no other."""

from itertools import groupby

import msgspec
from msgspec import Struct

from phdesk.api.client import Client
from phdesk.api.errors import ApiError, ForbiddenError, MissingScopeError
from phdesk.api.resources import dashboards, projects, users
from phdesk.models.account import Project, User


class Organization(Struct, frozen=True, gc=False):
    """An organization with those of its projects that the key can see."""

    id: str
    name: str
    projects: tuple[Project, ...]


class SignIn(Struct, frozen=True, gc=False, kw_only=True):
    """What a key opens. Without `user:read` a project has to be named by the person."""

    user: User
    organizations: tuple[Organization, ...] = ()
    project_id: int | None = None  # the one to begin with
    needs_project: bool = False


async def check_key(client: Client, project_id: int | None = None) -> SignIn:
    """Verify a key and list its projects; raises ApiError with what a person can do about it."""
    try:
        user, names = await users.me_and_organizations(client)
    except (MissingScopeError, ForbiddenError):
        return await _without_user(client, project_id)
    found = _named(await _projects(client, user), names)
    return SignIn(
        user=user, organizations=grouped(found), project_id=_first(project_id, user, found)
    )


def grouped(found: tuple[Project, ...]) -> tuple[Organization, ...]:
    """Group projects by organization, both by name."""
    ordered = sorted(
        found, key=lambda each: (each.organization.lower(), each.organization_id, each.name.lower())
    )
    groups = groupby(ordered, key=lambda each: (each.organization_id, each.organization))
    return tuple(Organization(*names, tuple(members)) for names, members in groups)


async def _without_user(client: Client, project_id: int | None) -> SignIn:
    """Try a key that may not say whose it is, on the project that the person named."""
    if project_id is None:
        return SignIn(user=User(), needs_project=True)
    await dashboards.probe(client, project_id)
    try:
        project = await projects.get(client, project_id)
    except ApiError:  # lacks project:read as well; the number has to do
        project = Project(id=project_id)
    return SignIn(user=User(), organizations=grouped((project,)), project_id=project_id)


async def _projects(client: Client, user: User) -> tuple[Project, ...]:
    """Return all projects, or those that `@me` names when the list is refused."""
    try:
        return await projects.list_all(client) or user.projects
    except (MissingScopeError, ForbiddenError):
        return user.projects


def _named(found: tuple[Project, ...], names: dict[str, str]) -> tuple[Project, ...]:
    return tuple(
        msgspec.structs.replace(
            each, organization=each.organization or names.get(each.organization_id, "")
        )
        for each in found
    )


def _first(wanted: int | None, user: User, found: tuple[Project, ...]) -> int | None:
    """Choose the project to begin with: the one asked for, the user's current one, the first."""
    known = [each.id for each in found]
    choices = (wanted, user.current_project)
    return next((each for each in choices if each in known), known[0] if known else wanted)
