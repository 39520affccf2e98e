"""Choose which of very many points are drawn: per pixel the lowest and the highest. No Qt."""

import math
from typing import Any, Literal, NamedTuple

import numpy as np

Kind = Literal["both", "low", "high"]
DENSE = 1.5  # points a pixel from which on they are thinned out


class Part(NamedTuple):
    """Which points are in view, and how many of them share a place."""

    first: int
    end: int
    step: int


def part_in_view(count: int, low: float, high: float, pixels: float) -> Part:
    """Find the points between two places and one beyond each, for a view of so many pixels."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return Part(0, count, 1)
    first = min(max(math.floor(low) - 1, 0), count)
    end = max(min(math.ceil(high) + 2, count), first)
    seen, room = end - first, max(pixels, 1.0)
    if seen <= DENSE * room:
        return Part(first, end, 1)
    step = math.ceil(seen / room)
    # Steps begin at multiples of themselves, so that panning does not make the line flicker.
    return Part(first // step * step, min(math.ceil(end / step) * step, count), step)


def thinned(values: Any, part: Part, kind: Kind = "both") -> tuple[Any, Any]:
    """Give places and values of a part; NaN only where all values of a step are."""
    first, end, step = part
    if step == 1:
        return np.arange(first, end, dtype=float), values[first:end]
    steps = math.ceil((end - first) / step)
    padded = np.full(steps * step, math.nan)
    padded[: end - first] = values[first:end]
    blocks = padded.reshape(steps, step)
    middles = first + np.arange(steps) * step + (step - 1) / 2
    reduced = [
        reduce(blocks, axis=1)
        for name, reduce in (("low", np.fmin.reduce), ("high", np.fmax.reduce))
        if kind in {"both", name}
    ]
    return np.repeat(middles, len(reduced)), np.stack(reduced, axis=1).ravel()


def profile(lows: Any, highs: Any, low: float, high: float, pixels: int) -> tuple[Any, Any]:
    """Give the lower and the upper line in the middle of each pixel; NaN beside them.

    Where points crowd, both are the highest in their step, so that stacked areas do not overlap.
    """
    count, unit = len(highs), (high - low) / max(pixels, 1)
    middles = low + (np.arange(pixels) + 0.5) * unit
    part = part_in_view(count, low, high, pixels)
    if count == 0:
        nothing = np.full(pixels, math.nan)
        return nothing, nothing
    if part.step == 1:
        places = np.arange(count)
        lines = [
            np.interp(middles, places, values, left=math.nan, right=math.nan)
            for values in (lows, highs)
        ]
        return lines[0], lines[1]
    beside = (middles < 0) | (middles > count - 1)
    found = []
    for values in (lows, highs):
        _, steps = thinned(values, part, "high")
        numbers = np.clip((middles - part.first + 0.5) // part.step, 0, len(steps) - 1)
        found.append(np.where(beside, math.nan, steps[numbers.astype(int)]))
    return found[0], found[1]
