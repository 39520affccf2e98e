"""A soak as a page of Markdown."""

from tests.soak.figures import MB

ROWS = 12
HEAD = """# Soak

Made by `./run soak {arguments}`: a wall under its watch on an X server of its own, before the demo
server with faults in between ({faults}). A page is shown for {dwell}, so that months of rotations
pass; the server takes its answers for old after minutes, so that all is calculated anew now and
again. Memory is what the window alone has written (anonymous pages), resident memory what the
system counts, with the libraries that others share. The first {warm:.0f} minutes, in which caches
fill, do not count. Slopes are those of a line through 24 means, each with its standard error.

| | |
| --- | --- |
"""


def written(found, samples, problems, **facts):
    """Write the page."""
    lines = [HEAD.format(**facts).rstrip("\n")]
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
    yield "pages passed over", f"{found.missed:,} ({found.missed_warm:,} while warming up)"
    yield "pages shown late", f"{found.late:,}, by at most {found.longest_wait:.1f} s"
    yield "longest without another page", f"{found.standstill:.0f} s"
    yield "restarts", f"{found.starts - 1}"
    first, last = found.memory_first, found.memory_last
    yield "memory", f"{first:.1f} MB after warming up, {last:.1f} at the end"
    yield "resident memory", f"at most {found.resident:.0f} MB"
    yield "memory an hour", f"{found.hourly.value:+.2f} ± {found.hourly.error:.2f} MB"
    yield "memory a page", f"{found.each.value:+.0f} ± {found.each.error:.0f} bytes"
    yield (
        "watch",
        (
            f"at most {found.watch_memory / MB:.1f} MB, "
            f"{found.watch_hourly.value:+.2f} ± {found.watch_hourly.error:.2f} MB an hour"
        ),
    )
    yield "file handles", f"{found.files[0]} to {found.files[1]}"
    yield "threads", f"{found.threads[0]} to {found.threads[1]}"
    yield "longest silence", f"window {found.silence:.1f} s, watch {found.watch_silence:.1f} s"


def _thinned(samples):
    step = max(1, len(samples) // ROWS)
    return [*samples[step - 1 :: step]][:ROWS]
