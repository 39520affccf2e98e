"""A focus view on screen, with three lines and the period before; and an empty plot."""

import pytest
from PySide6.QtWidgets import QApplication

from phdesk.views import theme as look
from phdesk.views.explore.explore import Explore
from phdesk.views.explore.plot import Plot
from tests.views.explore.samples import lines, view


@pytest.fixture
def explore(qtbot):
    look.apply(QApplication.instance(), look.light())
    page = Explore(look.light())
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.set_view(view(lines(previous=True)))
    with qtbot.waitExposed(page, timeout=5_000):
        page.show()
    page.activateWindow()
    return page


@pytest.fixture
def plot(qtbot):
    widget = Plot(look.light())
    qtbot.addWidget(widget)
    widget.resize(800, 400)
    with qtbot.waitExposed(widget, timeout=5_000):
        widget.show()
    return widget
