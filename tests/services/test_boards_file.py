import os
import stat
import subprocess
import sys
import tomllib
from functools import partial
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QLockFile

from phdesk.core.boards import (
    named,
    titled,
    with_board,
    with_pick,
    without_board,
    without_pick,
)
from phdesk.models.board import Board, Pick
from phdesk.models.dashboard import Box
from phdesk.services.boards_file import BoardsFile, read_boards, written

ROOT = Path(__file__).parents[2]
SIGNUPS = Pick(
    id=1,
    account="eu.posthog.com-ada",
    project=7,
    dashboard=9,
    tile=1,
    insight="abc",
    title="People",
    known_as="Signups",
    box=Box(0, 5, 6, 5),
)
MINE = Board(id=5, name="Mine", picks=(SIGNUPS, replace(SIGNUPS, id=2, tile=2, box=None)))
EMPTY = Board(id=6, name="Empty")
ADD = [partial(with_board, board=MINE), partial(with_board, board=EMPTY)]
PLAIN = {"account": "a", "project": 7, "dashboard": 9, "tile": 1}


@pytest.fixture
def file(tmp_path):
    return BoardsFile(tmp_path / "inner" / "boards.toml")


def test_boards_come_back(file):
    assert file.change(ADD) == ((MINE, EMPTY), None)
    assert file.load() == ((MINE, EMPTY), None)


def test_no_file_is_no_board(file):
    assert file.load() == ((), None)
    assert file.change([]) == ((), None)
    assert not file.path.exists()


def test_the_file_is_for_its_owner_only_and_nothing_is_left_beside_it(file):
    file.change(ADD)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert list(file.path.parent.iterdir()) == [file.path]


def test_what_another_program_wrote_meanwhile_is_kept(file):
    file.change([partial(with_board, board=MINE)])
    other = BoardsFile(file.path)
    other.change([partial(with_board, board=EMPTY)])
    assert file.change([partial(named, board_id=5, name="Ours")]) == (
        (replace(MINE, name="Ours"), EMPTY),
        None,
    )


def test_a_file_that_is_no_toml_is_set_aside(file):
    file.path.parent.mkdir()
    file.path.write_text("[[board]")
    boards, problem = file.load()
    assert boards == ()
    assert "set aside" in problem
    assert file.change(ADD)[0] == (MINE, EMPTY)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_cannot_be_read_is_not_written_over(file):
    file.change(ADD)
    file.path.chmod(0)
    boards, problem = file.change([partial(without_board, board_id=5)])
    assert (boards, "could not be read" in problem) == (None, True)
    file.path.chmod(0o600)
    assert file.load()[0] == (MINE, EMPTY)


def test_a_folder_in_the_way_is_told(file):
    file.path.mkdir(parents=True)
    boards, problem = file.change(ADD)
    assert boards is None
    assert "could not be read" in problem


def test_a_file_in_use_stays_as_it_is(file, monkeypatch):
    file.change(ADD)
    monkeypatch.setattr("phdesk.services.edited_file.WAIT", 1)
    lock = QLockFile(f"{file.path}.lock")
    assert lock.tryLock(0)
    boards, problem = file.change([partial(without_board, board_id=5)])
    lock.unlock()
    assert (boards, "in use" in problem) == (None, True)
    assert file.load()[0] == (MINE, EMPTY)


STRANGE = {
    "no table": ("boards", 0),
    "a number": (7, 0),
    "a name that is none": ({"name": 3, "tile": [PLAIN]}, 0),
    "tiles that are no list": ({"name": "A", "tile": "all"}, 0),
    "a tile without a project": ({"name": "A", "tile": [PLAIN, {**PLAIN, "project": "x"}]}, 1),
    "a dashboard below 0": ({"name": "A", "tile": [{**PLAIN, "dashboard": -9}, PLAIN]}, 1),
    "a box without a width": ({"name": "A", "tile": [PLAIN, {**PLAIN, "box": {"x": 1}}]}, 1),
}


@pytest.mark.parametrize(("entry", "tiles"), STRANGE.values(), ids=STRANGE)
def test_what_is_not_understood_costs_nothing_else_and_stays_in_the_file(file, entry, tiles):
    file.path.parent.mkdir()
    table = {"format": 2, "board": [entry, {"id": 6, "name": "Empty", "colour": "red"}]}
    file.path.write_bytes(tomli_w.dumps(table).encode())
    boards, problem = file.load()
    assert "an entry" in problem
    assert [one.name for one in boards] == [*["A"] * bool(tiles), "Empty"]
    assert sum(len(one.picks) for one in boards) == tiles
    file.change([partial(with_pick, board_id=6, pick=SIGNUPS)])
    text = file.path.read_text()
    assert 'colour = "red"' in text
    assert "format = 2" in text
    again = read_boards(_table(file))
    assert again.strange == 1
    assert next(one for one in again.boards if one.id == 6).picks == (SIGNUPS,)


def test_what_a_newer_phdesk_says_of_a_tile_stays_with_it(file):
    file.change(ADD)
    table = tomllib.loads(file.path.read_text())
    table["board"][0]["tile"][0]["chart"] = "pie"
    table["board"][0]["tile"][0]["box"]["z"] = 3
    file.path.write_text(tomli_w.dumps(table))
    file.change([partial(titled, board_id=5, pick_id=1, title="")])
    file.change([partial(without_pick, board_id=5, pick_id=2)])
    (there,) = tomllib.loads(file.path.read_text())["board"][0]["tile"]
    assert (there["chart"], there["box"]["z"]) == ("pie", 3)
    assert "title" not in there


def test_an_entry_that_was_copied_by_hand_is_another_board(file):
    file.path.parent.mkdir()
    twice = {"id": 5, "name": "Mine", "tile": [PLAIN, PLAIN]}
    file.path.write_bytes(tomli_w.dumps({"board": [twice, twice, {"name": "New"}]}).encode())
    boards, problem = file.load()
    assert problem is None
    assert [one.name for one in boards] == ["Mine", "Mine", "New"]
    assert len({one.id for one in boards}) == 3
    assert [one.id for one in boards[0].picks] == [1, 2]
    assert boards[0].id == 5


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from([*PLAIN, "id", "name", "tile", "box", "title", "insight", "known_as"])
ENTRIES = st.dictionaries(FIELDS, VALUES | st.integers(-2, 3), max_size=8)
BOARDS = st.builds(
    lambda entry, tiles: {**entry, "tile": tiles}, ENTRIES, st.lists(ENTRIES | st.just(PLAIN))
)
TABLES = st.fixed_dictionaries({}, optional={"board": st.lists(BOARDS | VALUES), "x": VALUES})


@settings(max_examples=60)
@given(TABLES)
def test_any_table_is_read_and_written_without_loss(table):
    first = read_boards(table)
    again = written(table, first.boards)
    assert read_boards(again) == first
    assert {key: value for key, value in again.items() if key != "board"} == {
        key: value for key, value in table.items() if key != "board"
    }
    assert len({one.id for one in first.boards}) == len(first.boards)


WRITER = """
import sys
import tomllib
from functools import partial
from pathlib import Path
from phdesk.core.boards import with_board, with_pick
from phdesk.models.board import Board, Pick
from phdesk.services.boards_file import BoardsFile

file, me = BoardsFile(Path(sys.argv[1])), int(sys.argv[2])
pick = Pick(id=0, account="a", project=me, dashboard=9, tile=1)
for number in range(1, 9):
    shared = partial(with_pick, board_id=1, pick=Pick(
        id=0, account="a", project=me, dashboard=9, tile=number))
    own = partial(with_board, board=Board(id=100 * me + number, name="b"))
    while file.change([shared, own])[0] is None:
        pass
"""


def test_programs_that_write_at_once_lose_nothing_of_each_other(file):
    file.change([partial(with_board, board=Board(id=1, name="Shared"))])
    command = [sys.executable, "-c", WRITER, str(file.path)]
    running = [subprocess.Popen([*command, str(me)], cwd=ROOT) for me in (1, 2, 3)]
    assert [one.wait(timeout=60) for one in running] == [0, 0, 0]
    boards, problem = file.load()
    assert problem is None
    every = {(me, n) for me in (1, 2, 3) for n in range(1, 9)}
    assert {one.id for one in boards} == {1, *(100 * me + n for me, n in every)}
    shared = boards[0].picks
    assert {(one.project, one.tile) for one in shared} == every
    assert len({one.id for one in shared}) == 24


def _table(file):
    return tomllib.loads(file.path.read_text())
