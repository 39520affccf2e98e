"""Reads what is to be known for judging dashboards; each fact that is refused is one fact."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct, structs

from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.api.gate import Purpose
from phdesk.api.refusal import failure_of
from phdesk.api.resources import dashboards, event_definitions, insights, sharing
from phdesk.core.answers import is_good
from phdesk.core.dates import zone
from phdesk.core.filter_ranges import first_weekday
from phdesk.core.health.board_rules import UNOPENED
from phdesk.core.health.finding import BoardFacts, ProjectFacts, Report
from phdesk.core.health.judging import joined, judge, judge_project
from phdesk.core.pointing import pointed_id
from phdesk.models.account import Project
from phdesk.models.dashboard import Dashboard, DashboardRow, Tile
from phdesk.models.failure import Cause, Failure
from phdesk.services.calculating import Slow, Wanted, calculate
from phdesk.services.completing import Asked, is_asked_for
from phdesk.services.session import Session
from phdesk.services.sharing import ends_all

UNHURRIED = Purpose(background=True, patient=True)
Progress = Callable[[int, int], None]
LASTING = (Cause.INVALID, Cause.UNREADABLE)  # of a calculation: others pass by themselves


class Facts(Struct, frozen=True, gc=False, kw_only=True):
    """One dashboard, and what is around it."""

    board: BoardFacts
    around: ProjectFacts


class Outcome(Struct, frozen=True, gc=False, kw_only=True):
    """What the rules said; dashboards that could not be had stand in `missing`, by number."""

    report: Report
    missing: Mapping[int, Failure] = {}
    around: ProjectFacts | None = None  # by which they said it


class Begun(Struct, frozen=True, gc=False, kw_only=True):
    """What is known before dashboards are read: which there are, by number, and what is around."""

    listed: Mapping[int, DashboardRow]
    around: ProjectFacts
    whole: bool = False  # all of the project is judged


class Part(Struct, frozen=True, gc=False, kw_only=True):
    """What the rules said of some dashboards."""

    report: Report
    missing: Mapping[int, Failure] = {}
    pointed: frozenset[str] = frozenset()  # to insights that are on no dashboard themselves


def bare_facts(project: Project, now: datetime) -> ProjectFacts:
    """Give what is known around dashboards before anything is asked."""
    return ProjectFacts(
        now=now.astimezone(zone(project.timezone)),
        week_start=first_weekday(project.week_start_day),
    )


def untold(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


async def read_report(
    client: Client,
    project: Project,
    wanted: Sequence[int] | None,
    now: datetime,
    *,
    fill: bool = False,
    progress: Progress = untold,
) -> Outcome:
    """Judge dashboards, or all of the project in the background class, one after another.

    With `fill` PostHog is let calculate what it has no number of yet; `progress` is told how many
    dashboards of how many are done. Raises ApiError when nothing can be had.
    """
    if wanted is None:
        client = client.on_behalf(UNHURRIED)
    begun = await begin(client, project, now, whole=wanted is None)
    numbers = list(begun.listed) if wanted is None else wanted
    reading = _Reading(client, project.id, Slow() if fill else None)
    parts: list[Part] = []  # no answer is kept longer than it is judged: there may be hundreds
    for done, number in enumerate(numbers):
        progress(done, len(numbers))
        parts.append(await reading.judged(begun, [number]))
    return outcome(begun, parts)


async def begin(client: Client, project: Project, now: datetime, *, whole: bool) -> Begun:
    """Read the list of dashboards, before any of them is opened by reading it, and what is around.

    With `whole` all of the project is to be judged, so its insights are listed, too.
    """
    listed = {row.id: row for row in await dashboards.rows(client, project.id)}
    around = await read_around(client, project, now, with_insights=whole)
    return Begun(listed=listed, around=around, whole=whole)


def outcome(begun: Begun, parts: Sequence[Part]) -> Outcome:
    """Put the parts of a check together; what belongs to no dashboard is judged last."""
    pointed = frozenset[str]().union(*(part.pointed for part in parts))
    around = structs.replace(begun.around, pointed=pointed)
    reports = [part.report for part in parts]
    missing = {number: why for part in parts for number, why in part.missing.items()}
    if begun.whole:
        reports.append(judge_project(around))
    return Outcome(report=joined(reports), missing=missing, around=around)


class _Reading(Struct, frozen=True, eq=False):
    """Reads dashboards of one project."""

    client: Client
    project: int
    slow: Slow | None  # of what is calculated; None: nothing is

    async def judged(self, begun: Begun, numbers: Sequence[int]) -> Part:
        """Judge some dashboards; one that cannot be had is one, unless all would be so.

        Where the server does not tell when somebody looked, reading counts as opening: one of all
        dashboards that was not opened for long is left unread.
        """
        reports: list[Report] = []
        missing: dict[int, Failure] = {}
        pointed: set[str] = set()
        for number in numbers:
            row = begun.listed.get(number)
            try:
                if begun.whole and row is not None and only_listed(row, begun.around.now):
                    facts = await self.listed(row)
                else:
                    facts = await self.whole(number, row)
            except ApiError as error:
                if ends_all(error.failure):
                    raise
                missing[number] = error.failure
            else:
                reports.append(judge([facts], begun.around))
                tiles = facts.dashboard.tiles
                pointed |= {pointed_id(tile.insight) for tile in tiles if tile.insight}
        return Part(report=joined(reports), missing=missing, pointed=frozenset(pointed))

    async def listed(self, row: DashboardRow) -> BoardFacts:
        """Take what the list says."""
        return await with_sharing(self.client, self.project, Dashboard(row=row), row, read=False)

    async def whole(self, number: int, row: DashboardRow | None) -> BoardFacts:
        """Read a dashboard with its answers."""
        held = await dashboards.get(self.client, self.project, number)
        if self.slow is not None:
            tiles = [await self._filled(tile, number, self.slow) for tile in held.tiles]
            held = structs.replace(held, tiles=tuple(tiles))
        return await with_sharing(self.client, self.project, held, row)

    async def _filled(self, tile: Tile, dashboard: int, slow: Slow) -> Tile:
        """Calculate a tile that has no answer; what passes by itself is no fault of the tile."""
        held = tile.insight
        if held is None or tile.error is not None or not is_asked_for(held, Asked.MISSING):
            return tile
        wanted = Wanted(insight=held, refresh=Asked.MISSING.value, dashboard=dashboard)
        try:
            answer = await calculate(self.client, self.project, wanted, slow)
            failure = failure_of(answer)
        except ApiError as error:
            if ends_all(error.failure):
                raise
            answer, failure = held, error.failure
        if failure is not None and not is_good(answer):
            broken = failure.message if failure.cause in LASTING else None
            answer = structs.replace(held, error=broken)
        return structs.replace(tile, insight=answer)


async def read_around(
    client: Client, project: Project, now: datetime, *, with_insights: bool = False
) -> ProjectFacts:
    """Read what is known around dashboards; a part that is refused says why it is missing."""
    facts = bare_facts(project, now)
    try:
        found = await event_definitions.list_all(client, project.id)
    except ApiError as error:
        facts = structs.replace(facts, no_events=_why(error.failure))
    else:
        seen = {one.name: one.last_seen_at for one in found.items}
        facts = structs.replace(facts, events=seen, all_events=found.whole)
    if not with_insights:
        return facts
    try:
        saved = await insights.list_saved(client, project.id)
    except ApiError as error:
        return structs.replace(facts, no_insights=_why(error.failure))
    return structs.replace(facts, insights=saved)


async def with_sharing(
    client: Client,
    project: int,
    dashboard: Dashboard,
    row: DashboardRow | None,
    *,
    read: bool = True,
) -> BoardFacts:
    """Add how a dashboard is shared, when it is."""
    facts = BoardFacts(dashboard=dashboard, row=row, read=read)
    if not (dashboard.row.is_shared or (row is not None and row.is_shared)):
        return facts
    try:
        held = await sharing.get(client, project, "dashboards", dashboard.row.id)
    except ApiError as error:
        return structs.replace(facts, no_sharing=_why(error.failure))
    return structs.replace(facts, sharing=held)


def facts_of_one(
    dashboard: Dashboard, row: DashboardRow | None, now: datetime
) -> Callable[[Session], Awaitable[Facts]]:
    """Read what is around a dashboard whose answers are known already; work for `Calls`."""

    async def work(session: Session) -> Facts:
        client, project = session.client(), session.project
        around = await read_around(client, project, now)
        board = await with_sharing(client, project.id, dashboard, row)
        return Facts(board=board, around=around)

    return work


def beginning_of_all(now: datetime) -> Callable[[Session], Awaitable[Begun]]:
    """Begin to judge all of a project, in the background class; work for `Calls`."""

    async def work(session: Session) -> Begun:
        client = session.client().on_behalf(UNHURRIED)
        return await begin(client, session.project, now, whole=True)

    return work


def some_of_all(begun: Begun, numbers: Sequence[int]) -> Callable[[Session], Awaitable[Part]]:
    """Go on with some dashboards; work for `Calls`."""

    async def work(session: Session) -> Part:
        client = session.client().on_behalf(UNHURRIED)
        return await _Reading(client, session.project.id, None).judged(begun, numbers)

    return work


def only_listed(row: DashboardRow, now: datetime) -> bool:
    """Tell whether reading a dashboard would hide that nobody opened it."""
    when = row.last_accessed_at
    return row.last_viewed_at is None and when is not None and now - when > UNOPENED


def _why(failure: Failure) -> str:
    """Say in a few words, after a colon, why a fact is missing."""
    if failure.scope:
        return f"the key lacks the scope {failure.scope}"
    message = failure.message.rstrip(".")
    return message[:1].lower() + message[1:]
