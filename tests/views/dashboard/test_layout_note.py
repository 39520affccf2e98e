import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from phdesk.models.account import Project
from phdesk.views import theme as look
from phdesk.views.dashboard.layout_note import LayoutLine, LayoutNote
from phdesk.views.dashboard.screen import DashboardScreen
from tests.store.builders import NOON
from tests.views.dashboard.showing import exposed, grid_of, has_color, shown_board
from tests.views.desk.conftest import button

NOTE = LayoutNote(text="Layout changed on this computer only")
REFUSED = replace(NOTE, can_save=False, why_not="This key may not change dashboards.")


@pytest.fixture
def screen(qtbot):
    screen = exposed(qtbot, DashboardScreen(look.light()), 1200, 700)
    screen.show_dashboard(shown_board(*grid_of(3)).dashboards[9], Project(id=7), None, NOON)
    return screen


def line(screen):
    return screen.findChild(LayoutLine)


def words(screen):
    return [one.text() for one in line(screen).findChildren(QLabel) if one.text()]


def test_without_a_changed_layout_there_is_no_line(screen):
    screen.set_layout_note(None)
    assert line(screen) is None


def test_a_changed_layout_is_told_until_it_is_not(screen):
    screen.set_layout_note(NOTE)
    assert line(screen).isVisible()
    assert words(screen) == ["Layout changed on this computer only"]
    screen.set_layout_note(None)
    assert not line(screen).isVisible()


@pytest.mark.parametrize(
    ("name", "wish"),
    [("Save to PostHog", "layout_save_requested"), ("Discard", "layout_discard_requested")],
)
def test_saving_and_discarding_are_wishes(screen, qtbot, name, wish):
    screen.set_layout_note(NOTE)
    with qtbot.waitSignal(getattr(screen, wish)):
        qtbot.mouseClick(button(line(screen), name), Qt.MouseButton.LeftButton)


def test_what_cannot_be_saved_says_why(screen):
    screen.set_layout_note(REFUSED)
    save = button(line(screen), "Save to PostHog")
    assert not save.isEnabled()
    assert save.accessibleDescription() == REFUSED.why_not
    assert words(screen) == [f"{REFUSED.text} · {REFUSED.why_not}"]
    assert button(line(screen), "Discard").isEnabled(), "what cannot be saved can be given up"


def test_while_it_is_saved_nothing_is_asked_twice_and_the_keyboard_stays(screen, qtbot):
    screen.set_layout_note(NOTE)
    save = button(line(screen), "Save to PostHog")
    save.setFocus(Qt.FocusReason.TabFocusReason)
    screen.set_layout_note(replace(NOTE, busy=True))
    assert save.text() == "Saving…"
    assert QApplication.focusWidget() is save
    with qtbot.assertNotEmitted(screen.layout_save_requested):
        qtbot.keyClick(save, Qt.Key.Key_Space)
    assert not button(line(screen), "Discard").isEnabled()
    screen.set_layout_note(NOTE)
    with qtbot.waitSignal(screen.layout_save_requested):
        qtbot.keyClick(save, Qt.Key.Key_Space)


def test_a_theme_reaches_the_line(screen):
    screen.set_layout_note(NOTE)
    assert has_color(line(screen).grab().toImage(), look.light().accent)
    screen.set_theme(look.dark())
    assert has_color(line(screen).grab().toImage(), look.dark().accent)


def test_when_the_line_goes_no_tile_is_marked_or_scrolled_to(screen, qtbot):
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.show_dashboard(shown_board(*grid_of(12)).dashboards[9], Project(id=7), None, NOON)
    screen.set_layout_note(NOTE)
    bar = screen.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    button(line(screen), "Save to PostHog").setFocus()
    screen.set_layout_note(None)
    assert QApplication.focusWidget() is screen.grid
    assert bar.value() > bar.maximum() - 100
    assert not any(tile.card_state.focused for tile in screen.grid.tiles.values())
