"""Compare a bucket of a series with that of the period before, where it was sent."""

from msgspec import structs

from phdesk.core.charts.number import relative_change
from phdesk.core.charts.series import PREVIOUS
from phdesk.core.charts.spec import XYBody, XYSeries
from phdesk.core.formatting import percent


def label_of(series: XYSeries) -> str:
    """Name a series; one of the period before says so."""
    named = not series.previous or series.label.endswith(PREVIOUS)
    return series.label if named else f"{series.label}{PREVIOUS}"


def change_text(body: XYBody, index: int, bucket: int) -> str:
    """Write the change of a bucket, such as "+12.5%".

    Empty where there is nothing to compare: while the bucket is still being counted, without a
    bucket at the same place before, from nothing, or when names do not tell which one belongs.
    """
    series = body.series[index]
    if series.previous or (series.dashed_from is not None and bucket >= series.dashed_from):
        return ""
    name = label_of(structs.replace(series, previous=True))
    before = [one.values for one in body.series if one.previous and label_of(one) == name]
    if len(before) != 1 or bucket >= min(len(before[0]), len(series.values)):
        return ""
    change = relative_change(series.values[bucket], before[0][bucket])
    return "" if change is None else f"{'+' * (change > 0)}{percent(change, 1)}"
