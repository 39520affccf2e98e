"""The file of a person's boards: how a board and its tiles are read and written."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from phdesk.core.boards import UNNAMED, Boards
from phdesk.core.numbering import LARGEST_ID
from phdesk.models.board import Board, Pick
from phdesk.services.edited_file import EditedFile

BOARD, TILE = "board", "tile"  # names of the tables in the file
SAME = "account", "project", "dashboard", "tile"  # say which tile it is


class Reading(Struct, frozen=True, gc=False):
    """Boards as they were read, and what of their file was not understood."""

    boards: Boards = ()
    strange: int = 0  # entries


class BoardsFile(EditedFile[Boards]):
    """The boards of one person."""

    def taken(self, table: Mapping[str, Any]) -> tuple[Boards, int]:
        """Take the boards out of the file's table."""
        reading = read_boards(table)
        return reading.boards, reading.strange

    def put(self, table: Mapping[str, Any], held: Boards) -> dict[str, Any]:
        """Give the file's table with these boards."""
        return written(table, held)


def read_boards(table: Mapping[str, Any]) -> Reading:
    """Take the boards out of a file's table; a part that is not understood costs no other."""
    boards: list[Board] = []
    strange = 0
    for _, board, odd in _entries(table):
        strange += odd
        if board is not None:
            boards.append(board)
    return Reading(tuple(boards), strange)


def written(table: Mapping[str, Any], boards: Boards) -> dict[str, Any]:
    """Give the table of a file with these boards, and with all that was not understood before."""
    known = {board.id: entry for entry, board, _ in _entries(table) if board is not None}
    strange = [entry for entry, board, _ in _entries(table) if board is None]
    return {**table, BOARD: [*(_plain(one, known.get(one.id, {})) for one in boards), *strange]}


def _entries(table: Mapping[str, Any]) -> list[tuple[Any, Board | None, int]]:
    """Give each entry with its board, if it is one, and how much of it was not understood."""
    listed = table.get(BOARD, [])
    found: list[tuple[Any, Board | None, int]] = []
    taken: set[int] = set()
    for entry in listed if isinstance(listed, list) else [listed]:
        board, odd = _board(entry, taken)
        found.append((entry, board, odd))
        if board is not None:
            taken.add(board.id)
    return found


def _board(entry: Any, taken: set[int]) -> tuple[Board | None, int]:
    if not isinstance(entry, dict):
        return None, 1
    name = entry.get("name", UNNAMED)
    if not isinstance(name, str):
        return None, 1
    tiles = entry.get(TILE, [])
    if not isinstance(tiles, list):
        return None, 1
    picks, strange = _picks(tiles)
    number = _free(entry.get("id", 1), taken)
    known = tuple(pick for _, pick in picks)
    return Board(id=number, name=name.strip() or UNNAMED, picks=known), len(strange)


def _picks(tiles: Sequence[Any]) -> tuple[list[tuple[Any, Pick]], list[Any]]:
    """Give each tile with its entry, under a number of its own; then what is none."""
    picks: list[tuple[Any, Pick]] = []
    strange: list[Any] = []
    taken: set[int] = set()
    for entry in tiles:
        pick = _pick(entry)
        if pick is None:
            strange.append(entry)
        else:
            picks.append((entry, replace(pick, id=_free(pick.id, taken))))
            taken.add(picks[-1][1].id)
    return picks, strange


def _pick(entry: Any) -> Pick | None:
    try:
        pick = msgspec.convert({"id": 1, **entry} if isinstance(entry, dict) else entry, Pick)
    except msgspec.ValidationError:
        return None
    within = all(0 < one <= LARGEST_ID for one in (pick.project, pick.dashboard, pick.tile))
    return pick if within else None


def _free(number: Any, taken: set[int]) -> int:
    """Give a number that is not taken, this one if it can be: people copy entries by hand."""
    free = number if isinstance(number, int) and 0 < number <= LARGEST_ID else 1
    while free in taken:
        free = free % LARGEST_ID + 1
    return free


def _plain(board: Board, before: Mapping[str, Any]) -> dict[str, Any]:
    """Write a board over its entry as it was: keys and tiles that are not ours stay."""
    picks, strange = _picks(before.get(TILE, []))
    known = {pick.id: entry for entry, pick in picks}
    ours = [_over(known.get(pick.id, {}), pick) for pick in board.picks]
    return {**before, "id": board.id, "name": board.name, TILE: [*ours, *strange]}


def _over(before: Mapping[str, Any], pick: Pick) -> dict[str, Any]:
    """Write a tile over its entry, as far as it is about the same one."""
    fields = _without_empty(msgspec.to_builtins(pick))
    if any(before.get(one) != fields[one] for one in SAME):
        return fields
    if pick.box is not None and isinstance(box := before.get("box"), dict):
        fields["box"] = {**box, **fields["box"]}
    more = {key: held for key, held in before.items() if key not in Pick.__struct_fields__}
    return {**fields, **more}


def _without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in ("", None)}
