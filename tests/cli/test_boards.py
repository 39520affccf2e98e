import json
from functools import partial

import pytest

from phdesk.cli import main
from phdesk.core.boards import with_board
from phdesk.models.account import Account
from phdesk.models.board import Board, Pick
from phdesk.services.accounts import AccountsFile
from phdesk.services.boards_file import BoardsFile
from tests.app_parts import vault

SIGNUPS = Pick(id=1, account="ada", project=7, dashboard=9, tile=1, known_as="Signups")
REVENUE = Pick(id=2, account="ben", project=8, dashboard=4, tile=6)
MINE = Board(id=5, name="Mine", picks=(SIGNUPS, REVENUE))
OTHER = Board(id=6, name="Growth · «all»", picks=(SIGNUPS,))


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path))
    return BoardsFile(tmp_path / "boards.toml")


def fill(file):
    file.change([partial(with_board, board=one) for one in (MINE, OTHER)])


def test_boards_are_listed_by_name(file, capfd):
    fill(file)
    assert main(["boards"]) == 0
    assert capfd.readouterr().out == "Mine\t2 tiles of 2 projects\nGrowth · «all»\t1 tile\n"


def test_boards_are_listed_whole_for_programs(file, capfd):
    fill(file)
    assert main(["boards", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert [(one["name"], len(one["picks"])) for one in told] == [
        ("Mine", 2),
        ("Growth · «all»", 1),
    ]
    assert told[0]["picks"][0]["known_as"] == "Signups"


def test_without_a_board_it_says_how_to_make_one(file, capfd):
    assert main(["boards", "--json"]) == 0
    out, err = capfd.readouterr()
    assert (json.loads(out), err) == ([], "")
    assert main(["boards"]) == 0
    assert "no board" in capfd.readouterr().err


def test_a_file_that_is_no_toml_is_told(file, capfd):
    file.path.write_text("[[board")
    assert main(["boards"]) == 0
    assert "set aside" in capfd.readouterr().err


def test_who_is_forgotten_leaves_the_boards(file, capfd, tmp_path):
    fill(file)
    AccountsFile(tmp_path / "accounts.toml").save([Account(id="ada", host="https://h.example")])
    with vault():
        assert main(["logout", "ada"]) == 0
    assert [one.picks for one in file.load()[0]] == [(REVENUE,), ()]
    assert "2 tiles" in capfd.readouterr().out
