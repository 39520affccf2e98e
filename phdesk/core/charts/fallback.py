"""Show results of kinds that are not drawn: as a table when rows came, else by name."""

from typing import Any

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.spec import IN_POSTHOG, NoticeBody, Table
from phdesk.core.charts.tables import read_fields, read_rows, table_of
from phdesk.core.dates import zone
from phdesk.core.jsonvalue import parse
from phdesk.core.names import kind_label
from phdesk.core.question import Question
from phdesk.models.insight import Insight


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
    where = zone(insight.timezone or context.timezone)
    table = table_of(fields, rows, where, more_note(insight, len(rows)))
    headline = f"“{label}” is not drawn yet; these are its rows."
    notice = _notice(insight, question, headline)
    return Drawn(body=notice, summary=f"{label}, {row_count(len(rows))} as a table.", table=table)


def _notice(insight: Insight, question: Question, headline: str) -> NoticeBody:
    link = IN_POSTHOG if insight.short_id else ""
    return NoticeBody(state="unsupported", headline=headline, detail=question.kind, link=link)


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
