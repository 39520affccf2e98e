"""A dashboard is made, copied, deleted and brought back by keyboard alone, before the demo."""

import pytest
from PySide6.QtWidgets import QAbstractItemView

from phdesk.demo.server import DemoServer
from tests.app_parts import running, vault
from tests.keyboard import CTRL, Key
from tests.test_end_to_end import board
from tests.test_without_a_mouse import WIDE, Visit, signs_in


@pytest.fixture
def server():
    with vault(), DemoServer() as server:
        yield server


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_dashboard_is_made_by_keyboard_alone(qtbot, tmp_path, server):
    with running(tmp_path, size=WIDE) as app:
        visit = Visit(app, qtbot)
        signs_in(visit, server)
        makes_an_empty_one(visit)
        makes_one_for_an_audience(visit)
        deletes_it(visit)


def makes_an_empty_one(visit):
    app, keys = visit.app, visit.keys
    keys.press(Key.Key_N, CTRL)
    visit.wait(lambda: keys.name == "Find what to start with")
    keys.press(Key.Key_Return)
    visit.wait(lambda: keys.name == "Name")
    keys.write("Weekly numbers")
    keys.tab_to("Who is it for")
    keys.write("For us: who pays?")
    keys.tab_to("Tags")
    keys.write("weekly, ours")
    keys.tab_to("Make the dashboard")
    keys.press(Key.Key_Space)
    visit.wait(lambda: board(app) is not None and board(app).dashboard.row.name == "Weekly numbers")
    row = board(app).dashboard.row
    assert (row.description, row.tags) == ("For us: who pays?", ("weekly", "ours"))


def makes_one_for_an_audience(visit):
    """Its events are those of the demo: two are filled in, one is picked from what is found."""
    app, keys = visit.app, visit.keys
    keys.press(Key.Key_N, CTRL)
    visit.wait(lambda: keys.name == "Find what to start with")
    keys.write("product managers")
    keys.press(Key.Key_Return)
    visit.wait(lambda: keys.name == "Name")
    keys.tab_to("what the product is for")
    visit.wait(lambda: keys.here.text() != "")
    keys.press(Key.Key_A, CTRL)
    keys.write("report_v")
    visit.wait(lambda: isinstance(keys.here, QAbstractItemView))
    keys.press(Key.Key_Down)
    keys.press(Key.Key_Return)
    assert keys.here.text() == "report_viewed"
    keys.tab_to("Make the dashboard")
    keys.press(Key.Key_Space)
    visit.wait(lambda: visit.ready() and board(app).dashboard.row.name == "Product health")
    tiles = board(app).tiles.values()
    names = {held.insight.name for held in tiles if held.insight is not None}
    assert "People with a good visit" in names
    assert len(tiles) == 12


def deletes_it(visit):
    app, keys = visit.app, visit.keys
    gone = app.desk.open_id
    keys.find("Delete the dashboard for everyone")
    keys.tab_to("Delete for everyone")
    keys.press(Key.Key_Space)
    visit.wait(lambda: app.desk.open_id != gone)
    assert "deleted" in visit.told
    keys.find("Restore a deleted dashboard")
    visit.wait(lambda: "eleted dashboards" in keys.name or "number" in keys.name)
    keys.tab_to("Restore for everyone")
    keys.press(Key.Key_Space)
    visit.wait(lambda: app.desk.open_id == gone and visit.ready())
    assert "is back" in visit.told
