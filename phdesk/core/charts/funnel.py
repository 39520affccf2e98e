"""Draw funnels: as steps, as times to convert or as conversion over time (reference 6.2)."""

from typing import Any

from phdesk.core.charts import funnel_steps, funnel_time, funnel_trends
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.results import decode
from phdesk.core.charts.spec import IN_POSTHOG, Column, NoticeBody, Table
from phdesk.core.jsonvalue import as_str, written
from phdesk.core.question import Question
from phdesk.models.insight import Insight


def view(insight: Insight, question: Question, context: Context) -> Drawn:
    """Draw a funnel the way its `funnelVizType` asks; a way that is not known is listed."""
    match question.display:
        case "steps" | "":
            return funnel_steps.view(insight, question, context)
        case "time_to_convert":
            return funnel_time.view(insight, question, context)
        case "trends":
            return funnel_trends.view(insight, question, context)
        case _:
            return _listed(insight, question)


def _listed(insight: Insight, question: Question) -> Drawn:
    """List what arrived: the shape of flows is not known (reference 6.2.7)."""
    arrived = decode(insight.result, Any)
    items = arrived if isinstance(arrived, list) else [arrived]
    headline = f"Funnels drawn as “{question.display}” are not drawn by phdesk yet."
    return Drawn(
        body=NoticeBody(
            state="unsupported",
            headline=headline,
            detail="Its rows are listed.",
            link=IN_POSTHOG if insight.short_id else "",
        ),
        summary=headline,
        table=_table(items),
    )


def _table(items: list[Any]) -> Table:
    keys = list(dict.fromkeys(key for item in items if isinstance(item, dict) for key in item))
    if not keys:
        rows = [(_cell(item),) for item in items]
        return Table((Column("Value"),), tuple(rows), tuple(rows))
    rows_of = [item if isinstance(item, dict) else {keys[0]: item} for item in items]
    texts = tuple(tuple(_cell(row.get(key)) for key in keys) for row in rows_of)
    return Table(tuple(Column(as_str(key)) for key in keys), texts, texts)


def _cell(value: object) -> str:
    return value if isinstance(value, str) else written(value)
