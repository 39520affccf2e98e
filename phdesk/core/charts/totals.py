"""Draw trends that are one total a series: pies, value bars, tables (reference 6.1.1)."""

from collections.abc import Sequence

from phdesk.core.charts.adding import no_sum_of
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.results import SeriesItem
from phdesk.core.charts.series import PREVIOUS, Line, axis_format, read_lines, visible
from phdesk.core.charts.spec import (
    BarsBody,
    Body,
    Column,
    PieBody,
    ProportionBody,
    Share,
    Table,
    TableBody,
    Value,
)
from phdesk.core.formatting import Format, number, percent
from phdesk.core.jsonvalue import as_bool
from phdesk.core.names import breakdown_keys, property_name
from phdesk.core.question import Question

WORDS = {
    "ActionsPie": "pie chart",
    "ActionsDonut": "donut chart",
    "ActionsProportionBar": "proportion bar",
    "ActionsBarValue": "value bars",
    "ActionsTable": "table",
}


def view(items: Sequence[SeriesItem], question: Question, context: Context) -> Drawn:
    """Draw totals, largest first."""
    lines = read_lines(items, question, context, ranked=True)
    how = axis_format(question.filter, context)
    return Drawn(
        body=_body(lines, question, how),
        summary=_sentence(lines, question, how),
        table=totals_table(lines, question, how),
    )


def totals_table(lines: Sequence[Line], question: Question, how: Format) -> Table:
    """List each series with its total."""
    names = breakdown_titles(lines, breakdown_keys(question))
    rows: list[tuple[Value, ...]] = []
    texts: list[tuple[str, ...]] = []
    for line in lines:
        words = row_names(line, len(names))
        rows.append((*words, line.total))
        texts.append((*words, number(line.total, how)))
    columns = (
        Column("Series"),
        *map(Column, names),
        Column(sum_title(lines, question), numeric=True),
    )
    return Table(columns=columns, rows=tuple(rows), texts=tuple(texts))


def sum_title(lines: Sequence[Line], question: Question) -> str:
    """Head the column of totals as PostHog does, unless a total of unique users is no sum."""
    return "Total" if any(no_sum_of(line, question) for line in lines) else "Total sum"


def breakdown_titles(lines: Sequence[Line], keys: Sequence[str]) -> tuple[str, ...]:
    """Title the columns of breakdown values by their properties."""
    width = max((len(line.breakdowns) for line in lines), default=0)
    named = [property_name(key) or "Breakdown" for key in keys]
    if width and len(named) != width:
        named = ["::".join(named) or "Breakdown"] if width == 1 else ["Breakdown"] * width
    return tuple(named) if width else ()


def row_names(line: Line, width: int) -> tuple[str, ...]:
    """Give the words at the head of a series' row."""
    name = f"{line.name}{PREVIOUS}" if line.previous else line.name
    blanks = ("",) * (width - len(line.breakdowns))
    return (name, *line.breakdowns, *blanks)


def _body(lines: Sequence[Line], question: Question, how: Format) -> Body:
    own = question.filter
    match question.display:
        case "ActionsPie" | "ActionsDonut":
            return PieBody(
                shares=shares(lines, how, of_total=True),
                total_text=number(_whole(lines, previous=False), how),
                donut=question.display == "ActionsDonut",
                labels_on_slices=as_bool(own.get("showLabelsOnSeries")),
                format=how,
            )
        case "ActionsProportionBar":
            whole = number(_whole(lines, previous=False), how)
            return ProportionBody(shares(lines, how, of_total=True), whole, how)
        case "ActionsBarValue":
            bars = shares(lines, how, of_total=False)
            stacked = as_bool(own.get("stackBreakdownValues"))
            return BarsBody(_piled(lines, bars, question, how) if stacked else bars)
        case _:
            return TableBody()


def shares(lines: Sequence[Line], how: Format, *, of_total: bool) -> tuple[Share, ...]:
    """Give each series its value and, `of_total`, its share of the visible ones of its period."""
    wholes = {previous: _whole(lines, previous=previous) for previous in (False, True)}
    return tuple(
        Share(
            label=line.label,
            color=line.color,
            value=None if line.total is None else float(line.total),
            text=number(line.total, how),
            share_text=share_text(line, wholes[line.previous]) if of_total else "",
            hidden=line.hidden,
            previous=line.previous,
        )
        for line in lines
    )


def _piled(
    lines: Sequence[Line], bars: Sequence[Share], question: Question, how: Format
) -> tuple[Share, ...]:
    """Make one bar of the breakdown values of a series (6.1.6 `stackBreakdownValues`).

    Its whole is written only where values add up: a unique user may be in several of them.
    """
    piles: dict[tuple[int, str, bool], list[int]] = {}
    for index, line in enumerate(lines):
        if line.breakdowns and not line.hidden:
            piles.setdefault((line.order, line.name, line.previous), []).append(index)
    made = [_pile([lines[i] for i in pile], [bars[i] for i in pile], question, how)
            for pile in piles.values()]  # fmt: skip
    alone = [bar for bar, line in zip(bars, lines, strict=True) if not line.breakdowns]
    return tuple(sorted((*made, *alone), key=lambda bar: -(bar.value or 0.0)))


def _pile(lines: list[Line], parts: list[Share], question: Question, how: Format) -> Share:
    first = lines[0]
    whole = sum(line.total or 0 for line in lines)
    no_sum = any(no_sum_of(line, question) for line in lines)
    return Share(
        label=f"{first.name}{PREVIOUS}" if first.previous else first.name,
        color=first.color,
        value=float(whole),
        text="" if no_sum else number(whole, how),
        previous=first.previous,
        parts=tuple(parts),
    )


def share_text(line: Line, whole: float) -> str:
    """Write a series' share of the whole, nothing where there is no whole."""
    if line.total is None or whole <= 0 or line.hidden or line.total < 0:
        return ""
    return percent(line.total / whole, 1)


def _whole(lines: Sequence[Line], *, previous: bool) -> float:
    return sum(line.total or 0 for line in visible(lines) if line.previous is previous)


def _sentence(lines: Sequence[Line], question: Question, how: Format) -> str:
    shown = [line for line in visible(lines) if not line.previous]
    words = WORDS.get(question.display, "table")
    if not shown:
        return f"{words}, all series hidden."
    top = max(shown, key=lambda line: line.total or 0)
    parts = [words, f"{len(shown)} series", f"largest {top.label} with {number(top.total, how)}"]
    if question.display in {"ActionsPie", "ActionsDonut", "ActionsProportionBar"}:
        whole = _whole(lines, previous=False)
        share = share_text(top, whole)
        parts[-1] += f" ({share})" if share else ""
        parts.append(f"total {number(whole, how)}")
    return f"{', '.join(parts)}."
