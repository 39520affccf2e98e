"""Grids of tiles: to build, to repaint, to scroll, to refresh; ratios within one run, CPU time."""

import gc
import math
import os
import random
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pyqtgraph
from PySide6.QtWidgets import QApplication, QGridLayout, QScrollArea, QWidget

from phdesk.core.charts.spec import TileView, XYBody, XYSeries
from phdesk.models.dashboard import Box
from phdesk.views import theme as look
from phdesk.views.dashboard.grid_view import GridView

SIZE = (1400, 900)
COLUMNS = 3
BUDGETS = {
    "60 tiles built / 12 tiles built": 2.0,
    "repaint from pictures / first paint": 0.15,
    "scroll step / scroll step of a pyqtgraph grid": 0.33,
    "5 x 10,000 points / 5 x 90 points": 40.0,
}


def line_view(points, seed):
    rng = random.Random(seed)
    labels = tuple(f"{n} Nov" for n in range(points))
    series = tuple(
        XYSeries(
            label=f"Series {n}",
            color=f"preset-{n + 1}",
            values=tuple(50 + 20 * math.sin(i / 9 + n) + rng.random() * 9 for i in range(points)),
        )
        for n in range(5)
    )
    return TileView(
        title=f"Chart {seed}",
        kind="TrendsQuery",
        kind_label="Trends",
        display="ActionsLineGraph",
        summary="A chart.",
        body=XYBody(x_labels=labels, x_titles=labels, series=series),
    )


def boxes(count):
    return {n: Box(n % COLUMNS * 4, n // COLUMNS * 4, 4, 4) for n in range(count)}


def made(app, count, points=90):
    """Build a grid and paint it; gives the grid and the CPU seconds that it took."""
    views = {n: line_view(points, n) for n in range(count)}
    began = time.process_time()
    grid = GridView(look.light())
    grid.resize(*SIZE)
    grid.set_tiles(boxes(count))
    grid.set_views(views)
    grid.show()
    app.processEvents()
    grid.viewport().repaint()
    return grid, time.process_time() - began


def timed(repeats, act):
    """Give the median CPU seconds of an act."""
    spent = []
    for number in range(repeats):
        began = time.process_time()
        act(number)
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def built(app):
    small, large = [], []
    for _ in range(5):
        for count, list_ in ((12, small), (60, large)):
            grid, spent = made(app, count)
            list_.append(spent)
            grid.deleteLater()
            app.processEvents()
    return min(large) / min(small)


def repainted(app):
    grid, _ = made(app, 12)

    def first(_number):
        for tile in grid.tiles.values():
            tile.drop_picture()
        grid.grab()

    def again(_number):
        grid.grab()

    return timed(15, again) / timed(15, first)


def scrolled(app):
    grid, _ = made(app, 60)
    theirs = pyqtgraph_grid(app, 60)

    def steps(area):
        bar = area.verticalScrollBar()

        def step(number):
            bar.setValue((number * 120) % max(bar.maximum(), 1))
            area.viewport().repaint()

        return timed(60, step)

    steps(grid)  # once round, as after a while
    steps(theirs)
    return steps(grid) / steps(theirs)


def pyqtgraph_grid(app, count):
    page, area = QWidget(), QScrollArea()
    layout = QGridLayout(page)
    for number in range(count):
        plot = pyqtgraph.PlotWidget(enableMenu=False, antialias=True)
        plot.setMinimumHeight(356)
        for series in line_view(90, number).body.series:
            plot.plot(list(series.values), pen=pyqtgraph.mkPen("#1d4aff", width=1.5))
        layout.addWidget(plot, number // COLUMNS, number % COLUMNS)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.resize(*SIZE)
    area.show()
    app.processEvents()
    return area


def decimated(app):
    few, _ = made(app, 1, points=90)
    many, _ = made(app, 1, points=10_000)

    def draw(grid):
        def act(_number):
            for tile in grid.tiles.values():
                tile.drop_picture()
                tile.render_now()

        return timed(7, act)

    return draw(many) / draw(few)


def leaked(app):
    """Refresh 1,000 times; gives how many objects and widgets there are more than before."""
    grid, _ = made(app, 12)

    def refresh(rounds):
        for number in range(rounds):
            grid.set_views({number % 12: line_view(30, number)})
            if number % 12 == 0:
                app.processEvents()
                grid.viewport().repaint()

    refresh(100)
    gc.collect()
    before = len(gc.get_objects()), len(app.allWidgets())
    refresh(1000)
    gc.collect()
    return len(gc.get_objects()) - before[0], len(app.allWidgets()) - before[1]


def main():
    """Print each ratio beside its budget; give 1 when one is over."""
    app = QApplication.instance() or QApplication([])
    look.apply(app, look.light())
    acts = (built, repainted, scrolled, decimated)
    over = 0
    for (name, budget), act in zip(BUDGETS.items(), acts, strict=True):
        ratio = act(app)
        over |= ratio > budget
        print(f"{name}: {ratio:.2f} (budget {budget})")
    objects, widgets = leaked(app)
    over |= objects > 200 or widgets > 0
    print(f"after 1,000 refreshes: {objects:+} objects, {widgets:+} widgets (budget +200, +0)")
    return int(over)
