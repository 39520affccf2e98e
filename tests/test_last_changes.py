"""Changes that cannot be written as phdesk ends are not lost without a word."""

import pytest
from PySide6.QtCore import QLockFile

from phdesk import own_rooms as module
from phdesk.core.boards import with_board
from phdesk.models.board import Board
from phdesk.services import edited_file
from phdesk.services.boards_file import BoardsFile
from tests.app_parts import running, vault

MINE = Board(id=5, name="Mine")


@pytest.mark.parametrize("again", [True, False], ids=["another try", "left"])
def test_boards_that_another_program_holds_at_the_end_are_asked_about(
    qtbot, tmp_path, monkeypatch, again
):
    monkeypatch.setattr(edited_file, "WAIT", 1)
    file, asked = BoardsFile(tmp_path / "boards.toml"), []
    file.change([lambda boards: with_board(boards, Board(id=6, name="Hers"))])
    lock = QLockFile(f"{file.path}.lock")

    def answer(what, why):
        asked.append((what, why))
        lock.unlock()
        return again

    monkeypatch.setattr(module, "last_words", lambda: answer)
    with vault(), running(tmp_path) as app:
        qtbot.waitUntil(lambda: app._own.boards is not None)
        assert lock.tryLock(0)
        app._own.boards.shelf.change(with_board, MINE)
    assert asked == [
        (module.UNWRITTEN.format("boards"), "boards.toml is in use by another program.")
    ]
    assert (5 in {one.id for one in file.load()[0]}) == again
