"""Everything is two keystrokes away: Ctrl+K and a few letters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from phdesk.models.dashboard import DashboardRow
from phdesk.store import changes
from phdesk.views.desk.commands import Commands
from phdesk.views.dialogs.command_palette import CommandPalette
from tests.store.builders import NOON

CTRL = Qt.KeyboardModifier.ControlModifier
ROWS = (
    DashboardRow(id=9, name="Weekly"),
    DashboardRow(id=12, name="Engineering health", tags=("errors",)),
)


@pytest.fixture
def opened(ada, qtbot):
    ada.parts.store.apply(changes.with_rows, ROWS, now=NOON)
    commands = Commands(ada.desk, ada.pages)
    ada.window.palette_requested.connect(commands.open_palette)

    def press():
        qtbot.keyClick(ada.window, Qt.Key.Key_K, CTRL)
        qtbot.waitUntil(lambda: palettes(ada) != [])
        return palettes(ada)[0]

    return press


def palettes(ada):
    return [one for one in ada.window.findChildren(CommandPalette) if one.isVisible()]


def field(palette):
    return palette.findChild(QLineEdit)


def texts(palette):
    return [entry.text for entry in palette.results()]


def test_it_lists_dashboards_tiles_and_actions(opened):
    entries = {(entry.kind, entry.text) for entry in opened().results()}
    assert ("dashboard", "Engineering health") in entries
    assert ("tile", "Insight 101") in entries
    assert ("action", "Light or dark") in entries


def test_a_few_letters_and_enter_open_a_dashboard(opened, ada, qtbot):
    palette = opened()
    qtbot.keyClicks(field(palette), "enghe")
    assert texts(palette) == ["Engineering health"]
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert ada.desk.open_id == 12
    assert palettes(ada) == []


def test_a_tile_gets_the_keyboard(opened, ada, qtbot):
    palette = opened()
    qtbot.keyClicks(field(palette), "insight 102")
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is ada.screen.grid.tiles[2])


def test_an_action_is_done(opened, ada, qtbot):
    palette = opened()
    qtbot.keyClicks(field(palette), "light")
    with qtbot.waitSignal(ada.window.theme_toggled):
        qtbot.keyClick(field(palette), Qt.Key.Key_Return)


def test_arrows_walk_and_the_field_says_what_enter_takes(opened, qtbot):
    palette = opened()
    first, second = texts(palette)[:2]
    assert field(palette).accessibleDescription().startswith(first)
    qtbot.keyClick(field(palette), Qt.Key.Key_Down)
    assert field(palette).accessibleDescription().startswith(second)
    qtbot.waitUntil(field(palette).hasFocus)


def test_what_was_used_comes_first_the_next_time(opened, qtbot):
    palette = opened()
    qtbot.keyClicks(field(palette), "colour")
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert texts(opened())[0] == "Colour-blind-safe colours"


def test_a_dashboard_that_was_opened_earlier_comes_before_the_others(opened):
    assert texts(opened())[0] == "Weekly"


def test_words_that_fit_nothing_say_so_and_enter_does_nothing(opened, ada, qtbot):
    palette = opened()
    qtbot.keyClicks(field(palette), "zzzz")
    assert texts(palette) == []
    assert palette._nothing.isVisible()
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert palettes(ada) == [palette]
    qtbot.keyClick(palette, Qt.Key.Key_Escape)
    assert palettes(ada) == []


def test_without_an_account_there_is_nothing_to_find(windowed):
    Commands(windowed.desk, windowed.pages).open_palette()
    assert windowed.window.findChildren(CommandPalette) == []


@pytest.fixture
def outlined(ada, qtbot):
    commands = Commands(ada.desk, ada.pages)
    ada.window.outline_requested.connect(commands.open_outline)

    def press():
        qtbot.keyClick(ada.window, Qt.Key.Key_O)
        return palettes(ada)

    return press


def test_the_outline_lists_the_dashboard_in_reading_order_and_leads_to_a_tile(outlined, ada, qtbot):
    [outline] = outlined()
    assert texts(outline) == ["Insight 101", "Insight 102"]
    qtbot.keyClick(field(outline), Qt.Key.Key_Down)
    qtbot.keyClick(field(outline), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is ada.screen.grid.tiles[2])


def test_the_outline_can_be_searched(outlined, qtbot):
    [outline] = outlined()
    qtbot.keyClicks(field(outline), "102")
    assert texts(outline) == ["Insight 102"]


def test_no_dashboard_has_no_outline(outlined, ada):
    ada.desk.open_id = None
    assert outlined() == []


def test_a_pasted_address_is_offered_and_opened(ada, qtbot):
    commands = Commands(ada.desk, ada.pages)
    commands.open_palette()
    [palette] = palettes(ada)
    field(palette).setText("https://eu.posthog.com/project/7/dashboard/12")
    assert texts(palette) == ["Open this dashboard"]
    with qtbot.waitSignal(commands.link_requested) as asked:
        qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert asked.args == ["https://eu.posthog.com/project/7/dashboard/12"]


def test_a_pasted_link_to_a_shared_page_is_offered_and_opened(ada, qtbot):
    commands = Commands(ada.desk, ada.pages)
    commands.open_palette()
    [palette] = palettes(ada)
    field(palette).setText("https://elsewhere.example.org/shared/token")
    assert texts(palette) == ["Open this shared page"]
    with qtbot.waitSignal(commands.link_requested) as asked:
        qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert asked.args == ["https://elsewhere.example.org/shared/token"]
