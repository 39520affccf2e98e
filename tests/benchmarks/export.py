"""How much memory and time it takes to export a dashboard of 60 tiles from the running app.

The tiles are those of the demo's first dashboard, five times; each format is written by the app as
a person would have it written. Memory is the highest that the process had while it wrote, above
what it had before (Linux: VmHWM, after it was set back). Two more have
long tables in the tiles' place.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from msgspec import structs
from PySide6.QtWidgets import QApplication

from phdesk.app import TURN
from phdesk.core.charts.spec import Column, Table
from phdesk.views.desk.exports import Exports, rows_of_wish
from phdesk.views.export.filing import filing, rows_filing
from phdesk.views.export.wish import DRAWN, Wish
from tests.app_parts import running, vault
from tests.benchmarks.heavy import pause, until
from tests.benchmarks.prepared import prepare

COPIES = 5  # of 12 tiles
BUDGET = 150  # MB above what the app has
MOMENT = 0.05  # s that a step may keep the window
TABLES, LONG = 20, 5000  # tables of as many rows, of 10 columns
FORMATS = (
    ("PDF", Wish(format="pdf"), 0),
    ("PDF, landscape", Wish(format="pdf", landscape=True), 0),
    ("PNG as on screen", Wish(format="png"), 0),
    ("PNG twice as fine", Wish(format="png", scale=2.0), 0),
    ("SVG", Wish(format="svg"), 0),
    ("XLSX", Wish(format="xlsx"), 0),
    ("JSON", Wish(format="json"), 0),
    (f"XLSX of {TABLES} tables", Wish(format="xlsx"), TABLES),
    (f"JSON of {TABLES} tables", Wish(format="json"), TABLES),
)


def main():
    """Print what each format takes; give 1 when one is over the budget."""
    QApplication.instance() or QApplication([])
    sys.setswitchinterval(TURN)
    over = 0
    with tempfile.TemporaryDirectory() as name, vault():
        folder = Path(name)
        prepare(folder, copies=COPIES)
        with running(folder, size=(1400, 900)) as app:
            until(lambda: app.front.workspace.online is not None)
            screen = app.front.window.screen_page
            until(lambda: len(screen.grid.tiles) == 12 * COPIES)
            until(lambda: all(tile.view is not None for tile in screen.grid.tiles.values()))
            pause(2)
            print(f"app with {12 * COPIES} tiles: {memory('VmRSS'):.0f} MB")
            exports = app.front.window.findChild(Exports) or Exports(app.front.desk)
            for title, wish, tables in FORMATS:
                path = folder / f"out.{wish.format}"
                more, spent, size, (step, work) = measured(exports, wish, path, tables)
                over |= more > BUDGET or work > MOMENT
                print(
                    f"{title}: +{more:.0f} MB (budget {BUDGET}), {spent:.2f} s, longest step "
                    f"{step * 1e3:.0f} ms, {work * 1e3:.0f} of work (budget {MOMENT * 1e3:.0f}), "
                    f"file {size / 1e6:.2f} MB"
                )
    return int(over)


def measured(exports, wish, path, tables=0):
    """Export once; gives MB above what the process had, seconds, bytes, and the longest step.

    A step by the clock, and by the work of the window's own thread: of the rest other programs
    had the cores.
    """
    before, began = memory("VmRSS"), time.perf_counter()
    Path("/proc/self/clear_refs").write_text("5")
    found = with_tables(exports._taken(), tables)
    if wish.format in DRAWN:
        steps = filing(exports._drawing(found, wish), wish.format, path)
    else:
        steps = rows_filing(rows_of_wish(found, wish), path)
    longest, most, going = 0.0, 0.0, True
    while going:
        last, work = time.perf_counter(), time.thread_time()
        going = next(steps, None) is not None
        longest = max(longest, time.perf_counter() - last)
        most = max(most, time.thread_time() - work)
        QApplication.processEvents()
    spent = time.perf_counter() - began
    return memory("VmHWM") - before, spent, path.stat().st_size, (longest, most)


def with_tables(found, count):
    """Take as many long tables in the place of tiles; none leaves all as it is."""
    if not count:
        return found
    columns = (Column("Person"), *(Column(f"n{i}", numeric=True) for i in range(9)))
    rows = tuple((f"p{i}@example.org", *(i * n / 7 for n in range(9))) for i in range(LONG))
    view = structs.replace(found.tiles[0].view, table=Table(columns, rows, ()))
    tiles = tuple(structs.replace(one, view=view) for one in found.tiles[:count])
    return structs.replace(found, tiles=tiles)


def memory(name):
    """Read a figure of this process, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(f"{name}:"))
