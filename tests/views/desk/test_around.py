"""Facts from around the tiles come onto the screen when they arrive, and leave it never."""

from phdesk.store import changes
from phdesk.views import theme as look
from phdesk.views.explore.explore import Explore
from tests.views.dashboard.test_around import NOTE, OCEAN


def settled(ada, qtbot):
    """Wait for what the server itself says about these facts: nothing, but it says so late."""
    qtbot.waitUntil(lambda: not ada.parts.background._wanted)


def marks(ada):
    return [mark.texts for mark in ada.screen.views[2].body.marks]


def test_annotations_that_come_later_are_marked(ada, qtbot):
    settled(ada, qtbot)
    ada.parts.store.apply(changes.with_annotations, [NOTE])
    qtbot.waitUntil(lambda: marks(ada) == [("Release 2.15",)])
    assert ada.window.page is ada.screen


def test_a_theme_that_comes_later_recolours(ada, qtbot):
    settled(ada, qtbot)
    ada.parts.store.apply(changes.with_color_themes, [OCEAN])
    qtbot.waitUntil(lambda: ada.screen.views[2].body.series[0].color == "#0b132b")


def test_a_tile_that_is_open_large_is_brought_up_to_date(ada, qtbot, monkeypatch):
    settled(ada, qtbot)
    explore = Explore(look.light())
    ada.tiles.show(explore, 2)
    shown = []
    monkeypatch.setattr(explore, "set_view", shown.append)
    ada.parts.store.apply(changes.with_annotations, [NOTE])
    qtbot.waitUntil(lambda: bool(shown))
    assert [mark.texts for mark in shown[-1].body.marks] == [("Release 2.15",)]
    assert ada.window.page is explore
    explore.close_requested.emit()
    explore.deleteLater()
