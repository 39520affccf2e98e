"""Reviews: reminded of gently, kept by project, done and taken back, switched off."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QTableWidget

from phdesk.core.reviews import Reviewed, day_words
from phdesk.models.account import Project
from phdesk.services.settings import SettingsFile, reviewed, without_account
from phdesk.store.changes import with_projects
from phdesk.views.desk.health_all import HealthOfAll
from phdesk.views.desk.reviews import REVIEW, Reviews
from phdesk.views.dialogs.health import Health
from phdesk.views.dialogs.reviews import Reviews as Dialog
from tests.store.builders import NOON
from tests.views.desk.conftest import button

LEFT = Qt.MouseButton.LeftButton
LONG_AGO = {"definitions": Reviewed(NOON - timedelta(days=40)), "stale": Reviewed(NOON)}


def here(year, month, day):
    """Write a day by this computer's calendar, which may be one ahead of UTC's at noon."""
    return day_words(datetime(year, month, day, 12, tzinfo=UTC), None)


DONE, DUE = here(2026, 10, 14), f"{here(2026, 11, 14)} is due"  # of the definitions, long ago
TODAY, IN_A_MONTH, IN_A_QUARTER = here(2026, 11, 23), here(2026, 12, 23), here(2027, 2, 23)


@pytest.fixture
def kept(ada):
    """Ada, who looked through the definitions 40 days ago."""
    ada.desk.preferences.change(reviewed, *ada.desk.where, LONG_AGO)
    return ada


def settings(ada):
    return ada.desk.preferences.settings


def held(ada):
    account, _ = ada.desk.where
    return settings(ada).reviews[account]


def opened(ada):
    next(one for one in ada.window.shortcut_actions if one.text() == REVIEW).trigger()
    return ada.dialog(Dialog)


def rows(dialog):
    made = dialog.findChild(QTableWidget)
    return [[made.item(row, column).text() for column in (0, 2, 3)] for row in (0, 1)]


def test_the_clock_begins_without_a_word(ada):
    Reviews(ada.desk)
    assert ada.window.notice.isHidden()
    assert set(held(ada)) == {"7/definitions", "7/stale"}
    assert rows(opened(ada))[1] == ["Stale dashboards", "Not yet", IN_A_QUARTER]


def test_what_is_due_is_said_once(kept):
    Reviews(kept.desk)
    assert kept.window.notice.text == (
        "A look through definitions is due. Ctrl+K, “Reviews of the project” has the calendar."
    )
    assert held(kept)["7/definitions"].told == NOON
    kept.window.notice.clear()
    Reviews(kept.desk)
    assert kept.window.notice.isHidden()


def test_nothing_is_said_over_other_words_or_when_switched_off(kept):
    kept.window.notice.set_message("Something else.")
    Reviews(kept.desk)
    assert kept.window.notice.text == "Something else."
    assert held(kept)["7/definitions"].told is None
    kept.window.notice.clear()
    kept.desk.preferences.change(replace, review_reminders=False)
    Reviews(kept.desk)
    assert kept.window.notice.isHidden()


def test_reminders_are_switched_off_in_the_calendar(kept):
    Reviews(kept.desk)
    box = opened(kept).findChild(QCheckBox)
    box.setFocus()
    kept.qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not settings(kept).review_reminders


def test_one_is_marked_as_done_and_that_is_taken_back(kept):
    Reviews(kept.desk)
    dialog = opened(kept)
    assert rows(dialog) == [
        ["Definitions", DONE, DUE],
        ["Stale dashboards", TODAY, IN_A_QUARTER],
    ]
    kept.qtbot.mouseClick(button(dialog, "Mark as done"), LEFT)
    assert dialog.line.text == f"“Definitions” is done; the next is on {IN_A_MONTH}."
    assert rows(dialog)[0] == ["Definitions", TODAY, IN_A_MONTH]
    kept.qtbot.mouseClick(button(dialog, "Undo"), LEFT)
    assert rows(dialog)[0][2] == DUE


def test_one_that_is_due_is_put_off_and_that_is_taken_back(kept):
    dialog = opened_calendar(kept)
    later = button(dialog, "Put off a month")
    kept.qtbot.mouseClick(later, LEFT)
    assert dialog.line.text == f"Nobody is reminded of “Definitions” before {IN_A_MONTH}."
    assert rows(dialog)[0][2] == f"{here(2026, 11, 14)}, put off to {IN_A_MONTH}"
    dialog.findChild(QTableWidget).setCurrentCell(1, 0)
    assert not later.isEnabled()  # it is not due
    Reviews(kept.desk)
    assert kept.window.notice.isHidden()
    kept.qtbot.mouseClick(button(dialog, "Undo"), LEFT)
    assert rows(dialog)[0][2] == DUE


def opened_calendar(kept):
    """Open the calendar before anybody is reminded."""
    kept.window.notice.set_message("Something else.")
    Reviews(kept.desk)
    kept.window.notice.clear()
    return opened(kept)


def test_all_dashboards_are_checked_from_there(kept):
    HealthOfAll(kept.desk, kept.pages)
    Reviews(kept.desk)
    kept.qtbot.mouseClick(button(opened(kept), "Check all dashboards"), LEFT)
    assert kept.dialog(Health).windowTitle() == "Check of all dashboards"


def test_they_are_kept_in_the_file_by_account_and_project(kept, tmp_path):
    file = SettingsFile(tmp_path / "again.toml")
    both = reviewed(settings(kept), "ada", 8, LONG_AGO)
    assert file.save(both) is None
    again, problem = SettingsFile(file.path).load()
    assert problem is None
    assert again.reviews == both.reviews
    assert "ada" not in without_account(again, "ada").reviews


def test_more_that_is_told_of_the_same_project_does_not_close_the_calendar(kept):
    Reviews(kept.desk)
    dialog = opened(kept)
    with kept.qtbot.waitSignal(kept.parts.store.changed):
        kept.parts.store.apply(with_projects, [Project(id=7), Project(id=8)])
    assert dialog.isVisible()
