import pytest

from phdesk.core.boards import named, with_board, without_board
from phdesk.models.board import Board
from phdesk.services.boards import Shelf
from phdesk.services.boards_file import BoardsFile

MINE, YOURS = Board(id=5, name="Mine"), Board(id=6, name="Yours")


@pytest.fixture
def file(tmp_path):
    return BoardsFile(tmp_path / "boards.toml")


def ids(boards):
    return [one.id for one in boards]


def test_a_change_is_there_at_once_and_in_the_file_soon(file, background, qtbot):
    shelf = Shelf(file)
    shelf.use(background)
    with qtbot.waitSignal(shelf.changed):
        shelf.change(with_board, MINE)
    assert shelf.board(MINE.page) == MINE
    assert shelf.board(9) is None
    shelf.change(named, 5, "Ours")
    qtbot.waitUntil(lambda: [one.name for one in file.load()[0]] == ["Ours"])


def test_a_change_that_changes_nothing_is_none(file, qtbot):
    shelf = Shelf(file)
    with qtbot.assertNotEmitted(shelf.changed):
        shelf.change(without_board, 5)
    shelf.finish()
    assert not file.path.exists()


def test_what_is_changed_before_the_worker_is_there_waits_for_it(file, background, qtbot):
    shelf = Shelf(file)
    shelf.change(with_board, MINE)
    assert not file.path.exists()
    shelf.use(background)
    qtbot.waitUntil(lambda: ids(file.load()[0]) == [5])


def test_what_is_not_written_at_the_end_is_written_then(file):
    shelf = Shelf(file)
    shelf.change(with_board, MINE)
    shelf.finish()
    shelf.finish()
    assert ids(Shelf(file).boards) == [5]


def test_another_programs_boards_come_with_the_next_change(file, background, qtbot):
    shelf = Shelf(file)
    shelf.use(background)
    BoardsFile(file.path).change([lambda boards: with_board(boards, YOURS)])
    assert shelf.boards == ()
    shelf.change(with_board, MINE)
    qtbot.waitUntil(lambda: ids(shelf.boards) == [6, 5])


def test_a_change_during_a_write_stays_and_is_written_after_it(file, background, qtbot):
    shelf = Shelf(file)
    shelf.use(background)
    shelf.change(with_board, MINE)
    shelf.change(with_board, YOURS)
    shelf.change(named, 5, "Ours")
    assert [one.name for one in shelf.boards] == ["Ours", "Yours"]
    qtbot.waitUntil(lambda: [one.name for one in file.load()[0]] == ["Ours", "Yours"])
    assert [one.name for one in shelf.boards] == ["Ours", "Yours"]


def test_what_cannot_be_written_is_told_and_tried_again(file, background, qtbot):
    shelf = Shelf(file)
    shelf.use(background)
    file.path.mkdir()
    with qtbot.waitSignal(shelf.trouble) as told:
        shelf.change(with_board, MINE)
    assert file.path.name in told.args[0]
    assert ids(shelf.boards) == [5], "what a person made stays on screen"
    file.path.rmdir()
    shelf.change(with_board, YOURS)
    qtbot.waitUntil(lambda: ids(file.load()[0]) == [5, 6])


def test_a_shelf_without_a_file_is_for_this_run(background):
    shelf = Shelf()
    shelf.use(background)
    shelf.change(with_board, MINE)
    assert ids(shelf.boards) == [5]
    shelf.finish()


def test_what_could_not_be_written_at_the_end_is_told_and_may_be_tried_again(file):
    shelf = Shelf(file)
    shelf.change(with_board, MINE)
    file.path.mkdir()
    assert file.path.name in shelf.finish()
    file.path.rmdir()
    assert shelf.finish() is None
    assert ids(file.load()[0]) == [5]
    assert shelf.finish() is None
