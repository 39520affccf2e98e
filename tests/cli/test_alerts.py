import pytest

from phdesk.cli import main
from phdesk.services.places import places
from phdesk.store.alerts_file import beside
from phdesk.store.alerts_inbox import page
from tests.services.dunst import dunst_on, needs_dunst


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("PHDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return tmp_path


def test_a_test_that_nobody_can_show_says_why(home, capsys):
    assert main(["alerts", "test"]) == 4
    out, err = capsys.readouterr()
    assert out == "The inbox in phdesk alone (there is no session bus; there is no tray).\n"
    assert err == ""
    kept = page(beside(places({"PHDESK_HOME": str(home / "home")}).cache))
    assert [(one.notice.kind, one.way) for one in kept] == [("test", "inbox")]


@needs_dunst
def test_a_test_is_shown_and_stays_after_the_command(home, capsys, monkeypatch):
    (home / "dunst").mkdir()
    with dunst_on(home / "dunst") as daemon:
        address = daemon.environ["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert main(["alerts", "test"]) == 0
        assert daemon.count() == 1
        assert main(["alerts", "test"]) == 0
    assert capsys.readouterr().out.startswith("Notifications of the desktop (dunst 1.")
