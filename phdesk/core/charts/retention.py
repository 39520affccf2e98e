"""Draw retention: a matrix of cohorts, or their curves (reference 6.3)."""

import math
from collections.abc import Iterator, Mapping
from typing import Literal

from phdesk.core.charts.adding import PERCENTAGES
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.goals import goal_lines
from phdesk.core.charts.overlays import overlays
from phdesk.core.charts.rates import ratio, total, within
from phdesk.core.charts.retention_matrix import Cell, Cohort, cohorts, column_titles, with_means
from phdesk.core.charts.spec import (
    Body,
    Column,
    NoticeBody,
    PairBody,
    RetentionBody,
    RetentionCell,
    RetentionRow,
    Table,
    Value,
    XYBody,
    XYSeries,
)
from phdesk.core.formatting import Format, number, percent
from phdesk.core.jsonvalue import as_bool, as_dict, as_int
from phdesk.core.palette import preset
from phdesk.core.question import Question
from phdesk.models.insight import Insight

NOBODY = "Nobody began in this period, so nobody could return."
PERCENT = Format(style="percentage")


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw the cohorts as a matrix, as curves when only the graph is asked for."""
    rows = cohorts(insight, question, context)
    titles = column_titles(rows, question)
    if not any(row.cells for row in rows):
        notice = NoticeBody(state="empty", headline=NOBODY)
        return Drawn(body=notice, summary=NOBODY)
    everything = with_means(rows, question)
    return Drawn(
        body=_body(everything, titles, question),
        summary=_summary(rows, titles),
        table=_table(everything, titles),
    )


def _body(rows: tuple[Cohort, ...], titles: tuple[str, ...], question: Question) -> Body:
    own = as_dict(as_dict(question.outer.get("vizSpecificOptions")).get("RETENTION"))
    sized = not as_bool(own.get("hideSizeColumn"))
    matrix = RetentionBody(columns=titles, rows=tuple(_rows(rows)), sized=sized)
    match question.filter.get("dashboardDisplay"):
        case "graph_only":
            return _graph(rows, titles, question)
        case "all":
            return PairBody(chart=_graph(rows, titles, question), matrix=matrix)
        case _:
            return matrix


def _rows(rows: tuple[Cohort, ...]) -> Iterator[RetentionRow]:
    """Give each breakdown value a heading of its own, so that its cohorts are named by dates."""
    group = ""
    for cohort in rows:
        if cohort.group and cohort.group != group:
            yield RetentionRow(label=cohort.group, size_text="", cells=(), heading=True)
        group = cohort.group
        yield _row(cohort)


def _row(cohort: Cohort) -> RetentionRow:
    return RetentionRow(
        label=_own_label(cohort),
        size_text=_size_text(cohort),
        cells=tuple(
            RetentionCell(_text(cell), within(cell.rate), cell.in_progress) for cell in cohort.cells
        ),
        mean=cohort.is_mean,
    )


def _size_text(cohort: Cohort) -> str:
    """Write a size as PostHog's matrix does: whole ones without grouping."""
    if cohort.size is None:
        return ""
    whole = math.isfinite(cohort.size) and float(cohort.size).is_integer()
    return str(int(cohort.size)) if whole else number(cohort.size)


def _text(cell: Cell) -> str:
    return percent(cell.rate, 1, fixed=True)


def _graph(rows: tuple[Cohort, ...], titles: tuple[str, ...], question: Question) -> XYBody:
    """Draw a curve a cohort; with a mean, PostHog's graph shows the mean alone.

    With `selectedInterval`, that period of all cohorts in the order of their beginning.
    """
    chosen = as_int(question.filter.get("selectedInterval"))
    if chosen is not None and 0 <= chosen < len(titles):
        labels, series = _across(rows, chosen, titles[chosen], question)
    else:
        labels, series = titles, _curves(rows, len(titles), question)
    return XYBody(
        x_labels=labels,
        x_titles=labels,
        series=series,
        overlays=overlays(series, question.filter),
        goal_lines=goal_lines(question.filter.get("goalLines"), PERCENT, series),
        format=PERCENT,
        legend=len(series) > 1,
    )


def _curves(rows: tuple[Cohort, ...], length: int, question: Question) -> tuple[XYSeries, ...]:
    means = tuple(row for row in rows if row.is_mean)
    return tuple(
        XYSeries(
            label=row.label,
            color="retention-mean" if row.is_mean else preset(index),
            values=_curve(row, length),
            mark=_mark(question),
            dashed_from=_first_open(row),
            no_sum=PERCENTAGES,
        )
        for index, row in enumerate(means or rows)
    )


def _across(
    rows: tuple[Cohort, ...], period: int, title: str, question: Question
) -> tuple[tuple[str, ...], tuple[XYSeries, ...]]:
    """Draw one period of all cohorts, a line a breakdown value."""
    groups: dict[str, dict[str, Cohort]] = {}
    for row in rows:
        if not row.is_mean:
            groups.setdefault(row.group, {})[_own_label(row)] = row
    labels = tuple(dict.fromkeys(label for members in groups.values() for label in members))
    series = tuple(
        XYSeries(
            label=group or title,
            color=preset(index),
            values=tuple(_rate(members.get(label), period) for label in labels),
            mark=_mark(question),
            dashed_from=_open_from(members, labels, period),
            no_sum=PERCENTAGES,
        )
        for index, (group, members) in enumerate(groups.items())
    )
    return labels, series


def _rate(row: Cohort | None, period: int) -> float | None:
    return row.cells[period].rate * 100 if row and period < len(row.cells) else None


def _open_from(members: Mapping[str, Cohort], labels: tuple[str, ...], period: int) -> int | None:
    """Find the first cohort whose period is still being counted."""
    for index, label in enumerate(labels):
        row = members.get(label)
        if row and period < len(row.cells) and row.cells[period].in_progress:
            return index
    return None


def _mark(question: Question) -> Literal["bar", "line"]:
    return "bar" if question.display == "ActionsBar" else "line"


def _own_label(cohort: Cohort) -> str:
    """Name a cohort by its date alone, where its breakdown value is said elsewhere."""
    label = cohort.label.removeprefix(f"{cohort.group}, ") if cohort.group else cohort.label
    return label[:1].upper() + label[1:]


def _curve(row: Cohort, length: int) -> tuple[float | None, ...]:
    return (*(cell.rate * 100 for cell in row.cells), *([None] * (length - len(row.cells))))


def _first_open(row: Cohort) -> int | None:
    return next((index for index, cell in enumerate(row.cells) if cell.in_progress), None)


def _table(rows: tuple[Cohort, ...], titles: tuple[str, ...]) -> Table:
    columns = (
        Column("Cohort"),
        Column("Size", numeric=True),
        *(Column(title, numeric=True) for title in titles),
    )
    values: list[tuple[Value, ...]] = [
        (row.label, row.size, *_curve(row, len(titles))) for row in rows
    ]
    texts = [
        (
            row.label,
            _size_text(row),
            *(_text(cell) for cell in row.cells),
            *([""] * (len(titles) - len(row.cells))),
        )
        for row in rows
    ]
    return Table(columns, tuple(values), tuple(texts))


def _summary(rows: tuple[Cohort, ...], titles: tuple[str, ...]) -> str:
    """Say how many cohorts there are, and how many of them came back one period later."""
    several = "s" if len(rows) > 1 else ""
    begun = f"{len(rows)} cohort{several}"
    pairs = [
        (row.cells[0].count, row.cells[1].count)
        for row in rows
        if len(row.cells) > 1 and not row.cells[1].in_progress
    ]
    size = total(pair[0] for pair in pairs)
    if not size:
        return f"{begun}, {titles[0]} to {titles[-1]}."
    came = percent(ratio(total(pair[1] for pair in pairs), size), 1, fixed=True)
    return (
        f"{begun}, {titles[0]} to {titles[-1]}; {came} of {number(size)} came back in {titles[1]}."
    )
