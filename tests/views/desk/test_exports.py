"""What is on screen is exported as it is: to files and the clipboard."""

import csv
import io
import json
import zipfile
from threading import Event

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton

from phdesk.core.charts.local import narrowed, toggled
from phdesk.core.charts.spec import NoticeBody, Table, XYBody
from phdesk.views.dashboard.presenting import SOON
from phdesk.views.desk.exports import BUSY, EXPORT, NO_TILE, NOTHING, STOPPED, Exports
from phdesk.views.dialogs.export import ExportDialog
from phdesk.views.theme import dark
from tests.views.desk.conftest import sent
from tests.views.export.printing import words_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def tiles(server):
    server.tiles = [sent(1, -5), sent(2, -9, 4, 5, 6, y=5)]


@pytest.fixture
def exports(ada):
    return Exports(ada.desk)


def opened(ada):
    return ada.dialog(ExportDialog)


def field(dialog, name):
    return next(one for one in dialog.findChildren(QComboBox) if one.accessibleName() == name)


def pick(dialog, name, value):
    one = field(dialog, name)
    one.setCurrentIndex(one.findData(value))


def press(ada, dialog, text):
    named = dialog.findChildren(QPushButton)
    found = next(one for one in named if one.text().replace("&", "") == text)
    ada.qtbot.mouseClick(found, LEFT)


def save(ada, exports, dialog, path):
    """Press Save…, write a path, and wait for what is said."""
    press(ada, dialog, "Save…")
    files = ada.dialog(QFileDialog)
    files.findChild(QLineEdit).setText(str(path))
    with ada.qtbot.waitSignal(exports.finished) as heard:
        ada.qtbot.keyClick(files.findChild(QLineEdit), Qt.Key.Key_Return)
    return heard.args[0]


def by_hand(ada, tile_id, local):
    """Do to a tile's chart what pointer and keys do."""
    ada.screen.grid.tiles[tile_id].probe.changed.emit(local)


def test_ctrl_e_exports_the_dashboard_as_pdf(ada, exports, tmp_path):
    ada.qtbot.keyClick(ada.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = opened(ada)
    said = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "2 tiles · 1 sheet" in said
    assert save(ada, exports, dialog, tmp_path / "x.pdf") == "Saved x.pdf."
    words = " ".join(words_of(PdfReader(tmp_path / "x.pdf")))
    for part in ("Weekly", "Project: ", "Filters: ", "Oldest tile", "Page 1 of 1", "Insight 102"):
        assert part in words


def test_the_menu_of_a_tile_exports_that_one_alone(ada, exports, tmp_path):
    ada.screen.grid.tiles[2].wishes.export_requested.emit(2)
    assert save(ada, exports, opened(ada), tmp_path / "x.pdf") == "Saved x.pdf."
    words = " ".join(words_of(PdfReader(tmp_path / "x.pdf")))
    assert "Dashboard: Weekly" in words
    assert words.count("Trends") == 1


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_picture_is_named_by_its_kind(ada, exports, tmp_path, kind):
    exports.ask()
    dialog = opened(ada)
    pick(dialog, "Format", kind)
    assert save(ada, exports, dialog, tmp_path / "x") == f"Saved x.{kind}."
    head = (tmp_path / f"x.{kind}").read_bytes()[:60]
    assert b"PNG" in head or b"<?xml" in head


def test_a_file_is_named_by_its_kind_whatever_was_typed(ada, exports, tmp_path):
    exports.ask()
    assert save(ada, exports, opened(ada), tmp_path / "x.png") == "Saved x.png.pdf."
    assert (tmp_path / "x.png.pdf").read_bytes()[:4] == b"%PDF"
    assert not (tmp_path / "x.png").exists()


def test_a_drawing_says_of_which_filters_and_times_it_is(ada, exports, tmp_path):
    exports.ask()
    dialog = opened(ada)
    pick(dialog, "Format", "svg")
    save(ada, exports, dialog, tmp_path / "x.svg")
    assert ">Project: Shop · Filters: " in (tmp_path / "x.svg").read_text()


def copy(ada, exports, dialog):
    with ada.qtbot.waitSignal(exports.finished):
        press(ada, dialog, "Copy")


def rows_copied(ada, exports, *, whole=False):
    exports._on_tile(2)
    dialog = opened(ada)
    pick(dialog, "Format", "csv")
    box = next(b for b in dialog.findChildren(QCheckBox) if "rows" in b.text())
    assert box.isVisible() == bool(ada.screen.grid.tiles[2].card_state.local)
    if whole:
        box.setChecked(True)
    copy(ada, exports, dialog)
    return list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))


def test_rows_are_those_on_screen_or_all(ada, exports):
    body = ada.screen.views[2].body
    assert len(rows_copied(ada, exports)[0]) == 5
    by_hand(ada, 2, narrowed(ada.screen.grid.tiles[2].local, body, 1, 2))
    assert rows_copied(ada, exports)[1:] == [["Signups", "5", "6"]]
    assert rows_copied(ada, exports, whole=True)[1][-3:] == ["4", "5", "6"]


def test_hidden_series_stay_hidden_and_that_is_said(ada, exports):
    body = ada.screen.views[2].body
    by_hand(ada, 2, toggled(ada.screen.grid.tiles[2].local, body, 0))
    exports.ask()
    dialog = opened(ada)
    pick(dialog, "Format", "json")
    copy(ada, exports, dialog)
    told = json.loads(QGuiApplication.clipboard().text())
    assert [one["rows"] for one in told["tiles"]][1] == []
    assert "Shown: 1 hidden" in told["tiles"][1]["notes"]


def test_what_csv_cannot_say_is_said_before(ada, exports):
    body = ada.screen.views[2].body
    by_hand(ada, 2, narrowed(ada.screen.grid.tiles[2].local, body, 1, 2))
    exports._on_tile(2)
    dialog = opened(ada)
    for kind, told in (("csv", True), ("json", False)):
        pick(dialog, "Format", kind)
        said = " ".join(one.text() for one in dialog.findChildren(QLabel))
        assert ("the file cannot say: Shown: zoomed" in said) == told


def test_a_chart_that_is_still_being_drawn_is_exported_whole(ada, exports):
    waiting = NoticeBody(state="waiting", headline=SOON)
    ada.screen.grid.set_views({2: replace(ada.screen.views[2], body=waiting, table=Table())})
    tile = next(one for one in exports._taken().tiles if "102" in one.view.title)
    assert isinstance(tile.shown.body, XYBody)
    assert tile.view.table.rows


def test_a_workbook_has_a_sheet_for_each_tile(ada, exports, tmp_path):
    exports.ask()
    dialog = opened(ada)
    assert field(dialog, "Format").findData("csv") < 0, "of a tile only"
    pick(dialog, "Format", "xlsx")
    assert save(ada, exports, dialog, tmp_path / "x.xlsx") == "Saved x.xlsx."
    names = zipfile.ZipFile(tmp_path / "x.xlsx").namelist()
    assert sum(name.startswith("xl/worksheets/sheet") for name in names) == 3


def waiting_rows(going_on):
    """Give steps of a file that is not done before it is told to go on."""
    yield 1
    assert going_on.wait(10)
    yield 1
    return b"rows"


@pytest.fixture
def slow_rows(monkeypatch):
    going_on = Event()
    steps = waiting_rows(going_on)
    monkeypatch.setattr("phdesk.views.desk.exports.table_bytes", lambda *_: steps)
    monkeypatch.setattr("phdesk.views.desk.exports.SOON", 0)
    yield going_on, steps
    going_on.set()


def test_rows_are_written_beside_the_window_and_the_network(ada, slow_rows, exports, tmp_path):
    going_on, _ = slow_rows
    begun(ada, exports, tmp_path / "x.xlsx")
    ada.qtbot.waitUntil(lambda: ada.window.notice.text == "Exporting tile 2 of 2…")
    with ada.qtbot.waitSignal(exports.finished):
        going_on.set()
    assert (tmp_path / "x.xlsx").read_bytes() == b"rows"
    assert not button(ada, "stop").isVisible()


def begun(ada, exports, path):
    exports.ask()
    dialog = opened(ada)
    pick(dialog, "Format", path.suffix[1:])
    press(ada, dialog, "Save…")
    files = ada.dialog(QFileDialog)
    files.fileSelected.emit(str(path))
    files.close()


def button(ada, name):
    return ada.window.notice.findChild(QPushButton, name)


def test_an_export_can_be_cancelled_and_leaves_nothing(ada, slow_rows, exports, tmp_path):
    going_on, steps = slow_rows
    begun(ada, exports, tmp_path / "x.xlsx")
    ada.qtbot.waitUntil(lambda: button(ada, "stop") is not None)
    with ada.qtbot.waitSignal(exports.finished) as heard:
        ada.qtbot.mouseClick(button(ada, "stop"), LEFT)
    assert heard.args == [STOPPED]
    assert ada.window.notice.text == STOPPED
    assert not exports._work.busy
    assert list(tmp_path.glob("x*")) == []
    going_on.set()
    ada.qtbot.waitUntil(lambda: steps.gi_frame is None)  # its thread gave it up
    assert list(tmp_path.glob("x*")) == []


def test_a_dark_window_can_print_in_light(ada, exports, tmp_path):
    ada.desk.set_theme(dark())
    exports.ask()
    dialog = opened(ada)
    box = next(one for one in dialog.findChildren(QCheckBox) if "Light" in one.text())
    assert box.isVisible()
    pick(dialog, "Format", "svg")
    save(ada, exports, dialog, tmp_path / "dark.svg")
    exports.ask()
    next(one for one in opened(ada).findChildren(QCheckBox) if "Light" in one.text()).setChecked(
        True
    )
    save(ada, exports, opened(ada), tmp_path / "light.svg")
    assert f'fill="{dark().bg.name()}"' in (tmp_path / "dark.svg").read_text()
    assert f'fill="{dark().bg.name()}"' not in (tmp_path / "light.svg").read_text()


def test_a_picture_goes_to_the_clipboard(ada, exports):
    exports.ask()
    dialog = opened(ada)
    pick(dialog, "Format", "png")
    copy(ada, exports, dialog)
    assert QGuiApplication.clipboard().image().width() >= 600


def test_a_place_that_takes_nothing_is_told(ada, exports, tmp_path):
    exports.ask()
    press(ada, opened(ada), "Save…")
    files = ada.dialog(QFileDialog)
    with ada.qtbot.waitSignal(exports.finished) as heard:
        files.fileSelected.emit(str(tmp_path / "gone" / "x.pdf"))
    files.close()
    assert heard.args[0].startswith("Nothing was exported")
    assert heard.args[0] in ada.window.notice.text


def test_a_window_that_closes_leaves_no_half_file(ada, exports, tmp_path):
    exports.ask()
    press(ada, opened(ada), "Save…")
    files = ada.dialog(QFileDialog)
    files.fileSelected.emit(str(tmp_path / "x.pdf"))
    files.close()
    exports._work.step()
    exports.ask()
    assert ada.window.notice.text == BUSY
    ada.window.closed.emit()
    assert list(tmp_path.glob("*.pdf*")) == []


def test_without_a_tile_or_a_dashboard_it_says_what_to_do(ada, exports):
    ada.window.setFocus()
    exports.ask_tile()
    assert ada.window.notice.text == NO_TILE
    ada.desk.open_id = None
    exports.ask()
    assert ada.window.notice.text == NOTHING


def test_it_is_found_by_name(ada, exports):
    found = [one for one in ada.window.shortcut_actions if one.text() == EXPORT]
    found[0].trigger()
    assert opened(ada).isVisible()
