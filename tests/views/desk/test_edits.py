"""Changes for the team: from the menu of a tile or by name, with words and the way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from phdesk.models.account import Project
from phdesk.views.desk.edits import INSIGHT, LISTING, NAME, PIN, TEAM, TEXT, Edits
from phdesk.views.dialogs.board_words import NameDialog, TextDialog
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.trouble import Trouble
from tests.services import posthog

LEFT = Qt.MouseButton.LeftButton
NO_SCOPE = {"detail": "API key missing required scope 'dashboard:write'"}


@pytest.fixture
def desk(ada):
    Edits(ada.desk)
    return ada


def chosen(desk, tile_id, text):
    """Choose from the menu of a tile."""
    menu = desk.screen.grid.tiles[tile_id]._menu()
    action = next(one for one in menu.findChildren(QAction) if one.text() == text)
    action.trigger()
    menu.deleteLater()


def carried_out(desk, text):
    next(one for one in desk.window.shortcut_actions if one.text() == text).trigger()


def press(desk, within, text):
    button = next(one for one in within.findChildren(QPushButton) if one.text() == text)
    desk.qtbot.mouseClick(button, LEFT)


def told(desk, word):
    desk.qtbot.waitUntil(lambda: word in desk.window.notice.text)


@pytest.mark.parametrize("name", ["Blue", "Green", "Purple", "Black"])
def test_a_tile_is_coloured_and_uncoloured(desk, server, name):
    chosen(desk, 1, name)
    told(desk, f"marked {name.lower()} for everyone")
    assert desk.screen.views[1].accent is not None
    chosen(desk, 1, "None")
    told(desk, "no colour")
    assert [one["tiles"][0]["color"] for one in server.changed] == [name.lower(), None]


def test_the_menu_marks_the_colour_that_a_tile_has(desk):
    chosen(desk, 1, "Green")
    told(desk, "green")
    menu = desk.screen.grid.tiles[1]._menu()
    marked = [one.text() for one in menu.findChildren(QAction) if one.isChecked()]
    assert marked == ["Green"]
    menu.deleteLater()


def test_a_tile_is_removed_and_brought_back(desk, server):
    chosen(desk, 1, "Remove from the dashboard")
    told(desk, "no longer on this dashboard")
    desk.qtbot.waitUntil(lambda: list(desk.screen.grid.tiles) == [2])
    press(desk, desk.window.notice, "Undo")
    desk.qtbot.waitUntil(lambda: set(desk.screen.grid.tiles) == {1, 2})
    assert [one["tiles"] for one in server.changed] == [
        [{"id": 1, "deleted": True}],
        [{"id": 1, "deleted": False}],
    ]


def test_after_a_change_of_project_there_is_nothing_to_undo(desk, server):
    chosen(desk, 1, "Green")
    told(desk, "green")
    desk.desk.online.choose_project(Project(id=8))
    buttons = desk.window.notice.findChildren(QPushButton)
    assert "Undo" not in [one.text() for one in buttons if one.isVisible()]
    desk.window.notice.undo_requested.emit(TEAM)
    assert len(server.changed) == 1
    assert desk.desk.online.edits._running is None


def test_a_description_is_hidden_and_shown(desk, server):
    server.tiles[0]["insight"]["description"] = "Who came"
    desk.desk.online.refresh(9)
    desk.qtbot.waitUntil(lambda: desk.screen.views[1].description == "Who came")
    chosen(desk, 1, "Hide the description")
    told(desk, "hidden for everyone")
    assert desk.screen.views[1].description == ""
    chosen(desk, 1, "Show the description")
    told(desk, "shown for everyone")
    assert desk.screen.views[1].description == "Who came"


@pytest.mark.parametrize(
    ("entry", "sign"),
    [
        ("Add a text card…", lambda desk: desk.dialog(TextDialog) is not None),
        ("Name and describe the dashboard…", lambda desk: desk.dialog(NameDialog) is not None),
        ("Add an insight…", lambda desk: desk.window.notice.text == LISTING),
        ("Pin for everyone", lambda desk: desk.desk.online.edits._running is not None),
    ],
)
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_head_of_the_dashboard_offers_what_can_change_for_everyone(desk, entry, sign):
    more = next(
        one
        for one in desk.screen.findChildren(QPushButton)
        if one.accessibleName() == "Change the dashboard for the team"
    )
    desk.qtbot.mouseClick(more, LEFT)
    menu = QApplication.activePopupWidget()
    assert menu.accessibleName() == "Change the dashboard for the team"
    chosen_entry = next(one for one in menu.actions() if one.text() == entry)
    desk.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(chosen_entry).center())
    assert sign(desk)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_head_offers_to_unpin_what_is_pinned(desk, server):
    carried_out(desk, PIN)
    told(desk, "pinned for everyone")
    desk.screen.menu_requested.emit(desk.screen)
    menu = QApplication.activePopupWidget()
    assert "Unpin for everyone" in [one.text() for one in menu.actions()]
    menu.close()


def test_a_dashboard_is_pinned_and_unpinned(desk, server):
    carried_out(desk, PIN)
    told(desk, "pinned for everyone")
    assert server.changed == [{"pinned": True}]
    carried_out(desk, PIN)
    told(desk, "no longer pinned")
    assert server.changed[1] == {"pinned": False}


def test_a_dashboard_is_renamed(desk, server):
    carried_out(desk, NAME)
    dialog = desk.dialog(NameDialog)
    name = next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Name")
    assert name.text() == "Weekly"
    name.setText("Daily")
    press(desk, dialog, "Save for everyone")
    told(desk, "name changed for everyone")
    assert server.changed == [{"name": "Daily"}]
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle() == "Daily – phdesk")
    press(desk, desk.window.notice, "Undo")
    desk.qtbot.waitUntil(lambda: desk.window.windowTitle() == "Weekly – phdesk")


def test_a_text_card_is_added_below_the_others(desk, server):
    carried_out(desk, TEXT)
    dialog = desk.dialog(TextDialog)
    dialog.findChild(QPlainTextEdit).setPlainText("## Notes")
    press(desk, dialog, "Add for everyone")
    told(desk, "text card is on the dashboard")
    wide = {"x": 0, "y": 10, "w": 6, "h": 2, "minW": 1, "minH": 1}
    layouts = {"sm": wide, "xs": {"x": 0, "y": 10, "w": 1, "h": 2}}
    assert server.changed == [{"tiles": [{"text": {"body": "## Notes"}, "layouts": layouts}]}]
    desk.qtbot.waitUntil(lambda: len(desk.screen.grid.tiles) == 3)


def test_an_insight_is_found_and_added(desk, server):
    names = {"results": [posthog.insight(101), posthog.insight(150)], "next": None}
    server.special["GET insights/"] = (200, names)
    carried_out(desk, INSIGHT)
    assert desk.window.notice.text == LISTING
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(CommandPalette)))
    assert not desk.window.notice.isVisible(), "what was being read is there"
    palette = desk.dialog(CommandPalette)
    assert [one.text for one in palette.results()] == ["Insight 150"], "101 is on it already"
    desk.qtbot.keyClicks(palette.findChild(QLineEdit), "150")
    desk.qtbot.keyClick(palette.findChild(QLineEdit), Qt.Key.Key_Return)
    told(desk, "“Insight 150” is on the dashboard")
    assert server.changed == [{"dashboards": [5, 9]}]
    desk.qtbot.waitUntil(lambda: len(desk.screen.grid.tiles) == 3)
    press(desk, desk.window.notice, "Undo")
    desk.qtbot.waitUntil(lambda: len(desk.screen.grid.tiles) == 2)


def test_a_tile_is_duplicated(desk, server):
    chosen(desk, 1, "Duplicate")
    told(desk, "A copy of “Insight 101”")
    assert server.changed[0]["name"] == "Insight 101 (copy)"
    desk.qtbot.waitUntil(lambda: len(desk.screen.grid.tiles) == 3)


@pytest.fixture
def text(desk, server):
    """A text card with the number 3."""
    server.tiles.append({"id": 3, "text": {"id": 8, "body": "## Notes"}, "layouts": {}})
    desk.desk.online.refresh(9)
    desk.qtbot.waitUntil(lambda: 3 in desk.screen.grid.tiles)
    return desk.screen.grid.tiles[3]


def written(desk, body):
    dialog = desk.dialog(TextDialog)
    dialog.findChild(QPlainTextEdit).setPlainText(body)
    press(desk, dialog, "Save for everyone")


def texts(server):
    return [one["text"] for body in server.changed for one in body["tiles"]]


def test_a_text_card_is_edited_by_its_menu_and_undone_by_key(desk, server, text):
    chosen(desk, 3, "Edit text…")
    assert desk.dialog(TextDialog).findChild(QPlainTextEdit).toPlainText() == "## Notes"
    written(desk, "## News")
    told(desk, "text card changed for everyone")
    assert texts(server) == [{"id": 8, "body": "## News"}]
    carried_out(desk, "Undo the last change")
    told(desk, "as before")
    assert texts(server)[1:] == [{"id": 8, "body": "## Notes"}]
    carried_out(desk, "Redo the last change")
    told(desk, "changed for everyone")
    assert desk.screen.views[3].body.source == "## News"


@pytest.mark.parametrize("way", ["keys", "mouse"])
def test_a_text_card_is_edited_by_enter_or_a_double_click_in_the_edit_mode(desk, text, way):
    def act():
        if way == "keys":
            text.setFocus()
            desk.qtbot.keyClick(text, Qt.Key.Key_Return)
        else:
            desk.qtbot.mouseClick(text, LEFT)
            desk.qtbot.mouseDClick(text, LEFT)

    act()
    assert desk.dialogs() == set(), "a viewer changes nothing by accident"
    desk.screen.toggle_editing()
    act()
    assert desk.dialog(TextDialog).windowTitle() == "Edit the text card"


def test_a_text_that_is_refused_is_not_lost(desk, server, text):
    server.special["PATCH dashboards/9/"] = (403, NO_SCOPE)
    chosen(desk, 3, "Edit text…")
    written(desk, "## News")
    desk.qtbot.waitUntil(lambda: bool(desk.dialogs()))
    dialog = desk.dialog(TextDialog)
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "## News"
    shown = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert any("dashboard:write" in one for one in shown)


def test_a_text_that_nobody_can_be_told_any_more_is_not_lost(desk, server, text):
    chosen(desk, 3, "Edit text…")
    desk.desk.online.edits.use(None)  # signed out meanwhile
    written(desk, "## News")
    dialog = desk.dialog(TextDialog)
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "## News"
    assert "sign in first" in dialog.findChild(Trouble).text()
    assert server.changed == []


def test_a_key_that_may_not_write_is_told_before_anybody_writes_in_vain(desk, server, text):
    server.special["PATCH dashboards/9/"] = (403, NO_SCOPE)
    chosen(desk, 1, "Blue")
    told(desk, "dashboard:write")
    desk.window.notice.set_message("")
    chosen(desk, 3, "Edit text…")
    told(desk, "Add it to the key in PostHog's settings, then refresh.")
    assert desk.dialogs() == set()


def test_a_text_that_somebody_else_changed_is_shown_before_it_is_written_over(desk, server, text):
    chosen(desk, 3, "Edit text…")
    server.tiles[2]["text"] = {"id": 8, "body": "Theirs"}
    written(desk, "Mine")
    desk.qtbot.waitUntil(lambda: bool(desk.dialogs()))
    shown = [one.text() for one in desk.dialog(TextDialog).findChildren(QLabel)]
    assert any("It says now: Theirs" in one for one in shown)
    assert server.changed == []
    written(desk, "Mine")
    told(desk, "changed for everyone")
    assert server.tiles[2]["text"]["body"] == "Mine"


def test_a_viewer_is_told_before_anything_is_written(desk, server, text):
    server.fields["user_access_level"] = "viewer"
    desk.desk.online.refresh(9)
    desk.qtbot.waitUntil(lambda: desk.desk.online.edits.obstacle(9) is not None)
    for act in (
        lambda: chosen(desk, 3, "Edit text…"),
        *map(lambda one: lambda: carried_out(desk, one), (NAME, TEXT, INSIGHT)),
    ):
        desk.window.notice.clear()
        act()
        told(desk, "not change it for the team")
        assert desk.dialogs() == set()


def test_undo_takes_back_what_was_changed_for_the_team_one_by_one(desk, server):
    chosen(desk, 1, "Blue")
    told(desk, "blue")
    chosen(desk, 2, "Remove from the dashboard")
    desk.qtbot.waitUntil(lambda: list(desk.screen.grid.tiles) == [1])
    carried_out(desk, "Undo the last change")
    desk.qtbot.waitUntil(lambda: set(desk.screen.grid.tiles) == {1, 2})
    carried_out(desk, "Undo the last change")
    desk.qtbot.waitUntil(lambda: desk.screen.views[1].accent is None)
    sent = len(server.changed)
    carried_out(desk, "Undo the last change")
    assert (len(server.changed), sent) == (4, 4), "there is nothing left"


def test_while_the_layout_is_edited_undo_is_the_layouts(desk, server):
    chosen(desk, 1, "Blue")
    told(desk, "blue")
    desk.screen.toggle_editing()
    carried_out(desk, "Undo the last change")
    assert len(server.changed) == 1


def test_a_refusal_names_the_scope_and_changes_nothing(desk, server):
    server.special["PATCH dashboards/9/"] = (403, NO_SCOPE)
    chosen(desk, 1, "Remove from the dashboard")
    told(desk, "Not changed: The key lacks the scope dashboard:write.")
    assert set(desk.screen.grid.tiles) == {1, 2}
    buttons = desk.window.notice.findChildren(QPushButton)
    assert "Undo" not in [one.text() for one in buttons if one.isVisible()]


def test_without_a_session_it_is_told(desk):
    desk.desk.online.edits.use(None)
    chosen(desk, 1, "Blue")
    told(desk, "sign in first")


def test_without_a_dashboard_nothing_is_asked(windowed):
    Edits(windowed.desk)
    for text in (NAME, PIN, TEXT, INSIGHT):
        carried_out(windowed, text)
    assert windowed.dialogs() == set()
