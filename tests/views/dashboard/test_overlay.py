"""A person's own layout on the screen."""

import pytest
from PySide6.QtCore import QObject

from phdesk.models.account import Project
from phdesk.models.dashboard import Box
from phdesk.store import changes, tiles
from phdesk.store.state import Overlay
from phdesk.store.store import Store
from phdesk.views import theme as look
from phdesk.views.dashboard.screen import DashboardScreen
from tests.store.builders import NOON, answer, board, tile
from tests.views.dashboard.showing import counted, exposed, grid_of, trend

LEFT, RIGHT = Box(0, 0, 6, 5), Box(6, 0, 6, 5)
SWAPPED = Overlay(boxes={1: RIGHT, 2: LEFT}, base={1: LEFT, 2: RIGHT}, changed_at=NOON)


class Shown(QObject):
    """A screen that follows a store, as the window does."""

    def __init__(self, qtbot):
        super().__init__()
        self.store = Store()
        self.store.apply(changes.with_dashboard, board(*grid_of(2)), now=NOON, asked=1)
        self.store.announce()
        self.screen = exposed(qtbot, DashboardScreen(look.light()), 1200, 700)
        self.screen.show_dashboard(self.board, Project(id=7), None, NOON)
        self.store.changed.connect(self.follow)

    @property
    def board(self):
        return self.store.state.dashboards[9]

    def follow(self, what):
        self.screen.set_overlay(self.store.state.overlays.get(9))
        self.screen.update_dashboard(self.board, None, what, NOON)

    def apply(self, change, *arguments, **more):
        self.store.apply(change, *arguments, **more)
        self.store.announce()

    @property
    def reading(self):
        return list(self.screen.grid.tiles)


@pytest.fixture
def shown(qtbot):
    return Shown(qtbot)


def test_the_persons_layout_is_shown_and_nothing_is_drawn_anew(shown, monkeypatch):
    before = {one: id(widget) for one, widget in shown.screen.grid.tiles.items()}
    assert shown.reading == [1, 2]
    with counted(monkeypatch) as drawn:
        shown.apply(changes.with_overlay, 9, SWAPPED)
        assert shown.reading == [2, 1]
        assert shown.screen.grid.tiles[2].x() < shown.screen.grid.tiles[1].x()
        shown.apply(changes.without_overlay, 9)
        assert shown.reading == [1, 2]
    assert drawn == []
    assert {one: id(widget) for one, widget in shown.screen.grid.tiles.items()} == before


def test_no_answer_makes_a_tile_jump(shown):
    shown.apply(changes.with_overlay, 9, SWAPPED)
    places = {one: widget.geometry() for one, widget in shown.screen.grid.tiles.items()}
    result = trend(-1, 7, 8, 9)
    shown.apply(tiles.with_tile_result, (9, 1), result, now=NOON, asked=2)
    shown.apply(changes.with_dashboard, board(*grid_of(2), name="Daily"), now=NOON, asked=3)
    assert {one: widget.geometry() for one, widget in shown.screen.grid.tiles.items()} == places


def test_a_new_tile_appears_and_one_that_is_gone_goes(shown):
    shown.apply(changes.with_overlay, 9, SWAPPED)
    new = tile(3, answer(0), y=5)
    shown.apply(changes.with_dashboard, board(grid_of(2)[0], new), now=NOON, asked=2)
    assert set(shown.reading) == {1, 3}
    assert shown.screen.grid.tiles[1].x() > shown.screen.grid.tiles[3].x()
