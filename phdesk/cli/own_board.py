"""A person's own board for `show` and `render`: its tiles, each read with its own account's key."""

import os
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from msgspec import structs

from phdesk.api.errors import ApiError
from phdesk.cli.around import around
from phdesk.cli.exits import BAD_INPUT, StoppedError, complain
from phdesk.cli.gate import gated
from phdesk.cli.loading import Loaded, arranged
from phdesk.core.boards import called
from phdesk.core.charts.spec import TileView
from phdesk.core.grid.placement import Want, default_size
from phdesk.models.account import Account, Project
from phdesk.models.board import Board, Pick
from phdesk.models.failure import Cause, Failure
from phdesk.services import headless
from phdesk.services.accounts import AccountsFile
from phdesk.services.boards_file import BoardsFile
from phdesk.services.completing import Asked
from phdesk.services.credentials import Credentials
from phdesk.services.headless import Access
from phdesk.services.places import places
from phdesk.services.session import failures_in
from phdesk.store.boards import NOWHERE, Source, board_state
from phdesk.store.changes import (
    with_account,
    with_annotations,
    with_color_themes,
    with_dashboard,
    with_dashboard_failure,
    with_group_types,
)
from phdesk.store.contexts import project_context
from phdesk.store.state import EMPTY, DashboardState, TileState
from phdesk.views.addresses import dashboard_address, insight_address
from phdesk.views.dashboard.presenting import view_of

NOTE = "Your own board, on this computer"


def load_board(name: str, asked: Asked) -> Loaded:
    """Read a board by its name; what cannot be had is told on its tile."""
    return loaded_page(read_board(name, asked), NOTE)


def read_board(name: str, asked: Asked) -> DashboardState:
    """Read a board by its name, as a page."""
    board = _named(name)
    accounts = {one.id: one for one in AccountsFile(places(os.environ).accounts).load()[0]}
    sources = {
        where: _source(accounts[where[0]], where[1], board, asked)
        if where[0] in accounts
        else NOWHERE
        for where in dict.fromkeys(pick.source for pick in board.picks)
    }
    return board_state(board, sources)


def loaded_page(page: DashboardState, note: str) -> Loaded:
    """Make views of a page whose tiles say where they are from."""
    context = project_context(None, datetime.now(UTC))
    tiles = list(page.tiles.values())
    views = [_said(view_of(held, context), held) for held in tiles]
    wants = [
        Want(held.tile.sm, *default_size(view.kind, view.display))
        for held, view in zip(tiles, views, strict=True)
    ]
    loaded = arranged(views, wants, title=page.dashboard.row.name)
    pages = {id(view): _address(view, held) for view, held in zip(views, tiles, strict=True)}
    return structs.replace(
        loaded, note=note, addresses=tuple(pages[id(view)] for view in loaded.views)
    )


def _named(name: str) -> Board:
    path = places(os.environ).boards
    boards, problem = BoardsFile(path).load() if path is not None else ((), None)
    if problem:
        complain(problem)
    board, problem = called(boards, name)
    if board is None:
        raise StoppedError(problem, BAD_INPUT)
    return board


def _source(account: Account, project: int, board: Board, asked: Asked) -> Source:
    """Read what a board needs of one project."""
    kept = Credentials().read(account.id)
    state, _ = with_account(EMPTY, account, Project(id=project))
    if kept.key is None:
        away = Failure(cause=Cause.NO_KEY, message=f"There is no key for {account.region}.")
        return Source(state=state, account=account, away=away)
    access = Access(host=account.host, key=kept.key, project=project)
    picks = [pick for pick in board.picks if pick.source == (account.id, project)]
    now, connect = datetime.now(UTC), gated()
    try:
        found, dashboards = headless.fetch_tiles(access, _wanted(picks), asked, connect=connect)
        facts = around(access, project, now, connect=connect)
    except ApiError as error:
        return Source(state=state, account=account, away=error.failure)
    state, _ = with_account(EMPTY, account, found)
    state, _ = with_annotations(state, facts.annotations)
    state, _ = with_color_themes(state, facts.color_themes)
    state, _ = with_group_types(state, facts.group_types)
    for number, answer in dashboards.items():
        if isinstance(answer, Failure):
            state, _ = with_dashboard_failure(state, number, answer, now=now, asked=1)
        else:
            failures = failures_in(answer)
            state, _ = with_dashboard(state, answer, now=now, asked=1, failures=failures)
    return Source(state=state, account=account)


def _wanted(picks: Collection[Pick]) -> Mapping[int, Collection[int | str]]:
    """Name the tiles of each dashboard, by number and by insight."""
    wanted: dict[int, set[int | str]] = {}
    for pick in picks:
        names = wanted.setdefault(pick.dashboard, set())
        names.add(pick.tile)
        if pick.insight:
            names.add(pick.insight)
    return wanted


def _said(view: TileView, held: TileState) -> TileView:
    said = held.origin.said if held.origin is not None else ""
    kind = " · ".join(part for part in (view.kind_label, said) if part)
    return structs.replace(view, kind_label=kind)


def _address(view: TileView, held: TileState) -> str:
    origin = held.origin
    if origin is None or origin.account is None or not origin.account.host:
        return ""
    host, project = origin.account.host, origin.project.id
    if view.short_id:
        return insight_address(host, project, view.short_id)
    return dashboard_address(host, project, origin.dashboard)
