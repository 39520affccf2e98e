"""The focus view draws what follows from series, and the colours of cells."""

import pytest
from PySide6.QtCore import Qt

from phdesk.core.charts.spec import Column, Overlay, Table, XYBody, XYSeries
from phdesk.views import theme
from phdesk.views.explore.course import Course
from phdesk.views.explore.plot import Plot
from phdesk.views.explore.results import ResultsModel

LABELS = ("a", "b", "c")


def chart(**more):
    one = XYSeries(label="A", color="preset-1", values=(1.0, 2.0, 3.0))
    return XYBody(x_labels=LABELS, x_titles=LABELS, series=(one,), **more)


def drawn(qtbot, body):
    plot = Plot(theme.light())
    qtbot.addWidget(plot)
    plot.set_body(body)
    return [list(item.values()) for _, item in plot._items if isinstance(item, Course)]


@pytest.mark.parametrize("rule", ["trend", "average"])
def test_overlays_are_drawn_over_their_series(qtbot, rule):
    overlay = Overlay(series=0, values=(1.5, 2.5, 3.5), rule=rule)
    assert [1.5, 2.5, 3.5] in drawn(qtbot, chart(overlays=(overlay,)))
    assert [1.5, 2.5, 3.5] not in drawn(qtbot, chart())


def test_overlays_of_no_series_or_without_values_are_left_out(qtbot):
    odd = (Overlay(series=9, values=(1.5, 2.5, 3.5)), Overlay(series=0, values=(None, None)))
    assert drawn(qtbot, chart(overlays=odd)) == drawn(qtbot, chart())


def test_cells_with_a_colour_have_a_soft_ground(qapp):
    model = ResultsModel(theme.light())
    model.set_table(
        Table(
            columns=(Column("a"), Column("b")),
            rows=(("x", "y"),),
            texts=(("x", "y"),),
            colors=(("", "#c62828"),),
        )
    )
    grounds = [model.data(model.index(0, i), Qt.ItemDataRole.BackgroundRole) for i in (0, 1)]
    assert grounds[0] is None
    assert grounds[1].name() not in {"#c62828", "#ffffff"}
