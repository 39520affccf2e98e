"""Pages and dialogs that are imported when they are first shown, not before the first paint."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from phdesk.views.dialogs.accounts import Accounts
    from phdesk.views.dialogs.choose_project import ChooseProject
    from phdesk.views.dialogs.shortcuts import Shortcuts
    from phdesk.views.dialogs.sign_in import SignIn


def sign_in_page() -> "type[SignIn]":
    """Give the sign-in page."""
    return cast("type[SignIn]", _named("sign_in", "SignIn"))


def accounts_dialog() -> "type[Accounts]":
    """Give the dialog of the accounts."""
    return cast("type[Accounts]", _named("accounts", "Accounts"))


def project_dialog() -> "type[ChooseProject]":
    """Give the dialog that chooses a project."""
    return cast("type[ChooseProject]", _named("choose_project", "ChooseProject"))


def shortcuts_dialog() -> "type[Shortcuts]":
    """Give the list of shortcuts."""
    return cast("type[Shortcuts]", _named("shortcuts", "Shortcuts"))


@cache
def _named(module: str, name: str) -> object:
    return getattr(import_module(f"phdesk.views.dialogs.{module}"), name)
