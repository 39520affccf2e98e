import pytest

from phdesk.models.account import Account
from phdesk.services.accounts import AccountsFile, added
from phdesk.services.preferences import Preferences
from phdesk.services.settings import SettingsFile, chosen

ADA = Account(id="a", host="https://eu.posthog.com")


@pytest.fixture
def files(tmp_path):
    return SettingsFile(tmp_path / "settings.toml"), AccountsFile(tmp_path / "accounts.toml")


def test_changes_are_there_at_once_and_written_soon(files, qtbot):
    preferences = Preferences(*files)
    with qtbot.waitSignal(preferences.changed):
        preferences.change(chosen, "a", 7)
    assert preferences.settings.account == "a"
    qtbot.waitUntil(files[0].path.exists)
    assert Preferences(*files).settings == preferences.settings


def test_no_change_is_not_told(files, qtbot):
    preferences = Preferences(*files)
    with qtbot.assertNotEmitted(preferences.changed):
        preferences.change(lambda settings: settings)


def test_accounts_are_written_at_once(files, qtbot):
    Preferences(*files).change_accounts(added, ADA)
    assert Preferences(*files).accounts == (ADA,)


def test_what_was_wrong_with_the_files_is_told(files, qtbot):
    for file in files:
        file.path.write_text("= nonsense")
    assert len(Preferences(*files).problems) == 2


def test_a_file_that_cannot_be_written_is_told(tmp_path, qtbot):
    (tmp_path / "file").write_text("")
    blocked = tmp_path / "file" / "settings.toml"
    preferences = Preferences(SettingsFile(blocked), AccountsFile(tmp_path / "accounts.toml"))
    with qtbot.waitSignal(preferences.trouble) as heard:
        preferences.save()
    assert heard.args == ["settings.toml could not be written (File exists)."]
