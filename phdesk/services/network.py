"""Gives each workspace its network; the worker and the team's limits are common to all.

Imports httpx and keyring: import this module after the first paint.
"""

from phdesk.services.autorefresh import System
from phdesk.services.background import Background
from phdesk.services.beside import Beside
from phdesk.services.credentials import Credentials
from phdesk.services.errands import Errands
from phdesk.services.governor import Governor
from phdesk.services.looks import BoardLooks
from phdesk.services.online import Online
from phdesk.services.parts import Parts, utc_now
from phdesk.services.preferences import Preferences
from phdesk.services.workspace import Workspace
from phdesk.store.cache import Cache
from phdesk.store.store import Store


class Network:
    """Holds what all workspaces share."""

    def __init__(
        self,
        cache: Cache,
        background: Background,
        credentials: Credentials,
        preferences: Preferences,
        governor: Governor,
        system: System,
    ) -> None:
        self._cache, self._background = cache, background
        self._credentials, self._preferences = credentials, preferences
        self._governor, self._system = governor, system

    def give(self, workspace: Workspace) -> None:
        """Let a workspace ask PostHog from now on."""
        workspace.set_online(Online(self._parts(workspace.store)))

    def beside(self, store: Store) -> Beside:
        """Make what reads a project for boards, where no window is over it."""
        return Beside(self._parts(store))

    def board_looks(self) -> BoardLooks:
        """Make what notes when a person looks at boards of their own."""
        return BoardLooks(self._cache, self._background, utc_now)

    def _parts(self, store: Store) -> Parts:
        return Parts(
            store=store,
            cache=self._cache,
            background=Errands(self._background),
            credentials=self._credentials,
            preferences=self._preferences,
            governor=self._governor,
            system=self._system,
        )
