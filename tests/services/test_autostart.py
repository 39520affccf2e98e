"""Whether phdesk starts with the computer: files in a test's folders, and a made-up registry."""

import plistlib

import pytest

from phdesk.services.autostart import AGENT, RUN, DesktopEntry, LaunchAgent, RunKey
from phdesk.services.registering import Standing

COMMAND = ["/opt/ph desk/phdesk"]


class WinReg:
    """As much of `winreg` as is used."""

    HKEY_CURRENT_USER, REG_SZ = "HKCU", 1

    def __init__(self):
        self.values = {}

    def OpenKey(self, root, key):  # noqa: N802
        assert (root, key) == (self.HKEY_CURRENT_USER, RUN)
        return self

    CreateKey = OpenKey

    def QueryValueEx(self, _key, name):  # noqa: N802
        if name not in self.values:
            raise FileNotFoundError(name)
        return self.values[name], self.REG_SZ

    def SetValueEx(self, _key, name, _reserved, _kind, value):  # noqa: N802
        self.values[name] = value

    def DeleteValue(self, _key, name):  # noqa: N802
        if name not in self.values:
            raise FileNotFoundError(name)
        del self.values[name]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


@pytest.fixture
def ways(tmp_path):
    registry = WinReg()
    return {
        "linux": lambda command: DesktopEntry(tmp_path, {}, command),
        "macos": lambda command: LaunchAgent(tmp_path, command),
        "windows": lambda command: RunKey(command, registry),
    }


@pytest.mark.parametrize("system", ["linux", "macos", "windows"])
def test_it_is_switched_on_and_off_and_another_phdesk_is_told_apart(ways, system):
    ours, other = ways[system](COMMAND), ways[system](["/opt/older"])
    assert ours.status().standing is Standing.NOBODY
    ours.switch(on=True)
    assert ours.status().standing is Standing.OURS
    assert other.status().standing is Standing.ELSEWHERE
    ours.switch(on=False)
    ours.switch(on=False)
    assert ours.status().standing is Standing.NOBODY


def test_the_entry_of_a_desktop_starts_it_hidden(tmp_path):
    DesktopEntry(tmp_path, {}, COMMAND).switch(on=True)
    text = (tmp_path / ".config" / "autostart" / "phdesk.desktop").read_text()
    assert 'Exec="/opt/ph desk/phdesk" "--hidden"' in text.splitlines()


def test_the_agent_of_macos_starts_it_hidden(tmp_path):
    LaunchAgent(tmp_path, COMMAND).switch(on=True)
    path = tmp_path / "Library" / "LaunchAgents" / f"{AGENT}.plist"
    held = plistlib.loads(path.read_bytes())
    assert held["ProgramArguments"] == [*COMMAND, "--hidden"]
    assert held["RunAtLoad"]


def test_the_registry_of_windows_starts_it_hidden():
    registry = WinReg()
    RunKey([r"C:\ph desk\phdesk.exe"], registry).switch(on=True)
    assert registry.values == {"phdesk": r'"C:\ph desk\phdesk.exe" --hidden'}


def test_what_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / ".config").write_text("a file where a folder should be")
    with pytest.raises(OSError, match="autostart"):
        DesktopEntry(tmp_path, {}, COMMAND).switch(on=True)
