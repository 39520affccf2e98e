"""Put a report together of what was read: sentences, charts, and how far they can be relied on."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct, structs

from phdesk.core.ages import absolute
from phdesk.core.charts.context import Context
from phdesk.core.charts.spec import NoticeBody, TileView
from phdesk.core.charts.view import FILTERS_MARK, insight_view
from phdesk.core.dates import zone
from phdesk.core.reporting.periods import Period
from phdesk.core.reporting.sentences import chosen, sentences
from phdesk.core.watching.numbers import figures_of
from phdesk.models.account import Project
from phdesk.models.insight import Insight
from phdesk.models.report import Report, Section, Show

OWN_DATES = "This tile has dates of its own: they are not those of the report, and not compared."
NOT_COMPARED = "Not compared: the period before could not be read."
TOO_EARLY = "Not compared: the period before was calculated before it was over."
UNKNOWN_TIME = "Not compared: it is not known when this was calculated."


class Answer(Struct, frozen=True, kw_only=True):
    """What was read for one item: for the period, and for the one before."""

    now: Insight
    before: Insight | None = None
    not_before: str = ""  # why there is none of the period before, though it was asked for
    own_dates: bool = False
    title: str = ""  # in the place of the insight's own


class Part(Struct, frozen=True, kw_only=True):
    """What was read for a section."""

    section: Section
    dashboard: str = ""  # its name
    answers: tuple[Answer, ...] = ()
    problems: tuple[str, ...] = ()  # such as a tile that is not there


class Item(Struct, frozen=True, kw_only=True):
    """A tile in a report."""

    view: TileView
    said: tuple[str, ...]
    notes: tuple[str, ...] = ()


class MadeSection(Struct, frozen=True, kw_only=True):
    """A section, ready to be written."""

    title: str
    text: str
    show: tuple[Show, ...]
    items: tuple[Item, ...]
    problems: tuple[str, ...] = ()


class Made(Struct, frozen=True, kw_only=True):
    """A report, ready to be written in any form."""

    title: str
    text: str
    facts: tuple[str, ...]
    made_at: datetime
    sections: tuple[MadeSection, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """Give all that could not be told."""
        return tuple(words for one in self.sections for words in one.problems)


def made(
    report: Report, period: Period, parts: Sequence[Part], project: Project, now: datetime
) -> Made:
    """Make a report of what was read."""
    context = Context(
        now=now,
        timezone=project.timezone,
        week_start_day=project.week_start_day,
        currency=project.base_currency,
        project_theme=project.default_data_theme,
    )
    sections = tuple(_section(part, report, period, context) for part in parts)
    return Made(
        title=report.title,
        text=report.text,
        facts=_facts(report, period, project, now),
        made_at=now,
        sections=sections,
    )


def _facts(report: Report, period: Period, project: Project, now: datetime) -> tuple[str, ...]:
    name = project.name or (f"{project.id}" if project.id else "")
    lines = (
        f"Project: {name}" if name else "",
        f"Period: {period.days.text} ({report.period})",
        _unfinished(period, project, now) or _compared(report, period),
    )
    return tuple(line for line in lines if line)


def _unfinished(period: Period, project: Project, now: datetime) -> str:
    if now >= period.days.ends(zone(project.timezone)):
        return ""
    if now < period.days.begins(zone(project.timezone)):
        return "The period has not begun yet."
    return "The period is not over yet: its numbers are not compared."


def _compared(report: Report, period: Period) -> str:
    return f"Compared with {period.words}: {period.before.text}" if report.compare else ""


def _section(part: Part, report: Report, period: Period, context: Context) -> MadeSection:
    section = part.section
    items = tuple(
        _item(answer, section.numbers, report, period, context) for answer in part.answers
    )
    title = section.title or part.dashboard or (items[0].view.title if items else "")
    problems = (*part.problems, *_unfound(section, part, context))
    return MadeSection(
        title=title, text=section.text, show=section.show, items=items, problems=problems
    )


def _unfound(section: Section, part: Part, context: Context) -> tuple[str, ...]:
    """Name the numbers that no tile of a section has."""
    known = [figure for answer in part.answers for figure in figures_of(answer.now, context)]
    missing = [name for name in section.numbers if not chosen(known, (name,))]
    return tuple(f'No number "{name}" on these tiles.' for name in missing)


def _item(
    answer: Answer, only: Sequence[str], report: Report, period: Period, context: Context
) -> Item:
    view = insight_view(answer.now, context)
    if answer.title:
        summary = view.summary.removeprefix(view.title)
        view = structs.replace(view, title=answer.title, summary=f"{answer.title}{summary}")
    notes = _notes(answer, view, report, period, context)
    before = answer.before if report.compare and not notes else None
    dates = None if answer.own_dates else period
    said = sentences(answer.now, view, before, context, dates, only)
    warning = (view.warning,) if view.warning else ()
    return Item(view=view, said=said, notes=(*notes, *warning))


def _notes(
    answer: Answer, view: TileView, report: Report, period: Period, context: Context
) -> tuple[str, ...]:
    """Say why a tile is not compared, where it is not."""
    if isinstance(view.body, NoticeBody):
        return (view.body.detail,) if view.body.detail else ()
    if answer.own_dates:
        return (OWN_DATES,)
    when, where = view.computed_at, zone(context.timezone)
    if when is None:
        return (UNKNOWN_TIME,) if report.compare else ()
    if when < period.days.ends(where):
        said = absolute(when, context.now, where)
        return (f"Not complete: these are numbers until {said}, of a period that was not over.",)
    if report.compare and answer.before is None:
        why = " ".join(answer.not_before.split())
        return (f"{NOT_COMPARED} {why}".rstrip(),)
    if report.compare and answer.before is not None:
        earlier = answer.before.last_refresh
        return (TOO_EARLY,) if earlier is None or earlier < period.before.ends(where) else ()
    return ()


def reaches(query: bytes) -> bool:
    """Tell whether the dates of a dashboard reach an insight: not SQL without a place for them."""
    return b'"HogQLQuery"' not in query or FILTERS_MARK.encode() in query


def whole_title(one: Made) -> str:
    """Name a report with its period, for files."""
    period = next((fact for fact in one.facts if fact.startswith("Period: ")), "")
    return f"{one.title} {period.removeprefix('Period: ').partition(' (')[0]}".strip()
