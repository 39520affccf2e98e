import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QSpinBox

from phdesk.core.budget import MINUTE
from phdesk.store.cache_writing import Writer
from phdesk.views.desk.status import Status
from phdesk.views.dialogs.freshness import FreshnessPopover
from tests.services.conftest import ADA
from tests.store.builders import NOON


@pytest.fixture
def status(ada, parts):
    ada.desk.worker, ada.desk.cache = parts.background, parts.cache
    return Status(ada.desk)


def said(popover):
    return "\n".join(one.text().replace("\xa0", " ") for one in popover.findChildren(QLabel))


def test_it_says_age_next_refresh_and_what_the_dashboard_cost(status, ada, online, qtbot):
    online.refresh(9, force=True)
    qtbot.waitUntil(lambda: bool(online.dashboards.budget().dashboards))
    ada.quiet()
    status.open()
    words = said(ada.dialog(FreshnessPopover))
    assert "Oldest tile" in words
    assert "Next refresh at" in words
    assert "2 of 800 calculations in the last hour" in words
    assert "Weekly 2" in words


def test_it_keeps_up_while_it_is_open_and_rests_when_it_is_closed(status, ada, online, qtbot):
    status.open()
    popover = ada.dialog(FreshnessPopover)
    ada.desk.online.dashboards.set_hidden(hidden=True)
    status._beat.timeout.emit()
    assert "No refresh by itself now: the window is hidden" in said(popover)
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not status._beat.isActive())


def test_what_is_chosen_holds_at_once_and_is_kept(status, ada, online, clocks, qtbot):
    status.open()
    popover = ada.dialog(FreshnessPopover)
    qtbot.keyClick(popover.findChild(QComboBox), Qt.Key.Key_Home)
    assert ada.parts.preferences.settings.auto_refresh_minutes == 5
    assert online.dashboards.auto.next_at.timestamp() - clocks.wall <= 5.5 * MINUTE
    metered = next(one for one in popover.findChildren(QCheckBox) if "metered" in one.text())
    qtbot.mouseClick(metered, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert ada.parts.preferences.settings.refresh_on_metered


def test_the_age_above_a_dashboard_asks_for_it_by_pointer_and_keys(ada, qtbot):
    for press in (
        lambda: qtbot.mouseClick(ada.screen.age, Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(ada.screen.age, Qt.Key.Key_Space),
    ):
        with qtbot.waitSignal(ada.screen.status_requested):
            press()


def field(popover, word):
    return next(one for one in popover.findChildren(QSpinBox) if word in one.accessibleName())


def test_the_share_of_the_background_holds_at_once(status, ada, qtbot):
    status.open()
    popover = ada.dialog(FreshnessPopover)
    share = field(popover, "budget")
    assert share.value() == 20
    qtbot.keyClick(share, Qt.Key.Key_Up)
    assert ada.parts.preferences.settings.background_share == 25
    assert "by itself, of 200" in said(popover)
    for _ in range(5):
        qtbot.keyClick(share, Qt.Key.Key_Down)
    assert "Refreshed when you ask for it" in said(popover)


def test_another_limit_is_kept_to_at_once(status, ada, monkeypatch, qtbot):
    kept_to = []

    async def evict(_cache, settings):
        kept_to.append(settings.store_megabytes)

    monkeypatch.setattr("phdesk.views.desk.status.evict", evict)
    status.open()
    popover = ada.dialog(FreshnessPopover)
    assert "of 500 MB kept" in said(popover)
    qtbot.keyClick(field(popover, "megabytes"), Qt.Key.Key_Down)
    assert ada.parts.preferences.settings.store_megabytes == 450
    qtbot.waitUntil(lambda: kept_to == [450])


def test_all_that_is_kept_can_be_removed_and_what_is_open_comes_again(status, ada, server, qtbot):
    cache = ada.parts.cache
    Writer(cache).save_rows("old", 7, b"[]", NOON)
    status.open()
    popover = ada.dialog(FreshnessPopover)
    assert cache.load_rows("old", 7) is not None
    before = len(server.paths("dashboards/9/"))
    for word in ("Clear", "Remove"):
        buttons = popover.findChildren(QPushButton)
        press = next(one for one in buttons if word in one.text().replace("&", ""))
        qtbot.keyClick(press, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(server.paths("dashboards/9/")) > before)
    ada.quiet()
    assert cache.load_rows("old", 7) is None
    assert cache.load_dashboard(ADA.id, 7, 9) is not None


def test_the_least_fall_that_is_marked_is_kept(status, ada, qtbot):
    status.open()
    drop = field(ada.dialog(FreshnessPopover), "marked")
    assert drop.value() == 20
    qtbot.keyClick(drop, Qt.Key.Key_Down)
    assert ada.parts.preferences.settings.drop_percent == 15
