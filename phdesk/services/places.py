"""Where phdesk keeps its things on each system: settings, accounts, cache."""

from pathlib import Path

import platformdirs
from msgspec import Struct

NAME = "phdesk"


class Home(Struct, frozen=True):
    """The files in which phdesk keeps its things."""

    settings: Path
    accounts: Path
    cache: Path


def home(*, demo: bool = False) -> Home:
    """Name the files; the demo has its own, so that it never mixes with real accounts."""
    config = platformdirs.user_config_path(NAME, appauthor=False)
    cache = platformdirs.user_cache_path(NAME, appauthor=False)
    if demo:
        config, cache = config / "demo", cache / "demo"
    return Home(config / "settings.toml", config / "accounts.toml", cache / "cache.sqlite3")
