"""Work out retention's cohorts: rates, what has not begun and what is still being counted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from phdesk.core.charts.context import Context
from phdesk.core.charts.rates import counted, ratio, total
from phdesk.core.charts.results import RetentionItem, RetentionValue, decode
from phdesk.core.dates import cohort_text, parse_iso, zone
from phdesk.core.jsonvalue import as_int, as_list, as_str, as_text
from phdesk.core.names import breakdown_name
from phdesk.core.question import Question
from phdesk.models.insight import Insight

STEPS = {"Hour": timedelta(hours=1), "Day": timedelta(days=1), "Week": timedelta(weeks=1)}
LATEST = datetime.max
LONGEST_BRACKET = 10_000


class Cell(Struct, frozen=True, gc=False, kw_only=True):
    """The part of a cohort that came back in one period."""

    count: int | float
    rate: float  # of the cohort, or of the period before; 0 to 1
    in_progress: bool = False
    of_nobody: bool = False  # there was nobody to come back; drawn as 0, as PostHog draws it


class Cohort(Struct, frozen=True, gc=False, kw_only=True):
    """Those who began in one period, or the mean of all cohorts."""

    label: str
    size: int | float | None
    cells: tuple[Cell, ...]
    titles: tuple[str, ...] = ()  # of the periods, as far as they were sent
    group: str = ""  # its breakdown value, by name
    is_mean: bool = False


class _Clock(Struct, frozen=True, gc=False, kw_only=True):
    """When the answer was worked out, in the project's zone and without it, and its periods."""

    moment: datetime
    period: str
    starts: tuple[int, ...]  # of each column, in periods from the cohort's own
    ends: tuple[int, ...]
    triangle: bool  # what had not begun was not sent
    open_end: bool  # the last cell of such a row is of the running period


def cohorts(insight: Insight, question: Question, context: Context) -> tuple[Cohort, ...]:
    """Read the cohorts, without the periods that had not begun when they were counted."""
    items = decode(insight.result, list[RetentionItem])
    clock = _clock(items, insight, question, context)
    own_zone = insight.timezone or context.timezone
    by_previous = question.filter.get("retentionReference") == "previous"
    return tuple(_cohort(item, clock, own_zone, by_previous=by_previous) for item in items)


def column_titles(rows: Sequence[Cohort], question: Question) -> tuple[str, ...]:
    """Name the columns: as sent, else "Day 0", "Day 1" and so on.

    They count from `cohortLabelStartIndex`, which changes no figure (reference 6.3).
    """
    longest = max((len(row.cells) for row in rows), default=0)
    period = _period(question)
    sent = max((row.titles for row in rows), key=len, default=())
    named = (*sent, *([""] * longest))[:longest]
    titles = [title or f"{period} {index}" for index, title in enumerate(named)]
    start = as_int(question.filter.get("cohortLabelStartIndex"), 0) or 0
    return tuple(_counted_from(title, start) for title in titles)


def _counted_from(title: str, start: int) -> str:
    words, _, digits = title.rpartition(" ")
    is_plain = start and words and digits.isascii() and digits.isdigit() and len(digits) < 6
    return f"{words} {int(digits) + start}" if is_plain else title


def with_means(rows: Sequence[Cohort], question: Question) -> tuple[Cohort, ...]:
    """Put groups together, each below its mean when the insight asks for means.

    Cells that are still being counted would pull it down: they are left out where others are.
    """
    how = _mean_kind(question)
    groups: dict[str, list[Cohort]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    means = {group: [_mean(members, how)] for group, members in groups.items() if how}
    return tuple(row for group in groups for row in (*means.get(group, []), *groups[group]))


def _mean(rows: Sequence[Cohort], how: str) -> Cohort:
    longest = max(len(row.cells) for row in rows)
    cells = tuple(_mean_cell(rows, place, how) for place in range(longest))
    label = "Weighted mean" if how == "weighted" else "Mean"
    return Cohort(
        label=f"{rows[0].group}, {label.lower()}" if rows[0].group else label,
        group=rows[0].group,
        size=None,
        cells=cells,
        is_mean=True,
    )


def _mean_kind(question: Question) -> str:
    how = question.filter.get("meanRetentionCalculation")
    if how is None:
        how = question.filter.get("showMean")
    if how is True:
        return "simple"
    return how if how in ("simple", "weighted") else ""


def _mean_cell(rows: Sequence[Cohort], place: int, how: str) -> Cell:
    having = [row for row in rows if place < len(row.cells)]
    finished = [row for row in having if not row.cells[place].in_progress]
    used = finished or having
    count = total(row.cells[place].count for row in used)
    if how == "weighted":
        rate = ratio(count, total(row.size for row in used))
    else:
        rate = ratio(total(row.cells[place].rate for row in used), len(used))
    of_nobody = all(row.cells[place].of_nobody for row in used)
    return Cell(count=count, rate=rate, in_progress=not finished, of_nobody=of_nobody)


def _cohort(item: RetentionItem, clock: _Clock, own_zone: str, *, by_previous: bool) -> Cohort:
    counts = [counted(_count(value)) for value in item.values]
    begun = _wall_clock(item.date, own_zone)
    cells = []
    for place, count in enumerate(counts):
        if not _has_begun(begun, place, clock):
            break
        base = counts[place - 1] if by_previous and place else counts[0]
        going = _in_progress(begun, place, clock, last=place == len(counts) - 1)
        rate = ratio(count, base)
        cells.append(Cell(count=count, rate=rate, in_progress=going, of_nobody=not base))
    date = as_str(item.label) if begun is None else cohort_text(begun, clock.period)
    group = "" if item.breakdown_value is None else breakdown_name(item.breakdown_value)
    return Cohort(
        label=f"{group}, {date}" if group else date,
        group=group,
        size=counts[0] if counts else 0,
        cells=tuple(cells),
        titles=tuple(as_text(value.label) or "" for value in item.values),
    )


def _count(value: RetentionValue) -> int | float | None:
    return value.count if value.aggregation_value is None else value.aggregation_value


def _has_begun(begun: datetime | None, place: int, clock: _Clock) -> bool:
    if begun is None or clock.triangle or place == 0:
        return True
    return _later(begun, clock.period, clock.starts[place]) <= clock.moment


def _in_progress(begun: datetime | None, place: int, clock: _Clock, *, last: bool) -> bool:
    if clock.open_end:
        return last
    return begun is not None and _later(begun, clock.period, clock.ends[place]) > clock.moment


def _clock(
    items: list[RetentionItem], insight: Insight, question: Question, context: Context
) -> _Clock:
    asked = insight.last_refresh or context.now
    local = min(asked, context.now).astimezone(zone(insight.timezone or context.timezone))
    widths = _widths(question, max((len(item.values) for item in items), default=0))
    starts = [sum(widths[:place]) for place in range(len(widths))]
    triangle = _is_triangle(items)
    unknown_age = insight.last_refresh is None and question.date_to is None
    return _Clock(
        moment=local.replace(tzinfo=None),
        period=_period(question),
        starts=tuple(starts),
        ends=tuple(start + width for start, width in zip(starts, widths, strict=True)),
        triangle=triangle,
        open_end=triangle and unknown_age,
    )


def _is_triangle(items: list[RetentionItem]) -> bool:
    """Tell PostHog's older answers: each cohort has one period fewer than the one before."""
    lengths = [len(item.values) for item in items]
    return len(lengths) > 1 and lengths == list(range(len(lengths), 0, -1))


def _widths(question: Question, columns: int) -> list[int]:
    """Give the width of each column in periods; custom brackets follow the first column."""
    brackets = as_list(question.filter.get("retentionCustomBrackets"))
    sent = [min(max(as_int(width) or 1, 1), LONGEST_BRACKET) for width in brackets]
    widths = [1, *sent] if sent else []
    return [*widths, *([1] * columns)][: max(columns, 1)]


def _period(question: Question) -> str:
    return (as_text(question.filter.get("period")) or "Day").capitalize()


def _wall_clock(date: object, own_zone: str) -> datetime | None:
    """Read a cohort's start as the project's clocks showed it.

    Midnight "Z" is what PostHog writes for a day of any project; other times are moments.
    """
    start = parse_iso(date)
    if start is None:
        return None
    is_midnight = (start.hour, start.minute) == (0, 0)
    if start.utcoffset() == timedelta(0) and not is_midnight:
        start = start.astimezone(zone(own_zone))
    return start.replace(tzinfo=None)


def _later(start: datetime, period: str, count: int) -> datetime:
    try:
        if period in STEPS:
            return start + STEPS[period] * count
        year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
        after = start.replace(year=year + (month == 11), month=(month + 1) % 12 + 1, day=1)
        last = (after - timedelta(days=1)).day
        return start.replace(year=year, month=month + 1, day=min(start.day, last))
    except (OverflowError, ValueError):
        return LATEST
