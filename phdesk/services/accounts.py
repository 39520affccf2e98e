"""The accounts a person has signed in to, without their keys."""

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from phdesk.models.account import Account, Project, User
from phdesk.services.settings import read_toml, write_toml

UNSAFE = re.compile(r"[^a-zA-Z0-9.-]+")


def account_of(
    host: str, user: User | None, project: Project, kept: Sequence[Account] = ()
) -> Account:
    """Name the identity behind a key; a key that may not read its user is named by project.

    The name leaves http and https out, so that a server may move to https and its people keep all:
    a user's id is one of a kind. A project's number is not. Where one of the accounts that are
    `kept` has the name, but another address, it is another server's, and the scheme is added.
    """
    known = user is not None and user.uuid
    owner = user.uuid if user and known else f"project-{project.id}"
    scheme, _, name = host.rstrip("/").rpartition("://")
    named = UNSAFE.sub("-", f"{name}-{owner}")
    if not known and any(each.id == named and each.host != host for each in kept):
        named = f"{named}-{scheme}"
    return Account(
        id=named,
        host=host,
        email=user.email if user else "",
        name=user.first_name if user else "",
        project_id=project.id,
        project_name=project.name,
        is_demo=project.is_demo,
    )


def added(accounts: Sequence[Account], account: Account) -> tuple[Account, ...]:
    """Add an account or bring it up to date."""
    if any(each.id == account.id for each in accounts):
        return tuple(account if each.id == account.id else each for each in accounts)
    return (*accounts, account)


def without(accounts: Sequence[Account], account_id: str) -> tuple[Account, ...]:
    """Take an account out."""
    return tuple(each for each in accounts if each.id != account_id)


class AccountsFile:
    """The file of the accounts; trouble with it is told in a sentence, never raised."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> tuple[tuple[Account, ...], str | None]:
        """Read the accounts and, if something is wrong with the file, a sentence about it."""
        table, problem = read_toml(self.path)
        good: list[Account] = []
        entries = table.get("account", [])
        for entry in entries if isinstance(entries, list) else []:
            try:
                good.append(msgspec.convert(entry, Account))
            except msgspec.ValidationError as why:
                problem = f"An account in {self.path.name} was not understood: {why}."
        return tuple(good), problem

    def save(self, accounts: Sequence[Account]) -> str | None:
        """Write the accounts; gives a sentence when that was not possible."""
        plain = [
            {key: value for key, value in msgspec.to_builtins(each).items() if value is not None}
            for each in accounts
        ]
        return write_toml(self.path, {"account": plain})
