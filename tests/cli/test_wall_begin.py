"""What a wall begins with when it has a file."""

import socket

import pytest

from phdesk.cli.exits import BAD_INPUT, WRONG_USE, StoppedError
from phdesk.cli.parser import make_parser
from phdesk.cli.wall_begin import begun, check_key
from phdesk.models.wall import Credentials, Screen
from phdesk.services.environment import SettingError


@pytest.fixture
def environ(tmp_path, monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "lobby-pi")
    return {"PHDESK_HOME": str(tmp_path / "home")}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "walls.toml"
    path.write_text('[screens.lobby]\nhosts = ["lobby-pi"]\n[screens.office]\n')
    return path


def start(environ, *words):
    return begun(make_parser().parse_args(["monitor", *map(str, words)]), environ)


def test_a_computer_begins_with_its_own_screen_or_with_the_one_that_is_named(path, environ):
    assert start(environ, "--config", path).screen.name == "lobby"
    assert start(environ, "--config", path, "--screen", "office").screen.name == "office"


def test_without_a_file_there_is_nothing_to_follow(environ):
    assert start(environ) is None
    assert start(environ, "12") is None


def test_the_copy_lies_beside_the_cache(path, environ, tmp_path):
    start(environ, "--config", path)
    assert len(list((tmp_path / "home" / "walls").iterdir())) == 1
    path.unlink()
    again = start(environ, "--config", path)
    assert again.screen.name == "lobby"
    assert "walls.toml is gone" in again.glance.problem


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--screen", "lobby"], WRONG_USE, "--screen is one of the file that --config names"),
        (["--config", "{}", "12"], WRONG_USE, "leave out DASHBOARD"),
        (["--config", "{}", "--type-size", "hall"], WRONG_USE, "leave out --type-size"),
        (["--config", "{}", "--screen", "x"], BAD_INPUT, "there are lobby and office"),
        (["--config", "/nowhere.toml"], BAD_INPUT, "nowhere.toml is gone"),
    ],
)
def test_what_cannot_be_meant_is_told(words, code, said, path, environ):
    with pytest.raises(StoppedError, match=said) as stop:
        start(environ, *(word.format(path) for word in words))
    assert stop.value.code == code


def test_a_key_that_is_not_there_is_told_before_anything_is_shown(environ):
    with pytest.raises(SettingError, match="the variable WALL, which is not set"):
        check_key(Screen(name="a", credentials=Credentials(host="us", key_env="WALL")), environ)
    with pytest.raises(SettingError, match='no account "x" on this computer'):
        check_key(Screen(name="a", credentials=Credentials(account="x")), environ)
    check_key(Screen(name="a"), environ)
