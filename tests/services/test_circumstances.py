import pytest
from PySide6.QtNetwork import QNetworkInformation

from phdesk.services.circumstances import Circumstances, on_battery

MAINS_OFF = {"AC": {"type": "Mains", "online": "0"}}
MAINS_ON = {"AC": {"type": "Mains", "online": "1"}}
EMPTYING = {"BAT0": {"type": "Battery", "status": "Discharging"}}
FULL = {"BAT0": {"type": "Battery", "status": "Full"}}
MOUSE = {"hid": {"type": "Battery", "status": "Discharging", "scope": "Device"}}


@pytest.mark.parametrize(
    ("supplies", "is_so"),
    [
        pytest.param({}, False, id="nothing told"),
        pytest.param(MAINS_OFF | EMPTYING, True, id="unplugged"),
        pytest.param(EMPTYING, True, id="only a battery told"),
        pytest.param(MAINS_ON | EMPTYING, False, id="plugged, though it empties"),
        pytest.param(MAINS_OFF | FULL, False, id="full"),
        pytest.param(MOUSE, False, id="a mouse's battery"),
        pytest.param({"usb": {"type": "USB", "online": "1"}} | EMPTYING, False, id="fed by USB"),
    ],
)
def test_linux_says_whether_it_runs_on_battery(tmp_path, supplies, is_so):
    for name, files in supplies.items():
        (tmp_path / name).mkdir()
        for file, said in files.items():
            (tmp_path / name / file).write_text(f"{said}\n")
    assert on_battery("linux", tmp_path) is is_so


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "plan9"])
def test_a_system_that_does_not_say_stands_against_nothing(tmp_path, platform):
    assert on_battery(platform, tmp_path / "none") is False


def test_this_machine_can_be_asked(qtbot):
    system = Circumstances()
    assert system.battery in (True, False)
    assert system.metered in (True, False)


def test_what_the_system_says_of_the_network_is_passed_on(qtbot):
    system, said = Circumstances(), []
    system.reconnected.connect(lambda: said.append("back"))
    system.disconnected.connect(lambda: said.append("gone"))
    states = QNetworkInformation.Reachability
    for state in (states.Disconnected, states.Local, states.Online, states.Unknown):
        system._on_reachability(state)
    assert said == ["gone", "gone", "back"]
