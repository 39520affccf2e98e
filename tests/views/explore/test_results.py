"""The table beside the big chart."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QRadioButton

from phdesk.core.charts.spec import Column, NoticeBody, Table, TableBody
from phdesk.views import theme as look
from tests.views.explore.page import LEFT_BUTTON, button, cells, plot, sort_by, table, texts
from tests.views.explore.samples import BODIES, PEOPLE, view
from tests.views.export.full_disk import taking, unix_only


def test_rows_sort_by_raw_numbers(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    sort_by(qtbot, explore, 1)
    assert [row[1] for row in cells(explore)] == ["30", "900", "1,200", "–"]
    sort_by(qtbot, explore, 1)
    assert [row[1] for row in cells(explore)] == ["1,200", "900", "30", "–"]


def test_s_sorts_by_the_current_column(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    rows = table(explore)
    rows.setFocus()
    rows.setCurrentIndex(rows.model().index(0, 1))
    qtbot.keyClick(rows, Qt.Key.Key_S)
    assert [row[0] for row in cells(explore)] == ["Dan", "Ada", "Bea", "Cyd"]
    qtbot.keyClick(rows, Qt.Key.Key_S)
    assert [row[0] for row in cells(explore)] == ["Bea", "Ada", "Dan", "Cyd"]


def test_searching_filters_rows_and_says_how_many(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    search = next(one for one in explore.findChildren(QLineEdit))
    assert "4 rows · First 100 rows" in texts(explore)
    qtbot.keyClicks(search, "PLAIN")
    assert cells(explore) == [["Dan", "30", "plain"]]
    assert "1 of 4 rows · First 100 rows" in texts(explore)


def test_ctrl_c_copies_all_rows_shown_as_tsv(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    sort_by(qtbot, explore, 1)
    qtbot.keyClick(table(explore), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Name\tVisits\tNote\nDan\t30\tplain\nAda\t900\t'=cmd()\nBea\t1,200\t–\nCyd\t–\t'-5 points"
    )
    assert "Copied." in texts(explore)


def test_ctrl_c_copies_only_the_selected_cells(qtbot, explore):
    explore.set_view(view(TableBody(), table=PEOPLE))
    rows = table(explore)
    model = rows.model()
    chosen = rows.selectionModel()
    for row in (0, 1):
        chosen.select(model.index(row, 1), QItemSelectionModel.SelectionFlag.Select)
    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "900\n1,200"


def test_ctrl_c_in_the_search_field_copies_its_text(qtbot, explore):
    search = next(one for one in explore.findChildren(QLineEdit))
    search.setFocus()
    qtbot.keyClicks(search, "needle")
    search.selectAll()
    qtbot.keyClick(search, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "needle"


def test_csv_has_the_whole_table_raw_with_formulas_disarmed(qtbot, explore, tmp_path):
    explore.set_view(view(TableBody(), table=PEOPLE))
    search = next(one for one in explore.findChildren(QLineEdit))
    qtbot.keyClicks(search, "Dan")
    explore.save_csv(tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_bytes().decode() == (
        "Name,Visits,Note\nAda,900,'=cmd()\nBea,1200,\nCyd,,'-5 points\nDan,30,plain\n"
    )
    assert "Saved table.csv." in texts(explore)


def test_a_file_that_cannot_be_written_is_told_in_one_line(explore, tmp_path):
    explore.save_csv(tmp_path / "missing" / "table.csv")
    assert "Could not save table.csv: No such file or directory." in texts(explore)


@unix_only
def test_a_full_disk_leaves_the_table_that_was_there(explore, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("before")
    with taking(20):
        explore.save_csv(path)
    assert path.read_text() == "before"
    assert any(said.startswith("Could not save table.csv: ") for said in texts(explore))


def test_save_csv_asks_where(qtbot, explore, tmp_path):
    qtbot.mouseClick(button(explore, "Save CSV…"), LEFT_BUTTON)
    dialog = explore.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("signups-and-activated-teams.csv")
    dialog.fileSelected.emit(str(tmp_path / "chosen.csv"))
    assert (tmp_path / "chosen.csv").read_text(encoding="utf-8").startswith("Date,Signed up")
    dialog.reject()


def test_the_table_alone_can_be_shown(qtbot, explore):
    qtbot.mouseClick(button(explore, "Table", QRadioButton), LEFT_BUTTON)
    assert not plot(explore).isVisible()
    assert table(explore).isVisible()
    qtbot.mouseClick(button(explore, "Chart", QRadioButton), LEFT_BUTTON)
    assert plot(explore).isVisible()


def test_a_notice_without_rows_shows_no_empty_table(explore):
    explore.set_view(view(NoticeBody(state="error", headline="The query failed."), table=Table()))
    assert not table(explore).isVisible()
    assert not button(explore, "Save CSV…").isEnabled()


def test_wide_tables_of_any_size_are_taken(explore):
    wide = Table(
        tuple(Column(str(i)) for i in range(60)), (("x",) * 60,) * 3, (("x" * 500,) * 60,) * 3
    )
    explore.set_view(view(TableBody(), table=wide))
    assert table(explore).columnWidth(0) <= 320


def test_coloured_cells_follow_the_theme(explore):
    one = Table((Column("a"),), (("x",),), (("x",),), colors=(("#c62828",),))
    explore.set_view(view(TableBody(), table=one))
    model = table(explore).model()

    def ground():
        return model.index(0, 0).data(Qt.ItemDataRole.BackgroundRole)

    light = ground()
    explore.set_theme(look.dark())
    assert ground().lightness() < light.lightness()


@pytest.mark.parametrize("name", ["line", "funnel", "table"])
def test_ctrl_shift_c_copies_the_picture(qtbot, explore, name):
    explore.set_view(view(BODIES[name], table=PEOPLE))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(explore.focusWidget(), Qt.Key.Key_C, keys)
    assert QGuiApplication.clipboard().pixmap().width() > 300
    assert "Copied as image." in texts(explore)


def test_the_tip_of_a_cell_shows_markup_as_it_was_sent(explore):
    rows = (("<img src='file:///x.png'>", 1, "<b>loud</b>"),)
    explore.set_view(view(TableBody(), table=Table(PEOPLE.columns, rows, rows)))
    index = table(explore).model().index(0, 2)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "<b>loud</b>"
    assert "&lt;b&gt;loud" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_columns_are_measured_by_few_of_many_rows(explore):
    """Qt's own 1000 rows of 90 columns held the window for two seconds."""
    explore.set_view(view(TableBody(), table=PEOPLE))
    header = table(explore).horizontalHeader()
    assert 0 < header.resizeContentsPrecision() <= 100
