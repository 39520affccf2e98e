"""Draw retention: a matrix of cohorts, or their curves (reference 6.3)."""

from collections.abc import Iterator

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.goals import goal_lines
from phdesk.core.charts.overlays import overlays
from phdesk.core.charts.rates import ratio, total, within
from phdesk.core.charts.retention_matrix import Cell, Cohort, cohorts, column_titles, with_means
from phdesk.core.charts.spec import (
    Body,
    Column,
    NoticeBody,
    RetentionBody,
    RetentionCell,
    RetentionRow,
    Table,
    Value,
    XYBody,
    XYSeries,
)
from phdesk.core.formatting import Format, number, percent
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
    if question.filter.get("dashboardDisplay") == "graph_only":
        return _graph(rows, titles, question)
    return RetentionBody(columns=titles, rows=tuple(_rows(rows)))


def _rows(rows: tuple[Cohort, ...]) -> Iterator[RetentionRow]:
    """Give each breakdown value a heading of its own, so that its cohorts are named by dates."""
    group = ""
    for cohort in rows:
        if cohort.group and cohort.group != group:
            yield RetentionRow(label=cohort.group, size_text="", cells=(), heading=True)
        group = cohort.group
        yield _row(cohort)


def _row(cohort: Cohort) -> RetentionRow:
    label = cohort.label.removeprefix(f"{cohort.group}, ") if cohort.group else cohort.label
    return RetentionRow(
        label=label[:1].upper() + label[1:],
        size_text=_size_text(cohort),
        cells=tuple(
            RetentionCell(_text(cell), within(cell.rate), cell.in_progress) for cell in cohort.cells
        ),
        mean=cohort.is_mean,
    )


def _size_text(cohort: Cohort) -> str:
    return "" if cohort.size is None else number(cohort.size)


def _text(cell: Cell) -> str:
    return percent(cell.rate, 1, fixed=True)


def _graph(rows: tuple[Cohort, ...], titles: tuple[str, ...], question: Question) -> XYBody:
    """Draw a curve a cohort; with a mean, PostHog's graph shows the mean alone."""
    means = tuple(row for row in rows if row.is_mean)
    bars = question.display == "ActionsBar"
    series = tuple(
        XYSeries(
            label=row.label,
            color="retention-mean" if row.is_mean else preset(index),
            values=_curve(row, len(titles)),
            mark="bar" if bars else "line",
            dashed_from=_first_open(row),
        )
        for index, row in enumerate(means or rows)
    )
    return XYBody(
        x_labels=titles,
        x_titles=titles,
        series=series,
        overlays=overlays(series, question.filter),
        goal_lines=goal_lines(question.filter.get("goalLines"), PERCENT, series),
        format=PERCENT,
        legend=len(means or rows) > 1,
    )


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
