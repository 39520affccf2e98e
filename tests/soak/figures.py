"""What a soak found, as pure arithmetic: slopes with their errors, and what breaks a limit."""

import math
from itertools import pairwise
from operator import mul
from typing import NamedTuple

BLOCKS = 24  # neighbouring samples resemble each other, their means less so
ALIKE = 0.9  # so few means show no more
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
    frames: int  # paintings of the window
    item: str  # key of the dashboard on show
    age: float  # seconds since the oldest number on show was calculated
    unknown: int  # tiles on show without a number, 1 for a page without tiles
    missed: int
    late: int
    longest_wait: float  # seconds, for a page that was late
    starts: int
    silence: float  # longest between two beats so far, seconds
    watch_silence: float  # longest between two words of the watch so far


class Slope(NamedTuple):
    """A straight line through samples."""

    value: float
    error: float  # standard error of the slope, as if all means were independent
    alike: float = 0.0  # how much one mean tells of the next, 0 to `ALIKE`

    @property
    def wide(self):
        """Give the error for means that resemble their neighbours."""
        return self.error * math.sqrt((1 + self.alike) / (1 - self.alike))


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
    rests = [y - mean_y - value * (x - mean_x) for x, y in points]
    rest = sum(one**2 for one in rests)
    error = math.sqrt(rest / (count - 2) / spread)
    alike = sum(map(mul, rests, rests[1:])) / rest if rest else 0.0
    return Slope(value, error, min(max(alike, 0.0), ALIKE))


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
    error: float = 1.0  # of that slope, MB an hour: what is known worse may hide growth
    growth_share: float = 0.15  # of the memory after warming up, over the whole soak
    # Handles between fewest and most: three of the file of calls, the rest are connections, of
    # questions at once and of those that are kept for 5 s.
    files: int = 16
    files_growth: float = 2.0  # an hour, as that of memory
    threads: int = 4
    watch_memory: int = 25 * MB
    silence: float = 6.0  # seconds, at which a window counts as frozen
    starts: int = 1
    missed: int = 0  # pages that were passed over
    standstill: float = 6.0  # seconds without another page
    pace: float = 3.0  # seconds for a page on average
    absence: float = 600.0  # seconds in which a dashboard was seen in no sample
    age: float = 1500.0  # seconds since a number on show was calculated: two tries may fail
    unknown: int = 0  # tiles without a number, after warming up
    gap: float = 10.0  # seconds without a sample
    tracebacks: int = 0


class Whole(NamedTuple):
    """What is known of a soak without its samples."""

    lasted: float | None = None  # seconds; None: until the last sample
    items: tuple[str, ...] = ()  # keys of the dashboards that are to be shown
    tracebacks: int = 0  # in what window and watch wrote


class Findings(NamedTuple):
    """A soak in figures."""

    minutes: float
    rotations: int
    frames: int
    pace: float  # seconds for a page on average, after warming up
    absence: float  # longest time in which a dashboard was seen in no sample, seconds
    age: float  # of the oldest number on show after warming up, seconds
    unknown: int  # most tiles without a number on show then
    gap: float  # longest time without a sample, seconds
    tracebacks: int
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
    hourly_later: Slope  # in the second half
    each: Slope  # bytes a rotation
    watch_hourly: Slope
    watch_memory: int
    files: tuple[int, int]  # fewest, most
    files_hourly: Slope
    threads: tuple[int, int]
    silence: float
    watch_silence: float


def find(samples, warm, whole=Whole()):  # noqa: B008  frozen
    """Put figures to the samples from `warm` seconds on."""
    kept = [one for one in samples if one.at >= warm] or samples[-1:]
    tenth, half = max(1, len(kept) // 10), len(kept) // 2
    hours = [one.at / 3600 for one in kept]
    memory = [one.memory / MB for one in kept]
    last = samples[-1]
    end = last.at if whole.lasted is None else whole.lasted
    pages = last.rotations - kept[0].rotations
    return Findings(
        minutes=end / 60,
        rotations=last.rotations,
        frames=last.frames,
        pace=(last.at - kept[0].at) / pages if pages > 0 else math.inf,
        absence=_absence(kept, whole.items, end),
        age=max(one.age for one in kept),
        unknown=max(one.unknown for one in kept),
        gap=_longest([0.0, *(one.at for one in samples), end]),
        tracebacks=whole.tracebacks,
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
        hourly_later=slope(hours[half:], memory[half:]),
        each=slope([one.rotations for one in kept], [one.memory for one in kept]),
        watch_hourly=slope(hours, [one.watch_memory / MB for one in kept]),
        watch_memory=max(one.watch_memory for one in kept),
        files=(min(one.files for one in kept), max(one.files for one in kept)),
        files_hourly=slope(hours, [one.files for one in kept]),
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


def _absence(samples, items, end):
    """Give the longest time in which one of some dashboards was not seen."""
    seen = ([one.at for one in samples if one.item == item] for item in items)
    return max((_longest([samples[0].at, *times, end]) for times in seen), default=0.0)


def _longest(times):
    return max(after - before for before, after in pairwise(times))


def broken(found, limits):
    """Name each limit that was broken, in a sentence."""
    sure = found.hourly.value - 2 * found.hourly.error
    files = found.files_hourly.value - 2 * found.files_hourly.error
    (fewest, most), (least, highest) = found.files, found.threads
    before, after = found.memory_first, found.memory_last
    tests = (
        (found.gap > limits.gap, f"Nothing was known of the window for {found.gap:.0f} s."),
        (sure > limits.growth, f"Memory grows by at least {sure:.2f} MB an hour."),
        (
            found.hourly.wide > limits.error,
            f"Whether memory grows cannot be told: ± {found.hourly.wide:.2f} MB an hour.",
        ),
        (
            after > before * (1 + limits.growth_share),
            f"Memory went from {before:.0f} to {after:.0f} MB.",
        ),
        (
            found.watch_memory > limits.watch_memory,
            f"The watch took {found.watch_memory / MB:.1f} MB.",
        ),
        (most - fewest > limits.files, f"There were {fewest} to {most} file handles."),
        (files > limits.files_growth, f"File handles grow by at least {files:.1f} an hour."),
        (highest - least > limits.threads, f"There were {least} to {highest} threads."),
        (found.missed > limits.missed, f"Pages passed over: {found.missed}."),
        (found.standstill > limits.standstill, f"A page stood for {found.standstill:.0f} s."),
        (found.pace > limits.pace, f"A page took {found.pace:.1f} s on average."),
        (
            found.frames < found.rotations,
            f"Of {found.rotations} pages at most {found.frames} were painted.",
        ),
        (
            found.absence > limits.absence,
            f"One of the dashboards was not on show for {found.absence:.0f} s.",
        ),
        (found.age > limits.age, f"A number on show was {found.age / 60:.0f} minutes old."),
        (found.unknown > limits.unknown, f"Tiles on show without a number: {found.unknown}."),
        (found.tracebacks > limits.tracebacks, f"Tracebacks were written: {found.tracebacks}."),
        (found.starts > limits.starts, f"The window was started {found.starts} times."),
        (found.silence > limits.silence, f"The window was silent for {found.silence:.1f} s."),
        (
            found.watch_silence > limits.silence,
            f"The watch was silent for {found.watch_silence:.1f} s.",
        ),
        (not found.rotations, "No page was ever turned."),
    )
    return [words for is_broken, words in tests if is_broken]
