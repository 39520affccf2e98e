"""What SOURCE or --file names, as views in reading order: shared by show and render."""

import asyncio
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from msgspec import Struct, structs

from phdesk.api.document import (
    DashboardDocument,
    DashboardsDocument,
    Document,
    InsightDocument,
    InsightsDocument,
    Template,
    document,
)
from phdesk.api.errors import ApiError
from phdesk.cli.around import around
from phdesk.cli.exits import BAD_INPUT, WRONG_USE, StoppedError, code_of, sentence
from phdesk.cli.gate import gated
from phdesk.core.ages import absolute
from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import Column, Table, TableBody, TileView
from phdesk.core.charts.view import insight_view, tile_view
from phdesk.core.grid.boxes import reading_order
from phdesk.core.grid.placement import Want, default_size, place
from phdesk.core.listing import title_of
from phdesk.core.shared_links import SharedLink, read_shared_link
from phdesk.core.sources import Source, SourceError, parse_source
from phdesk.models.account import Project
from phdesk.models.dashboard import Box, Dashboard, DashboardRow
from phdesk.models.insight import Insight
from phdesk.services import headless, shared_pages
from phdesk.services.accounts import AccountsFile
from phdesk.services.completing import Asked
from phdesk.services.credentials import Credentials
from phdesk.services.places import places
from phdesk.services.settings import SettingsFile
from phdesk.services.snapshots import state_of
from phdesk.store.changes import with_dashboard
from phdesk.store.snapshot import Snapshot, SnapshotError, is_snapshot, place_of, unpack
from phdesk.store.state import EMPTY, NOTHING_AROUND, Around
from phdesk.views.addresses import dashboard_address, insight_address
from phdesk.views.dashboard.bar_words import place_facts, project_facts

OWN = "board:"  # before the name of a person's own
LARGEST_FILE = 256 * 1024 * 1024  # bytes


class TooLargeError(ValueError):
    """A file is larger than any answer of PostHog."""


class Loaded(Struct, frozen=True, gc=False, kw_only=True):
    """What is to be shown: one tile, or a dashboard's tiles with their boxes."""

    views: tuple[TileView, ...]  # in reading order
    boxes: tuple[Box, ...] = ()  # one a view; empty for a single tile
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""  # where it is from, when not from a server
    several: bool = False
    facts: tuple[str, ...] = ()  # project and filters
    addresses: tuple[str, ...] = ()  # each view's page in PostHog; empty where no host is known


def fetched(text: str, asked: Asked = Asked.MISSING) -> Loaded:
    """Read a source from its server, with what is around it; raises StoppedError or ApiError."""
    if text.startswith(OWN):
        own = import_module("phdesk.cli.own_board")  # needs Qt's core, for the lock of its file
        return cast("Loaded", own.load_board(text.removeprefix(OWN), asked))
    link = read_shared_link(text)
    if link is not None:
        return _from_link(link, asked)
    source = source_of(text)
    entry = access(source)
    connect = gated()
    found = headless.fetch(source, entry, asked=asked, connect=connect)
    facts = around(entry, found.project.id, datetime.now(UTC), connect=connect)
    if found.dashboard is not None:
        loaded = from_document(DashboardDocument(found.dashboard), found.project, facts)
        page = dashboard_address(entry.host, found.project.id, found.dashboard.row.id)
    else:
        loaded = from_document(InsightDocument(found.insight or Insight()), found.project, facts)
        page = ""
    return structs.replace(
        loaded,
        addresses=tuple(
            insight_address(entry.host, found.project.id, view.short_id) if view.short_id else page
            for view in loaded.views
        ),
    )


def source_of(text: str) -> Source:
    """Understand what was typed; raises StoppedError for what names nothing."""
    try:
        return parse_source(text)
    except SourceError as error:
        raise StoppedError(f"{text}: {error}", BAD_INPUT) from None


def access(source: Source | None) -> headless.Access:
    """Choose host, key and project; raises NoKeyError with what to do."""
    files = places(os.environ)
    accounts, _ = AccountsFile(files.accounts).load()
    settings, _ = SettingsFile(files.settings).load()
    return headless.access_for(source, os.environ, accounts, Credentials(), settings.account)


def load(arguments: Namespace) -> Loaded:
    """Load what the arguments name; raises StoppedError with a line for the person."""
    asked = asked_of(arguments)
    if arguments.file is not None and asked is not Asked.MISSING:
        raise StoppedError("a file has no server to ask: leave --cached and --refresh", WRONG_USE)
    try:
        if arguments.file is not None:
            data = _read(arguments.file)
            if is_snapshot(data):
                return _from_snapshot(unpack(data))
            return from_document(document(data), Project(id=0))
        return fetched(arguments.source, asked)
    except SnapshotError as refusal:
        raise StoppedError(f"{arguments.file}: refused: {refusal}", BAD_INPUT) from None
    except ApiError as error:
        where = f"{arguments.file}: " if arguments.file is not None else ""
        failure = error.failure
        raise StoppedError(f"{where}{sentence(failure)}", code_of(failure)) from None


def _from_link(link: SharedLink, asked: Asked) -> Loaded:
    """Read what a link shows to everybody; no key is sent, and nothing is calculated for us."""
    if asked is Asked.ALL:
        raise StoppedError("a shared page has the numbers it has: leave --refresh", WRONG_USE)
    now = datetime.now(UTC)
    held = asyncio.run(shared_pages.read(link, now))
    loaded = from_document(DashboardDocument(held.dashboard), held.project, held.around)
    note = f"Shared by {link.host} with everybody who has the link, read {absolute(now, now, None)}"
    return structs.replace(loaded, note=note, addresses=(held.link,) * len(loaded.views))


def _from_snapshot(held: Snapshot) -> Loaded:
    """Show a snapshot as it was, and say of which place and time it is."""
    when = absolute(held.made_at, datetime.now(UTC), None)
    note = f"Snapshot of {place_of(held)}, made {when}"
    if held.origins.tiles:
        own = import_module("phdesk.cli.own_board")
        page = state_of(held).dashboards[held.dashboard.row.id]
        return cast("Loaded", own.loaded_page(page, note))
    loaded = from_document(DashboardDocument(held.dashboard), held.project, held.around)
    return structs.replace(loaded, note=note)


def from_document(data: Document, project: Project, facts: Around = NOTHING_AROUND) -> Loaded:
    """Make views of whatever a document holds."""
    context = Context(
        now=datetime.now(UTC),
        timezone=project.timezone,
        week_start_day=project.week_start_day,
        currency=project.base_currency,
        annotations=facts.annotations,
        color_themes=facts.color_themes,
        groups=tuple((one.index, one.one, one.several) for one in facts.group_types),
        project_theme=project.default_data_theme,
    )
    if isinstance(data, InsightDocument):
        view = insight_view(data.insight, context)
        return Loaded(views=(view,), facts=project_facts(project))
    if isinstance(data, DashboardDocument):
        loaded = _dashboard(data.dashboard, context)
        return structs.replace(loaded, facts=_facts(data.dashboard, project, context.now))
    if isinstance(data, InsightsDocument):
        views = [insight_view(insight, context) for insight in data.insights]
        return arranged(views, [None] * len(views), title="Insights")
    if isinstance(data, DashboardsDocument):
        return Loaded(views=(rows_view(data.rows),))
    return Loaded(views=(_templates_view(data.templates),))


def _facts(dashboard: Dashboard, project: Project, now: datetime) -> tuple[str, ...]:
    state, _ = with_dashboard(EMPTY, dashboard, now=now, asked=1)
    return place_facts(state.dashboards[dashboard.row.id], project, now)


def rows_view(rows: Sequence[DashboardRow]) -> TileView:
    """Show a list of dashboards as a table."""
    cells = [
        (row.id, title_of(row), row.pinned, ", ".join(row.tags), row.folder, row.description)
        for row in rows
    ]
    pinned = sum(row.pinned for row in rows)
    return TileView(
        title="Dashboards",
        kind="dashboards",
        kind_label="List",
        display="",
        summary=f"{len(rows)} dashboards, {pinned} of them pinned.",
        body=TableBody(),
        table=Table(
            tuple(map(Column, ("Id", "Name", "Pinned", "Tags", "Folder", "Description"))),
            tuple(cells),
            tuple((str(a), b, "yes" if c else "", d, e or "", f) for a, b, c, d, e, f in cells),
        ),
    )


def _templates_view(templates: Sequence[Template]) -> TileView:
    rows = tuple((one.name, one.tiles, one.description) for one in templates)
    return TileView(
        title="Dashboard templates",
        kind="templates",
        kind_label="List",
        display="",
        summary=f"{len(templates)} dashboard templates.",
        body=TableBody(),
        table=Table(
            (Column("Name"), Column("Tiles", numeric=True), Column("Description")),
            rows,
            tuple((name, str(tiles), description) for name, tiles, description in rows),
        ),
    )


def _dashboard(dashboard: Dashboard, context: Context) -> Loaded:
    own = structs.replace(
        context,
        dashboard_id=dashboard.row.id,
        breakdown_colors=dashboard.breakdown_colors,
        dashboard_theme=dashboard.data_color_theme_id,
    )
    views = [tile_view(tile, own) for tile in dashboard.tiles]
    wants = [
        Want(tile.sm, *default_size(view.kind, view.display))
        for tile, view in zip(dashboard.tiles, views, strict=True)
    ]
    return arranged(
        views,
        wants,
        title=title_of(dashboard.row),
        description=dashboard.row.description,
        tags=dashboard.row.tags,
        compaction=dashboard.compaction,
    )


def arranged(
    views: Sequence[TileView],
    wants: Sequence[Want | None],
    *,
    title: str,
    description: str = "",
    tags: tuple[str, ...] = (),
    compaction: str = "vertical",
) -> Loaded:
    """Place views on 12 columns, in reading order."""
    boxes = place([want or Want(None) for want in wants], compaction)
    order = reading_order(boxes)
    return Loaded(
        views=tuple(views[i] for i in order),
        boxes=tuple(boxes[i] for i in order),
        title=title,
        description=description,
        tags=tags,
        several=True,
    )


def asked_of(arguments: Namespace) -> Asked:
    """Read how much is asked of the server."""
    if arguments.refresh:
        return Asked.ALL
    return Asked.CACHED if arguments.cached else Asked.MISSING


def contents(file: BinaryIO) -> bytes:
    """Read a whole file; raises TooLargeError, since a device may never end."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise TooLargeError("larger than 256 MB")
    return data


def _read(name: str) -> bytes:
    try:
        if name == "-":
            return contents(sys.stdin.buffer)
        with Path(name).open("rb") as file:
            return contents(file)
    except TooLargeError as error:
        raise StoppedError(f"{name}: {error}", BAD_INPUT) from None
    except OSError as error:
        raise StoppedError(f"{name}: {error.strerror or error}", BAD_INPUT) from None
