"""A person's own boards in a report: which of their tiles it can tell.

A report is of one project, whose calendar its period is on; tiles from elsewhere are named.
"""

import re
from collections.abc import Collection, Sequence

from msgspec import Struct

from phdesk.core.boards import called
from phdesk.models.board import Board, Pick

PREFIX = "board:"
_NAMED = re.compile(r"board(?:\s+|:\s*)(\S.*)", re.IGNORECASE)


class Own(Struct, frozen=True, kw_only=True):
    """A person's boards, and the accounts of the server that a report is of."""

    boards: tuple[Board, ...] = ()
    accounts: Collection[str] = ()


NO_BOARDS = Own()


class Picked(Struct, frozen=True, kw_only=True):
    """The tiles of a board that a report can tell, in reading order, and what it cannot."""

    name: str = ""
    picks: tuple[Pick, ...] = ()
    problems: tuple[str, ...] = ()


def board_in(text: str) -> str:
    """Give the name of the board that words name, as "board:Sales" or "board Sales"; else none."""
    found = _NAMED.fullmatch(text.strip())
    return found[1] if found else ""


def picked(own: Own, name: str, project: int) -> Picked:
    """Take the tiles of a board that are of a project."""
    board, problem = called(own.boards, name)
    if board is None:
        return Picked(problems=(f"{problem[:1].upper()}{problem[1:]}.",))
    here = {one.id for one in board.picks if one.account in own.accounts and one.project == project}
    away = [known_title(one) for one in board.picks if one.id not in here]
    words = f"Of another project, so not in this report: {', '.join(away)}." if away else ""
    return Picked(
        name=board.name,
        picks=tuple(one for one in in_order(board) if one.id in here),
        problems=(words,) if words else (),
    )


def in_order(board: Board) -> Sequence[Pick]:
    """Give the tiles of a board as they are read, those without a place last."""
    placed = [(one.box.y, one.box.x, one) for one in board.picks if one.box is not None]
    placed.sort(key=lambda at: at[:2])
    return (*(one for _, _, one in placed), *(one for one in board.picks if one.box is None))


def known_title(pick: Pick) -> str:
    """Name a tile of which nothing was read."""
    return pick.title or pick.known_as or f"tile {pick.tile} of dashboard {pick.dashboard}"
