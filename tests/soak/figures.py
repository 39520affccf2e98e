"""What a soak found, as pure arithmetic: slopes with their errors, and what breaks a limit."""

import math
from typing import NamedTuple

BLOCKS = 24  # neighbouring samples resemble each other: their means are nearly independent
MB = 1_000_000


class Sample(NamedTuple):
    """One look at a running monitor."""

    at: float  # seconds since the start of the soak
    memory: int  # of the window, bytes that it alone has written
    resident: int  # with all files that it has mapped, which others may share
    watch_memory: int
    files: int  # handles of the window
    threads: int
    rotations: int
    missed: int
    late: int
    longest_wait: float  # seconds, for a page that was late
    starts: int
    silence: float  # longest between two beats so far, seconds
    watch_silence: float  # longest between two words of the watch so far


class Slope(NamedTuple):
    """A straight line through samples, with the standard error of its slope."""

    value: float
    error: float


def slope(xs, ys):
    """Fit a line through the means of blocks by least squares."""
    points = _blocks(list(zip(xs, ys, strict=True)))
    count = len(points)
    if count < 3:
        return Slope(0.0, math.inf)
    mean_x = sum(x for x, _ in points) / count
    mean_y = sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    if spread == 0:
        return Slope(0.0, math.inf)
    value = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    rest = sum((y - mean_y - value * (x - mean_x)) ** 2 for x, y in points)
    return Slope(value, math.sqrt(rest / (count - 2) / spread))


def _blocks(points):
    if len(points) <= BLOCKS:
        return points
    made = []
    for number in range(BLOCKS):
        start, end = (len(points) * edge // BLOCKS for edge in (number, number + 1))
        block = points[start:end]
        made.append(tuple(sum(one) / len(block) for one in zip(*block, strict=True)))
    return made


class Limits(NamedTuple):
    """What a monitor may do in a soak."""

    growth: float = 1.0  # MB an hour that cannot be noise: below the slope by two errors
    growth_share: float = 0.15  # of the memory after warming up, over the whole soak
    files: int = 12  # handles between fewest and most
    threads: int = 4
    watch_memory: int = 25 * MB
    silence: float = 6.0  # seconds, at which a window counts as frozen
    starts: int = 1
    missed: int = 0  # pages that were passed over
    standstill: float = 6.0  # seconds without another page


class Findings(NamedTuple):
    """A soak in figures."""

    minutes: float
    rotations: int
    missed: int  # pages passed over
    missed_warm: int  # those before, of which some were not read yet
    late: int  # pages that were waited for until they were drawn
    longest_wait: float  # seconds, for one of them, while warming up too
    standstill: float  # longest time without another page, seconds
    starts: int
    memory_first: float  # MB, mean of the first tenth after warming up
    memory_last: float
    resident: float  # MB, at most
    hourly: Slope  # MB an hour
    each: Slope  # bytes a rotation
    watch_hourly: Slope
    watch_memory: int
    files: tuple[int, int]  # fewest, most
    threads: tuple[int, int]
    silence: float
    watch_silence: float


def find(samples, warm):
    """Put figures to the samples from `warm` seconds on."""
    kept = [one for one in samples if one.at >= warm] or samples[-1:]
    tenth = max(1, len(kept) // 10)
    hours = [one.at / 3600 for one in kept]
    memory = [one.memory / MB for one in kept]
    last = samples[-1]
    return Findings(
        minutes=last.at / 60,
        rotations=last.rotations,
        missed=last.missed - kept[0].missed,
        missed_warm=kept[0].missed,
        late=last.late - kept[0].late,
        longest_wait=max(one.longest_wait for one in samples),
        standstill=_standstill(kept),
        starts=last.starts,
        memory_first=sum(memory[:tenth]) / tenth,
        memory_last=sum(memory[-tenth:]) / tenth,
        resident=max(one.resident / MB for one in kept),
        hourly=slope(hours, memory),
        each=slope([one.rotations for one in kept], [one.memory for one in kept]),
        watch_hourly=slope(hours, [one.watch_memory / MB for one in kept]),
        watch_memory=max(one.watch_memory for one in kept),
        files=(min(one.files for one in kept), max(one.files for one in kept)),
        threads=(min(one.threads for one in kept), max(one.threads for one in kept)),
        silence=max(one.silence for one in samples),
        watch_silence=max(one.watch_silence for one in samples),
    )


def _standstill(samples):
    """Give the longest time in which no other page was shown."""
    longest, before = 0.0, samples[0]
    for one in samples:
        if one.rotations != before.rotations:
            before = one
        longest = max(longest, one.at - before.at)
    return longest


def broken(found, limits):
    """Name each limit that was broken, in a sentence."""
    sure = found.hourly.value - 2 * found.hourly.error
    (fewest, most), (least, highest) = found.files, found.threads
    before, after = found.memory_first, found.memory_last
    tests = (
        (sure > limits.growth, f"Memory grows by at least {sure:.2f} MB an hour."),
        (
            after > before * (1 + limits.growth_share),
            f"Memory went from {before:.0f} to {after:.0f} MB.",
        ),
        (
            found.watch_memory > limits.watch_memory,
            f"The watch took {found.watch_memory / MB:.1f} MB.",
        ),
        (most - fewest > limits.files, f"There were {fewest} to {most} file handles."),
        (highest - least > limits.threads, f"There were {least} to {highest} threads."),
        (found.missed > limits.missed, f"Pages passed over: {found.missed}."),
        (found.standstill > limits.standstill, f"A page stood for {found.standstill:.0f} s."),
        (found.starts > limits.starts, f"The window was started {found.starts} times."),
        (found.silence > limits.silence, f"The window was silent for {found.silence:.1f} s."),
        (
            found.watch_silence > limits.silence,
            f"The watch was silent for {found.watch_silence:.1f} s.",
        ),
        (not found.rotations, "No page was ever turned."),
    )
    return [words for is_broken, words in tests if is_broken]
