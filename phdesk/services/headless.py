"""Reading for the command line: one call, one answer, no window and no store."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from phdesk.api.client import Client
from phdesk.api.errors import (
    ApiError,
    ForbiddenError,
    InvalidRequestError,
    MissingScopeError,
    NoKeyError,
)
from phdesk.api.gate import Gate
from phdesk.api.hosts import normal_host
from phdesk.api.resources import dashboards, insights, projects
from phdesk.api.sign_in import check_key
from phdesk.core.sources import Noun, Source
from phdesk.models.account import Account, Project
from phdesk.models.dashboard import Dashboard, DashboardRow, Tile
from phdesk.models.failure import Failure
from phdesk.models.insight import Insight
from phdesk.services.completing import Asked, calculated, completed
from phdesk.services.credentials import Credentials
from phdesk.services.environment import from_environment
from phdesk.services.failures import is_offline, loses_session
from phdesk.services.signing import chosen_project

T = TypeVar("T")
Connect = Callable[[str, str], Client]
DEFAULT_HOST = "https://us.posthog.com"


class Access(Struct, frozen=True, gc=False, kw_only=True):
    """Where to ask, with which key, in which project (None: the key's first)."""

    host: str
    key: str
    project: int | None = None

    def __repr__(self) -> str:
        """Show all but the key."""
        return f"Access(host={self.host!r}, project={self.project!r})"


class Found(Struct, frozen=True, gc=False, kw_only=True):
    """A dashboard or an insight, with the project whose zone and currency hold."""

    project: Project
    dashboard: Dashboard | None = None
    insight: Insight | None = None


def access_for(
    source: Source | None,
    environ: Mapping[str, str],
    accounts: Sequence[Account],
    credentials: Credentials,
    last_account: str | None = None,
) -> Access:
    """Choose host, key and project: the environment's, else an account's of the same host.

    A key goes to the host it belongs to and no other; raises NoKeyError if there is none for it.
    """
    given = from_environment(environ)
    host = source.host if source else None
    if given is not None:
        own = given.host or DEFAULT_HOST
        _refuse_other_host(host, own)
        return Access(host=own, key=given.key, project=_project(source, given.project))
    account = _account(accounts, host, last_account)
    if account is None:
        raise NoKeyError(_no_key(host))
    kept = credentials.read(account.id)
    if kept.key is None:
        why = kept.why or f"The key of {account.region} is not in the keyring."
        raise NoKeyError(f"{why} Set PHDESK_API_KEY, or sign in with phdesk.")
    return Access(host=account.host, key=kept.key, project=_project(source, account.project_id))


def fetch(
    source: Source,
    access: Access,
    *,
    asked: Asked = Asked.MISSING,
    connect: Connect,
) -> Found:
    """Read a dashboard or an insight, calculated as far as asked for; raises ApiError."""

    async def read(client: Client) -> Found:
        project = await with_details(client, access.project)
        if source.noun is Noun.DASHBOARD:
            cached = await dashboards.get(client, project.id, source.id or 0)
            dashboard = await completed(client, project.id, cached, asked)
            return Found(project=project, dashboard=dashboard)
        name = source.id if source.id is not None else source.short_id or ""
        held = await insights.get(client, project.id, name)
        return Found(project=project, insight=await calculated(client, project.id, held, asked))

    return run(read, access, connect)


def fetch_tiles(
    access: Access,
    wanted: Mapping[int, Collection[int | str]],
    asked: Asked,
    *,
    connect: Connect,
) -> tuple[Project, dict[int, Dashboard | Failure]]:
    """Read some tiles of dashboards, named by number or by their insight's short id.

    A dashboard that cannot be had is a failure; raises ApiError when none can.
    """

    async def read(client: Client) -> tuple[Project, dict[int, Dashboard | Failure]]:
        project = await with_details(client, access.project)
        found: dict[int, Dashboard | Failure] = {}
        for number, names in wanted.items():
            try:
                whole = await dashboards.get(client, project.id, number)
            except ApiError as error:
                if loses_session(error.failure) or is_offline(error.failure):
                    raise
                found[number] = error.failure
                continue
            tiles = tuple(one for one in whole.tiles if _is_named(one, names))
            part = replace(whole, tiles=tiles)
            found[number] = await completed(client, project.id, part, asked)
        return project, found

    return run(read, access, connect)


def list_dashboards(access: Access, *, connect: Connect) -> tuple[DashboardRow, ...]:
    """Read the list of dashboards; raises ApiError."""

    async def read(client: Client) -> tuple[DashboardRow, ...]:
        return await dashboards.rows(client, await _number(client, access.project))

    return run(read, access, connect)


def run(read: Callable[[Client], Awaitable[T]], access: Access, connect: Connect) -> T:
    """Read something with a client of its own, and wait for it."""

    async def whole() -> T:
        client = connect(access.host, access.key)
        try:
            return await read(client)
        finally:
            await client.close()

    return asyncio.run(whole())


def through(gate: Gate) -> Connect:
    """Give a way to connect on which each call asks at a gate first."""

    def connect(host: str, key: str) -> Client:
        client = Client(host, key)
        client.set_gate(gate)
        return client

    return connect


def _is_named(tile: Tile, names: Collection[int | str]) -> bool:
    insight = tile.insight.short_id if tile.insight is not None else None
    return tile.id in names or insight in names


async def _number(client: Client, project: int | None) -> int:
    if project is not None:
        return project
    chosen = chosen_project(await check_key(client))
    if chosen is None:
        raise InvalidRequestError("This key does not say its project; set PHDESK_PROJECT.")
    return chosen.id


async def with_details(client: Client, project: int | None) -> Project:
    """Read the project's zone and currency; a key without `project:read` does without."""
    number = await _number(client, project)
    try:
        return await projects.get(client, number)
    except (MissingScopeError, ForbiddenError):
        return Project(id=number)


def _project(source: Source | None, otherwise: int | None) -> int | None:
    return source.project if source is not None and source.project is not None else otherwise


def _account(
    accounts: Sequence[Account], host: str | None, last_account: str | None
) -> Account | None:
    fitting = [each for each in accounts if host in (None, each.host)]
    return next((each for each in fitting if each.id == last_account), next(iter(fitting), None))


def _refuse_other_host(wanted: str | None, own: str) -> None:
    if wanted is not None and normal_host(wanted) != normal_host(own):
        raise NoKeyError(f"PHDESK_API_KEY is for {own}; set PHDESK_HOST to use it at {wanted}.")


def _no_key(host: str | None) -> str:
    place = f" for {host}" if host else ""
    return f"There is no key{place}: set PHDESK_API_KEY, or sign in with phdesk."
