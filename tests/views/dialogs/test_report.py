import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTimeEdit,
    QTreeWidget,
)

from phdesk.models.report import Schedule, Section
from phdesk.views import theme as look
from phdesk.views.dialogs.report import NO_FOLDER, NO_SHOW, NO_TILE, Offer, ReportDialog
from tests.a11y import controls, faults

OFFER = Offer(
    dashboard=9,
    title="Weekly",
    tiles=[("Signups", "Signups"), ("abc12345", "Twice"), ("def12345", "Twice")],
    others=[(2, "Health")],
    host="https://eu.posthog.com",
    project=7,
)
OFF, ON = Qt.CheckState.Unchecked, Qt.CheckState.Checked


@pytest.fixture
def dialog(qtbot):
    made = ReportDialog(look.light(), OFFER)
    qtbot.addWidget(made)
    made.show()
    return made


def box(dialog, text):
    found = dialog.findChildren(QCheckBox)
    return next(one for one in found if one.text().replace("&", "").startswith(text))


def button(dialog, text):
    found = dialog.findChildren(QPushButton)
    return next(one for one in found if one.text().replace("&", "").startswith(text))


def line(dialog, *path):
    tree = dialog.findChild(QTreeWidget)
    found = tree.topLevelItem(path[0])
    return found.child(path[1]) if len(path) > 1 else found


def notes(dialog):
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_every_control_says_what_it_is(dialog):
    look.apply(QApplication.instance(), look.light())
    box(dialog, "Make it").setChecked(True)
    assert len(controls(dialog)) >= 10
    assert faults(dialog) == []


def test_at_first_it_is_the_open_dashboard_of_last_week(dialog):
    report = dialog.report
    assert (report.title, report.period, report.compare) == ("Weekly report", "last week", True)
    assert (report.host, report.project, report.schedule) == (OFFER.host, 7, None)
    assert report.sections == (Section(title="Weekly", dashboard="9"),)


def test_some_tiles_are_named_so_that_they_are_found_again(dialog):
    line(dialog, 0, 1).setCheckState(0, OFF)
    assert dialog.report.sections[0].tiles == ("Signups", "def12345")


def test_another_dashboard_is_told_whole_also_alone(dialog):
    line(dialog, 1).setCheckState(0, ON)
    assert [one.dashboard for one in dialog.report.sections] == ["9", "2"]
    line(dialog, 0).setCheckState(0, OFF)
    assert dialog.report.sections == (Section(title="Health", dashboard="2"),)


def test_nothing_is_made_of_nothing(dialog):
    line(dialog, 0).setCheckState(0, OFF)
    assert NO_TILE in notes(dialog)
    assert not button(dialog, "Make now").isEnabled()
    line(dialog, 0).setCheckState(0, ON)
    for text in ("Sentences", "Charts"):
        box(dialog, text).setChecked(False)
    assert NO_SHOW in notes(dialog)


def test_it_can_be_made_by_itself(dialog, qtbot):
    assert not button(dialog, "Keep").isEnabled()
    box(dialog, "Make it").setChecked(True)
    dialog.findChild(QTimeEdit).setTime(QTime(8, 30))
    assert "Made every Monday at 08:30, while phdesk is open." in notes(dialog)
    folder = next(o for o in dialog.findChildren(QLineEdit) if o.accessibleName() == "Folder")
    folder.setText("")
    assert NO_FOLDER in notes(dialog)
    assert not button(dialog, "Keep").isEnabled()
    folder.setText("/x")
    with qtbot.waitSignal(dialog.keep_requested) as heard:
        qtbot.mouseClick(button(dialog, "Keep"), Qt.MouseButton.LeftButton)
    assert heard.args[0].schedule == Schedule(at=510, folder="/x")


@pytest.mark.parametrize(("every", "seen"), [("day", set()), ("month", {"Day of the month"})])
def test_it_asks_for_the_day_that_a_schedule_needs(dialog, every, seen):
    box(dialog, "Make it").setChecked(True)
    often = next(o for o in dialog.findChildren(QComboBox) if o.accessibleName() == "How often")
    often.setCurrentIndex(often.findData(every))
    names = {one.accessibleName() for one in controls(dialog)}
    assert names & {"Day of the week", "Day of the month"} == seen
    assert dialog.report.schedule.every == every


def test_where_it_cannot_be_made_by_itself_that_is_said(qtbot):
    made = ReportDialog(look.light(), Offer(dashboard=1, title="x", no_schedule="A demo ends."))
    qtbot.addWidget(made)
    made.show()
    assert not box(made, "Make it").isEnabled()
