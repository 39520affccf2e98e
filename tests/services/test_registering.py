"""Who opens phdesk:// addresses: on Linux in a test's folders, on Windows in a made-up registry."""

import shutil
import subprocess
import sys

import pytest

from phdesk.services.registering import (
    Desktop,
    Registry,
    Standing,
    System,
    chosen_system,
    own_command,
)

COMMAND = ["/opt/phdesk"]


@pytest.fixture
def environ(tmp_path):
    return {
        "HOME": str(tmp_path / "home"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }


def files(folder):
    """Give what was written, without what the system's own tool makes of types of files."""
    found = [one.relative_to(folder) for one in folder.rglob("*") if one.is_file()]
    return sorted(str(one) for one in found if "mime" not in one.parts or "packages" in one.parts)


def test_addresses_are_registered_and_let_go_again(environ, tmp_path):
    system = Desktop(environ, COMMAND, b"<svg/>")
    assert system.status().standing is Standing.NOBODY
    assert system.register().standing is Standing.OURS
    assert files(tmp_path) == [
        "config/mimeapps.list",
        "data/applications/phdesk.desktop",
        "data/icons/hicolor/scalable/apps/phdesk.svg",
        "data/mime/packages/phdesk.xml",
    ]
    assert system.status().where == str(tmp_path / "data/applications/phdesk.desktop")
    assert system.unregister().standing is Standing.NOBODY
    assert files(tmp_path / "data") == []
    left = [one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()]
    assert not any(b"phdesk" in one for one in left)


def test_another_phdesk_and_another_program_are_told_apart(environ, tmp_path):
    Desktop(environ, ["/opt/older"], b"").register()
    system = Desktop(environ, COMMAND, b"")
    assert system.status().standing is Standing.ELSEWHERE
    assert system.register().standing is Standing.OURS
    defaults = tmp_path / "config" / "mimeapps.list"
    defaults.write_text("[Default Applications]\nx-scheme-handler/phdesk=other.desktop\n")
    found = system.status()
    assert (found.standing, found.where.split(",")[0]) == (Standing.OTHERS, "other.desktop")
    system.unregister()
    assert "other.desktop" in defaults.read_text()


def test_without_the_variables_it_is_below_the_persons_home(tmp_path):
    Desktop({"HOME": str(tmp_path)}, COMMAND, b"").register()
    assert files(tmp_path)[0] == ".config/mimeapps.list"
    assert files(tmp_path)[1] == ".local/share/applications/phdesk.desktop"


def test_what_cannot_be_written_is_told(environ, tmp_path):
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(OSError, match="data"):
        Desktop(environ, COMMAND, b"").register()


@pytest.mark.skipif(shutil.which("gio") is None, reason="needs gio, to ask a desktop")
def test_a_desktop_finds_it(environ):
    Desktop(environ, [sys.executable], b"").register()
    asked = ["gio", "mime", "x-scheme-handler/phdesk"]
    said = subprocess.run(asked, env={**environ, "LC_ALL": "C"}, capture_output=True, check=True)
    assert b"phdesk.desktop" in said.stdout


class WinReg:
    """As much of `winreg` as is used."""

    HKEY_CURRENT_USER, REG_SZ = "HKCU", 1

    def __init__(self):
        self.keys = {}

    def CreateKey(self, root, key):  # noqa: N802
        assert root == self.HKEY_CURRENT_USER
        parts = key.split("\\")
        for end in range(1, len(parts) + 1):
            self.keys.setdefault("\\".join(parts[:end]), {})
        return Opened(self.keys[key])

    def SetValueEx(self, opened, name, reserved, kind, value):  # noqa: N802
        assert (reserved, kind) == (0, self.REG_SZ)
        opened.values[name] = value

    def QueryValue(self, _root, key):  # noqa: N802
        if key not in self.keys:
            raise FileNotFoundError(key)
        return self.keys[key].get("", "")

    def DeleteKey(self, _root, key):  # noqa: N802
        if key not in self.keys:
            raise FileNotFoundError(key)
        if any(one.startswith(f"{key}\\") for one in self.keys):
            raise PermissionError(key)
        del self.keys[key]


class Opened:
    def __init__(self, values):
        self.values = values

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def test_windows_keeps_it_in_the_registry_of_the_person():
    winreg = WinReg()
    system = Registry(["C:\\phdesk.exe"], winreg)
    assert system.status().standing is Standing.NOBODY
    assert system.register().standing is Standing.OURS
    held = winreg.keys["Software\\Classes\\phdesk"]
    assert held == {"": "URL:phdesk", "URL Protocol": ""}
    assert Registry(["D:\\phdesk.exe"], winreg).status().standing is Standing.ELSEWHERE
    assert system.unregister().standing is Standing.NOBODY
    assert not [one for one in winreg.keys if one.startswith("Software\\Classes\\phdesk")]
    assert system.unregister().standing is Standing.NOBODY, "twice is no fault"


def test_windows_leaves_files_to_another_program_that_has_them_now():
    winreg = WinReg()
    system = Registry(["C:\\phdesk.exe"], winreg)
    system.register()
    winreg.keys["Software\\Classes\\.phdesk"][""] = "other.file"
    system.unregister()
    assert winreg.keys["Software\\Classes\\.phdesk"] == {"": "other.file"}


@pytest.mark.skipif(
    None in (shutil.which("gio"), shutil.which("update-mime-database")), reason="asks a desktop"
)
def test_a_desktop_opens_snapshots_with_it(environ, tmp_path):
    Desktop(environ, [sys.executable], b"").register()
    path = tmp_path / "a.phdesk"
    path.write_bytes(b"PK")
    asked = ["gio", "info", "-a", "standard::content-type", str(path)]
    said = subprocess.run(asked, env=environ, capture_output=True, check=True)
    assert b"application/x-phdesk-snapshot" in said.stdout


def test_macos_says_that_only_a_bundle_can_have_them(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    system = chosen_system({}, COMMAND, b"")
    assert type(system) is System
    assert {one().standing for one in (system.status, system.register, system.unregister)} == {
        Standing.BUNDLE
    }


def test_the_command_starts_this_very_program():
    said = subprocess.run([*own_command(), "--version"], capture_output=True, check=True, text=True)
    assert said.stdout.startswith("phdesk ")


def test_a_frozen_program_is_started_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command() == [sys.executable]
