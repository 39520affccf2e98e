"""Snapshots on screen: saved from a dashboard, opened in windows of their own, only to be read."""

import zipfile

import msgspec
import pytest
from msgspec import Raw
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from phdesk.cli import gui
from phdesk.demo.server import DemoServer
from phdesk.services.accounts import added
from phdesk.services.files import file_in
from phdesk.services.settings import KeptWindow
from phdesk.store.snapshot import pack, unpack
from phdesk.store.snapshot_origins import Origins, Place, Source
from phdesk.views.dashboard.filter_bar import FilterBar
from phdesk.views.desk.exports import EXPORT
from phdesk.views.desk.snapshots import OPEN_SNAPSHOT, SAVE_SNAPSHOT, SAVE_WITHOUT_PEOPLE
from phdesk.views.dialogs.command_palette import CommandPalette
from phdesk.views.dialogs.export import ExportDialog
from phdesk.views.dialogs.sign_in import SignIn
from phdesk.views.export.wish import Wish
from phdesk.views.placing import STEP
from tests.app_parts import running, sealed_window, strip, vault
from tests.services.conftest import ADA
from tests.store.builders import answer, board, tile
from tests.store.test_snapshot import MADE
from tests.test_end_to_end import WAIT, complete, sign_in

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction

pytestmark = pytest.mark.qt_log_ignore(
    "does not support (raise|grabbing the keyboard|propagateSizeHints)", extend=True
)

DAYS = ["2026-11-20", "2026-11-21", "2026-11-22"]
LINE = {"label": "Signups", "days": DAYS, "labels": DAYS, "data": [1, 2, 3]}
COUNTED = replace(answer(0), result=Raw(msgspec.json.encode([LINE])), short_id="abc")
SHOP = replace(MADE, dashboard=board(tile(1, COUNTED), tile(4, answer(7, name="Sales"), x=6)))


@pytest.fixture(autouse=True)
def keys():
    with vault() as backend:
        yield backend


def act(one, text):
    """Carry out an action that is found by name, and say whether it was on."""
    action = next(each for each in one.window.shortcut_actions if each.text() == text)
    action.trigger()
    return action.isEnabled()


def choose(qtbot, one, path):
    """Write a path into the file dialog and press Enter."""
    dialog = next(each for each in one.window.findChildren(QFileDialog) if each.isVisible())
    line = dialog.findChild(QLineEdit)
    line.setText(str(path))  # typed, it would open a list of proposals over the dialog
    qtbot.keyClick(line, Qt.Key.Key_Return)


@pytest.fixture
def saved(qtbot, tmp_path):
    """An app with a dashboard, and the file that was saved from it."""
    (tmp_path / "first").mkdir()
    with DemoServer() as server, running(tmp_path / "first", theme="light") as app:
        sign_in(app, qtbot, server)
        qtbot.waitUntil(complete(app), timeout=WAIT)
        qtbot.waitUntil(lambda: app.front._links is not None)
        path = tmp_path / "kpis.phdesk"
        act(app.front, SAVE_SNAPSHOT)
        choose(qtbot, app.front, path)
        qtbot.waitUntil(lambda: app.window.notice.text.startswith("Saved"))
        yield app, path


@pytest.fixture
def sealed(qtbot, tmp_path):
    """An app that was started with a file, and that file."""
    path = tmp_path / "kpis.phdesk"
    path.write_bytes(pack(SHOP, "phdesk"))
    with running(tmp_path, file=path) as app:
        qtbot.waitUntil(lambda: bool(app.window._actions), timeout=WAIT)
        qtbot.waitUntil(lambda: app.desk.worker is not None, timeout=WAIT)
        yield app, path


def test_what_is_on_screen_comes_back_in_a_window_of_its_own(saved, qtbot):
    app, path = saved
    first = app.front
    tiles = len(first.window.screen_page.views)
    assert app.window.notice.text == f"Saved kpis.phdesk: {tiles} tiles."
    act(first, OPEN_SNAPSHOT)
    choose(qtbot, first, path)
    other = sealed_window(app, qtbot)
    before, after = first.window.screen_page, other.window.screen_page
    assert strip(other).text.startswith("Snapshot of Lumen Lane (demo data), made ")
    assert after.grid.boxes == before.grid.boxes
    assert {one: view.summary for one, view in after.views.items()} == {
        one: view.summary for one, view in before.views.items()
    }
    ages = {one: tile.card_state.age for one, tile in after.grid.tiles.items()}
    assert ages == {one: tile.card_state.age for one, tile in before.grid.tiles.items()}
    assert first.window.screen_page.reading is None
    assert not other.window.sidebar.isVisible()


def test_a_window_of_a_snapshot_reads_and_changes_nothing(sealed, qtbot):
    app, _ = sealed
    other = sealed_window(app, qtbot, 1)
    window, screen = other.window, other.window.screen_page
    qtbot.waitUntil(lambda: act(other, "Outline of the dashboard"))
    palette = next(each for each in window.findChildren(CommandPalette) if each.isVisible())
    palette.close()
    shown = {one.accessibleName() for one in screen.findChildren(QPushButton) if one.isVisible()}
    assert not shown & {"Refresh", "Edit layout"}
    assert "Open in PostHog" in shown, "where it is from is known"
    bar = screen.findChild(FilterBar)
    assert not bar.isEnabled()
    assert "snapshot" in bar.toolTip()
    for key in (Qt.Key.Key_E, Qt.Key.Key_R, Qt.Key.Key_D):
        qtbot.keyClick(window, key)
    assert not screen.editing
    tile = next(each for each in screen.grid.tiles.values() if each.has_table)
    qtbot.keyClick(tile, Qt.Key.Key_T)
    assert tile.card_state.as_table
    names = {action.text(): action.isEnabled() for action in tile._menu().actions()}
    assert names["Copy as table"]
    assert not names["Refresh this tile"]
    assert not {"Move to…", "Change for the team"} & names.keys()
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page is other.tiles.explore, timeout=WAIT)
    qtbot.keyClick(window.page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.page is screen)


def test_a_snapshot_is_exported_as_any_other_page(sealed, qtbot, tmp_path):
    app, _ = sealed
    other = sealed_window(app, qtbot, 1)
    assert act(other, EXPORT)
    dialog = next(each for each in other.window.findChildren(ExportDialog) if each.isVisible())
    dialog.accept()
    dialog.save_requested.emit(Wish(format="xlsx"))
    choose(qtbot, other, tmp_path / "kpis.xlsx")
    qtbot.waitUntil(lambda: other.window.notice.text == "Saved kpis.xlsx.", timeout=WAIT)
    assert zipfile.is_zipfile(tmp_path / "kpis.xlsx")


def test_one_from_nowhere_offers_no_page_to_open(qtbot, tmp_path):
    path = tmp_path / "kpis.phdesk"
    path.write_bytes(pack(replace(SHOP, host="http://127.0.0.1:8010"), "phdesk"))
    with running(tmp_path, file=path) as app:
        tile = app.window.screen_page.grid.tiles[1]
        names = {action.text(): action.isEnabled() for action in tile._menu().actions()}
        assert not names["Open in PostHog"]
        buttons = app.window.screen_page.findChildren(QPushButton)
        assert "Open in PostHog" not in {one.accessibleName() for one in buttons if one.isVisible()}
        assert app.window.windowTitle() == "Weekly – Snapshot – phdesk"


def test_a_dropped_file_opens_and_other_files_do_not(sealed, qtbot, tmp_path):
    app, path = sealed
    other = tmp_path / "notes.txt"
    other.touch()
    for dragged, taken in ((other, False), (path, True)):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(dragged))])
        enter = QDragEnterEvent(QPoint(50, 50), COPY, mime, LEFT, NO_KEYS)
        enter.ignore()
        QApplication.sendEvent(app.window, enter)
        assert enter.isAccepted() is taken
        drop = QDropEvent(QPointF(50, 50), COPY, mime, LEFT, NO_KEYS)
        QApplication.sendEvent(app.window, drop)
    sealed_window(app, qtbot)


def test_each_further_snapshot_opens_as_large_as_the_window_it_comes_from(sealed, qtbot):
    app, path = sealed
    app.window.resize(760, 560)
    for count in (2, 3):
        app.opening.open(str(path))
        found = sealed_window(app, qtbot, count)
        assert found.window.width() > 760 - count * STEP
        assert found.window.height() > 560 - count * STEP


def test_a_snapshot_of_a_board_has_no_filters_and_says_where_all_is_from(sealed, qtbot, tmp_path):
    app, _ = sealed
    assert app.window.screen_page.filters.isVisible()
    first = SHOP.dashboard.tiles[0].id
    place = Place(project=SHOP.project, host=SHOP.host)
    source = Source(place=0, dashboard=9, tile=4, title="My own name")
    path = tmp_path / "board.phdesk"
    origins = Origins(places=(place,), tiles={first: source})
    path.write_bytes(pack(replace(SHOP, origins=origins), "phdesk"))
    app.opening.open(str(path))
    found = sealed_window(app, qtbot)
    assert not found.window.screen_page.filters.isVisible()
    assert found.window.screen_page.views[first].title == "My own name"
    assert strip(found).text.startswith("Snapshot of EU, Shop, made ")


def test_a_refused_file_says_why_and_opens_nothing(sealed, qtbot):
    app, path = sealed
    path.write_bytes(path.read_bytes()[:-40])
    app.opening.open(path.as_uri())  # as file managers write it
    qtbot.waitUntil(lambda: "kpis.phdesk was not opened: it is damaged" in app.window.notice.text)
    assert len(app.windows.all) == 1


def test_it_opens_without_account_or_network_and_signs_in_beside_it(sealed, qtbot):
    app, _ = sealed
    assert app.front.workspace.online is None
    assert strip(app.front).text.startswith("Snapshot of EU, Shop, made ")
    assert {view.title for view in app.window.screen_page.views.values()} >= {"Sales"}
    app.opening.open("")  # a second start, without a file
    qtbot.waitUntil(lambda: len(app.windows.all) == 2)
    assert isinstance(app.window.page, SignIn)
    assert app.front.workspace.online is not None
    titles = {each.window.windowTitle() for each in app.windows.all}
    assert titles == {"Weekly – Snapshot – phdesk", "phdesk"}
    app.windows.note()
    assert not app.preferences.settings.windows, "a snapshot does not come back by itself"


def test_the_windows_of_the_last_run_come_back_with_the_first_that_is_no_snapshot(sealed, qtbot):
    app, _ = sealed
    app.preferences.change_accounts(added, ADA)
    other = KeptWindow(account=ADA.id, project=8, dashboard=4)
    app.preferences.change(replace, account=ADA.id, windows=(other,))
    app.opening.open("")
    qtbot.waitUntil(lambda: len(app.windows.all) == 3, timeout=WAIT)
    assert {each.workspace.where[1] for each in app.windows.all} >= {7, 8}
    app.windows.note()
    assert [each.dashboard for each in app.preferences.settings.windows] == [4]


def test_a_start_with_a_refused_file_is_an_ordinary_one_that_says_why(qtbot, tmp_path):
    path = tmp_path / "bad.phdesk"
    path.write_bytes(b"{}")
    with running(tmp_path, file=path) as app:
        assert isinstance(app.window.page, SignIn)
        assert app.window.notice.text.startswith("bad.phdesk was not opened: it is damaged")


def test_people_are_left_out_where_that_is_asked_for(saved, qtbot, tmp_path):
    app, _ = saved
    app.front.pages.open_dashboard(5)
    qtbot.waitUntil(complete(app), timeout=WAIT)
    for text, name in ((SAVE_SNAPSHOT, "with"), (SAVE_WITHOUT_PEOPLE, "without")):
        act(app.front, text)
        choose(qtbot, app.front, tmp_path / f"{name}.phdesk")
        qtbot.waitUntil(lambda name=name: f"Saved {name}." in app.window.notice.text, timeout=WAIT)
    assert b"Left out of this" not in unpacked(tmp_path / "with.phdesk")
    assert b"Left out of this" in unpacked(tmp_path / "without.phdesk")
    assert "without people" in app.window.notice.text


def unpacked(path):
    texts = [one.text.body for one in unpack(path.read_bytes()).dashboard.tiles if one.text]
    return "\n".join(texts).encode()


@pytest.mark.parametrize(
    ("source", "path"),
    [
        pytest.param("/tmp/a.phdesk", "/tmp/a.phdesk", id="path"),
        pytest.param("file:///tmp/a%20b.phdesk", "/tmp/a b.phdesk", id="address of a file"),
        pytest.param("https://us.posthog.com/a.phdesk", None, id="elsewhere"),
        pytest.param("12", None, id="number"),
    ],
)
def test_a_file_is_told_from_an_address(source, path):
    found = file_in(source)
    assert (found and str(found)) == path


def test_the_command_opens_a_file_wherever_it_is_named_from(tmp_path, monkeypatch):
    (tmp_path / "x.phdesk").touch()
    monkeypatch.chdir(tmp_path)
    arguments = type("Arguments", (), {"source": "x.phdesk"})
    assert gui._what_to_open(arguments)["file"] == tmp_path / "x.phdesk"
