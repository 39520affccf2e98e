"""The arithmetic that funnels, retention and their kin share: rates, and seconds in words."""

import math
from collections.abc import Iterable

from phdesk.core.charts.results import BadResultError, Number
from phdesk.core.formatting import duration

MINUTE = 60


def known(value: Number) -> int | float | None:
    """Pass a number that was sent.

    Raises BadResultError for one that no float can hold: JSON knows no largest number.
    """
    if value is None:
        return None
    try:
        float(value)
    except OverflowError as error:
        raise BadResultError("result: a number is too large to be drawn") from error
    return value


def counted(value: Number) -> int | float:
    """Pass a count that was sent; nothing counts as none."""
    return known(value) or 0


def ratio(part: float, whole: float) -> float:
    """Give a part as a rate of the whole, 0 when there is no whole (reference 6.2.2)."""
    rate = float(part) / float(whole) if whole else 0.0
    return rate if math.isfinite(rate) else 0.0


def within(rate: float) -> float:
    """Keep a rate between nothing and all, so that a bar or a colour can show it."""
    return min(max(rate, 0.0), 1.0)


def total(values: Iterable[Number]) -> int | float:
    """Add up what was sent; each number and their sum must fit a float."""
    return known(sum(value for value in map(known, values) if value is not None)) or 0


def seconds_text(seconds: Number, units: int | None = None) -> str:
    """Write seconds rounded as PostHog does: an average of 768.85 is 12m 49s, not 48s.

    Its pictures of `funnelLeftToRight` and `funnelTimeToConvert` show it: 370.49 s + 398.36 s
    are "12m 49s" and 1060.7 s are "17m 41s".
    """
    if seconds is None:
        return duration(None)
    if math.isfinite(seconds) and abs(seconds) >= MINUTE:
        return duration(math.floor(seconds + 0.5), units)
    return duration(seconds, units)
