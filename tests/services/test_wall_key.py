"""The key of a wall is found where its file says, or one sentence says what to do."""

import os

import pytest

from phdesk.models.account import Account
from phdesk.models.wall import Credentials
from phdesk.services.environment import Given, SettingError
from phdesk.services.wall_key import WallKey, account_of, given_by

KEY = "phx_0123456789abcdef"  # of nobody
ADA = Account(id="us-ada", host="https://us.posthog.com")
BOB = Account(id="us-bob", host="https://us.posthog.com")
posix = pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")


def secret(path, text=KEY, mode=0o600):
    path.write_text(text)
    path.chmod(mode)
    return path


def by_file(path):
    return given_by(Credentials(host="us", key_file=str(path), project=3), {})


def by_systemd(name, folder=None):
    environ = {"CREDENTIALS_DIRECTORY": str(folder)} if folder else {}
    return given_by(Credentials(host="eu", key_credential=name), environ)


def refusal(call, *args):
    with pytest.raises(SettingError) as caught:
        call(*args)
    assert KEY not in str(caught.value)
    return str(caught.value)


def test_a_key_comes_from_a_variable():
    found = given_by(Credentials(host="ph.example.org", key_env="WALL"), {"WALL": f" {KEY}\n"})
    assert found == Given(key=KEY, host="https://ph.example.org")


def test_a_key_comes_from_a_file_for_its_owner_alone(tmp_path):
    found = by_file(secret(tmp_path / "key", f"{KEY}\n"))
    assert found == Given(key=KEY, host="https://us.posthog.com", project=3)


def test_a_file_below_the_home_folder_may_be_named_with_a_tilde(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    secret(tmp_path / "key")
    assert by_file("~/key").key == KEY


def test_a_key_comes_from_a_credential_of_systemd(tmp_path):
    secret(tmp_path / "posthog", mode=0o440)
    assert by_systemd("posthog", tmp_path) == Given(key=KEY, host="https://eu.posthog.com")


@posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_file_that_others_can_read_is_not_used(tmp_path, mode):
    words = refusal(by_file, secret(tmp_path / "key", mode=mode))
    assert f"can be read by others (mode {mode:o})" in words
    assert "Do: chmod 600" in words


@posix
def test_a_credential_that_all_can_read_is_not_used(tmp_path):
    secret(tmp_path / "posthog", mode=0o444)
    assert "can be read by others" in refusal(by_systemd, "posthog", tmp_path)


@posix
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_what_is_no_file_holds_nobody_up(tmp_path, make):
    make(tmp_path / "key")
    assert refusal(by_file, tmp_path / "key")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty; it is to hold the key of this screen."),
        (" \n", "is empty"),
        (f"{KEY}\n{KEY}", "holds no key: a key is letters and digits without spaces."),
        (f"key = {KEY}", "holds no key"),
        (KEY * 100, "holds no key"),
    ],
)
def test_a_file_with_something_else_in_it_is_told(tmp_path, text, words):
    assert words in refusal(by_file, secret(tmp_path / "key", text))


@pytest.mark.parametrize(
    ("credentials", "words"),
    [
        (Credentials(host="us", key_env="WALL"), "the variable WALL, which is not set. Set it"),
        (Credentials(host="us", key_file="/nowhere/key"), "there is no such file. Put the key"),
        (Credentials(host="us", key_credential="k"), "Add LoadCredential=k:/path/of/the/key"),
        (Credentials(host="us"), "add key_env, key_file or key_credential"),
        (Credentials(host="www.posthog.com", key_env="X"), "is the website; use"),
    ],
)
def test_what_is_missing_is_told_with_what_to_do(credentials, words):
    assert words in refusal(given_by, credentials, {})


@pytest.mark.parametrize("name", ["../key", "a/b", "..", ""])
def test_a_credential_lies_in_the_folder_of_systemd_and_nowhere_else(tmp_path, name):
    (tmp_path / "own").mkdir()
    secret(tmp_path / "key")
    assert "is no name of a credential" in refusal(by_systemd, name, tmp_path / "own")


def test_a_credential_that_systemd_did_not_give_is_told(tmp_path):
    assert 'systemd gave no credential "other"' in refusal(by_systemd, "other", tmp_path)


def test_a_wall_that_names_no_host_has_no_key_of_its_own():
    assert given_by(Credentials(), {}) is None
    assert given_by(Credentials(account="us-ada"), {}) is None


def test_an_account_is_the_one_that_is_named_else_the_last_one():
    accounts = (ADA, BOB)
    assert account_of(Credentials(account="us-bob"), accounts, "us-ada") == BOB
    assert account_of(Credentials(), accounts, "us-bob") == BOB
    assert account_of(Credentials(), accounts, "gone") == ADA
    assert account_of(Credentials(), (), None) is None


def test_an_account_that_is_not_here_is_told():
    words = refusal(account_of, Credentials(account="x"), (ADA,), None)
    assert words.startswith('There is no account "x" on this computer; `phdesk accounts` lists')


def test_a_running_wall_reads_its_key_anew_and_takes_no_other_when_it_is_gone(tmp_path):
    path = secret(tmp_path / "key")
    given = WallKey(Credentials(host="us", key_file=str(path)), {"PHDESK_API_KEY": "phx_other"})
    assert given().key == KEY
    path.unlink()
    assert given().key == ""
    assert "there is no such file" in given.problem
    secret(path, "phx_new")
    assert (given().key, given.problem) == ("phx_new", "")


def test_a_running_wall_without_credentials_takes_the_usual_key():
    environ = {"PHDESK_API_KEY": KEY}
    assert WallKey(Credentials(), environ)().key == KEY
    assert WallKey(Credentials(), {})() is None
    assert WallKey(Credentials(account="us-ada"), environ)() is None
