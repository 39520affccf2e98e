"""What a person sees when the store gives trouble at the start."""

import pytest

from phdesk.models.account import Account
from phdesk.models.dashboard import DashboardRow
from phdesk.services.accounts import AccountsFile
from phdesk.services.settings import DEFAULTS, SettingsFile, chosen, opened
from phdesk.store.cache import Cache
from phdesk.store.cache_writing import Writer
from phdesk.store.packing import pack_dashboard, pack_rows
from tests.app_parts import places_in, running, vault
from tests.store.builders import NOON, answer, board, tile

ADA = Account(id="a", host="http://127.0.0.1:9", email="ada@example.org", project_id=7)


@pytest.fixture
def home(tmp_path):
    """A folder as a run left it: an account, and its dashboard on disk."""
    files = places_in(tmp_path)
    AccountsFile(files.accounts).save([ADA])
    SettingsFile(files.settings).save(opened(chosen(DEFAULTS, "a", 7), "a", 9, NOON))
    cache = Cache(files.cache, pytest.fail)
    writer = Writer(cache)
    writer.save_rows("a", 7, pack_rows([DashboardRow(id=9, name="Weekly")]), NOON)
    writer.save_dashboard("a", 7, 9, pack_dashboard(board(tile(1, answer(0))), NOON))
    writer.save_overlay("a", 7, 8, b"{}")
    cache.close()
    return tmp_path


def change(home, statement):
    cache = Cache(places_in(home).cache)
    cache.run(None, lambda db: db.execute(statement))
    cache.close()


def told(home, qtbot):
    """Start the app; gives the line that it shows and what of the store is in its state."""
    with vault(), running(home, size=(900, 700)) as app:
        qtbot.waitUntil(lambda: bool(app.window.notice.accessibleName()))
        return app.window.notice.accessibleName(), app.store.state


def test_a_damaged_file_is_told_with_its_new_place(home, qtbot):
    file = places_in(home).cache
    file.write_bytes(b"\xff" * 4096 + file.read_bytes()[4096:])
    message, state = told(home, qtbot)
    aside = next(one for one in home.glob("*.bad-*") if not one.name.endswith(("-wal", "-shm")))
    assert f"It was set aside as {aside}" in message
    assert state.rows.items == ()


def test_layouts_that_were_carried_over_are_told(home, qtbot):
    change(home, "drop table dashboards")
    assert told(home, qtbot)[0].endswith("1 layout of yours was carried over.")


def test_a_file_of_a_newer_phdesk_is_told(home, qtbot):
    change(home, "pragma user_version=99")
    message, _state = told(home, qtbot)
    assert "was written by a newer phdesk, and is left as it is." in message


def test_a_whole_file_is_not_talked_about(home, qtbot):
    with vault(), running(home, size=(900, 700)) as app:
        with qtbot.waitSignal(app.painted):
            pass
        assert app.window.notice.accessibleName() == ""
        assert app.store.state.dashboards[9].tiles[1].has_result
