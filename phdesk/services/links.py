"""Where an address of PostHog leads from here: which account and project it needs."""

from collections.abc import Sequence

from msgspec import Struct

from phdesk.api.errors import NotPostHogError
from phdesk.api.hosts import normal_host
from phdesk.core.sources import Noun, Source
from phdesk.models.account import Account, Project
from phdesk.store.state import State, TileState


class Way(Struct, frozen=True, gc=False):
    """What must change before a source can be opened; nothing, when it is here already."""

    source: Source
    account: str | None = None  # id, to turn to first
    project: Project | None = None  # to turn to then
    stranger: str = ""  # a host that nobody is signed in to: there is no way


def way_to(source: Source, state: State, accounts: Sequence[Account]) -> Way:
    """Find the way to a source; an address without a host means the account that is used now."""
    account = state.account
    host = _host(source)
    if host and (account is None or account is not _at(host, (account,))):
        account = _at(host, accounts)
        if account is None:
            return Way(source, stranger=host)
    here = state.account
    other = account.id if account is not None and (here is None or account.id != here.id) else None
    now = state.project.id if state.project is not None and other is None else None
    project = None if source.project in (None, now) else Project(id=source.project or 0)
    return Way(source, account=other, project=project)


def tile_with(source: Source, state: State, first: int | None) -> tuple[int, int] | None:
    """Find a tile with an insight among the dashboards at hand, on `first` if it is there."""
    if source.noun is not Noun.INSIGHT:
        return None
    for board in sorted(state.dashboards, key=lambda one: one != first):
        for tile_id, held in state.dashboards[board].tiles.items():
            insight = held.insight or held.tile.insight
            if insight is None or _is_elsewhere(held, state):
                continue
            if _is_meant(source, insight.id, insight.short_id):
                return board, tile_id
    return None


def _is_elsewhere(held: TileState, state: State) -> bool:
    """Tell whether a tile, on a board, is of another project: there a number is another insight."""
    origin = held.origin
    return origin is not None and (origin.account, origin.project.id) != (
        state.account,
        state.project.id if state.project is not None else 0,
    )


def _at(host: str, accounts: Sequence[Account]) -> Account | None:
    """Find an account of a host; phdesk addresses do not tell http from https."""
    plain = host.replace("https://", "http://", 1)
    found = [one for one in accounts if one.host in (host, plain)]
    return min(found, key=lambda one: one.host != host, default=None)


def _is_meant(source: Source, number: int | None, short_id: str | None) -> bool:
    if source.short_id:
        return source.short_id == short_id
    return source.id is not None and source.id == number


def _host(source: Source) -> str:
    try:
        return normal_host(source.host) if source.host else ""
    except NotPostHogError:
        return source.host or ""
