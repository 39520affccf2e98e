"""What a system is told so that phdesk:// addresses and .phdesk files open with phdesk; texts only.

Linux: https://specifications.freedesktop.org/desktop-entry-spec, mime-apps-spec and
shared-mime-info-spec. Windows: https://learn.microsoft.com/windows/win32/shell/app-registration
(URI schemes) and https://learn.microsoft.com/windows/win32/shell/fa-file-types.
"""

from collections.abc import Mapping, Sequence

SCHEME = "phdesk"
ENTRY = "phdesk.desktop"
HANDLER = f"x-scheme-handler/{SCHEME}"
DEFAULTS = "[Default Applications]"
SNAPSHOT = "application/x-phdesk-snapshot"
CLASS = rf"Software\Classes\{SCHEME}"  # below HKEY_CURRENT_USER
FILE_CLASS = r"Software\Classes\phdesk.snapshot"
SUFFIX_CLASS = r"Software\Classes\.phdesk"
RESERVED = '"`$\\'  # of a quoted argument of Exec


def desktop_entry(command: Sequence[str]) -> str:
    """Write the desktop entry; it also brings phdesk into the menus."""
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Name=phdesk",
            "GenericName=Dashboards",
            "Comment=Native dashboards for PostHog. Unofficial, not made by PostHog.",
            f"Exec={' '.join(map(_quoted, command))} open %u",
            "Icon=phdesk",
            "Terminal=false",
            "Categories=Office;Chart;",
            "StartupWMClass=phdesk",
            f"MimeType={HANDLER};{SNAPSHOT};",
            "",
        )
    )


def autostart_entry(command: Sequence[str]) -> str:
    """Write the entry that starts a command when a person signs in to the computer."""
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Name=phdesk",
            "Comment=Keeps watching dashboards for alerts",
            f"Exec={' '.join(map(_quoted, command))}",
            "Icon=phdesk",
            "Terminal=false",
            "",
        )
    )


def file_type() -> str:
    """Write the description of snapshot files for the shared database of types."""
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">',
            f'  <mime-type type="{SNAPSHOT}">',
            "    <comment>phdesk snapshot</comment>",
            '    <sub-class-of type="application/zip"/>',
            '    <icon name="phdesk"/>',
            '    <glob pattern="*.phdesk" weight="60"/>',
            "  </mime-type>",
            "</mime-info>",
            "",
        )
    )


def handler_in(text: str) -> str:
    """Find which entry opens our addresses by the list of defaults; empty for none."""
    for line in _section(text.splitlines()):
        key, _, value = line.partition("=")
        if key.strip() == HANDLER:
            return value.split(";")[0].strip()
    return ""


def with_handler(text: str) -> str:
    """Make our entry the default for our addresses; all other lines stay as they are."""
    lines = _without(text.splitlines())
    if DEFAULTS not in (line.strip() for line in lines):
        lines += [*([""] if lines else []), DEFAULTS]
    at = next(row for row, line in enumerate(lines) if line.strip() == DEFAULTS)
    lines.insert(at + 1, f"{HANDLER}={ENTRY}")
    return "\n".join(lines) + "\n"


def without_handler(text: str) -> str:
    """Take our entry out of the list of defaults, if it is in it."""
    if handler_in(text) != ENTRY:
        return text
    return "\n".join(_without(text.splitlines())) + "\n"


def registry_values(command: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Give what the Windows registry holds, by key below HKEY_CURRENT_USER, then by name."""
    quoted = " ".join(f'"{part}"' for part in command)
    opening = f'{quoted} open "%1"'
    return {
        CLASS: {"": "URL:phdesk", "URL Protocol": ""},
        rf"{CLASS}\shell\open\command": {"": opening},
        FILE_CLASS: {"": "phdesk snapshot"},
        rf"{FILE_CLASS}\shell\open\command": {"": opening},
        SUFFIX_CLASS: {"": "phdesk.snapshot"},
    }


def _quoted(part: str) -> str:
    for sign in RESERVED[::-1]:
        part = part.replace(sign, f"\\{sign}")
    # A string value is unescaped once before the quoting rules apply to it.
    return '"' + part.replace("\\", "\\\\").replace("%", "%%") + '"'


def _section(lines: Sequence[str]) -> list[str]:
    """Give the lines below the heading of the defaults, up to the next heading."""
    found: list[str] = []
    inside = False
    for line in lines:
        if line.strip().startswith("["):
            inside = line.strip() == DEFAULTS
        elif inside:
            found.append(line)
    return found


def _without(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    inside = False
    for line in lines:
        if line.strip().startswith("["):
            inside = line.strip() == DEFAULTS
        if not (inside and line.partition("=")[0].strip() == HANDLER):
            kept.append(line)
    return kept
