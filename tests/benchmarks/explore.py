"""The focus view moved step by step: pan, zoom, crosshair; ratios within one run, CPU time."""

import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from msgspec import structs
from PySide6.QtWidgets import QApplication

from phdesk.views import theme as look
from phdesk.views.explore.plot import Plot
from tests.benchmarks.tiles import line_view

SIZE = (900, 500)
STEPS = 30
FEW, SOME, MANY = 100, 1_000, 10_000
SHARE = 0.6  # of the buckets in view while panning
BUDGETS = {
    "pan": {SOME: 4.0, MANY: 2.0},
    "zoom": {SOME: 4.0, MANY: 2.0},
    "crosshair": {SOME: 6.0, MANY: 2.0},
}


def shown(app, points, mark):
    """Make the chart of five series and paint it; gives also the CPU seconds that it took."""
    body = line_view(points, 1).body
    if mark != "line":
        series = tuple(structs.replace(one, mark=mark) for one in body.series)
        body = structs.replace(body, series=series, stacked=True)
    chart = Plot(look.light())
    chart.resize(*SIZE)
    began = time.process_time()
    chart.set_body(body)
    chart.show()
    app.processEvents()
    chart.viewport().repaint()
    return chart, time.process_time() - began


def pan(chart, points, part):
    width = points * SHARE
    low = (points - width) * part
    chart._zoom.setXRange(low, low + width, padding=0)


def zoom(chart, points, part):
    half = points * (1 - 0.9 * part) / 2
    chart._zoom.setXRange(points / 2 - half, points / 2 + half, padding=0)


def crosshair(chart, points, part):
    chart.move_to(round((points - 1) * part))


def step(chart, points, act, number):
    """Give the CPU seconds of one step with its repaint."""
    began = time.process_time()
    act(chart, points, number / STEPS)
    chart.viewport().repaint()
    return time.process_time() - began


def main():
    """Print each ratio beside its budget; give 1 when one is over."""
    app = QApplication.instance() or QApplication([])
    look.apply(app, look.light())
    return max(measured(app, mark) for mark in ("line", "area"))


def measured(app, mark):
    """Measure lines, or areas in a stack."""
    made = {points: shown(app, points, mark) for points in (FEW, SOME, MANY)}
    for points, (_, seconds) in made.items():
        print(f"{mark}s, 5 x {points:,} points drawn first: {seconds * 1000:.0f} ms CPU")
    over = 0
    for name, act in (("pan", pan), ("zoom", zoom), ("crosshair", crosshair)):
        spent = {points: [] for points in made}
        for number in range(STEPS):  # in turn, so that a drift of the machine meets all
            for points, (chart, _) in made.items():
                spent[points].append(step(chart, points, act, number))
        medians = {points: statistics.median(some) * 1000 for points, some in spent.items()}
        for points, budget in BUDGETS[name].items():
            ratio = medians[points] / medians[FEW]
            over |= ratio > budget
            print(
                f"{mark}s, {name} step, 5 x {points:,} / 5 x {FEW} points: "
                f"{ratio:.2f} (budget {budget}); "
                f"{medians[points]:.1f} ms against {medians[FEW]:.1f} ms CPU"
            )
    return int(over)
