"""How much memory and time it takes to export a dashboard of 60 tiles from the running app.

The tiles are those of the demo's first dashboard, five times; each format is written by the app as
a person would have it written. Memory is the highest that the process had while it wrote, above
what it had before (Linux: VmHWM, after it was set back).
"""

import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from phdesk.services.tables_out import written
from phdesk.views.desk.exports import Exports
from phdesk.views.export.filing import filing
from phdesk.views.export.wish import Wish
from tests.app_parts import running, vault
from tests.benchmarks.heavy import pause, until
from tests.benchmarks.prepared import prepare

COPIES = 5  # of 12 tiles
BUDGET = 150  # MB above what the app has
FORMATS = (
    ("PDF", Wish(format="pdf")),
    ("PDF, landscape", Wish(format="pdf", landscape=True)),
    ("PNG as on screen", Wish(format="png")),
    ("PNG twice as fine", Wish(format="png", scale=2.0)),
    ("SVG", Wish(format="svg")),
    ("XLSX", Wish(format="xlsx")),
    ("JSON", Wish(format="json")),
)


def main():
    """Print what each format takes; give 1 when one is over the budget."""
    QApplication.instance() or QApplication([])
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
            for title, wish in FORMATS:
                more, spent, size, step = measured(exports, wish, folder / f"out.{wish.format}")
                over |= more > BUDGET
                print(
                    f"{title}: +{more:.0f} MB (budget {BUDGET}), {spent:.2f} s, "
                    f"longest step {step * 1e3:.0f} ms, file {size / 1e6:.2f} MB"
                )
    return int(over)


def measured(exports, wish, path):
    """Export once; gives MB above what the process had, seconds, bytes, and the longest step."""
    before, began = memory("VmRSS"), time.perf_counter()
    Path("/proc/self/clear_refs").write_text("5")
    found = exports._taken()
    longest, last = 0.0, time.perf_counter()
    if wish.format in ("pdf", "png", "svg"):
        steps = filing(exports._drawing(found, wish), wish.format, path)
        while next(steps, None) is not None:
            longest = max(longest, time.perf_counter() - last)
            QApplication.processEvents()
            last = time.perf_counter()
        longest = max(longest, time.perf_counter() - last)
    else:
        path.write_bytes(written(wish.format, found.sheet(all_rows=False)))
    spent = time.perf_counter() - began
    return memory("VmHWM") - before, spent, path.stat().st_size, longest


def memory(name):
    """Read a figure of this process, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(f"{name}:"))
