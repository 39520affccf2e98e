"""What starts a monitor with a session: systemd, launchd, Windows' scheduler."""

import configparser
import plistlib
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "packaging/systemd/phdesk-monitor.service"
ALERTS = ROOT / "packaging/systemd/phdesk-alerts.service"
PLIST = ROOT / "packaging/launchd/phdesk.monitor.plist"
REPORTS = ROOT / "packaging/systemd/phdesk-reports.service"
TIMER = ROOT / "packaging/systemd/phdesk-reports.timer"
REPORTS_TASK = ROOT / "packaging/windows/phdesk-reports.xml"
TASK = ROOT / "packaging/windows/phdesk-monitor.xml"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("source", [UNIT, ALERTS, REPORTS], ids=["wall", "alerts", "reports"])
def test_systemd_has_nothing_to_say_against_the_unit(source, tmp_path):
    program = Path(shutil.which("true"))
    text = source.read_text(encoding="utf-8").replace("%h/.local/bin/phdesk", str(program))
    unit = tmp_path / source.name
    unit.write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "--user", "--recursive-errors=no", "verify", str(unit)]
    home = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=60, env=home
    )
    assert source.name not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr


def test_the_unit_restarts_always_and_speaks_to_systemd():
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str
    unit.read_string(UNIT.read_text(encoding="utf-8"))
    service = unit["Service"]
    assert (service["Type"], service["Restart"]) == ("notify", "always")
    assert int(service["WatchdogSec"]) > 10
    assert "LoadCredential=" in UNIT.read_text(encoding="utf-8")


def test_launchd_keeps_it_alive():
    told = plistlib.loads(PLIST.read_bytes())
    assert told["KeepAlive"] is True
    assert told["ProgramArguments"][1:3] == ["monitor", "--config"]


def test_windows_sets_no_end_to_it():
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    task = ET.parse(TASK).getroot()
    assert task.find(f".//{space}ExecutionTimeLimit").text == "PT0S"
    assert task.find(f".//{space}Arguments").text.startswith("monitor ")


def test_reports_are_looked_for_every_few_minutes_and_one_at_a_time():
    timer = configparser.ConfigParser(interpolation=None)
    timer.optionxform = str
    timer.read_string(TIMER.read_text(encoding="utf-8"))
    assert timer["Timer"]["OnCalendar"] == "*:0/5"
    assert TIMER.stem == REPORTS.stem, "a timer starts the service of its name"
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    task = ET.parse(REPORTS_TASK).getroot()
    assert task.find(f".//{space}Arguments").text == "report --due"
    assert task.find(f".//{space}Interval").text == "PT5M"
    assert task.find(f".//{space}MultipleInstancesPolicy").text == "IgnoreNew"
