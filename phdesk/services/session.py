"""Calls of one account and project, in the worker; what comes is kept in the cache at once."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import Raw, Struct

from phdesk.api.client import Client
from phdesk.api.errors import NotFoundError, UnreadableError
from phdesk.api.gate import Gate, Purpose
from phdesk.api.refusal import failure_of
from phdesk.api.resources import (
    alerts,
    annotations,
    color_themes,
    dashboards,
    group_types,
    insights,
    projects,
    properties,
    variables,
)
from phdesk.core.filters import UNCHANGED, Sent
from phdesk.core.jsonvalue import parse
from phdesk.core.pointing import pointed_id
from phdesk.core.team_edits import Put
from phdesk.core.variable_choices import choices_source, read_choices
from phdesk.models.account import Account, Project
from phdesk.models.alert import Alert
from phdesk.models.annotation import Annotation
from phdesk.models.color_theme import ColorTheme
from phdesk.models.dashboard import Dashboard, DashboardRow, Tile
from phdesk.models.definition import Choice, PropertyDefinition, VariableDefinition
from phdesk.models.failure import Cause, Failure
from phdesk.models.group_type import GroupType
from phdesk.models.insight import Insight
from phdesk.services.archive import Archive
from phdesk.services.calculating import Slow, Wanted, calculate, stopped
from phdesk.services.following import followed
from phdesk.services.questioning import answered
from phdesk.services.queue import Job
from phdesk.store.documents import ANNOTATIONS, COLOR_THEMES, GROUP_TYPES
from phdesk.store.kept_alerts import ALERTS, pack_alerts
from phdesk.store.packing import (
    pack_annotations,
    pack_color_themes,
    pack_dashboard,
    pack_group_types,
    pack_project,
    pack_rows,
    pack_tile,
)
from phdesk.store.tiles import stripped

GONE = "Not found: the insight may be deleted, or belong to another project."
POINTS = "This insight only points to another one, which other dates do not reach."
ALONE = 1  # the number of a page's only tile
PARTING = 2.0  # seconds
REMEMBERED = timedelta(days=3 * 366)  # how far back annotations are read


class DashboardAnswer(Struct, frozen=True, gc=False):
    """A dashboard and the failures that came inside it, by tile id."""

    dashboard: Dashboard
    failures: Mapping[int, Failure]


class TileAnswer(Struct, frozen=True, gc=False):
    """An answer for one tile and the failure that came inside it."""

    insight: Insight
    failure: Failure | None


class Session:
    """Reads through one client; made in the GUI thread, used in the worker only."""

    def __init__(
        self,
        connect: Callable[[], Client],
        archive: Archive,
        account: Account,
        project: Project,
        now: Callable[[], datetime],
        gate: Gate | None = None,
    ) -> None:
        self.account = account.id
        self.host = account.host
        self.project = project
        self._connect = connect  # a client loads certificates, which takes 40 ms: not here
        self._client: Client | None = None
        self._closing: asyncio.Future[None] | None = None
        self._is_over = False
        self._calculating: set[asyncio.Task[Any]] = set()
        self._parting: set[asyncio.Task[None]] = set()
        self._archive, self._writer = archive, archive.writer
        self._now = now
        self._gate = gate
        self._asked = 0  # calls for results, in order
        self._told: dict[int, int] = {}  # number of the newest that was answered, by dashboard
        self._slow = Slow(self._part)

    async def read_project(self) -> Project:
        """Read the project's zone, currency and first day of the week."""
        project = await projects.get(self.client(), self.project.id)
        self._writer.save_project(self.account, project.id, pack_project(project))
        self._know(project)
        return project

    async def read_projects(self) -> tuple[Project, ...]:
        """List the projects that the key opens."""
        found = await projects.list_all(self.client())
        for project in found:
            self._know(project)
        return found

    async def read_rows(self) -> tuple[DashboardRow, ...]:
        """Read the list of dashboards."""
        rows = await dashboards.rows(self.client(), self.project.id)
        self._writer.save_rows(self.account, self.project.id, pack_rows(rows), self._now())
        return rows

    async def read_annotations(self) -> tuple[Annotation, ...]:
        """Read the annotations of the last years."""
        since = self._now() - REMEMBERED
        found = await annotations.list_since(self.client(), self.project.id, since)
        packed = pack_annotations(found)
        self._writer.save_around(self.account, self.project.id, ANNOTATIONS, packed)
        return found

    async def read_color_themes(self) -> tuple[ColorTheme, ...]:
        """Read the colour themes that charts may name."""
        found = await color_themes.list_all(self.client(), self.project.id)
        packed = pack_color_themes(found)
        self._writer.save_around(self.account, self.project.id, COLOR_THEMES, packed)
        return found

    async def read_group_types(self) -> tuple[GroupType, ...]:
        """Read what the project calls its groups."""
        found = await group_types.list_all(self.client(), self.project.id)
        packed = pack_group_types(found)
        self._writer.save_around(self.account, self.project.id, GROUP_TYPES, packed)
        return found

    async def read_alerts(self, *, background: bool = False) -> tuple[Alert, ...]:
        """List PostHog's alerts, and keep them as they were seen."""
        client = self.client().on_behalf(Purpose(background=background))
        found = await alerts.list_all(client, self.project.id)
        packed = pack_alerts(found, self._now())
        self._writer.save_around(self.account, self.project.id, ALERTS, packed)
        return found

    async def read_dashboard(
        self, dashboard_id: int, override: Sent = UNCHANGED, *, background: bool = False
    ) -> DashboardAnswer:
        """Read a dashboard with what the server has calculated already."""
        project = self.project.id
        purpose = Purpose(background=background, dashboard=dashboard_id)
        asked = self._question()
        dashboard = await dashboards.get(
            self.client().on_behalf(purpose),
            project,
            dashboard_id,
            refresh="force_cache",
            filters_override=override.filters,
            variables_override=override.variables,
        )
        saved = pack_dashboard(dashboard, self._now())
        where = (self.account, project, dashboard_id)
        if override.key:  # the frame would say of other filters that they are the dashboard's
            self._writer.save_tiles(*where, saved.tiles, override.key)
        elif self._is_late(asked, dashboard_id):
            self._writer.save_tiles(*where, saved.tiles, late=True)
        else:
            self._told[dashboard_id] = asked
            keep = [tile.id for tile in dashboard.tiles]
            self._writer.save_dashboard(*where, saved, keep=keep)
        self._archive.tidy(self.account, dashboard_id)
        return DashboardAnswer(dashboard, failures_in(dashboard))

    async def read_frame(self, dashboard_id: int) -> Dashboard:
        """Read a dashboard to compare its layout; its results are not kept."""
        return await dashboards.get(self.client(), self.project.id, dashboard_id)

    async def change_dashboard(self, dashboard_id: int, changes: Mapping[str, object]) -> Dashboard:
        """Change what is named of a dashboard."""
        return await dashboards.save(self.client(), self.project.id, dashboard_id, changes)

    async def put_insight(self, dashboard_id: int, put: Put) -> None:
        """Put an insight, or a copy of it, on a dashboard."""
        where = self.client(), self.project.id, put.insight, dashboard_id
        if put.copy:
            await insights.copy_to(*where, put.copy)
        else:
            await insights.put_on(*where)

    async def read_insights(self) -> tuple[Insight, ...]:
        """List the saved insights, without results."""
        return await insights.list_all(self.client(), self.project.id)

    def keep_frame(self, dashboard: Dashboard) -> None:
        """Keep names and layout as they were saved, whatever a reading from before still says."""
        self._told[dashboard.row.id] = self._question()
        saved = pack_dashboard(stripped(dashboard), self._now())
        keep = [tile.id for tile in dashboard.tiles]
        where = self.account, self.project.id, dashboard.row.id
        self._writer.save_dashboard(*where, saved, keep=keep)

    async def read_tile(self, job: Job, held: Insight, override: Sent = UNCHANGED) -> TileAnswer:
        """Calculate one tile, if it is stale or the job forces it.

        Cancelled, it tells the server that nobody waits any more.
        """
        purpose = Purpose(background=job.background, dashboard=job.dashboard)
        wanted = Wanted(
            insight=held,
            refresh="force_blocking" if job.force else "blocking",
            dashboard=job.dashboard,
            filters=override.filters,
            variables=override.variables,
            query_id=str(uuid4()),
        )
        asked = self._question()
        insight = await self._calculated(self.client().on_behalf(purpose), wanted)
        packed = pack_tile(job.tile, insight)
        if packed is not None:
            where = (self.account, self.project.id, job.dashboard)
            late = not override.key and self._is_late(asked, job.dashboard)
            self._writer.save_tiles(*where, [packed], override.key, late=late)
        return TileAnswer(insight, failure_of(insight))

    async def read_insight(self, name: int | str) -> Insight:
        """Read an insight by id or short id, calculated if it is not; nothing of it is kept."""
        client, project = self.client(), self.project.id
        if isinstance(name, str):
            held = await insights.find(client, project, name)
            if held is not None and pointed_id(held):
                return await followed(client, project, held, refresh="blocking")
        return await insights.get(client, project, name, refresh="blocking")

    async def read_alone(
        self, name: str, page: int, override: Sent = UNCHANGED, *, background: bool = False
    ) -> DashboardAnswer:
        """Calculate an insight, if it is stale, and keep it as the only tile of a page."""
        client = self.client().on_behalf(Purpose(background=background, dashboard=page))
        held = await insights.find(client, self.project.id, name)
        if held is None:
            raise NotFoundError(GONE)
        if override.key and pointed_id(held):
            raise UnreadableError(POINTS)
        wanted = Wanted(
            insight=held,
            refresh="blocking",
            filters=override.filters,
            variables=override.variables,
            query_id=str(uuid4()),
        )
        insight = await self._calculated(client, wanted)
        dashboard, failure = alone(page, insight), failure_of(insight)
        saved = pack_dashboard(dashboard, self._now())
        self._writer.save_dashboard(self.account, self.project.id, page, saved, keep=[ALONE])
        return DashboardAnswer(dashboard, {ALONE: failure} if failure is not None else {})

    async def save_filters(
        self, dashboard_id: int, body: Mapping[str, Any], key: str
    ) -> DashboardAnswer:
        """Save filters for everyone; the results kept under `key` are the dashboard's own then."""
        dashboard = await dashboards.save(self.client(), self.project.id, dashboard_id, body)
        self._writer.adopt_tiles(self.account, self.project.id, dashboard_id, key)
        self._told[dashboard_id] = self._question()
        return DashboardAnswer(dashboard, failures_in(dashboard))

    async def read_properties(self, kind: str, search: str) -> tuple[PropertyDefinition, ...]:
        """List properties of events or persons whose names contain a text."""
        return await properties.find(self.client(), self.project.id, kind, search)

    async def read_values(self, kind: str, key: str, search: str) -> tuple[str, ...]:
        """List values that a property has had."""
        return await properties.values(self.client(), self.project.id, kind, key, search)

    async def read_variables(self) -> tuple[VariableDefinition, ...]:
        """List the project's SQL variables, with their names, types and choices."""
        return await variables.list_all(self.client(), self.project.id)

    async def read_choices(self, one: VariableDefinition) -> tuple[Choice, ...]:
        """Let PostHog answer the query that gives an SQL variable its choices."""
        answer = await self.ask(Raw(msgspec.json.encode(choices_source(one))))
        failure = failure_of(answer)
        if failure is not None:
            raise UnreadableError(failure.message)
        return read_choices(parse(answer.result))

    async def ask(self, source: Raw, *, refresh: str = "blocking") -> Insight:
        """Calculate what a query asks that is no saved insight; nothing of it is kept.

        Cancelled, it tells the server that nobody waits any more.
        """
        project = self.project.id
        return await self._heeded(
            answered(self.client(), project, source, refresh=refresh, stop=self._part)
        )

    async def _calculated(self, client: Client, wanted: Wanted) -> Insight:
        return await self._heeded(calculate(client, self.project.id, wanted, self._slow))

    async def _heeded(self, work: Awaitable[Insight]) -> Insight:
        """Calculate so that closing the session ends it."""
        task = asyncio.current_task()
        if task is not None:
            self._calculating.add(task)
        try:
            return await work
        finally:
            self._calculating = {one for one in self._calculating if one is not task}

    def _part(self, query_id: str) -> "asyncio.Task[None]":
        task = asyncio.ensure_future(stopped(self.client(), self.project.id, query_id))
        self._parting.add(task)
        task.add_done_callback(self._parting.discard)
        return task

    async def close(self) -> None:
        """Close the connections, after the server heard what is cancelled, if that is quick."""
        for task in self._calculating:
            task.cancel()
        for ending in (self._calculating, self._parting):
            if ending:
                await asyncio.wait(set(ending), timeout=PARTING)
        self._is_over = True
        if self._client is not None:
            self._closing = asyncio.ensure_future(self._client.close())
            self._client = None
        if self._closing is not None:
            await asyncio.shield(self._closing)  # who is cancelled in it may come again

    def _question(self) -> int:
        self._asked += 1
        return self._asked

    def _is_late(self, asked: int, dashboard_id: int) -> bool:
        """Say whether the dashboard told what it asks after this was asked."""
        return asked < self._told.get(dashboard_id, 0)

    def _know(self, project: Project) -> None:
        if self._gate is not None:
            self._gate.belongs(self.host, project.id, project.organization_id)

    def client(self) -> Client:
        """Give the client, made when it is first needed; none is made after the end.

        Raises CancelledError then, as whoever asks is gone: nobody would close it any more.
        """
        if self._is_over:
            raise asyncio.CancelledError
        if self._client is None:
            self._client = self._connect()
            if self._gate is not None:
                self._client.set_gate(self._gate)
        return self._client


def alone(page: int, insight: Insight) -> Dashboard:
    """Give an insight a page to itself."""
    row = DashboardRow(id=page, name=insight.name or insight.derived_name)
    return Dashboard(row=row, tiles=(Tile(id=ALONE, insight=insight),))


def failures_in(dashboard: Dashboard) -> dict[int, Failure]:
    """Find what failed inside a dashboard that came with HTTP 200."""
    found = {}
    for tile in dashboard.tiles:
        insight = tile.insight  # one that points to another was never to be calculated
        failure = failure_of(insight) if insight and not pointed_id(insight) else None
        if tile.error is not None:
            failure = Failure(cause=Cause.INVALID, message=tile.error, detail=tile.error)
        if tile.insight is not None and tile.insight.no_access:
            failure = Failure(
                cause=Cause.FORBIDDEN, message="Your PostHog user may not see this insight."
            )
        if failure is not None:
            found[tile.id] = failure
    return found
