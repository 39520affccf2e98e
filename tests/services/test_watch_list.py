from msgspec.structs import replace

from phdesk.core.watching.editing import snoozed, with_watch, without_watch
from phdesk.services.watch_list import WatchList
from phdesk.services.watches_file import WatchesFile
from tests.core.watching.making import NOON, watch

MINE, YOURS = watch(), watch(id="w2", account="ben", dashboard=7)


def test_a_watch_is_there_at_once_and_in_the_file_soon(tmp_path, background, qtbot):
    file = WatchesFile(tmp_path / "watches.toml")
    listed = WatchList(file)
    listed.use(background)
    with qtbot.waitSignal(listed.changed):
        listed.change(with_watch, MINE)
    assert listed.watch("w1") == MINE
    qtbot.waitUntil(lambda: file.load()[0] == (MINE,))


def test_watches_are_found_by_dashboard_and_account(qtbot):
    listed = WatchList()
    listed.change(with_watch, MINE)
    listed.change(with_watch, YOURS)
    assert listed.of_dashboard("ada", 1, 2) == (MINE,)
    assert listed.of_dashboard("ada", 2, 2) == ()
    assert listed.by_account("ben") == (YOURS,)
    listed.forget("ben")
    assert listed.watches == (MINE,)


def test_what_is_typed_into_the_file_comes_when_somebody_looks(tmp_path, background, qtbot):
    file = WatchesFile(tmp_path / "watches.toml")
    listed = WatchList(file)
    listed.use(background)
    WatchesFile(file.path).change([lambda held: with_watch(held, MINE)])
    assert listed.watches == ()
    with qtbot.waitSignal(listed.changed):
        listed.look_again()
    assert listed.watches == (MINE,)
    with qtbot.assertNotEmitted(listed.changed, wait=30):
        listed.look_again()


def test_what_is_changed_here_is_not_undone_by_a_look(tmp_path, background, qtbot):
    file = WatchesFile(tmp_path / "watches.toml")
    listed = WatchList(file)
    listed.change(with_watch, MINE)
    listed.use(background)
    listed.look_again()
    listed.change(snoozed, "w1", NOON)
    asleep = replace(MINE, snoozed_until=NOON)
    qtbot.waitUntil(lambda: file.load()[0] == (asleep,))
    assert listed.watches == (asleep,)
    listed.change(without_watch, "w1")
    assert listed.finish() is None
    assert file.load()[0] == ()


def test_a_slip_in_the_file_is_told_and_takes_no_watch_away(tmp_path, background, qtbot):
    file = WatchesFile(tmp_path / "watches.toml")
    file.change([lambda held: with_watch(with_watch(held, MINE), YOURS)])
    good = file.path.read_text(encoding="utf-8")
    listed = WatchList(file)
    listed.use(background)
    file.path.write_text(f"{good}\n[[watch", encoding="utf-8")
    with qtbot.waitSignal(listed.trouble) as told:
        listed.look_again()
    assert "could not be read" in told.args[0]
    with qtbot.waitSignal(listed.trouble):
        listed.change(snoozed, "w1", NOON)
    assert len(listed.watches) == 2
    file.path.write_text(f"{good}\n", encoding="utf-8")
    listed.look_again()
    qtbot.waitUntil(lambda: file.load()[0] == (replace(MINE, snoozed_until=NOON), YOURS))
    assert listed.watches == file.load()[0]
