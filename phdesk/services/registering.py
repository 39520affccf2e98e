"""Registers phdesk:// addresses and .phdesk files with a person's system, and takes that back.

On Linux a desktop entry and the list of defaults say it, on Windows the registry. A program of
macOS says it in its bundle, which only its packaging can write.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType

from msgspec import Struct

from phdesk.core.registration import (
    CLASS,
    ENTRY,
    FILE_CLASS,
    HANDLER,
    SUFFIX_CLASS,
    desktop_entry,
    file_type,
    handler_in,
    registry_values,
    with_handler,
    without_handler,
)

PATIENCE = 10.0  # seconds that a tool of the desktop may take


class Standing(Enum):
    """Who opens phdesk:// addresses."""

    OURS = "ours"
    ELSEWHERE = "elsewhere"  # phdesk, but started by another command
    OTHERS = "others"  # another program
    NOBODY = "nobody"
    BUNDLE = "bundle"  # macOS: only a packaged app can have them


class Registered(Struct, frozen=True, gc=False):
    """How it stands, and where that is written."""

    standing: Standing
    where: str = ""


def own_command() -> list[str]:
    """Give the command that starts this phdesk, from wherever it is typed."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    script = Path(sys.executable).with_name("phdesk.exe" if os.name == "nt" else "phdesk")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "phdesk"]


def chosen_system(environ: Mapping[str, str], command: Sequence[str], icon: bytes) -> "System":
    """Give the way of this system."""
    if sys.platform == "darwin":
        return System()
    if sys.platform == "win32":
        return Registry(command, import_module("winreg"))
    return Desktop(environ, command, icon)


class System:
    """A system on which nothing can be written for one person: macOS."""

    def status(self) -> Registered:
        """Say who opens the addresses."""
        return Registered(Standing.BUNDLE)

    def register(self) -> Registered:
        """Make this phdesk open them; OSError when nothing can be written."""
        return self.status()

    def unregister(self) -> Registered:
        """Let it open them no longer; what is another program's stays."""
        return self.status()


class Desktop(System):
    """Linux and its kin: the folders of the XDG specifications."""

    def __init__(self, environ: Mapping[str, str], command: Sequence[str], icon: bytes) -> None:
        home = Path(environ.get("HOME") or Path.home())
        data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
        self._entry = data / "applications" / ENTRY
        self._icon_file = data / "icons" / "hicolor" / "scalable" / "apps" / "phdesk.svg"
        self._type_file = data / "mime" / "packages" / "phdesk.xml"
        self._defaults = config / "mimeapps.list"
        self._text, self._icon = desktop_entry(command), icon

    def status(self) -> Registered:
        """Compare what is written with what we would write."""
        handler = handler_in(_read(self._defaults))
        if handler and handler != ENTRY:
            return Registered(Standing.OTHERS, f"{handler}, by {self._defaults}")
        written = _read(self._entry)
        if not handler or HANDLER not in written:
            return Registered(Standing.NOBODY)
        ours = written == self._text
        return Registered(Standing.OURS if ours else Standing.ELSEWHERE, str(self._entry))

    def register(self) -> Registered:
        """Write entry, icon, type of files and default."""
        for path, data in (
            (self._entry, self._text.encode()),
            (self._icon_file, self._icon),
            (self._type_file, file_type().encode()),
            (self._defaults, with_handler(_read(self._defaults)).encode()),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self._announce()
        return self.status()

    def unregister(self) -> Registered:
        """Take entry, icon, type of files and default away."""
        before = _read(self._defaults)
        after = without_handler(before)
        if after != before:
            self._defaults.write_text(after, encoding="utf-8")
        self._entry.unlink(missing_ok=True)
        self._icon_file.unlink(missing_ok=True)
        self._type_file.unlink(missing_ok=True)
        self._announce()
        return self.status()

    def _announce(self) -> None:
        """Let desktops read it at once, where they have a tool for that; they do it later, too."""
        entries, types = self._entry.parent, self._type_file.parents[1]
        for name, folder in ("update-desktop-database", entries), ("update-mime-database", types):
            tool = shutil.which(name)
            if tool is not None and folder.is_dir():
                quiet = subprocess.DEVNULL
                subprocess.run(  # noqa: S603
                    [tool, str(folder)], check=False, timeout=PATIENCE, stdout=quiet, stderr=quiet
                )


class Registry(System):
    """Windows: keys of the person, for which no rights of an administrator are needed."""

    def __init__(self, command: Sequence[str], winreg: ModuleType) -> None:
        self._values, self._winreg = registry_values(command), winreg

    def status(self) -> Registered:
        """Compare what the registry holds with what we would write."""
        where = rf"HKEY_CURRENT_USER\{CLASS}"
        held = {key: self._read(key) for key in self._values}
        if all(value is None for value in held.values()):
            return Registered(Standing.NOBODY)
        ours = all(held[key] == values[""] for key, values in self._values.items())
        return Registered(Standing.OURS if ours else Standing.ELSEWHERE, where)

    def register(self) -> Registered:
        """Write the keys."""
        for key, values in self._values.items():
            with self._winreg.CreateKey(self._winreg.HKEY_CURRENT_USER, key) as opened:
                for name, value in values.items():
                    self._winreg.SetValueEx(opened, name, 0, self._winreg.REG_SZ, value)
        return self.status()

    def unregister(self) -> Registered:
        """Delete the keys, the innermost first: Windows deletes none that has others."""
        inner = (r"\shell\open\command", r"\shell\open", r"\shell", "")
        keys = [f"{outer}{each}" for outer in (CLASS, FILE_CLASS) for each in inner]
        if self._read(SUFFIX_CLASS) == self._values[SUFFIX_CLASS][""]:
            keys.append(SUFFIX_CLASS)
        for key in keys:
            try:
                self._winreg.DeleteKey(self._winreg.HKEY_CURRENT_USER, key)
            except FileNotFoundError:
                continue
        return self.status()

    def _read(self, key: str) -> str | None:
        try:
            return str(self._winreg.QueryValue(self._winreg.HKEY_CURRENT_USER, key))
        except FileNotFoundError:
            return None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
