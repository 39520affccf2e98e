"""The one formatter of numbers: axis, tooltip, table, label and sentence (reference 7.5)."""

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from phdesk.core.currencies import SIGNS

DASH = "–"
HIDDEN = "hidden"  # a style of ours: there is a figure, and it is not to be read
BLOCK = "•••"  # what stands in its place, however large it is
THOUSAND = 1e3
MAGNITUDES = (
    (1e24, "Y"), (1e21, "Z"), (1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "B"), (1e6, "M"),
    (THOUSAND, "K"),
)  # fmt: skip
LARGE = 10**15  # below it whole numbers need no exact arithmetic


class Format(Struct, frozen=True, gc=False):
    """How the numbers of one axis are written.

    `style` is PostHog's `aggregationAxisFormat`; `sql_percent` is the SQL charts' fraction times
    100, `HIDDEN` is for walls that show no amounts. Unknown styles count as numeric. `currency` is
    an ISO 4217 code.
    """

    style: str = "numeric"
    prefix: str = ""
    postfix: str = ""
    decimals: int | None = None
    min_decimals: int | None = None
    currency: str = "USD"


def number(value: float | None, how: Format = Format()) -> str:  # noqa: B008  frozen
    """Write a value in full, as tables and tooltips do; None and NaN are a dash."""
    if value is None or math.isnan(value):
        return DASH
    if how.style == HIDDEN:
        return BLOCK
    if math.isinf(value):
        return _joined("∞" if value > 0 else "-∞", how)
    return _joined(_body(value, how), how)


def numbers(values: Iterable[int | float | None], how: Format) -> list[str]:
    """Write many values as `number` does; counts in the usual format, as most are, at once."""
    if how != Format(currency=how.currency):
        return [number(value, how) for value in values]
    return [
        f"{value:,}" if isinstance(value, int) and -LARGE < value < LARGE else number(value, how)
        for value in values
    ]


def compact(value: float | None, how: Format = Format()) -> str:  # noqa: B008  frozen
    """Write a value short, as axes do: 3 significant digits and k, M, B, T and so on.

    A format that an insight chose is kept, its own short one too (reference 7.5).
    """
    if value is None or math.isnan(value):
        return DASH
    if math.isinf(value) or how.style not in {"numeric", "currency"}:
        return number(value, how)
    text = compact_plain(value, how)
    if how.style == "currency":
        text = _signed_symbol(text, how)
    return _joined(text, how)


def compact_plain(value: float, how: Format = Format()) -> str:  # noqa: B008  frozen
    """Write 12,345 as 12.3k; what is below a thousand with the decimals that are asked for."""
    size = abs(value)
    for limit, letter in MAGNITUDES:
        if size >= limit * 0.9995:
            return f"{_significant(value / limit)}{'k' if limit == THOUSAND else letter}"
    if how.decimals is not None or how.min_decimals is not None:
        return _decimals(value, how)
    if how.style == "currency" and round(value, 2) != int(value):
        return grouped(value, 2, 2)  # never $12.5
    return grouped(value, 2) if size >= 1 or size == 0 else _significant(value)


def percent(ratio: float | None, decimals: int = 2, *, fixed: bool = False) -> str:
    """Write a ratio of 1 as 100%; `fixed` keeps trailing zeros, as PostHog's tables do."""
    if ratio is None or not math.isfinite(ratio):
        return DASH
    return f"{grouped(ratio * 100, decimals, decimals if fixed else 0)}%"


def duration(seconds: float | None, units: int | None = None) -> str:
    """Write seconds as 1d 4h, 12m 49s, 0s or 250ms, in at most `units` parts."""
    if seconds is None or not math.isfinite(seconds):
        return DASH
    if seconds < 0:
        return f"-{duration(-seconds, units)}"
    if seconds == 0:
        return "0s"
    if seconds < 1:
        return f"{round(seconds * 1000)}ms"
    if seconds < 60:
        return f"{math.floor(seconds + 0.5)}s" if seconds < 59.5 else "1m"
    return _long_duration(seconds, units)


def grouped(value: float, most: int = 2, least: int = 0) -> str:
    """Write 1234.567 as 1,234.57, rounding halves away from zero as people do."""
    if most <= 6 and -LARGE < value < LARGE and value == value // 1:  # counts: most are
        return f"{int(value):,}.{'0' * least}" if least else f"{int(value):,}"
    try:
        exact = Decimal(repr(value))  # of a float: what is written, not what is stored
        places = exact.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    except ArithmeticError:  # more digits than a decimal context holds
        return f"{value:.6g}"
    text = f"{places:,f}"
    if most > least and "." in text:
        whole, _, fraction = text.partition(".")
        fraction = fraction.rstrip("0").ljust(least, "0")
        text = f"{whole}.{fraction}" if fraction else whole
    return "0" if text == "-0" else text


def _body(value: float, how: Format) -> str:
    match how.style:
        case "percentage":
            return f"{_decimals(value, how)}%"
        case "percentage_scaled" | "sql_percent":
            return f"{_decimals(value * 100, how)}%"
        case "duration":
            return duration(value)
        case "duration_ms":
            return _fine_duration(value / 1e3)
        case "duration_ns":
            return _fine_duration(value / 1e9)
        case "currency":
            return _signed_symbol(grouped(value, _or(how.decimals, 2), _or(how.decimals, 2)), how)
        case "short":
            return _short(value, how)
        case _:
            return _decimals(value, how)


def _or(value: int | None, default: int) -> int:
    return default if value is None else max(0, min(value, 20))


def _decimals(value: float, how: Format) -> str:
    least = _or(how.min_decimals, 0)
    most = max(_or(how.decimals, 2), least)
    if value and how.decimals is None and abs(value) < 10**-most / 2:
        return _significant(value)  # a tiny number is never written as 0
    return grouped(value, most, least)


def _significant(value: float) -> str:
    text = f"{value:.3g}"
    return grouped(float(text), 20) if math.isfinite(value) else text


def _short(value: float, how: Format) -> str:
    size = abs(_rounded(value))  # 999,999 is 1 M
    for limit, letter in MAGNITUDES:
        if size >= limit:
            return f"{_significant(value / limit)} {letter}"
    return _decimals(value, how)


def _rounded(value: float) -> float:
    """Keep the 3 digits that will be written."""
    return float(f"{value:.3g}") if math.isfinite(value) else value


def _fine_duration(seconds: float) -> str:
    if seconds == 0 or abs(seconds) >= 60:
        return duration(seconds)
    size = abs(_rounded(seconds))
    if size >= 60:  # 59.999 s, with the 3 digits that it has here
        return duration(math.copysign(60, seconds))
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if size * scale >= 1:
            return f"{_significant(seconds * scale)}{unit}"
    return f"{_significant(seconds * 1e9)}ns"


def _long_duration(seconds: float, units: int | None) -> str:
    days, rest = divmod(math.floor(seconds), 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, left = divmod(rest, 60)
    parts = [(days, "d"), (hours, "h")] if days else [(hours, "h"), (minutes, "m"), (left, "s")]
    words = [f"{count}{letter}" for count, letter in parts if count]
    return " ".join(words[:units])


def _signed_symbol(text: str, how: Format) -> str:
    symbol = SIGNS.get(how.currency.upper(), how.currency.upper())
    symbol = f"{symbol} " if symbol[-1:].isalnum() or symbol.endswith(".") else symbol
    if how.prefix.strip() == symbol.strip():
        symbol = ""  # the insight's own prefix says it already
    return f"-{symbol}{text[1:]}" if text.startswith("-") else f"{symbol}{text}"


def _joined(text: str, how: Format) -> str:
    return f"{how.prefix}{text}{how.postfix}"
