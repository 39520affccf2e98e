"""What the network of a workspace works with; made in `app`."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from msgspec import Struct, field

from phdesk.api.client import Client
from phdesk.models.account import Account, Project
from phdesk.services.autorefresh import System
from phdesk.services.credentials import Credentials
from phdesk.services.errands import Worker
from phdesk.services.governor import Governor
from phdesk.services.preferences import Preferences
from phdesk.store.cache import Cache
from phdesk.store.store import Store

Connect = Callable[[str, str], Client]  # host, key


class Borrower(Protocol):
    """Who can go on with the key of another."""

    def begin(self, account: Account, key: str, project: Project) -> None:
        """Start asking as this account in this project."""


def utc_now() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


class Parts(Struct, frozen=True):
    """The store belongs to the workspace alone, all else to every one."""

    store: Store
    cache: Cache
    background: Worker
    credentials: Credentials
    preferences: Preferences
    governor: Governor = field(default_factory=Governor)
    system: System | None = None  # what it says of power and network
