"""A kill at any moment leaves a file of boards that is whole, with all that was written."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from phdesk.services.boards_file import BoardsFile

ROOT = Path(__file__).parents[2]

# The app's own way: changes in one thread, writes in the worker, which then says what it wrote.
MAKER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from phdesk.core.boards import named, with_board
from phdesk.models.board import Board, Pick
from phdesk.services.background import Background
from phdesk.services.boards import Shelf
from phdesk.services.boards_file import BoardsFile

qt = QCoreApplication([])
background = Background()
background.start()
change = BoardsFile.change

def written(file, edits):
    boards, problem = change(file, edits)
    print(boards[0].name if problem is None else problem, flush=True)  # what may not be lost now
    return boards, problem

BoardsFile.change = written
shelf = Shelf(BoardsFile(Path(sys.argv[1])))
picks = tuple(Pick(id=n, account="a", project=1, dashboard=2, tile=n) for n in range(1, 41))
shelf.change(with_board, Board(id=5, name="0", picks=picks))
shelf.use(background)
timer = QTimer()
timer.timeout.connect(lambda: shelf.change(named, 5, str(int(shelf.boards[0].name) + 1)))
timer.start(0)
qt.exec()
"""


@pytest.mark.parametrize("life", range(3))
def test_a_kill_loses_no_change_that_was_written_and_the_lock_holds_nobody_up(tmp_path, life):
    path = tmp_path / "boards.toml"
    command = [sys.executable, "-c", MAKER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as maker:
        told = [maker.stdout.readline() for _ in range(random.Random(life).randrange(1, 12))]
        maker.send_signal(signal.SIGKILL)
        told += maker.stdout.readlines()
    (board,), problem = BoardsFile(path).change([])
    assert problem is None
    assert int(board.name) >= int([one for one in told if one.endswith("\n")][-1])
    assert len(board.picks) == 40
