import pytest

from phdesk.cli import main
from tests.services.buses import Bus, desktop, needs_bus


@pytest.fixture
def doctor(qapp, capsys, monkeypatch):
    monkeypatch.setattr("phdesk.cli.doctor._hosts", list)

    def said():
        assert main(["doctor"]) == 0
        return next(line for line in capsys.readouterr().out.splitlines() if "screen " in line)

    return said


@needs_bus
def test_the_doctor_says_what_keeps_a_screen_on(doctor, monkeypatch):
    bus = Bus()
    try:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        with desktop(bus):
            assert "kept on by the desktop (org.freedesktop.ScreenSaver)" in doctor()
    finally:
        bus.stop()


def test_the_doctor_says_what_to_do_where_nothing_keeps_it_on(doctor, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert "by hand" in doctor()
