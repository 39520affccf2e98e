"""Where phdesk keeps its files on this system."""

from collections.abc import Mapping
from pathlib import Path

import platformdirs
from msgspec import Struct

NAME = "phdesk"
HOME = "PHDESK_HOME"  # for trying things out: everything below one folder


class Places(Struct, frozen=True, gc=False):
    """The files and folders of one person."""

    settings: Path
    accounts: Path
    cache: Path
    logs: Path
    boards: Path | None = None  # None: kept for a run only
    watches: Path | None = None  # the same


def places(environ: Mapping[str, str]) -> Places:
    """Give the folders that the system sets aside for this, or those below PHDESK_HOME."""
    home = environ.get(HOME, "").strip()
    if home:
        base = Path(home).expanduser()
        return _places(base, base, base)
    dirs = platformdirs.PlatformDirs(NAME, appauthor=False, roaming=False)
    return _places(dirs.user_config_path, dirs.user_cache_path, dirs.user_log_path)


def _places(config: Path, cache: Path, logs: Path) -> Places:
    return Places(
        settings=config / "settings.toml",
        accounts=config / "accounts.toml",
        cache=cache / "cache.sqlite3",
        logs=logs,
        boards=config / "boards.toml",
        watches=config / "watches.toml",
    )
