"""List a tile's numbers and try watches on its past, in the worker: results may be large."""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.charts.context import Context
from phdesk.core.dates import in_zone, zone
from phdesk.core.watching.checking import Past
from phdesk.core.watching.figures import Figure, lengthened
from phdesk.core.watching.numbers import figures_of, find
from phdesk.core.watching.preview import preview
from phdesk.core.watching.suggestions import Suggestion, TileNumbers, suggestions
from phdesk.models.insight import Insight
from phdesk.models.watch import Bound, Watch
from phdesk.services.watch_past import MANY, Pasts

SHOWN = timedelta(days=37)
UNKNOWN = "The number is not in the newest result, so nothing can be said of its past."
Points = tuple[tuple[datetime, float | None], ...]


class Numbers(Struct, frozen=True, gc=False):
    """What can be watched on a tile, and which common watches fit, each once."""

    figures: tuple[Figure, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class Trial(Struct, frozen=True, gc=False):
    """Times and values, the oldest first; what is marked; a fixed limit where there is one."""

    points: Points = ()
    marks: tuple[datetime, ...] = ()
    limit: float | None = None


class Tried(Struct, frozen=True, gc=False):
    """What a watch would have done."""

    watch: Watch
    sentence: str
    trial: Trial = Trial()


async def numbers(tile: int, title: str, insight: Insight, context: Context) -> Numbers:
    """List the numbers of a tile."""
    figures = figures_of(insight, context)
    offered = {one.template.key: one for one in suggestions([TileNumbers(tile, title, figures)])}
    return Numbers(figures, tuple(offered.values()))


async def tried(pasts: Pasts, watch: Watch, insight: Insight, context: Context) -> Tried:
    """Try a watch on what is known of its number."""
    figure = find(insight, context, watch.number).figure
    if figure is None or insight.last_refresh is None:
        return Tried(watch, UNKNOWN)
    now = insight.last_refresh
    past = await pasts.before(watch, context, now, last=MANY)
    timezone = insight.timezone or context.timezone
    found = preview(watch, figure, past, now, timezone)
    limit = watch.condition.value if isinstance(watch.condition, Bound) else None
    points = _points(figure, past, now, timezone)
    return Tried(watch, found.sentence, Trial(points, found.marks, limit))


def _points(figure: Figure, past: Past, now: datetime, timezone: str) -> Points:
    """Give what the small chart shows: complete buckets, or earlier results and the newest."""
    first = now - SHOWN
    if not figure.buckets:
        kept = tuple((one.at, one.value) for one in past.kept if one.at >= first)
        return (*kept, (now, figure.value))
    where = zone(timezone)
    utc = zone("UTC")
    return tuple(
        (at, bucket.value)
        for bucket in lengthened(replace(figure, before_buckets=()), past.figures).buckets
        if bucket.complete
        and bucket.at is not None
        and (at := in_zone(bucket.at.replace(tzinfo=where), utc)) >= first
    )
