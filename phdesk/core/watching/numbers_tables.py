"""Read the numbers of SQL answers and of web analytics' overview (reference 6.7, 6.8).

A column with dates beside it is a series, unless the table is of things with a name each; else its
cells are watched, by the row's name, or as the first and the last of all. SQL says of no bucket
that it is complete: its interval is taken to be the smallest distance of two dates, so that today
is not over here either.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from phdesk.core.charts.context import Context
from phdesk.core.charts.series import counted_at
from phdesk.core.charts.spec import Body
from phdesk.core.charts.sql import TABLES, with_settings
from phdesk.core.charts.tables import Field, cell_text, read_fields, read_rows
from phdesk.core.dates import in_zone, incomplete_from, parse_iso, zone
from phdesk.core.formatting import Format
from phdesk.core.jsonvalue import as_dict, as_list, as_number, as_str, parse
from phdesk.core.question import Question
from phdesk.core.watching.figures import Figure, buckets
from phdesk.models.insight import Insight
from phdesk.models.watch import Address

Row = list[Any]
MOST_ROWS = 200  # named rows that are offered; a longer table has its first and last
FIRST, LAST = "first row", "last row"
INTERVALS = (
    ("second", timedelta(minutes=1)),
    ("minute", timedelta(hours=1)),
    ("hour", timedelta(days=1)),
    ("day", timedelta(days=7)),
    ("week", timedelta(days=27)),
    ("month", timedelta(days=89)),
    ("quarter", timedelta(days=364)),
)  # and the least distance that is too much for it
STYLES = {"percentage": "percentage", "currency": "currency", "duration_s": "duration"}


def sql(insight: Insight, question: Question, context: Context, body: Body) -> Iterator[Figure]:
    """Read each column of numbers."""
    del body  # whatever is drawn of the rows, all of them are listed
    names, rows = read_rows(parse(insight.result), parse(insight.columns))
    as_sent = question.outer.get("kind") != "DataTableNode"
    fields = read_fields(names, parse(insight.types), rows, as_sent=as_sent)
    shown = with_settings(fields, question.outer)
    columns = [field for field in shown if field.sort == "number"]
    dated = next((field for field in shown if field.sort in ("date", "time")), None)
    texts = [field for field in shown if field.sort in ("text", "bool")]
    if dated is not None and len(rows) > 1 and not _names_rows(texts, rows, question):
        found = list(_series(insight, rows, dated, texts, columns, context))
        if found:
            yield from found
            return
    where = zone(insight.timezone or context.timezone)
    titles = [[cell_text(row[field.index], field, where) for row in rows] for field in texts[:1]]
    for field in columns:
        yield from _cells(field, rows, titles[0] if titles else [])


def overview(
    insight: Insight, question: Question, context: Context, body: Body
) -> Iterator[Figure]:
    """Read each metric of the overview of web analytics."""
    del question, body
    for item in map(as_dict, as_list(parse(insight.result))):
        key = as_str(item.get("key"))
        words = key.replace("_", " ")
        words = words[:1].upper() + words[1:]
        style = STYLES.get(as_str(item.get("kind")), "numeric")
        if key:
            yield Figure(
                address=Address(measure="total", of=key),
                name=words,
                label=words,
                format=Format(style=style, currency=context.currency),
                value=as_number(item.get("value")),
                before=as_number(item.get("previous")),
            )


def _names_rows(texts: Sequence[Field], rows: Sequence[Row], question: Question) -> bool:
    """Tell a table of things that have a name each, and perhaps a date, from a series."""
    if question.display not in TABLES or not texts:
        return False
    return len({as_str(row[texts[0].index]) for row in rows}) > len(rows) / 2


def _series(
    insight: Insight,
    rows: Sequence[Row],
    dated: Field,
    texts: Sequence[Field],
    columns: Sequence[Field],
    context: Context,
) -> Iterator[Figure]:
    """Make a series of each column; of each value of the text beside it where dates come again."""
    timezone = insight.timezone or context.timezone
    split = texts[0] if texts and _repeats(rows, dated) else None
    piles: dict[str, list[Row]] = {}
    for row in rows:
        name = "" if split is None else cell_text(row[split.index], split, zone(timezone))
        if parse_iso(row[dated.index]) is not None:
            piles.setdefault(name, []).append(row)
    if any(_repeats(pile, dated) for pile in piles.values()):
        return
    interval = _interval([row for pile in piles.values() for row in pile], dated, timezone)
    for name, pile in piles.items():
        pile.sort(key=lambda row: _moment(row[dated.index], timezone))
        starts = [as_str(row[dated.index]) for row in pile]
        open_from = incomplete_from(starts, interval, counted_at(insight, context), timezone)
        for field in columns:
            title = f"{field.title}, {name}" if name else field.title
            yield Figure(
                address=Address(measure="column", of=field.key, part=name),
                name=title,
                label=f"{title} per {interval}",
                format=field.how or Format(),
                buckets=buckets(
                    starts, [as_number(row[field.index]) for row in pile], open_from, timezone
                ),
                interval=interval,
            )


def _cells(field: Field, rows: Sequence[Row], titles: Sequence[str]) -> Iterator[Figure]:
    how = field.how or Format()
    ends = [(FIRST, rows[0])] if len(rows) == 1 else [(FIRST, rows[0]), (LAST, rows[-1])]
    for words, row in ends if rows else ():
        yield Figure(
            address=Address(measure="cell", of=field.key, at=words),
            name=field.title if len(rows) == 1 else f"{field.title}, {words}",
            label=field.title if len(rows) == 1 else f"{field.title}, {words}",
            format=how,
            value=as_number(row[field.index]),
        )
    if len(rows) > MOST_ROWS or len(set(titles)) != len(rows):
        return
    for title, row in zip(titles, rows, strict=True):
        yield Figure(
            address=Address(measure="cell", of=field.key, part=title),
            name=f"{field.title}, {title}",
            label=f"{field.title}, {title}",
            format=how,
            value=as_number(row[field.index]),
        )


def _repeats(rows: Sequence[Row], dated: Field) -> bool:
    return len({as_str(row[dated.index]) for row in rows}) < len(rows)


def _interval(rows: Sequence[Row], dated: Field, timezone: str) -> str:
    moments = sorted({_moment(row[dated.index], timezone) for row in rows})
    least = min((b - a for a, b in pairwise(moments)), default=timedelta(days=1))
    return next((name for name, limit in INTERVALS if least < limit), "year")


def _moment(text: object, timezone: str) -> datetime:
    """Read a date on the project's clocks; all that come here can be read."""
    parsed = parse_iso(text)
    return datetime.min if parsed is None else in_zone(parsed, zone(timezone)).replace(tzinfo=None)
