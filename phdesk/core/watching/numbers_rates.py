"""Read the numbers of funnels, retention and paths (reference 6.2, 6.3, 6.6)."""

from collections.abc import Iterator, Sequence

import msgspec

from phdesk.core.charts.context import Context
from phdesk.core.charts.funnel_groups import Group, actors_of
from phdesk.core.charts.funnel_rates import rates_of
from phdesk.core.charts.funnel_steps import groups_of
from phdesk.core.charts.results import RetentionItem, SeriesItem, decode
from phdesk.core.charts.retention_matrix import Cell, Cohort, cohorts, column_titles, with_means
from phdesk.core.charts.spec import Body, FunnelBody, Table, XYBody
from phdesk.core.charts.wishes import written_value
from phdesk.core.formatting import Format
from phdesk.core.jsonvalue import as_dict, as_number, as_str
from phdesk.core.question import Question
from phdesk.core.watching.figures import PERCENT, Bucket, Figure, buckets
from phdesk.core.watching.identity import filters_of, node_name
from phdesk.models.insight import Insight
from phdesk.models.watch import Address, Measure

IN_MATRIX = Format(style="percentage", decimals=1, min_decimals=1)  # as its cells are written


def funnel(insight: Insight, question: Question, context: Context, body: Body) -> Iterator[Figure]:
    """Read a funnel's steps, or its conversion over time."""
    if isinstance(body, FunnelBody):
        actors = actors_of(question, context)
        groups = groups_of(insight.result, question, context)
        before = {_part(group): group for group in groups if group.previous}
        for group in groups:
            if not group.previous:
                yield from _steps(group, before.get(_part(group)), question, actors)
    elif isinstance(body, XYBody) and body.x_starts:
        yield from _over_time(insight, question, context, body)


def retention(
    insight: Insight, question: Question, context: Context, body: Body
) -> Iterator[Figure]:
    """Read each period as a series over the cohorts, and the means where they are shown."""
    del body  # the matrix has the texts, its cohorts have the numbers
    items = decode(insight.result, list[RetentionItem])
    rows = cohorts(insight, question, context)
    titles = column_titles(rows, question)
    zone = insight.timezone or context.timezone
    starts = {id(row): as_str(item.date) for row, item in zip(rows, items, strict=True)}
    groups: dict[str, list[Cohort]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    for group, members in groups.items():
        for period in range(1, len(titles)):
            having = [row for row in members if period < len(row.cells)]
            made = buckets(
                [starts[id(row)] or row.label for row in having],
                [_rate(row.cells[period]) for row in having],
                None,
                zone,
            )
            yield Figure(
                address=_retained("retention", question, group, period),
                name=_of(f"Retention in {titles[period]}", group),
                label=_of(f"Retention in {titles[period]}, newest cohort", group),
                format=IN_MATRIX,
                buckets=tuple(
                    Bucket(one.start, one.at, one.value, not row.cells[period].in_progress)
                    for one, row in zip(made, having, strict=True)
                ),
                interval=(as_str(question.filter.get("period")) or "Day").lower(),
            )
    yield from _means(rows, titles, question)


def _means(
    rows: tuple[Cohort, ...], titles: tuple[str, ...], question: Question
) -> Iterator[Figure]:
    for row in with_means(rows, question):
        if not row.is_mean:
            continue
        for period, cell in enumerate(row.cells):
            if period:
                yield Figure(
                    address=_retained("mean retention", question, row.group, period),
                    name=_of(f"Mean retention in {titles[period]}", row.group),
                    label=_of(f"Mean retention in {titles[period]}", row.group),
                    format=IN_MATRIX,
                    value=_rate(cell),
                )


def _retained(measure: Measure, question: Question, group: str, period: int) -> Address:
    """Name a retention by those who began and by what they came back for."""
    began, back = (
        node_name(as_dict(question.filter.get(key))) for key in ("targetEntity", "returningEntity")
    )
    math = f"back for {back}" if back else ""
    return Address(measure=measure, of=began, math=math, part=group, at=str(period))


def _rate(cell: Cell) -> float | None:
    """Give a rate in percent; of nobody there is none, though it is drawn as 0."""
    return None if cell.of_nobody else cell.rate * 100


def paths(table: Table) -> Iterator[Figure]:
    """Read the paths as they are listed, whichever kind of paths it is."""
    titles = [column.title for column in table.columns]
    if titles[1:3] == ["Source", "Target"]:
        for step, source, target, value, *_ in table.rows:
            begin, end, place = as_str(source), as_str(target), as_str(step)
            words = f"{begin} → {end}"
            yield _path(Address(measure="path", of=begin, part=place, at=end), words, value)
    elif titles[:2] == ["Step", "Stop or path"]:
        for step, name, value in table.rows:
            words, place = as_str(name), as_str(step)
            yield _path(Address(measure="path", of=words, part=place), words, value)


def _path(address: Address, words: str, value: object) -> Figure:
    label = f"{words}, step {address.part}" if address.part else words
    return Figure(address=address, name=words, label=label, value=as_number(value))


def _steps(group: Group, before: Group | None, question: Question, actors: str) -> Iterator[Figure]:
    past = rates_of(before) if before else []
    part = _part(group)
    for place, rates in enumerate(rates_of(group)):
        name = group.names[place]
        was = past[place] if place < len(past) else None
        of, twin = _step(question, place, name)
        first, last = (_from(question, at, group.names) for at in (0, place - 1))
        yield Figure(
            address=Address(measure="count", of=of, part=part, twin=twin),
            name=_of(f"{name}, {actors}", group.label),
            label=_of(f"{actors[:1].upper()}{actors[1:]} at {name}", group.label),
            value=rates.count,
            before=None if was is None else was.count,
        )
        if not place:
            continue
        yield Figure(
            address=Address(measure="conversion", of=of, math=first, part=part, twin=twin),
            name=_of(f"Conversion to {name}", group.label),
            label=_of(f"Conversion to {name} from the first step", group.label),
            format=PERCENT,
            value=rates.so_far * 100 if group.counts[0] else None,  # of nobody there is no rate
            before=None if was is None else was.so_far * 100,
        )
        yield Figure(
            address=Address(measure="step conversion", of=of, math=last, part=part, twin=twin),
            name=_of(f"Conversion to {name} from the step before", group.label),
            label=_of(f"Conversion to {name} from the step before", group.label),
            format=PERCENT,
            value=rates.from_previous * 100 if rates.before else None,
            before=None if was is None else was.from_previous * 100,
        )


def _step(question: Question, place: int, name: str) -> tuple[str, str]:
    """Name a step by its event, and tell it by its filters from another of the same event."""
    node = question.series[place] if place < len(question.series) else {}
    return node_name(node) or name, filters_of(node)


def _from(question: Question, place: int, names: Sequence[str]) -> str:
    """Say from which step a rate is: with another one it is another number."""
    return f"from {_step(question, place, names[place])[0]}" if place >= 0 else ""


def _part(group: Group) -> str:
    is_whole = group.value is None or group.value is msgspec.UNSET
    return "" if is_whole else written_value(group.value)


def _over_time(
    insight: Insight, question: Question, context: Context, body: XYBody
) -> Iterator[Figure]:
    items = [item for item in decode(insight.result, list[SeriesItem]) if item.data]
    before = {
        _value(item): series.values
        for item, series in zip(items, body.series, strict=True)
        if series.previous
    }
    zone = insight.timezone or context.timezone
    steps = [node_name(one) for one in question.series]
    of, math = (steps[-1], f"from {steps[0]}") if steps else ("", "")
    for item, series in zip(items, body.series, strict=True):
        if series.previous:
            continue
        part = _value(item)
        yield Figure(
            address=Address(measure="conversion", of=of, math=math, part=part),
            name=series.label,
            label=f"{series.label} per {question.interval}",
            format=PERCENT,
            buckets=buckets(body.x_starts, series.values, series.dashed_from, zone),
            interval=question.interval,
            before_buckets=before.get(part, ()),
        )


def _value(item: SeriesItem) -> str:
    value = item.breakdown_value
    return "" if value is None or value is msgspec.UNSET else written_value(value)


def _of(words: str, group: str) -> str:
    return f"{words}, {group}" if group else words
