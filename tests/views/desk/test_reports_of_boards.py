"""A report of a person's own board tells its tiles of the window's project."""

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QTreeWidget

from phdesk.views.desk.reports import Reports
from phdesk.views.dialogs.report import ReportDialog
from tests.views.desk.with_boards import BOTH, MINE
from tests.views.export.printing import words_of


def asked(desk):
    desk.window.report_requested.emit()
    return desk.ada.dialog(ReportDialog)


def lines(dialog):
    tree = dialog.findChild(QTreeWidget)
    tops = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {top.text(0): [top.child(n).text(0) for n in range(top.childCount())] for top in tops}


def test_a_board_is_reported_on_from_its_window(desk, tmp_path):
    reports = Reports(desk.desk)
    desk.has(MINE)
    desk.opens(desk.has(BOTH))
    desk.complete()
    dialog = asked(desk)
    assert lines(dialog)["Both"] == ["Insight 102"], "Ben's is of another project"
    assert "Mine" in lines(dialog)
    assert dialog.report.sections[0].dashboard == "board:Both"
    buttons = dialog.findChildren(QPushButton)
    make = next(one for one in buttons if "Make now" in one.text().replace("&", ""))
    desk.qtbot.mouseClick(make, Qt.MouseButton.LeftButton)
    files = desk.ada.dialog(QFileDialog)
    with desk.qtbot.waitSignal(reports.finished) as heard:
        files.fileSelected.emit(str(tmp_path / "w.pdf"))
    files.close()
    assert heard.args == ["Made w.pdf."]
    words = " ".join(words_of(PdfReader(tmp_path / "w.pdf")))
    for said in ("Both report", "Insight 102", "so not in this report: Orders."):
        assert said in words
