"""One tile in a window, and a count of what is drawn."""

import pytest
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolTip, QWidget

from phdesk.views import theme as look
from phdesk.views.dashboard.tile import TileWidget
from tests.noting import noting
from tests.views.dashboard.showing import counted, exposed


@pytest.fixture
def tile(qtbot):
    QCursor.setPos(799, 799)  # beside the window
    holder = exposed(qtbot, QWidget(), 520, 420)
    tile = TileWidget(4, look.light(), holder)
    tile.setGeometry(10, 10, 480, 380)
    tile.show()
    tile.wished = []
    for name in ("open", "refresh", "browser", "link", "details"):
        wish = getattr(tile.wishes, f"{name}_requested")
        wish.connect(noting(tile.wished, name))
    tile.holder = holder
    yield tile
    QToolTip.hideText()


@pytest.fixture
def drawn(monkeypatch):
    with counted(monkeypatch) as drawn:
        yield drawn
