"""Find the numbers that a tile shows: the same ones, from the same answer, as the screen.

`figures_of` lists them for a person to choose from, `find` looks one up by its address. Box plots,
heat maps, times to convert and lists of events have none that can be watched yet.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.charts.context import Context
from phdesk.core.charts.results import BadResultError
from phdesk.core.charts.spec import NoticeBody, TileView
from phdesk.core.charts.view import insight_view
from phdesk.core.question import Question, read_question
from phdesk.core.watching import numbers_rates, numbers_tables, numbers_trends
from phdesk.core.watching.figures import Figure, told_apart
from phdesk.models.insight import Insight
from phdesk.models.watch import Address

READERS = {
    "TrendsQuery": numbers_trends.trends,
    "StickinessQuery": numbers_trends.stickiness,
    "LifecycleQuery": numbers_trends.lifecycle,
    "FunnelsQuery": numbers_rates.funnel,
    "RetentionQuery": numbers_rates.retention,
    "HogQLQuery": numbers_tables.sql,
    "WebOverviewQuery": numbers_tables.overview,
}
RATES = frozenset({"conversion", "step conversion", "retention", "mean retention", "lifecycle"})
PATHS = frozenset({"PathsQuery", "PathsV2Query"})
NOT_NUMBERS = frozenset({"BoxPlot", "CalendarHeatmap", "TwoDimensionalHeatmap"})


class Found(Struct, frozen=True, gc=False):
    """A number, or why there is none.

    `waiting`: there is no good result to look at. `missing`: what is counted is asked for, but the
    result has no such part. `gone`: the tile asks something else by now.
    """

    state: Literal["found", "waiting", "missing", "gone"]
    figure: Figure | None = None


def figures_of(insight: Insight, context: Context) -> tuple[Figure, ...]:
    """List the numbers of an insight in the order of its chart; none while it has no result."""
    return _figures(insight, insight_view(insight, context), read_question(insight), context)


def find(insight: Insight, context: Context, address: Address) -> Found:
    """Look a number up.

    A series of which the filters changed is still the one, if there is no other like it, and so is
    a rate of which a person wrote no more than to what it is.
    """
    view = insight_view(insight, context)
    if isinstance(view.body, NoticeBody) and view.body.state != "empty":
        listed = view.body.state == "unsupported" and view.kind in PATHS
        if not listed:
            return Found("waiting")
    figures = _figures(insight, view, read_question(insight), context)
    for figure in figures:
        if figure.address == address:
            return Found("found", figure)
    alike = [one for one in figures if replace(one.address, twin=address.twin) == address]
    if not (alike or address.math) and address.measure in RATES:
        alike = [one for one in figures if _fits(one.address, address)]
    if len(alike) == 1:
        return Found("found", replace(alike[0], address=address))
    empty = isinstance(view.body, NoticeBody)
    return Found("missing" if empty or _asks_for(address, figures) else "gone")


def _figures(
    insight: Insight, view: TileView, question: Question, context: Context
) -> tuple[Figure, ...]:
    try:
        return told_apart(_read(insight, view, question, context))
    except BadResultError:  # the tile says so itself
        return ()


def _read(
    insight: Insight, view: TileView, question: Question, context: Context
) -> Iterator[Figure]:
    if question.kind in PATHS:
        yield from numbers_rates.paths(view.table)
        return
    read = READERS.get(question.kind)
    if read is None or isinstance(view.body, NoticeBody) or question.display in NOT_NUMBERS:
        return
    yield from read(insight, question, context, view.body)


def _asks_for(address: Address, figures: Iterable[Figure]) -> bool:
    """Tell whether what is counted is still there, only in other parts."""
    return any(_whole(figure.address) == _whole(address) for figure in figures)


def _fits(known: Address, wanted: Address) -> bool:
    of = wanted.of or known.of
    return replace(known, math="", twin="") == replace(wanted, of=of, twin="")


def _whole(address: Address) -> Address:
    """Leave out what comes and goes with the data: breakdown values, rows, countries, paths."""
    whole = replace(address, part="", twin="")
    match address.measure:
        case "path":
            return replace(whole, of="", at="")
        case "country" | "cell" | "retention" | "mean retention" | "stickiness":
            return replace(whole, at="")
        case _:
            return whole
