"""`phdesk boards`: lists a person's own boards, which are kept on this computer."""

import os
from argparse import Namespace

import msgspec

from phdesk.cli.exits import FINE, complain
from phdesk.cli.show import write
from phdesk.core.boards import counted
from phdesk.models.board import Board
from phdesk.services.boards_file import BoardsFile
from phdesk.services.places import places


def run(arguments: Namespace) -> int:
    """Print names and how many tiles there are, or all of it as JSON."""
    path = places(os.environ).boards
    boards, problem = BoardsFile(path).load() if path is not None else ((), None)
    if problem:
        complain(problem)
    if arguments.json:
        write(msgspec.json.format(msgspec.json.encode(boards), indent=2).decode() + "\n")
        return FINE
    write("".join(f"{board.name}\t{_tiles(board)}\n" for board in boards))
    if not boards:
        complain("there is no board yet; the menu of a tile adds it to one")
    return FINE


def _tiles(board: Board) -> str:
    tiles, sources = counted(len(board.picks)), len({pick.source for pick in board.picks})
    return tiles if sources < 2 else f"{tiles} of {sources} projects"
