"""Menus of the filter bar; an action's data says what it does, as "choose views"."""

from collections.abc import Collection, Sequence

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from phdesk.core.filter_ranges import INTERVALS
from phdesk.core.filter_words import TEST_ACCOUNTS
from phdesk.core.filters import Filter
from phdesk.views.dashboard.bar_words import BarWords

MOST_KEYS = 9
TOO_OLD = "This PostHog server knows only dates and conditions of a whole dashboard"


def interval_menu(parent: QWidget, asked: Filter, allowed: Collection[str], *, old: bool) -> QMenu:
    """Offer the intervals that the range allows."""
    menu = _menu(parent, "Interval")
    if old:
        menu.addAction(TOO_OLD).setEnabled(False)
        menu.addSeparator()
    group = QActionGroup(menu)
    for interval in (None, *INTERVALS):
        fits = interval is None or interval in allowed
        name = f"By {interval}" if interval else "Each tile's own interval"
        action = _add(menu, name if fits else f"{name} (not for this range)", interval or "")
        action.setCheckable(True)
        action.setChecked(interval == asked.interval)
        action.setEnabled(fits and not old)
        group.addAction(action)
    return menu


def more_menu(
    parent: QWidget, asked: Filter, words: BarWords, views: Sequence[str], *, old: bool
) -> QMenu:
    """Offer what has no button of its own, and the chips, which a narrow bar only counts."""
    menu = _menu(parent, "More filters")
    _add(menu, "Break down all tiles…", "choose breakdown").setEnabled(not old)
    tests = menu.addMenu("Test accounts")
    tests.setEnabled(not old)
    group = QActionGroup(menu)
    for value, name in TEST_ACCOUNTS.items():
        action = _add(tests, name, f"tests {value}")
        action.setCheckable(True)
        action.setChecked(asked.test_accounts is value)
        group.addAction(action)
    if old:
        menu.addAction(TOO_OLD).setEnabled(False)
    chips = [(said, f"choose condition {at}") for at, said in enumerate(words.conditions)]
    chips += [(said, f"choose variable {number}") for number, said in words.variables]
    if chips:
        menu.addSeparator()
    for said, data in chips:
        _add(menu, said, data)
    gone = [(said, f"drop condition {at}") for at, said in enumerate(words.conditions)]
    named = (("nested", words.nested), ("breakdown", words.breakdown), ("tests", words.tests))
    gone += [(said, f"drop {name}") for name, said in named if said]
    if gone:
        remove = menu.addMenu("Remove a filter")
        for said, data in gone:
            _add(remove, said, data)
    menu.addSeparator()
    for place, name in enumerate(views):
        keys = f"\tCtrl+Alt+{place + 1}" if place < MOST_KEYS else ""
        _add(menu, f"{name}{keys}", f"place {place}")
    _add(menu, "Saved views…", "choose views")
    return menu


def temporary_menu(parent: QWidget) -> QMenu:
    """Offer what can become of temporary filters."""
    menu = _menu(parent, "Temporary filters")
    _add(menu, "Back to the dashboard's own filters", "reset")
    _add(menu, "Name these filters…", "choose views")
    menu.addSeparator()
    _add(menu, "Save for everyone…", "choose save")
    return menu


def _menu(parent: QWidget, name: str) -> QMenu:
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add(menu: QMenu, name: str, data: str) -> QAction:
    action = menu.addAction(name.replace("&", "&&"))
    action.setData(data)
    return action
