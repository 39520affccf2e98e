"""Changes of a person's own boards: each takes all boards and gives them as they are then."""

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from phdesk.core.grid.placement import Want, place
from phdesk.models.board import Board, Pick
from phdesk.models.dashboard import Box, StoredBox

Boards = tuple[Board, ...]
Edit = Callable[[Boards], Boards]
UNNAMED = "Board"


def found(boards: Sequence[Board], board_id: int) -> Board | None:
    """Find a board."""
    return next((one for one in boards if one.id == board_id), None)


def called(boards: Sequence[Board], name: str) -> tuple[Board | None, str]:
    """Find a board by its name, in whatever case; else say why there is none."""
    wanted = name.strip().casefold()
    fitting = [one for one in boards if one.name.casefold() == wanted]
    if len(fitting) == 1:
        return fitting[0], ""
    if fitting:
        return None, f"{len(fitting)} boards are called {name!r}; rename one"
    known = ", ".join(one.name for one in boards) or "there is none yet"
    return None, f"no board is called {name!r}; boards: {known}"


def with_board(boards: Boards, board: Board, at: int | None = None) -> Boards:
    """Add a board, last or at a place; one that is there stays as it is."""
    if found(boards, board.id) is not None:
        return boards
    place = len(boards) if at is None else at
    return (*boards[:place], board, *boards[place:])


def without_board(boards: Boards, board_id: int) -> Boards:
    """Take a board away."""
    return tuple(one for one in boards if one.id != board_id)


def named(boards: Boards, board_id: int, name: str) -> Boards:
    """Give a board another name."""
    return _changed(boards, board_id, lambda board: replace(board, name=name.strip() or UNNAMED))


def with_pick(boards: Boards, board_id: int, pick: Pick) -> Boards:
    """Put a tile on a board, once; its number there is kept if it is free."""
    return _changed(boards, board_id, lambda board: _with(board, pick))


def without_pick(boards: Boards, board_id: int, pick_id: int) -> Boards:
    """Take a tile off a board."""

    def taken_off(board: Board) -> Board:
        return replace(board, picks=tuple(one for one in board.picks if one.id != pick_id))

    return _changed(boards, board_id, taken_off)


def titled(boards: Boards, board_id: int, pick_id: int, title: str) -> Boards:
    """Give a tile a title of one's own on a board; empty is the insight's again."""

    def with_title(pick: Pick) -> Pick:
        return replace(pick, title=title.strip()) if pick.id == pick_id else pick

    return _changed(boards, board_id, lambda board: _each(board, with_title))


def arranged(boards: Boards, board_id: int, boxes: Mapping[int, Box]) -> Boards:
    """Put the tiles of a board where they belong; those that are not named stay."""

    def placed(pick: Pick) -> Pick:
        return replace(pick, box=boxes.get(pick.id, pick.box))

    return _changed(boards, board_id, lambda board: _each(board, placed))


def without_account(boards: Boards, account: str) -> Boards:
    """Take all tiles of an account off; the boards stay, even empty."""
    return tuple(
        replace(board, picks=tuple(one for one in board.picks if one.account != account))
        for board in boards
    )


def count_of(boards: Sequence[Board], account: str) -> int:
    """Count the tiles of an account."""
    return sum(pick.account == account for board in boards for pick in board.picks)


def free_box(board: Board, w: int, h: int) -> Box:
    """Find the highest free place for a tile of this size."""
    wants = [Want(StoredBox(b.x, b.y, b.w, b.h)) for one in board.picks if (b := one.box)]
    return place([*wants, Want(StoredBox(w=w, h=h))])[-1]


def counted(tiles: int) -> str:
    """Say how many tiles."""
    return "1 tile" if tiles == 1 else f"{tiles} tiles"


def has(board: Board, pick: Pick) -> bool:
    """Tell whether a tile is on a board already."""
    return any(_same(one, pick) for one in board.picks)


def _same(one: Pick, other: Pick) -> bool:
    return (one.source, one.dashboard, one.tile) == (other.source, other.dashboard, other.tile)


def _with(board: Board, pick: Pick) -> Board:
    if has(board, pick):
        return board
    taken = {one.id for one in board.picks}
    free = pick.id if pick.id > 0 and pick.id not in taken else max(taken, default=0) + 1
    return replace(board, picks=(*board.picks, replace(pick, id=free)))


def _each(board: Board, change: Callable[[Pick], Pick]) -> Board:
    return replace(board, picks=tuple(change(one) for one in board.picks))


def _changed(boards: Boards, board_id: int, change: Callable[[Board], Board]) -> Boards:
    return tuple(change(one) if one.id == board_id else one for one in boards)
