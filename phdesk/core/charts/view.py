"""Turn a tile into what is shown of it: the one door from models to draw-specs.

A kind's module is imported by name when its first tile is shown: a dashboard has a few kinds, and
all of them took a fifteenth of the start.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, cast

from msgspec import Struct, structs

from phdesk.core.answers import is_good, why_failed
from phdesk.core.charts.alerting import alert_note, alert_text
from phdesk.core.charts.around import surrounded
from phdesk.core.charts.context import Context, Drawn
from phdesk.core.charts.results import BadResultError
from phdesk.core.charts.series import axis_format
from phdesk.core.charts.spec import NoticeBody, TileView
from phdesk.core.charts.text import button_view, text_view, unknown_view, widget_view
from phdesk.core.dates import moment, parse_iso, range_label, resolved_label
from phdesk.core.jsonvalue import as_int, as_str, as_text
from phdesk.core.names import insight_title, kind_label
from phdesk.core.palette import accent as accent_of
from phdesk.core.pointing import SAVED, pointed_id
from phdesk.core.question import Question, read_question
from phdesk.models.dashboard import Tile
from phdesk.models.insight import Insight

Draw = Callable[[Insight, Question, Context], Drawn]
KINDS: Mapping[str, str] = {  # module and function
    "TrendsQuery": "trends.view",
    "FunnelsQuery": "funnel.view",
    "RetentionQuery": "retention.view",
    "StickinessQuery": "stickiness.view",
    "LifecycleQuery": "lifecycle.view",
    "PathsQuery": "paths.view",
    "PathsV2Query": "paths_v2.view",
    "CalendarHeatmapQuery": "heatmap.view",
    "HogQLQuery": "sql.view",
    "EventsQuery": "data_table.view",
    "EventsNode": "data_table.view",
    "ActorsQuery": "data_table.view",
    "PersonsNode": "data_table.view",
    "GroupsQuery": "data_table.view",
    "WebOverviewQuery": "data_table.overview",
}
TRENDS_OF_OTHER_SHAPE: Mapping[str, str] = {  # displays whose results are no series
    "CalendarHeatmap": "heatmap.view",
    "BoxPlot": "box_plot.view",
    "TwoDimensionalHeatmap": "special.view",
}
NOT_READ = "PostHog's answer for this tile could not be read."
WEEK_OF_DATES = frozenset(  # without dates these mean the last 7 days
    {"TrendsQuery", "FunnelsQuery", "StickinessQuery", "LifecycleQuery", "PathsQuery"}
)
ELSEWHERE = "This tile points to another insight. Open it in PostHog."
FILTERS_MARK = "{filters"


class _Stand(Struct, frozen=True, gc=False):
    """How a tile stands apart from its result: what to say instead of it, or beside it."""

    notice: NoticeBody | None = None
    warning: str = ""


def tile_view(tile: Tile, context: Context) -> TileView:
    """Show a tile; never raises, whatever came from the server."""
    view = _content(tile, context)
    if tile.show_description is False:
        view = structs.replace(view, description="")
    return structs.replace(view, accent=accent_of(tile.color))


def insight_view(
    insight: Insight, context: Context, *, accent: str | None = None, error: str | None = None
) -> TileView:
    """Show an insight; `error` is a failure known from around it, such as the tile's own."""
    question = read_question(insight)
    stand = _stand(insight, error, question.kind)
    drawn = _noticed(stand.notice) if stand.notice else _drawn(insight, question, context)
    title = insight_title(insight, question, context.groups)
    alert = alert_text(insight.alerts or (), axis_format(question.filter, context))
    note, errored = alert_note(insight.alerts or (), context.now)
    said = " ".join([drawn.summary, *(f"{one}." for one in (alert, note) if one)])
    words, dates = _range(insight, question, context)
    return TileView(
        title=title,
        kind=question.kind,
        kind_label=kind_label(question),
        display=question.display,
        summary=f"{title}: {said}",
        body=drawn.body,
        table=drawn.table,
        range_label=words,
        range_dates=dates,
        description=insight.description,
        computed_at=insight.last_refresh,
        warning=stand.warning,
        short_id=pointed_id(insight) or insight.short_id,  # the one that is shown
        accent=accent,
        alert=alert,
        alert_note=note,
        alert_errored=errored,
    )


def _content(tile: Tile, context: Context) -> TileView:
    if tile.insight is not None:
        return insight_view(tile.insight, context, error=tile.error)
    if tile.text is not None:
        return text_view(tile.text)
    if tile.button is not None:
        return button_view(tile.button)
    return widget_view(tile.widget) if tile.widget is not None else unknown_view()


def _stand(insight: Insight, error: str | None, kind: str) -> _Stand:
    """Find what stands in the way; a failure beside an older result only warns."""
    if insight.no_access:
        return _Stand(_notice("forbidden", "You have no access to this insight."))
    failure = error or why_failed(insight)
    has_result = is_good(insight)
    if failure is not None:
        if has_result:
            return _Stand(warning=f"Shown from before a failure: {' '.join(failure.split())}")
        return _Stand(_notice("error", "PostHog could not calculate this tile.", failure))
    if has_result:
        return _Stand()
    if kind == SAVED:  # its answer is another insight's, which only a server can give
        return _Stand(_notice("unsupported", ELSEWHERE))
    if insight.status is not None and not insight.status.complete:
        return _Stand(_notice("waiting", "PostHog is calculating this tile."))
    return _Stand(_notice("pending", "Not calculated yet. Refresh to ask PostHog."))


def _drawn(insight: Insight, question: Question, context: Context) -> Drawn:
    name = KINDS.get(question.kind, "fallback.view")
    if question.kind == "TrendsQuery":
        name = TRENDS_OF_OTHER_SHAPE.get(question.display, name)
    draw = _function(name)
    try:
        return surrounded(draw(insight, question, context), insight, question, context)
    except BadResultError as error:
        return _noticed(_notice("error", NOT_READ, str(error)))


@cache
def _function(name: str) -> Draw:
    module, _, function = name.partition(".")
    return cast("Draw", getattr(import_module(f"{__package__}.{module}"), function))


def _noticed(notice: NoticeBody) -> Drawn:
    return Drawn(body=notice, summary=notice.headline)


def _notice(state: Any, headline: str, detail: str = "") -> NoticeBody:
    return NoticeBody(state=state, headline=headline, detail=detail)


def _range(insight: Insight, question: Question, context: Context) -> tuple[str, str]:
    """Say what an insight covers: in its own words, and the dates that they came to.

    What the server worked out comes first (reference Appendix B); of a relative range the words
    are kept before it, by which people know the tile.
    """
    words = _asked_range(question)
    timezone = insight.timezone or context.timezone
    dates = resolved_label(insight.resolved_from, insight.resolved_to, timezone) if words else ""
    if dates and parse_iso(question.date_from) and question.kind != "RetentionQuery":
        return dates, ""
    return words, dates


def _asked_range(question: Question) -> str:
    if question.kind == "HogQLQuery" and FILTERS_MARK not in as_str(question.source.get("query")):
        return ""  # the dates of a dashboard do not reach SQL that has no place for them
    if question.kind == "RetentionQuery":
        return _periods(question)
    if question.date_from or question.date_to or question.kind in WEEK_OF_DATES:
        return range_label(question.date_from, question.date_to, question.interval)
    return ""


def _periods(question: Question) -> str:
    """Say how many periods a retention covers: it has no other range, only an end."""
    count = as_int(question.filter.get("totalIntervals"))
    period = (as_text(question.filter.get("period")) or "Day").lower()
    if count is None or count < 2:
        return ""
    end = question.date_to
    return f"{count} {period}s to {moment(end)}" if end else f"last {count} {period}s"
