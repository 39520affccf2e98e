"""What a person does to one chart on this screen: hides parts, cuts to buckets, follows a stop.

Nothing of it is sent or kept. Parts (series, slices, groups) and buckets are known by what they are
called, so that a refreshed chart keeps its cut and its hidden parts, and one that changed loses
them.
"""

from collections.abc import Sequence

from msgspec import Struct, structs

from phdesk.core.charts.linked import Stop, linked, stop_of
from phdesk.core.charts.parts import Name, Parted, is_parted, names, of_shown, shown, without
from phdesk.core.charts.spec import AxisMark, Body, SankeyBody, XYBody, XYSeries
from phdesk.core.dates import parse_iso

NARROWEST = 2  # buckets; one alone shows no course
UNITS = (  # seconds between two buckets up to which they are of this unit
    (59, "second"),
    (3_599, "minute"),
    (82_000, "hour"),  # a day of 23 hours is a day
    (600_000, "day"),
    (2_400_000, "week"),
    (7_000_000, "month"),
    (9_000_000, "quarter"),
)


class Local(Struct, frozen=True, gc=False):
    """Names of hidden parts, titles of the first and last bucket of the cut, the stop followed."""

    hidden: frozenset[Name] = frozenset()
    cut: tuple[str, str] | None = None
    stop: Stop | None = None


UNTOUCHED = Local()


def localised(body: Body, local: Local) -> Body:
    """Apply what a person did; what does not fit the chart any more is left out."""
    if isinstance(body, SankeyBody) and local.stop is not None:
        return linked(body, local.stop)
    if local == UNTOUCHED or not is_parted(body):
        return body
    gone = hidden_numbers(body, local)
    left = without(body, gone) if gone else body
    return _cut(left, span(body, local)) if isinstance(left, XYBody) else left


def toggled(local: Local, body: Parted, number: int) -> Local:
    """Hide a part, or show it again."""
    return structs.replace(local, hidden=local.hidden ^ {names(body)[number]})


def isolated(local: Local, body: Parted, number: int) -> Local:
    """Hide all parts but this one; show all again when it was alone already."""
    drawn = zip(names(body), shown(body), strict=True)
    others = frozenset(name for i, (name, is_shown) in enumerate(drawn) if is_shown and i != number)
    return structs.replace(local, hidden=frozenset() if local.hidden == others else others)


def narrowed(local: Local, body: XYBody, first: int, last: int) -> Local:
    """Cut to the buckets from `first` to `last` of the chart as it is shown with `local`."""
    low, high = sorted((first, last))
    offset = (span(body, local) or (0, 0))[0]
    titles = body.x_titles[offset + low : offset + high + 1]
    if len(titles) < NARROWEST:
        return local
    return structs.replace(local, cut=(titles[0], titles[-1]))


def widened(local: Local) -> Local:
    """Show all buckets again."""
    return structs.replace(local, cut=None)


def all_shown(local: Local) -> Local:
    """Show all parts again."""
    return structs.replace(local, hidden=frozenset())


def span(body: Body, local: Local) -> tuple[int, int] | None:
    """Give the first and last bucket of the cut; None when there is none in this chart."""
    if local.cut is None or not isinstance(body, XYBody):
        return None
    places = {title: i for i, title in enumerate(body.x_titles[: len(body.x_labels)])}
    first, last = (places.get(title, -1) for title in local.cut)
    whole = (first, last) == (0, len(body.x_labels) - 1)
    return (first, last) if 0 <= first < last and not whole else None


def hidden_numbers(body: Parted, local: Local) -> tuple[int, ...]:
    """Give the parts that are hidden by hand."""
    drawn = zip(names(body), shown(body), strict=True)
    return tuple(i for i, (name, is_shown) in enumerate(drawn) if is_shown and name in local.hidden)


def followed(local: Local, body: SankeyBody, index: int) -> Local:
    """Show only what is linked with a stop; all again when it is that stop already."""
    stop = stop_of(body.nodes[index])
    return structs.replace(local, stop=None if local.stop == stop else stop)


def described(body: Body, local: Local) -> str:
    """Say what differs from the chart as it came: "2 hidden, zoomed"; empty when nothing does."""
    if isinstance(body, SankeyBody):
        found = (node.label for node in body.nodes if stop_of(node) == local.stop)
        return next((f"linked with {label}" for label in found), "")
    if not is_parted(body):
        return ""
    count = len(hidden_numbers(body, local))
    words = (
        f"{count} hidden" if count else "",  # first: it stays where a title has little room
        "shares of the rest" if count and of_shown(body) else "",
        "zoomed" if span(body, local) else "",
    )
    return ", ".join(word for word in words if word)


def unit(starts: Sequence[str]) -> str:
    """Name the time unit of buckets by the distance of the first two; empty when it is unknown."""
    moments = [parse_iso(text) for text in starts[:2]]
    if len(moments) < 2 or moments[0] is None or moments[1] is None:
        return ""
    if (moments[0].tzinfo is None) != (moments[1].tzinfo is None):
        return ""
    apart = (moments[1] - moments[0]).total_seconds()
    if apart <= 0:
        return ""
    return next((name for most, name in UNITS if apart <= most), "year")


def bucket_at(starts: Sequence[str], start: str, its_unit: str) -> int | None:
    """Find the bucket that begins when another chart's bucket of the same unit begins."""
    if not its_unit or unit(starts) != its_unit:
        return None
    wanted = _wall_clock(start)
    found = (i for i, own in enumerate(starts) if _wall_clock(own) == wanted)
    return next(found, None) if wanted else None


def _wall_clock(text: str) -> str:
    """Bring "2026-11-01" and "2026-11-01T00:00:00Z" to one form: charts share a time zone."""
    moment = parse_iso(text)
    return "" if moment is None else moment.replace(tzinfo=None).isoformat()


def _cut(body: XYBody, ends: tuple[int, int] | None) -> XYBody:
    if ends is None:
        return body
    first, end = ends[0], ends[1] + 1
    labels = body.x_labels[first:end]  # of hours, the first now has to name its day
    return structs.replace(
        body,
        x_labels=(*body.x_dated[first : first + 1], *labels[1:]) if body.x_dated else labels,
        x_titles=body.x_titles[first:end],
        x_dated=body.x_dated[first:end],
        x_starts=body.x_starts[first:end],
        x_end=(*body.x_labels, body.x_end)[end] if body.x_end else "",
        value_labels=body.value_labels[first:end],
        series=tuple(_series_cut(one, first, end) for one in body.series),
        overlays=tuple(structs.replace(one, values=one.values[first:end]) for one in body.overlays),
        marks=tuple(
            AxisMark(at=mark.at - first, texts=mark.texts)
            for mark in body.marks
            if first <= mark.at < end
        ),
    )


def _series_cut(series: XYSeries, first: int, end: int) -> XYSeries:
    dashed = series.dashed_from
    if dashed is not None:
        dashed = max(dashed - first, 0) if dashed < end else None
    return structs.replace(
        series,
        values=series.values[first:end],
        texts=series.texts[first:end],
        dashed_from=dashed,
    )
