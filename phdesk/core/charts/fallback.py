"""Show results of kinds that are not drawn: as a table when rows came, else by name."""

from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.spec import NoticeBody
from phdesk.core.names import kind_label
from phdesk.core.question import Question
from phdesk.models.insight import Insight


def view(insight: Insight, question: Question, context: Context) -> Drawn:  # noqa: ARG001
    """Name the kind that is not drawn."""
    headline = f"“{kind_label(question)}” insights are not drawn by phdesk yet."
    return Drawn(
        body=NoticeBody(state="unsupported", headline=headline, detail=question.kind),
        summary=headline,
    )
