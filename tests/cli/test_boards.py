import json
from functools import partial

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage

from phdesk.api.client import Client
from phdesk.cli import main
from phdesk.core.boards import with_board
from phdesk.core.sources import Noun, Source
from phdesk.demo.server import DemoServer
from phdesk.models.account import Account
from phdesk.models.board import Board, Pick
from phdesk.services.accounts import AccountsFile
from phdesk.services.boards_file import BoardsFile
from phdesk.services.completing import Asked
from phdesk.services.credentials import SERVICE
from phdesk.services.headless import Access, fetch
from phdesk.store.snapshot import unpack
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


@pytest.fixture(scope="module")
def servers():
    with DemoServer() as one, DemoServer() as other:
        yield one, other


@pytest.fixture(scope="module")
def tiles(servers):
    """The demo's first dashboard: tiles by the name of their insight."""
    entry = Access(host=servers[0].url, key=servers[0].key, project=servers[0].project_id)
    found = fetch(Source(noun=Noun.DASHBOARD, id=1), entry, asked=Asked.CACHED, connect=Client)
    return {one.insight.name: one.id for one in found.dashboard.tiles if one.insight is not None}


@pytest.fixture
def filled(servers, tiles, file, tmp_path):
    """A board with a tile of each of two servers, and one of somebody who is not known here."""
    accounts = [
        Account(id=name, host=server.url, email=f"{name}@example.org", project_id=1)
        for name, server in zip(("ada", "ben"), servers, strict=True)
    ]
    AccountsFile(tmp_path / "accounts.toml").save(accounts)
    picks = tuple(
        replace(
            SIGNUPS,
            id=number,
            account=name,
            project=server.project_id,
            dashboard=1,
            tile=tiles[tile],
        )
        for number, name, server, tile in (
            (1, "ada", servers[0], "Paying customers"),
            (2, "ben", servers[1], "New sign-ups"),
        )
    )
    lost = replace(SIGNUPS, id=3, account="eve", known_as="Lost")
    gone = replace(picks[0], id=4, dashboard=999, tile=1, known_as="Gone")
    board = Board(id=5, name="Mornings", picks=(*picks, lost, gone))
    file.change([partial(with_board, board=board)])
    with vault() as keys:
        keys.kept[SERVICE, "ada"] = servers[0].key
        keys.kept[SERVICE, "ben"] = servers[1].key
        yield board, keys


def test_a_board_is_shown_like_a_dashboard(filled, capfd):
    assert main(["show", "board:mornings"]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    assert out.startswith("Mornings\nYour own board")
    for words in ("Paying customers", "127.0.0.1", "Lost", "signed out", "Gone"):
        assert words in out


def test_a_tile_of_a_board_is_what_its_dashboard_shows(filled, servers, monkeypatch, capfd):
    board, _ = filled
    assert main(["show", "board:Mornings", "--format", "json"]) == 0
    shown = json.loads(capfd.readouterr().out)
    monkeypatch.setenv("PHDESK_API_KEY", servers[0].key)
    monkeypatch.setenv("PHDESK_HOST", servers[0].url)
    assert main(["show", "1", "--format", "json"]) == 0
    dashboard = json.loads(capfd.readouterr().out)
    assert shown[0] in dashboard
    assert len(shown) == len(board.picks)


def test_a_tile_without_a_key_is_one_tile(filled, capfd):
    _, keys = filled
    del keys.kept[SERVICE, "ben"]
    assert main(["show", "board:Mornings", "--format", "json"]) == 0
    shown = json.loads(capfd.readouterr().out)
    assert [bool(one["rows"]) for one in shown] == [True, False, False, False]
    assert "key" in shown[1]["summary"] or "kept" in shown[1]["summary"]


def test_a_board_is_drawn(filled, tmp_path, qapp):
    picture = tmp_path / "mornings.png"
    assert main(["render", "board:Mornings", "-o", str(picture)]) == 0
    assert QImage(str(picture)).width() > 600


@pytest.mark.parametrize(("name", "words"), [("Evenings", "no board"), ("twice", "2 boards")])
def test_a_name_that_means_no_board_or_several_is_told(file, capfd, name, words):
    file.change([partial(with_board, board=Board(id=n, name="Twice")) for n in (7, 8)])
    assert main(["show", f"board:{name}"]) == 5
    assert words in capfd.readouterr().err


def test_a_snapshot_of_a_board_shows_without_a_server_or_account(filled, capfd, tmp_path):
    file = tmp_path / "mornings.phdesk"
    assert main(["snapshot", "board:mornings", "-o", str(file)]) == 0
    out, err = capfd.readouterr()
    assert out.startswith(f"{file}: 4 tiles. ")
    assert "Lost: " in err
    assert "Gone: " in err
    filled[1].kept.clear()
    (tmp_path / "accounts.toml").unlink()
    (tmp_path / "boards.toml").unlink()
    assert main(["show", "--file", str(file)]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    assert out.startswith("Mornings\nSnapshot of ")
    for words in ("Paying customers", "New sign-ups", "Lost"):
        assert words in out
    held = unpack(file.read_bytes())
    assert all(secret not in repr(held) for secret in ("example.org", "ada", "ben"))


def test_no_snapshot_is_made_of_a_board_without_any_number(filled, capfd, tmp_path):
    filled[1].kept.clear()
    file = tmp_path / "mornings.phdesk"
    assert main(["snapshot", "board:Mornings", "-o", str(file)]) == 5
    assert capfd.readouterr().err.endswith("board:Mornings: no tile of it has numbers\n")
    assert not file.exists()


def test_a_board_of_one_tile_has_one_tile(filled, file, capfd):
    board = replace(filled[0], id=7, name="Evenings", picks=filled[0].picks[:1])
    file.change([partial(with_board, board=board)])
    assert main(["show", "board:Evenings"]) == 0
    assert "\n1 tile\n" in capfd.readouterr().out


def test_a_board_is_reported_on_with_its_tiles_of_one_project(filled, servers, tmp_path, capfd):
    path = tmp_path / "w.toml"
    path.write_text(
        f'title = "W"\nhost = "{servers[0].url}"\n[[section]]\ndashboard = "board:mornings"\n'
    )
    assert main(["report", str(path), "-o", "-"]) == 5
    out, err = capfd.readouterr()
    assert "## Mornings" in out
    assert "- Paying customers: " in out
    assert "in the week before" in out
    for words in ("Of another project, so not in this report: Signups, Lost.", 'Tile "Gone": Not'):
        assert words in out
        assert words in err


def test_a_report_on_boards_alone_asks_the_server_of_their_tiles(filled, file, tmp_path, capfd):
    board, _ = filled
    theirs = replace(board, id=9, name="Theirs", picks=(replace(board.picks[1], title="New ones"),))
    file.change([partial(with_board, board=theirs)])
    path = tmp_path / "w.toml"
    path.write_text(
        'title = "W"\n[[section]]\ndashboard = "board Theirs"\ntiles = ["new ones", "Old ones"]\n'
    )
    assert main(["report", str(path), "-o", "-"]) == 5
    out = capfd.readouterr().out
    assert "### New ones" in out
    assert 'No tile "Old ones" on Theirs.' in out
