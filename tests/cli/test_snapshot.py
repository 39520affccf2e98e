"""A dashboard as a file, made from a server and shown without one."""

import json
import stat

import pytest

from phdesk.cli import main
from phdesk.demo.server import DemoServer
from phdesk.store.snapshot import unpack


@pytest.fixture(scope="module")
def server():
    with DemoServer() as running:
        yield running


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path / "home"))
    for name in ("PHDESK_API_KEY", "PHDESK_HOST", "PHDESK_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def signed_in(place, server, monkeypatch):
    monkeypatch.chdir(place)
    monkeypatch.setenv("PHDESK_API_KEY", server.key)
    monkeypatch.setenv("PHDESK_HOST", server.url)


def shown(source, capfd, *more):
    assert main(["show", *source, *more]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    return out


def saved(place, capfd, *more):
    file = place / "kpis.phdesk"
    assert main(["snapshot", "1", "-o", str(file), *more]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    return file, out


def test_a_snapshot_shows_without_a_server_what_the_server_showed(
    signed_in, place, monkeypatch, capfd
):
    before = json.loads(shown(["1"], capfd, "--format", "json"))
    file, said = saved(place, capfd)
    monkeypatch.delenv("PHDESK_API_KEY")
    monkeypatch.delenv("PHDESK_HOST")
    assert json.loads(shown(["--file", str(file)], capfd, "--format", "json")) == before
    assert said.startswith(f"{file}: {len(before)} tiles. Oldest tile ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_says_of_which_place_and_time_it_is(signed_in, place, server, capfd):
    file, _ = saved(place, capfd)
    head = shown(["--file", str(file)], capfd).splitlines()
    held = unpack(file.read_bytes())
    host = server.url.removeprefix("http://")
    assert head[0] == "Company KPIs"
    assert head[1].startswith(f"Snapshot of {host}, {held.project.name}, made ")


def test_the_key_is_not_in_it(signed_in, place, server, capfd):
    file, _ = saved(place, capfd)
    held = unpack(file.read_bytes())
    assert server.key not in repr(held)


def test_people_can_be_left_out(signed_in, place, capfd):
    file = place / "success.phdesk"
    command = ["snapshot", "6", "-o", str(file)]
    assert main(command) == 0
    whole = shown(["--file", str(file)], capfd)
    assert main([*command, "--without-people"]) == 0
    capfd.readouterr()
    without = shown(["--file", str(file)], capfd)
    assert "@" in whole
    assert "@" not in without
    assert "Left out of this snapshot" in without


def test_a_picture_is_drawn_from_it(signed_in, place, capfd, qapp):
    file, _ = saved(place, capfd)
    target = place / "kpis.png"
    assert main(["render", "--file", str(file), "-o", str(target), "--size", "900"]) == 0
    assert target.stat().st_size > 20_000


def test_a_damaged_file_is_refused_in_one_line(place, capfd):
    file = place / "bad.phdesk"
    file.write_bytes(b"PK\x03\x04 and so on")
    assert main(["show", "--file", str(file)]) == 5
    assert capfd.readouterr() == (
        "",
        f"phdesk: {file}: refused: it is damaged, or no snapshot (its end is missing)\n",
    )


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        pytest.param(["1", "-o", "x.zip"], 2, "the name of a snapshot ends in .phdesk", id="name"),
        pytest.param(["Ab3dE6gH", "-o", "x.phdesk"], 2, "made of a dashboard", id="an insight"),
        pytest.param(["?", "-o", "x.phdesk"], 5, "neither a dashboard's number", id="nothing"),
        pytest.param(["99999", "-o", "x.phdesk"], 5, "", id="unknown"),
        pytest.param(["1", "-o", "away/x.phdesk"], 5, "No such file", id="no folder"),
    ],
)
def test_wrong_use_is_one_line(command, code, words, signed_in, capfd):
    assert main(["snapshot", *command]) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert words in err


@pytest.mark.parametrize("command", [["open", "away.phdesk"], ["away.phdesk"]], ids=" ".join)
def test_a_snapshot_that_is_not_there_opens_no_window(command, place, capfd):
    assert main(command) == 5
    assert capfd.readouterr() == ("", "phdesk: away.phdesk: there is no such file\n")
