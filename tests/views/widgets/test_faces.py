"""What assistive technology is told of widgets that Qt does not know."""

import gc

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QWidget

from phdesk.core.charts.spec import ButtonBody
from phdesk.views import theme as look
from phdesk.views.dashboard.tile import TileWidget
from phdesk.views.widgets import faces
from tests.views.charts import bodies
from tests.views.dashboard.showing import CHART, text_view

BUTTON = replace(bodies.view(ButtonBody(text="Docs", url="https://x.example")), kind="button")


def role(widget):
    return QAccessible.queryAccessibleInterface(widget).role()


@pytest.fixture
def tile(qtbot):
    faces.install()
    made = TileWidget(4, look.light())
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("view", "wanted"),
    [
        pytest.param(CHART, QAccessible.Role.Chart, id="chart"),
        pytest.param(text_view("Only **paid** traffic."), QAccessible.Role.Paragraph, id="words"),
        pytest.param(text_view("## Revenue"), QAccessible.Role.Heading, id="heading"),
        pytest.param(BUTTON, QAccessible.Role.Link, id="button"),
    ],
)
def test_a_tile_is_told_by_what_it_shows_now(tile, view, wanted):
    assert role(tile) == QAccessible.Role.Chart, "before it shows anything"
    tile.set_view(view)
    assert role(tile) == wanted


def test_other_widgets_stay_as_qt_tells_them(tile):
    assert role(QPushButton(tile)) == QAccessible.Role.Button
    assert role(QWidget(tile)) == QAccessible.Role.Client


def test_faces_live_and_go_with_their_widgets(qtbot):
    faces.install()
    for number in range(200):
        made = TileWidget(number, look.light())
        made.setAccessibleName(str(number))
        face = QAccessible.queryAccessibleInterface(made)
        assert face.text(QAccessible.Text.Name) == str(number)
        del made, face
        gc.collect(0)
