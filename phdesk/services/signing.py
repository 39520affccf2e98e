"""Check a key, choose its project and keep it: the worker's part of signing in."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from phdesk.api.client import Client
from phdesk.api.errors import ForbiddenError, MissingScopeError
from phdesk.api.resources import dashboards, projects
from phdesk.api.sign_in import SignIn, check_key
from phdesk.models.account import Account, Project
from phdesk.services.accounts import account_of
from phdesk.services.credentials import Credentials, Keeping, Kept


class Entry(Struct, frozen=True, gc=False, kw_only=True):
    """What a person entered."""

    host: str
    key: str
    project_id: int | None = None
    remember: bool = True
    keep: bool = True  # write the account down, and the key as `remember` says

    def __repr__(self) -> str:
        """Show all but the key."""
        return f"Entry(host={self.host!r}, project_id={self.project_id!r})"


class SignedIn(Struct, frozen=True, gc=False, kw_only=True):
    """A key that works, with the account and project it opens."""

    account: Account
    project: Project
    projects: tuple[Project, ...]
    key: str
    kept: Kept
    keep: bool

    def __repr__(self) -> str:
        """Show all but the key."""
        return f"SignedIn(account={self.account!r}, project={self.project!r})"


class NeedsProject(Struct, frozen=True, gc=False):
    """A key that works, but does not say for which project."""

    projects: tuple[Project, ...] = ()  # empty: a person has to give the number


async def sign_in(
    entry: Entry,
    connect: Callable[[str, str], Client],
    credentials: Credentials,
    kept_accounts: Sequence[Account],
) -> SignedIn | NeedsProject:
    """Ask the server what a key opens; raises ApiError with what a person can do about it."""
    client = connect(entry.host, entry.key)
    try:
        found = await check_key(client, entry.project_id)
        project = chosen_project(found)
        if project is None:
            return NeedsProject(projects_of(found))
        if entry.project_id is not None and entry.project_id != project.id:
            project = await _unlisted(client, entry.project_id)
    finally:
        await client.close()
    user = found.user if found.user.uuid else None
    account = account_of(client.host, user, project, kept_accounts)
    key = entry.key.strip()
    kept = Kept(Keeping.ENVIRONMENT, key)
    if entry.keep:
        kept = await credentials.store_later(account.id, key, remember=entry.remember)
    return SignedIn(
        account=account,
        project=project,
        projects=projects_of(found),
        key=key,
        kept=kept,
        keep=entry.keep,
    )


async def _unlisted(client: Client, project_id: int) -> Project:
    """Try a project that is not listed: a key made for one project may not list any."""
    await dashboards.probe(client, project_id)
    try:
        return await projects.get(client, project_id)
    except (ForbiddenError, MissingScopeError):
        return Project(id=project_id)


def projects_of(found: SignIn) -> tuple[Project, ...]:
    """List the projects of all organizations."""
    return tuple(project for each in found.organizations for project in each.projects)


def chosen_project(found: SignIn) -> Project | None:
    """Take the project to begin with, if the key says one."""
    if found.needs_project or found.project_id is None:
        return None
    known = {project.id: project for project in projects_of(found)}
    return known.get(found.project_id) or Project(id=found.project_id)
