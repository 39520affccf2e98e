"""A report is put together on screen, asked for, written and kept."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QPushButton

from phdesk.core.reporting.reading import read_report
from phdesk.models.report import Report
from phdesk.store.state import Changes
from phdesk.views.desk.reports import BUSY, NOTHING, REPORT, STOPPED, Reports
from phdesk.views.dialogs.report import ReportDialog
from tests.views.desk.conftest import sent
from tests.views.export.printing import words_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def tiles(server):
    server.tiles = [sent(1, -5), sent(2, -9, 4, 5, 6, y=5)]


@pytest.fixture
def reports(ada, parts, monkeypatch, tmp_path):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path))
    ada.desk.worker = parts.background
    return Reports(ada.desk)


def press(ada, dialog, text):
    found = dialog.findChildren(QPushButton)
    button = next(one for one in found if one.text().replace("&", "").startswith(text))
    ada.qtbot.mouseClick(button, LEFT)


def test_a_report_of_the_open_dashboard_is_asked_for_and_written(ada, reports, tmp_path, server):
    ada.window.report_requested.emit()
    press(ada, ada.dialog(ReportDialog), "Make now")
    files = ada.dialog(QFileDialog)
    files.findChild(QLineEdit).setText(str(tmp_path / "week.pdf"))
    with ada.qtbot.waitSignal(reports.finished) as heard:
        ada.qtbot.keyClick(files.findChild(QLineEdit), Qt.Key.Key_Return)
    assert heard.args == ["Made week.pdf."]
    words = " ".join(words_of(PdfReader(tmp_path / "week.pdf")))
    for part in ("Weekly report", "Period: 15 – 21 Nov 2026 (last week)", "Insight 101"):
        assert part in words


def test_it_can_be_kept_to_be_made_by_itself_and_writes_over_none(ada, reports, tmp_path):
    for name in ("Weekly report.toml", "Weekly report 2.toml"):
        reports.ask()
        dialog = ada.dialog(ReportDialog)
        boxes = dialog.findChildren(QCheckBox)
        next(one for one in boxes if "by itself" in one.text()).setChecked(True)
        with ada.qtbot.waitSignal(reports.finished) as heard:
            press(ada, dialog, "Keep")
        assert heard.args[0].startswith(f"Kept {name}")
        found = read_report((tmp_path / "reports" / name).read_text(), name)
        assert isinstance(found, Report)
        assert found.schedule is not None
        assert found.sections[0].dashboard == "9"


def test_a_place_that_takes_nothing_is_told(ada, reports, tmp_path):
    reports.ask()
    press(ada, ada.dialog(ReportDialog), "Make now")
    files = ada.dialog(QFileDialog)
    with ada.qtbot.waitSignal(reports.finished) as heard:
        files.fileSelected.emit(str(tmp_path / "gone" / "x.md"))
    files.close()
    assert heard.args[0].startswith("No report was made")


def test_without_a_dashboard_it_says_what_to_do_and_it_is_found_by_name(ada, reports):
    ada.desk.open_id = None
    next(one for one in ada.window.shortcut_actions if one.text() == REPORT).trigger()
    assert ada.window.notice.text == NOTHING


def test_another_project_ends_the_wait_for_a_report_of_this_one(ada, reports, monkeypatch):
    monkeypatch.setattr(ada.desk.online.calls, "ask", lambda *_, **__: None)  # nothing comes
    reports._ask_posthog(Report(title="W"), "md", "w.md")
    reports.ask()
    assert ada.window.notice.text == BUSY
    with ada.qtbot.waitSignal(reports.finished):
        ada.desk.store.changed.emit(Changes(session=True))
    reports.ask()
    assert ada.dialog(ReportDialog).isVisible()


def test_what_is_asked_for_can_be_given_up(ada, reports, tmp_path, monkeypatch):
    monkeypatch.setattr(ada.desk.online.calls, "ask", lambda *_, **__: None)  # nothing comes
    reports._ask_posthog(Report(title="W"), "md", str(tmp_path / "w.md"))
    stop = ada.window.notice.findChild(QPushButton, "stop")
    with ada.qtbot.waitSignal(reports.finished) as heard:
        ada.qtbot.mouseClick(stop, LEFT)
    assert heard.args == [STOPPED]
    reports.ask()
    assert ada.dialog(ReportDialog).isVisible()
