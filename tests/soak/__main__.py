"""Run a wall for long and see that nothing grows: ./run soak [--minutes 30] [--speed 30]."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from phdesk.core.budget import HOUR, LIMITS, Kind
from phdesk.core.budget import SHARE as CLOCK_SHARE
from phdesk.demo.dashboards import BOARDS
from tests.soak.figures import MB, Limits, Whole, broken, find
from tests.soak.haste import hastened
from tests.soak.report import table, written
from tests.soak.run import ROOT, SoakError, soaking

DWELL = 30.0  # seconds for which a page is shown at speed 1
TELL_EVERY = 60.0  # seconds
WARM = 12.0  # minutes: all was calculated anew once, and the server was away
SLACK = 6.0  # seconds for which a page may stand longer than for its time and the next one's
TICK = 0.5  # seconds to notice that its time is over
SHARE = 2.0  # so many times its own time may a page take on average
DASHBOARDS = ("1", "2", "3", "4", "5", "6")
TILES = sum(
    card.insight is not None for board in BOARDS for row in board.rows for card in row.cards
)
TRIES = 3  # of which two may fail


def monitor(dwell):
    words = [sys.executable, "-m", "phdesk", "monitor", "--dwell", f"{dwell:g}s"]
    return [*words, "--refresh", "5m", "--size", "1920x1080", *DASHBOARDS]


def parsed(words):
    parser = argparse.ArgumentParser(prog="./run soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--speed", type=float, default=30.0, help="how much faster pages turn")
    parser.add_argument("--clock", type=int, default=1, help="how much faster all clocks run")
    parser.add_argument("--warm", type=float, help="minutes that do not count; a part, at most 12")
    parser.add_argument("--seed", type=int, default=7, help="of the faults")
    parser.add_argument("--report", type=Path, help="the page of Markdown to write")
    parser.add_argument("--samples", type=Path, help="the CSV to write with all that was measured")
    return parser.parse_args(words)


def main(words):
    given = parsed(words)
    if given.clock > 1 and "HASTE" not in os.environ:
        return hurried(given.clock, words)
    dwell = DWELL / given.speed
    warm = given.warm if given.warm is not None else min(WARM, given.minutes * 0.4)
    try:
        soak, whole, log = measured(given, dwell)
    except SoakError as error:
        print(error, file=sys.stderr)
        return 2
    faults, found = soak.weather, find(soak.samples, warm * 60, whole)
    problems = broken(found, limits(dwell, given.minutes))
    page = written(
        found, soak.samples, problems, arguments=" ".join(words),
        faults=f"{sum(faults.counts.values())} of {faults.asked} questions, "
        f"{faults.outages} times all for a minute",
        dwell=f"{dwell:g} s", warm=warm, clock=given.clock,
    )  # fmt: skip
    print(page)
    if given.report is not None:
        given.report.write_text(page, encoding="utf-8")
    if given.samples is not None:
        given.samples.write_text(table(soak.samples), encoding="utf-8")
    if problems:
        print(log[-4000:], file=sys.stderr)
    return int(bool(problems))


def hurried(times, words):
    """Do all of it where clocks run faster; a signal ends it early, as without that."""
    with tempfile.TemporaryDirectory(prefix="phdesk-haste-") as folder:
        try:
            environ = hastened(os.environ, times, folder)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 2
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.soak", *words],
            cwd=ROOT,
            env=environ,
            start_new_session=True,  # so that Ctrl+C comes by this way alone
        )

        def pass_on(*_):
            child.send_signal(signal.SIGINT)

        before = {one: signal.signal(one, pass_on) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            return child.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def measured(given, dwell):
    """Let a wall run; gives the soak with its samples, what else is known of it, and its log."""
    told = [0.0]

    def tell(sample):
        if sample.at >= told[0]:
            told[0] = sample.at + TELL_EVERY
            print(f"{sample.at / 60:5.1f} min  {sample.memory / MB:6.1f} MB  "
                  f"{sample.files} files  {sample.threads} threads  {sample.rotations} pages  "
                  f"{sample.missed} missed  {sample.late} late", flush=True)  # fmt: skip

    with soaking(monitor(dwell), {}, given.seed) as soak:
        soak.wait_for_beats()
        try:
            soak.run(given.minutes * 60, tell)
        except KeyboardInterrupt:
            print("ended early")
        if not soak.samples:
            raise SoakError(f"nothing could be measured\n{soak.log}")
        items = tuple(f"dashboard {one}" for one in DASHBOARDS)
        return soak, Whole(soak.lasted, items, soak.tracebacks), soak.log


def limits(dwell, minutes):
    """Give what is allowed where a page is shown for so many seconds, in a soak of that length.

    The wall wants all its tiles anew more often than the clock may ask for in an hour: in the first
    hour it gets them, and from then on as many as that.
    """
    usual = Limits()
    turn = HOUR * TILES / (LIMITS[Kind.INSIGHTS][1].calls * CLOCK_SHARE)
    return Limits(
        standstill=2 * dwell + SLACK,
        pace=SHARE * dwell + TICK,
        absence=usual.absence + 60 * dwell,
        age=usual.age if minutes * 60 <= HOUR else max(usual.age, TRIES * turn),
    )


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell has it ignored
        signal.signal(number, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
