"""Find the key of a wall where its file says that it lies; the file never holds one itself.

A key comes out of the keyring, a variable of the environment, a file for its owner alone or a
credential of systemd: of none of them do other programs and people of the computer see the value,
as they would of arguments.
"""

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from phdesk.api.errors import NotPostHogError
from phdesk.api.hosts import normal_host
from phdesk.models.account import EU_HOST, US_HOST, Account
from phdesk.models.wall import Credentials
from phdesk.services.environment import Given, SettingError, from_environment
from phdesk.services.files import open_plain

LONGEST = 1000  # characters of a key
DIRECTORY = "CREDENTIALS_DIRECTORY"  # systemd's, for the service alone
REGIONS = {"us": US_HOST, "eu": EU_HOST}
GROUP_OR_OTHERS = 0o077
OTHERS = 0o007


def given_by(credentials: Credentials, environ: Mapping[str, str]) -> Given | None:
    """Read host, key and project of a wall; None where an account or nothing is named.

    Raises SettingError, which says what to do and never says the key.
    """
    if credentials.host is None:
        return None
    host = _host(credentials.host)
    return Given(key=_key(credentials, environ), host=host, project=credentials.project)


class WallKey:
    """The key of a wall as it is now, for a session that has nobody near to ask.

    A key that cannot be read counts as a wrong one, never as none: without a key the account used
    last would be taken, whose numbers are not for this wall. `problem` says why.
    """

    def __init__(self, credentials: Credentials, environ: Mapping[str, str]) -> None:
        self.credentials, self._environ = credentials, environ
        self.problem = ""

    def __call__(self) -> Given | None:
        """Read host, key and project anew; None where an account is meant."""
        self.problem = ""
        if self.credentials.account is not None:
            return None
        try:
            found = given_by(self.credentials, self._environ)
        except SettingError as why:
            self.problem = str(why)
            return Given(key="", host=self.credentials.host, project=self.credentials.project)
        return found or from_environment(self._environ)


def account_of(
    credentials: Credentials, accounts: Sequence[Account], last: str | None
) -> Account | None:
    """Find the account of a wall, else the one used last; None where there is none at all.

    Raises SettingError when the file names one that is not on this computer.
    """
    wanted = credentials.account
    if wanted is not None:
        found = next((each for each in accounts if each.id == wanted), None)
        if found is None:
            raise SettingError(
                f'There is no account "{wanted}" on this computer; `phdesk accounts` lists those '
                "there are, `phdesk login` adds one."
            )
        return found
    return next((each for each in accounts if each.id == last), next(iter(accounts), None))


def _host(written: str) -> str:
    try:
        return normal_host(REGIONS.get(written, written))
    except NotPostHogError as error:
        raise SettingError(f'The host "{written}" of this screen: {error}') from None


def _key(credentials: Credentials, environ: Mapping[str, str]) -> str:
    if credentials.key_env is not None:
        return _from_variable(credentials.key_env, environ)
    if credentials.key_file is not None:
        return _from_file(Path(credentials.key_file).expanduser())
    if credentials.key_credential is not None:
        return _from_systemd(credentials.key_credential, environ)
    raise SettingError("This screen names a host without a key: add key_env, key_file or "
                       "key_credential to its credentials.")  # fmt: skip


def _from_variable(name: str, environ: Mapping[str, str]) -> str:
    if not environ.get(name, "").strip():
        raise SettingError(
            f"The key of this screen is to be in the variable {name}, which is not set. Set it "
            "where phdesk is started, or name a key_file or key_credential instead."
        )
    return _sound(environ[name], f"The variable {name}")


def _from_file(path: Path) -> str:
    with _opened(path, f"The key of this screen is to be in {path}") as file:
        held = os.fstat(file.fileno())
        if os.name == "posix" and held.st_uid not in (0, os.geteuid()):
            raise SettingError(f"{path} belongs to somebody else, who knows the key in it, and can "
                               "change it.")  # fmt: skip
        if os.name == "posix" and held.st_mode & GROUP_OR_OTHERS:
            raise SettingError(
                f"{path} can be read by others (mode {stat.S_IMODE(held.st_mode):o}), so its key "
                f"is not used. Do: chmod 600 {path}"
            )
        return _sound(_read(file, path), str(path))


def _from_systemd(name: str, environ: Mapping[str, str]) -> str:
    """Read a credential of the service; systemd lets a group read it where that is the service."""
    folder = environ.get(DIRECTORY, "")
    if not folder:
        raise SettingError(
            f'The key of this screen is to be the credential "{name}" of systemd, which gave none. '
            f"Add LoadCredential={name}:/path/of/the/key to the service."
        )
    if Path(name).name != name or name in ("", ".", ".."):
        raise SettingError(f'"{name}" is no name of a credential.')
    path = Path(folder) / name
    with _opened(path, f'systemd gave no credential "{name}"') as file:
        if os.name == "posix" and os.fstat(file.fileno()).st_mode & OTHERS:
            raise SettingError(f'The credential "{name}" can be read by others; it is not used.')
        return _sound(_read(file, path), f'The credential "{name}"')


def _opened(path: Path, words: str) -> BinaryIO:
    try:
        return open_plain(path)
    except FileNotFoundError:
        raise SettingError(f"{words}, and there is no such file. Put the key into it, alone, and "
                           "let its owner alone read it (chmod 600).") from None  # fmt: skip
    except OSError as why:
        raise SettingError(f"{words}, which cannot be read ({why.strerror}).") from None


def _read(file: BinaryIO, path: Path) -> str:
    try:
        return file.read(LONGEST + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise SettingError(f"{path} holds no key: a key is letters and digits.") from None


def _sound(text: str, where: str) -> str:
    key = text.strip()
    if not key:
        raise SettingError(f"{where} is empty; it is to hold the key of this screen.")
    if len(key) > LONGEST or not key.isascii() or not key.isprintable() or " " in key:
        raise SettingError(f"{where} holds no key: a key is letters and digits without spaces.")
    return key
