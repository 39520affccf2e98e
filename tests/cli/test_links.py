"""`phdesk links` and what doctor says of it, in one line each."""

import pytest

from phdesk.cli import main
from phdesk.cli.links import BUNDLE, sentence
from phdesk.services.registering import Registered, Standing


@pytest.fixture(autouse=True)
def _folders(tmp_path, monkeypatch):
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "PHDESK_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


def test_addresses_are_registered_from_the_command_line(capsys):
    assert main(["links"]) == 3
    assert "not registered; `phdesk links register` does it" in capsys.readouterr().out
    assert main(["links", "register"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("phdesk:// addresses open with this phdesk, by ")
    assert said.count("\n") == 1
    assert main(["links", "status"]) == 0
    assert main(["links", "unregister"]) == 0
    assert main(["links", "status"]) == 3


def test_what_cannot_be_written_is_one_line(capsys, tmp_path):
    (tmp_path / "xdg_data_home").write_text("no folder")
    assert main(["links", "register"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("phdesk: nothing was changed: ")
    assert err.count("\n") == 1


def test_doctor_says_who_opens_them(qapp, capsys, monkeypatch):
    monkeypatch.setattr("phdesk.cli.doctor._hosts", list)
    main(["links", "register"])
    capsys.readouterr()
    assert main(["doctor"]) == 0
    assert "phdesk:// addresses open with this phdesk" in capsys.readouterr().out


@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_is_a_sentence(standing):
    assert "phdesk://" in sentence(Registered(standing, "somewhere"))


def test_macos_is_told_what_is_missing():
    assert "Info.plist" in BUNDLE
