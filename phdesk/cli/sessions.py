"""`phdesk login`, `logout`, `accounts`; keys come from stdin or a prompt, never from argv."""

import asyncio
import os
import sys
from argparse import Namespace
from functools import partial
from getpass import getpass
from pathlib import Path

import msgspec

from phdesk.api.errors import ApiError, NotPostHogError
from phdesk.api.hosts import normal_host
from phdesk.cli.called import called
from phdesk.cli.exits import (
    BAD_INPUT,
    FINE,
    REFUSED,
    WRONG_USE,
    StoppedError,
    code_of,
    complain,
    sentence,
)
from phdesk.cli.gate import gated
from phdesk.core.boards import count_of, counted
from phdesk.core.boards import without_account as off_boards
from phdesk.core.unsaved import unsaved_words
from phdesk.models.account import EU_HOST, US_HOST, Account
from phdesk.services import accounts as keep
from phdesk.services.boards_file import BoardsFile
from phdesk.services.credentials import KEY_STAYS, Credentials, Keeping
from phdesk.services.places import places
from phdesk.services.settings import SettingsFile, chosen, without_account
from phdesk.services.signing import Entry, NeedsProject, SignedIn, sign_in
from phdesk.services.unsaved import unsaved_of
from phdesk.store.alerts_file import beside
from phdesk.store.alerts_found import forget_account as forget_alerts
from phdesk.store.cache import Cache
from phdesk.store.cache_wipe import forget_account

HOSTS = {"us": US_HOST, "eu": EU_HOST}


def run(arguments: Namespace) -> int:
    """Do what the command says."""
    return {"login": login, "logout": logout, "accounts": accounts}[arguments.command](arguments)


def login(arguments: Namespace) -> int:
    """Check a key, keep it in the keyring, note the account."""
    entry = Entry(
        host=_host(arguments.host),
        key=_read_key(),
        project_id=arguments.project,
    )
    files = places(os.environ)
    file = keep.AccountsFile(files.accounts)
    signed = _checked(entry, file.load()[0])
    account = signed.account
    if signed.kept.keeping is not Keeping.STORED:
        why = signed.kept.why or "The keyring did not take the key."
        raise StoppedError(
            f"{why} The key is good, but was not kept: set PHDESK_API_KEY and PHDESK_HOST instead.",
            REFUSED,
        )
    _say_problem(file.save(keep.added(file.load()[0], account)))
    settings = SettingsFile(files.settings)
    _say_problem(settings.save(chosen(settings.load()[0], account.id, signed.project.id)))
    print(f"Signed in to {account.region} as {account.email or account.id}, "
          f"project {signed.project.name or signed.project.id}.")  # fmt: skip
    return FINE


def logout(arguments: Namespace) -> int:
    """Remove an account's key, its cached data and what was chosen under it.

    The account itself goes last: as long as it is known, a key that stayed can be removed later.
    """
    files = places(os.environ)
    file = keep.AccountsFile(files.accounts)
    known = file.load()[0]
    account = _named(known, arguments.account)
    settings = SettingsFile(files.settings)
    _say_problem(settings.save(without_account(settings.load()[0], account.id)))
    tiles = _take_off_boards(files.boards, account.id)
    cache = Cache(files.cache, complain)
    lost = unsaved_words(unsaved_of(cache, account.id))
    forget_account(cache, account.id)
    cache.close()
    forget_alerts(beside(files.cache, complain), account.id)
    kept = Credentials().forget(account.id)
    if kept.keeping is Keeping.LOCKED:
        raise StoppedError(f"{kept.why} {KEY_STAYS} All else is removed.", REFUSED)
    _say_problem(file.save(keep.without(known, account.id)))
    boards = f" {counted(tiles)} of it left your boards." if tiles else ""
    unsaved = f" What was not saved went with it: {lost}." if lost else ""
    print(f"Forgot {account.id}: its key and all that was cached for it.{boards}{unsaved}")
    return FINE


def accounts(arguments: Namespace) -> int:
    """List the accounts that are kept."""
    known, problem = keep.AccountsFile(places(os.environ).accounts).load()
    _say_problem(problem)
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(known), indent=2).decode())
        return FINE
    for account in known:
        who = account.email or account.name or "key without user:read"
        print(f"{account.id}\t{account.region}\t{who}\t{account.project_name}")
    if not known:
        complain(f"no account is kept; `{called('login')}` adds one")
    return FINE


def _take_off_boards(path: Path | None, account: str) -> int:
    """Take an account's tiles off a person's boards; say how many there were."""
    if path is None:
        return 0
    file = BoardsFile(path)
    tiles = count_of(file.load()[0], account)
    _say_problem(file.change([partial(off_boards, account=account)])[1])
    return tiles


def _checked(entry: Entry, known: tuple[Account, ...]) -> SignedIn:
    try:
        found = asyncio.run(sign_in(entry, gated(), Credentials(), known))
    except ApiError as error:
        raise StoppedError(sentence(error.failure), code_of(error.failure)) from None
    if isinstance(found, NeedsProject):
        names = ", ".join(f"{one.id} {one.name}".strip() for one in found.projects)
        more = f" One of: {names}." if names else ""
        raise StoppedError(f"This key needs a project: give --project ID.{more}", BAD_INPUT)
    return found


def _host(typed: str) -> str:
    try:
        return normal_host(HOSTS.get(typed.lower(), typed))
    except NotPostHogError as error:
        raise StoppedError(f"--host {typed}: {error}", WRONG_USE) from None


def _read_key() -> str:
    key = getpass("Personal API key (phx_…): ") if sys.stdin.isatty() else sys.stdin.readline()
    key = key.strip().strip("\"'")
    if not key:
        raise StoppedError(
            "no key was given; it is read from stdin or typed at the prompt", WRONG_USE
        )
    return key


def _named(known: tuple[Account, ...], name: str | None) -> Account:
    fitting = [one for one in known if name in (None, one.id, one.email)]
    if len(fitting) == 1:
        return fitting[0]
    if not known:
        raise StoppedError("no account is kept", REFUSED)
    ids = ", ".join(one.id for one in known)
    raise StoppedError(f"which account? One of: {ids}", BAD_INPUT)


def _say_problem(problem: str | None) -> None:
    if problem:
        complain(problem)
