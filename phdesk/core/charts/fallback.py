"""Show results of kinds that are not drawn: as a table when rows came, else by name."""

import re
from typing import Any

from msgspec import structs

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.spec import IN_POSTHOG, NoticeBody, Table
from phdesk.core.charts.tables import read_fields, read_rows, table_of
from phdesk.core.dates import zone
from phdesk.core.jsonvalue import as_str, parse
from phdesk.core.names import kind_label
from phdesk.core.question import Question
from phdesk.models.insight import Insight

DIVIDED = "context.columns.breakdown_value"
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Show the rows of an unknown kind and say its name, or say its name alone."""
    label = kind_label(question)
    result = parse(insight.result)
    if not isinstance(result, list | dict) or not result:
        headline = f"“{label}” is a kind of insight that phdesk does not draw yet."
        return Drawn(
            body=_notice(insight, question, headline),
            summary=headline,
        )
    pairs = question.kind.startswith("Web")
    names, rows = read_rows(result, parse(insight.columns))
    rows = [[_first(cell) for cell in row] for row in rows] if pairs else rows
    fields = read_fields(names, parse(insight.types) if not pairs else None, rows)
    by = _divided_by(question)
    fields = tuple(structs.replace(f, title=by) if by and f.key == DIVIDED else f for f in fields)
    where = zone(insight.timezone or context.timezone)
    table = table_of(fields, rows, where, more_note(insight, len(rows)))
    headline = f"“{label}” is not drawn yet; these are its rows."
    notice = _notice(insight, question, headline)
    return Drawn(body=notice, summary=f"{label}, {row_count(len(rows))} as a table.", table=table)


def _notice(insight: Insight, question: Question, headline: str) -> NoticeBody:
    link = IN_POSTHOG if insight.short_id else ""
    return NoticeBody(state="unsupported", headline=headline, detail=question.kind, link=link)


def _divided_by(question: Question) -> str:
    """Name what the rows of a table of web analytics are, such as "Initial page"."""
    by = as_str(question.source.get("breakdownBy"))
    words = _HUMPS.sub(" ", by).lower()
    return f"{words[:1].upper()}{words[1:]}"


def rows_table(result: object, columns: object) -> Table:
    """Make a table of what came, whatever it is."""
    names, rows = read_rows(result, columns)
    return table_of(read_fields(names, None, rows), rows, zone(None))


def row_count(count: int) -> str:
    """Say how many rows."""
    return "1 row" if count == 1 else f"{count:,} rows"


def more_note(insight: Insight, count: int) -> str:
    """Tell that there are more rows than were sent."""
    return f"First {row_count(count)}; PostHog has more." if insight.has_more else ""


def _first(cell: Any) -> Any:
    """Take the current value of a pair of current and previous."""
    return cell[0] if isinstance(cell, list) and 1 <= len(cell) <= 2 else cell
