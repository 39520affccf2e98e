"""Lines are as wide on dense screens, and stay quick where points crowd."""

import numpy as np
import pyqtgraph as pg

from phdesk.views.explore.course import JOINED, Course


def drawn(plot, count, **more):
    item = Course(np.arange(count, dtype=float), pg.mkPen("#123456", width=2), **more)
    plot._zoom.setLimits(xMin=-1, xMax=count)
    plot._zoom.addItem(item, ignoreBounds=True)
    plot._zoom.setXRange(0, count - 1, padding=0)
    return item


def test_few_points_are_one_path_many_are_segments_and_crowds_a_thin_line(plot):
    few, many, crowd = (drawn(plot, count) for count in (50, JOINED + 50, 5000))
    plot._zoom.setXRange(0, 49, padding=0)
    assert few.opts["segmentedLineMode"] == "off"
    plot._zoom.setXRange(0, JOINED + 49, padding=0)
    assert many.opts["segmentedLineMode"] == "on"
    assert many.opts["pen"].widthF() == 2
    plot._zoom.setXRange(0, 4999, padding=0)
    assert crowd.opts["pen"].widthF() == 1
    assert not crowd.opts["antialias"]


def test_only_what_is_in_view_is_handed_on(plot):
    item = drawn(plot, 5000)
    plot._zoom.setXRange(1000, 1100, padding=0)
    assert (item.xData[0], item.xData[-1]) == (999, 1101)
    assert item.opts["pen"].widthF() == 2


def test_a_tail_stands_at_its_buckets(plot):
    item = drawn(plot, 30, start=20)
    assert item.xData[0] == 20


def test_a_dense_screen_has_wider_pens(plot, monkeypatch):
    monkeypatch.setattr(Course, "_ratio", lambda _: 2.0)
    assert drawn(plot, 30).opts["pen"].widthF() == 4


def test_a_narrower_chart_thins_again(qtbot, plot):
    item = drawn(plot, 5000)
    before = len(item.xData)
    plot._items.append((plot._zoom, item))
    plot.resize(300, 400)
    qtbot.waitUntil(lambda: len(item.xData) < before)
