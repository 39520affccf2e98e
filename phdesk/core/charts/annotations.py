"""Put annotations on the time axis of a chart (reference section 10.1)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from phdesk.core.charts.spec import AxisMark
from phdesk.core.dates import in_zone, interval_start, parse_iso, zone
from phdesk.models.annotation import Annotation
from phdesk.models.insight import Insight

EVERYWHERE = frozenset({"organization", "project"})
UNNAMED = "Annotation without text"
MOST_SPOKEN = 5


def belonging(
    annotations: Iterable[Annotation], insight: Insight, dashboard_id: int | None
) -> list[Annotation]:
    """Choose those that belong on a chart: of everything, of its dashboard, of its insight."""
    return [one for one in annotations if _belongs(one, insight, dashboard_id)]


def placed(
    annotations: Iterable[Annotation], starts: Sequence[str], interval: str, timezone: str | None
) -> tuple[AxisMark, ...]:
    """Gather annotations by bucket: that whose start is their moment, floored to the interval.

    `starts` are bucket starts as sent, in the project's zone. What is outside of them is left out.
    """
    where = zone(timezone)
    known = [(i, start) for i, text in enumerate(starts) if (start := _local(text, where))]
    if not known:
        return ()
    first_day = known[0][1].weekday()  # weeks begin as the buckets do
    buckets: dict[datetime, int] = {}
    for index, start in known:
        buckets.setdefault(interval_start(start, interval, first_day), index)
    texts: dict[int, list[str]] = {}
    for one in sorted(annotations, key=lambda each: each.at):
        local = in_zone(one.at, where).replace(tzinfo=None)
        place = buckets.get(interval_start(local, interval, first_day))
        if place is not None:
            texts.setdefault(place, []).append(one.content or UNNAMED)
    return tuple(AxisMark(at=at, texts=tuple(found)) for at, found in sorted(texts.items()))


def spoken(marks: Sequence[AxisMark], titles: Sequence[str]) -> str:
    """Say in a sentence what is marked, and when; empty when nothing is."""
    named = [f"{text} ({titles[mark.at]})" for mark in marks for text in mark.texts]
    if not named:
        return ""
    rest = len(named) - MOST_SPOKEN
    shown = [*named[:MOST_SPOKEN], *([f"{rest} more"] if rest > 0 else [])]
    return f"Annotated: {'; '.join(shown)}."


def _belongs(one: Annotation, insight: Insight, dashboard_id: int | None) -> bool:
    match one.scope:
        case "dashboard":
            return one.dashboard_id is not None and one.dashboard_id == dashboard_id
        case "dashboard_item" | "insight":
            by_id = one.insight_id is not None and one.insight_id == insight.id
            by_name = bool(one.insight_short_id) and one.insight_short_id == insight.short_id
            return by_id or by_name
        case scope:
            return scope in EVERYWHERE


def _local(text: str, where: tzinfo) -> datetime | None:
    start = parse_iso(text)
    return None if start is None else in_zone(start, where).replace(tzinfo=None)
