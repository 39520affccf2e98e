"""Filters in the window: keys, choices, the chip, saving for everyone, saved views."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMenu, QPushButton, QWidget

from phdesk.core.filters import Filter, Override, Property
from phdesk.services.settings import FilterView
from phdesk.store.overrides import effective_of
from phdesk.views import theme as look
from phdesk.views.desk.commands import Commands
from phdesk.views.dialogs.filter_breakdown import BreakdownPopover
from phdesk.views.dialogs.filter_dates import DatesPopover
from phdesk.views.dialogs.filter_property import PropertyPopover
from phdesk.views.dialogs.filter_save import NOT_EDITOR, SaveFilters
from phdesk.views.dialogs.filter_variable import VariablePopover
from phdesk.views.dialogs.filter_views import FilterViews
from phdesk.views.explore.explore import Explore
from tests.services.conftest import ADA
from tests.services.posthog import Gate
from tests.services.test_filters import NO_WRITE
from tests.views.desk.conftest import button, sent

RETURN, CTRL, SHIFT, ALT = (
    Qt.Key.Key_Return,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
TESTS = "Leave out test accounts"
SERVICE = {"v1": {"code_name": "service", "variableId": "v1", "value": "all"}}


def press(ada, key, modifiers=Qt.KeyboardModifier.NoModifier):
    ada.window.activateWindow()
    ada.qtbot.waitUntil(ada.window.isActiveWindow)
    ada.qtbot.keyClick(ada.window, key, modifiers)


def opened(ada, kind):
    ada.qtbot.waitUntil(lambda: any(one.isVisible() for one in ada.window.findChildren(kind)))
    return next(one for one in ada.window.findChildren(kind) if one.isVisible())


def named(ada, name):
    return next(w for w in ada.window.findChildren(QWidget) if w.accessibleName() == name)


def asked(ada):
    return effective_of(ada.board)


def under(ada, override):
    """Wait until all tiles show what is asked for."""
    ada.qtbot.waitUntil(
        lambda: (
            ada.board.override == override
            and not any(held.is_other for held in ada.board.tiles.values())
        )
    )
    ada.quiet()


def choose_dates(ada, words):
    press(ada, Qt.Key.Key_D)
    field = opened(ada, DatesPopover).findChild(QLineEdit)
    ada.qtbot.keyClicks(field, words)
    ada.qtbot.keyClick(field, RETURN)


def trigger(ada, name, *words):
    """Choose from a menu by the words of its actions."""
    menu = opened(ada, QMenu)
    assert menu.accessibleName() == name
    for word in words:
        action = next(a for a in menu.actions() if a.text().split("\t")[0] == word)
        assert action.isEnabled()
        menu.setActiveAction(action)
        ada.qtbot.keyClick(menu, RETURN)
        menu = action.menu()


def told(ada):
    return ada.screen.filters.words.breakdown, ada.screen.filters.words.tests


def menus(ada):
    return ada.window.findChildren(QMenu)


def actions(ada):
    return {a.text(): a for a in opened(ada, QMenu).actions() if a.text()}


def test_a_range_typed_by_keyboard_comes_with_its_numbers_and_reset_brings_back_the_others(
    ada, server, qtbot
):
    before = {number: held.computed_at for number, held in ada.board.tiles.items()}
    choose_dates(ada, "last 7 days")
    under(ada, Override(filters=Filter(date_from="-7d")))
    assert json.loads(dict(server.asked)["insights/101/"]["filters_override"]) == {
        "date_from": "-7d"
    }
    bar = ada.screen.filters
    assert bar.words.dates == "Last 7 days"
    assert named(ada, "Temporary, not saved").isVisible()
    server.special["dashboards/9/"] = Gate()
    press(ada, Qt.Key.Key_D, SHIFT)
    assert {number: held.computed_at for number, held in ada.board.tiles.items()} == before
    qtbot.waitUntil(lambda: bar.words.dates == "Last 30 days")
    assert not bar.words.temporary
    server.special["dashboards/9/"].open()
    ada.quiet()


def test_the_saved_range_chosen_again_is_nothing_temporary(ada):
    choose_dates(ada, "last 7 days")
    choose_dates(ada, "last 30 days")
    assert ada.board.override is None


def test_letters_in_a_text_field_open_nothing(ada, qtbot):
    ada.window.sidebar.focus_search()
    qtbot.keyClicks(QApplication.focusWidget(), "did")
    assert not ada.window.findChildren(DatesPopover)
    assert not ada.window.findChildren(QMenu)


def test_an_interval_is_chosen_among_those_that_the_range_allows(ada):
    press(ada, Qt.Key.Key_I)
    offered = actions(ada)
    assert offered["By week"].isEnabled()
    assert not offered["By minute (not for this range)"].isEnabled()
    assert offered["Each tile's own interval"].isChecked()
    trigger(ada, "Interval", "By week")
    assert asked(ada).interval == "week"
    choose_dates(ada, "last 7 days")
    assert asked(ada).interval == "day", "a week is no interval of seven days"


def test_an_old_server_is_offered_only_what_it_knows(ada, server):
    server.modern = False
    ada.desk.online.refresh(9)
    ada.qtbot.waitUntil(lambda: bytes(ada.board.dashboard.saved_filters) == b"null")
    press(ada, Qt.Key.Key_I)
    assert not actions(ada)["By week"].isEnabled()
    opened(ada, QMenu).close()
    ada.qtbot.mouseClick(named(ada, "More filters and saved views"), Qt.MouseButton.LeftButton)
    assert not actions(ada)["Break down all tiles…"].isEnabled()
    assert any("knows only dates" in words for words in actions(ada))
    opened(ada, QMenu).close()


def test_a_condition_is_made_of_what_the_server_knows(ada, server):
    press(ada, Qt.Key.Key_F, SHIFT)
    popover = opened(ada, PropertyPopover)
    find, value = (
        next(f for f in popover.findChildren(QLineEdit) if f.accessibleName() == name)
        for name in ("Find a property", "Value")
    )
    lists = {one.accessibleName(): one for one in popover.findChildren(QListWidget)}
    ada.qtbot.waitUntil(lambda: lists["Properties"].count() == 1)
    ada.qtbot.keyClick(find, RETURN)
    ada.qtbot.waitUntil(lambda: lists["Values"].count() == 2)
    ada.qtbot.keyClicks(value, "saf")
    ada.qtbot.keyClick(value, RETURN)
    ada.qtbot.keyClick(value, RETURN)
    (condition,) = asked(ada).properties
    assert (condition.key, condition.value) == ("$browser", ["Safari"])
    ada.qtbot.waitUntil(lambda: ada.screen.filters.words.conditions == ("Browser is Safari",))
    ada.qtbot.mouseClick(
        named(ada, "Remove the filter: Browser is Safari"), Qt.MouseButton.LeftButton
    )
    assert ada.board.override is None


def test_a_condition_is_changed_in_its_place(ada):
    ada.filters.choices.lay(
        Filter(date_from="-30d", properties=tuple(Property(key=k, value=["x"]) for k in "abc"))
    )
    ada.qtbot.waitUntil(lambda: len(ada.screen.filters.words.conditions) == 3)
    ada.screen.filters.requested.emit("choose", "condition 1")
    popover = opened(ada, PropertyPopover)
    value = next(f for f in popover.findChildren(QLineEdit) if f.accessibleName() == "Value")
    ada.qtbot.keyClicks(value, "more")
    ada.qtbot.keyClick(value, RETURN)
    ada.qtbot.keyClick(value, RETURN)
    assert [one.value for one in asked(ada).properties] == [["x"], ["x", "more"], ["x"]]


def test_breakdown_and_test_accounts_come_from_the_menu(ada):
    more = named(ada, "More filters and saved views")
    ada.qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    trigger(ada, "More filters", "Test accounts", "Leave out test accounts")
    ada.qtbot.waitUntil(lambda: asked(ada).test_accounts is True)
    ada.qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    trigger(ada, "More filters", "Break down all tiles…")
    popover = opened(ada, BreakdownPopover)
    ada.qtbot.waitUntil(lambda: popover.findChild(QListWidget).count() == 1)
    ada.qtbot.keyClick(popover.findChild(QLineEdit), RETURN)
    assert asked(ada).breakdown == {"breakdown": "$browser", "breakdown_type": "event"}
    for said in ("by Browser", TESTS):
        words = {"by Browser": ("by Browser", TESTS), TESTS: ("", TESTS)}[said]
        ada.qtbot.waitUntil(lambda: told(ada) == words)  # noqa: B023  waited for at once
        ada.qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
        trigger(ada, "More filters", "Remove a filter", said)
        ada.qtbot.waitUntil(lambda: not any(menu.isVisible() for menu in menus(ada)))
    ada.qtbot.waitUntil(lambda: ada.board.override is None)


@pytest.fixture
def with_variable(server):
    made = sent(1, -5)
    made["insight"]["query"] = {
        "kind": "DataVisualizationNode",
        "source": {"kind": "HogQLQuery", "query": "select 1", "variables": SERVICE},
    }
    server.tiles = [made, sent(2, -9, y=5)]
    server.variables = [
        {"id": "v1", "name": "Service", "code_name": "service", "type": "List",
         "values": ["all", "web"]}
    ]  # fmt: skip


def test_an_sql_variable_is_set_from_its_choices(with_variable, ada, server):
    assert ada.screen.filters.words.variables == (("v1", "service: all"),)
    for wanted in ("web", "all"):
        ada.screen.filters.requested.emit("choose", "variable v1")
        popover = opened(ada, VariablePopover)
        ada.qtbot.keyClicks(popover.findChild(QLineEdit), wanted)
        ada.qtbot.keyClick(popover.findChild(QLineEdit), RETURN)
        if wanted == "web":
            assert [one.value for one in ada.board.override.variables] == ["web"]
            ada.qtbot.waitUntil(
                lambda: any("variables_override" in params for _, params in server.asked)
            )
            ada.quiet()
    assert ada.board.override is None, "the value that it has anyhow is nothing temporary"


def test_a_server_that_hides_variables_still_lets_them_be_typed(with_variable, ada, server):
    server.special["insight_variables/"] = (403, NO_WRITE)
    ada.screen.filters.requested.emit("choose", "variable v1")
    popover = opened(ada, VariablePopover)
    ada.qtbot.keyClicks(popover.findChild(QLineEdit), "worker")
    ada.qtbot.keyClick(popover.findChild(QLineEdit), RETURN)
    assert [one.value for one in ada.board.override.variables] == ["worker"]


def save_dialog(ada):
    choose_dates(ada, "last 7 days")
    under(ada, Override(filters=Filter(date_from="-7d")))
    ada.qtbot.waitUntil(lambda: ada.screen.filters.words.temporary)
    menu = named(ada, "Temporary filters: name them, or save them for everyone")
    ada.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton)
    trigger(ada, "Temporary filters", "Save for everyone…")
    return opened(ada, SaveFilters)


def test_saving_for_everyone_is_asked_for_and_confirmed(ada, server, qtbot):
    dialog = save_dialog(ada)
    assert server.changed == []
    qtbot.mouseClick(button(dialog, "Save for everyone"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ada.board.override is None)
    assert server.changed == [
        {
            "filters": {
                "date_from": "-7d",
                "date_to": None,
                "properties": None,
                "breakdown_filter": None,
            }
        }
    ]
    qtbot.waitUntil(lambda: not ada.screen.filters.words.temporary)
    assert ada.screen.filters.words.dates == "Last 7 days"
    ada.quiet()


def test_filters_that_somebody_else_saved_meanwhile_are_told_before_they_go(ada, server, qtbot):
    dialog = save_dialog(ada)
    server.filters = {"date_from": "-90d"}
    qtbot.mouseClick(button(dialog, "Save for everyone"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Somebody else saved other filters" in dialog.said)
    assert server.changed == []
    qtbot.mouseClick(button(dialog, "Save for everyone"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ada.board.override is None)
    assert len(server.changed) == 1


def test_enter_alone_saves_nothing(ada, server, qtbot):
    dialog = save_dialog(ada)
    qtbot.keyClick(dialog, RETURN)
    assert server.changed == []
    assert ada.board.override is not None


def test_a_key_that_may_not_write_names_the_scope_and_keeps_the_filters(ada, server, qtbot):
    dialog = save_dialog(ada)
    server.special["dashboards/9/"] = (403, NO_WRITE)
    qtbot.mouseClick(button(dialog, "Save for everyone"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "dashboard:write" in dialog.said)
    assert ada.board.override == Override(filters=Filter(date_from="-7d"))
    dialog.reject()


def test_a_viewer_is_told_before_that_it_stays_their_own(ada, server, qtbot):
    server.editable = False
    ada.desk.online.refresh(9)
    qtbot.waitUntil(lambda: not ada.board.dashboard.row.editable)
    dialog = save_dialog(ada)
    assert dialog.said == NOT_EDITOR
    assert not button(dialog, "Save for everyone").isEnabled()
    dialog.reject()


def test_a_set_is_named_shown_by_key_and_palette_and_deleted(ada, qtbot):
    choose_dates(ada, "last 7 days")
    press(ada, Qt.Key.Key_S, CTRL | SHIFT)
    dialog = opened(ada, FilterViews)
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Last week, all")
    qtbot.keyClick(dialog.findChild(QLineEdit), RETURN)
    dialog.reject()
    known = ada.desk.preferences.settings.filter_views[ADA.id]
    assert known == (FilterView("Last week, all", '{"date_from":"-7d"}'),)
    press(ada, Qt.Key.Key_D, SHIFT)
    assert ada.board.override is None
    press(ada, Qt.Key.Key_1, CTRL | ALT)
    assert asked(ada).date_from == "-7d"
    press(ada, Qt.Key.Key_D, SHIFT)
    entries = list(Commands(ada.desk, ada.pages)._views())
    assert [one.text for one in entries] == ["Filters: Last week, all"]
    ada.window.filters_requested.emit("view", entries[0].key)
    assert asked(ada).date_from == "-7d"
    press(ada, Qt.Key.Key_S, CTRL | SHIFT)
    dialog = opened(ada, FilterViews)
    listed = dialog.findChild(QListWidget)
    assert listed.item(0).text() == "Last week, all    Ctrl+Alt+1\nLast 7 days"
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert listed.count() == 0
    dialog.reject()
    press(ada, Qt.Key.Key_D, SHIFT)
    press(ada, Qt.Key.Key_1, CTRL | ALT)
    assert ada.board.override is None


def test_a_view_of_the_same_name_is_replaced_in_its_place(ada, qtbot):
    for words in ("last 7 days", "last 14 days"):
        choose_dates(ada, words)
        press(ada, Qt.Key.Key_S, CTRL | SHIFT)
        dialog = opened(ada, FilterViews)
        qtbot.keyClicks(dialog.findChild(QLineEdit), "Mine")
        wanted = "Save" if words == "last 7 days" else "Replace"
        qtbot.mouseClick(button(dialog, wanted), Qt.MouseButton.LeftButton)
        dialog.reject()
    known = ada.desk.preferences.settings.filter_views[ADA.id]
    assert known == (FilterView("Mine", '{"date_from":"-14d"}'),)


def test_views_survive_in_the_settings_file(ada, parts):
    press(ada, Qt.Key.Key_S, CTRL | SHIFT)
    dialog = opened(ada, FilterViews)
    ada.qtbot.keyClicks(dialog.findChild(QLineEdit), "As saved")
    ada.qtbot.keyClick(dialog.findChild(QLineEdit), RETURN)
    dialog.reject()
    parts.preferences.save()
    again, problem = parts.preferences._settings_file.load()
    assert problem is None
    assert again.filter_views == ada.desk.preferences.settings.filter_views


def test_before_the_network_is_there_filters_hold_and_are_asked_later(ada, server, online, qtbot):
    ada.desk.online = None
    choose_dates(ada, "last 7 days")
    assert ada.board.override is not None
    assert all(held.is_other for held in ada.board.tiles.values())
    ada.desk.set_online(online)
    ada.pages.open_dashboard(9)
    under(ada, Override(filters=Filter(date_from="-7d")))


def test_filters_belong_to_their_dashboard(ada, server, qtbot):
    choose_dates(ada, "last 7 days")
    under(ada, Override(filters=Filter(date_from="-7d")))
    server.special["dashboards/5/"] = (200, {"id": 5, "name": "Errors", "tiles": [],
                                             "filters": {"date_from": "-90d"}})  # fmt: skip
    ada.pages.open_dashboard(5)
    qtbot.waitUntil(lambda: ada.screen.filters.words.dates == "Last 90 days")
    assert not ada.screen.filters.words.temporary
    ada.pages.open_dashboard(9)
    qtbot.waitUntil(lambda: ada.screen.filters.words.dates == "Last 7 days")
    assert ada.screen.filters.words.temporary
    ada.quiet()


def test_no_button_of_the_bar_is_without_a_name(ada):
    choose_dates(ada, "last 7 days")
    ada.qtbot.waitUntil(lambda: ada.screen.filters.words.temporary)
    for one in ada.screen.filters.findChildren(QPushButton):
        assert one.accessibleName(), one.text()


def test_a_tile_opened_large_says_so_too(ada, server, qtbot, monkeypatch):
    explore = Explore(look.light())
    ada.tiles.show(explore, 1)
    said = []
    monkeypatch.setattr(explore, "set_age", said.append)
    gate = server.special["insights/101/"] = Gate()
    week = Override(filters=Filter(date_from="-7d"))
    ada.desk.online.filters.override(9, week)
    qtbot.waitUntil(lambda: bool(said) and said[-1].startswith("Still "))
    gate.open()
    under(ada, week)
    qtbot.waitUntil(lambda: not said[-1].startswith("Still "))
    explore.close_requested.emit()
    explore.deleteLater()


def test_an_sql_variable_is_set_from_the_choices_that_a_query_gives(with_variable, ada, server):
    server.variables = [server.variables[0] | {"values": None, "values_query": "select a"}]
    server.special["query/"] = 200, {"results": [["web", "The web"], ["api"]]}
    ada.screen.filters.requested.emit("choose", "variable v1")
    popover = opened(ada, VariablePopover)
    ada.qtbot.waitUntil(lambda: not popover.wants_choices)
    ada.qtbot.keyClicks(popover.findChild(QLineEdit), "The")
    ada.qtbot.keyClick(popover.findChild(QLineEdit), RETURN)
    assert [one.value for one in ada.board.override.variables] == ["web"]
