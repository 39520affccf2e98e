from pathlib import Path

from phdesk.services.places import Places, places


def test_one_folder_can_hold_everything(tmp_path):
    assert places({"PHDESK_HOME": str(tmp_path)}) == Places(
        tmp_path / "settings.toml",
        tmp_path / "accounts.toml",
        tmp_path / "cache.sqlite3",
        tmp_path,
        tmp_path / "boards.toml",
        tmp_path / "watches.toml",
    )


def test_the_system_says_where_files_go(monkeypatch, tmp_path):
    for name in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    found = places({})
    assert "phdesk" in found.settings.parts
    assert found.settings != found.cache
    assert isinstance(found.logs, Path)
