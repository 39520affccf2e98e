"""Add to a chart what is known from around it: annotations, alerts, colours."""

from msgspec import structs

from phdesk.core.charts.alerting import alert_lines
from phdesk.core.charts.annotations import belonging, placed, spoken
from phdesk.core.charts.colors import recoloured, theme_colors
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.series import axis_format
from phdesk.core.charts.spec import XYBody
from phdesk.core.jsonvalue import as_bool
from phdesk.core.question import Question
from phdesk.models.alert import Alert
from phdesk.models.insight import Insight


def surrounded(drawn: Drawn, insight: Insight, question: Question, context: Context) -> Drawn:
    """Add marks on the time axis, the lines of alerts and the colours of the theme."""
    body, summary = drawn.body, drawn.summary
    if isinstance(body, XYBody):
        body = _with_alert_lines(body, insight.alerts or (), question, context)
        body = _with_marks(body, insight, question, context)
        said = spoken(body.marks, body.x_titles)
        summary = f"{summary} {said}" if said else summary
    body = recoloured(body, theme_colors(question, context))
    if body is drawn.body:
        return drawn
    return Drawn(body=body, summary=summary, table=drawn.table)


def _with_marks(body: XYBody, insight: Insight, question: Question, context: Context) -> XYBody:
    if question.filter.get("showAnnotations") is False or not body.x_starts:
        return body
    mine = belonging(context.annotations, insight, context.dashboard_id)
    timezone = insight.timezone or context.timezone
    marks = placed(mine, body.x_starts, question.interval, timezone) if mine else ()
    return structs.replace(body, marks=marks) if marks else body


def _with_alert_lines(
    body: XYBody, alerts: tuple[Alert, ...], question: Question, context: Context
) -> XYBody:
    """Draw bounds where the left axis shows what the alert watches: not shares of a pile."""
    if question.kind != "TrendsQuery" or body.percent or _is_on_right(body):
        return body
    every = as_bool(question.filter.get("showAlertThresholdLines"))
    lines = alert_lines(alerts, axis_format(question.filter, context), every=every)
    return structs.replace(body, goal_lines=(*body.goal_lines, *lines)) if lines else body


def _is_on_right(body: XYBody) -> bool:
    return any(one.right_axis for one in body.series)
