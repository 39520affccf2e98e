"""A soak as a page of Markdown."""

import csv
import io

from tests.soak.figures import MB, Sample

ROWS = 12
YEAR = 365 * 24 * 120  # pages
LONG = 60  # minutes; what a shorter soak gains is still its warming up
HURRIED = """

All clocks ran {clock} times as fast, those of the wall, of its watch, of the server and of the one
who measured. All times here are those of these clocks: what takes work took {clock} times as
long by them, as on a slow computer."""
HEAD = """# Soak

Made by `./run soak {arguments}`: a wall under its watch on an X server of its own, before the demo
server with faults in between ({faults}). A page is shown for {dwell}, so that months of rotations
pass; the server takes its answers for old after minutes, so that all is calculated anew now and
again. Memory is what the window alone has written (anonymous pages, also those put out to disk, and
its share of pictures that it has with the X server), resident memory what the system counts, with
the libraries that others share. The first {warm:.0f} minutes, in which caches fill, do not count.
Slopes are those of a line through 24 means, each with its standard error, which is the wider, the
more neighbours are alike.{hurried}

| | |
| --- | --- |
"""


def written(found, samples, problems, *, clock=1, **facts):
    """Write the page."""
    hurried = HURRIED.format(clock=clock) if clock > 1 else ""
    lines = [HEAD.format(hurried=hurried, **facts).rstrip("\n")]
    lines += [f"| {name} | {value} |" for name, value in _facts(found)]
    lines += ["", "| minute | window MB | watch MB | files | threads | pages |"]
    lines += ["| ---: | ---: | ---: | ---: | ---: | ---: |"]
    for one in _thinned(samples):
        lines.append(
            f"| {one.at / 60:.0f} | {one.memory / MB:.1f} | {one.watch_memory / MB:.1f} "
            f"| {one.files} | {one.threads} | {one.rotations:,} |"
        )
    lines += ["", *(problems or ["No limit was broken."]), ""]
    return "\n".join(lines)


def _facts(found):
    yield "length", f"{found.minutes:.0f} minutes"
    yield "pages turned", f"{found.rotations:,}"
    yield "a page on average", f"{found.pace:.2f} s"
    yield "paintings", f"{found.frames:,}"
    yield "pages passed over", f"{found.missed:,} ({found.missed_warm:,} while warming up)"
    yield "pages shown late", f"{found.late:,}, by at most {found.longest_wait:.1f} s"
    yield "longest without another page", f"{found.standstill:.0f} s"
    yield "longest without one of the dashboards", f"{found.absence:.0f} s"
    yield "oldest number on show", f"{found.age / 60:.1f} minutes"
    yield "tiles without a number", f"{found.unknown}"
    yield "restarts", f"{found.starts - 1}"
    yield "tracebacks", f"{found.tracebacks}"
    yield "longest without a sample", f"{found.gap:.0f} s"
    first, last = found.memory_first, found.memory_last
    yield "memory", f"{first:.1f} MB after warming up, {last:.1f} at the end"
    yield "resident memory", f"at most {found.resident:.0f} MB"
    yield "memory an hour", f"{found.hourly.value:+.2f} ± {found.hourly.wide:.2f} MB"
    later, each = found.hourly_later, found.each
    yield "in the second half", f"{later.value:+.2f} ± {later.wide:.2f} MB"
    yield "memory a page", f"{each.value:+.0f} ± {each.wide:.0f} bytes"
    if found.minutes > LONG:
        year, error = each.value * YEAR / MB, each.wide * YEAR / MB
        yield "a year of pages for 30 s each", f"{year:+.0f} ± {error:.0f} MB"
    yield (
        "watch",
        (
            f"at most {found.watch_memory / MB:.1f} MB, "
            f"{found.watch_hourly.value:+.2f} ± {found.watch_hourly.wide:.2f} MB an hour"
        ),
    )
    more = found.files_hourly
    yield (
        "file handles",
        (f"{found.files[0]} to {found.files[1]}, {more.value:+.1f} ± {more.wide:.1f} an hour"),
    )
    yield "threads", f"{found.threads[0]} to {found.threads[1]}"
    yield "longest silence", f"window {found.silence:.1f} s, watch {found.watch_silence:.1f} s"


def _thinned(samples):
    """Choose some, evenly; the last one is among them."""
    count = min(ROWS, len(samples))
    return [samples[len(samples) * number // count - 1] for number in range(1, count + 1)]


def table(samples):
    """Write all samples as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Sample._fields)
    writer.writerows(samples)
    return text.getvalue()
