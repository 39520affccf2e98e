"""Reads what a report asks of PostHog: each tile for its period, and for the one before."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import msgspec
from msgspec import Raw, structs

from phdesk.api.client import Client
from phdesk.api.errors import ApiError
from phdesk.api.refusal import failure_of
from phdesk.api.resources import dashboards, query
from phdesk.core.answers import is_good, why_failed
from phdesk.core.dates import zone
from phdesk.core.filters import Filter, Override, read_filter, sent
from phdesk.core.listing import title_of
from phdesk.core.names import insight_title
from phdesk.core.pointing import pointed_id
from phdesk.core.question import read_question
from phdesk.core.reporting.boards import NO_BOARDS, Own, Picked, board_in, known_title, picked
from phdesk.core.reporting.building import Answer, Part, reaches
from phdesk.core.reporting.periods import Days, Period
from phdesk.core.reporting.questions import Query, questions
from phdesk.core.sources import parse_source
from phdesk.models.account import Project
from phdesk.models.board import Pick
from phdesk.models.dashboard import Dashboard, Tile
from phdesk.models.insight import NULL, Insight
from phdesk.models.report import Report, Section
from phdesk.services.calculating import Slow, Wanted, calculate
from phdesk.services.failures import is_offline, loses_session
from phdesk.services.questioning import answered
from phdesk.services.queue import AT_ONCE

Picking = tuple[str, Tile, Dashboard]  # its title on a board, if it has one there


async def read_parts(
    client: Client,
    project: Project,
    report: Report,
    period: Period,
    now: datetime,
    own: Own = NO_BOARDS,
) -> tuple[Part, ...]:
    """Read all sections; what fails is told in its place.

    Raises ApiError for what no other part would survive: a refused key, no network.
    """
    reading = _Reading(client, project, report, period, now, own)
    return tuple([await reading.part(section) for section in report.sections])


class _Reading:
    """One report's reading: a few calculations at a time."""

    def __init__(
        self,
        client: Client,
        project: Project,
        report: Report,
        period: Period,
        now: datetime,
        own: Own,
    ) -> None:
        self._client, self._project, self._own = client, project, own
        self._report, self._period, self._now = report, period, now
        self._turn, self._slow = asyncio.Semaphore(AT_ONCE), Slow()
        self._parting: set[asyncio.Task[None]] = set()

    async def part(self, section: Section) -> Part:
        """Read a section."""
        if name := board_in(section.dashboard):
            return await self._of_board(section, picked(self._own, name, self._project.id))
        if section.dashboard:
            return await self._of_dashboard(section)
        now, before = (questions(section, days) for days in self._spans)
        pairs = zip(now, before, strict=True)
        answers = [self._question(title, asked, earlier) for (title, asked), (_, earlier) in pairs]
        return Part(section=section, answers=tuple(await asyncio.gather(*answers)))

    @property
    def _spans(self) -> tuple[Days, Days]:
        return self._period.days, self._period.before

    async def _of_dashboard(self, section: Section) -> Part:
        found = await self._dashboard(parse_source(section.dashboard).id or 0)
        if isinstance(found, str):
            return Part(section=section, problems=(f"Dashboard {section.dashboard}: {found}",))
        tiles, missing = chosen(found, section.tiles)
        answers = await asyncio.gather(*(self._tile(tile, found) for tile in tiles))
        return Part(
            section=section,
            dashboard=title_of(found.row),
            answers=tuple(answers),
            problems=tuple(f'No tile "{name}" on {title_of(found.row)}.' for name in missing),
        )

    async def _dashboard(self, number: int) -> Dashboard | str:
        """Read a dashboard, or say why it cannot be had."""
        try:
            return await dashboards.get(self._client, self._project.id, number)
        except ApiError as error:
            if loses_session(error.failure) or is_offline(error.failure):
                raise
            return error.failure.message

    async def _of_board(self, section: Section, taken: Picked) -> Part:
        """Read the tiles of a board from the dashboards that they are on."""
        numbers = dict.fromkeys(pick.dashboard for pick in taken.picks)
        read = {number: await self._dashboard(number) for number in numbers}
        problems = list(taken.problems)
        found: list[Picking] = []
        for pick in taken.picks:
            board = read[pick.dashboard]
            tile = on_dashboard(pick, board) if isinstance(board, Dashboard) else None
            if isinstance(board, Dashboard) and tile is not None:
                found.append((pick.title, tile, board))
            else:
                gone = board if isinstance(board, str) else "it is no longer on its dashboard."
                problems.append(f'Tile "{known_title(pick)}": {gone}')
        wanted, missing = named(found, section.tiles)
        answers = await asyncio.gather(*(self._tile(tile, board) for _, tile, board in wanted))
        problems += [f'No tile "{name}" on {taken.name}.' for name in missing]
        return Part(
            section=section,
            dashboard=taken.name,
            answers=tuple(
                structs.replace(answer, title=title)
                for answer, (title, _, _) in zip(answers, wanted, strict=True)
            ),
            problems=tuple(problems),
        )

    async def _tile(self, tile: Tile, board: Dashboard) -> Answer:
        """Read a tile under the report's dates, or under its own where those do not reach it."""
        held = tile.insight or Insight()
        own = tile.own_filters or not reaches(bytes(held.query)) or bool(pointed_id(held))
        if own:
            answer = await self._calculated(held, board, None)
            return Answer(now=answer, own_dates=True)
        asked = [self._calculated(held, board, days) for days in self._asked_spans]
        now, *before = await asyncio.gather(*asked)
        return Answer(now=now, before=_good(before), not_before=_why_not(before))

    @property
    def _asked_spans(self) -> Sequence[Days]:
        return self._spans if self._report.compare else self._spans[:1]

    async def _calculated(self, held: Insight, board: Dashboard, days: Days | None) -> Insight:
        filters = dated(board, days) if days is not None else None

        def ask(refresh: str) -> Awaitable[Insight]:
            wanted = Wanted(insight=held, refresh=refresh, dashboard=board.row.id, filters=filters)
            return calculate(self._client, self._project.id, wanted, self._slow)

        return await self._whole(ask, held, days)

    async def _question(self, title: str, asked: Query, earlier: Query) -> Answer:
        pairs = zip([asked, earlier], self._asked_spans, strict=False)
        now, *before = await asyncio.gather(*(self._answered(*pair) for pair in pairs))
        why = _why_not(before)
        return Answer(now=now, before=_good(before), title=title, not_before=why)

    async def _answered(self, source: Query, days: Days) -> Insight:
        raw = Raw(msgspec.json.encode(source))

        def ask(refresh: str) -> Awaitable[Insight]:
            return answered(self._client, self._project.id, raw, refresh=refresh, stop=self._stop)

        return await self._whole(ask, Insight(query=raw), days)

    async def _whole(
        self, ask: Callable[[str], Awaitable[Insight]], held: Insight, days: Days | None
    ) -> Insight:
        """Ask; and once more, for a new calculation, if what PostHog kept lacks some of the days.

        It keeps results for hours, also those of a period that was not over then.
        """
        answer = await self._told(ask("blocking"), held)
        if days is None or answer.last_refresh is None:
            return answer
        end = days.ends(zone(self._project.timezone))
        if not answer.last_refresh < end <= self._now:
            return answer
        newer = await self._told(ask("force_blocking"), held)
        if is_good(newer):
            return newer
        older = structs.replace(answer, error=why_failed(newer))
        return older if is_good(older) else answer  # with an error, nothing would be no answer

    async def _told(self, work: Awaitable[Insight], held: Insight) -> Insight:
        """Wait for an answer in turn; a failure is told in it."""
        async with self._turn:
            try:
                answer = await work
            except ApiError as error:
                if loses_session(error.failure) or is_offline(error.failure):
                    raise
                return structs.replace(held, result=NULL, error=error.failure.message)
        failure = failure_of(answer)
        if failure is None or is_good(answer):
            return answer
        return structs.replace(answer, error=failure.detail or failure.message)

    def _stop(self, query_id: str) -> "asyncio.Future[None]":
        task = asyncio.ensure_future(query.cancel(self._client, self._project.id, query_id))
        self._parting.add(task)
        task.add_done_callback(self._parting.discard)
        return task


def chosen(board: Dashboard, names: Sequence[str]) -> tuple[list[Tile], list[str]]:
    """Find tiles by title or short id, in the order of the names; and the names of none."""
    found, missing = named([("", tile, board) for tile in board.tiles], names)
    return [tile for _, tile, _ in found], missing


def named(tiles: Sequence[Picking], names: Sequence[str]) -> tuple[list[Picking], list[str]]:
    """Do the same with tiles of several dashboards, by their titles on a board where they have."""
    having = [one for one in tiles if one[1].insight is not None]
    if not names:
        return having, []
    found, missing = [], []
    for name in names:
        match = [one for one in having if _is_called(one, name)]
        found += match
        missing += [] if match else [name]
    return found, missing


def on_dashboard(pick: Pick, board: Dashboard) -> Tile | None:
    """Find a tile of a board on its dashboard, also one that was put there anew."""
    same = [tile for tile in board.tiles if tile.id == pick.tile]
    again = [t for t in board.tiles if t.insight is not None and t.insight.short_id == pick.insight]
    return next(iter((*same, *(again if pick.insight else ()))), None)


def dated(board: Dashboard, days: Days) -> Raw | None:
    """Write the dashboard's filters with the dates of a report in the place of its own."""
    modern = board.saved_filters != NULL
    saved: Filter = read_filter(board.saved_filters if modern else board.filters)
    date_from, date_to = days.sent()
    # Else PostHog begins with the whole week or month of the first day: that much more is counted.
    wanted = structs.replace(saved, date_from=date_from, date_to=date_to, explicit_date=True)
    return sent(Override(filters=wanted), saved, modern=modern).filters


def _is_called(one: Picking, name: str) -> bool:
    insight = one[1].insight
    if insight is None:
        return False
    title = one[0] or insight_title(insight, read_question(insight), ())
    return name == insight.short_id or name.strip().lower() == title.strip().lower()


def _why_not(found: Sequence[Insight]) -> str:
    """Say why there is no answer for a period that was asked for."""
    failed = next((one for one in found if not is_good(one)), None)
    return (why_failed(failed) or "") if failed is not None else ""


def _good(found: Sequence[Insight]) -> Insight | None:
    return found[0] if found and is_good(found[0]) else None
