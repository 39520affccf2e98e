"""Two pages of a wall, drawn without anything that says whose turn it is."""

import pytest
from PySide6.QtCore import QSize

from phdesk.core.wall.pages import DESK_LABEL
from phdesk.core.wall.rotation import Place
from phdesk.core.wall.stops import Stop
from phdesk.services.wall_room import Known
from phdesk.views.charts.ink import Ink
from phdesk.views.monitor.backstage import Stage
from phdesk.views.monitor.clocks import Clocks
from phdesk.views.monitor.renderer import Renderer
from phdesk.views.monitor.showing import Showing
from phdesk.views.theme import load_fonts
from phdesk.views.theme.wall import wall_theme
from tests.store.builders import NOON, tile
from tests.views.dashboard.showing import shown_board, trend

HERE = Place("dashboard 9")


def room(width, height):
    size = QSize(width, height)
    return Stage(size, size, 1.0, Ink(wall_theme("dark"), 1.0, DESK_LABEL))


def showing():
    state = shown_board(tile(1, trend(-5)))
    made = Showing(Stop(key=HERE.key, dashboard=9))
    made.take(Known(state=state, page=state.dashboards[9]))
    return made


@pytest.fixture
def renderer(qtbot):
    load_fonts()
    made = Renderer(Clocks(lambda: NOON, lambda: 0.0))
    made.set_stage(room(640, 360))
    return made


@pytest.fixture
def shown(renderer, qtbot):
    """With one page on show, and the last picture free."""
    with qtbot.waitSignal(renderer.ready):
        renderer.prepare(HERE, showing())
    renderer.swap()
    renderer.release()
    qtbot.waitUntil(lambda: renderer.is_idle)
    return renderer


def test_a_page_is_drawn_out_of_sight_and_its_pages_counted(renderer, qtbot):
    counted = []
    renderer.paged.connect(lambda key, pages: counted.append((key, pages)))
    with qtbot.waitSignal(renderer.ready):
        renderer.prepare(HERE, showing())
    assert set(counted) == {(HERE.key, 1)}
    assert (renderer.place, renderer.sheet.picture) == (None, None)
    assert renderer.backstage.sheet.tile_ids == [1]


def test_the_pictures_change_places(renderer, qtbot):
    with qtbot.waitSignal(renderer.ready):
        renderer.prepare(HERE, showing())
    picture = renderer.backstage.sheet.picture
    assert renderer.swap() == (HERE, renderer.showing)
    assert renderer.sheet.picture is picture
    assert renderer.swap() is None, "nothing comes next"


def test_nothing_is_drawn_over_a_page_that_fades(shown, qtbot):
    with qtbot.waitSignal(shown.ready):
        shown.prepare(HERE, showing())
    shown.swap()
    shown.prepare(HERE, showing())
    qtbot.waitUntil(lambda: shown.is_idle)
    assert not shown.backstage.is_ready
    assert (shown.release(), shown.release()) == (True, False)
    qtbot.waitUntil(lambda: shown.backstage.is_ready)


def test_another_room_asks_for_the_page_on_show(shown, qtbot):
    with qtbot.waitSignal(shown.outdated) as heard:
        shown.set_stage(room(800, 450))
    assert heard.args == [HERE]


def test_a_page_that_is_gone_is_the_last_of_its_stop(renderer, qtbot):
    with qtbot.waitSignal(renderer.ready):
        renderer.prepare(Place(HERE.key, 4), showing())
    renderer.swap()
    assert renderer.place == HERE
