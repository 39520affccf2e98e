"""The file of a person's boards: read with patience, changed by one program at a time.

What is not understood, such as what a newer phdesk wrote, is left in the file as it is.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QLockFile

from phdesk.core.boards import LARGEST_ID, UNNAMED, Boards, Edit
from phdesk.models.board import Board, Pick
from phdesk.services.settings import read_toml, write_toml

WAIT = 500  # ms for another program to be done with the file; one writes for some 20
BOARD, TILE = "board", "tile"  # names of the tables in the file
SAME = "account", "project", "dashboard", "tile"  # say which tile it is


class Reading(Struct, frozen=True, gc=False):
    """Boards as they were read, and what of their file was not understood."""

    boards: Boards = ()
    strange: int = 0  # entries


class BoardsFile:
    """Trouble with the file is told in a sentence, never raised."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> tuple[Boards, str | None]:
        """Read the boards and, if something is wrong with the file, a sentence about it."""
        table, problem = read_toml(self.path)
        reading = read_boards(table)
        if reading.strange:
            problem = f"Not understood in {self.path.name}: {_counted(reading.strange)}."
        return reading.boards, problem

    def change(self, edits: Sequence[Edit]) -> tuple[Boards | None, str | None]:
        """Change the boards as they are in the file now; without boards, nothing was written."""
        lock = QLockFile(f"{self.path}.lock")
        lock.setStaleLockTime(0)  # only a program that is gone makes a lock stale, not its age
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as why:
            return None, f"{self.path.name} could not be written ({why.strerror})."
        if not lock.tryLock(WAIT) and lock.error() is QLockFile.LockError.LockFailedError:
            return None, f"{self.path.name} is in use by another program."
        try:
            return self._change(edits)
        finally:
            lock.unlock()

    def _change(self, edits: Sequence[Edit]) -> tuple[Boards | None, str | None]:
        table, problem = read_toml(self.path)
        if problem is not None and self.path.exists():  # out of reach: it may hold boards
            return None, problem
        before = after = read_boards(table).boards
        for edit in edits:
            after = edit(after)
        if after == before:
            return after, problem
        return (after, problem) if (why := self._write(table, after)) is None else (None, why)

    def _write(self, table: Mapping[str, Any], boards: Boards) -> str | None:
        return write_toml(self.path, written(table, boards))


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


def _counted(many: int) -> str:
    return "an entry" if many == 1 else f"{many} entries"
