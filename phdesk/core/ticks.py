"""Round places for axis labels, and which labels to keep when there are too many."""

import math
from collections.abc import Sequence

DEAR, DEAR_LOG = 0.2, 0.25  # of an axis, left empty for the sake of a round end


def nice_ticks(low: float, high: float, most: int, *, integers: bool = False) -> list[float]:
    """Give at most `most` round values in [low, high], in steps of 1, 2 or 5; 0 when in range."""
    if not (math.isfinite(low) and math.isfinite(high)) or most < 1:
        return []
    if low > high:
        low, high = high, low
    step = _step((high / 2 - low / 2) * 2 / most) if high - low > 1e-300 else 0.0
    if integers:
        step = max(1.0, step)
    while step and math.isfinite(step):
        ticks = _multiples(low, high, step, most)
        if ticks is not None:
            return ticks
        step = _step(step * 1.5)
    return [0.0] if low <= 0 <= high else [low]


def reaching(
    low: float,
    high: float,
    few: int,
    most: int,
    *,
    integers: bool = False,
    dear: float = DEAR,
) -> list[float]:
    """Give round values that enclose [low, high]; none where they leave too much of it empty.

    At most `few` where that can be done, else at most `most`. Two alone say little of what lies
    between: where there is room for three, more than `few` are rather given.
    """
    span, found = high - low, list[float]()
    if not math.isfinite(span) or span <= 1e-300 or most < 2:
        return []
    step = max(_step(span / most), 1.0 if integers else 0.0)
    while 0 < step <= 2 * max(span, 1.0 if integers else 0.0):
        ticks = _around(low, high, step, most)
        if ticks and 1 - span / (ticks[-1] - ticks[0]) < dear:
            if found and len(ticks) == 2 < few:
                return found
            found = ticks
            if len(ticks) <= few:
                return found
        step = _step(step * 1.5)
    return found


def log_reaching(floor: float, high: float, most: int) -> list[float]:
    """Give ticks of a log axis from `floor`, a power of ten, to the first at or above `high`."""
    if not (0 < floor < high < 1e307):
        return []
    power = math.floor(_exponent(high))
    for top in (_ten(power), 2 * _ten(power), 5 * _ten(power), _ten(power + 1)):
        ticks = log_ticks(floor, top, most) if top >= high * (1 - 1e-9) and top > floor else []
        empty = (_exponent(top) - _exponent(high)) / max(_exponent(top) - _exponent(floor), 1e-9)
        if len(ticks) > 1 and math.isclose(ticks[-1], top) and empty < DEAR_LOG:
            return ticks
    return []


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Give at most `most` powers of ten in [low, high]; 1, 2 and 5 of each when few fit."""
    if not (0 < low <= high and math.isfinite(high)) or most < 1:
        return []
    first, last = math.ceil(_exponent(low)), math.floor(_exponent(high))
    powers = list(range(first, last + 1))
    if len(powers) <= 2:
        fine = [
            one
            for power in range(first - 1, last + 1)
            for one in (_ten(power), 2 * _ten(power), 5 * _ten(power))
            if low <= one <= high
        ]
        if len(powers) < len(fine) <= most:
            return fine
    stride = max(1, math.ceil(len(powers) / most))
    return [_ten(power) for power in powers[::stride]] or [low]


def thin(count: int, most: int) -> list[int]:
    """Give the indices of at most `most` of `count` labels, evenly; first and last if possible."""
    if count <= 0 or most <= 0:
        return []
    if count <= most:
        return list(range(count))
    if most == 1:
        return [0]
    gaps = _even_gaps(count - 1, most - 1)
    if gaps:
        return list(range(0, count, (count - 1) // gaps))
    step = math.ceil((count - 1) / (most - 1))
    kept = list(range(0, count, step))
    if kept[-1] == count - 1:
        return kept
    if len(kept) == most or (len(kept) > 1 and (count - 1 - kept[-1]) * 2 < step):
        kept.pop()
    return [*kept, count - 1]


def even(count: int, most: int) -> list[int]:
    """Give the indices of at most `most` of `count` labels in one step from the first.

    The last is among them when a step leads there without losing half of the others, or when it
    would be the only other one.
    """
    kept = thin(count, most)
    if len(kept) < 3 or kept[-1] - kept[-2] == kept[1] - kept[0]:
        return kept
    kept = list(range(0, count, math.ceil(count / most)))
    return kept if len(kept) > 2 else [0, count - 1]


def named(labels: Sequence[str], dated: Sequence[str], shown: Sequence[int]) -> list[str]:
    """Name the buckets that are shown; the first of each day names the day.

    `labels` name it only at the day's own first bucket, which may be left out.
    """
    if len(dated) != len(labels):
        return [labels[i] for i in shown]
    made, before = [], -1
    for i in shown:
        begins = any(labels[k] == dated[k] for k in range(before + 1, i + 1))
        made.append(dated[i] if begins else labels[i])
        before = i
    return made


def day_starts(labels: Sequence[str], dated: Sequence[str]) -> list[int]:
    """Find the buckets at which days begin, where buckets are finer than days."""
    if len(dated) != len(labels) or all(map(str.__eq__, labels, dated)):
        return []
    return [i for i, (label, day) in enumerate(zip(labels, dated, strict=True)) if label == day]


def ends(labels: Sequence[str], dated: Sequence[str]) -> list[str]:
    """Name the first and last bucket by what tells them apart: days, else times; or months."""
    parts = [label.rpartition(" ") for label in ((dated or labels)[0], (dated or labels)[-1])]
    (first, _, begin), (last, _, end) = parts
    if dated:
        return [first, last] if first != last else [begin, end]
    alike = first and begin == end and begin.isdigit()
    return [first, last] if alike else [labels[0], labels[-1]]


def fit_in_short(ticks: Sequence[float]) -> bool:
    """Tell whether three digits, or two decimals, are enough to write ticks as they are."""
    size = max(map(abs, ticks), default=0.0)
    if len(ticks) < 2 or not size:
        return True
    digits = math.floor(math.log10(size)) - 2
    finest = 10.0 ** (digits if size >= 1000 or size < 0.01 else -2)
    return ticks[1] - ticks[0] >= finest * (1 - 1e-9)


def _even_gaps(span: int, most: int) -> int:
    for gaps in range(most, max(1, most // 2), -1):
        if span % gaps == 0:
            return gaps
    return 0


def _step(rough: float) -> float:
    if rough <= 0 or not math.isfinite(rough):
        return 0.0
    power = math.floor(math.log10(rough))
    for factor in (1, 2, 5, 10):
        step = _scaled(factor, power)
        if step >= rough * (1 - 1e-9):
            return step
    return 0.0


def _multiples(low: float, high: float, step: float, most: int) -> list[float] | None:
    slack = 1e-9
    first, last = math.ceil(low / step - slack), math.floor(high / step + slack)
    if last - first + 1 > most:
        return None
    power = math.floor(math.log10(step) + slack)
    factor = round(step / _ten(power))
    ticks = [_scaled(index * factor, power) for index in range(first, last + 1)]
    return list(dict.fromkeys(min(max(tick, low), high) for tick in ticks)) or None


def _around(low: float, high: float, step: float, most: int) -> list[float]:
    slack = 1e-9
    first, last = math.floor(low / step + slack), math.ceil(high / step - slack)
    if not 2 <= last - first + 1 <= most:
        return []
    power = math.floor(math.log10(step) + slack)
    factor = round(step / _ten(power))
    ticks = [_scaled(index * factor, power) for index in range(first, last + 1)]
    near = step * 1e-6  # beyond it, floats are too coarse for such steps
    encloses = ticks[0] <= low + near and ticks[-1] >= high - near
    return ticks if encloses and math.isfinite(ticks[-1] - ticks[0]) else []


def _scaled(whole: int, power: int) -> float:
    # Through text: 3 * 0.1 would be 0.30000000000000004.
    return float(f"{whole}e{power}")


def _ten(power: int) -> float:
    return float(f"1e{power}")


def _exponent(value: float) -> float:
    exact = math.log10(value)
    near = round(exact)
    return float(near) if math.isclose(exact, near, abs_tol=1e-9) else exact
