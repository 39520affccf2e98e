"""What is counted over a range of buckets: sum, average, change. No Qt.

Never shown is what would be no true number: rates are not summed, nor what the view-model says
does not add up; buckets that are still being counted are in the sum, but neither averaged nor
compared.
"""

import math
from collections.abc import Sequence
from typing import TypeGuard

from msgspec import Struct

from phdesk.core.charts.adding import PERCENTAGES
from phdesk.core.charts.number import relative_change
from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.core.formatting import DASH, Format, grouped, percent
from phdesk.core.smoothing import complete_count
from phdesk.views.charts.curves import format_of
from phdesk.views.explore.figures import value_text

RATES = frozenset({"percentage", "percentage_scaled", "sql_percent"})
MOST_CHANGE = 1e6  # as a ratio: beyond, the first value is next to nothing


class Span(Struct, frozen=True, gc=False, kw_only=True):
    """What a series says over a range of buckets; None where there is nothing to count."""

    total: float | None = None
    average: float | None = None  # of the complete buckets that have a value
    change: float | None = None  # from first to last complete value, as a ratio of the first


def buckets_between(low: float, high: float, count: int) -> tuple[int, int] | None:
    """Give first and last bucket whose middle lies in a range; None when there is none."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    first, last = max(math.ceil(min(low, high)), 0), min(math.floor(max(low, high)), count - 1)
    return (first, last) if first <= last else None


def span_of(
    values: Sequence[float | None], first: int, last: int, complete: int | None = None
) -> Span:
    """Count a series from bucket `first` to `last`, both included; `complete` of all are done."""
    start, end = max(first, 0), last + 1
    done = min(end, len(values) if complete is None else complete)
    known = _known(values[start:end])
    whole = _known(values[start : max(done, start)])
    return Span(
        total=_sum(known),
        average=None if not whole else _mean(whole),
        change=_change(whole),
    )


def span_texts(body: XYBody, series: XYSeries, first: int, last: int) -> tuple[str, str, str]:
    """Write sum, average and change of a series over a range of buckets."""
    span = span_of(series.values, first, last, complete_count(series))
    change = DASH if span.change is None else f"{'+' * (span.change > 0)}{percent(span.change, 1)}"
    total = DASH if no_sum(body, series) else value_text(body, series, span.total)
    return total, value_text(body, series, span.average), change


def no_sum(body: XYBody, series: XYSeries) -> str:
    """Say why buckets of a series cannot be added up; empty when they can."""
    return PERCENTAGES if is_rate(format_of(body, series)) else series.no_sum


def reasons(body: XYBody) -> tuple[str, ...]:
    """Say of the series that are shown why they have no sum, each reason once."""
    found = (no_sum(body, one) for one in body.series if not one.hidden)
    return tuple(reason for reason in dict.fromkeys(found) if reason)


def is_summed(body: XYBody) -> bool:
    """Tell whether any series that is shown has a sum."""
    return any(not no_sum(body, one) for one in body.series if not one.hidden)


def is_rate(how: Format) -> bool:
    """Tell whether numbers are written as percentages, of which no sum is true."""
    return how.style in RATES or how.postfix.strip() == "%"


def caption(body: XYBody, first: int, last: int, unit: str = "") -> str:
    """Say which buckets are counted, which of them only in sums, and why a sum is missing."""
    titles = body.x_titles if last < len(body.x_titles) else body.x_labels
    count = last - first + 1
    parts = [
        titles[first] if first == last else f"{titles[first]} – {titles[last]}",
        f"{grouped(count)} {unit or 'bucket'}{'' if count == 1 else 's'}",
    ]
    begun = min((complete_count(one) for one in body.series if not one.hidden), default=last + 1)
    summed, why = is_summed(body), reasons(body)
    if begun <= last:
        parts.append("incomplete ones only in sums" if summed else "incomplete ones left out")
    if why:
        parts.append(f"{'some have no sum' if summed else 'no sum'}: {', '.join(why)}")
    return " · ".join(parts)


def _known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if _is_number(value)]


def _sum(known: list[float]) -> float | None:
    if not known:
        return None
    total = sum(known)
    return total if math.isfinite(total) else None


def _mean(known: list[float]) -> float:
    return sum(value / len(known) for value in known)


def _change(known: list[float]) -> float | None:
    if len(known) < 2 or known[0] <= 0:
        return None
    change = relative_change(known[-1], known[0])
    return change if change is not None and change <= MOST_CHANGE else None


def _is_number(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)
