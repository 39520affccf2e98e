"""Starts phdesk, hidden, when a person signs in to the computer, and takes that back.

On Linux an entry in the folder `autostart` says it, on macOS an agent of launchd, on Windows a
value in the registry; each for this person alone.
"""

import plistlib
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from phdesk.core.registration import ENTRY, autostart_entry
from phdesk.services.files import write_whole
from phdesk.services.registering import Registered, Standing

HIDDEN = "--hidden"  # what follows the command
AGENT = "phdesk.autostart"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"  # below HKEY_CURRENT_USER
VALUE = "phdesk"


def chosen_autostart(environ: Mapping[str, str], command: Sequence[str]) -> "Autostart":
    """Give the way of this system."""
    if sys.platform == "win32":
        return RunKey(command, import_module("winreg"))
    home = Path(environ.get("HOME") or Path.home())
    if sys.platform == "darwin":
        return LaunchAgent(home, command)
    return DesktopEntry(home, environ, command)


class Autostart:
    """A file that is there or not; `OSError` when it cannot be written."""

    def __init__(self, path: Path, text: bytes) -> None:
        self._path, self._text = path, text

    def status(self) -> Registered:
        """Say whether this phdesk, another one or none starts with the computer."""
        try:
            held = self._path.read_bytes()
        except FileNotFoundError:
            return Registered(Standing.NOBODY)
        ours = held == self._text
        return Registered(Standing.OURS if ours else Standing.ELSEWHERE, str(self._path))

    def switch(self, *, on: bool) -> None:
        """Start phdesk with the computer from now on, or no longer."""
        if not on:
            self._path.unlink(missing_ok=True)
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        problem = write_whole(self._path, self._text)
        if problem:
            raise OSError(problem)


class DesktopEntry(Autostart):
    """Linux and its kin: https://specifications.freedesktop.org/autostart-spec."""

    def __init__(self, home: Path, environ: Mapping[str, str], command: Sequence[str]) -> None:
        config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
        text = autostart_entry([*command, HIDDEN])
        super().__init__(config / "autostart" / ENTRY, text.encode())


class LaunchAgent(Autostart):
    """macOS: read by launchd at the next sign-in; nothing is started now, for phdesk runs."""

    def __init__(self, home: Path, command: Sequence[str]) -> None:
        told = {
            "Label": AGENT,
            "ProgramArguments": [*command, HIDDEN],
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
        path = home / "Library" / "LaunchAgents" / f"{AGENT}.plist"
        super().__init__(path, plistlib.dumps(told))


class RunKey(Autostart):
    """Windows: what the key `Run` of the person names is started when they sign in."""

    def __init__(self, command: Sequence[str], winreg: ModuleType) -> None:
        self._command = " ".join([*(f'"{part}"' for part in command), HIDDEN])
        self._winreg = winreg

    def status(self) -> Registered:
        """Compare the value with what we would write."""
        registry = self._winreg
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, RUN) as key:
                held = registry.QueryValueEx(key, VALUE)[0]
        except FileNotFoundError:
            return Registered(Standing.NOBODY)
        ours = held == self._command
        where = rf"HKEY_CURRENT_USER\{RUN}"
        return Registered(Standing.OURS if ours else Standing.ELSEWHERE, where)

    def switch(self, *, on: bool) -> None:
        """Write the value, or delete it."""
        registry = self._winreg
        with registry.CreateKey(registry.HKEY_CURRENT_USER, RUN) as key:
            if on:
                registry.SetValueEx(key, VALUE, 0, registry.REG_SZ, self._command)
                return
            try:
                registry.DeleteValue(key, VALUE)
            except FileNotFoundError:
                return
