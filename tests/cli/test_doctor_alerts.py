import os

import pytest

from phdesk.cli import main
from phdesk.services.autostart import chosen_autostart
from phdesk.services.registering import own_command
from tests.services.dunst import dunst_on, needs_dunst


@pytest.fixture
def doctor(qapp, capsys, monkeypatch):
    monkeypatch.setattr("phdesk.cli.doctor._hosts", list)

    def said():
        assert main(["doctor"]) == 0
        return next(line for line in capsys.readouterr().out.splitlines() if "alerts " in line)

    return said


@needs_dunst
def test_the_doctor_names_the_daemon_that_shows_notifications(doctor, monkeypatch, tmp_path):
    with dunst_on(tmp_path) as daemon:
        address = daemon.environ["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert "Notifications of the desktop (dunst 1." in doctor()


def test_the_doctor_says_why_the_inbox_alone_has_alerts(doctor, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert "else the inbox alone (there is no session bus)" in doctor()


def test_the_doctor_says_whether_phdesk_starts_with_the_computer(
    qapp, capsys, monkeypatch, tmp_path
):
    monkeypatch.setattr("phdesk.cli.doctor._hosts", list)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert main(["doctor"]) == 0
    assert "phdesk does not start with the computer" in capsys.readouterr().out
    chosen_autostart(os.environ, own_command()).switch(on=True)
    assert main(["doctor"]) == 0
    assert "this phdesk starts with the computer, by " in capsys.readouterr().out
