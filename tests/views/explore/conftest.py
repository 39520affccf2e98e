"""A focus view on screen, with three lines and the period before."""

import pytest
from PySide6.QtWidgets import QApplication

from phdesk.views import theme as look
from phdesk.views.explore.explore import Explore
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
